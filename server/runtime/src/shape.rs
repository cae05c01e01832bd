//! Texts to values, before these are checked.

use std::collections::HashMap;

use schema_check::parse_json;
use serde_json::{Map, Number, Value};

use crate::spec::{Members, Scalar, Shape};
use crate::text::{Encoding, Text};

/// Objects within objects are read to this depth. They are read by recursion, which must not be as deep as a request likes.
const DEEPEST: usize = 32;

/// What is wrong with a text: the keyword and the message.
pub(crate) type Fault = (&'static str, String);

/// A text with its name within an object: several, where objects stand in objects.
pub(crate) type Pair<'r> = (Vec<String>, Text<'r>);

/// The value that texts stand for.
pub(crate) fn read(shape: Shape, texts: &[Text]) -> Result<Value, Fault> {
    if let Shape::Repeated(scalar) = shape {
        return texts
            .iter()
            .map(|text| read_scalar(scalar, &text.decoded()))
            .collect();
    }
    let [text] = texts else {
        return Err((
            "repeated",
            format!(
                "stands {} times in the request, and may stand there once",
                texts.len()
            ),
        ));
    };
    match shape {
        Shape::One(scalar) | Shape::Repeated(scalar) => read_scalar(scalar, &text.decoded()),
        Shape::Delimited(..) if text.written.is_empty() => Ok(Value::Array(Vec::new())),
        Shape::Delimited(scalar, delimiter) => text
            .split(delimiter)
            .iter()
            .map(|item| read_scalar(scalar, &item.decoded()))
            .collect(),
        Shape::Json => {
            parse_json(text.decoded().as_bytes()).map_err(|e| ("content", e.to_string()))
        }
        Shape::Alternating(members, delimiter) => {
            let parts = match text.written.as_ref() {
                "" => Vec::new(),
                _ => text.split(delimiter),
            };
            let pairs = parts.chunks(2).map(|pair| match pair {
                [name, value] => Ok((vec![name.decoded()], value.clone())),
                _ => Err(("style", "has a name without a value at its end".to_owned())),
            });
            object(members, &pairs.collect::<Result<Vec<_>, _>>()?)
        }
        Shape::Pairs(members, delimiter) => {
            let parts = text.split(delimiter);
            let pairs = parts.iter().map(|part| {
                let (name, value) = part.written.split_once('=')?;
                let name = Text::new(name, part.encoding).decoded();
                Some((vec![name], Text::new(value, part.encoding)))
            });
            let pairs: Option<Vec<Pair>> = pairs.collect();
            let pairs = pairs.ok_or(("style", "has a part that is no `name=value`".to_owned()))?;
            object(members, &pairs)
        }
        Shape::Spread(_) | Shape::Deep(_) => Err(("style", "stands alone".to_owned())),
    }
}

/// The object that texts with names stand for.
pub(crate) fn read_pairs(shape: Shape, pairs: &[Pair]) -> Result<Value, Fault> {
    match shape {
        Shape::Spread(members) | Shape::Deep(members) => object(members, pairs),
        _ => {
            let texts: Vec<Text> = pairs.iter().map(|(_, text)| text.clone()).collect();
            read(shape, &texts)
        }
    }
}

/// The names within a parameter of the style `deepObject`: `a` and `b` of `filter[a][b]`. A name of more levels than are
/// read is none of the parameter's.
pub(crate) fn deep_path(parameter: &str, name: &str) -> Option<Vec<String>> {
    let mut rest = name.strip_prefix(parameter)?;
    let mut path = Vec::new();
    while !rest.is_empty() {
        let (part, after) = rest.strip_prefix('[')?.split_once(']')?;
        if path.len() == DEEPEST {
            return None;
        }
        path.push(part.to_owned());
        rest = after;
    }
    (!path.is_empty()).then_some(path)
}

fn object(members: &Members, pairs: &[Pair]) -> Result<Value, Fault> {
    // By name, in the order of the request.
    let mut groups: Vec<(&str, Vec<Pair>)> = Vec::new();
    let mut places = HashMap::new();
    for (path, text) in pairs {
        let Some((name, rest)) = path.split_first() else {
            continue;
        };
        let pair = (rest.to_vec(), text.clone());
        let place = *places.entry(name.as_str()).or_insert_with(|| {
            groups.push((name, Vec::new()));
            groups.len() - 1
        });
        groups[place].1.push(pair);
    }
    let mut object = Map::new();
    for (name, group) in groups {
        let value = member(members, name, &group).map_err(|(keyword, message)| {
            (keyword, format!("has a member `{name}` that {message}"))
        })?;
        object.insert(name.to_owned(), value);
    }
    Ok(Value::Object(object))
}

