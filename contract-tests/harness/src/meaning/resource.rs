//! Things that have a path each, and the operations that deal with them.
//!
//! `POST /things` makes what `GET /things/{id}` reads: a path that ends in one parameter names the things of the path
//! before it. What an answer has as their id, a link of the document says, or `x-contract`, or JSON:API, or else the
//! member's name: that of the parameter, or `id`.

use http::Method;
use openapi_model::{Api, Location, MediaType, Operation, Pointer, SchemaId, StatusPattern};
use serde_json::Value;

use super::annotation::OperationNote;
use super::id;
use super::shape::{self, Answered};
use crate::exchange::Exchange;
use crate::parameters::percent_decode;
use crate::paths;

/// The operations of one kind of thing, by their place in `Api::operations`.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// The parameter of the path that names a thing.
    pub(crate) parameter: String,
    /// `GET` of the collection.
    pub(crate) list: Option<usize>,
    /// `POST` to the collection.
    pub(crate) create: Option<usize>,
    /// `GET` of a thing.
    pub(crate) read: Option<usize>,
    /// `PATCH` of a thing.
    pub(crate) update: Option<usize>,
    /// `PUT` of a thing.
    pub(crate) replace: Option<usize>,
    /// `DELETE` of a thing.
    pub(crate) delete: Option<usize>,
    /// Where what answers `create` has the id.
    pub(crate) created_id: Option<Pointer>,
    /// Where what answers `read` has the id.
    pub(crate) read_id: Option<Pointer>,
}

/// Every kind of thing that the paths tell of.
pub(crate) fn resources(api: &Api, notes: &[OperationNote]) -> Vec<Resource> {
    let mut resources: Vec<Resource> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for operation in &api.operations {
        let path = operation.path.as_str();
        let Some((collection, parameter)) = split(path) else {
            continue;
        };
        if seen.contains(&path) {
            continue;
        }
        seen.push(path);
        let find = |path: &str, method: Method| {
            api.operations
                .iter()
                .position(|o| o.path == path && o.method == method)
        };
        let of_collection = |method: Method| {
            find(collection, method.clone()).or_else(|| find(&format!("{collection}/"), method))
        };
        let (create, read) = (of_collection(Method::POST), find(path, Method::GET));
        let id = |operation: Option<usize>| {
            let operation = operation?;
            notes[operation]
                .id
                .clone()
                .or_else(|| answered_id(api, &api.operations[operation], parameter))
        };
        resources.push(Resource {
            parameter: parameter.to_owned(),
            list: of_collection(Method::GET),
            created_id: linked_id(api, create, read).or_else(|| id(create)),
            create,
            read_id: id(read),
            read,
            update: find(path, Method::PATCH),
            replace: find(path, Method::PUT),
            delete: find(path, Method::DELETE),
        });
    }
    resources
}

/// The collection's path and the parameter of a path that ends in one.
fn split(path: &str) -> Option<(&str, &str)> {
    let (collection, last) = path.trim_end_matches('/').rsplit_once('/')?;
    let name = last.strip_prefix('{')?.strip_suffix('}')?;
    let is_one = !name.contains(['{', '}']);
    let is_of_things = !collection.is_empty() && !collection.ends_with('}');
    (is_one && is_of_things).then_some((collection, name))
}

/// Where a link of the document from what creates to what reads takes the id.
fn linked_id(api: &Api, create: Option<usize>, read: Option<usize>) -> Option<Pointer> {
    let (create, read) = (&api.operations[create?], &api.operations[read?]);
    let mut links = create
        .responses
        .iter()
        .flat_map(|response| response.links.values());
    links.find_map(|link| {
        let leads = link.operation.as_ref() == Some(&read.pointer);
        let mut taken = link
            .parameters
            .values()
            .filter_map(|value| Pointer::parse(value.as_str()?.strip_prefix("$response.body#")?));
        taken.next().filter(|_| leads)
    })
}

/// Where the answer that is one thing has its id.
fn answered_id(api: &Api, operation: &Operation, parameter: &str) -> Option<Pointer> {
    let answered = Answered::of(api, operation)?;
    let schemas = &api.schemas;
    if answered.is_json_api() {
        return Some(Pointer::root().join("data").join("id"));
    }
    let own = |of: &[SchemaId], at: Pointer| Some(at.join(id::declared(api, of, parameter)?));
    own(&answered.body, Pointer::root()).or_else(|| {
        // One thing in an envelope.
        let names = shape::names(schemas, &answered.body);
        let mut wrapped = names
            .iter()
            .filter(|name| *name == "data" || names.len() == 1);
        wrapped.find_map(|name| {
            own(
                &shape::declared(schemas, &answered.body, name),
                Pointer::root().join(name),
            )
        })
    })
}

