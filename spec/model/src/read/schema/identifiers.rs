//! The identifiers of JSON Schema and OpenAPI 3.1 documents, found before any schema is lowered: `$id`, which gives a schema a URI and
//! changes what references in it are resolved against, and the names of schemas, `$anchor` and `$dynamicAnchor`.
//!
//! Only where schemas stand are there identifiers and references: not in an `enum`, and not under a name that is no
//! keyword. But a reference may lead to such a place, which makes it a schema, so the documents are looked through from
//! their roots and from wherever references lead, until nothing new is found. What cannot be found is no fault here;
//! it is one where the reference is lowered. A dialect that is not known is one, since nothing can be said about the rest.

use std::collections::{HashSet, VecDeque};
use std::rc::Rc;

use super::dialect::{Holds, NAMES};
use super::metaschemas::metaschema;
use super::vocabularies::dialect_of;
use crate::files::{Anchor, Files, Home, Read};
use crate::read::survey;
use crate::read::version::Version;
use crate::tree::{Data, Node};
use crate::{Diagnostic, Dialect, Pointer, uri};

/// Reads a JSON Schema document, and through `read` the documents that its references lead to.
pub(in crate::read) fn load(
    text: &str,
    dialect: Dialect,
    read: &mut Read,
) -> Result<Files, Vec<Diagnostic>> {
    let files = Files::with(text, dialect)?;
    let mut read = or_metaschema(read);
    let mut scan = Scan::new(files, &mut read);
    if let Some(home) = scan.files.home(0, &Pointer::root()) {
        scan.document(0, home);
    }
    while scan.step() {}
    scan.files.finish()
}

/// Reads, through `read`, the files that a document of OpenAPI 3.1 refers to, and finds the identifiers of its schemas.
///
/// Where its schemas are is known once its files are, so both are found out by turns.
pub(in crate::read) fn load_api(files: Files, read: &mut Read) -> Result<Files, Vec<Diagnostic>> {
    let mut read = or_metaschema(read);
    let mut scan = Scan::new(files, &mut read);
    scan.arrived(0, Dialect::OpenApi31);
    loop {
        let survey = survey(&scan.files);
        let mut is_new = false;
        for (file, pointer) in survey.schemas {
            is_new |= scan.root_schema(file, pointer);
        }
        while scan.step() {}
        for uri in survey.unread {
            if !scan.files.is_known(&uri) {
                is_new = true;
                if let Some(file) = scan.files.fetch(uri, Dialect::OpenApi31, scan.read) {
                    scan.arrived(file, Dialect::OpenApi31);
                }
            }
        }
        if !is_new {
            return scan.files.finish();
        }
    }
}

/// The metaschemas are at hand.
fn or_metaschema(read: &mut Read) -> impl FnMut(&str) -> Result<String, String> {
    move |uri| match metaschema(uri) {
        Some(text) => Ok(text.to_owned()),
        None => read(uri),
    }
}

struct Scan<'s, 'r> {
    files: Files,
    read: &'s mut Read<'r>,
    /// References that were met, by the resources that they stand in.
    met: HashSet<(usize, String)>,
    /// Those of them that were not followed yet.
    open: VecDeque<(Home, String)>,
    /// Those of them that lead to no document at hand.
    unread: VecDeque<(Home, String)>,
    /// Metaschemas that were read for what they say about dialects, and whose schemas were not looked through yet.
    metaschemas: VecDeque<(Home, usize)>,
    /// Files that are schemas and were looked through, and those that are OpenAPI documents.
    documents: HashSet<usize>,
}

impl<'s, 'r> Scan<'s, 'r> {
    fn new(files: Files, read: &'s mut Read<'r>) -> Self {
        Scan {
            files,
            read,
            met: HashSet::new(),
            open: VecDeque::new(),
            unread: VecDeque::new(),
            metaschemas: VecDeque::new(),
            documents: HashSet::new(),
        }
    }

