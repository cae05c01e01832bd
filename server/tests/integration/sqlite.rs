//! The laws over SQLite, and what is particular to a file: crashes, strangers, damage, locks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use async_trait::async_trait;
use events_server::event::EventData;
use events_server::store::{
    Clock, Creation, EventStore, Filter, Key, Order, Query, SqliteStore, StoreError, system_clock,
};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::events::named;
use crate::laws::{self, Database};
use crate::lists;

struct Sqlite {
    folder: TempDir,
}

#[async_trait]
impl Database for Sqlite {
    async fn open(&self, clock: Clock) -> Arc<dyn EventStore> {
        Arc::new(SqliteStore::open(&self.folder.path().join("events.db"), clock).unwrap())
    }
}

#[test]
fn sqlite_keeps_every_law() {
    for (name, law) in laws::ALL.iter().chain(lists::ALL) {
        println!("{name}");
        law(&Sqlite {
            folder: tempfile::tempdir().unwrap(),
        });
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

fn open(path: &Path) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(path, system_clock())
}

/// A database with some events in it, closed.
fn filled(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("events.db");
    runtime().block_on(async {
        let store = open(&path).unwrap();
        for number in 0..200 {
            store
                .create(named(&format!("{number}{}", "x".repeat(200))), None)
                .await
                .unwrap();
        }
        store.close().await;
    });
    path
}

/// Opening must fail, in no more than some seconds, with a message that names the file, and must leave every byte of
/// every file of the folder as it was.
fn refused(path: &Path) -> StoreError {
    let before = contents(path.parent().unwrap());
    let error = open(path).err().unwrap();
    assert!(
        error.to_string().contains(&path.display().to_string()),
        "{error}"
    );
    assert!(
        contents(path.parent().unwrap()) == before,
        "the files have changed"
    );
    error
}

fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(&path).unwrap_or_default()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_new_file_and_an_empty_one_become_databases() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "new.db",
        "empty.db",
        "file:odd?mode=ro",
        ":memory:",
        "\u{e9}t\u{e9}.db",
    ] {
        let path = folder.path().join(name);
        if name == "empty.db" {
            fs::write(&path, "").unwrap();
        }
        drop(open(&path).unwrap());
        let header = fs::read(&path).unwrap();
        assert_eq!(&header[..16], b"SQLite format 3\0");
        assert_eq!(&header[68..72], b"Evnt");
    }
}

#[test]
fn closing_leaves_one_file_that_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder);
    assert_eq!(contents(folder.path()).len(), 1);
    let verdict: String = Connection::open(&path)
        .unwrap()
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(verdict, "ok");
}

#[test]
fn the_ids_of_relationships_are_columns() {
    use events_server::event::{Linkage, Relationship, Relationships};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.db");
    let to = |data| Some(Relationship { data, links: None });
    let relationships = Relationships {
        account: to(Some(Linkage::Id(1))),
        call: to(Some(Linkage::Id(999_999_999_999_999_999))),
        mailing: to(Some(Linkage::Empty)),
        opportunity: to(None),
        prospect: to(Some(Linkage::Id(5))),
        task: None,
        user: to(Some(Linkage::Id(7))),
    };
    runtime().block_on(async {
        let store = open(&path).unwrap();
        store
            .create(
                EventData {
                    relationships,
                    ..named("related")
                },
                None,
            )
            .await
            .unwrap();
        store.close().await;
    });
    let columns = "account_id, call_id, mailing_id, opportunity_id, prospect_id, task_id, user_id";
    let ids: [Option<i64>; 7] = Connection::open(&path)
        .unwrap()
        .query_row(&format!("SELECT {columns} FROM event"), [], |row| {
            Ok(std::array::from_fn(|column| row.get(column).unwrap()))
        })
        .unwrap();
    assert_eq!(
        ids,
        [
            Some(1),
            Some(999_999_999_999_999_999),
            None,
            None,
            Some(5),
            None,
            Some(7)
        ]
    );
}

