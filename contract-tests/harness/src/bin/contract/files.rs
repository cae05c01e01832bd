//! Documents and schemas from files, and the files that they refer to.
//!
//! A relative reference is a file beside the one that was given. Nothing is fetched: what stands at a URL is read from
//! the folder that `--remote` names for it.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use contract_harness::Contract;
use openapi_model::{Api, Diagnostic, Dialect, SchemaId, Schemas};
use percent_encoding::percent_decode_str;

/// Where the files are whose URLs start with a prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    prefix: String,
    folder: PathBuf,
}

impl FromStr for Remote {
    type Err = String;

    fn from_str(text: &str) -> Result<Remote, String> {
        match text.split_once('=') {
            Some((prefix, folder)) if !prefix.is_empty() && !folder.is_empty() => Ok(Remote {
                prefix: prefix.to_owned(),
                folder: PathBuf::from(folder),
            }),
            _ => Err(
                "give a prefix and a folder, such as https://example.org/schemas/=schemas"
                    .to_owned(),
            ),
        }
    }
}

/// Reads a document with the files that it refers to. `-` is standard input.
///
/// # Errors
/// The file cannot be read, or the document has faults: each with its place.
pub fn document(path: &Path, remotes: &[Remote]) -> Result<Api, Vec<String>> {
    let text = text(path)?;
    openapi_model::parse_with(&text, &mut |uri| referred(path, remotes, uri))
        .map_err(|faults| faulty(path, &faults.0))
}

/// Reads a document, and compiles its contract. `-` is standard input.
///
/// # Errors
/// As for [`document`]; or there is nothing in it to test.
pub fn contract(path: &Path, remotes: &[Remote]) -> Result<Contract, Vec<String>> {
    let is_url = path
        .to_str()
        .is_some_and(|text| text.starts_with("http://") || text.starts_with("https://"));
    if is_url {
        let path = path.display();
        return Err(vec![format!(
            "{path}: a document is read from a file; fetch it first, as in `curl -s {path} | contract test - URL`"
        )]);
    }
    let api = document(path, remotes)?;
    let contract = Contract::new(api).map_err(|error| vec![format!("{}: {error}", name(path))])?;
    // An annotation that says nothing would leave a law out, and nobody would miss it.
    match contract.diagnostics() {
        [] => Ok(contract),
        wrong => Err(faulty(path, wrong)),
    }
}

/// Reads a JSON Schema with the files that it refers to. `-` is standard input.
///
/// # Errors
/// The file cannot be read, or the schema has faults: each with its place.
pub fn json_schema(
    path: &Path,
    otherwise: Dialect,
    remotes: &[Remote],
) -> Result<(Schemas, SchemaId), Vec<String>> {
    let text = text(path)?;
    openapi_model::parse_json_schema(&text, otherwise, &mut |uri| referred(path, remotes, uri))
        .map_err(|faults| faulty(path, &faults.0))
}

/// The text of the file that was given.
///
/// # Errors
/// The file cannot be read.
pub fn text(path: &Path) -> Result<String, Vec<String>> {
    let read = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    read.map_err(|error| vec![format!("{}: {error}", name(path))])
}

/// The text of a file that the given one refers to.
///
/// # Errors
/// Why there is none.
pub fn referred(given: &Path, remotes: &[Remote], uri: &str) -> Result<String, String> {
    let remote = remotes
        .iter()
        .filter(|remote| uri.starts_with(&remote.prefix))
        .max_by_key(|remote| remote.prefix.len());
    let (folder, rest) = match remote {
        Some(remote) => (
            remote.folder.as_path(),
            uri[remote.prefix.len()..].trim_start_matches('/'),
        ),
        None if uri.contains("://") || uri.starts_with("urn:") => {
            return Err(
                "nothing is fetched: give the folder that has it with --remote PREFIX=FOLDER"
                    .to_owned(),
            );
        }
        None => (given.parent().unwrap_or(Path::new("")), uri),
    };
    let rest = percent_decode_str(rest)
        .decode_utf8()
        .map_err(|_| "its name is not UTF-8".to_owned())?;
    let path = folder.join(&*rest);
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Every fault, with the name of the file that was given.
pub fn faulty(path: &Path, faults: &[Diagnostic]) -> Vec<String> {
    let name = name(path);
    let line = |fault| format!("{name}: {fault}");
    faults.iter().map(line).collect()
}

/// The file's name for a message.
pub fn name(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_remote_is_a_prefix_and_a_folder() {
        let good = "http://localhost:1234/=remotes/a=b".parse::<Remote>();
        let expected = Remote {
            prefix: "http://localhost:1234/".to_owned(),
            folder: PathBuf::from("remotes/a=b"),
        };
        assert_eq!(good, Ok(expected));
        for bad in ["", "=", "http://localhost", "http://localhost=", "=folder"] {
            assert!(bad.parse::<Remote>().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_no_folder_is_known_for_is_not_fetched() {
        let remotes = ["https://example.org/=there".parse().unwrap()];
        for (uri, expected) in [
            ("https://example.org/a.json", "there/a.json: "),
            ("https://example.org/a%20b.json", "there/a b.json: "),
            ("https://example.com/a.json", "nothing is fetched"),
            ("parts/thing.yaml", "folder/parts/thing.yaml: "),
            ("../thing.yaml", "folder/../thing.yaml: "),
        ] {
            let why = referred(Path::new("folder/openapi.yaml"), &remotes, uri).unwrap_err();
            assert!(why.starts_with(expected), "{uri}: {why}");
        }
    }
}
