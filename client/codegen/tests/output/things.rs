// The client of Thing service, made from its document by progenitor-codegen.

pub use progenitor::Client;

#[allow(unused_imports, reason = "not every program names everything")]
pub use progenitor::{ClientInfo, Error, ResponseValue, builder};

#[allow(unused_imports, reason = "not every program names everything")]
pub use support::{
    body::OptionalBody, call::{Arguments, CallError, Reply},
    connect::ConnectError, parameter::Json, secret::Secret,
};

impl Client {
    /// Creates a client of the service at that URL, which ends with the path that all paths begin with.
    ///
    /// It waits 10 seconds for a connection and 30 for an answer, and follows no redirect. With
    /// [`Client::new_with_client`] that is up to the caller.
    ///
    /// # Errors
    /// The URL is none of HTTP, or the HTTP client cannot be set up.
    pub fn new(
        base_url: &str,
        credentials: Credentials,
    ) -> Result<Client, ConnectError> {
        let base_url = support::connect::base_url(base_url)?;
        let client = support::connect::http_client()?;
        Ok(Client::new_with_client(&base_url, client, credentials))
    }
}

/// The credentials of a caller, by the security schemes of the document.
///
/// An operation is called with those of the first alternative that the caller has all of. Where there is none,
/// nothing is sent.
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

