//! Paths, operations, and what they send and answer.

use std::collections::{HashMap, HashSet};

use http::{Method, StatusCode};
use indexmap::IndexMap;
use serde_json::Value;

use super::cursor::At;
use super::{LinkTarget, Reader};
use crate::{
    Header, Link, Location, MediaType, Operation, Parameter, ParameterFormat, Pointer, RequestBody,
    Response, SchemaId, SecurityScheme, SecurityUse, StatusPattern, Style,
};

pub(super) const METHODS: [(&str, Method); 8] = [
    ("get", Method::GET),
    ("put", Method::PUT),
    ("post", Method::POST),
    ("delete", Method::DELETE),
    ("options", Method::OPTIONS),
    ("head", Method::HEAD),
    ("patch", Method::PATCH),
    ("trace", Method::TRACE),
];

pub(super) type Targets<'t> = HashMap<Pointer, LinkTarget<'t>>;

impl<'t> Reader<'t> {
    pub(super) fn operations(
        &mut self,
        root: &At<'t>,
        schemes: &IndexMap<String, SecurityScheme>,
    ) -> Vec<Operation> {
        let default_security = self.security(root, schemes);
        let mut operations = Vec::new();
        let mut targets = Targets::new();
        if !self.is_31() {
            self.required(root, "paths");
        } else if ["paths", "components", "webhooks"]
            .iter()
            .all(|name| root.member(name).is_none())
        {
            self.fault(
                root,
                "one of `paths`, `components` and `webhooks` must be there",
            );
        }
        let mut shapes = HashMap::new();
        for (path, at) in self.map(root, "paths") {
            if path.starts_with("x-") {
                continue;
            }
            if !path.starts_with('/') {
                self.fault(&at, format!("the path `{path}` must start with `/`"));
            }
            if let Some(other) = shapes.insert(shape(path), path) {
                self.fault(
                    &at,
                    format!(
                        "the paths `{path}` and `{other}` are the same but for the names in them"
                    ),
                );
            }
            let Some(item) = self.path_item(&at) else {
                continue;
            };
            let shared = self.shared_parameters(&item);
            for (name, method) in METHODS {
                if let Some(at) = item.member(name) {
                    let mut operation = self.operation(&at, path, method, &shared, &mut targets);
                    self.check_path(&at, path, &operation.parameters);
                    operation.security = match at.member("security") {
                        Some(_) => self.security(&at, schemes),
                        None => default_security.clone(),
                    };
                    operations.push(operation);
                }
            }
        }
        let mut by_id = HashMap::new();
        for operation in &operations {
            if let Some(id) = &operation.id
                && by_id
                    .insert(id.clone(), operation.pointer.clone())
                    .is_some()
            {
                self.faults.push(crate::Diagnostic {
                    file: String::new(),
                    pointer: operation.pointer.clone(),
                    line: operation.line,
                    message: format!("another operation has the operationId `{id}` too"),
                });
            }
        }
        let pointers: HashSet<Pointer> = operations.iter().map(|o| o.pointer.clone()).collect();
        for response in operations.iter_mut().flat_map(|o| &mut o.responses) {
            self.connect(&mut response.links, &targets, &by_id, &pointers);
        }
        operations
    }

    pub(super) fn operation(
        &mut self,
        at: &At<'t>,
        path: &str,
        method: Method,
        shared: &[Parameter],
        targets: &mut Targets<'t>,
    ) -> Operation {
        self.known(
            at,
            &[
                "tags",
                "summary",
                "description",
                "externalDocs",
                "operationId",
                "parameters",
                "requestBody",
                "responses",
                "callbacks",
                "deprecated",
                "security",
                "servers",
            ],
        );
        if let Some(callbacks) = at.member("callbacks") {
            self.note(
                &callbacks,
                "callbacks are requests of the server's own: they are read for faults, and kept nowhere",
            );
            self.callbacks(at);
        }
        let own = self.parameters(at);
        let same = |a: &Parameter, b: &Parameter| a.location == b.location && a.name == b.name;
        let mut parameters: Vec<Parameter> = shared
            .iter()
            .filter(|s| !own.iter().any(|o| same(o, s)))
            .cloned()
            .collect();
        parameters.extend(own);
        let mut responses = Vec::new();
        if self.is_31() && at.member("responses").is_none() {
            self.note(
                at,
                "there are no `responses`: nothing is known about the answers",
            );
        } else if self.required(at, "responses").is_some() {
            let members = self.map(at, "responses");
            if members.is_empty() {
                self.note(
                    at,
                    "`responses` holds no response: nothing is known about the answers",
                );
            }
            for (status, at) in members
                .into_iter()
                .filter(|(status, _)| !status.starts_with("x-"))
            {
                match status_pattern(status) {
                    Some(pattern) => responses.extend(self.response(&at, pattern, targets)),
                    None => self.fault(&at, format!("`{status}` is no status: it must be a code such as 200, a range such as 4XX, or default")),
                }
            }
        }
        let mut extensions: IndexMap<String, Value> = self.extensions(at).collect();
        let scopes = self.strings(at, "x-scopes");
        extensions.shift_remove("x-scopes");
        Operation {
            id: self.string(at, "operationId"),
            method,
            path: path.to_owned(),
            file: self.file_of(at),
            pointer: at.pointer.clone(),
            line: at.node.line,
            summary: self.string(at, "summary"),
            description: self.string(at, "description"),
            tags: self.strings(at, "tags"),
            deprecated: self.boolean(at, "deprecated", false),
            parameters,
            request_body: at
                .member("requestBody")
                .and_then(|body| self.request_body(&body)),
            responses,
            security: Vec::new(),
            scopes,
            extensions,
        }
    }

