//! Ctrl-C, and the other signals that ask a program to end.
//!
//! The first one ends the run with the report so far. The second one does not wait for that either.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Counts the requests to end.
#[derive(Clone, Debug)]
pub struct Interrupts {
    seen: watch::Receiver<usize>,
}

impl Interrupts {
    /// Starts to count.
    ///
    /// # Errors
    /// The operating system does not let us.
    pub fn watch() -> std::io::Result<Interrupts> {
        let kinds = [
            SignalKind::interrupt(),
            SignalKind::terminate(),
            SignalKind::hangup(),
        ];
        let (count, seen) = watch::channel(0);
        for kind in kinds {
            let mut signals = signal(kind)?;
            let count = count.clone();
            tokio::spawn(async move {
                while signals.recv().await.is_some() {
                    count.send_modify(|count| *count += 1);
                }
            });
        }
        Ok(Interrupts { seen })
    }

    /// Comes to its end once there were so many requests.
    pub async fn reach(&self, count: usize) {
        let mut seen = self.seen.clone();
        // The other side is never gone: its tasks end with the runtime.
        seen.wait_for(|seen| *seen >= count).await.ok();
    }
}
