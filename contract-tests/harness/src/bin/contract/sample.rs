//! `contract sample`: values of a schema, one JSON text a line.
//!
//! The boundaries come first, in a fixed order, and then values at random, so that the first lines of a long list are
//! the whole of a short one. Lines are written as they are made: however many are asked for, none is kept.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use openapi_model::{Dialect, Direction, SchemaId, Schemas};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use proptest_schema::{Unsupported, Violation, valid, violating};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::exit::{Stop, say};
use crate::files::{self, Remote};
use crate::line;

const EXIT_CODES: &str = "\
Exit codes: 0 what was asked for stands on standard output; or there is no such value, and standard error says \
`unsatisfiable`. 2 the schema cannot be used. 3 `undecided`: the search for a value was given up.

Examples:
  contract sample openapi.yaml --schema Event --count 100
  contract sample openapi.yaml --schema Event --violate
  contract sample --schema thing.schema.json --seed 7";

/// Prints values of a schema, one a line as JSON; values may repeat.
///
/// The values at the schema's boundaries come first, always in the same order; random ones follow.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Arguments {
    /// The OpenAPI document that has the schema; `-` reads it from standard input. Without it, `--schema` is a file.
    document: Option<PathBuf>,

    /// The name of one of the document's `components.schemas`; without a document, the file of a JSON Schema.
    #[arg(long, value_name = "NAME|FILE")]
    schema: String,

    /// How many values.
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    count: u64,

    /// Where all random choices start: the same seed gives the same bytes. Drawn at random by default.
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,

    /// Values that break exactly one rule, each as `{"keyword": ..., "pointer": ..., "value": ...}`: the keyword that
    /// is broken, and the JSON pointer of the place in the value that breaks it.
    #[arg(long)]
    violate: bool,

    /// Which way the values travel: what is `readOnly` is no part of a request, what is `writeOnly` none of a response.
    #[arg(
        long,
        value_name = "DIRECTION",
        default_value = "request",
        requires = "document"
    )]
    direction: Way,

    /// The dialect of a JSON Schema that does not name its own by `$schema`.
    #[arg(
        long,
        value_name = "DRAFT",
        default_value = "2020-12",
        conflicts_with = "document"
    )]
    draft: Draft,

    /// Reads what stands at URLs that start with PREFIX from the files in FOLDER. Nothing is ever fetched. May be given
    /// several times.
    #[arg(long, value_name = "PREFIX=FOLDER")]
    remote: Vec<Remote>,
}

/// A dialect of JSON Schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Draft {
    #[value(name = "4")]
    Four,
    #[value(name = "7")]
    Seven,
    #[value(name = "2020-12")]
    Latest,
}

impl Draft {
    fn dialect(self) -> Dialect {
        match self {
            Draft::Four => Dialect::Draft4,
            Draft::Seven => Dialect::Draft7,
            Draft::Latest => Dialect::Draft2020_12,
        }
    }
}

/// Which way a value travels.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Way {
    Request,
    Response,
}

/// Prints the values.
///
/// # Errors
/// The schema cannot be used, or the search for a value was given up.
pub fn run(arguments: &Arguments) -> Result<(), Stop> {
    let (schemas, schema, direction) = match &arguments.document {
        Some(path) => named(path, arguments)?,
        None => {
            let (schemas, schema) = files::json_schema(
                Path::new(&arguments.schema),
                arguments.draft.dialect(),
                &arguments.remote,
            )
            .map_err(Stop::Unusable)?;
            // Outside of OpenAPI, what is `readOnly` is valid both ways.
            (schemas, schema, Direction::Request)
        }
    };
    let seed = arguments.seed.unwrap_or_else(drawn_seed);
    let mut lines = Lines {
        out: BufWriter::new(io::stdout().lock()),
        left: arguments.count,
        runner: runner(seed),
    };
    let written = if arguments.violate {
        let violations = violating(&schemas, schema, direction).map_err(unsupported)?;
        let rules = violations.rules().len();
        if rules == 0 {
            return Err(Stop::Unsatisfiable(
                "no value breaks exactly one rule of the schema".to_owned(),
            ));
        }
        let simplest = (0..rules).filter_map(|rule| violations.breaking(rule).simplest());
        lines.write(
            &mut simplest.map(Broken),
            &violations.clone().prop_map(Broken),
        )
    } else {
        let values = valid(&schemas, schema, direction).map_err(unsupported)?;
        lines.write(&mut values.boundaries().into_iter(), &values)
    };
    match written {
        // Whoever reads has enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Stop::unusable(format!("standard output: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// A seed at random, told to a person who may want to see the same again.
fn drawn_seed() -> u64 {
    let seed = contract_harness::Settings::default().seed;
    if io::stderr().is_terminal() {
        say(format_args!("--seed {seed}"));
    }
    seed
}

/// The schema that the document has under the name.
fn named(path: &Path, arguments: &Arguments) -> Result<(Schemas, SchemaId, Direction), Stop> {
    let api = files::document(path, &arguments.remote).map_err(Stop::Unusable)?;
    let direction = match arguments.direction {
        Way::Request => Direction::Request,
        Way::Response => Direction::Response,
    };
    match api.named_schemas.get(&arguments.schema) {
        Some(id) => Ok((api.schemas, *id, direction)),
        None => {
            let known: Vec<&str> = api.named_schemas.keys().map(String::as_str).collect();
            let known = if known.is_empty() {
                "it has none".to_owned()
            } else {
                format!("it has {}", known.join(", "))
            };
            Err(Stop::unusable(format!(
                "{}: no schema under #/components/schemas is named `{}`: {known}",
                files::name(path),
                arguments.schema
            )))
        }
    }
}

fn unsupported(unsupported: Unsupported) -> Stop {
    match unsupported {
        Unsupported::Unsatisfiable { .. } => Stop::Unsatisfiable(unsupported.to_string()),
        _ => Stop::Undecided(unsupported.to_string()),
    }
}

fn runner(seed: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(Config::default(), rng)
}

/// Lines that are still to be written.
struct Lines<W> {
    out: W,
    left: u64,
    runner: TestRunner,
}

impl<W: Write> Lines<W> {
    /// Writes the first values as they come, and then random ones until there are enough.
    fn write<S>(&mut self, first: &mut dyn Iterator<Item = S::Value>, random: &S) -> io::Result<()>
    where
        S: Strategy<Value: Serialize>,
    {
        while self.left > 0 {
            let value = match first.next() {
                Some(value) => value,
                None => random
                    .new_tree(&mut self.runner)
                    .map_err(|reason| io::Error::other(reason.to_string()))?
                    .current(),
            };
            line::write(&mut self.out, &value)?;
            self.left -= 1;
        }
        self.out.flush()
    }
}

/// A violation as it is printed.
#[derive(Debug)]
struct Broken(Violation);

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Violation {
            value,
            keyword,
            pointer,
        } = &self.0;
        let mut members = serializer.serialize_struct("Violation", 3)?;
        members.serialize_field("keyword", keyword)?;
        members.serialize_field("pointer", pointer)?;
        members.serialize_field("value", value)?;
        members.end()
    }
}
