//! Uses the code that is generated from the documents of the tests.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

// Included, since rustfmt would format modules of their own.
mod library {
    include!("../golden/library.rs");
}
mod shapes {
    include!("../golden/shapes.rs");
}

mod round_trip;
mod use_library;
mod use_shapes;
