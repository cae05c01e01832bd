//! Operations that list things: where the items are, how they are told apart, and what the parameters do.

use openapi_model::{Api, Location, Operation, Pointer, SchemaId, Types};
use serde_json::Value;

use super::annotation::{OperationNote, ParameterNote};
use super::filter::{Comparison, Filter, Kind};
use super::id;
use super::page::{self, Paging};
use super::resource::Resource;
use super::shape::{self, Answered};
use crate::views::views;
use crate::words::words;

/// A `GET` whose answer holds items.
#[derive(Clone, Debug)]
pub(crate) struct List {
    /// The operation, by its place in `Api::operations`.
    pub(crate) operation: usize,
    /// Where the answer has the items.
    pub(crate) items: Pointer,
    /// Where an item has what tells it from the others; `None` where nothing is known to.
    pub(crate) id: Option<Vec<Pointer>>,
    /// How its pages follow each other, or why that is not known.
    pub(crate) paging: Result<Paging, String>,
    /// The parameter that says how large a page is at most.
    pub(crate) size: Option<usize>,
    /// How large a page is at most where the call does not say.
    pub(crate) default_size: Option<u64>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) sorts: Vec<Sort>,
    /// Parameters that take positions which the server gives out, and no other text.
    pub(crate) tokens: Vec<usize>,
    /// Whether the answer's links are those of JSON:API or HAL, and the member that has them.
    pub(crate) links: Option<&'static str>,
}

/// An order of a list and its reverse.
#[derive(Clone, Debug)]
pub(crate) struct Sort {
    /// Where an item has what it is sorted by.
    pub(crate) member: Pointer,
    pub(crate) kind: Kind,
    /// The parameters of the ascending order.
    pub(crate) up: Vec<(usize, Value)>,
    /// The parameters of the descending order.
    pub(crate) down: Vec<(usize, Value)>,
}

/// Where a list's answer has its items, and the schemas of an item; `None` where it is no list.
pub(crate) fn items(
    api: &Api,
    operation: &Operation,
    note: &OperationNote,
) -> Option<(Pointer, Vec<SchemaId>)> {
    let answered = Answered::of(api, operation)?;
    let schemas = &api.schemas;
    let array = |at: Pointer| {
        let found = shape::items(schemas, &shape::at(schemas, &answered.body, &at))?;
        Some((at, found))
    };
    if let Some(at) = &note.items {
        return array(at.clone());
    }
    if answered.is_json_api() {
        return array(Pointer::root().join("data"));
    }
    array(Pointer::root()).or_else(|| {
        let base = if shape::is_hal(&answered.media_type) {
            Pointer::root().join("_embedded")
        } else {
            Pointer::root()
        };
        let here = shape::at(schemas, &answered.body, &base);
        let arrays: Vec<(Pointer, Vec<SchemaId>)> = shape::names(schemas, &here)
            .into_iter()
            .filter_map(|name| array(base.join(name)))
            .filter(|(_, of)| shape::types(schemas, of).intersects(Types::OBJECT))
            .collect();
        match <[_; 1]>::try_from(arrays) {
            Ok([one]) => Some(one),
            // Of several arrays, one may have the name that lists have.
            Err(several) => several.into_iter().find(|(at, _)| {
                let name = at.last().unwrap_or_default();
                let collection = operation.path.rsplit('/').find(|part| !part.is_empty());
                ["items", "data", "results"].contains(&name.as_str())
                    || collection.is_some_and(|path| words(path) == words(&name))
            }),
        }
    })
}

