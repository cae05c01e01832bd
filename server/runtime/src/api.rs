//! The operations of a server.

use std::future::Future;
use std::sync::Arc;

use dropshot::{ApiDescription, ApiDescriptionRegisterError, ApiEndpoint, Body, RequestContext};
use futures::future::BoxFuture;
use http::Request;

use crate::checks::ResponseChecks;
use crate::gateway::Gateway;
use crate::limits::{InFlight, Limits};
use crate::operation::{Operation, Served, endpoint, serve};
use crate::routes::Routes;
use crate::service::{Call, Service};
use crate::spec::OperationSpec;

/// Every operation of a document, and what serves it. Generated code makes one.
pub struct Api<S: Service> {
    routes: Routes<Target<S>>,
    described: Vec<Box<dyn Fn() -> ApiEndpoint<Gateway<S>>>>,
    checks: ResponseChecks,
    limits: Limits,
}

/// What a method of a path leads to.
pub(crate) enum Target<S: Service> {
    Operation(&'static OperationSpec, Arc<Serve<S>>),
    /// The document has it, and the server has not.
    LeftOut,
}

type Serve<S> =
    dyn Fn(RequestContext<Gateway<S>>, Request<Body>) -> BoxFuture<'static, Served> + Send + Sync;

impl<S: Service> Api<S> {
    /// No operation.
    pub fn new() -> Api<S> {
        Api {
            routes: Routes::new(),
            described: Vec::new(),
            checks: ResponseChecks::Off,
            limits: Limits::default(),
        }
    }

    /// Adds an operation. `handler` is called with a request that keeps the document in every respect.
    #[must_use]
    pub fn operation<O, H, F>(mut self, _: O, handler: H) -> Api<S>
    where
        O: Operation,
        H: Fn(Arc<S>, Call<S::Caller>, O::Request) -> F + Copy + Send + Sync + 'static,
        F: Future<Output = O::Response> + Send + 'static,
    {
        let serve: Arc<Serve<S>> = Arc::new(move |context, request| {
            Box::pin(serve::<S, O, H, F>(context, request, handler))
        });
        let target = Target::Operation(O::SPEC, serve);
        self.routes.insert(O::SPEC.method, O::SPEC.path, target);
        if O::SPEC.is_described {
            self.described
                .push(Box::new(move || endpoint::<S, O, H, F>(handler)));
        }
        self
    }

    /// Adds an operation that the document has and this server has not: it is refused as
    /// [`NotImplemented`](crate::Cause::NotImplemented). Without it, the answer would be that there is no such path,
    /// which is not what the document says.
    #[must_use]
    pub fn left_out(mut self, method: &'static str, path: &'static str) -> Api<S> {
        self.routes.insert(method, path, Target::LeftOut);
        self
    }

    /// Says what becomes of answers that break the document. Nothing is checked where this is not called.
    #[must_use]
    pub fn check_responses(mut self, checks: ResponseChecks) -> Api<S> {
        self.checks = checks;
        self
    }

    /// Says what the server takes on. Where this is not called, it is [`Limits::default`].
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Api<S> {
        self.limits = limits;
        self
    }

    /// The operations as dropshot knows them, for the document that it emits. Those whose paths its router cannot hold
    /// are not among them.
    ///
    /// # Errors
    /// dropshot does not take one of them.
    pub fn description(
        &self,
    ) -> Result<ApiDescription<Gateway<S>>, Box<ApiDescriptionRegisterError>> {
        let mut description = ApiDescription::new();
        for endpoint in &self.described {
            description.register(endpoint())?;
        }
        Ok(description)
    }

    pub(crate) fn into_gateway(self, service: Arc<S>, log: slog::Logger) -> Gateway<S> {
        Gateway {
            service,
            routes: self.routes,
            checks: self.checks,
            limits: self.limits,
            in_flight: Arc::new(InFlight::new(self.limits.requests)),
            log,
        }
    }
}

impl<S: Service> Default for Api<S> {
    fn default() -> Api<S> {
        Api::new()
    }
}
