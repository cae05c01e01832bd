//! The generated server of `gallery/document.yaml`, on a real port: media types, and parameters in every style.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Debug;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use dropshot_runtime::{
    BodyStream, Call, Credential, Denial, Gateway, Refusal, Rejection, Service,
};
use http::StatusCode;

mod api {
    include!("gallery/server.rs");
}

use api::types::{Picture, Size};
use api::*;

struct Pictures;

impl Service for Pictures {
    type Caller = ();
    const MAX_BODY_BYTES: usize = 2000;
    const MAX_STREAM_BYTES: u64 = 20;

    async fn authenticate(&self, _: &[Credential], _: &[&str]) -> Result<(), Denial> {
        Ok(())
    }

    fn refuse(&self, rejection: &Rejection) -> Refusal {
        let cause = &rejection.cause;
        let violations: Vec<String> = rejection
            .violations
            .iter()
            .map(|v| format!("{v} ({})", v.keyword))
            .collect();
        Refusal {
            // A status that nothing declares would be plain.
            status: StatusCode::BAD_REQUEST,
            headers: vec![(
                "x-refused".parse().unwrap(),
                format!("{cause:?} {violations:?}").parse().unwrap(),
            )],
            content_type: "text/plain",
            body: Vec::new(),
        }
    }
}

/// A value as it was understood, in one line.
fn shown(value: &impl Debug) -> String {
    format!("{value:?}")
}

impl Gallery for Pictures {
    async fn create_picture(
        &self,
        _: Call<()>,
        request: CreatePictureRequest,
    ) -> CreatePictureResponse {
        CreatePictureResponse::Status4xx {
            status: StatusCode::CONFLICT,
            body: shown(&request),
        }
    }

    async fn delete_picture(&self, _: Call<()>, _: DeletePictureRequest) -> DeletePictureResponse {
        DeletePictureResponse::NoContent
    }

    async fn get_pictures_by_id(
        &self,
        call: Call<()>,
        request: GetPicturesByIdRequest,
    ) -> GetPicturesByIdResponse {
        if request.id == 418 {
            return GetPicturesByIdResponse::Default {
                status: StatusCode::IM_A_TEAPOT,
                content_type: "text/html".to_owned(),
                body: "<p>short and stout".into(),
            };
        }
        let stream = |content_type: &str| GetPicturesByIdOkBody::Stream {
            content_type: content_type.to_owned(),
            body: BodyStream::from(vec![1, 2, 3]),
        };
        let json = Picture {
            title: "Lake".to_owned(),
            size: None,
            tags: None,
            year: None,
        };
        let offered = [
            "application/json",
            "application/hal+json",
            "application/xml",
            "image/png",
        ];
        let body = match call.accept.best(&offered) {
            // No media type of the document.
            _ if request.id == 500 => stream("text/css"),
            Some("application/xml") => GetPicturesByIdOkBody::Text("<picture/>".to_owned()),
            Some("image/png") => stream("image/png"),
            _ => GetPicturesByIdOkBody::Json(json),
        };
        GetPicturesByIdResponse::Ok {
            x_tags: vec!["a".to_owned(), "b".to_owned()],
            last_modified_at: "2020-01-01T00:00:00Z".parse().ok(),
            body,
        }
    }

    async fn put_picture(&self, _: Call<()>, request: PutPictureRequest) -> PutPictureResponse {
        let body = match request.body {
            PutPictureBody::Stream(stream) => match stream.bytes().await {
                Ok(bytes) => format!("{} bytes", bytes.len()),
                Err(error) => error.to_string(),
            },
            other => shown(&other),
        };
        PutPictureResponse::Ok { body }
    }

    async fn get_pictures_special(
        &self,
        call: Call<()>,
        _: GetPicturesSpecialRequest,
    ) -> GetPicturesSpecialResponse {
        let content_type = call.accept.choose(&["text/html", "text/plain"]).to_owned();
        GetPicturesSpecialResponse::Ok {
            content_type,
            body: "the special one".to_owned(),
        }
    }

    async fn get_pictures_by_id_by_page_t_by_format(
        &self,
        _: Call<()>,
        request: GetPicturesByIdByPageTByFormatRequest,
    ) -> GetPicturesByIdByPageTByFormatResponse {
        GetPicturesByIdByPageTByFormatResponse::Ok {
            body: shown(&request).into(),
        }
    }

    async fn show_version(&self, _: Call<()>, request: ShowVersionRequest) -> ShowVersionResponse {
        ShowVersionResponse::Ok {
            body: shown(&request),
        }
    }

