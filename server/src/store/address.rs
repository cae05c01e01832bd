//! Where a database is: the name of a file, or the URL of a PostgreSQL database.
//!
//! A URL may have a password in it, which belongs to nobody who reads a log, a help text or an error. So the text is
//! taken apart at once, what is shown is put together again without the password, and a text that cannot be read is
//! never repeated.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

use clap::builder::{PathBufValueParser, TypedValueParser, ValueParserFactory};
use clap::error::ErrorKind;
use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// What stands in the name of a file, and would end it in a query.
const IN_A_QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'&');

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// An SQLite file.
    File(PathBuf),
    /// A PostgreSQL database.
    Postgres(Box<PostgresAddress>),
}

/// A PostgreSQL database, and how to come into it. [`fmt::Display`] and [`fmt::Debug`] show it without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresAddress {
    config: Config,
    authorities: Option<PathBuf>,
}

/// Why a text is no address. None of the messages repeats the text, in which there may be a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It begins as a PostgreSQL URL and does not go on as one.
    #[error(
        "the URL of the database cannot be read ({detail}); give one such as postgres://user:password@host:5432/events, \
         with every sign of the user and the password other than a letter or a digit as % and its two hexadecimal digits"
    )]
    NotAUrl {
        /// What is wrong with it.
        detail: String,
    },
    /// It leads to another machine, and does not say whether the connection is to be encrypted.
    #[error(
        "the URL of the database leads to another machine ({host}) and does not say how; end it with ?sslmode=require \
         for a connection that is encrypted and whose certificate is verified, or with ?sslmode=disable for one that \
         everybody on its way can read"
    )]
    NoSslMode {
        /// The machine.
        host: String,
    },
}

impl Address {
    /// Reads an address: a PostgreSQL URL is known by its beginning, and all else is the name of a file.
    ///
    /// # Errors
    /// The URL cannot be read, or leaves open whether the connection is to be encrypted.
    pub fn parse(text: &str) -> Result<Address, AddressError> {
        if is_url(text) {
            Ok(Address::Postgres(Box::new(PostgresAddress::parse(text)?)))
        } else {
            Ok(Address::File(text.into()))
        }
    }

    /// The name beside which files that belong to this database are put: the database itself where it is a file, and
    /// `postgres` in the working folder where it is on a server.
    pub fn beside(&self) -> &Path {
        match self {
            Address::File(path) => path,
            Address::Postgres(_) => Path::new("postgres"),
        }
    }
}

impl From<PathBuf> for Address {
    fn from(path: PathBuf) -> Address {
        Address::File(path)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::File(path) => path.display().fmt(f),
            Address::Postgres(address) => address.fmt(f),
        }
    }
}

fn is_url(text: &str) -> bool {
    ["postgres://", "postgresql://"]
        .iter()
        .any(|beginning| text.starts_with(beginning))
}

impl PostgresAddress {
    fn parse(text: &str) -> Result<PostgresAddress, AddressError> {
        let not_a_url = |detail: &str| AddressError::NotAUrl {
            detail: detail.to_owned(),
        };
        // The user and the password end with the first `@`, so that a second one tells that the password has one that
        // is not written as %40. What would be taken for the host is the rest of it.
        if text.matches('@').count() > 1 {
            return Err(not_a_url("there is more than one @ in it"));
        }
        let (text, authorities) = settle_tls(text).map_err(not_a_url)?;
        let mut config: Config = text.parse().map_err(|error: tokio_postgres::Error| {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            not_a_url(cause.as_deref().unwrap_or("it is no URL"))
        })?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            config.host("localhost");
        }
        let asks_for_mode = text
            .split_once('?')
            .is_some_and(|(_, query)| query.split('&').any(|pair| pair.starts_with("sslmode=")));
        if !asks_for_mode {
            if let Some(host) = config.get_hosts().iter().find_map(elsewhere) {
                return Err(AddressError::NoSslMode { host });
            }
            if let Some(host) = config.get_hostaddrs().iter().find(|ip| !ip.is_loopback()) {
                return Err(AddressError::NoSslMode {
                    host: host.to_string(),
                });
            }
            config.ssl_mode(SslMode::Disable);
        }
        if config.get_ssl_mode() == SslMode::Prefer {
            return Err(not_a_url("sslmode is require, verify-full or disable"));
        }
        if authorities.is_some() && config.get_ssl_mode() == SslMode::Disable {
            return Err(not_a_url("sslrootcert goes with sslmode=verify-full"));
        }
        Ok(PostgresAddress {
            config,
            authorities,
        })
    }

    /// What the URL says.
    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// The file with the certificates of those who sign the server's (`sslrootcert`). Without it, they are those that this
    /// machine trusts.
    pub(super) fn authorities(&self) -> Option<&Path> {
        self.authorities.as_deref()
    }
}

