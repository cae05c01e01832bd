//! What becomes of the Event server under ten times as many callers as it takes at once, and 100,000 malformed requests:
//!
//!     cargo run --release -p contract-tests --example overload -- --seconds 20
//!
//! The server is a process of its own, so that its memory is its own. Before, under and after the overload the table has what
//! its callers got, how long the good answers took, and the least and the most memory that the server held (`VmRSS`, Linux
//! only). Callers send the next request as soon as they have an answer, a refusal too, so that nobody waits politely. The exit
//! code is 1 where good requests were not served under the overload, something but a good answer or a refusal came, or the
//! server did not recover.
//!
//! A program can do its work beside callers that the server has the room for, such as a test of the server's contract:
//!
//!     cargo run --release -p contract-tests --example overload -- --beside 'contract test spec/openapi.yaml $EVENTS_URL
//!         --credential bearerAuth=\$EVENTS_TOKEN --credential s2sAuthToken=\$EVENTS_S2S_TOKEN'
//!
//! The exit code is then 1 where that program fails, or a caller does not get a good answer.

mod call;
mod malformed;
mod phase;
mod server;

use std::io;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use clap::Parser;

use call::Calls;
use phase::Phase;
use server::Server;

/// How many requests the server serves at once.
const AT_ONCE: usize = 32;

/// How many callers there are under the overload.
const CALLERS: usize = 10 * AT_ONCE;

/// How many callers there are before and after it.
const FEW: usize = 4;

/// How many malformed requests are sent under the overload.
const MALFORMED: u64 = 100_000;

/// How many callers send them.
const MALFORMERS: usize = 16;

#[derive(Parser)]
struct Arguments {
    /// About how long all of it takes.
    #[arg(long, default_value_t = 20)]
    seconds: u64,

    /// The server's database, `postgres://...`. A fresh file by default.
    #[arg(long, value_name = "URL")]
    database: Option<String>,

    /// Runs this shell command beside callers that the server has the room for, instead of the overload. It has the server's
    /// URL in EVENTS_URL, and tokens in EVENTS_TOKEN and EVENTS_S2S_TOKEN.
    #[arg(long, value_name = "COMMAND", conflicts_with = "seconds")]
    beside: Option<String>,

    /// How many callers there are beside the command.
    #[arg(long, value_name = "NUMBER", requires = "beside", default_value_t = AT_ONCE / 2)]
    callers: usize,
}

fn main() -> ExitCode {
    // The server is this program again.
    if std::env::args().nth(1).as_deref() == Some("serve") {
        return events_server::run::main();
    }
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let shown = runtime
        .map_err(|error| error.to_string())
        .and_then(|runtime| runtime.block_on(show(&arguments)));
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("overload: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn show(arguments: &Arguments) -> Result<(), String> {
    let server = Server::start(AT_ONCE, arguments.database.as_deref())
        .map_err(|error| format!("the server does not start: {error}"))?;
    let calls = Arc::new(Calls::new(&server));
    let shown = match &arguments.beside {
        Some(command) => beside(&server, &calls, arguments.callers, command).await,
        None => overload(&server, &calls, Duration::from_secs(arguments.seconds) / 5).await,
    };
    let stopped = server.stop();
    shown?;
    stopped.map_err(|error| format!("the server does not stop: {error}"))
}

async fn overload(server: &Server, calls: &Arc<Calls>, time: Duration) -> Result<(), String> {
    let few = async || {
        let begun = Instant::now();
        Phase::go(server, calls, FEW, || Ok(begun.elapsed() < time)).await
    };
    phase::head();
    let before = few().await.map_err(|error| error.to_string())?;
    before.tell("before");
    let under = flood(server, calls, time * 3)
        .await
        .map_err(|error| error.to_string())?;
    under.tell("under");
    let after = few().await.map_err(|error| error.to_string())?;
    after.tell("after");

    let mut faults = Vec::new();
    if under.counts.good() == 0 {
        faults.push("no good request was served under the overload");
    }
    if [&before, &under, &after]
        .iter()
        .any(|phase| phase.counts.other > 0)
    {
        faults.push("something but a good answer or a refusal came");
    }
    if after.rate() < before.rate() / 2.0 {
        faults.push("afterwards the server serves less than half as much as before");
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("; "))
    }
}

/// Too many callers, for at least that time and until everything malformed is sent.
async fn flood(server: &Server, calls: &Arc<Calls>, time: Duration) -> io::Result<Phase> {
    let begun = Instant::now();
    let sent = Arc::new(AtomicU64::new(0));
    let malformers: Vec<_> = (0..MALFORMERS)
        .map(|_| {
            let (address, sent) = (server.address.clone(), Arc::clone(&sent));
            tokio::spawn(malformed::send(address, sent, MALFORMED))
        })
        .collect();
    Phase::go(server, calls, CALLERS, || {
        let is_sending = malformers.iter().any(|malformer| !malformer.is_finished());
        Ok(begun.elapsed() < time || is_sending)
    })
    .await
}

/// A command's work, and callers that the server has the room for.
async fn beside(
    server: &Server,
    calls: &Arc<Calls>,
    callers: usize,
    command: &str,
) -> Result<(), String> {
    let mut running = Command::new("sh")
        .args(["-c", command])
        .env("EVENTS_URL", format!("http://{}", server.address))
        .envs(server.tokens.clone())
        .spawn()
        .map_err(|error| format!("`{command}` does not start: {error}"))?;
    let phase = Phase::go(server, calls, callers, || {
        running.try_wait().map(|ended| ended.is_none())
    });
    let phase = phase.await.map_err(|error| error.to_string())?;
    phase::head();
    phase.tell("beside");

    let ended = running.wait().map_err(|error| error.to_string())?;
    if !ended.success() {
        return Err(format!("`{command}` ended with {ended}"));
    }
    match phase.counts {
        call::Counts { other: 0, .. } if phase.counts.good() > 0 => Ok(()),
        _ => Err("its callers did not get good answers".to_owned()),
    }
}
