//! The commands over PostgreSQL, and that its password is nowhere to be read.

use std::fs;
use std::process::{Command, Stdio};

use crate::cluster::{Cluster, Fresh};
use crate::program::Program;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample/events.ndjson");

#[test]
fn what_is_imported_is_exported_and_makes_an_equal_file() {
    let Some(fresh) = Fresh::new("import and export over PostgreSQL") else {
        return;
    };
    let program = Program::new(&fresh.url());
    let sample = fs::read_to_string(SAMPLE).unwrap();
    for expected in [
        "200 events imported, 0 there already, 0 bad lines\n",
        "0 events imported, 200 there already, 0 bad lines\n",
    ] {
        assert_eq!(program.good(&["import", SAMPLE], ""), expected);
        assert_eq!(program.good(&["export"], ""), sample);
    }
    program.good(&["import", "-", "--database", "copy.db"], &sample);
    assert_eq!(
        program.good(&["export", "--database", "copy.db"], ""),
        sample
    );
}

#[test]
fn of_several_lines_of_one_id_the_first_is_imported_and_a_server_goes_on_above_it() {
    let Some(fresh) = Fresh::new("an import over PostgreSQL") else {
        return;
    };
    let program = Program::new(&fresh.url());
    let server = program.serve();
    let line = |id: u32, name: &str| {
        format!(
            r#"{{"type":"event","id":"{id}","attributes":{{"createdAt":"2026-01-01T00:00:00Z","name":"{name}"}},"relationships":{{}}}}"#
        ) + "\n"
    };
    let lines = [
        line(41, "first"),
        line(41, "first"),
        line(41, "other"),
        line(7, "a\\u0000"),
    ];
    let (code, out, err) = program.run(&["import", "-"], &lines.concat());
    assert_eq!(out, "2 events imported, 1 there already, 1 bad line\n");
    assert_eq!(code, Some(1));
    assert!(
        err.contains("line 3: /id: there is another event of the id 41"),
        "{err}"
    );
    let body = serde_json::json!({"data": {"type": "event", "attributes": {"name": "created"}}});
    let created = server.caller.post(&body, None).unwrap();
    assert_eq!(created.body["data"]["id"], "42");
    // What was imported later lies above what the server has given.
    program.good(&["import", "-"], &line(50, "beside"));
    let created = server.caller.post(&body, None).unwrap();
    assert_eq!(created.body["data"]["id"], "51");
    let exported = program.good(&["export"], "");
    assert!(
        exported.starts_with(&(line(7, "a\\u0000") + &line(41, "first"))),
        "{exported}"
    );
}

#[test]
fn a_backup_of_a_database_in_use_is_a_database_of_its_own() {
    let program = Program::new("events.db");
    let sample = fs::read_to_string(SAMPLE).unwrap();
    program.good(&["import", SAMPLE], "");
    let mut server = program.serve();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let body = serde_json::json!({"data": {"type": "event", "attributes": {"name": "beside"}}});
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                assert_eq!(server.caller.post(&body, None).unwrap().status, 201);
            }
        });
        for number in 0..5 {
            let said = program.good(&["backup", &format!("{number}.db")], "");
            let count: usize = said.split(' ').next().unwrap().parse().unwrap();
            let lines = program.good(&["export", "--database", &format!("{number}.db")], "");
            // Ids are given one after the other, so that none is missing if the last one has that number.
            assert_eq!(lines.lines().count(), count, "{said}");
            let last: serde_json::Value =
                serde_json::from_str(lines.lines().last().unwrap()).unwrap();
            let first_new = sample.lines().count();
            assert!(lines.starts_with(&sample) && count >= first_new);
            assert!(count == first_new || last["attributes"]["name"] == "beside");
        }
        stop.store(true, std::sync::atomic::Ordering::SeqCst);
    });
    server.kill();
    // A server goes on from it, and gives the ids that were given after it was made.
    let copy = Program::new(program.folder.path().join("0.db").to_str().unwrap());
    let before = copy.good(&["export"], "").lines().count();
    let server = copy.serve();
    assert_eq!(server.caller.post(&body, None).unwrap().status, 201);
    assert_eq!(copy.good(&["export"], "").lines().count(), before + 1);
}

