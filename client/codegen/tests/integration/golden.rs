//! What is generated, as a file to review: a change of the generator shows there.
//!
//! With `EXPECTORATE=overwrite` the file is written anew.

#[test]
fn the_client_of_things_is_as_reviewed() {
    let client = progenitor_codegen::generate(include_str!("../things.yaml")).unwrap();
    assert_eq!(client.notes, []);
    expectorate::assert_contents("tests/output/things.rs", &client.code);
}
