//! Where reports go.
//!
//! A place that cannot be written to is known before the run, and a report appears there whole or not at all: it is
//! written beside its place and then moved there. What is no regular file, such as `/dev/stderr` or a pipe, is written
//! to directly.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use contract_harness::{Report, TrafficReport};
use tempfile::NamedTempFile;

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object.
    Json,
    /// JUnit's XML.
    Junit,
    /// A page for a person.
    Html,
    /// The failures' exchanges, as an HTTP archive.
    Har,
    /// The failures at the lines of the document, for code scanning.
    Sarif,
    /// Annotations and the step's summary, for GitHub Actions.
    Github,
}

/// The file that GitHub Actions takes a step's summary from.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// A report that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    format: Format,
    path: PathBuf,
}

impl FromStr for Destination {
    type Err = String;

    fn from_str(text: &str) -> Result<Destination, String> {
        let (format, path) = match text.split_once('=') {
            Some(("json", path)) => (Format::Json, path),
            Some(("junit", path)) => (Format::Junit, path),
            Some(("html", path)) => (Format::Html, path),
            Some(("har", path)) => (Format::Har, path),
            Some(("sarif", path)) => (Format::Sarif, path),
            // Where those go is for the runner to say.
            None if text == "github" => (Format::Github, text),
            _ => {
                return Err(
                    "write FORMAT=PATH, where FORMAT is json, junit, html, har or sarif; or github, without a path"
                        .to_owned(),
                );
            }
        };
        if path.is_empty() {
            return Err("the path is missing; `-` is standard output".to_owned());
        }
        Ok(Destination {
            format,
            path: PathBuf::from(path),
        })
    }
}

impl Destination {
    /// Whether it is standard output.
    pub fn is_standard_output(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Whether it is written as JSON, the one format that reports of traffic have.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Makes sure of a place for the report.
    ///
    /// # Errors
    /// Nothing can be written there.
    pub fn reserve(&self) -> Result<Reserved, String> {
        let reserved = |place| Reserved {
            format: self.format,
            path: self.path.clone(),
            place,
        };
        if self.format == Format::Github {
            let Some(path) = std::env::var_os(STEP_SUMMARY).filter(|path| !path.is_empty()) else {
                return Ok(reserved(Place::Runner(None)));
            };
            let file = OpenOptions::new().create(true).append(true).open(path);
            return file
                .map(|file| reserved(Place::Runner(Some(file))))
                .map_err(|error| format!("no summary can be written to {STEP_SUMMARY}: {error}"));
        }
        if self.is_standard_output() {
            return Ok(reserved(Place::StandardOutput));
        }
        self.place().map(reserved).map_err(|error| {
            format!(
                "no report can be written to {}: {error}",
                self.path.display()
            )
        })
    }

    fn place(&self) -> io::Result<Place> {
        // The file that a link leads to is replaced, not the link.
        let path = self
            .path
            .canonicalize()
            .unwrap_or_else(|_| self.path.clone());
        let is_special = path.metadata().is_ok_and(|metadata| !metadata.is_file());
        if is_special {
            let file = OpenOptions::new().write(true).open(&path)?;
            return Ok(Place::Special(file));
        }
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let folder = folder.unwrap_or(Path::new("."));
        // Says of the folder what the attempt to make a file in it would say of that file.
        folder.metadata()?;
        let file = tempfile::Builder::new()
            .prefix(".contract-report-")
            // As any new file has it, but for what the user's mask takes away.
            .permissions(Permissions::from_mode(0o666))
            .tempfile_in(folder)?;
        Ok(Place::Regular(file, path))
    }
}

/// What reports tell beside what the run found.
#[derive(Clone, Copy, Debug)]
pub struct Told<'r> {
    /// The document's file; `None` where it is none.
    pub document: Option<&'r str>,
    /// Whether standard output is a report's that nothing may stand beside.
    pub output_is_taken: bool,
}

/// A place for a report.
#[derive(Debug)]
pub struct Reserved {
    format: Format,
    path: PathBuf,
    place: Place,
}

#[derive(Debug)]
enum Place {
    StandardOutput,
    /// What the runner reads, and its file for the summary.
    Runner(Option<File>),
    Special(File),
    Regular(NamedTempFile, PathBuf),
}

impl Reserved {
    /// Writes the report.
    ///
    /// # Errors
    /// It could not be written.
    pub fn write(self, report: &Report, told: Told<'_>) -> Result<(), String> {
        let write = |out: &mut dyn Write| {
            let mut out = BufWriter::new(out);
            match self.format {
                Format::Json => report.write_json(&mut out)?,
                Format::Junit => report.write_junit(&mut out)?,
                Format::Html => report.write_html(&mut out)?,
                Format::Har => report.write_har(&mut out)?,
                Format::Sarif => report.write_sarif(told.document, &mut out)?,
                Format::Github => report.write_annotations(told.document, &mut out)?,
            }
            out.flush()
        };
        let written = match self.place {
            Place::Runner(summary) => {
                // The runner reads both.
                let annotated = if told.output_is_taken {
                    write(&mut io::stderr())
                } else {
                    write(&mut io::stdout())
                };
                annotated.and_then(|()| match summary {
                    Some(file) => report.write_step_summary(BufWriter::new(file)),
                    None => Ok(()),
                })
            }
            place => place.put(write),
        };
        written.map_err(|error| format!("the report {}: {error}", self.path.display()))
    }

    /// Writes a report of traffic, which is always JSON.
    ///
    /// # Errors
    /// It could not be written.
    pub fn write_traffic(self, report: &TrafficReport) -> Result<(), String> {
        let written = self.place.put(|out| report.write_json(BufWriter::new(out)));
        written.map_err(|error| format!("the report {}: {error}", self.path.display()))
    }
}

impl Place {
    fn put(self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        match self {
            Place::StandardOutput | Place::Runner(_) => write(&mut io::stdout()),
            Place::Special(mut file) => write(&mut file),
            Place::Regular(mut file, path) => write(&mut file)
                .and_then(|()| file.persist(path).map(drop).map_err(io::Error::from)),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_a_format_and_a_path() {
        let read: Destination = "json=out/a=b.json".parse().unwrap();
        let expected = Destination {
            format: Format::Json,
            path: PathBuf::from("out/a=b.json"),
        };
        assert_eq!(read, expected);
        assert!("github".parse::<Destination>().is_ok());
        for bad in ["", "json", "json=", "github=a", "xml=a", "=a"] {
            assert!(bad.parse::<Destination>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_place_that_cannot_be_written_to_is_known_before() {
        let folder = tempfile::tempdir().unwrap();
        let in_nothing = format!("json={}/none/report.json", folder.path().display());
        let is_folder = format!("json={}", folder.path().display());
        for bad in [in_nothing, is_folder] {
            let destination: Destination = bad.parse().unwrap();
            assert!(destination.reserve().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_was_reserved_and_not_written_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let destination: Destination = format!("junit={}/a.xml", folder.path().display())
            .parse()
            .unwrap();
        drop(destination.reserve().unwrap());
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }
}
