//! YAML 1.2 text to tree, with the types of its core schema
//! ([section 10.3](https://yaml.org/spec/1.2.2/#103-core-schema)).
//!
//! Merge keys (`<<`) are read although YAML 1.2 dropped them: people who share parts of a document use them.

use std::collections::HashMap;

use indexmap::IndexMap;
use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::Number;

use super::{Fault, MAX_DEPTH};
use crate::tree::{Data, Node};

/// How many values all aliases together may stand for: a short text must not fill the memory.
const MAX_ALIASED: usize = 1_000_000;

pub(super) fn parse(text: &str) -> Result<Node, Vec<Fault>> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|e| {
            vec![Fault {
                line: e.marker().line(),
                message: format!("this is no YAML: {}", e.info()),
            }]
        })?;
        builder
            .take(event, span.start.line())
            .map_err(|fault| vec![fault])?;
    }
    match builder.root {
        Some(root) if builder.faults.is_empty() => Ok(root),
        Some(_) => Err(builder.faults),
        None => Err(vec![Fault {
            line: 1,
            message: "the text is empty".to_owned(),
        }]),
    }
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    /// What anchors name, with how many values that is and how deep they are nested.
    anchors: HashMap<usize, (Node, usize, usize)>,
    aliased: usize,
    documents: usize,
    faults: Vec<Fault>,
}

/// A collection whose end has not come yet.
struct Open {
    line: usize,
    anchor: usize,
    content: Content,
}

enum Content {
    Array(Vec<Node>),
    /// The members so far, what merge keys add, and the name whose value comes next.
    Object {
        members: IndexMap<String, Node>,
        merged: Vec<Node>,
        name: Option<(Name, usize)>,
    },
}

enum Name {
    Text(String),
    Merge,
}