impl List {
    /// What is known of an operation that lists things; `None` where it does not.
    pub(crate) fn of(
        api: &Api,
        operation: usize,
        note: &OperationNote,
        notes: &[ParameterNote],
        resource: Option<&Resource>,
    ) -> Option<List> {
        let described = &api.operations[operation];
        let (items, item) = items(api, described, note)?;
        let answered = Answered::of(api, described)?;
        let is_json_api = answered.is_json_api();
        let root = Pointer::root();
        let id = match &note.id {
            Some(id) => Some(vec![id.clone()]),
            None if is_json_api => Some(vec![root.join("type"), root.join("id")]),
            None => {
                let parameter = resource.map_or("id", |resource| &resource.parameter);
                id::declared(api, &item, parameter).map(|name| vec![root.join(name)])
            }
        };
        let size = page::size(api, described, notes);
        let default_size = size.and_then(|index| {
            let schema = described.parameters[index].schema?;
            let schema = api.schemas.get(api.schemas.resolve(schema));
            schema.annotations.default.as_ref()?.as_u64()
        });
        let members = Members {
            api,
            item: &item,
            is_json_api,
        };
        let tokens = described
            .parameters
            .iter()
            .enumerate()
            .filter(|(index, parameter)| {
                parameter.location == Location::Query
                    && (page::is_cursor(parameter)
                        && crate::opaque::is_opaque(&api.schemas, parameter)
                        || notes[*index].pages == Some(super::annotation::Part::Cursor))
            });
        Some(List {
            operation,
            tokens: tokens.map(|(index, _)| index).collect(),
            id,
            paging: Paging::of(api, described, &answered, note, notes),
            size,
            default_size,
            filters: members.filters(described, notes),
            sorts: members.sorts(described, notes),
            links: if is_json_api {
                Some("links")
            } else if shape::is_hal(&answered.media_type) {
                Some("_links")
            } else {
                None
            },
            items,
        })
    }

    /// The items of an answer's body.
    pub(crate) fn items_of<'v>(&self, body: &'v Value) -> Option<&'v Vec<Value>> {
        body.pointer(self.items.as_str())?.as_array()
    }

    /// Where the answer leads to the next page.
    pub(crate) fn next(&self) -> Option<&Pointer> {
        match &self.paging {
            Ok(Paging::Link(at) | Paging::Cursor { from: at, .. }) => Some(at),
            _ => None,
        }
    }

    /// What tells an item from the others.
    pub(crate) fn id_of(&self, item: &Value) -> Option<String> {
        let parts = self
            .id
            .as_ref()?
            .iter()
            .map(|pointer| member(item, pointer.as_str()));
        let parts: Option<Vec<String>> = parts
            .map(|part| match part? {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            })
            .collect();
        Some(parts?.join(" "))
    }

    /// The id of an item as its path names it.
    pub(crate) fn id_in_path<'v>(&self, item: &'v Value) -> Option<&'v Value> {
        let value = item.pointer(self.id.as_ref()?.last()?.as_str())?;
        (value.is_string() || value.is_number()).then_some(value)
    }
}

/// The value at a JSON pointer into members of objects. Every item of every page is asked for its id at every step of a
/// walk, and `Value::pointer` copies each name twice to undo escapes that hardly any has.
fn member<'v>(item: &'v Value, pointer: &str) -> Option<&'v Value> {
    if pointer.contains('~') {
        return item.pointer(pointer);
    }
    pointer
        .split('/')
        .skip(1)
        .try_fold(item, |value, name| value.as_object()?.get(name))
}

/// The members of a list's items.
struct Members<'a> {
    api: &'a Api,
    item: &'a [SchemaId],
    is_json_api: bool,
}

