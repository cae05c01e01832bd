// The server of Emitted, generated from its document.

/// Emitted
///
/// A service implements one method for each operation of the document. A method is called only with a request
/// that keeps the document in every respect, and answers with one of the responses that it declares.
#[allow(rustdoc::all, reason = "descriptions are the document's")]
pub trait Emitted: ::dropshot_runtime::Service {
    /// `GET /boards/{id}`
    fn get_board(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: GetBoardRequest,
    ) -> impl ::core::future::Future<Output = GetBoardResponse> + Send;

    /// `DELETE /boards/{id}`
    fn delete_board(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: DeleteBoardRequest,
    ) -> impl ::core::future::Future<Output = DeleteBoardResponse> + Send;

    /// `GET /boards`
    fn list_boards(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: ListBoardsRequest,
    ) -> impl ::core::future::Future<Output = ListBoardsResponse> + Send;

    /// `POST /boards`
    fn send_form(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: SendFormRequest,
    ) -> impl ::core::future::Future<Output = SendFormResponse> + Send;

    /// `PUT /pictures`
    fn put_picture(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: PutPictureRequest,
    ) -> impl ::core::future::Future<Output = PutPictureResponse> + Send;

    /// `POST /pictures`
    fn post_pictures(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: PostPicturesRequest,
    ) -> impl ::core::future::Future<Output = PostPicturesResponse> + Send;

    /// `GET /talk`
    fn talk(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: TalkRequest,
    ) -> impl ::core::future::Future<Output = TalkResponse> + Send;
}

/// Every operation, with the method of the service that serves it.
pub fn api<S: Emitted>() -> ::dropshot_runtime::Api<S> {
    ::dropshot_runtime::Api::new()
        .operation(
            GetBoard,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.get_board(call, request).await
            },
        )
        .operation(
            DeleteBoard,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.delete_board(call, request).await
            },
        )
        .operation(
            ListBoards,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.list_boards(call, request).await
            },
        )
        .operation(
            SendForm,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.send_form(call, request).await
            },
        )
        .operation(
            PutPicture,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.put_picture(call, request).await
            },
        )
        .operation(
            PostPictures,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.post_pictures(call, request).await
            },
        )
        .operation(
            Talk,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.talk(call, request).await
            },
        )
}

/// What `getBoard` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct GetBoardRequest {
    /// The path parameter `id`.
    pub id: i64,
    /// From when.
    ///
    /// The query parameter `since`.
    pub since: Option<
        Option<
            ::dropshot_runtime::schema::chrono::DateTime<
                ::dropshot_runtime::schema::chrono::FixedOffset,
            >,
        >,
    >,
    /// The header parameter `X-Depth`.
    pub x_depth: Option<u8>,
}

/// What `deleteBoard` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct DeleteBoardRequest {
    /// The path parameter `id`.
    pub id: i64,
}

/// What `listBoards` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct ListBoardsRequest {
    /// The query parameter `owner`.
    pub owner: Option<String>,
}

/// What `sendForm` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct SendFormRequest {
    /// The body.
    pub body: types::Draft,
}

/// What `putPicture` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Debug)]
pub struct PutPictureRequest {
    /// The body.
    pub body: ::dropshot_runtime::BodyStream,
}

/// What `postPictures` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Debug)]
pub struct PostPicturesRequest {
    /// The body.
    pub body: ::dropshot_runtime::BodyStream,
}

