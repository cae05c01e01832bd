// The server of Gallery, generated from its document.

/// Gallery
///
/// A service implements one method for each operation of the document. A method is called only with a request
/// that keeps the document in every respect, and answers with one of the responses that it declares.
#[allow(rustdoc::all, reason = "descriptions are the document's")]
pub trait Gallery: ::dropshot_runtime::Service {
    /// `POST /v1/pictures`
    fn create_picture(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: CreatePictureRequest,
    ) -> impl ::core::future::Future<Output = CreatePictureResponse> + Send;

    /// A picture in whatever form is wanted.
    ///
    /// `GET /v1/pictures/{id}`
    fn get_pictures_by_id(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: GetPicturesByIdRequest,
    ) -> impl ::core::future::Future<Output = GetPicturesByIdResponse> + Send;

    /// `PUT /v1/pictures/{id}`
    fn put_picture(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: PutPictureRequest,
    ) -> impl ::core::future::Future<Output = PutPictureResponse> + Send;

    /// `DELETE /v1/pictures/{id}`
    fn delete_picture(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: DeletePictureRequest,
    ) -> impl ::core::future::Future<Output = DeletePictureResponse> + Send;

    /// `GET /v1/pictures/special`
    fn get_pictures_special(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: GetPicturesSpecialRequest,
    ) -> impl ::core::future::Future<Output = GetPicturesSpecialResponse> + Send;

    /// `GET /v1/pictures/{id}/{page}t.{format}`
    fn get_pictures_by_id_by_page_t_by_format(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: GetPicturesByIdByPageTByFormatRequest,
    ) -> impl ::core::future::Future<
        Output = GetPicturesByIdByPageTByFormatResponse,
    > + Send;

    /// `GET /v1/pictures/{id}/v{version}.txt`
    fn show_version(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: ShowVersionRequest,
    ) -> impl ::core::future::Future<Output = ShowVersionResponse> + Send;

    /// `POST /v1/forms`
    fn send_form(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: SendFormRequest,
    ) -> impl ::core::future::Future<Output = SendFormResponse> + Send;

    /// `POST /v1/log`
    fn append_log(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: AppendLogRequest,
    ) -> impl ::core::future::Future<Output = AppendLogResponse> + Send;

    /// `GET /v1/paths/{plain}/{list}/{row}/{pairs}/{label}/{labels}/{labelled}/{matrix}/{matrices}/{exploded}/{spread}`
    fn show_paths(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: ShowPathsRequest,
    ) -> impl ::core::future::Future<Output = ShowPathsResponse> + Send;

    /// `GET /v1/queries`
    fn show_queries(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: ShowQueriesRequest,
    ) -> impl ::core::future::Future<Output = ShowQueriesResponse> + Send;

    /// `GET /v1/themes`
    fn show_theme(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: ShowThemeRequest,
    ) -> impl ::core::future::Future<Output = ShowThemeResponse> + Send;

    /// `GET /v1/members/either`
    fn show_either(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: ShowEitherRequest,
    ) -> impl ::core::future::Future<Output = ShowEitherResponse> + Send;

    /// `GET /v1/members/both`
    fn show_both(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: ShowBothRequest,
    ) -> impl ::core::future::Future<Output = ShowBothResponse> + Send;

    /// `GET /v1/members/maybe`
    fn show_maybe(
        &self,
        call: ::dropshot_runtime::Call<Self::Caller>,
        request: ShowMaybeRequest,
    ) -> impl ::core::future::Future<Output = ShowMaybeResponse> + Send;
}

/// Every operation, with the method of the service that serves it.
pub fn api<S: Gallery>() -> ::dropshot_runtime::Api<S> {
    ::dropshot_runtime::Api::new()
        .operation(
            CreatePicture,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.create_picture(call, request).await
            },
        )
        .operation(
            GetPicturesById,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.get_pictures_by_id(call, request).await
            },
        )
        .operation(
            PutPicture,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.put_picture(call, request).await
            },
        )
        .operation(
            DeletePicture,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.delete_picture(call, request).await
            },
        )
        .operation(
            GetPicturesSpecial,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.get_pictures_special(call, request).await
            },
        )
        .operation(
            GetPicturesByIdByPageTByFormat,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.get_pictures_by_id_by_page_t_by_format(call, request).await
            },
        )
        .operation(
            ShowVersion,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.show_version(call, request).await
            },
        )
        .operation(
            SendForm,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.send_form(call, request).await
            },
        )
        .operation(
            AppendLog,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.append_log(call, request).await
            },
        )
        .operation(
            ShowPaths,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.show_paths(call, request).await
            },
        )
        .operation(
            ShowQueries,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.show_queries(call, request).await
            },
        )
        .operation(
            ShowTheme,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.show_theme(call, request).await
            },
        )
        .operation(
            ShowEither,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.show_either(call, request).await
            },
        )
        .operation(
            ShowBoth,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.show_both(call, request).await
            },
        )
        .operation(
            ShowMaybe,
            |service: ::std::sync::Arc<S>, call, request| async move {
                service.show_maybe(call, request).await
            },
        )
}

/// What `createPicture` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct CreatePictureRequest {
    /// The body.
    pub body: CreatePictureBody,
}

/// What `getPicturesById` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct GetPicturesByIdRequest {
    /// The path parameter `id`.
    pub id: i64,
}

/// What `putPicture` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Debug)]
pub struct PutPictureRequest {
    /// The path parameter `id`.
    pub id: i64,
    /// The body.
    pub body: PutPictureBody,
}

/// What `deletePicture` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct DeletePictureRequest {
    /// The path parameter `id`.
    pub id: i64,
}

/// What `getPicturesSpecial` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct GetPicturesSpecialRequest {}
/// What `getPicturesByIdByPageTByFormat` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct GetPicturesByIdByPageTByFormatRequest {
    /// The path parameter `id`.
    pub id: i64,
    /// The path parameter `page`.
    pub page: i64,
    /// The path parameter `format`.
    pub format: types::GetPicturesByIdByPageTByFormatFormat,
}

/// What `showVersion` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct ShowVersionRequest {
    /// The path parameter `id`.
    pub id: i64,
    /// The path parameter `version`.
    pub version: i64,
}

/// What `sendForm` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct SendFormRequest {
    /// The body.
    pub body: types::SendFormBodyForm,
}

/// What `appendLog` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Debug)]
pub struct AppendLogRequest {
    /// The body.
    pub body: Option<::dropshot_runtime::BodyStream>,
}

/// What `showPaths` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct ShowPathsRequest {
    /// The path parameter `plain`.
    pub plain: f64,
    /// The path parameter `list`.
    pub list: types::Numbers,
    /// The path parameter `row`.
    pub row: types::Size,
    /// The path parameter `pairs`.
    pub pairs: types::Size,
    /// The path parameter `label`.
    pub label: i64,
    /// The path parameter `labels`.
    pub labels: types::Numbers,
    /// The path parameter `labelled`.
    pub labelled: types::Size,
    /// The path parameter `matrix`.
    pub matrix: i64,
    /// The path parameter `matrices`.
    pub matrices: types::Numbers,
    /// The path parameter `exploded`.
    pub exploded: types::Numbers,
    /// The path parameter `spread`.
    pub spread: types::Size,
}

/// What `showQueries` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct ShowQueriesRequest {
    /// The query parameter `limit`.
    ///
    /// `10` where it is not given.
    pub limit: i32,
    /// The query parameter `sort`.
    ///
    /// `"up"` where it is not given.
    pub sort: types::ShowQueriesSort,
    /// The query parameter `since`.
    pub since: Option<
        ::dropshot_runtime::schema::chrono::DateTime<
            ::dropshot_runtime::schema::chrono::FixedOffset,
        >,
    >,
    /// The query parameter `spaces`.
    pub spaces: Option<types::Words>,
    /// The query parameter `pipes`.
    pub pipes: Option<types::Numbers>,
    /// The query parameter `size`.
    pub size: Option<types::Size>,
    /// The query parameter `flat`.
    pub flat: Option<types::Size>,
    /// The query parameter `filter`.
    pub filter: Option<types::ShowQueriesFilter>,
    /// The query parameter `path`.
    pub path: Option<String>,
    /// The query parameter `where`.
    pub where_: Option<types::Size>,
    /// The query parameter `note`.
    pub note: Option<String>,
    /// The query parameter `either`.
    pub either: Option<types::ShowQueriesEither>,
    /// The header parameter `X-List`.
    pub x_list: Option<types::Numbers>,
    /// The header parameter `X-Pairs`.
    pub x_pairs: Option<types::Size>,
    /// The cookie parameter `ids`.
    pub ids: Option<types::Numbers>,
}

