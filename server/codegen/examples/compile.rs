//! Generates the server of every document in a folder, compiles all of them, and shows what came of it.
//!
//! usage: cargo run -p dropshot-codegen --example compile -- FOLDER
//!
//! All servers are modules of one temporary crate, each with a service whose methods are empty, so that the whole of what
//! they stand on is compiled once. `cargo clippy` compiles it, with what it warns about by default.
//!
//! exit code: 0 all that was generated compiles without warnings, 1 not so, 2 it could not be found out

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs};

use quote::quote;
use serde_json::Value;

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
    for (number, path) in documents(folder)?.iter().enumerate() {
        let text = fs::read_to_string(path)?;
        let module = format!("document_{number}");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        rows.push(match dropshot_codegen::generate(&text) {
            Err(faults) => Row {
                name: name.into_owned(),
                operations: openapi_model::parse(&text).map_or(0, |api| api.operations.len()),
                generated: 0,
                reasons: faults.0.iter().map(ToString::to_string).collect(),
                module: None,
            },
            Ok(server) => {
                let (stub, generated) = stub(&server.code)?;
                fs::write(source.join(format!("{module}.rs")), server.code + &stub)?;
                Row {
                    name: name.into_owned(),
                    operations: openapi_model::parse(&text)?.operations.len(),
                    generated,
                    reasons: server.left_out.iter().map(ToString::to_string).collect(),
                    module: Some(module),
                }
            }
        });
    }
    let modules: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.module.as_deref())
        .collect();
    let declarations: String = modules.iter().map(|m| format!("pub mod {m};\n")).collect();
    fs::write(source.join("lib.rs"), format!("{SERVICE}\n{declarations}"))?;
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

/// What the servers of the crate have in common.
const SERVICE: &str = r#"//! Servers that do nothing.

use dropshot_runtime::{Credential, Denial, Refusal, Rejection, Service};

pub struct Stub;

impl Service for Stub {
    type Caller = ();

    async fn authenticate(&self, _: &[Credential], _: &[&str]) -> Result<(), Denial> {
        Ok(())
    }

    fn refuse(&self, _: &Rejection) -> Refusal {
        unimplemented!()
    }
}
"#;

/// A service with an empty method for each of the trait's; and how many these are.
fn stub(code: &str) -> Result<(String, usize), Box<dyn Error>> {
    let file = syn::parse_file(code)?;
    let item_trait = file.items.iter().find_map(|item| match item {
        syn::Item::Trait(item) => Some(item),
        _ => None,
    });
    let item_trait = item_trait.ok_or("the generated code has no trait")?;
    let mut methods = Vec::new();
    for item in &item_trait.items {
        let syn::TraitItem::Fn(method) = item else {
            continue;
        };
        let name = &method.sig.ident;
        let request = method
            .sig
            .inputs
            .iter()
            .nth(2)
            .and_then(|input| match input {
                syn::FnArg::Typed(typed) => Some(&typed.ty),
                syn::FnArg::Receiver(_) => None,
            });
        let response = name_of_output(&method.sig.output);
        methods.push(quote! {
            async fn #name(&self, _: ::dropshot_runtime::Call<()>, _: #request) -> #response { unimplemented!() }
        });
    }
    let name = &item_trait.ident;
    let tokens = quote! {
        impl #name for crate::Stub { #(#methods)* }
        pub fn operations() -> ::dropshot_runtime::Api<crate::Stub> { api() }
    };
    Ok((prettyplease::unparse(&syn::parse2(tokens)?), methods.len()))
}

/// The type of `impl Future<Output = T> + Send`.
fn name_of_output(output: &syn::ReturnType) -> Option<syn::Type> {
    let syn::ReturnType::Type(_, ty) = output else {
        return None;
    };
    let syn::Type::ImplTrait(future) = &**ty else {
        return None;
    };
    let syn::TypeParamBound::Trait(bound) = future.bounds.first()? else {
        return None;
    };
    let segment = bound.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::AssocType(output) => Some(output.ty.clone()),
        _ => None,
    }
}

/// Errors and warnings, by the file that they are in.
fn compile(crate_folder: &Path) -> Result<BTreeMap<String, Vec<String>>, Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = here.join("../..").canonicalize()?;
    let manifest = format!(
        "[package]\nname = \"compiled-servers\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\ndropshot-runtime = {{ path = {:?} }}\n\n[workspace]\n",
        here.join("../runtime").canonicalize()?
    );
    fs::write(crate_folder.join("Cargo.toml"), manifest)?;
    fs::copy(
        workspace.join("Cargo.lock"),
        crate_folder.join("Cargo.lock"),
    )?;
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["clippy", "--quiet", "--message-format=json", "--target-dir"])
        .arg(workspace.join("target/compiled-servers"))
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
