//! The tables, and how they come to be: the list of steps from an empty file to the newest layout.

/// Says in the file's header whose it is: "Evnt".
pub(super) const APPLICATION_ID: u32 = 0x4576_6e74;

/// The steps. A file whose `user_version` is `n` has the first `n` of them. A step that was once released never
/// changes; what has to change comes as a new one.
pub(super) const STEPS: &[&str] = &[FIRST, LISTS];

/// The layout that can keep events, and no more than that: it has the tables, but nothing to find events by other than
/// their ids.
pub(super) const TABLES: i64 = 1;

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

/// Lists: an index for each order, and one for each order of the events that have something in common.
///
/// - `event_order_us` is the instant to order by where `event_at_us` may be missing: SQLite compares nothing with NULL,
///   so a position among those events could not be asked for. What stands for it is before every instant there is.
/// - `id_order` is the id. Every index ends in the id anyway, but SQLite does not search by that: among the events of
///   one instant, of which an import makes thousands, it would go through all of them from the first one.
/// - Each index ends in the instant that it does not go by, so that a range of that one is looked for in the index alone.
/// - An event that has no such relationship is not in that relationship's indexes, and few events have many.
const LISTS: &str = "
ALTER TABLE event ADD COLUMN
    event_order_us INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(event_at_us, -9223372036854775808)) VIRTUAL;
ALTER TABLE event ADD COLUMN
    id_order INTEGER NOT NULL GENERATED ALWAYS AS (id + 0) VIRTUAL;

CREATE INDEX event_created_at_us ON event (created_at_us, id_order, event_order_us);
CREATE INDEX event_event_order_us ON event (event_order_us, id_order, created_at_us);

CREATE INDEX event_account_created_at_us ON event (account_id, created_at_us, id_order, event_order_us) WHERE account_id IS NOT NULL;
CREATE INDEX event_call_created_at_us ON event (call_id, created_at_us, id_order, event_order_us) WHERE call_id IS NOT NULL;
CREATE INDEX event_mailing_created_at_us ON event (mailing_id, created_at_us, id_order, event_order_us) WHERE mailing_id IS NOT NULL;
CREATE INDEX event_opportunity_created_at_us ON event (opportunity_id, created_at_us, id_order, event_order_us) WHERE opportunity_id IS NOT NULL;
CREATE INDEX event_prospect_created_at_us ON event (prospect_id, created_at_us, id_order, event_order_us) WHERE prospect_id IS NOT NULL;
CREATE INDEX event_task_created_at_us ON event (task_id, created_at_us, id_order, event_order_us) WHERE task_id IS NOT NULL;
CREATE INDEX event_user_created_at_us ON event (user_id, created_at_us, id_order, event_order_us) WHERE user_id IS NOT NULL;
CREATE INDEX event_name_created_at_us ON event (name, created_at_us, id_order, event_order_us) WHERE name IS NOT NULL;

CREATE INDEX event_account_event_order_us ON event (account_id, event_order_us, id_order, created_at_us) WHERE account_id IS NOT NULL;
CREATE INDEX event_call_event_order_us ON event (call_id, event_order_us, id_order, created_at_us) WHERE call_id IS NOT NULL;
CREATE INDEX event_mailing_event_order_us ON event (mailing_id, event_order_us, id_order, created_at_us) WHERE mailing_id IS NOT NULL;
CREATE INDEX event_opportunity_event_order_us ON event (opportunity_id, event_order_us, id_order, created_at_us) WHERE opportunity_id IS NOT NULL;
CREATE INDEX event_prospect_event_order_us ON event (prospect_id, event_order_us, id_order, created_at_us) WHERE prospect_id IS NOT NULL;
CREATE INDEX event_task_event_order_us ON event (task_id, event_order_us, id_order, created_at_us) WHERE task_id IS NOT NULL;
CREATE INDEX event_user_event_order_us ON event (user_id, event_order_us, id_order, created_at_us) WHERE user_id IS NOT NULL;
CREATE INDEX event_name_event_order_us ON event (name, event_order_us, id_order, created_at_us) WHERE name IS NOT NULL;
";
