//! `import`: events from lines into a database.
//!
//! A thread of its own reads and judges lines while others are stored, a batch at a time. What is under way is bounded
//! by the lines and the bytes of a batch, whatever the size of the input. Each batch is one transaction, so that an
//! import that is ended in any way has stored whole events; and since an event that is there already is left as it is,
//! the same import can be run again.

mod lines;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};

use self::lines::{Batch, batches};
use crate::config::Database;
use crate::event::Event;
use crate::line::line;
use crate::store::{Bulk, StoreError};

/// How many batches wait to be stored.
const WAITING: usize = 2;

/// What to import.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub struct Import {
    /// Events, one JSON object on each line; - for standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a comment here would be taken for help")]
    pub database: Database,
}

/// What became of the lines. Empty ones do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Events that were stored.
    pub imported: u64,
    /// Events that were there before, and the same.
    pub present: u64,
    /// Lines that were reported.
    pub bad: u64,
}

/// Why not every line was looked at. What was stored before stays stored.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The input cannot be read.
    #[error("{} cannot be read: {source}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The events cannot be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The lines cannot be read while others are stored.
    #[error("no thread could be started: {0}")]
    Thread(io::Error),
    /// The thread that reads lines has ended before they did, which is a fault of this program.
    #[error("the lines of {} were not read to their end, which is a fault of this program", file.display())]
    NotReadToTheEnd {
        /// The file.
        file: PathBuf,
    },
}

/// Stores the event of each line. A line that cannot be stored is reported on standard error, with its number and
/// the reason, and the rest goes on.
///
/// # Errors
/// Why not every line was looked at.
pub fn import(import: &Import) -> Result<Summary, ImportError> {
    let Import { file, database } = import;
    let unreadable = |source| ImportError::Unreadable {
        file: file.clone(),
        source,
    };
    // First what is only read: a wrong name leaves no database behind.
    let (input, size): (Box<dyn BufRead + Send>, _) = if file.as_os_str() == "-" {
        (Box::new(BufReader::new(io::stdin())), None)
    } else {
        let opened = File::open(file).map_err(unreadable)?;
        let metadata = opened.metadata().map_err(unreadable)?;
        if metadata.is_dir() {
            return Err(unreadable(io::ErrorKind::IsADirectory.into()));
        }
        let size = metadata.is_file().then_some(metadata.len());
        (Box::new(BufReader::with_capacity(1 << 16, opened)), size)
    };
    let mut store = Bulk::open(&database.database)?;
    let bar = progress_bar(size);
    let (send, receive) = sync_channel(WAITING);
    let reader = thread::Builder::new()
        .name("import-lines".to_owned())
        .spawn(move || {
            for batch in batches(input) {
                if send.send(batch).is_err() {
                    break;
                }
            }
        })
        .map_err(ImportError::Thread)?;
    let summary = store_all(&mut store, receive, &bar, unreadable).and_then(|summary| {
        store.finish()?;
        Ok(summary)
    });
    bar.finish_and_clear();
    // After an error nobody waits for the reader: it may wait itself, for an input that never ends.
    let summary = summary?;
    reader
        .join()
        .map_err(|_| ImportError::NotReadToTheEnd { file: file.clone() })?;
    Ok(summary)
}

fn store_all(
    store: &mut Bulk,
    batches: Receiver<io::Result<Batch>>,
    bar: &ProgressBar,
    unreadable: impl Fn(io::Error) -> ImportError,
) -> Result<Summary, ImportError> {
    let mut summary = Summary::default();
    for batch in batches {
        let Batch { lines, bytes } = batch.map_err(&unreadable)?;
        let events: Vec<&Event> = lines
            .iter()
            .filter_map(|(_, event)| event.as_ref().ok())
            .collect();
        let mut stored = store.store(&events)?.into_iter();
        for (number, event) in &lines {
            let outcome = match event {
                Err(reason) => Err(reason.clone()),
                Ok(event) => match stored.next() {
                    Some(Some(present)) if differ(event, &present) => Err(format!(
                        "/id: there is another event of the id {}, and events do not change",
                        event.id
                    )),
                    Some(Some(_)) => Ok(&mut summary.present),
                    Some(None) | None => Ok(&mut summary.imported),
                },
            };
            match outcome {
                Ok(count) => *count += 1,
                Err(reason) => {
                    summary.bad += 1;
                    // Nobody may be there to read it, which is no reason to stop.
                    bar.suspend(|| {
                        drop(writeln!(
                            io::stderr(),
                            "events-server: line {number}: {reason}"
                        ));
                    });
                }
            }
        }
        bar.inc(bytes);
        bar.set_message(summary.imported.to_string());
    }
    Ok(summary)
}

/// Whether two events are shown in different ways. One that cannot be shown at all differs from every other.
fn differ(one: &Event, other: &Event) -> bool {
    !matches!((line(one.clone()), line(other.clone())), (Ok(one), Ok(other)) if one == other)
}

/// It shows itself on a terminal only.
fn progress_bar(size: Option<u64>) -> ProgressBar {
    let (bar, template) = match size {
        Some(size) => (
            ProgressBar::new(size),
            "{bar:40} {bytes}/{total_bytes} {msg} events, {eta} left",
        ),
        None => (
            ProgressBar::new_spinner(),
            "{spinner} {bytes} {msg} events, {elapsed}",
        ),
    };
    // A template that cannot be read leaves the bar as it is.
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