#[test]
fn a_database_from_before_there_were_lists_can_be_listed() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder);
    let older = Connection::open(&path).unwrap();
    let indexes: Vec<String> = older
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'event'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(indexes.len(), 18);
    for index in indexes {
        older.execute_batch(&format!("DROP INDEX {index}")).unwrap();
    }
    older
        .execute_batch(
            "ALTER TABLE event DROP COLUMN event_order_us;
             ALTER TABLE event DROP COLUMN id_order;
             PRAGMA user_version = 1",
        )
        .unwrap();
    drop(older);
    runtime().block_on(async {
        let store = open(&path).unwrap();
        let query = Query {
            filter: Filter::default(),
            order: Order {
                by: Key::EventAt,
                descending: false,
            },
            after: None,
            before: None,
            size: 1000,
            count: true,
        };
        let page = store.list(query).await.unwrap();
        assert_eq!((page.events.len(), page.total), (200, Some(200)));
        store.close().await;
    });
    let whole = Connection::open(&path).unwrap();
    let check = |pragma: &str, expected: &str| {
        let sql = format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}");
        let value: String = whole.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(value, expected, "{pragma}");
    };
    check("integrity_check", "ok");
    check("user_version", "2");
}

#[test]
fn what_is_not_a_database_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.db");
    for content in [
        &b"x"[..],
        b"SQLite format 3",
        &[0; 4096],
        &[b'x'; 10_000],
        b"SQLite format 3\0 and no more",
    ] {
        fs::write(&path, content).unwrap();
        let error = refused(&path);
        assert!(matches!(error, StoreError::NotADatabase { .. }), "{error}");
    }
}

#[test]
fn a_database_of_another_program_is_refused_and_left_as_it_is() {
    for journal in ["DELETE", "WAL"] {
        for application_id in [0, 42] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("events.db");
            let foreign = Connection::open(&path).unwrap();
            let mode = |_: &rusqlite::Row<'_>| Ok(());
            foreign
                .pragma_update_and_check(None, "journal_mode", journal, mode)
                .unwrap();
            foreign
                .pragma_update(None, "application_id", application_id)
                .unwrap();
            foreign
                .execute_batch(
                    "CREATE TABLE event (id INTEGER PRIMARY KEY); INSERT INTO event VALUES (1)",
                )
                .unwrap();
            // Open, with its log beside it, as while the other program runs; and then closed.
            let check = || {
                let error = refused(&path);
                let expected = StoreError::ForeignFile {
                    database: path.display().to_string(),
                    application_id,
                };
                // With a log, the mark of the other program may not be in the file yet.
                if journal == "DELETE" {
                    assert_eq!(error, expected);
                }
                assert!(matches!(error, StoreError::ForeignFile { .. }), "{error}");
            };
            check();
            drop(foreign);
            check();
        }
    }
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder);
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let error = refused(&path);
    assert!(
        matches!(error, StoreError::NewerVersion { found: 99, .. }),
        "{error}"
    );
}

#[test]
fn a_damaged_database_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder);
    let whole = fs::read(&path).unwrap();
    let pages = whole.len() / 4096;
    assert!(pages > 10);
    for page in [1, 2, pages / 2, pages - 1] {
        let mut damaged = whole.clone();
        damaged[page * 4096..][..4096].fill(0xa5);
        fs::write(&path, damaged).unwrap();
        let error = refused(&path);
        assert!(
            matches!(error, StoreError::Corrupt { .. }),
            "page {page}: {error}"
        );
    }
    // The schema's page, behind the header.
    let mut damaged = whole.clone();
    damaged[100..4096].fill(0xa5);
    fs::write(&path, damaged).unwrap();
    let error = refused(&path);
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
    // Cut short.
    for length in [4096, 4096 * 3, whole.len() - 4096, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        let error = refused(&path);
        assert!(
            matches!(error, StoreError::Corrupt { .. }),
            "{length} bytes: {error}"
        );
    }
    fs::write(&path, whole).unwrap();
    drop(open(&path).unwrap());
}

/// A database that is too large to be looked for damage before it is served.
fn large(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("events.db");
    runtime().block_on(async {
        let store = open(&path).unwrap();
        for _ in 0..5 {
            let data = EventData {
                body: Some("x".repeat(4 << 20)),
                ..EventData::default()
            };
            store.create(data, None).await.unwrap();
        }
        store.close().await;
    });
    path
}

