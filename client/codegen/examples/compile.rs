//! Generates the client of every document in a folder, compiles all of them, and shows what came of it.
//!
//! usage: cargo run -p progenitor-codegen --example compile -- FOLDER
//!
//! All clients are modules of one temporary crate, so that the whole of what they stand on is compiled once. `cargo
//! clippy` compiles it, with what it warns about by default.
//!
//! exit code: 0 all that was generated compiles without warnings, 1 not so, 2 it could not be found out

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs};

use schema_check::serde_json::{self, Value};

fn main() -> ExitCode {
    let Some(folder) = env::args().nth(1) else {
        eprintln!("usage: compile FOLDER");
        return ExitCode::from(2);
    };
    match run(Path::new(&folder)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("compile: {error}");
            ExitCode::from(2)
        }
    }
}

/// What came of one document.
struct Row {
    name: String,
    operations: usize,
    generated: usize,
    reasons: Vec<String>,
    /// The name of its module, where there is code.
    module: Option<String>,
}

fn run(folder: &Path) -> Result<bool, Box<dyn Error>> {
    let crate_folder = tempfile::tempdir()?;
    let source = crate_folder.path().join("src");
    fs::create_dir(&source)?;
    let mut rows = Vec::new();
    let mut modules = String::from("//! Clients that nobody uses.\n");
    for (number, path) in documents(folder)?.iter().enumerate() {
        let text = fs::read_to_string(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut row = Row {
            name: name.into_owned(),
            operations: openapi_model::parse(&text).map_or(0, |api| api.operations.len()),
            generated: 0,
            reasons: Vec::new(),
            module: None,
        };
        match progenitor_codegen::generate(&text) {
            Err(faults) => row.reasons = faults.0.iter().map(ToString::to_string).collect(),
            Ok(client) => {
                let module = format!("document_{number}");
                modules.push_str(&format!("pub mod {module};\n"));
                row.generated = operations(&client.code)?;
                row.reasons = client.left_out.iter().map(ToString::to_string).collect();
                fs::write(source.join(format!("{module}.rs")), client.code)?;
                row.module = Some(module);
            }
        }
        rows.push(row);
    }
    fs::write(source.join("lib.rs"), modules)?;
    let problems = compile(crate_folder.path())?;
    Ok(show(&rows, &problems))
}

fn documents(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    paths.retain(|path| {
        let extension = path.extension().unwrap_or_default();
        ["json", "yaml", "yml"].iter().any(|e| extension == *e)
    });
    paths.sort();
    Ok(paths)
}

/// How many operations a client has: each has a table, in the module `operations`.
fn operations(code: &str) -> Result<usize, syn::Error> {
    let file = syn::parse_file(code)?;
    let tables = file.items.iter().filter_map(|item| match item {
        syn::Item::Mod(item) if item.ident == "operations" => item.content.as_ref(),
        _ => None,
    });
    let items = tables.flat_map(|(_, items)| items);
    Ok(items
        .filter(|item| matches!(item, syn::Item::Static(_)))
        .count())
}

/// Errors and warnings, by the file that they are in.
fn compile(crate_folder: &Path) -> Result<BTreeMap<String, Vec<String>>, Box<dyn Error>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()?;
    fs::write(
        crate_folder.join("Cargo.toml"),
        manifest(&workspace.join("spec/check")),
    )?;
    fs::copy(
        workspace.join("Cargo.lock"),
        crate_folder.join("Cargo.lock"),
    )?;
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["clippy", "--quiet", "--message-format=json", "--target-dir"])
        .arg(workspace.join("target/compiled-clients"))
        .current_dir(crate_folder)
        .stderr(Stdio::inherit())
        .output()?;
    let mut problems: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut is_finished = false;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line)?;
        is_finished |= message["reason"] == "build-finished";
        let file = message["message"]["spans"][0]["file_name"].as_str();
        let rendered = message["message"]["rendered"].as_str();
        if let (Some(file), Some(rendered)) = (file, rendered) {
            let module = Path::new(file).file_stem().unwrap_or_default();
            let of_module = problems.entry(module.to_string_lossy().into_owned());
            of_module.or_default().push(rendered.to_owned());
        }
    }
    if is_finished {
        Ok(problems)
    } else {
        Err("cargo could not compile".into())
    }
}

/// What a program that holds a generated client depends on.
fn manifest(schema_check: &Path) -> String {
    format!(
        r#"[package]
name = "compiled-clients"
version = "0.0.0"
edition = "2024"

[dependencies]
http = "1"
progenitor-client = "0.15"
reqwest = {{ version = "0.13", default-features = false, features = ["json", "query"] }}
schema-check = {{ path = {schema_check:?} }}

[workspace]
"#
    )
}

/// Prints the table, and whether all is well.
fn show(rows: &[Row], problems: &BTreeMap<String, Vec<String>>) -> bool {
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    println!("{:width$}  operations  generated  compiles", "document");
    let mut is_well = true;
    for row in rows {
        let problems = row.module.as_ref().and_then(|module| problems.get(module));
        let compiles = match (&row.module, problems) {
            (None, _) => "-".to_owned(),
            (Some(_), None) => "yes".to_owned(),
            (Some(_), Some(problems)) => {
                is_well = false;
                format!("{} errors and warnings", problems.len())
            }
        };
        println!(
            "{:width$}  {:>10}  {:>9}  {compiles}",
            row.name, row.operations, row.generated
        );
    }
    for row in rows {
        for reason in &row.reasons {
            println!("{}: {reason}", row.name);
        }
    }
    for problem in problems.values().flatten() {
        eprintln!("{problem}");
    }
    is_well
}
