use super::*;
use crate::domain::text::Text;

fn fault(place: Place) -> Diagnostic {
    let text = |en: &str, zh: &str| Text { en: en.to_owned(), zh: zh.to_owned() };
    Diagnostic {
        severity: Severity::Error,
        code: "E-unknown-key",
        what: text("unknown key `pionts`", "未知的键“pionts”"),
        help: text("did you mean `points`?", "是否应为“points”？"),
        place,
    }
}

#[test]
fn a_span_is_shown_with_its_line_and_a_caret() {
    let source = "[rubric]\nid = \"a\"\npionts = 3\n";
    let at = source.find("pionts").unwrap();
    let expected = "\
error[E-unknown-key]: unknown key `pionts`
 --> rubrics/a.toml:3:1
  |
3 | pionts = 3
  | ^^^^^^
  |
  = help: did you mean `points`?
";
    assert_eq!(text(&fault(Place::Span(at..at + 6)), "rubrics/a.toml", source, Lang::En), expected);
}

/// The caret stands under the text as a terminal shows it: each Han character is two cells wide, so that
/// `title = "技术收入", ` takes 9 + 1 + 8 + 1 + 2 = 21 cells and 17 characters.
#[test]
fn the_caret_is_right_under_han_text_and_the_column_counts_characters() {
    let source = "x = 1\ntitle = \"技术收入\", pionts = 3\n";
    let at = source.find("pionts").unwrap();
    let shown = text(&fault(Place::Span(at..at + 6)), "a.toml", source, Lang::Zh);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "错误[E-unknown-key]: 未知的键“pionts”");
    assert_eq!(lines[1], " --> a.toml:2:17");
    assert_eq!(lines[3], "2 | title = \"技术收入\", pionts = 3");
    assert_eq!(lines[4], format!("  | {}^^^^^^", " ".repeat(20)));
    assert_eq!(lines[6], "  = 建议: 是否应为“points”？");
}

#[test]
fn control_characters_of_the_source_and_of_its_name_are_shown_never_emitted() {
    let source = "a = \"\u{1b}[2J\u{202e}\"; pionts = 3\r\n";
    let at = source.find("pionts").unwrap();
    let shown = text(&fault(Place::Span(at..at + 6)), "evil\u{1b}]0;x\u{7}.toml", source, Lang::En);
    assert!(shown.chars().all(|c| c == '\n' || !crate::wording::safe::is_hidden(c)), "{shown:?}");
    assert!(shown.contains(r"evil\u{1b}]0;x\u{7}.toml:1:14"), "{shown}");
    assert!(shown.contains(r#"1 | a = "\u{1b}[2J\u{202e}"; pionts = 3"#), "{shown}");
}

#[test]
fn a_cell_of_a_table_has_row_column_and_the_spreadsheets_name() {
    let cell = Place::Cell { row: 3, column: 5 };
    let expected = "\
error[E-unknown-key]: unknown key `pionts`
 --> data.csv: row 3, column 5 (E3)
  = help: did you mean `points`?
";
    assert_eq!(text(&fault(cell), "data.csv", "", Lang::En), expected);
    assert_eq!(column_letters(1), "A");
    assert_eq!(column_letters(26), "Z");
    assert_eq!(column_letters(27), "AA");
    assert_eq!(column_letters(703), "AAA");
}

#[test]
fn the_input_as_a_whole_has_only_its_name() {
    let shown = text(&fault(Place::Whole), "data.csv", "", Lang::En);
    assert_eq!(shown.lines().nth(1), Some(" --> data.csv"));
}

#[test]
fn a_long_line_is_cut_around_the_fault() {
    let source = format!("{}pionts{}", "a".repeat(10_000), "b".repeat(10_000));
    let shown = text(&fault(Place::Span(10_000..10_006)), "a.toml", &source, Lang::En);
    assert!(shown.contains(" --> a.toml:1:10001"), "{shown}");
    let line = shown.lines().find(|l| l.starts_with("1 |")).unwrap();
    assert_eq!(line, format!("1 | ...{}pionts{}...", "a".repeat(60), "b".repeat(60)));
}

#[test]
fn places_at_the_end_and_over_several_lines_do_not_fail() {
    let source = "a = \"\"\"\nb\nc";
    for span in [4..10, 10..10, 0..11, 11..11, 50..60] {
        let shown = text(&fault(Place::Span(span.clone())), "a.toml", source, Lang::En);
        assert!(shown.contains("--> a.toml:"), "{span:?}: {shown}");
    }
    assert_eq!(line_and_column(source, 50), (3, 2));
    assert_eq!(line_and_column("", 0), (1, 1));
    assert!(text(&fault(Place::Span(0..0)), "a.toml", "", Lang::En).contains("a.toml:1:1"));
}
