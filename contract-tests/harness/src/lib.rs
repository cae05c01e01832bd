//! Proves with generated requests that an HTTP server keeps its OpenAPI document.
//!
//! A [`Contract`] is an API with its validators and strategies compiled once. [`run`] makes calls from it, valid ones
//! and ones that break exactly one rule, sends them to a server, judges every [`Exchange`] with the [`CHECKS`] and every
//! sequence with the [`laws`](mod@laws), shrinks what fails to its smallest case, and gives a [`Report`].
//!
//! ```no_run
//! use contract_harness::{Contract, Settings, Target, run};
//!
//! # async fn example(document: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let contract = Contract::new(openapi_model::parse(document)?)?;
//! let target = Target {
//!     base_url: "http://127.0.0.1:8080".to_owned(),
//!     credentials: [("bearerAuth", "secret")].into(),
//! };
//! let report = run(&contract, &target, &Settings::default(), &|_progress| {}).await?;
//! println!("{}", report.text());
//! # Ok(())
//! # }
//! ```
//!
//! For the other side of HTTP, [`Contract::check_request`] judges what a client sends, and [`Contract::answers`]
//! generates what a client must understand; [`Contract::said`] tells what a request says. [`Contract::observe`] judges both sides of an exchange that somebody else
//! made, and a [`Caller`] makes one by hand.
//!
//! # The judge is fair
//!
//! A server that keeps its document passes, under any seed. What HTTP allows is never a failure; where the document is
//! silent the harness is silent, or leaves a note. The rules are written where they are applied: at each check in
//! [`checks`], in [`laws`](mod@laws), and in [`equality`] for values that come back.
//!
//! # What is where
//!
//! Checks and laws are pure, and one module sends: so every failure has one case, or one sequence, to shrink, to print
//! as a curl line and to send again. Variety lives in [`Mode`]: a call without credentials is a kind of case, not a
//! check that sends more requests.
//!
//! All choices follow from document, seed and run id. Given those and equal answers, each case's request is the same
//! bytes, however many are in flight.

mod accept;
mod answers;
pub mod baseline;
mod before;
mod bodies;
mod case;
pub mod checks;
mod contract;
pub mod coverage;
mod curl;
pub mod equality;
mod exchange;
mod expression;
mod formats;
mod generate;
mod keys;
pub mod laws;
mod meaning;
mod media_type;
pub mod mock;
mod observed;
mod opaque;
mod pace;
mod parameters;
mod paths;
mod plan;
pub mod proxy;
pub mod regressions;
pub mod report;
mod request;
mod request_check;
mod run;
mod said;
mod secrets;
mod seed;
mod send;
mod settings;
mod site;
mod target;
pub mod traffic;
mod trust;
mod validator;
mod views;
mod wire;
mod words;

pub use answers::{AnswerStrategy, AnswerTree, SampleAnswer};
pub use baseline::Baseline;
pub use before::{check, reach};
pub use case::{
    Body, Case, CaseKey, Credential, Fault, Mode, Oddity, Origin, Phase, Place, Sent, Violation,
};
pub use checks::{CHECKS, Check, Failure, Note, Outcome};
pub use contract::{Contract, Gap, NoOperation};
pub use coverage::Coverage;
pub use exchange::{Answer, Exchange, NoAnswer};
pub use generate::Cases;
pub use laws::{Derived, Draws, Inapplicable, LAWS, Law, Sequence, laws};
pub use observed::{Caller, Observed};
pub use regressions::Regressions;
pub use report::Report;
pub use request::Request;
pub use run::{Error, Kind, Progress, Stage, Unknown, run, run_until};
pub use said::{Said, SaidRequest};
pub use secrets::variable;
pub use settings::{GivenValue, NoShard, Override, Settings, Shard};
pub use target::{Credentials, Target};
pub use traffic::{Traffic, TrafficReport};
pub use trust::Trust;