/// Takes what [`Config`] does not know out of a URL: `sslrootcert`, and `sslmode=verify-full`, which is what
/// `sslmode=require` does here.
fn settle_tls(text: &str) -> Result<(String, Option<PathBuf>), &'static str> {
    let Some((start, query)) = text.split_once('?') else {
        return Ok((text.to_owned(), None));
    };
    let mut authorities = None;
    let mut pairs = Vec::new();
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("sslrootcert", file)) => {
                let file = percent_decode_str(file).decode_utf8();
                let file = file.map_err(|_| "sslrootcert is no UTF-8")?;
                if file.is_empty() || authorities.replace(file.as_ref().into()).is_some() {
                    return Err("sslrootcert names one file");
                }
            }
            Some(("sslmode", "verify-full")) => pairs.push("sslmode=require"),
            _ => pairs.push(pair),
        }
    }
    let question = if pairs.is_empty() { "" } else { "?" };
    let text = format!("{start}{question}{}", pairs.join("&"));
    Ok((text, authorities))
}

/// The host, if it is not this machine.
fn elsewhere(host: &Host) -> Option<String> {
    match host {
        Host::Tcp(name) => {
            let is_here = name == "localhost"
                || name
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|ip| ip.to_canonical().is_loopback());
            (!is_here).then(|| name.clone())
        }
        #[cfg(unix)]
        Host::Unix(_) => None,
    }
}

/// The URL, without the password: enough for a person, and for `pg_dump`.
impl fmt::Display for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let config = &self.config;
        f.write_str("postgres://")?;
        if let Some(user) = config.get_user() {
            write!(f, "{}@", encoded(user))?;
        }
        let mut parameters = Vec::new();
        let ports = config.get_ports();
        for (index, host) in config.get_hosts().iter().enumerate() {
            let port = ports.get(index).or(ports.first()).copied().unwrap_or(5432);
            match host {
                Host::Tcp(name) => {
                    let comma = if index > 0 { "," } else { "" };
                    let brackets = name.contains(':');
                    let (open, close) = if brackets { ("[", "]") } else { ("", "") };
                    write!(f, "{comma}{open}{name}{close}:{port}")?;
                }
                #[cfg(unix)]
                Host::Unix(path) => {
                    parameters.push(format!("host={}&port={port}", path.display()));
                }
            }
        }
        if config.get_hosts().is_empty() {
            let addresses = config.get_hostaddrs().iter();
            parameters.extend(addresses.map(|ip| format!("hostaddr={ip}")));
        }
        if let Some(name) = config.get_dbname() {
            write!(f, "/{}", encoded(name))?;
        } else if !parameters.is_empty() {
            f.write_str("/")?;
        }
        // To `pg_dump`, `require` means less than it does here; `verify-full` it does with a file alone.
        match &self.authorities {
            Some(file) => {
                let file = file.to_string_lossy();
                let file = utf8_percent_encode(&file, IN_A_QUERY);
                parameters.push(format!("sslmode=verify-full&sslrootcert={file}"));
            }
            None if config.get_ssl_mode() == SslMode::Require => {
                parameters.push("sslmode=require".to_owned());
            }
            None => {}
        }
        if !parameters.is_empty() {
            write!(f, "?{}", parameters.join("&"))?;
        }
        Ok(())
    }
}

impl fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresAddress({self})")
    }
}

impl ValueParserFactory for Address {
    type Parser = AddressParser;

    fn value_parser() -> AddressParser {
        AddressParser
    }
}

/// Reads an address from a command line. clap's own way to refuse a value repeats it.
#[derive(Clone, Copy, Debug)]
pub struct AddressParser;

