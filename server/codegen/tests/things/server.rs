// The server of Thing service, generated from its document.

/// Thing service
///
/// Things, and who may see them.
///
/// A service implements one method for each operation of the document. A method is called only with a request
/// that keeps the document in every respect, and answers with one of the responses that it declares.
#[allow(rustdoc::all, reason = "descriptions are the document's")]
pub trait ThingService: ::dropshot_runtime::Service {
    /// List things
    ///
    /// `GET /things`
    fn list_things(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: ListThingsRequest,
    ) -> impl ::core::future::Future<Output = ListThingsResponse> + Send;

    /// Create a thing
    ///
    /// `POST /things`
    fn create_thing(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: CreateThingRequest,
    ) -> impl ::core::future::Future<Output = CreateThingResponse> + Send;

    /// The thing with that id.
    ///
    /// `GET /things/{id}`
    fn get_thing(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: GetThingRequest,
    ) -> impl ::core::future::Future<Output = GetThingResponse> + Send;

    /// `DELETE /things/{id}`
    fn delete_thing(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: DeleteThingRequest,
    ) -> impl ::core::future::Future<Output = DeleteThingResponse> + Send;
}

/// Every operation, with the method of the service that serves it.
pub fn api<S: ThingService>() -> ::dropshot_runtime::Api<S> {
    ::dropshot_runtime::Api::new()
        .operation(
            ListThings,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.list_things(call, request).await
            },
        )
        .operation(
            CreateThing,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.create_thing(call, request).await
            },
        )
        .operation(
            GetThing,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.get_thing(call, request).await
            },
        )
        .operation(
            DeleteThing,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.delete_thing(call, request).await
            },
        )
}

/// What `listThings` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct ListThingsRequest {
    /// How many.
    ///
    /// The query parameter `limit`.
    ///
    /// `10` where it is not given.
    pub limit: i32,
    /// The query parameter `filter[name]`.
    pub filter_name: Option<String>,
    /// The query parameter `tag`.
    pub tag: Option<Vec<String>>,
    /// The query parameter `fields`.
    pub fields: Option<Vec<types::ListThingsFieldsItem>>,
    /// The query parameter `exact`.
    pub exact: Option<bool>,
    /// The cookie parameter `session`.
    pub session: Option<String>,
}

/// What `createThing` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct CreateThingRequest {
    /// The header parameter `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// The body.
    pub body: types::ThingCreate,
}

/// What `getThing` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct GetThingRequest {
    /// The path parameter `id`.
    pub id: i64,
}

/// What `deleteThing` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct DeleteThingRequest {
    /// The path parameter `id`.
    pub id: i64,
}

