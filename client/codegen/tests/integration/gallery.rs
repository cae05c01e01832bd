//! The generated client of the gallery and its generated server, which say every operation to each other: bodies of
//! every media type, parameters of every style, and answers of several types.

use std::sync::Arc;

use dropshot_runtime::dropshot::{ConfigDropshot, HttpServer};
use dropshot_runtime::slog::{Discard, Logger, o};
use dropshot_runtime::{
    BodyStream, Call, Credential, Denial, Gateway, Refusal, Rejection, Service,
};
use futures::StreamExt as _;
use reqwest::StatusCode;
use schema_check::serde_json::{Value, json};

#[allow(dead_code, reason = "a client offers more than a test uses")]
mod client {
    include!("../output/gallery.rs");
}

#[allow(dead_code, reason = "a server offers more than a test uses")]
mod server {
    include!("../../../../server/codegen/tests/gallery/server.rs");
}

use client::bodies::{
    GetPicturesByIdError, GetPicturesByIdOkBody, PutPictureBody, PutPictureBodyMultipart,
};
use client::{Arguments, Client, Credentials, Error, File, Named, types};
use server::*;

struct Pictures;

impl Service for Pictures {
    /// What was shown.
    type Caller = String;

    async fn authenticate(&self, credentials: &[Credential], _: &[&str]) -> Result<String, Denial> {
        let shown = credentials
            .iter()
            .map(|c| format!("{}={}", c.scheme, c.value));
        Ok(shown.collect::<Vec<_>>().join(" "))
    }

    fn refuse(&self, rejection: &Rejection) -> Refusal {
        Refusal {
            status: StatusCode::BAD_REQUEST,
            headers: Vec::new(),
            content_type: "text/plain",
            body: format!("{:?} {:?}", rejection.cause, rejection.violations).into_bytes(),
        }
    }
}

/// A value as the server understood it.
fn shown(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
}

impl Gallery for Pictures {
    async fn create_picture(
        &self,
        _: Call<String>,
        request: CreatePictureRequest,
    ) -> CreatePictureResponse {
        let (CreatePictureBody::Json(picture) | CreatePictureBody::Form(picture)) = request.body;
        let server::types::Picture {
            title,
            size,
            tags,
            year,
        } = picture;
        CreatePictureResponse::Created {
            location: "/v1/pictures/1".to_owned(),
            body: server::types::KeptPicture {
                id: 1,
                title,
                size,
                tags,
                year,
            },
        }
    }

    async fn delete_picture(
        &self,
        _: Call<String>,
        _: DeletePictureRequest,
    ) -> DeletePictureResponse {
        DeletePictureResponse::NoContent
    }

    async fn show_theme(&self, _: Call<String>, request: ShowThemeRequest) -> ShowThemeResponse {
        ShowThemeResponse::Ok {
            body: shown(&request),
        }
    }

    async fn show_version(
        &self,
        _: Call<String>,
        request: ShowVersionRequest,
    ) -> ShowVersionResponse {
        ShowVersionResponse::Ok {
            body: shown(&request),
        }
    }

    async fn show_either(&self, call: Call<String>, _: ShowEitherRequest) -> ShowEitherResponse {
        ShowEitherResponse::Ok { body: call.caller }
    }

    async fn show_both(&self, call: Call<String>, _: ShowBothRequest) -> ShowBothResponse {
        ShowBothResponse::Ok { body: call.caller }
    }

    async fn show_maybe(&self, call: Call<String>, _: ShowMaybeRequest) -> ShowMaybeResponse {
        ShowMaybeResponse::Ok { body: call.caller }
    }

    async fn get_pictures_by_id(
        &self,
        _: Call<String>,
        request: GetPicturesByIdRequest,
    ) -> GetPicturesByIdResponse {
        let body = match request.id {
            1 => server::GetPicturesByIdOkBody::Json(server::types::Picture {
                title: "Lake".to_owned(),
                size: None,
                tags: Some(vec!["blue".to_owned()]),
                year: None,
            }),
            2 => server::GetPicturesByIdOkBody::Text("<picture>é</picture>".to_owned()),
            3 => server::GetPicturesByIdOkBody::Stream {
                content_type: "image/png".to_owned(),
                body: BodyStream::from(vec![0, 255]),
            },
            404 => {
                return GetPicturesByIdResponse::Status4xx {
                    status: StatusCode::NOT_FOUND,
                    body: "not there".to_owned(),
                };
            }
            _ => {
                return GetPicturesByIdResponse::Default {
                    status: StatusCode::SERVICE_UNAVAILABLE,
                    content_type: "text/html".to_owned(),
                    body: "<p>later".into(),
                };
            }
        };
        GetPicturesByIdResponse::Ok {
            x_tags: vec!["a".to_owned(), "b".to_owned()],
            last_modified_at: None,
            body,
        }
    }

