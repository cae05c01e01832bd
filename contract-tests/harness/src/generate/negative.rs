//! Calls that break exactly one rule of the document, and those that it leaves open.
//!
//! Every rule has a case before any has a second one. The other parts of the call are valid, and are drawn anew, so that
//! keys are fresh: only the refusal that the case is after can answer it.

use http::StatusCode;
use indexmap::IndexMap;
use openapi_model::{Location, Operation, ParameterFormat, Pointer, Schemas, StatusPattern};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use proptest_schema::Violation as Broken;

use super::Context;
use super::draft::{Draft, Part, Slot, Tree};
use super::positive::{Fullness, body_is_required, call, draw_body, draw_parameter, sent};
use super::spoil::Spoil;
use crate::bodies::BodyCodec;
use crate::case::{CaseKey, Mode, Oddity, Origin, Phase, Place, Violation};
use crate::contract::{Compiled, Contract, SentSchema};
use crate::seed::{below, fixed_runner};

/// One rule that a call can break.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// A keyword of a part's schema, by its place in `Violations::rules`.
    Schema(Part, usize),
    /// A required parameter is left out.
    MissingParameter(usize),
    /// A required body is left out.
    MissingBody,
    /// The bytes of a JSON body are not JSON.
    Spoiled(usize, Spoil),
    /// The body's media type is not declared.
    MediaType,
    /// `Accept` names nothing that the operation can answer with.
    Accept,
    /// What the document leaves open.
    Odd(Oddity),
}

/// How many negative cases an operation has: one for each rule, and more at random up to the number in the settings.
pub(crate) fn count(context: &Context<'_>, operation: usize) -> usize {
    let rules = &context.compiled(operation).rules;
    if breakable(rules) == 0 {
        rules.len()
    } else {
        rules.len().max(context.plan.cases(operation))
    }
}

/// How many rules can be broken; the oddities stand behind them.
fn breakable(rules: &[Rule]) -> usize {
    rules
        .iter()
        .filter(|rule| !matches!(rule, Rule::Odd(_)))
        .count()
}

/// How often a violation is drawn again that cannot be put on the wire, or means something valid there.
const TRIES: usize = 20;

pub(crate) fn draft(context: &Context<'_>, key: CaseKey, runner: &mut TestRunner) -> Option<Draft> {
    let rules = &context.compiled(key.operation).rules;
    let rule = match rules.get(key.index) {
        Some(rule) => *rule,
        // A rule that holds at a hundred places must not leave the others without cases.
        None => {
            let groups = &context.compiled(key.operation).groups;
            let group = groups.get(below(runner, groups.len().max(1)))?;
            *rules.get(*group.get(below(runner, group.len().max(1)))?)?
        }
    };
    let mode = mode(
        context.operation(key.operation),
        context.compiled(key.operation),
        rule,
    )?;
    match rule {
        Rule::Schema(part, number) => (0..TRIES).find_map(|_| {
            let slot = broken(context, key.operation, part, number, runner)?;
            let draft = call(
                context,
                key,
                runner,
                mode.clone(),
                Fullness::Random,
                vec![slot],
            )?;
            draft.case(context.contract).is_some().then_some(draft)
        }),
        Rule::MissingParameter(index) => {
            let part = Part::Parameter(index);
            let mut draft = call(context, key, runner, mode, Fullness::Random, Vec::new())?;
            draft.slots.retain(|slot| slot.part != part);
            Some(draft)
        }
        Rule::MissingBody => {
            let mut draft = call(context, key, runner, mode, Fullness::Random, Vec::new())?;
            draft
                .slots
                .retain(|slot| !matches!(slot.part, Part::Body(_)));
            Some(draft)
        }
        Rule::Spoiled(body, spoil) => {
            let mut draft = with_body(context, key, body, mode, runner)?;
            draft.spoil = Some(spoil);
            Some(draft)
        }
        Rule::MediaType => {
            let mut draft = with_body(context, key, 0, mode, runner)?;
            draft.media_type = Some("application/x-not-declared".to_owned());
            Some(draft)
        }
        Rule::Accept => {
            let mut draft = call(context, key, runner, mode, Fullness::Random, Vec::new())?;
            draft.accept = "application/x-not-offered".to_owned();
            Some(draft)
        }
        Rule::Odd(Oddity::UnknownQueryName) => {
            call(context, key, runner, mode, Fullness::Bare, Vec::new())
        }
        Rule::Odd(Oddity::RepeatedQueryName) => {
            let compiled = context.compiled(key.operation);
            let index = plain_query_parameter(context.operation(key.operation), compiled)?;
            let tree = draw_parameter(compiled.parameters[index].as_ref()?, runner)?;
            let slot = Slot::new(Part::Parameter(index), tree, Origin::Drawn, false);
            call(context, key, runner, mode, Fullness::Bare, vec![slot])
        }
    }
}

