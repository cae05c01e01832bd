//! `contract mock` beside Prism, on the Event API's document.
//!
//! Both answer the same request with generated answers (`prism mock --dynamic`), by turns and as whole processes, so that
//! what counts is the ratio within one run: how many answers a second, and how much CPU time of the mock's each costs.
//!
//! ```text
//! cargo bench -p contract-tests --bench prism -- --install
//! ```
//!
//! installs Prism from npm in the target folder (which needs Node.js and the network) before it measures. Without
//! `--install`, one that is there already is used.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use bytes::Bytes;
use clap::Parser;
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use wait4::{ResUse, Wait4 as _};

/// The release that the figures in the documentation were measured with.
const PRISM: &str = "@stoplight/prism-cli@5.16.0";

/// How many connections ask, each for the next answer once it has the one before.
const CONNECTIONS: usize = 8;

/// Measures `contract mock` beside Prism.
#[derive(Debug, Parser)]
struct Arguments {
    /// Install Prism first.
    #[arg(long)]
    install: bool,

    /// How often each mock is measured.
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    rounds: usize,

    /// For how many seconds each is asked.
    #[arg(long, value_name = "NUMBER", default_value_t = 4)]
    seconds: u64,

    // Cargo passes this to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    match measure(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("prism: {why}");
            ExitCode::from(2)
        }
    }
}

type Why = Box<dyn std::error::Error>;

/// What one mock did.
#[derive(Clone, Copy, Debug)]
struct Run {
    answers: f64,
    wall: Duration,
    cpu: Duration,
    peak_bytes: u64,
}

fn measure(arguments: &Arguments) -> Result<(), Why> {
    let target = target_folder()?;
    let prism = prism(&target, arguments.install)?;
    let contract = contract(&target)?;
    let folder = tempfile::tempdir()?;
    let document = folder.path().join("openapi.yaml");
    std::fs::write(&document, events_spec::DOCUMENT)?;
    println!("| round | mock | answers | answers/s | CPU per answer (ms) | peak (MB) |");
    println!("|---|---|---|---|---|---|");
    let mut ratios = Vec::new();
    for round in 1..=arguments.rounds.max(1) {
        let time = Duration::from_secs(arguments.seconds.max(1));
        let address = free_address()?;
        let mut ours = Command::new(&contract);
        ours.arg("mock").arg(&document);
        ours.args(["--seed", "1", "--listen", &address.to_string()]);
        let ours = run(ours, address, time)?;
        tell(round, "contract mock", &ours);
        let address = free_address()?;
        let mut theirs = Command::new(&prism);
        theirs.args(["mock", "--dynamic", "--port", &address.port().to_string()]);
        theirs.args(["--verboseLevel", "silent"]).arg(&document);
        let theirs = run(theirs, address, time)?;
        tell(round, "prism", &theirs);
        ratios.push((
            rate(&ours) / rate(&theirs),
            cpu_per_answer(&theirs) / cpu_per_answer(&ours),
        ));
    }
    let (rates, costs): (Vec<f64>, Vec<f64>) = ratios.into_iter().unzip();
    println!(
        "\nIn the median of the rounds, contract mock gives {:.0} times as many answers a second, each for {:.0} times less CPU time.",
        median(rates),
        median(costs)
    );
    Ok(())
}

fn rate(run: &Run) -> f64 {
    run.answers / run.wall.as_secs_f64()
}

fn cpu_per_answer(run: &Run) -> f64 {
    run.cpu.as_secs_f64() / run.answers
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn tell(round: usize, name: &str, run: &Run) {
    println!(
        "| {round} | {name} | {} | {:.0} | {:.4} | {:.0} |",
        run.answers,
        rate(run),
        cpu_per_answer(run) * 1e3,
        run.peak_bytes as f64 / 1e6
    );
}

/// Starts a mock, asks it for that time, and ends it. Its start is part of what it costs.
fn run(mut command: Command, address: SocketAddr, time: Duration) -> Result<Run, Why> {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .stdin(Stdio::null())
        .spawn()?;
    let asked = ready(&mut child, address).and_then(|()| ask(address, time));
    // Either ends at once: what is measured is over.
    child.kill()?;
    let ResUse { rusage, .. } = child.wait4()?;
    let (answers, wall) = asked?;
    Ok(Run {
        answers: answers as f64,
        wall,
        cpu: rusage.utime + rusage.stime,
        peak_bytes: rusage.maxrss,
    })
}

fn ready(child: &mut Child, address: SocketAddr) -> Result<(), Why> {
    let started = Instant::now();
    while TcpStream::connect(address).is_err() {
        if let Some(status) = child.try_wait()? {
            return Err(format!("the mock ended with {status}").into());
        }
        if started.elapsed() > Duration::from_secs(30) {
            return Err("the mock does not listen".into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// How many answers came, in which time.
fn ask(address: SocketAddr, time: Duration) -> Result<(usize, Duration), Why> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let started = Instant::now();
    let answers = runtime.block_on(async {
        let callers: Vec<_> = (0..CONNECTIONS)
            .map(|number| tokio::spawn(call(address, number, started, time)))
            .collect();
        let mut answers = 0;
        for caller in callers {
            answers += caller.await?.map_err(|error| error.to_string())?;
        }
        Ok::<usize, Why>(answers)
    })?;
    Ok((answers, started.elapsed()))
}

/// Asks over one connection until the time is up.
async fn call(
    address: SocketAddr,
    number: usize,
    started: Instant,
    time: Duration,
) -> Result<usize, Box<dyn std::error::Error + Send + Sync>> {
    let stream = tokio::net::TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(async move { connection.await.ok() });
    let mut answers = 0;
    while started.elapsed() < time {
        let request = http::Request::get(format!("/events/{}", 1 + number + answers))
            .header("Host", address.to_string())
            .header("Accept", "application/vnd.api+json")
            .header("Authorization", "Bearer any")
            .header("S2S-Auth-Token", "any")
            .body(Empty::<Bytes>::new())?;
        sender.ready().await?;
        let answer = sender.send_request(request).await?;
        if answer.status() != 200 {
            return Err(format!("it answers {}", answer.status()).into());
        }
        answer.into_body().collect().await?;
        answers += 1;
    }
    Ok(answers)
}

fn free_address() -> Result<SocketAddr, Why> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// The folder of this build: where this program is, and beside it the others.
fn target_folder() -> Result<PathBuf, Why> {
    let program = std::env::current_exe()?;
    let folder = program.parent().and_then(Path::parent);
    Ok(folder.ok_or("this program is in no folder")?.to_owned())
}

/// Builds the program that is measured.
fn contract(target: &Path) -> Result<PathBuf, Why> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--locked", "-p", "contract-harness"])
        .status()?;
    if !built.success() {
        return Err("`contract` could not be built".into());
    }
    Ok(target.join("contract"))
}

fn prism(target: &Path, install: bool) -> Result<PathBuf, Why> {
    let folder = target.join("prism");
    let program = folder.join("node_modules/.bin/prism");
    if install {
        let installed = Command::new("npm")
            .args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"])
            .arg(&folder)
            .arg(PRISM)
            .status()?;
        if !installed.success() {
            return Err(format!("{PRISM} could not be installed from npm").into());
        }
    }
    if !program.exists() {
        return Err(format!(
            "Prism is not at {}: --install puts it there",
            program.display()
        )
        .into());
    }
    Ok(program)
}
