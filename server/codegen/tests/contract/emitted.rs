//! The document that dropshot emits for a generated server, compared with the one that the server was made from.

use dropshot_codegen::{Comparison, compare};
use dropshot_runtime::{Api, Credential, Denial, Refusal, Rejection, Service};
use serde_json::{Value, json};

mod api {
    include!("../emitted/server.rs");
}

/// A service that is never called.
struct Nobody;

impl Service for Nobody {
    type Caller = ();

    async fn authenticate(&self, _: &[Credential], _: &[&str]) -> Result<(), Denial> {
        Err(Denial::Credentials)
    }

    fn refuse(&self, rejection: &Rejection) -> Refusal {
        Refusal::json(rejection.cause.status(), "application/json", &())
    }
}

macro_rules! never_called {
    ($($method:ident: $request:ident -> $response:ident,)*) => {
        impl api::Emitted for Nobody {
            $(async fn $method(&self, _: dropshot_runtime::Call<()>, _: api::$request) -> api::$response {
                unreachable!("a service that is never called")
            })*
        }
    };
}

never_called! {
    get_board: GetBoardRequest -> GetBoardResponse,
    delete_board: DeleteBoardRequest -> DeleteBoardResponse,
    list_boards: ListBoardsRequest -> ListBoardsResponse,
    send_form: SendFormRequest -> SendFormResponse,
    put_picture: PutPictureRequest -> PutPictureResponse,
    post_pictures: PostPicturesRequest -> PostPicturesResponse,
    talk: TalkRequest -> TalkResponse,
}

const SOURCE: &str = include_str!("../emitted/document.yaml");

fn emitted() -> Value {
    let operations: Api<Nobody> = api::api();
    let description = operations.description().unwrap();
    let emitted = description.openapi("Emitted", "1.0.0".parse().unwrap());
    emitted.json().unwrap()
}

fn compared(source: &str, emitted: &Value) -> Comparison {
    compare(&openapi_model::parse(source).unwrap(), emitted)
}

#[test]
fn what_dropshot_could_have_emitted_comes_back_the_same() {
    let comparison = compared(SOURCE, &emitted());
    assert_eq!(comparison.unexpected, []);
    let expected: Vec<&str> = comparison
        .expected
        .iter()
        .map(|(d, _)| d.pointer.as_str())
        .collect();
    assert_eq!(expected, [""; 0]);
    assert_eq!(comparison.operations, 7);
}

#[test]
fn a_difference_that_has_no_reason_is_found() {
    let emitted = emitted();
    let check = |place: &str, value: Value| {
        let mut changed = emitted.clone();
        let (parent, name) = place.rsplit_once('/').unwrap();
        let name = name.replace("~1", "/");
        let parent = changed
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap();
        match value {
            Value::Null => drop(parent.remove(&name).unwrap()),
            value => drop(parent.insert(name, value)),
        }
        let unexpected = compared(SOURCE, &changed).unexpected;
        let pointers: Vec<&str> = unexpected.iter().map(|d| d.pointer.as_str()).collect();
        assert_eq!(pointers.len(), 1, "{place}: {pointers:?}");
        // Where nothing else is there, it is the whole that is missing; and parameters go by their names.
        let place = place.split("/parameters/").next().unwrap();
        let is_there = pointers[0].starts_with(place) || place.starts_with(pointers[0]);
        assert!(is_there, "{place}: {pointers:?}");
    };
    check("/paths/~1talk", Value::Null);
    check("/paths/~1talk/get/x-dropshot-websocket", Value::Null);
    check("/paths/~1boards/get/operationId", json!("other"));
    check("/paths/~1boards/get/parameters", Value::Null);
    check(
        "/paths/~1boards~1{id}/get/parameters/1/schema/format",
        json!("date"),
    );
    check("/paths/~1boards/post/requestBody", Value::Null);
    check(
        "/paths/~1boards~1{id}/get/responses/200/headers/etag",
        Value::Null,
    );
    check(
        "/paths/~1boards~1{id}/get/responses/200/description",
        json!("other"),
    );
    check("/components/schemas/Board/properties/id/minimum", json!(1));
    check(
        "/components/schemas/Board/properties/cards/uniqueItems",
        Value::Null,
    );
    check("/components/schemas/Kind/oneOf", json!([]));
    check("/components/schemas/Other", json!({}));
}
