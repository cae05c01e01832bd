//! Credentials: which an operation asks for, and where they stand.

use openapi_model::{Api, Location, Operation, SecurityKind, SecurityUse};
use quote::quote;
use schema_codegen::naming;

use super::{Lowering, title_case};
use crate::client::{OperationItem, SchemeItem, SchemeUse};
use crate::documentation;
use crate::header::header_fault;

/// The schemes that operations ask for.
pub(super) fn schemes(api: &Api, operations: &[OperationItem]) -> Vec<SchemeItem> {
    let mut fields = naming::Names::default();
    let is_used = |name: &str| {
        let mut uses = operations.iter().flat_map(|o| o.security.iter().flatten());
        uses.any(|used| used.name == name)
    };
    let schemes = api.security_schemes.values();
    schemes
        .filter(|scheme| is_used(&scheme.name))
        .map(|scheme| {
            let place = match &scheme.kind {
                SecurityKind::Http(kind) if kind == "basic" => {
                    "name and password, as `Secret::basic` makes it of them".to_owned()
                }
                SecurityKind::Http(kind) => {
                    format!(
                        "what stands behind `{}` in the header `Authorization`",
                        title_case(kind)
                    )
                }
                SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_) => {
                    "what stands behind `Bearer` in the header `Authorization`".to_owned()
                }
                SecurityKind::ApiKey(Location::Query, name) => {
                    format!("the value of the query parameter `{name}`")
                }
                SecurityKind::ApiKey(Location::Cookie, name) => {
                    format!("the value of the cookie `{name}`")
                }
                SecurityKind::ApiKey(Location::Header | Location::Path, name) => {
                    format!("the value of the header `{name}`")
                }
                // Left out, see `unsatisfiable`.
                SecurityKind::MutualTls => "nothing".to_owned(),
            };
            let about = format!("`{}`: {place}.", scheme.name);
            SchemeItem {
                name: scheme.name.clone(),
                field: naming::ident(&fields.claim(&naming::value_name(&scheme.name))),
                documentation: documentation::lines([scheme.description.as_deref(), Some(&about)]),
            }
        })
        .collect()
}

impl Lowering<'_> {
    /// The alternatives of `security` that a caller can satisfy; `None` where there are some and none is left.
    pub(super) fn security(&mut self, operation: &Operation) -> Option<Vec<Vec<SchemeUse>>> {
        let mut possible = Vec::new();
        for all in &operation.security {
            match self.unsatisfiable(all) {
                Some(why) => {
                    let what = if operation.security.len() > 1 {
                        "the alternative"
                    } else {
                        "the operation"
                    };
                    self.leave_out(
                        &operation.pointer.join("security"),
                        operation.line,
                        why,
                        what,
                    );
                }
                None => possible.push(all),
            }
        }
        if possible.is_empty() && !operation.security.is_empty() {
            return None;
        }
        let scheme_use = |used: &SecurityUse| {
            let place = match &self.api.security_schemes.get(&used.scheme)?.kind {
                SecurityKind::Http(kind) => {
                    let kind = title_case(kind);
                    quote!(Place::Authorization(#kind))
                }
                SecurityKind::OAuth2 | SecurityKind::OpenIdConnect(_) => {
                    quote!(Place::Authorization("Bearer"))
                }
                SecurityKind::ApiKey(Location::Query, name) => quote!(Place::Query(#name)),
                SecurityKind::ApiKey(Location::Cookie, name) => quote!(Place::Cookie(#name)),
                SecurityKind::ApiKey(Location::Header | Location::Path, name) => {
                    quote!(Place::Header(#name))
                }
                // Left out, see `unsatisfiable`.
                SecurityKind::MutualTls => return None,
            };
            Some(SchemeUse {
                name: used.scheme.clone(),
                place,
            })
        };
        let uses = possible
            .into_iter()
            .map(|all| all.iter().filter_map(scheme_use).collect());
        Some(uses.collect())
    }

    /// Why no request can satisfy all schemes of one requirement.
    fn unsatisfiable(&self, all: &[SecurityUse]) -> Option<String> {
        let kind = |used: &SecurityUse| {
            let scheme = self.api.security_schemes.get(&used.scheme);
            scheme.map(|scheme| &scheme.kind)
        };
        let bad_name = all.iter().find_map(|used| match kind(used)? {
            SecurityKind::ApiKey(Location::Header | Location::Cookie, name)
            | SecurityKind::Http(name) => header_fault(name),
            _ => None,
        });
        if bad_name.is_some() {
            return bad_name;
        }
        let certificate = all
            .iter()
            .find(|used| kind(used) == Some(&SecurityKind::MutualTls));
        if let Some(used) = certificate {
            return Some(format!(
                "`{}` is the client's certificate, which the generated client does not send: ask for another scheme",
                used.scheme
            ));
        }
        let in_authorization: Vec<String> = all
            .iter()
            .filter(|used| !matches!(kind(used), None | Some(SecurityKind::ApiKey(..))))
            .map(|used| format!("`{}`", used.scheme))
            .collect();
        (in_authorization.len() > 1).then(|| {
            format!(
                "{} in one requirement cannot be satisfied, since a request has one `Authorization` header: make them alternatives",
                in_authorization.join(" and ")
            )
        })
    }
}