    /// Compares the names in a path with the parameters that say they are in it.
    fn check_path(&mut self, at: &At<'t>, path: &str, parameters: &[Parameter]) {
        let names: Vec<&str> = names(path).collect();
        for name in &names {
            if !parameters
                .iter()
                .any(|p| p.location == Location::Path && p.name == *name)
            {
                self.fault(
                    at,
                    format!("`{{{name}}}` stands in the path, and no path parameter has that name"),
                );
            }
            if names.iter().filter(|other| *other == name).count() > 1 {
                self.fault(at, format!("`{{{name}}}` stands twice in the path"));
            }
        }
        for parameter in parameters.iter().filter(|p| p.location == Location::Path) {
            if !names.contains(&parameter.name.as_str()) {
                self.fault(
                    at,
                    format!(
                        "the path parameter `{}` does not stand in the path `{path}`",
                        parameter.name
                    ),
                );
            }
        }
    }

    /// The alternatives of `security`, here or on the document.
    fn security(
        &mut self,
        at: &At<'t>,
        schemes: &IndexMap<String, SecurityScheme>,
    ) -> Vec<Vec<SecurityUse>> {
        let mut alternatives = Vec::new();
        for requirement in self.items(at, "security") {
            // Without this, a mistyped requirement would be an empty one, and let everybody in.
            if requirement.node.as_object().is_none() {
                let message = format!(
                    "this is {}, and must be an object such as `{{ name: [] }}`",
                    requirement.node.kind()
                );
                self.fault(&requirement, message);
                continue;
            }
            let mut uses = Vec::new();
            for (name, member) in requirement.members() {
                if schemes.contains_key(name) {
                    let scopes = self.strings(&requirement, name);
                    uses.push(SecurityUse {
                        scheme: name.to_owned(),
                        scopes,
                    });
                } else if !self.scheme_is_declared(name) {
                    self.fault(
                        &member,
                        format!("`{name}` is no security scheme of this document"),
                    );
                }
            }
            alternatives.push(uses);
        }
        alternatives
    }

    /// Whether the name stands in `components.securitySchemes`, readable or not: one fault is enough.
    fn scheme_is_declared(&self, name: &str) -> bool {
        let schemes = Pointer::root().join("components").join("securitySchemes");
        self.files.get(0).root.at(&schemes.join(name)).is_some()
    }

    pub(super) fn parameters(&mut self, at: &At<'t>) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut seen = HashSet::new();
        for at in self.items(at, "parameters") {
            let Some(parameter) = self.parameter(&at) else {
                continue;
            };
            let is_header = parameter.location == Location::Header;
            let name = if is_header {
                parameter.name.to_ascii_lowercase()
            } else {
                parameter.name.clone()
            };
            if !seen.insert((parameter.location, name)) {
                let message = format!(
                    "the {} parameter `{}` is declared twice",
                    parameter.location, parameter.name
                );
                self.fault(&at, message);
            }
            let ignored = ["accept", "content-type", "authorization"];
            if parameter.location == Location::Header
                && ignored.contains(&&*parameter.name.to_ascii_lowercase())
            {
                let message = format!(
                    "OpenAPI ignores a header parameter named `{}`",
                    parameter.name
                );
                self.note(&at, message);
                continue;
            }
            parameters.push(parameter);
        }
        parameters
    }

