//! What a generated server looks like, read from its code: the methods of its trait, and the types of their answers.

use syn::{Attribute, Expr, Fields, Item, ItemEnum, Lit, Meta, TraitItem};

/// A generated server.
pub struct Shape {
    /// The name of the trait.
    pub name: syn::Ident,
    /// Its methods.
    pub methods: Vec<Method>,
    enums: Vec<ItemEnum>,
}

/// A method of the trait.
pub struct Method {
    pub name: syn::Ident,
    /// Method and path, such as `GET /things/{id}`.
    pub label: String,
    pub request: syn::Type,
    pub response: syn::Type,
}

/// A variant of an enum.
pub struct Variant {
    pub name: syn::Ident,
    /// The first line of its comment.
    pub about: String,
    pub fields: Fields,
}

impl Shape {
    /// Reads the code of a server.
    ///
    /// # Errors
    /// It is no code of a server.
    pub fn read(code: &str) -> Result<Shape, String> {
        let file = syn::parse_file(code).map_err(|error| error.to_string())?;
        let item_trait = file.items.iter().find_map(|item| match item {
            Item::Trait(item) => Some(item),
            _ => None,
        });
        let item_trait = item_trait.ok_or("the generated code has no trait")?;
        let methods = item_trait.items.iter().filter_map(|item| match item {
            TraitItem::Fn(method) => read_method(method),
            _ => None,
        });
        let enums = file.items.iter().filter_map(|item| match item {
            Item::Enum(item) => Some(item.clone()),
            _ => None,
        });
        Ok(Shape {
            name: item_trait.ident.clone(),
            methods: methods.collect(),
            enums: enums.collect(),
        })
    }

    /// The variants of a type, where it is an enum of the module.
    pub fn variants(&self, rust_type: &syn::Type) -> Option<Vec<Variant>> {
        let syn::Type::Path(path) = rust_type else {
            return None;
        };
        let name = path.path.get_ident()?;
        let item = self.enums.iter().find(|item| item.ident == *name)?;
        let variants = item.variants.iter().map(|variant| Variant {
            name: variant.ident.clone(),
            about: comment(&variant.attrs)
                .into_iter()
                .next()
                .unwrap_or_default(),
            fields: variant.fields.clone(),
        });
        Some(variants.collect())
    }
}

fn read_method(method: &syn::TraitItemFn) -> Option<Method> {
    let request = method.sig.inputs.iter().nth(2)?;
    let syn::FnArg::Typed(request) = request else {
        return None;
    };
    let label = comment(&method.attrs).pop()?;
    Some(Method {
        name: method.sig.ident.clone(),
        label: label.trim_matches('`').to_owned(),
        request: (*request.ty).clone(),
        response: output(&method.sig.output)?,
    })
}

/// `T` of `impl Future<Output = T> + Send`.
fn output(output: &syn::ReturnType) -> Option<syn::Type> {
    let syn::ReturnType::Type(_, rust_type) = output else {
        return None;
    };
    let syn::Type::ImplTrait(future) = &**rust_type else {
        return None;
    };
    let syn::TypeParamBound::Trait(bound) = future.bounds.first()? else {
        return None;
    };
    let segment = bound.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::AssocType(output) => Some(output.ty.clone()),
        _ => None,
    }
}

/// The lines of a comment.
fn comment(attributes: &[Attribute]) -> Vec<String> {
    let line = |attribute: &Attribute| {
        let Meta::NameValue(meta) = &attribute.meta else {
            return None;
        };
        match &meta.value {
            Expr::Lit(literal) if meta.path.is_ident("doc") => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        }
    };
    let texts: Vec<String> = attributes.iter().filter_map(line).collect();
    texts
        .iter()
        .flat_map(|text| text.lines())
        .map(|line| line.trim().to_owned())
        .collect()
}
