//! An API with its validators and strategies, compiled once.
//!
//! What cannot be tested is told by name and reason, and the rest is tested: a document is never refused for a
//! construct that one of its operations uses.

mod collections;
mod compile;
mod links;
mod shapes;

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use collections::Feed;
use openapi_model::{Api, Diagnostic, Direction, Pointer, SchemaId, Schemas};
use proptest_schema::{Values, Violations};
use serde::Serialize;
use serde_json::Value;

use crate::bodies::{BodyCodec, WrittenBody};
use crate::case::{Body, Place};
use crate::expression::Expression;
use crate::generate::{Part, Rule};
use crate::meaning::Meaning;
use crate::media_type;
use crate::parameters::Codec;
use crate::validator::Validator;
use crate::views::plain;

/// An [`Api`] with its validators and strategies compiled once. Cloning it costs nothing: clones share them.
#[derive(Clone, Debug)]
pub struct Contract {
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    api: Api,
    validators: Validators,
    operations: Vec<Compiled>,
    gaps: Vec<Gap>,
    meaning: Meaning,
}

/// What is not tested, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The operation.
    pub operation: String,
    /// What part of it; empty where it is the whole operation.
    pub part: String,
    /// Why.
    pub reason: String,
}

/// The document has nothing that could be tested.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the document declares no operation: add one under `paths`")]
pub struct NoOperation;

/// The validators of the schemas that something is judged by; `None` where there can be none.
type Validators = BTreeMap<(SchemaId, Direction), Result<Arc<Validator>, String>>;

/// A schema of what is sent: its judge and its strategies, shared by every part that has the schema.
#[derive(Debug)]
pub(crate) struct SentSchema {
    pub(crate) schema: SchemaId,
    pub(crate) validator: Arc<Validator>,
    pub(crate) values: Values,
    pub(crate) boundaries: Arc<[Value]>,
    /// Values that break one rule, or why there are none.
    pub(crate) violations: Result<Violations, String>,
    /// The place in the document of each rule that can be broken.
    pub(crate) rules: Vec<Pointer>,
}

/// What generation needs of one operation.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// As in `Operation::parameters`; `None` for those that are never sent.
    pub(crate) parameters: Vec<Option<CompiledParameter>>,
    /// One for each media type that can be sent.
    pub(crate) bodies: Vec<CompiledBody>,
    /// Every boundary of a part, by its place in the part's boundaries.
    pub(crate) boundaries: Vec<(Part, usize)>,
    /// Every rule that a call can break, in a fixed order.
    pub(crate) rules: Vec<Rule>,
    /// Those that can be broken, by their place in `rules`, those of one kind together.
    pub(crate) groups: Vec<Vec<usize>>,
    /// Why no call can be made at all.
    pub(crate) untestable: Option<String>,
    /// What calls send as `Accept`.
    pub(crate) accept: String,
    /// What valid calls may send instead, by turns.
    pub(crate) other_accepts: Vec<String>,
    /// Other path templates that a path of this one may fit.
    pub(crate) rivals: Vec<String>,
    /// Where the answers lead.
    pub(crate) links: Vec<CompiledLink>,
    /// What the answers hold that the paths of others name.
    pub(crate) feeds: Vec<Feed>,
    /// The operations that should be called after this one, since its answers lead there.
    pub(crate) leads: Vec<usize>,
    /// Whether the answers of some operation should come before its calls.
    pub(crate) is_awaiting: bool,
}

#[derive(Debug)]
pub(crate) struct CompiledParameter {
    pub(crate) codec: Codec,
    pub(crate) place: Place,
    pub(crate) required: bool,
    pub(crate) sent: Arc<SentSchema>,
    pub(crate) examples: Vec<Value>,
    /// Whether only the server can make its values.
    pub(crate) is_opaque: bool,
    /// Whether its schema names all of its values.
    pub(crate) is_listed: bool,
    pub(crate) pointer: Pointer,
}

impl CompiledParameter {
    /// Writes a value that breaks a keyword of the parameter's schema; `None` where it cannot be carried, or where its
    /// text can also be read as a value that does not break it.
    pub(crate) fn write_broken(
        &self,
        schemas: &Schemas,
        value: &Value,
        keyword: &str,
    ) -> Option<Vec<(String, String)>> {
        let pairs = self.codec.write(value, true)?;
        let readings = self.codec.readings(&pairs, true);
        self.sent
            .breaks(schemas, &readings, keyword)
            .then_some(pairs)
    }

    /// Writes a valid value; `None` where it cannot be carried, or loses its meaning.
    pub(crate) fn write_valid(&self, value: &Value) -> Option<Vec<(String, String)>> {
        let pairs = self.codec.write(value, false)?;
        let readings = self.codec.readings(&pairs, false);
        readings
            .iter()
            .any(|value| self.sent.validator.is_valid(value))
            .then_some(pairs)
    }
}

/// One media type of the request body.
#[derive(Debug)]
pub(crate) struct CompiledBody {
    /// What is sent as `Content-Type`.
    pub(crate) media_type: String,
    pub(crate) codec: BodyCodec,
    /// `None` where no schema says what is sent.
    pub(crate) sent: Option<Arc<SentSchema>>,
    pub(crate) examples: Vec<Value>,
}

impl CompiledBody {
    /// Writes a valid value; `None` where it cannot be carried, or is not valid without what cannot.
    pub(crate) fn write_valid(&self, value: &Value) -> Option<Body> {
        let written = self.codec.write(&self.media_type, value, false)?;
        let is_changed = !matches!(self.codec, BodyCodec::Json);
        if let Some(sent) = &self.sent
            && is_changed
            && !sent.validator.is_valid(&written.value)
        {
            return None;
        }
        Some(body(written))
    }

