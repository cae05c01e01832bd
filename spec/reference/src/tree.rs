//! A schema as a tree of rows, each of which unfolds.
//!
//! A schema without a name stands nowhere else and is shown whole. One that has a name stands whole in its own section; where
//! another one uses it, it is opened in place as many references deep as keeps the tree within a number of rows, and never
//! within itself. What is not opened is a link.

use askama::Template;
use openapi_model::{Annotations, Schema, SchemaId, Types};

use crate::facts::{self, Speaker, only_part};
use crate::markdown::{self, Html};
use crate::words::{self, Words};

/// One value: what it is, and what is in it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "row.html")]
pub(crate) struct Row {
    /// The member's name, or which value it is; empty where that is plain.
    pub(crate) label: Words,
    pub(crate) is_required: bool,
    pub(crate) is_deprecated: bool,
    pub(crate) kind: Words,
    pub(crate) facts: Vec<Words>,
    pub(crate) description: Html,
    pub(crate) examples: Vec<String>,
    pub(crate) groups: Vec<Group>,
}

impl askama::filters::HtmlSafe for Row {}

impl Row {
    fn is_unfolded(&self) -> bool {
        !self.groups.is_empty()
    }
}

/// Rows that belong together.
#[derive(Clone, Debug, Template)]
#[template(path = "group.html")]
pub(crate) struct Group {
    /// What the rows have to do with the value; empty for its members.
    label: Words,
    rows: Vec<Row>,
}

impl askama::filters::HtmlSafe for Group {}

/// How deep references are opened at most, however short what they lead to is.
const DEEPEST: usize = 6;

/// The tree of a schema where it is used, named schemas opened as long as it has no more than so many rows.
pub(crate) fn used(speaker: Speaker<'_>, id: SchemaId, most_rows: usize) -> Row {
    let mut best = build(speaker, id, 0, usize::MAX);
    for depth in 1..=DEEPEST {
        let next = build(speaker, id, depth, most_rows);
        if next.is_over {
            break;
        }
        let is_whole = !next.has_closed;
        best = next;
        if is_whole {
            break;
        }
    }
    best.row
}

/// The tree of a schema with every named schema in it a link.
pub(crate) fn closed(speaker: Speaker<'_>, id: SchemaId) -> Row {
    build(speaker, id, 0, usize::MAX).row
}

struct Built {
    row: Row,
    is_over: bool,
    has_closed: bool,
}

fn build(speaker: Speaker<'_>, id: SchemaId, depth: usize, most_rows: usize) -> Built {
    let mut builder = Builder {
        speaker,
        most_rows,
        rows: 0,
        has_closed: false,
        path: Vec::new(),
    };
    let row = builder.row(Words::default(), false, id, depth);
    Built {
        row,
        is_over: builder.rows > most_rows,
        has_closed: builder.has_closed,
    }
}

struct Builder<'a> {
    speaker: Speaker<'a>,
    most_rows: usize,
    rows: usize,
    /// Whether a reference is left that more depth would open.
    has_closed: bool,
    /// The schemas around this one.
    path: Vec<SchemaId>,
}

