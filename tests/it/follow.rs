//! A rubric file that is open on the screen of the real program follows what an editor saves.

use crate::program::Folder;
use crate::pty;

const RUBRIC: &str = include_str!("../rubrics/screens/rubric.toml");

#[test]
fn a_rubric_on_the_screen_follows_its_file_and_a_broken_one_leaves_the_last_good_one() {
    let folder = Folder::new();
    let path = folder.write("mine.toml", RUBRIC);
    let mut screen = pty::triennial(&["--lang", "en"], folder.path());
    screen.wait_for("Three-year performance");
    screen.send("\u{f}mine.toml\r");
    screen.wait_for("follows the file");
    // Written anew in place.
    folder.write("mine.toml", RUBRIC.replace("\"Governance\"", "\"House rules\""));
    screen.wait_for("House rules");
    // A new file moved over the old one, as many editors save.
    let beside = folder.write("mine.toml.new", RUBRIC.replace("\"Governance\"", "\"Third version\""));
    std::fs::rename(beside, &path).unwrap();
    screen.wait_for("Third version");
    folder.write("mine.toml", RUBRIC.replacen("measure", "mesure", 1));
    screen.wait_for("E-unknown-key");
    assert!(screen.contents().contains("Third version"), "{}", screen.contents());
    folder.write("mine.toml", RUBRIC);
    screen.wait_for("Governance");
    screen.send("q");
    screen.ended(0);
}
