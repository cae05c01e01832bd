//! A simple service behind the generated server of the gallery: it keeps pictures, and says what else it understood.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dropshot_runtime::dropshot::{ConfigDropshot, HttpServer};
use dropshot_runtime::slog::{Discard, Logger, o};
use dropshot_runtime::{
    Api, BodyStream, Call, Cause, Credential, Denial, Gateway, Refusal, Rejection, Service,
};
use http::StatusCode;

use crate::api::types::{KeptPicture, Picture};
use crate::api::*;

/// Who may call: each scheme of the document with what is shown for it, and what the server makes of that.
pub const CREDENTIALS: [(&str, &str, &str); 5] = [
    ("token", "the-token", "the-token"),
    // RFC 7617, section 2.
    (
        "login",
        "Aladdin:open sesame",
        "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
    ),
    ("headerKey", "the-header-key", "the-header-key"),
    ("queryKey", "the query&key", "the query&key"),
    ("cookieKey", "the-cookie-key", "the-cookie-key"),
];

/// The pictures.
#[derive(Default)]
pub struct Pictures(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    by_id: BTreeMap<i64, Picture>,
    /// An id is never given twice.
    last_id: i64,
}

impl Pictures {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service for Pictures {
    type Caller = String;
    const MAX_STREAM_BYTES: u64 = 100_000;

    async fn authenticate(&self, credentials: &[Credential], _: &[&str]) -> Result<String, Denial> {
        let is_known = |credential: &Credential| {
            CREDENTIALS.iter().any(|(scheme, _, value)| {
                (*scheme, *value) == (credential.scheme, &credential.value)
            })
        };
        if !credentials.iter().all(is_known) {
            return Err(Denial::Credentials);
        }
        let schemes: Vec<&str> = credentials.iter().map(|c| c.scheme).collect();
        Ok(schemes.join(" and "))
    }

    fn refuse(&self, rejection: &Rejection) -> Refusal {
        let status = match &rejection.cause {
            Cause::Body => StatusCode::UNPROCESSABLE_ENTITY,
            cause => cause.status(),
        };
        let violations = rejection.violations.iter().map(ToString::to_string);
        let sentences = std::iter::once(rejection.cause.to_string()).chain(violations);
        Refusal {
            status,
            headers: Vec::new(),
            content_type: "text/plain",
            body: sentences.collect::<Vec<_>>().join("\n").into_bytes(),
        }
    }
}

fn kept(id: i64, picture: Picture) -> KeptPicture {
    let Picture {
        title,
        size,
        tags,
        year,
    } = picture;
    KeptPicture {
        id,
        title,
        size,
        tags,
        year,
    }
}

impl Gallery for Pictures {
    async fn create_picture(
        &self,
        _: Call<String>,
        request: CreatePictureRequest,
    ) -> CreatePictureResponse {
        let (CreatePictureBody::Json(picture) | CreatePictureBody::Form(picture)) = request.body;
        let mut pictures = self.kept();
        pictures.last_id += 1;
        let id = pictures.last_id;
        pictures.by_id.insert(id, picture.clone());
        CreatePictureResponse::Created {
            location: format!("/v1/pictures/{id}"),
            body: kept(id, picture),
        }
    }

    async fn get_pictures_by_id(
        &self,
        call: Call<String>,
        request: GetPicturesByIdRequest,
    ) -> GetPicturesByIdResponse {
        let Some(picture) = self.kept().by_id.get(&request.id).cloned() else {
            return GetPicturesByIdResponse::Status4xx {
                status: StatusCode::NOT_FOUND,
                body: "no such picture".to_owned(),
            };
        };
        let offered = [
            "application/json",
            "application/hal+json",
            "application/xml",
            "image/png",
        ];
        let body = match call.accept.choose(&offered) {
            "application/xml" => GetPicturesByIdOkBody::Text("<picture/>".to_owned()),
            "image/png" => GetPicturesByIdOkBody::Stream {
                content_type: "image/png".to_owned(),
                body: BodyStream::from(vec![1, 2, 3]),
            },
            _ => GetPicturesByIdOkBody::Json(picture),
        };
        GetPicturesByIdResponse::Ok {
            x_tags: vec!["a".to_owned(), "b".to_owned()],
            last_modified_at: "2020-01-01T00:00:00Z".parse().ok(),
            body,
        }
    }

