//! Cases that failed before, in a file that is committed beside the code and sent first the next time.
//!
//! A case is kept as what it says, not as the seed that it came from: so it stays the same case when the document gains
//! an operation, and a person can read it. What must be new for every request is kept as a name, and drawn again;
//! credentials are never kept but by the name of their scheme.

mod call;

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use call::Call;

/// The name that the file has where nobody says otherwise.
pub const FILE_NAME: &str = "contract-regressions.json";

/// The form of the file that this version writes, and the only one it reads.
const VERSION: u32 = 1;

/// Cases that failed before.
///
/// ```no_run
/// use std::path::Path;
/// use contract_harness::{Settings, regressions::{FILE_NAME, Regressions}};
///
/// let regressions = Regressions::read(Path::new(FILE_NAME))?;
/// let settings = Settings { regressions, ..Settings::default() };
/// // After the run, `report.regressions.write(Path::new(FILE_NAME))` keeps what failed this time.
/// # Ok::<_, contract_harness::regressions::FileError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Regressions {
    /// In the order of the report that found them.
    pub cases: Vec<Regression>,
}

/// A case, or a sequence of them, that failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regression {
    /// The check or law that it broke.
    pub check: String,
    /// The operation that it broke it in, by its label.
    pub operation: String,
    /// The law whose sequence it is, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// What was expected, and what was seen.
    pub message: String,
    /// The place in the document of what was expected.
    pub expected: String,
    /// What told it apart from other failures of the check at that place.
    pub cause: String,
    /// The seed of the run that found it.
    pub seed: u64,
    /// The id of the run that found it.
    pub run_id: String,
    /// The calls that were drawn; a law makes its others from their answers.
    pub calls: Vec<Call>,
}

/// What is in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    about: String,
    version: u32,
    regressions: Regressions,
}

/// Why the file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file system did not let us.
    #[error("`{path}` cannot be {what}: {error}", path = path.display())]
    Access {
        /// The file.
        path: PathBuf,
        /// What was to be done with it.
        what: &'static str,
        /// Why it was not.
        error: io::Error,
    },
    /// What is in the file is not what this version writes.
    #[error("`{path}` holds no regressions: {reason}; mend it, or remove it to start anew", path = path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl Regressions {
    /// Reads a file; where there is none, there are no regressions.
    ///
    /// # Errors
    /// Where there is a file that cannot be read, or that holds something else.
    pub fn read(path: &Path) -> Result<Regressions, FileError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Regressions::default()),
            Err(error) => {
                return Err(FileError::Access {
                    path: path.to_owned(),
                    what: "read",
                    error,
                });
            }
        };
        let bad = |reason: String| FileError::Content {
            path: path.to_owned(),
            reason,
        };
        let file: File = serde_json::from_str(&text).map_err(|error| bad(error.to_string()))?;
        if file.version != VERSION {
            return Err(bad(format!(
                "it has version {}, and this program knows version {VERSION}",
                file.version
            )));
        }
        Ok(file.regressions)
    }

    /// Writes the file whole, by way of another beside it, so that none is ever cut short. Without regressions there is
    /// no file: one that is there is removed.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), FileError> {
        let failed = |error| FileError::Access {
            path: path.to_owned(),
            what: "written",
            error,
        };
        if self.cases.is_empty() {
            return match std::fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(error)),
                _ => Ok(()),
            };
        }
        let file = File {
            about: "Cases that failed, sent first by the next `contract test`. Commit this file; what holds again is \
                    taken out of it."
                .to_owned(),
            version: VERSION,
            regressions: self.clone(),
        };
        let mut text =
            serde_json::to_vec_pretty(&file).map_err(|error| failed(io::Error::other(error)))?;
        text.push(b'\n');
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        std::fs::File::create(&beside)
            .and_then(|mut file| file.write_all(&text))
            .and_then(|()| std::fs::rename(&beside, path))
            .map_err(failed)
    }
}
