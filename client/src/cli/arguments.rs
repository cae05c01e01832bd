//! What can be said on the command line.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use clap::{Args, Parser, Subcommand};
use events_client::types::ListEventsSort;

use super::instant;

const EXAMPLES: &str = "\
Examples:
  events get 42
  events list --account 7 --since 2026-01-01 --all
  events list --name mailbox_created --sort=-eventAt --limit 5
  events create --name webinar_attended --account 7 --payload '{\"minutes\": 47}'

On a terminal events are shown as tables. Into a file or another program they go as JSON: one document, or for a list \
one event on each line:
  events list --all | jq -r .attributes.name

Variables: EVENTS_TOKEN and EVENTS_S2S_TOKEN hold the two tokens, as `events-server serve` prints them; EVENTS_URL \
says where the service is.

Exit codes: 0 it was done, 1 it was refused or failed, 2 the command line is wrong or a token is missing.";

const LIST_EXAMPLES: &str = "\
Examples:
  events list
      The 50 events that were created last.

  events list --account 7 --since 2026-01-01 --all
      Every event of account 7 that occurred in 2026 or later.

  events list --sort=eventAt --since 2026-03-01T09:00:00+01:00 --until 2026-03-02 --limit 10
      The first ten in a span of time, the earliest first. Dates begin at midnight, UTC.";

const CREATE_EXAMPLES: &str = "\
Examples:
  events create --name webinar_attended --event-at 2026-03-03T17:00:00+01:00 --account 7 --prospect 99120
  events create --name import_done --payload @result.json --idempotency-key import-318
  events create event.json
  echo '{\"data\":{\"type\":\"event\",\"attributes\":{\"name\":\"badge_scanned\"}}}' | events create -";

/// Reads and creates events.
#[derive(Debug, Parser)]
#[command(name = "events", version, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Arguments {
    /// Where the service is [env: EVENTS_URL] [default: http://127.0.0.1:8080]
    // The variable is read elsewhere: one that is set would count as an argument here, and hide the help.
    #[arg(long, global = true, value_name = "URL", display_order = 100)]
    pub url: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show one event.
    Get {
        /// The event's id.
        id: i64,
    },
    /// Show the events that fit.
    #[command(after_help = LIST_EXAMPLES)]
    List(List),
    /// Create an event, and show what became of it.
    #[command(after_help = CREATE_EXAMPLES, arg_required_else_help = true)]
    Create(Create),
}

/// Which events, in which order, and how many.
#[derive(Debug, Args)]
pub struct List {
    /// What the events have to do with.
    #[command(flatten)]
    pub about: About,
    /// Only events of this name.
    #[arg(long)]
    pub name: Option<String>,
    /// Only events that occurred then or later.
    #[arg(long, value_name = "WHEN", value_parser = instant::parse)]
    pub since: Option<DateTime<FixedOffset>>,
    /// Only events that occurred before.
    #[arg(long, value_name = "WHEN", value_parser = instant::parse)]
    pub until: Option<DateTime<FixedOffset>>,
    /// Only events that were created then or later.
    #[arg(long, value_name = "WHEN", value_parser = instant::parse)]
    pub created_since: Option<DateTime<FixedOffset>>,
    /// Only events that were created before.
    #[arg(long, value_name = "WHEN", value_parser = instant::parse)]
    pub created_until: Option<DateTime<FixedOffset>>,
    /// The order; with `-` the latest come first. Without it, those that were created last.
    #[arg(long, allow_hyphen_values = true, value_parser = sort())]
    pub sort: Option<ListEventsSort>,
    /// How many events at most.
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..))]
    pub limit: u64,
    /// All of them.
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
}

/// The event to create.
#[derive(Debug, Args)]
pub struct Create {
    /// A file with the event as a JSON:API document, or `-` for standard input.
    #[arg(
        conflicts_with_all = [
            "name", "event_at", "body", "external_url", "payload",
            "account", "call", "mailing", "opportunity", "prospect", "task", "user",
        ]
    )]
    pub file: Option<PathBuf>,
    /// What took place.
    #[arg(long, required_unless_present = "file")]
    pub name: Option<String>,
    /// When it occurred.
    #[arg(long, value_name = "WHEN", value_parser = instant::parse)]
    pub event_at: Option<DateTime<FixedOffset>>,
    /// The event's body.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub body: Option<String>,
    /// A URL that belongs to it.
    #[arg(long, value_name = "URL")]
    pub external_url: Option<String>,
    /// Data, as a JSON object; `@` and a file's name reads it from there.
    #[arg(long, value_name = "JSON|@FILE")]
    pub payload: Option<String>,
    /// What the event has to do with.
    #[command(flatten)]
    pub about: About,
    /// With the same key, the command can be repeated for 24 hours, and makes one event.
    #[arg(long, value_name = "KEY")]
    pub idempotency_key: Option<String>,
}

