//! Values that the server has shown: they make a valid call one that finds something.
//!
//! What a link of the document says exists, exists, and a 404 there is a failure. What is guessed, by the habit that
//! `/things/{id}` is one of `/things`, may be wrong: such a call may be answered 404. So may one to where a `Location`
//! leads, since a law judges that by itself.

use std::collections::HashSet;

use http::{StatusCode, Uri};
use openapi_model::Location;
use serde_json::Value;

use super::things::things;
use crate::case::CaseKey;
use crate::contract::{CompiledParameter, Contract};
use crate::exchange::{Answer, Exchange};
use crate::meaning::id;
use crate::parameters::scalar_text;
use crate::paths;

/// For each operation, the parameter values that answers gave for it.
///
/// Values are added in the order of the cases that gave them, never in that of their arrival: so a run chooses the same
/// ones however many cases are in flight.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    by_operation: Vec<Known>,
}

#[derive(Clone, Debug, Default)]
struct Known {
    certain: Shots,
    guessed: Shots,
}

#[derive(Clone, Debug, Default)]
struct Shots {
    in_order: Vec<Shot>,
    texts: HashSet<String>,
}

/// What one answer gave for one call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shot {
    /// Values by the place of their parameter in `Operation::parameters`.
    pub(crate) values: Vec<(usize, Value)>,
    /// Whether they were guessed.
    pub(crate) is_guess: bool,
}

/// A shot, the case that gave it, and the operation that it is for.
pub(crate) type Aimed = (CaseKey, usize, Shot);

/// How many are kept for an operation.
const MOST: usize = 1_000;

impl Shown {
    pub(crate) fn new(contract: &Contract) -> Shown {
        Shown {
            by_operation: vec![Known::default(); contract.api().operations.len()],
        }
    }

    /// What is known for calls of an operation: what is guessed, only where nothing is certain.
    pub(crate) fn of(&self, operation: usize) -> &[Shot] {
        match self.by_operation.get(operation) {
            None => &[],
            Some(Known { certain, guessed }) if certain.in_order.is_empty() => &guessed.in_order,
            Some(Known { certain, .. }) => &certain.in_order,
        }
    }

    /// Adds what a round of cases found, in the order of the cases.
    pub(crate) fn add(&mut self, mut found: Vec<Aimed>) {
        found.sort_by_key(|(key, target, _)| (*key, *target));
        for (_, target, shot) in found {
            let Known { certain, guessed } = &mut self.by_operation[target];
            let known = if shot.is_guess { guessed } else { certain };
            if known.in_order.len() < MOST && known.texts.insert(format!("{:?}", shot.values)) {
                known.in_order.push(shot);
            }
        }
    }
}

/// What an answer gives for other calls.
pub(crate) fn shots(contract: &Contract, exchange: &Exchange) -> Vec<Aimed> {
    let Some(answer) = exchange.success() else {
        return Vec::new();
    };
    let mut shots = by_links(contract, exchange);
    shots.extend(by_location(contract, exchange, answer));
    shots.extend(by_habit(contract, exchange, answer));
    shots
}

/// What an answer gives by way of the links of its response.
pub(crate) fn by_links(contract: &Contract, exchange: &Exchange) -> Vec<Aimed> {
    let key = exchange.case.key;
    let Some(answer) = exchange.success() else {
        return Vec::new();
    };
    let operation = &contract.api().operations[key.operation];
    let Some(response) = operation.response(answer.status) else {
        return Vec::new();
    };
    let links = contract.compiled(key.operation).links.iter();
    links
        .filter(|link| operation.responses[link.response].status == response.status)
        .filter_map(|link| {
            let values = link
                .feeds
                .iter()
                .map(|(index, expression)| Some((*index, expression.value(exchange)?)));
            let shot = Shot {
                values: values.collect::<Option<_>>()?,
                is_guess: false,
            };
            Some((key, link.target, shot))
        })
        .collect()
}

/// The thing that a 201 says it made (RFC 9110, section 15.3.2), for every operation of its path.
fn by_location(contract: &Contract, exchange: &Exchange, answer: &Answer) -> Vec<Aimed> {
    let location = answer
        .headers
        .get(http::header::LOCATION)
        .filter(|_| answer.status == StatusCode::CREATED)
        .and_then(|location| location.to_str().ok());
    let Some(found) = location.and_then(|location| located(contract, exchange, location)) else {
        return Vec::new();
    };
    let shot = |operation: &usize| {
        let values = found.texts.iter().map(|(name, text)| {
            let (place, parameter) = path_parameter(contract, *operation, name)?;
            let pair = [(name.clone(), text.clone())];
            let readings = parameter.codec.readings(&pair, false);
            let mut valid = readings
                .into_iter()
                .filter(|value| parameter.sent.validator.is_valid(value));
            Some((place, valid.next()?))
        });
        let shot = Shot {
            values: values.collect::<Option<Vec<_>>>()?,
            is_guess: true,
        };
        (!shot.values.is_empty()).then_some((exchange.case.key, *operation, shot))
    };
    found.operations.iter().filter_map(shot).collect()
}