/// What `talk` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct TalkRequest {}
/// What `getBoard` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum GetBoardResponse {
    /// 200: The board
    Ok {
        /// Its state.
        ///
        /// The header `etag`.
        etag: String,
        /// The body.
        body: types::Board,
    },
    /// 4XX: Problem
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// 5XX: Problem
    Status5xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for GetBoardResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { etag, body } => {
                ::dropshot_runtime::Answer::with_code(200)
                    .header("etag", &etag)?
                    .json("application/json", &body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Status5xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `deleteBoard` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum DeleteBoardResponse {
    /// 204: It is gone
    NoContent,
    /// 4XX: Problem
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// 5XX: Problem
    Status5xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for DeleteBoardResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::NoContent => Ok(::dropshot_runtime::Answer::with_code(204)),
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Status5xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `listBoards` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum ListBoardsResponse {
    /// 200: Some boards
    Ok {
        /// The body.
        body: Vec<types::Board>,
    },
    /// 4XX: Problem
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// 5XX: Problem
    Status5xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for ListBoardsResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200)
                    .json("application/json", &body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Status5xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `sendForm` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum SendFormResponse {
    /// 303: See there
    SeeOther {
        /// The header `location`.
        location: String,
    },
    /// 4XX: Problem
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// 5XX: Problem
    Status5xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for SendFormResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::SeeOther { location } => {
                Ok(
                    ::dropshot_runtime::Answer::with_code(303)
                        .header("location", &location)?,
                )
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Status5xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `putPicture` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Debug)]
pub enum PutPictureResponse {
    /// 200: The picture
    Ok {
        /// The media type, which must be one of the document's.
        content_type: String,
        /// The body.
        body: ::dropshot_runtime::BodyStream,
    },
    /// 4XX: Problem
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// 5XX: Problem
    Status5xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
}

impl ::dropshot_runtime::Respond for PutPictureResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { content_type, body } => {
                ::dropshot_runtime::Answer::with_code(200)
                    .stream(::dropshot_runtime::declared(&content_type, &["*/*"])?, body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Status5xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
        }
    }
}

/// What `postPictures` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Debug)]
pub enum PostPicturesResponse {
    /// default: Whatever there is
    Default {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The media type, which must be one of the document's.
        content_type: String,
        /// The body.
        body: ::dropshot_runtime::BodyStream,
    },
}

impl ::dropshot_runtime::Respond for PostPicturesResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Default { status, content_type, body } => {
                ::dropshot_runtime::Answer::new(status)
                    .stream(::dropshot_runtime::declared(&content_type, &["*/*"])?, body)
            }
        }
    }
}

/// What `talk` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum TalkResponse {
    /// 101: It is a web socket now
    SwitchingProtocols,
    /// 4XX: Problem
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// 5XX: Problem
    Status5xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: types::Problem,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for TalkResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::SwitchingProtocols => Ok(::dropshot_runtime::Answer::with_code(101)),
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Status5xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).json("application/json", &body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// The operation `getBoard`.
pub struct GetBoard;

impl ::dropshot_runtime::Operation for GetBoard {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::GET_BOARD;
    type Request = GetBoardRequest;
    type Response = GetBoardResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(GetBoardRequest {
            id: values.parameter()?,
            since: values.parameter()?,
            x_depth: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::GetBoardPath>(content_type)
            .query::<described::GetBoardQuery>(content_type)
            .header::<described::GetBoardHeaders>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "The board")
            .body::<described::Board>()
            .headers::<described::GetBoardOkHeaders>()
            .metadata()
    }
}

/// The operation `deleteBoard`.
pub struct DeleteBoard;

impl ::dropshot_runtime::Operation for DeleteBoard {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::DELETE_BOARD;
    type Request = DeleteBoardRequest;
    type Response = DeleteBoardResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(DeleteBoardRequest {
            id: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::DeleteBoardPath>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(204, "It is gone").metadata()
    }
}

/// The operation `listBoards`.
pub struct ListBoards;

impl ::dropshot_runtime::Operation for ListBoards {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::LIST_BOARDS;
    type Request = ListBoardsRequest;
    type Response = ListBoardsResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(ListBoardsRequest {
            owner: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .query::<described::ListBoardsQuery>(content_type)
            .paginated("{\"required\":[\"owner\"]}")
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "Some boards")
            .body::<described::ListBoardsOkBody>()
            .metadata()
    }
}

/// The operation `sendForm`.
pub struct SendForm;

impl ::dropshot_runtime::Operation for SendForm {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::SEND_FORM;
    type Request = SendFormRequest;
    type Response = SendFormResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(SendFormRequest {
            body: values.body()?,
        })
    }

    fn describe_request(
        _content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .body::<
                described::Draft,
            >(&::dropshot_runtime::dropshot::ApiEndpointBodyContentType::UrlEncoded)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(303, "See there")
            .headers::<described::SendFormSeeOtherHeaders>()
            .metadata()
    }
}

/// The operation `putPicture`.
pub struct PutPicture;

impl ::dropshot_runtime::Operation for PutPicture {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::PUT_PICTURE;
    type Request = PutPictureRequest;
    type Response = PutPictureResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(PutPictureRequest {
            body: values.stream()?,
        })
    }

    fn describe_request(
        _content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .bytes(&::dropshot_runtime::dropshot::ApiEndpointBodyContentType::Bytes)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "The picture")
            .any_body()
            .metadata()
    }
}

