//! Events and idempotency keys as rows: every statement, and the order of its columns.
//!
//! What is written is written many rows at a time: a statement has an array for each column.

use deadpool_postgres::Transaction;
use futures::future::join;
use sha2::{Digest as _, Sha256};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Row, Statement};

use super::error::Failure;
use crate::event::{Event, EventData, Relationships};
use crate::store::{IDEMPOTENCY_LIFETIME, Idempotency};
use crate::timestamp::Timestamp;

/// How many expired keys go with one batch of new events. More go than can come, and no batch has to wait for long.
const PURGED_AT_ONCE: i64 = 256;

/// The columns that make an event, in the order that [`read_event`] takes them in.
pub(super) const EVENT: &str = "event.id, event.created_at, event.created_at_us, event.event_at, event.event_at_us, \
    event.name, event.body, event.external_url, event.payload, event.request_city, event.request_device, \
    event.request_host, event.request_proxied, event.request_region, event.relationships";

/// How many columns that are.
const EVENT_WIDTH: usize = 15;

// An id that is taken stays as it is, and is not returned.
const INSERT_EVENTS: &str = "
INSERT INTO event (id, created_at, created_at_us, event_at, event_at_us, name, body, external_url, payload,
                   request_city, request_device, request_host, request_proxied, request_region, relationships,
                   account_id, call_id, mailing_id, opportunity_id, prospect_id, task_id, user_id)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bytea[], $7::bytea[],
                     $8::bytea[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[], $13::boolean[], $14::bytea[],
                     $15::bytea[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[],
                     $21::bigint[], $22::bigint[])
ON CONFLICT (id) DO NOTHING RETURNING id";

// An expired key may still be there, and gives way to a new one.
const INSERT_KEYS: &str = "
INSERT INTO idempotency_key (caller, key_sha256, body, event_id, expires_at_us)
SELECT caller, key_sha256, body, event_id, $5
FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bigint[]) AS new (caller, key_sha256, body, event_id)
ON CONFLICT (caller, key_sha256)
DO UPDATE SET body = excluded.body, event_id = excluded.event_id, expires_at_us = excluded.expires_at_us";

const PURGE_KEYS: &str = "
DELETE FROM idempotency_key WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_key WHERE expires_at_us <= $1 ORDER BY expires_at_us LIMIT $2))";

/// The last id that was given. Whoever asks has it for himself until his transaction ends.
const LOCK_LAST_ID: &str = "SELECT last FROM event_id FOR UPDATE";

const SET_LAST_ID: &str = "UPDATE event_id SET last = $1 WHERE last < $1";

/// Waits until no other process gives ids, and says which one was the last.
pub(super) async fn lock_last_id(transaction: &Transaction<'_>) -> Result<i64, Failure> {
    let statement = transaction.prepare_cached(LOCK_LAST_ID).await?;
    let row = transaction.query_opt(&statement, &[]).await?;
    let row = row.ok_or_else(|| Failure::Damaged("its table event_id is empty".to_owned()))?;
    Ok(row.try_get(0)?)
}

/// The event of this id.
pub(super) async fn event(
    client: &deadpool_postgres::Object,
    id: i64,
) -> Result<Option<Event>, Failure> {
    let sql = format!("SELECT {EVENT} FROM event WHERE id = $1");
    let statement = client.prepare_cached(&sql).await?;
    let row = client.query_opt(&statement, &[&id]).await?;
    row.as_ref().map(read_event).transpose()
}

/// The events of these ids, in any order.
pub(super) async fn events(
    transaction: &Transaction<'_>,
    ids: &[i64],
) -> Result<Vec<Event>, Failure> {
    let sql = format!("SELECT {EVENT} FROM event WHERE id = ANY ($1)");
    let statement = transaction.prepare_cached(&sql).await?;
    let rows = transaction.query(&statement, &[&ids]).await?;
    rows.iter().map(read_event).collect()
}

