//! What dropshot's document does not say, or says in another way.

use super::Difference;

/// A difference that is expected.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// Where it stands: a pointer in which `*` is any one name, and `4*` one that starts so.
    pub place: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Why it is there.
    pub reason: &'static str,
}

/// What a difference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only the source says something.
    Dropped,
    /// Only dropshot says something.
    Added,
    /// They say different things.
    Changed,
}

use Kind::{Added, Changed, Dropped};

impl Expected {
    /// Whether a difference is this one.
    pub(super) fn covers(&self, difference: &Difference) -> bool {
        let kind = match (&difference.source, &difference.emitted) {
            (Some(_), None) => Dropped,
            (None, _) => Added,
            (Some(_), Some(_)) => Changed,
        };
        kind == self.kind && is_at(self.place, &difference.pointer)
    }
}

/// Whether a pointer is one that the pattern means.
fn is_at(pattern: &str, pointer: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), pointer.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) => match wanted.strip_suffix('*') {
                Some(start) if given.starts_with(start) => {}
                None if wanted == given => {}
                _ => return false,
            },
            _ => return false,
        }
    }
}

const fn expected(place: &'static str, kind: Kind, reason: &'static str) -> Expected {
    Expected {
        place,
        kind,
        reason,
    }
}

/// What dropshot's document does not say, or says differently.
#[rustfmt::skip]
pub const EXPECTED: &[Expected] = &[
    expected("/servers", Dropped, "dropshot emits no servers"),
    expected("/tags", Dropped, "dropshot lists the tags that it is told about, without descriptions"),
    expected("/tags", Added, "dropshot lists the tags that it is told about, without descriptions"),
    expected("/tags", Changed, "dropshot lists the tags that it is told about, without descriptions"),
    expected("/security", Dropped, "dropshot knows no security; the generated server enforces it"),
    expected("/externalDocs", Dropped, "dropshot emits no `externalDocs`"),
    expected("/paths/*/*/security", Dropped, "dropshot knows no security; the generated server enforces it"),
    expected("/paths/*/*/externalDocs", Dropped, "dropshot emits no `externalDocs`"),
    expected("/paths/*/*/callbacks", Dropped, "dropshot knows no callbacks"),
    expected("/paths/*/*/servers", Dropped, "dropshot emits no servers"),
    expected("/paths/*/*/operationId", Added, "dropshot has a name for every operation"),
    expected("/paths/*/*/parameters/*/example", Dropped, "dropshot keeps no examples outside of schemas"),
    expected("/paths/*/*/parameters/*/examples", Dropped, "dropshot keeps no examples outside of schemas"),
    expected("/paths/*/*/parameters/*/deprecated", Dropped, "dropshot keeps no deprecations of parameters"),
    expected("/paths/*/*/parameters/*/allowReserved", Dropped, "dropshot keeps no styles of parameters"),
    expected("/paths/*/*/parameters/*/allowEmptyValue", Dropped, "dropshot keeps no styles of parameters"),
    expected("/paths/*/*/parameters/*/style", Dropped, "dropshot keeps no styles of parameters"),
    expected("/paths/*/*/parameters/*/explode", Dropped, "dropshot keeps no styles of parameters"),
    expected("/paths/*/*/parameters/*/schema/default", Dropped, "dropshot keeps no defaults of parameters"),
    expected("/paths/*/*/requestBody/description", Dropped, "dropshot describes no request bodies"),
    expected("/paths/*/*/requestBody/required", Added, "dropshot describes every body as required"),
    expected("/paths/*/*/requestBody/content/*/example", Dropped, "dropshot keeps no examples outside of schemas"),
    expected("/paths/*/*/requestBody/content/*/examples", Dropped, "dropshot keeps no examples outside of schemas"),
    expected("/paths/*/*/requestBody/content/*/encoding", Dropped, "dropshot keeps no encodings of forms"),
    expected("/paths/*/*/requestBody/content/*/schema/title", Added, "dropshot gives the schema of a body a title"),
    expected("/paths/*/*/responses/*/content/*/example", Dropped, "dropshot keeps no examples outside of schemas"),
    expected("/paths/*/*/responses/*/content/*/examples", Dropped, "dropshot keeps no examples outside of schemas"),
    expected("/paths/*/*/responses/*/content/*/schema/title", Added, "dropshot gives the schema of a body a title"),
    expected("/paths/*/*/responses/*/headers/*/example", Dropped, "dropshot keeps no examples outside of schemas"),
    expected("/paths/*/*/responses/*/links", Dropped, "dropshot knows no links"),
    expected("/paths/*/*/responses/4XX/description", Changed, "dropshot describes errors by the names of their schemas"),
    expected("/paths/*/*/responses/5XX/description", Changed, "dropshot describes errors by the names of their schemas"),
    expected("/paths/*/*/responses/1*", Dropped, "dropshot describes one good answer; the generated response type has each one"),
    expected("/paths/*/*/responses/2*", Dropped, "dropshot describes one good answer; the generated response type has each one"),
    expected("/paths/*/*/responses/3*", Dropped, "dropshot describes one good answer; the generated response type has each one"),
    expected("/paths/*/*/responses/4*", Dropped, "dropshot describes all errors as 4XX and 5XX; the generated response type has each one"),
    expected("/paths/*/*/responses/5*", Dropped, "dropshot describes all errors as 4XX and 5XX; the generated response type has each one"),
    expected("/paths/*/*/responses/default", Dropped, "dropshot describes all errors as 4XX and 5XX; the generated response type has each one"),
    expected("/paths/*/*/responses/default", Added, "an operation that declares no responses can answer anything"),
    expected("/paths/*/*/responses/4XX", Added, "dropshot describes all errors as 4XX and 5XX; the generated response type has each one"),
    expected("/paths/*/*/responses/5XX", Added, "dropshot describes all errors as 4XX and 5XX; the generated response type has each one"),
    expected("/paths/*/*/responses/4XX/content", Added, "dropshot describes errors as JSON"),
    expected("/paths/*/*/responses/5XX/content", Added, "dropshot describes errors as JSON"),
    expected("/paths/*/*/responses/5XX/content/application~1json/schema/$ref", Changed, "dropshot describes the errors of an operation in one form"),
    expected("/components/schemas/Error", Added, "dropshot has an error of its own for operations that declare none"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_the_places_that_they_name() {
        for (pattern, pointer, expected) in [
            ("/servers", "/servers", true),
            ("/servers", "/servers/0", false),
            ("/paths/*/*/security", "/paths/~1a/get/security", true),
            ("/paths/*/*/security", "/paths/~1a/get/summary", false),
            ("/responses/4*", "/responses/404", true),
            ("/responses/4*", "/responses/500", false),
            ("/responses/4*", "/responses/404/content", false),
        ] {
            assert_eq!(is_at(pattern, pointer), expected, "{pattern} {pointer}");
        }
    }
}
