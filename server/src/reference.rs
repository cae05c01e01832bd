//! The page that explains the API to somebody with a browser.

/// One HTML page, made of the document when this was built. It fetches nothing, and its own content security policy
/// allows nothing but its own style and script.
pub const REFERENCE: &str = include_str!(concat!(env!("OUT_DIR"), "/reference.html"));

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;

    #[test]
    fn every_operation_of_the_document_is_on_the_page() {
        let api = openapi_model::parse(events_spec::DOCUMENT).unwrap();
        assert!(!api.operations.is_empty());
        for operation in &api.operations {
            let address = format!("id=\"operation-{}\"", operation.id.as_deref().unwrap());
            assert!(REFERENCE.contains(&address), "{address}");
            assert!(REFERENCE.contains(&operation.path), "{}", operation.path);
        }
    }
}
