//! The temporary programs: all servers in one, all clients in the other.

// These are parts of the one with the servers. They are compiled here too, so that whoever changes what they stand on sees
// it at once.
#[expect(dead_code, reason = "the temporary program calls it")]
mod serve;
#[expect(dead_code, reason = "the temporary program calls it")]
mod stub;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use serde_json::Value;
use tempfile::TempDir;

use crate::row::{Row, Side};

/// The folder of both programs.
pub struct Program {
    folder: TempDir,
    /// The product's own folder.
    workspace: PathBuf,
}

/// What each program is called, what it depends on beside others of the workspace, and which of these.
const PACKAGES: [(&str, &[&str], &[&str]); 2] = [
    ("servers", &["tokio"], &["server/runtime"]),
    (
        "clients",
        &["http", "progenitor-client", "reqwest"],
        &["spec/check"],
    ),
];

/// Writes both programs.
///
/// # Errors
/// They cannot be written.
pub fn write(rows: &[Row]) -> Result<Program, Box<dyn Error>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()?;
    let program = Program {
        folder: tempfile::tempdir()?,
        workspace,
    };
    let root = program.folder.path();
    let manifest = fs::read_to_string(program.workspace.join("Cargo.toml"))?;
    fs::write(
        root.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"servers\", \"clients\"]\n\n[profile.dev]\ndebug = false\n",
    )?;
    fs::copy(
        program.workspace.join("Cargo.lock"),
        root.join("Cargo.lock"),
    )?;
    for (package, others, own) in PACKAGES {
        let folder = root.join(package);
        fs::create_dir_all(folder.join("src"))?;
        let mut text = format!(
            "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n"
        );
        for name in others {
            let line = manifest
                .lines()
                .find(|line| line.starts_with(&format!("{name} = ")));
            writeln!(
                text,
                "{}",
                line.ok_or_else(|| format!("the workspace has no {name}"))?
            )?;
        }
        for path in own {
            let path = program.workspace.join(path);
            let own = fs::read_to_string(path.join("Cargo.toml"))?;
            let name = own.lines().find_map(|line| line.strip_prefix("name = "));
            let name = name.ok_or("a package without a name")?.trim_matches('"');
            writeln!(text, "{name} = {{ path = {path:?} }}")?;
        }
        fs::write(folder.join("Cargo.toml"), text)?;
        for (number, row) in rows.iter().enumerate() {
            if let Side::Code { text, .. } = side(row, package) {
                fs::write(folder.join(format!("src/document_{number}.rs")), text)?;
            }
        }
    }
    for (name, text) in [
        ("serve.rs", include_str!("program/serve.rs")),
        ("stub.rs", include_str!("program/stub.rs")),
    ] {
        fs::write(root.join("servers/src").join(name), text)?;
    }
    Ok(program)
}

fn side<'r>(row: &'r Row, package: &str) -> &'r Side {
    if package == "servers" {
        &row.server
    } else {
        &row.client
    }
}

impl Program {
    /// Compiles both programs, and notes what the compiler says about each module.
    ///
    /// One module that does not compile can hide what is wrong with others, so it is taken out and the rest is compiled
    /// again.
    ///
    /// # Errors
    /// What went wrong has nothing to do with the modules.
    pub fn compile(&self, rows: &mut [Row]) -> Result<(), Box<dyn Error>> {
        loop {
            self.list(rows)?;
            let output = self
                .cargo(&[
                    "clippy",
                    "--workspace",
                    "--keep-going",
                    "--message-format=json",
                ])
                .output()?;
            let messages = messages(&output.stdout)?;
            let mut is_new = false;
            for (package, _, _) in PACKAGES {
                for (number, row) in rows.iter_mut().enumerate() {
                    let side = if package == "servers" {
                        &mut row.server
                    } else {
                        &mut row.client
                    };
                    let Side::Code { complaints, .. } = side else {
                        continue;
                    };
                    let found = messages.get(&(package.to_owned(), format!("document_{number}")));
                    let found = found.cloned().unwrap_or_default();
                    // Warnings are told again each time.
                    if complaints.iter().any(|c| c.starts_with("error")) {
                        continue;
                    }
                    is_new |= found.iter().any(|c| c.starts_with("error"));
                    *complaints = found;
                }
            }
            if output.status.success() {
                return Ok(());
            }
            if !is_new {
                let told = messages
                    .into_values()
                    .flatten()
                    .collect::<Vec<_>>()
                    .concat();
                return Err(format!(
                    "cargo clippy failed: {told}{}",
                    String::from_utf8_lossy(&output.stderr)
                )
                .into());
            }
        }
    }

    /// Builds the servers that compile, and gives the program that serves them.
    ///
    /// # Errors
    /// They cannot be built.
    pub fn build(&self, rows: &[Row]) -> Result<PathBuf, Box<dyn Error>> {
        self.list(rows)?;
        let output = self.cargo(&["build", "--package", "servers"]).output()?;
        if output.status.success() {
            Ok(self.target().join("debug/servers"))
        } else {
            Err(format!(
                "cargo build failed: {}",
                String::from_utf8_lossy(&output.stderr)
            )
            .into())
        }
    }

    /// Writes the list of modules: those that compile, as far as is known.
    fn list(&self, rows: &[Row]) -> std::io::Result<()> {
        for (package, _, _) in PACKAGES {
            let numbers = || {
                let rows = rows.iter().enumerate();
                rows.filter(|(_, row)| side(row, package).compiled())
                    .map(|(number, _)| number)
            };
            let modules: String = numbers()
                .map(|n| format!("pub mod document_{n};\n"))
                .collect();
            let source = self.folder.path().join(package).join("src");
            if package == "servers" {
                let own = "pub mod serve;\npub mod stub;\n";
                fs::write(source.join("lib.rs"), format!("{own}{modules}"))?;
                let arms: String = numbers()
                    .map(|n| {
                        format!("        {n} => run(&command, servers::document_{n}::stub()),\n")
                    })
                    .collect();
                let main = format!(
                    "use servers::serve::{{Failed, arguments, run}};\n\nfn main() -> Result<(), Failed> {{\n    let (command, number) = arguments()?;\n    match number {{\n{arms}        _ => Err(\"there is no such document\".into()),\n    }}\n}}\n"
                );
                fs::write(source.join("main.rs"), main)?;
            } else {
                fs::write(source.join("lib.rs"), modules)?;
            }
        }
        Ok(())
    }

    fn target(&self) -> PathBuf {
        self.workspace.join("target/documents")
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args(arguments)
            .arg("--target-dir")
            .arg(self.target())
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }
}

/// What the compiler says, by package and module.
fn messages(output: &[u8]) -> Result<BTreeMap<(String, String), Vec<String>>, serde_json::Error> {
    let mut messages: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(output).lines() {
        let message: Value = serde_json::from_str(line)?;
        let spans = message["message"]["spans"].as_array();
        let primary = spans
            .into_iter()
            .flatten()
            .find(|span| span["is_primary"] == true);
        let file = primary.and_then(|span| span["file_name"].as_str());
        let rendered = message["message"]["rendered"].as_str();
        if let (Some(file), Some(rendered)) = (file, rendered) {
            let module = Path::new(file).file_stem().unwrap_or_default();
            let package = message["target"]["name"].as_str().unwrap_or_default();
            let key = (package.to_owned(), module.to_string_lossy().into_owned());
            messages.entry(key).or_default().push(rendered.to_owned());
        }
    }
    Ok(messages)
}
