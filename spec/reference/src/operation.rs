//! An operation as its section shows it.

use indexmap::IndexMap;
use openapi_model::{
    Api, Header, MediaType, Operation, Parameter, ParameterFormat, Response, SchemaId,
    StatusPattern, Style, Types,
};
use serde_json::Value;

use crate::facts::Speaker;
use crate::markdown::{self, Html};
use crate::names::Names;
use crate::tree::{self, Row};
use crate::words::{self, Words};
use crate::{credentials, curl};

/// The section of one operation.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) anchor: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// The `operationId`, or nothing.
    pub(crate) id: String,
    pub(crate) summary: String,
    /// What the box to find operations by looks at.
    pub(crate) find: String,
    pub(crate) is_deprecated: bool,
    pub(crate) description: Html,
    pub(crate) credentials: Words,
    pub(crate) parameters: Vec<Field>,
    pub(crate) body: Option<Body>,
    pub(crate) responses: Vec<Answer>,
    pub(crate) curl: String,
}

/// A parameter or a header.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) location: String,
    pub(crate) is_required: bool,
    pub(crate) is_deprecated: bool,
    pub(crate) description: Html,
    pub(crate) row: Row,
}

#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) is_required: bool,
    pub(crate) description: Html,
    pub(crate) content: Vec<Content>,
}

/// Media types that have the same schema.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub(crate) media_types: Vec<String>,
    pub(crate) row: Option<Row>,
    pub(crate) examples: Vec<(String, String)>,
}

/// A response.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: String,
    pub(crate) reason: &'static str,
    pub(crate) is_success: bool,
    /// How its status is coloured.
    pub(crate) class: &'static str,
    pub(crate) line: Html,
    /// The description, where it is more than the line.
    pub(crate) description: Html,
    pub(crate) headers: Vec<Field>,
    pub(crate) content: Vec<Content>,
    pub(crate) links: Vec<Words>,
}

impl Answer {
    pub(crate) fn has_more(&self) -> bool {
        !(self.description.is_empty()
            && self.headers.is_empty()
            && self.content.is_empty()
            && self.links.is_empty())
    }
}

/// What every section is made with.
#[derive(Clone, Copy)]
pub(crate) struct Maker<'a> {
    pub(crate) api: &'a Api,
    pub(crate) names: &'a Names,
    /// How many rows the tree of a body may have before schemas with a name become links.
    pub(crate) most_rows: usize,
}

