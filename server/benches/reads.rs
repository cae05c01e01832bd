//! `GET /events/{id}` beside the least that it could cost.
//!
//! The program `events-server`, with everything that it checks, beside two servers of some lines: dropshot with a prepared
//! statement that reads the same row, and dropshot with the same bytes in memory. Each is a process of its own, asked by
//! turns over the same number of connections. What counts is the ratio within one run, and first of all that of CPU time:
//! how many answers there are a second follows from what else the machine does, this program's asking included.
//!
//! ```text
//! cargo bench -p events-server --bench reads
//! ```

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use clap::Parser;
use dropshot::{
    ApiDescription, Body, ConfigDropshot, HttpError, RequestContext, ServerBuilder, endpoint,
};
use events_server::token::{Issuer, Scheme};
use http::Response;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use schemars::JsonSchema;
use serde::Deserialize;
use wait4::{ResUse, Wait4 as _};

const MEDIA_TYPE: &str = "application/vnd.api+json";

/// Measures reads of single events.
#[derive(Debug, Parser)]
struct Arguments {
    /// How often each server is measured.
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    rounds: usize,

    /// For how many seconds each is asked.
    #[arg(long, value_name = "NUMBER", default_value_t = 2)]
    seconds: u64,

    /// How many connections ask, each for the next event once it has the one before.
    #[arg(long, value_name = "NUMBER", default_value_t = 8)]
    connections: usize,

    /// How many events there are; the server has some 25,000 of them in memory.
    #[arg(long, value_name = "NUMBER", default_value_t = 200_000)]
    events: i64,

    /// Be one of the servers: `row` or `memory`, with that folder.
    #[arg(long, hide = true, num_args = 2, value_names = ["WHICH", "FOLDER"])]
    serve: Option<Vec<String>>,

    // Cargo passes this to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

type Why = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.serve.as_deref() {
        Some([which, folder]) => serve(which == "row", Path::new(folder)),
        _ => measure(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("reads: {why}");
            ExitCode::from(2)
        }
    }
}

/// What a server stands on that does the least.
struct Least {
    connection: Option<Mutex<Connection>>,
    body: Vec<u8>,
}

#[derive(Deserialize, JsonSchema)]
struct EventPath {
    id: i64,
}

/// Every column of the row is read, as whoever makes a document of it must.
#[endpoint { method = GET, path = "/events/{id}" }]
async fn get_event(
    context: RequestContext<Least>,
    path: dropshot::Path<EventPath>,
) -> Result<Response<Body>, HttpError> {
    let Least { connection, body } = context.context();
    if let Some(connection) = connection {
        let read = |connection: &Connection| {
            let mut statement = connection.prepare_cached("SELECT * FROM event WHERE id = ?1")?;
            let columns = statement.column_count();
            statement.query_row([path.into_inner().id], |row| {
                let mut bytes = 0;
                for column in 0..columns {
                    bytes += match row.get_ref(column)? {
                        ValueRef::Text(text) => text.to_vec().len(),
                        _ => 8,
                    };
                }
                Ok(bytes)
            })
        };
        let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
        std::hint::black_box(read(&connection))
            .map_err(|error| HttpError::for_internal_error(error.to_string()))?;
    }
    Ok(Response::builder()
        .header("content-type", MEDIA_TYPE)
        .body(Body::from(body.clone()))?)
}

fn serve(row: bool, folder: &Path) -> Result<(), Why> {
    let mut api = ApiDescription::new();
    api.register(get_event)?;
    let least = Least {
        connection: match row {
            true => Some(Mutex::new(Connection::open(folder.join("events.db"))?)),
            false => None,
        },
        body: std::fs::read(folder.join("body.json"))?,
    };
    let config = ConfigDropshot {
        bind_address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        ..ConfigDropshot::default()
    };
    let log = dropshot_runtime::slog::Logger::root(
        dropshot_runtime::slog::Discard,
        dropshot_runtime::slog::o!(),
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let server = ServerBuilder::new(api, least, log).config(config).start()?;
        println!("http://{}", server.local_addr());
        server.await.map_err(Why::from)
    })
}

