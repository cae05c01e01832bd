use contract_harness::*;
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn documents() {
    for dir in ["/work/shared/documents", "/tmp/docs"] {
        for file in std::fs::read_dir(dir).unwrap() {
            let path = file.unwrap().path();
            let Ok(only) = std::env::var("ONLY") else {
                return;
            };
            if path.extension().is_some_and(|e| e == "md")
                || !path.to_str().unwrap().contains(&only)
            {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let contract = Contract::new(openapi_model::parse(&text).unwrap()).unwrap();
            let base = crate::mock::start(&text).await;
            let report = run(
                &contract,
                &crate::mock::target(&contract, base),
                &Settings {
                    cases: 20,
                    ..crate::settings(3)
                },
                &|_| {},
            )
            .await
            .unwrap();
            println!("=== {path:?}\n{}", report.text());
        }
    }
}
