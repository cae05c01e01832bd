//! `contract proxy`: real traffic, held against the document while it passes.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use contract_harness::Traffic;
use contract_harness::proxy::{Proxy, Told, relay};
use contract_harness::traffic::Side;
use tokio::net::TcpListener;

use crate::exit::{Stop, say};
use crate::interrupt::Interrupts;
use crate::judging::{FailOn, Judging};
use crate::plan::trust;

const MORE: &str = "\
The proxy runs until Ctrl-C (or SIGTERM), and then reports what was broken. Give clients the URL that it prints in the place of the \
server's. Every byte passes unchanged, and as it comes; so a server that answers by the Host header gets the one that the client sends. \
Answers in gzip or deflate are judged as what they hold; other compressed ones by status and headers alone.

Exit codes: 0 nothing was broken that counts; 1 something was; 2 the proxy could not run, or nothing passed.

Examples:
  contract proxy openapi.yaml http://127.0.0.1:8080
  contract proxy openapi.yaml https://api.example.com/v1 --listen 127.0.0.1:0 --fail-on server";

/// Stands between a client and the server at UPSTREAM, passes everything on, and judges both by DOCUMENT.
#[derive(Args, Debug)]
#[command(after_help = MORE)]
pub struct Arguments {
    #[command(flatten)]
    judging: Judging,

    /// Where the document's paths start on the server, such as `http://127.0.0.1:8080/v1`.
    upstream: String,

    /// The address to listen on; port 0 takes a free one. The URL is printed as the first line on standard output.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4011")]
    listen: SocketAddr,

    /// Takes the server's certificate where one in FILE has signed it, or is it (PEM).
    #[arg(long, value_name = "FILE", conflicts_with = "tls_insecure")]
    tls_ca: Option<PathBuf>,

    /// Takes any certificate for the server's.
    #[arg(long)]
    tls_insecure: bool,

    /// Whose faults make the exit code 1.
    #[arg(long, value_name = "WHO", default_value = "any")]
    fail_on: FailOn,
}

/// Passes traffic on until it is told to stop.
///
/// # Errors
/// Somebody broke the document, or the proxy could not run.
pub fn run(arguments: &Arguments) -> Result<(), Stop> {
    let (contract, tell) = arguments.judging.ready()?.parts();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Stop::unusable(format!("the proxy cannot run: {error}")))?;
    let proxy = runtime.block_on(async {
        let cannot = |error: &dyn std::fmt::Display| {
            Stop::unusable(format!(
                "the proxy cannot listen on {}: {error}",
                arguments.listen
            ))
        };
        let upstream = &arguments.upstream;
        let traffic = Traffic::new(&contract, upstream).map_err(Stop::unusable)?;
        let trust = trust(arguments.tls_insecure, arguments.tls_ca.as_ref());
        let proxy = Proxy::new(traffic, upstream, &trust).await;
        let proxy = Arc::new(proxy.map_err(Stop::unusable)?);
        let listener = TcpListener::bind(arguments.listen)
            .await
            .map_err(|error| cannot(&error))?;
        let address = listener.local_addr().map_err(|error| cannot(&error))?;
        let interrupts = Interrupts::watch().map_err(|error| cannot(&error))?;
        let path = match upstream.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
            None => "",
        };
        // Whoever starts the proxy may wait for this line, and may then not read on.
        let mut out = anstream::stdout();
        writeln!(out, "http://{address}{}", path.trim_end_matches('/'))
            .and_then(|()| out.flush())
            .ok();
        say(format_args!("passes on to {upstream}; Ctrl-C ends it"));
        relay(proxy.clone(), listener, interrupts.reach(1), told).await;
        Ok::<_, Stop>(proxy)
    })?;
    runtime.shutdown_background();
    let report = proxy.traffic().report();
    tell(&report, arguments.fail_on)?;
    if report.exchanges == 0 {
        return Err(Stop::unusable("nothing passed that could be judged"));
    }
    Ok(())
}

/// Says what was broken when it is seen first.
fn told(told: Told<'_>) {
    match told {
        Told::Fault(fault) if fault.is_new => {
            let who = match fault.side {
                Side::Client => "client",
                Side::Server => "server",
            };
            say(format_args!("{who}: {}", fault.message));
        }
        Told::Fault(_) => {}
        Told::Unreachable(error) => say(format_args!("{error}; the client got a 502")),
    }
}
