//! What the benchmarks share: a server as a whole process, callers that ask it for a while, and what that cost.
//!
//! The callers are one thread, on which no other work waits: how many answers come in a second is bounded by it too, so
//! the CPU time of the server's process for each answer is the figure that says more. What a server does at its start is
//! not in it: it is asked once it has come to rest. That is read from `/proc`, so these benchmarks run on Linux only.

#![allow(dead_code, reason = "each benchmark takes what it needs")]

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use wait4::{ResUse, Wait4 as _};

/// Why there are no figures.
pub type Why = Box<dyn std::error::Error + Send + Sync>;

/// Makes a caller's request, from the number of the caller and how many it has made before.
pub type Ask = Arc<dyn Fn(usize, usize) -> Request<Full<Bytes>> + Send + Sync>;

/// What a process did while it was asked.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// How many answers it gave.
    pub answers: f64,
    /// In which time.
    pub wall: Duration,
    /// The CPU time of the whole process, from the first request on.
    pub cpu: Duration,
    /// The most memory that it had.
    pub peak_bytes: u64,
}

impl Run {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.answers / self.wall.as_secs_f64()
    }

    /// CPU seconds for an answer.
    pub fn cpu_per_answer(&self) -> f64 {
        self.cpu.as_secs_f64() / self.answers
    }
}

/// A server that runs until this goes.
pub struct Server {
    child: Option<Child>,
    /// Where it listens.
    pub address: SocketAddr,
    /// How long it took from its start until it listened.
    pub started_in: Duration,
}

impl Server {
    /// Starts a server that listens on `address`, and waits until it does.
    pub fn start(mut command: Command, address: SocketAddr) -> Result<Server, Why> {
        let started = Instant::now();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", command.get_program().display()))?;
        let mut server = Server {
            child: Some(child),
            address,
            started_in: Duration::ZERO,
        };
        while TcpStream::connect(address).is_err() {
            if let Some(status) = server.child.as_mut().map(Child::try_wait).transpose()?
                && let Some(status) = status
            {
                return Err(format!("{command:?} ended with {status}").into());
            }
            if started.elapsed() > Duration::from_secs(60) {
                return Err(format!("{command:?} does not listen").into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        server.started_in = started.elapsed();
        Ok(server)
    }

    /// Has `callers` ask it for that time, each for the next answer once it has the one before, and ends it.
    pub fn asked(mut self, callers: usize, time: Duration, ask: &Ask) -> Result<Run, Why> {
        let mut child = self.child.take().ok_or("it has ended")?;
        let before = at_rest(child.id());
        let asked = ask_for(self.address, callers, time, ask);
        // What is measured is over.
        child.kill()?;
        let ResUse { rusage, .. } = child.wait4()?;
        let (answers, wall) = asked?;
        Ok(Run {
            answers: answers as f64,
            wall,
            cpu: (rusage.utime + rusage.stime).saturating_sub(before?),
            peak_bytes: rusage.maxrss,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

/// Waits until a process has nothing left to do, for ten seconds at most, and says how much CPU time it has taken so far.
fn at_rest(process: u32) -> Result<Duration, Why> {
    let mut before = cpu_so_far(process)?;
    for _ in 0..50 {
        std::thread::sleep(Duration::from_millis(200));
        let now = cpu_so_far(process)?;
        if now - before <= Duration::from_millis(10) {
            return Ok(now);
        }
        before = now;
    }
    Ok(before)
}

/// The CPU time that a process has taken, its user's and the system's: the fields 14 and 15 of `stat` (`man 5 proc`).
fn cpu_so_far(process: u32) -> Result<Duration, Why> {
    let path = format!("/proc/{process}/stat");
    let stat = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    // The name, in parentheses, can have spaces.
    let (_, fields) = stat.rsplit_once(')').ok_or("it has no name")?;
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.map(str::parse::<u64>).sum::<Result<_, _>>()?;
    Ok(Duration::from_secs(ticks) / u32::try_from(rustix::param::clock_ticks_per_second())?)
}

/// How many answers came, in which time.
pub fn ask_for(
    address: SocketAddr,
    callers: usize,
    time: Duration,
    ask: &Ask,
) -> Result<(usize, Duration), Why> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let started = Instant::now();
    let answers = runtime.block_on(async {
        let callers: Vec<_> = (0..callers)
            .map(|caller| {
                let ask = Arc::clone(ask);
                tokio::spawn(async move {
                    let mut connection = Connection::open(address).await?;
                    let mut answers = 0;
                    while started.elapsed() < time {
                        connection.ask(ask(caller, answers)).await?;
                        answers += 1;
                    }
                    Ok::<usize, Why>(answers)
                })
            })
            .collect();
        let mut answers = 0;
        for caller in callers {
            answers += caller.await??;
        }
        Ok::<usize, Why>(answers)
    })?;
    Ok((answers, started.elapsed()))
}

/// One connection to a server, kept open.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Result<Connection, Why> {
        let stream = tokio::net::TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move { connection.await.ok() });
        Ok(Connection { sender })
    }

    /// The body of the answer, which must be a success.
    pub async fn ask(&mut self, request: Request<Full<Bytes>>) -> Result<Bytes, Why> {
        let asked = format!("{} {}", request.method(), request.uri());
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        if !status.is_success() {
            let body = String::from_utf8_lossy(&body);
            return Err(format!("{asked} is answered by {status}: {body}").into());
        }
        Ok(body)
    }
}

/// A free port of this machine.
pub fn free_address() -> Result<SocketAddr, Why> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// The folder that this program was built in, such as `target/release`.
pub fn target_folder() -> Result<PathBuf, Why> {
    let program = std::env::current_exe()?;
    let folder = program.parent().and_then(Path::parent);
    Ok(folder.ok_or("this program is in no folder")?.to_owned())
}

/// A program of this workspace, built as it is released.
pub fn built(package: &str, program: &str) -> Result<PathBuf, Why> {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--package", package, "--bin", program])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()?;
    if !built.success() {
        return Err(format!("`{program}` does not build").into());
    }
    Ok(target_folder()?.join(program))
}

/// The figure in the middle; where there is none, not a number.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
