//! The files of a document: the one that was given, and those that it refers to.
//!
//! All of them are read before anything is made of them, so that the rest can borrow from trees that do not change.
//! References are resolved against the *resource* in which they stand: a file, or a part of one that a JSON Schema gives
//! a URI of its own with `$id`.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::read::Vocabularies;
use crate::tree::{Data, Node};
use crate::{Diagnostic, Dialect, Pointer, text, uri};

/// How the text of another file is got: the reference as resolved against the file that holds it, such as
/// `schemas/thing.yaml`; the text, or why there is none.
pub(crate) type Read<'r> = dyn FnMut(&str) -> Result<String, String> + 'r;

#[derive(Default)]
pub(crate) struct Files {
    files: Vec<File>,
    resources: Vec<Resource>,
    /// Resources by the URIs that they go by. Where two claim the same one, it is that of the first.
    by_uri: HashMap<String, usize>,
    /// Files that are referred to and could not be read, with the reason.
    missing: HashMap<String, String>,
    /// The fragments of all `$dynamicRef`.
    asked_for: HashSet<String>,
    /// What is wrong with those that were got.
    faults: Vec<Diagnostic>,
}

pub(crate) struct File {
    /// How the file is named in references; empty for the document itself.
    pub uri: String,
    pub root: Rc<Node>,
    /// What the file as a whole and the schemas that were looked through for identifiers pass on, by their places.
    homes: HashMap<Pointer, Home>,
}

/// What references are resolved against.
pub(crate) struct Resource {
    /// Empty for a document that has no URI.
    pub uri: String,
    pub file: usize,
    pub pointer: Pointer,
    pub anchors: HashMap<String, Anchor>,
}

/// A name that a schema gives itself within its resource.
pub(crate) struct Anchor {
    pub pointer: Pointer,
    /// Whether `$dynamicAnchor` gives it.
    pub dynamic: bool,
}

/// What a schema inherits from what is around it.
#[derive(Clone, Copy)]
pub(crate) struct Home {
    pub resource: usize,
    pub dialect: Dialect,
    pub vocabularies: Vocabularies,
}

/// Where a reference leads.
pub(crate) struct Target<'t> {
    pub file: usize,
    pub pointer: Pointer,
    pub node: &'t Node,
    pub home: Home,
    /// The name by which it was found, where that is a `$dynamicAnchor`.
    pub dynamic_anchor: Option<&'t str>,
}

impl Files {
    /// Reads, through `read`, the files that a document of OpenAPI 3.0 refers to, and those that they refer to.
    pub fn load(mut self, read: &mut Read) -> Files {
        let mut next = 0;
        while next < self.files.len() {
            let mut references = Vec::new();
            collect(&self.files[next].root, &mut references);
            for reference in references {
                let uri = uri::join(&self.files[next].uri, uri::split(&reference).0);
                if !self.is_known(&uri) {
                    self.fetch(uri, Dialect::OpenApi30, read);
                }
            }
            next += 1;
        }
        self
    }

    /// Only the document itself.
    pub fn with(text: &str, dialect: Dialect) -> Result<Files, Vec<Diagnostic>> {
        let mut files = Files::default();
        files.add(String::new(), text, dialect);
        if files.files.is_empty() {
            return Err(files.faults);
        }
        Ok(files)
    }

    /// The files, if nothing is wrong with any that was got.
    pub fn finish(self) -> Result<Files, Vec<Diagnostic>> {
        if self.faults.is_empty() {
            Ok(self)
        } else {
            Err(self.faults)
        }
    }

    /// Remembers what is wrong with a file.
    pub fn fault(&mut self, file: usize, pointer: Pointer, line: usize, message: String) {
        self.faults.push(Diagnostic {
            file: self.files[file].uri.clone(),
            pointer,
            line,
            message,
        });
    }

    /// Whether there is a resource of that URI, or it is known that there is none.
    pub fn is_known(&self, uri: &str) -> bool {
        self.by_uri.contains_key(uri) || self.missing.contains_key(uri)
    }

    /// Adds the file of that URI, or remembers why there is none.
    pub fn fetch(&mut self, uri: String, dialect: Dialect, read: &mut Read) -> Option<usize> {
        match read(&uri) {
            Ok(text) => self.add(uri, &text, dialect),
            Err(why) => {
                self.missing.insert(uri, why);
                None
            }
        }
    }

    fn add(&mut self, uri: String, text: &str, dialect: Dialect) -> Option<usize> {
        let root = match text::parse(text) {
            Ok(root) => Rc::new(root),
            Err(faults) => {
                self.faults.extend(faults.into_iter().map(|f| Diagnostic {
                    file: uri.clone(),
                    pointer: Pointer::root(),
                    line: f.line,
                    message: f.message,
                }));
                self.missing.insert(uri, "it could not be read".to_owned());
                return None;
            }
        };
        let file = self.files.len();
        let resource = self.add_resource(uri.clone(), file, Pointer::root());
        let home = Home {
            resource,
            dialect,
            vocabularies: Vocabularies::ALL,
        };
        let homes = HashMap::from([(Pointer::root(), home)]);
        self.files.push(File { uri, root, homes });
        Some(file)
    }

    /// Adds what has that URI, and gives its index.
    pub fn add_resource(&mut self, uri: String, file: usize, pointer: Pointer) -> usize {
        let resource = self.resources.len();
        self.by_uri.entry(uri.clone()).or_insert(resource);
        self.resources.push(Resource {
            uri,
            file,
            pointer,
            anchors: HashMap::new(),
        });
        resource
    }

