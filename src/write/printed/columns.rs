//! How wide the columns of a table are, and which of them stand side by side. Must not know pages.

use super::{Measure, Strong, lines};
use crate::write::sheet::Table;

/// Tenths of a point left free at each side of a cell.
pub(in crate::write) const PAD: i32 = 35;
/// Sizes of letters in tables, the largest that is comfortable is taken.
const SIZES: [i32; 3] = [80, 72, 64];
/// Text of this many letters' width need not be broken.
const SHORT: i32 = 7;
/// Word knows no tables of more than 63 columns.
const MOST_COLUMNS: usize = 60;
/// No text asks for more room than so many lines as wide as the page.
const FEW: i32 = 3;
/// In so many steps what is left of the width is given away, tried on so many rows.
const STEPS: i64 = 32;
const TRIED: usize = 120;
/// No row of a tree stands further in than this many steps.
const DEEPEST: usize = 6;

/// Some columns of a table, set in one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::write) struct Plan {
    pub(in crate::write) size: i32,
    /// Which columns, with the width of each.
    pub(in crate::write) columns: Vec<(usize, i32)>,
}

/// What a column wants.
#[derive(Debug, Clone, Copy)]
struct Want {
    /// No word broken.
    least: i32,
    /// No short text broken.
    comfort: i32,
    /// Nothing broken.
    most: i32,
    /// All texts in one line: who has more to say gets more of what is left.
    say: i64,
}

/// The texts of a table, ready to be printed: its header, then its rows.
pub(in crate::write) struct Texts {
    pub(in crate::write) header: Vec<String>,
    pub(in crate::write) rows: Vec<Vec<String>>,
}

/// How far in a row's title stands.
pub(in crate::write) fn indent(depth: usize, column: usize, size: i32) -> i32 {
    if column == 1 { i32::try_from(depth.min(DEEPEST)).unwrap_or(0) * size } else { 0 }
}

/// Whether a table can be read in this width without small print or broken short texts.
pub(in crate::write) fn is_comfortable(table: &Table, texts: &Texts, measure: &dyn Measure, width: i32) -> bool {
    wants(table, texts, measure, width, SIZES[1]).iter().map(|want| want.comfort).sum::<i32>() <= width
}

/// One plan, or several for a table with more columns than any size makes fit: each repeats the first two.
pub(in crate::write) fn plans(table: &Table, texts: &Texts, measure: &dyn Measure, width: i32) -> Vec<Plan> {
    let mut smallest = Vec::new();
    for size in SIZES {
        smallest = wants(table, texts, measure, width, size);
        if smallest.iter().map(|want| want.comfort).sum::<i32>() <= width {
            let rows = inked(table, texts, measure, size);
            return vec![plan(size, &smallest, &rows, (0..smallest.len()).collect(), width)];
        }
    }
    let size = SIZES[SIZES.len() - 1];
    let rows = inked(table, texts, measure, size);
    folded(&smallest, width).into_iter().map(|columns| plan(size, &smallest, &rows, columns, width)).collect()
}

fn wants(table: &Table, texts: &Texts, measure: &dyn Measure, width: i32, size: i32) -> Vec<Want> {
    let column = |at: usize| {
        let mut want = Want { least: 0, comfort: 0, most: 0, say: 0 };
        let rows = texts.rows.iter().zip(table.rows.iter().map(|row| row.depth));
        let cells = rows.filter_map(|(row, depth)| Some((row.get(at)?, indent(depth, at, size))));
        let cells = cells.map(|(text, inset)| (text, inset, measure));
        let strong: &dyn Measure = &Strong(measure);
        for (text, inset, measure) in cells.chain(texts.header.get(at).map(|title| (title, 0, strong))) {
            want.least = want.least.max(lines::widest_piece(text, measure, size).saturating_add(inset));
            want.most = want.most.max(lines::widest_line(text, measure, size).saturating_add(inset));
            // A text of pages counts as a few lines: it is broken over pages anyway, and must not squeeze all others.
            want.say += i64::from(measure.width(text, size).min(FEW * width));
        }
        let least = want.least.min(width / 4) + 2 * PAD;
        let most = want.most.min(width).max(want.least.min(width / 4)) + 2 * PAD;
        Want { least, comfort: least.max(most.min(SHORT * size + 2 * PAD)), most, say: want.say }
    };
    (0..table.columns.len()).map(column).collect()
}

/// Columns that fit beside each other, the first two in each group.
fn folded(wants: &[Want], width: i32) -> Vec<Vec<usize>> {
    let least = |at: &usize| wants[*at].least;
    let keys: Vec<usize> = (0..wants.len().min(2)).collect();
    let taken: i32 = keys.iter().map(least).sum();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut used = i32::MAX;
    for at in keys.len()..wants.len() {
        let full = groups.last().is_some_and(|group| group.len() >= MOST_COLUMNS);
        if full || used.saturating_add(least(&at)) > width {
            groups.push(keys.clone());
            used = taken;
        }
        used += least(&at);
        if let Some(group) = groups.last_mut() {
            group.push(at);
        }
    }
    if groups.is_empty() { vec![keys] } else { groups }
}

