//! The program.

use std::io::Write as _;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};
use dropshot_runtime::{StopSignals, slog};

use crate::cli::{Arguments, Command};
use crate::commands::backup::{Backup, backup};
use crate::commands::export::export;
use crate::commands::import::{Summary, import};
use crate::commands::token::{TokenError, token};
use crate::config::Config;
use crate::development_key::development_key_path;
use crate::start::start;
use crate::welcome::welcome;

/// Runs the program: 0 it did what it was asked for, 1 it could not, or not for every line, 2 the command line is wrong.
pub fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(config) => tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())
            .and_then(|runtime| {
                let served = runtime.block_on(serve(config));
                // What has been given up is not waited for.
                runtime.shutdown_background();
                served
            })
            .map(|()| ExitCode::SUCCESS),
        Command::Import(arguments) => import(&arguments)
            .map(summarize)
            .map_err(|error| error.to_string()),
        Command::Export(arguments) => export(&arguments, std::io::stdout().lock())
            .map(|()| ExitCode::SUCCESS)
            .map_err(|error| error.to_string()),
        Command::Backup(arguments) => backup(&arguments)
            .map(|events| tell_backup(&arguments, events))
            .map_err(|error| error.to_string()),
        Command::Token(arguments) => match token(&arguments) {
            Err(error @ TokenError::ScopesOfService) => Arguments::command()
                .error(ErrorKind::ArgumentConflict, error)
                .exit(),
            made => made
                .map(|token| {
                    print(&format!("{token}\n"));
                    ExitCode::SUCCESS
                })
                .map_err(|error| error.to_string()),
        },
    };
    done.unwrap_or_else(|message| {
        eprintln!("events-server: {message}");
        ExitCode::FAILURE
    })
}

/// Says what became of the lines of an import.
fn summarize(summary: Summary) -> ExitCode {
    let Summary {
        imported,
        present,
        bad,
    } = summary;
    let plural = |count, one, many| if count == 1 { one } else { many };
    print(&format!(
        "{imported} {} imported, {present} there already, {bad} bad {}\n",
        plural(imported, "event", "events"),
        plural(bad, "line", "lines"),
    ));
    if bad == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Says what a backup has.
fn tell_backup(arguments: &Backup, events: i64) -> ExitCode {
    let plural = if events == 1 { "" } else { "s" };
    let file = arguments.file.display();
    print(&format!("{events} event{plural} backed up to {file}\n"));
    ExitCode::SUCCESS
}

/// Nobody may be there to read it, which is no reason to fail.
fn print(text: &str) {
    let mut out = std::io::stdout();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

async fn serve(config: Config) -> Result<(), String> {
    let key = development_key_path(config.database.beside());
    let grace = config.upkeep.grace;
    let mut signals =
        StopSignals::new().map_err(|error| format!("signals cannot be waited for: {error}"))?;
    let running = start(config).await.map_err(|error| error.to_string())?;
    let mut text = format!("# The Event API is served on {}\n", running.url());
    if let Some(address) = running.admin_address() {
        text.push_str(&format!(
            "# Metrics, health and the document are on http://{address}\n"
        ));
    }
    if let Some(issuer) = running.development_key() {
        text.push_str(&welcome(&running.url(), &key, issuer).map_err(|error| error.to_string())?);
    }
    print(&text);
    signals.next().await;
    slog::info!(running.log(), "stopping");
    tokio::select! {
        stopped = running.shutdown(grace) => stopped.map_err(|error| error.to_string()),
        () = signals.next() => Err("it was asked to stop a second time, and did not wait for the requests under way".to_owned()),
    }
}
