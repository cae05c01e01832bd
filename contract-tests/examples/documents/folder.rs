//! The documents of a folder.

use std::fs;
use std::path::Path;

/// A file that may be a document.
pub struct Document {
    /// Its name in the folder.
    pub name: String,
    /// Its text, or why it cannot be read.
    pub text: Result<String, String>,
}

/// The files of a folder that are called like documents, in the order of their names; with `names`, those whose names
/// contain one of them.
///
/// # Errors
/// The folder cannot be read, or has no such file.
pub fn documents(folder: &Path, names: &[String]) -> Result<Vec<Document>, String> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let is_document = [".json", ".yaml", ".yml"]
            .iter()
            .any(|end| name.ends_with(end));
        let is_wanted = names.is_empty() || names.iter().any(|wanted| name.contains(wanted));
        if is_document && is_wanted {
            let text = fs::read_to_string(&path).map_err(|error| error.to_string());
            documents.push(Document { name, text });
        }
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    if documents.is_empty() {
        return Err(format!("{} has no document", folder.display()));
    }
    Ok(documents)
}
