//! Threads that own a connection each and share one bounded queue of jobs.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use rusqlite::Connection;

/// Threads that take jobs from one queue.
pub(super) struct Workers<J> {
    /// Taken away when the workers are told to stop.
    queue: Mutex<Option<SyncSender<J>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// Why a job was not taken.
pub(super) enum Refused {
    /// The queue is full.
    Full,
    /// The workers have been told to stop.
    Stopped,
}

impl<J: Send + 'static> Workers<J> {
    /// Starts one thread for each connection. A thread calls `work` with a job from the queue, and with a function that
    /// takes another one if one waits.
    pub(super) fn start(
        name: &str,
        queue: usize,
        connections: Vec<Connection>,
        work: impl Fn(&mut Connection, J, &mut dyn FnMut() -> Option<J>) + Send + Sync + 'static,
    ) -> io::Result<Workers<J>> {
        let (sender, receiver) = sync_channel(queue);
        let receiver = Arc::new(Mutex::new(receiver));
        let work = Arc::new(work);
        let threads = connections
            .into_iter()
            .map(|mut connection| {
                let (receiver, work) = (receiver.clone(), work.clone());
                Builder::new().name(name.to_owned()).spawn(move || {
                    while let Some(job) = next(&receiver) {
                        work(&mut connection, job, &mut || waiting(&receiver));
                    }
                })
            })
            .collect::<io::Result<_>>()?;
        Ok(Workers {
            queue: Mutex::new(Some(sender)),
            threads: Mutex::new(threads),
        })
    }

    /// Puts a job in the queue. It never waits.
    pub(super) fn send(&self, job: J) -> Result<(), Refused> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        match queue.as_ref().ok_or(Refused::Stopped)?.try_send(job) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(_)) => Err(Refused::Full),
            Err(TrySendError::Disconnected(_)) => Err(Refused::Stopped),
        }
    }

    /// Takes no more jobs, and waits until those in the queue are done and the connections are closed.
    pub(super) async fn stop(&self) {
        drop(
            self.queue
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let joined = tokio::task::spawn_blocking(move || {
            for thread in threads {
                // A thread that panicked has ended too, and has closed its connection.
                let _ = thread.join();
            }
        });
        // It cannot panic, and nobody cancels it.
        let _ = joined.await;
    }
}

/// The next job; waits for one. `None` when there will be no more.
fn next<J>(receiver: &Mutex<Receiver<J>>) -> Option<J> {
    receiver
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .recv()
        .ok()
}

/// A job that waits already.
fn waiting<J>(receiver: &Mutex<Receiver<J>>) -> Option<J> {
    receiver
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .try_recv()
        .ok()
}
