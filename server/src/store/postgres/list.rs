//! Pages of events: one statement, whatever the filter, the order and the direction.
//!
//! The indexes are those of SQLite. PostgreSQL cannot be told which one to take; but since its connections may neither
//! sort nor go through a whole table, what it can take is one that has the order, and among those it chooses by what it
//! knows of the values.

use deadpool_postgres::{Object, Transaction};
use tokio_postgres::IsolationLevel;
use tokio_postgres::types::ToSql;

use super::error::Failure;
use super::rows;
use crate::store::paging::{Found, Read, Reading, Span, column, other_range};
use crate::store::query::{Filter, Key, Order, Page, Position, Query};

/// How many events are fetched before it is known how large they are.
const FETCHED_FIRST: usize = 64;

/// The page that a query asks for. All that it reads is of one moment.
pub(super) async fn page(client: &mut Object, query: &Query) -> Result<Page, Failure> {
    let transaction = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await?;
    let Query {
        filter,
        order,
        count,
        ..
    } = query;
    let reading = Reading::of(query);
    let found = Found::new(query, &reading, read(&transaction, filter, &reading).await?);
    let is_any_beyond = match found.beyond {
        // What is nearest to the page is most often there.
        Some(span) => {
            let statement = selection("id", filter, reading.direction.reversed(), span, 1);
            !ask(&transaction, &statement).await?.is_empty()
        }
        None => false,
    };
    let mut total = None;
    if *count {
        let statement = Matching::new(filter, order.by, reading.whole).statement("count(*)", "");
        for row in ask(&transaction, &statement).await? {
            total = Some(row.try_get(0)?);
        }
    }
    transaction.commit().await?;
    Ok(found.page(is_any_beyond, total))
}

/// The events of a page, as far as it has room for them. They are fetched some at a time: what was fetched is in memory,
/// whether there is room for it or not.
async fn read(
    transaction: &Transaction<'_>,
    filter: &Filter,
    reading: &Reading,
) -> Result<Read, Failure> {
    let Reading {
        span,
        direction,
        limit,
        whole: _,
    } = *reading;
    let (text, values) = selection(rows::EVENT, filter, direction, span, limit);
    let statement = transaction.prepare_cached(&text).await?;
    let portal = transaction.bind(&statement, &parameters(&values)).await?;
    let (mut read, mut left, mut next) = (Read::default(), limit, FETCHED_FIRST.min(limit));
    while next > 0 {
        let most = i32::try_from(next).unwrap_or(i32::MAX);
        let rows = transaction.query_portal(&portal, most).await?;
        left = left.saturating_sub(rows.len());
        let is_last = rows.len() < next;
        for row in &rows {
            if !read.take(rows::read_event(row)?) {
                return Ok(read);
            }
        }
        next = if is_last {
            0
        } else {
            left.min(read.room().max(1))
        };
    }
    Ok(read)
}

async fn ask(
    transaction: &Transaction<'_>,
    (text, values): &(String, Vec<Value>),
) -> Result<Vec<tokio_postgres::Row>, Failure> {
    let statement = transaction.prepare_cached(text).await?;
    Ok(transaction.query(&statement, &parameters(values)).await?)
}

fn parameters(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values
        .iter()
        .map(|value| match value {
            Value::Integer(value) => value as &(dyn ToSql + Sync),
            Value::Bytes(value) => value,
        })
        .collect()
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
    let mut matching = Matching::new(filter, order.by, span);
    let limit = matching.value(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    let rest = format!(" ORDER BY {key} {direction}, id {direction} LIMIT {limit}");
    matching.statement(columns, &rest)
}

/// What stands in the place of a parameter.
#[derive(Clone, Debug)]
enum Value {
    Integer(i64),
    Bytes(Vec<u8>),
}

/// The events that match a filter and stand in a span: what to ask.
struct Matching {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Matching {
    fn new(filter: &Filter, by: Key, span: Span) -> Matching {
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
        let mut matching = Matching {
            conditions: vec![],
            values: vec![],
        };
        let ids = [
            ("call_id", call),
            ("mailing_id", mailing),
            ("task_id", task),
            ("opportunity_id", opportunity),
            ("prospect_id", prospect),
            ("user_id", user),
            ("account_id", account),
        ];
        for (column, id) in ids {
            if let Some(id) = id {
                let value = matching.value(Value::Integer(*id));
                matching.conditions.push(format!("{column} = {value}"));
            }
        }
        if let Some(name) = name {
            let value = matching.value(Value::Bytes(name.clone().into_bytes()));
            matching.conditions.push(format!(
                "sha256(name) = sha256({value}::bytea) AND name = {value}::bytea"
            ));
        }
        let key = column(by);
        for (comparison, Position { instant, id }) in [(">", span.low), ("<", span.high)] {
            let (instant, id) = (
                matching.value(Value::Integer(instant)),
                matching.value(Value::Integer(id)),
            );
            matching.conditions.push(format!(
                "({key}, id) {comparison} ({instant}::bigint, {id}::bigint)"
            ));
        }
        // The range of the key is in the span already.
        let (other, from, until) = other_range(filter, by);
        for (comparison, instant) in [(">=", from), ("<", until)] {
            if let Some(instant) = instant {
                let value = matching.value(Value::Integer(instant));
                matching
                    .conditions
                    .push(format!("{other} {comparison} {value}"));
            }
        }
        matching
    }

    /// The parameter that has this value.
    fn value(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    fn statement(self, columns: &str, rest: &str) -> (String, Vec<Value>) {
        let text = format!(
            "SELECT {columns} FROM event WHERE {}{rest}",
            self.conditions.join(" AND ")
        );
        (text, self.values)
    }
}
