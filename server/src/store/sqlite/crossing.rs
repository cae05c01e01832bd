//! Where a range of one instant meets the order of the other: which events are the first ones.
//!
//! No index has both. There are two ways: to walk along the order and leave out what is not in the range, which is quick
//! where the range is wide; and to gather all of the range and sort it, which is quick where it is narrow. Which of them
//! is the quicker one depends on how the two instants have to do with each other, and nobody knows that beforehand. So
//! both are gone in turn, some entries of an index at a time, until one of them is at its end: that takes at most twice as
//! long as the better one. Neither looks at an event: what it needs is in the index.
//!
//! The trade: where the range is wide, and the events that come first in the order are not in it, both take long. To have
//! the first page of every range at hand would take several more indexes for each of those that there are.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::list::{Matching, others};
use crate::store::paging::{Span, column, other, range};
use crate::store::query::{Filter, Instants, Key, Order, Position};

/// How many entries of an index are read at a time, which takes about a hundredth of a millisecond.
const TURN: usize = 32;

/// How many entries are gathered at most, 16 MB of them. Where the range has more, only the walk goes on.
const MOST_GATHERED: usize = 1 << 20;

/// Whether there is a range of the instant that is not ordered by.
pub(super) fn is_there(filter: &Filter, by: Key) -> bool {
    range(filter, other(by)) != Instants::default()
}

/// The ids of the first events in a span of an order.
pub(super) fn find(
    connection: &Connection,
    filter: &Filter,
    order: Order,
    span: Span,
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    let range = Span::whole(filter, other(order.by));
    let (walk, gather) = (walk(filter, order, span), gather(filter, order.by, range));
    let mut walk_statement = connection.prepare_cached(&walk.0)?;
    let mut walk = walk_statement.query(params_from_iter(walk.1))?;
    let mut gather_statement = connection.prepare_cached(&gather.0)?;
    let mut gather = Some(gather_statement.query(params_from_iter(gather.1))?);
    let rest = Rest::of(filter);
    let (mut found, mut gathered) = (Vec::new(), Vec::new());
    loop {
        for _ in 0..TURN {
            let Some(row) = walk.next()? else {
                return Ok(found);
            };
            let id = row.get(0)?;
            let instant = row.get(1)?;
            if range.contains(Position { instant, id }) && rest.matches(connection, id)? {
                found.push(id);
                if found.len() >= limit {
                    return Ok(found);
                }
            }
        }
        let Some(rows) = &mut gather else { continue };
        for _ in 0..TURN {
            let Some(row) = rows.next()? else {
                return rest.first(connection, gathered, order, limit);
            };
            let position = Position {
                id: row.get(0)?,
                instant: row.get(1)?,
            };
            if span.contains(position) {
                gathered.push(position);
            }
        }
        if gathered.len() >= MOST_GATHERED {
            gather = None;
            gathered = Vec::new();
        }
    }
}

/// Along the order, through all of the span: each id, and the instant that the range is of.
fn walk(filter: &Filter, order: Order, span: Span) -> (String, Vec<Value>) {
    let key = column(order.by);
    let direction = if order.descending { "DESC" } else { "ASC" };
    Matching::along(filter, order.by, span).statement(
        &format!("id, {}", column(other(order.by))),
        &format!(" ORDER BY {key} {direction}, id_order {direction}"),
    )
}

/// All of the range: each id, and the instant that is ordered by.
fn gather(filter: &Filter, by: Key, range: Span) -> (String, Vec<Value>) {
    Matching::along(filter, other(by), range).statement(&format!("id, {}", column(by)), "")
}

/// What of a filter no index tells.
struct Rest {
    /// Whether the event of an id matches it.
    text: String,
    values: Vec<Value>,
}

impl Rest {
    fn of(filter: &Filter) -> Rest {
        let (columns, values): (Vec<_>, Vec<_>) = others(filter).unzip();
        let conditions: String = columns
            .iter()
            .map(|column| format!(" AND {column} = ?"))
            .collect();
        Rest {
            text: format!("SELECT count(*) FROM event NOT INDEXED WHERE id = ?{conditions}"),
            values,
        }
    }

    fn matches(&self, connection: &Connection, id: i64) -> rusqlite::Result<bool> {
        if self.values.is_empty() {
            return Ok(true);
        }
        let id = Value::Integer(id);
        let count: i64 = connection.prepare_cached(&self.text)?.query_row(
            params_from_iter([&id].into_iter().chain(&self.values)),
            |row| row.get(0),
        )?;
        Ok(count > 0)
    }

    /// The first of those that match, in an order.
    fn first(
        &self,
        connection: &Connection,
        mut gathered: Vec<Position>,
        order: Order,
        limit: usize,
    ) -> rusqlite::Result<Vec<i64>> {
        gathered.sort_unstable();
        if order.descending {
            gathered.reverse();
        }
        let mut found = Vec::new();
        for Position { id, .. } in gathered {
            if found.len() >= limit {
                break;
            }
            if self.matches(connection, id)? {
                found.push(id);
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::super::layout::STEPS;
    use super::*;

    #[test]
    fn both_ways_go_along_an_index_and_look_at_no_event() {
        let connection = Connection::open_in_memory().unwrap();
        for step in STEPS {
            connection.execute_batch(step).unwrap();
        }
        let day = Instants {
            from: Some(1),
            until: Some(2),
        };
        let some = Filter {
            event_at: day,
            created_at: day,
            ..Filter::default()
        };
        let of_account = Filter {
            account: Some(7),
            ..some.clone()
        };
        for (filter, by, descending) in [
            (&some, Key::CreatedAt, true),
            (&some, Key::EventAt, false),
            (&of_account, Key::CreatedAt, false),
            (&of_account, Key::EventAt, true),
        ] {
            let order = Order { by, descending };
            let whole = |by| Span::whole(filter, by);
            for (text, values) in [
                walk(filter, order, whole(by)),
                gather(filter, by, whole(other(by))),
            ] {
                let explain = |how: &str, columns: [&str; 3]| -> Vec<[String; 3]> {
                    let read = |row: &rusqlite::Row<'_>| {
                        Ok(
                            columns.map(|column| match row.get_unwrap::<_, Value>(column) {
                                Value::Text(text) => text,
                                other => format!("{other:?}"),
                            }),
                        )
                    };
                    connection
                        .prepare(&format!("{how} {text}"))
                        .unwrap()
                        .query_map(params_from_iter(&values), read)
                        .unwrap()
                        .collect::<Result<_, _>>()
                        .unwrap()
                };
                let plan = explain("EXPLAIN QUERY PLAN", ["detail"; 3]);
                assert_eq!(plan.len(), 1, "{text}: {plan:?}");
                assert!(plan[0][0].starts_with("SEARCH event USING "), "{plan:?}");
                let code = explain("EXPLAIN", ["opcode", "p1", "p4"]);
                let index = code
                    .iter()
                    .find(|[opcode, _, key]| opcode == "OpenRead" && key.starts_with("k("))
                    .unwrap();
                let columns: Vec<_> = code
                    .iter()
                    .filter(|[opcode, ..]| opcode == "Column")
                    .collect();
                assert!(!columns.is_empty());
                for column in columns {
                    assert_eq!(column[1], index[1], "{text} reads an event: {code:#?}");
                }
            }
        }
    }
}