fn with_body(
    context: &Context<'_>,
    key: CaseKey,
    body: usize,
    mode: Mode,
    runner: &mut TestRunner,
) -> Option<Draft> {
    let tree = draw_body(context.compiled(key.operation).bodies.get(body)?, runner)?;
    let slot = Slot::new(Part::Body(body), tree, Origin::Drawn, false);
    call(context, key, runner, mode, Fullness::Random, vec![slot])
}

fn broken(
    context: &Context<'_>,
    operation: usize,
    part: Part,
    number: usize,
    runner: &mut TestRunner,
) -> Option<Slot> {
    let compiled = context.compiled(operation);
    let tree = sent(compiled, part)?
        .violations
        .as_ref()
        .ok()?
        .breaking(number)
        .new_tree(runner)
        .ok()?;
    Some(Slot::new(
        part,
        Tree::Broken(Box::new(tree)),
        Origin::Drawn,
        false,
    ))
}

/// Every rule of an operation, in a fixed order.
pub(crate) fn rules(schemas: &Schemas, declared: &Operation, compiled: &Compiled) -> Vec<Rule> {
    let declares = |status: StatusCode| {
        declared
            .responses
            .iter()
            .any(|response| response.status == StatusPattern::Code(status))
    };
    let mut rules = Vec::new();
    for (index, parameter) in compiled.parameters.iter().enumerate() {
        let Some(parameter) = parameter else { continue };
        if parameter.required && !matches!(parameter.place, Place::Path(_)) {
            rules.push(Rule::MissingParameter(index));
        }
        let own = parameter.sent.violations.iter().flat_map(|v| v.rules());
        let own: Vec<_> = own
            .map(|rule| (rule.keyword, rule.pointer.is_empty()))
            .collect();
        let is_expressible = |number: &usize| {
            // Not tried over and over, since most parameters are texts.
            if own.get(*number) == Some(&("type", true)) && parameter.codec.is_of_the_type() {
                return false;
            }
            is_expressible(&parameter.sent, *number, |violation| {
                let Broken { value, keyword, .. } = violation;
                parameter.write_broken(schemas, &value, keyword).is_some()
            })
        };
        let numbers = (0..parameter.sent.rules.len()).filter(is_expressible);
        rules.extend(numbers.map(|number| Rule::Schema(Part::Parameter(index), number)));
    }
    let is_required = body_is_required(declared);
    if is_required && !compiled.bodies.is_empty() {
        rules.push(Rule::MissingBody);
    }
    for (index, body) in compiled.bodies.iter().enumerate() {
        let is_json = matches!(body.codec, BodyCodec::Json);
        if is_json {
            let spoils = Spoil::ALL
                .into_iter()
                // No bytes are no body, where none is needed.
                .filter(|spoil| *spoil != Spoil::Empty || is_required);
            rules.extend(spoils.map(|spoil| Rule::Spoiled(index, spoil)));
        }
        if let Some(sent) = &body.sent {
            let is_expressible = |number: &usize| {
                is_json
                    || is_expressible(sent, *number, |violation| {
                        let Broken {
                            value,
                            keyword,
                            pointer,
                        } = violation;
                        body.write_broken(schemas, &value, keyword, &pointer)
                            .is_some()
                    })
            };
            let numbers = (0..sent.rules.len()).filter(is_expressible);
            rules.extend(numbers.map(|number| Rule::Schema(Part::Body(index), number)));
        }
    }
    if !compiled.bodies.is_empty() {
        // Who declares no 415 may read what comes as he likes, and so may a range.
        let content = declared.request_body.as_ref().map(|body| &body.content);
        let names_types =
            content.is_some_and(|content| content.keys().all(|name| !name.contains('*')));
        if declares(StatusCode::UNSUPPORTED_MEDIA_TYPE) && names_types {
            rules.push(Rule::MediaType);
        }
    }
    // RFC 9110, section 12.5.1: a server may disregard `Accept`.
    if declares(StatusCode::NOT_ACCEPTABLE) {
        rules.push(Rule::Accept);
    }
    rules.push(Rule::Odd(Oddity::UnknownQueryName));
    if plain_query_parameter(declared, compiled).is_some() {
        rules.push(Rule::Odd(Oddity::RepeatedQueryName));
    }
    rules
}

/// The rules that can be broken, those of one kind together: of one keyword in the body or in one parameter.
pub(crate) fn groups(compiled: &Compiled) -> Vec<Vec<usize>> {
    let mut groups: IndexMap<String, Vec<usize>> = IndexMap::new();
    for (index, rule) in compiled.rules.iter().enumerate() {
        let kind = match rule {
            Rule::Odd(_) => continue,
            Rule::Schema(part, number) => {
                let sent = sent(compiled, *part);
                let rules = sent.and_then(|sent| sent.violations.as_ref().ok());
                let rule = rules.and_then(|violations| violations.rules().get(*number));
                format!("{part:?} {:?}", rule.map(|rule| rule.keyword))
            }
            other => format!("{other:?}"),
        };
        groups.entry(kind).or_default().push(index);
    }
    groups.into_values().collect()
}