/// Whom to ask, and for what.
struct Asking {
    connections: usize,
    time: Duration,
    headers: String,
}

/// What a server did.
#[derive(Clone, Copy)]
struct Run {
    /// Answers a second.
    rate: f64,
    /// The server's CPU time for an answer, in microseconds.
    cost: f64,
}

fn measure(arguments: &Arguments) -> Result<(), Why> {
    let folder = tempfile::tempdir()?;
    let headers = prepare(folder.path(), arguments.events)?;
    let asking = Asking {
        connections: arguments.connections.max(1),
        time: Duration::from_secs(arguments.seconds.max(1)),
        headers,
    };
    let program = std::env::current_exe()?;
    let least = |which: &str| {
        let mut command = Command::new(&program);
        command.args(["--serve", which]).arg(folder.path());
        command
    };
    let ours = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_events-server"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--keys", "keys.json"]);
        command.current_dir(folder.path());
        command
    };

    // The answer that both of the others give, too.
    let (mut child, address) = start(ours())?;
    let body = ask_once(address, &asking.headers, 1);
    child.kill()?;
    child.wait()?;
    std::fs::write(folder.path().join("body.json"), body?)?;

    println!("| round | server | answers/s | CPU per answer (us) |\n|---|---|---|---|");
    let (mut spread, mut repeated) = (Vec::new(), Vec::new());
    for round in 1..=arguments.rounds.max(1) {
        let tell = |name: &str, run: Run| {
            println!("| {round} | {name} | {:.0} | {:.1} |", run.rate, run.cost);
            run
        };
        let row = tell(
            "least: a row",
            run(least("row"), &asking, arguments.events)?,
        );
        let all = tell(
            "events-server, every event",
            run(ours(), &asking, arguments.events)?,
        );
        let memory = tell("least: memory", run(least("memory"), &asking, 1)?);
        let one = tell("events-server, one event", run(ours(), &asking, 1)?);
        spread.push((all.cost / row.cost, row.rate / all.rate));
        repeated.push((one.cost / memory.cost, memory.rate / one.rate));
    }
    println!();
    for (name, ratios) in [
        ("every event, beside a row", spread),
        ("one event, beside memory", repeated),
    ] {
        let (cpu, time): (Vec<f64>, Vec<f64>) = ratios.into_iter().unzip();
        println!(
            "{name}: {:.2} times the CPU time, {:.2} times the time",
            median(cpu),
            median(time)
        );
    }
    Ok(())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// A database with events, keys, and the headers of somebody who may read.
