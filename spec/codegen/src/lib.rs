//! Writes Rust types and schema tables from the schemas of an OpenAPI document.
//!
//! A code generator asks a [`Generator`] for the type or the table of whatever schema it comes across, puts what it
//! gets into its own code, and at the end places two modules beside that code:
//!
//! ```
//! use quote::quote;
//!
//! let api = openapi_model::parse("
//! openapi: 3.0.3
//! info: { title: Pets, version: '1' }
//! paths: {}
//! components:
//!   schemas:
//!     Pet:
//!       type: object
//!       required: [name]
//!       properties:
//!         name: { type: string, maxLength: 40 }
//!         born: { type: string, format: date-time }
//! ")?;
//! let mut generator = schema_codegen::Generator::new(&api, syn::parse_quote!(::schema_check));
//! let pet = api.named_schemas["Pet"];
//! let (pet_type, pet_table) = (generator.rust_type(pet, ""), generator.table(pet, ""));
//! assert_eq!(pet_type.to_string(), "types :: Pet");
//! assert_eq!(pet_table.to_string(), "& tables :: PET");
//!
//! let (types, tables) = (generator.types(), generator.tables());
//! let code = schema_codegen::print("Pets.", quote! {
//!     use schema_check::{Direction, Violation, check, decode, serde_json::Value};
//!
//!     pub fn violations(pet: &Value) -> Vec<Violation> { check(#pet_table, pet, Direction::Request) }
//!     pub fn pet(value: &Value) -> Option<#pet_type> { decode(value).ok() }
//!     pub mod types { #types }
//!     pub mod tables { #tables }
//! })?;
//! assert!(code.contains("pub struct Pet {"));
//! assert!(code.contains("pub born: Option<chrono::DateTime<chrono::FixedOffset>>,"));
//! assert!(code.contains("pub static PET: Schema = Schema {"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The two have different jobs. A table says all that the schema says, and is what values are checked with. A type
//! is for people to program with: it holds every value that passed the check, and says as much of the schema as is
//! pleasant in Rust. Where a schema has no pleasant type, that is `serde_json::Value`, and [`Generator::notes`] says so.
//! No schema is refused, and none makes the generator panic.
//!
//! Two readings are narrower than JSON Schema's, for types as well as tables: an integer without a `format` has 64 bits,
//! and a schema that names properties and no `type` is an object.

pub mod naming;

mod generator;
mod merge;
mod print;
mod rust;
mod table;

pub use generator::Generator;
pub use print::print;
