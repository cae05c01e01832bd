//! What becomes of one document.

use openapi_model::{Api, Diagnostics};

use crate::folder::Document;
use crate::stub;

/// What became of one document: a row of the table.
pub struct Row {
    /// The document's file name.
    pub name: String,
    /// What the document says, where it can be read.
    pub api: Option<Api>,
    /// How many operations the server has.
    pub served: usize,
    /// What stands before every path of the server.
    pub prefix: String,
    /// The server with a service that answers with drawn values, where there is one.
    pub server: Side,
    /// The client.
    pub client: Side,
    /// Calls that the service cannot answer as a service would, each with the reason.
    pub untested: Vec<(String, String)>,
    /// Whether the document that dropshot emits is the same.
    pub round_trip: Outcome,
    /// Why that document differs, once for each difference.
    pub reasons: Vec<&'static str>,
    /// Whether the server passes the test.
    pub contract: Outcome,
    /// What was refused, by whom and why.
    pub refused: Vec<String>,
    /// What went wrong.
    pub problems: Vec<String>,
}

/// Generated code.
pub enum Side {
    /// Nothing could be generated.
    None,
    /// The code of a module, and what the compiler says to it.
    Code {
        text: String,
        complaints: Vec<String>,
    },
}

impl Side {
    /// The code, where it compiles at all.
    pub fn compiled(&self) -> bool {
        matches!(self, Side::Code { complaints, .. } if !complaints.iter().any(|c| c.starts_with("error")))
    }
}

/// How a trial went, in a few words.
pub enum Outcome {
    /// There was nothing to try.
    None,
    /// Well.
    Well(String),
    /// Not well; the problems say more.
    Bad(String),
}

impl Row {
    /// Whether everything that was generated compiles without warnings and passes.
    pub fn is_well(&self) -> bool {
        let is_clean = |side: &Side| match side {
            Side::None => true,
            Side::Code { complaints, .. } => complaints.is_empty(),
        };
        is_clean(&self.server)
            && is_clean(&self.client)
            && self.problems.is_empty()
            && !matches!(self.round_trip, Outcome::Bad(_))
            && !matches!(self.contract, Outcome::Bad(_))
    }
}

/// Generates what can be generated of a document.
pub fn generate(document: Document) -> Row {
    let mut row = Row {
        name: document.name,
        api: None,
        served: 0,
        prefix: String::new(),
        server: Side::None,
        client: Side::None,
        untested: Vec::new(),
        round_trip: Outcome::None,
        reasons: Vec::new(),
        contract: Outcome::None,
        refused: Vec::new(),
        problems: Vec::new(),
    };
    let parsed = document
        .text
        .and_then(|text| match openapi_model::parse(&text) {
            Ok(api) => Ok((api, text)),
            Err(faults) => Err(faults.to_string()),
        });
    let (api, text) = match parsed {
        Ok(parsed) => parsed,
        Err(why) => {
            row.refused
                .extend(why.lines().map(|line| format!("the document: {line}")));
            return row;
        }
    };
    match dropshot_codegen::generate(&text) {
        Ok(server) => {
            row.refused
                .extend(server.left_out.iter().map(|d| format!("server: {d}")));
            match stub::stub(&api, &server.code) {
                Ok(stub) => {
                    row.served = stub.served;
                    row.untested = stub.untested;
                    row.prefix = stub.prefix;
                    let text = format!("{}\n{}", server.code, stub.code);
                    row.server = Side::Code {
                        text,
                        complaints: Vec::new(),
                    };
                }
                Err(error) => row.problems.push(format!("server: {error}")),
            }
        }
        Err(faults) => row.refused.extend(told("server", &faults)),
    }
    match progenitor_codegen::generate(&text) {
        Ok(client) => {
            let left_out = client.left_out.iter();
            row.refused.extend(left_out.map(|d| format!("client: {d}")));
            row.client = Side::Code {
                text: client.code,
                complaints: Vec::new(),
            };
        }
        Err(faults) => row.refused.extend(told("client", &faults)),
    }
    row.api = Some(api);
    row
}

fn told(who: &str, faults: &Diagnostics) -> Vec<String> {
    faults
        .0
        .iter()
        .map(|fault| format!("{who}: {fault}"))
        .collect()
}