/// What `listThings` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum ListThingsResponse {
    /// 200: The things
    Ok {
        /// How many there are.
        ///
        /// The header `X-Total`.
        x_total: i64,
        /// The body.
        body: Vec<types::Thing>,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for ListThingsResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { x_total, body } => {
                ::dropshot_runtime::Answer::with_code(200)
                    .header("x-total", &x_total)?
                    .json("application/json", &body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `createThing` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum CreateThingResponse {
    /// 201: The thing
    Created {
        /// The header `Location`.
        location: String,
        /// The body.
        body: types::Thing,
    },
    /// default: It was refused
    Default {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for CreateThingResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Created { location, body } => {
                ::dropshot_runtime::Answer::with_code(201)
                    .header("location", &location)?
                    .json("application/vnd.things+json", &body)
            }
            Self::Default { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `getThing` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum GetThingResponse {
    /// 200: The thing
    Ok {
        /// The body.
        body: types::Thing,
    },
    /// 400: It was refused
    BadRequest {
        /// The body.
        body: types::Problem,
    },
    /// 404: It was refused
    NotFound {
        /// The body.
        body: types::Problem,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for GetThingResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200)
                    .json("application/vnd.things+json", &body)
            }
            Self::BadRequest { body } => {
                ::dropshot_runtime::Answer::with_code(400)
                    .json("application/json", &body)
            }
            Self::NotFound { body } => {
                ::dropshot_runtime::Answer::with_code(404)
                    .json("application/json", &body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `deleteThing` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum DeleteThingResponse {
    /// 204: It is gone
    NoContent,
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for DeleteThingResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::NoContent => Ok(::dropshot_runtime::Answer::with_code(204)),
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// The operation `listThings`.
pub struct ListThings;

impl ::dropshot_runtime::Operation for ListThings {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::LIST_THINGS;
    type Request = ListThingsRequest;
    type Response = ListThingsResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(ListThingsRequest {
            limit: values.parameter()?,
            filter_name: values.parameter()?,
            tag: values.parameter()?,
            fields: values.parameter()?,
            exact: values.parameter()?,
            session: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .query::<described::ListThingsQuery>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "The things")
            .body::<described::ListThingsOkBody>()
            .headers::<described::ListThingsOkHeaders>()
            .metadata()
    }
}

/// The operation `createThing`.
pub struct CreateThing;

impl ::dropshot_runtime::Operation for CreateThing {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::CREATE_THING;
    type Request = CreateThingRequest;
    type Response = CreateThingResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(CreateThingRequest {
            idempotency_key: values.parameter()?,
            body: values.body()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .header::<described::CreateThingHeaders>(content_type)
            .body::<described::ThingCreate>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(201, "The thing")
            .body::<described::Thing>()
            .headers::<described::CreateThingCreatedHeaders>()
            .metadata()
    }
}

/// The operation `getThing`.
pub struct GetThing;

impl ::dropshot_runtime::Operation for GetThing {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::GET_THING;
    type Request = GetThingRequest;
    type Response = GetThingResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(GetThingRequest {
            id: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::GetThingPath>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "The thing")
            .body::<described::Thing>()
            .metadata()
    }
}

/// The operation `deleteThing`.
pub struct DeleteThing;

impl ::dropshot_runtime::Operation for DeleteThing {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::DELETE_THING;
    type Request = DeleteThingRequest;
    type Response = DeleteThingResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(DeleteThingRequest {
            id: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::DeleteThingPath>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(204, "It is gone").metadata()
    }
}

pub mod types {
    //! The types of the document's schemas.
    #![allow(
        clippy::doc_lazy_continuation,
        clippy::enum_variant_names,
        clippy::large_enum_variant,
        dead_code,
        rustdoc::all,
        reason = "names, sizes, descriptions and what is there at all are the document's"
    )]
    use ::dropshot_runtime::schema::{
        UnknownValue, chrono, integer, present, serde::{Deserialize, Serialize},
    };

    /// An item of `listThings fields`.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        Serialize,
        Deserialize
    )]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub enum ListThingsFieldsItem {
        /// `name`.
        #[serde(rename = "name")]
        Name,
        /// `size`.
        #[serde(rename = "size")]
        Size,
    }

    impl ListThingsFieldsItem {
        /// Every value, in the document's order.
        pub const ALL: [Self; 2] = [Self::Name, Self::Size];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::Name => "name",
                Self::Size => "size",
            }
        }
    }

    impl std::fmt::Display for ListThingsFieldsItem {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for ListThingsFieldsItem {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "name" => Ok(Self::Name),
                "size" => Ok(Self::Size),
                _ => {
                    Err(UnknownValue {
                        expected: &["name", "size"],
                    })
                }
            }
        }
    }

    /// The schema `Thing`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct Thing {
        /// The member `id`.
        #[serde(deserialize_with = "integer::deserialize")]
        pub id: i64,
        /// The member `name`.
        pub name: String,
        /// The member `size`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present::deserialize"
        )]
        pub size: Option<Option<f64>>,
        /// The member `kind`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<ThingKind>,
    }

    /// The member `kind` of `Thing`.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        Serialize,
        Deserialize
    )]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub enum ThingKind {
        /// `small`.
        #[serde(rename = "small")]
        Small,
        /// `large`.
        #[serde(rename = "large")]
        Large,
    }

    impl ThingKind {
        /// Every value, in the document's order.
        pub const ALL: [Self; 2] = [Self::Small, Self::Large];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::Small => "small",
                Self::Large => "large",
            }
        }
    }

    impl std::fmt::Display for ThingKind {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for ThingKind {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "small" => Ok(Self::Small),
                "large" => Ok(Self::Large),
                _ => {
                    Err(UnknownValue {
                        expected: &["small", "large"],
                    })
                }
            }
        }
    }

    /// The schema `Problem`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct Problem {
        /// The member `message`.
        pub message: String,
        /// The member `faults`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub faults: Option<Vec<String>>,
    }

    /// A thing that does not exist yet.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct ThingCreate {
        /// The member `name`.
        ///
        /// 1 to 10 characters.
        pub name: String,
        /// The member `size`.
        ///
        /// More than 0.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present::deserialize"
        )]
        pub size: Option<Option<f64>>,
        /// The member `parts`.
        ///
        /// No two items are equal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub parts: Option<Vec<ThingCreate>>,
        /// The member `madeAt`.
        #[serde(rename = "madeAt", default, skip_serializing_if = "Option::is_none")]
        pub made_at: Option<chrono::DateTime<chrono::FixedOffset>>,
    }
}

