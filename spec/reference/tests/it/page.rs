//! Pages as tests look at them.

use scraper::{ElementRef, Html, Selector};

/// The page of a document.
pub fn of(document: &str) -> String {
    openapi_reference::page(&openapi_model::parse(document).unwrap())
}

/// A page that is well-formed, and whose links within lead somewhere.
pub fn parsed(page: &str) -> Html {
    let html = Html::parse_document(page);
    assert_eq!(html.errors, Vec::<String>::new(), "{page}");
    let mut ids = Vec::new();
    for element in html.select(&selector("[id]")) {
        ids.push(element.attr("id").unwrap());
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an address is given twice");
    html
}

pub fn selector(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}

/// The text of an element.
pub fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// The texts of all that a selector finds.
pub fn texts(html: &Html, wanted: &str) -> Vec<String> {
    html.select(&selector(wanted)).map(text).collect()
}