fn member(members: &Members, name: &str, group: &[Pair]) -> Result<Value, Fault> {
    // `name[]` is one more way to write an item of a list.
    let is_plain = group.iter().all(|(path, _)| match path.as_slice() {
        [] => true,
        [only] => only.is_empty(),
        _ => false,
    });
    let Some(field) = members.named.iter().find(|field| field.name == name) else {
        let scalar = members.others.unwrap_or(Scalar::Text);
        return match group {
            _ if !is_plain => object(
                &Members {
                    named: &[],
                    others: members.others,
                },
                group,
            ),
            [_] => read_pairs(Shape::One(scalar), group),
            _ => read_pairs(Shape::Repeated(scalar), group),
        };
    };
    let mut fault = None;
    for shape in field.shapes {
        let read = match shape {
            Shape::Deep(_) if is_plain => Err(("type", "is not an object".to_owned())),
            Shape::Deep(_) => read_pairs(*shape, group),
            _ if is_plain => read_pairs(*shape, group),
            _ => Err(("type", "is an object".to_owned())),
        };
        match read {
            Ok(value) => return Ok(value),
            Err(found) => {
                fault.get_or_insert(found);
            }
        }
    }
    Err(fault.unwrap_or_else(|| ("type", "cannot be read".to_owned())))
}

fn read_scalar(scalar: Scalar, text: &str) -> Result<Value, Fault> {
    // A number as JSON writes it: no `+`, no leading zeros, no blanks around.
    let number = |what: &str| match text.parse::<Number>() {
        Ok(number) => Ok(Value::Number(number)),
        Err(_) => Err(("type", format!("is not {what}"))),
    };
    match scalar {
        Scalar::Text => Ok(Value::String(text.to_owned())),
        Scalar::Integer if text.contains(['.', 'e', 'E']) => {
            Err(("type", "is not an integer".to_owned()))
        }
        Scalar::Integer => number("an integer"),
        Scalar::Number => number("a number"),
        Scalar::Boolean => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(("type", "is neither `true` nor `false`".to_owned())),
        },
    }
}

