//! What the documents say is what the program does.

use triennial::app::command::key_table_markdown;
use triennial::domain::text::Lang;

#[test]
fn the_key_table_of_the_readme_is_the_programs() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let shown = readme.split("<!-- keys -->").nth(1).unwrap().split("<!-- /keys -->").next().unwrap();
    assert_eq!(shown.trim(), key_table_markdown(Lang::En).trim(), "copy it from `triennial keys`");
}

#[test]
fn nothing_the_readme_points_to_is_missing() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    for target in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(std::path::Path::new(target).exists(), "{target}");
    }
}
