//! Compiles an API for testing, operation by operation.
//!
//! What an operation cannot do is told by name and reason, and the rest of it goes on.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use openapi_model::{
    Api, Direction, Location, MediaType, Operation, Parameter, RequestBody, SchemaId, Schemas,
    SecurityKind, SecurityUse, Types,
};
use proptest_schema::{Values, Violations};
use serde_json::Value;

use super::links::connect;
use super::shapes::Shapes;
use super::{Compiled, CompiledBody, CompiledParameter, Gap, SentSchema, Validators};
use crate::accept;
use crate::bodies::BodyCodec;
use crate::case::Place;
use crate::generate::{boundaries, can_be_drawn, groups, rules};
use crate::media_type;
use crate::opaque::is_opaque;
use crate::parameters::Codec;
use crate::paths;
use crate::validator::Validator;
use crate::views::{holds_read_only, keywords, place_of_rule, plain};

/// Compiles every operation.
pub(super) fn compile(api: &Api) -> (Vec<Compiled>, Validators, Vec<Gap>) {
    let mut compiler = Compiler {
        api,
        shapes: Shapes::default(),
        compiled: HashMap::new(),
        drawn: HashMap::new(),
        keywords: HashMap::new(),
        validators: BTreeMap::new(),
        sent: BTreeMap::new(),
        gaps: Vec::new(),
    };
    let mut operations: Vec<Compiled> = api
        .operations
        .iter()
        .map(|operation| compiler.operation(operation))
        .collect();
    connect(api, &mut operations);
    (operations, compiler.validators, compiler.gaps)
}

pub(super) struct Compiler<'a> {
    pub(super) api: &'a Api,
    shapes: Shapes,
    /// By shape, and so is what follows.
    compiled: HashMap<(usize, Direction), Result<Arc<jsonschema::Validator>, String>>,
    drawn: HashMap<usize, Result<Drawn, String>>,
    keywords: HashMap<usize, Vec<String>>,
    validators: Validators,
    /// Many operations send the same schema.
    sent: BTreeMap<SchemaId, Result<Arc<SentSchema>, String>>,
    gaps: Vec<Gap>,
}

/// What draws the values of a schema.
#[derive(Clone)]
struct Drawn {
    values: Values,
    boundaries: Arc<[Value]>,
    violations: Result<Violations, String>,
}

impl Drawn {
    fn new(schemas: &Schemas, schema: SchemaId) -> Result<Drawn, String> {
        let values = proptest_schema::valid(schemas, schema, Direction::Request)
            .map_err(|unsupported| unsupported.to_string())?;
        let violations = proptest_schema::violating(schemas, schema, Direction::Request)
            .map_err(|unsupported| unsupported.to_string());
        Ok(Drawn {
            boundaries: values.boundaries().into(),
            values,
            violations,
        })
    }
}

