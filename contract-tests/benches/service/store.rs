//! Stores to measure with: events that are drawn, and the files that they make.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use events_server::line::event;
use events_server::resource::document;
use events_server::token::{Issuer, Scheme};
use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use rusqlite::Connection;

use crate::load::{Server, Why, free_address};

/// How many accounts (prospects, users, names, ...) there are: as many in a large store as in a small one, so that a
/// large one has more events of each; and so few that in a small one, too, most pages are full.
const OF_EACH: u64 = 10;

/// The credentials of a caller who may do everything, and the keys that they are verified with.
pub struct Access {
    /// In `Authorization`.
    pub bearer: String,
    /// In `S2S-Auth-Token`.
    pub service: String,
    /// A JWK Set.
    pub keys: PathBuf,
}

impl Access {
    /// New keys, kept in a folder.
    pub fn new(folder: &Path) -> Result<Access, Why> {
        let issuer = Issuer::random("bench")?;
        let keys = folder.join("keys.json");
        std::fs::write(&keys, issuer.to_jwk_set())?;
        let hour = Duration::from_secs(3600);
        let scopes = ["events.read", "events.write"];
        let bearer = issuer.issue(Scheme::Bearer, "bench", &scopes, hour)?;
        Ok(Access {
            bearer: format!("Bearer {bearer}"),
            service: issuer.issue(Scheme::Service, "bench", &[], hour)?,
            keys,
        })
    }
}

/// A server of a store, which says no more of its requests than those it is compared with.
pub fn serve(program: &Path, database: &Path, keys: &Path) -> Result<Server, Why> {
    let address = free_address()?;
    let mut command = Command::new(program);
    command.args(["serve", "--listen", &address.to_string()]);
    command.args(["--admin-listen", "off", "--log-level", "warn"]);
    command.arg("--database").arg(database);
    command.arg("--keys").arg(keys);
    Server::start(command, address)
}

/// Events, one on each line, as `events-server import` reads them.
pub struct Lines {
    /// The file.
    pub path: PathBuf,
}

impl Lines {
    /// Draws events. The same number gives the same events.
    pub fn draw(folder: &Path, count: u64) -> Result<Lines, Why> {
        let path = folder.join(format!("{count}.ndjson"));
        let mut out = BufWriter::new(File::create(&path)?);
        let mut draws = TestRng::from_seed(RngAlgorithm::XorShift, &[7; 16]);
        let mut below = |bound: u64| draws.next_u64() % bound;
        for id in 1..=count {
            let mut instant = || {
                let (day, hour) = (1 + below(28), below(24));
                let (minute, micros) = (below(60), below(60_000_000));
                let (second, micros) = (micros / 1_000_000, micros % 1_000_000);
                format!(
                    "2026-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z",
                    1 + below(12)
                )
            };
            let (created_at, event_at) = (instant(), instant());
            let mut relationships = Vec::new();
            for name in [
                "account",
                "call",
                "mailing",
                "opportunity",
                "prospect",
                "task",
                "user",
            ] {
                if name == "account" || below(3) == 0 {
                    let id = 1 + below(OF_EACH);
                    relationships.push(format!(
                        r#""{name}":{{"data":{{"type":"{name}","id":"{id}"}}}}"#
                    ));
                }
            }
            writeln!(
                out,
                r#"{{"type":"event","id":"{id}","attributes":{{"createdAt":"{created_at}","eventAt":"{event_at}","name":"name_{}","body":"Chloé Lefèvre booked 45 minutes.","payload":{{"attendees":["chloe@example.com"],"room":{}}},"requestHost":"203.0.113.9"}},"relationships":{{{}}}}}"#,
                1 + below(OF_EACH),
                below(1000),
                relationships.join(",")
            )?;
        }
        out.flush()?;
        Ok(Lines { path })
    }

    /// Imports them into a new store, and says how long that took.
    pub fn import(&self, program: &Path, database: &Path) -> Result<Duration, Why> {
        let started = Instant::now();
        let status = Command::new(program)
            .arg("import")
            .arg(&self.path)
            .arg("--database")
            .arg(database)
            .stdout(Stdio::null())
            .status()?;
        match status.success() {
            true => Ok(started.elapsed()),
            false => Err(format!("the import ended with {status}").into()),
        }
    }

    /// Puts the lines into a table as they are, thousands to a commit, and says how long that took.
    pub fn copy(&self, database: &Path) -> Result<Duration, Why> {
        let mut connection = Connection::open(database)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(
            "CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
        )?;
        let started = Instant::now();
        let mut lines = BufReader::new(File::open(&self.path)?).lines().peekable();
        while lines.peek().is_some() {
            let transaction = connection.transaction()?;
            let mut insert = transaction.prepare_cached("INSERT INTO line (text) VALUES (?1)")?;
            for line in lines.by_ref().take(5000) {
                insert.execute([line?])?;
            }
            drop(insert);
            transaction.commit()?;
        }
        Ok(started.elapsed())
    }

    /// The answer to a request for each of them, ready to be sent, by id: the store of the bare server.
    pub fn answers(&self, database: &Path) -> Result<(), Why> {
        let mut connection = Connection::open(database)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.execute_batch(
            "CREATE TABLE answer (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT",
        )?;
        let transaction = connection.transaction()?;
        for line in std::fs::read_to_string(&self.path)?.lines() {
            let event = event(line.as_bytes())?;
            let id = event.id;
            let body = serde_json::to_string(&document(event)?)?;
            transaction
                .prepare_cached("INSERT INTO answer VALUES (?1, ?2)")?
                .execute((id, body))?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The answer to a request for the first of them.
    pub fn answer(&self) -> Result<Vec<u8>, Why> {
        let text = std::fs::read_to_string(&self.path)?;
        let line = text.lines().next().ok_or("there is no event")?;
        Ok(serde_json::to_vec(&document(event(line.as_bytes())?)?)?)
    }
}
