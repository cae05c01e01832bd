//! The operations of a server.

use std::future::Future;
use std::sync::Arc;

use dropshot::{ApiDescription, ApiDescriptionRegisterError, ApiEndpoint, Body, RequestContext};
use futures::future::BoxFuture;
use http::{Request, Response};

use crate::checks::ResponseChecks;
use crate::gateway::Gateway;
use crate::operation::{Operation, endpoint, serve};
use crate::routes::Routes;
use crate::service::{Call, Service};

/// Every operation of a document, and what serves it. Generated code makes one.
pub struct Api<S: Service> {
    routes: Routes<Target<S>>,
    described: Vec<Box<dyn Fn() -> ApiEndpoint<Gateway<S>>>>,
    checks: ResponseChecks,
}

/// What a method of a path leads to.
pub(crate) enum Target<S: Service> {
    Operation(Arc<Serve<S>>),
    /// The document has it, and the server has not.
    LeftOut,
}

type Serve<S> = dyn Fn(RequestContext<Gateway<S>>, Request<Body>) -> BoxFuture<'static, Response<Body>>
    + Send
    + Sync;

impl<S: Service> Api<S> {
    /// No operation.
    pub fn new() -> Api<S> {
        Api {
            routes: Routes::new(),
            described: Vec::new(),
            checks: ResponseChecks::Off,
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
        let target = Target::Operation(Arc::new(move |context, request| {
            Box::pin(serve::<S, O, H, F>(context, request, handler))
        }));
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

    pub(crate) fn into_gateway(self, service: Arc<S>) -> Gateway<S> {
        Gateway {
            service,
            routes: self.routes,
            checks: self.checks,
        }
    }
}

impl<S: Service> Default for Api<S> {
    fn default() -> Api<S> {
        Api::new()
    }
}
