//! What dropshot is told about an operation, so that the document that it emits is the one that the server was made
//! from.
//!
//! dropshot learns schemas from types by way of `schemars`. Ours are described by their own text in the document, which
//! loses nothing, and by nothing else.

use std::marker::PhantomData;

use dropshot::{
    ApiEndpointBodyContentType, ApiEndpointResponse, ExclusiveExtractor, ExtractorMetadata, Header,
    HttpResponse, HttpResponseHeaders, HttpResponseOk, Path, Query, SharedExtractor, TypedBody,
};
use http::StatusCode;
use schemars::JsonSchema;
use schemars::r#gen::SchemaGenerator;
use schemars::schema::Schema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A schema of the document, by its text.
pub trait Described: Send + Sync + 'static {
    /// The name in `components.schemas`, or one of its own.
    const NAME: &'static str;
    /// Whether it is one of `components.schemas`, which is referred to, or a schema that stands where it is used.
    const IS_NAMED: bool;
    /// The schema as `schemars` reads it.
    const TEXT: &'static str;
    /// Makes the named schemas that the text refers to known to the generator.
    fn refer(generator: &mut SchemaGenerator);
}

/// A type that has that schema, and no values that matter: it stands only in descriptions.
pub struct Typed<D>(PhantomData<D>);

impl<D: Described> JsonSchema for Typed<D> {
    fn schema_name() -> String {
        D::NAME.to_owned()
    }

    fn is_referenceable() -> bool {
        D::IS_NAMED
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        D::refer(generator);
        // The generator wrote the text, and its tests read every one of them.
        serde_json::from_str(D::TEXT).unwrap_or(Schema::Bool(true))
    }
}

impl<'de, D> Deserialize<'de> for Typed<D> {
    fn deserialize<R: Deserializer<'de>>(_: R) -> Result<Self, R::Error> {
        Err(R::Error::custom("this type stands only in descriptions"))
    }
}

impl<D> Serialize for Typed<D> {
    fn serialize<W: Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        serializer.serialize_unit()
    }
}

/// Describes a request: `P`, `Q` and `H` are objects whose members are its parameters in path, query and headers; none
/// where there is no such parameter.
pub struct Request(ExtractorMetadata);

impl Request {
    /// A request without parameters and body.
    pub fn new() -> Request {
        Request(ExtractorMetadata {
            extension_mode: dropshot::ExtensionMode::None,
            parameters: Vec::new(),
        })
    }

    /// Adds the members of an object as parameters in the path.
    #[must_use]
    pub fn path<D: Described>(self, content_type: &ApiEndpointBodyContentType) -> Request {
        self.with(<Path<Typed<D>> as SharedExtractor>::metadata(
            content_type.clone(),
        ))
    }

    /// Adds the members of an object as parameters in the query.
    #[must_use]
    pub fn query<D: Described>(self, content_type: &ApiEndpointBodyContentType) -> Request {
        self.with(<Query<Typed<D>> as SharedExtractor>::metadata(
            content_type.clone(),
        ))
    }

    /// Adds the members of an object as headers.
    #[must_use]
    pub fn header<D: Described>(self, content_type: &ApiEndpointBodyContentType) -> Request {
        self.with(<Header<Typed<D>> as SharedExtractor>::metadata(
            content_type.clone(),
        ))
    }

    /// Adds a body.
    #[must_use]
    pub fn body<D: Described>(self, content_type: &ApiEndpointBodyContentType) -> Request {
        self.with(<TypedBody<Typed<D>> as ExclusiveExtractor>::metadata(
            content_type.clone(),
        ))
    }

    /// What dropshot takes.
    pub fn metadata(self) -> ExtractorMetadata {
        self.0
    }

    fn with(mut self, more: ExtractorMetadata) -> Request {
        self.0.parameters.extend(more.parameters);
        self
    }
}

impl Default for Request {
    fn default() -> Request {
        Request::new()
    }
}

/// Describes the successful response of an operation.
pub struct Success(ApiEndpointResponse);

impl Success {
    /// A response without headers and body.
    pub fn new(status: u16, description: &str) -> Success {
        Success(ApiEndpointResponse {
            success: StatusCode::from_u16(status).ok(),
            description: Some(description.to_owned()),
            ..ApiEndpointResponse::default()
        })
    }

    /// Sets the body.
    #[must_use]
    pub fn body<D: Described>(mut self) -> Success {
        self.0.schema = HttpResponseOk::<Typed<D>>::response_metadata().schema;
        self
    }

    /// Adds the members of an object as headers.
    #[must_use]
    pub fn headers<D: Described>(mut self) -> Success {
        self.0.headers =
            HttpResponseHeaders::<HttpResponseOk<()>, Typed<D>>::response_metadata().headers;
        self
    }

    /// What dropshot takes.
    pub fn metadata(self) -> ApiEndpointResponse {
        self.0
    }
}