impl Compiler<'_> {
    fn operation(&mut self, operation: &Operation) -> Compiled {
        let mut untestable = self.needs_certificate(operation);
        let mut parameters = Vec::new();
        for parameter in &operation.parameters {
            let part = format!("{} parameter `{}`", parameter.location, parameter.name);
            match self.parameter(operation, parameter) {
                Ok(compiled) => parameters.push(compiled),
                Err(reason) => {
                    if parameter.required {
                        untestable = Some(format!("its required {part} cannot be sent: {reason}"));
                    }
                    self.gap(operation, &part, reason);
                    parameters.push(None);
                }
            }
        }
        let bodies = match &operation.request_body {
            None => Vec::new(),
            Some(body) => self.bodies(operation, body),
        };
        if bodies.is_empty()
            && operation
                .request_body
                .as_ref()
                .is_some_and(|body| body.required)
        {
            untestable = Some("no body that it requires can be sent".to_owned());
        }
        if let Some(reason) = &untestable {
            self.gap(operation, "", reason.clone());
        }
        self.responses(operation);
        let mut compiled = Compiled {
            boundaries: boundaries(&parameters, &bodies),
            rules: Vec::new(),
            groups: Vec::new(),
            parameters,
            bodies,
            untestable,
            accept: accept::everything(operation),
            other_accepts: accept::others(operation),
            rivals: paths::rivals(self.api, &operation.path),
            links: self.links(operation),
            feeds: Vec::new(),
            leads: Vec::new(),
            is_awaiting: false,
        };
        compiled.rules = rules(&self.api.schemas, operation, &compiled);
        compiled.groups = groups(&compiled);
        compiled
    }

    /// Why no call can be made: every alternative asks for what stands in no request.
    fn needs_certificate(&self, operation: &Operation) -> Option<String> {
        let certificate = |all: &Vec<SecurityUse>| {
            all.iter().find_map(|each| {
                let scheme = self.api.security_schemes.get(&each.scheme)?;
                (scheme.kind == SecurityKind::MutualTls).then(|| each.scheme.clone())
            })
        };
        let certificates: Option<Vec<String>> =
            operation.security.iter().map(certificate).collect();
        let name = certificates?.into_iter().next()?;
        Some(format!(
            "it asks for the client's certificate (`{name}`), and none is sent"
        ))
    }

    pub(super) fn gap(&mut self, operation: &Operation, part: &str, reason: String) {
        self.gaps.push(Gap {
            operation: operation.label(),
            part: part.to_owned(),
            reason,
        });
    }

    /// The validator of a schema, compiled once.
    fn validator(&mut self, id: SchemaId, direction: Direction) -> Result<Arc<Validator>, String> {
        let schemas = &self.api.schemas;
        let id = plain(schemas, id);
        self.validators
            .entry((id, direction))
            .or_insert_with(|| {
                let shape = self.shapes.of(schemas, id);
                let inner = self
                    .compiled
                    .entry((shape, direction))
                    .or_insert_with(|| Validator::compile(schemas, id, direction));
                let validator = |inner| Arc::new(Validator::new(inner, id));
                inner.clone().map(validator)
            })
            .clone()
    }

    /// What is needed to send a schema, compiled once.
    fn sent(&mut self, id: SchemaId) -> Result<Arc<SentSchema>, String> {
        let id = plain(&self.api.schemas, id);
        if let Some(known) = self.sent.get(&id) {
            return known.clone();
        }
        let made = self.sent_schema(id).map(Arc::new);
        self.sent.insert(id, made.clone());
        made
    }

    fn sent_schema(&mut self, schema: SchemaId) -> Result<SentSchema, String> {
        let validator = self.validator(schema, Direction::Request)?;
        let schemas = &self.api.schemas;
        let shape = self.shapes.of(schemas, schema);
        let drawn = self.drawn.entry(shape);
        let drawn = drawn.or_insert_with(|| Drawn::new(schemas, schema));
        let Drawn {
            values,
            boundaries,
            violations,
        } = drawn.clone()?;
        let rules = violations.iter().flat_map(|violations| violations.rules());
        let (shapes, keywords_of) = (&mut self.shapes, &mut self.keywords);
        let mut says = |id: SchemaId, keyword: &str| {
            let known = keywords_of.entry(shapes.of(schemas, id));
            let known = known.or_insert_with(|| keywords(schemas, id));
            known.iter().any(|known| known == keyword)
        };
        let rules = rules
            .map(|rule| place_of_rule(schemas, schema, &rule.pointer, rule.keyword, &mut says))
            .collect();
        Ok(SentSchema {
            schema,
            validator,
            boundaries,
            rules,
            values,
            violations,
        })
    }

    /// Tells where no rule of a part can be broken.
    fn note_unbroken(&mut self, operation: &Operation, part: &str, sent: &SentSchema) {
        if let Err(reason) = &sent.violations {
            self.gap(
                operation,
                part,
                format!("no rule of it is broken: {reason}"),
            );
        }
    }

    fn parameter(
        &mut self,
        operation: &Operation,
        parameter: &Parameter,
    ) -> Result<Option<CompiledParameter>, String> {
        let Parameter {
            name,
            location,
            required,
            schema,
            examples,
            pointer,
            ..
        } = parameter;
        // OpenAPI 3.0.3, "Parameter Object": such a definition shall be ignored.
        let elsewhere = ["accept", "content-type", "authorization"];
        if *location == Location::Header && elsewhere.contains(&name.to_ascii_lowercase().as_str())
        {
            return Ok(None);
        }
        if self.is_credential(operation, parameter) {
            return Ok(None);
        }
        if *location == Location::Header && is_of_the_connection(name) {
            return Err("HTTP itself has a use for it".to_owned());
        }
        let schemas = &self.api.schemas;
        let codec = Codec::of_parameter(schemas, parameter)?;
        let schema = schema.ok_or("it has no schema")?;
        let sent = self.sent(schema)?;
        let place = match location {
            Location::Path => Place::Path(name.clone()),
            Location::Query => Place::Query(name.clone()),
            Location::Header => Place::Header(name.clone()),
            Location::Cookie => Place::Cookie(name.clone()),
        };
        let resolved = schemas.get(schemas.resolve(schema));
        let examples = examples.iter().chain(&resolved.annotations.examples);
        let examples = self.usable(operation, &place.to_string(), examples, &sent);
        let is_opaque = is_opaque(schemas, parameter);
        if is_opaque && *required && examples.is_empty() {
            let reason = "only the server can make its values: calls are made where a link or a \
                          given value has one";
            self.gap(operation, &place.to_string(), reason.to_owned());
        }
        self.note_unbroken(operation, &place.to_string(), &sent);
        for member in codec.unwritable_members() {
            let reason = format!(
                "its member `{member}` is left out: how an array or object within is written is not defined"
            );
            self.gap(operation, &place.to_string(), reason);
        }
        if *location == Location::Query
            && let Some(name) = self.shared_name(operation, parameter, &codec)
        {
            return Err(format!(
                "another parameter has the name `{name}` in the query"
            ));
        }
        Ok(Some(CompiledParameter {
            codec,
            sent,
            examples,
            is_opaque,
            is_listed: resolved.enumeration.is_some()
                || resolved.constant.is_some()
                || resolved.types == Types::BOOLEAN,
            place,
            required: *required,
            pointer: pointer.clone(),
        }))
    }

    /// A name in the query that belongs to another parameter as well, as that of a member that stands for itself may.
    fn shared_name(
        &self,
        operation: &Operation,
        parameter: &Parameter,
        codec: &Codec,
    ) -> Option<String> {
        let others = operation
            .parameters
            .iter()
            .filter(|other| other.location == Location::Query && other.name != parameter.name);
        let mut others = others.filter_map(|o| Codec::of_parameter(&self.api.schemas, o).ok());
        let others: Vec<Codec> = others.by_ref().collect();
        let mut names = codec.names().into_iter();
        names
            .find(|name| others.iter().any(|other| other.owns(name)))
            .map(str::to_owned)
    }

    /// Whether the parameter is where a scheme of the operation has its key: then the credentials fill it.
    fn is_credential(&self, operation: &Operation, parameter: &Parameter) -> bool {
        let mut used = operation.security.iter().flatten();
        used.any(|each| {
            match self
                .api
                .security_schemes
                .get(&each.scheme)
                .map(|scheme| &scheme.kind)
            {
                Some(SecurityKind::ApiKey(location, name)) => {
                    *location == parameter.location && name.eq_ignore_ascii_case(&parameter.name)
                }
                _ => false,
            }
        })
    }

    /// The media types of a body that can be sent.
    fn bodies(&mut self, operation: &Operation, body: &RequestBody) -> Vec<CompiledBody> {
        let mut bodies = Vec::new();
        for (declared, content) in &body.content {
            let part = format!("request body `{declared}`");
            match self.body(operation, &part, declared, content) {
                Ok(compiled) => bodies.push(compiled),
                Err(reason) => self.gap(operation, &part, reason),
            }
        }
        bodies
    }

    fn body(
        &mut self,
        operation: &Operation,
        part: &str,
        declared: &str,
        content: &MediaType,
    ) -> Result<CompiledBody, String> {
        let schemas = &self.api.schemas;
        let (codec, media_type, left_out) = BodyCodec::new(schemas, declared, content)?;
        for reason in left_out {
            self.gap(operation, part, reason);
        }
        let mut body = CompiledBody {
            media_type,
            codec,
            sent: None,
            examples: Vec::new(),
        };
        match (&body.codec, content.schema) {
            (BodyCodec::AsGiven, _) => {
                let texts = content
                    .examples
                    .values()
                    .filter(|example| example.is_string());
                body.examples = texts.cloned().collect();
                if body.examples.is_empty() {
                    return Err("of such bodies only examples that are texts are sent, \
                                and there is none"
                        .to_owned());
                }
                return Ok(body);
            }
            (BodyCodec::Text | BodyCodec::Binary, None) => {
                let texts = content
                    .examples
                    .values()
                    .filter(|example| example.is_string());
                body.examples = texts.cloned().collect();
                return Ok(body);
            }
            (_, None) => return Err("its media type has no schema".to_owned()),
            (_, Some(schema)) => {
                let sent = self.sent(schema)?;
                let own: Vec<&Value> = if content.examples.is_empty() {
                    let resolved = schemas.get(schemas.resolve(schema));
                    resolved.annotations.examples.iter().collect()
                } else {
                    content.examples.values().collect()
                };
                body.examples = self.usable(operation, part, own.into_iter(), &sent);
                self.note_unbroken(operation, part, &sent);
                body.sent = Some(sent);
            }
        }
        body.examples = std::mem::take(&mut body.examples)
            .into_iter()
            .filter(|example| body.write_valid(example).is_some())
            .collect();
        if !can_be_drawn(&body) {
            return Err("no value of its schema can be written".to_owned());
        }
        Ok(body)
    }

    /// The examples that may be sent: valid, and without what belongs in answers only.
    fn usable<'v>(
        &mut self,
        operation: &Operation,
        part: &str,
        examples: impl Iterator<Item = &'v Value>,
        sent: &SentSchema,
    ) -> Vec<Value> {
        let mut usable = Vec::new();
        for example in examples {
            let mismatches = sent.validator.mismatches(&self.api.schemas, example);
            if let Some(mismatch) = mismatches.first() {
                let reason = format!("an example is not valid and not sent: {}", mismatch.message);
                self.gap(operation, part, reason);
            } else if holds_read_only(&self.api.schemas, sent.schema, example) {
                self.gap(
                    operation,
                    part,
                    "an example holds a `readOnly` member and is not sent".to_owned(),
                );
            } else if sent.values.is_valid(example) && !usable.contains(example) {
                usable.push(example.clone());
            }
        }
        usable
    }

    /// Compiles the validators of what answers hold.
    fn responses(&mut self, operation: &Operation) {
        for response in &operation.responses {
            let bodies = response.content.iter().filter(|(media_type, _)| {
                media_type::json_within(media_type).is_some()
                    || media_type::is_plain_text(media_type)
            });
            let bodies = bodies.map(|(media_type, content)| (media_type, content.schema));
            let headers = response
                .headers
                .iter()
                .map(|(name, header)| (name, header.schema));
            for (part, schema) in bodies.chain(headers) {
                let Some(schema) = schema else { continue };
                if let Err(reason) = self.validator(schema, Direction::Response) {
                    let part = format!("response {}, `{part}`", response.status);
                    self.gap(operation, &part, reason);
                }
            }
            for media_type in response.content.keys() {
                if media_type::json_within(media_type).is_none()
                    && !media_type::is_plain_text(media_type)
                {
                    let part = format!("response {}, `{media_type}`", response.status);
                    self.gap(
                        operation,
                        &part,
                        "bodies that are not JSON are not looked into".to_owned(),
                    );
                }
            }
        }
    }
}

