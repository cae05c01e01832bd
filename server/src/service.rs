//! The service: what each operation of the document does.

use std::sync::Arc;

use dropshot_runtime::schema::parse_json;
use dropshot_runtime::slog::{self, Logger, warn};
use dropshot_runtime::{Call, Credential, Denial, Observed, Refusal, Rejection, Service, Written};

use crate::admin::Metrics;
use crate::answers::Answers;
use crate::api::types::{self, ErrorDocument, ErrorMeta, ErrorSource};
use crate::api::{
    CreateEventRequest, CreateEventResponse, EventApi, GetEventRequest, GetEventResponse,
    ListEventsRequest, ListEventsResponse,
};
use crate::authenticate::authenticate;
use crate::caller::Caller;
use crate::fingerprint::Fingerprint;
use crate::keys::Keyring;
use crate::origin::origin;
use crate::page;
use crate::refusal::{self, Kind, RETRY_AFTER_SECONDS, error, error_document};
use crate::resource::{data, document, entity_tag, is_current, path};
use crate::store::{Creation, EventStore, Idempotency, StoreError};

/// The Event service.
pub struct EventService {
    keys: Arc<Keyring>,
    store: Arc<dyn EventStore>,
    answers: Answers,
    metrics: Arc<Metrics>,
    log: Logger,
}

impl EventService {
    /// A service that verifies tokens with these keys and keeps its events in that store. It counts its requests and
    /// logs its faults.
    pub fn new(
        keys: Arc<Keyring>,
        store: Arc<dyn EventStore>,
        metrics: Arc<Metrics>,
        log: Logger,
    ) -> EventService {
        EventService {
            keys,
            store,
            answers: Answers::new(),
            metrics,
            log,
        }
    }

    /// What a caller is told who may try again; why goes to the log.
    fn unavailable(&self, call: &Call<Caller>, error: &StoreError) -> ErrorDocument {
        warn!(self.log, "the store cannot answer for now";
            "error" => %error, "request_id" => &call.request_id);
        logged(Kind::UNAVAILABLE, call)
    }

    /// What a caller is told of a fault; the log has the rest.
    fn fault(&self, call: &Call<Caller>, error: &dyn std::error::Error) -> ErrorDocument {
        slog::error!(self.log, "the request failed";
            "error" => %error, "request_id" => &call.request_id);
        logged(Kind::INTERNAL_ERROR, call)
    }

    /// The answer that has an event, from the store; or why there is none.
    async fn event(
        &self,
        call: &Call<Caller>,
        id: i64,
    ) -> Result<Written<GetEventResponse>, GetEventResponse> {
        let fault = |error: &dyn std::error::Error| GetEventResponse::InternalServerError {
            body: self.fault(call, error),
        };
        let event = match self.store.get(id).await {
            Ok(Some(event)) => event,
            Ok(None) => {
                let detail = format!("there is no event with the id {id}");
                let source = ErrorSource {
                    parameter: Some("id".to_owned()),
                    ..ErrorSource::default()
                };
                return Err(GetEventResponse::NotFound {
                    body: one(error(Kind::NOT_FOUND, Some(detail), Some(source))),
                });
            }
            Err(error) if error.is_temporary() => {
                return Err(GetEventResponse::ServiceUnavailable {
                    retry_after: RETRY_AFTER_SECONDS,
                    body: self.unavailable(call, &error),
                });
            }
            Err(error) => return Err(fault(&error)),
        };
        let answer = Written::new(GetEventResponse::Ok {
            e_tag: entity_tag(id),
            body: document(event).map_err(|error| fault(&error))?,
        })
        .map_err(|error| fault(&error))?;
        self.answers.insert(id, answer.clone());
        Ok(answer)
    }
}

impl Service for EventService {
    type Caller = Caller;

    async fn authenticate(
        &self,
        credentials: &[Credential],
        scopes: &[&str],
    ) -> Result<Caller, Denial> {
        authenticate(&self.keys, credentials, scopes).await
    }

    fn refuse(&self, rejection: &Rejection) -> Refusal {
        refusal::refusal(rejection)
    }

    fn observe(&self, observed: &Observed<'_>) {
        self.metrics.request(observed);
    }
}

