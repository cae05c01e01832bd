//! Tests of the generator: on a document of things, and on the gallery that the server's generator is tested on too.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod diagnostics;
mod gallery;
mod golden;
mod mutate;
mod recorder;
mod wire;

/// The client that `golden` compares with what is generated now.
#[allow(dead_code, reason = "a client offers more than a test uses")]
mod things {
    include!("../output/things.rs");
}

/// The client that `diagnostics` compares, of operations with names that are taken.
#[allow(dead_code, reason = "it is only compiled")]
mod names {
    include!("../output/names.rs");
}