/// The path of the document that a `Location` names; none for another host's.
fn located(contract: &Contract, exchange: &Exchange, location: &str) -> Option<paths::Found> {
    let uri: Uri = location.parse().ok()?;
    let is_here = match uri.authority() {
        Some(authority) => exchange.host.eq_ignore_ascii_case(authority.as_str()),
        None => location.starts_with('/'),
    };
    let path = uri.path().strip_prefix(&*exchange.base)?;
    paths::find(contract.api(), path).filter(|_| is_here)
}

/// The things of an answer, for the paths that go on from its own.
fn by_habit(contract: &Contract, exchange: &Exchange, answer: &Answer) -> Vec<Aimed> {
    let key = exchange.case.key;
    let feeds = &contract.compiled(key.operation).feeds;
    let Some(value) = answer.value().filter(|_| !feeds.is_empty()) else {
        return Vec::new();
    };
    let mut shots = Vec::new();
    let things = things(value);
    for feed in feeds {
        let Some(shared) = feed
            .shared
            .iter()
            .map(|(name, place)| {
                let texts = &exchange.case.path;
                let (_, text) = texts.iter().find(|(known, _)| known == name)?;
                let own = path_parameter(contract, key.operation, name)?.1;
                let readings = own.codec.readings(&[(name.clone(), text.clone())], false);
                let other = contract.compiled(feed.target).parameters.get(*place)?;
                let other = other.as_ref()?;
                let fitting = readings.iter().find_map(|value| fitting(other, value));
                Some((*place, fitting?))
            })
            .collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        let name = &contract.api().operations[feed.target].parameters[feed.parameter].name;
        let parameter = contract
            .compiled(feed.target)
            .parameters
            .get(feed.parameter);
        let Some(Some(parameter)) = parameter else {
            continue;
        };
        for thing in &things {
            let Some(value) = id::shown(thing, name).and_then(|value| fitting(parameter, value))
            else {
                continue;
            };
            let mut values = shared.clone();
            values.push((feed.parameter, value));
            let shot = Shot {
                values,
                is_guess: true,
            };
            shots.push((key, feed.target, shot));
        }
    }
    shots
}

fn path_parameter<'c>(
    contract: &'c Contract,
    operation: usize,
    name: &str,
) -> Option<(usize, &'c CompiledParameter)> {
    let declared = &contract.api().operations[operation].parameters;
    let place = declared
        .iter()
        .position(|p| p.location == Location::Path && p.name == name)?;
    let parameter = contract.compiled(operation).parameters.get(place)?;
    Some((place, parameter.as_ref()?))
}

/// The value as the parameter's schema has it: a number may be shown as text, and the other way round.
pub(super) fn fitting(parameter: &CompiledParameter, value: &Value) -> Option<Value> {
    let text = scalar_text(value).map(Value::String);
    let parsed = value
        .as_str()
        .and_then(|text| serde_json::from_str(text).ok());
    let mut candidates = [Some(value.clone()), text, parsed].into_iter().flatten();
    candidates.find(|value| {
        parameter.sent.validator.is_valid(value) && parameter.write_valid(value).is_some()
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::time::Duration;

    use bytes::Bytes;
    use http::HeaderMap;
    use serde_json::json;

    use super::*;
    use crate::case::{Case, Origin, Phase, Place};
    use crate::generate::{Context, draft};
    use crate::keys::Keys;
    use crate::plan::Plan;
    use crate::request::request;
    use crate::secrets::Secrets;
    use crate::settings::{GivenValue, Settings};
    use crate::target::Target;

    const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things:
    get: { operationId: list, responses: { '200': { description: ok } } }
    post: { operationId: make, responses: { '201': { description: ok } } }
  /things/{thingId}:
    parameters: [{ name: thingId, in: path, required: true, schema: { type: string, maxLength: 9 } }]
    get: { operationId: show, responses: { '200': { description: ok } } }
  /things/{id}/parts:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, maxLength: 9 } }]
    get: { operationId: parts, responses: { '200': { description: ok } } }
  /things/{id}/parts/{number}:
    parameters:
      - { name: number, in: path, required: true, schema: { type: integer } }
      - { name: id, in: path, required: true, schema: { type: string, maxLength: 9 } }
    get: { operationId: part, responses: { '200': { description: ok } } }
