//! What is generated from the document: the trait [`EventApi`], its requests and responses, and [`types`].

include!(concat!(env!("OUT_DIR"), "/server.rs"));

// What [`crate::line`] has in common with a request.
pub(crate) use tables::{EVENT_CREATE_RELATIONSHIPS, EVENT_PAYLOAD, RESOURCE_ID};
