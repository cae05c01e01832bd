//! Makes the nodes of a plan: one for every conjunction of literals that a value may be asked to keep.
//!
//! Nodes are found from the root outwards and interned by their key, so that a recursive schema is a finite graph,
//! and two `allOf` branches that speak of the same member meet in one node.

use std::collections::HashMap;
use std::sync::Arc;

use openapi_model::{Pointer, Types};
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::Value;

use super::conjunction::{Alternatives, Conjunction, Omit, alternatives};
use super::key::Key;
use super::literal::Literal;
use super::numbers::{self, Numbers};
use super::rules::{Broken, Step};
use super::shape::{Kind, LONGEST_TEXT, MOST_PARTS, Node, NodeId, Shape, Texts};
use crate::judge::{Judge, Verdict, equal};
use crate::pattern::Pattern;
use crate::source::Source;

/// How many nodes a plan may have before its making is given up.
const MOST_NODES: usize = 100_000;

/// How much work the making of a plan may be: every choice that is tried counts, and every member of an object.
const MOST_WORK: usize = 2_000_000;

/// What a choice counts.
const STEP: usize = 16;

/// How many ways there are to break one rule at one place.
const MOST_WAYS: usize = 32;

/// How many texts of a pattern stand for all of them, where a plan needs names that match.
const SAMPLES: usize = 24;

/// The next step to the place where a rule is broken.
#[derive(Clone, Copy)]
pub(super) struct Way<'s> {
    pub(super) step: &'s Step,
    /// The rule, and how many of its steps lead to the part.
    pub(super) next: (usize, usize),
}

/// A plan in the making.
pub(crate) struct Builder {
    pub(crate) judge: Judge,
    pub(crate) nodes: Vec<Node>,
    /// The rules that keys refer to.
    pub(super) broken: Vec<Broken>,
    /// Why something was left out that may have had values.
    pub(crate) undecided: Option<(Pointer, String)>,
    keys: Vec<Key>,
    /// Only looked up, never walked: the order of a hash map decides nothing.
    places: HashMap<Key, NodeId>,
    /// Texts that match a pattern, by the pattern's address.
    samples: HashMap<*const Pattern, Vec<String>>,
    /// How much more work it may be.
    pub(super) work: usize,
}

impl Builder {
    pub(crate) fn new(judge: Judge) -> Builder {
        Builder {
            judge,
            nodes: Vec::new(),
            broken: Vec::new(),
            undecided: None,
            keys: Vec::new(),
            places: HashMap::new(),
            samples: HashMap::new(),
            work: MOST_WORK,
        }
    }

    /// The node of all values that are valid for the judge's root.
    pub(crate) fn valid_root(&mut self) -> NodeId {
        let root = self.node(Key::new(vec![Literal::Is(Judge::ROOT)], None));
        self.build();
        root
    }

    /// For each rule the node of all values that break it and nothing else.
    pub(crate) fn broken_roots(&mut self, rules: Vec<Broken>) -> Vec<NodeId> {
        self.broken = rules;
        let roots = (0..self.broken.len())
            .map(|rule| self.node(Key::new(vec![Literal::Is(Judge::ROOT)], Some((rule, 0)))))
            .collect();
        self.build();
        roots
    }

    /// The literals that the node's values keep.
    pub(crate) fn has_demands(&self, node: NodeId) -> bool {
        !self.keys[node].literals.is_empty()
    }

    /// The node of that key, to be built when its turn comes.
    pub(super) fn node(&mut self, key: Key) -> NodeId {
        if let Some(place) = self.places.get(&key) {
            return *place;
        }
        let place = self.keys.len();
        self.places.insert(key.clone(), place);
        self.keys.push(key);
        place
    }

    pub(super) fn give_up(&mut self, sources: &[usize], reason: &str) {
        let pointer = sources
            .first()
            .map(|id| self.judge.get(*id).pointer.clone())
            .unwrap_or_default();
        self.undecided
            .get_or_insert_with(|| (pointer, reason.to_owned()));
    }

    fn build(&mut self) {
        while let Some(key) = self.keys.get(self.nodes.len()).cloned() {
            let node = if self.nodes.len() < MOST_NODES && self.work > 0 {
                self.make(&key)
            } else {
                self.give_up(&[], "the schema has too many combinations");
                Node::default()
            };
            self.nodes.push(node);
        }
    }

