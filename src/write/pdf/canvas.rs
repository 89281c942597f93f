//! A layout drawn as PDF, with its structure for those who hear it.
//!
//! The only place that knows krilla, and with it binary fractions: positions come as whole tenths of a point and are
//! divided here, once each. Must not know documents.
#![allow(clippy::float_arithmetic, reason = "a PDF's own numbers are binary fractions; nothing here is a score")]

use std::num::NonZeroU16;

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, TableHeaderScope, Tag, TagGroup, TagTree};
use krilla::text::{GlyphId, KrillaGlyph};

use super::font::Font;
use super::piece::{Colour, Layout, Part, Piece, Style};
use crate::write::printed::Measure;

/// What is said about a document as a whole.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    /// `zh-Hans`, `en`.
    pub(super) lang: &'a str,
}

/// Draws it; `None` where the font cannot be embedded.
pub(super) fn draw(layout: &Layout, font: &Font, about: &About<'_>) -> Option<Vec<u8>> {
    let mut document = Document::new();
    let mut told: Vec<Vec<Identifier>> = vec![Vec::new(); layout.parts.len()];
    for page in &layout.pages {
        let settings = PageSettings::from_wh(points(layout.paper.width), points(layout.paper.height))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        for run in page.pieces.chunk_by(|one, next| one.0 == next.0) {
            let part = run.first().and_then(|(part, _)| *part);
            let tag = match part {
                Some(at) if matches!(layout.parts.get(at), Some(Part::Figure(_))) => ContentTag::Other,
                Some(_) => ContentTag::Span(krilla::tagging::SpanTag::empty()),
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            };
            let identifier = surface.start_tagged(tag);
            run.iter().for_each(|(_, piece)| self::piece(&mut surface, piece, font));
            surface.end_tagged();
            if let Some(told) = part.and_then(|at| told.get_mut(at)) {
                told.push(identifier);
            }
        }
        surface.finish();
        sheet.finish();
    }
    document.set_tag_tree(tree(&layout.parts, told, about.lang));
    let metadata = Metadata::new().title(about.title.to_owned()).language(about.lang.to_owned());
    document.set_metadata(metadata.creator("triennial".to_owned()).producer("triennial".to_owned()));
    document.finish().ok()
}

/// Tenths of a point as points.
fn points(tenths: i32) -> f32 {
    // Larger numbers than fit on any paper are as far off the page as these.
    let tenths = tenths.clamp(i32::from(i16::MIN), i32::from(i16::MAX));
    i16::try_from(tenths).map_or(0.0, f32::from) / 10.0
}

fn piece(surface: &mut Surface<'_>, piece: &Piece, font: &Font) {
    match piece {
        Piece::Text { text, .. } if text.is_empty() => {}
        Piece::Text { x, y, style, text } => self::text(surface, (*x, *y), *style, text, font),
        Piece::Box { x, y, width, height, colour } => {
            let right = points(x.saturating_add(*width));
            let rect = Rect::from_ltrb(points(*x), points(*y), right, points(y.saturating_add(*height)));
            let Some(rect) = rect else { return };
            let mut path = PathBuilder::new();
            path.push_rect(rect);
            fill(surface, path.finish(), *colour);
        }
        Piece::Line { points: through, thick, colour, dashed } => {
            let mut path = PathBuilder::new();
            for (at, (x, y)) in through.iter().enumerate() {
                if at == 0 { path.move_to(points(*x), points(*y)) } else { path.line_to(points(*x), points(*y)) }
            }
            let Some(path) = path.finish() else { return };
            surface.set_fill(None);
            let dash = dashed.then(|| StrokeDash { array: vec![4.0, 3.0], offset: 0.0 });
            surface.set_stroke(Some(Stroke { dash, ..stroke(*colour, *thick) }));
            surface.draw_path(&path);
        }
        Piece::Dot { x, y, radius, colour } => fill(surface, dot(points(*x), points(*y), points(*radius)), *colour),
    }
}

