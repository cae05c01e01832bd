//! Reads an OpenAPI document into one resolved, indexed model.
//!
//! [`parse`] takes the text of a document, JSON or YAML, and gives an [`Api`]: the operations with their parameters,
//! bodies, responses and security, every `$ref` followed, and all [`Schemas`] lowered to one dialect. Or it gives every
//! fault of the document, each a [`Diagnostic`] with its JSON pointer and line.
//!
//! OpenAPI 3.0 and 3.1 are read. The model refuses nothing that they allow. What somebody who uses it cannot support is for them to say, by
//! the pointer that every part of the model has.
//!
//! [`parse_json_schema`] reads JSON Schema documents of several drafts into the same [`Schemas`].
//!
//! The tree with positions is our own: the types of the `openapiv3` crate forget where a value stood, and hold bounds
//! only as `i64` or `f64`. This crate does no input or output; [`parse_with`] asks its caller for other files.
//!
//! ```
//! let faults = openapi_model::parse("
//! openapi: 3.0.3
//! info: { title: Things }
//! paths:
//!   /things/{id}:
//!     get:
//!       responses: { ok: { description: The thing } }
//! ").unwrap_err();
//! assert_eq!(faults.to_string(), "\
//! line 3, #/info: `version` is missing
//! line 6, #/paths/~1things~1{id}/get: `{id}` stands in the path, and no path parameter has that name
//! line 7, #/paths/~1things~1{id}/get/responses/ok: `ok` is no status: it must be a code such as 200, a range such as 4XX, or default");
//! ```

mod api;
mod diagnostic;
mod files;
mod json_schema;
mod pointer;
mod read;
mod schema;
mod text;
mod tree;
mod uri;

pub use api::{
    Api, Header, Link, Location, MediaType, Operation, Parameter, ParameterFormat, RequestBody,
    Response, SecurityKind, SecurityScheme, SecurityUse, StatusPattern, Style,
};
pub use diagnostic::{Diagnostic, Diagnostics};
pub use json_schema::json_schema;
pub use pointer::Pointer;
pub use read::{
    Dialect, Keyword, Treatment, keywords, parse, parse_json_schema, parse_schema, parse_with,
};
pub use schema::{Annotations, Direction, Discriminator, Schema, SchemaId, Schemas, Types};
