//! What a run exercised of the document, and why it did not exercise the rest.

use contract_harness::Settings;

use crate::server::{Fault, start};
use crate::{report, settings};

#[tokio::test]
async fn coverage_tells_what_was_exercised_and_why_the_rest_was_not() {
    let server = start(None).await;
    let report = report(&server.base_url, &settings(4)).await;
    let unreached: Vec<(String, String)> = report
        .unreached()
        .into_iter()
        .map(|each| (format!("{} {}", each.operation, each.what), each.why))
        .collect();
    let why = |what: &str| {
        let mut found = unreached.iter().filter(|(name, _)| name == what);
        found.next().map(|(_, why)| why.as_str())
    };
    // The server never issues a token, and each text is one.
    assert_eq!(
        why("listThings query parameter `page_token`"),
        Some("only the server can make its values, and no answer showed one")
    );
    assert_eq!(
        why("listThings query parameter `page_token`, `type`"),
        Some("whatever is written in its place can be read as a valid value")
    );
    let create = report
        .operations
        .iter()
        .find(|o| o.operation == "createThing")
        .unwrap();
    let body = create
        .coverage
        .parts
        .iter()
        .find(|part| part.part == "the body")
        .unwrap();
    let longest = "#/components/schemas/NewThing/properties/name/maxLength";
    let rule = body
        .rules
        .iter()
        .find(|rule| rule.pointer == longest)
        .unwrap();
    assert!(
        rule.met && rule.refused > 0 && rule.broken == 0 && rule.why.is_none(),
        "{rule:?}"
    );
    let made = &create.coverage.responses[0];
    assert_eq!((made.status.as_str(), made.broken), ("201", 0));
    assert!(
        made.answers > 100 && made.rules.iter().all(|rule| rule.why.is_none()),
        "{made:?}"
    );
    let others: Vec<&String> = unreached
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !name.contains("page_token"))
        .collect();
    assert_eq!(
        others,
        [
            "listThings query parameter `colors`, `type`",
            "listThings query parameter `colors`, `minItems`",
            "listThings query parameter `colors`, `type`",
            "createThing header parameter `Request-Tag`, `type`",
            // Its `color` is of an enumeration, and its `count` of a range, that a value of another type or size leaves.
            "createThing the body, `type`",
            "createThing the body, `format`",
        ],
        "{unreached:#?}"
    );
}

#[tokio::test]
async fn coverage_counts_what_the_server_breaks() {
    let server = start(Some(Fault::LongNames)).await;
    let report = report(&server.base_url, &settings(4)).await;
    let create = report
        .operations
        .iter()
        .find(|o| o.operation == "createThing")
        .unwrap();
    let rules = create.coverage.parts.iter().flat_map(|part| &part.rules);
    let broken: Vec<&str> = rules
        .filter(|rule| rule.broken > 0)
        .map(|rule| rule.pointer.as_str())
        .collect();
    assert_eq!(
        broken,
        ["#/components/schemas/NewThing/properties/name/maxLength"]
    );
}

#[tokio::test]
async fn what_the_settings_leave_out_is_told_as_such() {
    let server = start(None).await;
    let settings = Settings {
        include: vec!["getThing".to_owned()],
        phases: vec!["random".to_owned()],
        ..settings(4)
    };
    let report = report(&server.base_url, &settings).await;
    let unreached = report.unreached();
    let mut list = unreached
        .iter()
        .filter(|each| each.operation == "listThings");
    assert!(
        list.all(|each| each.why == "the settings leave the operation out"),
        "{unreached:#?}"
    );
    let mut get = unreached.iter().filter(|each| each.operation == "getThing");
    assert!(
        get.any(|each| each.what.starts_with("response 401")
            && each.why == "the phase `credentials` was left out"),
        "{unreached:#?}"
    );
}