/// A circle of four curves.
fn dot(x: f32, y: f32, radius: f32) -> Option<Path> {
    // How far the controls of a quarter's curve stand from its ends: 4/3 (√2 - 1) of the radius.
    let bow = radius * 0.552_285;
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    path.cubic_to(x + radius, y + bow, x + bow, y + radius, x, y + radius);
    path.cubic_to(x - bow, y + radius, x - radius, y + bow, x - radius, y);
    path.cubic_to(x - radius, y - bow, x - bow, y - radius, x, y - radius);
    path.cubic_to(x + bow, y - radius, x + radius, y - bow, x + radius, y);
    path.close();
    path.finish()
}

fn fill(surface: &mut Surface<'_>, path: Option<Path>, colour: Colour) {
    let Some(path) = path else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(filled(colour)));
    surface.draw_path(&path);
}

fn text(surface: &mut Surface<'_>, (x, y): (i32, i32), style: Style, text: &str, font: &Font) {
    let glyph = |(at, c): (usize, char)| {
        let width = points(font.thousandths(c)) / 100.0;
        KrillaGlyph::new(GlyphId::new(font.glyph(c)), width, 0.0, 0.0, 0.0, at..at + c.len_utf8(), None)
    };
    let glyphs: Vec<KrillaGlyph> = text.char_indices().map(glyph).collect();
    surface.set_fill(Some(filled(style.colour)));
    // One weight is embedded: a thin line around the letters makes them bold.
    surface.set_stroke(style.strong.then(|| stroke(style.colour, (style.size / 28).max(1))));
    surface.draw_glyphs(
        Point::from_xy(points(x), points(y)),
        &glyphs,
        font.face.clone(),
        text,
        points(style.size),
        false,
    );
}

fn filled(Colour(red, green, blue): Colour) -> Fill {
    let paint = rgb::Color::new(red, green, blue).into();
    Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn stroke(Colour(red, green, blue): Colour, thick: i32) -> Stroke {
    Stroke {
        paint: rgb::Color::new(red, green, blue).into(),
        width: points(thick),
        miter_limit: 4.0,
        line_cap: LineCap::Butt,
        line_join: LineJoin::Round,
        opacity: NormalizedF32::ONE,
        dash: None,
    }
}

/// The structure: headings, paragraphs, figures, and tables of rows of cells.
fn tree(parts: &[Part], told: Vec<Vec<Identifier>>, lang: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(lang.to_owned()));
    let mut table: Option<(usize, TagGroup)> = None;
    let mut row: Option<(usize, TagGroup)> = None;
    for (part, told) in parts.iter().zip(told) {
        let leaves: Vec<Node> = told.into_iter().map(Node::from).collect();
        let (in_table, in_row) = match part {
            Part::Cell { table, row, .. } => (Some(*table), Some(*row)),
            _ => (None, None),
        };
        let same_table = table.as_ref().map(|(number, _)| *number) == in_table;
        if !same_table || row.as_ref().map(|(number, _)| *number) != in_row {
            if let (Some((_, table)), Some((_, row))) = (&mut table, row.take()) {
                table.push(row);
            }
            row = in_row.map(|number| (number, TagGroup::new(Tag::TR)));
        }
        if !same_table {
            if let Some((_, table)) = table.take() {
                tree.push(table);
            }
            table = in_table.map(|number| (number, TagGroup::new(Tag::Table)));
        }
        match part {
            Part::Cell { header, .. } => {
                let cell = if *header {
                    TagGroup::with_children(Tag::TH(TableHeaderScope::Column), leaves)
                } else {
                    TagGroup::with_children(Tag::TD, leaves)
                };
                if let Some((_, row)) = &mut row {
                    row.push(cell);
                }
            }
            Part::Title => tree.push(heading(NonZeroU16::MIN, None, leaves)),
            Part::Heading(text) => tree.push(heading(NonZeroU16::MIN.saturating_add(1), Some(text.clone()), leaves)),
            Part::Paragraph => tree.push(TagGroup::with_children(Tag::P, leaves)),
            Part::Figure(said) => tree.push(TagGroup::with_children(Tag::Figure(Some(said.clone())), leaves)),
        }
    }
    if let (Some((_, table)), Some((_, row))) = (&mut table, row) {
        table.push(row);
    }
    if let Some((_, table)) = table {
        tree.push(table);
    }
    tree
}

fn heading(level: NonZeroU16, title: Option<String>, leaves: Vec<Node>) -> TagGroup {
    TagGroup::with_children(Tag::Hn(level, title), leaves)
}