/// The operation `postPictures`.
pub struct PostPictures;

impl ::dropshot_runtime::Operation for PostPictures {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::POST_PICTURES;
    type Request = PostPicturesRequest;
    type Response = PostPicturesResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(PostPicturesRequest {
            body: values.stream()?,
        })
    }

    fn describe_request(
        _content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .bytes(
                &::dropshot_runtime::dropshot::ApiEndpointBodyContentType::MultipartFormData,
            )
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::of_any_status("Whatever there is")
            .any_body()
            .metadata()
    }
}

/// The operation `talk`.
pub struct Talk;

impl ::dropshot_runtime::Operation for Talk {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::TALK;
    type Request = TalkRequest;
    type Response = TalkResponse;
    type Failure = ::dropshot_runtime::describe::Failure<described::Problem>;

    fn decode(
        _values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(TalkRequest {})
    }

    fn describe_request(
        _content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new().websocket().metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(101, "It is a web socket now")
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
    use std::collections::BTreeMap;
    use ::dropshot_runtime::schema::{
        UnknownValue, choose, integer, present, serde_json, uuid,
        serde::{Deserialize, Serialize},
    };
    use super::tables;

    /// The schema `Board`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct Board {
        /// The member `id`.
        ///
        /// At least 0.
        #[serde(deserialize_with = "integer::deserialize")]
        pub id: u64,
        /// The member `kind`.
        pub kind: Kind,
        /// What it is part of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub parent: Option<Box<Board>>,
        /// The member `cards`.
        ///
        /// No two items are equal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cards: Option<Vec<uuid::Uuid>>,
        /// The member `labels`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub labels: Option<BTreeMap<String, String>>,
    }

    /// The schema `Kind`.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde", untagged)]
    pub enum Kind {
        /// A value of the form `Object`.
        Object(KindObject),
        /// A value of the form `Secret`.
        Secret(KindSecret),
    }

    impl<'de> Deserialize<'de> for Kind {
        /// Reads the form whose schema the value keeps.
        fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
        where
            D: ::dropshot_runtime::schema::serde::Deserializer<'de>,
        {
            use ::dropshot_runtime::schema::serde::de::Error;
            let value = serde_json::Value::deserialize(deserializer)?;
            let read = match choose(
                &[&tables::KIND_OBJECT, &tables::KIND_SECRET],
                &value,
            ) {
                Some(0) => serde_json::from_value(value).map(Self::Object),
                Some(1) => serde_json::from_value(value).map(Self::Secret),
                _ => {
                    return Err(
                        D::Error::custom("the value has none of the allowed forms"),
                    );
                }
            };
            read.map_err(D::Error::custom)
        }
    }

    /// The form `Object` of `Kind`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct KindObject {
        /// The member `public`.
        pub public: bool,
    }

    /// The form `Secret` of `Kind`.
    #[derive(
        Clone,
        Copy,
        Debug,
        Default,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        Serialize,
        Deserialize
    )]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub enum KindSecret {
        /// `secret`.
        #[serde(rename = "secret")]
        #[default]
        Secret,
    }

    impl KindSecret {
        /// Every value, in the document's order.
        pub const ALL: [Self; 1] = [Self::Secret];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::Secret => "secret",
            }
        }
    }

    impl std::fmt::Display for KindSecret {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for KindSecret {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "secret" => Ok(Self::Secret),
                _ => {
                    Err(UnknownValue {
                        expected: &["secret"],
                    })
                }
            }
        }
    }

    /// The schema `Problem`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct Problem {
        /// Why not.
        pub message: String,
    }

    /// The schema `Draft`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct Draft {
        /// The member `name`.
        pub name: String,
        /// The member `size`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present::deserialize"
        )]
        pub size: Option<Option<f64>>,
    }
}

