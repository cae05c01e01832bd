//! Bodies: what a media type says of them, what arrives of them, and how large they may be.

use crate::wire::{JSON, Wire};

const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

#[tokio::test(flavor = "multi_thread")]
async fn a_body_is_what_its_media_type_says() {
    let wire = Wire::new();
    let put = |content_type: &str, body: &str, status, expected: &[&str]| {
        let content_type = format!("Content-Type: {content_type}");
        wire.check(
            "PUT /v1/pictures/1",
            &[&content_type],
            body,
            status,
            expected,
        );
    };
    put(
        "text/plain; charset=UTF-8",
        "\u{e4}\u{f6}\u{fc}",
        200,
        &["Text(\"\u{e4}\u{f6}\u{fc}\")"],
    );
    put("text/plain; charset=latin1", "abc", 415, &[]);
    put("text/plain; charset=utf-8; format=flowed", "abc", 415, &[]);
    put("TEXT/Plain", "abc", 200, &["Text("]);
    put("image/gif; a=b", "GIF", 200, &["Stream("]);
    put("image/png; charset=latin1", "PNG", 200, &["Stream("]);
    put("text", "abc", 415, &[]);
    // Whoever keeps it would keep something else.
    put(
        "image/gif\r\nContent-Encoding: gzip",
        "GIF",
        415,
        &["accept-encoding: identity"],
    );
    put("text/html", "abc", 415, &[]);
    wire.check(
        "PUT /v1/pictures/1",
        &["Content-Type: text/plain", JSON],
        "{}",
        415,
        &[],
    );
    wire.check("PUT /v1/pictures/1", &[], "", 400, &["the body is missing"]);
    wire.check_bytes(
        "PUT /v1/pictures/1",
        &["Content-Type: text/plain", "Content-Length: 1"],
        b"\xff",
        400,
        &["UTF-8"],
    );
    let bytes = "Content-Type: application/octet-stream";
    wire.check("POST /v1/log", &[bytes, bytes], "abc", 415, &[]);
    // RFC 9110, section 8.3: what has no type is bytes.
    wire.check("POST /v1/log", &[], "abc", 200, &["3 bytes"]);
    wire.check("POST /v1/log", &[], "", 200, &["nothing"]);
    wire.check(
        "POST /v1/log",
        &["Content-Type: text/plain"],
        "abc",
        415,
        // The operation declares no such answer, so it is not in the form of one.
        &[
            "content-type: text/plain; charset=utf-8\r",
            "\r\n\r\n415 Unsupported Media Type\n",
        ],
    );
    put(
        "application/x-www-form-urlencoded",
        "title=a+b%26%2B&year=-5&tags=x&tags=y&",
        200,
        &[
            "Form(Picture { title: \"a b&+\", size: None, tags: Some([\"x\", \"y\"]), year: Some(-5) })",
        ],
    );
    put(
        "application/x-www-form-urlencoded",
        "title=%f",
        400,
        &["percent-encoding"],
    );
    put(
        "application/x-www-form-urlencoded",
        "title=a&title=b",
        422,
        &["2 times"],
    );
    wire.check("POST /v1/forms", &[FORM], "size[width]=3&size%5Bheight%5D=4&tags=a,b%2Cc&ids=1|2", 200, &["size: Some(Size { width: 3, height: Some(4) }), tags: Some([\"a\", \"b,c\"]), ids: Some([1, 2])"]);
    wire.check("POST /v1/forms", &[FORM], "size=4", 422, &["not an object"]);
    wire.check(
        "POST /v1/forms",
        &[FORM],
        "ids=1|x",
        422,
        &["not an integer"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_in_parts_is_read_part_by_part() {
    let wire = Wire::new();
    let file = (
        "name=file; filename=a.png\r\nContent-Type: image/png",
        "PNG",
    );
    let title = ("name=title", "Lake");
    let put = |parts: &[(&str, &str)], status, expected: &[&str]| {
        let part = |(head, text): &(&str, &str)| {
            format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n")
        };
        let body = parts.iter().map(part).collect::<String>() + "--x--\r\n";
        let content_type = "Content-Type: multipart/form-data; Boundary=\"x\"";
        wire.check(
            "PUT /v1/pictures/1",
            &[content_type],
            &body,
            status,
            expected,
        );
    };
    let one = ("name=thumbnails; filename=b", "1");
    let many = [
        file,
        title,
        one,
        one,
        ("name=size", "{\"width\": 3}"),
        ("name=tags", "x"),
        ("name=tags", "y"),
    ];
    put(
        &many,
        200,
        &[
            "file: File { name: Some(\"a.png\"), content_type: Some(\"image/png\"), bytes: b\"PNG\" }, thumbnails: [File { name: Some(\"b\"), content_type: None, bytes: b\"1\" }, File {",
            "preview: None, title: \"Lake\", size: Some(Size { width: 3, height: None }), tags: Some([\"x\", \"y\"])",
        ],
    );
    put(
        &[file, title, ("name=preview", "P")],
        200,
        &["preview: Some(File {"],
    );
    put(&[title], 422, &["/file is missing"]);
    put(
        &[file, file, title],
        422,
        &["/file stands there more than once"],
    );
    put(&[file, ("name=title", "12345678901")], 422, &["/title is"]);
    put(
        &[file, title, ("name=size", "{\"width\": 0}")],
        422,
        &["/size/width is"],
    );
    put(
        &[file, title, ("name=a/b~c", "")],
        422,
        &["/a~1b~0c is not allowed"],
    );
    wire.check(
        "PUT /v1/pictures/1",
        &["Content-Type: multipart/form-data"],
        "x",
        400,
        &["boundary"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_refused_and_not_a_byte_before() {
    let wire = Wire::new();
    let json = |size: usize| {
        let picture = "{\"title\":\"a\"}";
        picture.to_owned() + &" ".repeat(size - picture.len())
    };
    let chunked = |size: usize| format!("{size:x}\r\n{}\r\n0\r\n\r\n", json(size));
    let gif = "Content-Type: image/gif";
    for (over, status) in [(0, 201), (1, 413)] {
        let size = 1024 * 1024 + over;
        wire.check("POST /v1/pictures", &[JSON], &json(size), status, &[]);
        wire.check_bytes(
            "POST /v1/pictures",
            &[JSON, "Transfer-Encoding: chunked"],
            chunked(size).as_bytes(),
            status,
            &[],
        );
        // How long this is shows before the handler is called, or while it reads.
        let (before, during) = if over == 0 { (200, 200) } else { (413, 400) };
        wire.check("POST /v1/log", &[], &json(100_000 + over), before, &[]);
        wire.check_bytes(
            "POST /v1/log",
            &["Transfer-Encoding: chunked"],
            chunked(100_000 + over).as_bytes(),
            during,
            &[],
        );
    }
    wire.check(
        "PUT /v1/pictures/1",
        // What is left of the body stands in the connection's way.
        &[gif, "Connection: keep-alive"],
        &json(100_001),
        413,
        &["connection: close\r"],
    );
}
