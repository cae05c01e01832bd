//! Counts what each exchange exercises.
//!
//! What there is to exercise is listed for an operation when its first exchange comes, so that a large document costs
//! nothing for what is not called. Whatever the order in which the exchanges come, the counts are the same.

use std::collections::HashMap;

use openapi_model::{Direction, Operation};

use super::answers::SeenResponse;
use super::met::{Met, merge_met};
use super::rules::{Rules, SeenRule, key};
use super::why::Why;
use super::{Coverage, PartCoverage, RuleCoverage};
use crate::case::{Case, Mode, Place, Violation};
use crate::checks::Outcome;
use crate::contract::{CompiledParameter, Contract};
use crate::exchange::Exchange;
use crate::generate::violations;
use crate::media_type;
use crate::parameters::query_decode;

/// Why an operation could not be tested in full: what the run alone knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limits {
    /// Why no case of it was judged; `None` where some were.
    pub(crate) untested: Option<String>,
    /// The phases that were not run.
    pub(crate) phases_left_out: Vec<&'static str>,
    /// The rules that no case could be made for, by their place in `Compiled::rules`.
    pub(crate) not_made: Vec<usize>,
    /// Whether the run came to its own end.
    pub(crate) is_complete: bool,
}

/// Counts what each exchange exercises.
#[derive(Debug)]
pub(crate) struct Collector {
    operations: Vec<Option<Box<Seen>>>,
}

/// What was seen of an operation.
#[derive(Debug)]
struct Seen {
    /// As in `Operation::responses`.
    responses: Vec<SeenResponse>,
    /// As in `Operation::parameters`.
    parameters: Vec<SeenPart>,
    body: SeenPart,
    /// The body by its media types, as in `RequestBody::content`.
    bodies: Vec<(usize, Option<Met>)>,
    rules: Vec<SeenRule>,
    /// The rules by what tells them apart.
    by_key: HashMap<String, usize>,
}

#[derive(Debug, Default)]
struct SeenPart {
    sent: usize,
    accepted: usize,
    met: Option<Met>,
}

impl Collector {
    pub(crate) fn new(contract: &Contract) -> Collector {
        Collector {
            operations: contract.api().operations.iter().map(|_| None).collect(),
        }
    }