/// What the document says about each operation, for the steps that a request goes through.
mod specs {
    use ::dropshot_runtime::{
        BodyForm, BodyFormat, BodySpec, CredentialPlace, OperationSpec,
        ParameterLocation, ParameterSpec, ResponseSpec, Scalar, SchemeSpec, Shape,
    };
    use super::tables;

    /// `listThings`: `GET /things`.
    pub(super) static LIST_THINGS: OperationSpec = OperationSpec {
        id: "listThings",
        method: "GET",
        path: "/things",
        is_described: true,
        summary: Some("List things"),
        description: None,
        tags: &["things"],
        deprecated: false,
        security: &[
            &[
                SchemeSpec {
                    name: "token",
                    place: CredentialPlace::Authorization("bearer"),
                    scopes: &[],
                },
            ],
            &[
                SchemeSpec {
                    name: "key",
                    place: CredentialPlace::Header("X-Key"),
                    scopes: &[],
                },
            ],
        ],
        scopes: &[],
        parameters: &[
            ParameterSpec {
                name: "limit",
                location: ParameterLocation::Query,
                required: false,
                description: Some("How many."),
                shapes: &[Shape::One(Scalar::Integer)],
                default: Some("10"),
                schema: &tables::LIST_THINGS_LIMIT,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "filter[name]",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::One(Scalar::Text)],
                schema: &tables::LIST_THINGS_FILTER_NAME,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "tag",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::Repeated(Scalar::Text)],
                schema: &tables::LIST_THINGS_TAG,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "fields",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::Delimited(Scalar::Text, ",")],
                schema: &tables::LIST_THINGS_FIELDS,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "exact",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::One(Scalar::Boolean)],
                schema: &tables::LIST_THINGS_EXACT,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "session",
                location: ParameterLocation::Cookie,
                required: false,
                shapes: &[Shape::One(Scalar::Text)],
                schema: &tables::LIST_THINGS_SESSION,
                ..ParameterSpec::ANY
            },
        ],
        body: None,
        produces: &["application/json"],
        responses: &[
            ResponseSpec {
                status: "200",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::LIST_THINGS_OK_BODY),
                    },
                ],
            },
            ResponseSpec {
                status: "4XX",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
        ],
    };

    /// `createThing`: `POST /things`.
    pub(super) static CREATE_THING: OperationSpec = OperationSpec {
        id: "createThing",
        method: "POST",
        path: "/things",
        is_described: true,
        summary: Some("Create a thing"),
        description: None,
        tags: &["things"],
        deprecated: false,
        security: &[
            &[
                SchemeSpec {
                    name: "token",
                    place: CredentialPlace::Authorization("bearer"),
                    scopes: &[],
                },
                SchemeSpec {
                    name: "key",
                    place: CredentialPlace::Header("X-Key"),
                    scopes: &[],
                },
            ],
        ],
        scopes: &["things.write"],
        parameters: &[
            ParameterSpec {
                name: "Idempotency-Key",
                location: ParameterLocation::Header,
                required: false,
                shapes: &[Shape::One(Scalar::Text)],
                schema: &tables::CREATE_THING_IDEMPOTENCY_KEY,
                ..ParameterSpec::ANY
            },
        ],
        body: Some(BodySpec {
            required: true,
            media_types: &["application/vnd.things+json"],
            forms: &[
                BodyForm {
                    media_types: &["application/vnd.things+json"],
                    format: BodyFormat::Json(&tables::THING_CREATE),
                },
            ],
        }),
        produces: &["application/vnd.things+json"],
        responses: &[
            ResponseSpec {
                status: "201",
                forms: &[
                    BodyForm {
                        media_types: &["application/vnd.things+json"],
                        format: BodyFormat::Json(&tables::THING),
                    },
                ],
            },
            ResponseSpec {
                status: "default",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
        ],
    };

    /// `getThing`: `GET /things/{id}`.
    pub(super) static GET_THING: OperationSpec = OperationSpec {
        id: "getThing",
        method: "GET",
        path: "/things/{id}",
        is_described: true,
        summary: None,
        description: Some("The thing with that id."),
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[
            ParameterSpec {
                name: "id",
                location: ParameterLocation::Path,
                required: true,
                shapes: &[Shape::One(Scalar::Integer)],
                schema: &tables::GET_THING_ID,
                ..ParameterSpec::ANY
            },
        ],
        body: None,
        produces: &["application/vnd.things+json"],
        responses: &[
            ResponseSpec {
                status: "200",
                forms: &[
                    BodyForm {
                        media_types: &["application/vnd.things+json"],
                        format: BodyFormat::Json(&tables::THING),
                    },
                ],
            },
            ResponseSpec {
                status: "400",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
            ResponseSpec {
                status: "404",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
        ],
    };

    /// `deleteThing`: `DELETE /things/{id}`.
    pub(super) static DELETE_THING: OperationSpec = OperationSpec {
        id: "deleteThing",
        method: "DELETE",
        path: "/things/{id}",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: true,
        security: &[],
        scopes: &[],
        parameters: &[
            ParameterSpec {
                name: "id",
                location: ParameterLocation::Path,
                required: true,
                shapes: &[Shape::One(Scalar::Integer)],
                schema: &tables::GET_THING_ID,
                ..ParameterSpec::ANY
            },
        ],
        body: None,
        produces: &[],
        responses: &[
            ResponseSpec {
                status: "204",
                forms: &[],
            },
        ],
    };
}

/// What the document says about each value.
mod tables {
    use ::dropshot_runtime::schema::{Format, Literal, Number, Pattern, Schema, Types};

    /// `#/paths/~1things/get/parameters/0/schema`
    pub static LIST_THINGS_LIMIT: Schema = Schema {
        types: Types::INTEGER,
        minimum: Some(Number::Integer(1)),
        maximum: Some(Number::Integer(100)),
        format: Some(Format::Int32),
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/1/schema`
    pub static LIST_THINGS_FILTER_NAME: Schema = Schema {
        types: Types::STRING,
        min_length: Some(1),
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/2/schema`
    pub static LIST_THINGS_TAG: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&LIST_THINGS_TAG_ITEMS),
        max_items: Some(2),
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/2/schema/items`
    pub static LIST_THINGS_TAG_ITEMS: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/3/schema`
    pub static LIST_THINGS_FIELDS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&LIST_THINGS_FIELDS_ITEMS),
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/3/schema/items`
    pub static LIST_THINGS_FIELDS_ITEMS: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("name"), Literal::String("size")]),
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/4/schema`
    pub static LIST_THINGS_EXACT: Schema = Schema {
        types: Types::BOOLEAN,
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/5/schema`
    pub static LIST_THINGS_SESSION: Schema = Schema {
        types: Types::STRING,
        pattern: Some(&LIST_THINGS_SESSION_PATTERN),
        ..Schema::ANY
    };

    static LIST_THINGS_SESSION_PATTERN: Pattern = Pattern::new("^[a-z]+$");

    /// `#/paths/~1things/get/responses/200/content/application~1json/schema`
    pub static LIST_THINGS_OK_BODY: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&THING),
        ..Schema::ANY
    };

    /// `#/components/schemas/Thing`
    pub static THING: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("id", &THING_ID),
            ("name", &THING_NAME),
            ("size", &THING_SIZE),
            ("kind", &THING_KIND),
        ],
        required: &["id", "name"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Thing/properties/id`
    pub static THING_ID: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Thing/properties/name`
    pub static THING_NAME: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Thing/properties/size`
    pub static THING_SIZE: Schema = Schema {
        types: Types::NULL.or(Types::NUMBER),
        ..Schema::ANY
    };

    /// `#/components/schemas/Thing/properties/kind`
    pub static THING_KIND: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("small"), Literal::String("large")]),
        ..Schema::ANY
    };

    /// `#/components/schemas/Problem`
    pub static PROBLEM: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("message", &PROBLEM_MESSAGE), ("faults", &PROBLEM_FAULTS)],
        required: &["message"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Problem/properties/message`
    pub static PROBLEM_MESSAGE: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Problem/properties/faults`
    pub static PROBLEM_FAULTS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&PROBLEM_FAULTS_ITEMS),
        ..Schema::ANY
    };

    /// `#/components/schemas/Problem/properties/faults/items`
    pub static PROBLEM_FAULTS_ITEMS: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1things/post/parameters/0/schema`
    pub static CREATE_THING_IDEMPOTENCY_KEY: Schema = Schema {
        types: Types::STRING,
        max_length: Some(5),
        ..Schema::ANY
    };

    /// `#/components/schemas/ThingCreate`
    pub static THING_CREATE: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("name", &THING_CREATE_NAME),
            ("size", &THING_CREATE_SIZE),
            ("parts", &THING_CREATE_PARTS),
            ("madeAt", &THING_CREATE_MADE_AT),
        ],
        additional_properties: Some(&Schema::NEVER),
        required: &["name"],
        ..Schema::ANY
    };

    /// `#/components/schemas/ThingCreate/properties/name`
    pub static THING_CREATE_NAME: Schema = Schema {
        types: Types::STRING,
        min_length: Some(1),
        max_length: Some(10),
        ..Schema::ANY
    };

    /// `#/components/schemas/ThingCreate/properties/size`
    pub static THING_CREATE_SIZE: Schema = Schema {
        types: Types::NULL.or(Types::NUMBER),
        exclusive_minimum: Some(Number::Integer(0)),
        ..Schema::ANY
    };

    /// `#/components/schemas/ThingCreate/properties/parts`
    pub static THING_CREATE_PARTS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&THING_CREATE),
        unique_items: true,
        ..Schema::ANY
    };

    /// `#/components/schemas/ThingCreate/properties/madeAt`
    pub static THING_CREATE_MADE_AT: Schema = Schema {
        types: Types::STRING,
        format: Some(Format::DateTime),
        ..Schema::ANY
    };

    /// `#/paths/~1things~1{id}/parameters/0/schema`
    pub static GET_THING_ID: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };
}

