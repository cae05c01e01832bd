//! A call as the file of regressions has it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::case::{Body, Case, Credential, Mode, Origin, Place};
use crate::contract::Contract;

/// One call, its parts as they stand on the wire; credentials by the name of their scheme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    operation: String,
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
    /// A case as it is kept.
    pub(crate) fn of(contract: &Contract, case: &Case) -> Call {
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
        Call {
            operation: contract.api().operations[key.operation].label(),
            mode: mode.clone(),
            method: method.to_string(),
            path: path.clone(),
            query: query.clone(),
            headers: headers.clone(),
            cookies: cookies.clone(),
            accept: accept.clone(),
            credentials: credentials.clone(),
            body: body.as_ref().map(StoredBody::of),
            unknown_id: *unknown_id,
            origins: origins.clone(),
        }
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
}
