//! What a conditional call comes back with.

use crate::types::EventDocument;

/// An event, if it is another than the one that the caller has.
#[derive(Clone, Debug, PartialEq)]
pub enum IfChanged {
    /// The event, and the `ETag` to ask with the next time.
    Changed {
        /// The event.
        event: Box<EventDocument>,
        /// The `ETag` of this answer, as the server wrote it.
        etag: String,
    },
    /// What the caller has still stands.
    NotModified,
}