    async fn put_picture(
        &self,
        call: Call<String>,
        request: PutPictureRequest,
    ) -> PutPictureResponse {
        let content_type = &call.headers["content-type"];
        let body = match request.body {
            server::PutPictureBody::Stream(stream) => {
                format!("{content_type:?} {:?}", stream.bytes().await.unwrap())
            }
            other => shown(&other),
        };
        PutPictureResponse::Ok { body }
    }

    async fn get_pictures_special(
        &self,
        _: Call<String>,
        _: GetPicturesSpecialRequest,
    ) -> GetPicturesSpecialResponse {
        GetPicturesSpecialResponse::Ok {
            content_type: "text/html".to_owned(),
            body: "<p>special".to_owned(),
        }
    }

    async fn get_pictures_by_id_by_page_t_by_format(
        &self,
        _: Call<String>,
        request: GetPicturesByIdByPageTByFormatRequest,
    ) -> GetPicturesByIdByPageTByFormatResponse {
        GetPicturesByIdByPageTByFormatResponse::Ok {
            body: shown(&request).into(),
        }
    }

    async fn send_form(&self, _: Call<String>, request: SendFormRequest) -> SendFormResponse {
        SendFormResponse::Ok {
            body: shown(&request.body),
        }
    }

    async fn append_log(&self, _: Call<String>, request: AppendLogRequest) -> AppendLogResponse {
        let body = match request.body {
            Some(stream) => shown(&stream.bytes().await.unwrap()),
            None => "nothing".to_owned(),
        };
        AppendLogResponse::Ok { body }
    }

    async fn show_paths(&self, _: Call<String>, request: ShowPathsRequest) -> ShowPathsResponse {
        ShowPathsResponse::Ok {
            body: shown(&request),
        }
    }

    async fn show_queries(
        &self,
        _: Call<String>,
        request: ShowQueriesRequest,
    ) -> ShowQueriesResponse {
        ShowQueriesResponse::Ok {
            body: shown(&request),
        }
    }
}

/// A server, for as long as it is kept, and a client of it.
fn start() -> (HttpServer<Gateway<Pictures>>, Client) {
    start_with(Credentials::default())
}

fn start_with(credentials: Credentials) -> (HttpServer<Gateway<Pictures>>, Client) {
    let config = ConfigDropshot {
        bind_address: "127.0.0.1:0".parse().unwrap(),
        ..Default::default()
    };
    let log = Logger::root(Discard, o!());
    let server = dropshot_runtime::start(Arc::new(Pictures), api(), config, &log).unwrap();
    let url = format!("http://{}/v1", server.local_addr());
    (server, Client::new(&url, credentials).unwrap())
}

fn size(width: i64, height: Option<i64>) -> types::Size {
    types::Size { width, height }
}