impl Builder<'_> {
    fn row(&mut self, label: Words, is_required: bool, id: SchemaId, depth: usize) -> Row {
        self.rows += 1;
        let schema = self.speaker.schemas.get(id);
        let groups = self.groups(id, depth);
        let described = self.described(id, !groups.is_empty());
        Row {
            label,
            is_required,
            is_deprecated: schema.annotations.deprecated || described.deprecated,
            kind: self.speaker.kind(id),
            facts: self.speaker.facts(id),
            description: markdown::render(
                (schema.annotations.description.as_deref())
                    .or(described.description.as_deref())
                    .or(schema.annotations.title.as_deref()),
                4,
            ),
            examples: schema
                .annotations
                .examples
                .iter()
                .map(words::value)
                .collect(),
            groups,
        }
    }

    /// What describes the value where the schema itself does not: the schema that it refers to, if that is opened here or fits
    /// into the line.
    fn described(&self, id: SchemaId, is_opened: bool) -> &Annotations {
        let schema = self.speaker.schemas.get(id);
        let id = only_part(schema).unwrap_or(id);
        let resolved = self.speaker.schemas.get(self.speaker.schemas.resolve(id));
        if is_opened || facts::is_plain(resolved) {
            &resolved.annotations
        } else {
            &self.speaker.schemas.get(id).annotations
        }
    }

    /// What is in a value: its members, its items, its alternatives.
    fn groups(&mut self, id: SchemaId, depth: usize) -> Vec<Group> {
        let mut groups = Vec::new();
        if self.rows > self.most_rows || self.path.contains(&id) {
            return groups;
        }
        self.path.push(id);
        let schema = self.speaker.schemas.get(id);
        if let Some(target) = schema.reference {
            if facts::is_plain(
                self.speaker
                    .schemas
                    .get(self.speaker.schemas.resolve(target)),
            ) {
                // All of it stands in the line.
            } else if depth == 0 {
                self.has_closed = true;
            } else {
                groups.extend(self.groups(target, depth - 1));
            }
        }
        self.own_groups(schema, depth, &mut groups);
        self.path.pop();
        groups
    }

    fn own_groups(&mut self, schema: &Schema, depth: usize, groups: &mut Vec<Group>) {
        let code = |name: &str| Words::default().code(name);
        let text = |text: &'static str| Words::default().text(text);
        let mut members = Vec::new();
        for (name, id) in &schema.properties {
            let is_required = schema.required.contains(name);
            members.push(self.row(code(name), is_required, *id, depth));
        }
        for (pattern, id) in &schema.pattern_properties {
            let label = text("each name that matches ").code(pattern);
            members.push(self.row(label, false, *id, depth));
        }
        let rest = [
            schema
                .additional_properties
                .map(|id| (id, "each other member")),
            schema
                .unevaluated_properties
                .map(|id| (id, "each other member")),
        ];
        for (id, label) in rest.into_iter().flatten() {
            let other = self.speaker.schemas.get(id);
            if !facts::is_bare(other) && other.types != Types::NONE {
                members.push(self.row(text(label), false, id, depth));
            } else if other.types == Types::NONE {
                members.push(nothing("no other members"));
            }
        }
        let mut items = Vec::new();
        for (index, id) in schema.prefix_items.iter().enumerate() {
            let label = Words::default().text(format!("item {}", index + 1));
            items.push(self.row(label, false, *id, depth));
        }
        let rest = [
            schema.items.filter(|_| !items.is_empty()),
            schema.unevaluated_items,
        ];
        for id in rest.into_iter().flatten() {
            let other = self.speaker.schemas.get(id);
            if other.types == Types::NONE {
                items.push(nothing("no other items"));
            } else if !facts::is_bare(other) {
                items.push(self.row(text("each other item"), false, id, depth));
            }
        }
        push(groups, Words::default(), members);
        push(groups, Words::default(), items);
        if let Some(id) = schema.items.filter(|_| schema.prefix_items.is_empty()) {
            self.items(id, depth, groups);
        }
        if let Some(id) = schema.contains {
            let least = schema.min_contains.or(Some(1));
            let label = facts::count(least, schema.max_contains, "item")
                .unwrap_or_else(|| "any number of items".to_owned());
            let row = self.row(Words::default(), false, id, depth);
            push(
                groups,
                Words::default().text(format!("{label} as this")),
                vec![row],
            );
        }
        if let Some(id) = schema.property_names {
            let row = self.row(Words::default(), false, id, depth);
            push(groups, text("names of members"), vec![row]);
        }
        for (name, id) in &schema.dependent_schemas {
            let row = self.row(Words::default(), false, *id, depth);
            push(groups, text("if it has ").code(name), vec![row]);
        }
        if let Some(only) = only_part(schema) {
            groups.extend(self.groups(only, depth));
        } else {
            self.branches("all of these", &schema.all_of, depth, groups);
        }
        if let Some(branches) = self.speaker.brief_branches(schema) {
            for id in branches {
                groups.extend(self.groups(*id, depth));
            }
        } else {
            self.branches("one of these", &schema.one_of, depth, groups);
            self.branches("any of these", &schema.any_of, depth, groups);
        }
        for (label, id) in [
            ("not this", schema.not),
            ("if it is this", schema.if_),
            ("then also this", schema.then),
            ("else this", schema.else_),
        ] {
            if let Some(id) = id {
                let row = self.row(Words::default(), false, id, depth);
                push(groups, text(label), vec![row]);
            }
        }
    }

    /// The items of an array, without a row of their own where there is nothing to say of them but what is in them.
    fn items(&mut self, id: SchemaId, depth: usize, groups: &mut Vec<Group>) {
        let schema = self.speaker.schemas.get(id);
        let annotations = &schema.annotations;
        let is_described = annotations.description.is_some() || !annotations.examples.is_empty();
        if is_described {
            let row = self.row(Words::default().text("each item"), false, id, depth);
            push(groups, Words::default(), vec![row]);
        } else {
            groups.extend(self.groups(id, depth));
        }
    }

    fn branches(
        &mut self,
        label: &'static str,
        branches: &[SchemaId],
        depth: usize,
        groups: &mut Vec<Group>,
    ) {
        let rows = branches.iter().map(|id| {
            let annotations = &self.speaker.schemas.get(*id).annotations;
            let Some(title) = annotations.title.clone() else {
                return self.row(Words::default(), false, *id, depth);
            };
            let mut row = self.row(Words::default().text(title), false, *id, depth);
            if annotations.description.is_none() {
                // It would be the title again.
                row.description = Html::default();
            }
            row
        });
        let rows = rows.collect();
        push(groups, Words::default().text(label), rows);
    }
}

fn push(groups: &mut Vec<Group>, label: Words, rows: Vec<Row>) {
    if !rows.is_empty() {
        groups.push(Group { label, rows });
    }
}

/// A row that says what there is not.
fn nothing(label: &'static str) -> Row {
    Row {
        label: Words::default().text(label),
        ..Row::default()
    }
}
