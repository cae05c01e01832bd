//! The settings of the server.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use dropshot_runtime::ResponseChecks;

use crate::store::address::Address;
use crate::token::Scheme;
use crate::upkeep::Upkeep;

/// Where to listen when nothing else is said: on this machine only.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// The database when nothing else is said: in the working folder.
const DATABASE: &str = "events.db";

/// What a server is started with. Every setting has a default, a variable and a flag; the flag wins.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub struct Config {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", env = "EVENTS_LISTEN", default_value_t = LISTEN, value_parser = address)]
    pub listen: SocketAddr,

    /// Where to keep the events: an SQLite file, made if there is none, or postgres://user:password@host/name.
    #[arg(long, value_name = "FILE|URL", env = "EVENTS_DATABASE", hide_env_values = true, default_value = DATABASE)]
    pub database: Address,

    /// JWK Set to verify tokens with, or a folder of them; repeat it for several. They are read again when they change.
    /// Without it, a development key is made beside the database.
    #[arg(long, value_name = "FILE", env = "EVENTS_KEYS")]
    pub keys: Vec<PathBuf>,

    /// Whose tokens are good (`iss`); repeat it for several, or put blanks between. Without it, every issuer's are that
    /// the keys verify.
    #[arg(long = "issuer", value_name = "NAME", env = "EVENTS_ISSUER", value_delimiter = ' ', requires = "keys",
          value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub issuers: Vec<String>,

    /// Whom the callers' tokens are for (`aud`).
    #[arg(long, value_name = "NAME", env = "EVENTS_AUDIENCE", default_value = Scheme::Bearer.audience(), requires = "keys",
          value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub audience: String,

    /// Whom the services' tokens are for (`aud`): another audience than the callers', since it tells the two apart.
    #[arg(long, value_name = "NAME", env = "EVENTS_SERVICE_AUDIENCE", default_value = Scheme::Service.audience(),
          requires = "keys", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub service_audience: String,

    /// Certificate to serve HTTPS with, and those between it and its root, in PEM; it is read again when it changes.
    #[arg(
        long,
        value_name = "FILE",
        env = "EVENTS_TLS_CERT",
        requires = "tls_key"
    )]
    pub tls_cert: Option<PathBuf>,

    /// Private key of the certificate, in PEM.
    #[arg(
        long,
        value_name = "FILE",
        env = "EVENTS_TLS_KEY",
        requires = "tls_cert"
    )]
    pub tls_key: Option<PathBuf>,

    /// What becomes of an answer that breaks the document: off (sent as it is), log (sent, and told on standard error),
    /// fail (told, and 500 is sent instead).
    #[arg(
        long,
        value_name = "WHAT",
        env = "EVENTS_CHECK_RESPONSES",
        default_value_t
    )]
    pub check_responses: ResponseChecks,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a comment here would be taken for help")]
    pub upkeep: Upkeep,
}

/// The database of the commands that work on it by themselves: the same setting as a server's.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub struct Database {
    /// Where the events are: an SQLite file, or postgres://user:password@host/name.
    #[arg(long, value_name = "FILE|URL", env = "EVENTS_DATABASE", hide_env_values = true, default_value = DATABASE)]
    pub database: Address,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            listen: LISTEN,
            database: PathBuf::from(DATABASE).into(),
            keys: Vec::new(),
            issuers: Vec::new(),
            audience: Scheme::Bearer.audience().to_owned(),
            service_audience: Scheme::Service.audience().to_owned(),
            tls_cert: None,
            tls_key: None,
            check_responses: ResponseChecks::Off,
            upkeep: Upkeep::default(),
        }
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        "give an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080".to_owned()
    })
}
