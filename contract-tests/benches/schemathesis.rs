//! `contract test` beside Schemathesis, with laws beside without, and with two workers beside one, against the Event
//! server.
//!
//! The programs test the same server by turns, as whole processes, so that what counts is the ratio within one run: how
//! much CPU time and how much time on the clock a case costs. `contract test` and Schemathesis run on their defaults; one
//! worker and two are compared over more cases than that, so that the start does not count. A case is what each program
//! counts as one; both send one request for it, or nearly so.
//!
//! Laws walk over lists, so what they take follows from what the server has: they are measured on an empty server, and
//! on the thousands of events that the other programs of the round have left there.
//!
//! ```text
//! cargo bench -p contract-tests --bench schemathesis -- --install
//! ```
//!
//! installs Schemathesis in a virtual environment in the target folder (which needs Python and the network) before it
//! measures. Without `--install`, one that is there already is used.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;
use contract_tests::system::System;
use serde_json::Value;
use wait4::Wait4 as _;

/// The release that the figures in the documentation were measured with.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// Random cases for each operation and phase, where one worker is compared with two.
const MANY: &str = "2000";

/// A run on its defaults, but for the laws.
const WITHOUT_LAWS: [&str; 12] = [
    "--phase",
    "examples",
    "--phase",
    "boundaries",
    "--phase",
    "random",
    "--phase",
    "negative",
    "--phase",
    "credentials",
    "--phase",
    "methods",
];

/// Measures `contract test` beside Schemathesis, and with two workers beside one.
#[derive(Debug, Parser)]
struct Arguments {
    /// Install Schemathesis in a virtual environment first.
    #[arg(long)]
    install: bool,

    /// How often each program is run.
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    rounds: usize,

    /// The seed of the first round; each round has the next one.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,

    // Cargo passes this to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    match measure(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("schemathesis: {why}");
            ExitCode::from(2)
        }
    }
}

type Why = Box<dyn std::error::Error>;

/// What one run of one program took.
#[derive(Clone, Copy, Debug)]
struct Run {
    cases: f64,
    wall: Duration,
    cpu: Duration,
    peak_bytes: u64,
}

impl Run {
    fn cases_per_second(&self) -> f64 {
        self.cases / self.wall.as_secs_f64()
    }

    fn cpu_per_case(&self) -> f64 {
        self.cpu.as_secs_f64() / self.cases
    }
}

fn measure(arguments: &Arguments) -> Result<(), Why> {
    let folder = tempfile::tempdir()?;
    let target = target_folder()?;
    let schemathesis = schemathesis(&target, arguments.install)?;
    let contract = contract(&target)?;
    let document = folder.path().join("openapi.yaml");
    std::fs::write(&document, events_spec::DOCUMENT)?;

    // One thread is enough for the server, and leaves the others to the program that is measured.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    println!("| round | program | cases | seconds | cases/s | CPU per case (ms) | peak (MB) |");
    println!("|---|---|---|---|---|---|---|");
    let mut rounds = Vec::new();
    for round in 0..arguments.rounds.max(1) {
        let seed = (arguments.seed + round as u64).to_string();
        let path = folder.path().join("report.json");
        let ours = |name: &str, system: &System, more: &[&str]| {
            let mut command = Command::new(&contract);
            command
                .arg("test")
                .arg(&document)
                .args([&system.base_url(), "--seed", &seed]);
            for (scheme, token) in system.credentials() {
                command.args(["--credential", &format!("{scheme}={token}")]);
            }
            command
                .arg("--report")
                .arg(format!("json={}", path.display()));
            command.args(more);
            let run = run(command, &path, "/cases")?;
            tell(round, name, &run);
            Ok::<Run, Why>(run)
        };
        let system = runtime.block_on(System::start())?;
        let without_laws = ours("contract test, without laws", &system, &WITHOUT_LAWS)?;
        runtime.block_on(system.stop());

        let system = runtime.block_on(System::start())?;
        let by_default = ours("contract test", &system, &[])?;

        let mut theirs = Command::new(&schemathesis);
        // It keeps what it learns in the folder that it runs in.
        theirs.current_dir(folder.path());
        theirs.arg("run").arg(&document);
        theirs.args(["--url", &system.base_url(), "--seed", &seed]);
        for (scheme, token) in system.credentials() {
            let header = match scheme.as_str() {
                "bearerAuth" => format!("Authorization: Bearer {token}"),
                _ => format!("S2S-Auth-Token: {token}"),
            };
            theirs.args(["--header", &header]);
        }
        theirs
            .args(["--report", "json", "--report-json-path"])
            .arg(&path);
        let theirs = run(theirs, &path, "/test_cases/generated")?;
        tell(round, "schemathesis", &theirs);

        // Not the laws: how far they walk follows from what the runs before have left on the server.
        let many = ["--cases", MANY, "--phase", "random", "--phase", "negative"];
        let one_worker = ours("contract test, many", &system, &many)?;
        let two = [many.as_slice(), &["--workers", "2"]].concat();
        let two_workers = ours("the same, two workers", &system, &two)?;

        let full_without_laws = ours("full server, without laws", &system, &WITHOUT_LAWS)?;
        let full = ours("full server", &system, &[])?;
        runtime.block_on(system.stop());
        rounds.push(Round {
            without_laws,
            by_default,
            theirs,
            one_worker,
            two_workers,
            full_without_laws,
            full,
        });
    }
    summary(&rounds);
    Ok(())
}