    /// Finds out in which dialect the schemas of an OpenAPI document are, if the file is one.
    fn arrived(&mut self, file: usize, otherwise: Dialect) {
        let root = Rc::clone(&self.files.get(file).root);
        let Some(mut home) = self.files.home(file, &Pointer::root()) else {
            return;
        };
        home.dialect = otherwise;
        if let Some(version) = Version::of(&root) {
            self.documents.insert(file);
            home.dialect = version.dialect();
            if version == Version::OpenApi31 {
                self.declare(
                    file,
                    &Pointer::root(),
                    &root,
                    "jsonSchemaDialect",
                    &mut home,
                );
            }
        }
        self.files.set_home(file, Pointer::root(), home);
    }

    /// Looks through a schema that stands in no other; whether that was not done yet.
    fn root_schema(&mut self, file: usize, pointer: Pointer) -> bool {
        let root = Rc::clone(&self.files.get(file).root);
        let around = self.files.home_around(file, &pointer);
        match (root.at(&pointer), around) {
            (Some(node), Some(around)) if self.files.home(file, &pointer).is_none() => {
                self.schema(file, pointer, node, around, true);
                true
            }
            _ => false,
        }
    }

    /// Does one thing that is left to do; whether there was one. Everything in the documents at hand comes first, so that
    /// a URI that a schema in them has is not asked for.
    fn step(&mut self) -> bool {
        if let Some((home, file)) = self.metaschemas.pop_front() {
            self.document(file, home);
        } else if let Some((home, reference)) = self.open.pop_front() {
            if self.files.resource_of(home.resource, &reference).is_ok() {
                self.follow(home, &reference);
            } else {
                self.unread.push_back((home, reference));
            }
        } else if let Some((home, reference)) = self.unread.pop_front() {
            if let Err(uri) = self.files.resource_of(home.resource, &reference)
                && !self.files.is_known(&uri)
                && let Some(file) = self.files.fetch(uri, home.dialect, self.read)
            {
                self.arrived(file, home.dialect);
            }
            self.follow(home, &reference);
        } else {
            return false;
        }
        true
    }

    /// Looks through a document whose root is a schema. What it does not say of itself is as with whoever refers to it.
    fn document(&mut self, file: usize, referrer: Home) {
        if !self.documents.insert(file) {
            return;
        }
        let root = Rc::clone(&self.files.get(file).root);
        if let Some(home) = self.files.home(file, &Pointer::root()) {
            let home = Home {
                resource: home.resource,
                ..referrer
            };
            self.schema(file, Pointer::root(), &root, home, true);
        }
    }

    /// Looks through the schema that a reference leads to, if that was not done yet.
    fn follow(&mut self, home: Home, reference: &str) {
        if let Ok(resource) = self.files.resource_of(home.resource, reference) {
            let file = self.files.resource(resource).file;
            self.document(file, home);
        }
        let Ok(target) = self.files.resolve(home.resource, reference) else {
            return;
        };
        let (file, pointer, around) = (target.file, target.pointer, target.home);
        if self.files.home(file, &pointer).is_some() {
            return;
        }
        let root = Rc::clone(&self.files.get(file).root);
        if let Some(node) = root.at(&pointer) {
            self.schema(file, pointer, node, around, false);
        }
    }

