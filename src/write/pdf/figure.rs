//! A drawing placed on a page, made smaller where it is wider than the page. Must not know what is drawn.

use super::font::Font;
use super::piece::{AREA, BLACK, Colour, GRAVE, LIMIT, PALE, Piece, Style};
use crate::write::drawing::{Anchor, Drawing, Ink, Mark};
use crate::write::printed::Measure;

/// How a drawing is fitted: so many parts of so many, from this corner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    pub(super) x: i32,
    pub(super) y: i32,
    part: i32,
    of: i32,
}

impl Fit {
    /// A drawing in this room, never larger than it is.
    pub(super) fn of(drawing: &Drawing, (width, height): (i32, i32)) -> Self {
        let wide = (width.min(drawing.width), drawing.width.max(1));
        let high = (height.min(drawing.height), drawing.height.max(1));
        let by_width = i64::from(wide.0) * i64::from(high.1) <= i64::from(high.0) * i64::from(wide.1);
        let (part, of) = if by_width { wide } else { high };
        Self { x: 0, y: 0, part: part.max(1), of }
    }

    pub(super) fn at(self, x: i32, y: i32) -> Self {
        Self { x, y, ..self }
    }

    /// A length, fitted.
    pub(super) fn length(self, length: i32) -> i32 {
        let fitted = i64::from(length) * i64::from(self.part) / i64::from(self.of);
        i32::try_from(fitted).unwrap_or(i32::MAX)
    }

    fn point(self, (x, y): (i32, i32)) -> (i32, i32) {
        (self.x.saturating_add(self.length(x)), self.y.saturating_add(self.length(y)))
    }
}

/// The marks of a drawing.
pub(super) fn pieces(drawing: &Drawing, fit: Fit, font: &Font) -> Vec<Piece> {
    drawing.marks.iter().map(|mark| piece(mark, fit, font)).collect()
}

fn piece(mark: &Mark, fit: Fit, font: &Font) -> Piece {
    match mark {
        Mark::Box { x, y, width, height, ink } => {
            let (left, top) = fit.point((*x, *y));
            Piece::Box { x: left, y: top, width: fit.length(*width), height: fit.length(*height), colour: area(*ink) }
        }
        Mark::Line { points, ink, dashed } => Piece::Line {
            points: points.iter().map(|point| fit.point(*point)).collect(),
            thick: fit.length(8).max(3),
            colour: colour(*ink),
            dashed: *dashed,
        },
        Mark::Dot { x, y, ink } => {
            let (x, y) = fit.point((*x, *y));
            Piece::Dot { x, y, radius: fit.length(25).max(8), colour: colour(*ink) }
        }
        Mark::Words { x, y, anchor, size, text, ink } => {
            let (x, y) = fit.point((*x, *y));
            let size = fit.length(*size).max(1);
            let text = crate::wording::safe::visible(text).into_owned();
            let width = font.width(&text, size);
            let x = match anchor {
                Anchor::Start => x,
                Anchor::Middle => x - width / 2,
                Anchor::End => x - width,
            };
            Piece::Text { x, y, style: Style { size, strong: false, colour: colour(*ink) }, text }
        }
    }
}

/// Areas are lighter than lines and words, which stand on them and have to be seen in grey as well.
fn area(ink: Ink) -> Colour {
    if ink == Ink::Pale { AREA } else { colour(ink) }
}

fn colour(ink: Ink) -> Colour {
    match ink {
        Ink::Main => BLACK,
        Ink::Pale => PALE,
        Ink::Limit => LIMIT,
        Ink::Grave => GRAVE,
    }
}