/// Headers that frame the message, belong to the connection, or change how bodies are written: a value at random would
/// break what carries the call.
fn is_of_the_connection(name: &str) -> bool {
    const NAMES: [&str; 12] = [
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "cookie",
        "expect",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    NAMES.contains(&name.to_ascii_lowercase().as_str())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use crate::Contract;

    #[test]
    fn an_operation_that_every_caller_needs_a_certificate_for_is_not_tested() {
        let check = |security: &str, expected: &[&str]| {
            let api = openapi_model::parse(&format!(
                "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{ /a: {{ get: {{ operationId: a, security: {security}, responses: {{ '200': {{ description: Fine }} }} }} }} }}\ncomponents: {{ securitySchemes: {{ tls: {{ type: mutualTLS }}, key: {{ type: apiKey, in: header, name: Key }} }} }}"
            ))
            .unwrap();
            let contract = Contract::new(api).unwrap();
            let reasons: Vec<&str> = contract
                .gaps()
                .iter()
                .map(|gap| gap.reason.as_str())
                .collect();
            assert_eq!(reasons, expected, "{security}");
        };
        let untested = "it asks for the client's certificate (`tls`), and none is sent";
        check("[{ tls: [] }]", &[untested]);
        check("[{ tls: [], key: [] }]", &[untested]);
        check("[{ tls: [] }, { key: [] }]", &[]);
        check("[{ tls: [] }, {}]", &[]);
        check("[]", &[]);
    }
}
