//! What code generators ask for types and tables.

use openapi_model::{Api, Diagnostic, SchemaId};
use proc_macro2::TokenStream;

use crate::rust::{self, Types};
use crate::table::Tables;

/// Types and tables for the schemas of one document.
///
/// Whatever is asked for is put in two modules, which stand side by side under the names `types` and `tables`; the
/// expressions that the methods give back are for code beside them.
pub struct Generator<'a> {
    support: syn::Path,
    types: Types<'a>,
    tables: Tables<'a>,
    notes: Vec<Diagnostic>,
}

impl<'a> Generator<'a> {
    /// A generator for a document. The generated code finds the crate `schema_check` under the path `support`.
    pub fn new(api: &'a Api, support: syn::Path) -> Generator<'a> {
        Generator {
            types: Types::new(&api.schemas, &api.named_schemas),
            tables: Tables::new(&api.schemas, &api.named_schemas, support.clone()),
            support,
            notes: Vec::new(),
        }
    }

    /// A type for the values of a schema, such as `types::Event` or `Vec<String>`. `schema_check::decode` reads it.
    ///
    /// `hint` names it where the document does not: any text, such as `CreateEventRequest`.
    pub fn rust_type(&mut self, id: SchemaId, hint: &str) -> TokenStream {
        let ty = self.types.root(id, hint, &mut self.tables);
        rust::name_outside(&ty, &self.types.items, &self.support)
    }

    /// An expression of the type `&'static Schema`, such as `&tables::EVENT`: the table of a schema.
    ///
    /// `hint` names it where the document does not.
    pub fn table(&mut self, id: SchemaId, hint: &str) -> TokenStream {
        self.tables.reference(id, hint)
    }

    /// The contents of the module `types`: every type that was asked for, each followed by what it holds.
    pub fn types(&mut self) -> TokenStream {
        self.types.finish();
        rust::emit(&self.types.items, &self.types.roots, &self.support)
    }

    /// The contents of the module `tables`: every table that was asked for, and those that they refer to. To be called
    /// after all else, since types ask for tables too.
    pub fn tables(&mut self) -> TokenStream {
        let (items, notes) = self.tables.items(&self.types.held);
        self.notes = notes;
        items
    }

    /// Where types and tables say less than the document, or more. Complete when the modules have been written.
    pub fn notes(&self) -> Vec<Diagnostic> {
        self.types
            .notes
            .iter()
            .chain(&self.notes)
            .cloned()
            .collect()
    }
}
