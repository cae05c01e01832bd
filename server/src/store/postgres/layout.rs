//! The tables, how they come to be, and that two processes that start at once do it once.
//!
//! The tables are in the first schema of the search path, which is `public` where nobody says otherwise. Beside them,
//! `events_layout` says how many steps they have, and with that, whose they are.

use tokio_postgres::{Client, IsolationLevel};

use super::error::{Database, Failure};
use crate::store::StoreError;

/// The steps. A database whose `events_layout` says `n` has the first `n` of them. A step that was once released never
/// changes; what has to change comes as a new one.
const STEPS: &[&str] = &[FIRST];

/// The newest layout.
const VERSION: i64 = STEPS.len() as i64;

/// Whoever brings a layout up to date holds this lock: "EvntLayt". Others wait for it.
const LOCK: i64 = 0x4576_6e74_4c61_7974;

/// - Texts of callers are `bytea`: PostgreSQL's `text` has no NUL character, and its `jsonb` writes numbers in its own
///   way. What is compared is compared by byte, whatever the database's encoding and collation. To look at them, there
///   is `convert_from(name, 'UTF8')`.
/// - `event_id` has one row, with the last id that was given. Whoever gives ids holds it until the commit.
/// - Instants have two columns: the text as it was sent, and microseconds since 1970 to order by.
///   `event_order_us` is the instant to order by where `event_at_us` may be missing.
/// - A name may be longer than an entry of an index, so that its SHA-256 is what is looked for; and an idempotency key
///   is kept as nothing else.
/// - An event that has no such relationship is not in that relationship's indexes, and few events have many.
const FIRST: &str = "
CREATE TABLE event_id (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    last bigint  NOT NULL
);
INSERT INTO event_id (last) VALUES (0);

CREATE TABLE event (
    id              bigint  PRIMARY KEY,
    created_at      text    COLLATE \"C\" NOT NULL,
    created_at_us   bigint  NOT NULL,
    event_at        text    COLLATE \"C\",
    event_at_us     bigint,
    event_order_us  bigint  NOT NULL GENERATED ALWAYS AS (coalesce(event_at_us, -9223372036854775808)) STORED,
    name            bytea,
    body            bytea,
    external_url    bytea,
    payload         bytea,
    request_city    bytea,
    request_device  bytea,
    request_host    bytea,
    request_proxied boolean,
    request_region  bytea,
    relationships   bytea   NOT NULL,
    account_id      bigint,
    call_id         bigint,
    mailing_id      bigint,
    opportunity_id  bigint,
    prospect_id     bigint,
    task_id         bigint,
    user_id         bigint
);

CREATE TABLE idempotency_key (
    caller        bytea  NOT NULL,
    key_sha256    bytea  NOT NULL,
    body          bytea  NOT NULL,
    event_id      bigint NOT NULL REFERENCES event (id),
    expires_at_us bigint NOT NULL,
    PRIMARY KEY (caller, key_sha256)
);

CREATE INDEX idempotency_key_expires_at ON idempotency_key (expires_at_us);

CREATE INDEX event_created_at_us ON event (created_at_us, id);
CREATE INDEX event_event_order_us ON event (event_order_us, id);

CREATE INDEX event_account_created_at_us ON event (account_id, created_at_us, id) WHERE account_id IS NOT NULL;
CREATE INDEX event_call_created_at_us ON event (call_id, created_at_us, id) WHERE call_id IS NOT NULL;
CREATE INDEX event_mailing_created_at_us ON event (mailing_id, created_at_us, id) WHERE mailing_id IS NOT NULL;
CREATE INDEX event_opportunity_created_at_us ON event (opportunity_id, created_at_us, id) WHERE opportunity_id IS NOT NULL;
CREATE INDEX event_prospect_created_at_us ON event (prospect_id, created_at_us, id) WHERE prospect_id IS NOT NULL;
CREATE INDEX event_task_created_at_us ON event (task_id, created_at_us, id) WHERE task_id IS NOT NULL;
CREATE INDEX event_user_created_at_us ON event (user_id, created_at_us, id) WHERE user_id IS NOT NULL;
CREATE INDEX event_name_created_at_us ON event (sha256(name), created_at_us, id) WHERE name IS NOT NULL;

