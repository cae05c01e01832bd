//! The source of `support`, as it stands in generated files.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Item};

const MODULES: [(&str, &str); 10] = [
    ("answer", include_str!("support/answer.rs")),
    ("body", include_str!("support/body.rs")),
    ("call", include_str!("support/call.rs")),
    ("connect", include_str!("support/connect.rs")),
    ("header", include_str!("support/header.rs")),
    ("operation", include_str!("support/operation.rs")),
    ("parameter", include_str!("support/parameter.rs")),
    ("parts", include_str!("support/parts.rs")),
    ("request", include_str!("support/request.rs")),
    ("secret", include_str!("support/secret.rs")),
];

/// The contents of the module `support`: its source without the tests.
///
/// # Errors
/// The source is no Rust, in which case this crate would not have passed its tests.
pub(crate) fn support() -> Result<TokenStream, String> {
    let mut modules = Vec::new();
    for (name, source) in MODULES {
        let mut file = syn::parse_file(source).map_err(|error| format!("{name}: {error}"))?;
        file.items.retain(|item| !is_test(item));
        let (attributes, items) = (&file.attrs, &file.items);
        let name = format_ident!("{name}");
        modules.push(quote! {
            pub mod #name {
                #(#attributes)*
                #(#items)*
            }
        });
    }
    Ok(quote!(#(#modules)*))
}

fn is_test(item: &Item) -> bool {
    let is_test = |attribute: &Attribute| attribute.path().is_ident("cfg");
    matches!(item, Item::Mod(module) if module.attrs.iter().any(is_test))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn tests_stay_at_home() {
        let support = support().unwrap().to_string();
        assert!(support.contains("pub mod request"));
        assert!(!support.contains("cfg"));
    }

    #[test]
    fn every_module_is_embedded() {
        for line in include_str!("support/mod.rs").lines() {
            if let Some(name) = line.strip_prefix("pub mod ") {
                let name = name.trim_end_matches(';');
                assert!(MODULES.iter().any(|(n, _)| *n == name), "{name}");
            }
        }
    }
}
