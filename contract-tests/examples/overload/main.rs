//! What becomes of the Event server under ten times as many callers as it takes at once, and 100,000 malformed requests:
//!
//!     cargo run --release -p contract-tests --example overload -- --seconds 20
//!
//! The server is a process of its own, so that its memory is its own. Before, under and after the overload the table has what
//! its callers got, how long the good answers took, and the least and the most memory that the server held (`VmRSS`, Linux
//! only). Callers send the next request as soon as they have an answer, a refusal too, so that nobody waits politely. The exit
//! code is 1 where good requests were not served under the overload, something but a good answer or a refusal came, or the
//! server did not recover.

mod call;
mod malformed;
mod server;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;

use call::{Calls, Counts};
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
}

fn main() -> ExitCode {
    // The server is this program again.
    if std::env::args().nth(1).as_deref() == Some("serve") {
        return events_server::run::main();
    }
    let time = Duration::from_secs(Arguments::parse().seconds) / 5;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let shown = runtime
        .map_err(|error| error.to_string())
        .and_then(|runtime| runtime.block_on(show(time)));
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("overload: {message}");
            ExitCode::FAILURE
        }
    }
}

/// What one phase came to.
struct Phase {
    counts: Counts,
    malformed: u64,
    time: Duration,
    memory: (u64, u64),
}

async fn show(time: Duration) -> Result<(), String> {
    let server =
        Server::start(AT_ONCE).map_err(|error| format!("the server does not start: {error}"))?;
    let calls = Arc::new(Calls::new(&server));
    println!(
        "phase    callers  seconds    good  good/s  refused  other  malformed  p50 ms  p99 ms  memory MB"
    );
    let before = phase(&server, &calls, FEW, time, false).await;
    tell("before", FEW, &before);
    let under = phase(&server, &calls, CALLERS, time * 3, true).await;
    tell("under", CALLERS, &under);
    let after = phase(&server, &calls, FEW, time, false).await;
    tell("after", FEW, &after);
    server
        .stop()
        .map_err(|error| format!("the server does not stop: {error}"))?;

    let rate = |phase: &Phase| phase.counts.good() as f64 / phase.time.as_secs_f64();
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
    if rate(&after) < rate(&before) / 2.0 {
        faults.push("afterwards the server serves less than half as much as before");
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("; "))
    }
}

/// Calls for at least that time, and until everything malformed is sent.
async fn phase(
    server: &Server,
    calls: &Arc<Calls>,
    callers: usize,
    time: Duration,
    is_malformed: bool,
) -> Phase {
    let (begun, is_over) = (Instant::now(), Arc::new(AtomicBool::new(false)));
    let callers: Vec<_> = (0..callers)
        .map(|caller| {
            let (calls, is_over) = (Arc::clone(calls), Arc::clone(&is_over));
            tokio::spawn(async move { calls.go_on(caller, &is_over).await })
        })
        .collect();
    let sent = Arc::new(AtomicU64::new(0));
    let malformers: Vec<_> = (0..if is_malformed { MALFORMERS } else { 0 })
        .map(|_| {
            tokio::spawn(malformed::send(
                server.address.clone(),
                Arc::clone(&sent),
                MALFORMED,
            ))
        })
        .collect();
    let mut memory = (u64::MAX, 0);
    while begun.elapsed() < time || malformers.iter().any(|malformer| !malformer.is_finished()) {
        if let Some(now) = server.memory() {
            memory = (memory.0.min(now), memory.1.max(now));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    is_over.store(true, Ordering::Relaxed);
    let mut counts = Counts::default();
    for caller in callers {
        counts.add(caller.await.unwrap_or_default());
    }
    Phase {
        counts,
        malformed: sent.load(Ordering::Relaxed).min(MALFORMED),
        time: begun.elapsed(),
        memory,
    }
}

fn tell(name: &str, callers: usize, phase: &Phase) {
    let Phase {
        counts,
        malformed,
        time,
        memory: (least, most),
    } = phase;
    let mut times = counts.times.clone();
    times.sort_unstable();
    let percentile = |percent: usize| {
        let time = times.get(times.len() * percent / 100);
        time.map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    let seconds = time.as_secs_f64();
    println!(
        "{name:8} {callers:7}  {seconds:7.1}  {:6}  {:6.0}  {:7}  {:5}  {malformed:9}  {:6.2}  {:6.2}  {:.0} to {:.0}",
        counts.good(),
        counts.good() as f64 / seconds,
        counts.refused,
        counts.other,
        percentile(50),
        percentile(99),
        *least as f64 / 1024.0,
        *most as f64 / 1024.0,
    );
}
