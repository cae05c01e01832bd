//! The program itself, as it is run from a shell, and somebody who calls its server.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder in which the program is run, and the database that it is run with.
pub struct Program {
    pub folder: TempDir,
    database: String,
}

/// A server that runs. It is killed when it goes.
pub struct Server {
    child: Child,
    pub caller: Caller,
}

/// Somebody who has what it takes to call a server.
#[derive(Clone)]
pub struct Caller {
    address: String,
    bearer: String,
    service: String,
}

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
    pub body: Value,
}

impl Program {
    pub fn new(database: &str) -> Program {
        Program {
            folder: tempfile::tempdir().unwrap(),
            database: database.to_owned(),
        }
    }

    /// The program with those arguments, and the database where its users are told to put a secret.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_events-server"));
        command.args(arguments);
        self.settle(&mut command);
        command
    }

    /// Lets a command run in the folder, with the database and nothing else around it.
    pub fn settle(&self, command: &mut Command) {
        let path = std::env::var_os("PATH").unwrap_or_default();
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", path)
            .env("EVENTS_DATABASE", &self.database);
    }

    /// Runs it, with an input, to its end.
    pub fn run(&self, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
        let Output {
            status,
            stdout,
            stderr,
        } = child.wait_with_output().unwrap();
        writer.join().unwrap();
        (
            status.code(),
            String::from_utf8(stdout).unwrap(),
            String::from_utf8(stderr).unwrap(),
        )
    }

    /// Runs what must succeed and say nothing but its output.
    #[track_caller]
    pub fn good(&self, arguments: &[&str], input: &str) -> String {
        let (code, out, err) = self.run(arguments, input);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
        out
    }

    /// Starts a server, and waits until it serves.
    pub fn serve(&self) -> Server {
        self.serve_as(self.command(&["serve", "--listen", "127.0.0.1:0"]))
    }

    /// Starts a server by a command that ends up in one.
    pub fn serve_as(&self, mut command: Command) -> Server {
        let token = |more: &[&str]| {
            let all = [&["token", "--subject", "ada"], more].concat();
            self.good(&all, "").trim_end().to_owned()
        };
        let (bearer, service) = (
            token(&["--scope", "events.read events.write"]),
            token(&["--scheme", "service"]),
        );
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut greeting = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut greeting)
            .unwrap();
        let address = greeting.trim_end().rsplit("//").next().unwrap().to_owned();
        assert!(address.contains(':'), "it does not serve: {greeting}");
        Server {
            child,
            caller: Caller {
                address,
                bearer,
                service,
            },
        }
    }
}

impl Server {
    /// Lets it write no more than the first so many bytes of any file; or all of it again.
    #[cfg(target_os = "linux")]
    pub fn limit_files(&self, bytes: Option<u64>) {
        use rustix::process::{Pid, Resource, Rlimit, prlimit};
        let limit = Rlimit {
            current: bytes,
            maximum: None,
        };
        prlimit(Some(Pid::from_child(&self.child)), Resource::Fsize, limit).unwrap();
    }

    /// Ends it in a way that it cannot notice.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Caller {
    pub fn get(&self, path: &str) -> Option<Answer> {
        self.call("GET", path, "", "")
    }

    /// A wish to create an event.
    pub fn post(&self, body: &Value, key: Option<&str>) -> Option<Answer> {
        let header = key.map_or(String::new(), |key| format!("idempotency-key: {key}\r\n"));
        self.call("POST", "/events", &header, &body.to_string())
    }

    /// An answer, if one came, whole.
    fn call(&self, method: &str, path: &str, header: &str, body: &str) -> Option<Answer> {
        let Caller {
            address,
            bearer,
            service,
        } = self;
        let mut connection = TcpStream::connect(address).ok()?;
        write!(
            connection,
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
             authorization: Bearer {bearer}\r\ns2s-auth-token: {service}\r\n{header}\
             content-type: application/vnd.api+json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len(),
        )
        .ok()?;
        let mut text = String::new();
        connection.read_to_string(&mut text).ok()?;
        let (head, body) = text.split_once("\r\n\r\n")?;
        let header = |name: &str| {
            let line = head
                .lines()
                .find(|line| line.to_ascii_lowercase().starts_with(name))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        };
        let length: usize = header("content-length:")?.parse().ok()?;
        if body.len() < length {
            return None;
        }
        Some(Answer {
            status: head.get(9..12)?.parse().ok()?,
            retry_after: header("retry-after:"),
            body: serde_json::from_str(body).ok()?,
        })
    }
}