/// What events have to do with.
#[derive(Debug, Default, Args)]
pub struct About {
    /// The account that it has to do with.
    #[arg(long, value_name = "ID", value_parser = resource_id)]
    pub account: Option<String>,
    /// The call.
    #[arg(long, value_name = "ID", value_parser = resource_id)]
    pub call: Option<String>,
    /// The mailing.
    #[arg(long, value_name = "ID", value_parser = resource_id)]
    pub mailing: Option<String>,
    /// The opportunity.
    #[arg(long, value_name = "ID", value_parser = resource_id)]
    pub opportunity: Option<String>,
    /// The prospect.
    #[arg(long, value_name = "ID", value_parser = resource_id)]
    pub prospect: Option<String>,
    /// The task.
    #[arg(long, value_name = "ID", value_parser = resource_id)]
    pub task: Option<String>,
    /// The user.
    #[arg(long, value_name = "ID", value_parser = resource_id)]
    pub user: Option<String>,
}

/// The orders, by the document's names for them.
fn sort() -> impl clap::builder::TypedValueParser<Value = ListEventsSort> {
    let names = ListEventsSort::ALL.map(ListEventsSort::as_str);
    PossibleValuesParser::new(names).try_map(|name| name.parse::<ListEventsSort>())
}

/// An id as resources have them, the first digit of which is not 0.
fn resource_id(text: &str) -> Result<String, String> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && !text.starts_with('0') && (1..=18).contains(&text.len()) {
        return Ok(text.to_owned());
    }
    Err("an id is an integer above 0 of at most 18 digits, such as 7".to_owned())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn refusal(arguments: &[&str]) -> (i32, String) {
        let all = std::iter::once(&"events").chain(arguments);
        let error = Arguments::try_parse_from(all).unwrap_err();
        (error.exit_code(), error.to_string())
    }

    fn list(arguments: &[&str]) -> List {
        let all = ["events", "list"].iter().chain(arguments);
        let Command::List(list) = Arguments::try_parse_from(all).unwrap().command else {
            panic!("it is another command");
        };
        list
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_list_is_asked_for_in_short() {
        let default = list(&[]);
        assert_eq!(
            (default.limit, default.all, default.sort),
            (50, false, None)
        );
        let full = list(&[
            "--account",
            "7",
            "--since",
            "2026-01-01",
            "--sort",
            "-eventAt",
            "--all",
        ]);
        assert_eq!(full.about.account.as_deref(), Some("7"));
        assert_eq!(
            full.since.unwrap().to_rfc3339(),
            "2026-01-01T00:00:00+00:00"
        );
        assert_eq!(full.sort.map(ListEventsSort::as_str), Some("-eventAt"));
        assert!(full.all);
    }

    #[test]
    fn a_wrong_command_line_is_2_and_says_what_is_wrong() {
        let check = |arguments: &[&str], expected: &str| {
            let (code, text) = refusal(arguments);
            assert_eq!(code, 2, "{text}");
            assert!(text.contains(expected), "{text}");
        };
        check(&[], "Usage: events");
        check(&["show"], "unrecognized subcommand 'show'");
        check(&["get", "one"], "invalid value 'one' for '<ID>'");
        check(&["list", "--account", "07"], "an id is an integer above 0");
        check(&["list", "--since", "monday"], "give a date, such as 2026");
        check(&["list", "--sort", "name"], "possible values: ");
        check(&["list", "--limit", "0"], "invalid value '0'");
        check(&["list", "--all", "--limit", "5"], "cannot be used with");
        check(&["create"], "Usage: events create");
        check(&["create", "--body", "b"], "--name <NAME>");
        check(&["create", "-", "--name", "a"], "cannot be used with");
        check(&["create", "-", "--user", "1"], "cannot be used with");
    }

    #[test]
    fn help_has_examples_and_is_no_failure() {
        for arguments in [&["--help"][..], &["list", "--help"], &["create", "--help"]] {
            let (code, text) = refusal(arguments);
            assert_eq!(code, 0);
            assert!(text.contains("Examples:\n  events "), "{text}");
        }
    }

    #[test]
    fn no_token_can_be_given_where_others_could_read_it() {
        let (code, _) = refusal(&["get", "1", "--token", "a"]);
        assert_eq!(code, 2);
    }
}
