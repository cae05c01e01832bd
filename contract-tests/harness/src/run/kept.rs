//! What is kept of a sequence's exchanges, for reports.
//!
//! Many sequences are in flight together, and hardly one of them is ever told. So nothing that was read from an answer
//! is kept, and of the bodies of a long sequence only so much. A sequence that fails is made again before it is told,
//! with nothing else in flight and every body kept; only where it does not fail again are some of them shown in part.

use bytes::Bytes;

use crate::exchange::{Answer, Exchange};

/// How much of the bodies one sequence keeps while others are in flight, in bytes.
pub(super) const SOME: usize = 128 * 1024;
/// Every byte.
pub(super) const ALL: usize = usize::MAX;
/// How much is left of a body that is not kept: it shows what it was, in bytes.
const BEGINNING: usize = 1024;

/// What is kept of a sequence's exchanges.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) exchanges: Vec<Exchange>,
    /// The length of their bodies.
    bodies: usize,
    most: usize,
}

impl Kept {
    /// Nothing yet; bodies of so many bytes at most, beside that of the last exchange.
    pub(super) fn new(most: usize) -> Kept {
        Kept {
            exchanges: Vec::new(),
            bodies: 0,
            most,
        }
    }

    /// Keeps what a report may show. The first bodies are kept whole, and always the last, which most failures are
    /// about.
    pub(super) fn add(&mut self, exchange: &Exchange) {
        if self.bodies > self.most
            && let Some(Ok(answer)) = self.exchanges.last_mut().map(|last| &mut last.answer)
        {
            self.bodies -= cut(answer);
        }
        let answer = exchange.answer.as_ref().map(|answer| Answer {
            status: answer.status,
            headers: answer.headers.clone(),
            // What came in one read of the connection shares its memory, which is larger.
            body: Bytes::copy_from_slice(&answer.body),
            json: None,
            left_out: answer.left_out,
        });
        self.bodies += answer.as_ref().map_or(0, |answer| answer.body.len());
        self.exchanges.push(Exchange {
            case: exchange.case.clone(),
            host: exchange.host.clone(),
            base: exchange.base.clone(),
            request: exchange.request.clone(),
            answer: answer.map_err(Clone::clone),
            started: exchange.started,
            elapsed: exchange.elapsed,
        });
    }
}

/// Leaves of a body its beginning, and tells how many bytes that saved.
fn cut(answer: &mut Answer) -> usize {
    let body = &answer.body;
    let is_inside = |at: &usize| body.get(*at).is_some_and(|byte| byte & 0xC0 == 0x80);
    // Not in the middle of a letter.
    let mut end = BEGINNING.min(body.len());
    while end > 0 && is_inside(&end) {
        end -= 1;
    }
    let saved = body.len() - end;
    answer.left_out += saved;
    answer.body = Bytes::copy_from_slice(&body[..end]);
    saved
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::*;

    fn left(body: &str) -> (String, usize) {
        let body = Bytes::copy_from_slice(body.as_bytes());
        let mut answer = Answer::new(StatusCode::OK, HeaderMap::new(), body);
        let saved = cut(&mut answer);
        assert_eq!(saved, answer.left_out);
        let text = String::from_utf8(answer.body.to_vec()).unwrap();
        (text, saved)
    }

    #[test]
    fn a_body_is_cut_between_letters() {
        assert_eq!(left("short"), ("short".to_owned(), 0));
        let long = "x".repeat(BEGINNING);
        assert_eq!(left(&format!("{long}yz")), (long.clone(), 2));
        let umlauts = "ü".repeat(BEGINNING);
        assert_eq!(left(&umlauts), ("ü".repeat(BEGINNING / 2), BEGINNING));
        let (shifted, _) = left(&format!("x{umlauts}"));
        assert_eq!(shifted.len(), BEGINNING - 1);
    }
}