";

    fn contract() -> Contract {
        Contract::new(openapi_model::parse(DOCUMENT).unwrap()).unwrap()
    }

    fn place(contract: &Contract, id: &str) -> usize {
        let mut operations = contract.api().operations.iter();
        operations
            .position(|o| o.id.as_deref() == Some(id))
            .unwrap()
    }

    /// A random call.
    fn call(
        contract: &Contract,
        shown: &Shown,
        settings: &Settings,
        id: &str,
        index: usize,
    ) -> Case {
        let context = Context {
            contract,
            keys: &Keys::default(),
            settings,
            plan: &Plan::new(contract, &Target::default(), settings, &[]).unwrap(),
            shown,
        };
        let key = CaseKey {
            operation: place(contract, id),
            phase: Phase::Random,
            index,
        };
        draft(&context, key).unwrap().case(contract).unwrap()
    }

    fn settings() -> Settings {
        Settings {
            seed: 1,
            run_id: "test".to_owned(),
            ..Settings::default()
        }
    }

    /// What an answer shows, by the operation that it is for.
    fn shown(case: Case, status: u16, location: Option<&str>, body: &Value) -> Vec<Aimed> {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json".parse().unwrap());
        if let Some(location) = location {
            headers.insert("location", location.parse().unwrap());
        }
        let contract = contract();
        let exchange = Exchange {
            request: request(contract.api(), &case, "/v1", Secrets::Shell),
            case,
            host: "localhost".into(),
            base: "/v1".into(),
            answer: Ok(Answer::new(
                StatusCode::from_u16(status).unwrap(),
                headers,
                Bytes::from(body.to_string()),
            )),
            started: std::time::SystemTime::UNIX_EPOCH,
            elapsed: Duration::ZERO,
        };
        shots(&contract, &exchange)
    }

    /// An operation, the values for it, and whether they are guessed.
    type Expected<'e> = (&'e str, &'e [(usize, Value)], bool);

    fn check(found: &[Aimed], expected: &[Expected<'_>]) {
        let contract = contract();
        let found: Vec<_> = found
            .iter()
            .map(|(_, target, shot)| (*target, shot.values.as_slice(), shot.is_guess))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(id, values, is_guess)| (place(&contract, id), *values, *is_guess))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn answers_feed_the_paths_that_go_on_from_theirs() {
        let contract = contract();
        let of = |id| call(&contract, &Shown::new(&contract), &settings(), id, 0);
        let items = json!({"items": [{"id": "a"}, {"id": "too long for it"}]});
        let a = [(0, json!("a"))];
        check(
            &shown(of("list"), 200, None, &items),
            &[
                ("show", &a, true),
                ("parts", &a, true),
                ("part", &[(1, json!("a"))], true),
            ],
        );
        check(&shown(of("list"), 404, None, &items), &[]);
        let mut parts = of("parts");
        parts.path[0].1 = "a%20b".to_owned();
        check(
            &shown(parts, 200, None, &json!([{"number": 3}, {"number": "4"}])),
            &[
                ("part", &[(1, json!("a b")), (0, json!(3))], true),
                ("part", &[(1, json!("a b")), (0, json!(4))], true),
            ],
        );
    }

    #[test]
    fn the_location_of_a_201_is_followed() {
        let contract = contract();
        let of = |id| call(&contract, &Shown::new(&contract), &settings(), id, 0);
        let a = [(0, json!("a"))];
        for location in ["/v1/things/a", "http://localhost/v1/things/a"] {
            let found = shown(of("make"), 201, Some(location), &json!(null));
            check(&found, &[("show", &a, true)]);
        }
        for location in [
            "/things/a",
            "http://elsewhere/v1/things/a",
            "a",
            "/v1/things",
        ] {
            check(&shown(of("make"), 201, Some(location), &json!(null)), &[]);
        }
        check(
            &shown(of("make"), 200, Some("/v1/things/a"), &json!(null)),
            &[],
        );
    }

    #[test]
    fn calls_are_made_with_what_is_known() {
        let contract = contract();
        let mut known = Shown::new(&contract);
        let origins = |known: &Shown, settings: &Settings| {
            let mut origins: Vec<Origin> = (0..60)
                .map(|index| {
                    let case = call(&contract, known, settings, "show", index);
                    let (_, origin) = case.origins[0];
                    let is_certain = matches!(origin, Origin::Shown | Origin::Given);
                    assert_eq!(case.unknown_id, !is_certain, "{case:?}");
                    assert_eq!(case.origins[0].0, Place::Path("thingId".to_owned()));
                    origin
                })
                .collect();
            origins.sort();
            origins.dedup();
            origins
        };
        assert_eq!(origins(&known, &settings()), [Origin::Drawn]);
        let mut given = settings();
        given.values = vec![GivenValue {
            operation: "*".to_owned(),
            parameter: "thingId".to_owned(),
            value: json!(7),
        }];
        // Now and then a thing that is not there is asked for all the same.
        assert_eq!(origins(&known, &given), [Origin::Drawn, Origin::Given]);
        let list = call(&contract, &known, &settings(), "list", 0);
        known.add(shown(list, 200, None, &json!([{"id": "a"}])));
        assert_eq!(
            origins(&known, &given),
            [Origin::Drawn, Origin::Guessed, Origin::Given]
        );
        let key = call(&contract, &known, &settings(), "list", 0).key;
        let certain = Shot {
            values: vec![(0, json!("a"))],
            is_guess: false,
        };
        known.add(vec![(key, place(&contract, "show"), certain)]);
        assert_eq!(origins(&known, &given), [Origin::Drawn, Origin::Shown]);
    }
}
