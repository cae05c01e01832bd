//! The command: what it prints where, and how it exits.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::process::Command;

const GOOD: &str = "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get: { operationId: list, responses: { default: { description: Whatever } } }
";

/// Beside an operation that cannot be called.
const PARTLY: &str = "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get: { operationId: list, responses: { default: { description: Whatever } } }
    put:
      operationId: put
      parameters: [{ name: no name, in: header, required: true, schema: { type: string } }]
      responses: { default: { description: Whatever } }
";

/// Runs the command on a document: its exit code, and whether it printed code and diagnostics.
fn run(document: &str, arguments: &[&str]) -> (Option<i32>, bool, bool) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("document.yaml");
    fs::write(&path, document).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_progenitor-codegen"))
        .args(arguments)
        .arg(&path)
        .output()
        .unwrap();
    let code = String::from_utf8(output.stdout).unwrap();
    (
        output.status.code(),
        code.contains("pub struct Client"),
        !output.stderr.is_empty(),
    )
}

#[test]
fn code_goes_to_standard_output_and_what_is_left_out_to_standard_error() {
    assert_eq!(run(GOOD, &[]), (Some(0), true, false));
    assert_eq!(run(PARTLY, &[]), (Some(0), true, true));
    assert_eq!(run("no document", &[]), (Some(1), false, true));
}

#[test]
fn strict_is_an_error_where_anything_is_left_out() {
    assert_eq!(run(GOOD, &["--strict"]), (Some(0), true, false));
    assert_eq!(run(PARTLY, &["--strict"]), (Some(1), false, true));
}

#[test]
fn what_cannot_be_read_is_2() {
    assert_eq!(run(GOOD, &["--other"]), (Some(2), false, true));
    let command = || Command::new(env!("CARGO_BIN_EXE_progenitor-codegen"));
    let missing = command().arg("no/such/document.yaml").output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
    let none = command().output().unwrap();
    assert_eq!(none.status.code(), Some(2));
    let help = command().arg("--help").output().unwrap();
    assert_eq!(help.status.code(), Some(0));
}
