//! The program, as it is run from a shell.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::time::{Duration, Instant};

use events_server::development_key::development_key_path;
use events_server::keys::KeySet;
use events_server::store::{EventStore as _, Filter, Key, Order, Query, SqliteStore, system_clock};
use events_server::token::{Audiences, Issuer, Scheme};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample/events.ndjson");

/// A folder, in which the program runs.
struct Shell {
    folder: TempDir,
}

/// What a run left.
#[derive(Debug, PartialEq, Eq)]
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Shell {
    fn new() -> Shell {
        Shell {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn spawn(&self, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_events-server"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    #[track_caller]
    fn run(&self, arguments: &[&str], input: &str) -> Ended {
        let mut child = self.spawn(arguments);
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        // The program may end without having read all of it.
        let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
        let Output {
            status,
            stdout,
            stderr,
        } = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Ended {
            code: status.code(),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Runs what must succeed and say nothing but its output.
    #[track_caller]
    fn good(&self, arguments: &[&str], input: &str) -> String {
        let Ended { code, out, err } = self.run(arguments, input);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
        out
    }
}

fn line(id: &str, name: &str) -> String {
    format!(
        r#"{{"type":"event","id":"{id}","attributes":{{"createdAt":"2026-01-01T00:00:00Z","name":"{name}"}},"relationships":{{}}}}"#
    ) + "\n"
}

#[test]
fn the_sample_is_imported_once_however_often_it_is_imported() {
    let shell = Shell::new();
    assert_eq!(
        shell.good(&["import", SAMPLE], ""),
        "200 events imported, 0 there already, 0 bad lines\n"
    );
    let first = shell.good(&["export"], "");
    assert_eq!(
        shell.good(&["import", SAMPLE], ""),
        "0 events imported, 200 there already, 0 bad lines\n"
    );
    assert_eq!(shell.good(&["export"], ""), first);
}

#[test]
fn what_is_exported_from_one_database_makes_an_equal_one() {
    let shell = Shell::new();
    shell.good(&["import", SAMPLE, "--database", "a.db"], "");
    let exported = shell.good(&["export", "--database", "a.db"], "");
    assert_eq!(exported.lines().count(), 200);
    assert_eq!(
        exported,
        fs::read_to_string(SAMPLE).unwrap(),
        "the sample is written as the program writes it"
    );
    assert_eq!(
        shell.good(&["import", "-", "--database", "b.db"], &exported),
        "200 events imported, 0 there already, 0 bad lines\n"
    );
    assert_eq!(shell.good(&["export", "--database=b.db"], ""), exported);
}

#[test]
fn events_come_by_id_in_whatever_order_they_were_imported() {
    let shell = Shell::new();
    let lines = [line("30", "a"), line("4", "b"), line("500", "c")];
    shell.good(&["import", "-"], &lines.concat());
    let sorted = [&*lines[1], &*lines[0], &*lines[2]].concat();
    assert_eq!(shell.good(&["export"], ""), sorted);
}

#[test]
fn bad_lines_are_reported_with_their_number_and_reason_and_the_rest_goes_on() {
    let shell = Shell::new();
    let long = "x".repeat(256);
    let last = line("5", "the last one");
    let lines = [
        &line("1", "good"),
        "nonsense\n",
        "\n",
        &line("2", &long),
        &line("1", "good"),
        &line("1", "other"),
        "{\"type\":\"task\",\"attributes\":{\"name\":7,\"city\":\"\"}}\n",
        &line("900000000000000001", "too large"),
        &line("3", "good").replace("\"relationships\":{}", "\"relationships\":{\"user\":{}}"),
        last.trim_end(),
    ];
    shell.write("some.ndjson", &lines.concat());
    let Ended { code, out, err } = shell.run(&["import", "some.ndjson"], "");
    assert_eq!(code, Some(1));
    assert_eq!(out, "2 events imported, 1 there already, 6 bad lines\n");
    let reports: Vec<&str> = err.lines().collect();
    assert_eq!(
        reports,
        [
            "events-server: line 2: column 2: no JSON: expected ident",
            "events-server: line 4: /attributes/name: is 256 characters long, at most 255 are allowed",
            "events-server: line 6: /id: there is another event of the id 1, and events do not change",
            "events-server: line 7: the member `id` is missing; /type: is \"task\", expected is \"event\"; \
             /attributes: the member `createdAt` is missing; /attributes/name: is an integer, a string is expected; \
             /attributes/city: is an unknown member, known are `body`, `createdAt`, `eventAt`, `externalUrl`, `name`, \
             `payload`, `requestCity`, `requestDevice`, `requestHost`, `requestProxied` and `requestRegion`",
            "events-server: line 8: /id: is above 900000000000000000, which leaves no room for new events",
            "events-server: line 9: /relationships/user: has too few members, at least one of `data` or `links` is needed",
        ]
    );
    let kept = line("1", "good") + &last;
    assert_eq!(shell.good(&["export"], ""), kept);
}

/// An import of a new file that has stored 10,000 events and waits for more of its input.
struct Importing {
    child: Child,
    stdin: Option<ChildStdin>,
}

impl Importing {
    fn begin(shell: &Shell, lines: &str) -> Importing {
        let mut child = shell.spawn(&["import", "-"]);
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(lines.as_bytes()).unwrap();
        // The input is still open, so the program waits for the rest of the third batch, and stores nothing of it.
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let stored = shell.run(&["export"], "").out.lines().count();
            if stored >= 10_000 {
                break;
            }
            assert!(Instant::now() < deadline, "{stored} are stored");
            std::thread::sleep(Duration::from_millis(10));
        }
        Importing {
            child,
            stdin: Some(stdin),
        }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The rest of the input, and what the import says at its end.
    fn end(mut self, rest: &str) -> String {
        let mut stdin = self.stdin.take().unwrap();
        stdin.write_all(rest.as_bytes()).unwrap();
        drop(stdin);
        let output = self.child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}

fn lines(ids: RangeInclusive<u32>) -> String {
    ids.map(|id| line(&id.to_string(), "a")).collect()
}

/// The layout of a file, how many indexes its events have, and whether the two and all else in it are sound.
fn layout(database: &Path) -> (i64, i64, String) {
    let connection = rusqlite::Connection::open(database).unwrap();
    let sql = "SELECT (SELECT user_version FROM pragma_user_version),
                      (SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'event'),
                      (SELECT integrity_check FROM pragma_integrity_check)";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    connection.query_row(sql, [], read).unwrap()
}

/// The ids of a name's events, by way of an index.
fn listed(store: &SqliteStore, runtime: &Runtime) -> Vec<i64> {
    let query = Query {
        filter: Filter {
            name: Some("a".to_owned()),
            ..Filter::default()
        },
        order: Order {
            by: Key::CreatedAt,
            descending: false,
        },
        after: None,
        before: None,
        size: usize::MAX,
        count: false,
    };
    let page = runtime.block_on(store.list(query)).unwrap();
    page.events.iter().map(|event| event.id).collect()
}

#[test]
fn an_import_that_was_killed_has_stored_whole_events_and_can_be_run_again() {
    let shell = Shell::new();
    let lines = lines(1..=12_500);
    Importing::begin(&shell, &lines).kill();

    let stored = shell.good(&["export"], "");
    assert_eq!(stored.lines().count(), 10_000);
    assert!(lines.starts_with(&stored));
    let database = shell.path("events.db");
    assert_eq!(layout(&database), (1, 0, "ok".to_owned()));
    assert_eq!(
        shell.good(&["import", "-"], &lines),
        "2500 events imported, 10000 there already, 0 bad lines\n"
    );
    assert_eq!(shell.good(&["export"], ""), lines);
    assert_eq!(layout(&database), (2, 18, "ok".to_owned()));
}

#[test]
fn what_an_import_had_stored_when_it_was_killed_can_be_listed() {
    let shell = Shell::new();
    Importing::begin(&shell, &lines(1..=12_500)).kill();
    let database = shell.path("events.db");
    let runtime = Runtime::new().unwrap();
    let store = SqliteStore::open(&database, system_clock()).unwrap();
    assert!(listed(&store, &runtime).into_iter().eq(1..=10_000));
    runtime.block_on(store.close());
    assert_eq!(layout(&database), (2, 18, "ok".to_owned()));
}

#[test]
fn a_server_that_is_started_in_the_middle_of_an_import_lists_all_that_is_stored() {
    let shell = Shell::new();
    let importing = Importing::begin(&shell, &lines(1..=12_500));
    let database = shell.path("events.db");
    let runtime = Runtime::new().unwrap();
    let store = SqliteStore::open(&database, system_clock()).unwrap();
    assert!(listed(&store, &runtime).into_iter().eq(1..=10_000));
    assert_eq!(
        importing.end(&lines(12_501..=20_000)),
        "20000 events imported, 0 there already, 0 bad lines\n"
    );
    assert!(listed(&store, &runtime).into_iter().eq(1..=20_000));
    runtime.block_on(store.close());
    assert_eq!(layout(&database), (2, 18, "ok".to_owned()));
}

#[test]
fn what_cannot_be_read_is_named_and_leaves_no_database() {
    let shell = Shell::new();
    let check = |arguments: &[&str], expected: &str| {
        let Ended { code, out, err } = shell.run(arguments, "");
        assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
        assert!(err.starts_with("events-server: "), "{err}");
        assert!(err.contains(expected), "{err}");
    };
    check(&["import", "none.ndjson"], "none.ndjson cannot be read: ");
    check(&["import", "."], ". cannot be read: ");
    check(&["export"], "the database events.db cannot be opened");
    check(&["export"], "there is no such file");
    check(
        &["token", "--subject", "ada", "--key", "none.json"],
        "the key in none.json cannot be read: ",
    );
    assert_eq!(fs::read_dir(shell.folder.path()).unwrap().count(), 0);

    shell.write("text", "text");
    check(
        &["import", "text", "--database", "text"],
        "text is not a database",
    );
    check(
        &["token", "--subject", "ada", "--key", "text"],
        "the key in text cannot sign",
    );
    shell.write("empty", "");
    assert_eq!(
        shell.good(&["import", "empty"], ""),
        "0 events imported, 0 there already, 0 bad lines\n"
    );
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    let shell = Shell::new();
    let lines: String = (1..=5000).map(|id| line(&id.to_string(), "a")).collect();
    shell.good(&["import", "-"], &lines);
    let mut child = shell.spawn(&["export"]);
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    assert_eq!(first, line("1", "a"));
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), vec![]),);
}

#[test]
fn a_token_is_good_for_what_was_asked_for() {
    let shell = Shell::new();
    let token = |arguments: &[&str]| {
        let all: Vec<&str> = ["token"].iter().chain(arguments).copied().collect();
        let out = shell.good(&all, "");
        let token = out.strip_suffix('\n').unwrap();
        assert!(!token.contains(char::is_whitespace), "{out}");
        token.to_owned()
    };
    let bearer = token(&["--subject", "ada", "--scope", "a b", "--scope", "c"]);
    let keys = fs::read_to_string(development_key_path(&shell.path("events.db"))).unwrap();
    let keys = KeySet::parse(&keys).unwrap();
    let principal = keys.verify(Scheme::Bearer, &bearer).unwrap();
    assert_eq!(
        (&*principal.subject, principal.scopes),
        ("ada", vec!["a".into(), "b".into(), "c".into()])
    );
    assert!(keys.verify(Scheme::Service, &bearer).is_err());

    let service = token(&["--subject", "crm", "--scheme", "service"]);
    assert_eq!(
        keys.verify(Scheme::Service, &service).unwrap().subject,
        "crm"
    );
    assert!(keys.verify(Scheme::Bearer, &service).is_err());

    let elsewhere = token(&["--subject", "ada", "--audience", "https://events.example"]);
    assert!(keys.verify(Scheme::Bearer, &elsewhere).is_err());
    let audiences = Audiences {
        bearer: "https://events.example".to_owned(),
        ..Audiences::default()
    };
    let keys = keys.for_audiences(audiences);
    assert!(keys.verify(Scheme::Bearer, &elsewhere).is_ok());

    let issuer = Issuer::random("ours").unwrap();
    shell.write("key.json", &issuer.to_jwk_set());
    let ours = token(&["--subject", "ada", "--key", "key.json"]);
    assert!(keys.verify(Scheme::Bearer, &ours).is_err());
    let keys = KeySet::parse(&issuer.to_jwk_set()).unwrap();
    assert_eq!(keys.verify(Scheme::Bearer, &ours).unwrap().issuer, "ours");
}

#[test]
fn a_service_s_token_with_scopes_is_a_wrong_command_line() {
    let shell = Shell::new();
    let Ended { code, out, err } = shell.run(
        &[
            "token",
            "--subject",
            "crm",
            "--scheme",
            "service",
            "--scope",
            "events.read",
        ],
        "",
    );
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("leave out --scope"), "{err}");
}

/// Asks a server for an event, with tokens that the program made.
#[test]
fn a_server_shows_what_was_imported_and_goes_on_above_it() {
    let shell = Shell::new();
    shell.good(&["import", "-"], &line("41", "imported"));
    let mut server = shell.spawn(&["serve", "--listen", "127.0.0.1:0"]);
    let mut greeting = String::new();
    BufReader::new(server.stdout.as_mut().unwrap())
        .read_line(&mut greeting)
        .unwrap();
    let address = greeting.trim_end().rsplit("//").next().unwrap().to_owned();
    let bearer = shell.good(
        &[
            "token",
            "--subject",
            "ada",
            "--scope",
            "events.read events.write",
        ],
        "",
    );
    let service = shell.good(&["token", "--subject", "crm", "--scheme", "service"], "");
    let ask = |start: &str, body: &str| {
        let mut connection = std::net::TcpStream::connect(&address).unwrap();
        write!(
            connection,
            "{start} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
             authorization: Bearer {}\r\ns2s-auth-token: {}\r\n\
             content-type: application/vnd.api+json\r\ncontent-length: {}\r\n\r\n{body}",
            bearer.trim_end(),
            service.trim_end(),
            body.len(),
        )
        .unwrap();
        std::io::read_to_string(connection).unwrap()
    };
    let imported = ask("GET /events/41", "");
    let created = ask(
        "POST /events",
        r#"{"data":{"type":"event","attributes":{"name":"created"}}}"#,
    );
    // An import may go on beside it.
    let beside = shell.good(&["import", "-"], &line("50", "beside"));
    let after = ask("GET /events/50", "");
    server.kill().unwrap();
    server.wait().unwrap();

    assert!(imported.starts_with("HTTP/1.1 200 "), "{imported}");
    assert!(imported.contains(r#""name":"imported""#), "{imported}");
    assert!(created.starts_with("HTTP/1.1 201 "), "{created}");
    assert!(created.contains(r#""id":"42""#), "{created}");
    assert_eq!(beside, "1 event imported, 0 there already, 0 bad lines\n");
    assert!(after.starts_with("HTTP/1.1 200 "), "{after}");
}
