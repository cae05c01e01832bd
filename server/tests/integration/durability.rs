//! Nothing that was acknowledged is lost: the program is killed under load, again and again; its database goes away
//! and comes back; its disk is full, or may not be written, from the start or for a while.
//!
//! In the long form, with `EVENTS_KILL_ROUNDS=200`, it is killed that many times over each store. With `--nocapture`,
//! the figures are shown.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::cluster::{Cluster, Fresh};
use crate::program::{Caller, Program, Server};

/// How many callers there are at a time.
const CALLERS: usize = 8;

/// How many answers callers may have before they are looked at, which bounds what there is to check.
const AHEAD: usize = 200;

/// A wish to create an event, and what came of it.
struct Wish {
    /// Different from that of every other wish.
    name: String,
    key: Option<String>,
    /// The id of the event, if it was acknowledged.
    acknowledged: Option<String>,
}

impl Wish {
    /// Every second one has an idempotency key.
    fn new(number: usize) -> Wish {
        Wish {
            name: format!("event {number}"),
            key: number.is_multiple_of(2).then(|| format!("key-{number}")),
            acknowledged: None,
        }
    }

    fn attributes(&self) -> Value {
        let name = &self.name;
        json!({"name": name, "body": name.repeat(100), "payload": {"of": name, "number": 1.5}})
    }

    /// Sends it, again if it was sent before.
    fn send(&mut self, caller: &Caller) -> Sent {
        let account = json!({"data": {"type": "account", "id": "7"}});
        let body = json!({"data": {
            "type": "event", "attributes": self.attributes(), "relationships": {"account": account},
        }});
        let Some(answer) = caller.post(&body, self.key.as_deref()) else {
            return Sent::Nothing;
        };
        if answer.status == 201 {
            let id = answer.body["data"]["id"].as_str().unwrap().to_owned();
            if let Some(before) = &self.acknowledged {
                assert_eq!(*before, id, "a key leads to its event");
            }
            self.acknowledged = Some(id);
            return Sent::Created;
        }
        assert!(answer.status >= 500, "{answer:?}");
        assert_eq!(answer.status == 503, answer.retry_after.is_some());
        Sent::Refused(answer.status)
    }

    /// That the event, as it was read, is this one, whole.
    fn check(&self, event: &Value) {
        let attributes = self.attributes();
        for member in ["name", "body", "payload"] {
            assert_eq!(event["attributes"][member], attributes[member], "{event}");
        }
        assert_eq!(
            event["relationships"]["account"]["data"]["id"], "7",
            "{event}"
        );
    }
}

enum Sent {
    Created,
    Refused(u16),
    /// No answer came.
    Nothing,
}

/// Callers that send wishes until one of them has no answer, or they are told to stop.
struct Load<'a> {
    caller: &'a Caller,
    next: &'a AtomicUsize,
    stop: AtomicBool,
    wishes: Mutex<Vec<Wish>>,
}

impl<'a> Load<'a> {
    fn new(caller: &'a Caller, next: &'a AtomicUsize) -> Load<'a> {
        Load {
            caller,
            next,
            stop: AtomicBool::new(false),
            wishes: Mutex::default(),
        }
    }

    /// Sends, and says what came of each wish.
    fn run(&self, tell: mpsc::SyncSender<Option<u16>>) {
        while !self.stop.load(Ordering::SeqCst) {
            let mut wish = Wish::new(self.next.fetch_add(1, Ordering::SeqCst));
            let sent = wish.send(self.caller);
            self.wishes.lock().unwrap().push(wish);
            let told = match sent {
                Sent::Created => None,
                Sent::Refused(status) => {
                    // A caller who was told to come back does not come at once.
                    std::thread::sleep(Duration::from_millis(20));
                    Some(status)
                }
                Sent::Nothing => return,
            };
            if tell.send(told).is_err() {
                return;
            }
        }
    }
}

/// That each of the wishes that was acknowledged can be read by its id, and that keys still lead to their events. A
/// wish with a key of which nobody knows what came of it is sent again, and then it is known.
fn check_each(caller: &Caller, wishes: &mut [Wish]) {
    for wish in wishes {
        if let Some(id) = &wish.acknowledged {
            let answer = caller.get(&format!("/events/{id}")).unwrap();
            assert_eq!(answer.status, 200, "{} is lost", wish.name);
            wish.check(&answer.body["data"]);
        }
        if wish.key.is_some() {
            assert!(matches!(wish.send(caller), Sent::Created), "{}", wish.name);
        }
    }
}