impl TypedValueParser for AddressParser {
    type Value = Address;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Address, clap::Error> {
        match value.to_str() {
            Some(text) if is_url(text) => Address::parse(text).map_err(|error| {
                clap::Error::raw(ErrorKind::ValueValidation, format!("{error}\n")).with_cmd(command)
            }),
            _ => PathBufValueParser::new()
                .parse_ref(command, argument, value)
                .map(Address::File),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_begin_as_a_url_is_a_file() {
        for text in ["events.db", "postgres", "file:events.db", "http://a/b"] {
            assert_eq!(Address::parse(text), Ok(Address::File(text.into())));
        }
    }

    #[test]
    fn a_url_is_shown_without_its_password() {
        let check = |text: &str, expected: &str| {
            let address = Address::parse(text).unwrap();
            assert_eq!(address.to_string(), expected);
            assert!(!format!("{address:?}").contains("secret"), "{address:?}");
        };
        check(
            "postgres://ada:secret@localhost/events",
            "postgres://ada@localhost:5432/events",
        );
        check(
            "postgresql://ada:secret@127.0.0.1:5433/events?application_name=x",
            "postgres://ada@127.0.0.1:5433/events",
        );
        check("postgres://", "postgres://localhost:5432");
        check("postgres://[::1]:1/a%20b", "postgres://[::1]:1/a%20b");
        check(
            "postgres://ada@db.example:5432/events?sslmode=require&password=secret",
            "postgres://ada@db.example:5432/events?sslmode=require",
        );
        check(
            "postgres://ada:secret@db.example/events?sslmode=verify-full",
            "postgres://ada@db.example:5432/events?sslmode=require",
        );
        check(
            "postgres://ada:secret@localhost/events?sslrootcert=my%20ca.pem&sslmode=require",
            "postgres://ada@localhost:5432/events?sslmode=verify-full&sslrootcert=my%20ca.pem",
        );
        check(
            "postgres://ada:secret@a:1,b:2/events?sslmode=disable",
            "postgres://ada@a:1,b:2/events",
        );
        #[cfg(unix)]
        check(
            "postgres://ada:secret@/events?host=/run/postgresql&port=5433",
            "postgres://ada@/events?host=/run/postgresql&port=5433",
        );
    }

    #[test]
    fn a_url_that_cannot_be_read_is_not_repeated() {
        for text in [
            "postgres://ada:secret@host:port/events?sslmode=disable",
            "postgres://ada:p@secret@localhost/events",
            "postgres://ada:secret@localhost/events?secret",
            "postgres://ada:secret@localhost/events?sslmode=secret",
            "postgres://ada:secret@localhost/events?sslmode=prefer",
            "postgres://ada:secret@localhost/events?sslmode=verify-ca",
            "postgres://ada:secret@localhost/events?sslrootcert=",
            "postgres://ada:secret@localhost/events?sslrootcert=ca.pem",
            "postgres://ada:secret@db.example/events?sslmode=disable&sslrootcert=secret",
            "postgres://ada:secret@db.example/events?sslmode=require&sslrootcert=a&sslrootcert=secret",
            "postgres://ada:secret@db.example/events?sslmode=require&sslrootcert=secret%ff",
            "postgres://ada:secret@localhost/events?color=secret",
            "postgres://ada:secret@localhost/events?connect_timeout=secret",
        ] {
            let error = Address::parse(text).unwrap_err();
            assert!(matches!(error, AddressError::NotAUrl { .. }), "{text}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }

    #[test]
    fn to_another_machine_a_url_says_whether_it_is_encrypted() {
        let check = |text: &str, expected: bool| {
            assert_eq!(Address::parse(text).is_ok(), expected, "{text}");
        };
        check("postgres://localhost/events", true);
        check("postgres://127.0.0.2/events", true);
        check("postgres://[::1]/events", true);
        check("postgres://db.example/events", false);
        check("postgres://localhost,db.example/events", false);
        check("postgres://localhost/events?hostaddr=192.0.2.1", false);
        check("postgres://192.0.2.1/events", false);
        check("postgres://db.example/events?sslmode=require", true);
        check("postgres://db.example/events?sslmode=verify-full", true);
        check("postgres://db.example/events?sslmode=disable", true);
    }
}
