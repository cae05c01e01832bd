//! Objects: which node each member is drawn from.

use std::collections::HashSet;
use std::sync::Arc;

use indexmap::IndexSet;

use super::build::{Builder, Way};
use super::conjunction::Conjunction;
use super::demands::Stranger;
use super::key::Key;
use super::literal::Literal;
use super::rules::Step;
use super::shape::{Family, Intruder, Kind, Member, Objects};
use crate::judge::{Id, Verdict};
use crate::pattern::Pattern;

/// How many names a rule about names is broken with where they are not drawn freely.
const NAMES_TO_BREAK: usize = 4;

/// What is asked of the member of a certain name.
#[derive(Default)]
struct Claims {
    literals: Vec<Literal>,
    /// Its own schema is `false`.
    closed: bool,
    /// There may be no member of that name.
    shut: bool,
    /// Validators differ, or the member belongs in the other direction.
    unclear: bool,
}

/// The members that a kind must have beside those that the schemas require.
#[derive(Default)]
struct Broken {
    /// Of a name that the schema refuses.
    refused: Option<(Id, String)>,
    /// Of a name that matches a pattern.
    matching: Vec<(String, Literal)>,
}

impl Builder {
    /// The conjunction's objects, one kind for each way to name the members that break a rule.
    pub(super) fn objects(&mut self, conjunction: &Conjunction, way: Option<Way<'_>>) -> Vec<Kind> {
        let mut variants = vec![Broken::default()];
        for stranger in &conjunction.objects.intruders {
            match stranger {
                // The member may be one that another schema names.
                Stranger::Unnamed(id, literal) => {
                    let names = self.names(conjunction, &[]);
                    let unnamed = names.into_iter().filter(|name| !self.speaks_of(*id, name));
                    variants.extend(unnamed.take(NAMES_TO_BREAK).map(|name| Broken {
                        matching: literal.iter().map(|l| (name.clone(), l.clone())).collect(),
                        refused: Some((*id, name)),
                    }));
                }
                Stranger::Misnamed(id) => {
                    let names = self.names(conjunction, &[]);
                    let bad = names.into_iter().filter(|name| self.misnames(*id, name));
                    variants.extend(bad.take(NAMES_TO_BREAK).map(|name| Broken {
                        refused: Some((*id, name)),
                        ..Broken::default()
                    }));
                }
                Stranger::Matching(id, index, literal) => {
                    let pattern = self.judge.get(*id).pattern_properties[*index].0.clone();
                    let names = self.samples(&pattern);
                    let start = std::mem::take(&mut variants);
                    for name in names.iter().take(NAMES_TO_BREAK) {
                        for variant in &start {
                            let one = [(name.clone(), literal.clone())];
                            variants.push(Broken {
                                refused: variant.refused.clone(),
                                matching: [variant.matching.as_slice(), &one].concat(),
                            });
                        }
                    }
                    variants.truncate(4 * NAMES_TO_BREAK);
                }
            }
        }
        variants
            .iter()
            .filter_map(|broken| self.object(conjunction, way, broken))
            .collect()
    }

