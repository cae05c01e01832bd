//! The command line.

use clap::{Parser, Subcommand};

use crate::commands::backup::Backup;
use crate::commands::export::Export;
use crate::commands::import::Import;
use crate::commands::token::Token;
use crate::config::Config;

const EXAMPLES: &str = "\
Examples:
  events-server serve
      Try it out: listen on 127.0.0.1:8080, keep the events in events.db, and print two tokens and a first request.

  events-server import server/sample/events.ndjson
      Fill events.db with the sample.

  events-server token --subject ada --scope 'events.read events.write'
      Print a caller's token that is good for 12 hours.

Exit codes: 0 it did what it was asked for (or was stopped), 1 it could not, 2 the command line is wrong.";

const SERVE_HELP: &str = "\
It stops on Ctrl-C and on SIGTERM, after it has answered the requests under way, for which it has as long as --grace says. \
A second signal stops it at once.

Beside the API, /metrics, /live, /ready, /openapi.yaml, /openapi.json and /reference are served on a port of their own: see \
--admin-listen. The log is on standard error, a line for each request; --log-level warn leaves those out.

Tokens are JSON Web Tokens with `iss`, `sub` and `exp`. A caller's has the audience `events` and its scopes in \
`scope` (`events.read events.write`); a service's, in the header S2S-Auth-Token, has the audience `events-s2s`. Each is \
refused in the place of the other.

Keys are read again within seconds after their files have changed, and at once when a token names a key that is not \
known. A key that is taken out verifies nothing from then on. Files that cannot be used leave everything as it was, which \
is told on standard error. The same goes for the certificate.

Examples:
  events-server serve --listen 127.0.0.1:0 --database trial.db
      Take a free port, and another file.

  events-server serve --listen 0.0.0.0:8080 --keys keys.json
      Serve other machines; tokens are verified with the keys of a JWK Set (RFC 7517).

  events-server serve --listen 0.0.0.0:8443 --keys keys.json --tls-cert cert.pem --tls-key key.pem
      The same, by HTTPS.

  EVENTS_DATABASE=postgres://events:PASSWORD@localhost/events events-server serve
      Keep the events in PostgreSQL (15 or newer), which any number of servers can share. A URL that leads to another \
machine ends in ?sslmode=require (encrypted, and its certificate is verified) or ?sslmode=disable. A variable, and not a \
flag, since whoever is on the machine can see the flags of a program.

  events-server serve --check-responses log
      Say so on standard error where an answer breaks the document. It takes time, so it is for trying things out.";

