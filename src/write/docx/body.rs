//! The body of a DOCX: paragraphs, tables, pictures. Must not know the other parts of the file but by their names.

use super::Halves;
use super::emf;
use super::xml::text;
use crate::domain::text::Lang;
use crate::wording::terms;
use crate::write::document::{Block, Document};
use crate::write::drawing::Drawing;
use crate::write::printed::columns::{self, PAD, Plan, Texts, indent};
use crate::write::printed::{Paper, lines, part_title, said, texts};
use crate::write::sheet::{Align, Cell, CellKind, Emphasis, Row, Table};

/// English metric units in a tenth of a point, twentieths of a point in it.
const EMU: i64 = 1270;
const TWIPS: i32 = 2;

/// A row of more lines is broken where it does not fit: whole, it would leave as much of the page before it empty.
const TALL: usize = 10;

/// What stands in the body, and the pictures it shows.
pub(super) struct Body {
    pub(super) xml: String,
    pub(super) pictures: Vec<Vec<u8>>,
}

impl Body {
    pub(super) fn of(document: &Document, paper: Paper) -> Self {
        let mut body = Self { xml: String::new(), pictures: Vec::new() };
        body.paragraph("Title", &said(&document.title));
        for block in &document.blocks {
            match block {
                Block::Heading(heading) => body.paragraph("Heading1", &said(heading)),
                Block::Paragraph(paragraph) => body.paragraph("BodyText", &said(paragraph)),
                Block::Note(note) => body.paragraph("Note", &said(note)),
                Block::Table(table) => body.table(table, paper),
                Block::Drawing(drawing) => body.drawing(drawing, paper),
                Block::Line(line, align) => body.line(&said(line), *align),
                Block::Blank(label) => body.blank(&said(label), paper),
            }
        }
        if !document.provenance.is_empty() {
            body.paragraph("Heading1", terms::PROVENANCE.get(document.lang));
        }
        let colon = if document.lang == Lang::En { ": " } else { "：" };
        for origin in &document.provenance {
            body.paragraph("Note", &format!("{}{colon}{}", said(&origin.title), said(&origin.value)));
        }
        body
    }

    fn paragraph(&mut self, style: &str, words: &str) {
        let run = run(words, "");
        self.xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{run}</w:p>\n"));
    }

    fn line(&mut self, words: &str, align: Align) {
        let jc = if align == Align::Right { "<w:jc w:val=\"right\"/>" } else { "" };
        let run = run(words, "");
        self.xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/>{jc}</w:pPr>{run}</w:p>\n"));
    }

    /// A line to write on, drawn by a tab up to the right edge.
    fn blank(&mut self, label: &str, paper: Paper) {
        let end = paper.room() * TWIPS;
        let run = run(&format!("{label} "), "");
        self.xml.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/><w:tabs><w:tab w:val=\"right\" w:leader=\"underscore\" \
             w:pos=\"{end}\"/></w:tabs></w:pPr>{run}<w:r><w:tab/></w:r></w:p>\n"
        ));
    }

    fn table(&mut self, table: &Table, paper: Paper) {
        let texts = texts(table);
        let plans = columns::plans(table, &texts, &Halves, paper.room());
        for (plan, nth) in plans.iter().zip(1..) {
            self.paragraph("Heading1", &part_title(table, nth, plans.len()));
            self.xml.push_str(&grid(table, &texts, plan));
            // Two tables without anything between them would become one.
            self.xml.push_str("<w:p><w:pPr><w:pStyle w:val=\"Note\"/></w:pPr></w:p>\n");
        }
    }

    /// A picture with its caption; the caption is read aloud in its place as well.
    fn drawing(&mut self, drawing: &Drawing, paper: Paper) {
        self.pictures.push(emf::picture(drawing));
        let number = self.pictures.len();
        let caption = said(&drawing.caption);
        let (across, down) = (i64::from(drawing.width.max(1)), i64::from(drawing.height.max(1)));
        let room = i64::from(paper.room()).min(across);
        let (cx, cy) = (room * EMU, down * room * EMU / across);
        let alt = text(&caption);
        self.xml.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" \
             distL=\"0\" distR=\"0\"><wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr id=\"{number}\" name=\"drawing \
             {number}\" descr=\"{alt}\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks \
             noChangeAspect=\"1\"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData \
             uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr \
             id=\"{number}\" name=\"drawing{number}.emf\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip \
             r:embed=\"picture{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off \
             x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm><a:prstGeom \
             prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>\
             </w:r></w:p>\n"
        ));
        self.paragraph("Note", &caption);
    }
}

