//! From what a builder built to the request that the document describes.

use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue,
};
use reqwest::{Request, Url};
use schema_check::serde_json::Value;
use schema_check::{Direction, Schema, check};

use super::body;
use super::operation::{Location, Operation, Parameter, Place, Scheme};
use super::parameter::{Encode, pairs, percent_encode, plain, read, reserved, text};
use super::secret::Secret;

/// Writes a request down anew, as the document has it: address, headers, credentials and body.
///
/// Nothing of what progenitor wrote stays but the body, with its media type; its `api-version` header goes too.
///
/// # Errors
/// Everything in the request that the document does not allow, each with its place. Nothing is sent then.
pub fn prepare<'c>(
    request: &mut Request,
    operation: &Operation,
    base_url: &str,
    credential: impl Fn(&str) -> Option<&'c Secret>,
) -> Result<(), String> {
    let mut wire = Wire {
        path: operation.path.to_owned(),
        query: Vec::new(),
        headers: HeaderMap::new(),
        cookies: Vec::new(),
        faults: Vec::new(),
    };
    let given = request.url().clone();
    for parameter in operation.parameters {
        let text = given
            .query_pairs()
            .find(|(name, _)| name == parameter.method);
        if let Some((_, text)) = text {
            wire.parameter(parameter, text.into_owned());
        }
    }
    match body::take(request) {
        Some(Ok(content_type)) => drop(wire.headers.insert(CONTENT_TYPE, content_type)),
        Some(Err(faults)) => wire.faults.push(faults),
        None => {}
    }
    if let Some(accept) = operation.accept {
        wire.headers
            .insert(ACCEPT, HeaderValue::from_static(accept));
    }
    wire.credentials(operation, credential);
    *request.method_mut() = operation.method.clone();
    wire.finish(request, base_url)
}

/// What is wrong with a value, each with its place.
pub fn violations(place: &str, schema: &Schema, value: &Value) -> Vec<String> {
    let violations = check(schema, value, Direction::Request);
    let shown = violations.into_iter().map(|violation| {
        let at = if violation.pointer.is_empty() {
            ""
        } else {
            " at "
        };
        format!("{place}{at}{}: {}", violation.pointer, violation.message)
    });
    shown.collect()
}

/// A request as it will be sent, and what is wrong with it.
struct Wire {
    /// The template, filled in bit by bit.
    path: String,
    /// Pairs, encoded.
    query: Vec<String>,
    headers: HeaderMap,
    /// Pairs, encoded.
    cookies: Vec<String>,
    faults: Vec<String>,
}

impl Wire {
    fn parameter(&mut self, parameter: &Parameter, text: String) {
        let name = parameter.name;
        let place = match parameter.location {
            Location::Path => format!("the path parameter `{name}`"),
            Location::Query => format!("the query parameter `{name}`"),
            Location::Header => format!("the header `{name}`"),
            Location::Cookie => format!("the cookie `{name}`"),
        };
        let value = match read(parameter, text) {
            Ok(value) => value,
            Err(message) => return self.faults.push(format!("{place}: {message}")),
        };
        let before = self.faults.len();
        self.check(&place, parameter.schema, &value);
        if self.faults.len() > before {
            return;
        }
        if let Err(message) = self.write(parameter, &place, &value) {
            self.faults.push(format!("{place}: {message}"));
        }
    }

    fn write(&mut self, parameter: &Parameter, place: &str, value: &Value) -> Result<(), String> {
        let Parameter {
            name,
            style,
            mut explode,
            ..
        } = *parameter;
        match parameter.location {
            Location::Path => {
                let text = text(parameter, value)?;
                self.path = self.path.replace(&format!("{{{name}}}"), &text);
            }
            Location::Header => self.header(name, place, &text(parameter, value)?, false),
            Location::Query => {
                let encode: Encode = if parameter.allow_reserved {
                    reserved
                } else {
                    plain
                };
                let pairs = pairs(name, style, explode, encode, value)?;
                let pairs = pairs.iter().map(|(name, text)| format!("{name}={text}"));
                self.query.extend(pairs);
            }
            Location::Cookie => {
                // Of several cookies of one name servers see one.
                explode &= !value.is_array();
                let pairs = pairs(name, style, explode, plain, value)?;
                let pairs = pairs.iter().map(|(name, text)| format!("{name}={text}"));
                self.cookies.extend(pairs);
            }
        }
        Ok(())
    }