const IMPORT_HELP: &str = "\
Each line is a resource object of the API, with the `id` and the `createdAt` that it is to have:

  {\"type\":\"event\",\"id\":\"42\",\"attributes\":{\"createdAt\":\"2026-03-02T09:15:31Z\",\"name\":\"mailbox_created\"},\
\"relationships\":{\"account\":{\"data\":{\"type\":\"account\",\"id\":\"7\"}}}}

An event that is there already is left as it is, so an import can be run again. A bad line is reported with its number, \
and the rest goes on. A server may have the database open.

Examples:
  events-server import events.ndjson
  zcat events.ndjson.gz | events-server import - --database trial.db

Exit codes: 0 every line is stored, 1 some lines were bad, or it could not run, 2 the command line is wrong.";

const EXPORT_HELP: &str = "\
The events come by ascending id, as they were at one moment. A server may have the database open.

Examples:
  events-server export > events.ndjson
  events-server export | events-server import - --database copy.db

Exit codes: 0 every event is written, or as many as the reader took, 1 it could not run, 2 the command line is wrong.";

const BACKUP_HELP: &str = "\
The backup is the database as it was at one moment, in one file. A server may have the database open and goes on. The \
file is read again before it gets its name, so that there is a whole backup under that name or none. To go back to it, \
stop the server, remove the database and the files beside it that end in -wal and -shm, and put a copy of the backup in \
its place.

A PostgreSQL database is backed up by pg_dump; the command says how.

Examples:
  events-server backup events-2026-03-02.db
  events-server backup --force --database trial.db latest.db

Exit codes: 0 the backup is on disk, 1 there is none, 2 the command line is wrong.";

const TOKEN_HELP: &str = "\
The token is for a server that verifies with the same key, as `serve` does with the development key of its database.

Examples:
  export EVENTS_TOKEN=$(events-server token --subject ada --scope events.read --scope events.write)
  export EVENTS_S2S_TOKEN=$(events-server token --scheme service --subject reports --lifetime 30d)

Exit codes: 0 the token is printed, 1 there is no key to sign with, 2 the command line is wrong.";

/// The Event service.
#[derive(Debug, Parser)]
#[command(name = "events-server", version, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the Event API.
    #[command(after_help = SERVE_HELP)]
    Serve(Config),
    /// Store the events of a file.
    #[command(after_help = IMPORT_HELP)]
    Import(Import),
    /// Write all events to standard output, in the form that import reads.
    #[command(after_help = EXPORT_HELP)]
    Export(Export),
    /// Copy the database to a file, while a server may use it.
    #[command(after_help = BACKUP_HELP)]
    Backup(Backup),
    /// Print a token.
    #[command(after_help = TOKEN_HELP)]
    Token(Token),
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::num::NonZeroUsize;
    use std::path::PathBuf;
    use std::time::Duration;

    use clap::CommandFactory as _;
    use dropshot_runtime::ResponseChecks;

    use super::*;
    use crate::upkeep::{AdminListen, LogFormat, LogLevel, Upkeep};

    fn config(arguments: &[&str]) -> Config {
        let all = ["events-server", "serve"].iter().chain(arguments);
        match Arguments::try_parse_from(all).unwrap().command {
            Command::Serve(config) => config,
            other => panic!("{other:?}"),
        }
    }

    /// The exit code and the text of a command line that does not lead to a command.
    fn refusal(arguments: &[&str]) -> (i32, String) {
        let all = std::iter::once(&"events-server").chain(arguments);
        let error = Arguments::try_parse_from(all).unwrap_err();
        (error.exit_code(), error.to_string())
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_flags_it_serves_this_machine_from_the_working_folder() {
        let default = Config {
            listen: "127.0.0.1:8080".parse().unwrap(),
            database: PathBuf::from("events.db").into(),
            keys: Vec::new(),
            issuers: Vec::new(),
            audience: "events".to_owned(),
            service_audience: "events-s2s".to_owned(),
            tls_cert: None,
            tls_key: None,
            check_responses: ResponseChecks::Off,
            upkeep: Upkeep {
                admin_listen: None,
                max_requests: NonZeroUsize::new(512).unwrap(),
                body_timeout: Duration::from_secs(30),
                grace: Duration::from_secs(10),
                log_level: LogLevel::Info,
                log_format: LogFormat::Text,
            },
        };
        assert_eq!(config(&[]), default);
        assert_eq!(Config::default(), default);
    }

    #[test]
    fn flags_are_read() {
        assert_eq!(
            config(&[
                "--listen",
                "[::1]:0",
                "--database=data/a.db",
                "--keys",
                "keys.json",
                "--keys=more",
                "--issuer",
                "https://one.example https://two.example",
                "--issuer=three",
                "--audience=https://events.example",
                "--service-audience=https://events.example/s2s",
                "--tls-cert=cert.pem",
                "--tls-key=key.pem",
                "--check-responses=fail",
                "--admin-listen=off",
                "--max-requests=5",
                "--body-timeout=2s",
                "--grace=1m",
                "--log-level=warn",
                "--log-format=json",
            ]),
            Config {
                listen: "[::1]:0".parse().unwrap(),
                database: PathBuf::from("data/a.db").into(),
                keys: vec!["keys.json".into(), "more".into()],
                issuers: ["https://one.example", "https://two.example", "three"]
                    .map(str::to_owned)
                    .into(),
                audience: "https://events.example".to_owned(),
                service_audience: "https://events.example/s2s".to_owned(),
                tls_cert: Some("cert.pem".into()),
                tls_key: Some("key.pem".into()),
                check_responses: ResponseChecks::Fail,
                upkeep: Upkeep {
                    admin_listen: Some(AdminListen::Off),
                    max_requests: NonZeroUsize::new(5).unwrap(),
                    body_timeout: Duration::from_secs(2),
                    grace: Duration::from_secs(60),
                    log_level: LogLevel::Warn,
                    log_format: LogFormat::Json,
                },
            },
        );
    }

    #[test]
    fn every_setting_has_a_variable() {
        let check = |command: &str, expected: &[&str]| {
            let commands = Arguments::command();
            let command = commands.find_subcommand(command).unwrap();
            let variables: Vec<_> = command
                .get_arguments()
                .filter_map(|argument| argument.get_env())
                .collect();
            assert_eq!(variables, expected);
        };
        check(
            "serve",
            &[
                "EVENTS_LISTEN",
                "EVENTS_DATABASE",
                "EVENTS_KEYS",
                "EVENTS_ISSUER",
                "EVENTS_AUDIENCE",
                "EVENTS_SERVICE_AUDIENCE",
                "EVENTS_TLS_CERT",
                "EVENTS_TLS_KEY",
                "EVENTS_CHECK_RESPONSES",
                "EVENTS_ADMIN_LISTEN",
                "EVENTS_MAX_REQUESTS",
                "EVENTS_BODY_TIMEOUT",
                "EVENTS_GRACE",
                "EVENTS_LOG_LEVEL",
                "EVENTS_LOG_FORMAT",
            ],
        );
        check("import", &["EVENTS_DATABASE"]);
        check("export", &["EVENTS_DATABASE"]);
        check("backup", &["EVENTS_DATABASE"]);
        check("token", &["EVENTS_KEY", "EVENTS_DATABASE"]);
    }

    #[test]
    fn a_wrong_command_line_is_2_and_says_what_is_wrong() {
        let check = |arguments: &[&str], expected: &str| {
            let (code, text) = refusal(arguments);
            assert_eq!(code, 2, "{text}");
            assert!(text.contains(expected), "{text}");
        };
        check(&[], "Usage: events-server <COMMAND>");
        check(&["server"], "unrecognized subcommand 'server'");
        check(&["serve", "--port", "80"], "unexpected argument '--port'");
        check(
            &["serve", "--listen", "localhost"],
            "give an IP address and a port, such as 127.0.0.1:8080",
        );
        check(
            &["serve", "--listen"],
            "a value is required for '--listen <ADDRESS>'",
        );
        check(
            &["serve", "--database", ""],
            "a value is required for '--database <FILE|URL>'",
        );
        check(
            &["serve", "--check-responses", "on"],
            "give one of off, log and fail",
        );
        check(&["serve", "--tls-cert", "a.pem"], "--tls-key <FILE>");
        check(&["serve", "--tls-key", "a.pem"], "--tls-cert <FILE>");
        check(&["serve", "--issuer", "one"], "--keys <FILE>");
        check(&["serve", "--audience", "one"], "--keys <FILE>");
        check(&["serve", "--service-audience", "one"], "--keys <FILE>");
        check(
            &["serve", "--keys", "a", "--audience", ""],
            "a value is required for '--audience <NAME>'",
        );
        check(
            &["serve", "--admin-listen", "on"],
            "such as 127.0.0.1:8081 or [::1]:8081, or `off`",
        );
        check(&["serve", "--max-requests", "0"], "--max-requests <NUMBER>");
        check(
            &["serve", "--grace", "2h"],
            "give a number and s, m or h, such as 30s, up to 1h",
        );
        check(
            &["serve", "--log-level", "all"],
            "[possible values: error, warn, info]",
        );
        check(&["serve", "events.db"], "unexpected argument 'events.db'");
        check(&["import"], "<FILE>");
        check(&["import", "a", "b"], "unexpected argument 'b'");
        check(&["export", "a"], "unexpected argument 'a'");
        check(&["backup"], "<FILE>");
        check(&["token"], "--subject <NAME>");
        check(&["token", "--subject", ""], "a value is required");
        check(
            &["token", "--subject", "ada", "--lifetime", "1w"],
            "give a number and s, m, h or d, such as 12h, from 1s to 3650d",
        );
        check(
            &["token", "--subject", "ada", "--scheme", "basic"],
            "[possible values: bearer, service]",
        );
        check(
            &["token", "--subject", "ada", "--scope", "a\"b"],
            "a scope is visible ASCII",
        );
    }

    #[test]
    fn help_has_examples_and_is_no_failure() {
        for arguments in [&["--help"][..], &["-h"], &["help"]] {
            let (code, text) = refusal(arguments);
            assert_eq!(code, 0);
            assert!(
                text.contains("Examples:\n  events-server serve\n"),
                "{text}"
            );
        }
        for command in ["serve", "import", "export", "backup", "token"] {
            let (code, text) = refusal(&[command, "--help"]);
            assert_eq!(code, 0);
            assert!(text.contains("Examples:\n  "), "{text}");
        }
    }
}
