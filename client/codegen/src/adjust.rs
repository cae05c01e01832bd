//! What is changed in progenitor's code.
//!
//! - Its module of types holds nothing that is used, and gives way to ours.
//! - `Client::new`, which panics where the HTTP client cannot be set up, gives way to ours.
//! - A body that need not be there need not be given.
//! - Comments name the method and path of the document, not those that progenitor was shown.

use std::collections::HashMap;

use syn::{Attribute, Expr, ImplItem, Item, ItemImpl, ItemMod, Stmt};

use crate::client::ClientItems;
use crate::names::builder_name;

/// Changes the code that progenitor made of a client.
pub(crate) fn adjust(file: &mut syn::File, client: &ClientItems) {
    let requests: HashMap<&str, String> = client
        .operations
        .iter()
        .map(|operation| {
            let request = format!(
                "`{}` request to `{}`",
                operation.http_method, operation.path
            );
            (operation.method.as_str(), request)
        })
        .collect();
    let optional_bodies: Vec<String> = client
        .operations
        .iter()
        .filter(|operation| operation.body.as_ref().is_some_and(|body| !body.required))
        .map(|operation| builder_name(&operation.method))
        .collect();
    file.items.retain(|item| !is_module(item, "prelude"));
    for item in &mut file.items {
        if is_module(item, "types") {
            *item = syn::parse_quote!(
                use super::types;
            );
        }
    }
    adjust_items(&mut file.items, &requests, &optional_bodies);
}

fn is_module(item: &Item, name: &str) -> bool {
    matches!(item, Item::Mod(module) if module.ident == name)
}

fn adjust_items(items: &mut [Item], requests: &HashMap<&str, String>, optional_bodies: &[String]) {
    for item in items {
        match item {
            Item::Mod(ItemMod { attrs, content, .. }) => {
                adjust_comments(attrs, requests);
                if let Some((_, items)) = content {
                    adjust_items(items, requests, optional_bodies);
                }
            }
            Item::Struct(item) => adjust_comments(&mut item.attrs, requests),
            Item::Impl(item) => adjust_impl(item, requests, optional_bodies),
            _ => {}
        }
    }
}

fn adjust_impl(item: &mut ItemImpl, requests: &HashMap<&str, String>, optional_bodies: &[String]) {
    let name = match &*item.self_ty {
        syn::Type::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()),
        _ => None,
    };
    let is_client = name.as_deref() == Some("Client");
    let is_new = |item: &ImplItem| matches!(item, ImplItem::Fn(f) if f.sig.ident == "new");
    if is_client {
        item.items.retain(|item| !is_new(item));
    }
    for member in &mut item.items {
        let ImplItem::Fn(function) = member else {
            continue;
        };
        adjust_comments(&mut function.attrs, requests);
        let has_optional_body = name
            .as_ref()
            .is_some_and(|name| optional_bodies.contains(name));
        if has_optional_body
            && function.sig.ident == "new"
            && let Some(Stmt::Expr(Expr::Struct(built), _)) = function.block.stmts.last_mut()
        {
            for field in &mut built.fields {
                if matches!(&field.member, syn::Member::Named(name) if name == "body") {
                    field.expr = syn::parse_quote!(Ok(::std::default::Default::default()));
                }
            }
        }
    }
}

/// Puts each line of a comment in an attribute of its own, and names the request as the document has it.
fn adjust_comments(attributes: &mut Vec<Attribute>, requests: &HashMap<&str, String>) {
    let mut adjusted = Vec::new();
    for attribute in attributes.drain(..) {
        let Some(text) = comment(&attribute) else {
            adjusted.push(attribute);
            continue;
        };
        let mut previous = String::new();
        for line in text.trim().lines() {
            let line = named(line, requests);
            // A list would go on in the code.
            if line.starts_with("```") && previous.starts_with("- ") {
                adjusted.push(syn::parse_quote!(#[doc = ""]));
            }
            previous.clone_from(&line);
            let line = if line.is_empty() {
                line
            } else {
                format!(" {line}")
            };
            adjusted.push(syn::parse_quote!(#[doc = #line]));
        }
    }
    *attributes = adjusted;
}

fn comment(attribute: &Attribute) -> Option<String> {
    let syn::Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    match &meta.value {
        Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) if meta.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// A line in which progenitor says what is sent, as the document says it.
fn named(line: &str, requests: &HashMap<&str, String>) -> String {
    const SENDS: &str = "Sends a ";
    let name = line
        .strip_prefix(SENDS)
        .and_then(|rest| rest.strip_prefix("`POST` request to `/"))
        .and_then(|rest| rest.strip_suffix('`'));
    match name.and_then(|name| requests.get(name)) {
        Some(request) => format!("{SENDS}{request}."),
        None => line.trim_end().to_owned(),
    }
}