/// A field of a form. Where one of the members is an object, what stands in brackets behind its name is within it.
pub(crate) fn form_pair<'r>(members: &Members, name: &str, text: &'r str) -> Pair<'r> {
    let deep = members.named.iter().filter(|field| {
        let mut shapes = field.shapes.iter();
        shapes.any(|shape| matches!(shape, Shape::Deep(_)))
    });
    let within = deep.into_iter().find_map(|field| {
        let mut path = vec![field.name.to_owned()];
        path.extend(deep_path(field.name, name)?);
        Some(path)
    });
    let path = within.unwrap_or_else(|| vec![name.to_owned()]);
    (path, Text::new(text, Encoding::Form))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::spec::Field;

    #[test]
    fn text_becomes_the_value_it_stands_for() {
        let check = |shape, texts: &[&str], expected: Result<Value, &str>| {
            let texts: Vec<Text> = texts
                .iter()
                .map(|text| Text::new(*text, Encoding::Form))
                .collect();
            let decoded = read(shape, &texts).map_err(|(keyword, _)| keyword);
            let written: Vec<_> = texts.iter().map(|text| &text.written).collect();
            assert_eq!(decoded, expected, "{written:?}");
        };
        let one = Shape::One;
        check(one(Scalar::Text), &["5"], Ok(json!("5")));
        check(one(Scalar::Text), &["a", "b"], Err("repeated"));
        check(one(Scalar::Integer), &["-5"], Ok(json!(-5)));
        check(one(Scalar::Integer), &["0"], Ok(json!(0)));
        check(one(Scalar::Number), &["1.5e3"], Ok(json!(1500.0)));
        check(one(Scalar::Boolean), &["true"], Ok(json!(true)));
        for bad in [
            "%2B5", "005", "5.0", "5e0", " 5", "5 ", "0x5", "", "-", "five", "NaN",
        ] {
            check(one(Scalar::Integer), &[bad], Err("type"));
        }
        for bad in ["NaN", "1e400", ".5", "5.", "+1.5", "inf"] {
            check(one(Scalar::Number), &[bad], Err("type"));
        }
        check(one(Scalar::Boolean), &["True"], Err("type"));
        check(
            Shape::Delimited(Scalar::Integer, ","),
            &["1,2"],
            Ok(json!([1, 2])),
        );
        check(
            Shape::Delimited(Scalar::Text, ","),
            &["a,+b%2Cc"],
            Ok(json!(["a", " b,c"])),
        );
        check(
            Shape::Delimited(Scalar::Text, "|"),
            &["a%7Cb"],
            Ok(json!(["a", "b"])),
        );
        check(Shape::Delimited(Scalar::Text, "|"), &[""], Ok(json!([])));
        check(
            Shape::Repeated(Scalar::Text),
            &["a", "b"],
            Ok(json!(["a", "b"])),
        );
        check(Shape::Json, &["{\"a\": 1}"], Ok(json!({ "a": 1 })));
        check(Shape::Json, &["{\"a\": }"], Err("content"));
    }

    static COLOUR: Members = Members {
        named: &[
            Field {
                name: "R",
                shapes: &[Shape::One(Scalar::Integer)],
            },
            Field {
                name: "tags",
                shapes: &[Shape::Repeated(Scalar::Text)],
            },
            Field {
                name: "inner",
                shapes: &[Shape::Deep(&INNER)],
            },
        ],
        others: None,
    };

    static INNER: Members = Members {
        named: &[Field {
            name: "on",
            shapes: &[Shape::One(Scalar::Boolean), Shape::One(Scalar::Text)],
        }],
        others: Some(Scalar::Number),
    };

    #[test]
    fn an_object_is_read_in_every_style() {
        let check = |shape, text: &str, expected: Result<Value, &str>| {
            let read = read(shape, &[Text::new(text, Encoding::Percent)]);
            assert_eq!(read.map_err(|(keyword, _)| keyword), expected, "{text}");
        };
        let alternating = Shape::Alternating(&COLOUR, ",");
        check(
            alternating,
            "R,100,x,a%2Cb",
            Ok(json!({ "R": 100, "x": "a,b" })),
        );
        check(alternating, "", Ok(json!({})));
        check(alternating, "R,red", Err("type"));
        check(alternating, "R", Err("style"));
        check(
            Shape::Alternating(&COLOUR, "|"),
            "R%7C5",
            Ok(json!({ "R": 5 })),
        );
        check(
            Shape::Pairs(&COLOUR, "."),
            "R=1.x=y",
            Ok(json!({ "R": 1, "x": "y" })),
        );
        check(Shape::Pairs(&COLOUR, ";"), "R=1;x", Err("style"));
    }

    #[test]
    fn objects_stand_in_objects_behind_brackets() {
        let check = |query: &[&str], expected: Result<Value, &str>| {
            let pairs: Vec<Pair> = query
                .iter()
                .filter_map(|pair| pair.split_once('='))
                .filter_map(|(name, text)| {
                    Some((deep_path("c", name)?, Text::new(text, Encoding::Form)))
                })
                .collect();
            let read = read_pairs(Shape::Deep(&COLOUR), &pairs);
            assert_eq!(
                read.map_err(|(_, message)| message).as_ref(),
                expected.map_err(str::to_owned).as_ref(),
                "{query:?}"
            );
        };
        check(
            &["c[R]=5", "c[x]=y", "d[R]=6"],
            Ok(json!({ "R": 5, "x": "y" })),
        );
        check(
            &["c[tags]=a", "c[tags][]=b"],
            Ok(json!({ "tags": ["a", "b"] })),
        );
        check(
            &["c[inner][on]=true", "c[inner][n]=0.5"],
            Ok(json!({ "inner": { "on": true, "n": 0.5 } })),
        );
        check(
            &["c[inner][on]=yes"],
            Ok(json!({ "inner": { "on": "yes" } })),
        );
        check(
            &["c[R]=5", "c[R]=6"],
            Err("has a member `R` that stands 2 times in the request, and may stand there once"),
        );
        check(&["c[R][x]=5"], Err("has a member `R` that is an object"));
        check(
            &["c[inner]=5"],
            Err("has a member `inner` that is not an object"),
        );
        for bad in ["c", "c[", "c[a", "c[a]b", "ca[a]", "d[a]"] {
            assert_eq!(deep_path("c", bad), None, "{bad}");
        }
    }

    #[test]
    fn brackets_without_end_lead_nowhere() {
        let name = |levels: usize| format!("c{}", "[a]".repeat(levels));
        assert_eq!(
            deep_path("c", &name(DEEPEST)).map(|path| path.len()),
            Some(DEEPEST)
        );
        assert_eq!(deep_path("c", &name(DEEPEST + 1)), None);
        assert_eq!(deep_path("c", &name(300_000)), None);
    }
}