    /// Writes a value that breaks a keyword of the schema at a place; `None` where it cannot be carried, or where its
    /// bytes can also be read as a value that does not break it.
    pub(crate) fn write_broken(
        &self,
        schemas: &Schemas,
        value: &Value,
        keyword: &str,
        at: &str,
    ) -> Option<Body> {
        let sent = self.sent.as_ref()?;
        let written = self.codec.write(&self.media_type, value, true)?;
        let first = Pointer::parse(at)?.segments().next();
        if first.is_some_and(|first| written.left_out.contains(&first)) {
            return None;
        }
        // The bytes of JSON have one meaning.
        let is_broken = match self.codec {
            BodyCodec::Json => !sent.validator.is_valid(value),
            _ => {
                let WrittenBody {
                    media_type, bytes, ..
                } = &written;
                let readings = self.codec.readings(media_type, bytes, true)?.ok()?;
                sent.breaks(schemas, &readings, keyword)
            }
        };
        is_broken.then(|| body(written))
    }
}

impl SentSchema {
    /// Whether none of the values that something can stand for is valid, nor breaks other rules alone where it is to be
    /// of the wrong type: every text is a string.
    fn breaks(&self, schemas: &Schemas, readings: &[Value], keyword: &str) -> bool {
        const TYPING: [&str; 4] = ["type", "anyOf", "oneOf", "not"];
        let is_of_the_type = |value: &Value| {
            let mut mismatches = self.validator.mismatches(schemas, value).into_iter();
            mismatches.all(|mismatch| !TYPING.contains(&mismatch.keyword.as_str()))
        };
        !readings.iter().any(|value| {
            self.validator.is_valid(value) || (keyword == "type" && is_of_the_type(value))
        })
    }
}

fn body(written: WrittenBody) -> Body {
    let WrittenBody {
        media_type,
        bytes,
        value,
        left_out: _,
    } = written;
    Body {
        media_type,
        bytes: Bytes::from(bytes),
        value,
    }
}

impl Compiled {
    /// The body that is JSON and of which a schema speaks, and its place among the bodies.
    pub(crate) fn json_body(&self) -> Option<(usize, &CompiledBody, &SentSchema)> {
        let mut bodies = self.bodies.iter().enumerate();
        bodies.find_map(|(index, body)| {
            let is_json = matches!(body.codec, BodyCodec::Json);
            Some((index, body, body.sent.as_deref().filter(|_| is_json)?))
        })
    }

    /// The media type that a body is of.
    pub(crate) fn body(&self, body: &Body) -> Option<&CompiledBody> {
        let mut bodies = self.bodies.iter();
        bodies.find(|one| media_type::matches(&one.media_type, &body.media_type))
    }
}

/// A link from an answer to the call of another operation.
#[derive(Debug)]
pub(crate) struct CompiledLink {
    /// The response that has it, by its place in `Operation::responses`.
    pub(crate) response: usize,
    pub(crate) name: String,
    pub(crate) pointer: Pointer,
    /// The operation that it leads to.
    pub(crate) target: usize,
    /// The target's parameters that it fills, by their place in `Operation::parameters`.
    pub(crate) feeds: Vec<(usize, Expression)>,
}

impl Contract {
    /// Compiles what the API needs to be tested.
    ///
    /// # Errors
    /// Where the API has no operation. What else cannot be tested is in [`Contract::gaps`].
    pub fn new(api: Api) -> Result<Contract, NoOperation> {
        if api.operations.is_empty() {
            return Err(NoOperation);
        }
        let (operations, validators, gaps) = compile::compile(&api);
        let meaning = Meaning::of(&api);
        Ok(Contract {
            parts: Arc::new(Parts {
                meaning,
                api,
                validators,
                operations,
                gaps,
            }),
        })
    }

    /// The API.
    pub fn api(&self) -> &Api {
        &self.parts.api
    }

    /// The path of the first of the document's `servers`, without a slash at its end: what a server has before every path
    /// of the document, where nobody says otherwise.
    pub fn base_path(&self) -> String {
        let first = self.api().servers.first().map_or("/", String::as_str);
        let path = match first.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
            None => first,
        };
        let path = path.split(['?', '#']).next().unwrap_or_default();
        path.trim_end_matches('/').to_owned()
    }

    /// What is not tested, and why.
    pub fn gaps(&self) -> &[Gap] {
        &self.parts.gaps
    }

    /// What is wrong with the document's `x-contract` annotations. The rest of the document is tested all the same.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.parts.meaning.diagnostics
    }

    /// Where the document asks for an operation's credentials: at the operation, or else for all of them.
    pub(crate) fn security(&self, operation: usize) -> Pointer {
        let api = self.api();
        let own = api.operations[operation].pointer.join("security");
        let all = Pointer::root().join("security");
        let is_there = |at: &Pointer| api.document.pointer(at.as_str()).is_some();
        if is_there(&own) || !is_there(&all) {
            own
        } else {
            all
        }
    }

    /// What the operations mean to each other.
    pub(crate) fn meaning(&self) -> &Meaning {
        &self.parts.meaning
    }

    pub(crate) fn compiled(&self, operation: usize) -> &Compiled {
        &self.parts.operations[operation]
    }

    pub(crate) fn validator(&self, id: SchemaId, direction: Direction) -> Option<&Validator> {
        let id = plain(&self.parts.api.schemas, id);
        self.parts.validators.get(&(id, direction))?.as_deref().ok()
    }
}
