//! Blocks flowing over pages: what does not fit goes to the next one, a heading stays with what it is the heading of,
//! and every page gets its number. Must not know tables' columns, and not how anything is drawn.

use super::figure::{self, Fit};
use super::font::Font;
use super::piece::{BLACK, Colour, GRAVE, Layout, PALE, Page, Part, Piece, RULE, Style};
use crate::write::drawing::Drawing;
use crate::write::printed::{Measure, Paper, SIDE, lines};

/// Tenths of a point left free above and below.
const TOP: i32 = 680;
const BOTTOM: i32 = 640;
/// Where the running head and the page's number stand.
const HEAD: i32 = 430;
const FOOT: i32 = 350;

pub(super) const BODY: Style = Style { size: 95, strong: false, colour: BLACK };
pub(super) const NOTE: Style = Style { size: 80, strong: false, colour: PALE };
pub(super) const HEADING: Style = Style { size: 115, strong: true, colour: BLACK };
const TITLE: Style = Style { size: 160, strong: true, colour: BLACK };
const RUNNING: Style = Style { size: 75, strong: false, colour: PALE };

pub(super) struct Flow<'a> {
    pub(super) font: &'a Font,
    paper: Paper,
    pages: Vec<Page>,
    parts: Vec<Part>,
    /// How far down the last page is filled.
    pub(super) y: i32,
}

/// The height of a line of this size.
pub(super) fn line_height(size: i32) -> i32 {
    size * 145 / 100
}

/// How far below the top of its line a text stands.
pub(super) fn base_line(size: i32) -> i32 {
    size * 110 / 100
}

impl<'a> Flow<'a> {
    pub(super) fn new(paper: Paper, font: &'a Font) -> Self {
        Self { font, paper, pages: vec![Page::default()], parts: Vec::new(), y: TOP }
    }

    /// The width between the margins.
    pub(super) fn width(&self) -> i32 {
        self.paper.room()
    }

    /// What is left of this page.
    pub(super) fn room(&self) -> i32 {
        self.paper.height - BOTTOM - self.y
    }

    /// What an empty page holds.
    pub(super) fn whole(&self) -> i32 {
        self.paper.height - BOTTOM - TOP
    }

