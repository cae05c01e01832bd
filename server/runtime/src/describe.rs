//! What dropshot is told about an operation, so that the document that it emits is the one that the server was made
//! from.
//!
//! dropshot learns schemas from types by way of `schemars`. Ours are described by their own text in the document, which
//! loses nothing, and by nothing else.

use std::fmt;
use std::marker::PhantomData;

use dropshot::{
    ApiEndpointBodyContentType, ApiEndpointResponse, ErrorStatusCode, ExclusiveExtractor,
    ExtensionMode, ExtractorMetadata, Header, HttpError, HttpResponse, HttpResponseError,
    HttpResponseHeaders, HttpResponseOk, HttpResponseUpdatedNoContent, MultipartBody, Path, Query,
    SharedExtractor, TypedBody, UntypedBody,
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
            extension_mode: ExtensionMode::None,
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

    /// Adds a body of that media type.
    #[must_use]
    pub fn body<D: Described>(self, content_type: &ApiEndpointBodyContentType) -> Request {
        self.with(<TypedBody<Typed<D>> as ExclusiveExtractor>::metadata(
            content_type.clone(),
        ))
    }

    /// Adds a body of that media type that is bytes: `multipart/form-data`, or else `application/octet-stream`.
    #[must_use]
    pub fn bytes(self, content_type: &ApiEndpointBodyContentType) -> Request {
        self.with(match content_type {
            ApiEndpointBodyContentType::MultipartFormData => {
                MultipartBody::metadata(content_type.clone())
            }
            _ => UntypedBody::metadata(content_type.clone()),
        })
    }

    /// Says that what is answered is one page of many (`x-dropshot-pagination`, whose value is JSON).
    #[must_use]
    pub fn paginated(mut self, first_page: &str) -> Request {
        // The generator wrote it.
        let first_page = serde_json::from_str(first_page).unwrap_or_default();
        self.0.extension_mode = ExtensionMode::Paginated(first_page);
        self
    }

    /// Says that the connection becomes a web socket (`x-dropshot-websocket`).
    #[must_use]
    pub fn websocket(mut self) -> Request {
        self.0.extension_mode = ExtensionMode::Websocket;
        self
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
            schema: HttpResponseUpdatedNoContent::response_metadata().schema,
            ..ApiEndpointResponse::default()
        })
    }

    /// A response of any status (`default`), without headers and body.
    pub fn of_any_status(description: &str) -> Success {
        let mut success = Success::new(200, description);
        success.0.success = None;
        success
    }

    /// Sets the body to anything (`*/*`), which is what dropshot has for all that is not JSON.
    #[must_use]
    pub fn any_body(mut self) -> Success {
        self.0.schema = None;
        self
    }

    /// Sets the body to JSON.
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

/// Describes what an operation answers when it fails. It is never sent: see [`Service::refuse`](crate::Service::refuse).
pub struct Failure<D>(HttpError, PhantomData<D>);

impl<D> From<HttpError> for Failure<D> {
    fn from(error: HttpError) -> Failure<D> {
        Failure(error, PhantomData)
    }
}

impl<D> fmt::Display for Failure<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<D: Described> JsonSchema for Failure<D> {
    fn schema_name() -> String {
        Typed::<D>::schema_name()
    }

    fn is_referenceable() -> bool {
        Typed::<D>::is_referenceable()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Typed::<D>::json_schema(generator)
    }
}

impl<D> Serialize for Failure<D> {
    fn serialize<W: Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        serializer.collect_str(self)
    }
}

impl<D: Described> HttpResponseError for Failure<D> {
    fn status_code(&self) -> ErrorStatusCode {
        self.0.status_code
    }
}
