//! What each command does.

use std::pin::pin;

use events_client::Client;
use events_client::api::builder::ListEvents;
use futures::TryStreamExt as _;

use super::arguments::{About, Arguments, Command, Create, List};
use super::draft;
use super::failure::Failure;
use super::output::Output;
use super::tokens;

/// How many events a page has at most, by the API's document.
const LARGEST_PAGE: u64 = 1000;

/// Where a service is that was started without settings.
const HERE: &str = "http://127.0.0.1:8080";

/// Does what the arguments say.
///
/// # Errors
/// Why it was not done.
pub async fn run(arguments: Arguments, output: &mut Output<'_>) -> Result<(), Failure> {
    let Arguments { url, command } = arguments;
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let url = url
        .or_else(|| variable("EVENTS_URL"))
        .unwrap_or_else(|| HERE.to_owned());
    let client = || {
        let credentials = tokens::credentials(variable)?;
        Client::new(&url, credentials).map_err(|error| Failure::Usage(error.to_string()))
    };
    match command {
        Command::Get { id } => {
            let event = client()?.get_event(id).await?;
            output.event(&event)
        }
        Command::List(asked) => list(&client()?, &asked, output).await,
        Command::Create(asked) => create(client, &asked, output).await,
    }
}

async fn create(
    client: impl FnOnce() -> Result<Client, Failure>,
    asked: &Create,
    output: &mut Output<'_>,
) -> Result<(), Failure> {
    // What is wrong with the event is told first: it needs no service.
    let event = draft::event(asked)?;
    let created = client()?
        .create_event(&event, asked.idempotency_key.as_deref())
        .await?;
    output.event(&created)
}

async fn list(client: &Client, asked: &List, output: &mut Output<'_>) -> Result<(), Failure> {
    let mut left = if asked.all { u64::MAX } else { asked.limit };
    let size = i32::try_from(left.min(LARGEST_PAGE)).unwrap_or(i32::MAX);
    let list = client.list_events(|call| ask(call, asked).page_size(size));
    let mut pages = pin!(list.pages());
    let mut more = false;
    while left > 0 {
        let Some(page) = pages.try_next().await? else {
            break;
        };
        let count = usize::try_from(left).unwrap_or(usize::MAX);
        let shown = &page.data[..page.data.len().min(count)];
        output.events(shown)?;
        left -= shown.len() as u64;
        more = page.links.next.is_some() || shown.len() < page.data.len();
    }
    output.end_of_list(more)
}

/// The filters and the order.
fn ask<'c>(mut call: ListEvents<'c>, asked: &List) -> ListEvents<'c> {
    let List {
        about,
        name,
        since,
        until,
        created_since,
        created_until,
        sort,
        limit: _,
        all: _,
    } = asked;
    let About {
        account,
        call: phone_call,
        mailing,
        opportunity,
        prospect,
        task,
        user,
    } = about;
    macro_rules! give {
        ($($value:ident => $method:ident),* $(,)?) => {
            $(if let Some(value) = $value {
                call = call.$method(value.clone());
            })*
        };
    }
    give! {
        account => filter_account_id,
        phone_call => filter_call_id,
        mailing => filter_mailing_id,
        opportunity => filter_opportunity_id,
        prospect => filter_prospect_id,
        task => filter_task_id,
        user => filter_user_id,
        name => filter_name,
        since => filter_event_at_gte,
        until => filter_event_at_lt,
        created_since => filter_created_at_gte,
        created_until => filter_created_at_lt,
        sort => sort,
    }
    call
}
