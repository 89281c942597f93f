//! The distribution as bars, the highest totals first. Must not know how totals came about.

use unicode_width::UnicodeWidthStr;

use super::{Figures, GAP, Row, Span, cut, right, span};
use crate::domain::cohort::CentreIx;
use crate::domain::distribution::{Bin, Distribution, distributions};
use crate::domain::number::Number;
use crate::domain::score::State;
use crate::domain::text::Lang;
use crate::wording::Phrase;
use crate::wording::plot as says;
use crate::write::drawing::Ink;
use crate::write::plot::along;

/// Stands before the name of the centre that is marked.
const MARK: &str = "< ";

/// The totals of every kind, or of the marked centre's kind alone; the marked centre is named in its range.
pub fn distribution(figures: Figures<'_>, marked: Option<CentreIx>, only: bool, lang: Lang) -> Vec<Row> {
    let none = |says: Phrase| vec![Row::Said(says.get(lang).to_owned())];
    if !figures.rubric.has_total() {
        return none(says::NO_TOTALS);
    }
    if figures.cohort.is_empty() {
        return none(says::NO_CENTRES);
    }
    let kind = marked.map(|ix| figures.cohort.centre(ix).kind);
    let mut rows = Vec::new();
    let all = distributions(figures.rubric, figures.cohort, figures.cards);
    for of in all.iter().filter(|of| !only || kind == Some(of.kind)) {
        if !rows.is_empty() {
            rows.push(Row::Blank);
        }
        rows.extend(of_kind(figures, of, marked.filter(|_| kind == Some(of.kind)), lang));
    }
    if rows.iter().any(|row| matches!(row, Row::Bin { .. })) {
        rows.extend([Row::Blank, Row::Said(says::EDGES.get(lang).to_owned())]);
    }
    rows
}

/// The row to begin at: that of the marked centre, else the first.
pub fn starts_at(rows: &[Row]) -> usize {
    rows.iter().position(|row| matches!(row, Row::Bin { is_marked: true, .. })).unwrap_or(0)
}

fn of_kind(figures: Figures<'_>, of: &Distribution, marked: Option<CentreIx>, lang: Lang) -> Vec<Row> {
    let title = says::kind(of.kind, figures.rubric, lang);
    let title = if title.is_empty() { says::DISTRIBUTION.get(lang) } else { title };
    let mut rows = vec![Row::Head(title.to_owned()), Row::Said(says::lie(of, figures.rubric, lang))];
    let total = marked.and_then(|ix| {
        let tally = &figures.cards.get(ix.0)?.tally;
        (tally.state == State::Complete).then_some((&tally.compared, figures.cohort.centre(ix).label()))
    });
    if let (Some(ix), None) = (marked, &total)
        && let Some(card) = figures.cards.get(ix.0)
    {
        rows.push(Row::Said(says::without_total(figures.cohort.centre(ix).label(), &card.tally.state, lang)));
    }
    let at = total.and_then(|(total, _)| of.bin_of(total));
    let (most, label) = (of.highest(), label_of(&of.bins));
    for (ix, bin) in of.bins.iter().enumerate().rev() {
        // A line stands between the range above it and the one below, or above the range that it cuts.
        let last = ix + 1 == of.bins.len();
        let above = of.lines.iter().filter(|line| line.at == bin.to && !last || line.at > bin.from && line.at < bin.to);
        rows.extend(above.map(|line| Row::Line(says::line(line, figures.rubric, lang))));
        let is_marked = at == Some(ix);
        let mark = total.filter(|_| is_marked).map_or(String::new(), |(_, name)| name.to_owned());
        rows.push(Row::Bin { label: label(bin), centres: bin.centres, most, mark, is_marked });
        if ix == 0 {
            let below = of.lines.iter().filter(|line| line.at == bin.from);
            rows.extend(below.map(|line| Row::Line(says::line(line, figures.rubric, lang))));
        }
    }
    rows
}

/// `85 - 90`, all of the same width.
fn label_of(bins: &[Bin]) -> impl Fn(&Bin) -> String + use<> {
    let ends = bins.iter().flat_map(|bin| [&bin.from, &bin.to]);
    let widest = ends.map(|end| says::shortened_plain(end).width()).max().unwrap_or(0);
    move |bin| {
        let [from, to] = [&bin.from, &bin.to].map(|end| right(&says::shortened_plain(end), widest));
        format!("{from} - {to}")
    }
}

/// A bar as long as its share of the longest, the count behind it, and the name of who is marked in what is left.
pub(super) fn bin(
    (label, centres, most): (&str, usize, usize),
    (mark, is_marked): (&str, bool),
    width: usize,
) -> Vec<Span> {
    let count = centres.to_string();
    // Half of the room is for the name, whoever is marked, so that bars keep their length as the mark moves.
    let bars = width.saturating_sub(label.width() + GAP + 1 + count.len()).div_ceil(2);
    let longest = i32::try_from(bars).unwrap_or(0);
    let length = along(&Number::from(centres), (&Number::ZERO, &Number::from(most)), longest);
    let length = usize::try_from(length).unwrap_or(0).max(usize::from(centres > 0));
    let bar = if length > 0 { format!("{} {count}", "#".repeat(length)) } else { count };
    let rest = width.saturating_sub(label.width() + GAP + bar.width() + GAP);
    let mut spans = vec![span(label, Ink::Pale), span(" ".repeat(GAP), Ink::Pale), span(bar, Ink::Main)];
    if is_marked && rest > MARK.len() {
        spans.push(span(" ".repeat(GAP), Ink::Main));
        spans.push(span(format!("{MARK}{}", cut(mark, rest - MARK.len())), Ink::Grave));
    }
    spans
}
