//! How fast the Event server is, each time beside something to compare it with in the same run.
//!
//! | part | what is measured | beside what |
//! |---|---|---|
//! | `get` | `GET /events/{id}` with everything enforced: any event, and one again and again | a bare dropshot handler with a bare prepared read; one that has the answer in memory; axum with sqlx and jsonwebtoken |
//! | `contract` | what the generated code adds to a bare handler, and what looking up the route twice does | the bare handler |
//! | `list` | pages of every filter and order in a large store | the same pages in a small one |
//! | `create` | durable `POST /events`, 32 callers | one commit for each event |
//! | `import` | `events-server import` | rows without their indexes and without reading lines |
//! | `start` | from the start to the first answer, in a large store | an empty store |
//!
//! ```text
//! cargo bench -p contract-tests --bench service -- --install
//! ```
//!
//! builds the axum server first, which stands in `service/peer` with a lock file of its own (sqlx and this workspace
//! need different versions of SQLite's bindings). Without `--install`, one that is there already is used. The large
//! store has a million events unless `--events` says otherwise; ten million take 10 GB and some minutes.

#[path = "../load/mod.rs"]
mod load;

mod bare;
mod get;
mod many;
mod store;

use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use crate::load::{Why, built};

/// Measures the Event server.
#[derive(Debug, Parser)]
struct Arguments {
    /// Build the server that is compared with, first.
    #[arg(long)]
    install: bool,

    /// Measure this part; repeat it for several. Without it, all.
    #[arg(long = "part", value_name = "PART")]
    parts: Vec<Part>,

    /// How often each is measured.
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    rounds: usize,

    /// For how many seconds each is asked.
    #[arg(long, value_name = "NUMBER", default_value_t = 4)]
    seconds: u64,

    /// How many events the large store has.
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000)]
    events: u64,

    /// Serve as one of the servers to compare with, on an address and with a file.
    #[arg(long, hide = true, num_args = 3)]
    serve: Vec<String>,

    // Cargo passes this to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

/// A part of what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Get,
    Contract,
    List,
    Create,
    Import,
    Start,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.serve.as_slice() {
        [kind, address, file] => bare::serve(kind, address, file),
        _ => measure(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("service: {why}");
            ExitCode::from(2)
        }
    }
}

fn measure(arguments: &Arguments) -> Result<(), Why> {
    let ours = built("events-server", "events-server")?;
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let parts = match arguments.parts.as_slice() {
        [] => Part::value_variants(),
        parts => parts,
    };
    for part in parts {
        match part {
            Part::Get => get::get(arguments, &ours, folder)?,
            Part::Contract => get::contract(arguments, &ours, folder)?,
            Part::List => many::list(arguments, &ours, folder)?,
            Part::Create => many::create(arguments, &ours, folder)?,
            Part::Import => many::import(arguments, &ours, folder)?,
            Part::Start => many::start(arguments, &ours, folder)?,
        }
    }
    Ok(())
}
