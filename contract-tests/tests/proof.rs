//! The proofs of the main job, with fewer cases.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use contract_tests::findings::Findings;
use contract_tests::{Settings, prove};
use indicatif::ProgressBar;

#[tokio::test(flavor = "multi_thread")]
async fn document_server_and_client_agree_and_one_seed_makes_one_proof() {
    let settings = Settings {
        seed: 1,
        cases: 20,
        ..Settings::default()
    };
    let hidden = ProgressBar::hidden();
    let (proof, again) = tokio::join!(prove(&settings, &hidden), prove(&settings, &hidden));
    let (proof, again) = (proof.unwrap(), again.unwrap());
    assert!(proof.holds(), "{}", proof.text());
    // What proves nothing holds too.
    let shown = |findings: &Findings| findings.exercised.values().sum::<usize>();
    assert!(proof.server.cases > 500, "{}", proof.text());
    assert!(shown(&proof.client) > 1_500, "{}", proof.text());
    assert!(shown(&proof.refusing) >= 20 * 20, "{}", proof.text());
    assert!(shown(&proof.agreement) > 200, "{}", proof.text());
    assert!(
        proof.emitted.operations > 0 && proof.emitted.equal > 100,
        "{}",
        proof.text()
    );
    // The client has no type for what is no result and no error; it does whatever else the document says.
    let untyped = ["listEvents", "getEvent"]
        .map(|id| format!("{id} 304: there is no type for such an answer, which is given whole"));
    assert_eq!(proof.client.exceptions, untyped);
    assert_eq!(proof.refusing.exceptions, [""; 0]);

    assert_eq!(proof.client.exercised, again.client.exercised);
    assert_eq!(proof.refusing.exercised, again.refusing.exercised);
    assert_eq!(proof.agreement.exercised, again.agreement.exercised);
    let cases = |proof: &contract_tests::Proof| {
        proof
            .server
            .operations
            .iter()
            .map(|operation| {
                let mut cases = operation.cases.clone();
                // How many pages a law walks follows from what the server holds, and the order in which events came to
                // it is its own.
                cases.remove("law");
                cases
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(cases(&proof), cases(&again));
}
