//! The harness against a server that is correct, and against the same server with one fault.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod articles;
mod baseline;
mod books;
mod cases;
mod causes;
mod client;
mod command;
mod coverage;
mod engine;
mod fairness;
mod faults;
mod faulty_clients;
mod host;
mod identity;
mod judge;
mod laws;
mod mock;
mod mocking;
mod passing;
mod reports;
mod sample;
mod server;
mod tiny;
mod tls;
mod tracks;
mod traffic;
mod verdict;
mod walks;
mod wire;

use std::time::Duration;

use contract_harness::{Contract, Report, Settings, Target, run};

const DOCUMENT: &str = include_str!("things.json");

fn contract() -> Contract {
    Contract::new(openapi_model::parse(DOCUMENT).unwrap()).unwrap()
}

fn target(base_url: &str) -> Target {
    let credentials = [("bearerAuth", server::BEARER), ("keyAuth", server::KEY)];
    Target {
        base_url: base_url.to_owned(),
        credentials: credentials.into(),
    }
}

fn settings(seed: u64) -> Settings {
    Settings {
        seed,
        run_id: "test".to_owned(),
        timeout: Duration::from_secs(5),
        ..Settings::default()
    }
}

async fn report(base_url: &str, settings: &Settings) -> Report {
    run(&contract(), &target(base_url), settings, &|_| {})
        .await
        .unwrap()
}
