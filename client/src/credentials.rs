//! Who is calling.

use crate::api::{self, Secret};

/// The two tokens that every request carries. Neither is ever shown.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The caller's token, for `Authorization: Bearer`.
    pub bearer: Secret,
    /// The calling service's token, for `S2S-Auth-Token`.
    pub service: Secret,
}

impl From<Credentials> for api::Credentials {
    fn from(credentials: Credentials) -> api::Credentials {
        let Credentials { bearer, service } = credentials;
        api::Credentials {
            bearer_auth: Some(bearer),
            s2s_auth_token: Some(service),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_not_shown() {
        let credentials = Credentials {
            bearer: "caller".into(),
            service: "other".into(),
        };
        let shown = format!("{credentials:?}");
        assert_eq!(
            shown,
            "Credentials { bearer: Secret(...), service: Secret(...) }"
        );
    }
}
