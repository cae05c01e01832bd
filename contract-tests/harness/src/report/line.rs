//! The file and the line of a place in the document.
//!
//! The model keeps both of every operation, parameter, body, response, header and schema; a place inside one of these is
//! close enough for a person to find it. A place that is in two files is told without either. Lines are told of the
//! document itself alone: whoever reads them has that file.

use openapi_model::{Api, MediaType, Pointer};

/// The line of the place, or of the nearest place around it whose line is known.
pub(crate) fn line(api: &Api, place: &Pointer) -> Option<usize> {
    let nearest = nearest(api, place);
    let (file, line) = nearest.first()?;
    let is_one = nearest.iter().all(|each| each == &(*file, *line));
    Some(*line).filter(|_| is_one && file.is_empty())
}

/// The place, with the file that it is in where that is not the document itself.
pub(crate) fn named(api: &Api, place: &Pointer) -> String {
    let nearest = nearest(api, place);
    let file = nearest.first().map_or("", |(file, _)| file);
    let is_one = nearest.iter().all(|(other, _)| *other == file);
    if is_one {
        format!("{file}{place}")
    } else {
        place.to_string()
    }
}

/// The files and lines of what is at the place, or nearest around it.
fn nearest<'a>(api: &'a Api, place: &Pointer) -> Vec<(&'a str, usize)> {
    let (mut longest, mut nearest) = (0, Vec::new());
    let mut offer = |file: &'a str, pointer: &Pointer, line: usize| {
        let length = pointer.as_str().len();
        if !is_at_or_around(pointer, place) || length < longest {
            return;
        }
        if length > longest {
            nearest.clear();
        }
        longest = length;
        nearest.push((file, line));
    };
    for operation in &api.operations {
        offer(&operation.file, &operation.pointer, operation.line);
        for parameter in &operation.parameters {
            offer(&parameter.file, &parameter.pointer, parameter.line);
        }
        let mut contents: Vec<&MediaType> = Vec::new();
        if let Some(body) = &operation.request_body {
            offer(&body.file, &body.pointer, body.line);
            contents.extend(body.content.values());
        }
        for response in &operation.responses {
            offer(&response.file, &response.pointer, response.line);
            for header in response.headers.values() {
                offer(&header.file, &header.pointer, header.line);
            }
            contents.extend(response.content.values());
        }
        for content in contents {
            offer(&content.file, &content.pointer, content.line);
        }
    }
    for (_, schema) in api.schemas.iter() {
        offer(&schema.file, &schema.pointer, schema.line);
    }
    nearest
}

fn is_at_or_around(outer: &Pointer, inner: &Pointer) -> bool {
    let rest = inner.as_str().strip_prefix(outer.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      responses:
        '200':
          description: Things
          content:
            application/json:
              schema:
                type: array
                items: { type: string, maxLength: 3 }
";

    #[test]
    fn what_is_in_another_file_is_told_with_its_name_and_without_a_line() {
        let document = "\
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      responses:
        '200':
          description: Things
          content: { application/json: { schema: { $ref: 'other.yaml#/components/schemas/A' } } }
components:
  schemas:
    A: { $ref: 'other.yaml#/components/schemas/B' }
    C: { type: string }
";
        let other = "components: { schemas: { A: { type: string }, B: { type: string } } }";
        let api = openapi_model::parse_with(document, &mut |_| Ok(other.to_owned())).unwrap();
        for (place, expected, name) in [
            // It is in both.
            ("/components/schemas/A", None, "#/components/schemas/A"),
            (
                "/components/schemas/B/type",
                None,
                "other.yaml#/components/schemas/B/type",
            ),
            (
                "/components/schemas/C/type",
                Some(13),
                "#/components/schemas/C/type",
            ),
        ] {
            let place = Pointer::parse(place).unwrap();
            assert_eq!(line(&api, &place), expected, "{place}");
            assert_eq!(named(&api, &place), name);
        }
    }

    #[test]
    fn the_nearest_place_around_tells_the_line() {
        let api = openapi_model::parse(DOCUMENT).unwrap();
        let schema = "/paths/~1things/get/responses/200/content/application~1json/schema";
        for (place, expected) in [
            ("/paths/~1things/get", Some(5)),
            ("/paths/~1things/get/responses", Some(5)),
            ("/paths/~1things/get/security", Some(5)),
            ("/paths/~1things/get/responses/200", Some(7)),
            (schema, Some(11)),
            (&format!("{schema}/items/maxLength"), Some(13)),
            ("/paths/~1things/getter", None),
            ("/info", None),
        ] {
            let found = line(&api, &Pointer::parse(place).unwrap());
            assert_eq!(found, expected, "{place}");
        }
    }
}