    fn object(
        &mut self,
        conjunction: &Conjunction,
        way: Option<Way<'_>>,
        broken: &Broken,
    ) -> Option<Kind> {
        let demands = &conjunction.objects;
        let led_to = match way.map(|way| way.step) {
            Some(Step::Member(name) | Step::Matching(name)) => Some(name),
            Some(Step::Extra) | None => None,
            Some(_) => return None,
        };
        let mut required = demands.required.clone();
        let more = broken.matching.iter().map(|(name, _)| name);
        let more = more.chain(broken.refused.iter().map(|(_, name)| name));
        for name in more.chain(led_to) {
            if !required.contains(name) {
                required.push(name.clone());
            }
        }
        if required.iter().any(|name| demands.forbidden.contains(name)) {
            return None;
        }
        let required_in_order = required.clone();
        let (mut members, mut barred) = (Vec::new(), Vec::new());
        let forbidden: HashSet<&String> = demands.forbidden.iter().collect();
        let required: HashSet<String> = required.into_iter().collect();
        let mut reserved = demands.forbidden.clone();
        let names = self.names(conjunction, &required_in_order);
        self.work = self.work.saturating_sub(names.len());
        for name in names {
            if forbidden.contains(&name) {
                continue;
            }
            let needed = required.contains(&name);
            reserved.push(name.clone());
            let refused = broken.refused.as_ref().filter(|(_, bad)| *bad == name);
            let claims = self.claims(conjunction, &name, refused.map(|(id, _)| *id));
            let leads = led_to == Some(&name);
            if claims.unclear && needed {
                self.give_up(
                    &conjunction.sources,
                    "it requires a property that belongs in the other direction, or whose name is unclear",
                );
            }
            if claims.shut || claims.unclear || claims.closed && !leads {
                if needed {
                    return None;
                }
                if !claims.shut && !claims.unclear {
                    let node = self.node(Key::new(claims.literals, None));
                    barred.push((Step::Member(name), node));
                }
                continue;
            }
            let mut literals = claims.literals;
            let own = demands.members.iter().chain(&broken.matching);
            literals.extend(own.filter(|(of, _)| *of == name).map(|(_, l)| l.clone()));
            let next = way.filter(|_| leads).map(|way| way.next);
            let node = self.node(Key::new(literals, next));
            members.push(Member {
                name,
                node,
                required: needed,
            });
        }
        let name_schemas = self.name_schemas(conjunction);
        let finite = name_schemas
            .iter()
            .any(|id| self.judge.constants(*id).is_some());
        let names = (!name_schemas.is_empty()).then(|| {
            let literals = name_schemas.iter().map(|id| Literal::Is(*id));
            let literals = literals.chain([Literal::Text]).collect();
            self.node(Key::new(literals, None))
        });
        let extra = match self.extra_claims(conjunction, None) {
            Some(literals) if !finite => Some(self.node(Key::new(literals, None))),
            _ => None,
        };
        let mut intruders = Vec::new();
        if let Some(Way {
            step: Step::Extra,
            next,
        }) = way
        {
            let literals = self.extra_claims(conjunction, None)?;
            let node = self.node(Key::new(literals, Some(next)));
            intruders.push(Intruder { names, node });
        }
        for stranger in &demands.intruders {
            match stranger {
                Stranger::Unnamed(_, literal) if broken.refused.is_none() => {
                    let mut literals = self.extra_claims(conjunction, Some(literal.as_ref()))?;
                    literals.extend(literal.clone());
                    let node = self.node(Key::new(literals, None));
                    intruders.push(Intruder { names, node });
                }
                Stranger::Misnamed(id) if broken.refused.is_none() => {
                    let refused = self.judge.get(*id).property_names?;
                    let others = name_schemas.iter().filter(|other| **other != refused);
                    let others = others.map(|id| Literal::Is(*id));
                    let literals = others.chain([Literal::Not(refused), Literal::Text]);
                    let names = self.node(Key::new(literals.collect(), None));
                    let literals = self.extra_claims(conjunction, None)?;
                    let node = self.node(Key::new(literals, None));
                    intruders.push(Intruder {
                        names: Some(names),
                        node,
                    });
                }
                _ => {}
            }
        }
        let families = self.families(conjunction, &reserved);
        let certain = members.iter().filter(|member| member.required).count() + intruders.len();
        let least = demands.least.max(certain as u64);
        let most = demands.most.unwrap_or(u64::MAX);
        (least <= most).then(|| {
            Kind::Object(Objects {
                members,
                reserved,
                least,
                most,
                extra,
                families,
                intruders,
                patterns: self.patterns(conjunction),
                names,
                name_schemas,
                barred,
            })
        })
    }

    /// Whether the schema itself says something of the member of that name.
    fn speaks_of(&self, id: Id, name: &str) -> bool {
        let schema = self.judge.get(id);
        let mut patterns = schema.pattern_properties.iter();
        schema.properties.contains_key(name)
            || patterns.any(|(pattern, _)| pattern.judge(name) != Verdict::No)
    }

    fn misnames(&self, id: Id, name: &str) -> bool {
        let names = self.judge.get(id).property_names;
        names.is_some_and(|names| self.judge.verdict(names, &name.into()) == Verdict::No)
    }

    /// What each name must be valid for.
    fn name_schemas(&self, conjunction: &Conjunction) -> Vec<Id> {
        let schemas = conjunction.sources.iter();
        schemas
            .filter_map(|id| self.judge.get(*id).property_names)
            .collect()
    }

    fn patterns(&self, conjunction: &Conjunction) -> Vec<Arc<Pattern>> {
        let mut patterns: Vec<Arc<Pattern>> = Vec::new();
        for id in &conjunction.sources {
            for (pattern, _) in &self.judge.get(*id).pattern_properties {
                if !patterns.iter().any(|known| Arc::ptr_eq(known, pattern)) {
                    patterns.push(pattern.clone());
                }
            }
        }
        patterns
    }

    /// Every name that a schema speaks of, in the document's order.
    fn names(&self, conjunction: &Conjunction, required: &[String]) -> Vec<String> {
        let declared = conjunction
            .sources
            .iter()
            .flat_map(|id| self.judge.get(*id).properties.keys());
        let own = conjunction.objects.members.iter().map(|(name, _)| name);
        let mut names: IndexSet<String> = declared.chain(required).chain(own).cloned().collect();
        // Where there are few names, each is a member of its own.
        let listed = self.name_schemas(conjunction).into_iter();
        let constants = listed.filter_map(|id| self.judge.constants(id)).flatten();
        names.extend(constants.filter_map(|constant| constant.as_str().map(str::to_owned)));
        names.into_iter().collect()
    }

