//! The command line.

use clap::{Parser, Subcommand};

use crate::config::Config;

const EXAMPLES: &str = "\
Examples:
  events-server serve
      Try it out: listen on 127.0.0.1:8080, keep the events in events.db, and print two tokens and a first request.

  events-server serve --listen 127.0.0.1:0 --database trial.db
      Take a free port, and another file.

  events-server serve --listen 0.0.0.0:8080 --keys keys.json
      Serve other machines; tokens are verified with the keys of a JWK Set (RFC 7517).

Exit codes: 0 it was stopped, 1 it could not run, 2 the command line is wrong.";

const SERVE_HELP: &str = "\
It stops on Ctrl-C and on SIGTERM, after it has answered the requests under way.

Tokens are JSON Web Tokens with `iss`, `sub` and `exp`. A caller's has the audience `events` and its scopes in \
`scope` (`events.read events.write`); a service's, in the header S2S-Auth-Token, has the audience `events-s2s`.";

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
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn config(arguments: &[&str]) -> Config {
        let all = ["events-server", "serve"].iter().chain(arguments);
        let Command::Serve(config) = Arguments::try_parse_from(all).unwrap().command;
        config
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
            database: "events.db".into(),
            keys: None,
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
                "--database=/tmp/a.db",
                "--keys",
                "keys.json"
            ]),
            Config {
                listen: "[::1]:0".parse().unwrap(),
                database: "/tmp/a.db".into(),
                keys: Some("keys.json".into()),
            },
        );
    }

    #[test]
    fn every_setting_has_a_variable() {
        let command = Arguments::command();
        let serve = command.find_subcommand("serve").unwrap();
        let variables: Vec<_> = serve
            .get_arguments()
            .filter_map(|argument| argument.get_env())
            .collect();
        assert_eq!(
            variables,
            ["EVENTS_LISTEN", "EVENTS_DATABASE", "EVENTS_KEYS"]
        );
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
            "a value is required for '--database <FILE>'",
        );
        check(&["serve", "events.db"], "unexpected argument 'events.db'");
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
        assert_eq!(refusal(&["serve", "--help"]).0, 0);
    }
}