    pub(super) fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = TOP;
    }

    /// Turns the page where less than this is left, unless the page is still empty.
    pub(super) fn need(&mut self, height: i32) {
        if self.room() < height && self.y > TOP {
            self.turn();
        }
    }

    /// Leaves a gap, but not at the top of a page.
    pub(super) fn gap(&mut self, height: i32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    pub(super) fn part(&mut self, part: Part) -> usize {
        self.parts.push(part);
        self.parts.len() - 1
    }

    pub(super) fn put(&mut self, part: Option<usize>, piece: Piece) {
        if let Some(page) = self.pages.last_mut() {
            page.pieces.push((part, piece));
        }
    }

    pub(super) fn title(&mut self, text: &str) {
        let part = self.part(Part::Title);
        self.text(text, TITLE, part, true);
        self.gap(60);
    }

    /// A heading, on the same page as this height of what follows.
    pub(super) fn heading(&mut self, text: &str, follows: i32) {
        self.gap(130);
        let height = self.height(text, HEADING);
        self.need((height + 50 + follows).min(self.whole()));
        let part = self.part(Part::Heading(text.to_owned()));
        self.text(text, HEADING, part, true);
        self.gap(50);
    }

    pub(super) fn paragraph(&mut self, text: &str, style: Style) {
        let part = self.part(Part::Paragraph);
        self.text(text, style, part, true);
        self.gap(style.size * 45 / 100);
    }

    /// A line of its own, at the left or at the right edge.
    pub(super) fn line(&mut self, text: &str, left: bool) {
        let part = self.part(Part::Paragraph);
        self.text(text, BODY, part, left);
        self.gap(20);
    }

    /// What belongs there, and a line to write on.
    pub(super) fn blank(&mut self, label: &str) {
        self.gap(50);
        self.paragraph_before_line(label);
        self.gap(50);
    }

    fn paragraph_before_line(&mut self, label: &str) {
        let style = BODY;
        let lines = lines::of(label, self.font, style.size, self.width() * 2 / 3);
        self.need(line_height(style.size) * i32::try_from(lines.len()).unwrap_or(i32::MAX).min(6));
        let part = self.part(Part::Paragraph);
        let last = lines.last().map_or(0, |line| self.font.width(line, style.size));
        for line in lines {
            self.need(line_height(style.size));
            let y = self.y + base_line(style.size);
            self.put(Some(part), Piece::Text { x: SIDE, y, style, text: line });
            self.y += line_height(style.size);
        }
        let y = self.y - line_height(style.size) + base_line(style.size) + 15;
        let points = vec![(SIDE + last + 60, y), (SIDE + self.width(), y)];
        self.put(None, Piece::Line { points, thick: 5, colour: PALE, dashed: false });
    }

    /// A drawing with its caption below.
    pub(super) fn drawing(&mut self, drawing: &Drawing, caption: &str) {
        self.gap(100);
        let under = self.height(caption, NOTE) + 60;
        let fit = Fit::of(drawing, (self.width(), (self.whole() - under).max(1)));
        let height = fit.length(drawing.height);
        self.need(height + under);
        let part = self.part(Part::Figure(caption.to_owned()));
        for piece in figure::pieces(drawing, fit.at(SIDE, self.y), self.font) {
            self.put(Some(part), piece);
        }
        self.y += height + 30;
        self.paragraph(caption, NOTE);
    }

    fn height(&self, text: &str, style: Style) -> i32 {
        let lines = lines::of(text, self.font, style.size, self.width()).len();
        line_height(style.size).saturating_mul(i32::try_from(lines).unwrap_or(i32::MAX))
    }

    fn text(&mut self, text: &str, style: Style, part: usize, left: bool) {
        for line in lines::of(text, self.font, style.size, self.width()) {
            self.need(line_height(style.size));
            let x = if left { SIDE } else { SIDE + self.width() - self.font.width(&line, style.size) };
            let y = self.y + base_line(style.size);
            self.put(Some(part), Piece::Text { x, y, style, text: line });
            self.y += line_height(style.size);
        }
    }

    /// Everything, with the title, the word for a draft and the number on each page: `3 / 7`.
    pub(super) fn finish(mut self, title: &str, draft: Option<&str>) -> Layout {
        let (count, font, paper) = (self.pages.len(), self.font, self.paper);
        let width = self.width();
        for (page, number) in self.pages.iter_mut().zip(1..) {
            let mut put = |piece| page.pieces.push((None, piece));
            let number = format!("{number} / {count}");
            let x = (paper.width - font.width(&number, RUNNING.size)) / 2;
            put(Piece::Text { x, y: paper.height - FOOT, style: RUNNING, text: number });
            let mut room = width;
            if let Some(draft) = draft {
                let style = Style { size: 100, strong: true, colour: GRAVE };
                let wide = font.width(draft, style.size);
                put(Piece::Text { x: SIDE + width - wide, y: HEAD, style, text: draft.to_owned() });
                room -= wide + 200;
            }
            let first = lines::of(title, font, RUNNING.size, room).into_iter().next().unwrap_or_default();
            put(Piece::Text { x: SIDE, y: HEAD, style: RUNNING, text: first });
            put(rule(SIDE, HEAD + 70, width, 4, RULE));
        }
        Layout { paper, pages: self.pages, parts: self.parts }
    }
}

/// A level line.
pub(super) fn rule(x: i32, y: i32, width: i32, thick: i32, colour: Colour) -> Piece {
    Piece::Line { points: vec![(x, y), (x + width, y)], thick, colour, dashed: false }
}