    fn make(&mut self, key: &Key) -> Node {
        // A broken value is checked as a whole, so that only the way to the fault matters here.
        let way = key
            .broken
            .map(|(rule, step)| (rule, step, self.broken[rule].clone()));
        let step = way
            .as_ref()
            .and_then(|(_, step, rule)| rule.steps.get(*step));
        let fault = way
            .as_ref()
            .filter(|_| step.is_none())
            .map(|(_, _, rule)| rule);
        let omit = fault.map(|rule| Omit {
            keyword: rule.keyword.name(),
            member: rule.member.as_deref(),
        });
        let Alternatives {
            conjunctions,
            cut_off,
            steps,
        } = alternatives(&self.judge, &key.literals, omit, self.work / STEP);
        self.work = self.work.saturating_sub(STEP * steps);
        let mut node = Node::default();
        for conjunction in &conjunctions {
            for id in &conjunction.sources {
                if !node.sources.contains(id) {
                    node.sources.push(*id);
                }
            }
        }
        // What is in no alternative, because it contradicts others or is `false`, is still there to be broken.
        for literal in &key.literals {
            if let Literal::Is(id) = literal {
                for id in self.judge.asserted_by(*id) {
                    if !node.sources.contains(&id) {
                        node.sources.push(id);
                    }
                }
            }
        }
        if cut_off {
            self.give_up(&node.sources, "the schema has too many alternatives");
        }
        for conjunction in conjunctions {
            if key.broken.is_some() && node.shapes.len() > MOST_WAYS {
                break;
            }
            match (fault, step) {
                (Some(rule), _) => {
                    node.shapes.extend(self.near_misses(&conjunction, rule));
                    for broken in self.broken_variants(&conjunction, rule) {
                        node.shapes.extend(self.shapes(&broken, None, false));
                    }
                }
                (None, Some(step)) => {
                    let way = key.broken.map(|(rule, at)| Way {
                        step,
                        next: (rule, at + 1),
                    });
                    node.shapes.extend(self.shapes(&conjunction, way, false));
                }
                (None, None) => node.shapes.extend(self.shapes(&conjunction, None, true)),
            }
        }
        node
    }

    /// A few texts that match the pattern.
    pub(super) fn samples(&mut self, pattern: &Arc<Pattern>) -> Vec<String> {
        let draw = || {
            let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[13; 32]);
            let mut source = Source::new(&mut rng);
            let mut texts: Vec<String> = Vec::new();
            for _ in 0..SAMPLES {
                let text = pattern.draw(&mut source, 0, None);
                texts.extend(text.filter(|text| pattern.judge(text) == Verdict::Yes));
            }
            texts.sort_by_cached_key(|text| (text.chars().count(), text.clone()));
            texts.dedup();
            texts
        };
        let known = self.samples.entry(Arc::as_ptr(pattern));
        known.or_insert_with(draw).clone()
    }

    /// The conjunction's values, one shape for each JSON type.
    ///
    /// A step leads on to the place where a rule is broken.
    fn shapes(
        &mut self,
        conjunction: &Conjunction,
        way: Option<Way<'_>>,
        checked: bool,
    ) -> Vec<Shape> {
        if !conjunction.listed.is_empty() {
            if way.is_some() {
                return Vec::new();
            }
            return self.constants(conjunction, checked).into_iter().collect();
        }
        let mut kinds = Vec::new();
        let types = conjunction.types;
        if way.is_none() {
            if types.contains(Types::NULL) {
                kinds.push(Kind::Null);
            }
            if types.contains(Types::BOOLEAN) {
                kinds.push(Kind::Boolean);
            }
            self.number_kinds(conjunction, &mut kinds);
            if types.contains(Types::STRING) {
                if conjunction.texts.least > LONGEST_TEXT {
                    self.give_up(&conjunction.sources, "the texts it asks for are too long");
                } else {
                    kinds.extend(texts(conjunction));
                }
            }
        }
        if types.contains(Types::ARRAY) {
            if conjunction.arrays.least > MOST_PARTS {
                self.give_up(&conjunction.sources, "the arrays it asks for are too long");
            } else {
                kinds.extend(self.arrays(conjunction, way));
            }
        }
        if types.contains(Types::OBJECT) {
            if conjunction.objects.least > MOST_PARTS {
                self.give_up(
                    &conjunction.sources,
                    "the objects it asks for have too many members",
                );
            } else {
                kinds.extend(self.objects(conjunction, way));
            }
        }
        let residual = if checked {
            conjunction.residual.as_slice()
        } else {
            &[]
        };
        kinds
            .into_iter()
            .filter_map(|kind| exclude(kind, conjunction, residual))
            .collect()
    }

    fn constants(&self, conjunction: &Conjunction, checked: bool) -> Option<Shape> {
        let (first, others) = conjunction.listed.split_first()?;
        let kept = |value: &&Value| {
            others
                .iter()
                .all(|list| list.iter().any(|one| equal(one, value)))
                && !conjunction.excluded.iter().any(|one| equal(one, value))
                && (!checked || self.keeps(conjunction, value))
        };
        let values: Vec<Value> = first.iter().filter(kept).cloned().collect();
        (!values.is_empty()).then(|| Shape::of(Kind::Constants(values)))
    }

    fn keeps(&self, conjunction: &Conjunction, value: &Value) -> bool {
        conjunction
            .sources
            .iter()
            .all(|id| self.judge.verdict(*id, value) == Verdict::Yes)
            && conjunction
                .residual
                .iter()
                .all(|literal| self.judge.keeps(literal, value))
    }

    fn number_kinds(&mut self, conjunction: &Conjunction, kinds: &mut Vec<Kind>) {
        let fraction = Types::NUMBER.without(Types::INTEGER);
        let (whole, fractional) = (
            conjunction.types.contains(Types::INTEGER),
            conjunction.types.contains(fraction),
        );
        let demands = &conjunction.numbers;
        if whole {
            let mut variants = vec![demands.clone()];
            for format in &demands.not_formats {
                // Below what the format holds, and above.
                let sides = |mut variant: super::demands::NumberDemands| {
                    let (low, high) = format.integers()?;
                    let mut above = variant.clone();
                    variant.lower((crate::judge::Exact::Integer(low), true));
                    above.raise((crate::judge::Exact::Integer(high), true));
                    Some([variant, above])
                };
                variants = variants.into_iter().filter_map(sides).flatten().collect();
            }
            for variant in variants {
                match numbers::integers(&variant) {
                    Numbers::Some(integers) => kinds.push(Kind::Integer(integers)),
                    Numbers::None => {}
                    Numbers::Undecided => {
                        self.give_up(
                            &conjunction.sources,
                            "the integers it asks for are beyond 64 bits",
                        );
                    }
                }
            }
        }
        let integers_only = demands
            .formats
            .iter()
            .any(|format| format.integers().is_some());
        if fractional && !integers_only && demands.not_formats.is_empty() {
            match numbers::floats(demands, !whole) {
                Numbers::Some(floats) => kinds.push(Kind::Float(floats)),
                Numbers::None => {}
                Numbers::Undecided => {
                    self.give_up(
                        &conjunction.sources,
                        "the numbers it asks for lie between two floats",
                    );
                }
            }
        }
    }
}