#[test]
fn damage_in_a_larger_database_is_told_soon_and_it_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = large(&folder);
    let mut damaged = fs::read(&path).unwrap();
    let page = damaged.len() / 4096 / 2;
    damaged[page * 4096..][..4096].fill(0xa5);
    fs::write(&path, &damaged).unwrap();
    runtime().block_on(async {
        let (told, tell) = std::sync::mpsc::channel();
        let damaged = move |damage: &StoreError| told.send(damage.clone()).unwrap();
        let store = SqliteStore::open_and_tell(&path, system_clock(), damaged).unwrap();
        let refusal = store.create(named("not here"), None).await.unwrap_err();
        assert!(matches!(refusal, StoreError::Corrupt { .. }), "{refusal}");
        assert_eq!(tell.recv().unwrap(), refusal);
        assert_eq!(store.get(1).await.unwrap_err(), refusal);
        store.close().await;
    });
    assert!(fs::read(&path).unwrap() == damaged);
}

#[test]
fn a_larger_database_can_be_used_and_closed_while_it_is_looked_for_damage() {
    let folder = tempfile::tempdir().unwrap();
    let path = large(&folder);
    runtime().block_on(async {
        let store = open(&path).unwrap();
        assert!(store.get(5).await.unwrap().is_some());
        store.close().await;
        assert_eq!(contents(folder.path()).len(), 1);
        let store = open(&path).unwrap();
        let created = store.create(named("next"), None).await;
        assert!(matches!(created, Ok(Creation::Created(_))), "{created:?}");
        store.close().await;
    });
}

#[test]
fn damage_that_shows_later_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder);
    Connection::open(&path)
        .unwrap()
        .execute_batch(r#"UPDATE event SET relationships = '{"planet":{}}' WHERE id = 7"#)
        .unwrap();
    runtime().block_on(async {
        let store = open(&path).unwrap();
        let error = store.get(7).await.unwrap_err();
        assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
        assert!(store.get(8).await.unwrap().is_some());
        store.close().await;
    });
}

#[test]
fn a_database_that_another_process_holds_is_said_to_be_locked() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder);
    let holder = Connection::open(&path).unwrap();
    holder
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        .unwrap();
    let before = fs::read(&path).unwrap();
    let error = open(&path).err().unwrap();
    assert!(matches!(error, StoreError::Busy { .. }), "{error}");
    assert!(error.is_temporary());
    assert!(fs::read(&path).unwrap() == before);
    drop(holder);
    drop(open(&path).unwrap());
}

#[test]
fn while_another_process_writes_calls_are_refused_and_then_work_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder);
    runtime().block_on(async {
        let store = open(&path).unwrap();
        let holder = Connection::open(&path).unwrap();
        holder.execute_batch("BEGIN IMMEDIATE").unwrap();
        let error = store.create(named("not now"), None).await.unwrap_err();
        assert!(matches!(error, StoreError::Busy { .. }), "{error}");
        assert!(store.get(1).await.unwrap().is_some(), "reading goes on");
        holder.execute_batch("ROLLBACK").unwrap();
        assert!(matches!(
            store.create(named("now"), None).await,
            Ok(Creation::Created(_))
        ));
        store.close().await;
    });
}

#[test]
fn when_too_many_calls_wait_the_next_is_refused_at_once_and_the_others_after_a_while() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder);
    runtime().block_on(async {
        let store = Arc::new(open(&path).unwrap());
        let holder = Connection::open(&path).unwrap();
        holder.execute_batch("BEGIN IMMEDIATE").unwrap();
        let began = std::time::Instant::now();
        let calls: Vec<_> = (0..2000)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { store.create(named("many"), None).await })
            })
            .collect();
        let (mut overloaded, mut busy) = (0, 0);
        for call in calls {
            match call.await.unwrap() {
                Err(StoreError::Overloaded { .. }) => overloaded += 1,
                Err(StoreError::Busy { .. }) => busy += 1,
                other => panic!("{other:?}"),
            }
        }
        assert!(overloaded > 0 && busy > 1000, "{overloaded} {busy}");
        assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
        holder.execute_batch("ROLLBACK").unwrap();
        assert!(matches!(
            store.create(named("now"), None).await,
            Ok(Creation::Created(_))
        ));
        store.close().await;
    });
}

#[test]
fn the_id_of_an_event_that_somebody_removed_is_not_given_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder);
    Connection::open(&path)
        .unwrap()
        .execute_batch("DELETE FROM event")
        .unwrap();
    runtime().block_on(async {
        let store = open(&path).unwrap();
        let Ok(Creation::Created(event)) = store.create(named("next"), None).await else {
            panic!()
        };
        assert_eq!(event.id, 201);
        store.close().await;
    });
}