/// What `showTheme` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct ShowThemeRequest {
    /// The cookie parameter `theme`.
    pub theme: types::Theme,
}

/// What `showEither` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct ShowEitherRequest {}
/// What `showBoth` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct ShowBothRequest {
    /// The query parameter `limit`.
    pub limit: Option<i64>,
    /// The cookie parameter `crumbs`.
    pub crumbs: Option<types::Marks>,
}

/// What `showMaybe` is called with.
#[allow(dead_code, rustdoc::all, reason = "parts and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct ShowMaybeRequest {
    /// The query parameter `others`.
    pub others: Option<types::Marks>,
}

/// The body that `createPicture` is called with, by its media type.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    reason = "sizes and what is there at all are the document's"
)]
#[derive(Clone, Debug)]
pub enum CreatePictureBody {
    /// `application/json`.
    Json(types::Picture),
    /// `application/x-www-form-urlencoded`.
    Form(types::Picture),
}

/// A body that `getPicturesById` answers with, by its media type.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    reason = "sizes and what is there at all are the document's"
)]
#[derive(Debug)]
pub enum GetPicturesByIdOkBody {
    /// `application/json`, `application/hal+json`.
    Json(types::Picture),
    /// `application/xml`.
    Text(String),
    /// `image/*`.
    Stream {
        /// The media type, which must be one of the document's.
        content_type: String,
        /// The body.
        body: ::dropshot_runtime::BodyStream,
    },
}

/// The form that `putPicture` is called with.
#[allow(dead_code, rustdoc::all, reason = "fields and descriptions are the document's")]
#[derive(Clone, Debug)]
pub struct PutPictureBodyMultipart {
    /// What it looks like.
    ///
    /// The field `file`.
    pub file: ::dropshot_runtime::File,
    /// The field `thumbnails`.
    pub thumbnails: Vec<::dropshot_runtime::File>,
    /// The field `preview`.
    pub preview: Option<::dropshot_runtime::File>,
    /// The field `title`.
    pub title: String,
    /// The field `size`.
    pub size: Option<types::Size>,
    /// The field `tags`.
    pub tags: Option<types::Words>,
}

/// The body that `putPicture` is called with, by its media type.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    reason = "sizes and what is there at all are the document's"
)]
#[derive(Debug)]
pub enum PutPictureBody {
    /// `application/json`.
    Json(types::Picture),
    /// `application/x-www-form-urlencoded`.
    Form(types::Picture),
    /// `text/plain`.
    Text(String),
    /// `image/png`, `image/*`.
    Stream(::dropshot_runtime::BodyStream),
    /// `multipart/form-data`.
    Multipart(PutPictureBodyMultipart),
}

/// What `createPicture` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum CreatePictureResponse {
    /// 201: The picture as it is kept
    Created {
        /// The header `Location`.
        location: String,
        /// The body.
        body: types::KeptPicture,
    },
    /// 406: It was refused
    NotAcceptable {
        /// The body.
        body: String,
    },
    /// 415: It was refused
    UnsupportedMediaType {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for CreatePictureResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Created { location, body } => {
                ::dropshot_runtime::Answer::with_code(201)
                    .header("location", &location)?
                    .json("application/json", &body)
            }
            Self::NotAcceptable { body } => {
                ::dropshot_runtime::Answer::with_code(406).text("text/plain", body)
            }
            Self::UnsupportedMediaType { body } => {
                ::dropshot_runtime::Answer::with_code(415).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `getPicturesById` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Debug)]
