//! The rules of a schema: every keyword that can be broken at some place of a value.

use std::collections::VecDeque;

use super::build::Builder;
use super::literal::Keyword;
use super::shape::{Kind, NodeId};
use crate::judge::{Fault, Id, Judge};

/// How many rules a schema may have; the shallow ones come first.
const MOST_RULES: usize = 4096;

/// How deep a rule may lie.
const DEEPEST: usize = 24;

/// One step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Member(String),
    /// A member whose name matches patterns, which the name is an instance of.
    Matching(String),
    /// A member that no schema names.
    Extra,
    /// An item behind the prefix.
    Item,
    /// The item of that index.
    Prefix(usize),
}

/// A rule, and how it is to be broken.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    pub(crate) steps: Vec<Step>,
    pub(crate) keyword: Keyword,
    /// The member that `required` names, or that `dependentRequired` depends on.
    pub(crate) member: Option<String>,
    /// Where the keyword is `type`: by null, or by a value of another type.
    pub(crate) null: bool,
}

/// The `anyOf` or `oneOf` that a fault lies in.
pub(crate) type Wrapper<'f> = Option<&'f Fault>;

impl Broken {
    /// The place, with `*` for any index and any name.
    pub(crate) fn pointer(&self) -> String {
        self.steps
            .iter()
            .map(|step| format!("/{}", segment(step)))
            .collect()
    }

    /// The rule's keyword as the schema states it; `None` where it does not.
    pub(crate) fn keyword_of(&self, judge: &Judge, id: Id) -> Option<Keyword> {
        let schema = judge.get(id);
        let wanted = (self.keyword, self.member.clone());
        let mut keywords = judge.keywords(id).0.into_iter();
        keywords.find(|keyword| keyword.named(schema) == wanted)
    }

    /// Whether these faults say that this rule is broken and nothing else is.
    ///
    /// A value that breaks the rule within a branch of `anyOf` or `oneOf` has one fault, of that keyword, and one of
    /// its branches has the rule's fault alone. The answer is that one fault then.
    pub(crate) fn is_all_of<'f>(&self, faults: &'f [Fault]) -> Option<Wrapper<'f>> {
        let first = faults.first()?;
        if self.is(first)
            && faults
                .iter()
                .all(|fault| self.is(fault) && fault.pointer == first.pointer)
        {
            return Some(None);
        }
        let wrapped = faults.len() == 1
            && first.certain
            && first
                .branches
                .iter()
                .any(|branch| self.is_all_of(branch).is_some());
        wrapped.then_some(Some(first))
    }

    /// The fault of the rule, be it within a branch.
    pub(crate) fn find<'f>(&self, faults: &'f [Fault]) -> Option<&'f Fault> {
        match self.is_all_of(faults)? {
            None => faults.first(),
            Some(wrapper) => wrapper.branches.iter().find_map(|branch| self.find(branch)),
        }
    }

    fn is(&self, fault: &Fault) -> bool {
        fault.certain
            && fault.keyword == self.keyword.name()
            && (self.member.is_none() || fault.member == self.member)
            && self.is_at(&fault.pointer)
    }

    fn is_at(&self, pointer: &str) -> bool {
        let mut segments = pointer.split('/').skip(1);
        self.steps.iter().all(|step| {
            segments.next().is_some_and(|found| match step {
                Step::Member(_) | Step::Prefix(_) => found == segment(step),
                Step::Matching(_) | Step::Extra | Step::Item => true,
            })
        }) && segments.next().is_none()
    }
}

fn segment(step: &Step) -> String {
    match step {
        Step::Member(name) => name.replace('~', "~0").replace('/', "~1"),
        Step::Matching(_) | Step::Extra | Step::Item => "*".to_owned(),
        Step::Prefix(index) => index.to_string(),
    }
}

impl Builder {
    /// Every rule below the node, the shallow ones first, in the document's order.
    pub(crate) fn rules(&self, root: NodeId) -> Vec<Broken> {
        let mut rules = Vec::new();
        let mut open = VecDeque::from([(root, Vec::new(), vec![root])]);
        while let Some((node, steps, way)) = open.pop_front() {
            for (keyword, member, null) in self.keywords_at(node) {
                if rules.len() == MOST_RULES {
                    return rules;
                }
                rules.push(Broken {
                    steps: steps.clone(),
                    keyword,
                    member,
                    null,
                });
            }
            if steps.len() == DEEPEST {
                continue;
            }
            for (step, next) in self.steps_from(node) {
                // A schema that contains itself has the same rules again.
                if !way.contains(&next) {
                    open.push_back((
                        next,
                        [steps.as_slice(), &[step]].concat(),
                        [way.as_slice(), &[next]].concat(),
                    ));
                }
            }
        }
        rules
    }

    fn keywords_at(&self, node: NodeId) -> Vec<(Keyword, Option<String>, bool)> {
        let mut found: Vec<(Keyword, Option<String>, bool)> = Vec::new();
        for id in &self.nodes[node].sources {
            for keyword in self.judge.keywords(*id).0 {
                if !keyword.asserts() {
                    continue;
                }
                let (keyword, member) = keyword.named(self.judge.get(*id));
                let rule = (keyword, member, false);
                if !found.contains(&rule) {
                    found.push(rule);
                }
            }
        }
        if let Some(at) = found
            .iter()
            .position(|(keyword, ..)| *keyword == Keyword::Type)
        {
            found.insert(at + 1, (Keyword::Type, None, true));
        }
        found
    }

    fn steps_from(&self, node: NodeId) -> Vec<(Step, NodeId)> {
        let mut steps: Vec<(Step, NodeId)> = Vec::new();
        for shape in &self.nodes[node].shapes {
            let own: Vec<(Step, NodeId)> = match &shape.kind {
                Kind::Object(object) => {
                    let members = object
                        .members
                        .iter()
                        .map(|m| (Step::Member(m.name.clone()), m.node));
                    let families = object.families.iter().filter_map(|family| {
                        let name = family.samples.first()?;
                        Some((Step::Matching(name.clone()), family.node))
                    });
                    members
                        .chain(families)
                        .chain(object.extra.map(|node| (Step::Extra, node)))
                        .chain(object.barred.iter().cloned())
                        .collect()
                }
                Kind::Array(array) => {
                    let prefix = array
                        .prefix
                        .iter()
                        .enumerate()
                        .map(|(i, node)| (Step::Prefix(i), *node));
                    let items = (array.most > array.prefix.len() as u64)
                        .then_some((Step::Item, array.items));
                    let barred = array.barred.iter().cloned();
                    prefix.chain(items).chain(barred).collect()
                }
                _ => Vec::new(),
            };
            for step in own {
                if self.has_demands(step.1) && !steps.contains(&step) {
                    steps.push(step);
                }
            }
        }
        steps
    }
}