    fn header(&mut self, name: &str, place: &str, text: &str, is_secret: bool) {
        match (HeaderName::try_from(name), HeaderValue::try_from(text)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(is_secret);
                self.headers.insert(name, value);
            }
            _ => self
                .faults
                .push(format!("{place}: cannot stand in a header")),
        }
    }

    fn check(&mut self, place: &str, schema: &Schema, value: &Value) {
        self.faults.extend(violations(place, schema, value));
    }

    /// Adds the credentials of the first alternative that the caller has all of, and none only where there is no other.
    fn credentials<'c>(
        &mut self,
        operation: &Operation,
        credential: impl Fn(&str) -> Option<&'c Secret>,
    ) {
        let is_complete = |alternative: &&&[Scheme]| {
            let mut schemes = alternative.iter();
            schemes.all(|scheme| credential(scheme.name).is_some())
        };
        let mut complete = operation.security.iter().filter(is_complete);
        let known = complete.clone().find(|alternative| !alternative.is_empty());
        let Some(complete) = known.or_else(|| complete.next()) else {
            if !operation.security.is_empty() {
                let alternatives: Vec<String> =
                    operation.security.iter().map(|all| names(all)).collect();
                let needed = alternatives.join(", or ");
                self.faults
                    .push(format!("the credentials: this operation needs {needed}"));
            }
            return;
        };
        for scheme in *complete {
            let Some(secret) = credential(scheme.name) else {
                continue;
            };
            let place = format!("the credential `{}`", scheme.name);
            match scheme.place {
                Place::Authorization(kind) => {
                    let text = format!("{kind} {}", secret.reveal());
                    self.header(AUTHORIZATION.as_str(), &place, &text, true);
                }
                Place::Header(name) => self.header(name, &place, secret.reveal(), true),
                Place::Query(name) => {
                    let (name, value) = (percent_encode(name), percent_encode(secret.reveal()));
                    self.query.push(format!("{name}={value}"));
                }
                Place::Cookie(name) => self.cookies.push(format!("{name}={}", secret.reveal())),
            }
        }
    }

    fn finish(mut self, request: &mut Request, base_url: &str) -> Result<(), String> {
        if let Some(dots) = self.path.split('/').find(|s| [".", ".."].contains(s)) {
            // No way of writing it would reach the server: URLs are normalised on the way.
            let fault = format!(
                "the path {}: the segment `{dots}` would lead to another path",
                self.path
            );
            self.faults.push(fault);
        }
        if !self.cookies.is_empty() {
            let cookies = self.cookies.join("; ");
            self.header(COOKIE.as_str(), "the cookies", &cookies, true);
        }
        let address = format!("{}{}", base_url.trim_end_matches('/'), self.path);
        let mut url = match Url::parse(&address) {
            Ok(url) => url,
            Err(error) => {
                self.faults
                    .push(format!("the address `{address}`: {error}"));
                return Err(self.faults.join("; "));
            }
        };
        if !self.faults.is_empty() {
            return Err(self.faults.join("; "));
        }
        if !self.query.is_empty() {
            url.set_query(Some(&self.query.join("&")));
        }
        *request.url_mut() = url;
        *request.headers_mut() = self.headers;
        Ok(())
    }
}

/// The names of schemes that belong together.
fn names(schemes: &[Scheme]) -> String {
    let names: Vec<String> = schemes.iter().map(|s| format!("`{}`", s.name)).collect();
    names.join(" and ")
}

#[cfg(test)]
mod tests {
    use schema_check::Types;

    use super::super::operation::Style;
    use super::*;

    static NAME: Schema = Schema {
        types: Types::STRING,
        max_length: Some(3),
        ..Schema::ANY
    };
    static THING: Schema = Schema {
        types: Types::OBJECT,
        properties: &[("name", &NAME)],
        required: &["name"],
        ..Schema::ANY
    };

    const fn parameter(name: &'static str, location: Location) -> Parameter {
        Parameter {
            method: name,
            name,
            location,
            is_text: true,
            style: match location {
                Location::Path | Location::Header => Style::Simple,
                Location::Query | Location::Cookie => Style::Form,
            },
            explode: false,
            allow_reserved: false,
            schema: &NAME,
        }
    }

    const PUT: Operation = Operation {
        id: "putThing",
        method: reqwest::Method::PUT,
        path: "/things/{id}",
        security: &[
            &[Scheme {
                name: "key",
                place: Place::Query("api key"),
            }],
            &[
                Scheme {
                    name: "bearer",
                    place: Place::Authorization("Bearer"),
                },
                Scheme {
                    name: "service",
                    place: Place::Header("X-Service"),
                },
                Scheme {
                    name: "session",
                    place: Place::Cookie("session"),
                },
            ],
        ],
        parameters: &[
            parameter("id", Location::Path),
            parameter("q", Location::Query),
            parameter("If-Match", Location::Header),
            parameter("theme", Location::Cookie),
        ],
        accept: Some("application/vnd.api+json"),
        responses: &[],
    };

    fn put(query: &[(&str, &str)], body: &'static str) -> Request {
        let mut url = Url::parse("http://a/put_thing").unwrap();
        url.query_pairs_mut().extend_pairs(query);
        let mut request = Request::new(reqwest::Method::POST, url);
        let value: Value = schema_check::serde_json::from_str(body).unwrap();
        body::put(
            &mut request,
            body::json("application/vnd.api+json", &THING, &value),
        );
        request
            .headers_mut()
            .insert("api-version", HeaderValue::from_static("1"));
        request
    }

