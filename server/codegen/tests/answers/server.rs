// The server of Answers, generated from its document.

/// Answers
///
/// A service implements one method for each operation of the document. A method is called only with a request
/// that keeps the document in every respect, and answers with one of the responses that it declares.
#[allow(rustdoc::all, reason = "descriptions are the document's")]
pub trait Answers: ::dropshot_runtime::Service {
    /// `GET /words/{word}`
    fn get_word(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: GetWordRequest,
    ) -> impl ::core::future::Future<Output = GetWordResponse> + Send;

    /// `PUT /words/{word}`
    fn put_word(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: PutWordRequest,
    ) -> impl ::core::future::Future<Output = PutWordResponse> + Send;

    /// `GET /words`
    fn find_words(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: FindWordsRequest,
    ) -> impl ::core::future::Future<Output = FindWordsResponse> + Send;
}

/// Every operation, with the method of the service that serves it.
pub fn api<S: Answers>() -> ::dropshot_runtime::Api<S> {
    ::dropshot_runtime::Api::new()
        .operation(
            GetWord,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.get_word(call, request).await
            },
        )
        .operation(
            PutWord,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.put_word(call, request).await
            },
        )
        .operation(
            FindWords,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.find_words(call, request).await
            },
        )
}

/// What `getWord` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct GetWordRequest {
    /// The path parameter `word`.
    pub word: String,
}

/// What `putWord` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Debug)]
pub struct PutWordRequest {
    /// The path parameter `word`.
    pub word: String,
    /// The body.
    pub body: ::dropshot_runtime::BodyStream,
}

/// What `findWords` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct FindWordsRequest {
    /// The query parameter `range`.
    pub range: types::Range,
    /// The query parameter `marks`.
    pub marks: Option<
        ::dropshot_runtime::schema::serde_json::Map<
            String,
            ::dropshot_runtime::schema::serde_json::Value,
        >,
    >,
}

/// A body that `getWord` answers with, by its media type.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    reason = "sizes and what is there at all are the document's"
)]
#[derive(Debug)]
pub enum GetWordOkBody {
    /// `application/json`.
    Json(types::Word),
    /// `text/plain`.
    Text(String),
    /// `image/*`.
    Stream {
        /// The media type, which must be one of the document's.
        content_type: String,
        /// The body.
        body: ::dropshot_runtime::BodyStream,
    },
}

/// What `getWord` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Debug)]
pub enum GetWordResponse {
    /// 200: The word
    Ok {
        /// The body.
        body: GetWordOkBody,
    },
    /// 204: The empty word
    NoContent,
    /// 4XX: There is none
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// 500: There is none
    InternalServerError {
        /// The body.
        body: types::Problem,
    },
}

impl ::dropshot_runtime::Respond for GetWordResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                let answer = ::dropshot_runtime::Answer::with_code(200);
                match body {
                    GetWordOkBody::Json(body) => answer.json("application/json", &body),
                    GetWordOkBody::Text(body) => answer.text("text/plain", body),
                    GetWordOkBody::Stream { content_type, body } => {
                        answer
                            .stream(
                                ::dropshot_runtime::declared(&content_type, &["image/*"])?,
                                body,
                            )
                    }
                }
            }
            Self::NoContent => Ok(::dropshot_runtime::Answer::with_code(204)),
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::InternalServerError { body } => {
                ::dropshot_runtime::Answer::with_code(500)
                    .json("application/json", &body)
            }
        }
    }
}