/// The runs of one round.
#[derive(Clone, Copy, Debug)]
struct Round {
    without_laws: Run,
    by_default: Run,
    theirs: Run,
    one_worker: Run,
    two_workers: Run,
    full_without_laws: Run,
    full: Run,
}

fn summary(rounds: &[Round]) {
    let median = |figure: &dyn Fn(&Round) -> f64| {
        let mut figures: Vec<f64> = rounds.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures[figures.len() / 2]
    };
    let speed = median(&|r| r.by_default.cases_per_second() / r.theirs.cases_per_second());
    let cpu = median(&|r| r.theirs.cpu_per_case() / r.by_default.cpu_per_case());
    let workers = median(&|r| r.two_workers.cpu_per_case() / r.one_worker.cpu_per_case());
    println!();
    println!(
        "Medians: {speed:.0} times the cases a second of Schemathesis, {cpu:.0} times the cases for the same CPU time."
    );
    println!("Two workers take {workers:.2} times the CPU time of one for a case.");
    type Which = fn(&Round) -> Run;
    let servers: [(&str, Which, Which); 2] = [
        ("an empty", |r| r.by_default, |r| r.without_laws),
        ("a full", |r| r.full, |r| r.full_without_laws),
    ];
    for (server, with, without) in servers {
        let seconds = median(&|r| with(r).wall.as_secs_f64());
        let bytes = median(&|r| with(r).peak_bytes as f64);
        let longer = median(&|r| with(r).wall.as_secs_f64() / without(r).wall.as_secs_f64());
        let larger = median(&|r| with(r).peak_bytes as f64 / without(r).peak_bytes as f64);
        println!(
            "A run on its defaults takes {seconds:.2} s and {:.0} MB on {server} server: {longer:.1} times the time and \
             {larger:.2} times the memory of one without laws.",
            bytes / 1e6
        );
    }
}

fn tell(round: usize, program: &str, run: &Run) {
    println!(
        "| {} | {program} | {} | {:.2} | {:.0} | {:.3} | {:.0} |",
        round + 1,
        run.cases,
        run.wall.as_secs_f64(),
        run.cases_per_second(),
        run.cpu_per_case() * 1e3,
        run.peak_bytes as f64 / 1e6,
    );
}

/// Runs a program to its end. It must find nothing wrong, or it was not the same work.
fn run(mut command: Command, report: &Path, cases: &str) -> Result<Run, Why> {
    let name = command.get_program().to_string_lossy().into_owned();
    let started = Instant::now();
    let child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let ended = child.wait4()?;
    let wall = started.elapsed();
    if !ended.status.success() {
        return Err(format!(
            "`{name}` ended with {}, and should find nothing",
            ended.status
        )
        .into());
    }
    let report: Value = serde_json::from_slice(&std::fs::read(report)?)?;
    let cases = report
        .pointer(cases)
        .and_then(Value::as_f64)
        .ok_or_else(|| format!("the report of `{name}` does not say how many cases there were"))?;
    Ok(Run {
        cases,
        wall,
        cpu: ended.rusage.utime + ended.rusage.stime,
        peak_bytes: ended.rusage.maxrss,
    })
}

/// The folder that this program was built in, such as `target/release`.
fn target_folder() -> Result<PathBuf, Why> {
    let program = std::env::current_exe()?;
    let folder = program.ancestors().nth(2);
    Ok(folder
        .ok_or("this program stands in no target folder")?
        .to_owned())
}

/// The program `contract`, built as it is released.
fn contract(target: &Path) -> Result<PathBuf, Why> {
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--release",
            "--package",
            "contract-harness",
            "--bin",
            "contract",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()?;
    if !built.success() {
        return Err("`contract` does not build".into());
    }
    Ok(target.join("contract"))
}

/// The program `schemathesis`: that of the virtual environment, or one in the path.
fn schemathesis(target: &Path, install: bool) -> Result<PathBuf, Why> {
    let environment = target.join("schemathesis");
    let own = environment.join("bin/schemathesis");
    if install && !own.exists() {
        let python = |command: &mut Command| -> Result<(), Why> {
            match command.status()?.success() {
                true => Ok(()),
                false => Err("Schemathesis could not be installed".into()),
            }
        };
        python(
            Command::new("python3")
                .args(["-m", "venv"])
                .arg(&environment),
        )?;
        let pip = environment.join("bin/pip");
        python(Command::new(pip).args(["install", "--quiet", SCHEMATHESIS]))?;
    }
    if own.exists() {
        return Ok(own);
    }
    let is_there = Command::new("schemathesis")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    match is_there {
        true => Ok("schemathesis".into()),
        false => Err("Schemathesis is not installed: give `--install`".into()),
    }
}
