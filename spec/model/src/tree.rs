//! A document's text as a tree in which every value knows its line.
//!
//! The tree is our own rather than `serde_json::Value` or the `openapiv3` types, because those forget where a value
//! stood, and a fault without its place is of little use in a document of ten thousand lines.

use indexmap::IndexMap;
use serde_json::{Number, Value};

use crate::Pointer;

/// One value of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// The line in the text, from 1. For a member of an object that is the line of its name.
    pub line: usize,
    pub data: Data,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Data {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Node>),
    Object(IndexMap<String, Node>),
}

impl Node {
    /// The member of that name, where this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.as_object()?.get(name)
    }

    pub fn as_object(&self) -> Option<&IndexMap<String, Node>> {
        match &self.data {
            Data::Object(members) => Some(members),
            _ => None,
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value at a place below this one.
    pub fn at(&self, pointer: &Pointer) -> Option<&Node> {
        pointer
            .segments()
            .try_fold(self, |node, segment| match &node.data {
                Data::Object(members) => members.get(&segment),
                Data::Array(items) => items.get(segment.parse::<usize>().ok()?),
                _ => None,
            })
    }

    /// The value without its lines.
    pub fn to_value(&self) -> Value {
        match &self.data {
            Data::Null => Value::Null,
            Data::Bool(b) => Value::Bool(*b),
            Data::Number(n) => Value::Number(n.clone()),
            Data::String(s) => Value::String(s.clone()),
            Data::Array(items) => items.iter().map(Node::to_value).collect(),
            Data::Object(members) => members
                .iter()
                .map(|(name, node)| (name.clone(), node.to_value()))
                .collect(),
        }
    }

    /// What JSON calls the kind of this value: for messages.
    pub fn kind(&self) -> &'static str {
        match self.data {
            Data::Null => "null",
            Data::Bool(_) => "a boolean",
            Data::Number(_) => "a number",
            Data::String(_) => "a string",
            Data::Array(_) => "an array",
            Data::Object(_) => "an object",
        }
    }
}
