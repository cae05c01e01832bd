//! Text to tree: JSON, or YAML 1.2 where the text is not JSON.

mod json;
mod yaml;

use crate::tree::Node;

/// How deep values may be nested: what reads them afterwards is recursive.
const MAX_DEPTH: usize = 256;

/// Why a text is no tree.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    pub line: usize,
    pub message: String,
}

/// Reads a text. All that is wrong with it is returned, but after a syntax error nothing more can be read.
pub(crate) fn parse(text: &str) -> Result<Node, Vec<Fault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Almost every JSON text is YAML too, but not those with surrogate pairs in escapes or with tabs for indentation, and
    // YAML takes more for a value than somebody who writes JSON means: `{"a": }`.
    let is_json = text
        .trim_start()
        .strip_prefix('{')
        .is_some_and(|rest| rest.trim_start().starts_with(['"', '}']));
    if is_json {
        json::parse(text)
    } else {
        yaml::parse(text)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;

    #[test]
    fn the_same_document_is_the_same_value_in_both_notations() {
        let yaml = "a: 1\nb: [true, null, ~]\nc:\n  d: \"x\"\n  'e': 1.5e3\n200: ok\n";
        let json =
            r#"{"a": 1, "b": [true, null, null], "c": {"d": "x", "e": 1500.0}, "200": "ok"}"#;
        assert_eq!(
            parse(yaml).unwrap().to_value(),
            parse(json).unwrap().to_value()
        );
    }

    #[test]
    fn plain_scalars_have_the_types_of_the_yaml_core_schema() {
        let text = "[12, -3, 0o14, 0x1F, 1.5, .5, 1e3, 007, true, False, yes, null, 2020-01-01, 1_000, '12', !!str 12, 18446744073709551615]";
        assert_eq!(
            parse(text).unwrap().to_value(),
            json!([
                12,
                -3,
                12,
                31,
                1.5,
                0.5,
                1000.0,
                7,
                true,
                false,
                "yes",
                null,
                "2020-01-01",
                "1_000",
                "12",
                "12",
                18446744073709551615_u64
            ])
        );
    }

    #[test]
    fn json_escapes_are_read_as_json_has_them() {
        let text = "{\"a\": \"\\ud83d\\ude00\\/\",\n\t\"b\": -0.5}";
        assert_eq!(
            parse(text).unwrap().to_value(),
            json!({"a": "😀/", "b": -0.5})
        );
    }

    #[test]
    fn a_member_has_the_line_of_its_name() {
        let yaml = parse("a: 1\nb:\n\n  c: 2\n").unwrap();
        assert_eq!(yaml.get("b").unwrap().line, 2);
        assert_eq!(yaml.get("b").unwrap().get("c").unwrap().line, 4);
        let json = parse("{\n\"a\": 1,\n\"b\":\n {\"c\": 2}}").unwrap();
        assert_eq!(json.get("b").unwrap().line, 3);
        assert_eq!(json.get("b").unwrap().get("c").unwrap().line, 4);
    }

    #[test]
    fn aliases_and_merge_keys_stand_for_what_they_name() {
        let text = "base: &base {a: 1, b: 2}\nuse: *base\nmerged:\n  <<: *base\n  b: 3\n";
        assert_eq!(
            parse(text).unwrap().to_value(),
            json!({"base": {"a": 1, "b": 2}, "use": {"a": 1, "b": 2}, "merged": {"a": 1, "b": 3}})
        );
    }

    #[test]
    fn what_is_no_document_is_named_with_its_line() {
        let check = |text: &str, line: usize, message: &str| {
            let faults = parse(text).unwrap_err();
            assert!(
                faults
                    .iter()
                    .any(|f| f.line == line && f.message.contains(message)),
                "{text:?} gave {faults:?}"
            );
        };
        check("", 1, "empty");
        check("a: 1\na: 2\n", 2, "`a` stands twice");
        check("{\"a\": 1,\n \"a\": 2}", 2, "`a` stands twice");
        check("{\"a\": }", 1, "");
        check("{\"a\": 1e999}", 1, "too large");
        check("a: 1e999", 1, "too large");
        check("a: [1\nb: 2", 2, "");
        check("a: *nowhere", 1, "");
        check("? [a, b]\n: 1\n", 1, "name");
        check("a: 1\n---\nb: 2\n", 2, "one document");
        check(&format!("{}1{}", "[".repeat(300), "]".repeat(300)), 1, "");
    }

    #[test]
    fn aliases_of_aliases_do_not_nest_without_end() {
        let mut text = "a0: &a0 1\n".to_owned();
        for n in 1..90 {
            let previous = format!("{}*a{}{}", "[".repeat(50), n - 1, "]".repeat(50));
            text.push_str(&format!("a{n}: &a{n} {previous}\n"));
        }
        let faults = parse(&text).unwrap_err();
        assert!(faults[0].message.contains("nested"), "{faults:?}");
    }

    #[test]
    fn aliases_of_aliases_do_not_fill_the_memory() {
        let mut text = "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n".to_owned();
        for n in 1..12 {
            let previous = format!("*a{},", n - 1).repeat(9);
            text.push_str(&format!("a{n}: &a{n} [{previous}1]\n"));
        }
        let faults = parse(&text).unwrap_err();
        assert!(faults[0].message.contains("aliases"), "{faults:?}");
    }
}
