// The client of Thing service, made from its document by progenitor-codegen.

pub use progenitor::Client;

#[allow(unused_imports, reason = "not every program names everything")]
pub use progenitor::{ClientInfo, Error, ResponseValue, builder};

#[allow(unused_imports, reason = "not every program names everything")]
pub use support::{
    answer::BodyStream, body::{Named, OptionalBody},
    call::{Arguments, CallError, Reply, ReplyKind},
    connect::ConnectError, header::HeaderError, parameter::Json, parts::File,
    secret::Secret,
};

impl Client {
    /// Creates a client of the service at that URL, which ends with the path that all paths begin with.
    ///
    /// It waits 10 seconds for a connection and 30 for an answer, follows no redirect, and its `User-Agent` is name
    /// and version of this crate. With [`Client::new_with_client`] that is up to the caller.
    ///
    /// # Errors
    /// The URL is none of HTTP, or the HTTP client cannot be set up.
    pub fn new(
        base_url: &str,
        credentials: Credentials,
    ) -> Result<Client, ConnectError> {
        let base_url = support::connect::base_url(base_url)?;
        let agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        let client = support::connect::http_client(agent)?;
        Ok(Client::new_with_client(&base_url, client, credentials))
    }
}

/// The credentials of a caller, by the security schemes of the document.
///
/// An operation is called with those of the first alternative that the caller has all of. Where there is none,
/// nothing is sent, but where the document lets everybody call.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// The caller's token.
    ///
    /// `bearer`: what stands behind `Bearer` in the header `Authorization`.
    pub bearer: Option<Secret>,
    /// `service`: the value of the header `X-Service`.
    pub service: Option<Secret>,
    /// `key`: the value of the query parameter `key`.
    pub key: Option<Secret>,
}

impl Credentials {
    /// The credential for a scheme, by its name in the document.
    pub fn get(&self, scheme: &str) -> Option<&Secret> {
        match scheme {
            "bearer" => self.bearer.as_ref(),
            "service" => self.service.as_ref(),
            "key" => self.key.as_ref(),
            _ => None,
        }
    }

    /// Sets the credential for a scheme, by its name in the document; says whether there is such a scheme.
    pub fn set(&mut self, scheme: &str, credential: Secret) -> bool {
        let field = match scheme {
            "bearer" => &mut self.bearer,
            "service" => &mut self.service,
            "key" => &mut self.key,
            _ => return false,
        };
        *field = Some(credential);
        true
    }
}

impl ::progenitor_client::ClientHooks<Credentials> for Client {
    /// Writes the request as the document has it, with credentials, or refuses to send it.
    async fn pre<E>(
        &self,
        request: &mut ::reqwest::Request,
        info: &::progenitor_client::OperationInfo,
    ) -> Result<(), Error<E>> {
        let Some(operation) = operations::find(info.operation_id) else { return Ok(()) };
        let credential = |scheme: &str| self.inner().get(scheme);
        support::request::prepare(request, operation, self.baseurl(), credential)
            .map_err(Error::InvalidRequest)
    }

    /// Sends the request, and compares the answer with the document.
    async fn exec(
        &self,
        request: ::reqwest::Request,
        info: &::progenitor_client::OperationInfo,
    ) -> ::reqwest::Result<::reqwest::Response> {
        let response = self.client().execute(request).await?;
        match operations::find(info.operation_id) {
            Some(operation) => support::answer::receive(operation, response).await,
            None => Ok(response),
        }
    }

    /// Refuses an answer that breaks the document.
    async fn post<E>(
        &self,
        result: &::reqwest::Result<::reqwest::Response>,
        _info: &::progenitor_client::OperationInfo,
    ) -> Result<(), Error<E>> {
        support::answer::refuse(result)
    }
}

/// Calls an operation by its `operationId`, or by method and path such as `GET /things/{id}`: decodes the arguments
/// into the types of its builder, sends what the builder builds, and gives back what the typed result is written
/// as.
///
/// This is for programs that know the document only when they run, such as contract tests, which drive the
/// typed client in this way without code for each operation, and generic command lines. Where the operation is
/// known, its builder is the better way.
///
/// # Errors
/// There is no such operation, an argument does not fit its type, the document does not allow the request, which
/// then is not sent, or the answer; or there is no answer.
#[allow(
    clippy::match_single_binding,
    unused_mut,
    unused_variables,
    reason = "there may be no argument or no operation in the whole document"
)]
pub async fn call(
    client: &Client,
    operation_id: &str,
    arguments: Arguments,
) -> Result<Reply, CallError> {
    let mut given = support::call::Given::new(arguments);
    match operation_id {
        "listThings" | "GET /things" => {
            let mut call = client.list_things();
            if let Some(value) = given.optional::<String>("filter[name]")? {
                call = call.filter_name(value);
            }
            if let Some(value) = given.optional::<Vec<String>>("tag")? {
                call = call.tag(value);
            }
            if let Some(value) = given
                .optional::<Vec<types::ListThingsSortItem>>("sort")?
            {
                call = call.sort(value);
            }
            if let Some(value) = given.optional::<i32>("limit")? {
                call = call.limit(value);
            }
            if let Some(value) = given
                .optional::<
                    ::schema_check::chrono::DateTime<::schema_check::chrono::FixedOffset>,
                >("since")?
            {
                call = call.since(value);
            }
            if let Some(value) = given.optional::<String>("theme")? {
                call = call.theme(value);
            }
            given.finish()?;
            support::call::reply(
                    &operations::LIST_THINGS,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "createThing" | "POST /things" => {
            let mut call = client.create_thing();
            if let Some(value) = given.optional::<String>("Idempotency-Key")? {
                call = call.idempotency_key(value);
            }
            if let Some(value) = given.optional::<f64>("weight")? {
                call = call.weight(value);
            }
            call = call
                .body({
                    let (_, content_type) = given
                        .form(&[&["application/vnd.api+json"]], 0)?;
                    given.body::<types::NewThing>()?
                });
            given.finish()?;
            support::call::reply(
                    &operations::CREATE_THING,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    |place, given| match place {
                        0 => {
                            support::header::written(
                                headers::CreateThingCreated::read(given),
                            )
                        }
                        _ => support::call::no_headers(place, given),
                    },
                )
                .await
        }
        "getPart" | "GET /things/{id}/parts/{part}" => {
            let mut call = client.get_part();
            call = call.id(given.required::<i64>("id")?);
            call = call.part(given.required::<String>("part")?);
            if let Some(value) = given.optional::<String>("If-None-Match")? {
                call = call.if_none_match(value);
            }
            given.finish()?;
            support::call::reply(
                    &operations::GET_PART,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "pokeThing" | "PUT /things/{id}" => {
            let mut call = client.poke_thing();
            call = call.id(given.required::<i64>("path:id")?);
            if let Some(value) = given.optional::<Option<i64>>("query:id")? {
                call = call.id_2(value);
            }
            if given.has_body() {
                call = call
                    .body({
                        let (_, content_type) = given.form(&[&["application/json"]], 0)?;
                        given.body::<Option<i64>>()?
                    });
            }
            given.finish()?;
            support::call::reply(
                    &operations::POKE_THING,
                    call.send().await,
                    support::call::empty,
                    support::call::empty,
                    support::call::no_headers,
                )
                .await
        }
        _ => Err(CallError::UnknownOperation(operation_id.to_owned())),
    }
}

/// The types of the document's schemas.
pub mod types {
    #![allow(
        clippy::doc_lazy_continuation,
        clippy::enum_variant_names,
        clippy::large_enum_variant,
        dead_code,
        rustdoc::all,
        reason = "names, sizes, descriptions and what is there at all are the document's"
    )]
    use ::schema_check::{
        UnknownValue, integer, present, serde::{Deserialize, Serialize},
    };

    /// An item of `listThings sort`.
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
    #[serde(crate = "::schema_check::serde")]
    pub enum ListThingsSortItem {
        /// `name`.
        #[serde(rename = "name")]
        Name,
        /// `-name`.
        #[serde(rename = "-name")]
        MinusName,
    }

    impl ListThingsSortItem {
        /// Every value, in the document's order.
        pub const ALL: [Self; 2] = [Self::Name, Self::MinusName];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::Name => "name",
                Self::MinusName => "-name",
            }
        }
    }

    impl std::fmt::Display for ListThingsSortItem {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for ListThingsSortItem {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "name" => Ok(Self::Name),
                "-name" => Ok(Self::MinusName),
                _ => {
                    Err(UnknownValue {
                        expected: &["name", "-name"],
                    })
                }
            }
        }
    }

    /// A thing.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Thing {
        /// The member `id`.
        #[serde(deserialize_with = "integer::deserialize")]
        pub id: i64,
        /// The member `name`.
        ///
        /// At most 5 characters.
        pub name: String,
        /// A note.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present::deserialize"
        )]
        pub note: Option<Option<String>>,
    }

    /// The schema `Problems`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct Problems {
        /// The member `errors`.
        ///
        /// At least 1 item.
        pub errors: Vec<String>,
    }

    /// The schema `NewThing`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct NewThing {
        /// The member `name`.
        ///
        /// At most 5 characters.
        pub name: String,
        /// A note.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present::deserialize"
        )]
        pub note: Option<Option<String>>,
        /// The member `size`.
        ///
        /// At least 0.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub size: Option<i64>,
    }
}

/// How the body of each operation is written.
mod requests {
    #[allow(unused_imports, reason = "which of them are used is up to the document")]
    use super::{
        support::{self, body::Field, operation::Style},
        tables, types,
    };

    /// The body of `createThing`.
    pub(super) fn create_thing(
        body: types::NewThing,
    ) -> Result<support::body::Outgoing, String> {
        support::body::json("application/vnd.api+json", &tables::NEW_THING, &body)
    }

    /// The body of `pokeThing`.
    pub(super) fn poke_thing(
        body: Option<i64>,
    ) -> Result<support::body::Outgoing, String> {
        support::body::json("application/json", &tables::POKE_THING_BODY, &body)
    }
}

/// The headers of answers, as the document has them.
pub mod headers {
    #![allow(
        dead_code,
        rustdoc::all,
        reason = "what is there at all and descriptions are the document's"
    )]
    #[allow(unused_imports, reason = "which of them are used is up to the document")]
    use super::{
        operations, support::{self, header::HeaderError},
        types,
    };

    /// The headers that `createThing` is answered with beside 201.
    #[derive(
        Clone,
        Debug,
        ::schema_check::serde::Deserialize,
        ::schema_check::serde::Serialize
    )]
    #[serde(crate = "::schema_check::serde")]
    pub struct CreateThingCreated {
        /// The header `Location`.
        #[serde(rename = "Location")]
        #[serde(skip_serializing_if = "::core::option::Option::is_none")]
        pub location: Option<String>,
    }

    impl CreateThingCreated {
        /// Reads them from those of an answer.
        ///
        /// # Errors
        /// One is missing, or is not as the document has it.
        pub fn read(
            headers: &::reqwest::header::HeaderMap,
        ) -> Result<Self, HeaderError> {
            support::header::read(operations::CREATE_THING.responses[0].headers, headers)
        }
    }
}

/// What the document says about each operation.
mod operations {
    #[allow(unused_imports, reason = "which ones are used is up to the document")]
    use super::support::operation::{
        Content, Format, Header, Location, Operation, Parameter, Place, Response, Scalar,
        Scheme, Shape, Status, Style,
    };

    #[allow(unused_imports, reason = "there may be no schema")]
    use super::tables;

