//! Servers to compare with, each in a process of its own: this program, started with `--serve`.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use dropshot::{
    ApiDescription, Body, ConfigDropshot, HandlerTaskMode, HttpError, Path as PathParameters,
    RequestContext, ServerBuilder, endpoint,
};
use dropshot_runtime::http::{Response, StatusCode};
use dropshot_runtime::slog::{Discard, Logger, o};
use dropshot_runtime::{Api, Call, Credential, Denial, Refusal, Rejection, Service};
use events_server::api::types::EventDocument;
use events_server::api::{
    CreateEventRequest, CreateEventResponse, EventApi, GetEventRequest, GetEventResponse,
    ListEventsRequest, ListEventsResponse, api,
};
use events_server::caller::Caller;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::load::Why;

const MEDIA_TYPE: &str = "application/vnd.api+json";

/// Serves until the process is ended.
pub fn serve(kind: &str, address: &str, file: &str) -> Result<(), Why> {
    let config = ConfigDropshot {
        bind_address: address.parse()?,
        // As the Event server has it.
        default_handler_task_mode: HandlerTaskMode::Detached,
        ..ConfigDropshot::default()
    };
    // What nobody reads costs nothing, as with the Event server at `--log-level warn`: dropshot's own loggers hand every
    // record to another thread before they look at its level.
    let log = Logger::root(Discard, o!());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let stopped = match kind {
            "read" => {
                let mut api = ApiDescription::new();
                api.register(read)?;
                let server = ServerBuilder::new(api, Rows::open(file)?, log).config(config);
                server.start()?.await
            }
            "memory" => {
                let mut api = ApiDescription::new();
                api.register(memory)?;
                let body = Bytes::from(std::fs::read(file)?);
                ServerBuilder::new(api, body, log)
                    .config(config)
                    .start()?
                    .await
            }
            "routed" => {
                let service = Arc::new(Fixed::read(file)?);
                let api = Api::new().left_out("GET", "/events/{id}");
                dropshot_runtime::start(service, api, config, &log)?.await
            }
            "generated" => {
                let service = Arc::new(Fixed::read(file)?);
                dropshot_runtime::start(service, api(), config, &log)?.await
            }
            other => return Err(format!("there is no server `{other}`").into()),
        };
        stopped.map_err(Into::into)
    })
}

/// The one path that these servers have.
#[derive(Deserialize, JsonSchema)]
struct EventPath {
    id: i64,
}

/// A file of SQLite's whose one table has answers as they are to be sent.
struct Rows(Mutex<Connection>);

impl Rows {
    fn open(file: &str) -> rusqlite::Result<Rows> {
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map(|connection| Rows(Mutex::new(connection)))
    }

    fn answer(&self, id: i64) -> rusqlite::Result<Option<String>> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut statement = connection.prepare_cached("SELECT body FROM answer WHERE id = ?1")?;
        statement.query_row([id], |row| row.get(0)).optional()
    }
}

/// A point read, and its answer.
#[endpoint { method = GET, path = "/events/{id}" }]
async fn read(
    context: RequestContext<Rows>,
    path: PathParameters<EventPath>,
) -> Result<Response<Body>, HttpError> {
    let found = context.context().answer(path.into_inner().id);
    match found.map_err(|error| HttpError::for_internal_error(error.to_string()))? {
        Some(body) => answer(body.into()),
        None => Err(HttpError::for_not_found(None, "no such event".to_owned())),
    }
}

/// Always the same answer.
#[endpoint { method = GET, path = "/events/{id}" }]
async fn memory(
    context: RequestContext<Bytes>,
    _path: PathParameters<EventPath>,
) -> Result<Response<Body>, HttpError> {
    answer(context.context().clone().into())
}

fn answer(body: Body) -> Result<Response<Body>, HttpError> {
    let answer = Response::builder()
        .header("Content-Type", MEDIA_TYPE)
        .body(body)?;
    Ok(answer)
}

/// A service that lets everybody in and gives everybody the same answer: what is left is what generated code costs.
struct Fixed {
    event: EventDocument,
    body: Vec<u8>,
}

impl Fixed {
    fn read(file: &str) -> Result<Fixed, Why> {
        let body = std::fs::read(file)?;
        Ok(Fixed {
            event: serde_json::from_slice(&body)?,
            body,
        })
    }
}

impl Service for Fixed {
    type Caller = Caller;

    async fn authenticate(&self, _: &[Credential], _: &[&str]) -> Result<Caller, Denial> {
        Ok(Caller::default())
    }

    fn refuse(&self, _: &Rejection) -> Refusal {
        Refusal {
            status: StatusCode::OK,
            headers: Vec::new(),
            content_type: MEDIA_TYPE,
            body: self.body.clone(),
        }
    }
}

impl EventApi for Fixed {
    async fn list_events(&self, _: Call<Caller>, _: ListEventsRequest) -> ListEventsResponse {
        let e_tag = "\"none\"".to_owned();
        ListEventsResponse::NotModified { e_tag }
    }

    async fn create_event(&self, _: Call<Caller>, _: CreateEventRequest) -> CreateEventResponse {
        let body = self.event.clone();
        let location = "/events/1".to_owned();
        CreateEventResponse::Created { location, body }
    }

    async fn get_event(&self, _: Call<Caller>, _: GetEventRequest) -> GetEventResponse {
        GetEventResponse::Ok {
            e_tag: "\"1\"".to_owned(),
            body: self.event.clone(),
        }
    }
}
