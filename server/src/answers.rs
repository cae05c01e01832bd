//! Answers that were given before, as they go on the wire.
//!
//! Events do not change and are never taken away, so what was answered once for an id is the answer for ever, whatever
//! becomes of the store. Only what was found is kept: an id that has no event today may have one tomorrow. To give an
//! answer again then takes no turn in the store's queue and, from PostgreSQL, no other machine, and nothing is written as
//! JSON again.

use dropshot_runtime::Written;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::api::GetEventResponse;

/// How much is kept, in bytes.
const MOST_BYTES: u64 = 32 << 20;

/// What an answer takes beside its body, in bytes, rounded up. It bounds the number of answers, too.
const ANSWER: u64 = 512;

/// The whole answer to `getEvent`, by the event's id.
pub struct Answers(Cache<i64, Written<GetEventResponse>, Bytes>);

#[derive(Clone)]
struct Bytes;

impl Weighter<i64, Written<GetEventResponse>> for Bytes {
    fn weight(&self, _: &i64, answer: &Written<GetEventResponse>) -> u64 {
        ANSWER + answer.body().len() as u64
    }
}

impl Answers {
    /// Nothing has been answered yet.
    pub fn new() -> Answers {
        Answers::up_to(MOST_BYTES)
    }

    fn up_to(bytes: u64) -> Answers {
        let most = usize::try_from(bytes / ANSWER).unwrap_or(usize::MAX);
        Answers(Cache::with_weighter(most, bytes, Bytes))
    }

    /// What was answered for this event.
    pub fn get(&self, id: i64) -> Option<Written<GetEventResponse>> {
        self.0.get(&id)
    }

    /// Keeps an answer.
    pub fn insert(&self, id: i64, answer: Written<GetEventResponse>) {
        self.0.insert(id, answer);
    }
}

impl Default for Answers {
    fn default() -> Answers {
        Answers::new()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::event::{Event, EventData};
    use crate::resource::{document, entity_tag};
    use crate::timestamp::Timestamp;

    #[test]
    fn however_many_answers_there_are_the_memory_is_bounded() {
        let answers = Answers::up_to(100 * ANSWER);
        let keep = |id| {
            let data = EventData {
                body: Some("x".repeat(5000)),
                ..EventData::default()
            };
            let created_at = Timestamp::parse("2026-03-02T09:15:31Z").unwrap();
            let body = document(Event {
                id,
                created_at,
                data,
            });
            let answer = GetEventResponse::Ok {
                e_tag: entity_tag(id),
                body: body.unwrap(),
            };
            answers.insert(id, Written::new(answer).unwrap());
        };
        (1..1000).for_each(keep);
        assert!(answers.0.len() <= 20, "{}", answers.0.len());
        assert!(answers.0.weight() <= 100 * ANSWER);
        // And it still keeps some.
        assert!((900..1000).any(|id| answers.get(id).is_some()));
        assert!(answers.get(1000).is_none());
    }
}