/// That the list has each event that was acknowledged once, under its id, and none twice or in part.
fn check_list(caller: &Caller, wishes: &[Wish]) -> usize {
    let by_name: BTreeMap<&str, &Wish> = wishes.iter().map(|wish| (&*wish.name, wish)).collect();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut path = "/events?page[size]=1000&sort=createdAt".to_owned();
    loop {
        let answer = caller.get(&path).unwrap();
        assert_eq!(answer.status, 200, "{answer:?}");
        for event in answer.body["data"].as_array().unwrap() {
            let name = event["attributes"]["name"].as_str().unwrap();
            by_name[name].check(event);
            let id = event["id"].as_str().unwrap().to_owned();
            let before = seen.insert(name.to_owned(), id);
            assert_eq!(before, None, "{name} is there twice");
        }
        match answer.body["links"]["next"].as_str() {
            Some(next) => path = next[next.find("/events").unwrap()..].to_owned(),
            None => break,
        }
    }
    let mut acknowledged = 0;
    for wish in wishes {
        if let Some(id) = &wish.acknowledged {
            assert_eq!(seen.get(&wish.name), Some(id), "{} is lost", wish.name);
            acknowledged += 1;
        }
    }
    acknowledged
}

/// Kills the server under load, time and again, and looks for what was acknowledged.
fn kill_again_and_again(database: &str, intact: impl Fn(&Program)) {
    let rounds = std::env::var("EVENTS_KILL_ROUNDS").map_or(4, |rounds| rounds.parse().unwrap());
    let began = Instant::now();
    let program = Program::new(database);
    let (next, mut all) = (AtomicUsize::new(0), Vec::new());
    let mut without_answer = 0;
    for round in 0..rounds {
        let mut server = program.serve();
        let caller = server.caller.clone();
        let load = Load::new(&caller, &next);
        let (tell, told) = mpsc::sync_channel(AHEAD);
        std::thread::scope(|scope| {
            for _ in 0..CALLERS {
                let (load, tell) = (&load, tell.clone());
                scope.spawn(move || load.run(tell));
            }
            // Each time at another moment, and always in the middle, since they never stop by themselves.
            for sent in told.iter().take(30 + round * 37 % 101) {
                assert_eq!(sent, None);
            }
            server.kill();
        });
        let mut wishes = load.wishes.into_inner().unwrap();
        let unknown = wishes.iter().filter(|wish| wish.acknowledged.is_none());
        without_answer += unknown.count();
        let server = program.serve();
        check_each(&server.caller, &mut wishes);
        intact(&program);
        all.append(&mut wishes);
    }
    let server = program.serve();
    let acknowledged = check_list(&server.caller, &all);
    assert!(acknowledged >= 30 * rounds && without_answer > 0);
    println!(
        "killed {rounds} times in {} s: {} events sent, {without_answer} of them without an answer, {acknowledged} \
         acknowledged in the end, 0 lost",
        began.elapsed().as_secs(),
        all.len(),
    );
}

#[test]
fn what_was_acknowledged_is_there_once_however_often_the_server_is_killed() {
    kill_again_and_again("events.db", |program| {
        let verdict: String = Connection::open(program.folder.path().join("events.db"))
            .unwrap()
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(verdict, "ok");
    });
}

#[test]
fn over_postgres_too_what_was_acknowledged_is_there_once() {
    if let Some(fresh) = Fresh::new("killing the server over PostgreSQL") {
        kill_again_and_again(&fresh.url(), |_| {});
    }
}

#[test]
fn while_postgres_is_away_callers_are_told_to_come_back_and_nothing_is_half_done() {
    let Some(mut cluster) = Cluster::start("PostgreSQL stopped under load") else {
        return;
    };
    let program = Program::new(cluster.url());
    let server = program.serve();
    let next = AtomicUsize::new(0);
    let load = Load::new(&server.caller, &next);
    let (tell, told) = mpsc::sync_channel(AHEAD);
    std::thread::scope(|scope| {
        for _ in 0..CALLERS {
            let (load, tell) = (&load, tell.clone());
            scope.spawn(move || load.run(tell));
        }
        let wait_for = |expected: Option<u16>, times: usize| {
            let matching = told.iter().filter(|sent| {
                assert!(matches!(sent, None | Some(503)), "{sent:?}");
                *sent == expected
            });
            assert_eq!(matching.take(times).count(), times);
        };
        for _ in 0..3 {
            wait_for(None, 50);
            cluster.tell("stop");
            wait_for(Some(503), 50);
            let answer = server.caller.get("/events").unwrap();
            assert_eq!(answer.status, 503);
            assert!(answer.retry_after.is_some());
            cluster.tell("start");
        }
        wait_for(None, 50);
        load.stop.store(true, Ordering::SeqCst);
    });
    let mut wishes = load.wishes.into_inner().unwrap();
    assert!(wishes.iter().any(|wish| wish.acknowledged.is_none()));
    check_each(&server.caller, &mut wishes);
    check_list(&server.caller, &wishes);
}

/// A limit on the size of files stands for a full disk, which takes more rights to make.
#[test]
#[cfg(unix)]
fn when_the_disk_is_full_callers_are_told_of_a_fault_and_nothing_is_damaged() {
    let program = Program::new("events.db");
    let mut limited = Command::new("sh");
    limited.args([
        "-c",
        "trap '' XFSZ; ulimit -f 1024; exec \"$0\" serve --listen 127.0.0.1:0",
    ]);
    limited.arg(env!("CARGO_BIN_EXE_events-server"));
    program.settle(&mut limited);
    let mut server = program.serve_as(limited);
    let (mut wishes, mut refused) = (Vec::new(), 0);
    for number in 0..5000 {
        let mut wish = Wish::new(number);
        match wish.send(&server.caller) {
            Sent::Created => {}
            Sent::Refused(status) => {
                assert_eq!(status, 500);
                refused += 1;
            }
            Sent::Nothing => panic!("it does not answer"),
        }
        wishes.push(wish);
        if refused == 20 {
            break;
        }
    }
    assert_eq!(refused, 20);
    assert_eq!(server.caller.get("/events/1").unwrap().status, 200);
    server.kill();
    // There is room again.
    let server = program.serve();
    check_each(&server.caller, &mut wishes);
    check_list(&server.caller, &wishes);
}