fn picture() -> types::Picture {
    types::Picture {
        title: "a b&é".to_owned(),
        size: Some(size(3, None)),
        tags: Some(vec!["x".to_owned(), "y".to_owned()]),
        year: Some(-5),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_has_the_type_of_its_media_type() {
    let (_server, client) = start();
    let get = async |id| client.get_pictures_by_id().id(id).send().await.unwrap();
    let json = get(1).await;
    assert_eq!(json.status(), StatusCode::OK);
    let headers = client::headers::GetPicturesByIdOk::read(json.headers()).unwrap();
    assert_eq!(headers.x_tags, ["a", "b"]);
    assert_eq!(headers.last_modified_at, None);
    let GetPicturesByIdOkBody::Json(picture) = json.into_inner() else {
        panic!("it is not JSON");
    };
    assert_eq!(picture.title, "Lake");
    let GetPicturesByIdOkBody::Text(text) = get(2).await.into_inner() else {
        panic!("it is no text");
    };
    assert_eq!(text, "<picture>é</picture>");
    let stream = get(3).await;
    assert_eq!(stream.headers()["content-type"], "image/png");
    let GetPicturesByIdOkBody::Stream(stream) = stream.into_inner() else {
        panic!("it is no stream");
    };
    let mut pieces = stream.into_stream();
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.next().await {
        bytes.extend_from_slice(&piece.unwrap());
    }
    assert_eq!(bytes, [0, 255]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_has_the_type_of_its_status() {
    let (_server, client) = start();
    let get = async |id| match client.get_pictures_by_id().id(id).send().await {
        Err(Error::ErrorResponse(error)) => error,
        other => panic!("{other:?}"),
    };
    let error = get(404).await;
    assert_eq!(error.status(), StatusCode::NOT_FOUND);
    let missing = client::headers::GetPicturesByIdOk::read(error.headers()).unwrap_err();
    assert_eq!(missing.to_string(), "the header `X-Tags`: is missing");
    let GetPicturesByIdError::Status4xx(text) = error.into_inner() else {
        panic!("it is another");
    };
    assert_eq!(text, "not there");
    let error = get(503).await;
    assert_eq!(error.status(), StatusCode::SERVICE_UNAVAILABLE);
    let GetPicturesByIdError::Default(stream) = error.into_inner() else {
        panic!("it is another");
    };
    assert_eq!(stream.bytes().await.unwrap(), b"<p>later");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_one_kind_need_no_variants() {
    let (_server, client) = start();
    let special = client.get_pictures_special().send().await.unwrap();
    assert_eq!(*special, "<p>special");
    let thumbnail = client
        .get_pictures_by_id_by_page_t_by_format()
        .id(1)
        .page(2)
        .format(types::GetPicturesByIdByPageTByFormatFormat::Png)
        .send();
    let bytes = thumbnail.await.unwrap().into_inner().bytes().await.unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "GetPicturesByIdByPageTByFormatRequest { id: 1, page: 2, format: Png }"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_arrives_in_every_media_type() {
    let (_server, client) = start();
    let put = async |body: PutPictureBody| {
        let answer = client.put_picture().id(1).body(body).send().await;
        answer.unwrap().into_inner()
    };
    let read = "(Picture { title: \"a b&é\", size: Some(Size { width: 3, height: None }), tags: Some([\"x\", \"y\"]), year: Some(-5) })";
    assert_eq!(
        put(PutPictureBody::Json(picture())).await,
        format!("Json{read}")
    );
    assert_eq!(
        put(PutPictureBody::Form(picture())).await,
        format!("Form{read}")
    );
    let text = PutPictureBody::Text("äöü".to_owned());
    assert_eq!(put(text).await, "Text(\"äöü\")");
    let stream = PutPictureBody::Stream(Named {
        content_type: "image/gif".to_owned(),
        body: vec![1, 2].into(),
    });
    assert_eq!(put(stream).await, "\"image/gif\" b\"\\x01\\x02\"");
    let png = |bytes: &[u8]| File {
        name: Some("a \"é\".png".to_owned()),
        content_type: Some("image/png".to_owned()),
        bytes: bytes.to_vec(),
    };
    let parts = PutPictureBody::Multipart(PutPictureBodyMultipart {
        file: png(b"\r\n--x\0"),
        thumbnails: vec![png(b"1"), b"2".to_vec().into()],
        preview: None,
        title: "é\r\n".to_owned(),
        size: Some(size(1, Some(2))),
        tags: Some(vec!["x".to_owned(), "y".to_owned()]),
    });
    let file = "File { name: Some(\"a %22é%22.png\"), content_type: Some(\"image/png\"), bytes: ";
    assert_eq!(
        put(parts).await,
        format!(
            "Multipart(PutPictureBodyMultipart {{ file: {file}b\"\\r\\n--x\\0\" }}, thumbnails: [{file}b\"1\" }}, File {{ name: None, content_type: Some(\"application/octet-stream\"), bytes: b\"2\" }}], preview: None, title: \"é\\r\\n\", size: Some(Size {{ width: 1, height: Some(2) }}), tags: Some([\"x\", \"y\"]) }})"
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_breaks_a_rule_is_not_sent() {
    let (_server, client) = start();
    let put = async |body: PutPictureBody| match client.put_picture().id(1).body(body).send().await
    {
        Err(Error::InvalidRequest(message)) => message,
        other => panic!("{other:?}"),
    };
    let too_long = "is 11 characters long, at most 10 are allowed";
    let long = types::Picture {
        title: "12345678901".to_owned(),
        ..picture()
    };
    for body in [
        PutPictureBody::Json(long.clone()),
        PutPictureBody::Form(long),
    ] {
        assert_eq!(put(body).await, format!("the body at /title: {too_long}"));
    }
    let text = PutPictureBody::Text("123456".to_owned());
    assert_eq!(
        put(text).await,
        "the body: is 6 characters long, at most 5 are allowed"
    );
    let stream = PutPictureBody::Stream(Named {
        content_type: "text/css".to_owned(),
        body: "a".into(),
    });
    assert_eq!(
        put(stream).await,
        "the body: `text/css` is not of `image/png` or `image/*`"
    );
    let parts = PutPictureBody::Multipart(PutPictureBodyMultipart {
        file: File::default(),
        thumbnails: Vec::new(),
        preview: None,
        title: "12345678901".to_owned(),
        size: Some(size(0, None)),
        tags: Some(Vec::new()),
    });
    let expected = format!(
        "the body at /title: {too_long}; the body at /size at /width: is 0, at least 1 is allowed; the body at /tags: has 0 items, at least 2 are needed"
    );
    assert_eq!(put(parts).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fields_of_a_form_go_in_the_styles_of_its_encoding() {
    let (_server, client) = start();
    let form = types::SendFormBodyForm {
        size: Some(size(3, Some(4))),
        tags: Some(vec!["a".to_owned(), "b,c".to_owned()]),
        ids: Some(vec![1, 2]),
    };
    let answer = client.send_form().body(form).send().await.unwrap();
    assert_eq!(
        *answer,
        "SendFormBodyForm { size: Some(Size { width: 3, height: Some(4) }), tags: Some([\"a\", \"b,c\"]), ids: Some([1, 2]) }"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_are_streamed_or_left_away() {
    let (_server, client) = start();
    let nothing = client.append_log().send().await.unwrap();
    assert_eq!(*nothing, "nothing");
    let pieces = ["ab", "cd"].map(Ok::<_, std::io::Error>);
    let body = reqwest::Body::wrap_stream(futures::stream::iter(pieces));
    // A call may go over to another thread.
    let streamed = tokio::spawn(async move {
        let answer = client.append_log().body(body).send().await;
        answer.map(|answer| answer.into_inner())
    });
    let streamed = streamed.await.unwrap().unwrap();
    assert_eq!(streamed, "b\"abcd\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_arrives_in_every_style() {
    let (_server, client) = start();
    let answer = client
        .show_paths()
        .plain(0.5)
        .list(vec![1, 2])
        .row(size(3, Some(4)))
        .pairs(size(5, Some(6)))
        .label(7)
        .labels(vec![8, 9])
        .labelled(size(10, None))
        .matrix(11)
        .matrices(vec![12, 13])
        .exploded(vec![14, 15])
        .spread(size(16, Some(17)))
        .send();
    let size =
        |width, height: Option<i64>| format!("Size {{ width: {width}, height: {height:?} }}");
    assert_eq!(
        *answer.await.unwrap(),
        format!(
            "ShowPathsRequest {{ plain: 0.5, list: [1, 2], row: {}, pairs: {}, label: 7, labels: [8, 9], labelled: {}, matrix: 11, matrices: [12, 13], exploded: [14, 15], spread: {} }}",
            size(3, Some(4)),
            size(5, Some(6)),
            size(10, None),
            size(16, Some(17))
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_headers_and_cookies_arrive_in_every_style() {
    let (_server, client) = start();
    let texts = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    let filter = types::ShowQueriesFilter {
        size: Some(size(1, None)),
        tags: Some(texts(&["a", "b]"])),
        word: None,
        from: None,
    };
    let answer = client
        .show_queries()
        .limit(3)
        .sort(types::ShowQueriesSort::Down)
        .spaces(texts(&["a", "b&"]))
        .pipes(vec![1, 2])
        .size(size(5, Some(6)))
        .flat(size(7, Some(8)))
        .filter(filter)
        .path("a/b?c&d;é")
        .where_(size(9, None))
        .note("n=n")
        .either(types::ShowQueriesEither::Integer(10))
        .x_list(vec![11, 12])
        .x_pairs(size(13, Some(14)))
        .ids(vec![15, 16])
        .send();
    let size =
        |width, height: Option<i64>| format!("Some(Size {{ width: {width}, height: {height:?} }})");
    let answer = answer.await.unwrap().into_inner();
    for expected in [
        "limit: 3, sort: Down, since: None,",
        "spaces: Some([\"a\", \"b&\"]), pipes: Some([1, 2]),",
        &format!("size: {}, flat: {}", size(5, Some(6)), size(7, Some(8))),
        &format!(
            "filter: Some(ShowQueriesFilter {{ size: {}, tags: Some([\"a\", \"b]\"]), word: None, from: None }})",
            size(1, None)
        ),
        "path: Some(\"a/b?c&d;é\")",
        &format!("where_: {}", size(9, None)),
        "note: Some(\"n=n\"), either: Some(Integer(10))",
        "x_list: Some([11, 12])",
        &format!("x_pairs: {}", size(13, Some(14))),
        "ids: Some([15, 16])",
    ] {
        assert!(answer.contains(expected), "{expected}\n{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_may_be_an_object() {
    let (_server, client) = start();
    let theme = types::Theme { dark: Some(true) };
    let answer = client.show_theme().theme(theme).send().await.unwrap();
    assert_eq!(
        *answer,
        "ShowThemeRequest { theme: Theme { dark: Some(true) } }"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_created_and_deleted_is_answered_with_its_status() {
    let (_server, client) = start();
    let body = client::bodies::CreatePictureBody::Form(picture());
    let created = client.create_picture().body(body).send().await.unwrap();
    assert_eq!(created.status(), StatusCode::CREATED);
    let headers = client::headers::CreatePictureCreated::read(created.headers());
    assert_eq!(headers.unwrap().location, "/v1/pictures/1");
    assert_eq!((created.id, created.year), (1, Some(-5)));
    let deleted = client.delete_picture().id(1).send().await.unwrap();
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_are_shown_where_each_scheme_has_them() {
    let (_server, client) = start_with(Credentials {
        login: Some(client::Secret::basic("Aladdin", "open sesame")),
        query_key: Some("a&b c".into()),
        cookie_key: Some("crumb".into()),
        ..Credentials::default()
    });
    let either = client.show_either().send().await.unwrap();
    assert_eq!(*either, "login=QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    let both = client.show_both().send().await.unwrap();
    assert_eq!(*both, "queryKey=a&b c cookieKey=crumb");
    let maybe = client.show_maybe().send().await.unwrap();
    assert_eq!(*maybe, "");
    let (_server, client) = start_with(Credentials {
        token: Some("abc".into()),
        header_key: Some("key".into()),
        ..Credentials::default()
    });
    let either = client.show_either().send().await.unwrap();
    assert_eq!(*either, "token=abc");
    // Nobody need be known there, and whoever can be is.
    let maybe = client.show_maybe().send().await.unwrap();
    assert_eq!(*maybe, "token=abc");
    let refused = client.show_both().send().await;
    let Err(Error::InvalidRequest(message)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(
        message,
        "the credentials: this operation needs `queryKey` and `cookieKey`"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_by_name_has_every_type_too() {
    let (_server, client) = start();
    let call = async |id: &str, parameters: Value, body: Option<Value>| {
        let Value::Object(parameters) = parameters else {
            panic!("parameters have names");
        };
        let arguments = Arguments {
            parameters,
            body,
            content_type: None,
        };
        let reply = client::call(&client, id, arguments).await;
        let reply = reply.unwrap();
        (reply.status.as_u16(), reply.body.unwrap())
    };
    let get = async |id| call("getPicturesById", json!({ "id": id }), None).await;
    let lake = json!({ "title": "Lake", "tags": ["blue"] });
    assert_eq!(get(1).await, (200, lake.clone()));
    assert_eq!(get(2).await, (200, json!("<picture>é</picture>")));
    assert_eq!(get(3).await, (200, json!([0, 255])));
    assert_eq!(get(404).await, (404, json!("not there")));
    assert_eq!(get(503).await, (503, json!(b"<p>later")));
    let (_, put) = call("putPicture", json!({ "id": 1 }), Some(lake)).await;
    assert!(put.as_str().unwrap().starts_with("Json("), "{put}");
    let logged = call("appendLog", json!({}), Some(json!([97, 98]))).await;
    assert_eq!(logged, (200, json!("b\"ab\"")));
}