/// Lines of text in one look.
fn run(words: &str, look: &str) -> String {
    let look = if look.is_empty() { String::new() } else { format!("<w:rPr>{look}</w:rPr>") };
    let lines: Vec<String> =
        words.split('\n').map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", text(line))).collect();
    if words.is_empty() { String::new() } else { format!("<w:r>{look}{}</w:r>", lines.join("<w:br/>")) }
}

fn grid(table: &Table, texts: &Texts, plan: &Plan) -> String {
    let width: i32 = plan.columns.iter().map(|(_, width)| width * TWIPS).sum();
    let margin = PAD * TWIPS;
    let mut xml = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblLayout \
         w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{margin}\" w:type=\"dxa\"/><w:right w:w=\"{margin}\" \
         w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>"
    );
    for (_, width) in &plan.columns {
        xml.push_str(&format!("<w:gridCol w:w=\"{}\"/>", width * TWIPS));
    }
    xml.push_str("</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (column, width) in &plan.columns {
        let title = texts.header.get(*column).map_or("", String::as_str);
        let align = table.columns.get(*column).map_or(Align::Left, |column| column.align);
        let fill = "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F0F0EE\"/>";
        xml.push_str(&cell(title, (*width, fill), (align, 0), &look(Emphasis::Strong, plan.size)));
    }
    xml.push_str("</w:tr>\n");
    for (row, texts) in table.rows.iter().zip(&texts.rows) {
        xml.push_str(&self::row(table, (row, texts), plan));
    }
    xml.push_str("</w:tbl>\n");
    xml
}

fn row(table: &Table, (row, texts): (&Row, &[String]), plan: &Plan) -> String {
    let lines = |(column, width): &(usize, i32)| {
        let room = width - 2 * PAD - indent(row.depth, *column, plan.size);
        texts.get(*column).map_or(0, |text| lines::of(text, &Halves, plan.size, room).len())
    };
    let is_tall = plan.columns.iter().map(lines).any(|lines| lines > TALL);
    let mut xml = if is_tall { "<w:tr>" } else { "<w:tr><w:trPr><w:cantSplit/></w:trPr>" }.to_owned();
    let empty = Cell { kind: CellKind::Empty, ..Cell::empty() };
    for (column, width) in &plan.columns {
        let of = row.cells.get(*column).unwrap_or(&empty);
        let words = texts.get(*column).map_or("", String::as_str);
        let align = table.columns.get(*column).map_or(Align::Left, |column| column.align);
        let inset = indent(row.depth, *column, plan.size) * TWIPS;
        xml.push_str(&cell(words, (*width, ""), (align, inset), &look(of.emphasis, plan.size)));
    }
    xml.push_str("</w:tr>\n");
    xml
}

fn cell(words: &str, (width, fill): (i32, &str), (align, inset): (Align, i32), look: &str) -> String {
    let width = width * TWIPS;
    let inset = if inset > 0 { format!("<w:ind w:left=\"{inset}\"/>") } else { String::new() };
    let jc = if align == Align::Right { "<w:jc w:val=\"right\"/>" } else { "" };
    let run = run(words, look);
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{fill}</w:tcPr><w:p><w:pPr><w:pStyle \
         w:val=\"Cell\"/>{inset}{jc}</w:pPr>{run}</w:p></w:tc>"
    )
}

/// How the text of a cell looks; its size is told in half points.
fn look(emphasis: Emphasis, size: i32) -> String {
    let (bold, colour) = match emphasis {
        Emphasis::None => ("", ""),
        Emphasis::Strong => ("<w:b/>", ""),
        Emphasis::Weak => ("", "<w:color w:val=\"5C5C5C\"/>"),
        Emphasis::Grave => ("<w:b/>", "<w:color w:val=\"A30D11\"/>"),
    };
    let half = size / 5;
    format!("{bold}{colour}<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>")
}
