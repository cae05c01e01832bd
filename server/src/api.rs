//! What is generated from the document: the trait [`EventApi`], its requests and responses, and [`types`].

include!(concat!(env!("OUT_DIR"), "/server.rs"));
