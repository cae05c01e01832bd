//! The usual calls.

use reqwest::StatusCode;
use reqwest::header::ETAG;

use crate::types::{EventCreateDocument, EventDocument};
use crate::{Credentials, Error, IfChanged, api};

/// A client of the Event API. It is cheap to clone, and its clones share their connections.
#[derive(Clone, Debug)]
pub struct Client(api::Client);

impl Client {
    /// Creates a client of the service at that URL, such as `http://127.0.0.1:8080`.
    ///
    /// Nothing is sent yet. A call waits 10 seconds for a connection and 30 for its answer.
    ///
    /// # Errors
    /// The URL is none of HTTP, or the HTTP client cannot be set up.
    pub fn new(base_url: &str, credentials: Credentials) -> Result<Client, Error> {
        Ok(Client(api::Client::new(base_url, credentials.into())?))
    }

    /// The event with that id.
    ///
    /// # Errors
    /// See [`Error`]; an event that is not there is [`Error::Refused`] with the status 404.
    pub async fn get_event(&self, id: i64) -> Result<EventDocument, Error> {
        let response = self.0.get_event().id(id).send().await?;
        Ok(response.into_inner())
    }

    /// The event with that id, unless it is still the one that the caller has.
    ///
    /// `etag` is that of the answer that the caller has; without one, the event comes in any case.
    ///
    /// # Errors
    /// See [`Error`]; an answer without an `ETag` is [`Error::UnexpectedAnswer`].
    pub async fn get_event_if_changed(
        &self,
        id: i64,
        etag: Option<&str>,
    ) -> Result<IfChanged, Error> {
        let mut call = self.0.get_event().id(id);
        if let Some(etag) = etag {
            call = call.if_none_match(etag);
        }
        let response = match call.send().await {
            Err(api::Error::UnexpectedResponse(answer))
                if answer.status() == StatusCode::NOT_MODIFIED && etag.is_some() =>
            {
                return Ok(IfChanged::NotModified);
            }
            other => other?,
        };
        let etag = response
            .headers()
            .get(ETAG)
            .and_then(|etag| etag.to_str().ok())
            .ok_or_else(|| Error::UnexpectedAnswer("it has no `ETag`".to_owned()))?
            .to_owned();
        Ok(IfChanged::Changed {
            event: Box::new(response.into_inner()),
            etag,
        })
    }

    /// Creates an event, and gives back what the server made of it.
    ///
    /// With an idempotency key, of at most 255 visible characters of ASCII, the same call can be made again when its
    /// answer was lost: for 24 hours it gives back the same event.
    ///
    /// # Errors
    /// See [`Error`]. An event that breaks a rule of the document is [`Error::InvalidRequest`], and is not sent.
    pub async fn create_event(
        &self,
        event: &EventCreateDocument,
        idempotency_key: Option<&str>,
    ) -> Result<EventDocument, Error> {
        let mut call = self.0.create_event().body(event.clone());
        if let Some(key) = idempotency_key {
            call = call.idempotency_key(key);
        }
        Ok(call.send().await?.into_inner())
    }

    /// The generated client, with a builder for each operation.
    pub fn operations(&self) -> &api::Client {
        &self.0
    }
}