/// The document's schemas, for the document that dropshot emits.
mod described {
    use ::dropshot_runtime::describe::{Described, Typed};
    use ::dropshot_runtime::schemars::r#gen::SchemaGenerator;

    pub struct ThingCreate;

    impl Described for ThingCreate {
        const NAME: &'static str = "ThingCreate";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"additionalProperties\":false,\"description\":\"A thing that does not exist yet.\",\"properties\":{\"madeAt\":{\"format\":\"date-time\",\"type\":\"string\"},\"name\":{\"maxLength\":10,\"minLength\":1,\"type\":\"string\"},\"parts\":{\"items\":{\"$ref\":\"#/components/schemas/ThingCreate\"},\"type\":\"array\",\"uniqueItems\":true},\"size\":{\"exclusiveMinimum\":0,\"nullable\":true,\"type\":\"number\"}},\"required\":[\"name\"],\"type\":\"object\"}";

        fn refer(generator: &mut SchemaGenerator) {
            generator.subschema_for::<Typed<ThingCreate>>();
        }
    }

    pub struct Thing;

    impl Described for Thing {
        const NAME: &'static str = "Thing";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"properties\":{\"id\":{\"format\":\"int64\",\"type\":\"integer\"},\"kind\":{\"enum\":[\"small\",\"large\"],\"type\":\"string\"},\"name\":{\"type\":\"string\"},\"size\":{\"nullable\":true,\"type\":\"number\"}},\"required\":[\"id\",\"name\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct Problem;

