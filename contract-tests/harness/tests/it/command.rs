//! `contract test`, as a user runs it, against a server that is correct or has one fault.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tokio::net::TcpSocket;

use crate::DOCUMENT;
use crate::server::{self, BEARER, Fault, KEY};

/// The program, in a folder that has the document, with credentials in its environment.
fn contract(folder: &Path, arguments: &[&str]) -> Command {
    std::fs::write(folder.join("things.json"), DOCUMENT).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract"));
    command
        .current_dir(folder)
        .args(arguments)
        .env("BEARER_AUTH", BEARER)
        .env("KEY_AUTH", KEY)
        .env("EMPTY", "")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

const CREDENTIALS: [&str; 4] = [
    "--credential",
    "bearerAuth=$BEARER_AUTH",
    "--credential",
    "keyAuth=@echo $KEY_AUTH",
];

/// What a run with these options says of the server, beside it in the same process.
async fn test(folder: &Path, url: &str, options: &[&str]) -> Told {
    let given = ["test", "things.json", url, "--cases", "30"];
    let mut command = contract(folder, &[&given, &CREDENTIALS[..], options].concat());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    Told::new(output.await.unwrap())
}

struct Told {
    code: Option<i32>,
    out: String,
    errors: String,
}

impl Told {
    fn new(output: Output) -> Told {
        Told {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn says(&self, code: i32, words: &[&str]) {
        let all = format!("{}{}", self.out, self.errors);
        assert_eq!(self.code, Some(code), "{all}");
        for word in words {
            assert!(all.contains(word), "`{word}` is missing in:\n{all}");
        }
    }
}

fn json(folder: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join("report.json")).unwrap()).unwrap()
}

#[tokio::test]
async fn a_correct_server_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::start(None).await;
    let told = test(
        folder.path(),
        &server.base_url,
        &["--seed", "7", "--run-id", "r"],
    )
    .await;
    told.says(
        0,
        &[
            "Things 1.0.0 at http://127.0.0.1:",
            "; seed 7, run id r\n",
            "createThing",
            "negative_data_rejection",
            "The server keeps its document, as far as these cases show.\n",
        ],
    );
    assert_eq!(told.errors, "");
    // No terminal, no colour.
    assert!(!told.out.contains('\u{1b}'));
}

#[tokio::test]
async fn checks_and_laws_are_selected_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::start(Some(Fault::WrongLocation)).await;
    let run = async |options: &[&str]| {
        let report = ["--report", "json=report.json"];
        test(
            folder.path(),
            &server.base_url,
            &[&report, options].concat(),
        )
        .await
    };
    let judged = || -> Vec<String> {
        let report = json(folder.path());
        let checks = report["checks"].as_array().unwrap().iter();
        checks
            .map(|check| check["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let laws = ["--law", "created_reads_back"];
    run(&laws).await.says(
        0,
        &[
            "  created_reads_back: in createThing\n",
            "location_leads_to_created, updated_reads_back",
            ": the settings leave it out\n",
        ],
    );
    assert_eq!(judged(), ["created_reads_back"]);
    let both = [&laws[..], &["--check", "ignored_auth"]].concat();
    run(&both).await.says(0, &[]);
    assert_eq!(judged(), ["ignored_auth", "created_reads_back"]);
    run(&["--law", "location_leads_to_created"])
        .await
        .says(1, &["1. location_leads_to_created in createThing"]);
    run(&["--law", "created_one", "--check", "created_once"])
        .await
        .says(
            2,
            &[
                "there is no law `created_one`: known are `ensure_resource_availability`, ",
                "`created_once`, ",
                "`created_once` is no check, but a law: name it among the laws",
            ],
        );
    run(&["--law", "order_is_kept"]).await.says(
        2,
        &["nothing is left to test: no operation that is tested is known to be of the kind"],
    );
}

#[tokio::test]
async fn a_run_without_credentials_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::start(None).await;
    let run = |options: &[&str]| {
        let given = ["test", "things.json", &server.base_url, "--cases", "2"];
        let mut command = contract(folder.path(), &[&given, options].concat());
        tokio::task::spawn_blocking(move || Told::new(command.output().unwrap()))
    };
    let told = run(&[]).await.unwrap();
    told.says(
        2,
        &[
            "give bearerAuth, keyAuth",
            "The server keeps its document, as far as these cases show. No valid call was made of 4 of 4 operations.",
            "contract: no valid call was made of any operation",
        ],
    );
    // Where none was asked for, none is missing.
    run(&["--phase", "credentials"]).await.unwrap().says(0, &[]);
}

#[tokio::test]
async fn a_failure_comes_with_all_that_it_takes_to_see_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::start(Some(Fault::LongNames)).await;
    let line = DOCUMENT
        .lines()
        .position(|line| line.contains("\"maxLength\": 20"));
    let told = test(
        folder.path(),
        &server.base_url,
        &["--seed", "7", "--run-id", "r"],
    )
    .await;
    told.says(
        1,
        &[
            "1. negative_data_rejection in createThing, seen ",
            "#/components/schemas/NewThing/properties/name/maxLength",
            &format!(" (line {})\n", line.unwrap() + 1),
            "> POST /things\n",
            "aaaaaaaaaaaaaaaaaaaaa",
            "< 201 application/json",
            "curl -i 'http://127.0.0.1:",
            r#"-H 'Authorization: Bearer '"$BEARER_AUTH""#,
            "The server breaks its document in one way.",
            "test things.json http://127.0.0.1:",
            " --cases 30 --credential 'bearerAuth=$BEARER_AUTH' --credential 'keyAuth=@echo $KEY_AUTH' --seed 7 --run-id r\n",
        ],
    );
    assert!(
        !told.out.contains(BEARER) && !told.out.contains(KEY),
        "{}",
        told.out
    );

    let told = test(folder.path(), &server.base_url, &["--show-secrets"]).await;
    told.says(1, &[&format!("-H 'Authorization: Bearer {BEARER}'")]);
}