/// Calls an operation by its `operationId`: decodes the arguments into the types of its builder, sends what the
/// builder builds, and gives back what the typed result is written as.
///
/// This is for programs that know the document only when they run, such as contract tests, which drive the
/// typed client in this way without code for each operation, and generic command lines. Where the operation is
/// known, its builder is the better way.
///
/// # Errors
/// There is no such operation, an argument does not fit its type, the document does not allow the request, which
/// then is not sent, or the answer; or there is no answer.
#[allow(unused_mut, reason = "there may be no argument in the whole document")]
pub async fn call(
    client: &Client,
    operation_id: &str,
    arguments: Arguments,
) -> Result<Reply, CallError> {
    let mut given = support::call::Given::new(arguments);
    match operation_id {
        "listThings" => {
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
                )
                .await
        }
        "createThing" => {
            let mut call = client.create_thing();
            if let Some(value) = given.optional::<String>("Idempotency-Key")? {
                call = call.idempotency_key(value);
            }
            if let Some(value) = given.optional::<f64>("weight")? {
                call = call.weight(value);
            }
            call = call.body(given.body::<types::NewThing>()?);
            given.finish()?;
            support::call::reply(
                    &operations::CREATE_THING,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                )
                .await
        }
        "getPart" => {
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
                )
                .await
        }
        "pokeThing" => {
            let mut call = client.poke_thing();
            call = call.id(given.required::<i64>("path:id")?);
            if let Some(value) = given.optional::<Option<i64>>("query:id")? {
                call = call.id_2(value);
            }
            if let Some(body) = given.optional_body::<Option<i64>>()? {
                call = call.body(body);
            }
            given.finish()?;
            support::call::reply(
                    &operations::POKE_THING,
                    call.send().await,
                    support::call::empty,
                    support::call::empty,
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

/// What the document says about each operation.
mod operations {
    #[allow(unused_imports, reason = "which ones are used is up to the document")]
    use super::support::operation::{
        Body, Content, Form, Location, Operation, Parameter, Place, Response, Scheme,
        Status,
    };

    #[allow(unused_imports, reason = "there may be no schema")]
    use super::tables;

    /// The operation that progenitor knows by that name.
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
                form: Form::One,
                schema: &tables::LIST_THINGS_FILTER_NAME,
            },
            Parameter {
                method: "tag",
                name: "tag",
                location: Location::Query,
                is_text: false,
                form: Form::Repeated,
                schema: &tables::LIST_THINGS_TAG,
            },
            Parameter {
                method: "sort",
                name: "sort",
                location: Location::Query,
                is_text: false,
                form: Form::Delimited(","),
                schema: &tables::LIST_THINGS_SORT,
            },
            Parameter {
                method: "limit",
                name: "limit",
                location: Location::Query,
                is_text: false,
                form: Form::One,
                schema: &tables::LIST_THINGS_LIMIT,
            },
            Parameter {
                method: "since",
                name: "since",
                location: Location::Query,
                is_text: true,
                form: Form::One,
                schema: &tables::LIST_THINGS_SINCE,
            },
            Parameter {
                method: "theme",
                name: "theme",
                location: Location::Cookie,
                is_text: true,
                form: Form::One,
                schema: &tables::LIST_THINGS_THEME,
            },
        ],
        body: None,
        accept: Some("application/vnd.api+json"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        schema: &tables::LIST_THINGS_200_ANSWER,
                    },
                ],
            },
            Response {
                status: Status::Default,
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        schema: &tables::PROBLEMS,
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
                form: Form::One,
                schema: &tables::CREATE_THING_IDEMPOTENCY_KEY,
            },
            Parameter {
                method: "weight",
                name: "weight",
                location: Location::Query,
                is_text: false,
                form: Form::One,
                schema: &tables::CREATE_THING_WEIGHT,
            },
        ],
        body: Some(Body {
            media_type: "application/vnd.api+json",
            required: true,
            schema: &tables::NEW_THING,
        }),
        accept: Some("application/vnd.api+json"),
        responses: &[
            Response {
                status: Status::Code(201u16),
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        schema: &tables::THING,
                    },
                ],
            },
            Response {
                status: Status::Code(400u16),
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        schema: &tables::PROBLEMS,
                    },
                ],
            },
            Response {
                status: Status::Range(5u16),
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        schema: &tables::PROBLEMS,
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
                form: Form::One,
                schema: &tables::GET_PART_ID,
            },
            Parameter {
                method: "part",
                name: "part",
                location: Location::Path,
                is_text: true,
                form: Form::One,
                schema: &tables::GET_PART_PART,
            },
            Parameter {
                method: "if_none_match",
                name: "If-None-Match",
                location: Location::Header,
                is_text: true,
                form: Form::One,
                schema: &tables::GET_PART_IF_NONE_MATCH,
            },
        ],
        body: None,
        accept: Some("application/vnd.api+json"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        schema: &tables::THING,
                    },
                ],
            },
            Response {
                status: Status::Code(304u16),
                content: &[],
            },
            Response {
                status: Status::Code(404u16),
                content: &[
                    Content {
                        media_type: "application/vnd.api+json",
                        schema: &tables::PROBLEMS,
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
                form: Form::One,
                schema: &tables::POKE_THING_ID,
            },
            Parameter {
                method: "id_2",
                name: "id",
                location: Location::Query,
                is_text: false,
                form: Form::One,
                schema: &tables::POKE_THING_ID_2,
            },
        ],
        body: Some(Body {
            media_type: "application/json",
            required: false,
            schema: &tables::POKE_THING_BODY,
        }),
        accept: None,
        responses: &[
            Response {
                status: Status::Code(204u16),
                content: &[],
            },
            Response {
                status: Status::Code(404u16),
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
    use super::types;

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
        use super::types;

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
                Option<
                    super::super::support::parameter::Json<
                        Vec<types::ListThingsSortItem>,
                    >,
                >,
                String,
            >,
            tag: Result<
                Option<super::super::support::parameter::Json<Vec<String>>>,
                String,
            >,
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
                    super::super::support::parameter::Json<
                        Vec<types::ListThingsSortItem>,
                    >,
                >,
            {
                self.sort = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `super :: super :: support :: parameter :: Json < Vec < types :: ListThingsSortItem > >` for sort failed"
                            .to_string()
                    });
                self
            }

            pub fn tag<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<
                    super::super::support::parameter::Json<Vec<String>>,
                >,
            {
                self.tag = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `super :: super :: support :: parameter :: Json < Vec < String > >` for tag failed"
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
                    .json(&body)
                    .query(
                        &progenitor_client::QueryParam::new(
                            "idempotency_key",
                            &idempotency_key,
                        ),
                    )
                    .query(&progenitor_client::QueryParam::new("weight", &weight))
                    .headers(header_map)
                    .build()?;
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
            id_2: Result<
                Option<super::super::support::parameter::Json<Option<i64>>>,
                String,
            >,
            body: Result<super::super::support::body::OptionalBody<Option<i64>>, String>,
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
                V: std::convert::TryInto<
                    super::super::support::parameter::Json<Option<i64>>,
                >,
            {
                self.id_2 = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `super :: super :: support :: parameter :: Json < Option < i64 > >` for id_2 failed"
                            .to_string()
                    });
                self
            }

            pub fn body<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<
                    super::super::support::body::OptionalBody<Option<i64>>,
                >,
            {
                self.body = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `super :: super :: support :: body :: OptionalBody < Option < i64 > >` for body failed"
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
                    .json(&body)
                    .query(&progenitor_client::QueryParam::new("id", &id))
                    .query(&progenitor_client::QueryParam::new("id_2", &id_2))
                    .headers(header_map)
                    .build()?;
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
        //! Whether an answer is one that the document describes.
        //!
        //! progenitor looks at the status of an answer alone. So the body is read here, before progenitor sees it, and an
        //! answer that breaks the document is marked, to become an error where errors can be returned.
        use progenitor_client::Error;
        use reqwest::header::{CONTENT_TYPE, HeaderMap};
        use reqwest::{Response, ResponseBuilderExt as _, StatusCode, Url};
        use schema_check::serde::de::Error as _;
        use schema_check::{Direction, check, parse_json, serde_json};
        use super::operation::{Content, Operation};

        /// What is wrong with an answer, and its body.
        #[derive(Clone)]
        enum Fault {
            /// The document has no response of that status.
            Undeclared(Vec<u8>),
            /// The body is not as the response has it.
            Broken(String, Vec<u8>),
        }

        /// Reads an answer to its end and compares it with the document.
        ///
        /// # Errors
        /// The answer could not be read to its end.
        pub async fn receive(
            operation: &Operation,
            mut response: Response,
        ) -> reqwest::Result<Response> {
            let status = response.status();
            let url = response.url().clone();
            let headers = std::mem::take(response.headers_mut());
            let body = response.bytes().await?;
            let fault = match operation.response(status.as_u16()) {
                None => Some(Fault::Undeclared(body.to_vec())),
                Some(declared) => {
                    judge(declared.content, &headers, &body)
                        .err()
                        .map(|message| {
                            let message = format!(
                                "{} answered {status}: {message}", operation.id
                            );
                            Fault::Broken(message, body.to_vec())
                        })
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
                Some(Fault::Undeclared(body)) => {
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

        /// What is wrong with a body, if it is not one of those that may be there.
        fn judge(
            contents: &[Content],
            headers: &HeaderMap,
            body: &[u8],
        ) -> Result<(), String> {
            if contents.is_empty() {
                return Ok(());
            }
            let Some(content_type) = headers.get(CONTENT_TYPE) else {
                return Err("there is no `Content-Type`".to_owned());
            };
            let content_type = String::from_utf8_lossy(content_type.as_bytes());
            let media_type = content_type.split(';').next().unwrap_or_default().trim();
            let content = contents
                .iter()
                .find(|content| content.media_type.eq_ignore_ascii_case(media_type));
            let Some(content) = content else {
                let declared: Vec<&str> = contents
                    .iter()
                    .map(|content| content.media_type)
                    .collect();
                let declared = declared.join("` or `");
                return Err(
                    format!("the body is of `{media_type}`, not of `{declared}`"),
                );
            };
            let value = parse_json(body)
                .map_err(|error| format!("the body is not JSON: {error}"))?;
            let violations = check(content.schema, &value, Direction::Response);
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
    }

    pub mod body {
        //! A request body that need not be there.
        use schema_check::serde::ser::{Serialize, SerializeSeq as _, Serializer};

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

        impl<T: Serialize> Serialize for OptionalBody<T> {
            /// As a list of one value or none, which `request::prepare` undoes: `null` may be a value.
            fn serialize<S: Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                let mut list = serializer
                    .serialize_seq(Some(usize::from(self.0.is_some())))?;
                if let Some(value) = &self.0 {
                    list.serialize_element(value)?;
                }
                list.end()
            }
        }
    }

    pub mod call {
        //! Calls by name: what a program needs that knows the operations of a document only when it runs.
        use std::fmt;
        use progenitor_client::{Error, ResponseValue};
        use reqwest::StatusCode;
        use reqwest::header::HeaderMap;
        use schema_check::serde::Serialize;
        use schema_check::serde::de::DeserializeOwned;
        use schema_check::serde_json::{self, Map, Value};
        use super::operation::Operation;

        /// What an operation is called with.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Arguments {
            /// The parameters by their names in the document. Where two of an operation have one name, it is the place and the
            /// name, such as `query:id`.
            pub parameters: Map<String, Value>,
            /// The request body.
            pub body: Option<Value>,
        }

        /// What an operation was answered, as far as the typed client has it: the body is what its type is written as.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Reply {
            /// The status.
            pub status: StatusCode,
            /// The headers.
            pub headers: HeaderMap,
            /// The body, where the document declares one.
            pub body: Option<Value>,
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

            /// A body that need not be there.
            pub fn optional_body<T: DeserializeOwned>(
                &mut self,
            ) -> Result<Option<T>, CallError> {
                let value = self.0.body.take();
                value.map(|value| decode("body", value)).transpose()
            }

            /// A body that must be there.
            pub fn body<T: DeserializeOwned>(&mut self) -> Result<T, CallError> {
                self.optional_body()?.ok_or_else(|| missing("body"))
            }

            /// Refuses what nobody has taken.
            pub fn finish(self) -> Result<(), CallError> {
                let Arguments { parameters, body } = self.0;
                let name = parameters.into_iter().next().map(|(name, _)| name);
                match name.or_else(|| body.map(|_| "body".to_owned())) {
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

        /// A typed result as a reply; `ok` and `err` say how their types are written.
        ///
        /// # Errors
        /// There was no answer, or none that the document allows.
        pub async fn reply<T, E>(
            operation: &Operation,
            result: Result<ResponseValue<T>, Error<E>>,
            ok: fn(T) -> serde_json::Result<Option<Value>>,
            err: fn(E) -> serde_json::Result<Option<Value>>,
        ) -> Result<Reply, CallError> {
            match result {
                Ok(response) => written(response, ok),
                Err(Error::ErrorResponse(response)) => written(response, err),
                Err(Error::UnexpectedResponse(response)) => {
                    let (status, headers) = (
                        response.status(),
                        response.headers().clone(),
                    );
                    let Some(declared) = operation.response(status.as_u16()) else {
                        return Err(CallError::UndeclaredStatus(status));
                    };
                    let body = response.bytes().await.map_err(CallError::Communication)?;
                    let body = match declared.content {
                        [] => None,
                        _ => {
                            serde_json::from_slice(&body)
                                .map(Some)
                                .map_err(|e| CallError::InvalidAnswer(e.to_string()))?
                        }
                    };
                    Ok(Reply { status, headers, body })
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

        fn written<T>(
            response: ResponseValue<T>,
            write: fn(T) -> serde_json::Result<Option<Value>>,
        ) -> Result<Reply, CallError> {
            let (status, headers) = (response.status(), response.headers().clone());
            let body = write(response.into_inner());
            let body = body
                .map_err(|error| CallError::InvalidAnswer(error.to_string()))?;
            Ok(Reply { status, headers, body })
        }

        /// A body that has a type.
        pub fn typed<T: Serialize>(body: T) -> serde_json::Result<Option<Value>> {
            serde_json::to_value(body).map(Some)
        }

        /// No body.
        pub fn empty((): ()) -> serde_json::Result<Option<Value>> {
            Ok(None)
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
        /// headers of their own would go along to wherever it leads.
        pub fn http_client() -> Result<reqwest::Client, ConnectError> {
            reqwest::Client::builder()
                .connect_timeout(Duration::from_secs(10))
                .timeout(Duration::from_secs(30))
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .map_err(ConnectError::Http)
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
            /// The request body, where the operation has one.
            pub body: Option<Body>,
            /// The value of `Accept`, where an answer can have a body.
            pub accept: Option<&'static str>,
            /// The responses that are declared.
            pub responses: &'static [Response],
        }

        impl Operation {
            /// The response that is declared for a status: the exact code, else the range, else `default`.
            pub fn response(&self, status: u16) -> Option<&'static Response> {
                let find = |wanted| self.responses.iter().find(|r| r.status == wanted);
                find(Status::Code(status))
                    .or_else(|| find(Status::Range(status / 100)))
                    .or_else(|| find(Status::Default))
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
            pub form: Form,
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

        /// How a parameter's value is written as text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Form {
            /// One value.
            One,
            /// The items of a list with that text between them.
            Delimited(&'static str),
            /// The name and the item, once for each item of a list (`form` with `explode`).
            Repeated,
            /// A text in JSON (`content`).
            Json,
        }

        /// A request body.
        #[derive(Debug)]
        pub struct Body {
            /// Its media type.
            pub media_type: &'static str,
            /// Whether it must be there. One that need not be comes as a list of one value or none.
            pub required: bool,
            /// What its value may be.
            pub schema: &'static Schema,
        }

        /// One declared response.
        #[derive(Debug)]
        pub struct Response {
            /// Which answers it describes.
            pub status: Status,
            /// The media types that its body may have, all of them JSON; empty where it has no body.
            pub content: &'static [Content],
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
            /// The media type, without parameters.
            pub media_type: &'static str,
            /// What its value may be.
            pub schema: &'static Schema,
        }
    }

    pub mod parameter {
        //! Parameters: values to text.
        use schema_check::serde::ser::{Error as _, Serialize, Serializer};
        use schema_check::serde_json::{self, Value};
        use super::operation::{Form, Location, Parameter};

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

        /// The texts that stand for a value, encoded for their place: one, or one for each item.
        pub fn write(
            parameter: &Parameter,
            value: &Value,
        ) -> Result<Vec<String>, String> {
            let location = parameter.location;
            let encoded = |value: &Value| encode(location, &scalar(value)?);
            match parameter.form {
                Form::One => Ok(vec![encoded(value) ?]),
                Form::Json => Ok(vec![encode(location, & value.to_string()) ?]),
                Form::Repeated => items(value)?.iter().map(encoded).collect(),
                Form::Delimited(
                    _,
                ) if location == Location::Query && is_empty_list(value) => {
                    Ok(vec![String::new()])
                }
                Form::Delimited(delimiter) => {
                    let is_told_apart = delimiter == "," && location != Location::Header;
                    let mut texts = Vec::new();
                    for item in items(value)? {
                        if !is_told_apart && scalar(item)?.contains(delimiter) {
                            return Err(
                                format!(
                                    "no item can hold `{delimiter}`, which stands between the items"
                                ),
                            );
                        }
                        texts.push(encoded(item)?);
                    }
                    let between = match location {
                        Location::Header => delimiter.to_owned(),
                        _ if delimiter == "," => delimiter.to_owned(),
                        _ => percent_encode(delimiter),
                    };
                    let text = texts.join(&between);
                    if text.is_empty() {
                        return Err(
                            "a list of one empty text cannot be told from an empty list"
                                .to_owned(),
                        );
                    }
                    Ok(vec![text])
                }
            }
        }

        fn is_empty_list(value: &Value) -> bool {
            value.as_array().is_some_and(Vec::is_empty)
        }

        fn items(value: &Value) -> Result<&[Value], String> {
            match value {
                Value::Array(items) if items.is_empty() => {
                    Err(
                        "an empty list cannot be written: leave the parameter out"
                            .to_owned(),
                    )
                }
                Value::Array(items) => Ok(items),
                one => Ok(std::slice::from_ref(one)),
            }
        }

        fn scalar(value: &Value) -> Result<String, String> {
            match value {
                Value::String(text) => Ok(text.clone()),
                Value::Number(number) => Ok(number.to_string()),
                Value::Bool(truth) => Ok(truth.to_string()),
                Value::Null => {
                    Err("`null` cannot be written: leave the parameter out".to_owned())
                }
                Value::Array(_) | Value::Object(_) => {
                    Err("a value inside of another cannot be written".to_owned())
                }
            }
        }

        fn encode(location: Location, text: &str) -> Result<String, String> {
            match location {
                Location::Path if text.is_empty() => {
                    Err("an empty text cannot stand in a path".to_owned())
                }
                Location::Path | Location::Query | Location::Cookie => {
                    Ok(percent_encode(text))
                }
                Location::Header => header(text),
            }
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

    pub mod request {
        //! From what a builder built to the request that the document describes.
        use reqwest::header::{
            ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName,
            HeaderValue,
        };
        use reqwest::{Request, Url};
        use schema_check::serde_json::{self, Value};
        use schema_check::{Direction, Schema, check};
        use super::operation::{Body, Location, Operation, Parameter, Place, Scheme};
        use super::parameter::{percent_encode, read, write};
        use super::secret::Secret;

        /// Writes a request down anew, as the document has it: address, headers, credentials and body.
        ///
        /// Nothing of what progenitor wrote stays but the body; its `api-version` header goes too.
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
            if let Some(body) = &operation.body {
                wire.body(body, request);
            }
            if let Some(accept) = operation.accept {
                wire.headers.insert(ACCEPT, HeaderValue::from_static(accept));
            }
            wire.credentials(operation, credential);
            *request.method_mut() = operation.method.clone();
            wire.finish(request, base_url)
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
                match write(parameter, &value) {
                    Ok(texts) => self.write(parameter, &place, &texts),
                    Err(message) => self.faults.push(format!("{place}: {message}")),
                }
            }

            fn write(&mut self, parameter: &Parameter, place: &str, texts: &[String]) {
                let name = parameter.name;
                match parameter.location {
                    Location::Path => {
                        let text = texts.join(",");
                        self.path = self.path.replace(&format!("{{{name}}}"), &text);
                    }
                    Location::Query => {
                        let name = percent_encode(name);
                        self.query
                            .extend(texts.iter().map(|text| format!("{name}={text}")));
                    }
                    Location::Header => self.header(name, place, &texts.join(","), false),
                    Location::Cookie => {
                        self.cookies.push(format!("{name}={}", texts.join(",")))
                    }
                }
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
                let violations = check(schema, value, Direction::Request);
                self.faults
                    .extend(
                        violations
                            .into_iter()
                            .map(|violation| {
                                let at = if violation.pointer.is_empty() {
                                    ""
                                } else {
                                    " at "
                                };
                                format!(
                                    "{place}{at}{}: {}", violation.pointer, violation.message
                                )
                            }),
                    );
            }

            fn body(&mut self, body: &Body, request: &mut Request) {
                let bytes = request.body().and_then(|b| b.as_bytes()).unwrap_or(b"null");
                let mut value: Value = match serde_json::from_slice(bytes) {
                    Ok(value) => value,
                    Err(error) => return self.faults.push(format!("the body: {error}")),
                };
                if !body.required {
                    let only = value.as_array_mut().and_then(Vec::pop);
                    let Some(only) = only else {
                        *request.body_mut() = None;
                        return;
                    };
                    value = only;
                    let inner = bytes
                        .get(1..bytes.len() - 1)
                        .unwrap_or_default()
                        .to_vec();
                    *request.body_mut() = Some(inner.into());
                }
                self.check("the body", body.schema, &value);
                let media_type = HeaderValue::from_static(body.media_type);
                self.headers.insert(CONTENT_TYPE, media_type);
            }

            /// Adds the credentials of the first alternative that the caller has all of.
            fn credentials<'c>(
                &mut self,
                operation: &Operation,
                credential: impl Fn(&str) -> Option<&'c Secret>,
            ) {
                let complete = operation
                    .security
                    .iter()
                    .find(|alternative| {
                        alternative
                            .iter()
                            .all(|scheme| credential(scheme.name).is_some())
                    });
                let Some(complete) = complete else {
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
    }
}