    /// The operation that progenitor knows by that name.
    #[allow(clippy::match_single_binding, reason = "there may be no operation")]
    pub(super) fn find(method: &str) -> Option<&'static Operation> {
        match method {
            "list_things" => Some(&LIST_THINGS),
            "create_thing" => Some(&CREATE_THING),
            "get_part" => Some(&GET_PART),
            "poke_thing" => Some(&POKE_THING),
            _ => None,
        }
    }

    /// `listThings`: `GET /things`.
    pub(super) static LIST_THINGS: Operation = Operation {
        id: "listThings",
        method: ::reqwest::Method::GET,
        path: "/things",
        security: &[
            &[
                Scheme {
                    name: "bearer",
                    place: Place::Authorization("Bearer"),
                },
                Scheme {
                    name: "service",
                    place: Place::Header("X-Service"),
                },
            ],
            &[
                Scheme {
                    name: "key",
                    place: Place::Query("key"),
                },
            ],
        ],
        parameters: &[
            Parameter {
                method: "filter_name",
                name: "filter[name]",
                location: Location::Query,
                is_text: true,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::LIST_THINGS_FILTER_NAME,
            },
            Parameter {
                method: "tag",
                name: "tag",
                location: Location::Query,
                is_text: false,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::LIST_THINGS_TAG,
            },
            Parameter {
                method: "sort",
                name: "sort",
                location: Location::Query,
                is_text: false,
                style: Style::Form,
                explode: false,
                allow_reserved: false,
                schema: &tables::LIST_THINGS_SORT,
            },
            Parameter {
                method: "limit",
                name: "limit",
                location: Location::Query,
                is_text: false,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::LIST_THINGS_LIMIT,
            },
            Parameter {
                method: "since",
                name: "since",
                location: Location::Query,
                is_text: true,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::LIST_THINGS_SINCE,
            },
            Parameter {
                method: "theme",
                name: "theme",
                location: Location::Cookie,
                is_text: true,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::LIST_THINGS_THEME,
            },
        ],
        accept: Some("application/vnd.api+json"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        format: Format::Json(&tables::LIST_THINGS_200_ANSWER),
                    },
                ],
            },
            Response {
                status: Status::Default,
                headers: &[],
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        format: Format::Json(&tables::PROBLEMS),
                    },
                ],
            },
        ],
    };

    /// `createThing`: `POST /things`.
    pub(super) static CREATE_THING: Operation = Operation {
        id: "createThing",
        method: ::reqwest::Method::POST,
        path: "/things",
        security: &[
            &[
                Scheme {
                    name: "bearer",
                    place: Place::Authorization("Bearer"),
                },
                Scheme {
                    name: "service",
                    place: Place::Header("X-Service"),
                },
            ],
            &[
                Scheme {
                    name: "key",
                    place: Place::Query("key"),
                },
            ],
        ],
        parameters: &[
            Parameter {
                method: "idempotency_key",
                name: "Idempotency-Key",
                location: Location::Header,
                is_text: true,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::CREATE_THING_IDEMPOTENCY_KEY,
            },
            Parameter {
                method: "weight",
                name: "weight",
                location: Location::Query,
                is_text: false,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::CREATE_THING_WEIGHT,
            },
        ],
        accept: Some("application/vnd.api+json"),
        responses: &[
            Response {
                status: Status::Code(201u16),
                headers: &[
                    Header {
                        name: "Location",
                        required: false,
                        shape: Shape::One(&[Scalar::Text]),
                        explode: false,
                        schema: &tables::CREATE_THING_CREATED_LOCATION,
                    },
                ],
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        format: Format::Json(&tables::THING),
                    },
                ],
            },
            Response {
                status: Status::Code(400u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        format: Format::Json(&tables::PROBLEMS),
                    },
                ],
            },
            Response {
                status: Status::Range(5u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        format: Format::Json(&tables::PROBLEMS),
                    },
                ],
            },
        ],
    };

    /// `getPart`: `GET /things/{id}/parts/{part}`.
    pub(super) static GET_PART: Operation = Operation {
        id: "getPart",
        method: ::reqwest::Method::GET,
        path: "/things/{id}/parts/{part}",
        security: &[
            &[
                Scheme {
                    name: "bearer",
                    place: Place::Authorization("Bearer"),
                },
                Scheme {
                    name: "service",
                    place: Place::Header("X-Service"),
                },
            ],
            &[
                Scheme {
                    name: "key",
                    place: Place::Query("key"),
                },
            ],
        ],
        parameters: &[
            Parameter {
                method: "id",
                name: "id",
                location: Location::Path,
                is_text: false,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::GET_PART_ID,
            },
            Parameter {
                method: "part",
                name: "part",
                location: Location::Path,
                is_text: true,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::GET_PART_PART,
            },
            Parameter {
                method: "if_none_match",
                name: "If-None-Match",
                location: Location::Header,
                is_text: true,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::GET_PART_IF_NONE_MATCH,
            },
        ],
        accept: Some("application/vnd.api+json"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        format: Format::Json(&tables::THING),
                    },
                ],
            },
            Response {
                status: Status::Code(304u16),
                headers: &[],
                content: &[],
            },
            Response {
                status: Status::Code(404u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        format: Format::Json(&tables::PROBLEMS),
                    },
                ],
            },
        ],
    };

    /// `pokeThing`: `PUT /things/{id}`.
    pub(super) static POKE_THING: Operation = Operation {
        id: "pokeThing",
        method: ::reqwest::Method::PUT,
        path: "/things/{id}",
        security: &[],
        parameters: &[
            Parameter {
                method: "id",
                name: "id",
                location: Location::Path,
                is_text: false,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::POKE_THING_ID,
            },
            Parameter {
                method: "id_2",
                name: "id",
                location: Location::Query,
                is_text: false,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::POKE_THING_ID_2,
            },
        ],
        accept: None,
        responses: &[
            Response {
                status: Status::Code(204u16),
                headers: &[],
                content: &[],
            },
            Response {
                status: Status::Code(404u16),
                headers: &[],
                content: &[],
            },
        ],
    };
}

/// What the document says about each value.
mod tables {
    use ::schema_check::{Format, Literal, Number, Schema, Types};