    fn shown(request: &Request) -> (String, Vec<String>) {
        let header = |(name, value): (&HeaderName, &HeaderValue)| {
            format!("{name}: {}", value.to_str().unwrap())
        };
        let mut headers: Vec<String> = request.headers().iter().map(header).collect();
        headers.sort();
        (request.url().to_string(), headers)
    }

    fn secrets(name: &str) -> Option<&'static Secret> {
        static SECRET: std::sync::LazyLock<Secret> = std::sync::LazyLock::new(|| "s%1".into());
        ["bearer", "service", "session"]
            .contains(&name)
            .then(|| &*SECRET)
    }

    #[test]
    fn everything_goes_to_its_place() {
        let query = [
            ("id", "a/b"),
            ("q", "x y"),
            ("If-Match", "\"1\""),
            ("theme", "é"),
        ];
        let mut request = put(&query, r#"{"name":"abc"}"#);
        prepare(&mut request, &PUT, "http://a/v1/", secrets).unwrap();
        let (url, headers) = shown(&request);
        assert_eq!(url, "http://a/v1/things/a%2Fb?q=x%20y");
        assert_eq!(
            headers,
            [
                "accept: application/vnd.api+json",
                "authorization: Bearer s%1",
                "content-type: application/vnd.api+json",
                "cookie: theme=%C3%A9; session=s%1",
                "if-match: \"1\"",
                "x-service: s%1",
            ]
        );
    }

    #[test]
    fn the_first_alternative_that_is_complete_is_taken() {
        static SECRET: std::sync::LazyLock<Secret> = std::sync::LazyLock::new(|| "s%1".into());
        let mut request = put(&[("id", "a")], r#"{"name":"abc"}"#);
        prepare(&mut request, &PUT, "http://a", |_| Some(&*SECRET)).unwrap();
        assert_eq!(request.url().as_str(), "http://a/things/a?api%20key=s%251");
        assert!(!request.headers().contains_key(AUTHORIZATION));
    }

    #[test]
    fn every_fault_is_told_and_nothing_is_written() {
        let mut request = put(&[("id", "abcd"), ("If-Match", "é")], r#"{"name":"abcd"}"#);
        let faults = prepare(&mut request, &PUT, "http://a", |_| None).unwrap_err();
        let faults: Vec<&str> = faults.split("; ").collect();
        assert_eq!(
            faults,
            [
                "the path parameter `id`: is 4 characters long, at most 3 are allowed",
                "the header `If-Match`: a header cannot hold 'é', only visible ASCII",
                "the body at /name: is 4 characters long, at most 3 are allowed",
                "the credentials: this operation needs `key`, or `bearer` and `service` and `session`",
            ]
        );
        assert_eq!(request.url().path(), "/put_thing");
    }

    proptest::proptest! {
        #[test]
        fn any_text_arrives_or_is_refused(id: String, q: String) {
            static ANY: Schema = Schema::ANY;
            let any = |name, location| Parameter {
                schema: &ANY,
                ..parameter(name, location)
            };
            let operation = Operation {
                parameters: Box::leak(Box::new([any("id", Location::Path), any("q", Location::Query)])),
                security: &[],
                ..PUT
            };
            let mut request = put(&[("id", &id), ("q", &q)], r#"{"name":""}"#);
            let prepared = prepare(&mut request, &operation, "http://a", |_| None);
            let is_refused = ["", ".", ".."].contains(&id.as_str());
            proptest::prop_assert_eq!(prepared.is_err(), is_refused);
            if !is_refused {
                let url = request.url();
                let segments: Vec<&str> = url.path_segments().unwrap().collect();
                proptest::prop_assert_eq!(segments.len(), 2);
                let decoded = Url::parse(&format!("http://a/?x={}", segments[1])).unwrap();
                let decoded = decoded.query_pairs().next().unwrap().1.into_owned();
                proptest::prop_assert_eq!(decoded, id);
                let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
                proptest::prop_assert_eq!(pairs, [("q".to_owned(), q)]);
            }
        }
    }

    #[test]
    fn a_path_cannot_be_left() {
        for dots in [".", ".."] {
            let mut request = put(&[("id", dots)], r#"{"name":""}"#);
            let faults = prepare(&mut request, &PUT, "http://a", secrets).unwrap_err();
            assert_eq!(
                faults,
                format!("the path /things/{dots}: the segment `{dots}` would lead to another path")
            );
        }
        let mut request = put(&[("id", "...")], r#"{"name":""}"#);
        prepare(&mut request, &PUT, "http://a", secrets).unwrap();
        assert_eq!(request.url().path(), "/things/...");
    }
}