impl Builder {
    fn take(&mut self, event: Event, line: usize) -> Result<(), Fault> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Fault {
                        line,
                        message: "only one document may stand in the text".to_owned(),
                    });
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let string = style != ScalarStyle::Plain
                    || tag
                        .as_ref()
                        .is_some_and(|t| t.is_yaml_core_schema() && t.suffix == "str");
                if self.expects_name() {
                    let name = if &*text == "<<" && style == ScalarStyle::Plain {
                        Name::Merge
                    } else {
                        Name::Text(text.into_owned())
                    };
                    self.name(name, line);
                } else {
                    let data = if string {
                        Data::String(text.into_owned())
                    } else {
                        self.scalar(&text, line)
                    };
                    self.add(Node { line, data }, anchor)?;
                }
            }
            Event::SequenceStart(anchor, _) => {
                self.open(line, anchor, Content::Array(Vec::new()))?
            }
            Event::MappingStart(anchor, _) => {
                self.open(
                    line,
                    anchor,
                    Content::Object {
                        members: IndexMap::new(),
                        merged: Vec::new(),
                        name: None,
                    },
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open {
                    line,
                    anchor,
                    content,
                }) = self.open.pop()
                {
                    let data = match content {
                        Content::Array(items) => Data::Array(items),
                        Content::Object {
                            members, merged, ..
                        } => Data::Object(self.merge(members, merged)),
                    };
                    self.add(Node { line, data }, anchor)?;
                }
            }
            Event::Alias(anchor) => {
                let Some((node, size, depth)) = self.anchors.get(&anchor) else {
                    return Err(Fault {
                        line,
                        message: "an alias stands inside the value that it names".to_owned(),
                    });
                };
                self.aliased += size;
                if self.aliased > MAX_ALIASED {
                    return Err(Fault {
                        line,
                        message: "the aliases stand for too many values".to_owned(),
                    });
                }
                if self.open.len() + depth > MAX_DEPTH {
                    return Err(too_deep(line));
                }
                let node = node.clone();
                self.add(node, 0)?;
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn open(&mut self, line: usize, anchor: usize, content: Content) -> Result<(), Fault> {
        if self.expects_name() {
            return Err(Fault {
                line,
                message: "the name of a member must be a scalar".to_owned(),
            });
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(line));
        }
        self.open.push(Open {
            line,
            anchor,
            content,
        });
        Ok(())
    }

    fn expects_name(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open {
                content: Content::Object { name: None, .. },
                ..
            })
        )
    }

    fn name(&mut self, new: Name, line: usize) {
        if let Some(Open {
            content: Content::Object { members, name, .. },
            ..
        }) = self.open.last_mut()
        {
            if let Name::Text(text) = &new
                && members.contains_key(text)
            {
                self.faults.push(Fault {
                    line,
                    message: format!("`{text}` stands twice in one object"),
                });
            }
            *name = Some((new, line));
        }
    }

    fn add(&mut self, mut node: Node, anchor: usize) -> Result<(), Fault> {
        if self.expects_name() {
            return Err(Fault {
                line: node.line,
                message: "the name of a member must be a scalar".to_owned(),
            });
        }
        if anchor > 0 {
            let (size, depth) = measure(&node);
            self.anchors.insert(anchor, (node.clone(), size, depth));
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open {
                content: Content::Array(items),
                ..
            }) => items.push(node),
            Some(Open {
                content:
                    Content::Object {
                        members,
                        merged,
                        name,
                    },
                ..
            }) => match name.take() {
                Some((Name::Text(text), line)) => {
                    node.line = line;
                    members.insert(text, node);
                }
                Some((Name::Merge, _)) => merged.push(node),
                None => {}
            },
        }
        Ok(())
    }

    /// Adds what the merge keys bring: members that are not there already, of the first that has them.
    fn merge(
        &mut self,
        mut members: IndexMap<String, Node>,
        merged: Vec<Node>,
    ) -> IndexMap<String, Node> {
        for source in merged {
            let sources = match source.data {
                Data::Array(items) => items,
                _ => vec![source],
            };
            for source in sources {
                match source.data {
                    Data::Object(more) => {
                        for (name, node) in more {
                            members.entry(name).or_insert(node);
                        }
                    }
                    _ => self.faults.push(Fault {
                        line: source.line,
                        message: "`<<` needs an object".to_owned(),
                    }),
                }
            }
        }
        members
    }

    /// A plain scalar by the rules of the core schema.
    fn scalar(&mut self, text: &str, line: usize) -> Data {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Data::Null,
            "true" | "True" | "TRUE" => return Data::Bool(true),
            "false" | "False" | "FALSE" => return Data::Bool(false),
            _ => {}
        }
        match number(text) {
            Some(Ok(number)) => Data::Number(number),
            Some(Err(())) => {
                self.faults.push(Fault {
                    line,
                    message: format!("the number {text} is too large"),
                });
                Data::Null
            }
            None => Data::String(text.to_owned()),
        }
    }
}

/// The number that a plain scalar is, if it is one; an error where no `f64` can hold it.
fn number(text: &str) -> Option<Result<Number, ()>> {
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return digits
                .chars()
                .all(|c| c.is_digit(radix))
                .then(|| {
                    u64::from_str_radix(digits, radix)
                        .map(Number::from)
                        .map_err(drop)
                })
                .filter(|_| !digits.is_empty());
        }
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits_only = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent)),
        ),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_number = digits_only(whole)
        && digits_only(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|e| !e.is_empty() && digits_only(e));
    if !is_number {
        return None;
    }
    if exponent.is_none() && !mantissa.contains('.') {
        if let Ok(n) = text.parse::<i64>() {
            return Some(Ok(n.into()));
        }
        if let Ok(n) = text.parse::<u64>() {
            return Some(Ok(n.into()));
        }
    }
    Some(text.parse().ok().and_then(Number::from_f64).ok_or(()))
}

fn too_deep(line: usize) -> Fault {
    Fault {
        line,
        message: format!("values are nested more than {MAX_DEPTH} deep"),
    }
}

/// How many values a value is made of, and how deep they are nested.
fn measure(node: &Node) -> (usize, usize) {
    let parts: Vec<&Node> = match &node.data {
        Data::Array(items) => items.iter().collect(),
        Data::Object(members) => members.values().collect(),
        _ => Vec::new(),
    };
    let (sizes, depths): (Vec<usize>, Vec<usize>) = parts.into_iter().map(measure).unzip();
    (
        1 + sizes.iter().sum::<usize>(),
        1 + depths.into_iter().max().unwrap_or(0),
    )
}
