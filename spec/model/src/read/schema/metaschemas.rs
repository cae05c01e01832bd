//! The metaschemas of the drafts, which schemas refer to without giving them.
//!
//! The texts are the standards' own, as <https://json-schema.org/specification-links> publishes them, unchanged.

/// The text of the metaschema of that URI.
pub(super) fn metaschema(uri: &str) -> Option<&'static str> {
    Some(match uri {
        "http://json-schema.org/draft-04/schema" => include_str!("metaschemas/draft-04.json"),
        "http://json-schema.org/draft-07/schema" => include_str!("metaschemas/draft-07.json"),
        _ => match uri.strip_prefix("https://json-schema.org/draft/2020-12/")? {
            "schema" => include_str!("metaschemas/draft2020-12/schema.json"),
            "meta/core" => include_str!("metaschemas/draft2020-12/meta/core.json"),
            "meta/applicator" => include_str!("metaschemas/draft2020-12/meta/applicator.json"),
            "meta/unevaluated" => include_str!("metaschemas/draft2020-12/meta/unevaluated.json"),
            "meta/validation" => include_str!("metaschemas/draft2020-12/meta/validation.json"),
            "meta/meta-data" => include_str!("metaschemas/draft2020-12/meta/meta-data.json"),
            "meta/format-annotation" => {
                include_str!("metaschemas/draft2020-12/meta/format-annotation.json")
            }
            "meta/format-assertion" => {
                include_str!("metaschemas/draft2020-12/meta/format-assertion.json")
            }
            "meta/content" => include_str!("metaschemas/draft2020-12/meta/content.json"),
            _ => return None,
        },
    })
}
