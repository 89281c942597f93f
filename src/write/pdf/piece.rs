//! What stands on a page, placed in whole tenths of a point from its upper left corner. Must not know how it came there,
//! and not how it is drawn.

use crate::write::printed::Paper;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

pub(super) const BLACK: Colour = Colour(0x1a, 0x1a, 0x1a);
pub(super) const PALE: Colour = Colour(0x5c, 0x5c, 0x5c);
pub(super) const AREA: Colour = Colour(0xb4, 0xb4, 0xb4);
pub(super) const RULE: Colour = Colour(0xc9, 0xc9, 0xc9);
pub(super) const BAND: Colour = Colour(0xf0, 0xf0, 0xee);
pub(super) const LIMIT: Colour = Colour(0x8a, 0x4b, 0x00);
pub(super) const GRAVE: Colour = Colour(0xa3, 0x0d, 0x11);

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) size: i32,
    pub(super) strong: bool,
    pub(super) colour: Colour,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// One line with its base line at `y`.
    Text {
        x: i32,
        y: i32,
        style: Style,
        text: String,
    },
    Box {
        x: i32,
        y: i32,
        width: i32,
        height: i32,
        colour: Colour,
    },
    Line {
        points: Vec<(i32, i32)>,
        thick: i32,
        colour: Colour,
        dashed: bool,
    },
    Dot {
        x: i32,
        y: i32,
        radius: i32,
        colour: Colour,
    },
}

/// What a person who hears the document is told that a piece belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Title,
    Heading(String),
    Paragraph,
    /// With what is said in its place.
    Figure(String),
    /// Cells that follow each other in one row make that row, rows of one table that table.
    Cell {
        table: usize,
        row: usize,
        header: bool,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// With the number of the part they belong to; none for what only adorns the page.
    pub(super) pieces: Vec<(Option<usize>, Piece)>,
}

/// Everything that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) paper: Paper,
    pub(super) pages: Vec<Page>,
    pub(super) parts: Vec<Part>,
}