/// Whether a rule can be broken on the wire at all: every text is of the type string, and no text is null.
fn is_expressible(sent: &SentSchema, number: usize, writes: impl Fn(Broken) -> bool) -> bool {
    let Ok(violations) = &sent.violations else {
        return false;
    };
    let mut runner = fixed_runner();
    (0..TRIES).any(|_| {
        let tree = violations.breaking(number).new_tree(&mut runner);
        tree.is_ok_and(|tree| writes(tree.current()))
    })
}

/// A query parameter that is one pair of the query string.
fn plain_query_parameter(declared: &Operation, compiled: &Compiled) -> Option<usize> {
    declared
        .parameters
        .iter()
        .zip(&compiled.parameters)
        .position(|(declared, compiled)| {
            let exploded = matches!(declared.format, ParameterFormat::Style(_, true));
            compiled.as_ref().is_some_and(|compiled| {
                declared.location == Location::Query
                    && !compiled.is_opaque
                    && !(exploded && compiled.codec.is_composite())
            })
        })
}

/// The rule that a case is after, where it is the first one after it: the part of the request, and the keyword.
pub(crate) fn rule_name(contract: &Contract, key: CaseKey) -> Option<(String, String)> {
    if key.phase != Phase::Negative {
        return None;
    }
    let compiled = contract.compiled(key.operation);
    let rule = *compiled.rules.get(key.index)?;
    match mode(&contract.api().operations[key.operation], compiled, rule)? {
        Mode::Negative(Violation {
            keyword,
            place,
            rule,
            ..
        }) => Some((place.to_string(), format!("`{keyword}` ({rule})"))),
        _ => None,
    }
}

/// Every rule of an operation that a call can break, by its place in `Compiled::rules`.
pub(crate) fn violations(contract: &Contract, operation: usize) -> Vec<(usize, Violation)> {
    let compiled = contract.compiled(operation);
    let declared = &contract.api().operations[operation];
    let rules = compiled.rules.iter().enumerate();
    rules
        .filter_map(|(number, rule)| match mode(declared, compiled, *rule)? {
            Mode::Negative(violation) => Some((number, violation)),
            _ => None,
        })
        .collect()
}

/// What the checks are told of a case.
fn mode(operation: &Operation, compiled: &Compiled, rule: Rule) -> Option<Mode> {
    let violation = |keyword: &str, place: Place, rule: Pointer, what: &str| {
        let what = Some(what.to_owned());
        Mode::Negative(Violation {
            keyword: keyword.to_owned(),
            place,
            rule,
            what,
        })
    };
    let body = || Place::Body(String::new());
    Some(match rule {
        Rule::Schema(part, number) => {
            let place = match part {
                Part::Body(_) | Part::Identity => body(),
                Part::Parameter(index) => compiled.parameters.get(index)?.as_ref()?.place.clone(),
            };
            let sent = sent(compiled, part)?;
            let broken = sent.violations.as_ref().ok()?.rules().get(number)?;
            let place = match place {
                Place::Body(_) => Place::Body(broken.pointer.clone()),
                other => other,
            };
            let what = broken.detail.as_ref().map(|detail| match broken.keyword {
                "required" => format!("{place} lacks the required `{detail}`"),
                _ => format!(
                    "{place} is {detail}, which `{}` does not allow",
                    broken.keyword
                ),
            });
            let rule = sent.rules.get(number)?.clone();
            Mode::Negative(Violation {
                keyword: broken.keyword.to_owned(),
                place,
                rule,
                what,
            })
        }
        Rule::MissingParameter(index) => {
            let parameter = compiled.parameters.get(index)?.as_ref()?;
            let what = format!("the required {} is missing", parameter.place);
            violation(
                "required",
                parameter.place.clone(),
                parameter.pointer.clone(),
                &what,
            )
        }
        Rule::MissingBody => {
            let pointer = operation.request_body.as_ref()?.pointer.clone();
            violation("required", body(), pointer, "the required body is missing")
        }
        Rule::Spoiled(_, spoil) => {
            let pointer = operation.request_body.as_ref()?.pointer.join("content");
            violation("syntax", body(), pointer, spoil.what())
        }
        Rule::MediaType => {
            let pointer = operation.request_body.as_ref()?.pointer.join("content");
            let place = Place::Header("Content-Type".to_owned());
            violation(
                "content",
                place,
                pointer,
                "the body has a media type that is not declared",
            )
        }
        Rule::Accept => {
            let pointer = operation.pointer.join("responses").join("406");
            let place = Place::Header("Accept".to_owned());
            violation(
                "content",
                place,
                pointer,
                "`Accept` names no media type that is declared",
            )
        }
        Rule::Odd(oddity) => Mode::Odd(oddity),
    })
}