    /// `#/paths/~1things/get/parameters/0/schema`
    pub static LIST_THINGS_FILTER_NAME: Schema = Schema {
        types: Types::STRING,
        max_length: Some(5),
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/1/schema`
    pub static LIST_THINGS_TAG: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&LIST_THINGS_TAG_ITEMS),
        max_items: Some(2),
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/1/schema/items`
    pub static LIST_THINGS_TAG_ITEMS: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/2/schema`
    pub static LIST_THINGS_SORT: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&LIST_THINGS_SORT_ITEMS),
        unique_items: true,
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/2/schema/items`
    pub static LIST_THINGS_SORT_ITEMS: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("name"), Literal::String("-name")]),
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/3/schema`
    pub static LIST_THINGS_LIMIT: Schema = Schema {
        types: Types::INTEGER,
        minimum: Some(Number::Integer(1)),
        maximum: Some(Number::Integer(100)),
        format: Some(Format::Int32),
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/4/schema`
    pub static LIST_THINGS_SINCE: Schema = Schema {
        types: Types::STRING,
        format: Some(Format::DateTime),
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/parameters/5/schema`
    pub static LIST_THINGS_THEME: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1things/get/responses/200/content/application~1vnd.api+json/schema`
    pub static LIST_THINGS_200_ANSWER: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&THING),
        ..Schema::ANY
    };

    /// `#/components/schemas/Thing`
    pub static THING: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("id", &THING_ID), ("name", &THING_NAME), ("note", &THING_NOTE)],
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
        max_length: Some(5),
        ..Schema::ANY
    };

    /// `#/components/schemas/Thing/properties/note`
    pub static THING_NOTE: Schema = Schema {
        types: Types::NULL.or(Types::STRING),
        ..Schema::ANY
    };

    /// `#/components/schemas/Problems`
    pub static PROBLEMS: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("errors", &PROBLEMS_ERRORS)],
        required: &["errors"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Problems/properties/errors`
    pub static PROBLEMS_ERRORS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&PROBLEMS_ERRORS_ITEMS),
        min_items: Some(1),
        ..Schema::ANY
    };

    /// `#/components/schemas/Problems/properties/errors/items`
    pub static PROBLEMS_ERRORS_ITEMS: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1things/post/parameters/0/schema`
    pub static CREATE_THING_IDEMPOTENCY_KEY: Schema = Schema {
        types: Types::STRING,
        min_length: Some(1),
        max_length: Some(8),
        ..Schema::ANY
    };

    /// `#/paths/~1things/post/parameters/1/schema`
    pub static CREATE_THING_WEIGHT: Schema = Schema {
        types: Types::NUMBER,
        maximum: Some(Number::Float(1.5)),
        ..Schema::ANY
    };

    /// `#/components/schemas/NewThing`
    pub static NEW_THING: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("name", &NEW_THING_NAME),
            ("note", &NEW_THING_NOTE),
            ("size", &NEW_THING_SIZE),
        ],
        additional_properties: Some(&Schema::NEVER),
        required: &["name"],
        ..Schema::ANY
    };

    /// `#/components/schemas/NewThing/properties/name`
    pub static NEW_THING_NAME: Schema = Schema {
        types: Types::STRING,
        max_length: Some(5),
        ..Schema::ANY
    };

    /// `#/components/schemas/NewThing/properties/note`
    pub static NEW_THING_NOTE: Schema = Schema {
        types: Types::NULL.or(Types::STRING),
        ..Schema::ANY
    };

    /// `#/components/schemas/NewThing/properties/size`
    pub static NEW_THING_SIZE: Schema = Schema {
        types: Types::INTEGER,
        minimum: Some(Number::Integer(0)),
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1things/post/responses/201/headers/Location/schema`
    pub static CREATE_THING_CREATED_LOCATION: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1things~1{id}~1parts~1{part}/get/parameters/0/schema`
    pub static GET_PART_ID: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1things~1{id}~1parts~1{part}/get/parameters/1/schema`
    pub static GET_PART_PART: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1things~1{id}~1parts~1{part}/get/parameters/2/schema`
    pub static GET_PART_IF_NONE_MATCH: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1things~1{id}/parameters/0/schema`
    pub static POKE_THING_ID: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1things~1{id}/put/parameters/0/schema`
    pub static POKE_THING_ID_2: Schema = Schema {
        types: Types::NULL.or(Types::INTEGER),
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1things~1{id}/put/requestBody/content/application~1json/schema`
    pub static POKE_THING_BODY: Schema = Schema {
        types: Types::NULL.or(Types::INTEGER),
        format: Some(Format::Int64),
        ..Schema::ANY
    };
}

/// What progenitor made: the client and the builders.
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::restriction,
    missing_docs,
    rustdoc::all,
    unused_imports,
    reason = "the code is progenitor's"
)]
mod progenitor {
    #[allow(unused_imports)]
    pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};

    #[allow(unused_imports)]
    use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
    use super::{requests, support, types};

    #[derive(Clone, Debug)]
    /// Client for Thing service
    ///
    /// Keeps things.
    ///
    /// Version: 2
    pub struct Client {
        pub(crate) baseurl: String,
        pub(crate) client: reqwest::Client,
        pub(crate) inner: super::Credentials,
    }

    impl Client {
        /// Construct a new client with an existing `reqwest::Client`,
        /// allowing more control over its configuration.
        /// `baseurl` is the base URL provided to the internal
        /// `reqwest::Client`, and should include a scheme and hostname,
        /// as well as port and a path stem if applicable.
        pub fn new_with_client(
            baseurl: &str,
            client: reqwest::Client,
            inner: super::Credentials,
        ) -> Self {
            Self {
                baseurl: baseurl.to_string(),
                client,
                inner,
            }
        }
    }

    impl ClientInfo<super::Credentials> for Client {
        fn api_version() -> &'static str {
            "2"
        }

        fn baseurl(&self) -> &str {
            self.baseurl.as_str()
        }

        fn client(&self) -> &reqwest::Client {
            &self.client
        }

        fn inner(&self) -> &super::Credentials {
            &self.inner
        }
    }
    const _: () = {
        #[allow(dead_code)]
        fn assert_client_hooks()
        where
            Client: ClientHooks<super::Credentials>,
        {}
    };

    impl Client {
        /// List things
        ///
        /// Sends a `GET` request to `/things`.
        ///
        /// Arguments:
        /// - `filter_name`: The name to look for.
        /// - `limit`: The query parameter `limit`.
        /// - `since`: The query parameter `since`.
        /// - `sort`: The query parameter `sort`.
        /// - `tag`: The query parameter `tag`.
        /// - `theme`: The cookie `theme`.
        ///
        /// ```ignore
        /// let response = client.list_things()
        ///     .filter_name(filter_name)
        ///     .limit(limit)
        ///     .since(since)
        ///     .sort(sort)
        ///     .tag(tag)
        ///     .theme(theme)
        ///     .send()
        ///     .await;
        /// ```
        pub fn list_things(&self) -> builder::ListThings<'_> {
            builder::ListThings::new(self)
        }

        /// Create a thing
        ///
        /// Creates a thing.
        ///
        /// ```text
        /// POST /things
        /// ```
        ///
        /// Sends a `POST` request to `/things`.
        ///
        /// Arguments:
        /// - `idempotency_key`: Makes it safe to send a request again.
        /// - `weight`: The query parameter `weight`.
        /// - `body`
        ///
        /// ```ignore
        /// let response = client.create_thing()
        ///     .idempotency_key(idempotency_key)
        ///     .weight(weight)
        ///     .body(body)
        ///     .send()
        ///     .await;
        /// ```
        pub fn create_thing(&self) -> builder::CreateThing<'_> {
            builder::CreateThing::new(self)
        }

        /// Sends a `GET` request to `/things/{id}/parts/{part}`.
        ///
        /// Arguments:
        /// - `id`: The path parameter `id`.
        /// - `if_none_match`: The header `If-None-Match`.
        /// - `part`: The path parameter `part`.
        ///
        /// ```ignore
        /// let response = client.get_part()
        ///     .id(id)
        ///     .if_none_match(if_none_match)
        ///     .part(part)
        ///     .send()
        ///     .await;
        /// ```
        pub fn get_part(&self) -> builder::GetPart<'_> {
            builder::GetPart::new(self)
        }

        /// Deprecated.
        ///
        /// Sends a `PUT` request to `/things/{id}`.
        ///
        /// Arguments:
        /// - `id`: The path parameter `id`.
        /// - `id_2`: The query parameter `id`.
        /// - `body`: How to poke it.
        ///
        /// ```ignore
        /// let response = client.poke_thing()
        ///     .id(id)
        ///     .id_2(id_2)
        ///     .body(body)
        ///     .send()
        ///     .await;
        /// ```
        pub fn poke_thing(&self) -> builder::PokeThing<'_> {
            builder::PokeThing::new(self)
        }
    }

    /// Types for composing operation parameters.
    #[allow(clippy::all)]
    pub mod builder {
        use super::{requests, support, types};

        #[allow(unused_imports)]
        use super::{
            encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo,
            RequestBuilderExt, ResponseValue,
        };

        /// Builder for [`Client::list_things`]
        ///
        /// [`Client::list_things`]: super::Client::list_things
        #[derive(Debug, Clone)]
        pub struct ListThings<'a> {
            client: &'a super::Client,
            filter_name: Result<Option<String>, String>,
            limit: Result<Option<i32>, String>,
            since: Result<
                Option<
                    ::schema_check::chrono::DateTime<::schema_check::chrono::FixedOffset>,
                >,
                String,
            >,
            sort: Result<
                Option<support::parameter::Json<Vec<types::ListThingsSortItem>>>,
                String,
            >,
            tag: Result<Option<support::parameter::Json<Vec<String>>>, String>,
            theme: Result<Option<String>, String>,
        }

        impl<'a> ListThings<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    filter_name: Ok(None),
                    limit: Ok(None),
                    since: Ok(None),
                    sort: Ok(None),
                    tag: Ok(None),
                    theme: Ok(None),
                }
            }

            pub fn filter_name<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<String>,
            {
                self.filter_name = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `String` for filter_name failed".to_string()
                    });
                self
            }

            pub fn limit<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<i32>,
            {
                self.limit = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| "conversion to `i32` for limit failed".to_string());
                self
            }

            pub fn since<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<
                    ::schema_check::chrono::DateTime<::schema_check::chrono::FixedOffset>,
                >,
            {
                self.since = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `:: schema_check :: chrono :: DateTime < :: schema_check :: chrono :: FixedOffset >` for since failed"
                            .to_string()
                    });
                self
            }

            pub fn sort<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<
                    support::parameter::Json<Vec<types::ListThingsSortItem>>,
                >,
            {
                self.sort = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < Vec < types :: ListThingsSortItem > >` for sort failed"
                            .to_string()
                    });
                self
            }

            pub fn tag<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<Vec<String>>>,
            {
                self.tag = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < Vec < String > >` for tag failed"
                            .to_string()
                    });
                self
            }

            pub fn theme<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<String>,
            {
                self.theme = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| "conversion to `String` for theme failed".to_string());
                self
            }

            /// Sends a `GET` request to `/things`.
            pub async fn send(
                self,
            ) -> Result<ResponseValue<Vec<types::Thing>>, Error<types::Problems>> {
                let Self { client, filter_name, limit, since, sort, tag, theme } = self;
                let filter_name = filter_name.map_err(Error::InvalidRequest)?;
                let limit = limit.map_err(Error::InvalidRequest)?;
                let since = since.map_err(Error::InvalidRequest)?;
                let sort = sort.map_err(Error::InvalidRequest)?;
                let tag = tag.map_err(Error::InvalidRequest)?;
                let theme = theme.map_err(Error::InvalidRequest)?;
                let url = format!("{}/list_things", client.baseurl,);
                let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
                header_map
                    .append(
                        ::reqwest::header::HeaderName::from_static("api-version"),
                        ::reqwest::header::HeaderValue::from_static(
                            super::Client::api_version(),
                        ),
                    );
                #[allow(unused_mut)]
                let mut request = client
                    .client
                    .post(url)
                    .header(
                        ::reqwest::header::ACCEPT,
                        ::reqwest::header::HeaderValue::from_static("application/json"),
                    )
                    .query(
                        &progenitor_client::QueryParam::new("filter_name", &filter_name),
                    )
                    .query(&progenitor_client::QueryParam::new("limit", &limit))
                    .query(&progenitor_client::QueryParam::new("since", &since))
                    .query(&progenitor_client::QueryParam::new("sort", &sort))
                    .query(&progenitor_client::QueryParam::new("tag", &tag))
                    .query(&progenitor_client::QueryParam::new("theme", &theme))
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "list_things",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                match response.status().as_u16() {
                    200..=299 => ResponseValue::from_response(response).await,
                    400u16..=499u16 => {
                        Err(
                            Error::ErrorResponse(
                                ResponseValue::from_response(response).await?,
                            ),
                        )
                    }
                    500u16..=599u16 => {
                        Err(
                            Error::ErrorResponse(
                                ResponseValue::from_response(response).await?,
                            ),
                        )
                    }
                    _ => Err(Error::UnexpectedResponse(response)),
                }
            }
        }

        /// Builder for [`Client::create_thing`]
        ///
        /// [`Client::create_thing`]: super::Client::create_thing
        #[derive(Debug, Clone)]
        pub struct CreateThing<'a> {
            client: &'a super::Client,
            idempotency_key: Result<Option<String>, String>,
            weight: Result<Option<f64>, String>,
            body: Result<types::NewThing, String>,
        }

        impl<'a> CreateThing<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    idempotency_key: Ok(None),
                    weight: Ok(None),
                    body: Err("body was not initialized".to_string()),
                }
            }

            pub fn idempotency_key<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<String>,
            {
                self.idempotency_key = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `String` for idempotency_key failed".to_string()
                    });
                self
            }

            pub fn weight<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<f64>,
            {
                self.weight = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| "conversion to `f64` for weight failed".to_string());
                self
            }

            pub fn body<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<types::NewThing>,
            {
                self.body = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `types :: NewThing` for body failed".to_string()
                    });
                self
            }

            /// Sends a `POST` request to `/things`.
            pub async fn send(
                self,
            ) -> Result<ResponseValue<types::Thing>, Error<types::Problems>> {
                let Self { client, idempotency_key, weight, body } = self;
                let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
                let weight = weight.map_err(Error::InvalidRequest)?;
                let body = body.map_err(Error::InvalidRequest)?;
                let url = format!("{}/create_thing", client.baseurl,);
                let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
                header_map
                    .append(
                        ::reqwest::header::HeaderName::from_static("api-version"),
                        ::reqwest::header::HeaderValue::from_static(
                            super::Client::api_version(),
                        ),
                    );
                #[allow(unused_mut)]
                let mut request = client
                    .client
                    .post(url)
                    .header(
                        ::reqwest::header::ACCEPT,
                        ::reqwest::header::HeaderValue::from_static("application/json"),
                    )
                    .query(
                        &progenitor_client::QueryParam::new(
                            "idempotency_key",
                            &idempotency_key,
                        ),
                    )
                    .query(&progenitor_client::QueryParam::new("weight", &weight))
                    .headers(header_map)
                    .build()?;
                support::body::put(&mut request, requests::create_thing(body));
                let info = OperationInfo {
                    operation_id: "create_thing",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                match response.status().as_u16() {
                    200..=299 => ResponseValue::from_response(response).await,
                    400u16..=499u16 => {
                        Err(
                            Error::ErrorResponse(
                                ResponseValue::from_response(response).await?,
                            ),
                        )
                    }
                    500u16..=599u16 => {
                        Err(
                            Error::ErrorResponse(
                                ResponseValue::from_response(response).await?,
                            ),
                        )
                    }
                    _ => Err(Error::UnexpectedResponse(response)),
                }
            }
        }

        /// Builder for [`Client::get_part`]
        ///
        /// [`Client::get_part`]: super::Client::get_part
        #[derive(Debug, Clone)]
        pub struct GetPart<'a> {
            client: &'a super::Client,
            id: Result<i64, String>,
            if_none_match: Result<Option<String>, String>,
            part: Result<String, String>,
        }

        impl<'a> GetPart<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    id: Err("id was not initialized".to_string()),
                    if_none_match: Ok(None),
                    part: Err("part was not initialized".to_string()),
                }
            }

            pub fn id<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<i64>,
            {
                self.id = value
                    .try_into()
                    .map_err(|_| "conversion to `i64` for id failed".to_string());
                self
            }

            pub fn if_none_match<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<String>,
            {
                self.if_none_match = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `String` for if_none_match failed".to_string()
                    });
                self
            }

            pub fn part<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<String>,
            {
                self.part = value
                    .try_into()
                    .map_err(|_| "conversion to `String` for part failed".to_string());
                self
            }

            /// Sends a `GET` request to `/things/{id}/parts/{part}`.
            pub async fn send(
                self,
            ) -> Result<ResponseValue<types::Thing>, Error<types::Problems>> {
                let Self { client, id, if_none_match, part } = self;
                let id = id.map_err(Error::InvalidRequest)?;
                let if_none_match = if_none_match.map_err(Error::InvalidRequest)?;
                let part = part.map_err(Error::InvalidRequest)?;
                let url = format!("{}/get_part", client.baseurl,);
                let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
                header_map
                    .append(
                        ::reqwest::header::HeaderName::from_static("api-version"),
                        ::reqwest::header::HeaderValue::from_static(
                            super::Client::api_version(),
                        ),
                    );
                #[allow(unused_mut)]
                let mut request = client
                    .client
                    .post(url)
                    .header(
                        ::reqwest::header::ACCEPT,
                        ::reqwest::header::HeaderValue::from_static("application/json"),
                    )
                    .query(&progenitor_client::QueryParam::new("id", &id))
                    .query(
                        &progenitor_client::QueryParam::new(
                            "if_none_match",
                            &if_none_match,
                        ),
                    )
                    .query(&progenitor_client::QueryParam::new("part", &part))
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "get_part",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                match response.status().as_u16() {
                    200..=299 => ResponseValue::from_response(response).await,
                    400u16..=499u16 => {
                        Err(
                            Error::ErrorResponse(
                                ResponseValue::from_response(response).await?,
                            ),
                        )
                    }
                    500u16..=599u16 => {
                        Err(
                            Error::ErrorResponse(
                                ResponseValue::from_response(response).await?,
                            ),
                        )
                    }
                    _ => Err(Error::UnexpectedResponse(response)),
                }
            }
        }

        /// Builder for [`Client::poke_thing`]
        ///
        /// [`Client::poke_thing`]: super::Client::poke_thing
        #[derive(Debug, Clone)]
        pub struct PokeThing<'a> {
            client: &'a super::Client,
            id: Result<i64, String>,
            id_2: Result<Option<support::parameter::Json<Option<i64>>>, String>,
            body: Result<support::body::OptionalBody<Option<i64>>, String>,
        }

        impl<'a> PokeThing<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    id: Err("id was not initialized".to_string()),
                    id_2: Ok(None),
                    body: Ok(::std::default::Default::default()),
                }
            }

            pub fn id<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<i64>,
            {
                self.id = value
                    .try_into()
                    .map_err(|_| "conversion to `i64` for id failed".to_string());
                self
            }

            pub fn id_2<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<Option<i64>>>,
            {
                self.id_2 = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < Option < i64 > >` for id_2 failed"
                            .to_string()
                    });
                self
            }

            pub fn body<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::body::OptionalBody<Option<i64>>>,
            {
                self.body = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `support :: body :: OptionalBody < Option < i64 > >` for body failed"
                            .to_string()
                    });
                self
            }

            /// Sends a `PUT` request to `/things/{id}`.
            pub async fn send(self) -> Result<ResponseValue<()>, Error<()>> {
                let Self { client, id, id_2, body } = self;
                let id = id.map_err(Error::InvalidRequest)?;
                let id_2 = id_2.map_err(Error::InvalidRequest)?;
                let body = body.map_err(Error::InvalidRequest)?;
                let url = format!("{}/poke_thing", client.baseurl,);
                let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
                header_map
                    .append(
                        ::reqwest::header::HeaderName::from_static("api-version"),
                        ::reqwest::header::HeaderValue::from_static(
                            super::Client::api_version(),
                        ),
                    );
                #[allow(unused_mut)]
                let mut request = client
                    .client
                    .post(url)
                    .query(&progenitor_client::QueryParam::new("id", &id))
                    .query(&progenitor_client::QueryParam::new("id_2", &id_2))
                    .headers(header_map)
                    .build()?;
                if let Some(body) = body.0 {
                    support::body::put(&mut request, requests::poke_thing(body));
                }
                let info = OperationInfo {
                    operation_id: "poke_thing",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                match response.status().as_u16() {
                    200..=299 => Ok(ResponseValue::empty(response)),
                    400u16..=499u16 => {
                        Err(Error::ErrorResponse(ResponseValue::empty(response)))
                    }
                    500u16..=599u16 => {
                        Err(Error::ErrorResponse(ResponseValue::empty(response)))
                    }
                    _ => Err(Error::UnexpectedResponse(response)),
                }
            }
        }
    }
}

/// How calls become requests and answers results, for any document.
#[allow(dead_code, reason = "which parts are used is up to the document")]
mod support {
    pub mod answer {
        //! Whether an answer is one that the document describes, and what is in it.
        //!
        //! progenitor looks at the status of an answer alone. So the body is read here, before progenitor sees it, and an
        //! answer that breaks the document is marked, to become an error where errors can be returned. A body that the document
        //! calls bytes is not read, but handed on as it comes.
        use std::fmt;
        use progenitor_client::{ByteStream, Error, ResponseValue};
        use reqwest::header::{CONTENT_TYPE, HeaderMap};
        use reqwest::{Response, ResponseBuilderExt as _, StatusCode, Url};
        use schema_check::serde::de::{DeserializeOwned, Error as _};
        use schema_check::serde_json::{self, Value};
        use schema_check::{Direction, Schema, check, decode, parse_json};
        use super::body::covers;
        use super::operation::{Content, Format, Operation};

        /// A body that is read as it comes.
        pub struct BodyStream(Response);

        impl BodyStream {
            /// Reads it to its end.
            ///
            /// # Errors
            /// It broke off.
            pub async fn bytes(self) -> reqwest::Result<Vec<u8>> {
                self.0.bytes().await.map(Vec::from)
            }

            /// Its pieces, as they come.
            pub fn into_stream(self) -> ByteStream {
                ResponseValue::stream(self.0).into_inner()
            }
        }

        impl fmt::Debug for BodyStream {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("BodyStream(...)")
            }
        }

        /// What is wrong with an answer, and its body.
        #[derive(Clone)]
        enum Fault {
            /// There is no type for answers of that status.
            Untyped(Vec<u8>),
            /// The body is not as the response has it.
            Broken(String, Vec<u8>),
        }

        /// Compares an answer with the document, for which it is read to its end, where the document says what it holds.
        ///
        /// # Errors
        /// The answer could not be read to its end.
        pub async fn receive(
            operation: &Operation,
            mut response: Response,
        ) -> reqwest::Result<Response> {
            let status = response.status();
            let declared = operation.response(status.as_u16());
            let content = declared
                .map(|(_, declared)| find(declared.content, response.headers()));
            if let Some(Ok(Some((_, Content { format: Format::Stream, .. })))) = content {
                return Ok(response);
            }
            let url = response.url().clone();
            let headers = std::mem::take(response.headers_mut());
            let body = response.bytes().await?;
            let fault = match content {
                None => Some(Fault::Untyped(body.to_vec())),
                Some(content) => {
                    let content = content
                        .map(|content| content.map(|(_, content)| content));
                    match content.and_then(|content| judge(content, &body)) {
                        Err(message) => {
                            let message = format!(
                                "{} answered {status}: {message}", operation.id
                            );
                            Some(Fault::Broken(message, body.to_vec()))
                        }
                        Ok(()) if operation.is_untyped(status) => {
                            Some(Fault::Untyped(body.to_vec()))
                        }
                        Ok(()) => None,
                    }
                }
            };
            let mut answer = rebuild(status, url, headers, body);
            if let Some(fault) = fault {
                answer.extensions_mut().insert(fault);
            }
            Ok(answer)
        }

        /// Refuses an answer that `receive` found a fault in.
        ///
        /// # Errors
        /// The fault, if there is one.
        #[allow(clippy::result_large_err, reason = "the type is progenitor's")]
        pub fn refuse<E>(result: &reqwest::Result<Response>) -> Result<(), Error<E>> {
            let Ok(response) = result else { return Ok(()) };
            match response.extensions().get::<Fault>() {
                None => Ok(()),
                Some(Fault::Untyped(body)) => {
                    let url = response.url().clone();
                    let headers = response.headers().clone();
                    let answer = rebuild(response.status(), url, headers, body.clone());
                    Err(Error::UnexpectedResponse(answer))
                }
                Some(Fault::Broken(message, body)) => {
                    let error = serde_json::Error::custom(message);
                    Err(Error::InvalidResponsePayload(body.clone().into(), error))
                }
            }
        }

        fn rebuild<B>(
            status: StatusCode,
            url: Url,
            headers: HeaderMap,
            body: B,
        ) -> Response
        where
            B: Default + Into<reqwest::Body>,
        {
            let answer = http::Response::builder().status(status).url(url).body(body);
            let mut answer = answer.unwrap_or_default();
            *answer.headers_mut() = headers;
            answer.into()
        }

        /// Which of the declared bodies one is, by its media type; `None` where none is declared.
        pub fn find(
            contents: &'static [Content],
            headers: &HeaderMap,
        ) -> Result<Option<(usize, &'static Content)>, String> {
            if contents.is_empty() {
                return Ok(None);
            }
            let Some(content_type) = headers.get(CONTENT_TYPE) else {
                let any = contents.iter().position(|c| c.media_type == "*/*");
                return match any {
                    Some(index) => Ok(Some((index, &contents[index]))),
                    None => Err("there is no `Content-Type`".to_owned()),
                };
            };
            let content_type = String::from_utf8_lossy(content_type.as_bytes())
                .to_ascii_lowercase();
            let media_type = content_type.split(';').next().unwrap_or_default().trim();
            let mut found = None;
            for (index, content) in contents.iter().enumerate() {
                let closeness = covers(content.media_type, media_type);
                if closeness > found.map(|(closeness, _, _)| closeness) {
                    found = closeness.map(|closeness| (closeness, index, content));
                }
            }
            match found {
                Some((_, index, content)) => Ok(Some((index, content))),
                None => {
                    let declared: Vec<&str> = contents
                        .iter()
                        .map(|c| c.media_type)
                        .collect();
                    let declared = declared.join("` or `");
                    Err(format!("the body is of `{media_type}`, not of `{declared}`"))
                }
            }
        }

        /// What is wrong with a body.
        fn judge(content: Option<&Content>, body: &[u8]) -> Result<(), String> {
            let (schema, value): (&Schema, Value) = match content
                .map(|content| content.format)
            {
                None | Some(Format::Stream) => return Ok(()),
                Some(Format::Json(schema)) => {
                    let value = parse_json(body);
                    let value = value
                        .map_err(|error| format!("the body is not JSON: {error}"))?;
                    (schema, value)
                }
                Some(Format::Text(schema)) => {
                    let text = std::str::from_utf8(body);
                    let text = text.map_err(|_| "the body is not UTF-8".to_owned())?;
                    (schema, Value::from(text))
                }
            };
            let violations = check(schema, &value, Direction::Response);
            if violations.is_empty() {
                return Ok(());
            }
            let violations: Vec<String> = violations
                .into_iter()
                .map(|violation| {
                    let at = if violation.pointer.is_empty() { "" } else { " at " };
                    format!("the body{at}{}: {}", violation.pointer, violation.message)
                })
                .collect();
            Err(violations.join("; "))
        }

        /// An answer that keeps the document, about to become one of the types that an operation is answered with.
        pub struct Answer {
            operation: &'static Operation,
            response: Response,
        }

        impl Answer {
            /// The answer to an operation.
            pub fn new(operation: &'static Operation, response: Response) -> Answer {
                Answer { operation, response }
            }

            /// What it is: whether it is a success, the place of its response in the document, and that of its media type.
            pub fn case(&self) -> (bool, usize, usize) {
                let status = self.response.status();
                let declared = self.operation.response(status.as_u16());
                let Some((place, declared)) = declared
                    .filter(|_| !status.is_redirection()) else {
                    return (false, usize::MAX, 0);
                };
                let content = find(declared.content, self.response.headers());
                let content = content.ok().flatten().map_or(0, |(place, _)| place);
                (status.is_success(), place, content)
            }

            /// An answer whose body is JSON.
            ///
            /// # Errors
            /// It broke off, or does not fit the type.
            pub async fn json<T: DeserializeOwned, U, E>(
                self,
                wrap: impl FnOnce(T) -> U,
            ) -> Result<ResponseValue<U>, Error<E>> {
                let (status, headers) = (
                    self.response.status(),
                    self.response.headers().clone(),
                );
                let body = self
                    .response
                    .bytes()
                    .await
                    .map_err(Error::ResponseBodyError)?;
                let value = serde_json::from_slice(&body)
                    .and_then(|value| decode(&value));
                let value = value
                    .map_err(|error| Error::InvalidResponsePayload(body, error))?;
                Ok(ResponseValue::new(wrap(value), status, headers))
            }

            /// An answer whose body is a text.
            ///
            /// # Errors
            /// It broke off.
            pub async fn text<U, E>(
                self,
                wrap: impl FnOnce(String) -> U,
            ) -> Result<ResponseValue<U>, Error<E>> {
                let (status, headers) = (
                    self.response.status(),
                    self.response.headers().clone(),
                );
                let body = self
                    .response
                    .bytes()
                    .await
                    .map_err(Error::ResponseBodyError)?;
                let text = String::from_utf8_lossy(&body).into_owned();
                Ok(ResponseValue::new(wrap(text), status, headers))
            }

            /// An answer whose body is read as it comes.
            pub fn stream<U>(
                self,
                wrap: impl FnOnce(BodyStream) -> U,
            ) -> ResponseValue<U> {
                let (status, headers) = (
                    self.response.status(),
                    self.response.headers().clone(),
                );
                ResponseValue::new(wrap(BodyStream(self.response)), status, headers)
            }

            /// An answer without a body.
            pub fn empty<U>(self, value: U) -> ResponseValue<U> {
                let (status, headers) = (
                    self.response.status(),
                    self.response.headers().clone(),
                );
                ResponseValue::new(value, status, headers)
            }

            /// An answer that there is no type for.
            pub fn unexpected<E>(self) -> Error<E> {
                Error::UnexpectedResponse(self.response)
            }
        }
    }

    pub mod body {
        //! Request bodies: how each is written by its media type.
        //!
        //! A body leaves the builder as it will be sent, and goes to `request::prepare` inside of progenitor's request: as its
        //! body and `Content-Type`, or as everything that is wrong with it.
        use reqwest::Request;
        use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
        use schema_check::Schema;
        use schema_check::serde::ser::Serialize;
        use schema_check::serde_json::{self, Value};
        use super::operation::Style;
        use super::parameter::{Pair, pairs, plain, repeated, scalar};
        use super::request::violations;

        /// A request body that need not be there; without a call of the builder's `body`, none is sent.
        ///
        /// It is made from the value itself: `builder.body(thing)`.
        #[derive(Clone, Debug, PartialEq)]
        pub struct OptionalBody<T>(pub Option<T>);

        impl<T> Default for OptionalBody<T> {
            fn default() -> OptionalBody<T> {
                OptionalBody(None)
            }
        }

        impl<T> From<T> for OptionalBody<T> {
            fn from(value: T) -> OptionalBody<T> {
                OptionalBody(Some(value))
            }
        }

        /// A body of which the document leaves open which of several media types it is.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Named<T> {
            /// The media type, which must be one of the document's.
            pub content_type: String,
            /// The body.
            pub body: T,
        }

        /// A body as it is sent.
        #[derive(Debug)]
        pub struct Outgoing {
            content_type: HeaderValue,
            body: reqwest::Body,
        }

        impl Outgoing {
            fn new(content_type: &str, body: reqwest::Body) -> Result<Outgoing, String> {
                let content_type = HeaderValue::from_str(content_type)
                    .map_err(|_| {
                        format!("the body: `{content_type}` cannot stand in a header")
                    })?;
                Ok(Outgoing { content_type, body })
            }
        }

        /// The header that marks a body as what is wrong with it.
        const FAULTS: HeaderName = HeaderName::from_static("faults");

        /// Puts a body, or what is wrong with it, into progenitor's request.
        pub fn put(request: &mut Request, body: Result<Outgoing, String>) {
            match body {
                Ok(Outgoing { content_type, body }) => {
                    request.headers_mut().insert(CONTENT_TYPE, content_type);
                    *request.body_mut() = Some(body);
                }
                Err(faults) => {
                    let mark = HeaderValue::from_static("1");
                    request.headers_mut().insert(FAULTS, mark);
                    *request.body_mut() = Some(faults.into());
                }
            }
        }

        /// The media type of the body that is in progenitor's request, or what is wrong with it.
        pub fn take(request: &mut Request) -> Option<Result<HeaderValue, String>> {
            if request.headers_mut().remove(FAULTS).is_some() {
                let faults = request.body_mut().take();
                let faults = faults
                    .as_ref()
                    .and_then(|b| b.as_bytes())
                    .unwrap_or_default();
                return Some(Err(String::from_utf8_lossy(faults).into_owned()));
            }
            request.headers_mut().remove(CONTENT_TYPE).map(Ok)
        }

        /// A body in JSON.
        pub fn json(
            media_type: &str,
            schema: &Schema,
            body: &impl Serialize,
        ) -> Result<Outgoing, String> {
            let written = serde_json::to_vec(body)
                .map_err(|error| format!("the body: {error}"))?;
            let value = serde_json::from_slice(&written)
                .map_err(|error| format!("the body: {error}"))?;
            checked(schema, &value)?;
            Outgoing::new(media_type, written.into())
        }

        /// A body of text.
        pub fn text(
            media_type: &str,
            schema: &Schema,
            body: String,
        ) -> Result<Outgoing, String> {
            let value = Value::String(body);
            checked(schema, &value)?;
            let Value::String(body) = value else {
                return Err("the body: is no text".to_owned());
            };
            let says_nothing = media_type.starts_with("text/")
                && !media_type.contains(';');
            if says_nothing && !body.is_ascii() {
                return Outgoing::new(
                    &format!("{media_type}; charset=utf-8"),
                    body.into(),
                );
            }
            Outgoing::new(media_type, body.into())
        }

        /// A body that is sent as it comes.
        pub fn stream(
            media_type: &str,
            body: reqwest::Body,
        ) -> Result<Outgoing, String> {
            Outgoing::new(media_type, body)
        }

        /// The media type that a caller named, if it is one of those.
        pub fn declared(given: &str, declared: &[&str]) -> Result<(), String> {
            let essence = given.split(';').next().unwrap_or_default().trim();
            let essence = essence.to_ascii_lowercase();
            let is_covered = |range: &&str| covers(range, &essence).is_some();
            if !essence.contains('*') && essence.contains('/')
                && declared.iter().any(is_covered)
            {
                return Ok(());
            }
            let declared = declared.join("` or `");
            Err(format!("the body: `{given}` is not of `{declared}`"))
        }

        /// How closely a media type or range covers a media type, both in lower case: 2 as itself, 1 by its kind, 0 as any
        /// other.
        pub fn covers(range: &str, media_type: &str) -> Option<u8> {
            let range = range.split(';').next().unwrap_or_default().trim();
            match range.strip_suffix("/*") {
                _ if range.eq_ignore_ascii_case(media_type) => Some(2),
                Some("*") => Some(0),
                Some(kind) => {
                    let (given, _) = media_type.split_once('/')?;
                    given.eq_ignore_ascii_case(kind).then_some(1)
                }
                None => None,
            }
        }

        /// A field of a form that is not written as fields are without `encoding`.
        #[derive(Clone, Copy, Debug)]
        pub struct Field {
            /// Its name.
            pub name: &'static str,
            /// How its value is written.
            pub style: Style,
            /// Whether each item or member is written by itself.
            pub explode: bool,
        }

        /// A form (`application/x-www-form-urlencoded`).
        pub fn form(
            media_type: &str,
            schema: &Schema,
            fields: &[Field],
            body: &impl Serialize,
        ) -> Result<Outgoing, String> {
            let value = serde_json::to_value(body)
                .map_err(|error| format!("the body: {error}"))?;
            checked(schema, &value)?;
            let Value::Object(members) = value else {
                return Err("the body: only an object can be a form".to_owned());
            };
            let (mut written, mut faults) = (Vec::new(), Vec::new());
            for (name, value) in &members {
                let field = fields.iter().find(|field| field.name == name);
                let found = match field {
                    Some(Field { style, explode, .. }) => {
                        pairs(name, *style, *explode, plain, value)
                    }
                    None => {
                        texts(value)
                            .and_then(|(texts, _)| {
                                let texts = Value::Array(
                                    texts.into_iter().map(Value::String).collect(),
                                );
                                repeated(name, plain, &texts)
                            })
                    }
                };
                match found {
                    Ok(pairs) => written.extend(pairs),
                    Err(fault) => faults.push(format!("the body at /{name}: {fault}")),
                }
            }
            if !faults.is_empty() {
                return Err(faults.join("; "));
            }
            let pair = |(name, text): &Pair| format!("{name}={text}");
            let text = written.iter().map(pair).collect::<Vec<_>>().join("&");
            Outgoing::new(media_type, text.into())
        }

        /// The texts of a field: one, one for each item, or one in JSON where a text alone could not say it; and whether it is.
        pub fn texts(value: &Value) -> Result<(Vec<String>, bool), String> {
            let is_single = |value: &Value| !value.is_array() && !value.is_object();
            match value {
                Value::Array(items) if items.iter().all(is_single) => {
                    let texts = items.iter().map(scalar).collect::<Result<_, _>>();
                    texts.map(|texts| (texts, false))
                }
                Value::Array(_) | Value::Object(_) => Ok((vec![value.to_string()], true)),
                one => Ok((vec![scalar(one) ?], false)),
            }
        }

        fn checked(schema: &Schema, value: &Value) -> Result<(), String> {
            let faults = violations("the body", schema, value);
            if faults.is_empty() { Ok(()) } else { Err(faults.join("; ")) }
        }
    }

    pub mod call {
        //! Calls by name: what a program needs that knows the operations of a document only when it runs.
        use std::fmt;
        use std::future::Future;
        use progenitor_client::{Error, ResponseValue};
        use reqwest::StatusCode;
        use reqwest::header::HeaderMap;
        use schema_check::serde::Serialize;
        use schema_check::serde::de::DeserializeOwned;
        use schema_check::serde_json::{self, Map, Value};
        use super::answer::{BodyStream, find};
        use super::body::covers;
        use super::header::HeaderError;
        use super::operation::{Format, Operation};

        /// What an operation is called with.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Arguments {
            /// The parameters by their names in the document. Where two of an operation have one name, it is the place and the
            /// name, such as `query:id`.
            pub parameters: Map<String, Value>,
            /// The request body. Bytes are a text, or the list of their numbers.
            pub body: Option<Value>,
            /// Which of the media types of the document the body is. Without it, it is the first in JSON, or where there is none,
            /// the first of all.
            pub content_type: Option<String>,
        }

        /// What an operation was answered, as far as the typed client has it: headers and body are what their types are written
        /// as.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Reply {
            /// As what the builder gave it.
            pub kind: ReplyKind,
            /// The status.
            pub status: StatusCode,
            /// The headers as they came.
            pub headers: HeaderMap,
            /// Those that the document declares, by their names there.
            pub typed_headers: Map<String, Value>,
            /// The body, where the document declares one. Bytes are the list of their numbers.
            pub body: Option<Value>,
        }

        /// As what a builder gives an answer that the document declares.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ReplyKind {
            /// The result of the call.
            Success,
            /// `Error::ErrorResponse`, with its type.
            Error,
            /// `Error::UnexpectedResponse`: there is no type for it.
            Untyped,
        }

        /// Why a call has no reply.
        #[derive(Debug)]
        pub enum CallError {
            /// The client has no operation of that `operationId`.
            UnknownOperation(String),
            /// An argument is missing, not known, or none that its type can hold.
            Argument {
                /// The parameter, or `body`.
                name: String,
                /// What is wrong with it.
                message: String,
            },
            /// The document does not allow the request, which was not sent.
            InvalidRequest(String),
            /// There was no answer, or not all of it.
            Communication(reqwest::Error),
            /// The document does not allow the answer.
            InvalidAnswer(String),
            /// The document declares no answer of that status.
            UndeclaredStatus(StatusCode),
        }

        impl fmt::Display for CallError {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    CallError::UnknownOperation(id) => {
                        write!(f, "there is no operation `{id}`")
                    }
                    CallError::Argument { name, message } => {
                        write!(f, "the argument `{name}`: {message}")
                    }
                    CallError::InvalidRequest(message) => {
                        write!(f, "the request is not valid: {message}")
                    }
                    CallError::Communication(error) => {
                        write!(f, "there is no answer: {error}")
                    }
                    CallError::InvalidAnswer(message) => {
                        write!(f, "the answer is not valid: {message}")
                    }
                    CallError::UndeclaredStatus(status) => {
                        write!(f, "the answer {status} is not declared")
                    }
                }
            }
        }

        impl std::error::Error for CallError {
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                match self {
                    CallError::Communication(error) => Some(error),
                    _ => None,
                }
            }
        }

        /// The arguments that are still to be taken.
        pub struct Given(Arguments);

        impl Given {
            /// Starts with all arguments.
            pub fn new(arguments: Arguments) -> Given {
                Given(arguments)
            }

            /// The value of a parameter that need not be there.
            pub fn optional<T: DeserializeOwned>(
                &mut self,
                name: &str,
            ) -> Result<Option<T>, CallError> {
                let value = self.0.parameters.remove(name);
                value.map(|value| decode(name, value)).transpose()
            }

            /// The value of a parameter that must be there.
            pub fn required<T: DeserializeOwned>(
                &mut self,
                name: &str,
            ) -> Result<T, CallError> {
                self.optional(name)?.ok_or_else(|| missing(name))
            }

            /// Whether there is a body.
            pub fn has_body(&self) -> bool {
                self.0.body.is_some()
            }

            /// Which of the forms of a body it is, each of them with its media types, and the media type where one was given.
            /// Without one, it is the form at `usual`.
            pub fn form(
                &mut self,
                forms: &[&[&str]],
                usual: usize,
            ) -> Result<(usize, Option<String>), CallError> {
                let Some(content_type) = self.0.content_type.take() else {
                    return Ok((usual, None));
                };
                let essence = content_type.split(';').next().unwrap_or_default();
                let media_type = essence.trim().to_ascii_lowercase();
                let mut found = None;
                for (index, form) in forms.iter().enumerate() {
                    let closeness = form
                        .iter()
                        .filter_map(|range| covers(range, &media_type));
                    let closeness = closeness.max();
                    if closeness > found.map(|(closeness, _)| closeness) {
                        found = closeness.map(|closeness| (closeness, index));
                    }
                }
                match found {
                    Some((_, index)) => Ok((index, Some(content_type))),
                    None => {
                        let declared = forms.concat().join("` or `");
                        Err(CallError::Argument {
                            name: "content_type".to_owned(),
                            message: format!("`{content_type}` is not `{declared}`"),
                        })
                    }
                }
            }

            /// The body, which must be there.
            pub fn body<T: DeserializeOwned>(&mut self) -> Result<T, CallError> {
                let value = self.0.body.take().ok_or_else(|| missing("body"))?;
                decode("body", value)
            }

            /// Refuses what nobody has taken.
            pub fn finish(self) -> Result<(), CallError> {
                let Arguments { parameters, body, content_type } = self.0;
                let name = parameters.into_iter().next().map(|(name, _)| name);
                let name = name.or_else(|| body.map(|_| "body".to_owned()));
                match name.or_else(|| content_type.map(|_| "content_type".to_owned())) {
                    None => Ok(()),
                    Some(name) => {
                        let message = "the operation has none of that name".to_owned();
                        Err(CallError::Argument {
                            name,
                            message,
                        })
                    }
                }
            }
        }

        fn decode<T: DeserializeOwned>(
            name: &str,
            value: Value,
        ) -> Result<T, CallError> {
            serde_json::from_value(value)
                .map_err(|error| CallError::Argument {
                    name: name.to_owned(),
                    message: error.to_string(),
                })
        }

        fn missing(name: &str) -> CallError {
            CallError::Argument {
                name: name.to_owned(),
                message: "is missing".to_owned(),
            }
        }

        /// A body as a value, where there is one.
        pub type Written = Result<Option<Value>, CallError>;

        /// The headers that a response declares as values, by the response's place in the document.
        pub type ReadHeaders = fn(
            usize,
            &HeaderMap,
        ) -> Result<Map<String, Value>, HeaderError>;

        /// No headers.
        pub fn no_headers(
            _: usize,
            _: &HeaderMap,
        ) -> Result<Map<String, Value>, HeaderError> {
            Ok(Map::new())
        }

        /// A typed result as a reply; `ok` and `err` say how the types of its body are written, and `read` its headers.
        ///
        /// # Errors
        /// There was no answer, or none that the document allows.
        pub async fn reply<T, E, A, B>(
            operation: &Operation,
            result: Result<ResponseValue<T>, Error<E>>,
            ok: fn(T) -> A,
            err: fn(E) -> B,
            read: ReadHeaders,
        ) -> Result<Reply, CallError>
        where
            A: Future<Output = Written>,
            B: Future<Output = Written>,
        {
            let made = |kind, status: StatusCode, headers: HeaderMap, body| {
                let Some((place, _)) = operation.response(status.as_u16()) else {
                    return Err(CallError::UndeclaredStatus(status));
                };
                let typed_headers = read(place, &headers);
                Ok(Reply {
                    kind,
                    status,
                    typed_headers: typed_headers
                        .map_err(|e| CallError::InvalidAnswer(e.to_string()))?,
                    headers,
                    body,
                })
            };
            match result {
                Ok(response) => {
                    let (status, headers) = (
                        response.status(),
                        response.headers().clone(),
                    );
                    let body = ok(response.into_inner()).await?;
                    made(ReplyKind::Success, status, headers, body)
                }
                Err(Error::ErrorResponse(response)) => {
                    let (status, headers) = (
                        response.status(),
                        response.headers().clone(),
                    );
                    let body = err(response.into_inner()).await?;
                    made(ReplyKind::Error, status, headers, body)
                }
                Err(Error::UnexpectedResponse(response)) => {
                    let (status, headers) = (
                        response.status(),
                        response.headers().clone(),
                    );
                    let Some((_, declared)) = operation.response(status.as_u16()) else {
                        return Err(CallError::UndeclaredStatus(status));
                    };
                    let content = find(declared.content, &headers)
                        .map_err(CallError::InvalidAnswer)?;
                    let bytes = response
                        .bytes()
                        .await
                        .map_err(CallError::Communication)?;
                    let body = match content.map(|(_, content)| content.format) {
                        None => None,
                        Some(Format::Json(_)) => {
                            let value = serde_json::from_slice(&bytes);
                            Some(
                                value.map_err(|e| CallError::InvalidAnswer(e.to_string()))?,
                            )
                        }
                        Some(Format::Text(_)) => {
                            Some(String::from_utf8_lossy(&bytes).into())
                        }
                        Some(Format::Stream) => Some(Value::from(bytes.to_vec())),
                    };
                    made(ReplyKind::Untyped, status, headers, body)
                }
                Err(Error::InvalidRequest(message) | Error::Custom(message)) => {
                    Err(CallError::InvalidRequest(message))
                }
                Err(
                    Error::CommunicationError(error)
                    | Error::ResponseBodyError(error)
                    | Error::InvalidUpgrade(error),
                ) if error.is_builder() => {
                    Err(CallError::InvalidRequest(error.to_string()))
                }
                Err(
                    Error::CommunicationError(error)
                    | Error::ResponseBodyError(error)
                    | Error::InvalidUpgrade(error),
                ) => Err(CallError::Communication(error)),
                Err(Error::InvalidResponsePayload(_, error)) => {
                    Err(CallError::InvalidAnswer(error.to_string()))
                }
            }
        }

        /// A body that has a type.
        pub async fn typed<T: Serialize>(body: T) -> Written {
            let value = serde_json::to_value(body);
            value.map(Some).map_err(|error| CallError::InvalidAnswer(error.to_string()))
        }

        /// No body.
        pub async fn empty((): ()) -> Written {
            Ok(None)
        }

        /// A body that is read as it comes.
        pub async fn bytes(body: BodyStream) -> Written {
            let bytes = body.bytes().await.map_err(CallError::Communication)?;
            Ok(Some(bytes.into()))
        }
    }

    pub mod connect {
        //! What a client needs before its first call.
        use std::fmt;
        use std::time::Duration;

        /// Why there is no client.
        #[derive(Debug)]
        pub enum ConnectError {
            /// The base URL cannot be used.
            BaseUrl {
                /// The text that was given.
                url: String,
                /// What is wrong with it.
                message: String,
            },
            /// The HTTP client could not be set up.
            Http(reqwest::Error),
        }

        impl fmt::Display for ConnectError {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    ConnectError::BaseUrl { url, message } => {
                        write!(f, "`{url}` is no base URL of the service: {message}")
                    }
                    ConnectError::Http(error) => {
                        write!(f, "the HTTP client cannot be set up: {error}")
                    }
                }
            }
        }

        impl std::error::Error for ConnectError {
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                match self {
                    ConnectError::BaseUrl { .. } => None,
                    ConnectError::Http(error) => Some(error),
                }
            }
        }

        /// The URL that paths are put behind: absolute, of HTTP, without a slash at its end.
        pub fn base_url(text: &str) -> Result<String, ConnectError> {
            let fault = |message: &str| {
                Err(ConnectError::BaseUrl {
                    url: text.to_owned(),
                    message: message.to_owned(),
                })
            };
            let url = match reqwest::Url::parse(text) {
                Ok(url) => url,
                Err(error) => return fault(&error.to_string()),
            };
            if !["http", "https"].contains(&url.scheme()) {
                return fault("it must begin with `http://` or `https://`");
            }
            if url.query().is_some() || url.fragment().is_some() {
                return fault("it must end with the path");
            }
            if !url.username().is_empty() || url.password().is_some() {
                return Err(ConnectError::BaseUrl {
                    url: format!("{}://...", url.scheme()),
                    message: "credentials do not belong in it".to_owned(),
                });
            }
            Ok(url.as_str().trim_end_matches('/').to_owned())
        }

        /// An HTTP client that waits 10 seconds for a connection and 30 for an answer, and follows no redirect: credentials in
        /// headers of their own would go along to wherever it leads. It says by `agent` what it is.
        pub fn http_client(agent: &str) -> Result<reqwest::Client, ConnectError> {
            reqwest::Client::builder()
                .user_agent(agent)
                .connect_timeout(Duration::from_secs(10))
                .timeout(Duration::from_secs(30))
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .map_err(ConnectError::Http)
        }
    }

    pub mod header {
        //! Headers of answers: texts to values.
        use std::fmt;
        use reqwest::header::HeaderMap;
        use schema_check::serde::Serialize;
        use schema_check::serde::de::DeserializeOwned;
        use schema_check::serde_json::{self, Map, Number, Value};
        use schema_check::{Direction, check, decode};
        use super::operation::{Header, Scalar, Shape};

        /// What is wrong with the headers of an answer: every fault, each with its header.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct HeaderError(pub Vec<String>);

        impl fmt::Display for HeaderError {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0.join("; "))
            }
        }

        impl std::error::Error for HeaderError {}
        /// The headers that a response declares, as the type that is made for them.
        ///
        /// # Errors
        /// One is missing, or is not as the document has it.
        pub fn read<T: DeserializeOwned>(
            declared: &[Header],
            headers: &HeaderMap,
        ) -> Result<T, HeaderError> {
            let (mut values, mut faults) = (Map::new(), Vec::new());
            for header in declared {
                let name = header.name;
                let texts = headers.get_all(name).iter();
                let texts: Vec<_> = texts
                    .map(|t| String::from_utf8_lossy(t.as_bytes()))
                    .collect();
                if texts.is_empty() {
                    if header.required {
                        faults.push(format!("the header `{name}`: is missing"));
                    }
                    continue;
                }
                match value(header, &texts.join(", ")) {
                    Ok(value) => {
                        let violations = check(
                            header.schema,
                            &value,
                            Direction::Response,
                        );
                        let fault = |v: schema_check::Violation| {
                            format!("the header `{name}`: {}", v.message)
                        };
                        faults.extend(violations.into_iter().map(fault));
                        values.insert(name.to_owned(), value);
                    }
                    Err(fault) => faults.push(format!("the header `{name}`: {fault}")),
                }
            }
            if !faults.is_empty() {
                return Err(HeaderError(faults));
            }
            decode(&Value::Object(values))
                .map_err(|error| HeaderError(vec![error.to_string()]))
        }

        /// What the type of a response's headers is written as.
        ///
        /// # Errors
        /// They could not be read.
        pub fn written<T: Serialize>(
            read: Result<T, HeaderError>,
        ) -> Result<Map<String, Value>, HeaderError> {
            match serde_json::to_value(read?) {
                Ok(Value::Object(values)) => Ok(values),
                Ok(_) => Ok(Map::new()),
                Err(error) => Err(HeaderError(vec![error.to_string()])),
            }
        }

        fn value(header: &Header, text: &str) -> Result<Value, String> {
            let parts = || {
                text.split(',').map(str::trim).filter(|part| !part.is_empty())
            };
            match header.shape {
                Shape::Json => {
                    serde_json::from_str(text)
                        .map_err(|error| format!("is not JSON: {error}"))
                }
                Shape::One(scalars) => scalar(scalars, text),
                Shape::List(scalars) => {
                    parts().map(|part| scalar(scalars, part)).collect()
                }
                Shape::Object(members) => {
                    let parts: Vec<&str> = parts().collect();
                    let pairs: Option<Vec<(&str, &str)>> = if header.explode {
                        parts.iter().map(|part| part.split_once('=')).collect()
                    } else {
                        let pairs = parts
                            .chunks(2)
                            .map(|pair| match pair {
                                [name, value] => Some((*name, *value)),
                                _ => None,
                            });
                        pairs.collect()
                    };
                    let mut object = Map::new();
                    for (name, text) in pairs.ok_or("is no row of names and values")? {
                        let member = members.iter().find(|(member, _)| *member == name);
                        let scalars = member
                            .map_or(&[Scalar::Text][..], |(_, scalars)| scalars);
                        object.insert(name.to_owned(), scalar(scalars, text)?);
                    }
                    Ok(Value::Object(object))
                }
            }
        }

        /// The first of the types that a text can be of.
        fn scalar(scalars: &[Scalar], text: &str) -> Result<Value, String> {
            let read = |scalar: &Scalar| match scalar {
                Scalar::Integer if text.contains(['.', 'e', 'E']) => None,
                Scalar::Integer | Scalar::Number => {
                    text.parse::<Number>().ok().map(Value::Number)
                }
                Scalar::Boolean => text.parse::<bool>().ok().map(Value::Bool),
                Scalar::Text => Some(Value::from(text)),
            };
            let value = scalars.iter().find_map(read);
            value
                .ok_or_else(|| {
                    format!("`{text}` is of none of the types that it may have")
                })
        }
    }

    pub mod operation {
        //! What the document says about each operation, as tables.
        //!
        //! This module is purely the shape. The generator settles every question, so that nothing is decided again at a call.
        use schema_check::Schema;

        /// One operation of the document.
        #[derive(Debug)]
        pub struct Operation {
            /// `operationId`.
            pub id: &'static str,
            /// The method.
            pub method: reqwest::Method,
            /// The path template, such as `/things/{id}`.
            pub path: &'static str,
            /// The alternatives of `security`; each needs all of its schemes. None at all: everybody may call.
            pub security: &'static [&'static [Scheme]],
            /// Every parameter.
            pub parameters: &'static [Parameter],
            /// The value of `Accept`, where an answer can have a body.
            pub accept: Option<&'static str>,
            /// The responses that are declared.
            pub responses: &'static [Response],
        }

        impl Operation {
            /// The response that is declared for a status: the exact code, else the range, else `default`.
            ///
            /// With it comes its place among them.
            pub fn response(&self, status: u16) -> Option<(usize, &'static Response)> {
                let responses = self.responses.iter().enumerate();
                let find = |wanted| responses.clone().find(|(_, r)| r.status == wanted);
                find(Status::Code(status))
                    .or_else(|| find(Status::Range(status / 100)))
                    .or_else(|| find(Status::Default))
            }

            /// Whether an answer is a success that only `default` describes, where another response is the success that there
            /// is a type for.
            pub fn is_untyped(&self, status: reqwest::StatusCode) -> bool {
                let is_success = |response: &Response| match response.status {
                    Status::Code(code) => code / 100 == 2,
                    Status::Range(digit) => digit == 2,
                    Status::Default => false,
                };
                let found = self.response(status.as_u16());
                status.is_success()
                    && found
                        .is_some_and(|(_, response)| response.status == Status::Default)
                    && self.responses.iter().any(is_success)
            }
        }

        /// One scheme that a security requirement names.
        #[derive(Debug)]
        pub struct Scheme {
            /// The name in `components.securitySchemes`.
            pub name: &'static str,
            /// Where the credential stands.
            pub place: Place,
        }

        /// Where in a request a credential stands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Place {
            /// Behind that scheme, in the `Authorization` header.
            Authorization(&'static str),
            /// The value of that header.
            Header(&'static str),
            /// The value of that query parameter.
            Query(&'static str),
            /// The value of that cookie.
            Cookie(&'static str),
        }

        /// One parameter.
        #[derive(Debug)]
        pub struct Parameter {
            /// The name of the builder's method, and of the value in the query on the way from there to here.
            pub method: &'static str,
            /// The name as the document has it.
            pub name: &'static str,
            /// Where it stands.
            pub location: Location,
            /// Whether the builder's text is the value; else it is JSON.
            pub is_text: bool,
            /// How its value is written.
            pub style: Style,
            /// Whether each item or member is written by itself.
            pub explode: bool,
            /// Whether reserved characters stay as they are.
            pub allow_reserved: bool,
            /// What its value may be.
            pub schema: &'static Schema,
        }

        /// Where in a request a parameter stands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Location {
            /// In the path template.
            Path,
            /// In the query string.
            Query,
            /// A header.
            Header,
            /// A cookie.
            Cookie,
        }

        /// How a value is written as text (OpenAPI 3.0.3, "Style Values").
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Style {
            /// `,` between items, in a path or a header.
            Simple,
            /// Behind a dot, in a path.
            Label,
            /// Behind a semicolon and the name, in a path.
            Matrix,
            /// Names and values, in a query, a form or the cookies.
            Form,
            /// As `Form`, with a blank between items.
            SpaceDelimited,
            /// As `Form`, with `|` between items.
            PipeDelimited,
            /// The names of members in brackets.
            DeepObject,
            /// A text in JSON (`content`).
            Json,
        }

        /// One declared response.
        #[derive(Debug)]
        pub struct Response {
            /// Which answers it describes.
            pub status: Status,
            /// The headers.
            pub headers: &'static [Header],
            /// The media types and ranges that its body may have; empty where it has no body.
            pub content: &'static [Content],
        }

        /// One header of a response.
        #[derive(Debug)]
        pub struct Header {
            /// Its name.
            pub name: &'static str,
            /// Whether it must be there.
            pub required: bool,
            /// How its text becomes a value.
            pub shape: Shape,
            /// Whether names and values have `=` between them, and not a comma.
            pub explode: bool,
            /// What its value may be.
            pub schema: &'static Schema,
        }

        /// How the text of a header becomes a value.
        #[derive(Clone, Copy, Debug)]
        pub enum Shape {
            /// One value.
            One(&'static [Scalar]),
            /// A list, with commas between its items.
            List(&'static [Scalar]),
            /// Names and values; those of members that are not listed are text.
            Object(&'static [(&'static str, &'static [Scalar])]),
            /// A text in JSON (`content`).
            Json,
        }

        /// What one text may stand for.
        #[derive(Clone, Copy, Debug)]
        pub enum Scalar {
            /// A number without a fraction.
            Integer,
            /// A number.
            Number,
            /// `true` or `false`.
            Boolean,
            /// The text itself.
            Text,
        }

        /// Which status codes a response describes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Status {
            /// One code.
            Code(u16),
            /// A hundred codes, by their first digit.
            Range(u16),
            /// Every code that no other response describes.
            Default,
        }

        /// A body of one media type.
        #[derive(Debug)]
        pub struct Content {
            /// The media type or range, without parameters.
            pub media_type: &'static str,
            /// How it is read.
            pub format: Format,
        }

        /// How a body is read, and what its value may be.
        #[derive(Clone, Copy, Debug)]
        pub enum Format {
            /// As JSON.
            Json(&'static Schema),
            /// As one text.
            Text(&'static Schema),
            /// Not at all: it is handed on as it comes.
            Stream,
        }
    }

    pub mod parameter {
        //! Parameters: values to text.
        use schema_check::serde::ser::{Error as _, Serialize, Serializer};
        use schema_check::serde_json::{self, Value};
        use super::operation::{Location, Parameter, Style};

        /// A parameter whose value is more than one text or number: a list, an object, or something that can be `null`.
        ///
        /// It is made from the value itself: `builder.tags(vec![tag])`.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Json<T>(pub T);

        impl<T> From<T> for Json<T> {
            fn from(value: T) -> Json<T> {
                Json(value)
            }
        }

        impl<T: Serialize> Serialize for Json<T> {
            /// As one text in JSON, which `read` undoes.
            fn serialize<S: Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                let text = serde_json::to_string(&self.0).map_err(S::Error::custom)?;
                serializer.serialize_str(&text)
            }
        }

        /// The value that the builder was given, from the text that carried it here.
        pub fn read(parameter: &Parameter, text: String) -> Result<Value, String> {
            if parameter.is_text {
                return Ok(Value::String(text));
            }
            serde_json::from_str(&text)
                .map_err(|_| format!("`{text}` has no form in JSON"))
        }

        /// A name and a text, both encoded.
        pub type Pair = (String, String);

        /// The text that stands for a value in a path or a header, encoded for its place.
        pub fn text(parameter: &Parameter, value: &Value) -> Result<String, String> {
            let encode: Encode = match parameter.location {
                Location::Header => header,
                _ => path,
            };
            let (name, explode) = (percent_encode(parameter.name), parameter.explode);
            match parameter.style {
                Style::Json => encode(&value.to_string()),
                Style::Matrix => {
                    match value {
                        Value::Array(_) if explode => {
                            let items = row(value, ";", explode, encode)?;
                            Ok(
                                items.iter().map(|item| format!(";{name}={item}")).collect(),
                            )
                        }
                        Value::Object(_) if explode => {
                            Ok(
                                format!(";{}", row(value, ";", explode, encode) ?.join(";")),
                            )
                        }
                        _ => {
                            Ok(
                                format!(";{name}={}", joined(value, ",", explode, encode) ?),
                            )
                        }
                    }
                }
                Style::Label if explode => {
                    Ok(format!(".{}", joined(value, ".", explode, encode) ?))
                }
                Style::Label => Ok(format!(".{}", joined(value, ",", explode, encode) ?)),
                _ => joined(value, ",", explode, encode),
            }
        }

        /// The pairs that stand for a value in a query, a form or the cookies.
        pub fn pairs(
            name: &str,
            style: Style,
            explode: bool,
            encode: Encode,
            value: &Value,
        ) -> Result<Vec<Pair>, String> {
            let one = |text: String| vec![(percent_encode(name), text)];
            let delimiter = match style {
                Style::Json => return Ok(one(encode(&value.to_string())?)),
                Style::DeepObject => {
                    let mut found = Vec::new();
                    deep(name, encode, value, &mut found)?;
                    return Ok(found);
                }
                Style::SpaceDelimited => " ",
                Style::PipeDelimited => "|",
                _ => ",",
            };
            match value {
                Value::Array(_) if explode => repeated(name, encode, value),
                Value::Object(members) if explode => {
                    let mut found = Vec::new();
                    for (name, value) in members {
                        let member = |fault| format!("the member `{name}`: {fault}");
                        found.extend(repeated(name, encode, value).map_err(member)?);
                    }
                    not_empty(found)
                }
                Value::Array(items) if items.is_empty() => Ok(one(String::new())),
                Value::Object(members) if members.is_empty() => Ok(one(String::new())),
                _ => Ok(one(joined(value, delimiter, false, encode)?)),
            }
        }

        /// One pair for a single value, and one for each item of a list.
        pub fn repeated(
            name: &str,
            encode: Encode,
            value: &Value,
        ) -> Result<Vec<Pair>, String> {
            let items = match value {
                Value::Array(items) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            let pair = |item| Ok((percent_encode(name), encode(&scalar(item)?)?));
            not_empty(items.iter().map(pair).collect::<Result<_, String>>()?)
        }

        fn deep(
            name: &str,
            encode: Encode,
            value: &Value,
            found: &mut Vec<Pair>,
        ) -> Result<(), String> {
            match value {
                Value::Object(members) if !members.is_empty() => {
                    for (member, value) in members {
                        deep(&format!("{name}[{member}]"), encode, value, found)?;
                    }
                    Ok(())
                }
                Value::Object(_) => not_empty(Vec::new()).map(drop),
                _ => {
                    found.extend(repeated(name, encode, value)?);
                    Ok(())
                }
            }
        }

        fn not_empty(pairs: Vec<Pair>) -> Result<Vec<Pair>, String> {
            if pairs.is_empty() {
                return Err("what is empty cannot be written: leave it out".to_owned());
            }
            Ok(pairs)
        }

        /// The texts of a value with something between them.
        fn joined(
            value: &Value,
            delimiter: &str,
            explode: bool,
            encode: Encode,
        ) -> Result<String, String> {
            let between = match delimiter {
                " " | "|" => percent_encode(delimiter),
                other => other.to_owned(),
            };
            let texts = row(value, delimiter, explode, encode)?;
            let text = texts.join(&between);
            if texts.is_empty() {
                return Err("what is empty cannot be written: leave it out".to_owned());
            }
            if text.is_empty() && value.is_array() {
                return Err(
                    "a list of one empty text cannot be told from an empty list"
                        .to_owned(),
                );
            }
            Ok(text)
        }

        /// The texts of a value: one, one for each item, or those of names and values.
        fn row(
            value: &Value,
            delimiter: &str,
            explode: bool,
            encode: Encode,
        ) -> Result<Vec<String>, String> {
            let part = |text: &str, separators: &[&str]| {
                let encoded = encode(text)?;
                let is_mistaken = |s: &&&str| {
                    text.contains(**s)
                        && (encoded.contains(**s) || [" ", "|"].contains(*s))
                };
                match separators.iter().find(is_mistaken) {
                    Some(s) => {
                        Err(
                            format!(
                                "no part of it can hold `{s}`, which stands between the parts"
                            ),
                        )
                    }
                    None => Ok(encoded),
                }
            };
            match value {
                Value::Array(items) => {
                    let items = items
                        .iter()
                        .map(|item| part(&scalar(item)?, &[delimiter]));
                    items.collect()
                }
                Value::Object(members) => {
                    let mut texts = Vec::new();
                    for (name, value) in members {
                        let value = scalar(value)
                            .map_err(|fault| format!("the member `{name}`: {fault}"))?;
                        if explode {
                            let name = part(name, &[delimiter, "="])?;
                            texts
                                .push(format!("{name}={}", part(& value, & [delimiter]) ?));
                        } else {
                            texts.push(part(name, &[delimiter])?);
                            texts.push(part(&value, &[delimiter])?);
                        }
                    }
                    Ok(texts)
                }
                one => Ok(vec![encode(& scalar(one) ?) ?]),
            }
        }

        /// A single value as text.
        pub fn scalar(value: &Value) -> Result<String, String> {
            match value {
                Value::String(text) => Ok(text.clone()),
                Value::Number(number) => Ok(number.to_string()),
                Value::Bool(truth) => Ok(truth.to_string()),
                Value::Null => Err("`null` cannot be written: leave it out".to_owned()),
                Value::Array(_) | Value::Object(_) => {
                    Err("a value inside of another cannot be written".to_owned())
                }
            }
        }

        /// How a text is written in its place.
        pub type Encode = fn(&str) -> Result<String, String>;

        fn path(text: &str) -> Result<String, String> {
            if text.is_empty() {
                return Err("an empty text cannot stand in a path".to_owned());
            }
            Ok(percent_encode(text))
        }

        /// A header's value has no encoding: what it cannot hold as it is, it cannot hold (RFC 9110, section 5.5).
        fn header(text: &str) -> Result<String, String> {
            if let Some(odd) = text.chars().find(|c| !matches!(c, ' '..='~' | '\t')) {
                return Err(format!("a header cannot hold {odd:?}, only visible ASCII"));
            }
            if text.trim() != text {
                return Err(
                    "a header's value cannot begin or end with a blank".to_owned(),
                );
            }
            Ok(text.to_owned())
        }

        /// A text where everything that could mean something is encoded.
        pub fn plain(text: &str) -> Result<String, String> {
            Ok(percent_encode(text))
        }

        /// A text of a query whose reserved characters stay as they are (`allowReserved`), but for those that mean something
        /// in a query, or cannot stand there.
        pub fn reserved(text: &str) -> Result<String, String> {
            let pieces = text.split_inclusive(|c| ":/?@!$'()*,;".contains(c));
            let encode = |piece: &str| match piece.char_indices().next_back() {
                Some((at, last)) if ":/?@!$'()*,;".contains(last) => {
                    percent_encode(&piece[..at]) + &piece[at..]
                }
                _ => percent_encode(piece),
            };
            Ok(pieces.map(encode).collect())
        }

        /// Encodes all but the unreserved characters of RFC 3986, section 2.3.
        pub fn percent_encode(text: &str) -> String {
            let mut encoded = String::with_capacity(text.len());
            for byte in text.bytes() {
                match byte {
                    b'A'..=b'Z'
                    | b'a'..=b'z'
                    | b'0'..=b'9'
                    | b'-'
                    | b'.'
                    | b'_'
                    | b'~' => encoded.push(char::from(byte)),
                    _ => encoded.push_str(&format!("%{byte:02X}")),
                }
            }
            encoded
        }
    }

    pub mod parts {
        //! Forms in parts (`multipart/form-data`, RFC 7578).
        use std::collections::hash_map::RandomState;
        use std::hash::BuildHasher as _;
        use schema_check::Schema;
        use schema_check::serde::Deserialize;
        use schema_check::serde::de::{Deserializer, Error as _};
        use schema_check::serde::ser::Serialize;
        use schema_check::serde_json::{self, Value};
        use super::body::{Outgoing, stream, texts};
        use super::request::violations;

        /// A file in a form.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct File {
            /// What it is called.
            pub name: Option<String>,
            /// Its media type; `application/octet-stream` where there is none.
            pub content_type: Option<String>,
            /// What it holds.
            pub bytes: Vec<u8>,
        }

        impl From<Vec<u8>> for File {
            fn from(bytes: Vec<u8>) -> File {
                File { bytes, ..File::default() }
            }
        }

        impl<'de> Deserialize<'de> for File {
            fn deserialize<D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<File, D::Error> {
                Octets::deserialize(deserializer).map(|octets| octets.0.into())
            }
        }

        /// Bytes in a call by name: a text, or the list of their numbers.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Octets(pub Vec<u8>);

        impl<'de> Deserialize<'de> for Octets {
            fn deserialize<D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Octets, D::Error> {
                match Value::deserialize(deserializer)? {
                    Value::String(text) => Ok(Octets(text.into_bytes())),
                    list => {
                        serde_json::from_value(list)
                            .map(Octets)
                            .map_err(|_| D::Error::custom(
                                "expected a text or a list of bytes",
                            ))
                    }
                }
            }
        }

        /// The parts of a form, as they are written.
        #[derive(Debug)]
        pub struct Parts {
            /// The media types of fields, where the document names them.
            content_types: &'static [(&'static str, &'static str)],
            boundary: String,
            written: Vec<u8>,
            faults: Vec<String>,
        }

        impl Parts {
            /// No parts, and the media types of fields where the document names them.
            pub fn new(content_types: &'static [(&'static str, &'static str)]) -> Parts {
                let random = || RandomState::new().hash_one(0);
                Parts {
                    content_types,
                    boundary: format!("{:016x}{:016x}", random(), random()),
                    written: Vec::new(),
                    faults: Vec::new(),
                }
            }

            /// Adds a value: a text, one for each item of a list, or one in JSON where a text alone could not say it.
            pub fn value(
                mut self,
                name: &str,
                schema: &Schema,
                value: &impl Serialize,
            ) -> Parts {
                match serde_json::to_value(value) {
                    Ok(value) => self.texts(name, schema, &value),
                    Err(error) => {
                        self.faults.push(format!("the body at /{name}: {error}"))
                    }
                }
                self
            }

            /// Adds a value where there is one.
            pub fn optional_value(
                self,
                name: &str,
                schema: &Schema,
                value: &Option<impl Serialize>,
            ) -> Parts {
                match value {
                    Some(value) => self.value(name, schema, value),
                    None => self,
                }
            }

            /// Adds files.
            pub fn files(
                mut self,
                name: &str,
                files: impl IntoIterator<Item = File>,
            ) -> Parts {
                for file in files {
                    let content_type = file.content_type.as_deref();
                    let content_type = content_type.or(self.content_type(name));
                    let content_type = content_type
                        .unwrap_or("application/octet-stream");
                    if !content_type.bytes().all(|b| matches!(b, b' '..= b'~')) {
                        let fault = "the media type of a file must be of visible ASCII";
                        self.faults.push(format!("the body at /{name}: {fault}"));
                    }
                    self.part(
                        name,
                        file.name.as_deref(),
                        Some(content_type),
                        &file.bytes,
                    );
                }
                self
            }

            fn content_type(&self, name: &str) -> Option<&'static str> {
                let found = self.content_types.iter().find(|(field, _)| *field == name);
                found.map(|(_, content_type)| *content_type)
            }

            /// The body.
            pub fn send(mut self, media_type: &str) -> Result<Outgoing, String> {
                if !self.faults.is_empty() {
                    return Err(self.faults.join("; "));
                }
                let end = format!("--{}--\r\n", self.boundary);
                self.written.extend_from_slice(end.as_bytes());
                let content_type = format!("{media_type}; boundary={}", self.boundary);
                stream(&content_type, self.written.into())
            }

            fn texts(&mut self, name: &str, schema: &Schema, value: &Value) {
                let place = format!("the body at /{name}");
                let faults = violations(&place, schema, value);
                if !faults.is_empty() {
                    return self.faults.extend(faults);
                }
                let declared = self.content_type(name);
                let found = match declared {
                    Some(content_type) if is_json(content_type) => {
                        let items = value.as_array().map(Vec::as_slice);
                        let items = items.unwrap_or(std::slice::from_ref(value));
                        Ok((items.iter().map(Value::to_string).collect(), true))
                    }
                    _ => texts(value),
                };
                match found {
                    Ok((texts, _)) if texts.is_empty() => {
                        let fault = "what is empty cannot be written: leave it out";
                        self.faults.push(format!("{place}: {fault}"));
                    }
                    Ok((texts, is_json)) => {
                        let content_type = declared
                            .or(is_json.then_some("application/json"));
                        for text in &texts {
                            self.part(name, None, content_type, text.as_bytes());
                        }
                    }
                    Err(fault) => self.faults.push(format!("{place}: {fault}")),
                }
            }

            fn part(
                &mut self,
                name: &str,
                file: Option<&str>,
                content_type: Option<&str>,
                bytes: &[u8],
            ) {
                let mut head = format!(
                    "--{}\r\nContent-Disposition: form-data; name=\"{}\"", self.boundary,
                    quoted(name)
                );
                if let Some(file) = file {
                    head.push_str(&format!("; filename=\"{}\"", quoted(file)));
                }
                if let Some(content_type) = content_type {
                    head.push_str(&format!("\r\nContent-Type: {content_type}"));
                }
                head.push_str("\r\n\r\n");
                self.written.extend_from_slice(head.as_bytes());
                self.written.extend_from_slice(bytes);
                self.written.extend_from_slice(b"\r\n");
            }
        }

        /// Whether a media type is JSON (RFC 6839, section 3.1).
        fn is_json(content_type: &str) -> bool {
            let essence = content_type.split(';').next().unwrap_or_default().trim();
            let essence = essence.to_ascii_lowercase();
            essence == "application/json" || essence.ends_with("+json")
        }

        /// A name in quotes, as browsers write it (RFC 7578, section 4.2, leaves it to them).
        fn quoted(name: &str) -> String {
            name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
        }
    }

    pub mod request {
        //! From what a builder built to the request that the document describes.
        use reqwest::header::{
            ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName,
            HeaderValue,
        };
        use reqwest::{Request, Url};
        use schema_check::serde_json::Value;
        use schema_check::{Direction, Schema, check};
        use super::body;
        use super::operation::{Location, Operation, Parameter, Place, Scheme};
        use super::parameter::{
            Encode, pairs, percent_encode, plain, read, reserved, text,
        };
        use super::secret::Secret;

        /// Writes a request down anew, as the document has it: address, headers, credentials and body.
        ///
        /// Nothing of what progenitor wrote stays but the body, with its media type; its `api-version` header goes too.
        ///
        /// # Errors
        /// Everything in the request that the document does not allow, each with its place. Nothing is sent then.
        pub fn prepare<'c>(
            request: &mut Request,
            operation: &Operation,
            base_url: &str,
            credential: impl Fn(&str) -> Option<&'c Secret>,
        ) -> Result<(), String> {
            let mut wire = Wire {
                path: operation.path.to_owned(),
                query: Vec::new(),
                headers: HeaderMap::new(),
                cookies: Vec::new(),
                faults: Vec::new(),
            };
            let given = request.url().clone();
            for parameter in operation.parameters {
                let text = given
                    .query_pairs()
                    .find(|(name, _)| name == parameter.method);
                if let Some((_, text)) = text {
                    wire.parameter(parameter, text.into_owned());
                }
            }
            match body::take(request) {
                Some(Ok(content_type)) => {
                    drop(wire.headers.insert(CONTENT_TYPE, content_type))
                }
                Some(Err(faults)) => wire.faults.push(faults),
                None => {}
            }
            if let Some(accept) = operation.accept {
                wire.headers.insert(ACCEPT, HeaderValue::from_static(accept));
            }
            wire.credentials(operation, credential);
            *request.method_mut() = operation.method.clone();
            wire.finish(request, base_url)
        }

        /// What is wrong with a value, each with its place.
        pub fn violations(place: &str, schema: &Schema, value: &Value) -> Vec<String> {
            let violations = check(schema, value, Direction::Request);
            let shown = violations
                .into_iter()
                .map(|violation| {
                    let at = if violation.pointer.is_empty() { "" } else { " at " };
                    format!("{place}{at}{}: {}", violation.pointer, violation.message)
                });
            shown.collect()
        }

        /// A request as it will be sent, and what is wrong with it.
        struct Wire {
            /// The template, filled in bit by bit.
            path: String,
            /// Pairs, encoded.
            query: Vec<String>,
            headers: HeaderMap,
            /// Pairs, encoded.
            cookies: Vec<String>,
            faults: Vec<String>,
        }

        impl Wire {
            fn parameter(&mut self, parameter: &Parameter, text: String) {
                let name = parameter.name;
                let place = match parameter.location {
                    Location::Path => format!("the path parameter `{name}`"),
                    Location::Query => format!("the query parameter `{name}`"),
                    Location::Header => format!("the header `{name}`"),
                    Location::Cookie => format!("the cookie `{name}`"),
                };
                let value = match read(parameter, text) {
                    Ok(value) => value,
                    Err(message) => {
                        return self.faults.push(format!("{place}: {message}"));
                    }
                };
                let before = self.faults.len();
                self.check(&place, parameter.schema, &value);
                if self.faults.len() > before {
                    return;
                }
                if let Err(message) = self.write(parameter, &place, &value) {
                    self.faults.push(format!("{place}: {message}"));
                }
            }

            fn write(
                &mut self,
                parameter: &Parameter,
                place: &str,
                value: &Value,
            ) -> Result<(), String> {
                let Parameter { name, style, mut explode, .. } = *parameter;
                match parameter.location {
                    Location::Path => {
                        let text = text(parameter, value)?;
                        self.path = self.path.replace(&format!("{{{name}}}"), &text);
                    }
                    Location::Header => {
                        self.header(name, place, &text(parameter, value)?, false)
                    }
                    Location::Query => {
                        let encode: Encode = if parameter.allow_reserved {
                            reserved
                        } else {
                            plain
                        };
                        let pairs = pairs(name, style, explode, encode, value)?;
                        let pairs = pairs
                            .iter()
                            .map(|(name, text)| format!("{name}={text}"));
                        self.query.extend(pairs);
                    }
                    Location::Cookie => {
                        explode &= !value.is_array();
                        let pairs = pairs(name, style, explode, plain, value)?;
                        let pairs = pairs
                            .iter()
                            .map(|(name, text)| format!("{name}={text}"));
                        self.cookies.extend(pairs);
                    }
                }
                Ok(())
            }

            fn header(&mut self, name: &str, place: &str, text: &str, is_secret: bool) {
                match (HeaderName::try_from(name), HeaderValue::try_from(text)) {
                    (Ok(name), Ok(mut value)) => {
                        value.set_sensitive(is_secret);
                        self.headers.insert(name, value);
                    }
                    _ => self.faults.push(format!("{place}: cannot stand in a header")),
                }
            }

            fn check(&mut self, place: &str, schema: &Schema, value: &Value) {
                self.faults.extend(violations(place, schema, value));
            }

            /// Adds the credentials of the first alternative that the caller has all of, and none only where there is no other.
            fn credentials<'c>(
                &mut self,
                operation: &Operation,
                credential: impl Fn(&str) -> Option<&'c Secret>,
            ) {
                let is_complete = |alternative: &&&[Scheme]| {
                    let mut schemes = alternative.iter();
                    schemes.all(|scheme| credential(scheme.name).is_some())
                };
                let mut complete = operation.security.iter().filter(is_complete);
                let known = complete.clone().find(|alternative| !alternative.is_empty());
                let Some(complete) = known.or_else(|| complete.next()) else {
                    if !operation.security.is_empty() {
                        let alternatives: Vec<String> = operation
                            .security
                            .iter()
                            .map(|all| names(all))
                            .collect();
                        let needed = alternatives.join(", or ");
                        self.faults
                            .push(
                                format!("the credentials: this operation needs {needed}"),
                            );
                    }
                    return;
                };
                for scheme in *complete {
                    let Some(secret) = credential(scheme.name) else {
                        continue;
                    };
                    let place = format!("the credential `{}`", scheme.name);
                    match scheme.place {
                        Place::Authorization(kind) => {
                            let text = format!("{kind} {}", secret.reveal());
                            self.header(AUTHORIZATION.as_str(), &place, &text, true);
                        }
                        Place::Header(name) => {
                            self.header(name, &place, secret.reveal(), true)
                        }
                        Place::Query(name) => {
                            let (name, value) = (
                                percent_encode(name),
                                percent_encode(secret.reveal()),
                            );
                            self.query.push(format!("{name}={value}"));
                        }
                        Place::Cookie(name) => {
                            self.cookies.push(format!("{name}={}", secret.reveal()))
                        }
                    }
                }
            }

            fn finish(
                mut self,
                request: &mut Request,
                base_url: &str,
            ) -> Result<(), String> {
                if let Some(dots) = self
                    .path
                    .split('/')
                    .find(|s| [".", ".."].contains(s))
                {
                    let fault = format!(
                        "the path {}: the segment `{dots}` would lead to another path",
                        self.path
                    );
                    self.faults.push(fault);
                }
                if !self.cookies.is_empty() {
                    let cookies = self.cookies.join("; ");
                    self.header(COOKIE.as_str(), "the cookies", &cookies, true);
                }
                let address = format!("{}{}", base_url.trim_end_matches('/'), self.path);
                let mut url = match Url::parse(&address) {
                    Ok(url) => url,
                    Err(error) => {
                        self.faults.push(format!("the address `{address}`: {error}"));
                        return Err(self.faults.join("; "));
                    }
                };
                if !self.faults.is_empty() {
                    return Err(self.faults.join("; "));
                }
                if !self.query.is_empty() {
                    url.set_query(Some(&self.query.join("&")));
                }
                *request.url_mut() = url;
                *request.headers_mut() = self.headers;
                Ok(())
            }
        }

        /// The names of schemes that belong together.
        fn names(schemes: &[Scheme]) -> String {
            let names: Vec<String> = schemes
                .iter()
                .map(|s| format!("`{}`", s.name))
                .collect();
            names.join(" and ")
        }
    }

    pub mod secret {
        //! What must not be shown.
        use std::fmt;

        /// A credential: text that is sent and never shown.
        #[derive(Clone, PartialEq, Eq)]
        pub struct Secret(String);

        impl Secret {
            /// Name and password, for a scheme of the kind `basic` (RFC 7617): encoded as they stand in the header.
            pub fn basic(name: &str, password: &str) -> Secret {
                Secret(base64(format!("{name}:{password}").as_bytes()))
            }

            /// The text, for sending.
            pub fn reveal(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for Secret {
            fn from(text: String) -> Secret {
                Secret(text)
            }
        }

        impl From<&str> for Secret {
            fn from(text: &str) -> Secret {
                Secret(text.to_owned())
            }
        }

        impl fmt::Debug for Secret {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("Secret(...)")
            }
        }

        /// Bytes in Base64 (RFC 4648, section 4).
        fn base64(bytes: &[u8]) -> String {
            const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
            for three in bytes.chunks(3) {
                let byte = |at: usize| u32::from(
                    three.get(at).copied().unwrap_or_default(),
                );
                let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
                for at in 0..4 {
                    let six = (bits >> (18 - 6 * at)) as usize & 63;
                    text.push(
                        if at > three.len() { '=' } else { char::from(ALPHABET[six]) },
                    );
                }
            }
            text
        }
    }
}
