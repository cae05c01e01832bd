//! The key for trying things out: made once, beside the database, for its owner's eyes only.
//!
//! Without it, nobody could make a first request before having set up keys. With it, whoever can read the file can make
//! any token; that is why it is refused when others can read it, and why the server listens to nobody but this machine
//! while it is in use.

use std::ffi::OsString;
use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::token::{IssueError, Issuer};

/// The name of the development key and of the issuer in its tokens.
pub const DEVELOPMENT: &str = "events-development";

/// A larger file is not one that was made here.
const LARGEST_FILE: u64 = 4096;

/// The development key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DevelopmentKeyError {
    /// The file cannot be read.
    #[error("the development key {} cannot be read: {source}; see that this user can read it, or give keys of your own with --keys", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file cannot be made.
    #[error("the development key {} cannot be made: {source}; see that this user can write to its folder, or give keys of your own with --keys", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// Others can read the file.
    #[error("the development key {} can be read by others; if none of them can have seen it, run `chmod 600 {}`, else delete it, so that a new one is made", path.display(), path.display())]
    ReadableByOthers {
        /// The file.
        path: PathBuf,
    },
    /// The file has something else in it.
    #[error("{} is not a development key; delete it, so that a new one is made, or give keys of your own with --keys", path.display())]
    NotAKey {
        /// The file.
        path: PathBuf,
    },
    /// The system gives no random numbers.
    #[error(transparent)]
    Random(#[from] IssueError),
}

/// The file of the development key of a database: the database's name and `.dev-key.json`.
pub fn development_key_path(database: &Path) -> PathBuf {
    let mut path = OsString::from(database);
    path.push(".dev-key.json");
    PathBuf::from(path)
}

/// Reads the development key of a database, and makes it first if there is none.
pub fn development_key(database: &Path) -> Result<Issuer, DevelopmentKeyError> {
    let path = development_key_path(database);
    match read(&path)? {
        Some(issuer) => Ok(issuer),
        None => {
            make(&path)?;
            // Not the one that was just made: another process may have been faster.
            read(&path)?.ok_or_else(|| DevelopmentKeyError::Unreadable {
                path,
                source: ErrorKind::NotFound.into(),
            })
        }
    }
}

fn read(path: &Path) -> Result<Option<Issuer>, DevelopmentKeyError> {
    let unreadable = |source| DevelopmentKeyError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    if readable_by_others(&file).map_err(unreadable)? {
        return Err(DevelopmentKeyError::ReadableByOthers {
            path: path.to_owned(),
        });
    }
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    let issuer = std::str::from_utf8(&bytes)
        .ok()
        .and_then(Issuer::from_jwk_set);
    issuer
        .map(Some)
        .ok_or_else(|| DevelopmentKeyError::NotAKey {
            path: path.to_owned(),
        })
}

/// Makes the file, with all of its content or not at all. If there is one by now, it stays.
fn make(path: &Path) -> Result<(), DevelopmentKeyError> {
    let issuer = Issuer::random(DEVELOPMENT)?;
    let unwritable = |source| DevelopmentKeyError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // The temporary file is new (O_EXCL) and, from the start, its owner's alone (mode 0600). It takes its name at the
    // end, when it is on disk.
    let mut file = tempfile::Builder::new()
        .prefix(".dev-key-")
        .tempfile_in(folder)
        .map_err(unwritable)?;
    file.write_all(issuer.to_jwk_set().as_bytes())
        .map_err(unwritable)?;
    file.as_file().sync_all().map_err(unwritable)?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(unwritable(error.error)),
    }
}

#[cfg(unix)]
fn readable_by_others(file: &File) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

/// Elsewhere the folder's rights decide.
#[cfg(not(unix))]
fn readable_by_others(_file: &File) -> std::io::Result<bool> {
    Ok(false)
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::Duration;

    use super::*;
    use crate::keys::KeySet;
    use crate::token::Scheme;

    #[test]
    fn it_is_made_once_for_its_owner_only_and_then_stays() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("events.db");
        let token = development_key(&database)
            .unwrap()
            .issue(Scheme::Bearer, "you", &[], Duration::from_secs(60))
            .unwrap();

        let path = folder.path().join("events.db.dev-key.json");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing else is left behind"
        );

        let again = development_key(&database).unwrap();
        let keys = KeySet::parse(&again.to_jwk_set()).unwrap();
        assert_eq!(
            keys.verify(Scheme::Bearer, &token).unwrap().issuer,
            DEVELOPMENT
        );
    }

    #[test]
    fn processes_that_start_at_once_have_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("events.db");
        let keys: Vec<String> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| development_key(&database).unwrap().to_jwk_set()))
                .collect();
            starts
                .into_iter()
                .map(|start| start.join().unwrap())
                .collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
    }

    #[test]
    fn a_key_that_others_can_read_is_refused_with_the_command_to_run() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("events.db");
        development_key(&database).unwrap();
        let path = development_key_path(&database);
        for mode in [0o640, 0o604, 0o644, 0o620] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            let message = development_key(&database).err().unwrap().to_string();
            assert!(
                message.contains(&format!("chmod 600 {}", path.display())),
                "{mode:o}: {message}"
            );
        }
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        assert!(development_key(&database).is_ok());
    }

    #[test]
    fn what_is_not_a_development_key_is_named_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("events.db");
        let path = development_key_path(&database);
        let two_keys = r#"{"keys":[{"kty":"oct","kid":"a","alg":"HS256","k":"AA"},{}]}"#;
        for content in [
            "",
            "{}",
            "\u{0}",
            two_keys,
            r#"{"keys":[{"kty":"oct","kid":"a","alg":"HS256","k":"AA"}]}"#,
        ] {
            fs::write(&path, content).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
            let error = development_key(&database).err().unwrap();
            assert!(
                matches!(error, DevelopmentKeyError::NotAKey { .. }),
                "{error}"
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let error = development_key(&folder.path().join("none/events.db"))
            .err()
            .unwrap();
        assert!(
            matches!(error, DevelopmentKeyError::Unwritable { .. }),
            "{error}"
        );
    }
}
