//! The cases of a run without a server.

use super::{Context, Shown, count, draft};
use crate::case::{Case, CaseKey, Phase};
use crate::contract::Contract;
use crate::keys::Keys;
use crate::laws::laws;
use crate::plan::Plan;
use crate::request::{Request, request};
use crate::run::Error;
use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::target::Target;

/// The cases of a run, as for a server that has shown nothing yet: what is sent before any answer is known.
///
/// ```
/// use contract_harness::{Cases, Contract, Settings, Target};
///
/// let api = openapi_model::parse("
///     openapi: 3.0.3
///     info: { title: Things, version: '1' }
///     paths:
///       /things:
///         get:
///           parameters: [{ name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 9 } }]
///           responses: { '200': { description: The things. } }
/// ").unwrap();
/// let contract = Contract::new(api).unwrap();
/// let cases = Cases::new(&contract, &Target::default(), &Settings::default()).unwrap();
/// assert!(cases.of(0).any(|case| cases.request(&case).target == "/things?limit=9"));
/// assert!(cases.of(0).any(|case| case.mode.to_string() == "a call where query parameter `limit` breaks `maximum`"));
/// ```
#[derive(Debug)]
pub struct Cases<'c> {
    contract: &'c Contract,
    settings: Settings,
    keys: Keys,
    plan: Plan,
    shown: Shown,
    base: String,
}

impl<'c> Cases<'c> {
    /// Looks up what settings and target name, and asks for credentials where the target says to.
    ///
    /// # Errors
    /// Where a run could not start for the same reason.
    pub fn new(
        contract: &'c Contract,
        target: &Target,
        settings: &Settings,
    ) -> Result<Cases<'c>, Error> {
        let uri = target.base_url.parse::<http::Uri>();
        let base = uri.as_ref().map_or("", http::Uri::path);
        Ok(Cases {
            contract,
            settings: settings.clone(),
            keys: Keys::new(&target.credentials)?,
            plan: Plan::new(contract, target, settings, &laws(contract).laws)?,
            shown: Shown::new(contract),
            base: base.trim_end_matches('/').to_owned(),
        })
    }

    /// Every case of an operation, by its place in `Api::operations`, in the order of phases and numbers.
    ///
    /// What cannot be put on the wire is left out; an operation that cannot be called has no cases at all.
    pub fn of(&self, operation: usize) -> impl Iterator<Item = Case> {
        let context = Context {
            contract: self.contract,
            keys: &self.keys,
            settings: &self.settings,
            plan: &self.plan,
            shown: &self.shown,
        };
        let keys = Phase::ALONE.into_iter().flat_map(move |phase| {
            (0..count(&context, operation, phase)).map(move |index| CaseKey {
                operation,
                phase,
                index,
            })
        });
        keys.filter_map(move |key| draft(&context, key)?.case(context.contract))
    }

    /// The request of a case as it goes on the wire, credentials and all.
    pub fn request(&self, case: &Case) -> Request {
        let secrets = Secrets::Clear(&self.keys);
        request(self.contract.api(), case, &self.base, secrets)
    }
}
