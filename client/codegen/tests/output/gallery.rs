// The client of Gallery, made from its document by progenitor-codegen.

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
    /// `token`: what stands behind `Bearer` in the header `Authorization`.
    pub token: Option<Secret>,
    /// `login`: name and password, as `Secret::basic` makes it of them.
    pub login: Option<Secret>,
    /// `headerKey`: the value of the header `X-Key`.
    pub header_key: Option<Secret>,
    /// `queryKey`: the value of the query parameter `key`.
    pub query_key: Option<Secret>,
    /// `cookieKey`: the value of the cookie `key`.
    pub cookie_key: Option<Secret>,
}

impl Credentials {
    /// The credential for a scheme, by its name in the document.
    pub fn get(&self, scheme: &str) -> Option<&Secret> {
        match scheme {
            "token" => self.token.as_ref(),
            "login" => self.login.as_ref(),
            "headerKey" => self.header_key.as_ref(),
            "queryKey" => self.query_key.as_ref(),
            "cookieKey" => self.cookie_key.as_ref(),
            _ => None,
        }
    }

    /// Sets the credential for a scheme, by its name in the document; says whether there is such a scheme.
    pub fn set(&mut self, scheme: &str, credential: Secret) -> bool {
        let field = match scheme {
            "token" => &mut self.token,
            "login" => &mut self.login,
            "headerKey" => &mut self.header_key,
            "queryKey" => &mut self.query_key,
            "cookieKey" => &mut self.cookie_key,
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
        "createPicture" | "POST /pictures" => {
            let mut call = client.create_picture();
            call = call
                .body(
                    match given
                        .form(
                            &[
                                &["application/json"],
                                &["application/x-www-form-urlencoded"],
                            ],
                            0,
                        )?
                    {
                        (0, content_type) => {
                            bodies::CreatePictureBody::Json(
                                given.body::<types::Picture>()?,
                            )
                        }
                        (_, content_type) => {
                            bodies::CreatePictureBody::Form(
                                given.body::<types::Picture>()?,
                            )
                        }
                    },
                );
            given.finish()?;
            support::call::reply(
                    &operations::CREATE_PICTURE,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    |place, given| match place {
                        0 => {
                            support::header::written(
                                headers::CreatePictureCreated::read(given),
                            )
                        }
                        _ => support::call::no_headers(place, given),
                    },
                )
                .await
        }
        "getPicturesById" | "GET /pictures/{id}" => {
            let mut call = client.get_pictures_by_id();
            call = call.id(given.required::<i64>("id")?);
            given.finish()?;
            support::call::reply(
                    &operations::GET_PICTURES_BY_ID,
                    call.send().await,
                    bodies::GetPicturesByIdOkBody::written,
                    bodies::GetPicturesByIdError::written,
                    |place, given| match place {
                        0 => {
                            support::header::written(
                                headers::GetPicturesByIdOk::read(given),
                            )
                        }
                        _ => support::call::no_headers(place, given),
                    },
                )
                .await
        }
        "putPicture" | "PUT /pictures/{id}" => {
            let mut call = client.put_picture();
            call = call.id(given.required::<i64>("id")?);
            call = call
                .body(
                    match given
                        .form(
                            &[
                                &["application/json"],
                                &["application/x-www-form-urlencoded"],
                                &["text/plain"],
                                &["image/png", "image/*"],
                                &["multipart/form-data"],
                            ],
                            0,
                        )?
                    {
                        (0, content_type) => {
                            bodies::PutPictureBody::Json(given.body::<types::Picture>()?)
                        }
                        (1, content_type) => {
                            bodies::PutPictureBody::Form(given.body::<types::Picture>()?)
                        }
                        (2, content_type) => {
                            bodies::PutPictureBody::Text(given.body::<String>()?)
                        }
                        (3, content_type) => {
                            bodies::PutPictureBody::Stream(support::body::Named {
                                content_type: content_type
                                    .unwrap_or_else(|| "image/png".to_owned()),
                                body: ::reqwest::Body::from(
                                    given.body::<support::parts::Octets>()?.0,
                                ),
                            })
                        }
                        (_, content_type) => {
                            bodies::PutPictureBody::Multipart(
                                given.body::<bodies::PutPictureBodyMultipart>()?,
                            )
                        }
                    },
                );
            given.finish()?;
            support::call::reply(
                    &operations::PUT_PICTURE,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "deletePicture" | "DELETE /pictures/{id}" => {
            let mut call = client.delete_picture();
            call = call.id(given.required::<i64>("id")?);
            given.finish()?;
            support::call::reply(
                    &operations::DELETE_PICTURE,
                    call.send().await,
                    support::call::empty,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "getPicturesSpecial" | "GET /pictures/special" => {
            let call = client.get_pictures_special();
            given.finish()?;
            support::call::reply(
                    &operations::GET_PICTURES_SPECIAL,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "getPicturesByIdByPageTByFormat" | "GET /pictures/{id}/{page}t.{format}" => {
            let mut call = client.get_pictures_by_id_by_page_t_by_format();
            call = call.id(given.required::<i64>("id")?);
            call = call.page(given.required::<i64>("page")?);
            call = call
                .format(
                    given
                        .required::<
                            types::GetPicturesByIdByPageTByFormatFormat,
                        >("format")?,
                );
            given.finish()?;
            support::call::reply(
                    &operations::GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT,
                    call.send().await,
                    support::call::bytes,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "showVersion" | "GET /pictures/{id}/v{version}.txt" => {
            let mut call = client.show_version();
            call = call.id(given.required::<i64>("id")?);
            call = call.version(given.required::<i64>("version")?);
            given.finish()?;
            support::call::reply(
                    &operations::SHOW_VERSION,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "sendForm" | "POST /forms" => {
            let mut call = client.send_form();
            call = call
                .body({
                    let (_, content_type) = given
                        .form(&[&["application/x-www-form-urlencoded"]], 0)?;
                    given.body::<types::SendFormBodyForm>()?
                });
            given.finish()?;
            support::call::reply(
                    &operations::SEND_FORM,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "appendLog" | "POST /log" => {
            let mut call = client.append_log();
            if given.has_body() {
                call = call
                    .body({
                        let (_, content_type) = given
                            .form(&[&["application/octet-stream"]], 0)?;
                        ::reqwest::Body::from(given.body::<support::parts::Octets>()?.0)
                    });
            }
            given.finish()?;
            support::call::reply(
                    &operations::APPEND_LOG,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "showPaths"
        | "GET /paths/{plain}/{list}/{row}/{pairs}/{label}/{labels}/{labelled}/{matrix}/{matrices}/{exploded}/{spread}" => {
            let mut call = client.show_paths();
            call = call.plain(given.required::<f64>("plain")?);
            call = call.list(given.required::<types::Numbers>("list")?);
            call = call.row(given.required::<types::Size>("row")?);
            call = call.pairs(given.required::<types::Size>("pairs")?);
            call = call.label(given.required::<i64>("label")?);
            call = call.labels(given.required::<types::Numbers>("labels")?);
            call = call.labelled(given.required::<types::Size>("labelled")?);
            call = call.matrix(given.required::<i64>("matrix")?);
            call = call.matrices(given.required::<types::Numbers>("matrices")?);
            call = call.exploded(given.required::<types::Numbers>("exploded")?);
            call = call.spread(given.required::<types::Size>("spread")?);
            given.finish()?;
            support::call::reply(
                    &operations::SHOW_PATHS,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "showQueries" | "GET /queries" => {
            let mut call = client.show_queries();
            if let Some(value) = given.optional::<i32>("limit")? {
                call = call.limit(value);
            }
            if let Some(value) = given.optional::<types::ShowQueriesSort>("sort")? {
                call = call.sort(value);
            }
            if let Some(value) = given
                .optional::<
                    ::schema_check::chrono::DateTime<::schema_check::chrono::FixedOffset>,
                >("since")?
            {
                call = call.since(value);
            }
            if let Some(value) = given.optional::<types::Words>("spaces")? {
                call = call.spaces(value);
            }
            if let Some(value) = given.optional::<types::Numbers>("pipes")? {
                call = call.pipes(value);
            }
            if let Some(value) = given.optional::<types::Size>("size")? {
                call = call.size(value);
            }
            if let Some(value) = given.optional::<types::Size>("flat")? {
                call = call.flat(value);
            }
            if let Some(value) = given.optional::<types::ShowQueriesFilter>("filter")? {
                call = call.filter(value);
            }
            if let Some(value) = given.optional::<String>("path")? {
                call = call.path(value);
            }
            if let Some(value) = given.optional::<types::Size>("where")? {
                call = call.where_(value);
            }
            if let Some(value) = given.optional::<String>("note")? {
                call = call.note(value);
            }
            if let Some(value) = given.optional::<types::ShowQueriesEither>("either")? {
                call = call.either(value);
            }
            if let Some(value) = given.optional::<types::Numbers>("X-List")? {
                call = call.x_list(value);
            }
            if let Some(value) = given.optional::<types::Size>("X-Pairs")? {
                call = call.x_pairs(value);
            }
            if let Some(value) = given.optional::<types::Numbers>("ids")? {
                call = call.ids(value);
            }
            given.finish()?;
            support::call::reply(
                    &operations::SHOW_QUERIES,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "showTheme" | "GET /themes" => {
            let mut call = client.show_theme();
            call = call.theme(given.required::<types::Theme>("theme")?);
            given.finish()?;
            support::call::reply(
                    &operations::SHOW_THEME,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "showEither" | "GET /members/either" => {
            let call = client.show_either();
            given.finish()?;
            support::call::reply(
                    &operations::SHOW_EITHER,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "showBoth" | "GET /members/both" => {
            let mut call = client.show_both();
            if let Some(value) = given.optional::<i64>("limit")? {
                call = call.limit(value);
            }
            if let Some(value) = given.optional::<types::Marks>("crumbs")? {
                call = call.crumbs(value);
            }
            given.finish()?;
            support::call::reply(
                    &operations::SHOW_BOTH,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
                    support::call::no_headers,
                )
                .await
        }
        "showMaybe" | "GET /members/maybe" => {
            let mut call = client.show_maybe();
            if let Some(value) = given.optional::<types::Marks>("others")? {
                call = call.others(value);
            }
            given.finish()?;
            support::call::reply(
                    &operations::SHOW_MAYBE,
                    call.send().await,
                    support::call::typed,
                    support::call::typed,
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
    use std::collections::BTreeMap;
    use ::schema_check::{
        UnknownValue, choose, integer, serde_json, serde::{Deserialize, Serialize},
    };
    use super::tables;

    /// The schema `Picture`.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(crate = "::schema_check::serde")]
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
    #[serde(crate = "::schema_check::serde")]
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
    #[serde(crate = "::schema_check::serde")]
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
    #[serde(crate = "::schema_check::serde")]
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
    #[serde(crate = "::schema_check::serde")]
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
    #[serde(crate = "::schema_check::serde")]
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
    #[serde(crate = "::schema_check::serde")]
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
    #[serde(crate = "::schema_check::serde", untagged)]
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
            D: ::schema_check::serde::Deserializer<'de>,
        {
            use ::schema_check::serde::de::Error;
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
    #[serde(crate = "::schema_check::serde")]
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
    #[serde(crate = "::schema_check::serde")]
    pub struct Theme {
        /// The member `dark`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dark: Option<bool>,
    }

    /// The schema `Marks`.
    pub type Marks = BTreeMap<String, i64>;
}

/// The bodies that are more than a value of one schema: by media type, by status, and in parts.
pub mod bodies {
    #![allow(
        clippy::large_enum_variant,
        dead_code,
        rustdoc::all,
        reason = "sizes, descriptions and what is there at all are the document's"
    )]
    #[allow(unused_imports, reason = "which of them are used is up to the document")]
    use super::{support, types};

    /// The body that `createPicture` is called with, by its media type.
    #[derive(Clone, Debug)]
    pub enum CreatePictureBody {
        /// `application/json`.
        Json(types::Picture),
        /// `application/x-www-form-urlencoded`.
        Form(types::Picture),
    }

    /// A body that `getPicturesById` is answered with, by its media type.
    #[derive(Debug)]
    pub enum GetPicturesByIdOkBody {
        /// `application/json`, `application/hal+json`.
        Json(types::Picture),
        /// `application/xml`.
        Text(String),
        /// `image/*`.
        Stream(support::answer::BodyStream),
    }

    impl GetPicturesByIdOkBody {
        /// The body as a value.
        pub(super) async fn written(self) -> support::call::Written {
            match self {
                Self::Json(body) => support::call::typed(body).await,
                Self::Text(body) => support::call::typed(body).await,
                Self::Stream(body) => support::call::bytes(body).await,
            }
        }
    }

    /// Each error that `getPicturesById` is answered with.
    #[derive(Debug)]
    pub enum GetPicturesByIdError {
        /// 406: It was refused
        NotAcceptable(String),
        /// 4XX: It was refused
        Status4xx(String),
        /// default: Who knows
        Default(support::answer::BodyStream),
    }

    impl GetPicturesByIdError {
        /// The body as a value.
        pub(super) async fn written(self) -> support::call::Written {
            match self {
                Self::NotAcceptable(body) => support::call::typed(body).await,
                Self::Status4xx(body) => support::call::typed(body).await,
                Self::Default(body) => support::call::bytes(body).await,
            }
        }
    }

    /// The form that `putPicture` is called with.
    #[derive(Clone, Debug, ::schema_check::serde::Deserialize)]
    #[serde(crate = "::schema_check::serde")]
    pub struct PutPictureBodyMultipart {
        /// What it looks like.
        ///
        /// The field `file`.
        #[serde(rename = "file")]
        pub file: support::parts::File,
        /// The field `thumbnails`.
        #[serde(rename = "thumbnails")]
        #[serde(default)]
        pub thumbnails: Vec<support::parts::File>,
        /// The field `preview`.
        #[serde(rename = "preview")]
        #[serde(default)]
        pub preview: Option<support::parts::File>,
        /// The field `title`.
        #[serde(rename = "title")]
        pub title: String,
        /// The field `size`.
        #[serde(rename = "size")]
        pub size: Option<types::Size>,
        /// The field `tags`.
        #[serde(rename = "tags")]
        pub tags: Option<types::Words>,
    }

    /// The body that `putPicture` is called with, by its media type.
    #[derive(Debug)]
    pub enum PutPictureBody {
        /// `application/json`.
        Json(types::Picture),
        /// `application/x-www-form-urlencoded`.
        Form(types::Picture),
        /// `text/plain`.
        Text(String),
        /// `image/png`, `image/*`.
        Stream(support::body::Named<::reqwest::Body>),
        /// `multipart/form-data`.
        Multipart(PutPictureBodyMultipart),
    }
}

/// How the body of each operation is written.
mod requests {
    #[allow(unused_imports, reason = "which of them are used is up to the document")]
    use super::{
        bodies, support::{self, body::Field, operation::Style},
        tables, types,
    };

    /// The body of `createPicture`.
    pub(super) fn create_picture(
        body: bodies::CreatePictureBody,
    ) -> Result<support::body::Outgoing, String> {
        match body {
            bodies::CreatePictureBody::Json(body) => {
                support::body::json("application/json", &tables::PICTURE, &body)
            }
            bodies::CreatePictureBody::Form(body) => {
                support::body::form(
                    "application/x-www-form-urlencoded",
                    &tables::PICTURE,
                    &[],
                    &body,
                )
            }
        }
    }

    /// The body of `putPicture`.
    pub(super) fn put_picture(
        body: bodies::PutPictureBody,
    ) -> Result<support::body::Outgoing, String> {
        match body {
            bodies::PutPictureBody::Json(body) => {
                support::body::json("application/json", &tables::PICTURE, &body)
            }
            bodies::PutPictureBody::Form(body) => {
                support::body::form(
                    "application/x-www-form-urlencoded",
                    &tables::PICTURE,
                    &[],
                    &body,
                )
            }
            bodies::PutPictureBody::Text(body) => {
                support::body::text("text/plain", &tables::PUT_PICTURE_BODY_TEXT, body)
            }
            bodies::PutPictureBody::Stream(body) => {
                support::body::declared(&body.content_type, &["image/png", "image/*"])?;
                support::body::stream(&body.content_type, body.body)
            }
            bodies::PutPictureBody::Multipart(body) => {
                support::parts::Parts::new(&[])
                    .files("file", [body.file])
                    .files("thumbnails", body.thumbnails)
                    .files("preview", body.preview)
                    .value(
                        "title",
                        &tables::PUT_PICTURE_BODY_MULTIPART_TITLE,
                        &body.title,
                    )
                    .optional_value("size", &tables::SIZE, &body.size)
                    .optional_value("tags", &tables::WORDS, &body.tags)
                    .send("multipart/form-data")
            }
        }
    }

    /// The body of `sendForm`.
    pub(super) fn send_form(
        body: types::SendFormBodyForm,
    ) -> Result<support::body::Outgoing, String> {
        support::body::form(
            "application/x-www-form-urlencoded",
            &tables::SEND_FORM_BODY_FORM,
            &[
                Field {
                    name: "ids",
                    style: Style::PipeDelimited,
                    explode: false,
                },
                Field {
                    name: "size",
                    style: Style::DeepObject,
                    explode: true,
                },
                Field {
                    name: "tags",
                    style: Style::Form,
                    explode: false,
                },
            ],
            &body,
        )
    }

    /// The body of `appendLog`.
    pub(super) fn append_log(
        body: ::reqwest::Body,
    ) -> Result<support::body::Outgoing, String> {
        support::body::stream("application/octet-stream", body)
    }
}

/// How an answer becomes one of several types.
mod answers {
    use ::progenitor_client::{Error, ResponseValue};

    #[allow(unused_imports, reason = "which of them are used is up to the document")]
    use super::{
        bodies, operations, support::{self, answer::Answer},
        types,
    };

    /// What `createPicture` is answered with.
    pub(super) async fn create_picture(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<types::KeptPicture>, Error<String>> {
        let answer = Answer::new(&operations::CREATE_PICTURE, response);
        match answer.case() {
            (true, 0, 0) => Ok(answer.json(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            (false, 2, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            (false, 3, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `getPicturesById` is answered with.
    pub(super) async fn get_pictures_by_id(
        response: ::reqwest::Response,
    ) -> Result<
        ResponseValue<bodies::GetPicturesByIdOkBody>,
        Error<bodies::GetPicturesByIdError>,
    > {
        let answer = Answer::new(&operations::GET_PICTURES_BY_ID, response);
        match answer.case() {
            (true, 0, 0 | 1) => {
                Ok(answer.json(bodies::GetPicturesByIdOkBody::Json).await?)
            }
            (true, 0, 2) => Ok(answer.text(bodies::GetPicturesByIdOkBody::Text).await?),
            (true, 0, 3) => Ok(answer.stream(bodies::GetPicturesByIdOkBody::Stream)),
            (false, 1, 0) => {
                Err(
                    Error::ErrorResponse(
                        answer.text(bodies::GetPicturesByIdError::NotAcceptable).await?,
                    ),
                )
            }
            (false, 2, 0) => {
                Err(
                    Error::ErrorResponse(
                        answer.text(bodies::GetPicturesByIdError::Status4xx).await?,
                    ),
                )
            }
            (false, 3, 0) => {
                Err(
                    Error::ErrorResponse(
                        answer.stream(bodies::GetPicturesByIdError::Default),
                    ),
                )
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `putPicture` is answered with.
    pub(super) async fn put_picture(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<String>, Error<String>> {
        let answer = Answer::new(&operations::PUT_PICTURE, response);
        match answer.case() {
            (true, 0, 0) => Ok(answer.text(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `deletePicture` is answered with.
    pub(super) async fn delete_picture(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<()>, Error<String>> {
        let answer = Answer::new(&operations::DELETE_PICTURE, response);
        match answer.case() {
            (true, 0, _) => Ok(answer.empty(())),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `getPicturesSpecial` is answered with.
    pub(super) async fn get_pictures_special(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<String>, Error<String>> {
        let answer = Answer::new(&operations::GET_PICTURES_SPECIAL, response);
        match answer.case() {
            (true, 0, 0 | 1) => Ok(answer.text(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            (false, 2, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `getPicturesByIdByPageTByFormat` is answered with.
    pub(super) async fn get_pictures_by_id_by_page_t_by_format(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<support::answer::BodyStream>, Error<String>> {
        let answer = Answer::new(
            &operations::GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT,
            response,
        );
        match answer.case() {
            (true, 0, 0) => Ok(answer.stream(::core::convert::identity)),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `showVersion` is answered with.
    pub(super) async fn show_version(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<String>, Error<String>> {
        let answer = Answer::new(&operations::SHOW_VERSION, response);
        match answer.case() {
            (true, 0, 0) => Ok(answer.text(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `sendForm` is answered with.
    pub(super) async fn send_form(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<String>, Error<String>> {
        let answer = Answer::new(&operations::SEND_FORM, response);
        match answer.case() {
            (true, 0, 0) => Ok(answer.text(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `appendLog` is answered with.
    pub(super) async fn append_log(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<String>, Error<String>> {
        let answer = Answer::new(&operations::APPEND_LOG, response);
        match answer.case() {
            (true, 0, 0) => Ok(answer.text(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `showPaths` is answered with.
    pub(super) async fn show_paths(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<String>, Error<String>> {
        let answer = Answer::new(&operations::SHOW_PATHS, response);
        match answer.case() {
            (true, 0, 0) => Ok(answer.text(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `showQueries` is answered with.
    pub(super) async fn show_queries(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<String>, Error<String>> {
        let answer = Answer::new(&operations::SHOW_QUERIES, response);
        match answer.case() {
            (true, 0, 0) => Ok(answer.text(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `showTheme` is answered with.
    pub(super) async fn show_theme(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<String>, Error<String>> {
        let answer = Answer::new(&operations::SHOW_THEME, response);
        match answer.case() {
            (true, 0, 0) => Ok(answer.text(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `showEither` is answered with.
    pub(super) async fn show_either(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<String>, Error<String>> {
        let answer = Answer::new(&operations::SHOW_EITHER, response);
        match answer.case() {
            (true, 0, 0) => Ok(answer.text(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `showBoth` is answered with.
    pub(super) async fn show_both(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<String>, Error<String>> {
        let answer = Answer::new(&operations::SHOW_BOTH, response);
        match answer.case() {
            (true, 0, 0) => Ok(answer.text(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
    }

    /// What `showMaybe` is answered with.
    pub(super) async fn show_maybe(
        response: ::reqwest::Response,
    ) -> Result<ResponseValue<String>, Error<String>> {
        let answer = Answer::new(&operations::SHOW_MAYBE, response);
        match answer.case() {
            (true, 0, 0) => Ok(answer.text(::core::convert::identity).await?),
            (false, 1, 0) => {
                Err(Error::ErrorResponse(answer.text(::core::convert::identity).await?))
            }
            _ => Err(answer.unexpected()),
        }
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

    /// The headers that `createPicture` is answered with beside 201.
    #[derive(
        Clone,
        Debug,
        ::schema_check::serde::Deserialize,
        ::schema_check::serde::Serialize
    )]
    #[serde(crate = "::schema_check::serde")]
    pub struct CreatePictureCreated {
        /// The header `Location`.
        #[serde(rename = "Location")]
        pub location: String,
    }

    impl CreatePictureCreated {
        /// Reads them from those of an answer.
        ///
        /// # Errors
        /// One is missing, or is not as the document has it.
        pub fn read(
            headers: &::reqwest::header::HeaderMap,
        ) -> Result<Self, HeaderError> {
            support::header::read(
                operations::CREATE_PICTURE.responses[0].headers,
                headers,
            )
        }
    }

    /// The headers that `getPicturesById` is answered with beside 200.
    #[derive(
        Clone,
        Debug,
        ::schema_check::serde::Deserialize,
        ::schema_check::serde::Serialize
    )]
    #[serde(crate = "::schema_check::serde")]
    pub struct GetPicturesByIdOk {
        /// The header `X-Tags`.
        #[serde(rename = "X-Tags")]
        pub x_tags: Vec<String>,
        /// The header `Last-Modified-At`.
        #[serde(rename = "Last-Modified-At")]
        #[serde(skip_serializing_if = "::core::option::Option::is_none")]
        pub last_modified_at: Option<
            ::schema_check::chrono::DateTime<::schema_check::chrono::FixedOffset>,
        >,
    }

    impl GetPicturesByIdOk {
        /// Reads them from those of an answer.
        ///
        /// # Errors
        /// One is missing, or is not as the document has it.
        pub fn read(
            headers: &::reqwest::header::HeaderMap,
        ) -> Result<Self, HeaderError> {
            support::header::read(
                operations::GET_PICTURES_BY_ID.responses[0].headers,
                headers,
            )
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
            "create_picture" => Some(&CREATE_PICTURE),
            "get_pictures_by_id" => Some(&GET_PICTURES_BY_ID),
            "put_picture" => Some(&PUT_PICTURE),
            "delete_picture" => Some(&DELETE_PICTURE),
            "get_pictures_special" => Some(&GET_PICTURES_SPECIAL),
            "get_pictures_by_id_by_page_t_by_format" => {
                Some(&GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT)
            }
            "show_version" => Some(&SHOW_VERSION),
            "send_form" => Some(&SEND_FORM),
            "append_log" => Some(&APPEND_LOG),
            "show_paths" => Some(&SHOW_PATHS),
            "show_queries" => Some(&SHOW_QUERIES),
            "show_theme" => Some(&SHOW_THEME),
            "show_either" => Some(&SHOW_EITHER),
            "show_both" => Some(&SHOW_BOTH),
            "show_maybe" => Some(&SHOW_MAYBE),
            _ => None,
        }
    }

    /// `createPicture`: `POST /pictures`.
    pub(super) static CREATE_PICTURE: Operation = Operation {
        id: "createPicture",
        method: ::reqwest::Method::POST,
        path: "/pictures",
        security: &[],
        parameters: &[],
        accept: Some("application/json, text/plain"),
        responses: &[
            Response {
                status: Status::Code(201u16),
                headers: &[
                    Header {
                        name: "Location",
                        required: true,
                        shape: Shape::One(&[Scalar::Text]),
                        explode: false,
                        schema: &tables::CREATE_PICTURE_CREATED_LOCATION,
                    },
                ],
                content: &[
                    Content {
                        media_type: "application/json",
                        format: Format::Json(&tables::KEPT_PICTURE),
                    },
                ],
            },
            Response {
                status: Status::Code(406u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
            Response {
                status: Status::Code(415u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `getPicturesById`: `GET /pictures/{id}`.
    pub(super) static GET_PICTURES_BY_ID: Operation = Operation {
        id: "getPicturesById",
        method: ::reqwest::Method::GET,
        path: "/pictures/{id}",
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
                schema: &tables::GET_PICTURES_BY_ID_ID,
            },
        ],
        accept: Some(
            "application/json, application/hal+json, application/xml, image/*, text/plain, */*",
        ),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[
                    Header {
                        name: "X-Tags",
                        required: true,
                        shape: Shape::List(&[Scalar::Text]),
                        explode: false,
                        schema: &tables::GET_PICTURES_BY_ID_OK_X_TAGS,
                    },
                    Header {
                        name: "Last-Modified-At",
                        required: false,
                        shape: Shape::One(&[Scalar::Text]),
                        explode: false,
                        schema: &tables::GET_PICTURES_BY_ID_OK_LAST_MODIFIED_AT,
                    },
                ],
                content: &[
                    Content {
                        media_type: "application/json",
                        format: Format::Json(&tables::PICTURE),
                    },
                    Content {
                        media_type: "application/hal+json",
                        format: Format::Json(&tables::PICTURE),
                    },
                    Content {
                        media_type: "application/xml",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                    Content {
                        media_type: "image/*",
                        format: Format::Stream,
                    },
                ],
            },
            Response {
                status: Status::Code(406u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
            Response {
                status: Status::Default,
                headers: &[],
                content: &[
                    Content {
                        media_type: "*/*",
                        format: Format::Stream,
                    },
                ],
            },
        ],
    };

    /// `putPicture`: `PUT /pictures/{id}`.
    pub(super) static PUT_PICTURE: Operation = Operation {
        id: "putPicture",
        method: ::reqwest::Method::PUT,
        path: "/pictures/{id}",
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
                schema: &tables::GET_PICTURES_BY_ID_ID,
            },
        ],
        accept: Some("text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::PUT_PICTURE_200_ANSWER),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `deletePicture`: `DELETE /pictures/{id}`.
    pub(super) static DELETE_PICTURE: Operation = Operation {
        id: "deletePicture",
        method: ::reqwest::Method::DELETE,
        path: "/pictures/{id}",
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
                schema: &tables::GET_PICTURES_BY_ID_ID,
            },
        ],
        accept: Some("text/plain"),
        responses: &[
            Response {
                status: Status::Code(204u16),
                headers: &[],
                content: &[],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `getPicturesSpecial`: `GET /pictures/special`.
    pub(super) static GET_PICTURES_SPECIAL: Operation = Operation {
        id: "getPicturesSpecial",
        method: ::reqwest::Method::GET,
        path: "/pictures/special",
        security: &[],
        parameters: &[],
        accept: Some("text/html, text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/html",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                ],
            },
            Response {
                status: Status::Code(406u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `getPicturesByIdByPageTByFormat`: `GET /pictures/{id}/{page}t.{format}`.
    pub(super) static GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT: Operation = Operation {
        id: "getPicturesByIdByPageTByFormat",
        method: ::reqwest::Method::GET,
        path: "/pictures/{id}/{page}t.{format}",
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
                schema: &tables::GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT_ID,
            },
            Parameter {
                method: "page",
                name: "page",
                location: Location::Path,
                is_text: false,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT_PAGE,
            },
            Parameter {
                method: "format",
                name: "format",
                location: Location::Path,
                is_text: true,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::GET_PICTURES_BY_ID_BY_PAGE_T_BY_FORMAT_FORMAT,
            },
        ],
        accept: Some("image/png, text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "image/png",
                        format: Format::Stream,
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `showVersion`: `GET /pictures/{id}/v{version}.txt`.
    pub(super) static SHOW_VERSION: Operation = Operation {
        id: "showVersion",
        method: ::reqwest::Method::GET,
        path: "/pictures/{id}/v{version}.txt",
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
                schema: &tables::SHOW_VERSION_ID,
            },
            Parameter {
                method: "version",
                name: "version",
                location: Location::Path,
                is_text: false,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::SHOW_VERSION_VERSION,
            },
        ],
        accept: Some("text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `sendForm`: `POST /forms`.
    pub(super) static SEND_FORM: Operation = Operation {
        id: "sendForm",
        method: ::reqwest::Method::POST,
        path: "/forms",
        security: &[],
        parameters: &[],
        accept: Some("text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `appendLog`: `POST /log`.
    pub(super) static APPEND_LOG: Operation = Operation {
        id: "appendLog",
        method: ::reqwest::Method::POST,
        path: "/log",
        security: &[],
        parameters: &[],
        accept: Some("text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                ],
            },
            Response {
                status: Status::Code(400u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `showPaths`: `GET /paths/{plain}/{list}/{row}/{pairs}/{label}/{labels}/{labelled}/{matrix}/{matrices}/{exploded}/{spread}`.
    pub(super) static SHOW_PATHS: Operation = Operation {
        id: "showPaths",
        method: ::reqwest::Method::GET,
        path: "/paths/{plain}/{list}/{row}/{pairs}/{label}/{labels}/{labelled}/{matrix}/{matrices}/{exploded}/{spread}",
        security: &[],
        parameters: &[
            Parameter {
                method: "plain",
                name: "plain",
                location: Location::Path,
                is_text: false,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::SHOW_PATHS_PLAIN,
            },
            Parameter {
                method: "list",
                name: "list",
                location: Location::Path,
                is_text: false,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::NUMBERS,
            },
            Parameter {
                method: "row",
                name: "row",
                location: Location::Path,
                is_text: false,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::SIZE,
            },
            Parameter {
                method: "pairs",
                name: "pairs",
                location: Location::Path,
                is_text: false,
                style: Style::Simple,
                explode: true,
                allow_reserved: false,
                schema: &tables::SIZE,
            },
            Parameter {
                method: "label",
                name: "label",
                location: Location::Path,
                is_text: false,
                style: Style::Label,
                explode: false,
                allow_reserved: false,
                schema: &tables::SHOW_PATHS_LABEL,
            },
            Parameter {
                method: "labels",
                name: "labels",
                location: Location::Path,
                is_text: false,
                style: Style::Label,
                explode: true,
                allow_reserved: false,
                schema: &tables::NUMBERS,
            },
            Parameter {
                method: "labelled",
                name: "labelled",
                location: Location::Path,
                is_text: false,
                style: Style::Label,
                explode: true,
                allow_reserved: false,
                schema: &tables::SIZE,
            },
            Parameter {
                method: "matrix",
                name: "matrix",
                location: Location::Path,
                is_text: false,
                style: Style::Matrix,
                explode: false,
                allow_reserved: false,
                schema: &tables::SHOW_PATHS_MATRIX,
            },
            Parameter {
                method: "matrices",
                name: "matrices",
                location: Location::Path,
                is_text: false,
                style: Style::Matrix,
                explode: false,
                allow_reserved: false,
                schema: &tables::NUMBERS,
            },
            Parameter {
                method: "exploded",
                name: "exploded",
                location: Location::Path,
                is_text: false,
                style: Style::Matrix,
                explode: true,
                allow_reserved: false,
                schema: &tables::NUMBERS,
            },
            Parameter {
                method: "spread",
                name: "spread",
                location: Location::Path,
                is_text: false,
                style: Style::Matrix,
                explode: true,
                allow_reserved: false,
                schema: &tables::SIZE,
            },
        ],
        accept: Some("text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `showQueries`: `GET /queries`.
    pub(super) static SHOW_QUERIES: Operation = Operation {
        id: "showQueries",
        method: ::reqwest::Method::GET,
        path: "/queries",
        security: &[],
        parameters: &[
            Parameter {
                method: "limit",
                name: "limit",
                location: Location::Query,
                is_text: false,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::SHOW_QUERIES_LIMIT,
            },
            Parameter {
                method: "sort",
                name: "sort",
                location: Location::Query,
                is_text: true,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::SHOW_QUERIES_SORT,
            },
            Parameter {
                method: "since",
                name: "since",
                location: Location::Query,
                is_text: true,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::SHOW_QUERIES_SINCE,
            },
            Parameter {
                method: "spaces",
                name: "spaces",
                location: Location::Query,
                is_text: false,
                style: Style::SpaceDelimited,
                explode: false,
                allow_reserved: false,
                schema: &tables::WORDS,
            },
            Parameter {
                method: "pipes",
                name: "pipes",
                location: Location::Query,
                is_text: false,
                style: Style::PipeDelimited,
                explode: false,
                allow_reserved: false,
                schema: &tables::NUMBERS,
            },
            Parameter {
                method: "size",
                name: "size",
                location: Location::Query,
                is_text: false,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::SIZE,
            },
            Parameter {
                method: "flat",
                name: "flat",
                location: Location::Query,
                is_text: false,
                style: Style::Form,
                explode: false,
                allow_reserved: false,
                schema: &tables::SIZE,
            },
            Parameter {
                method: "filter",
                name: "filter",
                location: Location::Query,
                is_text: false,
                style: Style::DeepObject,
                explode: false,
                allow_reserved: false,
                schema: &tables::SHOW_QUERIES_FILTER,
            },
            Parameter {
                method: "path",
                name: "path",
                location: Location::Query,
                is_text: true,
                style: Style::Form,
                explode: true,
                allow_reserved: true,
                schema: &tables::SHOW_QUERIES_PATH,
            },
            Parameter {
                method: "where_",
                name: "where",
                location: Location::Query,
                is_text: false,
                style: Style::Json,
                explode: false,
                allow_reserved: false,
                schema: &tables::SIZE,
            },
            Parameter {
                method: "note",
                name: "note",
                location: Location::Query,
                is_text: true,
                style: Style::Form,
                explode: false,
                allow_reserved: false,
                schema: &tables::SHOW_QUERIES_NOTE,
            },
            Parameter {
                method: "either",
                name: "either",
                location: Location::Query,
                is_text: false,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::SHOW_QUERIES_EITHER,
            },
            Parameter {
                method: "x_list",
                name: "X-List",
                location: Location::Header,
                is_text: false,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema: &tables::NUMBERS,
            },
            Parameter {
                method: "x_pairs",
                name: "X-Pairs",
                location: Location::Header,
                is_text: false,
                style: Style::Simple,
                explode: true,
                allow_reserved: false,
                schema: &tables::SIZE,
            },
            Parameter {
                method: "ids",
                name: "ids",
                location: Location::Cookie,
                is_text: false,
                style: Style::Form,
                explode: false,
                allow_reserved: false,
                schema: &tables::NUMBERS,
            },
        ],
        accept: Some("text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `showTheme`: `GET /themes`.
    pub(super) static SHOW_THEME: Operation = Operation {
        id: "showTheme",
        method: ::reqwest::Method::GET,
        path: "/themes",
        security: &[],
        parameters: &[
            Parameter {
                method: "theme",
                name: "theme",
                location: Location::Cookie,
                is_text: false,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::THEME,
            },
        ],
        accept: Some("text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `showEither`: `GET /members/either`.
    pub(super) static SHOW_EITHER: Operation = Operation {
        id: "showEither",
        method: ::reqwest::Method::GET,
        path: "/members/either",
        security: &[
            &[
                Scheme {
                    name: "token",
                    place: Place::Authorization("Bearer"),
                },
            ],
            &[
                Scheme {
                    name: "headerKey",
                    place: Place::Header("X-Key"),
                },
            ],
            &[
                Scheme {
                    name: "login",
                    place: Place::Authorization("Basic"),
                },
            ],
        ],
        parameters: &[],
        accept: Some("text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `showBoth`: `GET /members/both`.
    pub(super) static SHOW_BOTH: Operation = Operation {
        id: "showBoth",
        method: ::reqwest::Method::GET,
        path: "/members/both",
        security: &[
            &[
                Scheme {
                    name: "queryKey",
                    place: Place::Query("key"),
                },
                Scheme {
                    name: "cookieKey",
                    place: Place::Cookie("key"),
                },
            ],
        ],
        parameters: &[
            Parameter {
                method: "limit",
                name: "limit",
                location: Location::Query,
                is_text: false,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::SHOW_BOTH_LIMIT,
            },
            Parameter {
                method: "crumbs",
                name: "crumbs",
                location: Location::Cookie,
                is_text: false,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::MARKS,
            },
        ],
        accept: Some("text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };

    /// `showMaybe`: `GET /members/maybe`.
    pub(super) static SHOW_MAYBE: Operation = Operation {
        id: "showMaybe",
        method: ::reqwest::Method::GET,
        path: "/members/maybe",
        security: &[
            &[],
            &[
                Scheme {
                    name: "token",
                    place: Place::Authorization("Bearer"),
                },
            ],
        ],
        parameters: &[
            Parameter {
                method: "others",
                name: "others",
                location: Location::Query,
                is_text: false,
                style: Style::Form,
                explode: true,
                allow_reserved: false,
                schema: &tables::MARKS,
            },
        ],
        accept: Some("text/plain"),
        responses: &[
            Response {
                status: Status::Code(200u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&::schema_check::Schema::ANY),
                    },
                ],
            },
            Response {
                status: Status::Range(4u16),
                headers: &[],
                content: &[
                    Content {
                        media_type: "text/plain",
                        format: Format::Text(&tables::CREATE_PICTURE_406_ANSWER),
                    },
                ],
            },
        ],
    };
}

/// What the document says about each value.
mod tables {
    use ::schema_check::{Format, Literal, Number, Schema, Types};

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

    /// `#/paths/~1pictures/post/responses/201/headers/Location/schema`
    pub static CREATE_PICTURE_CREATED_LOCATION: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/components/responses/Refused/content/text~1plain/schema`
    pub static CREATE_PICTURE_406_ANSWER: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}/parameters/0/schema`
    pub static GET_PICTURES_BY_ID_ID: Schema = Schema {
        types: Types::INTEGER,
        format: Some(Format::Int64),
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}/get/responses/200/headers/X-Tags/schema`
    pub static GET_PICTURES_BY_ID_OK_X_TAGS: Schema = Schema {
        types: Types::ARRAY,
        items: Some(&GET_PICTURES_BY_ID_OK_X_TAGS_ITEMS),
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}/get/responses/200/headers/X-Tags/schema/items`
    pub static GET_PICTURES_BY_ID_OK_X_TAGS_ITEMS: Schema = Schema {
        types: Types::STRING,
        ..Schema::ANY
    };

    /// `#/paths/~1pictures~1{id}/get/responses/200/headers/Last-Modified-At/schema`
    pub static GET_PICTURES_BY_ID_OK_LAST_MODIFIED_AT: Schema = Schema {
        types: Types::STRING,
        format: Some(Format::DateTime),
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
    pub static PUT_PICTURE_200_ANSWER: Schema = Schema {
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
    use super::{answers, bodies, requests, support, types};

    #[derive(Clone, Debug)]
    /// Client for Gallery
    ///
    /// Version: 1.0.0
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
            "1.0.0"
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
        /// Sends a `POST` request to `/pictures`.
        ///
        /// ```ignore
        /// let response = client.create_picture()
        ///     .body(body)
        ///     .send()
        ///     .await;
        /// ```
        pub fn create_picture(&self) -> builder::CreatePicture<'_> {
            builder::CreatePicture::new(self)
        }

        /// A picture in whatever form is wanted.
        ///
        /// Sends a `GET` request to `/pictures/{id}`.
        ///
        /// Arguments:
        /// - `id`: The path parameter `id`.
        ///
        /// ```ignore
        /// let response = client.get_pictures_by_id()
        ///     .id(id)
        ///     .send()
        ///     .await;
        /// ```
        pub fn get_pictures_by_id(&self) -> builder::GetPicturesById<'_> {
            builder::GetPicturesById::new(self)
        }

        /// Sends a `PUT` request to `/pictures/{id}`.
        ///
        /// Arguments:
        /// - `id`: The path parameter `id`.
        /// - `body`
        ///
        /// ```ignore
        /// let response = client.put_picture()
        ///     .id(id)
        ///     .body(body)
        ///     .send()
        ///     .await;
        /// ```
        pub fn put_picture(&self) -> builder::PutPicture<'_> {
            builder::PutPicture::new(self)
        }

        /// Sends a `DELETE` request to `/pictures/{id}`.
        ///
        /// Arguments:
        /// - `id`: The path parameter `id`.
        ///
        /// ```ignore
        /// let response = client.delete_picture()
        ///     .id(id)
        ///     .send()
        ///     .await;
        /// ```
        pub fn delete_picture(&self) -> builder::DeletePicture<'_> {
            builder::DeletePicture::new(self)
        }

        /// Sends a `GET` request to `/pictures/special`.
        ///
        /// ```ignore
        /// let response = client.get_pictures_special()
        ///     .send()
        ///     .await;
        /// ```
        pub fn get_pictures_special(&self) -> builder::GetPicturesSpecial<'_> {
            builder::GetPicturesSpecial::new(self)
        }

        /// Sends a `GET` request to `/pictures/{id}/{page}t.{format}`.
        ///
        /// Arguments:
        /// - `format`: The path parameter `format`.
        /// - `id`: The path parameter `id`.
        /// - `page`: The path parameter `page`.
        ///
        /// ```ignore
        /// let response = client.get_pictures_by_id_by_page_t_by_format()
        ///     .format(format)
        ///     .id(id)
        ///     .page(page)
        ///     .send()
        ///     .await;
        /// ```
        pub fn get_pictures_by_id_by_page_t_by_format(
            &self,
        ) -> builder::GetPicturesByIdByPageTByFormat<'_> {
            builder::GetPicturesByIdByPageTByFormat::new(self)
        }

        /// Sends a `GET` request to `/pictures/{id}/v{version}.txt`.
        ///
        /// Arguments:
        /// - `id`: The path parameter `id`.
        /// - `version`: The path parameter `version`.
        ///
        /// ```ignore
        /// let response = client.show_version()
        ///     .id(id)
        ///     .version(version)
        ///     .send()
        ///     .await;
        /// ```
        pub fn show_version(&self) -> builder::ShowVersion<'_> {
            builder::ShowVersion::new(self)
        }

        /// Sends a `POST` request to `/forms`.
        ///
        /// ```ignore
        /// let response = client.send_form()
        ///     .body(body)
        ///     .send()
        ///     .await;
        /// ```
        pub fn send_form(&self) -> builder::SendForm<'_> {
            builder::SendForm::new(self)
        }

        /// Sends a `POST` request to `/log`.
        ///
        /// ```ignore
        /// let response = client.append_log()
        ///     .body(body)
        ///     .send()
        ///     .await;
        /// ```
        pub fn append_log(&self) -> builder::AppendLog<'_> {
            builder::AppendLog::new(self)
        }

        /// Sends a `GET` request to `/paths/{plain}/{list}/{row}/{pairs}/{label}/{labels}/{labelled}/{matrix}/{matrices}/{exploded}/{spread}`.
        ///
        /// Arguments:
        /// - `exploded`: The path parameter `exploded`.
        /// - `label`: The path parameter `label`.
        /// - `labelled`: The path parameter `labelled`.
        /// - `labels`: The path parameter `labels`.
        /// - `list`: The path parameter `list`.
        /// - `matrices`: The path parameter `matrices`.
        /// - `matrix`: The path parameter `matrix`.
        /// - `pairs`: The path parameter `pairs`.
        /// - `plain`: The path parameter `plain`.
        /// - `row`: The path parameter `row`.
        /// - `spread`: The path parameter `spread`.
        ///
        /// ```ignore
        /// let response = client.show_paths()
        ///     .exploded(exploded)
        ///     .label(label)
        ///     .labelled(labelled)
        ///     .labels(labels)
        ///     .list(list)
        ///     .matrices(matrices)
        ///     .matrix(matrix)
        ///     .pairs(pairs)
        ///     .plain(plain)
        ///     .row(row)
        ///     .spread(spread)
        ///     .send()
        ///     .await;
        /// ```
        pub fn show_paths(&self) -> builder::ShowPaths<'_> {
            builder::ShowPaths::new(self)
        }

        /// Sends a `GET` request to `/queries`.
        ///
        /// Arguments:
        /// - `either`: The query parameter `either`.
        /// - `filter`: The query parameter `filter`.
        /// - `flat`: The query parameter `flat`.
        /// - `ids`: The cookie `ids`.
        /// - `limit`: The query parameter `limit`.
        /// - `note`: The query parameter `note`.
        /// - `path`: The query parameter `path`.
        /// - `pipes`: The query parameter `pipes`.
        /// - `since`: The query parameter `since`.
        /// - `size`: The query parameter `size`.
        /// - `sort`: The query parameter `sort`.
        /// - `spaces`: The query parameter `spaces`.
        /// - `where_`: The query parameter `where`.
        /// - `x_list`: The header `X-List`.
        /// - `x_pairs`: The header `X-Pairs`.
        ///
        /// ```ignore
        /// let response = client.show_queries()
        ///     .either(either)
        ///     .filter(filter)
        ///     .flat(flat)
        ///     .ids(ids)
        ///     .limit(limit)
        ///     .note(note)
        ///     .path(path)
        ///     .pipes(pipes)
        ///     .since(since)
        ///     .size(size)
        ///     .sort(sort)
        ///     .spaces(spaces)
        ///     .where_(where_)
        ///     .x_list(x_list)
        ///     .x_pairs(x_pairs)
        ///     .send()
        ///     .await;
        /// ```
        pub fn show_queries(&self) -> builder::ShowQueries<'_> {
            builder::ShowQueries::new(self)
        }

        /// Sends a `GET` request to `/themes`.
        ///
        /// Arguments:
        /// - `theme`: The cookie `theme`.
        ///
        /// ```ignore
        /// let response = client.show_theme()
        ///     .theme(theme)
        ///     .send()
        ///     .await;
        /// ```
        pub fn show_theme(&self) -> builder::ShowTheme<'_> {
            builder::ShowTheme::new(self)
        }

        /// Sends a `GET` request to `/members/either`.
        ///
        /// ```ignore
        /// let response = client.show_either()
        ///     .send()
        ///     .await;
        /// ```
        pub fn show_either(&self) -> builder::ShowEither<'_> {
            builder::ShowEither::new(self)
        }

        /// Sends a `GET` request to `/members/both`.
        ///
        /// Arguments:
        /// - `crumbs`: The cookie `crumbs`.
        /// - `limit`: The query parameter `limit`.
        ///
        /// ```ignore
        /// let response = client.show_both()
        ///     .crumbs(crumbs)
        ///     .limit(limit)
        ///     .send()
        ///     .await;
        /// ```
        pub fn show_both(&self) -> builder::ShowBoth<'_> {
            builder::ShowBoth::new(self)
        }

        /// Sends a `GET` request to `/members/maybe`.
        ///
        /// Arguments:
        /// - `others`: The query parameter `others`.
        ///
        /// ```ignore
        /// let response = client.show_maybe()
        ///     .others(others)
        ///     .send()
        ///     .await;
        /// ```
        pub fn show_maybe(&self) -> builder::ShowMaybe<'_> {
            builder::ShowMaybe::new(self)
        }
    }

    /// Types for composing operation parameters.
    #[allow(clippy::all)]
    pub mod builder {
        use super::{answers, bodies, requests, support, types};

        #[allow(unused_imports)]
        use super::{
            encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo,
            RequestBuilderExt, ResponseValue,
        };

        /// Builder for [`Client::create_picture`]
        ///
        /// [`Client::create_picture`]: super::Client::create_picture
        #[derive(Debug, Clone)]
        pub struct CreatePicture<'a> {
            client: &'a super::Client,
            body: Result<bodies::CreatePictureBody, String>,
        }

        impl<'a> CreatePicture<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    body: Err("body was not initialized".to_string()),
                }
            }

            pub fn body<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<bodies::CreatePictureBody>,
            {
                self.body = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `bodies :: CreatePictureBody` for body failed"
                            .to_string()
                    });
                self
            }

            /// Sends a `POST` request to `/pictures`.
            pub async fn send(
                self,
            ) -> Result<ResponseValue<types::KeptPicture>, Error<String>> {
                let Self { client, body } = self;
                let body = body.map_err(Error::InvalidRequest)?;
                let url = format!("{}/create_picture", client.baseurl,);
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
                    .headers(header_map)
                    .build()?;
                support::body::put(&mut request, requests::create_picture(body));
                let info = OperationInfo {
                    operation_id: "create_picture",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::create_picture(response).await
            }
        }

        /// Builder for [`Client::get_pictures_by_id`]
        ///
        /// [`Client::get_pictures_by_id`]: super::Client::get_pictures_by_id
        #[derive(Debug, Clone)]
        pub struct GetPicturesById<'a> {
            client: &'a super::Client,
            id: Result<i64, String>,
        }

        impl<'a> GetPicturesById<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    id: Err("id was not initialized".to_string()),
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

            /// Sends a `GET` request to `/pictures/{id}`.
            pub async fn send(
                self,
            ) -> Result<
                ResponseValue<bodies::GetPicturesByIdOkBody>,
                Error<bodies::GetPicturesByIdError>,
            > {
                let Self { client, id } = self;
                let id = id.map_err(Error::InvalidRequest)?;
                let url = format!("{}/get_pictures_by_id", client.baseurl,);
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
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "get_pictures_by_id",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::get_pictures_by_id(response).await
            }
        }

        /// Builder for [`Client::put_picture`]
        ///
        /// [`Client::put_picture`]: super::Client::put_picture
        #[derive(Debug)]
        pub struct PutPicture<'a> {
            client: &'a super::Client,
            id: Result<i64, String>,
            body: Result<bodies::PutPictureBody, String>,
        }

        impl<'a> PutPicture<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    id: Err("id was not initialized".to_string()),
                    body: Err("body was not initialized".to_string()),
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

            pub fn body<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<bodies::PutPictureBody>,
            {
                self.body = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `bodies :: PutPictureBody` for body failed"
                            .to_string()
                    });
                self
            }

            /// Sends a `PUT` request to `/pictures/{id}`.
            pub async fn send(self) -> Result<ResponseValue<String>, Error<String>> {
                let Self { client, id, body } = self;
                let id = id.map_err(Error::InvalidRequest)?;
                let body = body.map_err(Error::InvalidRequest)?;
                let url = format!("{}/put_picture", client.baseurl,);
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
                    .headers(header_map)
                    .build()?;
                support::body::put(&mut request, requests::put_picture(body));
                let info = OperationInfo {
                    operation_id: "put_picture",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::put_picture(response).await
            }
        }

        /// Builder for [`Client::delete_picture`]
        ///
        /// [`Client::delete_picture`]: super::Client::delete_picture
        #[derive(Debug, Clone)]
        pub struct DeletePicture<'a> {
            client: &'a super::Client,
            id: Result<i64, String>,
        }

        impl<'a> DeletePicture<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    id: Err("id was not initialized".to_string()),
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

            /// Sends a `DELETE` request to `/pictures/{id}`.
            pub async fn send(self) -> Result<ResponseValue<()>, Error<String>> {
                let Self { client, id } = self;
                let id = id.map_err(Error::InvalidRequest)?;
                let url = format!("{}/delete_picture", client.baseurl,);
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
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "delete_picture",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::delete_picture(response).await
            }
        }

        /// Builder for [`Client::get_pictures_special`]
        ///
        /// [`Client::get_pictures_special`]: super::Client::get_pictures_special
        #[derive(Debug, Clone)]
        pub struct GetPicturesSpecial<'a> {
            client: &'a super::Client,
        }

        impl<'a> GetPicturesSpecial<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self { client: client }
            }

            /// Sends a `GET` request to `/pictures/special`.
            pub async fn send(self) -> Result<ResponseValue<String>, Error<String>> {
                let Self { client } = self;
                let url = format!("{}/get_pictures_special", client.baseurl,);
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
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "get_pictures_special",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::get_pictures_special(response).await
            }
        }

        /// Builder for [`Client::get_pictures_by_id_by_page_t_by_format`]
        ///
        /// [`Client::get_pictures_by_id_by_page_t_by_format`]: super::Client::get_pictures_by_id_by_page_t_by_format
        #[derive(Debug, Clone)]
        pub struct GetPicturesByIdByPageTByFormat<'a> {
            client: &'a super::Client,
            format: Result<types::GetPicturesByIdByPageTByFormatFormat, String>,
            id: Result<i64, String>,
            page: Result<i64, String>,
        }

        impl<'a> GetPicturesByIdByPageTByFormat<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    format: Err("format was not initialized".to_string()),
                    id: Err("id was not initialized".to_string()),
                    page: Err("page was not initialized".to_string()),
                }
            }

            pub fn format<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<types::GetPicturesByIdByPageTByFormatFormat>,
            {
                self.format = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `types :: GetPicturesByIdByPageTByFormatFormat` for format failed"
                            .to_string()
                    });
                self
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

            pub fn page<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<i64>,
            {
                self.page = value
                    .try_into()
                    .map_err(|_| "conversion to `i64` for page failed".to_string());
                self
            }

            /// Sends a `GET` request to `/pictures/{id}/{page}t.{format}`.
            pub async fn send(
                self,
            ) -> Result<ResponseValue<support::answer::BodyStream>, Error<String>> {
                let Self { client, format, id, page } = self;
                let format = format.map_err(Error::InvalidRequest)?;
                let id = id.map_err(Error::InvalidRequest)?;
                let page = page.map_err(Error::InvalidRequest)?;
                let url = format!(
                    "{}/get_pictures_by_id_by_page_t_by_format", client.baseurl,
                );
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
                    .query(&progenitor_client::QueryParam::new("format", &format))
                    .query(&progenitor_client::QueryParam::new("id", &id))
                    .query(&progenitor_client::QueryParam::new("page", &page))
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "get_pictures_by_id_by_page_t_by_format",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::get_pictures_by_id_by_page_t_by_format(response).await
            }
        }

        /// Builder for [`Client::show_version`]
        ///
        /// [`Client::show_version`]: super::Client::show_version
        #[derive(Debug, Clone)]
        pub struct ShowVersion<'a> {
            client: &'a super::Client,
            id: Result<i64, String>,
            version: Result<i64, String>,
        }

        impl<'a> ShowVersion<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    id: Err("id was not initialized".to_string()),
                    version: Err("version was not initialized".to_string()),
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

            pub fn version<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<i64>,
            {
                self.version = value
                    .try_into()
                    .map_err(|_| "conversion to `i64` for version failed".to_string());
                self
            }

            /// Sends a `GET` request to `/pictures/{id}/v{version}.txt`.
            pub async fn send(self) -> Result<ResponseValue<String>, Error<String>> {
                let Self { client, id, version } = self;
                let id = id.map_err(Error::InvalidRequest)?;
                let version = version.map_err(Error::InvalidRequest)?;
                let url = format!("{}/show_version", client.baseurl,);
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
                    .query(&progenitor_client::QueryParam::new("version", &version))
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "show_version",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::show_version(response).await
            }
        }

        /// Builder for [`Client::send_form`]
        ///
        /// [`Client::send_form`]: super::Client::send_form
        #[derive(Debug, Clone)]
        pub struct SendForm<'a> {
            client: &'a super::Client,
            body: Result<types::SendFormBodyForm, String>,
        }

        impl<'a> SendForm<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    body: Err("body was not initialized".to_string()),
                }
            }

            pub fn body<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<types::SendFormBodyForm>,
            {
                self.body = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `types :: SendFormBodyForm` for body failed"
                            .to_string()
                    });
                self
            }

            /// Sends a `POST` request to `/forms`.
            pub async fn send(self) -> Result<ResponseValue<String>, Error<String>> {
                let Self { client, body } = self;
                let body = body.map_err(Error::InvalidRequest)?;
                let url = format!("{}/send_form", client.baseurl,);
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
                    .headers(header_map)
                    .build()?;
                support::body::put(&mut request, requests::send_form(body));
                let info = OperationInfo {
                    operation_id: "send_form",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::send_form(response).await
            }
        }

        /// Builder for [`Client::append_log`]
        ///
        /// [`Client::append_log`]: super::Client::append_log
        #[derive(Debug)]
        pub struct AppendLog<'a> {
            client: &'a super::Client,
            body: Result<support::body::OptionalBody<::reqwest::Body>, String>,
        }

        impl<'a> AppendLog<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    body: Ok(::std::default::Default::default()),
                }
            }

            pub fn body<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::body::OptionalBody<::reqwest::Body>>,
            {
                self.body = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `support :: body :: OptionalBody < :: reqwest :: Body >` for body failed"
                            .to_string()
                    });
                self
            }

            /// Sends a `POST` request to `/log`.
            pub async fn send(self) -> Result<ResponseValue<String>, Error<String>> {
                let Self { client, body } = self;
                let body = body.map_err(Error::InvalidRequest)?;
                let url = format!("{}/append_log", client.baseurl,);
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
                    .headers(header_map)
                    .build()?;
                if let Some(body) = body.0 {
                    support::body::put(&mut request, requests::append_log(body));
                }
                let info = OperationInfo {
                    operation_id: "append_log",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::append_log(response).await
            }
        }

        /// Builder for [`Client::show_paths`]
        ///
        /// [`Client::show_paths`]: super::Client::show_paths
        #[derive(Debug, Clone)]
        pub struct ShowPaths<'a> {
            client: &'a super::Client,
            exploded: Result<support::parameter::Json<types::Numbers>, String>,
            label: Result<i64, String>,
            labelled: Result<support::parameter::Json<types::Size>, String>,
            labels: Result<support::parameter::Json<types::Numbers>, String>,
            list: Result<support::parameter::Json<types::Numbers>, String>,
            matrices: Result<support::parameter::Json<types::Numbers>, String>,
            matrix: Result<i64, String>,
            pairs: Result<support::parameter::Json<types::Size>, String>,
            plain: Result<f64, String>,
            row: Result<support::parameter::Json<types::Size>, String>,
            spread: Result<support::parameter::Json<types::Size>, String>,
        }

        impl<'a> ShowPaths<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    exploded: Err("exploded was not initialized".to_string()),
                    label: Err("label was not initialized".to_string()),
                    labelled: Err("labelled was not initialized".to_string()),
                    labels: Err("labels was not initialized".to_string()),
                    list: Err("list was not initialized".to_string()),
                    matrices: Err("matrices was not initialized".to_string()),
                    matrix: Err("matrix was not initialized".to_string()),
                    pairs: Err("pairs was not initialized".to_string()),
                    plain: Err("plain was not initialized".to_string()),
                    row: Err("row was not initialized".to_string()),
                    spread: Err("spread was not initialized".to_string()),
                }
            }

            pub fn exploded<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Numbers>>,
            {
                self.exploded = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Numbers >` for exploded failed"
                            .to_string()
                    });
                self
            }

            pub fn label<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<i64>,
            {
                self.label = value
                    .try_into()
                    .map_err(|_| "conversion to `i64` for label failed".to_string());
                self
            }

            pub fn labelled<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Size>>,
            {
                self.labelled = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Size >` for labelled failed"
                            .to_string()
                    });
                self
            }

            pub fn labels<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Numbers>>,
            {
                self.labels = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Numbers >` for labels failed"
                            .to_string()
                    });
                self
            }

            pub fn list<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Numbers>>,
            {
                self.list = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Numbers >` for list failed"
                            .to_string()
                    });
                self
            }

            pub fn matrices<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Numbers>>,
            {
                self.matrices = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Numbers >` for matrices failed"
                            .to_string()
                    });
                self
            }

            pub fn matrix<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<i64>,
            {
                self.matrix = value
                    .try_into()
                    .map_err(|_| "conversion to `i64` for matrix failed".to_string());
                self
            }

            pub fn pairs<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Size>>,
            {
                self.pairs = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Size >` for pairs failed"
                            .to_string()
                    });
                self
            }

            pub fn plain<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<f64>,
            {
                self.plain = value
                    .try_into()
                    .map_err(|_| "conversion to `f64` for plain failed".to_string());
                self
            }

            pub fn row<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Size>>,
            {
                self.row = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Size >` for row failed"
                            .to_string()
                    });
                self
            }

            pub fn spread<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Size>>,
            {
                self.spread = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Size >` for spread failed"
                            .to_string()
                    });
                self
            }

            /// Sends a `GET` request to `/paths/{plain}/{list}/{row}/{pairs}/{label}/{labels}/{labelled}/{matrix}/{matrices}/{exploded}/{spread}`.
            pub async fn send(self) -> Result<ResponseValue<String>, Error<String>> {
                let Self {
                    client,
                    exploded,
                    label,
                    labelled,
                    labels,
                    list,
                    matrices,
                    matrix,
                    pairs,
                    plain,
                    row,
                    spread,
                } = self;
                let exploded = exploded.map_err(Error::InvalidRequest)?;
                let label = label.map_err(Error::InvalidRequest)?;
                let labelled = labelled.map_err(Error::InvalidRequest)?;
                let labels = labels.map_err(Error::InvalidRequest)?;
                let list = list.map_err(Error::InvalidRequest)?;
                let matrices = matrices.map_err(Error::InvalidRequest)?;
                let matrix = matrix.map_err(Error::InvalidRequest)?;
                let pairs = pairs.map_err(Error::InvalidRequest)?;
                let plain = plain.map_err(Error::InvalidRequest)?;
                let row = row.map_err(Error::InvalidRequest)?;
                let spread = spread.map_err(Error::InvalidRequest)?;
                let url = format!("{}/show_paths", client.baseurl,);
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
                    .query(&progenitor_client::QueryParam::new("exploded", &exploded))
                    .query(&progenitor_client::QueryParam::new("label", &label))
                    .query(&progenitor_client::QueryParam::new("labelled", &labelled))
                    .query(&progenitor_client::QueryParam::new("labels", &labels))
                    .query(&progenitor_client::QueryParam::new("list", &list))
                    .query(&progenitor_client::QueryParam::new("matrices", &matrices))
                    .query(&progenitor_client::QueryParam::new("matrix", &matrix))
                    .query(&progenitor_client::QueryParam::new("pairs", &pairs))
                    .query(&progenitor_client::QueryParam::new("plain", &plain))
                    .query(&progenitor_client::QueryParam::new("row", &row))
                    .query(&progenitor_client::QueryParam::new("spread", &spread))
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "show_paths",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::show_paths(response).await
            }
        }

        /// Builder for [`Client::show_queries`]
        ///
        /// [`Client::show_queries`]: super::Client::show_queries
        #[derive(Debug, Clone)]
        pub struct ShowQueries<'a> {
            client: &'a super::Client,
            either: Result<
                Option<support::parameter::Json<types::ShowQueriesEither>>,
                String,
            >,
            filter: Result<
                Option<support::parameter::Json<types::ShowQueriesFilter>>,
                String,
            >,
            flat: Result<Option<support::parameter::Json<types::Size>>, String>,
            ids: Result<Option<support::parameter::Json<types::Numbers>>, String>,
            limit: Result<Option<i32>, String>,
            note: Result<Option<String>, String>,
            path: Result<Option<String>, String>,
            pipes: Result<Option<support::parameter::Json<types::Numbers>>, String>,
            since: Result<
                Option<
                    ::schema_check::chrono::DateTime<::schema_check::chrono::FixedOffset>,
                >,
                String,
            >,
            size: Result<Option<support::parameter::Json<types::Size>>, String>,
            sort: Result<Option<types::ShowQueriesSort>, String>,
            spaces: Result<Option<support::parameter::Json<types::Words>>, String>,
            where_: Result<Option<support::parameter::Json<types::Size>>, String>,
            x_list: Result<Option<support::parameter::Json<types::Numbers>>, String>,
            x_pairs: Result<Option<support::parameter::Json<types::Size>>, String>,
        }

        impl<'a> ShowQueries<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    either: Ok(None),
                    filter: Ok(None),
                    flat: Ok(None),
                    ids: Ok(None),
                    limit: Ok(None),
                    note: Ok(None),
                    path: Ok(None),
                    pipes: Ok(None),
                    since: Ok(None),
                    size: Ok(None),
                    sort: Ok(None),
                    spaces: Ok(None),
                    where_: Ok(None),
                    x_list: Ok(None),
                    x_pairs: Ok(None),
                }
            }

            pub fn either<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<
                    support::parameter::Json<types::ShowQueriesEither>,
                >,
            {
                self.either = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: ShowQueriesEither >` for either failed"
                            .to_string()
                    });
                self
            }

            pub fn filter<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<
                    support::parameter::Json<types::ShowQueriesFilter>,
                >,
            {
                self.filter = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: ShowQueriesFilter >` for filter failed"
                            .to_string()
                    });
                self
            }

            pub fn flat<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Size>>,
            {
                self.flat = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Size >` for flat failed"
                            .to_string()
                    });
                self
            }

            pub fn ids<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Numbers>>,
            {
                self.ids = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Numbers >` for ids failed"
                            .to_string()
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

            pub fn note<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<String>,
            {
                self.note = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| "conversion to `String` for note failed".to_string());
                self
            }

            pub fn path<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<String>,
            {
                self.path = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| "conversion to `String` for path failed".to_string());
                self
            }

            pub fn pipes<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Numbers>>,
            {
                self.pipes = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Numbers >` for pipes failed"
                            .to_string()
                    });
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

            pub fn size<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Size>>,
            {
                self.size = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Size >` for size failed"
                            .to_string()
                    });
                self
            }

            pub fn sort<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<types::ShowQueriesSort>,
            {
                self.sort = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `types :: ShowQueriesSort` for sort failed"
                            .to_string()
                    });
                self
            }

            pub fn spaces<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Words>>,
            {
                self.spaces = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Words >` for spaces failed"
                            .to_string()
                    });
                self
            }

            pub fn where_<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Size>>,
            {
                self.where_ = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Size >` for where_ failed"
                            .to_string()
                    });
                self
            }

            pub fn x_list<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Numbers>>,
            {
                self.x_list = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Numbers >` for x_list failed"
                            .to_string()
                    });
                self
            }

            pub fn x_pairs<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Size>>,
            {
                self.x_pairs = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Size >` for x_pairs failed"
                            .to_string()
                    });
                self
            }

            /// Sends a `GET` request to `/queries`.
            pub async fn send(self) -> Result<ResponseValue<String>, Error<String>> {
                let Self {
                    client,
                    either,
                    filter,
                    flat,
                    ids,
                    limit,
                    note,
                    path,
                    pipes,
                    since,
                    size,
                    sort,
                    spaces,
                    where_,
                    x_list,
                    x_pairs,
                } = self;
                let either = either.map_err(Error::InvalidRequest)?;
                let filter = filter.map_err(Error::InvalidRequest)?;
                let flat = flat.map_err(Error::InvalidRequest)?;
                let ids = ids.map_err(Error::InvalidRequest)?;
                let limit = limit.map_err(Error::InvalidRequest)?;
                let note = note.map_err(Error::InvalidRequest)?;
                let path = path.map_err(Error::InvalidRequest)?;
                let pipes = pipes.map_err(Error::InvalidRequest)?;
                let since = since.map_err(Error::InvalidRequest)?;
                let size = size.map_err(Error::InvalidRequest)?;
                let sort = sort.map_err(Error::InvalidRequest)?;
                let spaces = spaces.map_err(Error::InvalidRequest)?;
                let where_ = where_.map_err(Error::InvalidRequest)?;
                let x_list = x_list.map_err(Error::InvalidRequest)?;
                let x_pairs = x_pairs.map_err(Error::InvalidRequest)?;
                let url = format!("{}/show_queries", client.baseurl,);
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
                    .query(&progenitor_client::QueryParam::new("either", &either))
                    .query(&progenitor_client::QueryParam::new("filter", &filter))
                    .query(&progenitor_client::QueryParam::new("flat", &flat))
                    .query(&progenitor_client::QueryParam::new("ids", &ids))
                    .query(&progenitor_client::QueryParam::new("limit", &limit))
                    .query(&progenitor_client::QueryParam::new("note", &note))
                    .query(&progenitor_client::QueryParam::new("path", &path))
                    .query(&progenitor_client::QueryParam::new("pipes", &pipes))
                    .query(&progenitor_client::QueryParam::new("since", &since))
                    .query(&progenitor_client::QueryParam::new("size", &size))
                    .query(&progenitor_client::QueryParam::new("sort", &sort))
                    .query(&progenitor_client::QueryParam::new("spaces", &spaces))
                    .query(&progenitor_client::QueryParam::new("where_", &where_))
                    .query(&progenitor_client::QueryParam::new("x_list", &x_list))
                    .query(&progenitor_client::QueryParam::new("x_pairs", &x_pairs))
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "show_queries",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::show_queries(response).await
            }
        }

        /// Builder for [`Client::show_theme`]
        ///
        /// [`Client::show_theme`]: super::Client::show_theme
        #[derive(Debug, Clone)]
        pub struct ShowTheme<'a> {
            client: &'a super::Client,
            theme: Result<support::parameter::Json<types::Theme>, String>,
        }

        impl<'a> ShowTheme<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    theme: Err("theme was not initialized".to_string()),
                }
            }

            pub fn theme<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Theme>>,
            {
                self.theme = value
                    .try_into()
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Theme >` for theme failed"
                            .to_string()
                    });
                self
            }

            /// Sends a `GET` request to `/themes`.
            pub async fn send(self) -> Result<ResponseValue<String>, Error<String>> {
                let Self { client, theme } = self;
                let theme = theme.map_err(Error::InvalidRequest)?;
                let url = format!("{}/show_theme", client.baseurl,);
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
                    .query(&progenitor_client::QueryParam::new("theme", &theme))
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "show_theme",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::show_theme(response).await
            }
        }

        /// Builder for [`Client::show_either`]
        ///
        /// [`Client::show_either`]: super::Client::show_either
        #[derive(Debug, Clone)]
        pub struct ShowEither<'a> {
            client: &'a super::Client,
        }

        impl<'a> ShowEither<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self { client: client }
            }

            /// Sends a `GET` request to `/members/either`.
            pub async fn send(self) -> Result<ResponseValue<String>, Error<String>> {
                let Self { client } = self;
                let url = format!("{}/show_either", client.baseurl,);
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
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "show_either",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::show_either(response).await
            }
        }

        /// Builder for [`Client::show_both`]
        ///
        /// [`Client::show_both`]: super::Client::show_both
        #[derive(Debug, Clone)]
        pub struct ShowBoth<'a> {
            client: &'a super::Client,
            crumbs: Result<Option<support::parameter::Json<types::Marks>>, String>,
            limit: Result<Option<i64>, String>,
        }

        impl<'a> ShowBoth<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    crumbs: Ok(None),
                    limit: Ok(None),
                }
            }

            pub fn crumbs<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Marks>>,
            {
                self.crumbs = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Marks >` for crumbs failed"
                            .to_string()
                    });
                self
            }

            pub fn limit<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<i64>,
            {
                self.limit = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| "conversion to `i64` for limit failed".to_string());
                self
            }

            /// Sends a `GET` request to `/members/both`.
            pub async fn send(self) -> Result<ResponseValue<String>, Error<String>> {
                let Self { client, crumbs, limit } = self;
                let crumbs = crumbs.map_err(Error::InvalidRequest)?;
                let limit = limit.map_err(Error::InvalidRequest)?;
                let url = format!("{}/show_both", client.baseurl,);
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
                    .query(&progenitor_client::QueryParam::new("crumbs", &crumbs))
                    .query(&progenitor_client::QueryParam::new("limit", &limit))
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "show_both",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::show_both(response).await
            }
        }

        /// Builder for [`Client::show_maybe`]
        ///
        /// [`Client::show_maybe`]: super::Client::show_maybe
        #[derive(Debug, Clone)]
        pub struct ShowMaybe<'a> {
            client: &'a super::Client,
            others: Result<Option<support::parameter::Json<types::Marks>>, String>,
        }

        impl<'a> ShowMaybe<'a> {
            pub fn new(client: &'a super::Client) -> Self {
                Self {
                    client: client,
                    others: Ok(None),
                }
            }

            pub fn others<V>(mut self, value: V) -> Self
            where
                V: std::convert::TryInto<support::parameter::Json<types::Marks>>,
            {
                self.others = value
                    .try_into()
                    .map(Some)
                    .map_err(|_| {
                        "conversion to `support :: parameter :: Json < types :: Marks >` for others failed"
                            .to_string()
                    });
                self
            }

            /// Sends a `GET` request to `/members/maybe`.
            pub async fn send(self) -> Result<ResponseValue<String>, Error<String>> {
                let Self { client, others } = self;
                let others = others.map_err(Error::InvalidRequest)?;
                let url = format!("{}/show_maybe", client.baseurl,);
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
                    .query(&progenitor_client::QueryParam::new("others", &others))
                    .headers(header_map)
                    .build()?;
                let info = OperationInfo {
                    operation_id: "show_maybe",
                };
                client.pre(&mut request, &info).await?;
                let result = client.exec(request, &info).await;
                client.post(&result, &info).await?;
                let response = result?;
                answers::show_maybe(response).await
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