#[test]
fn what_cannot_be_a_database_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    for path in [
        folder.path().join("none/events.db"),
        folder.path().to_owned(),
        folder.path().join("a\0b"),
    ] {
        let error = open(&path).err().unwrap();
        assert!(matches!(error, StoreError::CannotOpen { .. }), "{error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn processes_that_make_the_same_database_at_once_all_have_it() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.db");
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| drop(open(&path).unwrap()));
            }
        });
    }
}

/// A limit on the size of files stands for a full disk, which takes more rights to make.
#[test]
#[cfg(unix)]
fn when_the_file_cannot_grow_calls_are_refused_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(&folder);
    let limited = format!(
        "trap '' XFSZ; ulimit -f 512; exec \"$0\" --exact {CHILD_TEST} --ignored --nocapture"
    );
    let output = Command::new("sh")
        .args(["-c", &limited])
        .arg(std::env::current_exe().unwrap())
        .env(CHILD, &path)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{output:?}");
    assert!(text.contains("refused: "), "{text}");
    let (acknowledged, missing) = acknowledged_and_missing(&path, &text);
    assert!(acknowledged > 0);
    assert_eq!(missing, Vec::<i64>::new());
}

/// Where a child process writes; its presence makes it one.
const CHILD: &str = "EVENTS_TEST_CHILD_DATABASE";

const CHILD_TEST: &str = "sqlite::child_writes_until_it_is_refused";

/// Not a test of its own: what the child of another test does. It writes until it cannot, and says what was
/// acknowledged.
#[test]
#[ignore = "runs as a child of other tests"]
fn child_writes_until_it_is_refused() {
    let Some(path) = std::env::var_os(CHILD).map(PathBuf::from) else {
        return;
    };
    runtime().block_on(async {
        let store = Arc::new(open(&path).unwrap());
        println!("ready");
        // Bounded, so that a fault in what it tests does not keep it running.
        for _ in 0..10_000 {
            let calls: Vec<_> = (0..16)
                .map(|_| {
                    let store = store.clone();
                    tokio::spawn(async move { store.create(named(&"y".repeat(500)), None).await })
                })
                .collect();
            for call in calls {
                match call.await.unwrap() {
                    Ok(Creation::Created(event)) => println!("created {}", event.id),
                    Ok(other) => panic!("{other:?}"),
                    Err(error) => {
                        println!("refused: {error}");
                        assert!(store.get(1).await.unwrap().is_some(), "reading goes on");
                        return;
                    }
                }
            }
        }
    });
}

/// How many events the child's output acknowledges, and those of them that are not in the file.
fn acknowledged_and_missing(path: &Path, output: &str) -> (usize, Vec<i64>) {
    let acknowledged: Vec<i64> = output
        .lines()
        .filter_map(|line| line.strip_prefix("created ")?.parse().ok())
        .collect();
    let missing = runtime().block_on(async {
        let store = open(path).unwrap();
        let mut missing = Vec::new();
        for id in &acknowledged {
            if store.get(*id).await.unwrap().is_none() {
                missing.push(*id);
            }
        }
        // It goes on where it was, and gives no id twice.
        let Creation::Created(next) = store.create(named("next"), None).await.unwrap() else {
            panic!()
        };
        assert!(acknowledged.iter().all(|id| *id < next.id));
        store.close().await;
        missing
    });
    (acknowledged.len(), missing)
}

#[test]
fn what_was_acknowledged_is_there_after_the_process_was_killed() {
    for round in 0..4 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.db");
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", CHILD_TEST, "--ignored", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines =
            std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
        // In the middle of writing, since it never ends by itself.
        let mut output = String::new();
        while output.matches("created").count() < 40 + 97 * round {
            output.push_str(&lines.next().unwrap().unwrap());
            output.push('\n');
        }
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines.map_while(Result::ok) {
            output.push_str(&line);
            output.push('\n');
        }
        let (acknowledged, missing) = acknowledged_and_missing(&path, &output);
        assert!(acknowledged >= 40);
        assert_eq!(missing, Vec::<i64>::new());
        let verdict: String = Connection::open(&path)
            .unwrap()
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(verdict, "ok");
    }
}
