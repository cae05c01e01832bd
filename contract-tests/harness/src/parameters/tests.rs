#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use openapi_model::parse_schema;
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn codec(location: Location, schema: &str, explode: bool) -> Codec {
    let style = match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
    };
    styled("p", location, style, explode, schema).unwrap()
}

fn styled(
    name: &str,
    location: Location,
    style: Style,
    explode: bool,
    schema: &str,
) -> Result<Codec, String> {
    let (schemas, id) = parse_schema(schema).unwrap();
    let format = ParameterFormat::Style(style, explode);
    Codec::new(&schemas, name, location, &format, Some(id))
}

/// The pairs as a query has them, or the text alone.
fn shown(location: Location, pairs: &[(String, String)]) -> String {
    let parts = pairs.iter().map(|(name, text)| match location {
        Location::Query | Location::Cookie => format!("{name}={text}"),
        Location::Path | Location::Header => text.clone(),
    });
    parts.collect::<Vec<_>>().join("&")
}

/// OpenAPI 3.0.3, "Style Examples", row for row; brackets and bars percent-encoded, as a URL must have them,
/// and the members in the order of their names. `-` is what
/// cannot be written.
#[rustfmt::skip]
const TABLE: [(Location, Style, bool, [&str; 3]); 20] = [
    (Location::Path, Style::Matrix, false, [";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"]),
    (Location::Path, Style::Matrix, true, [";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"]),
    (Location::Path, Style::Label, false, [".blue", ".blue.black.brown", ".B.150.G.200.R.100"]),
    (Location::Path, Style::Label, true, [".blue", ".blue.black.brown", ".B=150.G=200.R=100"]),
    (Location::Query, Style::Form, false, ["color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
    (Location::Query, Style::Form, true, ["color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"]),
    (Location::Cookie, Style::Form, false, ["color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
    (Location::Cookie, Style::Form, true, ["color=blue", "-", "-"]),
    (Location::Path, Style::Simple, false, ["blue", "blue,black,brown", "B,150,G,200,R,100"]),
    (Location::Path, Style::Simple, true, ["blue", "blue,black,brown", "B=150,G=200,R=100"]),
    (Location::Header, Style::Simple, false, ["blue", "blue,black,brown", "B,150,G,200,R,100"]),
    (Location::Header, Style::Simple, true, ["blue", "blue,black,brown", "B=150,G=200,R=100"]),
    (Location::Query, Style::SpaceDelimited, false, ["color=blue", "color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100"]),
    (Location::Query, Style::PipeDelimited, false, ["color=blue", "color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100"]),
    (Location::Query, Style::SpaceDelimited, true, ["color=blue", "color=blue&color=black&color=brown", "-"]),
    (Location::Query, Style::PipeDelimited, true, ["color=blue", "color=blue&color=black&color=brown", "-"]),
    (Location::Query, Style::DeepObject, true, ["-", "-", "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"]),
    (Location::Query, Style::DeepObject, false, ["-", "-", "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"]),
    (Location::Query, Style::Simple, false, ["-", "-", "-"]),
    (Location::Header, Style::Form, false, ["-", "-", "-"]),
];

#[test]
fn the_table_of_styles_is_written_and_read() {
    let values = [
        ("{type: string}", r#""blue""#),
        (
            "{type: array, items: {type: string}}",
            r#"["blue", "black", "brown"]"#,
        ),
        (
            "{type: object, properties: {R: {type: integer}, G: {type: integer}, B: {type: integer}}}",
            r#"{"R": 100, "G": 200, "B": 150}"#,
        ),
    ];
    for (location, style, explode, row) in TABLE {
        for ((schema, value), expected) in values.iter().zip(row) {
            let value: serde_json::Value = serde_json::from_str(value).unwrap();
            let codec = styled("color", location, style, explode, schema);
            let pairs = codec
                .as_ref()
                .ok()
                .and_then(|codec| codec.write(&value, false));
            let found = pairs
                .as_deref()
                .map_or("-".to_owned(), |pairs| shown(location, pairs));
            assert_eq!(found, expected, "{style:?} {explode} in the {location}");
            if let (Ok(codec), Some(pairs)) = (codec, pairs) {
                assert!(codec.readings(&pairs, false).contains(&value), "{found}");
            }
        }
    }
}

#[test]
fn what_clients_may_write_otherwise_is_read_too() {
    use Location::{Header, Path, Query};
    let array = "{type: array, items: {type: string}}";
    let object = "{type: object, properties: {a: {type: string}, b: {type: string}}}";
    let list = || json!(["x", "y"]);
    let members = || json!({"a": "x", "b": "y"});
    for (location, style, explode, schema, texts, expected) in [
        (
            Path,
            Style::Label,
            false,
            array,
            &[("p", ".x,y")][..],
            list(),
        ),
        (
            Path,
            Style::Label,
            false,
            object,
            &[("p", ".a,x,b,y")],
            members(),
        ),
        (
            Path,
            Style::Matrix,
            true,
            array,
            &[("p", "%3Bp=x%3Bp=y")],
            list(),
        ),
        (
            Query,
            Style::PipeDelimited,
            false,
            array,
            &[("p", "x|y")],
            list(),
        ),
        (
            Query,
            Style::SpaceDelimited,
            false,
            array,
            &[("p", "x+y")],
            list(),
        ),
        (
            Query,
            Style::DeepObject,
            true,
            object,
            &[("p[a]", "x"), ("p[b]", "y")],
            members(),
        ),
        (Query, Style::Form, false, array, &[("p", "x%2Cy")], list()),
        (
            Header,
            Style::Simple,
            false,
            array,
            &[("p", "x , y")],
            list(),
        ),
    ] {
        let codec = styled("p", location, style, explode, schema).unwrap();
        let readings = codec.readings(&owned(texts), false);
        assert!(readings.contains(&expected), "{texts:?}: {readings:?}");
    }
}

#[test]
fn a_text_whose_style_is_not_kept_means_nothing() {
    for (style, text) in [
        (Style::Label, "x"),
        (Style::Matrix, "x"),
        (Style::Matrix, ";q=x"),
    ] {
        let codec = styled("p", Location::Path, style, false, "{type: string}").unwrap();
        assert_eq!(
            codec.readings(&owned(&[("p", text)]), false),
            [] as [serde_json::Value; 0]
        );
    }
}

#[test]
fn reserved_characters_stand_as_they_are_where_that_is_allowed() {
    let mut codec = codec(Location::Query, "{type: string}", true);
    codec.allow_reserved = true;
    let value = json!("a:b/c?d&e=f+g h[0]#;");
    let pairs = codec.write(&value, false).unwrap();
    assert_eq!(pairs[0].1, "a:b/c?d%26e%3Df%2Bg%20h%5B0%5D%23%3B");
    assert!(codec.readings(&pairs, false).contains(&value));
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    pairs.iter().map(owned).collect()
}

/// A place, a style of it, and whether it is exploded.
fn styles() -> impl Strategy<Value = (Location, Style, bool)> {
    let all = [
        (Location::Path, Style::Simple),
        (Location::Path, Style::Label),
        (Location::Path, Style::Matrix),
        (Location::Query, Style::Form),
        (Location::Query, Style::SpaceDelimited),
        (Location::Query, Style::PipeDelimited),
        (Location::Query, Style::DeepObject),
        (Location::Header, Style::Simple),
        (Location::Cookie, Style::Form),
    ];
    (proptest::sample::select(all.to_vec()), any::<bool>())
        .prop_map(|((location, style), explode)| (location, style, explode))
}

/// A schema and a value of it. Texts are short, and full of what parts and escapes.
fn values() -> impl Strategy<Value = (&'static str, serde_json::Value)> {
    let text = || "[ab0;,.=|%&+\\[\\] /é-]{0,4}".prop_map(serde_json::Value::from);
    let number = || {
        prop_oneof![
            any::<i64>().prop_map(serde_json::Value::from),
            any::<f64>().prop_map(serde_json::Value::from),
        ]
    };
    prop_oneof![
        text().prop_map(|value| ("{type: string}", value)),
        number().prop_map(|value| ("{type: number}", value)),
        any::<bool>().prop_map(|value| ("{type: boolean}", json!(value))),
        proptest::collection::vec(text(), 0..4)
            .prop_map(|items| ("{type: array, items: {type: string}}", json!(items))),
        proptest::collection::vec(number(), 0..4)
            .prop_map(|items| ("{type: array, items: {type: number}}", json!(items))),
        (text(), number()).prop_map(|(a, b)| (
            "{type: object, properties: {a: {type: string}, b: {type: number}}}",
            json!({ "a": a, "b": b })
        )),
        proptest::collection::hash_map("[ab.;=\\[]{1,2}", text(), 0..3).prop_map(|members| (
            "{type: object, additionalProperties: {type: string}}",
            json!(members)
        )),
    ]
}

proptest! {
    #[test]
    fn whatever_is_written_reads_back(
        (location, style, explode) in styles(),
        (schema, value) in values(),
    ) {
        if let Ok(codec) = styled("p[q", location, style, explode, schema)
            && let Some(pairs) = codec.write(&value, false)
        {
            let readings = codec.readings(&pairs, false);
            prop_assert!(readings.contains(&value), "{pairs:?} reads as {readings:?}");
        }
    }
}

#[test]
fn values_are_written_as_their_place_asks() {
    use Location::{Cookie, Header, Path, Query};
    let written = |pairs: &[(&str, &str)]| {
        Some(
            pairs
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect::<Vec<_>>(),
        )
    };
    for (location, schema, explode, value, expected) in [
        (
            Path,
            "{type: string}",
            false,
            json!("a b%é"),
            written(&[("p", "a%20b%25%C3%A9")]),
        ),
        (Path, "{type: string}", false, json!(".."), None),
        (Path, "{type: string}", false, json!(""), None),
        (
            Path,
            "{type: integer}",
            false,
            json!(-5),
            written(&[("p", "-5")]),
        ),
        (
            Path,
            "{type: array}",
            false,
            json!([1, "x y"]),
            written(&[("p", "1,x%20y")]),
        ),
        (
            Query,
            "{type: string}",
            true,
            json!("a+b&c"),
            written(&[("p", "a%2Bb%26c")]),
        ),
        (Query, "{type: string}", true, json!(""), None),
        (
            Query,
            "{type: array}",
            true,
            json!([1, 2]),
            written(&[("p", "1"), ("p", "2")]),
        ),
        (
            Query,
            "{type: array}",
            false,
            json!([1, 2]),
            written(&[("p", "1,2")]),
        ),
        (Query, "{type: array}", false, json!(["a,b"]), None),
        (
            Query,
            "{type: object, properties: {a: {}}}",
            true,
            json!({"a": 1}),
            written(&[("a", "1")]),
        ),
        (
            Query,
            "{type: object}",
            false,
            json!({"a": 1}),
            written(&[("p", "a,1")]),
        ),
        (
            Header,
            "{type: string}",
            false,
            json!("a b"),
            written(&[("p", "a b")]),
        ),
        (Header, "{type: string}", false, json!(" a"), None),
        (Header, "{type: string}", false, json!("é"), None),
        (
            Header,
            "{type: object}",
            true,
            json!({"a": 1}),
            written(&[("p", "a=1")]),
        ),
        (Query, "{type: object}", true, json!({"a": 1}), None),
        (Cookie, "{type: string}", true, json!("a;b"), None),
        (
            Cookie,
            "{type: boolean}",
            true,
            json!(true),
            written(&[("p", "true")]),
        ),
    ] {
        assert_eq!(
            codec(location, schema, explode).write(&value, false),
            expected,
            "{value} in the {location}"
        );
    }
}

#[test]
fn a_text_has_every_meaning_that_it_can_have() {
    let pairs = vec![("p".to_owned(), "+5".to_owned())];
    let codec = codec(Location::Header, "{type: integer}", false);
    assert_eq!(codec.readings(&pairs, false), [json!("+5")]);
    assert_eq!(
        codec.readings(&pairs, true),
        [json!("+5"), json!(5), json!(5.0)]
    );
}
