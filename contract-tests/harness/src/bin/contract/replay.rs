//! `contract replay`: recorded traffic, held against the document.

use std::path::PathBuf;

use bytes::Bytes;
use clap::Args;
use contract_harness::traffic::archive::{self, Recorded};
use contract_harness::{Contract, Traffic};
use http::Uri;

use crate::exit::{Stop, say};
use crate::files;
use crate::judging::{FailOn, Judging};

const MORE: &str = "\
Exit codes: 0 nothing was broken that counts; 1 something was, and the summary says where; 2 the archive or the document cannot be read.

Browsers write such archives (\"Save all as HAR\"), as do proxies and `contract test --report har=PATH`.

Examples:
  contract replay openapi.yaml session.har
  contract replay openapi.yaml session.har --url https://api.example.com/v1 --fail-on client";

/// Judges recorded traffic: whether each request and each answer of an HTTP archive (HAR 1.2) keeps DOCUMENT.
#[derive(Args, Debug)]
#[command(after_help = MORE)]
pub struct Arguments {
    #[command(flatten)]
    judging: Judging,

    /// The archive; `-` reads it from standard input.
    archive: PathBuf,

    /// Where the document's paths start, such as `https://api.example.com/v1`. What was recorded of other URLs is left
    /// alone, and every request to this one is to be the document's. Without it, exchanges are judged whose path is one
    /// of the document's, on any host.
    #[arg(long)]
    url: Option<String>,

    /// Whose faults make the exit code 1.
    #[arg(long, value_name = "WHO", default_value = "any")]
    fail_on: FailOn,
}

/// Judges an archive.
///
/// # Errors
/// Somebody broke the document, or something cannot be read.
pub fn run(arguments: &Arguments) -> Result<(), Stop> {
    let (contract, tell) = arguments.judging.ready()?.parts();
    let text = files::text(&arguments.archive).map_err(Stop::Unusable)?;
    let name = files::name(&arguments.archive);
    let entries =
        archive::read(&text).map_err(|error| Stop::unusable(format!("{name}: {error}")))?;
    let filter = Filter::new(&contract, arguments.url.as_deref())?;
    let unreachable = |error| Stop::unusable(error);
    let mut traffic = Traffic::new(&contract, &filter.base_url).map_err(unreachable)?;
    let (mut judged, mut unread) = (0_usize, 0_usize);
    for entry in entries {
        match entry {
            Err(error) => {
                unread += 1;
                say(format_args!("{name}: {error}; it is left out"));
            }
            Ok(Recorded { request, answer }) => {
                if filter.takes(&contract, &request) {
                    judged += 1;
                    traffic.add(&request, &answer);
                } else {
                    traffic.leave_alone();
                }
            }
        }
    }
    let report = traffic.report();
    tell(&report, arguments.fail_on)?;
    if unread > 0 {
        return Err(Stop::unusable(format!(
            "{unread} entries of the archive could not be read"
        )));
    }
    if judged == 0 {
        return Err(Stop::unusable(
            "no exchange of the archive is the document's: does --url say where its paths start?",
        ));
    }
    Ok(())
}

/// Which exchanges are the document's.
struct Filter {
    base_url: String,
    url: Option<Uri>,
}

impl Filter {
    fn new(contract: &Contract, url: Option<&str>) -> Result<Filter, Stop> {
        if let Some(url) = url {
            let read = url.parse::<Uri>();
            let uri = read.map_err(|error| Stop::unusable(format!("--url {url}: {error}")))?;
            return Ok(Filter {
                base_url: url.to_owned(),
                url: Some(uri),
            });
        }
        Ok(Filter {
            base_url: format!("http://localhost{}", contract.base_path()),
            url: None,
        })
    }

    fn takes(&self, contract: &Contract, request: &http::Request<Bytes>) -> bool {
        let uri = request.uri();
        if let Some(wanted) = &self.url {
            let base = wanted.path().trim_end_matches('/');
            let is_below = uri.path() == base
                || uri
                    .path()
                    .strip_prefix(base)
                    .is_some_and(|rest| rest.starts_with('/'));
            return uri.scheme() == wanted.scheme()
                && uri.authority() == wanted.authority()
                && is_below;
        }
        let base = self.base_url.trim_start_matches("http://localhost");
        uri.path()
            .strip_prefix(base)
            .is_some_and(|path| contract.knows_path(path))
    }
}
