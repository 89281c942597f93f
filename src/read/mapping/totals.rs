//! What a row of totals says, held against the sums of the figures that were read: where they differ, rows are missing or
//! there twice. Must not know how a cell is read.

use std::collections::HashMap;

use crate::domain::diagnostic::Diagnostic;
use crate::domain::number::{Mode, Number, Round};

/// Sums of the figures of a sheet as they stand in it, by the column of our own tables.
#[derive(Default)]
pub(super) struct Totals {
    sums: HashMap<String, Sum>,
    stated: Vec<Stated>,
}

struct Sum {
    number: Number,
    figures: usize,
    /// Something stands among them that is no figure; it is refused elsewhere.
    sure: bool,
}

struct Stated {
    column: String,
    number: Number,
    /// Row and column, from 1.
    at: (usize, usize),
}

impl Totals {
    /// One cell of a centre; `None` for what is no figure.
    pub fn add(&mut self, column: String, figure: Option<&Number>) {
        let sum = self.sums.entry(column).or_insert(Sum { number: Number::ZERO, figures: 0, sure: true });
        match figure {
            Some(figure) => {
                sum.number = &sum.number + figure;
                sum.figures += 1;
            }
            None => sum.sure = false,
        }
    }

    /// One cell of a row of totals.
    pub fn state(&mut self, column: String, number: Number, at: (usize, usize)) {
        self.stated.push(Stated { column, number, at });
    }

    /// Totals that are not the sum of what was read.
    pub fn differences(&self) -> impl Iterator<Item = Diagnostic> {
        let nothing = Sum { number: Number::ZERO, figures: 0, sure: true };
        self.stated.iter().filter_map(move |stated| {
            let sum = self.sums.get(&stated.column).unwrap_or(&nothing);
            (sum.sure && !is_same(&stated.number, &sum.number)).then(|| differs(stated, sum))
        })
    }
}

/// Whether a total is the sum, in the places that it is written with. A workbook adds in binary: beyond twelve digits its
/// sums are nobody's word.
fn is_same(stated: &Number, sum: &Number) -> bool {
    let places = stated.places().unwrap_or(0);
    let noise = Number::from(1_000_000_000_000_i64);
    sum.rounded(Round { places, mode: Mode::HalfUp }) == *stated || (stated - sum).abs() * noise <= stated.abs()
}

fn differs(stated: &Stated, sum: &Sum) -> Diagnostic {
    let Stated { column, number, at } = stated;
    let Sum { number: added, figures, .. } = sum;
    let difference = (number - added).abs();
    let (en, zh) = if number > added { ("missing", "少") } else { ("too much", "多") };
    Diagnostic::warning(
        "W-mapping-total",
        format!(
            "`{column}`: the row of totals says {number}, the {figures} figures that are read add up to {added}: \
             {difference} {en}"
        ),
        format!("`{column}`：合计行为 {number}，所读取的 {figures} 个数值之和为 {added}，{zh} {difference}"),
    )
    .help(
        "look for rows that are missing, skipped or there twice; a row that is no sum of these, such as a mean, belongs \
         under `skip`",
        "请检查是否有缺漏、跳过或重复的行；若该行并非这些行之和（如平均值），请写入 `skip`",
    )
    .in_cell(at.0, at.1)
}
