//! Reading keys from files.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{KeyFaults, KeySet, fault};
use crate::rights::readable_by_others;
use crate::token::Audiences;

/// A larger file of keys is refused.
const LARGEST_FILE: u64 = 1 << 20;

/// More files than these in one folder are not keys.
const MOST_FILES: usize = 1000;

/// Where the keys are, and whose tokens they verify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFiles {
    /// Files that have a JWK Set each, and folders of such files. Of a folder, the files whose names end in `.json` are
    /// read, but for hidden ones.
    pub paths: Vec<PathBuf>,
    /// The issuers that are believed (`iss`); with none here, every issuer is.
    pub issuers: Vec<String>,
    /// Whom the tokens are for (`aud`).
    pub audiences: Audiences,
}

/// The keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file or folder cannot be read.
    #[error("the keys in {} cannot be read: {source}; give a JWK Set, or a folder of them, with --keys", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file or folder has faults.
    #[error("the keys in {} cannot be used: {faults}", path.display())]
    Unusable {
        /// The file or folder.
        path: PathBuf,
        /// Every fault that was found.
        faults: KeyFaults,
    },
}

/// Files as they were read, at one moment.
pub(super) struct Texts(Vec<(PathBuf, String)>);

impl KeyFiles {
    /// Reads all keys. This blocks.
    ///
    /// # Errors
    /// A file cannot be read, or a key in it cannot be used, or there is none. It is all of the keys or none of them: a
    /// server that is missing some would refuse what it should not.
    pub fn read(&self) -> Result<KeySet, KeysError> {
        self.keys(&self.texts()?)
    }

    /// The files, not yet looked into.
    pub(super) fn texts(&self) -> Result<Texts, KeysError> {
        let mut texts = Vec::new();
        for path in &self.paths {
            let files = if path.is_dir() {
                files_of(path)?
            } else {
                vec![path.clone()]
            };
            for file in files {
                let text = text(&file)?;
                texts.push((file, text));
            }
        }
        Ok(Texts(texts))
    }

    pub(super) fn keys(&self, texts: &Texts) -> Result<KeySet, KeysError> {
        let mut all: Option<KeySet> = None;
        for (path, text) in &texts.0 {
            let unusable = |faults| KeysError::Unusable {
                path: path.clone(),
                faults,
            };
            let keys = KeySet::parse(text).map_err(unusable)?;
            match &mut all {
                None => all = Some(keys),
                Some(all) => all.extend(keys).map_err(unusable)?,
            }
        }
        let settled = |keys: KeySet| {
            keys.of_issuers(self.issuers.clone())
                .for_audiences(self.audiences.clone())
        };
        all.map(settled).ok_or_else(|| KeysError::Unusable {
            path: self.paths.first().cloned().unwrap_or_default(),
            faults: fault("", "there is no file whose name ends in .json"),
        })
    }
}

impl Texts {
    /// The files that have a secret in them, and that others can read: who can read a secret can sign with it.
    pub(super) fn open_secrets(&self) -> impl Iterator<Item = &Path> {
        let has_secret = |text: &str| {
            let set: Value = serde_json::from_str(text).unwrap_or_default();
            let keys = set.get("keys").and_then(Value::as_array);
            keys.is_some_and(|keys| keys.iter().any(|key| key["kty"] == "oct"))
        };
        let files = self.0.iter();
        let open = files.filter(move |(path, text)| has_secret(text) && readable_by_others(path));
        open.map(|(path, _)| path.as_path())
    }

    /// Tells texts apart without keeping them: keys may be secrets.
    pub(super) fn fingerprint(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        for (path, text) in &self.0 {
            for part in [path.as_os_str().as_encoded_bytes(), text.as_bytes()] {
                digest.update((part.len() as u64).to_be_bytes());
                digest.update(part);
            }
        }
        digest.finalize().into()
    }
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>, KeysError> {
    let unreadable = |source| KeysError::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        if name.ends_with(b".json") && !name.starts_with(b".") {
            files.push(path);
        }
        if files.len() > MOST_FILES {
            return Err(KeysError::Unusable {
                path: folder.to_owned(),
                faults: fault("", format!("there are more than {MOST_FILES} files")),
            });
        }
    }
    files.sort();
    Ok(files)
}

fn text(path: &Path) -> Result<String, KeysError> {
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST_FILE + 1).read_to_string(&mut text))
        .map_err(|source| KeysError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
    if text.len() as u64 > LARGEST_FILE {
        return Err(KeysError::Unusable {
            path: path.to_owned(),
            faults: fault("", format!("the file has more than {LARGEST_FILE} bytes")),
        });
    }
    Ok(text)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::token::{Issuer, Scheme};

    fn files(paths: Vec<PathBuf>) -> KeyFiles {
        KeyFiles {
            paths,
            issuers: Vec::new(),
            audiences: Audiences::default(),
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let check = |expected: &str| {
            let message = files(vec![path.clone()]).read().err().unwrap().to_string();
            assert!(message.contains(expected), "{message}");
        };
        check("keys.json cannot be read");
        fs::write(&path, "x".repeat(LARGEST_FILE as usize + 1)).unwrap();
        check("the file has more than 1048576 bytes");
        fs::write(&path, "{}").unwrap();
        check("keys.json cannot be used: this is not a JWK Set");
        fs::write(&path, b"\xff").unwrap();
        check("keys.json cannot be read");
    }

    #[test]
    fn keys_come_from_several_files_and_from_folders_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let sets = folder.path().join("sets");
        fs::create_dir(&sets).unwrap();
        let check = |paths: &[&Path], expected: Result<&[&str], &str>| {
            let paths = paths.iter().map(|path| path.to_path_buf()).collect();
            let read = files(paths).read().map_err(|error| error.to_string());
            match (read, expected) {
                (Ok(keys), Ok(issuers)) => {
                    for name in ["a", "b", "c"] {
                        let token = Issuer::new(name, [7; 32])
                            .issue(Scheme::Bearer, "ada", &[], Duration::from_secs(60))
                            .unwrap();
                        let is_good = keys.verify(Scheme::Bearer, &token).is_ok();
                        assert_eq!(is_good, issuers.contains(&name), "{name}");
                    }
                }
                (Err(message), Err(expected)) => {
                    assert!(message.contains(expected), "{message}");
                }
                (read, _) => panic!("{:?}", read.err()),
            }
        };
        check(
            &[&sets],
            Err("sets cannot be used: there is no file whose name ends in .json"),
        );
        for (name, issuer) in [("one.json", "a"), ("two.json", "b"), (".hidden.json", "c")] {
            fs::write(sets.join(name), Issuer::new(issuer, [7; 32]).to_jwk_set()).unwrap();
        }
        fs::write(sets.join("README"), "nothing").unwrap();
        let third = folder.path().join("third");
        fs::write(&third, Issuer::new("c", [7; 32]).to_jwk_set()).unwrap();
        check(&[&sets], Ok(&["a", "b"]));
        check(&[&third], Ok(&["c"]));
        check(&[&sets, &third], Ok(&["a", "b", "c"]));
        check(&[&sets, &sets.join("two.json")], Err("the `kid` \"b\" too"));
        fs::write(sets.join("two.json"), "{}").unwrap();
        check(&[&third, &sets], Err("two.json cannot be used"));
    }
}
