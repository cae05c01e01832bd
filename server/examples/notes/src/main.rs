//! Serves notes, which it keeps in memory: `openapi.yaml` says how.

mod api {
    #![doc = "What is generated from the document."]
    include!(concat!(env!("OUT_DIR"), "/server.rs"));
}

use std::sync::{Mutex, PoisonError};

use api::types::{Note, NoteDraft, Problem};
use api::{
    CreateNoteRequest, CreateNoteResponse, GetNoteRequest, GetNoteResponse, ListNotesRequest,
    ListNotesResponse,
};
use dropshot_runtime::{Call, Credential, Denial, Refusal, Rejection, ServeError, Service, serve};

/// The notes, by their ids.
#[derive(Default)]
struct Notes(Mutex<Vec<Note>>);

impl Service for Notes {
    type Caller = ();

    async fn authenticate(&self, _: &[Credential], _: &[&str]) -> Result<(), Denial> {
        Ok(())
    }

    fn refuse(&self, rejection: &Rejection) -> Refusal {
        let faults = rejection.violations.iter().map(ToString::to_string);
        let problem = Problem {
            message: rejection.cause.to_string(),
            faults: Some(faults.collect()),
        };
        Refusal::json(rejection.cause.status(), "application/json", &problem)
    }
}

impl api::Notes for Notes {
    async fn list_notes(&self, _: Call<()>, request: ListNotesRequest) -> ListNotesResponse {
        let ListNotesRequest { limit, offset } = request;
        let notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (offset, limit) = (usize::try_from(offset), usize::try_from(limit));
        let page = notes
            .iter()
            .skip(offset.unwrap_or(usize::MAX))
            .take(limit.unwrap_or(0));
        ListNotesResponse::Ok {
            body: page.cloned().collect(),
        }
    }

    async fn create_note(&self, _: Call<()>, request: CreateNoteRequest) -> CreateNoteResponse {
        let NoteDraft { text, tags } = request.body;
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let note = Note {
            id: notes.len() as i64 + 1,
            text,
            tags: tags.unwrap_or_default(),
        };
        notes.push(note.clone());
        CreateNoteResponse::Created {
            location: format!("/notes/{}", note.id),
            body: note,
        }
    }

    async fn get_note(&self, _: Call<()>, request: GetNoteRequest) -> GetNoteResponse {
        let notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match notes.iter().find(|note| note.id == request.id) {
            Some(note) => GetNoteResponse::Ok { body: note.clone() },
            None => GetNoteResponse::NotFound {
                body: Problem {
                    message: format!("there is no note {}", request.id),
                    faults: None,
                },
            },
        }
    }
}

fn main() -> Result<(), ServeError> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok());
    let address = ([127, 0, 0, 1], port.unwrap_or(8080));
    serve(Notes::default(), api::api(), address, |address| {
        println!("http://{address}");
    })
}