impl EventApi for EventService {
    async fn list_events(
        &self,
        call: Call<Caller>,
        request: ListEventsRequest,
    ) -> ListEventsResponse {
        let page = match self.store.list(page::query(&request)).await {
            Ok(page) => page,
            Err(error) if error.is_temporary() => {
                let body = self.unavailable(&call, &error);
                return ListEventsResponse::ServiceUnavailable {
                    retry_after: RETRY_AFTER_SECONDS,
                    body,
                };
            }
            Err(error) => {
                return ListEventsResponse::InternalServerError {
                    body: self.fault(&call, &error),
                };
            }
        };
        let body = match page::document(&request, page) {
            Ok(body) => body,
            Err(error) => {
                return ListEventsResponse::InternalServerError {
                    body: self.fault(&call, &error),
                };
            }
        };
        match page::entity_tag(&body) {
            Ok(e_tag) => {
                let given = request.if_none_match.as_deref();
                if given.is_some_and(|given| is_current(given, &e_tag)) {
                    ListEventsResponse::NotModified { e_tag }
                } else {
                    ListEventsResponse::Ok { e_tag, body }
                }
            }
            Err(error) => ListEventsResponse::InternalServerError {
                body: self.fault(&call, &error),
            },
        }
    }

    async fn create_event(
        &self,
        call: Call<Caller>,
        request: CreateEventRequest,
    ) -> CreateEventResponse {
        let CreateEventRequest {
            idempotency_key,
            body,
        } = request;
        let idempotency = idempotency_key.map(|key| Idempotency {
            caller: call.caller.fingerprint(),
            key,
            // The body as it was sent: what the document does not name makes a difference too. It was read once, so it
            // can be read again.
            body: Fingerprint::of(&parse_json(&call.body).unwrap_or_default()),
        });
        let origin = origin(call.peer.ip(), &call.headers);
        let mut data = data(body.data);
        data.request_host = Some(origin.host);
        data.request_device = origin.device;
        data.request_proxied = Some(origin.proxied);
        match self.store.create(data, idempotency).await {
            Ok(Creation::Created(event) | Creation::Repeated(event)) => {
                let location = path(event.id);
                match document(event) {
                    Ok(body) => CreateEventResponse::Created { location, body },
                    Err(error) => CreateEventResponse::InternalServerError {
                        body: self.fault(&call, &error),
                    },
                }
            }
            Ok(Creation::KeyUsed) => {
                let source = ErrorSource {
                    header: Some("Idempotency-Key".to_owned()),
                    ..ErrorSource::default()
                };
                CreateEventResponse::Conflict {
                    body: one(error(Kind::IDEMPOTENCY_KEY_USED, None, Some(source))),
                }
            }
            Err(error) if error.is_temporary() => {
                let body = self.unavailable(&call, &error);
                CreateEventResponse::ServiceUnavailable {
                    retry_after: RETRY_AFTER_SECONDS,
                    body,
                }
            }
            Err(error) => CreateEventResponse::InternalServerError {
                body: self.fault(&call, &error),
            },
        }
    }

    async fn get_event(&self, call: Call<Caller>, request: GetEventRequest) -> GetEventResponse {
        let GetEventRequest { id, if_none_match } = request;
        let answer = match self.answers.get(id) {
            Some(answer) => answer,
            None => match self.event(&call, id).await {
                Ok(answer) => answer,
                Err(response) => return response,
            },
        };
        let is_current = |given: String| is_current(&given, &entity_tag(id));
        if if_none_match.is_some_and(is_current) {
            let e_tag = entity_tag(id);
            return GetEventResponse::NotModified { e_tag };
        }
        GetEventResponse::Written(answer)
    }
}

fn one(error: types::Error) -> ErrorDocument {
    error_document(vec![error])
}

/// An error of which the log says more than the caller is told: it gets the request's id, under which that stands.
fn logged(kind: Kind, call: &Call<Caller>) -> ErrorDocument {
    let meta = ErrorMeta {
        id: Some(call.request_id.clone()),
    };
    ErrorDocument {
        meta: Some(meta),
        ..one(error(kind, None, None))
    }
}
