//! The page of a small document, under review in `library.html`.
//!
//! `EXPECTORATE=overwrite cargo test -p openapi-reference --test it golden` writes it anew.

#[test]
fn the_page_of_a_library_is_as_it_was_reviewed() {
    let page = crate::page::of(crate::LIBRARY);
    // The style and the script stand in files of their own, and are reviewed there.
    let start = page.find("<style>").unwrap();
    let end = page.find("</style>").unwrap();
    let script = page.find("<script>").unwrap();
    let reviewed = format!(
        "{}<style>…{}<script>…</script></body></html>\n",
        policy_aside(&page[..start]),
        &page[end..script]
    );
    expectorate::assert_contents("tests/it/library.html", &reviewed);
}

/// The hashes follow from the style and the script.
fn policy_aside(head: &str) -> String {
    let parts = head.split("'sha256-").enumerate();
    let parts = parts.map(|(index, part)| match part.split_once('\'') {
        Some((_, rest)) if index > 0 => format!("'sha256-…'{rest}"),
        _ => part.to_owned(),
    });
    parts.collect()
}
