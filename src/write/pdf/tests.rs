use super::*;
use crate::write::drawing::{Anchor, Drawing, Ink, Mark};
use crate::write::printed::{Measure, SIDE};
use crate::write::sheet::{Align, Cell, Column, Row, Table};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The font that the program embeds, read once.
static FONT: LazyLock<Font> =
    LazyLock::new(|| Font::of(Cow::Borrowed(include_bytes!("../../../fonts/TriennialSansSC-Regular.otf"))).unwrap());

fn table(columns: usize, rows: Vec<Vec<&str>>) -> Table {
    let column = |at: usize| Column { id: at.to_string(), title: format!("column {at}"), align: Align::Left };
    let row = |cells: Vec<&str>| Row::flat(cells.into_iter().map(Cell::text).collect());
    Table {
        id: "t",
        title: "表".into(),
        columns: (0..columns).map(column).collect(),
        rows: rows.into_iter().map(row).collect(),
    }
}

fn of_blocks(blocks: Vec<Block>) -> Document {
    Document { lang: Lang::Zh, title: "标题".into(), draft: true, blocks, provenance: Vec::new() }
}

fn laid_out(blocks: Vec<Block>) -> Layout {
    layout(&of_blocks(blocks), &FONT)
}

/// The texts of a page from top to bottom as they are placed.
fn texts(page: &piece::Page) -> Vec<&str> {
    let mut texts = Vec::new();
    for (_, piece) in &page.pieces {
        if let piece::Piece::Text { text, .. } = piece {
            texts.push(text.as_str());
        }
    }
    texts
}

/// Characters of GB 2312, of 通用规范汉字表 beyond it (镕 U+9555, 喆 U+5586, 堃 U+5803), of GBK beyond both, and signs.
#[test]
fn the_embedded_font_has_names_that_gb2312_lacks() {
    for c in "国镕喆堃镕淼垚臺灣龍Aé×±≤≥→~…％℃㎡“”，。（）αβ".chars() {
        assert!(FONT.has(c), "{c}");
    }
    assert!(!FONT.has('𓀀') && !FONT.has('𠮷'));
}

