//! The service keeps its document.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use contract_harness::{Contract, Settings, Target, run};

/// The program, on a port that the system gives, until the test is over.
struct Server {
    child: Child,
    base_url: String,
}

impl Server {
    fn start() -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_notes"))
            .arg("0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut base_url = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut base_url)
            .unwrap();
        Server {
            child,
            base_url: base_url.trim_end().to_owned(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[tokio::test]
async fn the_service_keeps_its_document() {
    let server = Server::start();
    let api = openapi_model::parse(include_str!("../openapi.yaml")).unwrap();
    let contract = Contract::new(api).unwrap();
    let target = Target {
        base_url: server.base_url.clone(),
        ..Target::default()
    };
    let settings = Settings {
        seed: 1,
        ..Settings::default()
    };
    let report = run(&contract, &target, &settings, &|_| {}).await.unwrap();
    assert!(report.is_clean(), "{}", report.text());
    assert_eq!(
        report.never_applied(),
        ["missing_required_header", "ignored_auth"]
    );
}
