//! The server, as a process.

use std::io::{self, BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;

pub struct Server {
    process: Child,
    pub address: String,
    /// The tokens that let a caller in, and the names of their variables.
    pub tokens: [(&'static str, String); 2],
    // A program need not live with a closed output, and its folder goes with it.
    _out: BufReader<ChildStdout>,
    _folder: TempDir,
}

impl Server {
    /// Starts this program again, as a server with that database or a fresh one, and the development key.
    pub fn start(at_once: usize, database: Option<&str>) -> io::Result<Server> {
        let folder = tempfile::tempdir()?;
        let mut process = Command::new(std::env::current_exe()?)
            .args(["serve", "--listen", "127.0.0.1:0", "--log-level", "error"])
            .args(["--max-requests", &at_once.to_string()])
            .args(
                database
                    .iter()
                    .flat_map(|database| ["--database", database]),
            )
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .spawn()?;
        let out = process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut out = BufReader::new(out);
        let mut after = |start: &str| {
            loop {
                let mut line = String::new();
                if out.read_line(&mut line)? == 0 {
                    return Err(io::Error::other("it ended"));
                }
                if let Some(rest) = line.strip_prefix(start) {
                    return Ok(rest.trim_end().to_owned());
                }
            }
        };
        let address = after("# The Event API is served on http://")?;
        let mut token = |name| Ok::<_, io::Error>((name, after(&format!("export {name}="))?));
        let tokens = [token("EVENTS_TOKEN")?, token("EVENTS_S2S_TOKEN")?];
        Ok(Server {
            address,
            tokens,
            process,
            _out: out,
            _folder: folder,
        })
    }

    /// The memory that it holds, in kB.
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    }

    pub fn stop(mut self) -> io::Result<()> {
        self.process.kill()?;
        self.process.wait().map(drop)
    }
}
