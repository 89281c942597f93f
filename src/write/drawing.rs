//! A drawing of lines, boxes and words, for every format that can show one.
//!
//! Positions are whole tenths of a point from the upper left corner, so that the same drawing has the same bytes
//! everywhere. Must not know what it shows, and no format.

/// What is drawn, in the order in which it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// What a person who cannot see it should know; also its caption.
    pub caption: String,
    /// Tenths of a point.
    pub width: i32,
    pub height: i32,
    pub marks: Vec<Mark>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Box {
        x: i32,
        y: i32,
        width: i32,
        height: i32,
        ink: Ink,
    },
    /// Straight pieces through these points.
    Line {
        points: Vec<(i32, i32)>,
        ink: Ink,
        dashed: bool,
    },
    Dot {
        x: i32,
        y: i32,
        ink: Ink,
    },
    /// Text with its base line at `y`; `size` is the height of its letters' body.
    Words {
        x: i32,
        y: i32,
        anchor: Anchor,
        size: i32,
        text: String,
        ink: Ink,
    },
}

/// Where the point of a text lies in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// What a mark stands for; each format has its colours, and none of them is the only sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Text and the figures of the centre itself.
    Main,
    /// Others to compare with, axes, helping lines.
    Pale,
    /// Limits: grade lines, thresholds.
    Limit,
    /// What has to be acted on.
    Grave,
}
