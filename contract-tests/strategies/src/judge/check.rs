//! The keywords, each in its place.

use std::cmp::Ordering;

use openapi_model::Types;
use serde_json::{Map, Number, Value};

use super::fault::{Fault, Faults, Fuel, Place};
use super::{Assertions, Exact, Id, Judge, Verdict, canonical, equal};

impl Judge {
    /// Whether the value is valid for the schema.
    pub(crate) fn verdict(&self, id: Id, value: &Value) -> Verdict {
        self.verdict_within(id, value, &Fuel::full())
    }

    pub(super) fn verdict_within(&self, id: Id, value: &Value, fuel: &Fuel) -> Verdict {
        let mut faults = Faults::counted(fuel);
        self.check(id, value, &Place::Root, &mut faults);
        faults.verdict()
    }

    /// Everything that is wrong with the value.
    pub(crate) fn faults(&self, id: Id, value: &Value) -> Vec<Fault> {
        self.faults_within(id, value, &Fuel::full())
    }

    pub(crate) fn faults_within(&self, id: Id, value: &Value, fuel: &Fuel) -> Vec<Fault> {
        let mut faults = Faults::listed(fuel);
        self.check(id, value, &Place::Root, &mut faults);
        faults.into_list()
    }

    fn check(&self, id: Id, value: &Value, place: &Place<'_>, faults: &mut Faults<'_>) {
        let schema = self.get(id);
        if !faults.fuel.take() {
            faults.add(Verdict::Disputed, "", place);
            return;
        }
        if schema.is_false() {
            faults.add(Verdict::No, "false", place);
            return;
        }
        if let Some(reference) = schema.reference {
            self.check(reference, value, place, faults);
        }
        faults.add(judge_type(schema.types, value), "type", place);
        if let Some(values) = &schema.enumeration {
            let found = values.iter().any(|one| equal(one, value));
            faults.add(Verdict::of(found), "enum", place);
        }
        if let Some(constant) = &schema.constant {
            faults.add(Verdict::of(equal(constant, value)), "const", place);
        }
        if faults.settled() {
            return;
        }
        match value {
            Value::Number(number) => check_number(schema, number, place, faults),
            Value::String(text) => check_text(schema, text, place, faults),
            Value::Array(items) => self.check_array(schema, items, place, faults),
            Value::Object(members) => self.check_object(schema, members, value, place, faults),
            Value::Null | Value::Bool(_) => {}
        }
        if !faults.settled() {
            self.check_applicators(schema, value, place, faults);
        }
        if !faults.settled() {
            self.check_unevaluated(id, value, place, faults);
        }
    }

    fn check_unevaluated(&self, id: Id, value: &Value, place: &Place<'_>, faults: &mut Faults<'_>) {
        let schema = self.get(id);
        match (
            value,
            schema.unevaluated_items,
            schema.unevaluated_properties,
        ) {
            (Value::Array(items), Some(unevaluated), _) => {
                let evaluated = self.evaluated_items(id, value, items, faults.fuel);
                let parts = items.iter().zip(&evaluated.parts);
                let left = parts
                    .filter(|(_, evaluated)| !**evaluated)
                    .map(|(item, _)| item);
                let verdict = self.all(unevaluated, left, faults.fuel);
                let verdict = verdict.unless(evaluated.disputed);
                faults.add(verdict, "unevaluatedItems", place);
            }
            (Value::Object(members), _, Some(unevaluated)) => {
                let evaluated = self.evaluated_members(id, value, members, faults.fuel);
                let parts = members.values().zip(&evaluated.parts);
                let left = parts
                    .filter(|(_, evaluated)| !**evaluated)
                    .map(|(member, _)| member);
                let verdict = self.all(unevaluated, left, faults.fuel);
                let verdict = verdict.unless(evaluated.disputed);
                faults.add(verdict, "unevaluatedProperties", place);
            }
            _ => {}
        }
    }

