use super::*;
use crate::domain::text::Lang;
use crate::write::document::Block;
use crate::write::drawing::{Drawing, Ink, Mark};
use crate::write::sheet::{Align, Cell, Column, Emphasis, Origin, Row, Table};
use std::io::{Cursor, Read};

/// A document with every kind of block and with text that would be markup, or nothing at all, in XML.
fn every_kind(columns: usize) -> Document {
    let column = |at: usize| Column {
        id: at.to_string(),
        title: format!("column {at}"),
        align: if at == 0 { Align::Left } else { Align::Right },
    };
    let cells = |row: usize| (0..columns).map(|at| Cell::text(format!("{row}.{at}"))).collect();
    let mut rows: Vec<Row> = (0..3).map(|row| Row { depth: row, cells: cells(row) }).collect();
    rows[0].cells[0] = Cell::text("<w:p>\u{1}&amp;\u{202e}镕喆堃").emphasised(Emphasis::Grave);
    let marks = vec![Mark::Box { x: 0, y: 0, width: 10, height: 10, ink: Ink::Main }];
    Document {
        lang: Lang::Zh,
        title: "标题 <b>".into(),
        draft: true,
        blocks: vec![
            Block::Heading("一".into()),
            Block::Paragraph("two\nlines".into()),
            Block::Note("三".into()),
            Block::Table(Table { id: "t", title: "表".into(), columns: (0..columns).map(column).collect(), rows }),
            Block::Drawing(Drawing { caption: "图".into(), width: 100, height: 50, marks }),
            Block::Line("某中心：".into(), Align::Left),
            Block::Blank("文号".into()),
        ],
        provenance: vec![Origin { id: "program", title: "程序".into(), value: "triennial".into() }],
    }
}

fn part(file: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(file.to_vec())).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_same_document_gives_the_same_bytes_and_no_time() {
    let file = document(&every_kind(3));
    assert_eq!(file, document(&every_kind(3)));
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    for at in 0..zip.len() {
        let entry = zip.by_index(at).unwrap();
        let day = entry.last_modified().unwrap();
        assert_eq!((day.year(), day.month(), day.day(), day.hour()), (1980, 1, 1, 0), "{at}");
    }
}

#[test]
fn text_is_never_markup_and_what_xml_cannot_hold_is_written_out() {
    let body = part(&document(&every_kind(3)), "word/document.xml");
    assert!(body.contains(r"&lt;w:p&gt;\u{1}&amp;amp;\u{202e}镕喆堃"), "{body}");
    assert!(!body.chars().any(|c| c.is_control() && c != '\n'));
}

#[test]
fn headers_repeat_rows_stay_whole_and_every_page_says_draft_and_its_number() {
    let file = document(&every_kind(3));
    let body = part(&file, "word/document.xml");
    assert_eq!(body.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(body.matches("<w:cantSplit/>").count(), 4);
    assert!(part(&file, "word/header.xml").contains("<w:t>草稿</w:t>"));
    let footer = part(&file, "word/footer.xml");
    assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES "));
    assert!(part(&file, "word/styles.xml").contains("w:eastAsia=\"SimSun\""));
}

#[test]
fn a_wide_table_lies_across_and_one_that_no_page_holds_is_folded() {
    let across = "w:orient=\"landscape\"";
    assert!(!part(&document(&every_kind(3)), "word/document.xml").contains(across));
    let wide = part(&document(&every_kind(12)), "word/document.xml");
    assert!(wide.contains(across));
    assert_eq!(wide.matches("<w:tbl>").count(), 1);
    let folded = part(&document(&every_kind(90)), "word/document.xml");
    let count = folded.matches("<w:tbl>").count();
    assert!(count > 1, "{count}");
    assert!(folded.contains(&format!("表 ({count}/{count})")));
    // Every column stands somewhere, and the first two in each part.
    assert_eq!(folded.matches(">column 89<").count(), 1);
    assert_eq!(folded.matches(">column 0<").count(), count);
}

/// Widths in thousandths of DejaVu Sans Bold, which stands in for Arial where that is missing, as its file has them.
#[test]
fn a_title_in_the_broadest_common_font_keeps_its_words_whole() {
    use crate::write::printed::columns::{PAD, plans};
    use crate::write::printed::texts;
    for (title, bold) in [("Rank", 2822), ("Bonus", 3469), ("Value", 3127), ("Bytes", 3166), ("Evidence", 5055)] {
        let columns = vec![Column { id: "a".into(), title: title.into(), align: Align::Right }];
        let rows = vec![Row { depth: 0, cells: vec![Cell::text("1")] }];
        let table = Table { id: "t", title: String::new(), columns, rows };
        let plan = &plans(&table, &texts(&table), &Halves, 4900)[0];
        assert!((plan.columns[0].1 - 2 * PAD) * 1000 >= bold * plan.size, "{title}: {:?}", plan.columns);
    }
}
