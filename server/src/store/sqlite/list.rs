//! Pages of events: one statement, whatever the filter, the order and the direction, and the index that serves it.
//!
//! Each order has an index, and so has each order of the events that share an id of a relationship or a name. A page is
//! read from one of them, from its first event to its last, without sorting and without passing over what is before.
//!
//! Which index is decided here and said to SQLite (`INDEXED BY`): it is the same one every day, whatever is in the
//! tables, and a statement that no index serves fails in a test instead of reading the whole table. The trade: of
//! several filters, the one that is expected to leave the fewest events is served by the index, and each event that it
//! leaves is compared with the others. To have an index for every set of filters would take hundreds, and each of them
//! makes every new event dearer. A range of the instant that the order does not go by is a matter of its own
//! ([`crossing`](super::crossing)).

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::{crossing, rows};
use crate::store::paging::{Found, Read, Reading, Span, column, other_range};
use crate::store::query::{Filter, Key, Order, Page, Position, Query};

/// The page that a query asks for. All that it reads is of one moment.
pub(super) fn page(connection: &Connection, query: &Query) -> rusqlite::Result<Page> {
    let transaction = connection.unchecked_transaction()?;
    let Query {
        filter,
        order,
        count,
        ..
    } = query;
    let reading = Reading::of(query);
    let found = Found::new(query, &reading, read(&transaction, filter, &reading)?);
    let is_any_beyond = match found.beyond {
        // What is nearest to the page is most often there.
        Some(span) => any(&transaction, filter, reading.direction.reversed(), span)?,
        None => false,
    };
    let total = count
        .then(|| total(&transaction, filter, *order, reading.whole))
        .transpose()?;
    Ok(found.page(is_any_beyond, total))
}

/// Whether there are events in a span, which is looked for from its beginning.
fn any(
    connection: &Connection,
    filter: &Filter,
    order: Order,
    span: Span,
) -> rusqlite::Result<bool> {
    if crossing::is_there(filter, order.by) {
        return Ok(!crossing::find(connection, filter, order, span, 1)?.is_empty());
    }
    let (text, values) = selection("id", filter, order, span, 1);
    connection
        .prepare_cached(&text)?
        .exists(params_from_iter(values))
}

fn total(
    connection: &Connection,
    filter: &Filter,
    order: Order,
    span: Span,
) -> rusqlite::Result<i64> {
    let (text, values) = Matching::new(filter, order.by, span).statement("count(*)", "");
    connection
        .prepare_cached(&text)?
        .query_row(params_from_iter(values), |row| row.get(0))
}