CREATE INDEX event_account_event_order_us ON event (account_id, event_order_us, id) WHERE account_id IS NOT NULL;
CREATE INDEX event_call_event_order_us ON event (call_id, event_order_us, id) WHERE call_id IS NOT NULL;
CREATE INDEX event_mailing_event_order_us ON event (mailing_id, event_order_us, id) WHERE mailing_id IS NOT NULL;
CREATE INDEX event_opportunity_event_order_us ON event (opportunity_id, event_order_us, id) WHERE opportunity_id IS NOT NULL;
CREATE INDEX event_prospect_event_order_us ON event (prospect_id, event_order_us, id) WHERE prospect_id IS NOT NULL;
CREATE INDEX event_task_event_order_us ON event (task_id, event_order_us, id) WHERE task_id IS NOT NULL;
CREATE INDEX event_user_event_order_us ON event (user_id, event_order_us, id) WHERE user_id IS NOT NULL;
CREATE INDEX event_name_event_order_us ON event (sha256(name), event_order_us, id) WHERE name IS NOT NULL;
";

/// What there is in the schema. A table that is there but in another schema is not ours.
const LOOK: &str = "
SELECT to_regclass(quote_ident(current_schema()) || '.events_layout') IS NOT NULL,
       array(SELECT relname::text FROM pg_class
             WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
               AND relname IN ('event', 'event_id', 'idempotency_key') ORDER BY relname)
WHERE current_schema() IS NOT NULL";

/// Takes the steps that the database lacks, in one transaction: of two processes that start at once, the second one
/// waits, and then finds nothing to do.
pub(super) async fn bring_up_to_date(
    database: &Database,
    client: &mut Client,
) -> Result<(), StoreError> {
    let failed = |error| database.error(Failure::Database(error));
    // Each statement sees what was committed before it, and not before the transaction began.
    let transaction = client
        .build_transaction()
        .isolation_level(IsolationLevel::ReadCommitted)
        .start()
        .await
        .map_err(failed)?;
    // Steps take as long as they take, and so does the waiting for another process that takes them.
    transaction
        .batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
        .await
        .map_err(failed)?;
    transaction
        .execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])
        .await
        .map_err(failed)?;
    let Some(row) = transaction.query_opt(LOOK, &[]).await.map_err(failed)? else {
        return Err(StoreError::Refused {
            database: database.name(),
            detail: "no schema of the search path exists".to_owned(),
        });
    };
    let (is_ours, tables): (bool, Vec<String>) = (
        row.try_get(0).map_err(failed)?,
        row.try_get(1).map_err(failed)?,
    );
    let found = if is_ours {
        let row = transaction
            .query_opt("SELECT version FROM events_layout", &[])
            .await
            .map_err(failed)?;
        row.map_or(Ok(0), |row| row.try_get(0)).map_err(failed)?
    } else if tables.is_empty() {
        0
    } else {
        return Err(StoreError::ForeignTables {
            database: database.name(),
            tables: tables.join(", "),
        });
    };
    let newer = || StoreError::NewerVersion {
        database: database.name(),
        found,
        known: VERSION,
    };
    let missing = usize::try_from(found)
        .ok()
        .and_then(|found| STEPS.get(found..))
        .ok_or_else(newer)?;
    if missing.is_empty() {
        return Ok(());
    }
    for step in missing {
        transaction.batch_execute(step).await.map_err(failed)?;
    }
    transaction
        .batch_execute(&format!(
            "CREATE TABLE IF NOT EXISTS events_layout (one boolean PRIMARY KEY DEFAULT true CHECK (one), version bigint NOT NULL);
             INSERT INTO events_layout (version) VALUES ({VERSION}) ON CONFLICT (one) DO UPDATE SET version = excluded.version"
        ))
        .await
        .map_err(failed)?;
    transaction.commit().await.map_err(failed)
}
