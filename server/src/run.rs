//! The program.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;

use crate::cli::{Arguments, Command};
use crate::config::Config;
use crate::development_key::development_key_path;
use crate::start::start;
use crate::stop::stop_requested;
use crate::welcome::welcome;

/// How long the requests under way may take once the server is asked to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Runs the program: 0 it was stopped, 1 it could not run, 2 the command line is wrong.
pub fn main() -> ExitCode {
    let Command::Serve(config) = Arguments::parse().command;
    let served = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())
        .and_then(|runtime| runtime.block_on(serve(config)));
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("events-server: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: Config) -> Result<(), String> {
    let key = development_key_path(&config.database);
    let running = start(config).await.map_err(|error| error.to_string())?;
    let mut text = format!(
        "# The Event API is served on http://{}\n",
        running.address()
    );
    if let Some(issuer) = running.development_key() {
        text.push_str(
            &welcome(running.address(), &key, issuer).map_err(|error| error.to_string())?,
        );
    }
    // Nobody may be there to read it, which is no reason to stop.
    drop(std::io::stdout().write_all(text.as_bytes()));
    drop(std::io::stdout().flush());
    stop_requested()
        .await
        .map_err(|error| format!("signals cannot be waited for: {error}"))?;
    eprintln!("events-server: stopping");
    running.shutdown(GRACE).await;
    Ok(())
}
