//! The intermediate form of types, every name settled.
//!
//! This module is purely the shape: `lower` makes it, `finish` mends it, `emit` shows it.

use crate::merge::Part;

/// A type, as it stands in a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// `bool`
    Bool,
    /// One of Rust's integers, by its name.
    Integer(&'static str),
    /// `f64`
    Number,
    /// `String`
    Text,
    /// `chrono::DateTime<chrono::FixedOffset>`
    DateTime,
    /// `uuid::Uuid`
    Uuid,
    /// `serde_json::Value`: anything, `null` included.
    Value,
    /// `serde_json::Map`: an object of any members.
    Object,
    /// `Vec`
    List(Box<Type>),
    /// `BTreeMap`, from names.
    Map(Box<Type>),
    /// `Option`, with `None` for `null`.
    Nullable(Box<Type>),
    /// A type with a name of its own.
    Item(ItemId),
}

impl Type {
    /// The type, with `null` as one more value.
    pub fn or_null(self, nullable: bool) -> Type {
        match self {
            Type::Value | Type::Nullable(_) => self,
            other if nullable => Type::Nullable(Box::new(other)),
            other => other,
        }
    }
}

/// The place of an item in the list of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ItemId(pub usize);

/// A type with a name of its own.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub name: String,
    /// The schemas that it was made from.
    pub key: Vec<Part>,
    /// Lines of documentation.
    pub docs: Vec<String>,
    pub shape: Shape,
}

/// What an item is.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// `type X = ...`
    Alias(Type),
    /// `struct X(...)`, which is written as what it holds.
    Wrapper(Type),
    /// A struct with a field for each property.
    Struct(Struct),
    /// An enum of texts.
    Words(Vec<Word>),
    /// An enum of types, one for each branch of `oneOf` or `anyOf`.
    Union(Vec<Variant>),
}

#[derive(Clone, Debug)]
pub(crate) struct Struct {
    pub fields: Vec<Field>,
    /// The type of the members beside the properties, and the name of their field.
    pub extra: Option<(String, Type)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub name: String,
    /// The name of the property.
    pub property: String,
    pub docs: Vec<String>,
    pub ty: Type,
    /// Whether the member must be there, in both directions.
    pub is_required: bool,
    /// Whether the item in `ty` is boxed, because it holds this field's struct.
    pub is_boxed: bool,
}

/// One value of an enum of texts.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub name: String,
    pub text: String,
    pub docs: Vec<String>,
}

/// One form of a union.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub name: String,
    pub docs: Vec<String>,
    pub ty: Type,
    /// Whether the item in `ty` is boxed, because it holds this union.
    pub is_boxed: bool,
    /// The name of the table that tells whether a value has this form.
    pub table: proc_macro2::TokenStream,
}