pub enum GetPicturesByIdResponse {
    /// 200: The picture
    Ok {
        /// The header `X-Tags`.
        x_tags: Vec<String>,
        /// The header `Last-Modified-At`.
        last_modified_at: Option<
            ::dropshot_runtime::schema::chrono::DateTime<
                ::dropshot_runtime::schema::chrono::FixedOffset,
            >,
        >,
        /// The body.
        body: GetPicturesByIdOkBody,
    },
    /// 406: It was refused
    NotAcceptable {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// default: Who knows
    Default {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The media type, which must be one of the document's.
        content_type: String,
        /// The body.
        body: ::dropshot_runtime::BodyStream,
    },
}

impl ::dropshot_runtime::Respond for GetPicturesByIdResponse {
    fn respond(
        self,
        accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { x_tags, last_modified_at, body } => {
                let answer = ::dropshot_runtime::Answer::with_code(200)
                    .header("x-tags", &x_tags)?
                    .optional_header("last-modified-at", &last_modified_at)?;
                match body {
                    GetPicturesByIdOkBody::Json(body) => {
                        answer
                            .json(
                                accept
                                    .choose(&["application/json", "application/hal+json"]),
                                &body,
                            )
                    }
                    GetPicturesByIdOkBody::Text(body) => {
                        answer.text("application/xml", body)
                    }
                    GetPicturesByIdOkBody::Stream { content_type, body } => {
                        answer
                            .stream(
                                ::dropshot_runtime::declared(&content_type, &["image/*"])?,
                                body,
                            )
                    }
                }
            }
            Self::NotAcceptable { body } => {
                ::dropshot_runtime::Answer::with_code(406).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Default { status, content_type, body } => {
                ::dropshot_runtime::Answer::new(status)
                    .stream(::dropshot_runtime::declared(&content_type, &["*/*"])?, body)
            }
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
#[derive(Clone, Debug)]
pub enum PutPictureResponse {
    /// 200: As understood
    Ok {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for PutPictureResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `deletePicture` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum DeletePictureResponse {
    /// 204: It is gone
    NoContent,
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for DeletePictureResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::NoContent => Ok(::dropshot_runtime::Answer::with_code(204)),
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `getPicturesSpecial` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum GetPicturesSpecialResponse {
    /// 200: The special one
    Ok {
        /// The media type, which must be one of the document's.
        content_type: String,
        /// The body.
        body: String,
    },
    /// 406: It was refused
    NotAcceptable {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for GetPicturesSpecialResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { content_type, body } => {
                ::dropshot_runtime::Answer::with_code(200)
                    .text(
                        ::dropshot_runtime::declared(
                            &content_type,
                            &["text/html", "text/plain"],
                        )?,
                        body,
                    )
            }
            Self::NotAcceptable { body } => {
                ::dropshot_runtime::Answer::with_code(406).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `getPicturesByIdByPageTByFormat` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Debug)]
pub enum GetPicturesByIdByPageTByFormatResponse {
    /// 200: The thumbnail
    Ok {
        /// The body.
        body: ::dropshot_runtime::BodyStream,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
}

impl ::dropshot_runtime::Respond for GetPicturesByIdByPageTByFormatResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).stream("image/png", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
        }
    }
}

/// What `showVersion` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum ShowVersionResponse {
    /// 200: As understood
    Ok {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for ShowVersionResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
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
    /// 200: As understood
    Ok {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
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
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `appendLog` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum AppendLogResponse {
    /// 200: As understood
    Ok {
        /// The body.
        body: String,
    },
    /// 400: It was refused
    BadRequest {
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for AppendLogResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).text("text/plain", body)
            }
            Self::BadRequest { body } => {
                ::dropshot_runtime::Answer::with_code(400).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `showPaths` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum ShowPathsResponse {
    /// 200: As understood
    Ok {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for ShowPathsResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `showQueries` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum ShowQueriesResponse {
    /// 200: As understood
    Ok {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for ShowQueriesResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `showTheme` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum ShowThemeResponse {
    /// 200: As understood
    Ok {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for ShowThemeResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `showEither` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum ShowEitherResponse {
    /// 200: Who is calling
    Ok {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for ShowEitherResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `showBoth` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum ShowBothResponse {
    /// 200: Who is calling
    Ok {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for ShowBothResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// What `showMaybe` answers: the responses that the document declares, and no others.
#[allow(
    clippy::large_enum_variant,
    dead_code,
    rustdoc::all,
    reason = "sizes, parts and descriptions are the document's"
)]
#[derive(Clone, Debug)]
pub enum ShowMaybeResponse {
    /// 200: Who is calling
    Ok {
        /// The body.
        body: String,
    },
    /// 4XX: It was refused
    Status4xx {
        /// The status.
        status: ::dropshot_runtime::http::StatusCode,
        /// The body.
        body: String,
    },
    /// One of these, written before.
    Written(::dropshot_runtime::Written<Self>),
}

impl ::dropshot_runtime::Respond for ShowMaybeResponse {
    fn respond(
        self,
        _accept: &::dropshot_runtime::Accept,
    ) -> Result<::dropshot_runtime::Answer, ::dropshot_runtime::AnswerError> {
        match self {
            Self::Ok { body } => {
                ::dropshot_runtime::Answer::with_code(200).text("text/plain", body)
            }
            Self::Status4xx { status, body } => {
                ::dropshot_runtime::Answer::new(status).text("text/plain", body)
            }
            Self::Written(written) => Ok(written.into_answer()),
        }
    }
}

/// The operation `createPicture`.
pub struct CreatePicture;

impl ::dropshot_runtime::Operation for CreatePicture {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::CREATE_PICTURE;
    type Request = CreatePictureRequest;
    type Response = CreatePictureResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(CreatePictureRequest {
            body: match values.form() {
                0 => CreatePictureBody::Json(values.body()?),
                _ => CreatePictureBody::Form(values.body()?),
            },
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .body::<described::Picture>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(201, "The picture as it is kept")
            .body::<described::KeptPicture>()
            .headers::<described::CreatePictureCreatedHeaders>()
            .metadata()
    }
}

/// The operation `getPicturesById`.
pub struct GetPicturesById;

impl ::dropshot_runtime::Operation for GetPicturesById {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::GET_PICTURES_BY_ID;
    type Request = GetPicturesByIdRequest;
    type Response = GetPicturesByIdResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(GetPicturesByIdRequest {
            id: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::GetPicturesByIdPath>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "The picture")
            .body::<described::Picture>()
            .headers::<described::GetPicturesByIdOkHeaders>()
            .metadata()
    }
}

/// The operation `putPicture`.
pub struct PutPicture;

impl ::dropshot_runtime::Operation for PutPicture {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::PUT_PICTURE;
    type Request = PutPictureRequest;
    type Response = PutPictureResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(PutPictureRequest {
            id: values.parameter()?,
            body: match values.form() {
                0 => PutPictureBody::Json(values.body()?),
                1 => PutPictureBody::Form(values.body()?),
                2 => PutPictureBody::Text(values.text()?),
                3 => PutPictureBody::Stream(values.stream()?),
                _ => {
                    PutPictureBody::Multipart(PutPictureBodyMultipart {
                        file: values.file()?,
                        thumbnails: values.files(),
                        preview: values.optional_file(),
                        title: values.part()?,
                        size: values.part()?,
                        tags: values.part()?,
                    })
                }
            },
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::PutPicturePath>(content_type)
            .body::<described::Picture>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "As understood")
            .any_body()
            .metadata()
    }
}

/// The operation `deletePicture`.
pub struct DeletePicture;

impl ::dropshot_runtime::Operation for DeletePicture {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::DELETE_PICTURE;
    type Request = DeletePictureRequest;
    type Response = DeletePictureResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(DeletePictureRequest {
            id: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::DeletePicturePath>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(204, "It is gone").metadata()
    }
}

/// The operation `getPicturesSpecial`.
pub struct GetPicturesSpecial;

impl ::dropshot_runtime::Operation for GetPicturesSpecial {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::GET_PICTURES_SPECIAL;
    type Request = GetPicturesSpecialRequest;
    type Response = GetPicturesSpecialResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        _values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(GetPicturesSpecialRequest {})
    }

    fn describe_request(
        _content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new().metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "The special one")
            .any_body()
            .metadata()
    }
}

/// The operation `getPicturesByIdByPageTByFormat`.
pub struct GetPicturesByIdByPageTByFormat;

impl ::dropshot_runtime::Operation for GetPicturesByIdByPageTByFormat {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT;
    type Request = GetPicturesByIdByPageTByFormatRequest;
    type Response = GetPicturesByIdByPageTByFormatResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(GetPicturesByIdByPageTByFormatRequest {
            id: values.parameter()?,
            page: values.parameter()?,
            format: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::GetPicturesByIdByPageTByFormatPath>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "The thumbnail")
            .any_body()
            .metadata()
    }
}

/// The operation `showVersion`.
pub struct ShowVersion;

impl ::dropshot_runtime::Operation for ShowVersion {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::SHOW_VERSION;
    type Request = ShowVersionRequest;
    type Response = ShowVersionResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(ShowVersionRequest {
            id: values.parameter()?,
            version: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::ShowVersionPath>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "As understood")
            .any_body()
            .metadata()
    }
}

/// The operation `sendForm`.
pub struct SendForm;

impl ::dropshot_runtime::Operation for SendForm {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::SEND_FORM;
    type Request = SendFormRequest;
    type Response = SendFormResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

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
                described::SendFormBody,
            >(&::dropshot_runtime::dropshot::ApiEndpointBodyContentType::UrlEncoded)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "As understood")
            .any_body()
            .metadata()
    }
}

/// The operation `appendLog`.
pub struct AppendLog;

impl ::dropshot_runtime::Operation for AppendLog {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::APPEND_LOG;
    type Request = AppendLogRequest;
    type Response = AppendLogResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(AppendLogRequest {
            body: if values.has_body() { Some(values.stream()?) } else { None },
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
        ::dropshot_runtime::describe::Success::new(200, "As understood")
            .any_body()
            .metadata()
    }
}

/// The operation `showPaths`.
pub struct ShowPaths;

impl ::dropshot_runtime::Operation for ShowPaths {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::SHOW_PATHS;
    type Request = ShowPathsRequest;
    type Response = ShowPathsResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(ShowPathsRequest {
            plain: values.parameter()?,
            list: values.parameter()?,
            row: values.parameter()?,
            pairs: values.parameter()?,
            label: values.parameter()?,
            labels: values.parameter()?,
            labelled: values.parameter()?,
            matrix: values.parameter()?,
            matrices: values.parameter()?,
            exploded: values.parameter()?,
            spread: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .path::<described::ShowPathsPath>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "As understood")
            .any_body()
            .metadata()
    }
}

/// The operation `showQueries`.
pub struct ShowQueries;

impl ::dropshot_runtime::Operation for ShowQueries {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::SHOW_QUERIES;
    type Request = ShowQueriesRequest;
    type Response = ShowQueriesResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(ShowQueriesRequest {
            limit: values.parameter()?,
            sort: values.parameter()?,
            since: values.parameter()?,
            spaces: values.parameter()?,
            pipes: values.parameter()?,
            size: values.parameter()?,
            flat: values.parameter()?,
            filter: values.parameter()?,
            path: values.parameter()?,
            where_: values.parameter()?,
            note: values.parameter()?,
            either: values.parameter()?,
            x_list: values.parameter()?,
            x_pairs: values.parameter()?,
            ids: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .query::<described::ShowQueriesQuery>(content_type)
            .header::<described::ShowQueriesHeaders>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "As understood")
            .any_body()
            .metadata()
    }
}

/// The operation `showTheme`.
pub struct ShowTheme;

impl ::dropshot_runtime::Operation for ShowTheme {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::SHOW_THEME;
    type Request = ShowThemeRequest;
    type Response = ShowThemeResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(ShowThemeRequest {
            theme: values.parameter()?,
        })
    }

    fn describe_request(
        _content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new().metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "As understood")
            .any_body()
            .metadata()
    }
}

/// The operation `showEither`.
pub struct ShowEither;

impl ::dropshot_runtime::Operation for ShowEither {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::SHOW_EITHER;
    type Request = ShowEitherRequest;
    type Response = ShowEitherResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        _values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(ShowEitherRequest {})
    }

    fn describe_request(
        _content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new().metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "Who is calling")
            .any_body()
            .metadata()
    }
}

/// The operation `showBoth`.
pub struct ShowBoth;

impl ::dropshot_runtime::Operation for ShowBoth {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::SHOW_BOTH;
    type Request = ShowBothRequest;
    type Response = ShowBothResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(ShowBothRequest {
            limit: values.parameter()?,
            crumbs: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .query::<described::ShowBothQuery>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "Who is calling")
            .any_body()
            .metadata()
    }
}

/// The operation `showMaybe`.
pub struct ShowMaybe;

impl ::dropshot_runtime::Operation for ShowMaybe {
    const SPEC: &'static ::dropshot_runtime::OperationSpec = &specs::SHOW_MAYBE;
    type Request = ShowMaybeRequest;
    type Response = ShowMaybeResponse;
    type Failure = ::dropshot_runtime::dropshot::HttpError;

    fn decode(
        values: &mut ::dropshot_runtime::Decoder,
    ) -> Result<Self::Request, ::dropshot_runtime::schema::serde_json::Error> {
        Ok(ShowMaybeRequest {
            others: values.parameter()?,
        })
    }

    fn describe_request(
        content_type: &::dropshot_runtime::dropshot::ApiEndpointBodyContentType,
    ) -> ::dropshot_runtime::dropshot::ExtractorMetadata {
        ::dropshot_runtime::describe::Request::new()
            .query::<described::ShowMaybeQuery>(content_type)
            .metadata()
    }

    fn describe_response() -> ::dropshot_runtime::dropshot::ApiEndpointResponse {
        ::dropshot_runtime::describe::Success::new(200, "Who is calling")
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
    use std::collections::BTreeMap;
    use ::dropshot_runtime::schema::{
        UnknownValue, choose, integer, serde_json, serde::{Deserialize, Serialize},
    };
    use super::tables;

    /// The schema `Picture`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct Picture {
        /// The member `title`.
        ///
        /// At most 10 characters.
        pub title: String,
        /// The member `size`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub size: Option<Size>,
        /// The member `tags`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub tags: Option<Vec<String>>,
        /// The member `year`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub year: Option<i64>,
    }

    /// The schema `Size`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct Size {
        /// The member `width`.
        ///
        /// At least 1.
        #[serde(deserialize_with = "integer::deserialize")]
        pub width: i64,
        /// The member `height`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub height: Option<i64>,
    }

    /// The schema `KeptPicture`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct KeptPicture {
        /// The member `id`.
        #[serde(deserialize_with = "integer::deserialize")]
        pub id: i64,
        /// The member `title`.
        ///
        /// At most 10 characters.
        pub title: String,
        /// The member `size`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub size: Option<Size>,
        /// The member `tags`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub tags: Option<Vec<String>>,
        /// The member `year`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub year: Option<i64>,
    }

    /// The schema `Words`.
    ///
    /// 2 to 3 items.
    pub type Words = Vec<String>;

    /// `GetPicturesByIdByPageTByFormatFormat`.
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
    pub enum GetPicturesByIdByPageTByFormatFormat {
        /// `png`.
        #[serde(rename = "png")]
        Png,
        /// `jpg`.
        #[serde(rename = "jpg")]
        Jpg,
    }

    impl GetPicturesByIdByPageTByFormatFormat {
        /// Every value, in the document's order.
        pub const ALL: [Self; 2] = [Self::Png, Self::Jpg];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::Png => "png",
                Self::Jpg => "jpg",
            }
        }
    }

    impl std::fmt::Display for GetPicturesByIdByPageTByFormatFormat {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for GetPicturesByIdByPageTByFormatFormat {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "png" => Ok(Self::Png),
                "jpg" => Ok(Self::Jpg),
                _ => {
                    Err(UnknownValue {
                        expected: &["png", "jpg"],
                    })
                }
            }
        }
    }

    /// `SendFormBodyForm`.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct SendFormBodyForm {
        /// The member `size`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub size: Option<Size>,
        /// The member `tags`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub tags: Option<Words>,
        /// The member `ids`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub ids: Option<Numbers>,
    }

    /// The schema `Numbers`.
    ///
    /// 2 to 3 items.
    pub type Numbers = Vec<i64>;

    /// `ShowQueriesSort`.
    ///
    /// Default: `"up"`.
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
    pub enum ShowQueriesSort {
        /// `up`.
        #[serde(rename = "up")]
        Up,
        /// `down`.
        #[serde(rename = "down")]
        Down,
    }

    impl ShowQueriesSort {
        /// Every value, in the document's order.
        pub const ALL: [Self; 2] = [Self::Up, Self::Down];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::Up => "up",
                Self::Down => "down",
            }
        }
    }

    impl std::fmt::Display for ShowQueriesSort {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for ShowQueriesSort {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "up" => Ok(Self::Up),
                "down" => Ok(Self::Down),
                _ => {
                    Err(UnknownValue {
                        expected: &["up", "down"],
                    })
                }
            }
        }
    }

    /// `ShowQueriesFilter`.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct ShowQueriesFilter {
        /// The member `size`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub size: Option<Size>,
        /// The member `tags`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub tags: Option<Words>,
        /// The member `word`.
        ///
        /// At most 4 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub word: Option<String>,
        /// The member `from`.
        ///
        /// At most 9.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "integer::deserialize"
        )]
        pub from: Option<i64>,
    }

