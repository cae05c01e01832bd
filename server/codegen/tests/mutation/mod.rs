//! Documents with something wrong in them: made from good ones by deleting, copying, retyping and renaming.
//!
//! Everything follows from one number, so that a document can be made again.

use serde_json::{Map, Value, json};

/// A source of choices (SplitMix64).
pub struct Choices(u64);

impl Choices {
    pub fn new(seed: u64) -> Choices {
        Choices(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 {
            return 0;
        }
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }
}

/// The text of a document that was changed in that many places.
pub fn mutated(document: &Value, text: &str, changes: usize, choices: &mut Choices) -> String {
    // Now and then the text itself.
    if choices.below(8) == 0 {
        return cut(text, choices);
    }
    let mut document = document.clone();
    for _ in 0..changes {
        change(&mut document, choices);
    }
    document.to_string()
}

/// A text without some of its lines, or with some twice.
fn cut(text: &str, choices: &mut Choices) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (from, length) = (choices.below(lines.len()), 1 + choices.below(4));
    let to = (from + length).min(lines.len());
    let resume = if choices.below(2) == 0 { to } else { from };
    let kept = lines
        .iter()
        .take(to.min(if resume == to { from } else { to }));
    let kept: Vec<&str> = kept.chain(lines.iter().skip(resume)).copied().collect();
    kept.join("\n")
}

fn change(document: &mut Value, choices: &mut Choices) {
    let mut places = Vec::new();
    collect(document, String::new(), &mut places);
    let place = places[choices.below(places.len())].clone();
    let other = places[choices.below(places.len())].clone();
    let copy = document.pointer(&other).cloned().unwrap_or_default();
    match choices.below(5) {
        0 => delete(document, &place),
        1 => rename(document, &place, choices),
        2 => {
            if let Some(value) = document.pointer_mut(&place) {
                *value = odd_value(choices);
            }
        }
        3 => {
            if let Some(value) = document.pointer_mut(&place) {
                *value = copy;
            }
        }
        _ => add(document, &place, copy, choices),
    }
}

fn collect(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(member, format!("{place}/{name}"), places);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{place}/{index}"), places);
            }
        }
        _ => {}
    }
    places.push(place);
}

/// The value that holds a place, and its name there.
fn parent<'v>(document: &'v mut Value, place: &str) -> Option<(&'v mut Value, String)> {
    let (above, name) = place.rsplit_once('/')?;
    let name = name.replace("~1", "/").replace("~0", "~");
    Some((document.pointer_mut(above)?, name))
}

fn delete(document: &mut Value, place: &str) {
    match parent(document, place) {
        Some((Value::Object(members), name)) => drop(members.remove(&name)),
        Some((Value::Array(items), index)) => {
            if let Ok(index) = index.parse::<usize>() {
                items.remove(index);
            }
        }
        _ => *document = Value::Null,
    }
}

fn rename(document: &mut Value, place: &str, choices: &mut Choices) {
    if let Some((Value::Object(members), name)) = parent(document, place)
        && let Some(value) = members.remove(&name)
    {
        members.insert(odd_name(choices), value);
    }
}

fn add(document: &mut Value, place: &str, copy: Value, choices: &mut Choices) {
    match document.pointer_mut(place) {
        Some(Value::Object(members)) => {
            members.insert(odd_name(choices), copy);
        }
        Some(Value::Array(items)) => items.push(copy),
        Some(other) => *other = copy,
        None => {}
    }
}

fn odd_name(choices: &mut Choices) -> String {
    const NAMES: [&str; 32] = [
        "",
        " ",
        "a",
        "type",
        "2fa",
        "self",
        "Self",
        "_",
        "a-b",
        "a_b",
        "é",
        "\u{0}",
        "x-scopes",
        "/{a}{b}",
        "/{a}.{b}",
        "/a//b/",
        "/",
        "{",
        "$ref",
        "allOf",
        "oneOf",
        "items",
        "properties",
        "additionalProperties",
        "enum",
        "default",
        "application/json",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "*/*",
        "text/*",
        "4XX",
    ];
    NAMES[choices.below(NAMES.len())].to_owned()
}

fn odd_value(choices: &mut Choices) -> Value {
    match choices.below(22) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(0),
        3 => json!(-1),
        4 => json!(1.5),
        5 => json!(1e300),
        6 => json!(u64::MAX),
        7 => json!([]),
        8 => json!({}),
        9 => json!([null, 1, "a", [], {}]),
        10 => Value::Object(Map::from_iter([(
            "$ref".to_owned(),
            json!("#/components/schemas/Size"),
        )])),
        11 => json!({ "$ref": "#" }),
        12 => json!("object"),
        13 => json!("array"),
        14 => json!("deepObject"),
        15 => json!("matrix"),
        16 => json!("spaceDelimited"),
        17 => json!("cookie"),
        18 => json!("header"),
        19 => json!("binary"),
        20 => json!("*/\u{0} r#\"\n"),
        _ => json!(odd_name(choices)),
    }
}
