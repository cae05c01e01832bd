//! A call as the file of regressions has it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::case::{Body, Case, CaseKey, Credential, Mode, Origin, Phase, Place};
use crate::contract::Contract;

/// One call, its parts as they stand on the wire; credentials by the name of their scheme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    operation: String,
    /// Its place in the sequence of a law, else 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    step: usize,
    phase: String,
    index: usize,
    mode: Mode,
    method: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    path: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    query: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    headers: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cookies: Vec<(String, String)>,
    accept: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    credentials: Vec<Credential>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<StoredBody>,
    unknown_id: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    origins: Vec<(Place, Origin)>,
    /// What is drawn each time it is sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fresh: Vec<Place>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(step: &usize) -> bool {
    *step == 0
}

/// A body: its bytes as text, or else in base64; and its value, where that does not follow from them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredBody {
    media_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
}

impl Call {
    /// A case as it is kept; what must be new each time is kept as a name.
    pub(crate) fn of(contract: &Contract, case: &Case, step: usize, fresh: &[Place]) -> Call {
        let Case {
            key,
            mode,
            unknown_id,
            method,
            template: _,
            path,
            query,
            headers,
            cookies,
            accept,
            credentials,
            body,
            origins,
        } = case;
        let kept = |pairs: &[(String, String)], is_fresh: fn(&Place) -> Option<&String>| {
            let fresh: Vec<&String> = fresh.iter().filter_map(is_fresh).collect();
            let kept = pairs.iter().filter(|(name, _)| !fresh.contains(&name));
            kept.cloned().collect()
        };
        Call {
            step,
            phase: key.phase.name().to_owned(),
            index: key.index,
            fresh: fresh.to_vec(),
            operation: contract.api().operations[key.operation].label(),
            mode: mode.clone(),
            method: method.to_string(),
            path: kept(path, |place| match place {
                Place::Path(name) => Some(name),
                _ => None,
            }),
            query: kept(query, |place| match place {
                Place::Query(name) => Some(name),
                _ => None,
            }),
            headers: kept(headers, |place| match place {
                Place::Header(name) => Some(name),
                _ => None,
            }),
            cookies: kept(cookies, |place| match place {
                Place::Cookie(name) => Some(name),
                _ => None,
            }),
            accept: accept.clone(),
            credentials: credentials.clone(),
            body: body.as_ref().map(StoredBody::of),
            unknown_id: *unknown_id,
            origins: origins.clone(),
        }
    }

    /// Its place in the sequence of a law, else 0.
    pub(crate) fn step(&self) -> usize {
        self.step
    }

    /// The number of the case within its phase.
    pub(crate) fn index(&self) -> usize {
        self.index
    }

    /// The phase that it came from; `None` where it is a law's, or none.
    pub(crate) fn phase(&self) -> Option<Phase> {
        Phase::ALONE
            .into_iter()
            .find(|phase| phase.name() == self.phase)
    }

    /// Where each part comes from.
    pub(crate) fn origins(&self) -> impl Iterator<Item = &(Place, Origin)> {
        self.origins.iter()
    }

    /// What is drawn each time it is sent.
    pub(crate) fn fresh(&self) -> &[Place] {
        &self.fresh
    }

    /// The operation that is called, by its label.
    pub(crate) fn operation(&self) -> &str {
        &self.operation
    }

    /// The case again, for the operation at that place; `None` where the file was changed to something that is none.
    pub(crate) fn case(&self, contract: &Contract, key: CaseKey) -> Option<Case> {
        Some(Case {
            key,
            mode: self.mode.clone(),
            unknown_id: self.unknown_id,
            method: self.method.parse().ok()?,
            template: contract.api().operations.get(key.operation)?.path.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            cookies: self.cookies.clone(),
            accept: self.accept.clone(),
            credentials: self.credentials.clone(),
            body: match &self.body {
                Some(body) => Some(body.body()?),
                None => None,
            },
            origins: self.origins.clone(),
        })
    }
}

impl StoredBody {
    fn of(body: &Body) -> StoredBody {
        let Body {
            media_type,
            bytes,
            value,
        } = body;
        let text = std::str::from_utf8(bytes).ok();
        let follows = serde_json::from_slice::<Value>(bytes).is_ok_and(|read| read == *value);
        StoredBody {
            media_type: media_type.clone(),
            text: text.map(str::to_owned),
            base64: text.is_none().then(|| STANDARD.encode(bytes)),
            value: (!follows).then(|| value.clone()),
        }
    }

    fn body(&self) -> Option<Body> {
        let bytes = match (&self.text, &self.base64) {
            (Some(text), None) => Bytes::from(text.clone()),
            (None, Some(text)) => Bytes::from(STANDARD.decode(text).ok()?),
            _ => return None,
        };
        let value = match &self.value {
            Some(value) => value.clone(),
            None => serde_json::from_slice(&bytes).ok()?,
        };
        Some(Body {
            media_type: self.media_type.clone(),
            bytes,
            value,
        })
    }
}