/// What the document says about each operation, for the steps that a request goes through.
mod specs {
    use ::dropshot_runtime::{
        BodyForm, BodyFormat, BodySpec, Field, Members, OperationSpec, ParameterLocation,
        ParameterSpec, ResponseSpec, Scalar, Shape,
    };
    use super::tables;

    /// `getBoard`: `GET /boards/{id}`.
    pub(super) static GET_BOARD: OperationSpec = OperationSpec {
        id: "getBoard",
        method: "GET",
        path: "/boards/{id}",
        is_described: true,
        summary: None,
        description: None,
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
                schema: &tables::GET_BOARD_ID,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "since",
                location: ParameterLocation::Query,
                required: false,
                description: Some("From when."),
                shapes: &[Shape::One(Scalar::Text)],
                schema: &tables::GET_BOARD_SINCE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "X-Depth",
                location: ParameterLocation::Header,
                required: false,
                shapes: &[Shape::One(Scalar::Integer)],
                schema: &tables::GET_BOARD_X_DEPTH,
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
                        format: BodyFormat::Json(&tables::BOARD),
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
                status: "5XX",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
        ],
    };

    /// `deleteBoard`: `DELETE /boards/{id}`.
    pub(super) static DELETE_BOARD: OperationSpec = OperationSpec {
        id: "deleteBoard",
        method: "DELETE",
        path: "/boards/{id}",
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
                schema: &tables::GET_BOARD_ID,
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
                status: "5XX",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
        ],
    };

    /// `listBoards`: `GET /boards`.
    pub(super) static LIST_BOARDS: OperationSpec = OperationSpec {
        id: "listBoards",
        method: "GET",
        path: "/boards",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[
            ParameterSpec {
                name: "owner",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::One(Scalar::Text)],
                schema: &tables::LIST_BOARDS_OWNER,
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
                        format: BodyFormat::Json(&tables::LIST_BOARDS_OK_BODY),
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
                status: "5XX",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
        ],
    };

    /// `sendForm`: `POST /boards`.
    pub(super) static SEND_FORM: OperationSpec = OperationSpec {
        id: "sendForm",
        method: "POST",
        path: "/boards",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[],
        body: Some(BodySpec {
            required: true,
            media_types: &["application/x-www-form-urlencoded"],
            forms: &[
                BodyForm {
                    media_types: &["application/x-www-form-urlencoded"],
                    format: BodyFormat::Form(
                        &Members {
                            named: &[
                                Field {
                                    name: "name",
                                    shapes: &[Shape::One(Scalar::Text)],
                                },
                                Field {
                                    name: "size",
                                    shapes: &[Shape::One(Scalar::Number)],
                                },
                            ],
                            others: Some(Scalar::Text),
                        },
                        &tables::DRAFT,
                    ),
                },
            ],
        }),
        produces: &[],
        responses: &[
            ResponseSpec {
                status: "303",
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
                status: "5XX",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
        ],
    };

    /// `putPicture`: `PUT /pictures`.
    pub(super) static PUT_PICTURE: OperationSpec = OperationSpec {
        id: "putPicture",
        method: "PUT",
        path: "/pictures",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[],
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
        produces: &["*/*"],
        responses: &[
            ResponseSpec {
                status: "200",
                forms: &[
                    BodyForm {
                        media_types: &["*/*"],
                        format: BodyFormat::Stream,
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
                status: "5XX",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::PROBLEM),
                    },
                ],
            },
        ],
    };

    /// `postPictures`: `POST /pictures`.
    pub(super) static POST_PICTURES: OperationSpec = OperationSpec {
        id: "postPictures",
        method: "POST",
        path: "/pictures",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[],
        body: Some(BodySpec {
            required: true,
            media_types: &["multipart/form-data"],
            forms: &[
                BodyForm {
                    media_types: &["multipart/form-data"],
                    format: BodyFormat::Stream,
                },
            ],
        }),
        produces: &[],
        responses: &[
            ResponseSpec {
                status: "default",
                forms: &[
                    BodyForm {
                        media_types: &["*/*"],
                        format: BodyFormat::Stream,
                    },
                ],
            },
        ],
    };

    /// `talk`: `GET /talk`.
    pub(super) static TALK: OperationSpec = OperationSpec {
        id: "talk",
        method: "GET",
        path: "/talk",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[],
        body: None,
        produces: &[],
        responses: &[
            ResponseSpec {
                status: "101",
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
                status: "5XX",
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
    use ::dropshot_runtime::schema::{Format, Literal, Number, Schema, Types};

    /// `#/paths/~1boards~1{id}/parameters/0/schema`
    pub static GET_BOARD_ID: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1boards~1{id}/get/parameters/0/schema`
    pub static GET_BOARD_SINCE: Schema = Schema {
        types: Types::NULL.or(Types::STRING),
        format: Some(Format::DateTime),
        ..Schema::ANY
    };

    /// `#/paths/~1boards~1{id}/get/parameters/1/schema`
    pub static GET_BOARD_X_DEPTH: Schema = Schema {
        types: Types::INTEGER,
        minimum: Some(Number::Integer(0)),
        maximum: Some(Number::Integer(9)),
        format: Some(Format::Uint8),
        ..Schema::ANY
    };

    /// `#/components/schemas/Kind/oneOf/0`
    pub static KIND_OBJECT: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("public", &KIND_OBJECT_PUBLIC)],
        additional_properties: Some(&Schema::NEVER),
        required: &["public"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Kind/oneOf/0/properties/public`
    pub static KIND_OBJECT_PUBLIC: Schema = Schema {
        types: Types::BOOLEAN,
        ..Schema::ANY
    };

    /// `#/components/schemas/Kind/oneOf/1`
    pub static KIND_SECRET: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("secret")]),
        ..Schema::ANY
    };

    /// `#/components/schemas/Board`
    pub static BOARD: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("id", &BOARD_ID),
            ("kind", &KIND),
            ("parent", &BOARD_PARENT),
            ("cards", &BOARD_CARDS),
            ("labels", &BOARD_LABELS),
        ],
        required: &["id", "kind"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Board/properties/id`
    pub static BOARD_ID: Schema = Schema {
        types: Types::INTEGER,
        minimum: Some(Number::Integer(0)),
        format: Some(Format::Uint64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Kind`
    pub static KIND: Schema = Schema {
        one_of: &[&KIND_OBJECT, &KIND_SECRET],
        ..Schema::ANY
    };

    /// `#/components/schemas/Board/properties/parent`
    pub static BOARD_PARENT: Schema = Schema {
        all_of: &[&BOARD],
        ..Schema::ANY
    };

    /// `#/components/schemas/Board/properties/cards`
    pub static BOARD_CARDS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&BOARD_CARDS_ITEMS),
        unique_items: true,
        ..Schema::ANY
    };

    /// `#/components/schemas/Board/properties/cards/items`
    pub static BOARD_CARDS_ITEMS: Schema = Schema {
        types: Types::STRING,
        format: Some(Format::Uuid),
        ..Schema::ANY
    };

    /// `#/components/schemas/Board/properties/labels`
    pub static BOARD_LABELS: Schema = Schema {
        types: Types::OBJECT,
        additional_properties: Some(&BOARD_LABELS_OTHERS),
        ..Schema::ANY
    };

    /// `#/components/schemas/Board/properties/labels/additionalProperties`
    pub static BOARD_LABELS_OTHERS: Schema = Schema {
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
        ..Schema::ANY
    };

    /// `#/paths/~1boards/get/parameters/0/schema`
    pub static LIST_BOARDS_OWNER: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1boards/get/responses/200/content/application~1json/schema`
    pub static LIST_BOARDS_OK_BODY: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&BOARD),
        ..Schema::ANY
    };

    /// `#/components/schemas/Draft`
    pub static DRAFT: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("name", &DRAFT_NAME), ("size", &DRAFT_SIZE)],
        required: &["name"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Draft/properties/name`
    pub static DRAFT_NAME: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Draft/properties/size`
    pub static DRAFT_SIZE: Schema = Schema {
        types: Types::NULL.or(Types::NUMBER),
        ..Schema::ANY
    };
}

