//! A PostgreSQL server for tests: the one that `EVENTS_TEST_POSTGRES` names, or a private one that is started here.
//!
//! Where there is neither, tests say so on standard error, past the test runner, which hides what tests print. With
//! `EVENTS_TEST_POSTGRES=required` that is a failure.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, Mutex};

use events_server::store::address::{Address, PostgresAddress};

const VARIABLE: &str = "EVENTS_TEST_POSTGRES";

/// A private cluster. It ends with this process, in whichever way that ends.
pub struct Cluster {
    child: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    url: String,
}

impl Cluster {
    /// Starts one, or says that there is no PostgreSQL.
    pub fn start(test: &str) -> Option<Cluster> {
        Cluster::start_with(test, &[])
    }

    /// Starts one that listens to TLS too, on a port of 127.0.0.1; the folder has certificate and key.
    pub fn start_with_tls(test: &str, folder: &str, port: u16) -> Option<Cluster> {
        let port = port.to_string();
        Cluster::start_with(test, &[("TLS_FOLDER", folder), ("TLS_PORT", &port)])
    }

    fn start_with(test: &str, variables: &[(&str, &str)]) -> Option<Cluster> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres.sh");
        let mut child = Command::new("sh")
            .arg(script)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let commands = child.stdin.take();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        let mut url = String::new();
        answers.read_line(&mut url).unwrap();
        if url.is_empty() {
            let status = child.wait().unwrap();
            assert_eq!(status.code(), Some(77), "no private cluster can be started");
            let text = format!(
                "SKIPPED: {test}: there is no PostgreSQL; install it, or give a URL in {VARIABLE}\n"
            );
            assert!(!is_required(), "{text}");
            // Not by `eprintln`, which the test runner keeps to itself.
            std::io::stderr().write_all(text.as_bytes()).unwrap();
            return None;
        }
        Some(Cluster {
            child,
            commands,
            answers,
            url: url.trim_end().to_owned(),
        })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// `stop`, as a crash does, or `start`.
    pub fn tell(&mut self, command: &str) {
        writeln!(self.commands.as_mut().unwrap(), "{command}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        assert_eq!(answer, "done\n");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.commands.take());
        drop(self.child.wait());
    }
}

fn is_required() -> bool {
    std::env::var_os(VARIABLE).is_some_and(|value| value == "required")
}

/// The URL of a server that all tests share, or `None`, of which it is told who is skipped.
fn shared(test: &str) -> Option<String> {
    static SHARED: LazyLock<Mutex<Option<Cluster>>> = LazyLock::new(Mutex::default);
    if let Ok(url) = std::env::var(VARIABLE)
        && !is_required()
    {
        return Some(url);
    }
    let mut shared = SHARED.lock().unwrap();
    if shared.is_none() {
        *shared = Cluster::start(test);
    }
    shared.as_ref().map(|cluster| cluster.url().to_owned())
}

/// An empty database: a schema of its own, which is removed at the end.
pub struct Fresh {
    server: String,
    schema: String,
}

impl Fresh {
    /// Makes one, where there is PostgreSQL.
    pub fn new(test: &str) -> Option<Fresh> {
        let server = shared(test)?;
        Some(Fresh::on(&server))
    }

    pub fn on(server: &str) -> Fresh {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let fresh = Fresh {
            server: server.to_owned(),
            schema: format!("test_{}_{number}", std::process::id()),
        };
        fresh.execute(&format!("CREATE SCHEMA {}", fresh.schema));
        fresh
    }

    pub fn url(&self) -> String {
        let sign = if self.server.contains('?') { '&' } else { '?' };
        format!(
            "{}{sign}options=-csearch_path%3D{}",
            self.server, self.schema
        )
    }

    pub fn address(&self) -> PostgresAddress {
        match Address::parse(&self.url()).unwrap() {
            Address::Postgres(address) => *address,
            other => panic!("{other:?}"),
        }
    }

    /// Runs statements in it.
    pub fn execute(&self, sql: &str) {
        self.query(sql);
    }

    /// Runs statements in it, and gives the first column of all rows.
    pub fn query(&self, sql: &str) -> Vec<String> {
        use tokio_postgres::SimpleQueryMessage;
        let ask = async {
            let (client, connection) = tokio_postgres::connect(&self.url(), tokio_postgres::NoTls)
                .await
                .unwrap();
            tokio::spawn(connection);
            client.simple_query(sql).await.unwrap()
        };
        // A thread of its own, since a test may be in a runtime.
        let messages = std::thread::scope(|scope| {
            let asking = scope.spawn(|| {
                tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap()
                    .block_on(ask)
            });
            asking.join().unwrap()
        });
        let rows = messages.iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or("NULL").to_owned()),
            _ => None,
        });
        rows.collect()
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.execute(&format!(
                "SET client_min_messages = warning; DROP SCHEMA {} CASCADE",
                self.schema
            ));
        }
    }
}