    async fn put_picture(&self, _: Call<String>, request: PutPictureRequest) -> PutPictureResponse {
        let shown = format!("{:?}", request.body);
        let picture = match request.body {
            PutPictureBody::Json(picture) | PutPictureBody::Form(picture) => Some(picture),
            PutPictureBody::Multipart(PutPictureBodyMultipart {
                title, size, tags, ..
            }) => Some(Picture {
                title,
                size,
                tags,
                year: None,
            }),
            PutPictureBody::Text(_) => None,
            PutPictureBody::Stream(image) => match image.bytes().await {
                Ok(_) => None,
                Err(error) => {
                    return PutPictureResponse::Status4xx {
                        status: StatusCode::BAD_REQUEST,
                        body: error.to_string(),
                    };
                }
            },
        };
        let mut pictures = self.kept();
        let Some(before) = pictures.by_id.get_mut(&request.id) else {
            return PutPictureResponse::Status4xx {
                status: StatusCode::NOT_FOUND,
                body: "no such picture".to_owned(),
            };
        };
        if let Some(picture) = picture {
            *before = picture;
        }
        PutPictureResponse::Ok { body: shown }
    }

    async fn delete_picture(
        &self,
        _: Call<String>,
        request: DeletePictureRequest,
    ) -> DeletePictureResponse {
        match self.kept().by_id.remove(&request.id) {
            Some(_) => DeletePictureResponse::NoContent,
            None => DeletePictureResponse::Status4xx {
                status: StatusCode::NOT_FOUND,
                body: "no such picture".to_owned(),
            },
        }
    }

    async fn get_pictures_special(
        &self,
        call: Call<String>,
        _: GetPicturesSpecialRequest,
    ) -> GetPicturesSpecialResponse {
        let content_type = call.accept.choose(&["text/html", "text/plain"]).to_owned();
        GetPicturesSpecialResponse::Ok {
            content_type,
            body: "the special one".to_owned(),
        }
    }

    async fn get_pictures_by_id_by_page_t_by_format(
        &self,
        _: Call<String>,
        request: GetPicturesByIdByPageTByFormatRequest,
    ) -> GetPicturesByIdByPageTByFormatResponse {
        GetPicturesByIdByPageTByFormatResponse::Ok {
            body: format!("{request:?}").into(),
        }
    }

    async fn show_version(
        &self,
        _: Call<String>,
        request: ShowVersionRequest,
    ) -> ShowVersionResponse {
        ShowVersionResponse::Ok {
            body: format!("{request:?}"),
        }
    }

    async fn send_form(&self, _: Call<String>, request: SendFormRequest) -> SendFormResponse {
        SendFormResponse::Ok {
            body: format!("{request:?}"),
        }
    }

    async fn append_log(&self, _: Call<String>, request: AppendLogRequest) -> AppendLogResponse {
        let Some(stream) = request.body else {
            return AppendLogResponse::Ok {
                body: "nothing".to_owned(),
            };
        };
        match stream.bytes().await {
            Ok(bytes) => AppendLogResponse::Ok {
                body: format!("{} bytes", bytes.len()),
            },
            Err(error) => AppendLogResponse::BadRequest {
                body: error.to_string(),
            },
        }
    }

    async fn show_paths(&self, _: Call<String>, request: ShowPathsRequest) -> ShowPathsResponse {
        ShowPathsResponse::Ok {
            body: format!("{request:?}"),
        }
    }

    async fn show_queries(
        &self,
        _: Call<String>,
        request: ShowQueriesRequest,
    ) -> ShowQueriesResponse {
        ShowQueriesResponse::Ok {
            body: format!("{request:?}"),
        }
    }

    async fn show_theme(&self, _: Call<String>, request: ShowThemeRequest) -> ShowThemeResponse {
        ShowThemeResponse::Ok {
            body: format!("{request:?}"),
        }
    }

    async fn show_either(&self, call: Call<String>, _: ShowEitherRequest) -> ShowEitherResponse {
        ShowEitherResponse::Ok { body: call.caller }
    }

    async fn show_both(&self, call: Call<String>, request: ShowBothRequest) -> ShowBothResponse {
        ShowBothResponse::Ok {
            body: format!("{} {request:?}", call.caller),
        }
    }

    async fn show_maybe(&self, call: Call<String>, request: ShowMaybeRequest) -> ShowMaybeResponse {
        ShowMaybeResponse::Ok {
            body: format!("{} {request:?}", call.caller),
        }
    }
}

/// The operations of the document, and one that this server has not.
pub fn operations() -> Api<Pictures> {
    api().left_out("GET", "/v1/left-out")
}

/// The server, on a port that the system gives it.
pub fn server() -> HttpServer<Gateway<Pictures>> {
    let config = ConfigDropshot {
        bind_address: "127.0.0.1:0".parse().unwrap(),
        ..Default::default()
    };
    let log = Logger::root(Discard, o!());
    dropshot_runtime::start(Arc::new(Pictures::default()), operations(), config, &log).unwrap()
}
