//! The versions of OpenAPI that are read.

use super::Reader;
use super::cursor::At;
use crate::Dialect;
use crate::tree::Node;

/// A version of OpenAPI, as far as it decides how a document is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// [3.0](https://spec.openapis.org/oas/v3.0.3).
    OpenApi30,
    /// [3.1](https://spec.openapis.org/oas/v3.1.1).
    OpenApi31,
}

impl Version {
    /// The version that a document says it is of; none where it says none that is read.
    pub fn of(root: &Node) -> Option<Version> {
        let text = root.get("openapi")?.as_str()?;
        if text.starts_with("3.0.") {
            Some(Version::OpenApi30)
        } else if text.starts_with("3.1.") {
            Some(Version::OpenApi31)
        } else {
            None
        }
    }

    /// The dialect of its schemas, where the document names no other.
    pub fn dialect(self) -> Dialect {
        match self {
            Version::OpenApi30 => Dialect::OpenApi30,
            Version::OpenApi31 => Dialect::OpenApi31,
        }
    }
}

impl<'t> Reader<'t> {
    /// Whether the document is of OpenAPI 3.1.
    pub fn is_31(&self) -> bool {
        self.version == Some(Version::OpenApi31)
    }

    /// Whether the document is of a version that can be read; a fault if not.
    pub fn check_version(&mut self, root: &At<'t>) -> Option<()> {
        if let Some(swagger) = root.member("swagger") {
            self.fault(
                &swagger,
                "this is a Swagger 2.0 document: convert it to OpenAPI 3.0",
            );
            return None;
        }
        let Some(version) = root.member("openapi") else {
            self.fault(root, "this is no OpenAPI document: the member `openapi`, such as `openapi: 3.0.3`, is missing");
            return None;
        };
        if Version::of(root.node).is_some() {
            return Some(());
        }
        let message = match version.node.as_str() {
            Some(text) if text.starts_with("3.2.") => {
                format!("OpenAPI {text} is not supported yet: write the document as OpenAPI 3.1.1")
            }
            Some(text) => {
                format!("`{text}` is no version of OpenAPI that is supported: write 3.0.3 or 3.1.1")
            }
            None => format!(
                "the version is {}, and must be a string such as '3.0.3'",
                version.node.kind()
            ),
        };
        self.fault(&version, message);
        None
    }
}