    impl Described for Problem {
        const NAME: &'static str = "Problem";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"properties\":{\"faults\":{\"items\":{\"type\":\"string\"},\"type\":\"array\"},\"message\":{\"type\":\"string\"}},\"required\":[\"message\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct ListThingsQuery;

    impl Described for ListThingsQuery {
        const NAME: &'static str = "ListThingsQuery";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"exact\":{\"type\":\"boolean\"},\"fields\":{\"type\":\"string\"},\"filter[name]\":{\"minLength\":1,\"type\":\"string\"},\"limit\":{\"default\":10,\"description\":\"How many.\",\"format\":\"int32\",\"maximum\":100,\"minimum\":1,\"type\":\"integer\"},\"tag\":{\"type\":\"string\"}},\"required\":[],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct ListThingsOkHeaders;

    impl Described for ListThingsOkHeaders {
        const NAME: &'static str = "ListThingsOkHeaders";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"X-Total\":{\"description\":\"How many there are.\",\"type\":\"integer\"}},\"required\":[\"X-Total\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct ListThingsOkBody;

    impl Described for ListThingsOkBody {
        const NAME: &'static str = "ListThingsOkBody";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"items\":{\"$ref\":\"#/components/schemas/Thing\"},\"type\":\"array\"}";

        fn refer(generator: &mut SchemaGenerator) {
            generator.subschema_for::<Typed<Thing>>();
        }
    }

    pub struct CreateThingHeaders;

    impl Described for CreateThingHeaders {
        const NAME: &'static str = "CreateThingHeaders";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"Idempotency-Key\":{\"maxLength\":5,\"type\":\"string\"}},\"required\":[],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct CreateThingCreatedHeaders;

    impl Described for CreateThingCreatedHeaders {
        const NAME: &'static str = "CreateThingCreatedHeaders";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"Location\":{\"type\":\"string\"}},\"required\":[\"Location\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct GetThingPath;

    impl Described for GetThingPath {
        const NAME: &'static str = "GetThingPath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"id\":{\"format\":\"int64\",\"type\":\"integer\"}},\"required\":[\"id\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct DeleteThingPath;

    impl Described for DeleteThingPath {
        const NAME: &'static str = "DeleteThingPath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"id\":{\"format\":\"int64\",\"type\":\"integer\"}},\"required\":[\"id\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }
}