    /// `ShowQueriesEither`.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde", untagged)]
    pub enum ShowQueriesEither {
        /// A value of the form `Integer`.
        Integer(i64),
        /// A value of the form `Bool`.
        Bool(bool),
        /// A value of the form `All`.
        All(ShowQueriesEitherAll),
    }

    impl<'de> Deserialize<'de> for ShowQueriesEither {
        /// Reads the form whose schema the value keeps.
        fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
        where
            D: ::dropshot_runtime::schema::serde::Deserializer<'de>,
        {
            use ::dropshot_runtime::schema::serde::de::Error;
            let value = serde_json::Value::deserialize(deserializer)?;
            let read = match choose(
                &[
                    &tables::SHOW_QUERIES_EITHER_INTEGER,
                    &tables::SHOW_QUERIES_EITHER_BOOL,
                    &tables::SHOW_QUERIES_EITHER_ALL,
                ],
                &value,
            ) {
                Some(0) => integer::deserialize(value).map(Self::Integer),
                Some(1) => serde_json::from_value(value).map(Self::Bool),
                Some(2) => serde_json::from_value(value).map(Self::All),
                _ => {
                    return Err(
                        D::Error::custom("the value has none of the allowed forms"),
                    );
                }
            };
            read.map_err(D::Error::custom)
        }
    }

    /// The form `All` of `ShowQueriesEither`.
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
    pub enum ShowQueriesEitherAll {
        /// `all`.
        #[serde(rename = "all")]
        #[default]
        All,
    }

    impl ShowQueriesEitherAll {
        /// Every value, in the document's order.
        pub const ALL: [Self; 1] = [Self::All];

        /// The value as the document writes it.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::All => "all",
            }
        }
    }

    impl std::fmt::Display for ShowQueriesEitherAll {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.as_str())
        }
    }

    impl std::str::FromStr for ShowQueriesEitherAll {
        type Err = UnknownValue;

        fn from_str(text: &str) -> Result<Self, UnknownValue> {
            match text {
                "all" => Ok(Self::All),
                _ => Err(UnknownValue { expected: &["all"] }),
            }
        }
    }

    /// The schema `Theme`.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::dropshot_runtime::schema::serde")]
    pub struct Theme {
        /// The member `dark`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dark: Option<bool>,
    }

    /// The schema `Marks`.
    pub type Marks = BTreeMap<String, i64>;
}

/// What the document says about each operation, for the steps that a request goes through.
mod specs {
    use ::dropshot_runtime::{
        BodyForm, BodyFormat, BodySpec, CredentialPlace, Field, Lead, Members,
        OperationSpec, ParameterLocation, ParameterSpec, PartKind, PartSpec, PartsSpec,
        ResponseSpec, Scalar, SchemeSpec, Shape,
    };
    use ::dropshot_runtime::schema::Schema;
    use super::tables;

