//! What can be known before a run: whether its settings mean something, and whether there is a server.

use crate::contract::Contract;
use crate::laws::laws;
use crate::plan::Plan;
use crate::run::Error;
use crate::send::{Route, Sender};
use crate::settings::Settings;
use crate::site::Site;
use crate::target::Target;

/// Looks up every name in target and settings. Nothing is sent, and no credentials are asked for.
///
/// [`run`](crate::run) does the same; this is for whoever has something to do first, such as starting the server.
///
/// It gives all that keeps a run from starting; nothing at all where one would start.
pub fn check(contract: &Contract, target: &Target, settings: &Settings) -> Vec<Error> {
    let plan = Plan::new(contract, target, settings, &laws(contract));
    let site = Site::new(&target.base_url);
    plan.err().into_iter().chain(site.err()).collect()
}

/// Whether the server can be reached.
///
/// # Errors
/// The base URL is none, or nobody answers there within the time that an answer may take.
pub async fn reach(target: &Target, settings: &Settings) -> Result<(), Error> {
    let site = Site::new(&target.base_url)?;
    let route = Route::new(site, settings.tls_insecure, None, settings.timeout).await?;
    Sender::new(route).probe(settings.timeout).await
}
