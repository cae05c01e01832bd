//! How far the run is, on standard error: live on a terminal, a line every few seconds elsewhere.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use contract_harness::{Progress, Stage};
use indicatif::{ProgressBar, ProgressStyle};

use crate::exit::say;

/// How often a line is written where there is no terminal.
const INTERVAL: Duration = Duration::from_secs(5);

/// Shows progress.
#[derive(Debug)]
pub enum Display {
    /// One line that changes.
    Live(ProgressBar),
    /// Lines, the last one written then.
    Lines {
        /// When the run started.
        started: Instant,
        /// When the last line was written.
        last: Mutex<Instant>,
    },
}

impl Display {
    /// The display that suits standard error.
    pub fn new() -> Display {
        if std::io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} cases, {elapsed}{msg}");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
            Display::Live(ProgressBar::new(0).with_style(style))
        } else {
            let started = Instant::now();
            Display::Lines {
                started,
                last: Mutex::new(started),
            }
        }
    }

    /// Shows how far the run is.
    pub fn show(&self, progress: Progress) {
        match self {
            Display::Live(bar) => {
                bar.set_length(progress.planned as u64);
                bar.set_position(progress.done as u64);
                bar.set_message(format!(
                    "{}{}",
                    failures(progress.failures),
                    doing(progress.stage)
                ));
            }
            Display::Lines { started, last } => {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                if last.elapsed() >= INTERVAL {
                    *last = Instant::now();
                    let Progress {
                        stage,
                        done,
                        planned,
                        failures: found,
                    } = progress;
                    let seconds = started.elapsed().as_secs();
                    let (found, doing) = (failures(found), doing(stage));
                    say(format_args!(
                        "{done} of {planned} cases after {seconds} s{found}{doing}"
                    ));
                }
            }
        }
    }

    /// Takes a live display away.
    pub fn finish(&self) {
        if let Display::Live(bar) = self {
            bar.finish_and_clear();
        }
    }
}

fn doing(stage: Stage) -> &'static str {
    match stage {
        Stage::Testing | Stage::Done => "",
        Stage::Shrinking => "; looking for the smallest case",
    }
}

fn failures(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => ", 1 failure".to_owned(),
        count => format!(", {count} failures"),
    }
}