/// Each column gets what it needs, and of the rest, step by step, whichever makes the rows lowest; then the more the more
/// it has to say, until no line is broken.
fn plan(size: i32, wants: &[Want], rows: &[Vec<Inked>], columns: Vec<usize>, width: i32) -> Plan {
    let sum = |of: fn(&Want) -> i32| columns.iter().map(|at| i64::from(of(&wants[*at]))).sum::<i64>();
    let width = i64::from(width);
    let comfortable = sum(|want| want.comfort) <= width;
    let base = |want: &Want| if comfortable { want.comfort } else { want.least };
    let mut widths: Vec<(usize, i32)> = columns.into_iter().map(|at| (at, base(&wants[at]))).collect();
    let rest = |widths: &[(usize, i32)]| width - widths.iter().map(|(_, given)| i64::from(*given)).sum::<i64>();
    let step = i32::try_from(rest(&widths) / STEPS).unwrap_or(0).max(1);
    while rest(&widths) >= i64::from(step) {
        let Some(nth) = lowest(&widths, wants, rows, step) else { break };
        widths[nth].1 += step;
    }
    // Each round fills at least one column or spends what is left.
    for _ in 0..widths.len() {
        let rest = rest(&widths);
        let say = |at: usize, given: i32| if given < wants[at].most { wants[at].say.max(1) } else { 0 };
        let said: i64 = widths.iter().map(|(at, given)| say(*at, *given)).sum();
        if rest <= 0 || said == 0 {
            break;
        }
        for (at, given) in &mut widths {
            let more = rest * say(*at, *given) / said;
            let more = more.min(i64::from(wants[*at].most - *given)).max(0);
            *given += i32::try_from(more).unwrap_or(0);
        }
    }
    Plan { size, columns: widths }
}

/// Which of the columns makes the rows lowest where it is this much wider; `None` where none does.
fn lowest(widths: &[(usize, i32)], wants: &[Want], rows: &[Vec<Inked>], step: i32) -> Option<usize> {
    let mut saved = vec![0i64; widths.len()];
    for row in rows {
        let height = |(at, width): &(usize, i32), more: i32| row.get(*at).map_or(0, |cell| cell.height(width + more));
        let heights: Vec<i64> = widths.iter().map(|column| height(column, 0)).collect();
        let Some((nth, highest)) = heights.iter().enumerate().max_by_key(|(_, height)| **height) else { continue };
        let others = heights.iter().enumerate().filter(|(at, _)| *at != nth).map(|(_, height)| *height);
        saved[nth] += highest - height(&widths[nth], step).max(others.max().unwrap_or(0));
    }
    let has_use = |nth: &usize| widths[*nth].1 < wants[widths[*nth].0].most && saved[*nth] > 0;
    (0..widths.len()).filter(has_use).max_by_key(|nth| (saved[*nth], std::cmp::Reverse(*nth)))
}

/// How much ink a cell takes: the width of each line of its text, and how far in it stands.
struct Inked {
    lines: Vec<i32>,
    inset: i32,
}

impl Inked {
    /// Its height in thousandths of a line.
    fn height(&self, width: i32) -> i64 {
        let room = i64::from((width - 2 * PAD - self.inset).max(1));
        self.lines.iter().map(|line| (1000 * i64::from(*line) / room).max(1000)).sum()
    }
}

/// The rows that widths are tried on: a long table is the same all the way down.
fn inked(table: &Table, texts: &Texts, measure: &dyn Measure, size: i32) -> Vec<Vec<Inked>> {
    let cell = |(at, text): (usize, &String), depth| Inked {
        lines: text.split('\n').map(|line| measure.width(line, size)).collect(),
        inset: indent(depth, at, size),
    };
    let rows = texts.rows.iter().zip(&table.rows).take(TRIED);
    rows.map(|(texts, row)| texts.iter().enumerate().map(|text| cell(text, row.depth)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One column has ten times as much to say as the other, in every row.
    #[test]
    fn a_column_that_makes_rows_high_is_made_wider() {
        let cell = |width: i32| Inked { lines: vec![width], inset: 0 };
        let rows: Vec<Vec<Inked>> = (0..10).map(|_| vec![cell(300), cell(3000)]).collect();
        let want = |most: i32, say: i64| Want { least: 100, comfort: 100, most, say };
        let wants = [want(370, 3000), want(3070, 30_000)];
        let widths: Vec<i32> =
            plan(80, &wants, &rows, vec![0, 1], 1570).columns.iter().map(|(_, width)| *width).collect();
        // A tenth is lost by rounding.
        assert!((1568..=1570).contains(&widths.iter().sum::<i32>()), "{widths:?}");
        // A tenth of the words, a tenth of the room behind the margins: both take as many lines.
        assert!((widths[0] - 2 * PAD) * 8 < widths[1] - 2 * PAD && widths[0] < 300, "{widths:?}");
    }
}
