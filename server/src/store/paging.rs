//! How a page comes to be, apart from the database that it is read from: which events to read, what to look at beyond
//! them, and what then is said of the pages before and behind.

use crate::event::Event;
use crate::store::query::{Filter, Instants, Key, Order, Page, Position, Query};

/// The column of an instant that is ordered by, which is in the names of indexes too.
pub(super) fn column(key: Key) -> &'static str {
    match key {
        Key::CreatedAt => "created_at_us",
        Key::EventAt => "event_order_us",
    }
}

/// The positions between two others, neither of which belongs to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) low: Position,
    pub(super) high: Position,
}

impl Span {
    /// Whether an event of that instant and id stands in it.
    pub(super) fn contains(self, position: Position) -> bool {
        self.low < position && position < self.high
    }

    /// What a filter leaves of the order by that instant.
    pub(super) fn whole(filter: &Filter, by: Key) -> Span {
        let Instants { from, until } = range(filter, by);
        // An event of which the instant is not known is in no range, so a range begins behind the last of these.
        let from = from.or(until.map(|_| Position::UNKNOWN));
        Span {
            low: from.map_or(Position::FIRST, |from| Position {
                instant: from.saturating_sub(1),
                id: i64::MAX,
            }),
            high: until.map_or(Position::LAST, |until| Position {
                instant: until,
                id: i64::MIN,
            }),
        }
    }

    /// What of it stands behind a position of an order.
    fn behind(self, position: Position, order: Order) -> Span {
        if order.descending {
            Span {
                high: self.high.min(position),
                ..self
            }
        } else {
            Span {
                low: self.low.max(position),
                ..self
            }
        }
    }

    /// What of it stands before a position of an order.
    fn before(self, position: Position, order: Order) -> Span {
        self.behind(position, order.reversed())
    }
}

/// The range of an instant.
pub(super) fn range(filter: &Filter, by: Key) -> Instants {
    match by {
        Key::CreatedAt => filter.created_at,
        Key::EventAt => filter.event_at,
    }
}

/// The instant that an order does not go by.
pub(super) fn other(by: Key) -> Key {
    match by {
        Key::CreatedAt => Key::EventAt,
        Key::EventAt => Key::CreatedAt,
    }
}

/// The range of the instant that an order does not go by, and its column. The first instant of it is there if there is
/// any range, since an event of which the instant is not known is in none.
pub(super) fn other_range(filter: &Filter, by: Key) -> (&'static str, Option<i64>, Option<i64>) {
    let other = other(by);
    let Instants { from, until } = range(filter, other);
    let from = from.or(until.map(|_| Position::UNKNOWN + 1));
    (column(other), from, until)
}

/// What is to be read for a page.
pub(super) struct Reading {
    /// All that the filter leaves.
    pub(super) whole: Span,
    /// Where the events of the page stand.
    pub(super) span: Span,
    /// In which direction they are read.
    pub(super) direction: Order,
    /// How many of them at most: one more than asked for tells whether there are more in that direction.
    pub(super) limit: usize,
}

impl Reading {
    pub(super) fn of(query: &Query) -> Reading {
        let order = query.order;
        let whole = Span::whole(&query.filter, order.by);
        Reading {
            whole,
            span: whole
                .behind(query.after.unwrap_or(order.start()), order)
                .before(query.before.unwrap_or(order.end()), order),
            direction: if is_backwards(query) {
                order.reversed()
            } else {
                order
            },
            limit: query.size.saturating_add(1),
        }
    }
}

/// Whether a page is read from its end.
fn is_backwards(query: &Query) -> bool {
    query.before.is_some() && query.after.is_none()
}

/// How large the texts of a page's events are together, in bytes. What it takes to show a page is some ten times that, and
/// pages of events of a megabyte each would take all that the machine has. An event that is larger has a page of its own.
pub(super) const MOST_BYTES: usize = 4 << 20;

/// Events as they are read, up to what a page can hold.
#[derive(Default)]
pub(super) struct Read {
    events: Vec<Event>,
    bytes: usize,
    /// Whether there was one that it could not hold any more.
    is_full: bool,
}

impl Read {
    /// Takes the next one, if there is room for it. Whether there may be for another.
    pub(super) fn take(&mut self, event: Event) -> bool {
        let bytes = self.bytes + event.data.bytes();
        self.is_full |= bytes > MOST_BYTES && !self.events.is_empty();
        if !self.is_full {
            self.bytes = bytes;
            self.events.push(event);
        }
        !self.is_full
    }

    /// How many more events such as those that were taken there would be room for.
    pub(super) fn room(&self) -> usize {
        let each = self.bytes / self.events.len().max(1);
        MOST_BYTES.saturating_sub(self.bytes) / each.max(1)
    }
}

/// The events of a page, of which it is not known yet whether there are others on the side where it was begun to read.
pub(super) struct Found {
    events: Vec<Event>,
    begin: Option<Position>,
    end: Option<Position>,
    more: bool,
    backwards: bool,
    /// Where to look for one of them. A page that begins where the list does has nothing before it.
    pub(super) beyond: Option<Span>,
}

impl Found {
    /// What was read, in the order in which it was read.
    pub(super) fn new(query: &Query, reading: &Reading, read: Read) -> Found {
        let Read {
            mut events,
            is_full,
            bytes: _,
        } = read;
        let (order, whole, backwards) = (query.order, reading.whole, is_backwards(query));
        let more = is_full || events.len() > query.size;
        events.truncate(query.size);
        if backwards {
            events.reverse();
        }
        // Where the page begins and ends: at its events, or, if it has none, around the position that was asked for.
        let begin = match (events.first(), query.after) {
            (Some(event), _) => Some(Position::of(event, order.by)),
            (None, Some(after)) => Some(after.following(order)),
            (None, None) => None,
        };
        let end = match (events.last(), query.before) {
            (Some(event), _) => Some(Position::of(event, order.by)),
            (None, Some(before)) => Some(before.preceding(order)),
            (None, None) => None,
        };
        let beyond = if backwards {
            end.map(|end| whole.behind(end, order))
        } else {
            begin
                .filter(|_| query.after.is_some())
                .map(|begin| whole.before(begin, order))
        };
        Found {
            events,
            begin,
            end,
            more,
            backwards,
            beyond,
        }
    }

    /// The page, once it is known whether there is an event in [`Found::beyond`], and how many there are at all.
    pub(super) fn page(self, is_any_beyond: bool, total: Option<i64>) -> Page {
        let (previous, next) = if self.backwards {
            (self.more, is_any_beyond)
        } else {
            (is_any_beyond, self.more)
        };
        Page {
            previous: self.begin.filter(|_| previous),
            next: self.end.filter(|_| next),
            events: self.events,
            total,
        }
    }
}
