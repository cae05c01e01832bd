//! The tables, and how they come to be: the list of steps from an empty file to the newest layout.

/// Says in the file's header whose it is: "Evnt".
pub(super) const APPLICATION_ID: u32 = 0x4576_6e74;

/// The steps. A file whose `user_version` is `n` has the first `n` of them. A step that was once released never
/// changes; what has to change comes as a new one.
pub(super) const STEPS: &[&str] = &[FIRST];

/// The newest layout.
pub(super) const VERSION: i64 = STEPS.len() as i64;

/// - AUTOINCREMENT: an id is never given twice, even after the newest event is gone.
/// - Instants have two columns: the text as it was sent, and microseconds since 1970 to order by.
/// - `payload` and `relationships` are JSON text. The seven ids are columns that SQLite computes from the one place
///   where they are written, so that the two can never differ; indexes work on them as on any other.
/// - An idempotency key is found by caller and key, and purged by age.
const FIRST: &str = "
CREATE TABLE event (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at      TEXT    NOT NULL,
    created_at_us   INTEGER NOT NULL,
    event_at        TEXT,
    event_at_us     INTEGER,
    name            TEXT,
    body            TEXT,
    external_url    TEXT,
    payload         TEXT,
    request_city    TEXT,
    request_device  TEXT,
    request_host    TEXT,
    request_proxied INTEGER,
    request_region  TEXT,
    relationships   TEXT    NOT NULL,
    account_id      INTEGER GENERATED ALWAYS AS (relationships ->> '$.account.data') VIRTUAL,
    call_id         INTEGER GENERATED ALWAYS AS (relationships ->> '$.call.data') VIRTUAL,
    mailing_id      INTEGER GENERATED ALWAYS AS (relationships ->> '$.mailing.data') VIRTUAL,
    opportunity_id  INTEGER GENERATED ALWAYS AS (relationships ->> '$.opportunity.data') VIRTUAL,
    prospect_id     INTEGER GENERATED ALWAYS AS (relationships ->> '$.prospect.data') VIRTUAL,
    task_id         INTEGER GENERATED ALWAYS AS (relationships ->> '$.task.data') VIRTUAL,
    user_id         INTEGER GENERATED ALWAYS AS (relationships ->> '$.user.data') VIRTUAL
) STRICT;

CREATE TABLE idempotency_key (
    caller        BLOB    NOT NULL,
    key           TEXT    NOT NULL,
    body          BLOB    NOT NULL,
    event_id      INTEGER NOT NULL REFERENCES event (id),
    expires_at_us INTEGER NOT NULL,
    PRIMARY KEY (caller, key)
) STRICT;

CREATE INDEX idempotency_key_expires_at ON idempotency_key (expires_at_us);
";