#[tokio::test]
async fn a_secret_that_the_server_says_back_is_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::start(Some(Fault::SaysTheKey)).await;
    let reports = [
        "--report",
        "json=report.json",
        "--report",
        "junit=report.xml",
    ];
    let told = test(folder.path(), &server.base_url, &reports).await;
    told.says(1, &["the key was $KEY_AUTH"]);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    for text in [told.out, read("report.json"), read("report.xml")] {
        assert!(!text.contains(KEY) && !text.contains(BEARER), "{text}");
    }
}

#[tokio::test]
async fn the_json_report_has_the_whole_run() {
    let folder = tempfile::tempdir().unwrap();
    let mut reports = Vec::new();
    for _ in 0..2 {
        let server = server::start(Some(Fault::LongNames)).await;
        let options = [
            "--seed",
            "7",
            "--run-id",
            "r",
            "--report",
            "json=report.json",
        ];
        test(folder.path(), &server.base_url, &options)
            .await
            .says(1, &[]);
        let mut report = json(folder.path());
        let members = report.as_object_mut().unwrap();
        assert!(members.remove("elapsed_seconds").unwrap().as_f64() > Some(0.0));
        // The port is another one each time.
        assert_eq!(members.remove("base_url").unwrap(), *server.base_url);
        // The time of the day is no part of what is the same.
        let failure = report["failures"][0].as_object_mut().unwrap();
        assert!(failure.remove("started").is_some() && failure.remove("elapsed_seconds").is_some());
        let answer = &mut report["failures"][0]["response"]["headers"];
        answer
            .as_array_mut()
            .unwrap()
            .retain(|header| header[0] != "date");
        let text = report
            .to_string()
            .replace(&server.base_url, "http://server");
        reports.push(serde_json::from_str::<Value>(&text).unwrap());
    }
    let report = &reports[0];
    assert_eq!(
        (&report["seed"], &report["run_id"]),
        (&Value::from(7), &Value::from("r"))
    );
    assert!(report["requests"].as_u64() >= report["cases"].as_u64());
    let checks = report["checks"].as_array().unwrap();
    let check = checks
        .iter()
        .find(|check| check["name"] == "negative_data_rejection")
        .unwrap();
    let count = |name: &str| check[name].as_u64().unwrap();
    assert!(count("broken") > 0 && count("applied") == count("held") + count("broken"));
    let [failure] = report["failures"].as_array().unwrap().as_slice() else {
        panic!("{report}");
    };
    assert_eq!(failure["check"], "negative_data_rejection");
    assert_eq!(failure["operation"], "createThing");
    assert!(failure["message"].is_string());
    assert_eq!(failure["request"]["method"], "POST");
    assert_eq!(failure["response"]["status"], 201);
    assert!(
        failure["curl"]
            .as_str()
            .unwrap()
            .starts_with("curl -i 'http://server/things'")
    );
    // Too long to be printed.
    assert!(reports[0] == reports[1], "two runs of one seed differ");
}