    pub(super) fn parameter(&mut self, at: &At<'t>) -> Option<Parameter> {
        let (at, description) = self.described(at)?;
        let name = self.required_string(&at, "name");
        let location = match self.required_string(&at, "in")?.as_str() {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            "cookie" => Location::Cookie,
            other => {
                self.fault(
                    &at,
                    format!(
                        "a parameter is in path, query, header or cookie, and not in `{other}`"
                    ),
                );
                return None;
            }
        };
        let mut known = vec![
            "name",
            "in",
            "description",
            "required",
            "deprecated",
            "allowEmptyValue",
        ];
        known.extend([
            "style",
            "explode",
            "allowReserved",
            "schema",
            "example",
            "examples",
            "content",
        ]);
        self.known(&at, &known);
        let (format, schema, mut examples) = self.parameter_format(&at, location);
        examples.extend(self.examples(&at).into_values());
        let required = self.boolean(&at, "required", false);
        if location == Location::Path && !required {
            self.fault(&at, "a path parameter must say `required: true`");
        }
        Some(Parameter {
            name: name?,
            location,
            description,
            required,
            deprecated: self.boolean(&at, "deprecated", false),
            allow_empty_value: self.boolean(&at, "allowEmptyValue", false),
            allow_reserved: self.boolean(&at, "allowReserved", false),
            format,
            schema,
            examples,
            file: self.file_of(&at),
            pointer: at.pointer.clone(),
            line: at.node.line,
        })
    }

    /// How a parameter or header is written: by `schema` and `style`, or by `content`.
    fn parameter_format(
        &mut self,
        at: &At<'t>,
        location: Location,
    ) -> (ParameterFormat, Option<SchemaId>, Vec<Value>) {
        if at.member("schema").is_some() && at.member("content").is_some() {
            self.fault(at, "`schema` and `content` exclude each other");
        }
        let content = self.content(at);
        if content.len() > 1 {
            self.fault(at, "`content` must hold exactly one media type here");
        }
        if let Some((media_type, body)) = content.into_iter().next() {
            return (
                ParameterFormat::Content(media_type),
                body.schema,
                body.examples.into_values().collect(),
            );
        }
        let schema = self.required_schema(at);
        let (default, allowed): (_, &[_]) = match location {
            Location::Path => (Style::Simple, &[Style::Matrix, Style::Label, Style::Simple]),
            Location::Header => (Style::Simple, &[Style::Simple]),
            Location::Cookie => (Style::Form, &[Style::Form]),
            Location::Query => (
                Style::Form,
                &[
                    Style::Form,
                    Style::SpaceDelimited,
                    Style::PipeDelimited,
                    Style::DeepObject,
                ],
            ),
        };
        let style = match self.string(at, "style") {
            None => default,
            Some(name) => match style(&name).filter(|style| allowed.contains(style)) {
                Some(style) => style,
                None => {
                    self.fault(
                        at,
                        format!("`{name}` is no style for a {location} parameter"),
                    );
                    default
                }
            },
        };
        let explode = self.boolean(at, "explode", style == Style::Form);
        (ParameterFormat::Style(style, explode), schema, Vec::new())
    }

    fn required_schema(&mut self, at: &At<'t>) -> Option<SchemaId> {
        let schema = at.member("schema");
        if schema.is_none() {
            self.fault(at, "either `schema` or `content` is needed");
        }
        schema.map(|schema| self.schema(&schema))
    }

    pub(super) fn request_body(&mut self, at: &At<'t>) -> Option<RequestBody> {
        let (at, description) = self.described(at)?;
        self.known(&at, &["description", "content", "required"]);
        self.required(&at, "content")?;
        Some(RequestBody {
            description,
            required: self.boolean(&at, "required", false),
            content: self.content(&at),
            file: self.file_of(&at),
            pointer: at.pointer.clone(),
            line: at.node.line,
        })
    }

    fn content(&mut self, at: &At<'t>) -> IndexMap<String, MediaType> {
        let mut content = IndexMap::new();
        for (name, at) in self.map(at, "content") {
            self.known(&at, &["schema", "example", "examples", "encoding"]);
            for (_, encoding) in self.map(&at, "encoding") {
                for (_, header) in self.map(&encoding, "headers") {
                    self.header(&header);
                }
            }
            let media_type = MediaType {
                schema: at.member("schema").map(|schema| self.schema(&schema)),
                examples: self.examples(&at),
                encoding: at
                    .member("encoding")
                    .map(|encoding| encoding.node.to_value()),
                file: self.file_of(&at),
                pointer: at.pointer.clone(),
                line: at.node.line,
            };
            content.insert(name.to_owned(), media_type);
        }
        content
    }