    /// Gives a resource a URI beside the one under which it was read. References in it are resolved against the new one.
    pub fn rename(&mut self, resource: usize, uri: String) {
        self.by_uri.entry(uri.clone()).or_insert(resource);
        self.resources[resource].uri = uri;
    }

    /// Gives a schema a name in its resource.
    pub fn add_anchor(&mut self, resource: usize, name: &str, anchor: Anchor) {
        self.resources[resource]
            .anchors
            .entry(name.to_owned())
            .or_insert(anchor);
    }

    pub fn get(&self, index: usize) -> &File {
        &self.files[index]
    }

    /// What references are resolved against that stand in a file, and in no schema of it.
    pub fn resource_of_file(&self, file: usize) -> usize {
        self.home(file, &Pointer::root())
            .map_or(file, |home| home.resource)
    }

    pub fn resource(&self, index: usize) -> &Resource {
        &self.resources[index]
    }

    /// The names that `$dynamicAnchor` gives in a resource, as far as a `$dynamicRef` asks for them.
    pub fn dynamic_anchors(&self, resource: usize) -> impl Iterator<Item = &str> {
        let anchors = self.resources[resource].anchors.iter();
        anchors
            .filter(|(name, anchor)| anchor.dynamic && self.asked_for.contains(*name))
            .map(|(name, _)| name.as_str())
    }

    /// Remembers that a `$dynamicRef` may lead to schemas of that name.
    pub fn ask_for(&mut self, reference: &str) {
        if let Some(name) = uri::fragment(reference) {
            self.asked_for.insert(name.into_owned());
        }
    }

    /// What a place that was looked through passes on.
    pub fn home(&self, file: usize, pointer: &Pointer) -> Option<Home> {
        self.files[file].homes.get(pointer).copied()
    }

    pub fn set_home(&mut self, file: usize, pointer: Pointer, home: Home) {
        self.files[file].homes.insert(pointer, home);
    }

    /// What a place inherits from the nearest one around it that was looked through.
    pub fn home_around(&self, file: usize, pointer: &Pointer) -> Option<Home> {
        std::iter::successors(Some(pointer.clone()), Pointer::parent)
            .find_map(|pointer| self.home(file, &pointer))
    }

    /// The value that goes by a URI as a whole, or why there is none.
    pub fn document(&self, uri: &str) -> Result<&Node, String> {
        let resource = self.by_uri.get(uri).map(|index| &self.resources[*index]);
        resource
            .and_then(|resource| self.files[resource.file].root.at(&resource.pointer))
            .ok_or_else(|| self.why_missing(uri))
    }

    fn why_missing(&self, uri: &str) -> String {
        match self.missing.get(uri) {
            Some(why) => format!("`{uri}` is another file: {why}"),
            None => format!("`{uri}` was not read"),
        }
    }

    /// The resource that a reference which stands in a resource leads to, or its URI where none is known by it.
    pub fn resource_of(&self, from: usize, reference: &str) -> Result<usize, String> {
        match uri::split(reference).0 {
            "" => Ok(from),
            part => {
                let uri = uri::join(&self.resources[from].uri, part);
                self.by_uri.get(&uri).copied().ok_or(uri)
            }
        }
    }

    /// Where a reference that stands in a resource leads to.
    pub fn resolve(&self, from: usize, reference: &str) -> Result<Target<'_>, String> {
        let index = self
            .resource_of(from, reference)
            .map_err(|uri| self.why_missing(&uri))?;
        let fragment = uri::fragment(reference).ok_or_else(|| {
            format!("`{reference}` is not UTF-8 once its percent-encoding is undone")
        })?;
        let resource = &self.resources[index];
        let nowhere = || format!("`{reference}` leads nowhere");
        let (pointer, dynamic_anchor) = match Pointer::parse(&fragment) {
            Some(pointer) => (resource.pointer.below(&pointer), None),
            None => match resource.anchors.get_key_value(&*fragment) {
                Some((name, anchor)) => (
                    anchor.pointer.clone(),
                    anchor.dynamic.then_some(name.as_str()),
                ),
                None => {
                    let home = self.home(resource.file, &resource.pointer);
                    return Err(match home.map(|home| home.dialect) {
                        None | Some(Dialect::OpenApi30) => format!(
                            "`{reference}` is no reference to a place: what follows `#` must be a JSON pointer such as `/components/schemas/Thing`"
                        ),
                        Some(_) if fragment.contains('/') => {
                            format!("{}: a JSON pointer starts with `/`", nowhere())
                        }
                        Some(_) => {
                            format!("{}: no schema there has the name `{fragment}`", nowhere())
                        }
                    });
                }
            },
        };
        let node = self.files[resource.file].root.at(&pointer).ok_or_else(|| {
            if resource.pointer == Pointer::root() {
                nowhere()
            } else {
                format!(
                    "{}: it is resolved against the `$id` around it, {}",
                    nowhere(),
                    resource.uri
                )
            }
        })?;
        let home = self
            .home_around(resource.file, &pointer)
            .ok_or_else(nowhere)?;
        Ok(Target {
            file: resource.file,
            pointer,
            node,
            home,
            dynamic_anchor,
        })
    }
}

/// Every text under the name `$ref` that leads to another file.
fn collect(node: &Node, references: &mut Vec<String>) {
    match &node.data {
        Data::Array(items) => items.iter().for_each(|item| collect(item, references)),
        Data::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Node::as_str)
                && !uri::split(reference).0.is_empty()
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
