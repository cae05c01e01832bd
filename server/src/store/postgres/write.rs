//! The writer: it takes the calls that wait into one transaction, and answers them after its commit.

use std::collections::HashMap;

use deadpool_postgres::Object;
use tokio::sync::{mpsc, oneshot};

use super::connect::Connections;
use super::error::Failure;
use super::{QUEUE, rows};
use crate::event::{Event, EventData};
use crate::fingerprint::Fingerprint;
use crate::store::{Clock, Creation, Idempotency, StoreError};
use crate::timestamp::Timestamp;

/// How many events share one commit at most. It bounds how long the first of them waits.
const BATCH: usize = 256;

/// A batch ends with the event that makes it larger than this, in bytes: it is sent as one message.
const BATCH_BYTES: usize = 8 << 20;

/// One call of [`EventStore::create`](crate::store::EventStore::create), on its way to the writer.
pub(super) struct Write {
    pub(super) data: EventData,
    pub(super) idempotency: Option<Idempotency>,
    pub(super) reply: oneshot::Sender<Result<Creation, StoreError>>,
}

/// A wish to create an event.
type Wish = (EventData, Option<Idempotency>);

/// Answers calls until nobody can make any more. What makes a commit fail concerns all of its calls, so all of them
/// have the same answer.
pub(super) async fn serve(
    connections: Connections,
    clock: Clock,
    mut calls: mpsc::Receiver<Write>,
) {
    while let Some(first) = calls.recv().await {
        let mut bytes = size(&first.data);
        let (mut wishes, mut replies): (Vec<Wish>, Vec<_>) = (vec![], vec![]);
        let mut next = Some(first);
        while let Some(call) = next {
            wishes.push((call.data, call.idempotency));
            replies.push(call.reply);
            next = (wishes.len() < BATCH && bytes < BATCH_BYTES)
                .then(|| calls.try_recv().ok())
                .flatten();
            bytes += next.as_ref().map_or(0, |call| size(&call.data));
        }
        let clock = clock.clone();
        let written = connections
            .run(|client| Box::pin(async move { commit(client, &clock, &wishes).await }))
            .await;
        // Whoever asked may have gone; what is stored stays stored.
        match written {
            Ok(creations) => {
                for (reply, creation) in replies.into_iter().zip(creations) {
                    drop(reply.send(Ok(creation)));
                }
            }
            Err(error) => {
                if error.is_temporary() {
                    // To wait for the database again, for each of the batches behind, would keep the last call of the
                    // queue waiting for long. They are taken before anybody hears of it: whoever is answered may call
                    // again at once, and by then the database may be there.
                    let waiting = std::iter::from_fn(|| calls.try_recv().ok());
                    replies.extend(waiting.take(QUEUE).map(|call| call.reply));
                }
                for reply in replies {
                    drop(reply.send(Err(error.clone())));
                }
            }
        }
    }
}

/// About how many bytes an event has.
fn size(data: &EventData) -> usize {
    let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    length(&data.body) + length(&data.payload) + length(&data.name) + length(&data.external_url)
}

/// One transaction: all of the wishes, or nothing. When it returns without an error, they are on disk.
async fn commit(
    client: &mut Object,
    clock: &Clock,
    wishes: &[Wish],
) -> Result<Vec<Creation>, Failure> {
    // Not more isolated than that: each statement must see what was committed while the lock was waited for.
    let transaction = client
        .build_transaction()
        .isolation_level(tokio_postgres::IsolationLevel::ReadCommitted)
        .start()
        .await?;
    let last = rows::lock_last_id(&transaction).await?;
    let now = Timestamp::at(clock());
    let keys: Vec<&Idempotency> = wishes.iter().filter_map(|(_, key)| key.as_ref()).collect();
    let mut known: HashMap<Key<'_>, (Vec<u8>, Outcome)> = HashMap::new();
    if !keys.is_empty() {
        for (index, body, event) in rows::idempotency_keys(&transaction, &now, &keys).await? {
            if let Some(key) = keys.get(index) {
                known.insert(name(key), (body, Outcome::Present(Box::new(event))));
            }
        }
    }

    let mut created: Vec<Event> = Vec::new();
    let mut new_keys: Vec<(usize, &Idempotency)> = Vec::new();
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(wishes.len());
    for (data, idempotency) in wishes {
        if let Some(key) = idempotency
            && let Some((body, outcome)) = known.get(&name(key))
        {
            outcomes.push(if body == key.body.as_bytes() {
                outcome.repeated()
            } else {
                Outcome::KeyUsed
            });
            continue;
        }
        let index = created.len();
        let id = i64::try_from(index)
            .ok()
            .and_then(|index| last.checked_add(index + 1));
        created.push(Event {
            id: id.ok_or_else(|| Failure::Damaged("there are no more ids".to_owned()))?,
            created_at: now.clone(),
            data: data.clone(),
        });
        if let Some(key) = idempotency {
            new_keys.push((index, key));
            known.insert(
                name(key),
                (key.body.as_bytes().to_vec(), Outcome::New(index)),
            );
        }
        outcomes.push(Outcome::New(index));
    }

    let events: Vec<&Event> = created.iter().collect();
    let inserted = rows::insert(&transaction, &now, &events, &new_keys).await?;
    if inserted.len() != events.len() {
        // An event has an id that was never given: somebody has changed the tables by hand.
        return Err(Failure::Damaged(format!(
            "there is an event above the last id, {last}"
        )));
    }
    transaction.commit().await?;
    let creations = outcomes.into_iter().map(|outcome| {
        let of = |index: usize| created.get(index).cloned();
        match outcome {
            Outcome::New(index) => of(index).map(Creation::Created),
            Outcome::Twice(index) => of(index).map(Creation::Repeated),
            Outcome::Present(event) => Some(Creation::Repeated(*event)),
            Outcome::KeyUsed => Some(Creation::KeyUsed),
        }
    });
    Ok(creations.flatten().collect())
}

/// Whose key, and which.
type Key<'a> = (Fingerprint, &'a str);

fn name(key: &Idempotency) -> Key<'_> {
    (key.caller, &key.key)
}

/// What comes of a wish, before it is stored.
#[derive(Clone, Debug)]
enum Outcome {
    /// The event of this index is created.
    New(usize),
    /// It is the one of this index, which an earlier wish of the same batch creates.
    Twice(usize),
    /// It was there.
    Present(Box<Event>),
    /// The key was used with another body.
    KeyUsed,
}

impl Outcome {
    /// What comes of a wish that repeats the one of which this came.
    fn repeated(&self) -> Outcome {
        match self {
            Outcome::New(index) => Outcome::Twice(*index),
            other => other.clone(),
        }
    }
}
