//! The proofs of a client, on a document that is not of events: bodies of every media type, parameters of every style, and
//! answers of several types.

use contract_harness::Contract;
use contract_tests::findings::Findings;
use contract_tests::stand_in::StandIn;
use contract_tests::{refusing, understanding};
use tokio::runtime::Handle;

#[allow(dead_code, reason = "a client offers more than a test uses")]
mod client {
    include!("../../../client/codegen/tests/output/gallery.rs");
}

contract_tests::drive!(client);

const DOCUMENT: &str = include_str!("../../../server/codegen/tests/gallery/document.yaml");

/// A client that has a credential for every scheme, its credentials, and the server that it calls.
async fn start(contract: &Contract) -> (client::Client, Vec<(String, String)>, StandIn) {
    let server = StandIn::start().await.unwrap();
    let schemes = contract.api().security_schemes.keys();
    let shown: Vec<(String, String)> = schemes
        .map(|name| (name.clone(), format!("c-{name}")))
        .collect();
    let mut credentials = client::Credentials::default();
    for (name, text) in &shown {
        assert!(credentials.set(name, text.as_str().into()), "{name}");
    }
    let client = client::Client::new(&server.base_url(), credentials).unwrap();
    (client, shown, server)
}

#[track_caller]
fn assert_holds(findings: &Findings, exceptions: &[String]) {
    let failures: Vec<String> = findings
        .failures
        .iter()
        .map(|failure| format!("{}: {}\n{}", failure.subject, failure.message, failure.case))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    let told: Vec<&str> = findings
        .exceptions
        .iter()
        .map(|exception| {
            exception
                .rsplit_once(" (")
                .map_or(&**exception, |(why, _)| why)
        })
        .collect();
    assert_eq!(told, exceptions, "{told:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_any_document_understands_what_it_lets_a_server_say() {
    let contract = Contract::new(openapi_model::parse(DOCUMENT).unwrap()).unwrap();
    let (client, credentials, server) = start(&contract).await;
    let found = tokio::task::spawn_blocking(move || {
        let runtime = Handle::current();
        understanding::show(
            &contract,
            &client,
            &credentials,
            &server,
            &runtime,
            (1, 30),
            &|| {},
        )
    });
    let uncarried = "what no style of the document can carry is refused by the client, or written in a way that the document does not define";
    let twice = "its member `size` is left out: how an object is written without an `encoding` is said twice, and not the same";
    let within = "is left out: how an array or object within is written is not defined";
    let cookie = "how an exploded object is written in the style Form in the cookie is not defined";
    let expected = [
        format!("createPicture: request body `application/x-www-form-urlencoded`: {twice}"),
        format!("createPicture: {uncarried}"),
        format!("putPicture: request body `application/x-www-form-urlencoded`: {twice}"),
        "putPicture: request body `image/*`: no media type of this range is generated".to_owned(),
        format!("putPicture: {uncarried}"),
        format!("showQueries: query parameter `filter`: its member `size` {within}"),
        format!("showQueries: query parameter `filter`: its member `tags` {within}"),
        format!("showQueries: {uncarried}"),
        format!("showTheme: cookie parameter `theme`: {cookie}"),
        format!("showTheme: its required cookie parameter `theme` cannot be sent: {cookie}"),
        format!("showTheme: {uncarried}"),
        format!("showBoth: cookie parameter `crumbs`: {cookie}"),
        format!("showBoth: {uncarried}"),
        format!("showMaybe: {uncarried}"),
    ];
    assert_holds(&found.await.unwrap(), &expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_any_document_refuses_what_it_does_not_let_a_server_say() {
    let contract = Contract::new(openapi_model::parse(DOCUMENT).unwrap()).unwrap();
    let (client, _, server) = start(&contract).await;
    let found = tokio::task::spawn_blocking(move || {
        let runtime = Handle::current();
        refusing::show(&contract, &client, &server, &runtime, (1, 30), &|| {})
    });
    let anything =
        "a body that may be anything is handed on as bytes, and what is wrong with it too";
    let expected = [500, 503]
        .map(|status| format!("GET /pictures/{{id}} {status} application/json: {anything}"));
    assert_holds(&found.await.unwrap().unwrap(), &expected);
}
