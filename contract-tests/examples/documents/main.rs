//! Makes a server and a client of every document in a folder, compiles all of them, and puts the servers to the test.
//!
//! usage: cargo run --release -p contract-tests --example documents -- FOLDER [NAME]...
//!
//! All servers are modules of one temporary program, whose services answer with values of the document's own schemas, and
//! all clients are modules of another, so that what they stand on is compiled once. `cargo clippy` compiles both, and a
//! warning counts as much as an error. Then each server is started, the document that dropshot emits for it is compared
//! with its source, and `contract_harness` tests it with its checks; laws are about what a server keeps, and these keep
//! nothing.
//!
//! With names, only the documents whose file names contain one of them are looked at.
//!
//! exit code: 0 all that was generated compiles without warnings and passes, 1 not so, 2 it could not be found out

mod drawn;
mod folder;
mod program;
mod row;
mod shape;
mod stub;
mod table;
mod trial;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::row::Row;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((folder, names)) = arguments.split_first() else {
        eprintln!("usage: documents FOLDER [NAME]...");
        return ExitCode::from(2);
    };
    match run(Path::new(folder), names) {
        Ok(rows) => {
            print!("{}", table::table(&rows));
            if rows.iter().all(Row::is_well) {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("documents: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(folder: &Path, names: &[String]) -> Result<Vec<Row>, Box<dyn Error>> {
    let documents = folder::documents(folder, names)?;
    let progress = Progress::new(documents.len())?;
    let mut rows: Vec<Row> = Vec::new();
    for document in documents {
        progress.say(&format!("generating {}", document.name));
        rows.push(row::generate(document));
        progress.bar.inc(1);
    }
    let program = program::write(&rows)?;
    progress.say("compiling all servers and clients (cargo clippy)");
    program.compile(&mut rows)?;
    progress.say("building the servers (cargo build)");
    let servers = program.build(&rows)?;
    progress.bar.set_position(0);
    let runtime = tokio::runtime::Runtime::new()?;
    for (number, row) in rows.iter_mut().enumerate() {
        progress.say(&format!("testing {}", row.name));
        runtime.block_on(trial::trial(row, number, &servers));
        progress.bar.inc(1);
    }
    progress.bar.finish_and_clear();
    Ok(rows)
}

/// What is being done: a bar on a terminal, and lines elsewhere.
struct Progress {
    bar: ProgressBar,
}

impl Progress {
    fn new(documents: usize) -> Result<Progress, Box<dyn Error>> {
        let bar = ProgressBar::new(documents as u64);
        bar.set_style(ProgressStyle::with_template(
            "{elapsed:>4} {pos}/{len} {wide_msg}",
        )?);
        bar.enable_steady_tick(Duration::from_millis(200));
        Ok(Progress { bar })
    }

    fn say(&self, message: &str) {
        self.bar.set_message(message.to_owned());
        if self.bar.is_hidden() {
            eprintln!("{message}");
        }
    }
}