fn prepare(folder: &Path, events: i64) -> Result<String, Why> {
    let issuer = Issuer::random("bench")?;
    std::fs::write(folder.join("keys.json"), issuer.to_jwk_set())?;
    let mut import = Command::new(env!("CARGO_BIN_EXE_events-server"))
        .args(["import", "-"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    {
        let input = import.stdin.take().ok_or("no input")?;
        let mut input = std::io::BufWriter::new(input);
        for id in 1..=events {
            writeln!(
                input,
                r#"{{"type":"event","id":"{id}","attributes":{{"createdAt":"2026-03-02T09:15:31Z","eventAt":"2026-03-02T09:15:30.5Z","name":"mailbox_created","body":"A mailbox was created for the account, as it was asked for.","payload":{{"minutes":47,"tags":["a","b"]}},"requestHost":"203.0.113.9","requestDevice":"curl/8.5.0","requestProxied":false}},"relationships":{{"account":{{"data":{{"type":"account","id":"{}"}}}},"user":{{"data":{{"type":"user","id":"{}"}}}}}}}}"#,
                1 + id % 100,
                1 + id % 1000
            )?;
        }
        input.flush()?;
    }
    if !import.wait()?.success() {
        return Err("the events could not be imported".into());
    }
    let lifetime = Duration::from_secs(3600);
    let bearer = issuer.issue(Scheme::Bearer, "ada", &["events.read"], lifetime)?;
    let service = issuer.issue(Scheme::Service, "bench", &[], lifetime)?;
    Ok(format!(
        "Host: a\r\nAccept: {MEDIA_TYPE}\r\nAuthorization: Bearer {bearer}\r\nS2S-Auth-Token: {service}\r\n"
    ))
}

/// Starts a server, which says where it listens.
fn start(mut command: Command) -> Result<(Child, SocketAddr), Why> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    let address = line.trim().rsplit_once("://").ok_or("it does not serve")?.1;
    Ok((child, address.parse()?))
}

/// Starts a server, asks it for the events from 1 to `events` in turn, and ends it. Its start is part of what it costs.
fn run(command: Command, asking: &Asking, events: i64) -> Result<Run, Why> {
    let (mut child, address) = start(command)?;
    let asked = ask(address, asking, events);
    child.kill()?;
    let ResUse { rusage, .. } = child.wait4()?;
    let (answers, wall) = asked?;
    Ok(Run {
        rate: answers as f64 / wall.as_secs_f64(),
        cost: (rusage.utime + rusage.stime).as_secs_f64() * 1e6 / answers as f64,
    })
}

fn ask(address: SocketAddr, asking: &Asking, events: i64) -> Result<(usize, Duration), Why> {
    let started = Instant::now();
    let headers = Arc::new(asking.headers.clone());
    let connections = asking.connections as i64;
    let callers: Vec<_> = (0..asking.connections)
        .map(|number| {
            let (headers, time) = (Arc::clone(&headers), asking.time);
            std::thread::spawn(move || {
                let mut caller = Caller::new(address)?;
                // Each begins elsewhere, so that none reads what another one has read shortly before.
                let (mut answers, mut id) = (0_usize, number as i64 * events / connections);
                while started.elapsed() < time {
                    caller.ask(&headers, 1 + id % events)?;
                    answers += 1;
                    id += 1;
                }
                Ok::<usize, Why>(answers)
            })
        })
        .collect();
    let mut answers = 0;
    for caller in callers {
        answers += caller.join().map_err(|_| "a caller panicked")??;
    }
    Ok((answers, started.elapsed()))
}

fn ask_once(address: SocketAddr, headers: &str, id: i64) -> Result<Vec<u8>, Why> {
    let mut caller = Caller::new(address)?;
    let start = caller.ask(headers, id)?;
    Ok(caller.answer[start..].to_vec())
}

/// A connection that is asked for one event after the other, with as little as that can cost.
struct Caller {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Caller {
    fn new(address: SocketAddr) -> Result<Caller, Why> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Caller {
            stream,
            request: Vec::new(),
            answer: Vec::new(),
        })
    }

    /// Where the body begins in the answer.
    fn ask(&mut self, headers: &str, id: i64) -> Result<usize, Why> {
        self.request.clear();
        write!(self.request, "GET /events/{id} HTTP/1.1\r\n{headers}\r\n")?;
        self.stream.write_all(&self.request)?;
        self.answer.clear();
        let mut buffer = [0; 8192];
        loop {
            let read = self.stream.read(&mut buffer)?;
            self.answer.extend_from_slice(&buffer[..read]);
            let head = self.answer.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(end) = head {
                let head = std::str::from_utf8(&self.answer[..end])?;
                let length = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: "));
                let length: usize = length.ok_or("no length")?.parse()?;
                if !head.starts_with("HTTP/1.1 200") {
                    return Err(format!("it answers {head}").into());
                }
                if self.answer.len() >= end + 4 + length {
                    return Ok(end + 4);
                }
            }
            if read == 0 {
                return Err("the connection was closed".into());
            }
        }
    }
}
