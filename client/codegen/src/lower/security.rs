//! Credentials: which an operation asks for, and where they stand.

use openapi_model::{Api, Location, Operation, SecurityKind};
use quote::quote;
use schema_codegen::naming;

use super::{Fault, Lowering, line, title_case};
use crate::client::{OperationItem, SchemeItem, SchemeUse};
use crate::{documentation, media};

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
                // Refused, see `check_security`.
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
    pub(super) fn check_security(&self, operation: &Operation, faults: &mut Vec<Fault>) {
        for used in operation.security.iter().flatten() {
            let Some(scheme) = self.api.security_schemes.get(&used.scheme) else {
                continue;
            };
            let name = match &scheme.kind {
                SecurityKind::Http(name) => name,
                SecurityKind::ApiKey(Location::Header | Location::Cookie, name) => name,
                SecurityKind::MutualTls => {
                    faults.push(Fault {
                        pointer: operation.pointer.join("security"),
                        line: operation.line,
                        message: format!(
                            "`{}` is a certificate of the client, which the generated client does not send: ask for \
                             another scheme",
                            scheme.name
                        ),
                    });
                    continue;
                }
                _ => continue,
            };
            if !media::is_token(name) {
                faults.push(Fault {
                    pointer: scheme.pointer.clone(),
                    line: line(operation, &scheme.pointer),
                    message: format!(
                        "its credential `{}` has a name that cannot be sent",
                        scheme.name
                    ),
                });
            }
        }
    }

    pub(super) fn security(&self, operation: &Operation) -> Vec<Vec<SchemeUse>> {
        let scheme_use = |used: &openapi_model::SecurityUse| {
            let scheme = self.api.security_schemes.get(&used.scheme)?;
            let place = match &scheme.kind {
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
                // Refused, see `check_security`.
                SecurityKind::MutualTls => return None,
            };
            Some(SchemeUse {
                name: used.scheme.clone(),
                place,
            })
        };
        let alternatives = operation.security.iter();
        alternatives
            .map(|all| all.iter().filter_map(scheme_use).collect())
            .collect()
    }
}
