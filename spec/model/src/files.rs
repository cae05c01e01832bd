//! The files of a document: the one that was given, and those that it refers to.
//!
//! All of them are read before anything is made of them, so that the rest can borrow from trees that do not change.

use std::collections::HashMap;

use crate::tree::{Data, Node};
use crate::{Diagnostic, Pointer, text};

/// How the text of another file is got: the reference as resolved against the file that holds it, such as
/// `schemas/thing.yaml`; the text, or why there is none.
pub(crate) type Read<'r> = dyn FnMut(&str) -> Result<String, String> + 'r;

pub(crate) struct Files {
    files: Vec<File>,
    /// Files that are referred to and could not be read, with the reason.
    missing: HashMap<String, String>,
}

pub(crate) struct File {
    /// How the file is named in references; empty for the document itself.
    pub uri: String,
    pub root: Node,
}

impl Files {
    /// Reads the document's text, and through `read` the files that it refers to, and those that they refer to.
    pub fn load(text: &str, read: &mut Read) -> Result<Files, Vec<Diagnostic>> {
        let root = parse("", text)?;
        let mut files = Files {
            files: vec![File {
                uri: String::new(),
                root,
            }],
            missing: HashMap::new(),
        };
        let mut faults = Vec::new();
        let mut next = 0;
        while next < files.files.len() {
            let mut references = Vec::new();
            collect(&files.files[next].root, &mut references);
            for reference in references {
                let uri = join(&files.files[next].uri, file_part(&reference));
                if files.index(&uri).is_some() || files.missing.contains_key(&uri) {
                    continue;
                }
                match read(&uri) {
                    Err(why) => {
                        files.missing.insert(uri, why);
                    }
                    Ok(text) => match parse(&uri, &text) {
                        Ok(root) => files.files.push(File { uri, root }),
                        Err(more) => {
                            faults.extend(more);
                            files.missing.insert(uri, "it could not be read".to_owned());
                        }
                    },
                }
            }
            next += 1;
        }
        if faults.is_empty() {
            Ok(files)
        } else {
            Err(faults)
        }
    }

    pub fn get(&self, index: usize) -> &File {
        &self.files[index]
    }

    /// Where a reference that stands in a file leads to: the file and the place in it.
    pub fn resolve(&self, from: usize, reference: &str) -> Result<(usize, Pointer, &Node), String> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let index = match file {
            "" => from,
            _ => {
                let uri = join(&self.files[from].uri, file);
                self.index(&uri)
                    .ok_or_else(|| match self.missing.get(&uri) {
                        Some(why) => format!("`{uri}` is another file: {why}"),
                        None => format!("`{uri}` was not read"),
                    })?
            }
        };
        let fragment = percent_encoding::percent_decode_str(fragment)
            .decode_utf8()
            .map_err(|_| {
                format!("`{reference}` is not UTF-8 once its percent-encoding is undone")
            })?;
        let pointer = Pointer::parse(&fragment).ok_or_else(|| {
            format!("`{reference}` is no reference to a place: what follows `#` must be a JSON pointer such as `/components/schemas/Thing`")
        })?;
        match self.files[index].root.at(&pointer) {
            Some(node) => Ok((index, pointer, node)),
            None => Err(format!("`{reference}` leads nowhere")),
        }
    }

    fn index(&self, uri: &str) -> Option<usize> {
        self.files.iter().position(|f| f.uri == uri)
    }
}

fn parse(uri: &str, text: &str) -> Result<Node, Vec<Diagnostic>> {
    text::parse(text).map_err(|faults| {
        faults
            .into_iter()
            .map(|f| Diagnostic {
                file: uri.to_owned(),
                pointer: Pointer::root(),
                line: f.line,
                message: f.message,
            })
            .collect()
    })
}

/// Every text under the name `$ref` that leads to another file.
fn collect(node: &Node, references: &mut Vec<String>) {
    match &node.data {
        Data::Array(items) => items.iter().for_each(|item| collect(item, references)),
        Data::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Node::as_str)
                && !file_part(reference).is_empty()
            {
                references.push(reference.to_owned());
            }
            members
                .values()
                .for_each(|member| collect(member, references));
        }
        _ => {}
    }
}

fn file_part(reference: &str) -> &str {
    reference.split('#').next().unwrap_or_default()
}

/// A relative reference against the file that holds it ([RFC 3986, section 5.2](https://www.rfc-editor.org/rfc/rfc3986#section-5.2)),
/// for paths and for absolute URLs.
fn join(base: &str, reference: &str) -> String {
    if reference.contains("://") || reference.starts_with('/') {
        return reference.to_owned();
    }
    let (origin, base_path) = match base.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.find('/').unwrap_or(rest.len());
            (format!("{scheme}://{}", &rest[..host]), &rest[host..])
        }
        None => (String::new(), base),
    };
    let folder = base_path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut segments: Vec<&str> = folder.split('/').filter(|_| !folder.is_empty()).collect();
    for segment in reference.split('/') {
        match segment {
            "." => {}
            ".." if segments.last().is_some_and(|s| !s.is_empty() && *s != "..") => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    format!("{origin}{}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn references_are_resolved_against_the_file_that_holds_them() {
        for (base, reference, expected) in [
            ("", "things.yaml", "things.yaml"),
            ("", "./schemas/thing.yaml", "schemas/thing.yaml"),
            ("schemas/thing.yaml", "part.yaml", "schemas/part.yaml"),
            ("schemas/thing.yaml", "../common.yaml", "common.yaml"),
            ("", "../outside.yaml", "../outside.yaml"),
            (
                "https://example.org/a/b.yaml",
                "c.yaml",
                "https://example.org/a/c.yaml",
            ),
            (
                "https://example.org/a/b.yaml",
                "../c.yaml",
                "https://example.org/c.yaml",
            ),
            (
                "a/b.yaml",
                "https://example.org/c.yaml",
                "https://example.org/c.yaml",
            ),
        ] {
            assert_eq!(join(base, reference), expected, "{reference} in {base}");
        }
    }
}
