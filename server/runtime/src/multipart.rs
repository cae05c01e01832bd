//! Forms in parts (`multipart/form-data`, RFC 7578).

use bytes::Bytes;
use futures::stream::iter;
use multer::Multipart;
use schema_check::{Direction, check};
use serde_json::Value;

use crate::content::{File, PartValue, Refused, at, syntax};
use crate::rejection::{Cause, Violation};
use crate::shape;
use crate::spec::{PartKind, PartSpec, PartsSpec};
use crate::text::{Encoding, Text};

/// The parts as they were sent, each with its name.
async fn read_parts(boundary: &str, bytes: Bytes) -> Result<Vec<(String, File)>, multer::Error> {
    let mut multipart = Multipart::new(iter([Ok::<_, std::io::Error>(bytes)]), boundary);
    let mut found = Vec::new();
    while let Some(field) = multipart.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = File {
            name: field.file_name().map(str::to_owned),
            content_type: field.content_type().map(ToString::to_string),
            bytes: Bytes::new(),
        };
        let bytes = field.bytes().await?;
        found.push((name, File { bytes, ..file }));
    }
    Ok(found)
}

/// Reads and checks a form; its fields in the order of the table.
pub(crate) async fn read(
    spec: &'static PartsSpec,
    boundary: &str,
    bytes: Bytes,
) -> Result<Vec<PartValue>, Refused> {
    let mut given = read_parts(boundary, bytes)
        .await
        .map_err(|error| syntax(format!("is no form in parts: {error}")))?;
    let mut violations = Vec::new();
    let mut values = Vec::new();
    for part in spec.named {
        let (of_part, others) = given.into_iter().partition(|(name, _)| name == part.name);
        given = others;
        match value(part, of_part) {
            Ok(value) => values.push(value),
            Err(found) => violations.extend(found),
        }
    }
    if spec.is_closed {
        let unknown = given.iter().map(|(name, _)| {
            at(
                &pointer(name),
                "additionalProperties",
                "is not allowed".to_owned(),
            )
        });
        violations.extend(unknown.take(schema_check::MOST_VIOLATIONS));
    }
    if violations.is_empty() {
        Ok(values)
    } else {
        Err((Cause::Body, violations))
    }
}

/// A field, or everything that is wrong with it.
fn value(part: &PartSpec, given: Vec<(String, File)>) -> Result<PartValue, Vec<Violation>> {
    let fault = |keyword, message| vec![at(&pointer(part.name), keyword, message)];
    if given.is_empty() && part.required {
        return Err(fault("required", "is missing".to_owned()));
    }
    let files = given.into_iter().map(|(_, file)| file);
    let shapes = match part.kind {
        PartKind::File if files.len() > 1 => {
            return Err(fault("repeated", "stands there more than once".to_owned()));
        }
        PartKind::File | PartKind::Files => return Ok(PartValue::Files(files.collect())),
        PartKind::Value(shapes) => shapes,
    };
    let texts: Option<Vec<Text>> = files
        .map(|file| String::from_utf8(file.bytes.to_vec()).ok())
        .map(|text| Some(Text::new(text?, Encoding::None)))
        .collect();
    let texts = texts.ok_or_else(|| fault("encoding", "is not UTF-8".to_owned()))?;
    if texts.is_empty() {
        return Ok(PartValue::Value(None));
    }
    let mut faults = None;
    for shape in shapes {
        match shape::read(*shape, &texts) {
            Ok(value) => match violations(part, &value) {
                found if found.is_empty() => return Ok(PartValue::Value(Some(value))),
                found => faults.get_or_insert(found),
            },
            Err((keyword, message)) => faults.get_or_insert(fault(keyword, message)),
        };
    }
    faults.map_or(Ok(PartValue::Value(None)), Err)
}

fn violations(part: &PartSpec, value: &Value) -> Vec<Violation> {
    let found = check(part.schema, value, Direction::Request);
    let place = |below: &str| pointer(part.name) + below;
    found
        .into_iter()
        .map(|v| at(&place(&v.pointer), v.keyword, v.message))
        .collect()
}

fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}
