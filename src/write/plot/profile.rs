//! A centre's share of each criterion on a line from nothing to all, with the middle half of its kind behind it. Must
//! not know how points came about.

use super::{
    Anchor, Drawing, Ink, Lang, Mark, Peers, SIZE, SMALL, Source, WIDTH, along, line, lines, titled_at, words,
};
use crate::domain::cohort::CentreIx;
use crate::domain::grade::Scorecard;
use crate::domain::number::Number;
use crate::domain::peers::{Beside, Part, is_scored};
use crate::domain::score::State;
use crate::wording::plot as says;
use crate::wording::terms;

/// Where the lines begin and end, in tenths of a point; titles stand before them and figures behind.
const FROM: i32 = 1650;
const TO: i32 = 3750;
/// From one row to the next.
const STEP: i32 = 190;
/// Half the height of the bar that holds the middle half.
const HALF: i32 = 40;

pub(super) fn drawing(source: Source<'_>, peers: &Peers, centre: CentreIx, lang: Lang) -> Option<Drawing> {
    let card = source.card(centre).filter(|_| is_scored(source.cards, centre))?;
    let rows = peers.beside(source.rubric, source.cohort, card);
    if rows.is_empty() {
        return None;
    }
    let foot = STEP / 2 + i32::try_from(rows.len()).ok()? * STEP;
    let mut marks = Vec::new();
    for (at, text) in [(0, "0%"), (1, "50%"), (2, "100%")] {
        let x = FROM + (TO - FROM) * at / 2;
        marks.push(line((x, STEP / 4), (x, foot - STEP / 4), Ink::Pale, true));
        marks.push(words((x, foot + SMALL / 2), Anchor::Middle, SMALL, text, Ink::Pale));
    }
    for (y, row) in (0..).map(|at| STEP / 2 + STEP / 4 + at * STEP).zip(&rows) {
        marks.extend(beside(source, card, row, y, lang));
    }
    let mut height = foot + STEP / 2;
    for text in lines(says::PROFILE_KEY.get(lang), SMALL, WIDTH) {
        height += SMALL * 3 / 2;
        marks.push(words((0, height), Anchor::Start, SMALL, &text, Ink::Pale));
    }
    let of = rows.iter().filter_map(|row| row.peers.as_ref()).map(|peers| peers.of).max().unwrap_or(0);
    let name = source.cohort.centre(centre).label();
    let caption = says::profile(name, of, card.tally.state != State::Complete, lang);
    Some(Drawing { caption, width: WIDTH, height: height + SMALL / 2, marks })
}

fn beside(source: Source<'_>, card: &Scorecard, row: &Beside, y: i32, lang: Lang) -> Vec<Mark> {
    let base = y + SIZE / 3;
    let mut marks = titled_at(&says::part(row.part, source.rubric, lang), (y, FROM - 100));
    let at = |share: &Number| FROM + along(&share.abs(), (&Number::ZERO, &Number::ONE), TO - FROM);
    if let Some(peers) = &row.peers {
        let ends = [at(&peers.lower), at(&peers.upper)];
        let (left, right) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        marks.push(line((at(&peers.least), y), (at(&peers.most), y), Ink::Pale, false));
        marks.push(Mark::Box { x: left, y: y - HALF, width: (right - left).max(10), height: 2 * HALF, ink: Ink::Pale });
        let middle = at(&peers.median);
        marks.push(line((middle, y - HALF - 15), (middle, y + HALF + 15), Ink::Main, false));
    }
    marks.extend(row.own.as_ref().map(|own| Mark::Dot { x: at(own), y, ink: Ink::Main }));
    let figure = match (row.part, &row.own) {
        (Part::Level(..), Some(own)) => says::share(own),
        (Part::Level(..), None) => terms::LEFT_OUT.get(lang).to_owned(),
        (part, _) => says::points_of(card, part, source.rubric, source.cohort, lang),
    };
    marks.push(words((WIDTH, base), Anchor::End, SIZE, &figure, Ink::Main));
    marks
}