    /// Whether all of the values are valid.
    fn all<'v>(&self, id: Id, values: impl Iterator<Item = &'v Value>, fuel: &Fuel) -> Verdict {
        let mut verdict = Verdict::Yes;
        for value in values {
            match self.verdict_within(id, value, fuel) {
                Verdict::Yes => {}
                Verdict::No => return Verdict::No,
                Verdict::Disputed => verdict = Verdict::Disputed,
            }
        }
        verdict
    }

    fn check_applicators(
        &self,
        schema: &Assertions,
        value: &Value,
        place: &Place<'_>,
        faults: &mut Faults<'_>,
    ) {
        let fuel = faults.fuel;
        for id in &schema.all_of {
            self.check(*id, value, place, faults);
        }
        if !schema.any_of.is_empty() {
            let mut verdict = Verdict::No;
            for id in &schema.any_of {
                match self.verdict_within(*id, value, fuel) {
                    Verdict::Yes => {
                        verdict = Verdict::Yes;
                        break;
                    }
                    Verdict::Disputed => verdict = Verdict::Disputed,
                    Verdict::No => {}
                }
            }
            faults.add_with(verdict, "anyOf", place, None, || {
                self.branches(&schema.any_of, value, place, fuel)
            });
        }
        if !schema.one_of.is_empty() {
            let verdicts = schema
                .one_of
                .iter()
                .map(|id| self.verdict_within(*id, value, fuel));
            let (mut valid, mut disputed) = (0, 0);
            for verdict in verdicts {
                valid += usize::from(verdict == Verdict::Yes);
                disputed += usize::from(verdict == Verdict::Disputed);
            }
            let verdict = Verdict::of(valid == 1).unless(disputed > 0 && valid < 2);
            let no_branch = valid == 0 && disputed == 0;
            faults.add_with(verdict, "oneOf", place, None, || {
                if no_branch {
                    self.branches(&schema.one_of, value, place, fuel)
                } else {
                    Vec::new()
                }
            });
        }
        if let Some(told) = self.told(schema, value) {
            let agrees = self.verdict_within(told, value, fuel) == Verdict::Yes;
            faults.add(Verdict::Yes.unless(!agrees), "discriminator", place);
        }
        if let Some(id) = schema.not {
            let verdict = match self.verdict_within(id, value, fuel) {
                Verdict::Yes => Verdict::No,
                Verdict::No => Verdict::Yes,
                Verdict::Disputed => Verdict::Disputed,
            };
            faults.add(verdict, "not", place);
        }
        if let Some(condition) = schema.if_ {
            match self.verdict_within(condition, value, fuel) {
                Verdict::Yes => schema
                    .then
                    .iter()
                    .for_each(|id| self.check(*id, value, place, faults)),
                Verdict::No => schema
                    .else_
                    .iter()
                    .for_each(|id| self.check(*id, value, place, faults)),
                Verdict::Disputed => faults.add(Verdict::Disputed, "if", place),
            }
        }
    }

    fn branches(
        &self,
        ids: &[Id],
        value: &Value,
        place: &Place<'_>,
        fuel: &Fuel,
    ) -> Vec<Vec<Fault>> {
        ids.iter()
            .map(|id| {
                fuel.list();
                let mut faults = Faults::listed(fuel);
                self.check(*id, value, place, &mut faults);
                faults.into_list()
            })
            .collect()
    }

    fn check_array(
        &self,
        schema: &Assertions,
        items: &[Value],
        place: &Place<'_>,
        faults: &mut Faults<'_>,
    ) {
        let count = items.len() as u64;
        faults.add(
            Verdict::of(schema.min_items.is_none_or(|least| count >= least)),
            "minItems",
            place,
        );
        faults.add(
            Verdict::of(schema.max_items.is_none_or(|most| count <= most)),
            "maxItems",
            place,
        );
        if schema.unique_items {
            faults.add(Verdict::of(all_differ(items)), "uniqueItems", place);
        }
        for (index, item) in items.iter().enumerate() {
            if faults.settled() {
                return;
            }
            match (schema.prefix_items.get(index), schema.items) {
                (Some(id), _) => self.check(*id, item, &Place::Item(place, index), faults),
                (None, Some(id)) if self.get(id).is_false() => {
                    faults.add(Verdict::No, "items", place);
                    break;
                }
                (None, Some(id)) => self.check(id, item, &Place::Item(place, index), faults),
                (None, None) => break,
            }
        }
        if let Some(id) = schema.contains {
            let (mut found, mut perhaps) = (0, 0);
            for item in items {
                match self.verdict_within(id, item, faults.fuel) {
                    Verdict::Yes => found += 1,
                    Verdict::Disputed => perhaps += 1,
                    Verdict::No => {}
                }
            }
            let least = schema.min_contains.unwrap_or(1);
            let enough =
                Verdict::of(found >= least).unless(found < least && found + perhaps >= least);
            // `minContains` has the keyword's place in a validator's answer where it is written.
            faults.add(
                enough,
                if schema.min_contains.is_some() {
                    "minContains"
                } else {
                    "contains"
                },
                place,
            );
            if let Some(most) = schema.max_contains {
                let few =
                    Verdict::of(found <= most).unless(found <= most && found + perhaps > most);
                faults.add(few, "maxContains", place);
            }
        }
    }

    fn check_object(
        &self,
        schema: &Assertions,
        members: &Map<String, Value>,
        value: &Value,
        place: &Place<'_>,
        faults: &mut Faults<'_>,
    ) {
        let count = members.len() as u64;
        let enough = schema.min_properties.is_none_or(|least| count >= least);
        faults.add(Verdict::of(enough), "minProperties", place);
        let few = schema.max_properties.is_none_or(|most| count <= most);
        faults.add(Verdict::of(few), "maxProperties", place);
        for name in &schema.required {
            if !members.contains_key(name) {
                faults.add_with(Verdict::No, "required", place, Some(name), Vec::new);
            }
        }
        if faults.settled() {
            return;
        }
        for (name, member) in members {
            self.check_member(schema, name, member, place, faults);
            if faults.settled() {
                return;
            }
        }
        for (name, needed) in &schema.dependent_required {
            if members.contains_key(name) {
                let all = Verdict::of(needed.iter().all(|name| members.contains_key(name)));
                faults.add_with(all, "dependentRequired", place, Some(name), Vec::new);
            }
        }
        for (name, id) in &schema.dependent_schemas {
            if members.contains_key(name) {
                self.check(*id, value, place, faults);
            }
        }
    }

    fn check_member(
        &self,
        schema: &Assertions,
        name: &str,
        member: &Value,
        place: &Place<'_>,
        faults: &mut Faults<'_>,
    ) {
        let here = Place::Member(place, name);
        let mut known = false;
        if let Some(property) = schema.properties.get(name) {
            known = true;
            if property.hidden {
                // Whether a member that belongs in the other direction is an error, documents leave open.
                faults.add(Verdict::Disputed, "readOnly", &here);
            }
            self.check(property.schema, member, &here, faults);
        }
        for (pattern, id) in &schema.pattern_properties {
            match pattern.judge(name) {
                Verdict::Yes => {
                    known = true;
                    self.check(*id, member, &here, faults);
                }
                Verdict::No => {}
                Verdict::Disputed => faults.add(Verdict::Disputed, "patternProperties", &here),
            }
        }
        if let (false, Some(id)) = (known, schema.additional_properties) {
            if self.get(id).is_false() {
                faults.add_with(
                    Verdict::No,
                    "additionalProperties",
                    place,
                    Some(name),
                    Vec::new,
                );
            } else {
                self.check(id, member, &here, faults);
            }
        }
        if let Some(id) = schema.property_names {
            let name = Value::String(name.to_owned());
            let mut inner = if faults.is_listing() {
                Faults::listed(faults.fuel)
            } else {
                Faults::counted(faults.fuel)
            };
            self.check(id, &name, place, &mut inner);
            let verdict = inner.verdict();
            faults.add_with(verdict, "propertyNames", place, None, || {
                vec![inner.into_list()]
            });
        }
    }
}