/// The document's schemas, for the document that dropshot emits.
mod described {
    use ::dropshot_runtime::describe::{Described, Typed};
    use ::dropshot_runtime::schemars::r#gen::SchemaGenerator;

    pub struct Board;

    impl Described for Board {
        const NAME: &'static str = "Board";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"properties\":{\"cards\":{\"items\":{\"format\":\"uuid\",\"type\":\"string\"},\"type\":\"array\",\"uniqueItems\":true},\"id\":{\"format\":\"uint64\",\"minimum\":0,\"type\":\"integer\"},\"kind\":{\"$ref\":\"#/components/schemas/Kind\"},\"labels\":{\"additionalProperties\":{\"maxLength\":5,\"type\":\"string\"},\"type\":\"object\"},\"parent\":{\"allOf\":[{\"$ref\":\"#/components/schemas/Board\"}],\"description\":\"What it is part of.\"}},\"required\":[\"id\",\"kind\"],\"type\":\"object\"}";

        fn refer(generator: &mut SchemaGenerator) {
            generator.subschema_for::<Typed<Board>>();
            generator.subschema_for::<Typed<Kind>>();
        }
    }

    pub struct Kind;

    impl Described for Kind {
        const NAME: &'static str = "Kind";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"oneOf\":[{\"additionalProperties\":false,\"properties\":{\"public\":{\"type\":\"boolean\"}},\"required\":[\"public\"],\"type\":\"object\"},{\"enum\":[\"secret\"],\"type\":\"string\"}]}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct Draft;