    /// Looks through a schema and those in it. Whether it is the outermost one decides what `$schema` means.
    fn schema(
        &mut self,
        file: usize,
        pointer: Pointer,
        node: &Node,
        around: Home,
        is_outermost: bool,
    ) {
        let is_file = pointer == Pointer::root();
        if !is_file && self.files.home(file, &pointer).is_some() {
            return;
        }
        let Some(members) = node.as_object() else {
            self.files.set_home(file, pointer, around);
            return;
        };
        let home = self.identify(file, &pointer, node, around, is_outermost);
        self.files.set_home(file, pointer.clone(), home);
        for keyword in ["$ref", "$dynamicRef"] {
            let Some(reference) = members
                .get(keyword)
                .and_then(Node::as_str)
                .filter(|_| home.keyword(keyword).is_some())
            else {
                continue;
            };
            if keyword == "$dynamicRef" {
                self.files.ask_for(reference);
            }
            if self.met.insert((home.resource, reference.to_owned())) {
                self.open.push_back((home, reference.to_owned()));
            }
        }
        for (name, member) in members {
            let inside = match home.keyword(name) {
                None | Some(Holds::Nothing) => continue,
                Some(inside) => inside,
            };
            let pointer = pointer.join(name);
            match (&member.data, inside) {
                (Data::Array(items), Holds::Schemas) => {
                    for (index, item) in items.iter().enumerate() {
                        self.schema(file, pointer.join(index.to_string()), item, home, false);
                    }
                }
                (Data::Object(_), Holds::Schemas) => {
                    self.schema(file, pointer, member, home, false);
                }
                (Data::Object(named), Holds::Named) => {
                    for (name, item) in named {
                        self.schema(file, pointer.join(name), item, home, false);
                    }
                }
                _ => {}
            }
        }
    }

    /// What a schema passes on to those in it, its identifiers taken into account.
    fn identify(
        &mut self,
        file: usize,
        pointer: &Pointer,
        schema: &Node,
        around: Home,
        is_outermost: bool,
    ) -> Home {
        let text = |name: &str| schema.get(name).and_then(Node::as_str);
        let mut home = around;
        if is_outermost {
            self.declare(file, pointer, schema, "$schema", &mut home);
        }
        // Only what gives itself a URI has a dialect of its own, and the dialect says how that is done.
        let declared = text("$schema").and_then(Dialect::named);
        let dialect = declared.unwrap_or(home.dialect);
        let hidden = dialect.references_stand_alone() && schema.get("$ref").is_some();
        let id = dialect.id().filter(|_| !hidden).and_then(text);
        let (id, name) = uri::split(id.unwrap_or_default());
        if !is_outermost && !id.is_empty() {
            self.declare(file, pointer, schema, "$schema", &mut home);
        }
        if !id.is_empty() {
            let uri = uri::join(&self.files.resource(around.resource).uri, id);
            if *pointer == Pointer::root() {
                self.files.rename(around.resource, uri);
            } else {
                home.resource = self.files.add_resource(uri, file, pointer.clone());
            }
        }
        // Before 2020-12 a name is given as the fragment of the URI.
        let old = (dialect.keyword("$anchor").is_none() && !name.starts_with('/')).then_some(name);
        let new = |keyword| home.keyword(keyword).and_then(|_| text(keyword));
        for (name, dynamic) in [
            (old, false),
            (new("$anchor"), false),
            (new("$dynamicAnchor"), true),
        ] {
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                let anchor = Anchor {
                    pointer: pointer.clone(),
                    dynamic,
                };
                self.files.add_anchor(home.resource, name, anchor);
            }
        }
        home
    }

    /// Passes on the dialect that a schema names with `$schema`, or an OpenAPI document with `jsonSchemaDialect`.
    fn declare(
        &mut self,
        file: usize,
        pointer: &Pointer,
        node: &Node,
        name: &str,
        home: &mut Home,
    ) {
        let Some(member) = node.get(name) else {
            return;
        };
        let Some(text) = member.as_str() else { return };
        let (read, mut metaschemas) = (&mut *self.read, Vec::new());
        let found = dialect_of(text, &mut self.files, |files, uri| {
            let file = files.fetch(uri, home.dialect, read);
            metaschemas.extend(file.map(|file| (*home, file)));
        });
        match found {
            Ok((dialect, vocabularies)) => {
                home.dialect = dialect;
                home.vocabularies = vocabularies;
                self.metaschemas.extend(metaschemas);
            }
            Err(why) => {
                let message = format!(
                    "`{text}` is no dialect that can be read: `{name}` must be one of {NAMES}, or a metaschema in one of them: {why}"
                );
                self.files
                    .fault(file, pointer.join(name), member.line, message);
            }
        }
    }
}