/// Events are nobody's business but their keeper's, whatever rights new files have otherwise.
#[test]
#[cfg(unix)]
fn the_files_that_are_made_are_their_owner_s_alone_and_those_that_are_there_keep_their_rights() {
    use std::os::unix::fs::PermissionsExt as _;

    let program = Program::new("events.db");
    let openly = |arguments: &str| {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("umask 000; exec \"$0\" {arguments}")]);
        command.arg(env!("CARGO_BIN_EXE_events-server"));
        program.settle(&mut command);
        command
    };
    let rights = |name: &str| {
        let metadata = fs::metadata(program.folder.path().join(name)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    let check = |names: &[&str], expected: u32| {
        for name in names {
            assert_eq!(rights(name), expected, "{name}");
        }
    };
    let serve = "serve --listen 127.0.0.1:0";
    let database = ["events.db", "events.db-wal", "events.db-shm"];
    let server = program.serve_as(openly(serve));
    assert!(openly("backup copy.db").status().unwrap().success());
    check(&database, 0o600);
    check(&["copy.db", "events.db.dev-key.json"], 0o600);
    drop(server);

    let mut import = openly("import - --database imported.db");
    assert!(import.stdin(Stdio::null()).status().unwrap().success());
    check(&["imported.db"], 0o600);

    for name in database.iter().chain(&["copy.db"]) {
        let path = program.folder.path().join(name);
        fs::set_permissions(path, fs::Permissions::from_mode(0o640)).unwrap();
    }
    let _server = program.serve_as(openly(serve));
    check(&database, 0o640);
    assert!(openly("backup --force copy.db").status().unwrap().success());
    check(&["copy.db"], 0o600);
}

#[test]
fn a_backup_replaces_nothing_that_it_is_not_told_to() {
    let program = Program::new("events.db");
    let folder = program.folder.path();
    let refused = |arguments: &[&str], expected: &str| {
        let all = [&["backup"], arguments].concat();
        let (code, out, err) = program.run(&all, "");
        assert_eq!((code, &*out), (Some(1), ""), "{err}");
        assert!(err.contains(expected), "{err}");
    };
    refused(
        &["copy.db"],
        "the database events.db cannot be opened: there is no such file",
    );
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0);
    program.good(&["import", SAMPLE], "");
    fs::write(folder.join("copy.db"), "mine").unwrap();
    refused(
        &["copy.db"],
        "copy.db is there already and was left as it is",
    );
    refused(
        &["none/copy.db"],
        "the backup none/copy.db cannot be written",
    );
    refused(&["events.db"], "events.db is the database itself");
    refused(
        &["--force", "./events.db"],
        "./events.db is the database itself",
    );
    refused(
        &["new.db", "--database", "copy.db"],
        "copy.db is not a database",
    );
    assert_eq!(fs::read_to_string(folder.join("copy.db")).unwrap(), "mine");
    assert_eq!(
        program.good(&["backup", "--force", "copy.db"], ""),
        "200 events backed up to copy.db\n"
    );
    let copied = program.good(&["export", "--database", "copy.db"], "");
    assert_eq!(copied, program.good(&["export"], ""));
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["copy.db", "events.db"]);
}

#[test]
fn of_postgres_it_is_said_how_a_backup_is_made_without_the_password() {
    let program = Program::new("postgres://ada:s3cret@localhost/events");
    let (code, out, err) = program.run(&["backup", "it's.dump"], "");
    assert_eq!((code, &*out), (Some(1), ""));
    assert!(
        err.contains(
            r"pg_dump --format=custom --file='it'\''s.dump' 'postgres://ada@localhost:5432/events'"
        ),
        "{err}"
    );
}

#[test]
fn the_password_of_the_database_is_in_no_message_and_no_help() {
    let Some(cluster) = Cluster::start("the password of the database") else {
        return;
    };
    Fresh::on(cluster.url()).execute("CREATE USER ada PASSWORD 'right'");
    let folder = cluster.url().rsplit('=').next().unwrap().to_owned();
    let check = |database: &str, arguments: &[&str], expected: &str| {
        let (code, out, err) = Program::new(database).run(arguments, "");
        let text = out + &err;
        assert_ne!(code, Some(101), "{text}");
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains("s3cret"), "{text}");
    };
    let wrong = format!("postgres://ada:s3cret@/postgres?host={folder}");
    let name = format!("the database postgres://ada@/postgres?host={folder}&port=5432 refuses: ");
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    check(&wrong, &serve, &name);
    check(&wrong, &["import", SAMPLE], &name);
    check(&wrong, &["export"], &name);
    for command in ["serve", "import", "export", "token"] {
        check(&wrong, &[command, "--help"], "[env: EVENTS_DATABASE]");
    }
    for url in [
        "postgres://ada:s3cret@localhost:port/x",
        "postgres://ada:pass@s3cret@localhost/x",
        "postgres://ada@localhost/x?password=s3cret&colour=s3cret",
        "postgres://ada:s3cret@localhost/x?sslmode=verify-ca",
    ] {
        check(url, &serve, "the URL of the database cannot be read (");
        check(
            "events.db",
            &["export", "--database", url],
            "the URL of the database cannot be read (",
        );
    }
    check(
        "postgres://ada:s3cret@db.example/x",
        &serve,
        "(db.example) and does not say how; end it with ?sslmode=require",
    );
}