    /// What the member of that name has to keep. What one schema says of other members and of names may be passed over.
    fn claims(&self, conjunction: &Conjunction, name: &str, pass_over: Option<Id>) -> Claims {
        let mut claims = Claims::default();
        for id in &conjunction.sources {
            let schema = self.judge.get(*id);
            let mut known = false;
            if let Some(property) = schema.properties.get(name) {
                known = true;
                claims.unclear |= property.hidden;
                self.claim(&mut claims, property.schema);
            }
            for (pattern, id) in &schema.pattern_properties {
                match pattern.judge(name) {
                    Verdict::Yes => {
                        known = true;
                        self.claim(&mut claims, *id);
                    }
                    Verdict::Disputed => claims.unclear = true,
                    Verdict::No => {}
                }
            }
            if pass_over == Some(*id) {
                continue;
            }
            if let (false, Some(id)) = (known, schema.additional_properties) {
                claims.shut |= self.judge.get(id).is_false();
                self.claim(&mut claims, id);
            }
            if let Some(names) = schema.property_names {
                match self.judge.verdict(names, &name.into()) {
                    Verdict::Yes => {}
                    Verdict::No => claims.shut = true,
                    Verdict::Disputed => claims.unclear = true,
                }
            }
            if let Some(unevaluated) = schema.unevaluated_properties
                && !self.is_evaluated(conjunction, *id, Some(name))
            {
                claims.shut |= self.judge.get(unevaluated).is_false();
                self.claim(&mut claims, unevaluated);
            }
        }
        claims
    }

    fn claim(&self, claims: &mut Claims, id: Id) {
        claims.closed |= self.judge.get(id).is_false();
        if !self.judge.is_true(id) {
            claims.literals.push(Literal::Is(id));
        }
    }

    /// What a member has to keep that no schema names; `None` where there may be none.
    ///
    /// With a literal to be broken, the schema of that literal is passed over, and so is `false`.
    fn extra_claims(
        &self,
        conjunction: &Conjunction,
        broken: Option<Option<&Literal>>,
    ) -> Option<Vec<Literal>> {
        let mut literals = Vec::new();
        for id in &conjunction.sources {
            let schema = self.judge.get(*id);
            let unevaluated = schema
                .unevaluated_properties
                .filter(|_| !self.is_evaluated(conjunction, *id, None));
            for extra in schema.additional_properties.into_iter().chain(unevaluated) {
                if self.judge.get(extra).is_false() {
                    broken?;
                } else if !self.judge.is_true(extra)
                    && broken.flatten() != Some(&Literal::Not(extra))
                {
                    literals.push(Literal::Is(extra));
                }
            }
        }
        Some(literals)
    }

    /// Whether one of the schemas that hold evaluates the member, so that `unevaluatedProperties` of that schema
    /// does not speak of it. Without a name: any member that no schema names.
    ///
    /// The same alternative says which schemas hold, so that it says what they evaluate.
    fn is_evaluated(&self, conjunction: &Conjunction, by: Id, name: Option<&str>) -> bool {
        let inner = self.judge.applied_by(by);
        let mut inner = inner.iter().filter(|id| conjunction.sources.contains(id));
        inner.any(|id| {
            let schema = self.judge.get(*id);
            let named = |name: &str| {
                schema.properties.contains_key(name)
                    || schema
                        .pattern_properties
                        .iter()
                        .any(|(pattern, _)| pattern.judge(name) == Verdict::Yes)
            };
            schema.additional_properties.is_some()
                || *id != by && schema.unevaluated_properties.is_some()
                || name.is_some_and(named)
        })
    }

    /// For each set of patterns that have names in common the members of such names.
    fn families(&mut self, conjunction: &Conjunction, reserved: &[String]) -> Vec<Family> {
        let patterns = self.patterns(conjunction);
        let mut families: Vec<Family> = Vec::new();
        for pattern in &patterns {
            for name in self.samples(pattern) {
                if reserved.contains(&name) {
                    continue;
                }
                let verdicts: Vec<Verdict> = patterns.iter().map(|one| one.judge(&name)).collect();
                if verdicts.contains(&Verdict::Disputed) {
                    continue;
                }
                let pick = |wanted: Verdict| -> Vec<Arc<Pattern>> {
                    let pairs = patterns.iter().zip(&verdicts);
                    let picked = pairs.filter(|(_, verdict)| **verdict == wanted);
                    picked.map(|(pattern, _)| pattern.clone()).collect()
                };
                let (matching, others) = (pick(Verdict::Yes), pick(Verdict::No));
                let same = |family: &&mut Family| {
                    family.patterns.len() == matching.len()
                        && std::iter::zip(&family.patterns, &matching)
                            .all(|(a, b)| Arc::ptr_eq(a, b))
                };
                if let Some(family) = families.iter_mut().find(same) {
                    if !family.samples.contains(&name) {
                        family.samples.push(name);
                    }
                    continue;
                }
                let claims = self.claims(conjunction, &name, None);
                if claims.shut || claims.unclear {
                    continue;
                }
                let node = self.node(Key::new(claims.literals, None));
                families.push(Family {
                    patterns: matching,
                    others,
                    samples: vec![name],
                    node,
                });
            }
        }
        families
    }
}
