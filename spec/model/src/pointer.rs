//! JSON pointers ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)).

use std::fmt;

/// A place in a JSON value, shown as a URI fragment: `#/paths/~1things~1{id}/get`.
///
/// ```
/// use openapi_model::Pointer;
///
/// let get = Pointer::root().join("paths").join("/things/{id}").join("get");
/// assert_eq!(get.to_string(), "#/paths/~1things~1{id}/get");
/// assert_eq!(get.segments().collect::<Vec<_>>(), ["paths", "/things/{id}", "get"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The whole value.
    pub fn root() -> Pointer {
        Pointer(String::new())
    }

    /// Reads the text of a pointer, escapes and all, such as `/paths/~1things`.
    ///
    /// `None` where the text is neither empty nor starts with a slash.
    pub fn parse(text: &str) -> Option<Pointer> {
        (text.is_empty() || text.starts_with('/')).then(|| Pointer(text.to_owned()))
    }

    /// The member or item of that name below this place.
    #[must_use]
    pub fn join(&self, segment: impl AsRef<str>) -> Pointer {
        let escaped = segment.as_ref().replace('~', "~0").replace('/', "~1");
        Pointer(format!("{}/{escaped}", self.0))
    }

    /// The place of that pointer where it is read from this place on.
    pub(crate) fn below(&self, rest: &Pointer) -> Pointer {
        Pointer(format!("{}{}", self.0, rest.0))
    }

    /// The place around this one; none around the root.
    pub(crate) fn parent(&self) -> Option<Pointer> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Pointer(parent.to_owned()))
    }

    /// The names on the way from the root, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.0
            .split('/')
            .skip(1)
            .map(|s| s.replace("~1", "/").replace("~0", "~"))
    }

    /// The last name on the way from the root, unescaped.
    pub fn last(&self) -> Option<String> {
        self.segments().last()
    }

    /// The pointer as RFC 6901 writes it: empty for the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}