    async fn send_form(&self, _: Call<()>, request: SendFormRequest) -> SendFormResponse {
        SendFormResponse::Ok {
            body: shown(&request),
        }
    }

    async fn append_log(&self, _: Call<()>, request: AppendLogRequest) -> AppendLogResponse {
        let body = match request.body {
            Some(stream) => format!("{} bytes", stream.bytes().await.unwrap().len()),
            None => "nothing".to_owned(),
        };
        AppendLogResponse::Ok { body }
    }

    async fn show_paths(&self, _: Call<()>, request: ShowPathsRequest) -> ShowPathsResponse {
        ShowPathsResponse::Ok {
            body: shown(&request),
        }
    }

    async fn show_queries(&self, _: Call<()>, request: ShowQueriesRequest) -> ShowQueriesResponse {
        ShowQueriesResponse::Ok {
            body: shown(&request),
        }
    }

    async fn show_theme(&self, _: Call<()>, request: ShowThemeRequest) -> ShowThemeResponse {
        ShowThemeResponse::Ok {
            body: shown(&request),
        }
    }

    async fn show_either(&self, _: Call<()>, request: ShowEitherRequest) -> ShowEitherResponse {
        ShowEitherResponse::Ok {
            body: shown(&request),
        }
    }

    async fn show_both(&self, _: Call<()>, request: ShowBothRequest) -> ShowBothResponse {
        ShowBothResponse::Ok {
            body: shown(&request),
        }
    }

    async fn show_maybe(&self, _: Call<()>, request: ShowMaybeRequest) -> ShowMaybeResponse {
        ShowMaybeResponse::Ok {
            body: shown(&request),
        }
    }
}

struct Server {
    address: SocketAddr,
    _server: dropshot_runtime::dropshot::HttpServer<Gateway<Pictures>>,
}

fn server() -> Server {
    let config = dropshot_runtime::dropshot::ConfigDropshot {
        bind_address: "127.0.0.1:0".parse().unwrap(),
        ..Default::default()
    };
    let log = dropshot_runtime::slog::Logger::root(
        dropshot_runtime::slog::Discard,
        dropshot_runtime::slog::o!(),
    );
    let operations = api::api().left_out("GET", "/v1/left-out");
    let server = dropshot_runtime::start(Arc::new(Pictures), operations, config, &log).unwrap();
    Server {
        address: server.local_addr(),
        _server: server,
    }
}