    impl Described for Draft {
        const NAME: &'static str = "Draft";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"properties\":{\"name\":{\"type\":\"string\"},\"size\":{\"nullable\":true,\"type\":\"number\"}},\"required\":[\"name\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct Problem;

    impl Described for Problem {
        const NAME: &'static str = "Problem";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"properties\":{\"message\":{\"description\":\"Why not.\",\"type\":\"string\"}},\"required\":[\"message\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct GetBoardPath;

    impl Described for GetBoardPath {
        const NAME: &'static str = "GetBoardPath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"id\":{\"format\":\"int64\",\"type\":\"integer\"}},\"required\":[\"id\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct GetBoardQuery;

    impl Described for GetBoardQuery {
        const NAME: &'static str = "GetBoardQuery";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"since\":{\"description\":\"From when.\",\"format\":\"date-time\",\"nullable\":true,\"type\":\"string\"}},\"required\":[],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct GetBoardHeaders;

    impl Described for GetBoardHeaders {
        const NAME: &'static str = "GetBoardHeaders";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"X-Depth\":{\"format\":\"uint8\",\"maximum\":9,\"minimum\":0,\"type\":\"integer\"}},\"required\":[],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct GetBoardOkHeaders;

    impl Described for GetBoardOkHeaders {
        const NAME: &'static str = "GetBoardOkHeaders";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"etag\":{\"description\":\"Its state.\",\"type\":\"string\"}},\"required\":[\"etag\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct DeleteBoardPath;

    impl Described for DeleteBoardPath {
        const NAME: &'static str = "DeleteBoardPath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"id\":{\"format\":\"int64\",\"type\":\"integer\"}},\"required\":[\"id\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct ListBoardsQuery;

    impl Described for ListBoardsQuery {
        const NAME: &'static str = "ListBoardsQuery";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"owner\":{\"type\":\"string\"}},\"required\":[],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct ListBoardsOkBody;

    impl Described for ListBoardsOkBody {
        const NAME: &'static str = "Boards";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"items\":{\"$ref\":\"#/components/schemas/Board\"},\"title\":\"Boards\",\"type\":\"array\"}";

        fn refer(generator: &mut SchemaGenerator) {
            generator.subschema_for::<Typed<Board>>();
        }
    }

    pub struct SendFormSeeOtherHeaders;

    impl Described for SendFormSeeOtherHeaders {
        const NAME: &'static str = "SendFormSeeOtherHeaders";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"location\":{\"type\":\"string\"}},\"required\":[\"location\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }
}
