//! `contract sample`, as a user runs it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Shop, version: '1' }
paths: {}
components:
  schemas:
    Thing:
      type: object
      required: [id, name]
      additionalProperties: false
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string, maxLength: 5 }
        part: { $ref: 'parts/part.yaml' }
    Nothing: { type: integer, minimum: 2, maximum: 1 }
    Anything: {}
    Far: { $ref: 'https://example.org/far.yaml' }
";

const PART: &str = "{ enum: [bolt, nut] }";

fn contract(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_contract"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let near = DOCUMENT.replace("    Far: { $ref: 'https://example.org/far.yaml' }\n", "");
    std::fs::write(folder.path().join("shop.yaml"), near).unwrap();
    std::fs::write(folder.path().join("far.yaml"), DOCUMENT).unwrap();
    std::fs::create_dir(folder.path().join("parts")).unwrap();
    std::fs::write(folder.path().join("parts/part.yaml"), PART).unwrap();
    std::fs::create_dir(folder.path().join("remote")).unwrap();
    std::fs::write(
        folder.path().join("remote/far.yaml"),
        "{ const: far, enum: [far] }",
    )
    .unwrap();
    folder
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn each_line_is_a_value_of_the_schema() {
    let folder = folder();
    let arguments = [
        "sample",
        "shop.yaml",
        "--schema",
        "Thing",
        "--count",
        "200",
        "--seed",
        "3",
    ];
    let output = contract(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0));
    let values = lines(&output);
    assert_eq!(values.len(), 200);
    for value in &values {
        let members = value.as_object().unwrap();
        assert!(
            members["name"].as_str().unwrap().chars().count() <= 5,
            "{value}"
        );
        // What is `readOnly` is no part of a request.
        assert!(!members.contains_key("id"), "{value}");
        if let Some(part) = members.get("part") {
            assert!(part == "bolt" || part == "nut", "{value}");
        }
    }
    assert!(values.iter().any(|value| value["part"] == "nut"));

    let again = contract(folder.path(), &arguments);
    assert_eq!(output.stdout, again.stdout);
    let short = contract(
        folder.path(),
        &[&arguments[..4], &["--count", "50", "--seed", "3"]].concat(),
    );
    assert_eq!(lines(&short), values[..50]);
    let other = contract(folder.path(), &[&arguments[..6], &["--seed", "4"]].concat());
    assert_ne!(output.stdout, other.stdout);
    let answers = contract(
        folder.path(),
        &[&arguments[..], &["--direction", "response"]].concat(),
    );
    assert!(lines(&answers).iter().all(|value| value["id"].is_i64()));
}

#[test]
fn each_violation_names_the_rule_that_it_breaks() {
    let folder = folder();
    let output = contract(
        folder.path(),
        &[
            "sample",
            "shop.yaml",
            "--schema",
            "Thing",
            "--violate",
            "--count",
            "100",
        ],
    );
    let found = lines(&output);
    assert_eq!(found.len(), 100);
    let long = found
        .iter()
        .find(|each| each["keyword"] == "maxLength")
        .unwrap();
    assert_eq!(long["pointer"], "/name");
    assert_eq!(long["value"]["name"].as_str().unwrap().chars().count(), 6);
    for keyword in ["required", "additionalProperties", "type"] {
        assert!(
            found.iter().any(|each| each["keyword"] == keyword),
            "{keyword}"
        );
    }
}

#[test]
fn what_cannot_be_sampled_is_told() {
    let folder = folder();
    for (arguments, code, said) in [
        (
            &["shop.yaml", "--schema", "Nothing"][..],
            0,
            "unsatisfiable: #/components/schemas/Nothing",
        ),
        (
            &["shop.yaml", "--schema", "Anything", "--violate"],
            0,
            "unsatisfiable: no value breaks",
        ),
        (
            &["shop.yaml", "--schema", "Thin"],
            2,
            "shop.yaml: no schema under #/components/schemas is named `Thin`: it has Thing, Nothing, Anything",
        ),
        (
            &["none.yaml", "--schema", "Thing"],
            2,
            "none.yaml: No such file",
        ),
        (
            &["parts/part.yaml", "--schema", "Thing"],
            2,
            "parts/part.yaml: line 1, #: this is no OpenAPI document",
        ),
        (
            &["far.yaml", "--schema", "Thing"],
            2,
            "far.yaml: line 17, #/components/schemas/Far/$ref: `https://example.org/far.yaml` is another file: nothing is fetched: give the folder that has it with --remote PREFIX=FOLDER",
        ),
        (&["shop.yaml"], 2, "--schema"),
        (
            &["shop.yaml", "--schema", "Thing", "--remote", "x"],
            2,
            "give a prefix and a folder",
        ),
    ] {
        let output = contract(folder.path(), &[&["sample"], arguments].concat());
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
        assert!(errors.contains(said), "{arguments:?}: {errors}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_url_is_read_from_the_folder_that_stands_for_it() {
    let folder = folder();
    let output = contract(
        folder.path(),
        &[
            "sample",
            "far.yaml",
            "--schema",
            "Far",
            "--count",
            "2",
            "--remote",
            "https://example.org/=remote",
        ],
    );
    assert_eq!(
        lines(&output),
        ["far", "far"],
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_file_is_a_json_schema_of_the_draft_that_it_names_or_that_is_named() {
    let folder = folder();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "first.json",
        r#"{ "prefixItems": [{ "const": 1 }], "minItems": 1, "type": "array", "items": false }"#,
    );
    write(
        "seven.json",
        r#"{ "$schema": "http://json-schema.org/draft-07/schema#", "prefixItems": 3, "const": 4 }"#,
    );
    write(
        "seven-too.json",
        r#"{ "const": { "$ref": "x" }, "items": [true] }"#,
    );
    write("near.json", r#"{ "$ref": "parts/part.yaml" }"#);
    write("faulty.json", r#"{ "type": "text", "minimum": "1" }"#);
    write("nothing.json", "false");
    for (arguments, code, expected) in [
        (&["first.json"][..], 0, "[1]\n[1]\n"),
        (&["seven.json"], 0, "4\n4\n"),
        (
            &["seven-too.json", "--draft", "7"],
            0,
            "{\"$ref\":\"x\"}\n{\"$ref\":\"x\"}\n",
        ),
        (&["near.json"], 0, "\"bolt\"\n\"nut\"\n"),
        (&["nothing.json"], 0, "unsatisfiable: #: no value is valid"),
        (
            &["faulty.json"],
            2,
            "contract: faulty.json: line 1, #/type: ",
        ),
        (
            &["faulty.json"],
            2,
            "contract: faulty.json: line 1, #/minimum: ",
        ),
        (&["none.json"], 2, "contract: none.json: No such file"),
    ] {
        let output = contract(
            folder.path(),
            &[&["sample", "--count", "2", "--schema"], arguments].concat(),
        );
        let told = [output.stdout, output.stderr].concat();
        let told = String::from_utf8_lossy(&told);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert!(told.contains(expected), "{arguments:?}: {told}");
    }
}

#[test]
fn whoever_reads_may_stop() {
    let folder = folder();
    let mut child = Command::new(env!("CARGO_BIN_EXE_contract"))
        .current_dir(folder.path())
        .args([
            "sample",
            "shop.yaml",
            "--schema",
            "Thing",
            "--count",
            "1000000000",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(line.starts_with('{'));
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}
