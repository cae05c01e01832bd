//! Path templates: which paths fit them.

use http::Method;
use openapi_model::Api;

use crate::parameters::percent_decode;

/// Whether some path fits both templates.
pub(crate) fn overlap(one: &str, other: &str) -> bool {
    // Asked of every two paths of a document: nothing is collected, and the first segment that differs ends it.
    let (mut ones, mut others) = (one.split('/'), other.split('/'));
    loop {
        match (ones.next(), others.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b || a.contains('{') || b.contains('{') => {}
            _ => return false,
        }
    }
}

/// Templates that a path of this one may fit as well, and that then come before it or beside it.
pub(crate) fn rivals(api: &Api, template: &str) -> Vec<String> {
    let variables = |template: &str| template.matches('{').count();
    let mut rivals: Vec<String> = Vec::new();
    for path in api.operations.iter().map(|operation| &operation.path) {
        let is_rival =
            path != template && overlap(path, template) && variables(path) <= variables(template);
        if is_rival && !rivals.contains(path) {
            rivals.push(path.clone());
        }
    }
    rivals
}

/// Whether a filled template is read as it was written: each text belongs to its parameter, and no rival fits.
pub(crate) fn is_unambiguous(
    template: &str,
    rivals: &[String],
    texts: &[(String, String)],
) -> bool {
    let path = fill(template, texts);
    let read = fit(template, &path).is_some_and(|read| {
        read.len() == texts.len() && read.iter().all(|pair| texts.contains(pair))
    });
    read && !rivals.iter().any(|rival| fit(rival, &path).is_some())
}

/// Fills a path template with texts.
pub(crate) fn fill(template: &str, texts: &[(String, String)]) -> String {
    texts
        .iter()
        .fold(template.to_owned(), |path, (name, text)| {
            path.replace(&format!("{{{name}}}"), text)
        })
}

/// A path that fits a template: the operations of that template, and the texts of its parameters, percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// By their place in `Api::operations`.
    pub(crate) operations: Vec<usize>,
    pub(crate) texts: Vec<(String, String)>,
}

impl Found {
    /// The operation of a method. HEAD is answered as GET is, without the body (RFC 9110, section 9.3.2).
    pub(crate) fn operation(&self, api: &Api, method: &Method) -> Option<usize> {
        let by = |wanted: &Method| {
            let mut operations = self.operations.iter().copied();
            operations.find(|index| api.operations[*index].method == *wanted)
        };
        by(method).or_else(|| by(&Method::GET).filter(|_| *method == Method::HEAD))
    }
}

/// Finds the template that a path fits: one without parameters before one with them (OpenAPI 3.0.3, "Paths Object").
pub(crate) fn find(api: &Api, path: &str) -> Option<Found> {
    let fitting = api
        .operations
        .iter()
        .filter_map(|o| Some((o.path.as_str(), fit(&o.path, path)?)));
    let (template, texts) = fitting.min_by_key(|(template, _)| template.matches('{').count())?;
    let operations = api.operations.iter().enumerate();
    let operations = operations
        .filter(|(_, o)| o.path == template)
        .map(|(index, _)| index)
        .collect();
    Some(Found { operations, texts })
}

/// The texts of the template's parameters, where the path fits it.
fn fit(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (mut templates, mut segments) = (template.split('/'), path.split('/'));
    let mut texts = Vec::new();
    loop {
        match (templates.next(), segments.next()) {
            (None, None) => return Some(texts),
            (Some(template), Some(segment)) => fit_segment(template, segment, &mut texts)?,
            _ => return None,
        }
    }
}

/// One segment: literal text and parameters by turns, such as `{name}.{extension}`.
fn fit_segment(template: &str, segment: &str, texts: &mut Vec<(String, String)>) -> Option<()> {
    let Some((before, rest)) = template.split_once('{') else {
        let is_same = segment == template
            || (segment.contains('%') && percent_decode(segment).as_deref() == Some(template));
        return is_same.then_some(());
    };
    let (name, after) = rest.split_once('}')?;
    let segment = segment.strip_prefix(before)?;
    if after.is_empty() {
        if segment.is_empty() {
            return None;
        }
        texts.push((name.to_owned(), segment.to_owned()));
        return Some(());
    }
    let literal = after.split('{').next().unwrap_or_default();
    // A parameter ends where the text behind it starts for the first time.
    let (start, end) = (1, segment.len());
    let at = segment.get(start..end)?.find(literal)? + start;
    texts.push((name.to_owned(), segment[..at].to_owned()));
    fit_segment(after, &segment[at..], texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_fit_templates() {
        for (template, path, expected) in [
            ("/things/{id}", "/things/5", Some(vec![("id", "5")])),
            ("/things/{id}", "/things/", None),
            ("/things/{id}", "/things/5/parts", None),
            (
                "/things/{id}/parts/{part}",
                "/things/a%2Fb/parts/2",
                Some(vec![("id", "a%2Fb"), ("part", "2")]),
            ),
            (
                "/files/{name}.{kind}",
                "/files/a.txt",
                Some(vec![("name", "a"), ("kind", "txt")]),
            ),
            ("/files/{name}.json", "/files/a.txt", None),
            ("/things", "/things", Some(vec![])),
            ("/th ings", "/th%20ings", Some(vec![])),
        ] {
            let expected = expected.map(|pairs| {
                pairs
                    .into_iter()
                    .map(|(n, t)| (n.to_owned(), t.to_owned()))
                    .collect::<Vec<_>>()
            });
            assert_eq!(fit(template, path), expected, "{template} and {path}");
        }
    }

    #[test]
    fn a_filled_template_leads_where_it_should() {
        let rivals = ["/things/mine".to_owned()];
        for (template, texts, expected) in [
            ("/things/{id}", &[("id", "5")][..], true),
            ("/things/{id}", &[("id", "mine")], false),
            (
                "/files/{name}.{kind}",
                &[("name", "a"), ("kind", "txt")],
                true,
            ),
            (
                "/files/{name}.{kind}",
                &[("name", "a.b"), ("kind", "txt")],
                false,
            ),
        ] {
            let texts: Vec<_> = texts
                .iter()
                .map(|(n, t)| ((*n).to_owned(), (*t).to_owned()))
                .collect();
            assert_eq!(
                is_unambiguous(template, &rivals, &texts),
                expected,
                "{template} {texts:?}"
            );
        }
    }

    #[test]
    fn templates_overlap_where_a_path_fits_both() {
        assert!(overlap("/things/{id}", "/things/mine"));
        assert!(!overlap("/things/{id}", "/things"));
        assert!(!overlap("/things/{id}", "/parts/{id}"));
    }
}
