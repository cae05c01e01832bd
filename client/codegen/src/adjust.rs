//! What is changed in progenitor's code.
//!
//! - Its module of types holds nothing that is used, and gives way to ours.
//! - `Client::new`, which panics where the HTTP client cannot be set up, gives way to ours.
//! - A body that need not be there need not be given.
//! - Bodies are written by `requests`, since progenitor knows JSON only and looks at no rule of the document.
//! - Answers of several types, and those that are no JSON, are read by `answers`.
//! - Comments name the method and path of the document, not those that progenitor was shown.

use std::collections::HashMap;

use quote::ToTokens as _;
use schema_codegen::naming;
use syn::{Attribute, Expr, ExprMethodCall, ImplItem, Item, ItemImpl, ItemMod, Pat, Stmt};

use crate::client::{ClientItems, OperationItem};
use crate::names::builder_name;

/// Changes the code that progenitor made of a client.
pub(crate) fn adjust(file: &mut syn::File, client: &ClientItems) {
    let adjusting = Adjusting {
        methods: by_name(client, |operation| operation.method.clone()),
        builders: by_name(client, |operation| builder_name(&operation.method)),
    };
    file.items.retain(|item| !is_module(item, "prelude"));
    for item in &mut file.items {
        if is_module(item, "types") {
            *item = imports(client);
        }
        if let Item::Mod(ItemMod {
            ident,
            content: Some((_, items)),
            ..
        }) = item
            && ident == "builder"
        {
            items.retain(|item| !is_import_of_types(item));
            items.insert(0, imports(client));
        }
    }
    adjusting.items(&mut file.items);
}

/// The operations of a client by a name that each has for itself.
fn by_name(
    client: &ClientItems,
    name: impl Fn(&OperationItem) -> String,
) -> HashMap<String, &OperationItem> {
    let operations = client.operations.iter();
    operations
        .map(|operation| (name(operation), operation))
        .collect()
}

/// What the code around progenitor's has for it.
fn imports(client: &ClientItems) -> Item {
    let modules = client.modules().into_iter().map(naming::ident);
    syn::parse_quote!(
        use super::{#(#modules),*};
    )
}

fn is_module(item: &Item, name: &str) -> bool {
    matches!(item, Item::Mod(module) if module.ident == name)
}

fn is_import_of_types(item: &Item) -> bool {
    matches!(item, Item::Use(_)) && item.to_token_stream().to_string() == "use super :: types ;"
}

struct Adjusting<'a> {
    /// The operations by the methods of the client.
    methods: HashMap<String, &'a OperationItem>,
    /// The operations by the types of their builders.
    builders: HashMap<String, &'a OperationItem>,
}

