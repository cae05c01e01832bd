//! Things behind a gate: a handler says that it has begun, and answers when it is let through.

use std::sync::{Arc, Mutex};

use dropshot_runtime::dropshot::{ConfigDropshot, HttpServer};
use dropshot_runtime::http::StatusCode;
use dropshot_runtime::slog::{Drain, KV, Key, Logger, Never, OwnedKVList, Record, Serializer, o};
use dropshot_runtime::{
    Call, Credential, Denial, Gateway, Limits, Observed, Refusal, Rejection, Service,
};
use tokio::sync::Semaphore;

use crate::api::types::{Problem, Thing};
use crate::api::{
    CreateThingRequest, CreateThingResponse, DeleteThingRequest, DeleteThingResponse,
    GetThingRequest, GetThingResponse, ListThingsRequest, ListThingsResponse, ThingService,
};

/// The thing that is got only when the gate lets somebody through.
pub const GATED: &str = "/things/2";

/// The thing whose handler panics.
pub const PANICS: &str = "/things/3";

/// The thing whose refusal panics.
pub const WORSE: &str = "/things/4";

pub struct Things {
    pub begun: Semaphore,
    pub gate: Semaphore,
    pub observed: Mutex<Vec<String>>,
}

impl Things {
    /// Waits until as many handlers stand at the gate as were not waited for yet.
    pub async fn has_begun(&self, handlers: u32) {
        self.begun.acquire_many(handlers).await.unwrap().forget();
    }
}

impl Service for Things {
    type Caller = ();
    const MAX_BODY_BYTES: usize = 1000;

    async fn authenticate(&self, _: &[Credential], _: &[&str]) -> Result<(), Denial> {
        Ok(())
    }

    fn refuse(&self, rejection: &Rejection) -> Refusal {
        if rejection.request_id == "worse" {
            panic!("a refusal panics");
        }
        let problem = Problem {
            message: format!("{} ({})", rejection.cause, rejection.request_id),
            faults: None,
        };
        Refusal::json(rejection.cause.status(), "application/json", &problem)
    }

    fn observe(&self, observed: &Observed<'_>) {
        let operation = observed.operation.map_or("none", |operation| operation.id);
        let cause = observed.cause.map_or("handled", |cause| cause.name());
        let line = format!("{operation} {} {cause}", observed.status.as_u16());
        self.observed.lock().unwrap().push(line);
    }
}

impl ThingService for Things {
    async fn list_things(&self, _: Call<()>, _: ListThingsRequest) -> ListThingsResponse {
        ListThingsResponse::Ok {
            x_total: 0,
            body: Vec::new(),
        }
    }

    async fn create_thing(&self, _: Call<()>, request: CreateThingRequest) -> CreateThingResponse {
        let message = request.body.name;
        CreateThingResponse::Default {
            status: StatusCode::IM_A_TEAPOT,
            body: Problem {
                message,
                faults: None,
            },
        }
    }

    async fn get_thing(&self, call: Call<()>, request: GetThingRequest) -> GetThingResponse {
        match request.id {
            2 => {
                self.begun.add_permits(1);
                self.gate.acquire().await.unwrap().forget();
            }
            3 | 4 => panic!("thing {} is\nbad", request.id),
            _ => {}
        }
        GetThingResponse::Ok {
            body: Thing {
                id: request.id,
                name: call.request_id,
                size: None,
                kind: None,
            },
        }
    }

    async fn delete_thing(&self, _: Call<()>, _: DeleteThingRequest) -> DeleteThingResponse {
        DeleteThingResponse::NoContent
    }
}

/// The records of a log, each with its level, message and values.
#[derive(Clone, Default)]
pub struct Records(Arc<Mutex<Vec<String>>>);

impl Records {
    pub fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Drain for Records {
    type Ok = ();
    type Err = Never;

    fn log(&self, record: &Record, context: &OwnedKVList) -> Result<(), Never> {
        struct Values(String);
        impl Serializer for Values {
            fn emit_arguments(
                &mut self,
                key: Key,
                value: &std::fmt::Arguments,
            ) -> dropshot_runtime::slog::Result {
                self.0 = format!(" {key}={value}{}", self.0);
                Ok(())
            }
        }
        let mut values = Values(String::new());
        context.serialize(record, &mut values).unwrap();
        record.kv().serialize(record, &mut values).unwrap();
        let line = format!("{} {}{}", record.level(), record.msg(), values.0);
        self.0.lock().unwrap().push(line);
        Ok(())
    }
}

/// A server, on a port that the system gives it.
pub struct Running {
    pub server: HttpServer<Gateway<Things>>,
    pub things: Arc<Things>,
    pub log: Records,
}

pub fn start(limits: Limits) -> Running {
    let things = Arc::new(Things {
        begun: Semaphore::new(0),
        gate: Semaphore::new(0),
        observed: Mutex::default(),
    });
    let config = ConfigDropshot {
        bind_address: "127.0.0.1:0".parse().unwrap(),
        ..Default::default()
    };
    let log = Records::default();
    let logger = Logger::root(log.clone(), o!());
    let operations = crate::api::api().limits(limits);
    let server = dropshot_runtime::start(Arc::clone(&things), operations, config, &logger).unwrap();
    Running {
        server,
        things,
        log,
    }
}