/// Whether the value has one of the types. A number written with a fraction of zero is an integer to some validators.
fn judge_type(types: Types, value: &Value) -> Verdict {
    if types == Types::ANY {
        return Verdict::Yes;
    }
    let own = match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
        Value::Number(number) => {
            let whole = !number.is_f64();
            let fraction = Types::NUMBER.without(Types::INTEGER);
            let looks_whole = !whole && number.as_f64().is_some_and(|n| n.fract() == 0.0);
            let as_integer = types.contains(Types::INTEGER);
            let as_fraction = types.contains(fraction);
            return match (whole, looks_whole) {
                (true, _) => Verdict::of(as_integer),
                (false, true) => Verdict::of(as_integer).unless(as_integer != as_fraction),
                (false, false) => Verdict::of(as_fraction),
            };
        }
    };
    Verdict::of(types.contains(own))
}

fn check_number(schema: &Assertions, number: &Number, place: &Place<'_>, faults: &mut Faults<'_>) {
    let value = Exact::of(number);
    for (bound, keyword, refused) in [
        (&schema.minimum, "minimum", [Ordering::Less, Ordering::Less]),
        (
            &schema.maximum,
            "maximum",
            [Ordering::Greater, Ordering::Greater],
        ),
        (
            &schema.exclusive_minimum,
            "exclusiveMinimum",
            [Ordering::Less, Ordering::Equal],
        ),
        (
            &schema.exclusive_maximum,
            "exclusiveMaximum",
            [Ordering::Greater, Ordering::Equal],
        ),
    ] {
        if let Some(bound) = bound {
            let kept = !refused.contains(&value.compare(Exact::of(bound)));
            faults.add(Verdict::of(kept), keyword, place);
        }
    }
    if let Some(multiple) = &schema.multiple_of {
        let verdict = match number.as_f64() {
            Some(float) if number.is_f64() => multiple.judge_float(float),
            _ => multiple.judge(value),
        };
        faults.add(verdict, "multipleOf", place);
    }
    if let Some(format) = schema.format.filter(|f| f.is_numeric()) {
        faults.add(format.judge_number(value), "format", place);
    }
}

fn check_text(schema: &Assertions, text: &str, place: &Place<'_>, faults: &mut Faults<'_>) {
    if schema.min_length.is_some() || schema.max_length.is_some() {
        let length = text.chars().count() as u64;
        faults.add(
            Verdict::of(schema.min_length.is_none_or(|least| length >= least)),
            "minLength",
            place,
        );
        faults.add(
            Verdict::of(schema.max_length.is_none_or(|most| length <= most)),
            "maxLength",
            place,
        );
    }
    if let Some(pattern) = &schema.pattern {
        faults.add(pattern.judge(text), "pattern", place);
    }
    if let Some(format) = schema.format.filter(|f| !f.is_numeric()) {
        faults.add(format.judge_text(text), "format", place);
    }
}

/// Whether no two are equal. The few are compared each with each, the many by their text.
fn all_differ(items: &[Value]) -> bool {
    if items.len() <= 32 {
        return items
            .iter()
            .enumerate()
            .all(|(i, a)| items[..i].iter().all(|b| !equal(a, b)));
    }
    let mut texts: Vec<String> = items.iter().map(canonical).collect();
    texts.sort_unstable();
    texts.windows(2).all(|two| two[0] != two[1])
}