impl Shape {
    pub(super) fn of(kind: Kind) -> Shape {
        Shape {
            kind,
            residual: Vec::new(),
            excluded: Vec::new(),
            size: None,
        }
    }
}

/// The shape of the kind, without what it must not be equal to.
fn exclude(kind: Kind, conjunction: &Conjunction, residual: &[Literal]) -> Option<Shape> {
    let excluded = |value: &Value| conjunction.excluded.iter().any(|one| equal(one, value));
    let kind = match kind {
        Kind::Null if excluded(&Value::Null) => return None,
        Kind::Boolean => {
            let left: Vec<Value> = [false, true]
                .map(Value::Bool)
                .into_iter()
                .filter(|value| !excluded(value))
                .collect();
            match left.len() {
                0 => return None,
                1 => Kind::Constants(left),
                _ => Kind::Boolean,
            }
        }
        kind => kind,
    };
    let of_kind = |value: &&Value| match value {
        Value::Null | Value::Bool(_) => false,
        Value::Number(_) => kind.types().intersects(Types::NUMBER),
        Value::String(_) => kind.types() == Types::STRING,
        Value::Array(_) => kind.types() == Types::ARRAY,
        Value::Object(_) => kind.types() == Types::OBJECT,
    };
    let excluded = match kind {
        Kind::Constants(_) => Vec::new(),
        _ => conjunction
            .excluded
            .iter()
            .filter(of_kind)
            .cloned()
            .collect(),
    };
    Some(Shape {
        kind,
        residual: residual.to_vec(),
        excluded,
        size: None,
    })
}

fn texts(conjunction: &Conjunction) -> Option<Kind> {
    let demands = &conjunction.texts;
    demands
        .most
        .is_none_or(|most| demands.least <= most)
        .then(|| {
            Kind::Text(Texts {
                least: demands.least,
                most: demands.most,
                patterns: demands.patterns.clone(),
                not_patterns: demands.not_patterns.clone(),
                formats: demands.formats.clone(),
                not_formats: demands.not_formats.clone(),
            })
        })
}

impl Judge {
    /// Whether the value surely keeps the literal.
    pub(crate) fn keeps(&self, literal: &Literal, value: &Value) -> bool {
        match literal {
            Literal::Is(id) => self.verdict(*id, value) == Verdict::Yes,
            Literal::Not(id) => self.verdict(*id, value) == Verdict::No,
            // They only ever narrow a choice, and are not checked.
            Literal::Breaks(..)
            | Literal::Triggers(..)
            | Literal::Evades(..)
            | Literal::Lacks(..)
            | Literal::Tells(..) => false,
            Literal::Text => value.is_string(),
        }
    }
}
