//! `GET /events/{id}` on a store of the Event server, written by hand the way the documentation of axum, sqlx and
//! jsonwebtoken shows: extractors for the tokens, a pool, `query_as`, `Json`.
//!
//! It makes the checks that the Event server makes for this operation, and gives the same answer: both tokens (signature,
//! `exp`, `nbf`, `aud`, the scope), `Accept`, no query parameter, an id of digits, `If-None-Match`.
//!
//! usage: peer ADDRESS DATABASE KEYS

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, RawQuery, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{FromRow, SqlitePool};

const MEDIA_TYPE: &str = "application/vnd.api+json";

struct App {
    pool: SqlitePool,
    keys: Keys,
}

struct Keys {
    decoding: DecodingKey,
    bearer: Validation,
    service: Validation,
}

#[derive(Debug)]
struct Failure(StatusCode, &'static str);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Failure(status, code) = self;
        let error = json!({"errors": [{"status": status.as_u16().to_string(), "code": code}]});
        (status, [(CONTENT_TYPE, MEDIA_TYPE)], Json(error)).into_response()
    }
}

const UNAUTHORIZED: Failure = Failure(StatusCode::UNAUTHORIZED, "unauthorized");

/// What both tokens say.
#[derive(Deserialize)]
#[expect(dead_code, reason = "each must be there")]
struct Claims {
    iss: String,
    sub: String,
    #[serde(default)]
    scope: String,
}

/// A caller whose tokens are good.
struct Caller {
    claims: Claims,
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Caller, Failure> {
        let keys = &app.keys;
        let one = |name| {
            let mut values = parts.headers.get_all(name).iter();
            let value = values.next().and_then(|value| value.to_str().ok());
            value
                .filter(|_| values.next().is_none())
                .ok_or(UNAUTHORIZED)
        };
        let bearer = one(AUTHORIZATION.as_str())?
            .strip_prefix("Bearer ")
            .ok_or(UNAUTHORIZED)?;
        let verified = decode::<Claims>(bearer, &keys.decoding, &keys.bearer);
        let claims = verified.map_err(|_| UNAUTHORIZED)?.claims;
        decode::<Claims>(one("s2s-auth-token")?, &keys.decoding, &keys.service)
            .map_err(|_| UNAUTHORIZED)?;
        Ok(Caller { claims })
    }
}

/// A row of the store.
#[derive(FromRow)]
struct Event {
    id: i64,
    created_at: String,
    event_at: Option<String>,
    name: Option<String>,
    body: Option<String>,
    external_url: Option<String>,
    payload: Option<String>,
    request_city: Option<String>,
    request_device: Option<String>,
    request_host: Option<String>,
    request_proxied: Option<bool>,
    request_region: Option<String>,
    relationships: String,
}

async fn get_event(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if !caller
        .claims
        .scope
        .split(' ')
        .any(|scope| scope == "events.read")
    {
        return Err(Failure(StatusCode::FORBIDDEN, "missing_scope"));
    }
    let accept = headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("*/*");
    if ![MEDIA_TYPE, "application/*", "*/*"]
        .iter()
        .any(|range| accept.contains(range))
    {
        return Err(Failure(StatusCode::NOT_ACCEPTABLE, "not_acceptable"));
    }
    if !id.bytes().all(|byte| byte.is_ascii_digit()) || query.is_some_and(|query| !query.is_empty())
    {
        return Err(Failure(StatusCode::BAD_REQUEST, "bad_parameter"));
    }
    let id: i64 = id
        .parse()
        .map_err(|_| Failure(StatusCode::NOT_FOUND, "not_found"))?;
    let event: Option<Event> = sqlx::query_as("SELECT * FROM event WHERE id = ?")
        .bind(id)
        .fetch_optional(&app.pool)
        .await
        .map_err(|_| Failure(StatusCode::INTERNAL_SERVER_ERROR, "internal"))?;
    let event = event.ok_or(Failure(StatusCode::NOT_FOUND, "not_found"))?;
    let tag = format!("\"{id}\"");
    if headers
        .get(IF_NONE_MATCH)
        .is_some_and(|given| given.as_bytes() == tag.as_bytes())
    {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    let body =
        document(event).map_err(|_| Failure(StatusCode::INTERNAL_SERVER_ERROR, "internal"))?;
    let headers = [(CONTENT_TYPE, MEDIA_TYPE.to_owned()), (ETAG, tag)];
    Ok((headers, Json(body)).into_response())
}

fn document(event: Event) -> serde_json::Result<Value> {
    let mut attributes = Map::new();
    for (name, value) in [
        ("body", event.body),
        ("createdAt", Some(event.created_at)),
        ("eventAt", event.event_at),
        ("externalUrl", event.external_url),
        ("name", event.name),
        ("requestCity", event.request_city),
        ("requestDevice", event.request_device),
        ("requestHost", event.request_host),
        ("requestRegion", event.request_region),
    ] {
        if let Some(value) = value {
            attributes.insert(name.to_owned(), value.into());
        }
    }
    if let Some(payload) = event.payload {
        attributes.insert("payload".to_owned(), serde_json::from_str(&payload)?);
    }
    if let Some(proxied) = event.request_proxied {
        attributes.insert("requestProxied".to_owned(), proxied.into());
    }
    let kept: Map<String, Value> = serde_json::from_str(&event.relationships)?;
    let relationships: Map<String, Value> = kept
        .into_iter()
        .map(|(name, kept)| {
            let mut relationship = Map::new();
            if let Some(id) = kept.get("data").and_then(Value::as_i64) {
                let data = json!({"type": name, "id": id.to_string()});
                relationship.insert("data".to_owned(), data);
            }
            if let Some(links) = kept.get("links") {
                relationship.insert("links".to_owned(), links.clone());
            }
            (name, relationship.into())
        })
        .collect();
    let link = format!("/events/{}", event.id);
    Ok(json!({
        "data": {
            "type": "event",
            "id": event.id.to_string(),
            "attributes": attributes,
            "relationships": relationships,
            "links": {"self": link},
        },
    }))
}

fn validation(audience: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    validation.validate_nbf = true;
    validation
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, database, keys] = arguments.as_slice() else {
        return Err("usage: peer ADDRESS DATABASE KEYS".into());
    };
    let set: JwkSet = serde_json::from_str(&std::fs::read_to_string(keys)?)?;
    let key = set.keys.first().ok_or("there is no key")?;
    let keys = Keys {
        decoding: DecodingKey::from_jwk(key)?,
        bearer: validation("events"),
        service: validation("events-s2s"),
    };
    let pool = SqlitePoolOptions::new()
        .connect_with(SqliteConnectOptions::new().filename(database))
        .await?;
    let app = Router::new()
        .route("/events/{id}", get(get_event))
        .with_state(Arc::new(App { pool, keys }));
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, app).await?;
    Ok(())
}