impl Server {
    /// The answer must have the status, and hold each of the texts.
    fn check(&self, line: &str, headers: &[&str], body: &str, status: u16, expected: &[&str]) {
        let mut text = format!("{line} HTTP/1.1\r\nHost: gallery\r\nConnection: close\r\n");
        for header in headers {
            text.push_str(&format!("{header}\r\n"));
        }
        if !body.is_empty() {
            text.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .write_all(format!("{text}\r\n{body}").as_bytes())
            .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let shown = format!("{line} {headers:?} {body}\n{answer}");
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "expected {status} to {shown}"
        );
        for text in expected {
            assert!(
                answer.contains(text),
                "expected `{text}` in the answer to {shown}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_is_of_the_media_type_that_is_wanted() {
    let server = server();
    let get = |accept: &str, status, expected: &[&str]| {
        let accept = format!("Accept: {accept}");
        server.check("GET /v1/pictures/5", &[&accept], "", status, expected);
    };
    get(
        "*/*",
        200,
        &[
            "content-type: application/json\r\n",
            "{\"title\":\"Lake\"}",
            "x-tags: a,b",
        ],
    );
    get(
        "application/hal+json",
        200,
        &["content-type: application/hal+json\r\n"],
    );
    get(
        "application/json;q=0.1, application/hal+json;q=0.2",
        200,
        &["hal+json\r\n"],
    );
    get(
        "application/xml",
        200,
        &["content-type: application/xml\r\n", "<picture/>"],
    );
    get(
        "image/png",
        200,
        &["content-type: image/png\r\n", "\u{1}\u{2}\u{3}"],
    );
    get(
        "image/*;q=0.5, application/xml;q=0.4",
        200,
        &["content-type: image/png\r\n"],
    );
    get(
        "text/css",
        400,
        &["x-refused: Accept([\"application/json\", "],
    );
    get("*/*", 200, &["last-modified-at: 2020-01-01T00:00:00Z"]);
    let teapot = ["content-type: text/html\r\n", "short and stout"];
    server.check("GET /v1/pictures/418", &[], "", 418, &teapot);
    server.check("GET /v1/pictures/500", &[], "", 400, &["x-refused: Fault"]);
    let special = |accept: &str, expected: &str| {
        let accept = format!("Accept: {accept}");
        server.check("GET /v1/pictures/special", &[&accept], "", 200, &[expected]);
    };
    special("*/*", "content-type: text/html; charset=utf-8\r\n");
    special("text/plain", "content-type: text/plain; charset=utf-8\r\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_body_is_read_as_its_media_type_says() {
    let server = server();
    let put = |content_type: &str, body: &str, status, expected: &[&str]| {
        let content_type = format!("Content-Type: {content_type}");
        server.check(
            "PUT /v1/pictures/5",
            &[&content_type],
            body,
            status,
            expected,
        );
    };
    put(
        "application/json",
        "{\"title\": \"a\"}",
        200,
        &["Json(Picture { title: \"a\""],
    );
    put("text/plain", "äöü", 200, &["Text(\"äöü\")"]);
    put("text/plain; charset=utf-8", "abc", 200, &["Text("]);
    put("text/plain; charset=latin1", "abc", 400, &["ContentType"]);
    put("text/plain", "too long", 400, &["Body", "(maxLength)"]);
    put(
        "text/html",
        "abc",
        400,
        &["ContentType([\"application/json\", "],
    );
    put("image/png", "12345", 200, &["5 bytes"]);
    put("image/gif; a=b", "12345", 200, &["5 bytes"]);
    put("image/gif", "123456789012345678901", 400, &["Size(20)"]);
    let form = "application/x-www-form-urlencoded";
    put(
        form,
        "title=a+b%26&year=5&tags=x&tags=y",
        200,
        &[
            "Form(Picture { title: \"a b&\", size: None, tags: Some([\"x\", \"y\"]), year: Some(5) })",
        ],
    );
    put(
        form,
        "title=a&size={\"width\":3}",
        200,
        &["size: Some(Size { width: 3, height: None })"],
    );
    put(form, "year=5", 400, &["Body", "(required)"]);
    put(
        form,
        "title=a&year=x",
        400,
        &["has a member `year` that is not an integer (type)"],
    );
    put(form, "title=12345678901", 400, &["/title", "(maxLength)"]);
    put(form, "title=%ff", 400, &["Syntax"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fields_of_a_form_come_in_the_styles_of_its_encoding() {
    let server = server();
    let send = |body: &str, status, expected: &[&str]| {
        let content_type = "Content-Type: application/x-www-form-urlencoded";
        server.check("POST /v1/forms", &[content_type], body, status, expected);
    };
    send(
        "size[width]=3&size%5Bheight%5D=4&tags=a,b%2Cc&ids=1|2",
        200,
        &[
            "size: Some(Size { width: 3, height: Some(4) })",
            "tags: Some([\"a\", \"b,c\"])",
            "ids: Some([1, 2])",
        ],
    );
    send(
        "size[height]=4",
        400,
        &["/size the member `width` is missing (required)"],
    );
    send(
        "size=4",
        400,
        &["has a member `size` that is not an object (type)"],
    );
    send(
        "ids=1|x",
        400,
        &["has a member `ids` that is not an integer (type)"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_that_was_left_out_is_not_implemented() {
    let server = server();
    server.check(
        "GET /v1/left-out",
        &[],
        "",
        400,
        &["x-refused: NotImplemented"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_in_parts_has_typed_fields_and_files() {
    let server = server();
    let put = |parts: &[(&str, &str)], status, expected: &[&str]| {
        let mut body: String = parts
            .iter()
            .map(|(head, text)| {
                format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n")
            })
            .collect();
        body.push_str("--x--\r\n");
        let content_type = "Content-Type: multipart/form-data; boundary=x";
        server.check(
            "PUT /v1/pictures/5",
            &[content_type],
            &body,
            status,
            expected,
        );
    };
    let file = (
        "name=file; filename=a.png\r\nContent-Type: image/png",
        "PNG",
    );
    let title = ("name=title", "Lake");
    put(
        &[
            file,
            title,
            ("name=thumbnails; filename=b", "1"),
            ("name=thumbnails; filename=c", "2"),
            ("name=size", "{\"width\": 3}"),
            ("name=tags", "x"),
            ("name=tags", "y"),
        ],
        200,
        &[
            "file: File { name: Some(\"a.png\"), content_type: Some(\"image/png\"), bytes: b\"PNG\" }",
            "title: \"Lake\"",
            "thumbnails: [File { name: Some(\"b\")",
            "bytes: b\"2\"",
            "preview: None",
            "size: Some(Size { width: 3, height: None })",
            "tags: Some([\"x\", \"y\"])",
        ],
    );
    put(&[title], 400, &["/file is missing (required)"]);
    put(
        &[file, file, title],
        400,
        &["/file stands there more than once (repeated)"],
    );
    put(
        &[file, ("name=title", "12345678901")],
        400,
        &["/title", "(maxLength)"],
    );
    put(
        &[file, title, ("name=size", "{}")],
        400,
        &["/size", "(required)"],
    );
    put(
        &[file, title, ("name=other", "")],
        400,
        &["/other", "(additionalProperties)"],
    );
    let no_boundary = ["Content-Type: multipart/form-data"];
    server.check(
        "PUT /v1/pictures/5",
        &no_boundary,
        "x",
        400,
        &["Syntax", "`boundary`"],
    );
    let broken = ["Content-Type: multipart/form-data; boundary=x"];
    server.check(
        "PUT /v1/pictures/5",
        &broken,
        "--x\r\nbroken",
        400,
        &["Syntax"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_is_optional_or_it_is_not() {
    let server = server();
    server.check("POST /v1/log", &[], "", 200, &["nothing"]);
    server.check(
        "POST /v1/log",
        &["Content-Type: application/octet-stream"],
        "abc",
        200,
        &["3 bytes"],
    );
    // What has no media type is bytes.
    server.check("POST /v1/log", &[], "abc", 200, &["3 bytes"]);
    server.check(
        "POST /v1/log",
        &["Content-Type: text/plain"],
        "abc",
        400,
        &["ContentType"],
    );
    server.check("PUT /v1/pictures/5", &[], "", 400, &["the body is missing"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn paths_begin_with_the_servers_and_have_several_variables_in_a_segment() {
    let server = server();
    let thumbnail = ["id: 5, page: 12, format: Jpg"];
    server.check("GET /v1/pictures/5/12t.jpg", &[], "", 200, &thumbnail);
    server.check(
        "GET /v1/pictures/5/12t.gif",
        &[],
        "",
        400,
        &["`format`", "(enum)"],
    );
    server.check(
        "GET /v1/pictures/5/0t.png",
        &[],
        "",
        400,
        &["`page`", "(minimum)"],
    );
    for unknown in [
        "/v1/pictures/5/12.jpg",
        "/pictures/5",
        "/v1/v1/pictures/5",
        "/v1",
    ] {
        server.check(
            &format!("GET {unknown}"),
            &[],
            "",
            400,
            &["x-refused: UnknownPath"],
        );
    }
    let allow = "x-refused: UnknownMethod([\"GET\", \"HEAD\"])";
    server.check("PUT /v1/pictures/special", &[], "", 400, &[allow]);
}

#[tokio::test(flavor = "multi_thread")]
async fn path_parameters_come_in_every_style() {
    let server = server();
    let good = [
        "1.5",
        "1,2",
        "width,3,height,4",
        "width=3,height=4",
        ".5",
        ".1.2",
        ".width=3.height=4",
        ";matrix=5",
        ";matrices=1,2",
        ";exploded=1;exploded=2",
        ";width=3;height=4",
    ];
    let size = Size {
        width: 3,
        height: Some(4),
    };
    let size = shown(&size);
    let expected = format!(
        "ShowPathsRequest {{ plain: 1.5, list: [1, 2], row: {size}, pairs: {size}, label: 5, labels: [1, 2], labelled: {size}, matrix: 5, matrices: [1, 2], exploded: [1, 2], spread: {size} }}"
    );
    let path = format!("GET /v1/paths/{}", good.join("/"));
    server.check(&path, &[], "", 200, &[&expected]);
    for (at, bad, expected) in [
        (0, "x", "`plain` is not a number (type)"),
        (1, "1,x", "`list` is not an integer (type)"),
        (2, "width,0", "`row` /width: "),
        (
            2,
            "width",
            "`row` has a name without a value at its end (style)",
        ),
        (
            3,
            "width=x",
            "`pairs` has a member `width` that is not an integer (type)",
        ),
        (
            3,
            "height=1",
            "`pairs` the member `width` is missing (required)",
        ),
        (4, "5", "`label` does not begin with `.` (style)"),
        (7, "5", "`matrix` does not begin with `;matrix=` (style)"),
        (
            9,
            ";exploded=1;other=2",
            "`exploded` does not begin with `;exploded=` (style)",
        ),
        (10, "width=3", "`spread` does not begin with `;` (style)"),
    ] {
        let mut parts = good;
        parts[at] = bad;
        let path = format!("GET /v1/paths/{}", parts.join("/"));
        server.check(&path, &[], "", 400, &[expected]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn query_header_and_cookie_parameters_come_in_every_style() {
    let server = server();
    let get = |query: &str, headers: &[&str], status, expected: &[&str]| {
        server.check(
            &format!("GET /v1/queries?{query}"),
            headers,
            "",
            status,
            expected,
        );
    };
    get(
        "",
        &[],
        200,
        &["limit: 10, sort: Up, since: None", "size: None"],
    );
    get("limit=5&sort=down", &[], 200, &["limit: 5, sort: Down"]);
    get(
        "spaces=a%20b+c",
        &[],
        200,
        &["spaces: Some([\"a\", \"b\", \"c\"])"],
    );
    get("pipes=1|2%7C3", &[], 200, &["pipes: Some([1, 2, 3])"]);
    get(
        "width=3&height=4",
        &[],
        200,
        &["size: Some(Size { width: 3, height: Some(4) })"],
    );
    get(
        "height=4",
        &[],
        400,
        &["`size` the member `width` is missing (required)"],
    );
    get(
        "depth=4",
        &[],
        400,
        &["`depth` is no parameter of this operation (unknown)"],
    );
    get(
        "size=4",
        &[],
        400,
        &["`size` is no parameter of this operation (unknown)"],
    );
    get(
        "flat=width,3",
        &[],
        200,
        &["flat: Some(Size { width: 3, height: None })"],
    );
    get(
        "flat=width%2C3",
        &[],
        200,
        &["flat: Some(Size { width: 3, height: None })"],
    );
    get(
        "filter[size][width]=3&filter%5Btags%5D=a&filter[tags]=b",
        &[],
        200,
        &["size: Some(Size { width: 3, height: None }), tags: Some([\"a\", \"b\"])"],
    );
    get(
        "filter[other]=3",
        &[],
        400,
        &["`filter`", "(additionalProperties)"],
    );
    get(
        "filter=3",
        &[],
        400,
        &["`filter` is no parameter of this operation (unknown)"],
    );
    get("path=/a+b?c=d", &[], 200, &["path: Some(\"/a+b?c=d\")"]);
    get(
        "where={%22width%22:3}",
        &[],
        200,
        &["where_: Some(Size { width: 3, height: None })"],
    );
    get("where={}", &[], 400, &["`where`", "(required)"]);
    get("note=abc", &[], 200, &["note: Some(\"abc\")"]);
    get("note=abcd", &[], 400, &["`note`", "(maxLength)"]);
    get("either=5", &[], 200, &["(5))"]);
    get("either=true", &[], 200, &["(true))"]);
    get("either=all", &[], 200, &["All)"]);
    get("either=none", &[], 400, &["`either`"]);
    get(
        "",
        &["X-List: 1, 2", "X-List: 3"],
        200,
        &["x_list: Some([1, 2, 3])"],
    );
    get(
        "",
        &["X-Pairs: width=3,height=4"],
        200,
        &["x_pairs: Some(Size { width: 3, height: Some(4) })"],
    );
    get(
        "",
        &["Cookie: other=3; ids=1,2"],
        200,
        &["ids: Some([1, 2])"],
    );
    let theme = |cookie: &str, status, expected| {
        server.check("GET /v1/themes", &[cookie], "", status, &[expected]);
    };
    theme("Cookie: a=b", 200, "theme: Theme { dark: None }");
    theme(
        "Cookie: dark=true",
        200,
        "theme: Theme { dark: Some(true) }",
    );
    theme("Cookie: dark=yes", 400, "`theme` has a member `dark`");
}

#[test]
fn dropshot_is_told_about_the_paths_that_its_router_can_hold() {
    let description = api::api::<Pictures>().description().unwrap();
    let version = "1.0.0".parse().unwrap();
    let emitted = description.openapi("Gallery", version).json().unwrap();
    let paths: Vec<&String> = emitted["paths"].as_object().unwrap().keys().collect();
    let expected = [
        "/v1/forms",
        "/v1/log",
        "/v1/members/both",
        "/v1/members/either",
        "/v1/members/maybe",
        "/v1/pictures",
        "/v1/pictures/{id}",
        "/v1/queries",
        "/v1/themes",
    ];
    let long = paths.iter().filter(|path| path.starts_with("/v1/paths/"));
    assert_eq!(long.count(), 1);
    for path in expected {
        assert!(paths.iter().any(|found| *found == path), "{path}");
    }
    assert_eq!(paths.len(), expected.len() + 1);
    let source = openapi_model::parse(include_str!("gallery/document.yaml")).unwrap();
    let comparison = dropshot_codegen::compare(&source, &emitted);
    assert_eq!(comparison.unexpected, []);
}