    /// The examples whose values stand in the document.
    fn examples(&mut self, at: &At<'t>) -> IndexMap<String, Value> {
        let mut examples = IndexMap::new();
        if let Some(example) = at.member("example") {
            examples.insert("example".to_owned(), example.node.to_value());
        }
        for (name, at) in self.map(at, "examples") {
            let Some(at) = self.deref(&at) else { continue };
            self.known(&at, &["summary", "description", "value", "externalValue"]);
            if let Some(value) = at.member("value") {
                examples.insert(name.to_owned(), value.node.to_value());
            }
        }
        examples
    }

    pub(super) fn response(
        &mut self,
        at: &At<'t>,
        status: StatusPattern,
        targets: &mut Targets<'t>,
    ) -> Option<Response> {
        let (at, description) = self.described(at)?;
        self.required(&at, "description");
        self.known(&at, &["description", "headers", "content", "links"]);
        let mut headers = IndexMap::new();
        for (name, at) in self.map(&at, "headers") {
            let header = self.header(&at);
            if name.eq_ignore_ascii_case("content-type") {
                self.note(
                    &at,
                    "OpenAPI ignores a response header named `Content-Type`",
                );
            } else if let Some(header) = header {
                headers.insert(name.to_owned(), header);
            }
        }
        let mut links = IndexMap::new();
        for (name, at) in self.map(&at, "links") {
            if let Some(link) = self.link(&at, targets) {
                links.insert(name.to_owned(), link);
            }
        }
        Some(Response {
            status,
            description: description?,
            headers,
            content: self.content(&at),
            links,
            file: self.file_of(&at),
            pointer: at.pointer.clone(),
            line: at.node.line,
        })
    }

    pub(super) fn header(&mut self, at: &At<'t>) -> Option<Header> {
        let (at, description) = self.described(at)?;
        let mut known = vec![
            "description",
            "required",
            "deprecated",
            "allowEmptyValue",
            "style",
            "explode",
        ];
        known.extend(["allowReserved", "schema", "example", "examples", "content"]);
        self.known(&at, &known);
        let (format, schema, _) = self.parameter_format(&at, Location::Header);
        self.examples(&at);
        Some(Header {
            description,
            required: self.boolean(&at, "required", false),
            format,
            schema,
            file: self.file_of(&at),
            pointer: at.pointer.clone(),
            line: at.node.line,
        })
    }

    fn link(&mut self, at: &At<'t>, targets: &mut Targets<'t>) -> Option<Link> {
        let (at, description) = self.described(at)?;
        self.known(
            &at,
            &[
                "operationRef",
                "operationId",
                "parameters",
                "requestBody",
                "description",
                "server",
            ],
        );
        let (id, reference) = (
            self.string(&at, "operationId"),
            self.string(&at, "operationRef"),
        );
        match (id, reference) {
            (Some(id), None) => {
                drop(targets.insert(at.pointer.clone(), LinkTarget::Id(at.clone(), id)))
            }
            (None, Some(to)) => {
                drop(targets.insert(at.pointer.clone(), LinkTarget::Reference(at.clone(), to)))
            }
            _ => self.fault(&at, "a link needs either `operationId` or `operationRef`"),
        }
        Some(Link {
            operation: None,
            parameters: self
                .map(&at, "parameters")
                .into_iter()
                .map(|(n, v)| (n.to_owned(), v.node.to_value()))
                .collect(),
            request_body: at.member("requestBody").map(|body| body.node.to_value()),
            description,
            pointer: at.pointer.clone(),
        })
    }
}

fn style(name: &str) -> Option<Style> {
    Some(match name {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        "form" => Style::Form,
        "simple" => Style::Simple,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        _ => return None,
    })
}

fn status_pattern(text: &str) -> Option<StatusPattern> {
    match text.as_bytes() {
        b"default" => Some(StatusPattern::Default),
        [digit @ b'1'..=b'5', b'X', b'X'] => Some(StatusPattern::Range(digit - b'0')),
        [b'1'..=b'5', _, _] => StatusCode::from_bytes(text.as_bytes())
            .ok()
            .map(StatusPattern::Code),
        _ => None,
    }
}

/// The names in the braces of a path template.
fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// A path template without the names in it.
fn shape(path: &str) -> String {
    names(path).fold(path.to_owned(), |shape, name| {
        shape.replace(&format!("{{{name}}}"), "{}")
    })
}