/// A file system that turns read-only under files that are open takes more rights, and a fault of a disk. A limit that
/// lets nothing be written to any file any more is the same to SQLite, which is told of the one as of the other that
/// writing failed; and it can be set, and taken away again, by everybody.
#[test]
#[cfg(target_os = "linux")]
fn while_the_file_cannot_be_written_it_is_read_and_when_it_can_service_resumes() {
    let program = Program::new("events.db");
    let mut ready = Command::new("sh");
    ready.args(["-c", "trap '' XFSZ; exec \"$0\" serve --listen 127.0.0.1:0"]);
    ready.arg(env!("CARGO_BIN_EXE_events-server"));
    program.settle(&mut ready);
    let mut server = program.serve_as(ready);
    let (mut wishes, mut number) = (Vec::new(), 0);
    let mut send = |server: &Server, expected: Option<u16>| {
        for _ in 0..20 {
            let mut wish = Wish::new(number);
            number += 1;
            match (wish.send(&server.caller), expected) {
                (Sent::Created, None) => {}
                (Sent::Refused(status), Some(expected)) => assert_eq!(status, expected),
                _ => panic!("{} was to be answered {expected:?}", wish.name),
            }
            wishes.push(wish);
        }
    };
    for _ in 0..3 {
        send(&server, None);
        server.limit_files(Some(0));
        send(&server, Some(500));
        let answer = server
            .caller
            .post(
                &json!({"data": {"type": "event", "attributes": {"name": "a"}}}),
                None,
            )
            .unwrap();
        assert_eq!(answer.status, 500, "{answer:?}");
        let told = answer.body.to_string();
        for inside in ["events.db", "disk", "I/O", "SQL", "write"] {
            assert!(!told.contains(inside), "{told}");
        }
        for path in ["/events/1", "/events"] {
            assert_eq!(server.caller.get(path).unwrap().status, 200, "{path}");
        }
        server.limit_files(None);
    }
    send(&server, None);
    // It may also end before anybody has helped.
    server.limit_files(Some(0));
    send(&server, Some(500));
    server.kill();
    let server = program.serve();
    check_each(&server.caller, &mut wishes);
    check_list(&server.caller, &wishes);
}

/// What is written to a file that has no name any more is gone when the server ends.
#[test]
#[cfg(unix)]
fn while_another_file_has_the_name_of_the_database_nothing_is_acknowledged() {
    for taken in ["events.db", "events.db-wal"] {
        let program = Program::new("events.db");
        let server = program.serve();
        let mut wishes = vec![Wish::new(0), Wish::new(2)];
        assert!(matches!(wishes[0].send(&server.caller), Sent::Created));
        let folder = program.folder.path();
        fs::rename(folder.join(taken), folder.join("away")).unwrap();
        for there in [false, true] {
            if there {
                fs::copy(folder.join("away"), folder.join(taken)).unwrap();
            }
            for wish in &mut wishes {
                assert!(
                    matches!(wish.send(&server.caller), Sent::Refused(500)),
                    "without {taken}"
                );
            }
            assert_eq!(server.caller.get("/events/1").unwrap().status, 200);
        }
        fs::rename(folder.join("away"), folder.join(taken)).unwrap();
        check_each(&server.caller, &mut wishes);
        assert_eq!(check_list(&server.caller, &wishes), 2);
    }
}

/// Who may do everything may write every file, and so does this as somebody else.
#[test]
#[cfg(unix)]
fn over_a_file_that_may_not_be_written_no_server_starts_and_the_file_stays() {
    use std::os::unix::fs::PermissionsExt;

    let program = Program::new("events.db");
    let event = r#"{"type":"event","id":"1","attributes":{"createdAt":"2026-01-01T00:00:00Z"}}"#;
    program.good(&["import", "-"], event);
    let folder = program.folder.path();
    let path = folder.join("events.db");
    let before = fs::read(&path).unwrap();
    fs::set_permissions(&path, PermissionsExt::from_mode(0o444)).unwrap();
    let binary = folder.join("server");
    fs::copy(env!("CARGO_BIN_EXE_events-server"), &binary).unwrap();
    let mut command = if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).unwrap();
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        command.arg(binary);
        command
    } else {
        Command::new(binary)
    };
    command.args(["serve", "--listen", "127.0.0.1:0"]);
    program.settle(&mut command);
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("the database events.db cannot be written; give this user"),
        "{text}"
    );
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(program.good(&["export"], "").lines().count(), 1);
}