impl Adjusting<'_> {
    fn items(&self, items: &mut [Item]) {
        for item in items {
            match item {
                Item::Mod(ItemMod { attrs, content, .. }) => {
                    self.comments(attrs);
                    if let Some((_, items)) = content {
                        self.items(items);
                    }
                }
                Item::Struct(item) => {
                    self.comments(&mut item.attrs);
                    let operation = self.builders.get(&item.ident.to_string());
                    let body = operation.and_then(|operation| operation.body.as_ref());
                    if body.is_some_and(|body| body.has_stream()) {
                        let is_derive = |attribute: &Attribute| attribute.path().is_ident("derive");
                        item.attrs.retain(|attribute| !is_derive(attribute));
                        item.attrs.push(syn::parse_quote!(#[derive(Debug)]));
                    }
                }
                Item::Impl(item) => self.item_impl(item),
                _ => {}
            }
        }
    }

    fn item_impl(&self, item: &mut ItemImpl) {
        let name = match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()),
            _ => None,
        };
        let Some(name) = name else { return };
        if name == "Client" {
            let is_new = |item: &ImplItem| matches!(item, ImplItem::Fn(f) if f.sig.ident == "new");
            item.items.retain(|item| !is_new(item));
        }
        let operation = self.builders.get(&name);
        for member in &mut item.items {
            let ImplItem::Fn(function) = member else {
                continue;
            };
            self.comments(&mut function.attrs);
            let Some(operation) = operation else { continue };
            if function.sig.ident == "new" {
                start(&mut function.block.stmts, operation);
            } else if function.sig.ident == "send" {
                send(&mut function.block.stmts, operation);
            }
        }
    }

    /// Puts each line of a comment in an attribute of its own, and names the request as the document has it.
    fn comments(&self, attributes: &mut Vec<Attribute>) {
        let mut adjusted = Vec::new();
        for attribute in attributes.drain(..) {
            let Some(text) = comment(&attribute) else {
                adjusted.push(attribute);
                continue;
            };
            let mut previous = String::new();
            for line in text.trim().lines() {
                let line = self.named(line);
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

    /// A line in which progenitor says what is sent, as the document says it.
    fn named(&self, line: &str) -> String {
        const SENDS: &str = "Sends a ";
        let name = line
            .strip_prefix(SENDS)
            .and_then(|rest| rest.strip_prefix("`POST` request to `/"))
            .and_then(|rest| rest.strip_suffix('`'));
        match name.and_then(|name| self.methods.get(name)) {
            Some(OperationItem {
                http_method, path, ..
            }) => format!("{SENDS}`{http_method}` request to `{path}`."),
            None => line.trim_end().to_owned(),
        }
    }
}

/// In a builder's `new`: a body that need not be there is not missing.
fn start(statements: &mut [Stmt], operation: &OperationItem) {
    let body = operation.body.as_ref();
    if body.is_none_or(|body| body.required) {
        return;
    }
    if let Some(Stmt::Expr(Expr::Struct(built), _)) = statements.last_mut() {
        for field in &mut built.fields {
            if matches!(&field.member, syn::Member::Named(name) if name == "body") {
                field.expr = syn::parse_quote!(Ok(::std::default::Default::default()));
            }
        }
    }
}

/// In a builder's `send`: the body, and the answer.
fn send(statements: &mut Vec<Stmt>, operation: &OperationItem) {
    let function = naming::ident(&operation.method);
    if let Some(body) = &operation.body {
        // `let mut request = client.client.post(url).json(&body).build()?;`
        let built = statements
            .iter_mut()
            .enumerate()
            .find_map(|(index, statement)| {
                let Stmt::Local(local) = statement else {
                    return None;
                };
                let Pat::Ident(request) = &local.pat else {
                    return None;
                };
                let is_built =
                    request.mutability.is_some() && take_json(&mut local.init.as_mut()?.expr);
                is_built.then(|| (index, request.ident.clone()))
            });
        if let Some((index, request)) = built {
            let put = if body.required {
                syn::parse_quote!(support::body::put(&mut #request, requests::#function(body));)
            } else {
                syn::parse_quote! {
                    if let Some(body) = body.0 {
                        support::body::put(&mut #request, requests::#function(body));
                    }
                }
            };
            statements.insert(index + 1, put);
        }
    }
    if !operation.cases.is_empty()
        && let Some(Stmt::Expr(result, _)) = statements.last_mut()
        && let Expr::Match(by_status) = result
    {
        // `match response.status().as_u16() { ... }`
        let mut response = &*by_status.expr;
        while let Expr::MethodCall(call) = response {
            response = &call.receiver;
        }
        *result = syn::parse_quote!(answers::#function(#response).await);
    }
}

/// Takes `.json(&body)` out of a chain of calls; says whether it was there.
fn take_json(expression: &mut Expr) -> bool {
    match expression {
        Expr::Try(tried) => take_json(&mut tried.expr),
        Expr::MethodCall(ExprMethodCall {
            receiver, method, ..
        }) if method == "json" => {
            *expression = (**receiver).clone();
            true
        }
        Expr::MethodCall(call) => take_json(&mut call.receiver),
        _ => false,
    }
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
