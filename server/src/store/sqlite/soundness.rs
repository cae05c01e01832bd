//! Whether a file is whole, found out while it is already being read.
//!
//! To read all pages of a file takes longer than all else at a start, so a server does not wait for it. What waits is
//! whoever writes: a damaged file is left as it is. The trade: what is read meanwhile is of a file of which that is not
//! known yet, and damage in a page that it needs shows then; once it is known, every call is refused.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{Builder, JoinHandle};

use rusqlite::InterruptHandle;

use super::error::Database;
use super::open;
use crate::store::StoreError;

/// What is known of a file.
pub(super) struct Soundness {
    verdict: Verdict,
    check: Option<Check>,
}

/// The damage that was found, once all was looked at.
#[derive(Clone, Default)]
pub(super) struct Verdict(Arc<OnceLock<Result<(), StoreError>>>);

/// A thread that looks for damage.
struct Check {
    interrupt: InterruptHandle,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Soundness {
    /// Of a file that is taken for whole.
    pub(super) fn taken_for_granted() -> Soundness {
        let verdict = Verdict::default();
        verdict.give(Ok(()));
        Soundness {
            verdict,
            check: None,
        }
    }

    /// Begins to look for damage, and tells of it.
    pub(super) fn find_out(
        database: &Database,
        tell: impl FnOnce(&StoreError) + Send + 'static,
    ) -> Result<Soundness, StoreError> {
        let connection = open::reader(database)?;
        let interrupt = connection.get_interrupt_handle();
        let (verdict, of_thread) = (Verdict::default(), database.clone());
        let given = verdict.clone();
        let check = move || {
            let found = match open::check(&of_thread, &connection) {
                Err(damage @ StoreError::Corrupt { .. }) => Err(damage),
                // What keeps it from being looked at, such as the end of this program, is no damage.
                Ok(()) | Err(_) => Ok(()),
            };
            drop(connection);
            given.give(found.clone());
            if let Err(damage) = found {
                tell(&damage);
            }
        };
        let thread = Builder::new()
            .name("events-check".to_owned())
            .spawn(check)
            .map_err(|error| database.no_thread(error))?;
        Ok(Soundness {
            verdict,
            check: Some(Check {
                interrupt,
                thread: Mutex::new(Some(thread)),
            }),
        })
    }

    pub(super) fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// Looks no further, and lets go of the file.
    pub(super) async fn stop(&self) {
        let Some(Check { interrupt, thread }) = &self.check else {
            return;
        };
        let thread = thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            interrupt.interrupt();
            // It cannot panic, and nobody cancels it.
            let _ = tokio::task::spawn_blocking(|| drop(thread.join())).await;
        }
    }
}

impl Drop for Check {
    fn drop(&mut self) {
        self.interrupt.interrupt();
    }
}

impl Verdict {
    fn give(&self, found: Result<(), StoreError>) {
        // It is given once.
        let _ = self.0.set(found);
    }

    /// Refuses what damage is known of by now.
    pub(super) fn so_far(&self) -> Result<(), StoreError> {
        self.0.get().cloned().unwrap_or(Ok(()))
    }

    /// Refuses a damaged file; waits until that is known. This blocks.
    pub(super) fn wait(&self) -> Result<(), StoreError> {
        self.0.wait().clone()
    }
}
