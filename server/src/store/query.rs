//! What is asked of a list of events, and a page of it: purely the shape of what passes between the handlers and a
//! store.
//!
//! A list is a strict order: every event has one [`Position`] in it, and no two have the same. So a page is the events
//! between two positions, whatever is added meanwhile, and no page is found by counting the events before it.

use crate::event::Event;

/// What is asked of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Which events.
    pub filter: Filter,
    /// In which order.
    pub order: Order,
    /// Only events behind this position of the order. With it, the page begins there.
    pub after: Option<Position>,
    /// Only events before this position of the order. Without [`Query::after`], the page ends there.
    pub before: Option<Position>,
    /// How many events at most.
    pub size: usize,
    /// Whether to count the events that the filter leaves.
    pub count: bool,
}

/// Which events: those of which all of this is true. The default leaves every event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say what the id is of")]
pub struct Filter {
    pub account: Option<i64>,
    pub call: Option<i64>,
    pub mailing: Option<i64>,
    pub opportunity: Option<i64>,
    pub prospect: Option<i64>,
    pub task: Option<i64>,
    pub user: Option<i64>,
    /// The name, to the letter.
    pub name: Option<String>,
    /// When it took place. An event of which that is not known is in no range but the one without ends.
    pub event_at: Instants,
    /// When it was created.
    pub created_at: Instants,
}

/// A range of instants, in microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Instants {
    /// The first instant that belongs to it.
    pub from: Option<i64>,
    /// The first instant that no longer does.
    pub until: Option<i64>,
}

/// An order. Events of the same instant are in the order of their ids, which `descending` turns around too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The instant that it goes by.
    pub by: Key,
    /// Whether the latest comes first.
    pub descending: bool,
}

impl Order {
    /// The other way around.
    pub fn reversed(self) -> Order {
        Order {
            descending: !self.descending,
            ..self
        }
    }

    /// Before every event of it.
    pub fn start(self) -> Position {
        if self.descending {
            Position::LAST
        } else {
            Position::FIRST
        }
    }

    /// Behind every event of it.
    pub fn end(self) -> Position {
        self.reversed().start()
    }
}

/// An instant to order by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// When the event was created.
    CreatedAt,
    /// When it took place. Of an event of which that is not known, [`Position::UNKNOWN`] takes its place.
    EventAt,
}

/// A place in an order, whether or not an event stands there. They are compared as the ascending order has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The instant, in microseconds since 1970-01-01T00:00:00Z.
    pub instant: i64,
    /// The event's id.
    pub id: i64,
}

impl Position {
    /// The instant of an event of which none is known: before all those that can be written.
    pub const UNKNOWN: i64 = i64::MIN;

    /// Before every event.
    pub const FIRST: Position = Position {
        instant: i64::MIN,
        id: i64::MIN,
    };

    /// Behind every event.
    pub const LAST: Position = Position {
        instant: i64::MAX,
        id: i64::MAX,
    };

    /// Where an event stands.
    pub fn of(event: &Event, key: Key) -> Position {
        let instant = match key {
            Key::CreatedAt => event.created_at.micros(),
            Key::EventAt => event
                .data
                .event_at
                .as_ref()
                .map_or(Position::UNKNOWN, |at| at.micros()),
        };
        Position {
            instant,
            id: event.id,
        }
    }

    /// The position right behind this one in an order, with none between. It stops at the order's end.
    pub fn following(self, order: Order) -> Position {
        let Position { instant, id } = self;
        let (id, carried, start) = if order.descending {
            (id.checked_sub(1), instant.checked_sub(1), i64::MAX)
        } else {
            (id.checked_add(1), instant.checked_add(1), i64::MIN)
        };
        match (id, carried) {
            (Some(id), _) => Position { instant, id },
            (None, Some(instant)) => Position { instant, id: start },
            (None, None) => self,
        }
    }

    /// The position right before this one in an order.
    pub fn preceding(self, order: Order) -> Position {
        self.following(order.reversed())
    }
}

/// A page of a list. All that it says is of one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The events, in the order that was asked for.
    pub events: Vec<Event>,
    /// The [`Query::before`] of the page before this one, if events stand there.
    pub previous: Option<Position>,
    /// The [`Query::after`] of the page behind this one, if events stand there. Where the query had both ends, only
    /// events before the second one count.
    pub next: Option<Position>,
    /// How many events the filter leaves, whatever the page, if that was asked for.
    pub total: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_follow_each_other_without_a_gap_and_stop_at_the_end() {
        let check = |(instant, id), descending, expected| {
            let order = Order {
                by: Key::CreatedAt,
                descending,
            };
            let following = Position { instant, id }.following(order);
            assert_eq!((following.instant, following.id), expected);
            if following != (Position { instant, id }) {
                assert_eq!(following.preceding(order), Position { instant, id });
            }
        };
        check((5, 7), false, (5, 8));
        check((5, 7), true, (5, 6));
        check((5, i64::MAX), false, (6, i64::MIN));
        check((5, i64::MIN), true, (4, i64::MAX));
        check((i64::MAX, i64::MAX), false, (i64::MAX, i64::MAX));
        check((i64::MIN, i64::MIN), true, (i64::MIN, i64::MIN));
    }
}