/// Of those idempotency keys that are still kept: which one of the list it is, its body's fingerprint, and its event.
pub(super) async fn idempotency_keys(
    transaction: &Transaction<'_>,
    now: &Timestamp,
    keys: &[&Idempotency],
) -> Result<Vec<(usize, Vec<u8>, Event)>, Failure> {
    let sql = format!(
        "SELECT {EVENT}, idempotency_key.body, asked.number
         FROM unnest($1::bytea[], $2::bytea[]) WITH ORDINALITY AS asked (caller, key_sha256, number)
         JOIN idempotency_key USING (caller, key_sha256)
         JOIN event ON event.id = idempotency_key.event_id
         WHERE expires_at_us > $3"
    );
    let statement = transaction.prepare_cached(&sql).await?;
    let callers: Vec<&[u8]> = keys.iter().map(|key| &key.caller.as_bytes()[..]).collect();
    let digests: Vec<Vec<u8>> = keys.iter().map(|key| digest(key)).collect();
    let now = now.micros();
    let rows = transaction
        .query(&statement, &[&callers, &digests, &now])
        .await?;
    rows.iter()
        .map(|row| {
            let number: i64 = row.try_get(EVENT_WIDTH + 1)?;
            let index = usize::try_from(number - 1).unwrap_or(usize::MAX);
            Ok((index, row.try_get(EVENT_WIDTH)?, read_event(row)?))
        })
        .collect()
}

/// Stores events under the ids that they have, with the idempotency keys of some of them (the index of the event), and
/// says which ids were not taken. From now on, none of these ids is given again.
///
/// Nothing waits for an answer before the last one is sent, so that it takes one journey to the database and back.
pub(super) async fn insert(
    transaction: &Transaction<'_>,
    now: &Timestamp,
    events: &[&Event],
    keys: &[(usize, &Idempotency)],
) -> Result<Vec<i64>, Failure> {
    let (events_statement, keys_statement, purge_statement, last_statement) = (
        transaction.prepare_cached(INSERT_EVENTS).await?,
        transaction.prepare_cached(INSERT_KEYS).await?,
        transaction.prepare_cached(PURGE_KEYS).await?,
        transaction.prepare_cached(SET_LAST_ID).await?,
    );
    let Some(last) = events.iter().map(|event| event.id).max() else {
        return Ok(vec![]);
    };
    let now = now.micros();
    let purged = [&now as &(dyn ToSql + Sync), &PURGED_AT_ONCE];
    let last = [&last as &(dyn ToSql + Sync)];
    // `join` asks in this order, and PostgreSQL answers in the order in which it is asked. What follows a statement
    // that fails fails too, so that the first error is the one to tell.
    let (inserted, (keys, (purged, last))) = join(
        insert_events(transaction, &events_statement, events),
        join(
            insert_keys(transaction, &keys_statement, now, events, keys),
            join(
                transaction.execute(&purge_statement, &purged),
                transaction.execute(&last_statement, &last),
            ),
        ),
    )
    .await;
    let inserted = inserted?;
    keys?;
    purged?;
    last?;
    Ok(inserted)
}

/// Events, column by column, as they are written.
#[derive(Default)]
struct Columns<'a> {
    id: Vec<i64>,
    created_at: Vec<&'a str>,
    created_at_us: Vec<i64>,
    event_at: Vec<Option<&'a str>>,
    event_at_us: Vec<Option<i64>>,
    name: Vec<Option<&'a [u8]>>,
    body: Vec<Option<&'a [u8]>>,
    external_url: Vec<Option<&'a [u8]>>,
    payload: Vec<Option<&'a [u8]>>,
    request_city: Vec<Option<&'a [u8]>>,
    request_device: Vec<Option<&'a [u8]>>,
    request_host: Vec<Option<&'a [u8]>>,
    request_proxied: Vec<Option<bool>>,
    request_region: Vec<Option<&'a [u8]>>,
    relationships: Vec<Vec<u8>>,
    /// The ids of what an event has to do with: account, call, mailing, opportunity, prospect, task and user.
    related: [Vec<Option<i64>>; 7],
}

