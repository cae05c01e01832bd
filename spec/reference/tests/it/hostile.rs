//! No text of a document becomes an element of the page.

use openapi_model::Api;
use proptest::prelude::*;
use scraper::Html;
use serde_json::{Value, json};

use crate::page::{parsed, selector};

/// The document that texts are put into: every place of it that is shown.
fn document(texts: &[String]) -> Value {
    let text = |index: usize| texts[index % texts.len()].clone();
    // A path may hold no braces, and names that must differ differ.
    let path = format!("/{}", text(1).replace(['{', '}', '?', '#'], ""));
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": text(0), "version": text(1), "description": text(2), "termsOfService": text(0),
            "license": { "name": text(3), "url": text(4) }, "contact": { "email": text(5) },
        },
        "externalDocs": { "url": text(1), "description": text(2) },
        "servers": [{ "url": "http://a.test/", "description": text(3) }],
        "tags": [{ "name": text(4), "description": text(5) }],
        "paths": {
            path: {
                "post": {
                    "operationId": text(6),
                    "summary": text(0),
                    "description": text(1),
                    "tags": [text(4), text(3)],
                    "parameters": [
                        { "name": text(2), "in": "query", "required": true, "description": text(3), "schema": { "$ref": "#/components/schemas/s" } },
                        { "name": "h", "in": "header", "required": true, "example": text(1), "schema": { "type": "string", "enum": [text(4)], "default": text(5), "pattern": "<b>" } },
                    ],
                    "requestBody": { "description": text(1), "content": { "text/plain": {
                        "schema": { "$ref": "#/components/schemas/s" }, "examples": { text(2): { "value": text(3) } },
                    } } },
                    "responses": { "200": {
                        "description": text(4),
                        "headers": { "X": { "description": text(5), "schema": { "type": "string", "format": text(6) } } },
                        "content": { "application/json": { "example": { text(0): text(1) }, "schema": { "type": "object", "properties": {
                            text(2): { "title": text(3) }, text(4): { "description": text(5), "example": text(6) },
                        }, "required": [text(1)] } } },
                        "links": { "l": { "operationId": text(6), "description": text(2), "parameters": { text(3): text(4) } } },
                    } },
                    "x-scopes": [text(1)],
                    "security": [{ "key": [] }, { "auth": [text(1)] }],
                },
            },
        },
        "components": {
            "schemas": { "s": { "type": "string", "description": text(2), "example": text(3) } },
            "securitySchemes": {
                "key": { "type": "apiKey", "in": "header", "name": text(0), "description": text(1) },
                "auth": { "type": "oauth2", "flows": { "password": { "tokenUrl": text(2), "scopes": { text(1): text(3) } } } },
            },
        },
    })
}

/// What of a page runs, fetches, or leads to what runs.
fn assert_harmless(html: &Html) {
    assert_eq!(html.select(&selector("script")).count(), 1);
    assert_eq!(html.select(&selector("style")).count(), 1);
    assert_eq!(html.select(&selector("link")).count(), 1);
    assert_eq!(html.select(&selector("h1")).count(), 1);
    let foreign = selector("img, svg, iframe, object, embed, form, video, audio, base, b, i, x");
    assert_eq!(html.select(&foreign).count(), 0);
    for element in html.select(&selector("*")) {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{name}={value}");
            assert!(name != "src" && name != "style", "{name}={value}");
            if name == "href" && element.value().name() == "a" {
                let start: String = (value.chars())
                    .filter(|c| !c.is_whitespace() && !c.is_control())
                    .take_while(|c| !matches!(c, '/' | '?' | '#'))
                    .collect();
                let scheme = start
                    .split_once(':')
                    .map(|(scheme, _)| scheme.to_lowercase());
                let is_known =
                    scheme.is_none_or(|s| ["http", "https", "mailto"].contains(&s.as_str()));
                assert!(is_known, "{value}");
            }
        }
    }
}

fn api(texts: &[String]) -> Option<Api> {
    openapi_model::parse(&document(texts).to_string()).ok()
}

const HOSTILE: [&str; 16] = [
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></head><x>",
    "<!-- a --> --> <![CDATA[ a ]]>",
    "<b>bold</b>\n\n<div>\n<i>block</i>",
    "[a](javascript:alert(1)) ![a](data:text/html,x)",
    "[a](<java\tscript:alert(1)>) <javascript:alert(1)>",
    "[![a](b)](\"onclick=alert(1))",
    "`</code><b>` ``` </pre><b>",
    "    </code></pre><b>",
    "| a | b |\n|---|---|\n| <b> | </table> |",
    "[a]: javascript:alert(1)\n\n[a]",
    "javascript:alert(1)",
    "# </h1><b>\n\n> - [x] <i>\n\n~~a~~ &lt;b&gt; &#60;b&#62;",
];

#[test]
fn no_hostile_text_becomes_an_element() {
    let mut read = 0;
    for turn in 0..HOSTILE.len() {
        let mut texts: Vec<String> = HOSTILE.iter().map(|text| (*text).to_owned()).collect();
        texts.rotate_left(turn);
        if let Some(api) = api(&texts) {
            read += 1;
            let page = openapi_reference::page(&api);
            assert_harmless(&parsed(&page));
        }
    }
    assert_eq!(read, HOSTILE.len(), "documents that the model reads");
}

#[test]
fn a_title_is_shown_as_it_is_written() {
    let texts: Vec<String> = vec![HOSTILE[0].to_owned(), HOSTILE[2].to_owned()];
    let html = parsed(&openapi_reference::page(&api(&texts).unwrap()));
    let title = html.select(&selector("h1")).next().unwrap();
    let title: String = title.text().collect();
    assert!(title.starts_with(HOSTILE[0]), "{title}");
}

/// Text out of the pieces that HTML and CommonMark are made of.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(HOSTILE.as_slice()).prop_map(str::to_owned),
        "[<>&\"'`*_#|~!\\[\\]()/=:\\-\n a-c]{1,12}",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_becomes_an_element(texts in proptest::collection::vec(any_text(), 7)) {
        // NUL cannot stand in HTML, and other controls are errors of the parser's that break nothing.
        let texts: Vec<String> = texts
            .iter()
            .map(|text| text.chars().filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect())
            .collect();
        if let Some(api) = api(&texts) {
            let html = Html::parse_document(&openapi_reference::page(&api));
            assert_harmless(&html);
        }
    }

    #[test]
    fn no_document_makes_it_panic(place in 0..200usize, other in 0..200usize, text in any_text()) {
        let mut document = serde_json::to_value(openapi_model::parse(crate::LIBRARY).unwrap().document).unwrap();
        let mut paths = Vec::new();
        walk(&document, String::new(), &mut paths);
        let from = document.pointer(&paths[other % paths.len()]).cloned().unwrap_or_default();
        if let Some(target) = document.pointer_mut(&paths[place % paths.len()]) {
            *target = if place % 2 == 0 { from } else { Value::from(text) };
        }
        if let Ok(api) = openapi_model::parse(&document.to_string()) {
            assert_harmless(&Html::parse_document(&openapi_reference::page(&api)));
        }
    }
}

/// The pointers of every value of a document.
fn walk(value: &Value, at: String, paths: &mut Vec<String>) {
    let mut enter = |name: &str, value: &Value| {
        let name = name.replace('~', "~0").replace('/', "~1");
        walk(value, format!("{at}/{name}"), paths);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| enter(name, value)),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, value)| enter(&index.to_string(), value));
        }
        _ => {}
    }
    paths.push(at);
}
