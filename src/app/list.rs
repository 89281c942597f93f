//! A position in a list that shows a part of itself. Must not know what is listed.

/// What is chosen, the first item shown and how many are shown; the latter two as the screen last drew them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct List {
    pub at: usize,
    pub first: usize,
    pub shown: usize,
}

/// A way to go in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Motion {
    Back(usize),
    On(usize),
    PageBack,
    PageOn,
    First,
    Last,
}

impl List {
    pub fn at(at: usize) -> Self {
        Self { at, ..Self::default() }
    }

    /// Where a motion leads among `count` items.
    pub fn target(&self, motion: Motion, count: usize) -> usize {
        let page = self.shown.saturating_sub(1).max(1);
        let to = match motion {
            Motion::Back(n) => self.at.saturating_sub(n),
            Motion::On(n) => self.at.saturating_add(n),
            Motion::PageBack => self.at.saturating_sub(page),
            Motion::PageOn => self.at.saturating_add(page),
            Motion::First => 0,
            Motion::Last => count,
        };
        to.min(count.saturating_sub(1))
    }

    /// Goes there; whether that is elsewhere.
    pub fn go(&mut self, motion: Motion, count: usize) -> bool {
        let to = self.target(motion, count);
        std::mem::replace(&mut self.at, to) != to
    }

    /// Stays inside a list that may have become shorter.
    pub fn within(&mut self, count: usize) {
        self.at = self.at.min(count.saturating_sub(1));
    }
}

/// Which items to show in `room`: from the last first one, moved no further than the chosen one needs. `size` says how
/// much room an item takes; it is asked only about items near the answer.
pub fn window(list: &List, count: usize, room: usize, mut size: impl FnMut(usize) -> usize) -> std::ops::Range<usize> {
    if count == 0 || room == 0 {
        return 0..0;
    }
    let at = list.at.min(count - 1);
    // Going back from the chosen item finds the earliest first item that still shows it whole.
    let mut used = size(at);
    let mut earliest = at;
    while earliest > 0 && earliest > list.first {
        used += size(earliest - 1);
        if used > room {
            break;
        }
        earliest -= 1;
    }
    let first = earliest.max(list.first.min(at));
    let mut end = first;
    let mut used = 0;
    while end < count && used < room {
        used += size(end);
        end += 1;
    }
    // Where the end of the list leaves room, earlier items fill it.
    let mut first = first;
    while end == count && first > 0 && used + size(first - 1) <= room {
        first -= 1;
        used += size(first);
    }
    first..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(at: usize, first: usize, count: usize, room: usize) -> std::ops::Range<usize> {
        window(&List { at, first, shown: 0 }, count, room, |_| 1)
    }

    #[test]
    fn the_window_moves_no_further_than_the_chosen_item_needs() {
        assert_eq!(shown(0, 0, 100, 10), 0..10);
        assert_eq!(shown(9, 0, 100, 10), 0..10);
        assert_eq!(shown(10, 0, 100, 10), 1..11);
        assert_eq!(shown(4, 5, 100, 10), 4..14);
        assert_eq!(shown(99, 0, 100, 10), 90..100);
        assert_eq!(shown(3, 95, 5, 10), 0..5);
        assert_eq!(shown(0, 0, 0, 10), 0..0);
        assert_eq!(shown(0, 0, 10, 0), 0..0);
    }

    #[test]
    fn items_of_several_rows_are_shown_whole_where_they_fit() {
        let rows = [1, 4, 1, 4, 1];
        let window = |at, first, room| window(&List { at, first, shown: 0 }, rows.len(), room, |i| rows[i]);
        assert_eq!(window(3, 0, 6), 2..5);
        assert_eq!(window(1, 0, 2), 1..2);
    }
}
