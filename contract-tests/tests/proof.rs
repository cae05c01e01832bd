//! The proofs of the main job, with fewer cases.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use contract_tests::{Settings, prove};
use indicatif::ProgressBar;

#[tokio::test(flavor = "multi_thread")]
async fn document_server_and_client_agree() {
    let settings = Settings { seed: 1, cases: 50 };
    let proof = prove(&settings, &ProgressBar::hidden()).await.unwrap();
    assert!(proof.holds(), "{}", proof.text());
    // What proves nothing holds too.
    assert!(proof.server.cases > 500, "{}", proof.text());
    assert!(
        proof.client.exercised.values().sum::<usize>() >= 50 * 20,
        "{}",
        proof.text()
    );
    assert!(
        proof.agreement.exercised.values().sum::<usize>() >= 25,
        "{}",
        proof.text()
    );
    assert!(
        proof.emitted.operations > 0 && proof.emitted.equal > 100,
        "{}",
        proof.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_seed_makes_one_proof() {
    let settings = Settings { seed: 7, cases: 20 };
    let first = prove(&settings, &ProgressBar::hidden()).await.unwrap();
    let second = prove(&settings, &ProgressBar::hidden()).await.unwrap();
    assert_eq!(first.client.exercised, second.client.exercised);
    assert_eq!(first.agreement.exercised, second.agreement.exercised);
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
    assert_eq!(cases(&first), cases(&second));
}