    /// Counts an exchange and what the checks found for it.
    pub(crate) fn add(
        &mut self,
        contract: &Contract,
        exchange: &Exchange,
        outcomes: &[(&'static str, Outcome)],
    ) {
        let index = exchange.case.key.operation;
        if !exchange.case.mode.is_described() {
            return;
        }
        let Some(slot) = self.operations.get_mut(index) else {
            return;
        };
        let seen = slot.get_or_insert_with(|| Box::new(Seen::new(contract, index)));
        let operation = &contract.api().operations[index];
        if let Ok(answer) = &exchange.answer {
            let described = operation.response(answer.status).and_then(|described| {
                let mut all = operation.responses.iter();
                let index = all.position(|response| response.status == described.status)?;
                Some((described, seen.responses.get_mut(index)?))
            });
            if let Some((response, seen)) = described {
                seen.add(contract, response, answer, outcomes);
            }
        }
        match &exchange.case.mode {
            Mode::Positive => seen.sent(contract, operation, exchange),
            Mode::Negative(violation) => seen.judged(violation, outcomes),
            Mode::Odd(_)
            | Mode::Credentials(_)
            | Mode::UndeclaredMethod
            | Mode::Observed
            | Mode::Elsewhere => {}
        }
    }

    /// Adds what another one has counted.
    pub(crate) fn merge(&mut self, other: Collector) {
        for (known, seen) in self.operations.iter_mut().zip(other.operations) {
            match (known.as_mut(), seen) {
                (_, None) => {}
                (None, seen) => *known = seen,
                (Some(known), Some(seen)) => known.merge(*seen),
            }
        }
    }

    /// What was exercised of an operation.
    pub(crate) fn coverage(&self, contract: &Contract, index: usize, limits: &Limits) -> Coverage {
        let fresh;
        let seen = match self.operations.get(index).and_then(Option::as_deref) {
            Some(seen) => seen,
            None => {
                fresh = Seen::new(contract, index);
                &fresh
            }
        };
        let operation = &contract.api().operations[index];
        let why = Why {
            contract,
            operation,
            limits,
            has_breakable: !seen.rules.is_empty(),
        };
        let mut responses = Vec::new();
        for (response, seen) in operation.responses.iter().zip(&seen.responses) {
            responses.extend(seen.coverage(contract, response, &why));
        }
        Coverage {
            responses,
            parts: seen.parts(contract, operation, index, &why),
        }
    }
}

impl Seen {
    fn new(contract: &Contract, index: usize) -> Seen {
        let operation = &contract.api().operations[index];
        let mut rules: Vec<SeenRule> = Vec::new();
        let mut by_key = HashMap::new();
        for (number, violation) in violations(contract, index) {
            let place = *by_key.entry(key(&violation)).or_insert(rules.len());
            match rules.get_mut(place) {
                Some(rule) => rule.numbers.push(number),
                None => rules.push(SeenRule {
                    numbers: vec![number],
                    violation,
                    refused: 0,
                    accepted: 0,
                    unjudged: 0,
                }),
            }
        }
        let met = |schema| Met::new(schema, Direction::Request);
        let compiled = contract.compiled(index).parameters.iter();
        let body = operation.request_body.as_ref();
        Seen {
            responses: operation.responses.iter().map(SeenResponse::new).collect(),
            parameters: compiled
                .map(|parameter| SeenPart {
                    met: parameter.as_ref().map(|p| met(p.sent.schema)),
                    ..SeenPart::default()
                })
                .collect(),
            body: SeenPart::default(),
            bodies: body
                .iter()
                .flat_map(|body| body.content.values())
                .map(|content| (0, content.schema.map(met)))
                .collect(),
            rules,
            by_key,
        }
    }

    /// Adds what was seen elsewhere of the same operation.
    fn merge(&mut self, other: Seen) {
        let Seen {
            responses,
            parameters,
            body,
            bodies,
            rules,
            by_key: _,
        } = other;
        for (known, seen) in self.responses.iter_mut().zip(responses) {
            known.merge(seen);
        }
        for (known, seen) in self.parameters.iter_mut().zip(parameters) {
            known.merge(seen);
        }
        self.body.merge(body);
        for ((times, known), (more, met)) in self.bodies.iter_mut().zip(bodies) {
            *times += more;
            merge_met(known, met);
        }
        for (known, seen) in self.rules.iter_mut().zip(rules) {
            known.refused += seen.refused;
            known.accepted += seen.accepted;
            known.unjudged += seen.unjudged;
        }
    }

    /// Counts a valid call.
    fn sent(&mut self, contract: &Contract, operation: &Operation, exchange: &Exchange) {
        let case = &exchange.case;
        let is_accepted = exchange
            .status()
            .is_some_and(|status| status.is_success() || status.is_redirection());
        let compiled = &contract.compiled(case.key.operation).parameters;
        for (parameter, seen) in compiled.iter().zip(&mut self.parameters) {
            let Some(parameter) = parameter else { continue };
            let is_sent = case
                .origins
                .iter()
                .any(|(place, _)| *place == parameter.place);
            if !is_sent {
                continue;
            }
            seen.count(is_accepted);
            if let Some(met) = &mut seen.met
                && is_accepted
                && !met.is_done()
            {
                let readings = parameter.codec.readings(&pairs(parameter, case), false);
                let valid = readings
                    .iter()
                    .find(|value| parameter.sent.validator.is_valid(value));
                valid
                    .into_iter()
                    .for_each(|value| met.add(&contract.api().schemas, value));
            }
        }
        let (Some(sent), Some(declared)) = (&case.body, &operation.request_body) else {
            return;
        };
        self.body.count(is_accepted);
        let found = media_type::find(declared.content.keys(), &sent.media_type);
        let index = found.and_then(|name| declared.content.get_index_of(name));
        if let Some((times, met)) = index.and_then(|index| self.bodies.get_mut(index)) {
            *times += 1;
            if let Some(met) = met
                && is_accepted
            {
                met.add(&contract.api().schemas, &sent.value);
            }
        }
    }

    /// Counts a call that breaks a rule.
    fn judged(&mut self, violation: &Violation, outcomes: &[(&'static str, Outcome)]) {
        let rule = self.by_key.get(&key(violation)).copied();
        let Some(rule) = rule.and_then(|index| self.rules.get_mut(index)) else {
            return;
        };
        let mut judgements = outcomes
            .iter()
            .filter(|(name, _)| {
                matches!(*name, "negative_data_rejection" | "missing_required_header")
            })
            .map(|(_, outcome)| outcome)
            .filter(|outcome| **outcome != Outcome::NotApplicable);
        match judgements.next() {
            Some(Outcome::Held) => rule.refused += 1,
            Some(Outcome::Broken(_)) => rule.accepted += 1,
            _ => rule.unjudged += 1,
        }
    }

    fn parts(
        &self,
        contract: &Contract,
        operation: &Operation,
        index: usize,
        why: &Why<'_>,
    ) -> Vec<PartCoverage> {
        let schemas = &contract.api().schemas;
        let mut parts = Vec::new();
        let compiled = contract.compiled(index).parameters.iter();
        let declared = operation.parameters.iter().zip(compiled);
        for ((declared, compiled), seen) in declared.zip(&self.parameters) {
            let name = format!("{} parameter `{}`", declared.location, declared.name);
            let mut rules = Rules::default();
            if let Some(parameter) = compiled {
                let here = |rule: &&SeenRule| rule.violation.place == parameter.place;
                rules.judged(self.rules.iter().filter(here), why);
                rules.unbreakable(parameter, why);
            }
            if let Some(met) = &seen.met {
                rules.met(met.met(schemas), why);
            }
            parts.push(PartCoverage {
                pointer: declared.pointer.to_string(),
                required: declared.required,
                sent: seen.sent,
                accepted: seen.accepted,
                why: (seen.sent == 0).then(|| why.parameter(compiled.as_ref(), &name)),
                rules: rules.0,
                part: name,
            });
        }
        if let Some(declared) = &operation.request_body {
            let mut rules = Rules::default();
            let here = |rule: &&SeenRule| match &rule.violation.place {
                Place::Body(_) => true,
                Place::Header(name) => name == "Content-Type",
                _ => false,
            };
            rules.judged(self.rules.iter().filter(here), why);
            for ((name, content), (sent, met)) in declared.content.iter().zip(&self.bodies) {
                if declared.content.len() > 1 {
                    rules.0.push(RuleCoverage {
                        keyword: "content".to_owned(),
                        pointer: content.pointer.to_string(),
                        what: Some(name.clone()),
                        met: *sent > 0,
                        refused: 0,
                        broken: 0,
                        why: (*sent == 0).then(|| why.body(Some(name))),
                    });
                }
                if let Some(met) = met {
                    rules.met(met.met(schemas), why);
                }
            }
            parts.push(PartCoverage {
                part: "the body".to_owned(),
                pointer: declared.pointer.to_string(),
                required: declared.required,
                sent: self.body.sent,
                accepted: self.body.accepted,
                why: (self.body.sent == 0).then(|| why.body(None)),
                rules: rules.0,
            });
        }
        parts
    }
}

impl SeenPart {
    fn count(&mut self, is_accepted: bool) {
        self.sent += 1;
        self.accepted += usize::from(is_accepted);
    }

    fn merge(&mut self, other: SeenPart) {
        let SeenPart {
            sent,
            accepted,
            met,
        } = other;
        self.sent += sent;
        self.accepted += accepted;
        merge_met(&mut self.met, met);
    }
}

/// The pairs of a case that are a parameter's.
fn pairs(parameter: &CompiledParameter, case: &Case) -> Vec<(String, String)> {
    let owned = |pairs: &[(String, String)]| -> Vec<(String, String)> {
        let is_owned = |(name, _): &&(String, String)| parameter.codec.owns(name);
        pairs.iter().filter(is_owned).cloned().collect()
    };
    match parameter.place {
        Place::Path(_) => owned(&case.path),
        Place::Header(_) => owned(&case.headers),
        Place::Cookie(_) => owned(&case.cookies),
        Place::Query(_) => {
            let is_owned = |(name, _): &&(String, String)| {
                query_decode(name).is_some_and(|name| parameter.codec.owns(&name))
            };
            case.query.iter().filter(is_owned).cloned().collect()
        }
        Place::Body(_) => Vec::new(),
    }
}
