//! The Event API's client.
//!
//! ```no_run
//! use events_client::types::{EventCreate, EventCreateAttributes, EventCreateDocument, EventCreateType};
//! use events_client::{Client, Credentials};
//!
//! # async fn example() -> Result<(), events_client::Error> {
//! let credentials = Credentials { bearer: "eyJ...".into(), service: "eyJ...".into() };
//! let client = Client::new("http://127.0.0.1:8080", credentials)?;
//!
//! let event = EventCreateDocument {
//!     data: EventCreate {
//!         type_: EventCreateType::Event,
//!         attributes: EventCreateAttributes {
//!             name: "webinar_attended".to_owned(),
//!             event_at: None,
//!             body: None,
//!             external_url: None,
//!             payload: None,
//!         },
//!         relationships: None,
//!     },
//! };
//! let created = client.create_event(&event, Some("session 318")).await?;
//! println!("created {}", created.data.id);
//! # Ok(())
//! # }
//! ```
//!
//! A list is a stream, of pages or of events, that asks for a page when it gets there: see [`Client::list_events`].
//!
//! The types, and a builder for each operation, are generated from `spec/openapi.yaml` when this crate is built: see
//! [`api`]. What stands beside them here makes the usual calls short, and the errors ones that a person understands.

/// The client as it is generated from the document.
///
/// [`Client::operations`] leads here, for what the methods of [`Client`] do not offer: the headers of an answer, and
/// [`api::call`], which calls an operation by its name.
pub mod api {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}

mod changed;
mod client;
mod credentials;
mod error;
mod list;

pub use api::{ConnectError, Secret, types};
pub use changed::IfChanged;
pub use client::Client;
pub use credentials::Credentials;
pub use error::Error;
pub use list::List;
