//! JSON text ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259)) to tree.

use indexmap::IndexMap;
use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::Fault;
use crate::tree::{Data, Node};

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

pub(super) fn parse(text: &str) -> Result<Node, Vec<Fault>> {
    let lines = Lines::of(text);
    let ast = parse_to_ast(text, &CollectOptions::default(), &STRICT).map_err(|e| {
        vec![Fault {
            line: lines.of_byte(e.range().start),
            message: e.kind().to_string(),
        }]
    })?;
    let Some(value) = ast.value else {
        return Err(vec![Fault {
            line: 1,
            message: "the text is empty".to_owned(),
        }]);
    };
    let mut faults = Vec::new();
    let node = convert(&value, lines.of_byte(value.start()), &lines, &mut faults);
    if faults.is_empty() {
        Ok(node)
    } else {
        Err(faults)
    }
}

fn convert(value: &Value, line: usize, lines: &Lines, faults: &mut Vec<Fault>) -> Node {
    let data = match value {
        Value::NullKeyword(_) => Data::Null,
        Value::BooleanLit(b) => Data::Bool(b.value),
        Value::StringLit(s) => Data::String(s.value.clone().into_owned()),
        Value::NumberLit(n) => match n.value.parse() {
            Ok(number) => Data::Number(number),
            Err(_) => {
                faults.push(Fault {
                    line,
                    message: format!("the number {} is too large", n.value),
                });
                Data::Null
            }
        },
        Value::Array(array) => Data::Array(
            array
                .elements
                .iter()
                .map(|item| convert(item, lines.of_byte(item.start()), lines, faults))
                .collect(),
        ),
        Value::Object(object) => {
            let mut members = IndexMap::new();
            for property in &object.properties {
                let line = lines.of_byte(property.start());
                let name = property.name.as_str().to_owned();
                let node = convert(&property.value, line, lines, faults);
                if members.contains_key(&name) {
                    faults.push(Fault {
                        line,
                        message: format!("`{name}` stands twice in one object"),
                    });
                }
                members.insert(name, node);
            }
            Data::Object(members)
        }
    };
    Node { line, data }
}

/// Where the lines of a text start.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(
            std::iter::once(0)
                .chain(text.match_indices('\n').map(|(at, _)| at + 1))
                .collect(),
        )
    }

    /// The number of the line, from 1, that holds that byte.
    fn of_byte(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start <= byte)
    }
}
