//! Why a run could not be made, and the names that are looked up before it starts.

use std::fmt;
use std::path::PathBuf;

use crate::checks::CHECKS;
use crate::exchange::NoAnswer;
use crate::laws::LAWS;
use crate::site::Site;

/// Why a run could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The base URL is not one.
    #[error("`{url}` cannot be tested: {reason}")]
    BaseUrl {
        /// The URL as given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Nobody answers.
    #[error("no server answers at {address} ({reason}): start it, or mend the base URL")]
    NoServer {
        /// Host and port.
        address: String,
        /// What the attempt to connect met.
        reason: String,
    },
    /// The server's certificate is not trusted.
    #[error(
        "the certificate of {address} is not trusted ({reason}): name a file with that of who signed it by --tls-ca, or take any by --tls-insecure"
    )]
    NotTrusted {
        /// Host and port.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Certificates that were to be trusted cannot be used.
    #[error("the certificates in {} cannot be used: {reason}", path.display())]
    Trust {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Names that settings or target have and the document does not: every one of them.
    #[error("{}", lines(.0))]
    Unknown(Vec<Unknown>),
    /// Credentials that were asked for and not given.
    #[error("there are no credentials for `{scheme}`: {reason}")]
    NoCredentials {
        /// The scheme.
        scheme: String,
        /// Why there are none.
        reason: String,
    },
    /// Nothing is left to be tested.
    #[error("nothing is left to test: {reason}")]
    Nothing {
        /// What leaves it out, and how to get it back.
        reason: String,
    },
    /// The operating system gives no thread, or no means to wait for the network.
    #[error("the run cannot be started: {reason}")]
    System {
        /// Why not.
        reason: String,
    },
}

impl Error {
    /// That a server does not answer, for this reason.
    pub(crate) fn unreached(site: &Site, reason: NoAnswer) -> Error {
        let address = site.address();
        match reason {
            NoAnswer::NotTrusted(reason) => Error::NotTrusted { address, reason },
            NoAnswer::NotConnected(reason) => Error::NoServer { address, reason },
            other => Error::NoServer {
                address,
                reason: other.to_string(),
            },
        }
    }
}

/// A name that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What it should be the name of.
    pub kind: Kind,
    /// The name as given.
    pub name: String,
    /// The names that there are.
    pub known: Vec<String>,
}

/// What a name is looked up among.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The document's operations.
    Operation,
    /// The parameters of that operation.
    Parameter(String),
    /// The document's security schemes.
    Scheme,
    /// The phases of a run.
    Phase,
    /// The checks.
    Check,
    /// The laws.
    Law,
    /// The checks and the laws.
    Judge,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// A document of hundreds of operations is not for a message.
        const MOST: usize = 20;
        let Unknown { kind, name, known } = self;
        match kind {
            Kind::Operation => write!(f, "the document has no operation `{name}`")?,
            Kind::Parameter(operation) => write!(f, "`{operation}` has no parameter `{name}`")?,
            Kind::Scheme => write!(f, "the document has no security scheme `{name}`")?,
            Kind::Phase => write!(f, "there is no phase `{name}`")?,
            Kind::Check if LAWS.contains(&name.as_str()) => {
                return write!(f, "`{name}` is no check, but a law: name it among the laws");
            }
            Kind::Check => write!(f, "there is no check `{name}`")?,
            Kind::Law if CHECKS.iter().any(|check| check.name == *name) => {
                return write!(
                    f,
                    "`{name}` is no law, but a check: name it among the checks"
                );
            }
            Kind::Law => write!(f, "there is no law `{name}`")?,
            Kind::Judge => write!(f, "there is no check or law `{name}`")?,
        }
        // What is alike comes first, and alone where the list is long.
        let alike = |known: &&String| known.to_lowercase().contains(&name.to_lowercase());
        let likely: Vec<&String> = known.iter().filter(alike).collect();
        let listed = if known.len() > MOST && !likely.is_empty() {
            likely
        } else {
            known.iter().collect()
        };
        let shown: Vec<String> = listed
            .iter()
            .take(MOST)
            .map(|name| format!("`{name}`"))
            .collect();
        match (shown.is_empty(), known.len() - shown.len()) {
            (true, _) => f.write_str(": it has none"),
            (false, 0) => write!(f, ": known are {}", shown.join(", ")),
            (false, more) => write!(f, ": known are {} and {more} more", shown.join(", ")),
        }
    }
}

fn lines(unknown: &[Unknown]) -> String {
    let lines: Vec<String> = unknown.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_comes_with_those_that_are_known() {
        let check = |kind: Kind, name: &str, known: &[&str], expected: &str| {
            let known = known.iter().map(|name| (*name).to_owned()).collect();
            let name = name.to_owned();
            assert_eq!(Unknown { kind, name, known }.to_string(), expected);
        };
        check(
            Kind::Operation,
            "getThink",
            &["getThing", "GET /"],
            "the document has no operation `getThink`: known are `getThing`, `GET /`",
        );
        check(
            Kind::Parameter("getThing".to_owned()),
            "id",
            &[],
            "`getThing` has no parameter `id`: it has none",
        );
        check(
            Kind::Check,
            "created_once",
            &["ignored_auth"],
            "`created_once` is no check, but a law: name it among the laws",
        );
        check(
            Kind::Law,
            "ignored_auth",
            &["created_once"],
            "`ignored_auth` is no law, but a check: name it among the checks",
        );
        let many: Vec<String> = (0..30).map(|n| format!("op{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        check(
            Kind::Operation,
            "OP7",
            &many,
            "the document has no operation `OP7`: known are `op7` and 29 more",
        );
    }
}