#[tokio::test]
async fn the_junit_report_has_a_test_for_each_check_of_each_operation() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::start(Some(Fault::LongNames)).await;
    let told = test(folder.path(), &server.base_url, &["--report", "junit=-"]).await;
    // The summary makes way.
    assert!(
        told.errors
            .contains("The server breaks its document in one way.")
    );
    assert_eq!(told.code, Some(1));
    let report = quick_junit::Report::deserialize_from_str(&told.out).unwrap();
    let name = report.name.as_ref().map(|name| name.as_str());
    assert_eq!(name, Some("Things 1.0.0"));
    let suites: Vec<&str> = report
        .test_suites
        .iter()
        .map(|suite| suite.name.as_str())
        .collect();
    assert_eq!(
        suites,
        ["listThings", "createThing", "getThing", "deleteThing"]
    );
    assert_eq!(report.failures, 1);
    let tests = &report.test_suites[1].test_cases;
    let failed = tests
        .iter()
        .find(|test| test.name.as_str() == "negative_data_rejection")
        .unwrap();
    let quick_junit::TestCaseStatus::NonSuccess {
        description: Some(text),
        ..
    } = &failed.status
    else {
        panic!("{failed:?}");
    };
    assert!(text.as_str().contains("curl -i"), "{text:?}");
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once_and_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::start(None).await;
    let url = &server.base_url;
    let faulty = DOCUMENT
        .replace("\"integer\"", "\"int\"")
        .replace("\"in\": \"path\", ", "");
    std::fs::write(folder.path().join("faulty.json"), faulty).unwrap();
    let annotated = DOCUMENT.replacen(
        "\"get\": {",
        "\"get\": { \"x-contract\": { \"item\": \"/a\" },",
        1,
    );
    std::fs::write(folder.path().join("annotated.json"), annotated).unwrap();
    std::fs::write(folder.path().join("bad.toml"), "cases = 1\nsed = 2\n").unwrap();
    std::fs::write(folder.path().join("bad.regressions"), "{}").unwrap();
    let check = |arguments: &[&str], words: &[&str]| {
        let arguments = [&["test"], arguments].concat();
        let told = Told::new(contract(folder.path(), &arguments).output().unwrap());
        told.says(2, words);
        assert_eq!(told.out, "");
    };
    check(
        &[],
        &[
            "the document is missing",
            "the URL of the server is missing",
        ],
    );
    check(&["none.json", url], &["contract: none.json: No such file"]);
    check(
        &["faulty.json", url],
        &[
            "contract: faulty.json: line 10, #/paths/~1things/get/parameters/0/schema/type: ",
            "contract: faulty.json: line 56, #/paths/~1things~1{id}/parameters/0: `in` is missing",
        ],
    );
    check(
        &["annotated.json", url],
        &["/get/x-contract/item: it is not known here"],
    );
    check(
        &[url, url],
        &["a document is read from a file; fetch it first"],
    );
    check(
        &["things.json", "127.0.0.1:80"],
        &["`127.0.0.1:80` cannot be tested: "],
    );
    check(
        &["things.json", "http://127.0.0.1:1"],
        &[
            "no server answers at 127.0.0.1:1 (",
            "): start it, or mend the base URL",
        ],
    );
    check(
        &[
            "things.json",
            url,
            "--operation",
            "getThink",
            "--check",
            "fast",
            "--phase",
            "last",
            "--credential",
            "auth=x",
            "--credential",
            "keyAuth=$NOT_SET",
            "--report",
            "json=none/report.json",
            "--header",
            "a b: c",
            "--value",
            "id=4",
            "--rate",
            "0",
            "--start-log",
            "x",
            "--regressions",
            "bad.regressions",
        ],
        &[
            "--credential keyAuth: $NOT_SET: environment variable not found",
            "no report can be written to none/report.json: No such file",
            "--header a b: no header can have that name",
            "--value id=4: write OPERATION.PARAMETER=VALUE",
            "--rate 0: a number above 0 is wanted",
            "--start-log says nothing without --start",
            "`bad.regressions` holds no regressions",
        ],
    );
    check(
        &[
            "things.json",
            url,
            "--operation",
            "getThink",
            "--check",
            "fast",
            "--phase",
            "last",
            "--credential",
            "auth=x",
            "--value",
            "getThing.ident=4",
            "--report",
            "json=-",
            "--report",
            "junit=-",
        ],
        &[
            "the document has no operation `getThink`: known are `listThings`, `createThing`, `getThing`, `deleteThing`",
            "there is no check `fast`: known are `not_a_server_error`",
            "there is no phase `last`: known are `examples`",
            "the document has no security scheme `auth`: known are `bearerAuth`, `keyAuth`",
            "`getThing` has no parameter `ident`: known are `id`",
            "standard output can be one report's only",
        ],
    );
    check(
        &["things.json", url, "--credential", "keyAuth=@exit 3"],
        &["there are no credentials for `keyAuth`: `exit 3` ended with exit status: 3"],
    );
    check(
        &["things.json", url, "--credential", "keyAuth=$EMPTY"],
        &["--credential keyAuth: $EMPTY is empty"],
    );
    check(
        &["things.json", url, "--regressions", "none/file"],
        &["--regressions none/file: No such file"],
    );
    check(
        &["--config", "bad.toml"],
        &["contract: bad.toml: ", "line 2", "unknown field `sed`"],
    );
    check(
        &["things.json", url, "--shard", "3/2"],
        &["`3/2` is no shard"],
    );
    check(
        &["things.json", url, "--timeout", "soon"],
        &["no unit of time"],
    );
    check(
        &["things.json", url, "--report", "xml=a"],
        &["write FORMAT=PATH, where FORMAT is json, junit, html, har or sarif; or github"],
    );
    check(
        &["things.json", url, "--baseline", "none.toml"],
        &["the baseline none.toml: No such file"],
    );
    check(
        &["things.json", url, "--baseline", "bad.toml"],
        &["the baseline bad.toml: ", "line 1", "unknown field `cases`"],
    );
    assert_eq!(server.requests.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn every_report_can_be_written_by_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::start(Some(Fault::LongNames)).await;
    let url = server.base_url.clone();
    let reports = ["html=a.html", "har=a.har", "sarif=a.sarif", "github"];
    let options = reports.map(|report| ["--report", report]).concat();
    let given = ["test", "things.json", &url, "--cases", "30"];
    let mut command = contract(
        folder.path(),
        &[&given, &CREDENTIALS[..], &options].concat(),
    );
    std::fs::write(folder.path().join("summary.md"), "What was there.\n").unwrap();
    command.env("GITHUB_STEP_SUMMARY", "summary.md");
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let told = Told::new(output.await.unwrap());
    told.says(
        1,
        &["\n::error file=things.json,line=103,title=negative_data_rejection in createThing::"],
    );
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let summary = read("summary.md");
    assert!(summary.starts_with("What was there.\n## "), "{summary}");
    assert!(read("a.html").starts_with("<!doctype html>"));
    let value = |name: &str| serde_json::from_str::<Value>(&read(name)).unwrap();
    let place = &value("a.sarif")["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "things.json");
    assert_eq!(place["region"]["startLine"], 103);
    let har = value("a.har");
    let sent = har["log"]["entries"][0]["request"]["url"].as_str().unwrap();
    assert_eq!(sent, format!("{url}/things"));
}

#[tokio::test]
async fn what_fails_can_be_accepted_for_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::start(Some(Fault::LongNames)).await;
    let url = &server.base_url;
    let baseline = ["--baseline", "accepted.toml", "--seed", "3"];
    let update = ["--update-baseline", "Enforced from release 3 on."];
    let told = test(folder.path(), url, &[&baseline[..], &update].concat()).await;
    told.says(0, &["accepted.toml: 1 more failure is accepted until"]);
    let told = test(folder.path(), url, &baseline).await;
    let accepted = "negative_data_rejection in createThing is accepted until";
    told.says(
        0,
        &[
            accepted,
            ": Enforced from release 3 on.",
            "The server keeps its document",
        ],
    );
    // Another fault is another failure.
    let server = server::start(Some(Fault::ShortNames)).await;
    let told = test(folder.path(), &server.base_url, &baseline).await;
    told.says(
        1,
        &[
            "positive_data_acceptance",
            "does not fail any more: take it out",
        ],
    );
    let path = folder.path().join("accepted.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let day = text.lines().find(|line| line.starts_with("until")).unwrap();
    std::fs::write(&path, text.replace(day, "until = 2020-01-01")).unwrap();
    let server = server::start(Some(Fault::LongNames)).await;
    let told = test(folder.path(), &server.base_url, &baseline).await;
    told.says(
        1,
        &[
            "was accepted until 2020-01-01",
            "that day is over, and it still fails",
        ],
    );
}

#[tokio::test]
async fn a_file_can_say_all_that_the_command_line_can() {
    let folder = tempfile::tempdir().unwrap();
    let server = server::start(None).await;
    let text = format!(
        "document = 'things.json'\nurl = '{}'\nseed = 1\ncases = 5\noperation = ['createThing', 'getThing']\n\
         report = ['json=report.json']\n[credential]\nbearerAuth = '$BEARER_AUTH'\nkeyAuth = '{KEY}'\n\
         [operations.getThing]\nskip = ['unsupported_method']\n",
        server.base_url
    );
    std::fs::write(folder.path().join("contract.toml"), text).unwrap();
    let mut command = contract(
        folder.path(),
        &["test", "--config", "contract.toml", "--seed", "2"],
    );
    let told = tokio::task::spawn_blocking(move || Told::new(command.output().unwrap()));
    told.await.unwrap().says(0, &["; seed 2, run id "]);
    let report = json(folder.path());
    let tested = report["operations"].as_array().unwrap().iter();
    let tested = tested.filter(|o| !o["cases"].as_object().unwrap().is_empty());
    let tested: Vec<&Value> = tested.map(|o| &o["operation"]).collect();
    assert_eq!(tested, ["createThing", "getThing"]);
}

#[tokio::test]
async fn a_server_is_started_for_the_run_and_stopped_after_it() {
    let folder = tempfile::tempdir().unwrap();
    // Bound, and not listening yet: nobody answers.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    // The process that is started and stopped only says so; who answers is beside us.
    let command = "trap 'echo stopped > stopped; exit' TERM; echo started > started; echo hello; while :; do sleep 0.05; done";
    let options = ["--start", command, "--start-log", "server.log"];
    let told = test(folder.path(), &url, &options);
    let server = async {
        while !folder.path().join("started").exists() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server::serve(socket.listen(64).unwrap(), None)
    };
    let (told, _server) = tokio::join!(told, server);
    told.says(0, &["The server keeps its document"]);
    assert!(folder.path().join("stopped").exists());
    let log = std::fs::read_to_string(folder.path().join("server.log")).unwrap();
    assert!(log.starts_with("hello\n"), "{log}");
}

#[tokio::test]
async fn a_server_that_does_not_start_is_told_with_its_last_words() {
    let folder = tempfile::tempdir().unwrap();
    let free = "http://127.0.0.1:1";
    let told = test(
        folder.path(),
        free,
        &["--start", "echo no disk >&2; exit 4"],
    )
    .await;
    told.says(
        2,
        &["ended by itself (exit code 4); it printed last:", "no disk"],
    );
    let told = test(
        folder.path(),
        free,
        &["--start", "sleep 60", "--start-timeout", "50ms"],
    )
    .await;
    told.says(
        2,
        &[
            "does not answer at http://127.0.0.1:1 after 0.05 s",
            "it printed nothing",
        ],
    );
    let server = server::start(None).await;
    let told = test(
        folder.path(),
        &server.base_url,
        &["--start", "echo started > started"],
    )
    .await;
    told.says(
        2,
        &[
            "answers at http://127.0.0.1:",
            " already: stop it, or leave out --start",
        ],
    );
    assert!(!folder.path().join("started").exists());
}

#[tokio::test]
async fn ctrl_c_ends_the_run_with_the_report_so_far() {
    for (fault, code) in [(None, 2), (Some(Fault::LongNames), 1)] {
        let folder = tempfile::tempdir().unwrap();
        let server = server::start(fault).await;
        let arguments = [
            &[
                "test",
                "things.json",
                &server.base_url,
                "--cases",
                "100000",
                "--operation",
                "createThing",
                "--phase",
                "negative",
            ],
            &CREDENTIALS[..],
            &["--report", "json=report.json"],
        ];
        let child = contract(folder.path(), &arguments.concat())
            .spawn()
            .unwrap();
        while server.requests.lock().unwrap().len() < 500 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        kill_process(Pid::from_child(&child), Signal::INT).unwrap();
        let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap());
        let told = Told::new(output.await.unwrap());
        told.says(code, &["The run ended early: it was interrupted after "]);
        assert_eq!(json(folder.path())["ending"], "interrupted");
    }
}