impl<'a> Maker<'a> {
    fn speaker(self) -> Speaker<'a> {
        Speaker {
            schemas: &self.api.schemas,
            names: self.names,
        }
    }

    pub(crate) fn section(self, index: usize, operation: &Operation) -> Section {
        let summary = operation.summary.clone().unwrap_or_default();
        let id = operation.id.clone().unwrap_or_default();
        let method = operation.method.to_string();
        let find = format!("{method} {} {id} {summary}", operation.path);
        Section {
            anchor: (self.names.operations.get(index))
                .cloned()
                .unwrap_or_default(),
            path: operation.path.clone(),
            find: find.to_lowercase(),
            method,
            id,
            summary,
            is_deprecated: operation.deprecated,
            description: markdown::render(operation.description.as_deref(), 3),
            credentials: credentials::needed(operation, self.names),
            parameters: operation
                .parameters
                .iter()
                .map(|p| self.parameter(p))
                .collect(),
            body: operation.request_body.as_ref().map(|body| Body {
                is_required: body.required,
                description: markdown::render(body.description.as_deref(), 4),
                content: self.content(&body.content, self.most_rows),
            }),
            responses: operation.responses.iter().map(|r| self.answer(r)).collect(),
            curl: curl::curl(self.api, operation),
        }
    }

    fn parameter(self, parameter: &Parameter) -> Field {
        let mut row = self.row_of(parameter.schema, &parameter.format);
        if parameter.allow_empty_value {
            row.facts.push(Words::default().text("may be empty"));
        }
        let examples = parameter.examples.iter().map(words::value);
        row.examples.extend(examples);
        Field {
            name: parameter.name.clone(),
            location: parameter.location.to_string(),
            is_required: parameter.required,
            is_deprecated: parameter.deprecated || row.is_deprecated,
            description: markdown::render(parameter.description.as_deref(), 4),
            row,
        }
    }

    fn header(self, name: &str, header: &Header) -> Field {
        let row = self.row_of(header.schema, &header.format);
        Field {
            name: name.to_owned(),
            location: String::new(),
            is_required: header.required,
            is_deprecated: row.is_deprecated,
            description: markdown::render(header.description.as_deref(), 4),
            row,
        }
    }

    /// The value of a parameter or a header, with how it is written.
    fn row_of(self, schema: Option<SchemaId>, format: &ParameterFormat) -> Row {
        let Some(id) = schema else {
            return Row::default();
        };
        let mut row = tree::used(self.speaker(), id, self.most_rows / 4);
        let types = self.api.schemas.get(self.api.schemas.resolve(id)).types;
        let is_list = types != Types::ANY && types.intersects(Types::ARRAY);
        let is_object = types != Types::ANY && types.intersects(Types::OBJECT);
        let text = |text| Some(Words::default().text(text));
        let how = match format {
            ParameterFormat::Content(media_type) => {
                Some(Words::default().text("written as ").code(media_type))
            }
            ParameterFormat::Style(Style::DeepObject, _) => {
                Some((Words::default().text("written as ")).code("name[member]=value"))
            }
            ParameterFormat::Style(_, _) if !is_list && !is_object => None,
            ParameterFormat::Style(Style::Form, true) if is_list => text("repeated for each item"),
            ParameterFormat::Style(Style::Form, true) => text("each member a parameter of its own"),
            ParameterFormat::Style(Style::Form | Style::Simple, _) => text("separated by commas"),
            ParameterFormat::Style(Style::SpaceDelimited, _) => text("separated by spaces"),
            ParameterFormat::Style(Style::PipeDelimited, _) => text("separated by vertical bars"),
            ParameterFormat::Style(Style::Matrix, _) => text("written in the style matrix"),
            ParameterFormat::Style(Style::Label, _) => text("written in the style label"),
        };
        row.facts.extend(how);
        row
    }

    fn content(self, content: &IndexMap<String, MediaType>, most_rows: usize) -> Vec<Content> {
        let mut shown: Vec<(Option<SchemaId>, Content)> = Vec::new();
        for (name, media_type) in content {
            let examples = media_type.examples.iter();
            let examples: Vec<(String, String)> = examples
                .map(|(label, value)| (label.clone(), words::block(value, name)))
                .collect();
            // What a schema of its own refers to is what tells two of them apart.
            let schema = media_type.schema.map(|id| {
                let schema = self.api.schemas.get(id);
                schema.reference.unwrap_or(id)
            });
            let same = (shown.iter_mut()).find(|(other, content)| {
                *other == schema && schema.is_some() && content.examples == examples
            });
            if let Some((_, same)) = same {
                same.media_types.push(name.clone());
                continue;
            }
            let row = media_type.schema.map(|id| {
                if most_rows == 0 {
                    tree::closed(self.speaker(), id)
                } else {
                    tree::used(self.speaker(), id, most_rows)
                }
            });
            shown.push((
                schema,
                Content {
                    media_types: vec![name.clone()],
                    row,
                    examples,
                },
            ));
        }
        shown.into_iter().map(|(_, content)| content).collect()
    }

    fn answer(self, response: &Response) -> Answer {
        let (line, is_whole) = markdown::line(&response.description);
        let (reason, hundred) = match response.status {
            StatusPattern::Code(code) => (
                code.canonical_reason().unwrap_or_default(),
                code.as_u16() / 100,
            ),
            StatusPattern::Range(digit) => ("", u16::from(digit)),
            StatusPattern::Default => ("", 0),
        };
        let is_success = hundred == 2;
        let class = match hundred {
            2 => "good",
            4 | 5 => "refusal",
            _ => "other",
        };
        // Refusals look the same all over an API: they are links where their schema has a name.
        let most_rows = if is_success { self.most_rows } else { 0 };
        Answer {
            status: response.status.to_string(),
            reason,
            is_success,
            class,
            line,
            description: if is_whole {
                Html::default()
            } else {
                markdown::render(Some(&response.description), 4)
            },
            headers: (response.headers.iter())
                .map(|(name, header)| self.header(name, header))
                .collect(),
            content: self.content(&response.content, most_rows),
            links: (response.links.iter())
                .map(|(name, link)| self.link(name, link))
                .collect(),
        }
    }

    fn link(self, name: &str, link: &openapi_model::Link) -> Words {
        let words = Words::default().code(name).text(" leads to ");
        let target = (link.operation.as_ref()).and_then(|p| self.names.operation_at(p));
        let target = target.and_then(|index| {
            let operation = self.api.operations.get(index)?;
            Some((operation.label(), self.names.operations.get(index)?))
        });
        let mut words = match target {
            Some((label, anchor)) => words.link(&label, anchor),
            None => words.text("another API"),
        };
        for (index, (name, value)) in link.parameters.iter().enumerate() {
            words = words.text(if index == 0 { " with " } else { ", " });
            words = words.code(name).text(" = ").code(expression(value));
        }
        if let Some(body) = &link.request_body {
            words = words.text(", its body ").code(expression(body));
        }
        match &link.description {
            Some(description) => words.text(format!(". {description}")),
            None => words,
        }
    }
}

fn expression(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
