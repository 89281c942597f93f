//! Where the last frame drew what, so that the mouse can point at it. Must not know the model.

use crate::app::Msg;
use crate::app::msg::Seen;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Rows of the front list: first and last line on the screen, and the item.
    pub rows: Vec<(u16, u16, usize)>,
    /// Columns of the front table: first cell and the one behind the last, and the column.
    pub columns: Vec<(u16, u16, usize)>,
    /// What the front list showed; `None` where there is no list.
    pub seen: Option<Seen>,
}

impl Layout {
    /// What a click means.
    pub fn point(&self, x: u16, y: u16) -> Option<Msg> {
        let (.., row) = *self.rows.iter().find(|(first, last, _)| (*first..=*last).contains(&y))?;
        let column = self.columns.iter().find(|(from, to, _)| (*from..*to).contains(&x)).map(|(.., column)| *column);
        Some(Msg::Point { row, column })
    }

    /// How much of the chosen item stands below the fold.
    pub fn see_below(&mut self, below: usize) {
        if let Some(seen) = &mut self.seen {
            seen.below = below;
        }
    }

    pub fn see(&mut self, rows: &std::ops::Range<usize>, first_column: usize) {
        self.seen = Some(Seen { first: rows.start, shown: rows.len(), first_column, below: 0 });
    }
}
