//! The pages of a list, one after the other.
//!
//! A page says where the next one is, and that link is followed as it stands: a client that took the cursor out of it
//! would have to know how the server makes its links. The tokens go along, so a link to another origin is not followed.

use futures::stream::{self, Stream, TryStreamExt as _};
use progenitor_client::{ClientHooks as _, ClientInfo as _, OperationInfo, ResponseValue};
use reqwest::Url;
use reqwest::header::{ACCEPT, HeaderName, HeaderValue};

use crate::api::{self, builder};
use crate::types::{ErrorDocument, Event, EventListDocument};
use crate::{Client, Error};

/// What JSON:API calls its media type.
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/vnd.api+json");

/// The header of the service's token.
const SERVICE_TOKEN: HeaderName = HeaderName::from_static("s2s-auth-token");

/// A list that was asked for, and is sent for as it is read.
pub struct List<'c> {
    client: &'c api::Client,
    first: builder::ListEvents<'c>,
}

/// Which page is the next.
enum Next<'c> {
    First(Box<builder::ListEvents<'c>>),
    Link(Url),
    None,
}

impl Client {
    /// The events that fit, of which none is asked for until the stream is read.
    ///
    /// What fits, in which order, and how many are asked for at once, is said with the generated builder:
    ///
    /// ```no_run
    /// # async fn example(client: &events_client::Client) -> Result<(), events_client::Error> {
    /// use futures::TryStreamExt as _;
    ///
    /// let list = client.list_events(|list| list.filter_account_id("7").filter_name("mailbox_created"));
    /// let mut events = std::pin::pin!(list.events());
    /// while let Some(event) = events.try_next().await? {
    ///     println!("{}", event.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_events(
        &self,
        ask: impl for<'b> FnOnce(builder::ListEvents<'b>) -> builder::ListEvents<'b>,
    ) -> List<'_> {
        let client = self.operations();
        List {
            client,
            first: ask(client.list_events()),
        }
    }
}

impl<'c> List<'c> {
    /// The pages. The stream ends after the page that has no next one, or after an error.
    ///
    /// Events that are created while it is read may be missed, or not, as the order has it; none comes twice.
    pub fn pages(self) -> impl Stream<Item = Result<EventListDocument, Error>> + 'c {
        let List { client, first } = self;
        stream::try_unfold(Next::First(Box::new(first)), move |next| async move {
            let (page, address) = match next {
                Next::None => return Ok(None),
                // Links are relative to the page that they are on, which is told from others by its query alone.
                Next::First(call) => (call.send().await?, format!("{}/events", client.baseurl())),
                Next::Link(url) => (follow(client, url.clone()).await?, url.into()),
            };
            let page = page.into_inner();
            let next = match page.links.next.as_deref() {
                None => Next::None,
                Some(link) => Next::Link(resolve(&address, link)?),
            };
            Ok(Some((page, next)))
        })
    }

    /// The events of all pages.
    pub fn events(self) -> impl Stream<Item = Result<Event, Error>> + 'c {
        self.pages()
            .map_ok(|page| stream::iter(page.data.into_iter().map(Ok)))
            .try_flatten()
    }
}

/// The address that a link leads to from the page at `address`.
fn resolve(address: &str, link: &str) -> Result<Url, Error> {
    let refuse = |reason: String| {
        Error::UnexpectedAnswer(format!("the link `{link}` to the next page {reason}"))
    };
    let base = Url::parse(address).map_err(|error| refuse(error.to_string()))?;
    let url = base
        .join(link)
        .map_err(|error| refuse(format!("is none: {error}")))?;
    if url.origin() != base.origin() {
        return Err(refuse(
            "leaves the service, and the tokens are not for others".to_owned(),
        ));
    }
    Ok(url)
}

/// Gets a page by its address, with the generated client's own look at the answer.
async fn follow(
    client: &api::Client,
    url: Url,
) -> Result<ResponseValue<EventListDocument>, api::Error<ErrorDocument>> {
    let info = OperationInfo {
        operation_id: "list_events",
    };
    let api::Credentials {
        bearer_auth,
        s2s_auth_token,
    } = client.inner();
    let mut request = client.client().get(url).header(ACCEPT, MEDIA_TYPE);
    if let Some(token) = bearer_auth {
        request = request.bearer_auth(token.reveal());
    }
    if let Some(token) = s2s_auth_token {
        request = request.header(SERVICE_TOKEN, token.reveal());
    }
    let result = client.exec(request.build()?, &info).await;
    client.post::<ErrorDocument>(&result, &info).await?;
    let response = result?;
    match response.status().as_u16() {
        200 => ResponseValue::from_response(response).await,
        400..=599 => Err(api::Error::ErrorResponse(
            ResponseValue::from_response(response).await?,
        )),
        _ => Err(api::Error::UnexpectedResponse(response)),
    }
}
