//! What can be known before a run: whether its settings mean something, and whether there is a server.

use std::time::Duration;

use crate::contract::Contract;
use crate::laws::laws;
use crate::plan::Plan;
use crate::request::Request;
use crate::run::Error;
use crate::send::{Route, Sender};
use crate::settings::Settings;
use crate::site::Site;
use crate::target::Target;

/// Looks up every name in target and settings. Nothing is sent, and no credentials are asked for.
///
/// [`run`](fn@crate::run) does the same; this is for whoever has something to do first, such as starting the server.
///
/// It gives all that keeps a run from starting; nothing at all where one would start.
pub fn check(contract: &Contract, target: &Target, settings: &Settings) -> Vec<Error> {
    let plan = Plan::new(contract, target, settings, &laws(contract).laws);
    let site = Site::new(&target.base_url);
    plan.err().into_iter().chain(site.err()).collect()
}

/// Whether the server answers, with whatever status: that a connection can be made says little where something stands
/// before the server, as before one in a container.
///
/// # Errors
/// The base URL is none, or nobody answers there within the time that an answer may take, or a second where that is
/// less: a server that starts is slow.
pub async fn reach(target: &Target, settings: &Settings) -> Result<(), Error> {
    let site = Site::new(&target.base_url)?;
    let timeout = settings.timeout.max(Duration::from_secs(1));
    let unanswered = |reason| Error::unreached(&site, reason);
    let route = Route::new(site.clone(), &settings.trust, None, timeout).await?;
    let request = Request {
        method: http::Method::GET,
        target: format!("{}/", site.base),
        headers: Vec::new(),
        body: None,
    };
    let sent = Sender::new(route).send(&request, timeout).await;
    sent.answer.map(drop).map_err(unanswered)
}