impl Resource {
    /// Whether an exchange has made a thing: the answer that says so tells which.
    pub(crate) fn made(&self, api: &Api, exchange: &Exchange) -> bool {
        let Some(answer) = exchange.success() else {
            return false;
        };
        let is_create = Some(exchange.case.key.operation) == self.create;
        // 202 says that it is not there yet; another success may be a search's.
        let makes = match answer.status.as_u16() {
            201 => true,
            200 => self.read.is_some_and(|read| {
                success_schema(api, exchange.case.key.operation) == success_schema(api, read)
            }),
            _ => false,
        };
        is_create && makes
    }

    /// The id of the thing that an exchange has made, as the answer's body shows it.
    pub(crate) fn id_shown(&self, api: &Api, exchange: &Exchange) -> Option<Value> {
        if !self.made(api, exchange) {
            return None;
        }
        let pointer = self.created_id.as_ref()?;
        let id = exchange.success()?.value()?.pointer(pointer.as_str())?;
        (id.is_string() || id.is_number()).then(|| id.clone())
    }

    /// The id of the thing that an exchange has made.
    pub(crate) fn id_made(&self, api: &Api, exchange: &Exchange) -> Option<Value> {
        if !self.made(api, exchange) {
            return None;
        }
        let answer = exchange.success()?;
        let of_location = || {
            let location = answer.headers.get(http::header::LOCATION)?.to_str().ok()?;
            let path = location.split(['?', '#']).next()?;
            let path = match path.split_once("://") {
                Some((_, rest)) => &rest[rest.find('/')?..],
                None => path,
            };
            let found = paths::find(api, path.strip_prefix(&*exchange.base)?)?;
            let is_ours = self
                .any_item()
                .is_some_and(|item| found.operations.contains(&item));
            let (_, text) = found
                .texts
                .iter()
                .find(|(name, _)| *name == self.parameter)?;
            is_ours
                .then(|| percent_decode(text))
                .flatten()
                .map(Value::from)
        };
        self.id_shown(api, exchange).or_else(of_location)
    }

    /// Some operation of the path of one thing.
    fn any_item(&self) -> Option<usize> {
        self.read.or(self.update).or(self.replace).or(self.delete)
    }

    /// The parameters of a call to an operation on the thing with that id, by their place in `Operation::parameters`.
    /// What else the path holds is that of `from`.
    pub(crate) fn call(
        &self,
        api: &Api,
        operation: usize,
        id: &Value,
        from: &[(String, String)],
    ) -> Option<Vec<(usize, Value)>> {
        let parameters = api.operations[operation].parameters.iter().enumerate();
        parameters
            .filter(|(_, parameter)| parameter.location == Location::Path)
            .map(|(index, parameter)| {
                if parameter.name == self.parameter {
                    return Some((index, id.clone()));
                }
                let (_, text) = from.iter().find(|(name, _)| *name == parameter.name)?;
                Some((index, Value::from(percent_decode(text)?)))
            })
            .collect()
    }
}

/// The schema of an operation's first success with a JSON body.
pub(crate) fn success_schema(api: &Api, operation: usize) -> Option<SchemaId> {
    let is_success = |status: StatusPattern| match status {
        StatusPattern::Code(code) => code.is_success(),
        StatusPattern::Range(digit) => digit == 2,
        StatusPattern::Default => false,
    };
    let responses = api.operations[operation].responses.iter();
    let mut contents = responses
        .filter(|response| is_success(response.status))
        .flat_map(|response| &response.content);
    let schema = contents.find_map(|(name, content): (&String, &MediaType)| {
        crate::media_type::json_within(name)?;
        content.schema
    })?;
    Some(api.schemas.resolve(schema))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_ends_in_a_parameter_names_things() {
        for (path, expected) in [
            ("/things/{id}", Some(("/things", "id"))),
            (
                "/shops/{shop}/things/{id}/",
                Some(("/shops/{shop}/things", "id")),
            ),
            ("/things", None),
            ("/{id}", None),
            ("/files/{name}.{kind}", None),
            ("/points/{x}/{y}", None),
        ] {
            assert_eq!(split(path), expected, "{path}");
        }
    }
}
