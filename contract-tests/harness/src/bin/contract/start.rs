//! The server under test, started and stopped with the run.
//!
//! The command is run by the shell in a process group of its own: Ctrl-C on a terminal does not reach it, so that it
//! still answers while the run comes to its end, and what it started itself is stopped with it.
//!
//! Its output would stand in the way of the report, so its last lines are kept for the case that it fails, and all of it
//! goes to a file on request.

use std::collections::VecDeque;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, PipeReader, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

/// How many lines of output are kept.
const LINES: usize = 20;
/// How long the server may take to end when it is asked to.
const GRACE: Duration = Duration::from_secs(5);
/// How long is waited for the output of a server that has ended.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// How often is looked.
const INTERVAL: Duration = Duration::from_millis(20);

/// A server that we started. It is stopped at the latest when this is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    group: Pid,
    output: Arc<Mutex<Output>>,
    reader: JoinHandle<()>,
}

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Something answers already, which would be tested instead.
    #[error("something answers at {url} already: stop it, or leave out --start")]
    Occupied {
        /// Where.
        url: String,
    },
    /// The shell did not start.
    #[error("the command of --start could not be run: {0}")]
    Shell(#[source] io::Error),
    /// It ended by itself.
    #[error("the server that --start started ended by itself ({status}){output}")]
    Ended {
        /// How.
        status: Status,
        /// What it printed last.
        output: LastLines,
    },
    /// It runs, and does not answer.
    #[error("the server that --start started does not answer at {url} after {} s ({reason}): give it longer with --start-timeout, or mend the URL{output}", patience.as_secs_f64())]
    Silent {
        /// Where it was called.
        url: String,
        /// How long was waited.
        patience: Duration,
        /// What the last call met.
        reason: String,
        /// What it printed last.
        output: LastLines,
    },
}

/// How a process ended.
#[derive(Clone, Copy, Debug)]
pub struct Status(ExitStatus);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.code(), self.0.signal()) {
            (Some(code), _) => write!(f, "exit code {code}"),
            (None, Some(signal)) => write!(f, "signal {signal}"),
            (None, None) => write!(f, "{}", self.0),
        }
    }
}

/// The last lines that a process printed, as the end of a message.
#[derive(Clone, Debug)]
pub struct LastLines(Vec<String>);

impl fmt::Display for LastLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("; it printed nothing");
        }
        f.write_str("; it printed last:")?;
        for line in &self.0 {
            write!(f, "\n  {line}")?;
        }
        Ok(())
    }
}

#[derive(Debug)]
struct Output {
    last: VecDeque<String>,
    log: Option<File>,
}

impl Server {
    /// Starts the command; its output goes to the log too, where there is one.
    ///
    /// # Errors
    /// The shell does not start.
    pub fn start(command: &str, log: Option<File>) -> Result<Server, StartError> {
        let (reader, writer) = io::pipe().map_err(StartError::Shell)?;
        let same = writer.try_clone().map_err(StartError::Shell)?;
        let child = Command::new("sh")
            .args(["-c", command])
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(writer)
            .stderr(same)
            .spawn()
            .map_err(StartError::Shell)?;
        let output = Arc::new(Mutex::new(Output {
            last: VecDeque::new(),
            log,
        }));
        let kept = output.clone();
        Ok(Server {
            group: Pid::from_child(&child),
            child,
            output,
            reader: std::thread::spawn(move || follow(reader, &kept)),
        })
    }

    /// Waits until the server answers.
    ///
    /// # Errors
    /// It ends, or does not answer in time.
    pub async fn ready<F, R>(
        &mut self,
        url: &str,
        patience: Duration,
        call: F,
    ) -> Result<(), StartError>
    where
        F: Fn() -> R,
        R: Future<Output = Result<(), String>>,
    {
        let started = Instant::now();
        loop {
            self.alive()?;
            let Err(reason) = call().await else {
                // What answers may be somebody else, while ours found its port taken.
                return self.alive();
            };
            if started.elapsed() > patience {
                return Err(StartError::Silent {
                    url: url.to_owned(),
                    patience,
                    reason,
                    output: self.last_lines(),
                });
            }
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// It ended by itself.
    pub fn alive(&mut self) -> Result<(), StartError> {
        match self.child.try_wait() {
            Ok(Some(status)) => {
                // What it printed last may still be on its way, and what it left behind may print for ever.
                let ended = Instant::now();
                while !self.reader.is_finished() && ended.elapsed() < LAST_WORDS {
                    std::thread::sleep(INTERVAL);
                }
                Err(StartError::Ended {
                    status: Status(status),
                    output: self.last_lines(),
                })
            }
            Ok(None) => Ok(()),
            Err(error) => Err(StartError::Shell(error)),
        }
    }

    fn last_lines(&self) -> LastLines {
        let output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        LastLines(output.last.iter().cloned().collect())
    }

    fn kill(&self, signal: Signal) {
        // A group that is gone is what was wanted.
        kill_process_group(self.group, signal).ok();
    }

    fn is_gone(&mut self) -> bool {
        // The shell counts as one of its group until its status was asked for.
        self.child.try_wait().ok();
        test_kill_process_group(self.group).is_err()
    }
}

impl Drop for Server {
    /// Asks the whole group to end, and ends what is left of it after a while.
    fn drop(&mut self) {
        self.kill(Signal::TERM);
        let asked = Instant::now();
        while !self.is_gone() {
            if asked.elapsed() > GRACE {
                self.kill(Signal::KILL);
                self.child.wait().ok();
                return;
            }
            std::thread::sleep(INTERVAL);
        }
    }
}

/// Keeps what comes until nobody can write any more.
fn follow(reader: PipeReader, output: &Mutex<Output>) {
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    while matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
        let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(log) = &mut output.log
            && log.write_all(&line).is_err()
        {
            // A full disk is no reason to stop the server.
            output.log = None;
        }
        if output.last.len() == LINES {
            output.last.pop_front();
        }
        let text = String::from_utf8_lossy(&line);
        output.last.push_back(text.trim_end().to_owned());
        line.clear();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// Waits a moment for a server that answers nothing.
    async fn ready(command: &str) -> Result<Server, StartError> {
        let mut server = Server::start(command, None).unwrap();
        let patience = Duration::from_millis(100);
        let call = || async { Err("nobody is there".to_owned()) };
        server.ready("http://here", patience, call).await?;
        Ok(server)
    }

    #[tokio::test]
    async fn what_a_server_printed_before_it_ended_is_told() {
        let ended = ready("echo one; echo two >&2; exit 3").await.unwrap_err();
        assert_eq!(
            ended.to_string(),
            "the server that --start started ended by itself (exit code 3); it printed last:\n  one\n  two"
        );
        let ended = ready("kill -9 $$").await.unwrap_err();
        assert_eq!(
            ended.to_string(),
            "the server that --start started ended by itself (signal 9); it printed nothing"
        );
    }

    #[tokio::test]
    async fn a_server_that_does_not_answer_is_given_up() {
        let silent = ready("echo here; sleep 60").await.unwrap_err();
        assert!(
            matches!(&silent, StartError::Silent { reason, .. } if reason == "nobody is there"),
            "{silent}"
        );
    }

    #[tokio::test]
    async fn all_that_was_started_is_stopped() {
        // The outer shell waits for an inner one, which does not want to end.
        let server = Server::start("sh -c 'sleep 60; true'; true", None).unwrap();
        let group = server.group;
        assert!(test_kill_process_group(group).is_ok());
        drop(server);
        assert!(test_kill_process_group(group).is_err());
    }
}
