#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use openapi_model::parse;
use serde_json::json;

use super::*;

/// The codec of one media type of a body, its schema and encoding in YAML's flow style.
fn codec(declared: &str, content: &str) -> Result<(BodyCodec, String, Vec<String>), String> {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n  /x:\n    post:\n      \
         requestBody: {{ content: {{ '{declared}': {{ {content} }} }} }}\n      \
         responses: {{ '200': {{ description: ok }} }}\n"
    );
    let api = parse(&document).unwrap();
    let body = api.operations[0].request_body.as_ref().unwrap();
    BodyCodec::new(&api.schemas, declared, &body.content[declared])
}

/// Writes a value, and reads it back.
fn check(declared: &str, content: &str, value: Value, expected: Option<(&str, &str)>) {
    let (codec, media_type, _) = codec(declared, content).unwrap();
    let written = codec.write(&media_type, &value, false);
    let found = written.as_ref().map(|body| {
        let bytes = String::from_utf8_lossy(&body.bytes);
        (body.media_type.as_str(), bytes.into_owned())
    });
    let expected = expected.map(|(media_type, text)| (media_type, text.to_owned()));
    assert_eq!(found, expected, "{value} as {declared}");
    if let Some(body) = written
        && !matches!(codec, BodyCodec::AsGiven)
    {
        let readings = codec.readings(&body.media_type, &body.bytes, false);
        let readings = readings.unwrap().unwrap();
        assert!(readings.contains(&body.value), "{readings:?}");
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn bodies_are_written_as_their_media_type_asks() {
    let json = "application/json";
    let bytes = "application/octet-stream";
    let any = "schema: {}";
    let text = "schema: { type: string }";
    let binary = "schema: { type: string, format: binary }";
    check(json, any, json!({"a": 1}), Some((json, r#"{"a":1}"#)));
    check(
        "application/vnd.x+json",
        any,
        json!(1),
        Some(("application/vnd.x+json", "1")),
    );
    check("*/*", any, json!(1), Some((json, "1")));
    check(
        "text/plain",
        text,
        json!("a b"),
        Some(("text/plain", "a b")),
    );
    check(
        "text/plain",
        text,
        json!("é"),
        Some(("text/plain; charset=utf-8", "é")),
    );
    check(
        "text/plain",
        "schema: { type: integer }",
        json!(7),
        Some(("text/plain", "7")),
    );
    check("text/plain", text, json!(""), None);
    check("text/*", text, json!("a"), Some(("text/plain", "a")));
    check(
        bytes,
        binary,
        json!("a\u{ff}b"),
        Some((bytes, "a\u{fffd}b")),
    );
    check("*/*", binary, json!("ab"), Some((bytes, "ab")));
    check(
        "application/xml",
        any,
        json!("<a/>"),
        Some(("application/xml", "<a/>")),
    );
    check("image/png", binary, json!({"a": 1}), None);
}

#[test]
fn forms_are_written_like_queries() {
    let schema = "schema: { type: object, required: [n], properties: { n: { type: integer }, s: { type: string }, \
                  l: { type: array, items: { type: string } }, o: { type: object } } }";
    let written = |text| Some((FORM, text));
    check(
        FORM,
        schema,
        json!({"n": 1, "s": "a b&é"}),
        written("n=1&s=a%20b%26%C3%A9"),
    );
    check(
        FORM,
        schema,
        json!({"n": 1, "l": ["a", "b"]}),
        written("l=a&l=b&n=1"),
    );
    // What cannot be written is left out where it may be.
    check(
        FORM,
        schema,
        json!({"n": 1, "o": {"a": 1}, "s": ""}),
        written("n=1"),
    );
    check(FORM, schema, json!({"n": null}), None);
    check(
        FORM,
        schema,
        json!({"n": 1, "more": true}),
        written("more=true&n=1"),
    );
    let encoded = |encoding: &str| format!("{schema}, encoding: {{ {encoding} }}");
    let list = json!({"n": 1, "l": ["a", "b"]});
    check(
        FORM,
        &encoded("l: { explode: false }"),
        list.clone(),
        written("l=a,b&n=1"),
    );
    check(
        FORM,
        &encoded("l: { style: pipeDelimited }"),
        list.clone(),
        written("l=a%7Cb&n=1"),
    );
    check(
        FORM,
        &encoded("l: { contentType: application/json }"),
        list,
        written("l=%5B%22a%22%2C%22b%22%5D&n=1"),
    );
    check(
        FORM,
        "schema: { type: object, properties: { o: { type: object, properties: { a: { type: integer } } } } }, \
         encoding: { o: { style: deepObject, explode: true } }",
        json!({"o": {"a": 1}}),
        written("o%5Ba%5D=1"),
    );
}

#[test]
fn parts_are_text_bytes_or_json() {
    let declared = "multipart/form-data";
    let content = "schema: { type: object, required: [file], properties: { \
                   file: { type: string, format: binary }, note: { type: string }, \
                   about: { type: object }, tags: { type: array, items: { type: integer } } } }, \
                   encoding: { note: { contentType: text/markdown, headers: { X-Kind: { required: true, \
                   schema: { type: string, enum: [short] } } } } }";
    let (codec, media_type, left_out) = codec(declared, content).unwrap();
    assert_eq!(left_out, [] as [String; 0]);
    let value = json!({"file": "\u{ff}\r\n--", "note": "7", "about": {"a": [1]}, "tags": [1, 2]});
    let written = codec.write(&media_type, &value, false).unwrap();
    assert_eq!(written.value, value);
    let boundary = media_type::parameter(&written.media_type, "boundary").unwrap();
    let text = String::from_utf8_lossy(&written.bytes).replace(&boundary, "BOUNDARY");
    let expected = "--BOUNDARY
Content-Disposition: form-data; name=\"about\"
Content-Type: application/json

{\"a\":[1]}
--BOUNDARY
Content-Disposition: form-data; name=\"file\"; filename=\"file\"
Content-Type: application/octet-stream

\u{fffd}\n--
--BOUNDARY
Content-Disposition: form-data; name=\"note\"
Content-Type: text/markdown
X-Kind: short

7
--BOUNDARY
Content-Disposition: form-data; name=\"tags\"

1
--BOUNDARY
Content-Disposition: form-data; name=\"tags\"

2
--BOUNDARY--
";
    assert_eq!(text.replace("\r\n", "\n"), expected);
    let readings = codec.readings(&written.media_type, &written.bytes, false);
    assert!(readings.unwrap().unwrap().contains(&value));
    let cut = &written.bytes[..written.bytes.len() - 6];
    let readings = codec.readings(&written.media_type, cut, false).unwrap();
    assert_eq!(
        readings,
        Err("its parts do not end as its boundary says".to_owned())
    );
}

#[test]
fn what_cannot_be_written_is_said() {
    let object = |required: &str| {
        format!(
            "schema: {{ type: object, {required} properties: {{ o: {{ type: object }}, s: {{ type: string }} }} }}"
        )
    };
    let (_, _, left_out) = codec(FORM, &object("")).unwrap();
    assert_eq!(
        left_out,
        [
            "its member `o` is left out: how an object is written without an `encoding` is said twice, and not the same"
        ]
    );
    for (declared, content, expected) in [
        (FORM, object("required: [o],"), "its required member `o` cannot be sent"),
        (FORM, String::new(), "its media type has no schema"),
        ("image/*", String::new(), "no media type of this range is generated"),
        (
            "multipart/form-data",
            "schema: { type: object, required: [p], properties: { p: { type: string, format: binary } } }, \
             encoding: { p: { contentType: image/png } }"
                .to_owned(),
            "no content of `image/png` is generated",
        ),
    ] {
        let reason = codec(declared, &content).unwrap_err();
        assert!(reason.contains(expected), "{reason}");
    }
}

#[test]
fn texts_in_unknown_characters_are_not_judged() {
    assert_eq!(text_readings("text/plain", b"\xff", false), None);
    assert_eq!(
        text_readings("text/plain; charset=iso-8859-1", b"a", false),
        None
    );
    let readings = text_readings("text/plain; charset=\"UTF-8\"", b"5", false);
    assert_eq!(readings, Some(vec![json!("5"), json!(5)]));
}
