//! The program while it runs, what it has said, and requests as they stand on the wire.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;

use events_server::token::{Issuer, Scheme};
use tempfile::TempDir;

const LIFETIME: Duration = Duration::from_secs(600);

/// The issuer of good tokens, and its secret.
pub const ISSUER: &str = "test";
pub const SECRET: [u8; 32] = [7; 32];

/// The program, serving an empty database in a folder of its own.
pub struct Program {
    pub folder: TempDir,
    pub address: String,
    child: Child,
    out: String,
    err: Option<JoinHandle<String>>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Names in small letters, in the order of the answer.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

pub fn issuer() -> Issuer {
    Issuer::new(ISSUER, SECRET)
}

/// A good token.
pub fn token(scheme: Scheme) -> String {
    let scopes: &[&str] = match scheme {
        Scheme::Bearer => &["events.read", "events.write"],
        Scheme::Service => &[],
    };
    issuer().issue(scheme, "ada", scopes, LIFETIME).unwrap()
}

/// The headers of somebody who may come in.
pub fn credentials() -> String {
    let [bearer, service] = [Scheme::Bearer, Scheme::Service].map(token);
    format!("Authorization: Bearer {bearer}\r\nS2S-Auth-Token: {service}\r\n")
}

impl Program {
    /// Starts it with keys, and with more arguments; `prepare` may lay more into its folder.
    pub fn start(prepare: impl FnOnce(&TempDir), arguments: &[&str]) -> Program {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys.json");
        fs::write(&keys, issuer().to_jwk_set()).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&keys, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        prepare(&folder);
        let mut child = Command::new(env!("CARGO_BIN_EXE_events-server"))
            .args(["serve", "--listen", "127.0.0.1:0", "--keys", "keys.json"])
            .args(arguments)
            .current_dir(folder.path())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let err = std::thread::spawn({
            let mut err: ChildStderr = child.stderr.take().unwrap();
            move || {
                let mut text = String::new();
                err.read_to_string(&mut text).unwrap();
                text
            }
        });
        let mut out = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut out)
            .unwrap();
        let Some((_, address)) = out.trim_end().rsplit_once("://") else {
            panic!("it does not serve: {out:?}, {}", err.join().unwrap());
        };
        Program {
            address: address.to_owned(),
            folder,
            child,
            out,
            err: Some(err),
        }
    }

    pub fn serving() -> Program {
        Program::start(|_| {}, &[])
    }

    /// Sends bytes as they are, and gives everything that comes back before the connection is closed.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // The server may have had enough before it has read it all.
        drop(stream.write_all(bytes));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sends a request on a connection of its own: its line without the version, and lines of headers that each end in
    /// `\r\n`.
    pub fn send(&self, line: &str, headers: &str, body: &str) -> Answer {
        let length = match body.len() {
            0 => String::new(),
            length => format!("Content-Length: {length}\r\n"),
        };
        let text = format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}{length}\r\n{body}",
            self.address
        );
        let answer = self.raw(text.as_bytes());
        Answer::parse(&answer).unwrap_or_else(|| panic!("{answer:?} to {line:.200}"))
    }

    /// Stops it; everything that it has said.
    pub fn stop(mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        format!("{}{}", self.out, self.err.take().unwrap().join().unwrap())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Answer {
    fn parse(text: &str) -> Option<Answer> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines.filter_map(|line| {
            let (name, value) = line.split_once(": ")?;
            Some((name.to_ascii_lowercase(), value.to_owned()))
        });
        Some(Answer {
            status,
            headers: headers.collect(),
            body: body.to_owned(),
        })
    }

    /// The first error's code.
    pub fn code(&self) -> String {
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        body["errors"][0]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// The answer without what no two answers have in common.
    pub fn constant(mut self) -> Answer {
        self.headers
            .retain(|(name, _)| !matches!(name.as_str(), "date" | "x-request-id"));
        self
    }
}
