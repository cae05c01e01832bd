//! Which cases there are, and that each is what it says.

use contract_harness::{Case, Cases, Contract, Mode, Origin, Settings, Target};

use crate::{settings, verdict};

const DOCUMENTS: [&str; 3] = [
    include_str!("documents/wire.yaml"),
    include_str!("things.json"),
    include_str!("variety.json"),
];

fn contract(document: &str) -> Contract {
    Contract::new(openapi_model::parse(document).unwrap()).unwrap()
}

fn target(contract: &Contract) -> Target {
    let schemes = contract.api().security_schemes.keys();
    Target {
        credentials: schemes
            .map(|name| (name.clone(), format!("key-of-{name}")))
            .collect(),
        ..Target::default()
    }
}

#[test]
fn every_case_is_what_it_says() {
    for document in DOCUMENTS {
        let contract = contract(document);
        let target = target(&contract);
        for seed in 0..5 {
            let settings = Settings {
                cases: 60,
                ..settings(seed)
            };
            let cases = Cases::new(&contract, &target, &settings).unwrap();
            for operation in 0..contract.api().operations.len() {
                for case in cases.of(operation) {
                    let verdict = verdict::judge(&contract, &cases, &case);
                    let key = case.key;
                    assert!(verdict.is_ok(), "{} {}: {verdict:?}", key.phase, key.index);
                }
            }
        }
    }
}

/// What the cases that are not random are after, each with how many there are.
fn table(contract: &Contract) -> String {
    let settings = Settings {
        cases: 0,
        ..settings(1)
    };
    let cases = Cases::new(contract, &target(contract), &settings).unwrap();
    let mut table = String::new();
    for (operation, declared) in contract.api().operations.iter().enumerate() {
        table.push_str(&format!("{}\n", declared.label()));
        let mut lines: Vec<(String, usize)> = Vec::new();
        for case in cases.of(operation) {
            let line = describe(&case, declared.request_body.is_some());
            match lines.last_mut() {
                Some((last, count)) if *last == line => *count += 1,
                _ => lines.push((line, 1)),
            }
        }
        for (line, count) in lines {
            let times = if count == 1 {
                String::new()
            } else {
                format!(" × {count}")
            };
            table.push_str(&format!("  {line}{times}\n"));
        }
    }
    for gap in contract.gaps() {
        table.push_str(&format!(
            "not tested: {} {}: {}\n",
            gap.operation, gap.part, gap.reason
        ));
    }
    table
}

fn describe(case: &Case, has_body: bool) -> String {
    let special = case
        .origins
        .iter()
        .find_map(|(place, origin)| match origin {
            Origin::Example => Some(format!("an example as {place}")),
            Origin::Boundary => Some(format!("a boundary of {place}")),
            _ => None,
        });
    let what = match &case.mode {
        Mode::Positive => special.unwrap_or_default(),
        Mode::UndeclaredMethod => format!("{}: {}", case.mode, case.method),
        mode => mode.to_string(),
    };
    let media_type = match &case.body {
        Some(body) if has_body => {
            let essence = body.media_type.split(';').next().unwrap_or_default();
            format!(" ({essence})")
        }
        _ => String::new(),
    };
    format!("{}: {what}{media_type}", case.key.phase)
}

#[test]
fn the_cases_of_a_document_are_these() {
    let table = table(&contract(DOCUMENTS[0]));
    expectorate::assert_contents("tests/it/golden/wire.txt", &table);
}
