use super::*;
use crate::write::drawing::{Anchor, Drawing, Ink, Mark};
use crate::write::sheet::{CellKind, Origin};

/// What people type into names, notes, units and titles when they want to do harm, or do not know that they could.
const NASTY: [&str; 8] = [
    "<script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)",
    "a & b &lt; c",
    "]]></style><svg onload=alert(1)>",
    "abc\u{202e}gnp.exe",
    "x\u{1b}[2J\u{0}y",
    "<!-- \n<br>",
];

fn nasty(text: &str) -> Document {
    let column = |id: &str| Column { id: id.to_owned(), title: text.to_owned(), align: Align::Left };
    let cell = |emphasis| Cell::text(text).emphasised(emphasis);
    let rows = vec![
        Row { depth: 2, cells: vec![cell(Emphasis::None), cell(Emphasis::Grave)] },
        Row::flat(vec![cell(Emphasis::Strong), cell(Emphasis::Weak)]),
    ];
    let table =
        || Table { id: "t", title: text.to_owned(), columns: vec![column("a"), column("b")], rows: rows.clone() };
    let words = Mark::Words { x: 0, y: 0, anchor: Anchor::End, size: 90, text: text.to_owned(), ink: Ink::Main };
    Document {
        lang: Lang::Zh,
        title: text.to_owned(),
        draft: true,
        blocks: vec![
            Block::Heading(text.to_owned()),
            Block::Paragraph(text.to_owned()),
            Block::Note(text.to_owned()),
            Block::Line(text.to_owned(), Align::Left),
            Block::Line(text.to_owned(), Align::Right),
            Block::Blank(text.to_owned()),
            Block::Table(table()),
            Block::Table(table()),
            Block::Drawing(Drawing { caption: text.to_owned(), width: 100, height: 100, marks: vec![words] }),
        ],
        provenance: vec![Origin { id: "rubric", title: text.to_owned(), value: text.to_owned() }],
    }
}

/// Names of elements and attributes of a page, by a reader of tags that knows nothing of ours.
fn markup(page: &str) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), page);
    while let Some(at) = rest.find('<') {
        let (mut quoted, mut end) = (false, at + 1);
        for (offset, c) in rest[at + 1..].char_indices() {
            match c {
                '"' => quoted = !quoted,
                '>' if !quoted => {
                    end = at + 1 + offset;
                    break;
                }
                _ => {}
            }
        }
        let tag = &rest[at + 1..end];
        // Every second part stands in quotes.
        let bare: Vec<&str> = tag.split('"').step_by(2).collect();
        found.extend(bare.join("").split_whitespace().map(str::to_owned));
        rest = &rest[end + 1..];
        if tag == "style" {
            rest = &rest[rest.find("</style>").unwrap()..];
        }
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn no_text_becomes_markup_wherever_it_stands() {
    let plain = markup(&document(&nasty("plain")));
    assert!(plain.iter().any(|name| name == "figcaption") && plain.iter().any(|name| name == "aria-label="));
    for text in NASTY {
        let page = document(&nasty(text));
        let found: Vec<String> =
            markup(&page).into_iter().filter(|name| name != "br" || !text.contains('\n')).collect();
        assert_eq!(found, plain, "{text:?}");
        assert!(!page.contains(text) || text == "plain", "{text:?}");
    }
}

#[test]
fn what_reorders_or_hides_text_is_written_out() {
    let page = document(&nasty("abc\u{202e}gnp.exe\u{1b}[2J"));
    assert!(page.contains(r"abc\u{202e}gnp.exe\u{1b}[2J"));
    let hidden = page.chars().filter(|c| *c != '\n' && crate::wording::safe::is_hidden(*c)).count();
    assert_eq!(hidden, 0);
}

/// The page asks for nothing: no address in it but its own tables', and a policy that forbids the rest.
#[test]
fn a_page_asks_for_nothing_and_runs_nothing() {
    // The name of the language that a drawing is written in is no address to go to.
    let page = document(&nasty("plain")).replace(" xmlns=\"http://www.w3.org/2000/svg\"", "");
    for loading in ["src=", "url(", "@import", "<link", "<script", "<iframe", "<img", "://", "srcset", "<base"] {
        assert!(!page.contains(loading), "{loading}");
    }
    let to: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(to, ["#t6", "#t7"]);
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"));
}

#[test]
fn a_table_names_its_columns_and_rows() {
    let columns = vec![Column::text("id", "Id"), Column::number("points", "Points")];
    let half = Cell { kind: CellKind::Number, shown: "2.50".into(), data: "2.5".into(), emphasis: Emphasis::None };
    let rows = vec![Row { depth: 1, cells: vec![Cell::text("c01"), half] }];
    let table = table(&Table { id: "t", title: "Scores".into(), columns, rows }, 3);
    assert_eq!(
        table,
        "<div class=\"table\" id=\"t3\" role=\"region\" aria-labelledby=\"c3\" tabindex=\"0\">\n<table>\n<caption \
         id=\"c3\">Scores</caption>\n<thead>\n<tr><th scope=\"col\" class=\"short\">Id</th><th \
         scope=\"col\" class=\"n short\">Points</th></tr>\n</thead>\n<tbody>\n<tr><th scope=\"row\" \
         class=\"short\">c01</th><td class=\"n short d1\">2.50</td></tr>\n</tbody>\n</table>\n</div>\n"
    );
}

#[test]
fn only_a_draft_is_marked_and_the_language_is_named() {
    let mut one = nasty("plain");
    let page = document(&one);
    assert!(page.contains("<html lang=\"zh-Hans\">") && page.contains("<p class=\"draft\">草稿</p>"));
    assert!(page.contains("<div class=\"stamp\" aria-hidden=\"true\">草稿</div>"));
    (one.draft, one.lang) = (false, Lang::En);
    let page = document(&one);
    assert!(
        page.contains("<html lang=\"en\">") && !page.contains("class=\"draft\"") && !page.contains("class=\"stamp\"")
    );
}
