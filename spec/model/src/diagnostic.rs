//! What is wrong with a document, and where.

use std::fmt;

use crate::Pointer;

/// A fault in a document: what it is and where it stands.
///
/// Diagnostics are collected, never only the first: a document is mended in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, where the document has several; empty for the document itself.
    pub file: String,
    /// The place in the file.
    pub pointer: Pointer,
    /// The line in the file's text, from 1; 0 where the fault has no line (a missing file).
    pub line: usize,
    /// The fault in one sentence, and what to do about it.
    pub message: String,
}

impl fmt::Display for Diagnostic {
    /// `line 12, #/paths/~1things/get: the operation has no responses`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}, ", self.file)?;
        }
        if self.line > 0 {
            write!(f, "line {}, ", self.line)?;
        }
        write!(f, "{}: {}", self.pointer, self.message)
    }
}

/// The document cannot be used: every fault that was found in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl fmt::Display for Diagnostics {
    /// One fault a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}