/// What `putWord` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum PutWordResponse {
    /// 204: It is kept
    NoContent,
    /// 4XX: There is none
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// 500: There is none
    InternalServerError {
        /// The body.
        body: types::Problem,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for PutWordResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::NoContent => Ok(::dropshot_runtime::Answer::with_code(204)),
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::InternalServerError { body } => {
                ::dropshot_runtime::Answer::with_code(500)
                    .json("application/json", &body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `findWords` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum FindWordsResponse {
    /// 200: As understood
    Ok {
        /// The body.
        body: String,
    },
    /// 4XX: There is none
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// 500: There is none
    InternalServerError {
        /// The body.
        body: types::Problem,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for FindWordsResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::InternalServerError { body } => {
                ::dropshot_runtime::Answer::with_code(500)
                    .json("application/json", &body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// The operation `getWord`.
pub struct GetWord;

impl ::dropshot_runtime::Operation for GetWord {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::GET_WORD;
    type Request = GetWordRequest;
    type Response = GetWordResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(GetWordRequest {
            word: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::GetWordPath>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "The word")
            .body::<described::Word>()
            .metadata()
    }
}

/// The operation `putWord`.
pub struct PutWord;

impl ::dropshot_runtime::Operation for PutWord {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::PUT_WORD;
    type Request = PutWordRequest;
    type Response = PutWordResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(PutWordRequest {
            word: values.parameter()?,
            body: values.stream()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::PutWordPath>(content_type)
            .bytes(&::dropshot_runtime::dropshot::ApiEndpointBodyContentType::Bytes)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(204, "It is kept").metadata()
    }
}

/// The operation `findWords`.
pub struct FindWords;

impl ::dropshot_runtime::Operation for FindWords {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::FIND_WORDS;
    type Request = FindWordsRequest;
    type Response = FindWordsResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(FindWordsRequest {
            range: values.parameter()?,
            marks: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .query::<described::FindWordsQuery>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "As understood")
            .any_body()
            .metadata()
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
    use ::dropshot_runtime::schema::{integer, serde::{Deserialize, Serialize}};

    /// The schema `Word`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct Word {
        /// The member `text`.
        ///
        /// At most 5 characters.
        pub text: String,
        /// The member `letters`.
        ///
        /// At most 2 items.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub letters: Option<Vec<String>>,
        /// The member `key`.
        ///
        /// Only in requests.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub key: Option<String>,
    }

    /// The schema `Problem`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct Problem {
        /// The member `message`.
        ///
        /// At most 20 characters.
        pub message: String,
    }

    /// The schema `Range`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct Range {
        /// The member `from`.
        #[serde(deserialize_with = "integer::deserialize")]
        pub from: i64,
        /// The member `to`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub to: Option<i64>,
    }
}

/// What the document says about each operation, for the steps that a request goes through.
mod specs {
    use ::dropshot_runtime::{
        BodyForm, BodyFormat, BodySpec, Field, Members, OperationSpec, ParameterLocation,
        ParameterSpec, ResponseSpec, Scalar, Shape,
    };
    use ::dropshot_runtime::schema::Schema;
    use super::tables;

    /// `getWord`: `GET /words/{word}`.
    pub(super) static GET_WORD: OperationSpec = OperationSpec {
        id: "getWord",
        method: "GET",
        path: "/words/{word}",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[
            ParameterSpec {
                name: "word",
                location: ParameterLocation::Path,
                required: true,
                shapes: &[Shape::One(Scalar::Text)],
                schema: &tables::GET_WORD_WORD,
                ..ParameterSpec::ANY
            },
        ],
        body: None,
        produces: &["application/json", "text/plain", "image/*"],
        responses: &[
            ResponseSpec {
                status: "200",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::WORD),
                    },
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(&tables::GET_WORD_OK_BODY),
                    },
                    BodyForm {
                        media_types: &["image/*"],
                        format: BodyFormat::Stream,
                    },
                ],
            },
            ResponseSpec {
                status: "204",
                forms: &[],
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
            ResponseSpec {
                status: "500",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
        ],
    };

    /// `putWord`: `PUT /words/{word}`.
    pub(super) static PUT_WORD: OperationSpec = OperationSpec {
        id: "putWord",
        method: "PUT",
        path: "/words/{word}",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[
            ParameterSpec {
                name: "word",
                location: ParameterLocation::Path,
                required: true,
                shapes: &[Shape::One(Scalar::Text)],
                schema: &tables::PUT_WORD_WORD,
                ..ParameterSpec::ANY
            },
        ],
        body: Some(BodySpec {
            required: true,
            media_types: &["application/octet-stream"],
            forms: &[
                BodyForm {
                    media_types: &["application/octet-stream"],
                    format: BodyFormat::Stream,
                },
            ],
        }),
        produces: &[],
        responses: &[
            ResponseSpec {
                status: "204",
                forms: &[],
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
            ResponseSpec {
                status: "500",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
        ],
    };

    /// `findWords`: `GET /words`.
    pub(super) static FIND_WORDS: OperationSpec = OperationSpec {
        id: "findWords",
        method: "GET",
        path: "/words",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[
            ParameterSpec {
                name: "range",
                location: ParameterLocation::Query,
                required: true,
                shapes: &[
                    Shape::Spread(
                        &Members {
                            named: &[
                                Field {
                                    name: "from",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                                Field {
                                    name: "to",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                            ],
                            others: None,
                        },
                    ),
                ],
                schema: &tables::RANGE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "marks",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[
                    Shape::Deep(
                        &Members {
                            named: &[],
                            others: Some(Scalar::Text),
                        },
                    ),
                ],
                schema: &tables::FIND_WORDS_MARKS,
                ..ParameterSpec::ANY
            },
        ],
        body: None,
        produces: &["text/plain"],
        responses: &[
            ResponseSpec {
                status: "200",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(&Schema::ANY),
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
            ResponseSpec {
                status: "500",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
        ],
    };
}

/// What the document says about each value.
mod tables {
    use ::dropshot_runtime::schema::{Format, Schema, Types};

    /// `#/paths/~1words~1{word}/get/parameters/0/schema`
    pub static GET_WORD_WORD: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Word`
    pub static WORD: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("text", &WORD_TEXT),
            ("letters", &WORD_LETTERS),
            ("key", &WORD_KEY),
        ],
        required: &["text"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Word/properties/text`
    pub static WORD_TEXT: Schema = Schema {
        types: Types::STRING,
        max_length: Some(5),
        ..Schema::ANY
    };

    /// `#/components/schemas/Word/properties/letters`
    pub static WORD_LETTERS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&WORD_LETTERS_ITEMS),
        max_items: Some(2),
        ..Schema::ANY
    };

    /// `#/components/schemas/Word/properties/letters/items`
    pub static WORD_LETTERS_ITEMS: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Word/properties/key`
    pub static WORD_KEY: Schema = Schema {
        types: Types::STRING,
        write_only: true,
        ..Schema::ANY
    };

    /// `#/paths/~1words~1{word}/get/responses/200/content/text~1plain/schema`
    pub static GET_WORD_OK_BODY: Schema = Schema {
        types: Types::STRING,
        max_length: Some(5),
        ..Schema::ANY
    };

    /// `#/components/schemas/Problem`
    pub static PROBLEM: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("message", &PROBLEM_MESSAGE)],
        required: &["message"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Problem/properties/message`
    pub static PROBLEM_MESSAGE: Schema = Schema {
        types: Types::STRING,
        max_length: Some(20),
        ..Schema::ANY
    };

    /// `#/paths/~1words~1{word}/put/parameters/0/schema`
    pub static PUT_WORD_WORD: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Range`
    pub static RANGE: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("from", &RANGE_FROM), ("to", &RANGE_TO)],
        required: &["from"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Range/properties/from`
    pub static RANGE_FROM: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Range/properties/to`
    pub static RANGE_TO: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1words/get/parameters/1/schema`
    pub static FIND_WORDS_MARKS: Schema = Schema {
        types: Types::OBJECT,
        additional_properties: Some(&Schema::ANY),
        ..Schema::ANY
    };
}

/// The document's schemas, for the document that dropshot emits.
mod described {
    use ::dropshot_runtime::describe::Described;
    use ::dropshot_runtime::schemars::r#gen::SchemaGenerator;

    pub struct Word;

    impl Described for Word {
        const NAME: &'static str = "Word";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"properties\":{\"key\":{\"type\":\"string\",\"writeOnly\":true},\"letters\":{\"items\":{\"type\":\"string\"},\"maxItems\":2,\"type\":\"array\"},\"text\":{\"maxLength\":5,\"type\":\"string\"}},\"required\":[\"text\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct Problem;

    impl Described for Problem {
        const NAME: &'static str = "Problem";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"properties\":{\"message\":{\"maxLength\":20,\"type\":\"string\"}},\"required\":[\"message\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct GetWordPath;

    impl Described for GetWordPath {
        const NAME: &'static str = "GetWordPath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"word\":{\"type\":\"string\"}},\"required\":[\"word\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct PutWordPath;

    impl Described for PutWordPath {
        const NAME: &'static str = "PutWordPath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"word\":{\"type\":\"string\"}},\"required\":[\"word\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct FindWordsQuery;

    impl Described for FindWordsQuery {
        const NAME: &'static str = "FindWordsQuery";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"marks\":{\"type\":\"string\"},\"range\":{\"type\":\"string\"}},\"required\":[\"range\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }
}
