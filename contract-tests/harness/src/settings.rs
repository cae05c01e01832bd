//! How a run is made.
//!
//! This module is purely the shape of what a caller decides; each name in it is looked up before anything is sent, so
//! that a mistyped one ends the run before it starts.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::str::FromStr;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use serde_json::Value;

use crate::regressions::Regressions;
use crate::trust::Trust;

/// How a run is made. The default draws seed and run id at random, and tests everything.
///
/// Operations are named by their `operationId`, or by method and path: `GET /things/{id}`.
///
/// ```
/// use contract_harness::Settings;
///
/// let settings = Settings { seed: 7, include: vec!["getThing".to_owned()], ..Settings::default() };
/// assert_eq!(settings.cases, 100);
/// ```
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where all choices start.
    pub seed: u64,
    /// Makes choices differ between runs of one seed against one server, so that keys do not collide.
    pub run_id: String,
    /// How many random cases each operation has in each phase.
    pub cases: usize,
    /// How long an answer may take. Running into it is a failure of the server.
    pub timeout: Duration,
    /// How long the run may take, shrinking included; then it ends with the report so far. `None`: as long as it takes.
    pub max_time: Option<Duration>,
    /// How many requests are sent each second, evenly; `None`: as many as the server answers. What is not above zero
    /// counts as `None`.
    pub rate: Option<f64>,
    /// How many threads make, send and judge cases; 0 counts as 1. One is enough for some ten thousand cases a second,
    /// which is more than most servers answer.
    pub workers: usize,
    /// How many cases are in flight together, over all workers; each worker has at least one.
    pub in_flight: usize,
    /// The part of the run that is made here; `None`: all of it.
    pub shard: Option<Shard>,
    /// The operations that are tested; none at all means every one.
    pub include: Vec<String>,
    /// The operations that are not tested, of those that are.
    pub exclude: Vec<String>,
    /// The phases that are run, by the names in [`Phase::NAMES`](crate::Phase::NAMES); none at all means every one.
    pub phases: Vec<String>,
    /// The checks that judge, by the names in [`CHECKS`](crate::CHECKS). Where checks or laws are named, no other check
    /// and no other law judges; none at all means every one.
    pub checks: Vec<String>,
    /// The laws that judge, by the names in [`LAWS`](crate::LAWS): with `checks`, one list.
    pub laws: Vec<String>,
    /// Headers that every request has. One that is credentials, or that is marked as sensitive, is shown by its name
    /// alone. A header that a case is about is left to the case.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Values of things that exist on the server.
    pub values: Vec<GivenValue>,
    /// What is different for one operation. Where several are for the same one, the later ones count.
    pub overrides: Vec<Override>,
    /// Whether methods that change something may be sent to a server that is not on this machine. Where they may not,
    /// the operations that need them are left out, and the report says so.
    pub allow_writes: bool,
    /// Whose certificates are taken for the server's.
    pub trust: Trust,
    /// Cases that failed before. They are sent first.
    pub regressions: Regressions,
    /// Whether the report has credentials in clear. Else it has the names of shell variables in their place.
    pub show_secrets: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        let random = RandomState::new();
        let draw = |n: u8| {
            let mut hasher = random.build_hasher();
            hasher.write_u8(n);
            hasher.finish()
        };
        Settings {
            // Short enough to be typed.
            seed: draw(0) % 1_000_000_000,
            run_id: format!("{:08x}", draw(1) as u32),
            cases: 100,
            timeout: Duration::from_secs(10),
            max_time: None,
            rate: None,
            workers: 1,
            in_flight: 16,
            shard: None,
            include: Vec::new(),
            exclude: Vec::new(),
            phases: Vec::new(),
            checks: Vec::new(),
            laws: Vec::new(),
            headers: Vec::new(),
            values: Vec::new(),
            overrides: Vec::new(),
            allow_writes: false,
            trust: Trust::default(),
            regressions: Regressions::default(),
            show_secrets: false,
        }
    }
}

/// A parameter's value that exists on the server.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenValue {
    /// The operation; `*` for every one that has the parameter.
    pub operation: String,
    /// The parameter's name.
    pub parameter: String,
    /// The value. A text that is to be a number and a number that is to be a text are taken for what the parameter's
    /// schema wants; what it does not allow is not sent.
    pub value: Value,
}

/// What is different for one operation; `None` leaves what the settings have for all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Override {
    /// The operation.
    pub operation: String,
    /// How many random cases it has in each phase.
    pub cases: Option<usize>,
    /// How long an answer may take.
    pub timeout: Option<Duration>,
    /// The checks and laws that do not judge it, by name.
    pub skip: Vec<String>,
}

/// One part of a run that is split: every case belongs to one part, and a law to one part as a whole.
///
/// ```
/// use contract_harness::Shard;
///
/// let shard: Shard = "2/5".parse()?;
/// assert_eq!((shard.number(), shard.of()), (2, 5));
/// assert!("6/5".parse::<Shard>().is_err());
/// # Ok::<_, contract_harness::NoShard>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    number: usize,
    of: usize,
}

impl Shard {
    /// The part of that number, from 1, of so many; `None` where there is no such part.
    pub fn new(number: usize, of: usize) -> Option<Shard> {
        (1..=of).contains(&number).then_some(Shard { number, of })
    }

    /// The number of the part, from 1.
    pub fn number(self) -> usize {
        self.number
    }

    /// How many parts there are.
    pub fn of(self) -> usize {
        self.of
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// A text that names no part of a run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no shard: write number and count, as in 2/5, the number from 1 to the count")]
pub struct NoShard {
    /// The text as given.
    pub text: String,
}

impl FromStr for Shard {
    type Err = NoShard;

    fn from_str(text: &str) -> Result<Shard, NoShard> {
        let parts = text.split_once('/');
        let shard =
            parts.and_then(|(number, of)| Shard::new(number.parse().ok()?, of.parse().ok()?));
        shard.ok_or_else(|| NoShard {
            text: text.to_owned(),
        })
    }
}