impl Members<'_> {
    /// Where an item has the member of that name, or of those words.
    fn find(&self, name: &str) -> Option<Pointer> {
        let schemas = &self.api.schemas;
        let (base, here) = if self.is_json_api && name != "id" {
            let base = Pointer::root().join("attributes");
            let here = shape::at(schemas, self.item, &base);
            (base, here)
        } else {
            (Pointer::root(), self.item.to_vec())
        };
        let names = shape::names(schemas, &here);
        let exact = names.iter().find(|each| *each == name);
        let found = exact.or_else(|| names.iter().find(|each| words(each) == words(name)))?;
        Some(base.join(found))
    }

    fn kind(&self, member: &Pointer) -> Option<Kind> {
        Kind::of(
            &self.api.schemas,
            &shape::at(&self.api.schemas, self.item, member),
        )
    }

    fn filters(&self, operation: &Operation, notes: &[ParameterNote]) -> Vec<Filter> {
        let parameters = operation.parameters.iter().enumerate();
        parameters
            .filter_map(|(index, parameter)| {
                if parameter.location != Location::Query {
                    return None;
                }
                let note = &notes[index];
                let (member, by) = match &note.filters {
                    Some(said) => said.clone(),
                    None if page::is_about_pages(parameter) || note.pages.is_some() => return None,
                    None => self.filter_by_name(&parameter.name)?,
                };
                let schemas = &self.api.schemas;
                let mut sent = Vec::new();
                views(schemas, parameter.schema?, &mut sent);
                let listed = shape::items(schemas, &sent);
                let kind = fitting(
                    self.kind(&member)?,
                    Kind::of(schemas, listed.as_ref().unwrap_or(&sent))?,
                )?;
                let is_bound = !matches!(
                    by,
                    Comparison::Equal | Comparison::NotEqual | Comparison::Contains
                );
                if is_bound && !kind.is_ordered() {
                    return None;
                }
                let of = shape::at(schemas, self.item, &member);
                let has_default = of
                    .iter()
                    .any(|id| schemas.get(*id).annotations.default.is_some());
                Some(Filter {
                    parameter: index,
                    by,
                    kind,
                    is_said: note.filters.is_some(),
                    is_list: listed.is_some(),
                    absent_is_none: !has_default
                        && member.segments().next().as_deref() != Some("relationships"),
                    member,
                })
            })
            .collect()
    }

    /// What a parameter filters by, as far as its name says.
    fn filter_by_name(&self, name: &str) -> Option<(Pointer, Comparison)> {
        let inner = name
            .strip_prefix("filter[")
            .and_then(|rest| rest.strip_suffix(']'));
        if self.is_json_api {
            let parts: Vec<&str> = inner?.split("][").collect();
            return match parts.as_slice() {
                [name] => self
                    .find(name)
                    .filter(|member| self.kind(member).is_some())
                    .or_else(|| self.related(name))
                    .map(|member| (member, Comparison::Equal)),
                [name, "id"] => Some((self.related(name)?, Comparison::Equal)),
                [name, by] => Some((self.find(name)?, Comparison::named(by)?)),
                _ => None,
            };
        }
        // These are often about the answer, and not about its items.
        const OTHERS: [&str; 13] = [
            "version", "format", "language", "lang", "locale", "currency", "unit", "units",
            "timezone", "key", "callback", "count", "total",
        ];
        if inner.is_none() && OTHERS.contains(&name.to_ascii_lowercase().as_str()) {
            return None;
        }
        let name = inner.unwrap_or(name);
        if let Some(member) = self.find(name).filter(|member| self.kind(member).is_some()) {
            return Some((member, Comparison::Equal));
        }
        let words = words(name);
        let by_end = words
            .split_last()
            .and_then(|(last, rest)| Some((bound(last)?, rest)));
        let by_start = words
            .split_first()
            .and_then(|(first, rest)| Some((bound(first)?, rest)));
        let (by, rest) = by_end.or(by_start)?;
        Some((self.find(&rest.join("_"))?, by))
    }

    /// Where an item has the id of the one thing that a relationship of JSON:API leads to.
    fn related(&self, name: &str) -> Option<Pointer> {
        let member = Pointer::root()
            .join("relationships")
            .join(name)
            .join("data")
            .join("id");
        let of = shape::at(&self.api.schemas, self.item, &member);
        (!of.is_empty()).then_some(member)
    }

    fn sorts(&self, operation: &Operation, notes: &[ParameterNote]) -> Vec<Sort> {
        let names: &[&str] = if self.is_json_api {
            &["sort"]
        } else {
            &["sort", "sort by", "order by", "ordering"]
        };
        let mut parameters = operation.parameters.iter().enumerate();
        let found = parameters.find(|(index, parameter)| {
            parameter.location == Location::Query
                && (!notes[*index].sorts.is_empty()
                    || names.contains(&words(&parameter.name).join(" ").as_str()))
        });
        let Some((index, _)) = found else {
            return Vec::new();
        };
        let values = self.values(operation, index);
        let said = &notes[index].sorts;
        let keys: Vec<(String, Pointer)> = if said.is_empty() {
            let up = values.iter().filter(|value| !value.starts_with('-'));
            up.filter_map(|name| Some((name.clone(), self.find(name)?)))
                .collect()
        } else {
            said.clone()
        };
        let direction = self.direction(operation);
        let sorts = keys.into_iter().filter_map(|(name, member)| {
            let kind = self.kind(&member)?;
            let reverse = format!("-{name}");
            let (up, down) =
                if values.contains(&reverse) || (!said.is_empty() && direction.is_none()) {
                    let one = |text: &str| vec![(index, Value::from(text))];
                    (one(&name), one(&reverse))
                } else {
                    let (parameter, up, down) = direction.as_ref()?;
                    let with = |text: &str| {
                        vec![
                            (index, Value::from(name.as_str())),
                            (*parameter, Value::from(text)),
                        ]
                    };
                    (with(up), with(down))
                };
            Some(Sort {
                member,
                kind,
                up,
                down,
            })
        });
        sorts.collect()
    }

    /// The texts that a parameter's schema names.
    fn values(&self, operation: &Operation, index: usize) -> Vec<String> {
        let mut of = Vec::new();
        if let Some(schema) = operation.parameters[index].schema {
            views(&self.api.schemas, schema, &mut of);
        }
        let listed = of
            .iter()
            .filter_map(|id| self.api.schemas.get(*id).enumeration.as_ref());
        let texts = listed.flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    }

    /// The parameter that turns an order round, and its values for the two ways.
    fn direction(&self, operation: &Operation) -> Option<(usize, String, String)> {
        const NAMES: [&str; 6] = [
            "order",
            "direction",
            "sort order",
            "sort direction",
            "sort dir",
            "dir",
        ];
        (0..operation.parameters.len()).find_map(|index| {
            let parameter = &operation.parameters[index];
            let is_it = parameter.location == Location::Query
                && NAMES.contains(&words(&parameter.name).join(" ").as_str());
            let values = self.values(operation, index);
            let find = |wanted: &[&str]| {
                let known = |value: &&String| wanted.contains(&value.to_ascii_lowercase().as_str());
                values.iter().find(known).cloned()
            };
            let (up, down) = (find(&["asc", "ascending"])?, find(&["desc", "descending"])?);
            is_it.then_some((index, up, down))
        })
    }
}

/// The bound that a word of a parameter's name tells.
fn bound(word: &str) -> Option<Comparison> {
    Some(match word {
        "min" | "minimum" | "gte" | "ge" => Comparison::AtLeast,
        "max" | "maximum" | "lte" | "le" => Comparison::AtMost,
        "gt" => Comparison::Above,
        "lt" => Comparison::Below,
        "after" | "since" | "from" => Comparison::After,
        "before" | "until" | "to" => Comparison::Before,
        _ => return None,
    })
}

/// How a parameter's values compare with a member's, where they are of one kind.
fn fitting(member: Kind, parameter: Kind) -> Option<Kind> {
    match (member, parameter) {
        (Kind::Word | Kind::Text, Kind::Word | Kind::Text) if member != parameter => {
            Some(Kind::Word)
        }
        (a, b) => (a == b).then_some(a),
    }
}