/// The events of a page, as far as it has room for them.
fn read(connection: &Connection, filter: &Filter, reading: &Reading) -> rusqlite::Result<Read> {
    let Reading {
        span,
        direction,
        limit,
        whole: _,
    } = *reading;
    let mut read = Read::default();
    if crossing::is_there(filter, direction.by) {
        for id in crossing::find(connection, filter, direction, span, limit)? {
            let event = rows::event(connection, id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
            if !read.take(event) {
                break;
            }
        }
        return Ok(read);
    }
    let (text, values) = selection(rows::EVENT, filter, direction, span, limit);
    let mut statement = connection.prepare_cached(&text)?;
    let mut found = statement.query(params_from_iter(values))?;
    while let Some(row) = found.next()? {
        if !read.take(rows::read_event(row)?) {
            break;
        }
    }
    Ok(read)
}

fn selection(
    columns: &str,
    filter: &Filter,
    order: Order,
    span: Span,
    limit: usize,
) -> (String, Vec<Value>) {
    let key = column(order.by);
    let direction = if order.descending { "DESC" } else { "ASC" };
    let rest = format!(" ORDER BY {key} {direction}, id_order {direction} LIMIT ?");
    let (text, mut values) = Matching::new(filter, order.by, span).statement(columns, &rest);
    values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    (text, values)
}

/// The events that match a filter and stand in a span: the index that finds them, and what to ask of it.
pub(super) struct Matching {
    index: String,
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Matching {
    pub(super) fn new(filter: &Filter, by: Key, span: Span) -> Matching {
        let mut matching = Matching::along(filter, by, span);
        for (column, value) in others(filter) {
            matching.ask(format!("{column} = ?"), [value]);
        }
        // The range of the key is in the span already.
        let (other, from, until) = other_range(filter, by);
        if let Some(from) = from {
            matching.ask(format!("{other} >= ?"), [Value::Integer(from)]);
        }
        if let Some(until) = until {
            matching.ask(format!("{other} < ?"), [Value::Integer(until)]);
        }
        matching
    }

    /// Only what the index tells: the filter that it serves, and the span.
    pub(super) fn along(filter: &Filter, by: Key, span: Span) -> Matching {
        let key = column(by);
        let driver = equal(filter).next();
        let mut matching = Matching {
            index: match &driver {
                Some((driver, ..)) => format!("event_{driver}_{key}"),
                None => format!("event_{key}"),
            },
            conditions: vec![],
            values: vec![],
        };
        if let Some((_, column, value)) = driver {
            matching.ask(format!("{column} = ?"), [value]);
        }
        // Both ends are always there, in one form, because SQLite takes one condition for each end of a search.
        let ends = |Position { instant, id }| [Value::Integer(instant), Value::Integer(id)];
        matching.ask(format!("({key}, id_order) > (?, ?)"), ends(span.low));
        matching.ask(format!("({key}, id_order) < (?, ?)"), ends(span.high));
        matching
    }

    fn ask<const N: usize>(&mut self, condition: String, values: [Value; N]) {
        self.conditions.push(condition);
        self.values.extend(values);
    }

    pub(super) fn statement(self, columns: &str, rest: &str) -> (String, Vec<Value>) {
        let text = format!(
            "SELECT {columns} FROM event INDEXED BY {} WHERE {}{rest}",
            self.index,
            self.conditions.join(" AND ")
        );
        (text, self.values)
    }
}

/// The values that a filter asks for, each with what its indexes are called by and with its column. Those that are
/// expected to leave the fewest events come first.
fn equal(filter: &Filter) -> impl Iterator<Item = (&'static str, &'static str, Value)> {
    let Filter {
        account,
        call,
        mailing,
        opportunity,
        prospect,
        task,
        user,
        name,
        event_at: _,
        created_at: _,
    } = filter;
    let id = |id: &Option<i64>| id.map(Value::Integer);
    [
        ("call", "call_id", id(call)),
        ("mailing", "mailing_id", id(mailing)),
        ("task", "task_id", id(task)),
        ("opportunity", "opportunity_id", id(opportunity)),
        ("prospect", "prospect_id", id(prospect)),
        ("user", "user_id", id(user)),
        ("account", "account_id", id(account)),
        ("name", "name", name.clone().map(Value::Text)),
    ]
    .into_iter()
    .filter_map(|(driver, column, value)| Some((driver, column, value?)))
}

/// The values that a filter asks for beside the one that an index serves, with their columns.
pub(super) fn others(filter: &Filter) -> impl Iterator<Item = (&'static str, Value)> {
    equal(filter)
        .skip(1)
        .map(|(_, column, value)| (column, value))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::super::layout::STEPS;
    use super::*;
    use crate::store::query::Instants;

    /// Every set of filters, with and without ranges of instants.
    fn filters() -> impl Iterator<Item = Filter> {
        (0..1 << 10).map(|set: u32| {
            let id = |bit: u32| (set & 1 << bit != 0).then_some(1);
            let instants = |bit: u32| Instants {
                from: id(bit),
                until: id(bit),
            };
            Filter {
                account: id(0),
                call: id(1),
                mailing: id(2),
                opportunity: id(3),
                prospect: id(4),
                task: id(5),
                user: id(6),
                name: id(7).map(|_| "name".to_owned()),
                event_at: instants(8),
                created_at: instants(9),
            }
        })
    }

    fn plan(connection: &Connection, (text, values): &(String, Vec<Value>)) -> Vec<String> {
        connection
            .prepare(&format!("EXPLAIN QUERY PLAN {text}"))
            .unwrap()
            .query_map(params_from_iter(values), |row| row.get("detail"))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap()
    }

    #[test]
    fn an_index_serves_every_filter_in_every_order_without_sorting() {
        let connection = Connection::open_in_memory().unwrap();
        for step in STEPS {
            connection.execute_batch(step).unwrap();
        }
        for filter in filters() {
            for (by, descending) in [
                (Key::CreatedAt, false),
                (Key::CreatedAt, true),
                (Key::EventAt, false),
                (Key::EventAt, true),
            ] {
                let order = Order { by, descending };
                let span = Span::whole(&filter, by);
                let key = column(by);
                // The index is entered at one end of the span and left at the other: both columns of both count.
                let ends = format!("({key},id_order)>(?,?) AND ({key},id_order)<(?,?))");
                let statements = [
                    selection(rows::EVENT, &filter, order, span, 10),
                    selection("id", &filter, order, span, 1),
                    Matching::new(&filter, by, span).statement("count(*)", ""),
                ];
                for statement in statements {
                    let plan = plan(&connection, &statement);
                    let [step] = plan.as_slice() else {
                        panic!("{}: {plan:?}", statement.0)
                    };
                    assert!(step.starts_with("SEARCH event USING "), "{step}");
                    assert!(step.ends_with(&ends), "{}: {step}", statement.0);
                    let is_filtered = filter.name.is_some()
                        || [
                            filter.account,
                            filter.call,
                            filter.mailing,
                            filter.opportunity,
                        ]
                        .iter()
                        .chain(&[filter.prospect, filter.task, filter.user])
                        .any(Option::is_some);
                    assert_eq!(step.contains("=? AND "), is_filtered, "{step}");
                }
            }
        }
    }
}
