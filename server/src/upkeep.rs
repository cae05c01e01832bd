//! The settings of whoever runs the server: what it takes on, what it says, and where one looks inside.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::str::FromStr;
use std::time::Duration;

use clap::ValueEnum;
use dropshot_runtime::Limits;

use crate::duration::duration;

/// What a server takes on and says. Each setting has a variable too.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub struct Upkeep {
    /// Address and port for metrics, health and the document, or `off`. Without it: this machine, and the port after that
    /// of --listen.
    #[arg(long, value_name = "ADDRESS", env = "EVENTS_ADMIN_LISTEN")]
    pub admin_listen: Option<AdminListen>,

    /// How many requests are served at once. Further ones are answered 503 before their bodies are read.
    #[arg(
        long,
        value_name = "NUMBER",
        env = "EVENTS_MAX_REQUESTS",
        default_value = "512"
    )]
    pub max_requests: NonZeroUsize,

    /// How long a request's body may take to arrive; it is 408 then.
    #[arg(long, value_name = "TIME", env = "EVENTS_BODY_TIMEOUT", default_value = "30s", value_parser = waiting)]
    pub body_timeout: Duration,

    /// How long the requests under way may take once the server is asked to stop. Asked again, it stops at once.
    #[arg(long, value_name = "TIME", env = "EVENTS_GRACE", default_value = "10s", value_parser = waiting)]
    pub grace: Duration,

    /// What the log on standard error has: errors, warnings too, or also a line for each request.
    #[arg(
        long,
        value_name = "LEVEL",
        env = "EVENTS_LOG_LEVEL",
        default_value = "info"
    )]
    pub log_level: LogLevel,

    /// The form of the log: lines of text, or of JSON.
    #[arg(
        long,
        value_name = "FORM",
        env = "EVENTS_LOG_FORMAT",
        default_value = "text"
    )]
    pub log_format: LogFormat,
}

/// Where the admin listener is, if anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdminListen {
    /// There is none.
    Off,
    /// There.
    At(SocketAddr),
}

/// What a log has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// What somebody must look at.
    Error,
    /// Also what went wrong and may pass.
    Warn,
    /// Also a line for each request.
    Info,
}

/// The form of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// A line of text for each record.
    Text,
    /// A JSON object on a line for each record.
    Json,
}

impl Default for Upkeep {
    fn default() -> Upkeep {
        let limits = Limits::default();
        Upkeep {
            admin_listen: None,
            max_requests: NonZeroUsize::new(limits.requests).unwrap_or(NonZeroUsize::MIN),
            body_timeout: limits.body_time,
            grace: Duration::from_secs(10),
            log_level: LogLevel::Info,
            log_format: LogFormat::Text,
        }
    }
}

impl Upkeep {
    /// For a server within another program: it has no admin listener and tells of warnings and errors only.
    pub fn quiet() -> Upkeep {
        Upkeep {
            admin_listen: Some(AdminListen::Off),
            log_level: LogLevel::Warn,
            ..Upkeep::default()
        }
    }

    /// Where to listen beside a server that is to listen there.
    pub fn admin_address(&self, listen: SocketAddr) -> Option<SocketAddr> {
        match self.admin_listen {
            Some(AdminListen::Off) => None,
            Some(AdminListen::At(address)) => Some(address),
            // After a port that the system gives, another one that the system gives.
            None => {
                let port = match listen.port() {
                    0 => 0,
                    port => port.checked_add(1).unwrap_or(0),
                };
                Some(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port))
            }
        }
    }

    /// What the server takes on.
    pub fn limits(&self) -> Limits {
        Limits {
            requests: self.max_requests.get(),
            body_time: self.body_timeout,
        }
    }
}

impl FromStr for AdminListen {
    type Err = String;

    fn from_str(text: &str) -> Result<AdminListen, String> {
        if text == "off" {
            return Ok(AdminListen::Off);
        }
        let address = text.parse().map_err(|_| {
            "give an IP address and a port, such as 127.0.0.1:8081 or [::1]:8081, or `off`"
                .to_owned()
        });
        address.map(AdminListen::At)
    }
}

/// A time that is waited, from none to an hour.
fn waiting(text: &str) -> Result<Duration, String> {
    duration(text)
        .filter(|time| *time <= Duration::from_secs(60 * 60))
        .ok_or_else(|| "give a number and s, m or h, such as 30s, up to 1h".to_owned())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn the_admin_listener_is_on_this_machine_at_the_next_port_unless_told_otherwise() {
        let check = |given: Option<&str>, listen: &str, expected: Option<&str>| {
            let upkeep = Upkeep {
                admin_listen: given.map(|given| given.parse().unwrap()),
                ..Upkeep::default()
            };
            let expected = expected.map(|address| address.parse().unwrap());
            assert_eq!(upkeep.admin_address(listen.parse().unwrap()), expected);
        };
        check(None, "127.0.0.1:8080", Some("127.0.0.1:8081"));
        check(None, "0.0.0.0:80", Some("127.0.0.1:81"));
        check(None, "[::1]:9000", Some("127.0.0.1:9001"));
        check(None, "127.0.0.1:0", Some("127.0.0.1:0"));
        check(None, "127.0.0.1:65535", Some("127.0.0.1:0"));
        check(Some("[::]:9"), "127.0.0.1:8080", Some("[::]:9"));
        check(Some("off"), "127.0.0.1:8080", None);
    }

    #[test]
    fn a_time_to_wait_is_an_hour_at_most() {
        let check = |text: &str, seconds: Option<u64>| {
            assert_eq!(
                waiting(text).ok(),
                seconds.map(Duration::from_secs),
                "{text}"
            );
        };
        check("0s", Some(0));
        check("30s", Some(30));
        check("60m", Some(3600));
        check("1h", Some(3600));
        check("61m", None);
        check("30", None);
    }
}