    /// `createPicture`: `POST /v1/pictures`.
    pub(super) static CREATE_PICTURE: OperationSpec = OperationSpec {
        id: "createPicture",
        method: "POST",
        path: "/v1/pictures",
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
            media_types: &["application/json", "application/x-www-form-urlencoded"],
            forms: &[
                BodyForm {
                    media_types: &["application/json"],
                    format: BodyFormat::Json(&tables::PICTURE),
                },
                BodyForm {
                    media_types: &["application/x-www-form-urlencoded"],
                    format: BodyFormat::Form(
                        &Members {
                            named: &[
                                Field {
                                    name: "title",
                                    shapes: &[Shape::One(Scalar::Text)],
                                },
                                Field {
                                    name: "size",
                                    shapes: &[Shape::Json],
                                },
                                Field {
                                    name: "tags",
                                    shapes: &[Shape::Repeated(Scalar::Text)],
                                },
                                Field {
                                    name: "year",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                            ],
                            others: Some(Scalar::Text),
                        },
                        &tables::PICTURE,
                    ),
                },
            ],
        }),
        produces: &["application/json"],
        responses: &[
            ResponseSpec {
                status: "201",
                forms: &[
                    BodyForm {
                        media_types: &["application/json"],
                        format: BodyFormat::Json(&tables::KEPT_PICTURE),
                    },
                ],
            },
            ResponseSpec {
                status: "406",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
            ResponseSpec {
                status: "415",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
            ResponseSpec {
                status: "4XX",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `getPicturesById`: `GET /v1/pictures/{id}`.
    pub(super) static GET_PICTURES_BY_ID: OperationSpec = OperationSpec {
        id: "getPicturesById",
        method: "GET",
        path: "/v1/pictures/{id}",
        is_described: true,
        summary: None,
        description: Some("A picture in whatever form is wanted."),
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
                schema: &tables::GET_PICTURES_BY_ID_ID,
                ..ParameterSpec::ANY
            },
        ],
        body: None,
        produces: &[
            "application/json",
            "application/hal+json",
            "application/xml",
            "image/*",
        ],
        responses: &[
            ResponseSpec {
                status: "200",
                forms: &[
                    BodyForm {
                        media_types: &["application/json", "application/hal+json"],
                        format: BodyFormat::Json(&tables::PICTURE),
                    },
                    BodyForm {
                        media_types: &["application/xml"],
                        format: BodyFormat::Text(&Schema::ANY),
                    },
                    BodyForm {
                        media_types: &["image/*"],
                        format: BodyFormat::Stream,
                    },
                ],
            },
            ResponseSpec {
                status: "406",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
            ResponseSpec {
                status: "4XX",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
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

    /// `putPicture`: `PUT /v1/pictures/{id}`.
    pub(super) static PUT_PICTURE: OperationSpec = OperationSpec {
        id: "putPicture",
        method: "PUT",
        path: "/v1/pictures/{id}",
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
                schema: &tables::GET_PICTURES_BY_ID_ID,
                ..ParameterSpec::ANY
            },
        ],
        body: Some(BodySpec {
            required: true,
            media_types: &[
                "application/json",
                "application/x-www-form-urlencoded",
                "text/plain",
                "image/png",
                "image/*",
                "multipart/form-data",
            ],
            forms: &[
                BodyForm {
                    media_types: &["application/json"],
                    format: BodyFormat::Json(&tables::PICTURE),
                },
                BodyForm {
                    media_types: &["application/x-www-form-urlencoded"],
                    format: BodyFormat::Form(
                        &Members {
                            named: &[
                                Field {
                                    name: "title",
                                    shapes: &[Shape::One(Scalar::Text)],
                                },
                                Field {
                                    name: "size",
                                    shapes: &[Shape::Json],
                                },
                                Field {
                                    name: "tags",
                                    shapes: &[Shape::Repeated(Scalar::Text)],
                                },
                                Field {
                                    name: "year",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                            ],
                            others: Some(Scalar::Text),
                        },
                        &tables::PICTURE,
                    ),
                },
                BodyForm {
                    media_types: &["text/plain"],
                    format: BodyFormat::Text(&tables::PUT_PICTURE_BODY_TEXT),
                },
                BodyForm {
                    media_types: &["image/png", "image/*"],
                    format: BodyFormat::Stream,
                },
                BodyForm {
                    media_types: &["multipart/form-data"],
                    format: BodyFormat::Multipart(
                        &PartsSpec {
                            named: &[
                                PartSpec {
                                    name: "file",
                                    required: true,
                                    kind: PartKind::File,
                                    schema: &Schema::ANY,
                                },
                                PartSpec {
                                    name: "thumbnails",
                                    required: false,
                                    kind: PartKind::Files,
                                    schema: &Schema::ANY,
                                },
                                PartSpec {
                                    name: "preview",
                                    required: false,
                                    kind: PartKind::File,
                                    schema: &Schema::ANY,
                                },
                                PartSpec {
                                    name: "title",
                                    required: true,
                                    kind: PartKind::Value(&[Shape::One(Scalar::Text)]),
                                    schema: &tables::PUT_PICTURE_BODY_MULTIPART_TITLE,
                                },
                                PartSpec {
                                    name: "size",
                                    required: false,
                                    kind: PartKind::Value(&[Shape::Json]),
                                    schema: &tables::SIZE,
                                },
                                PartSpec {
                                    name: "tags",
                                    required: false,
                                    kind: PartKind::Value(&[Shape::Repeated(Scalar::Text)]),
                                    schema: &tables::WORDS,
                                },
                            ],
                            is_closed: true,
                        },
                    ),
                },
            ],
        }),
        produces: &["text/plain"],
        responses: &[
            ResponseSpec {
                status: "200",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(&tables::PUT_PICTURE_OK_BODY),
                    },
                ],
            },
            ResponseSpec {
                status: "4XX",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `deletePicture`: `DELETE /v1/pictures/{id}`.
    pub(super) static DELETE_PICTURE: OperationSpec = OperationSpec {
        id: "deletePicture",
        method: "DELETE",
        path: "/v1/pictures/{id}",
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
                schema: &tables::GET_PICTURES_BY_ID_ID,
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
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `getPicturesSpecial`: `GET /v1/pictures/special`.
    pub(super) static GET_PICTURES_SPECIAL: OperationSpec = OperationSpec {
        id: "getPicturesSpecial",
        method: "GET",
        path: "/v1/pictures/special",
        is_described: false,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[],
        body: None,
        produces: &["text/html", "text/plain"],
        responses: &[
            ResponseSpec {
                status: "200",
                forms: &[
                    BodyForm {
                        media_types: &["text/html", "text/plain"],
                        format: BodyFormat::Text(&Schema::ANY),
                    },
                ],
            },
            ResponseSpec {
                status: "406",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
            ResponseSpec {
                status: "4XX",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `getPicturesByIdByPageTByFormat`: `GET /v1/pictures/{id}/{page}t.{format}`.
    pub(super) static GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT: OperationSpec = OperationSpec {
        id: "getPicturesByIdByPageTByFormat",
        method: "GET",
        path: "/v1/pictures/{id}/{page}t.{format}",
        is_described: false,
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
                schema: &tables::GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT_ID,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "page",
                location: ParameterLocation::Path,
                required: true,
                shapes: &[Shape::One(Scalar::Integer)],
                schema: &tables::GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT_PAGE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "format",
                location: ParameterLocation::Path,
                required: true,
                shapes: &[Shape::One(Scalar::Text)],
                schema: &tables::GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT_FORMAT,
                ..ParameterSpec::ANY
            },
        ],
        body: None,
        produces: &["image/png"],
        responses: &[
            ResponseSpec {
                status: "200",
                forms: &[
                    BodyForm {
                        media_types: &["image/png"],
                        format: BodyFormat::Stream,
                    },
                ],
            },
            ResponseSpec {
                status: "4XX",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `showVersion`: `GET /v1/pictures/{id}/v{version}.txt`.
    pub(super) static SHOW_VERSION: OperationSpec = OperationSpec {
        id: "showVersion",
        method: "GET",
        path: "/v1/pictures/{id}/v{version}.txt",
        is_described: false,
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
                schema: &tables::SHOW_VERSION_ID,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "version",
                location: ParameterLocation::Path,
                required: true,
                shapes: &[Shape::One(Scalar::Integer)],
                schema: &tables::SHOW_VERSION_VERSION,
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
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `sendForm`: `POST /v1/forms`.
    pub(super) static SEND_FORM: OperationSpec = OperationSpec {
        id: "sendForm",
        method: "POST",
        path: "/v1/forms",
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
                                    name: "size",
                                    shapes: &[
                                        Shape::Deep(
                                            &Members {
                                                named: &[
                                                    Field {
                                                        name: "width",
                                                        shapes: &[Shape::One(Scalar::Integer)],
                                                    },
                                                    Field {
                                                        name: "height",
                                                        shapes: &[Shape::One(Scalar::Integer)],
                                                    },
                                                ],
                                                others: Some(Scalar::Text),
                                            },
                                        ),
                                    ],
                                },
                                Field {
                                    name: "tags",
                                    shapes: &[Shape::Delimited(Scalar::Text, ",")],
                                },
                                Field {
                                    name: "ids",
                                    shapes: &[Shape::Delimited(Scalar::Integer, "|")],
                                },
                            ],
                            others: Some(Scalar::Text),
                        },
                        &tables::SEND_FORM_BODY_FORM,
                    ),
                },
            ],
        }),
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
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `appendLog`: `POST /v1/log`.
    pub(super) static APPEND_LOG: OperationSpec = OperationSpec {
        id: "appendLog",
        method: "POST",
        path: "/v1/log",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[],
        body: Some(BodySpec {
            required: false,
            media_types: &["application/octet-stream"],
            forms: &[
                BodyForm {
                    media_types: &["application/octet-stream"],
                    format: BodyFormat::Stream,
                },
            ],
        }),
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
                status: "400",
                forms: &[
                    BodyForm {
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `showPaths`: `GET /v1/paths/{plain}/{list}/{row}/{pairs}/{label}/{labels}/{labelled}/{matrix}/{matrices}/{exploded}/{spread}`.
    pub(super) static SHOW_PATHS: OperationSpec = OperationSpec {
        id: "showPaths",
        method: "GET",
        path: "/v1/paths/{plain}/{list}/{row}/{pairs}/{label}/{labels}/{labelled}/{matrix}/{matrices}/{exploded}/{spread}",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[
            ParameterSpec {
                name: "plain",
                location: ParameterLocation::Path,
                required: true,
                shapes: &[Shape::One(Scalar::Number)],
                schema: &tables::SHOW_PATHS_PLAIN,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "list",
                location: ParameterLocation::Path,
                required: true,
                shapes: &[Shape::Delimited(Scalar::Integer, ",")],
                schema: &tables::NUMBERS,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "row",
                location: ParameterLocation::Path,
                required: true,
                shapes: &[
                    Shape::Alternating(
                        &Members {
                            named: &[
                                Field {
                                    name: "width",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                                Field {
                                    name: "height",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                            ],
                            others: Some(Scalar::Text),
                        },
                        ",",
                    ),
                ],
                schema: &tables::SIZE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "pairs",
                location: ParameterLocation::Path,
                required: true,
                shapes: &[
                    Shape::Pairs(
                        &Members {
                            named: &[
                                Field {
                                    name: "width",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                                Field {
                                    name: "height",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                            ],
                            others: Some(Scalar::Text),
                        },
                        ",",
                    ),
                ],
                schema: &tables::SIZE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "label",
                location: ParameterLocation::Path,
                required: true,
                lead: Lead::Dot,
                shapes: &[Shape::One(Scalar::Integer)],
                schema: &tables::SHOW_PATHS_LABEL,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "labels",
                location: ParameterLocation::Path,
                required: true,
                lead: Lead::Dot,
                shapes: &[Shape::Delimited(Scalar::Integer, ".")],
                schema: &tables::NUMBERS,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "labelled",
                location: ParameterLocation::Path,
                required: true,
                lead: Lead::Dot,
                shapes: &[
                    Shape::Pairs(
                        &Members {
                            named: &[
                                Field {
                                    name: "width",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                                Field {
                                    name: "height",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                            ],
                            others: Some(Scalar::Text),
                        },
                        ".",
                    ),
                ],
                schema: &tables::SIZE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "matrix",
                location: ParameterLocation::Path,
                required: true,
                lead: Lead::Name,
                shapes: &[Shape::One(Scalar::Integer)],
                schema: &tables::SHOW_PATHS_MATRIX,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "matrices",
                location: ParameterLocation::Path,
                required: true,
                lead: Lead::Name,
                shapes: &[Shape::Delimited(Scalar::Integer, ",")],
                schema: &tables::NUMBERS,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "exploded",
                location: ParameterLocation::Path,
                required: true,
                lead: Lead::EachName,
                shapes: &[Shape::Repeated(Scalar::Integer)],
                schema: &tables::NUMBERS,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "spread",
                location: ParameterLocation::Path,
                required: true,
                lead: Lead::Semicolon,
                shapes: &[
                    Shape::Pairs(
                        &Members {
                            named: &[
                                Field {
                                    name: "width",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                                Field {
                                    name: "height",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                            ],
                            others: Some(Scalar::Text),
                        },
                        ";",
                    ),
                ],
                schema: &tables::SIZE,
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
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `showQueries`: `GET /v1/queries`.
    pub(super) static SHOW_QUERIES: OperationSpec = OperationSpec {
        id: "showQueries",
        method: "GET",
        path: "/v1/queries",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[
            ParameterSpec {
                name: "limit",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::One(Scalar::Integer)],
                default: Some("10"),
                schema: &tables::SHOW_QUERIES_LIMIT,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "sort",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::One(Scalar::Text)],
                default: Some("\"up\""),
                schema: &tables::SHOW_QUERIES_SORT,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "since",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::One(Scalar::Text)],
                schema: &tables::SHOW_QUERIES_SINCE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "spaces",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::Delimited(Scalar::Text, " ")],
                schema: &tables::WORDS,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "pipes",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::Delimited(Scalar::Integer, "|")],
                schema: &tables::NUMBERS,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "size",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[
                    Shape::Spread(
                        &Members {
                            named: &[
                                Field {
                                    name: "width",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                                Field {
                                    name: "height",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                            ],
                            others: None,
                        },
                    ),
                ],
                schema: &tables::SIZE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "flat",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[
                    Shape::Alternating(
                        &Members {
                            named: &[
                                Field {
                                    name: "width",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                                Field {
                                    name: "height",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                            ],
                            others: Some(Scalar::Text),
                        },
                        ",",
                    ),
                ],
                schema: &tables::SIZE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "filter",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[
                    Shape::Deep(
                        &Members {
                            named: &[
                                Field {
                                    name: "size",
                                    shapes: &[
                                        Shape::Deep(
                                            &Members {
                                                named: &[
                                                    Field {
                                                        name: "width",
                                                        shapes: &[Shape::One(Scalar::Integer)],
                                                    },
                                                    Field {
                                                        name: "height",
                                                        shapes: &[Shape::One(Scalar::Integer)],
                                                    },
                                                ],
                                                others: Some(Scalar::Text),
                                            },
                                        ),
                                    ],
                                },
                                Field {
                                    name: "tags",
                                    shapes: &[Shape::Repeated(Scalar::Text)],
                                },
                                Field {
                                    name: "word",
                                    shapes: &[Shape::One(Scalar::Text)],
                                },
                                Field {
                                    name: "from",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                            ],
                            others: Some(Scalar::Text),
                        },
                    ),
                ],
                schema: &tables::SHOW_QUERIES_FILTER,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "path",
                location: ParameterLocation::Query,
                required: false,
                allow_reserved: true,
                shapes: &[Shape::One(Scalar::Text)],
                schema: &tables::SHOW_QUERIES_PATH,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "where",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::Json],
                schema: &tables::SIZE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "note",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[Shape::One(Scalar::Text)],
                schema: &tables::SHOW_QUERIES_NOTE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "either",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[
                    Shape::One(Scalar::Integer),
                    Shape::One(Scalar::Boolean),
                    Shape::One(Scalar::Text),
                ],
                schema: &tables::SHOW_QUERIES_EITHER,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "X-List",
                location: ParameterLocation::Header,
                required: false,
                shapes: &[Shape::Delimited(Scalar::Integer, ",")],
                schema: &tables::NUMBERS,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "X-Pairs",
                location: ParameterLocation::Header,
                required: false,
                shapes: &[
                    Shape::Pairs(
                        &Members {
                            named: &[
                                Field {
                                    name: "width",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                                Field {
                                    name: "height",
                                    shapes: &[Shape::One(Scalar::Integer)],
                                },
                            ],
                            others: Some(Scalar::Text),
                        },
                        ",",
                    ),
                ],
                schema: &tables::SIZE,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "ids",
                location: ParameterLocation::Cookie,
                required: false,
                shapes: &[Shape::Delimited(Scalar::Integer, ",")],
                schema: &tables::NUMBERS,
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
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `showTheme`: `GET /v1/themes`.
    pub(super) static SHOW_THEME: OperationSpec = OperationSpec {
        id: "showTheme",
        method: "GET",
        path: "/v1/themes",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[],
        scopes: &[],
        parameters: &[
            ParameterSpec {
                name: "theme",
                location: ParameterLocation::Cookie,
                required: true,
                shapes: &[
                    Shape::Spread(
                        &Members {
                            named: &[
                                Field {
                                    name: "dark",
                                    shapes: &[Shape::One(Scalar::Boolean)],
                                },
                            ],
                            others: None,
                        },
                    ),
                ],
                schema: &tables::THEME,
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
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `showEither`: `GET /v1/members/either`.
    pub(super) static SHOW_EITHER: OperationSpec = OperationSpec {
        id: "showEither",
        method: "GET",
        path: "/v1/members/either",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
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
                    name: "headerKey",
                    place: CredentialPlace::Header("X-Key"),
                    scopes: &[],
                },
            ],
            &[
                SchemeSpec {
                    name: "login",
                    place: CredentialPlace::Authorization("basic"),
                    scopes: &[],
                },
            ],
        ],
        scopes: &[],
        parameters: &[],
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
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `showBoth`: `GET /v1/members/both`.
    pub(super) static SHOW_BOTH: OperationSpec = OperationSpec {
        id: "showBoth",
        method: "GET",
        path: "/v1/members/both",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[
            &[
                SchemeSpec {
                    name: "queryKey",
                    place: CredentialPlace::Query("key"),
                    scopes: &[],
                },
                SchemeSpec {
                    name: "cookieKey",
                    place: CredentialPlace::Cookie("key"),
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
                shapes: &[Shape::One(Scalar::Integer)],
                schema: &tables::SHOW_BOTH_LIMIT,
                ..ParameterSpec::ANY
            },
            ParameterSpec {
                name: "crumbs",
                location: ParameterLocation::Cookie,
                required: false,
                shapes: &[
                    Shape::Spread(
                        &Members {
                            named: &[],
                            others: Some(Scalar::Integer),
                        },
                    ),
                ],
                schema: &tables::MARKS,
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
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };

    /// `showMaybe`: `GET /v1/members/maybe`.
    pub(super) static SHOW_MAYBE: OperationSpec = OperationSpec {
        id: "showMaybe",
        method: "GET",
        path: "/v1/members/maybe",
        is_described: true,
        summary: None,
        description: None,
        tags: &[],
        deprecated: false,
        security: &[
            &[],
            &[
                SchemeSpec {
                    name: "token",
                    place: CredentialPlace::Authorization("bearer"),
                    scopes: &[],
                },
            ],
        ],
        scopes: &[],
        parameters: &[
            ParameterSpec {
                name: "others",
                location: ParameterLocation::Query,
                required: false,
                shapes: &[
                    Shape::Spread(
                        &Members {
                            named: &[],
                            others: Some(Scalar::Integer),
                        },
                    ),
                ],
                schema: &tables::MARKS,
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
                        media_types: &["text/plain"],
                        format: BodyFormat::Text(
                            &tables::CREATE_PICTURE_NOT_ACCEPTABLE_BODY,
                        ),
                    },
                ],
            },
        ],
    };
}

/// What the document says about each value.
mod tables {
    use ::dropshot_runtime::schema::{Format, Literal, Number, Schema, Types};

    /// `#/components/schemas/Picture`
    pub static PICTURE: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("title", &PICTURE_TITLE),
            ("size", &SIZE),
            ("tags", &PICTURE_TAGS),
            ("year", &PICTURE_YEAR),
        ],
        required: &["title"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Picture/properties/title`
    pub static PICTURE_TITLE: Schema = Schema {
        types: Types::STRING,
        max_length: Some(10),
        ..Schema::ANY
    };

    /// `#/components/schemas/Size`
    pub static SIZE: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("width", &SIZE_WIDTH), ("height", &SIZE_HEIGHT)],
        required: &["width"],
        ..Schema::ANY
    };

    /// `#/components/schemas/Size/properties/width`
    pub static SIZE_WIDTH: Schema = Schema {
        types: Types::INTEGER,
        minimum: Some(Number::Integer(1)),
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Size/properties/height`
    pub static SIZE_HEIGHT: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Picture/properties/tags`
    pub static PICTURE_TAGS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&PICTURE_TAGS_ITEMS),
        ..Schema::ANY
    };

    /// `#/components/schemas/Picture/properties/tags/items`
    pub static PICTURE_TAGS_ITEMS: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/Picture/properties/year`
    pub static PICTURE_YEAR: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/KeptPicture`
    pub static KEPT_PICTURE: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("id", &KEPT_PICTURE_ID),
            ("title", &KEPT_PICTURE_TITLE),
            ("size", &SIZE),
            ("tags", &KEPT_PICTURE_TAGS),
            ("year", &KEPT_PICTURE_YEAR),
        ],
        required: &["id", "title"],
        ..Schema::ANY
    };

    /// `#/components/schemas/KeptPicture/properties/id`
    pub static KEPT_PICTURE_ID: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/KeptPicture/properties/title`
    pub static KEPT_PICTURE_TITLE: Schema = Schema {
        types: Types::STRING,
        max_length: Some(10),
        ..Schema::ANY
    };

    /// `#/components/schemas/KeptPicture/properties/tags`
    pub static KEPT_PICTURE_TAGS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&KEPT_PICTURE_TAGS_ITEMS),
        ..Schema::ANY
    };

    /// `#/components/schemas/KeptPicture/properties/tags/items`
    pub static KEPT_PICTURE_TAGS_ITEMS: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/schemas/KeptPicture/properties/year`
    pub static KEPT_PICTURE_YEAR: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/responses/Refused/content/text~1plain/schema`
    pub static CREATE_PICTURE_NOT_ACCEPTABLE_BODY: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}/parameters/0/schema`
    pub static GET_PICTURES_BY_ID_ID: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}/put/requestBody/content/text~1plain/schema`
    pub static PUT_PICTURE_BODY_TEXT: Schema = Schema {
        types: Types::STRING,
        max_length: Some(5),
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}/put/requestBody/content/multipart~1form-data/schema/properties/title`
    pub static PUT_PICTURE_BODY_MULTIPART_TITLE: Schema = Schema {
        types: Types::STRING,
        max_length: Some(10),
        ..Schema::ANY
    };

    /// `#/components/schemas/Words`
    pub static WORDS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&WORDS_ITEMS),
        min_items: Some(2),
        max_items: Some(3),
        ..Schema::ANY
    };

    /// `#/components/schemas/Words/items`
    pub static WORDS_ITEMS: Schema = Schema {
        types: Types::STRING,
        min_length: Some(1),
        max_length: Some(4),
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}/put/responses/200/content/text~1plain/schema`
    pub static PUT_PICTURE_OK_BODY: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}~1{page}t.{format}/parameters/0/schema`
    pub static GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT_ID: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}~1{page}t.{format}/parameters/1/schema`
    pub static GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT_PAGE: Schema = Schema {
        types: Types::INTEGER,
        minimum: Some(Number::Integer(1)),
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}~1{page}t.{format}/parameters/2/schema`
    pub static GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT_FORMAT: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("png"), Literal::String("jpg")]),
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}~1v{version}.txt/parameters/0/schema`
    pub static SHOW_VERSION_ID: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}~1v{version}.txt/parameters/1/schema`
    pub static SHOW_VERSION_VERSION: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1forms/post/requestBody/content/application~1x-www-form-urlencoded/schema`
    pub static SEND_FORM_BODY_FORM: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("size", &SIZE), ("tags", &WORDS), ("ids", &NUMBERS)],
        ..Schema::ANY
    };

    /// `#/components/schemas/Numbers`
    pub static NUMBERS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&NUMBERS_ITEMS),
        min_items: Some(2),
        max_items: Some(3),
        ..Schema::ANY
    };

    /// `#/components/schemas/Numbers/items`
    pub static NUMBERS_ITEMS: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1paths~1{plain}~1{list}~1{row}~1{pairs}~1{label}~1{labels}~1{labelled}~1{matrix}~1{matrices}~1{exploded}~1{spread}/parameters/0/schema`
    pub static SHOW_PATHS_PLAIN: Schema = Schema {
        types: Types::NUMBER,
        ..Schema::ANY
    };

    /// `#/paths/~1paths~1{plain}~1{list}~1{row}~1{pairs}~1{label}~1{labels}~1{labelled}~1{matrix}~1{matrices}~1{exploded}~1{spread}/parameters/4/schema`
    pub static SHOW_PATHS_LABEL: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1paths~1{plain}~1{list}~1{row}~1{pairs}~1{label}~1{labels}~1{labelled}~1{matrix}~1{matrices}~1{exploded}~1{spread}/parameters/7/schema`
    pub static SHOW_PATHS_MATRIX: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/0/schema`
    pub static SHOW_QUERIES_LIMIT: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int32),
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/1/schema`
    pub static SHOW_QUERIES_SORT: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("up"), Literal::String("down")]),
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/2/schema`
    pub static SHOW_QUERIES_SINCE: Schema = Schema {
        types: Types::STRING,
        format: Some(Format::DateTime),
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/7/schema`
    pub static SHOW_QUERIES_FILTER: Schema = Schema {
        types: Types::OBJECT,
        properties: &[
            ("size", &SIZE),
            ("tags", &WORDS),
            ("word", &SHOW_QUERIES_FILTER_WORD),
            ("from", &SHOW_QUERIES_FILTER_FROM),
        ],
        additional_properties: Some(&Schema::NEVER),
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/7/schema/properties/word`
    pub static SHOW_QUERIES_FILTER_WORD: Schema = Schema {
        types: Types::STRING,
        max_length: Some(4),
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/7/schema/properties/from`
    pub static SHOW_QUERIES_FILTER_FROM: Schema = Schema {
        types: Types::INTEGER,
        maximum: Some(Number::Integer(9)),
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/8/schema`
    pub static SHOW_QUERIES_PATH: Schema = Schema {
        types: Types::STRING,
        max_length: Some(9),
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/10/content/text~1plain/schema`
    pub static SHOW_QUERIES_NOTE: Schema = Schema {
        types: Types::STRING,
        max_length: Some(3),
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/11/schema/oneOf/0`
    pub static SHOW_QUERIES_EITHER_INTEGER: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/11/schema/oneOf/1`
    pub static SHOW_QUERIES_EITHER_BOOL: Schema = Schema {
        types: Types::BOOLEAN,
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/11/schema/oneOf/2`
    pub static SHOW_QUERIES_EITHER_ALL: Schema = Schema {
        types: Types::STRING,
        enumeration: Some(&[Literal::String("all")]),
        ..Schema::ANY
    };

    /// `#/paths/~1queries/parameters/11/schema`
    pub static SHOW_QUERIES_EITHER: Schema = Schema {
        one_of: &[
            &SHOW_QUERIES_EITHER_INTEGER,
            &SHOW_QUERIES_EITHER_BOOL,
            &SHOW_QUERIES_EITHER_ALL,
        ],
        ..Schema::ANY
    };

    /// `#/components/schemas/Theme`
    pub static THEME: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("dark", &THEME_DARK)],
        ..Schema::ANY
    };

    /// `#/components/schemas/Theme/properties/dark`
    pub static THEME_DARK: Schema = Schema {
        types: Types::BOOLEAN,
        ..Schema::ANY
    };

    /// `#/paths/~1members~1both/get/parameters/0/schema`
    pub static SHOW_BOTH_LIMIT: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/components/schemas/Marks`
    pub static MARKS: Schema = Schema {
        types: Types::OBJECT,
        additional_properties: Some(&MARKS_OTHERS),
        ..Schema::ANY
    };

    /// `#/components/schemas/Marks/additionalProperties`
    pub static MARKS_OTHERS: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };
}

/// The document's schemas, for the document that dropshot emits.
mod described {
    use ::dropshot_runtime::describe::{Described, Typed};
    use ::dropshot_runtime::schemars::r#gen::SchemaGenerator;

    pub struct Size;

    impl Described for Size {
        const NAME: &'static str = "Size";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"properties\":{\"height\":{\"type\":\"integer\"},\"width\":{\"minimum\":1,\"type\":\"integer\"}},\"required\":[\"width\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct Words;

    impl Described for Words {
        const NAME: &'static str = "Words";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"items\":{\"maxLength\":4,\"minLength\":1,\"type\":\"string\"},\"maxItems\":3,\"minItems\":2,\"type\":\"array\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct Numbers;

    impl Described for Numbers {
        const NAME: &'static str = "Numbers";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"items\":{\"type\":\"integer\"},\"maxItems\":3,\"minItems\":2,\"type\":\"array\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct KeptPicture;

    impl Described for KeptPicture {
        const NAME: &'static str = "KeptPicture";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"properties\":{\"id\":{\"type\":\"integer\"},\"size\":{\"$ref\":\"#/components/schemas/Size\"},\"tags\":{\"items\":{\"type\":\"string\"},\"type\":\"array\"},\"title\":{\"maxLength\":10,\"type\":\"string\"},\"year\":{\"type\":\"integer\"}},\"required\":[\"id\",\"title\"],\"type\":\"object\"}";

        fn refer(generator: &mut SchemaGenerator) {
            generator.subschema_for::<Typed<Size>>();
        }
    }

    pub struct Picture;

    impl Described for Picture {
        const NAME: &'static str = "Picture";
        const IS_NAMED: bool = true;
        const TEXT: &'static str = "{\"properties\":{\"size\":{\"$ref\":\"#/components/schemas/Size\"},\"tags\":{\"items\":{\"type\":\"string\"},\"type\":\"array\"},\"title\":{\"maxLength\":10,\"type\":\"string\"},\"year\":{\"type\":\"integer\"}},\"required\":[\"title\"],\"type\":\"object\"}";

        fn refer(generator: &mut SchemaGenerator) {
            generator.subschema_for::<Typed<Size>>();
        }
    }

    pub struct CreatePictureCreatedHeaders;

    impl Described for CreatePictureCreatedHeaders {
        const NAME: &'static str = "CreatePictureCreatedHeaders";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"Location\":{\"type\":\"string\"}},\"required\":[\"Location\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct GetPicturesByIdPath;

    impl Described for GetPicturesByIdPath {
        const NAME: &'static str = "GetPicturesByIdPath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"id\":{\"type\":\"integer\"}},\"required\":[\"id\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct GetPicturesByIdOkHeaders;

    impl Described for GetPicturesByIdOkHeaders {
        const NAME: &'static str = "GetPicturesByIdOkHeaders";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"Last-Modified-At\":{\"format\":\"date-time\",\"type\":\"string\"},\"X-Tags\":{\"items\":{\"type\":\"string\"},\"type\":\"array\"}},\"required\":[\"X-Tags\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct PutPicturePath;

    impl Described for PutPicturePath {
        const NAME: &'static str = "PutPicturePath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"id\":{\"type\":\"integer\"}},\"required\":[\"id\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct DeletePicturePath;

    impl Described for DeletePicturePath {
        const NAME: &'static str = "DeletePicturePath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"id\":{\"type\":\"integer\"}},\"required\":[\"id\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct GetPicturesByIdByPageTByFormatPath;

    impl Described for GetPicturesByIdByPageTByFormatPath {
        const NAME: &'static str = "GetPicturesByIdByPageTByFormatPath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"format\":{\"enum\":[\"png\",\"jpg\"],\"type\":\"string\"},\"id\":{\"type\":\"integer\"},\"page\":{\"minimum\":1,\"type\":\"integer\"}},\"required\":[\"id\",\"page\",\"format\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct ShowVersionPath;

    impl Described for ShowVersionPath {
        const NAME: &'static str = "ShowVersionPath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"id\":{\"type\":\"integer\"},\"version\":{\"type\":\"integer\"}},\"required\":[\"id\",\"version\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct SendFormBody;

    impl Described for SendFormBody {
        const NAME: &'static str = "SendFormBody";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"ids\":{\"$ref\":\"#/components/schemas/Numbers\"},\"size\":{\"$ref\":\"#/components/schemas/Size\"},\"tags\":{\"$ref\":\"#/components/schemas/Words\"}},\"type\":\"object\"}";

        fn refer(generator: &mut SchemaGenerator) {
            generator.subschema_for::<Typed<Numbers>>();
            generator.subschema_for::<Typed<Size>>();
            generator.subschema_for::<Typed<Words>>();
        }
    }

    pub struct ShowPathsPath;

    impl Described for ShowPathsPath {
        const NAME: &'static str = "ShowPathsPath";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"exploded\":{\"type\":\"string\"},\"label\":{\"type\":\"integer\"},\"labelled\":{\"type\":\"string\"},\"labels\":{\"type\":\"string\"},\"list\":{\"type\":\"string\"},\"matrices\":{\"type\":\"string\"},\"matrix\":{\"type\":\"integer\"},\"pairs\":{\"type\":\"string\"},\"plain\":{\"type\":\"number\"},\"row\":{\"type\":\"string\"},\"spread\":{\"type\":\"string\"}},\"required\":[\"plain\",\"list\",\"row\",\"pairs\",\"label\",\"labels\",\"labelled\",\"matrix\",\"matrices\",\"exploded\",\"spread\"],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct ShowQueriesQuery;

    impl Described for ShowQueriesQuery {
        const NAME: &'static str = "ShowQueriesQuery";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"either\":{\"type\":\"string\"},\"filter\":{\"type\":\"string\"},\"flat\":{\"type\":\"string\"},\"limit\":{\"default\":10,\"format\":\"int32\",\"type\":\"integer\"},\"note\":{\"type\":\"string\"},\"path\":{\"maxLength\":9,\"type\":\"string\"},\"pipes\":{\"type\":\"string\"},\"since\":{\"default\":\"2020-01-01T00:00:00Z\",\"format\":\"date-time\",\"type\":\"string\"},\"size\":{\"type\":\"string\"},\"sort\":{\"default\":\"up\",\"enum\":[\"up\",\"down\"],\"type\":\"string\"},\"spaces\":{\"type\":\"string\"},\"where\":{\"type\":\"string\"}},\"required\":[],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct ShowQueriesHeaders;

    impl Described for ShowQueriesHeaders {
        const NAME: &'static str = "ShowQueriesHeaders";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"X-List\":{\"type\":\"string\"},\"X-Pairs\":{\"type\":\"string\"}},\"required\":[],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct ShowBothQuery;

    impl Described for ShowBothQuery {
        const NAME: &'static str = "ShowBothQuery";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"limit\":{\"type\":\"integer\"}},\"required\":[],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }

    pub struct ShowMaybeQuery;

    impl Described for ShowMaybeQuery {
        const NAME: &'static str = "ShowMaybeQuery";
        const IS_NAMED: bool = false;
        const TEXT: &'static str = "{\"properties\":{\"others\":{\"type\":\"string\"}},\"required\":[],\"type\":\"object\"}";

        fn refer(_generator: &mut SchemaGenerator) {}
    }
}
