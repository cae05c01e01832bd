//! What is generated, as a file to review: a change of the generator shows there.
//!
//! With `EXPECTORATE=overwrite` the file is written anew.

#[test]
fn the_client_of_things_is_as_reviewed() {
    let client = progenitor_codegen::generate(include_str!("../things.yaml")).unwrap();
    assert_eq!((client.left_out, client.notes), (vec![], vec![]));
    expectorate::assert_contents("tests/output/things.rs", &client.code);
}

#[test]
fn the_client_of_the_gallery_is_as_reviewed() {
    let document = include_str!("../../../../server/codegen/tests/gallery/document.yaml");
    let client = progenitor_codegen::generate(document).unwrap();
    assert_eq!(client.left_out, []);
    let notes: Vec<String> = client.notes.iter().map(ToString::to_string).collect();
    let expected = [
        "line 35, #/paths/~1pictures~1{id}/get/responses/200/content/application~1xml: a body of `application/xml` is handed on as it is: its schema is not checked",
    ];
    assert_eq!(notes, expected);
    expectorate::assert_contents("tests/output/gallery.rs", &client.code);
}