impl<'a> Columns<'a> {
    fn push(&mut self, event: &'a Event) -> Result<(), Failure> {
        let Event {
            id,
            created_at,
            data,
        } = event;
        let EventData {
            name,
            event_at,
            body,
            external_url,
            payload,
            request_city,
            request_device,
            request_host,
            request_proxied,
            request_region,
            relationships,
        } = data;
        fn bytes(text: &Option<String>) -> Option<&[u8]> {
            text.as_deref().map(str::as_bytes)
        }
        self.id.push(*id);
        self.created_at.push(created_at.text());
        self.created_at_us.push(created_at.micros());
        self.event_at.push(event_at.as_ref().map(Timestamp::text));
        self.event_at_us
            .push(event_at.as_ref().map(Timestamp::micros));
        self.name.push(bytes(name));
        self.body.push(bytes(body));
        self.external_url.push(bytes(external_url));
        self.payload.push(bytes(payload));
        self.request_city.push(bytes(request_city));
        self.request_device.push(bytes(request_device));
        self.request_host.push(bytes(request_host));
        self.request_proxied.push(*request_proxied);
        self.request_region.push(bytes(request_region));
        self.relationships.push(
            serde_json::to_vec(relationships)
                .map_err(|error| Failure::Damaged(error.to_string()))?,
        );
        let Relationships {
            account,
            call,
            mailing,
            opportunity,
            prospect,
            task,
            user,
        } = relationships;
        let related = [account, call, mailing, opportunity, prospect, task, user];
        for (column, relationship) in self.related.iter_mut().zip(related) {
            let linkage = relationship.as_ref().and_then(|to| to.data);
            column.push(linkage.and_then(Option::<i64>::from));
        }
        Ok(())
    }
}

async fn insert_events(
    transaction: &Transaction<'_>,
    statement: &Statement,
    events: &[&Event],
) -> Result<Vec<i64>, Failure> {
    let mut columns = Columns::default();
    for event in events {
        columns.push(event)?;
    }
    let [account, call, mailing, opportunity, prospect, task, user] = &columns.related;
    let rows = transaction
        .query(
            statement,
            &[
                &columns.id,
                &columns.created_at,
                &columns.created_at_us,
                &columns.event_at,
                &columns.event_at_us,
                &columns.name,
                &columns.body,
                &columns.external_url,
                &columns.payload,
                &columns.request_city,
                &columns.request_device,
                &columns.request_host,
                &columns.request_proxied,
                &columns.request_region,
                &columns.relationships,
                account,
                call,
                mailing,
                opportunity,
                prospect,
                task,
                user,
            ],
        )
        .await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

async fn insert_keys(
    transaction: &Transaction<'_>,
    statement: &Statement,
    now: i64,
    events: &[&Event],
    keys: &[(usize, &Idempotency)],
) -> Result<(), Failure> {
    if keys.is_empty() {
        return Ok(());
    }
    let callers: Vec<&[u8]> = keys
        .iter()
        .map(|(_, key)| &key.caller.as_bytes()[..])
        .collect();
    let digests: Vec<Vec<u8>> = keys.iter().map(|(_, key)| digest(key)).collect();
    let bodies: Vec<&[u8]> = keys
        .iter()
        .map(|(_, key)| &key.body.as_bytes()[..])
        .collect();
    let ids: Vec<Option<i64>> = keys
        .iter()
        .map(|(index, _)| events.get(*index).map(|event| event.id))
        .collect();
    let expires_at = now.saturating_add(IDEMPOTENCY_LIFETIME.as_micros() as i64);
    transaction
        .execute(statement, &[&callers, &digests, &bodies, &ids, &expires_at])
        .await?;
    Ok(())
}

/// What stands for a key: keys that are equal to the letter have it in common.
fn digest(idempotency: &Idempotency) -> Vec<u8> {
    Sha256::digest(idempotency.key.as_bytes()).to_vec()
}

/// Reads the columns of [`EVENT`].
pub(super) fn read_event(row: &Row) -> Result<Event, Failure> {
    let id: i64 = row.try_get(0)?;
    let damaged = |what: &str| Failure::Damaged(format!("the {what} of the event {id} is damaged"));
    let text = |column: usize, what: &str| -> Result<Option<String>, Failure> {
        let bytes: Option<Vec<u8>> = row.try_get(column)?;
        bytes
            .map(String::from_utf8)
            .transpose()
            .map_err(|_| damaged(what))
    };
    let relationships: &[u8] = row.try_get(14)?;
    Ok(Event {
        id,
        created_at: Timestamp::from_parts(row.try_get(1)?, row.try_get(2)?),
        data: EventData {
            event_at: match (row.try_get(3)?, row.try_get(4)?) {
                (Some(text), Some(micros)) => Some(Timestamp::from_parts(text, micros)),
                _ => None,
            },
            name: text(5, "name")?,
            body: text(6, "body")?,
            external_url: text(7, "URL")?,
            payload: text(8, "payload")?,
            request_city: text(9, "city")?,
            request_device: text(10, "device")?,
            request_host: text(11, "host")?,
            request_proxied: row.try_get(12)?,
            request_region: text(13, "region")?,
            relationships: serde_json::from_slice(relationships)
                .map_err(|_| damaged("relationships"))?,
        },
    })
}
