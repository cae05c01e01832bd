//! Events and idempotency keys as rows: every statement, and the order of its columns.

use std::sync::LazyLock;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::event::{Event, EventData};
use crate::store::{IDEMPOTENCY_LIFETIME, Idempotency};
use crate::timestamp::Timestamp;

/// How many expired keys go with one batch of new events. More go than can come, and no batch has to wait for long.
const PURGED_AT_ONCE: usize = 256;

/// The columns that make an event, in the order that [`read_event`] takes them in.
pub(super) const EVENT: &str = "id, created_at, created_at_us, event_at, event_at_us, name, body, external_url, \
    payload, request_city, request_device, request_host, request_proxied, request_region, relationships";

static SELECT_EVENT: LazyLock<String> =
    LazyLock::new(|| format!("SELECT {EVENT} FROM event WHERE id = ?1"));

// Without an id, SQLite gives the next one. One that is given here counts for AUTOINCREMENT as one that was given by it.
const INSERT_EVENT: &str = "
INSERT INTO event (id, created_at, created_at_us, event_at, event_at_us, name, body, external_url, payload,
                   request_city, request_device, request_host, request_proxied, request_region, relationships)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
ON CONFLICT (id) DO NOTHING";

// An expired key may still be there, and gives way to a new one.
const INSERT_KEY: &str = "
INSERT OR REPLACE INTO idempotency_key (caller, key, body, event_id, expires_at_us) VALUES (?1, ?2, ?3, ?4, ?5)";

const SELECT_KEY: &str = "
SELECT body, event_id FROM idempotency_key WHERE caller = ?1 AND key = ?2 AND expires_at_us > ?3";

const PURGE_KEYS: &str = "
DELETE FROM idempotency_key
WHERE rowid IN (SELECT rowid FROM idempotency_key WHERE expires_at_us <= ?1 LIMIT ?2)";

/// The event of this id.
pub(super) fn event(connection: &Connection, id: i64) -> rusqlite::Result<Option<Event>> {
    connection
        .prepare_cached(&SELECT_EVENT)?
        .query_row([id], read_event)
        .optional()
}

/// Stores an event under the next id.
pub(super) fn insert_event(
    connection: &Connection,
    created_at: &Timestamp,
    data: EventData,
) -> rusqlite::Result<Event> {
    insert_event_row(connection, None, created_at, &data)?;
    Ok(Event {
        id: connection.last_insert_rowid(),
        created_at: created_at.clone(),
        data,
    })
}

/// Stores an event, under the next id where none is given. Whether it was stored: an id that is taken stays as it is.
pub(super) fn insert_event_row(
    connection: &Connection,
    id: Option<i64>,
    created_at: &Timestamp,
    data: &EventData,
) -> rusqlite::Result<bool> {
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
    let relationships = serde_json::to_string(relationships)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    let inserted = connection.prepare_cached(INSERT_EVENT)?.execute(params![
        id,
        created_at.text(),
        created_at.micros(),
        event_at.as_ref().map(Timestamp::text),
        event_at.as_ref().map(Timestamp::micros),
        name,
        body,
        external_url,
        payload,
        request_city,
        request_device,
        request_host,
        request_proxied,
        request_region,
        relationships,
    ])?;
    Ok(inserted == 1)
}

/// The body's fingerprint and the event of a key that is still kept.
pub(super) fn idempotency_key(
    connection: &Connection,
    now: &Timestamp,
    idempotency: &Idempotency,
) -> rusqlite::Result<Option<([u8; 32], i64)>> {
    connection
        .prepare_cached(SELECT_KEY)?
        .query_row(
            params![idempotency.caller.as_bytes(), idempotency.key, now.micros()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
}

/// Keeps a key, from now on for its lifetime.
pub(super) fn insert_idempotency_key(
    connection: &Connection,
    now: &Timestamp,
    idempotency: &Idempotency,
    event: i64,
) -> rusqlite::Result<()> {
    let Idempotency { caller, key, body } = idempotency;
    let expires_at = now
        .micros()
        .saturating_add(IDEMPOTENCY_LIFETIME.as_micros() as i64);
    let row = params![caller.as_bytes(), key, body.as_bytes(), event, expires_at];
    connection.prepare_cached(INSERT_KEY)?.execute(row)?;
    Ok(())
}

/// Removes keys that have expired, some at a time.
pub(super) fn purge_idempotency_keys(
    connection: &Connection,
    now: &Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(PURGE_KEYS)?
        .execute(params![now.micros(), PURGED_AT_ONCE as i64])?;
    Ok(())
}

/// Reads the columns of [`EVENT`].
pub(super) fn read_event(row: &Row<'_>) -> rusqlite::Result<Event> {
    let relationships: String = row.get(14)?;
    Ok(Event {
        id: row.get(0)?,
        created_at: Timestamp::from_parts(row.get(1)?, row.get(2)?),
        data: EventData {
            event_at: match (row.get(3)?, row.get(4)?) {
                (Some(text), Some(micros)) => Some(Timestamp::from_parts(text, micros)),
                _ => None,
            },
            name: row.get(5)?,
            body: row.get(6)?,
            external_url: row.get(7)?,
            payload: row.get(8)?,
            request_city: row.get(9)?,
            request_device: row.get(10)?,
            request_host: row.get(11)?,
            request_proxied: row.get(12)?,
            request_region: row.get(13)?,
            relationships: serde_json::from_str(&relationships).map_err(|error| {
                rusqlite::Error::FromSqlConversionFailure(14, Type::Text, Box::new(error))
            })?,
        },
    })
}
