//! The page as a whole.

use askama::Template;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use indexmap::IndexMap;
use openapi_model::Api;
use sha2::{Digest as _, Sha256};

use crate::credentials::{self, Scheme};
use crate::document::{self, Outward, Server};
use crate::facts::Speaker;
use crate::markdown::{self, Html};
use crate::names::Names;
use crate::operation::{Maker, Section};
use crate::tree::{self, Row};

const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/script.js");

/// How many rows the trees of all bodies may have together before schemas with a name are opened less deep: what keeps the
/// page of a large document to a few megabytes.
const ROWS: usize = 12_000;

/// Makes the reference page of an API: one HTML file that fetches nothing.
///
/// ```
/// let api = openapi_model::parse("
/// openapi: 3.0.3
/// info: { title: Things, version: '1' }
/// paths:
///   /things/{id}:
///     get:
///       operationId: getThing
///       parameters:
///         - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
///       responses:
///         '204': { description: It is there }
/// ")?;
/// let page = openapi_reference::page(&api);
/// assert!(page.starts_with("<!doctype html>"));
/// assert!(page.contains("id=\"operation-getThing\""));
/// assert!(page.contains("at least 1"));
/// # Ok::<(), openapi_model::Diagnostics>(())
/// ```
pub fn page(api: &Api) -> String {
    let names = Names::of(api);
    let bodies: usize = (api.operations.iter())
        .map(|o| {
            let answers = o.responses.iter().map(|r| r.content.len());
            o.request_body.as_ref().map_or(0, |b| b.content.len()) + answers.sum::<usize>()
        })
        .sum();
    let maker = Maker {
        api,
        names: &names,
        most_rows: (ROWS / bodies.max(1)).clamp(8, 80),
    };
    let page = Page {
        api,
        description: markdown::render(api.description.as_deref(), 1),
        about: document::about(api),
        servers: document::servers(api),
        schemes: credentials::schemes(api, &names),
        groups: groups(api, &names, maker),
        schemas: schemas(api, &names),
    };
    // Writing to a string does not fail.
    page.render().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    api: &'a Api,
    description: Html,
    about: Vec<(&'static str, Outward)>,
    servers: Vec<Server>,
    schemes: Vec<Scheme>,
    groups: Vec<Group>,
    schemas: Vec<SchemaSection>,
}

impl Page<'_> {
    fn style(&self) -> Html {
        Html::trusted(STYLE)
    }

    fn script(&self) -> Html {
        Html::trusted(SCRIPT)
    }

    /// Allows this style and this script, and nothing else.
    fn policy(&self) -> Html {
        Html::trusted(&format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'",
            hash(STYLE),
            hash(SCRIPT),
        ))
    }
}

fn hash(text: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(text))
}

/// The operations of a tag.
struct Group {
    name: String,
    anchor: String,
    description: Html,
    operations: Vec<Section>,
    /// Operations that stand under another tag, and have this one too: their addresses and titles.
    others: Vec<(String, String)>,
}

/// The operations by their first tag; the tags in the order of the document's `tags`, then as they come up.
fn groups(api: &Api, names: &Names, maker: Maker<'_>) -> Vec<Group> {
    let mut groups: IndexMap<&str, Group> = IndexMap::new();
    let declared = document::tags(api);
    let described = |name: &str| {
        declared
            .iter()
            .find(|(n, _)| *n == name)
            .and_then(|(_, d)| *d)
    };
    let used = api.operations.iter().flat_map(|o| &o.tags);
    let tags = (declared.iter().map(|(name, _)| *name)).chain(used.map(String::as_str));
    for tag in tags {
        let Some(anchor) = names.tags.get(tag) else {
            continue;
        };
        groups.entry(tag).or_insert_with(|| Group {
            name: tag.to_owned(),
            anchor: anchor.clone(),
            description: markdown::render(described(tag), 2),
            operations: Vec::new(),
            others: Vec::new(),
        });
    }
    let mut untagged = Group {
        name: if groups.is_empty() {
            "Operations"
        } else {
            "Other operations"
        }
        .to_owned(),
        anchor: "operations".to_owned(),
        description: Html::default(),
        operations: Vec::new(),
        others: Vec::new(),
    };
    for (index, operation) in api.operations.iter().enumerate() {
        let section = maker.section(index, operation);
        for tag in operation.tags.iter().skip(1) {
            if Some(tag) != operation.tags.first()
                && let Some(group) = groups.get_mut(tag.as_str())
            {
                let title = format!("{} {}", section.method, section.path);
                group.others.push((section.anchor.clone(), title));
            }
        }
        let first = operation.tags.first();
        match first.and_then(|tag| groups.get_mut(tag.as_str())) {
            Some(group) => group.operations.push(section),
            None => untagged.operations.push(section),
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    if !untagged.operations.is_empty() {
        groups.push(untagged);
    }
    groups
}

/// The section of a schema that has a name.
struct SchemaSection {
    name: String,
    anchor: String,
    row: Row,
}

fn schemas(api: &Api, names: &Names) -> Vec<SchemaSection> {
    let speaker = Speaker {
        schemas: &api.schemas,
        names,
    };
    let schemas = names.schemas.iter();
    schemas
        .map(|(id, named)| SchemaSection {
            name: named.name.clone(),
            anchor: named.anchor.clone(),
            row: tree::closed(speaker, *id),
        })
        .collect()
}
