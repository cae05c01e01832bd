//! Handlers that panic.
//!
//! A panic ends the request, not its connection, and the log should say where it came from. A caught panic has its
//! message and not its place; only the process's panic hook is told that. So there is one here that keeps the place of a
//! panic that is going to be caught, and leaves every other panic to the hook that was there before. The trade is that
//! starting a server changes something that belongs to the whole process.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Once;
use std::task::Poll;

thread_local! {
    /// Whether a panic on this thread is going to be caught here.
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
    /// Where the last of them was.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What is known of a panic.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Panic {
    pub message: String,
    /// File, line and column; empty where nobody told.
    pub place: String,
}

/// Makes the places of caught panics known, from the first call on.
pub(crate) fn keep_places() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if IS_CAUGHT.get() {
                PLACE.set(info.location().map(ToString::to_string));
            } else {
                before(info);
            }
        }));
    });
}

/// What a future comes to, or the panic that it ends in. It stays where it is: the futures of requests are large, and moving
/// them costs more than watching them.
pub(crate) async fn caught<F: Future>(mut future: Pin<&mut F>) -> Result<F::Output, Panic> {
    poll_fn(|context| {
        let before = IS_CAUGHT.replace(true);
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)));
        IS_CAUGHT.set(before);
        match polled {
            Ok(polled) => polled.map(Ok),
            Err(payload) => Poll::Ready(Err(Panic {
                message: message(&*payload).to_owned(),
                place: PLACE.take().unwrap_or_default(),
            })),
        }
    })
    .await
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::pin::pin;

    use futures::executor::block_on;

    use super::*;

    #[test]
    fn a_panic_has_its_message_and_its_place() {
        keep_places();
        let line = line!() + 1;
        let panic = block_on(caught(pin!(async { panic!("after {} steps", 3) })));
        let Panic { message, place } = panic.unwrap_err();
        assert_eq!(message, "after 3 steps");
        let expected = format!("{}:{line}:", file!());
        assert!(place.starts_with(&expected), "{place}");
        assert_eq!(block_on(caught(pin!(async { 5 }))), Ok(5));
    }

    #[test]
    fn a_panic_within_another_does_not_end_the_watch() {
        keep_places();
        let outer = block_on(caught(pin!(async {
            let inner = caught(pin!(async { panic!("inner") })).await;
            let message = inner.unwrap_err().message;
            if message == "inner" {
                panic!("outer");
            }
        })));
        let Panic { message, place } = outer.unwrap_err();
        assert_eq!(message, "outer");
        assert!(!place.is_empty());
    }
}
