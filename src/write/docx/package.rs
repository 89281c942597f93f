//! The file around the body: its parts, styles, running head and page numbers, zipped without a clock. Must not know
//! blocks.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body::Body;
use super::xml::text;
use crate::domain::text::Lang;
use crate::wording::terms;
use crate::write::document::Document;
use crate::write::printed::{Paper, SIDE, said};

const STYLES: &str = include_str!("styles.xml");
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The parts of a file, zipped. Writing to memory does not fail; were it to, the file would be empty and refused by
/// whoever opens it.
pub(super) fn file(document: &Document, body: &Body, paper: Paper) -> Vec<u8> {
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        part("[Content_Types].xml", &content_types()),
        part("_rels/.rels", &package_relations()),
        part("docProps/core.xml", &core(document)),
        part("word/_rels/document.xml.rels", &relations(body.pictures.len())),
        part("word/document.xml", &main(body, paper)),
        part("word/styles.xml", STYLES),
        part("word/settings.xml", &settings()),
        part("word/header.xml", &header(document, paper)),
        part("word/footer.xml", &footer()),
    ];
    let picture = |(at, bytes): (usize, &Vec<u8>)| (format!("word/media/picture{}.emf", at + 1), bytes.clone());
    parts.extend(body.pictures.iter().enumerate().map(picture));
    zipped(&parts).unwrap_or_default()
}

fn part(name: &str, xml: &str) -> (String, Vec<u8>) {
    (name.to_owned(), xml.as_bytes().to_vec())
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The first day that a ZIP can name, whatever the clock says.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let over =
        |name: &str, kind: &str| format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{word}.{kind}+xml\"/>");
    format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Default Extension=\"emf\" ContentType=\"image/x-emf\"/>{}{}{}{}{}<Override \
         PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>\n",
        over("document", "document.main"),
        over("styles", "styles"),
        over("settings", "settings"),
        over("header", "header"),
        over("footer", "footer"),
    )
}

fn package_relations() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"document\" \
         Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"core\" \
         Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>\n"
    )
}

fn relations(pictures: usize) -> String {
    let one = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let mut relations: String =
        ["styles", "settings", "header", "footer"].iter().map(|name| one(name, name, &format!("{name}.xml"))).collect();
    for number in 1..=pictures {
        relations.push_str(&one(&format!("picture{number}"), "image", &format!("media/picture{number}.emf")));
    }
    format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>\n")
}

/// What is said about the document as a whole; nothing of when it was written.
fn core(document: &Document) -> String {
    let language = match document.lang {
        Lang::En => "en-GB",
        Lang::Zh => "zh-CN",
    };
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>triennial</dc:creator>\
         <dc:language>{language}</dc:language></cp:coreProperties>\n",
        text(&said(&document.title))
    )
}

fn main(body: &Body, paper: Paper) -> String {
    // Twentieths of a point.
    let (width, height, side) = (paper.width * 2, paper.height * 2, SIDE * 2);
    let across = if paper.width > paper.height { " w:orient=\"landscape\"" } else { "" };
    format!(
        "{DECLARATION}<w:document xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>\n{}<w:sectPr>\
         <w:headerReference w:type=\"default\" r:id=\"header\"/><w:footerReference w:type=\"default\" \
         r:id=\"footer\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{across}/><w:pgMar w:top=\"1360\" w:right=\"{side}\" \
         w:bottom=\"1280\" w:left=\"{side}\" w:header=\"700\" w:footer=\"600\" w:gutter=\"0\"/></w:sectPr></w:body>\
         </w:document>\n",
        body.xml
    )
}

fn settings() -> String {
    format!(
        "{DECLARATION}<w:settings xmlns:w=\"{WORD}\"><w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" \
         w:val=\"15\"/></w:compat></w:settings>\n"
    )
}

/// The title, and the word for a draft at the right edge of every page.
fn header(document: &Document, paper: Paper) -> String {
    let title = text(&said(&document.title));
    let draft = if document.draft {
        format!(
            "<w:r><w:tab/></w:r><w:r><w:rPr><w:b/><w:color w:val=\"A30D11\"/><w:sz w:val=\"20\"/></w:rPr><w:t>{}</w:t></w:r>",
            text(terms::DRAFT.get(document.lang))
        )
    } else {
        String::new()
    };
    let end = paper.room() * 2;
    format!(
        "{DECLARATION}<w:hdr xmlns:w=\"{WORD}\"><w:p><w:pPr><w:pStyle w:val=\"Running\"/><w:pBdr><w:bottom \
         w:val=\"single\" w:sz=\"4\" w:space=\"2\" w:color=\"C9C9C9\"/></w:pBdr><w:tabs><w:tab w:val=\"right\" \
         w:pos=\"{end}\"/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">{title}</w:t></w:r>{draft}</w:p></w:hdr>\n"
    )
}

/// The number of each page and how many there are: `3 / 7`.
fn footer() -> String {
    let field = |name: &str| format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    format!(
        "{DECLARATION}<w:ftr xmlns:w=\"{WORD}\"><w:p><w:pPr><w:pStyle w:val=\"Running\"/><w:jc w:val=\"center\"/>\
         </w:pPr>{}<w:r><w:t xml:space=\"preserve\"> / </w:t></w:r>{}</w:p></w:ftr>\n",
        field("PAGE"),
        field("NUMPAGES")
    )
}
