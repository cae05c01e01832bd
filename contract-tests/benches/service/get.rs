//! `GET /events/{id}`, and what of it is the generated code.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use http::Request;
use http_body_util::Full;

use crate::Arguments;
use crate::load::{Ask, Run, Server, Why, free_address, median, target_folder};
use crate::store::{Access, Lines, serve};

/// How many connections ask.
const CALLERS: usize = 8;

/// How many events there are to be asked for: many times those that the server keeps in memory.
const EVENTS: u64 = 200_000;

/// The folder of the server that is compared with.
const PEER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/service/peer");

/// The servers that are asked by turns.
struct Servers {
    /// `events-server`, and its store.
    ours: PathBuf,
    database: PathBuf,
    access: Access,
    /// One answer for each event, and one answer alone.
    answers: PathBuf,
    answer: PathBuf,
    /// The axum server.
    peer: PathBuf,
}

/// What is asked for: any event, or one again and again.
#[derive(Clone, Copy)]
enum Which {
    Any,
    One,
}

/// The server with everything enforced beside bare ones and beside axum.
pub fn get(arguments: &Arguments, ours: &Path, folder: &Path) -> Result<(), Why> {
    let servers = Servers::new(ours, folder, peer(arguments.install)?)?;
    println!("\n`GET /events/{{id}}`, {CALLERS} connections, {EVENTS} events\n");
    header();
    let mut rounds = Vec::new();
    for round in 1..=arguments.rounds {
        let time = Duration::from_secs(arguments.seconds);
        let row = |name, run| tell(round, name, run);
        rounds.push([
            row(
                "dropshot, bare read",
                servers.bare("read", Which::Any, time)?,
            ),
            row("events-server, any event", servers.ours(Which::Any, time)?),
            row("axum with sqlx, any event", servers.axum(Which::Any, time)?),
            row(
                "dropshot, from memory",
                servers.bare("memory", Which::One, time)?,
            ),
            row("events-server, one event", servers.ours(Which::One, time)?),
            row("axum with sqlx, one event", servers.axum(Which::One, time)?),
        ]);
    }
    let ratio = |of: usize, to: usize| {
        median(
            rounds
                .iter()
                .map(|runs| runs[of].cpu_per_answer() / runs[to].cpu_per_answer()),
        )
    };
    println!(
        "\nMedians, by CPU time for an answer: any event {:.2} times the bare read and {:.2} times axum; one event again \
         and again {:.2} times an answer from memory and {:.2} times axum.",
        ratio(1, 0),
        ratio(1, 2),
        ratio(4, 3),
        ratio(4, 5),
    );
    Ok(())
}

/// What the generated code adds to a bare handler, and what of it is the second look for a route.
pub fn contract(arguments: &Arguments, ours: &Path, folder: &Path) -> Result<(), Why> {
    let servers = Servers::new(ours, folder, PathBuf::new())?;
    println!("\nWhat the contract costs: the same answer from memory each time\n");
    header();
    let mut rounds = Vec::new();
    for round in 1..=arguments.rounds {
        let time = Duration::from_secs(arguments.seconds);
        let row = |name, run| tell(round, name, run);
        rounds.push([
            row("dropshot", servers.bare("memory", Which::One, time)?),
            row("routed twice", servers.bare("routed", Which::One, time)?),
            row("generated", servers.bare("generated", Which::One, time)?),
        ]);
    }
    let more = |of: usize, to: usize| {
        median(
            rounds
                .iter()
                .map(|runs| runs[of].cpu_per_answer() - runs[to].cpu_per_answer()),
        ) * 1e6
    };
    println!(
        "\nMedians: looking for the route twice takes {:.1} us of CPU time; enforcing the contract and writing the answer as JSON {:.1} us.",
        more(1, 0),
        more(2, 1),
    );
    Ok(())
}

impl Servers {
    fn new(ours: &Path, folder: &Path, peer: PathBuf) -> Result<Servers, Why> {
        let folder = folder.join("get");
        std::fs::create_dir_all(&folder)?;
        let servers = Servers {
            ours: ours.to_owned(),
            database: folder.join("events.db"),
            access: Access::new(&folder)?,
            answers: folder.join("answers.db"),
            answer: folder.join("answer.json"),
            peer,
        };
        if !servers.answers.exists() {
            let lines = Lines::draw(&folder, EVENTS)?;
            lines.import(ours, &servers.database)?;
            lines.answers(&servers.answers)?;
            std::fs::write(&servers.answer, lines.answer()?)?;
        }
        Ok(servers)
    }

    /// The Event server.
    fn ours(&self, which: Which, time: Duration) -> Result<Run, Why> {
        let server = serve(&self.ours, &self.database, &self.access.keys)?;
        server.asked(CALLERS, time, &self.ask(which))
    }

    /// The server of axum, on the same store and with the same keys.
    fn axum(&self, which: Which, time: Duration) -> Result<Run, Why> {
        let address = free_address()?;
        let mut command = Command::new(&self.peer);
        command.arg(address.to_string());
        command.arg(&self.database).arg(&self.access.keys);
        Server::start(command, address)?.asked(CALLERS, time, &self.ask(which))
    }

    /// A server that does next to nothing.
    fn bare(&self, kind: &str, which: Which, time: Duration) -> Result<Run, Why> {
        let address = free_address()?;
        let file = if kind == "read" {
            &self.answers
        } else {
            &self.answer
        };
        let mut command = Command::new(std::env::current_exe()?);
        command
            .args(["--serve", kind, &address.to_string()])
            .arg(file);
        Server::start(command, address)?.asked(CALLERS, time, &self.ask(which))
    }

    fn ask(&self, which: Which) -> Ask {
        let (bearer, service) = (self.access.bearer.clone(), self.access.service.clone());
        Arc::new(move |caller, before| {
            let id = match which {
                // Each caller goes through all of them in another order: 7919 has no divisor in common with their number.
                Which::Any => 1 + (caller as u64 * 1237 + before as u64 * 7919) % EVENTS,
                Which::One => 1,
            };
            let mut request = Request::new(Full::default());
            *request.uri_mut() = format!("/events/{id}").parse().unwrap_or_default();
            let headers = request.headers_mut();
            for (name, value) in [
                ("host", "127.0.0.1"),
                ("accept", "application/vnd.api+json"),
                ("authorization", bearer.as_str()),
                ("s2s-auth-token", service.as_str()),
            ] {
                if let Ok(value) = value.parse() {
                    headers.insert(name, value);
                }
            }
            request
        })
    }
}

/// The server of axum, which `--install` builds.
fn peer(install: bool) -> Result<PathBuf, Why> {
    let folder = target_folder()?.join("peer");
    if install {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--release", "--locked", "--target-dir"])
            .arg(&folder)
            .current_dir(PEER)
            .status()?;
        if !built.success() {
            return Err(format!("the server in {PEER} does not build").into());
        }
    }
    let program = folder.join("release/peer");
    match program.exists() {
        true => Ok(program),
        false => Err("the server of axum is not built: give `--install`".into()),
    }
}

fn header() {
    println!("| round | server | answers/s | CPU per answer (us) |");
    println!("|---|---|---|---|");
}

fn tell(round: usize, server: &str, run: Run) -> Run {
    println!(
        "| {round} | {server} | {:.0} | {:.1} |",
        run.rate(),
        run.cpu_per_answer() * 1e6
    );
    run
}
