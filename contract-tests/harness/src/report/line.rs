//! The line of a place in the document.
//!
//! The model keeps the line of every operation, parameter, body, response, header and schema; a place inside one of
//! these is close enough for a person to find it. A document in several files is told no lines of the others: a place
//! does not say which file it is in.

use openapi_model::{Api, MediaType, Pointer};

/// The line of the place, or of the nearest place around it whose line is known.
pub(crate) fn line(api: &Api, place: &Pointer) -> Option<usize> {
    // The length of the pointer, and the line where there is only one.
    let mut best: Option<(usize, Option<usize>)> = None;
    let mut offer = |pointer: &Pointer, line: usize| {
        let length = pointer.as_str().len();
        if !is_at_or_around(pointer, place) {
            return;
        }
        match best {
            Some((longest, _)) if longest > length => {}
            Some((longest, known)) if longest == length => {
                // The same place in two files.
                best = Some((length, known.filter(|known| *known == line)));
            }
            _ => best = Some((length, Some(line))),
        }
    };
    for operation in &api.operations {
        offer(&operation.pointer, operation.line);
        for parameter in &operation.parameters {
            offer(&parameter.pointer, parameter.line);
        }
        let mut contents: Vec<&MediaType> = Vec::new();
        if let Some(body) = &operation.request_body {
            offer(&body.pointer, body.line);
            contents.extend(body.content.values());
        }
        for response in &operation.responses {
            offer(&response.pointer, response.line);
            for header in response.headers.values() {
                offer(&header.pointer, header.line);
            }
            contents.extend(response.content.values());
        }
        for content in contents {
            offer(&content.pointer, content.line);
        }
    }
    for (_, schema) in api.schemas.iter() {
        offer(&schema.pointer, schema.line);
    }
    let (length, line) = best?;
    let is_here = api.document.pointer(&place.as_str()[..length]).is_some();
    line.filter(|_| is_here)
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
    fn what_may_be_in_another_file_has_no_line() {
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
        for (place, expected) in [
            ("/components/schemas/A", None),
            ("/components/schemas/B/type", None),
            ("/components/schemas/C/type", Some(13)),
        ] {
            let found = line(&api, &Pointer::parse(place).unwrap());
            assert_eq!(found, expected, "{place}");
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
