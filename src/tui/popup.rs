//! A box over the screen.

use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType, Clear};
use unicode_width::UnicodeWidthStr;

use super::pen::Pen;
use super::theme::Role;

/// A margin beside a box narrower than this is no place to read anything.
const SLIVER: u16 = 4;

/// Clears a box of this size in the middle of an area and draws its border; gives back the room inside.
pub fn popup(pen: &mut Pen<'_, '_>, area: Rect, (width, height): (u16, u16), title: &str) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    let at = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    cut_left_edge(pen, at);
    clear_slivers(pen, area, at);
    pen.frame.render_widget(Clear, at);
    let title = super::fit::fit(&format!(" {title} "), usize::from(width.saturating_sub(2)));
    let block = Block::bordered()
        .border_type(BorderType::Plain)
        .border_style(pen.style(Role::Head))
        .title(title)
        .title_style(pen.style(Role::Title));
    let inside = block.inner(at);
    pen.frame.render_widget(block, at);
    Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside }
}

/// A wide character that reaches into the box from the left would keep the border's first cell from ever being sent
/// to the terminal (ratatui issue 2526), so it goes.
fn cut_left_edge(pen: &mut Pen<'_, '_>, at: Rect) {
    let Some(x) = at.x.checked_sub(1) else { return };
    let buffer = pen.frame.buffer_mut();
    for y in at.top()..at.bottom() {
        if let Some(cell) = buffer.cell_mut((x, y))
            && cell.symbol().width() > 1
        {
            cell.set_symbol(" ");
        }
    }
}

/// A margin in which no word has room only shows single letters of what lies below: it is cleared beside the box.
fn clear_slivers(pen: &mut Pen<'_, '_>, area: Rect, at: Rect) {
    for (left, right) in [(area.left(), at.left()), (at.right(), area.right())] {
        if right - left < SLIVER {
            pen.frame.render_widget(Clear, Rect { x: left, width: right - left, ..at });
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;
    use crate::app::model::Theme;

    /// One column at each side has room for single letters only, five have room for words.
    #[test]
    fn a_margin_too_narrow_to_read_is_cleared_and_a_wider_one_stays() {
        for (width, margin) in [(10, " "), (2, "x")] {
            let mut terminal = Terminal::new(TestBackend::new(12, 5)).unwrap();
            terminal
                .draw(|frame| {
                    let mut pen = Pen { frame, theme: Theme::Plain };
                    let area = pen.frame.area();
                    (0..5).for_each(|y| {
                        pen.text((0, y), 12, "xxxxxxxxxxxx", Role::Plain);
                    });
                    popup(&mut pen, area, (width, 3), "");
                })
                .unwrap();
            let buffer = terminal.backend().buffer();
            for y in 1..4 {
                assert_eq!((buffer[(0, y)].symbol(), buffer[(11, y)].symbol()), (margin, margin), "{width}");
            }
            assert_eq!(buffer[(0, 0)].symbol(), "x", "above the box nothing is touched");
        }
    }

    /// 字 stands in columns 3 and 4 of every row; the box begins in column 4.
    #[test]
    fn a_box_over_half_a_wide_character_keeps_its_left_border() {
        let mut terminal = Terminal::new(TestBackend::new(12, 4)).unwrap();
        let mut draw = |boxed: bool| {
            terminal
                .draw(|frame| {
                    let mut pen = Pen { frame, theme: Theme::Plain };
                    let area = pen.frame.area();
                    for y in 0..4 {
                        pen.text((0, y), 12, "abc字字字字", Role::Plain);
                    }
                    if boxed {
                        popup(&mut pen, area, (4, 4), "");
                    }
                })
                .unwrap();
        };
        draw(false);
        draw(true);
        let buffer = terminal.backend().buffer();
        let row: Vec<&str> = (0..12).map(|x| buffer[(x, 1)].symbol()).collect();
        assert_eq!(row[3..8], [" ", "│", " ", " ", "│"]);
    }
}
