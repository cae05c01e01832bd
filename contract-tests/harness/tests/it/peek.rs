use crate::server::{Fault, start};
use crate::{report, settings};
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn peek() {
    for fault in [
        None,
        Some(Fault::WrongLocation),
        Some(Fault::UncheckedBearer),
        Some(Fault::WrongRefusal),
    ] {
        let server = start(fault).await;
        let report = report(&server.base_url, &settings(11)).await;
        println!("=========== {fault:?}\n{}", report.text());
    }
    for cases in [1000, 3000] {
        let server = start(None).await;
        server.requests.lock().unwrap().reserve(100000);
        let report = report(
            &server.base_url,
            &contract_harness::Settings {
                cases,
                ..settings(11)
            },
        )
        .await;
        println!("{}", report.text().lines().nth(1).unwrap());
    }
}
#[test]
fn documents() {
    for file in std::fs::read_dir("/tmp/docs").unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|e| e == "md") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let start = std::time::Instant::now();
        match openapi_model::parse(&text) {
            Ok(api) => {
                let parsed = start.elapsed();
                let n = api.operations.len();
                let contract = contract_harness::Contract::new(api).unwrap();
                println!(
                    "{path:?}: {n} ops, parse {parsed:?}, compile {:?}, {} gaps",
                    start.elapsed() - parsed,
                    contract.gaps().len()
                );
                for gap in contract.gaps().iter().take(12) {
                    println!("    {} | {} | {}", gap.operation, gap.part, gap.reason);
                }
                let s = std::time::Instant::now();
                let mut total = 0;
                let mut g = vec![];
                for i in 0..n {
                    let (a, b) = contract.answers(i);
                    total += a.len();
                    g.extend(b);
                }
                let rss = std::fs::read_to_string("/proc/self/status").unwrap();
                println!("{}", rss.lines().find(|l| l.starts_with("VmRSS")).unwrap());
                println!("    answers {total} in {:?}, gaps {}", s.elapsed(), g.len());
                for gap in g.iter().take(5) {
                    println!("    A {} | {} | {}", gap.operation, gap.part, gap.reason);
                }
            }
            Err(e) => println!("{path:?}: {e}"),
        }
    }
}
