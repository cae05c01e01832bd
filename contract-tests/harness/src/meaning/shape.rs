//! Finds members in what schemas describe.

use openapi_model::{Api, Operation, Pointer, Schema, SchemaId, Schemas, Types};

use crate::media_type;
use crate::views::{item_views, member_views, views};

/// What a success of an operation looks like.
#[derive(Clone, Debug)]
pub(crate) struct Answered {
    /// The media type as declared.
    pub(crate) media_type: String,
    /// The schemas that speak about the body.
    pub(crate) body: Vec<SchemaId>,
}

impl Answered {
    /// Of the first success that has a JSON body.
    pub(crate) fn of(api: &Api, operation: &Operation) -> Option<Answered> {
        let successes = operation
            .responses
            .iter()
            .filter(|response| match response.status {
                openapi_model::StatusPattern::Code(code) => code.is_success(),
                openapi_model::StatusPattern::Range(digit) => digit == 2,
                openapi_model::StatusPattern::Default => false,
            });
        let mut contents = successes.flat_map(|response| &response.content);
        contents.find_map(|(name, content)| {
            media_type::json_within(name)?;
            let mut body = Vec::new();
            views(&api.schemas, content.schema?, &mut body);
            Some(Answered {
                media_type: name.clone(),
                body,
            })
        })
    }

    /// Whether the media type is JSON:API's.
    pub(crate) fn is_json_api(&self) -> bool {
        is_json_api(&self.media_type)
    }
}

/// Whether a media type is JSON:API's.
pub(crate) fn is_json_api(media_type: &str) -> bool {
    essence(media_type) == "application/vnd.api+json"
}

/// Whether a media type is HAL's.
pub(crate) fn is_hal(media_type: &str) -> bool {
    essence(media_type) == "application/hal+json"
}

fn essence(media_type: &str) -> String {
    let before = media_type.split(';').next().unwrap_or_default();
    before.trim().to_ascii_lowercase()
}

/// The schemas of a member that one of these declares; empty where none does.
pub(crate) fn declared(schemas: &Schemas, of: &[SchemaId], name: &str) -> Vec<SchemaId> {
    if declares(schemas, of, name) {
        member_views(schemas, of, name)
    } else {
        Vec::new()
    }
}

/// Whether one of the schemas declares a member.
pub(crate) fn declares(schemas: &Schemas, of: &[SchemaId], name: &str) -> bool {
    of.iter()
        .any(|id| schemas.get(*id).properties.contains_key(name))
}

/// The schemas of a place below these; empty where nothing declares it.
pub(crate) fn at(schemas: &Schemas, of: &[SchemaId], pointer: &Pointer) -> Vec<SchemaId> {
    pointer
        .segments()
        .fold(of.to_vec(), |here, name| declared(schemas, &here, &name))
}

/// The names of the members that the schemas declare.
pub(crate) fn names(schemas: &Schemas, of: &[SchemaId]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in of.iter().flat_map(|id| schemas.get(*id).properties.keys()) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// The schemas of the items, where the schemas are those of an array.
pub(crate) fn items(schemas: &Schemas, of: &[SchemaId]) -> Option<Vec<SchemaId>> {
    let is_array =
        |schema: &Schema| schema.items.is_some() && schema.types.intersects(Types::ARRAY);
    of.iter()
        .any(|id| is_array(schemas.get(*id)))
        .then(|| item_views(schemas, of, usize::MAX))
}

/// The types that all of the schemas allow.
pub(crate) fn types(schemas: &Schemas, of: &[SchemaId]) -> Types {
    // A schema of several branches allows what any of them allows: only those that stand for themselves are told apart
    // by their types, and a branch never has more than what holds it.
    of.iter()
        .map(|id| schemas.get(*id).types)
        .filter(|types| *types != Types::ANY)
        .fold(None, |all: Option<Types>, types| {
            Some(all.map_or(types, |all| all.union(types)))
        })
        .unwrap_or(Types::ANY)
}

/// The format that one of the schemas names.
pub(crate) fn format<'s>(schemas: &'s Schemas, of: &[SchemaId]) -> Option<&'s str> {
    of.iter().find_map(|id| schemas.get(*id).format.as_deref())
}

/// Whether one of the schemas names all of its values.
pub(crate) fn is_listed(schemas: &Schemas, of: &[SchemaId]) -> bool {
    of.iter().any(|id| {
        let schema = schemas.get(*id);
        schema.enumeration.is_some() || schema.constant.is_some()
    })
}

/// Whether one of the schemas says that the server alone sets the value.
pub(crate) fn is_read_only(schemas: &Schemas, of: &[SchemaId]) -> bool {
    of.iter().any(|id| schemas.get(*id).annotations.read_only)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_known_without_their_parameters() {
        assert!(is_json_api("application/vnd.api+json; ext=\"x\""));
        assert!(!is_json_api("application/json"));
        assert!(is_hal("application/hal+json"));
    }
}