#[test]
fn a_glyph_the_font_lacks_is_told_with_its_cell_and_code() {
    let document = of_blocks(vec![Block::Table(table(2, vec![vec!["a", "b"], vec!["c", "𠮷d𓀀"]]))]);
    let told = missing(&document, "c01", &FONT);
    let said: Vec<&str> = told.iter().map(|fault| fault.what.en.as_str()).collect();
    assert_eq!(
        said,
        [
            "c01, table `表`, row 2, column `column 1`: the font has no glyph for `𓀀` (U+13000)",
            "c01, table `表`, row 2, column `column 1`: the font has no glyph for `𠮷` (U+20BB7)",
        ]
    );
    assert!(told.iter().all(|fault| fault.code == "E-glyph"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let one = of_blocks(vec![Block::Table(table(3, vec![vec!["一", "two", "3"]; 80])), Block::Blank("文号".into())]);
    let bytes = document(&one, &FONT).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    assert!(bytes == document(&one, &FONT).unwrap());
}

#[test]
fn every_page_has_its_number_the_word_for_a_draft_and_the_header_of_its_table() {
    let layout = laid_out(vec![Block::Table(table(2, vec![vec!["一", "二"]; 120]))]);
    let count = layout.pages.len();
    assert!(count > 2, "{count}");
    for (page, number) in layout.pages.iter().zip(1..) {
        let texts = texts(page);
        assert!(texts.contains(&"草稿") && texts.contains(&"column 0"), "{number}");
        assert!(texts.contains(&format!("{number} / {count}").as_str()));
    }
    let rows: usize = layout.pages.iter().map(|page| texts(page).iter().filter(|text| **text == "一").count()).sum();
    assert_eq!(rows, 120);
}

#[test]
fn a_row_that_fits_a_page_is_on_one_and_a_longer_one_is_broken_without_loss() {
    let (eight, hundreds) = (["行"; 8].join("\n"), ["长"; 400].join("\n"));
    let rows = vec![vec!["甲", eight.as_str()]; 30];
    let layout = laid_out(vec![Block::Table(table(2, rows))]);
    for page in &layout.pages {
        assert_eq!(texts(page).iter().filter(|text| **text == "行").count() % 8, 0);
    }
    let layout = laid_out(vec![Block::Table(table(2, vec![vec!["甲", hundreds.as_str()]]))]);
    let lines: usize = layout.pages.iter().map(|page| texts(page).iter().filter(|text| **text == "长").count()).sum();
    assert_eq!(lines, 400);
}

/// Whole, a row of fourteen lines would leave up to thirteen of a page's sixty empty.
#[test]
fn a_long_row_is_broken_rather_than_leaves_a_page_half_empty_and_never_by_a_line_or_two() {
    let long = ["行"; 14].join("\n");
    let layout = laid_out(vec![Block::Table(table(2, vec![vec!["甲", long.as_str()]; 30]))]);
    let (last, filled) = layout.pages.split_last().unwrap();
    let (mut lines, mut broken) = (0, 0);
    for page in filled {
        let foot = page.pieces.iter().filter_map(|(_, piece)| match piece {
            piece::Piece::Text { y, text, .. } if text == "行" => Some(*y),
            _ => None,
        });
        // No more than three lines of 11.6 points and a rule are left free above the margin.
        assert!(foot.max().unwrap() > layout.paper.height - 640 - 4 * 116);
        lines += texts(page).iter().filter(|text| **text == "行").count();
        let part = lines % 14;
        assert!(part == 0 || (3..=11).contains(&part), "{part}");
        broken += usize::from(part > 0);
    }
    assert!(broken > 0);
    assert_eq!(lines + texts(last).iter().filter(|text| **text == "行").count(), 30 * 14);
}

#[test]
fn nothing_stands_outside_the_margins() {
    let long = "国家技术创新中心".repeat(40);
    let word = "w".repeat(500);
    let rows = vec![vec![long.as_str(), word.as_str(), "1"]; 5];
    let marks =
        vec![Mark::Words { x: 20_000, y: 100, anchor: Anchor::End, size: 80, text: "右".into(), ink: Ink::Limit }];
    let blocks = vec![
        Block::Paragraph(long.clone()),
        Block::Heading(word.clone()),
        Block::Table(table(3, rows)),
        Block::Table(table(90, vec![vec!["123.45"; 90]])),
        Block::Drawing(Drawing { caption: long.clone(), width: 20_000, height: 40_000, marks }),
        Block::Blank(long.clone()),
    ];
    let layout = laid_out(blocks);
    let most = layout.paper.width - SIDE;
    for (_, piece) in layout.pages.iter().flat_map(|page| &page.pieces) {
        if let piece::Piece::Text { x, y, style, text } = piece {
            let end = x + FONT.width(text, style.size);
            assert!(*x >= SIDE && end <= most + 1, "{text} ends at {end} of {most}");
            assert!(*y > 0 && *y < layout.paper.height);
        }
    }
}

#[test]
fn a_title_that_fills_pages_ends() {
    let endless = "题".repeat(20_000);
    let mut table = table(2, vec![vec!["一", "二"]; 3]);
    table.columns[0].title = endless.clone();
    let layout = laid_out(vec![Block::Heading(endless), Block::Table(table)]);
    let shown = |page: &piece::Page| texts(page).concat().matches('题').count();
    // The title has one as well, on its own line and at the head of every page.
    assert_eq!(layout.pages.iter().map(shown).sum::<usize>(), 40_000 + 1 + layout.pages.len());
}

#[test]
fn bytes_that_are_no_font_are_refused() {
    assert!(Font::of(Cow::Borrowed(b"")).is_none());
    assert!(Font::of(Cow::Borrowed(b"OTTO\0\x01\0\0\0\0\0\0")).is_none());
}
