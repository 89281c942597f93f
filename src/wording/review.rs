//! A review in words: marks, whom an edit moves, and what brought the change of a centre. Must not know the screen.

use super::edit::Between;
use super::number::{self, Level, exact, points};
use super::screen::{Phrase, phrase};
use super::{bench, standing, terms};
use crate::domain::comparison::{Change, LineChange, Part, Side};
use crate::domain::edit::{Edit, Written};
use crate::domain::impact::Attributed;
use crate::domain::note::Verdict;
use crate::domain::number::{Number, Points};
use crate::domain::review::{Marks, Moved, Reviewed, Untold};
use crate::domain::rubric::{Act, Body, Rubric};
use crate::domain::text::{Lang, Text};

pub const NOBODY: Phrase = phrase("Nobody moves.", "没有单位受影响。");
const NO_EDITS: Phrase = phrase("No edit that a score could depend on.", "没有影响得分的修改。");
pub const ACCEPTED: Phrase = phrase("ACCEPTED", "已接受");
pub const WHY_REJECTED: Phrase = phrase(
    "something is rejected: take that mark off, or change the rubric",
    "有被否决的项目：请取消该标记，或修改体系",
);
pub const REJECTED_HOW: Phrase = phrase(
    "it keeps waiting: change the rubric, or restore it and run `triennial snapshot`",
    "结果保持待认可：请修改或恢复体系，然后运行 `triennial snapshot`",
);
pub const WHY_LOOKED_AT: Phrase = phrase(
    "only looked at: P pins this rubric here; `triennial review` accepts a change",
    "此处仅供查看：按 P 可更换本评估的体系；认可更改请用 `triennial review`",
);
pub const WHY_OTHER_STANDS: Phrase = phrase(
    "another result stands: run `triennial snapshot`, then `triennial review`",
    "现有快照并非由旧体系得出：请先运行 `triennial snapshot`，再用 `triennial review`",
);
pub const WHY_ACCEPTED: Phrase = phrase("this change is accepted already", "此项更改已被接受");
pub const WHY_NO_CHANGE: Phrase = phrase("the two rubrics mean the same", "两个体系含义相同");
pub const WHY_NOTHING_MARKED: Phrase = phrase("there is nothing here to mark", "此处没有可标记的内容");
pub const MARKS_UNSAVED: Phrase =
    phrase("Your marks are not kept: the journal has the reason only.", "标记不会保存：日志仅记录理由。");
pub const STOPPED: Phrase = phrase("stopped; nothing was compared to the end", "已中止，比较未完成");
const NO_RUBRIC: Phrase = phrase(
    "Not known: no revision has the rubric that the snapshot was taken of.",
    "无法归因：各历史版本中均未找到快照所用的旧体系。",
);
const OTHER_DATA: Phrase = phrase(
    "Not known: since the snapshot the data changed as well, or the program did.",
    "无法归因：快照之后数据或程序也有变化。",
);
pub const NOT_KEPT: Phrase =
    phrase("Marks are not kept in the journal; the reason is.", "标记不记入日志，仅记录理由。");
const GRADE_BECAUSE: Phrase = phrase("Grade because of", "等级变化原因");
const FLAGS_BECAUSE: Phrase = phrase("Flags because of", "标识变化原因");
const BY_EDIT: Phrase = phrase("Points by edit", "各项修改的影响（分）");
const IN_LEDGER: Phrase = phrase("Where in the ledger", "计分明细对比");
const MOVES: Phrase = phrase("Centres that it moves, by points of its own", "受其影响的单位（因其增减的分）");
const WRITTEN: Phrase = phrase("Where it is written", "所在位置");

/// `ncti -> stricter.toml on demo`.
pub fn title(reviewed: &Reviewed, lang: Lang) -> String {
    let (old, new, cohort) = &reviewed.names;
    match lang {
        Lang::En => format!("{old} -> {new} on {cohort}"),
        Lang::Zh => format!("{cohort}：{old} -> {new}"),
    }
}

/// Why no edits are listed.
pub const fn no_edits(untold: Option<Untold>) -> Phrase {
    match untold {
        None => NO_EDITS,
        Some(Untold::NoRubric) => NO_RUBRIC,
        Some(Untold::OtherData) => OTHER_DATA,
    }
}

/// The heading above the edits, with how many there are: a small screen does not show all of them at once.
pub fn causes(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::En, 0) => "Edits".to_owned(),
        (Lang::Zh, 0) => "体系修改".to_owned(),
        (Lang::En, _) => format!("Edits ({count}), and how many centres each moves"),
        (Lang::Zh, _) => format!("体系修改（{count} 项）及其影响的单位数"),
    }
}

/// How many results wait.
pub fn waiting(count: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Results that wait to be accepted: {count}"),
        Lang::Zh => format!("待认可的结果：{count}"),
    }
}

/// How many marks there are of each verdict; nothing where there is none.
pub fn marks(marks: &Marks, lang: Lang) -> String {
    if marks.is_empty() {
        return String::new();
    }
    let count = |one| marks.count(one);
    let (accept, reject, discuss) = (count(Verdict::Accept), count(Verdict::Reject), count(Verdict::Discuss));
    match lang {
        Lang::En => format!("+{accept} accepted, x{reject} rejected, ?{discuss} to discuss"),
        Lang::Zh => format!("+{accept} 接受，x{reject} 否决，?{discuss} 待议"),
    }
}

/// The sign of a verdict, in one cell.
pub const fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accept => "+",
        Verdict::Reject => "x",
        Verdict::Discuss => "?",
    }
}

pub const fn verdict(verdict: Verdict) -> Phrase {
    match verdict {
        Verdict::Accept => phrase("accepted", "接受"),
        Verdict::Reject => phrase("rejected", "否决"),
        Verdict::Discuss => phrase("to discuss", "待议"),
    }
}

/// Whom an edit moves.
pub fn moves(moved: Moved, lang: Lang) -> String {
    let Moved { centres, grades } = moved;
    match (lang, grades) {
        (Lang::En, 0) => format!("moves {centres}"),
        (Lang::En, _) => format!("moves {centres}, grade {grades}"),
        (Lang::Zh, 0) => format!("影响 {centres}"),
        (Lang::Zh, _) => format!("影响 {centres}，等级 {grades}"),
    }
}

/// A change of points with its sign.
pub fn signed(number: &Number) -> String {
    let shown = match number.places() {
        Some(places) if places <= 4 => number.plain(),
        _ => number::shortened(number, 4),
    };
    if number.is_positive() { format!("+{shown}") } else { shown }
}

/// One line of the working behind a row of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub depth: usize,
    pub text: Text,
    pub figure: Text,
    pub is_heading: bool,
}

impl Line {
    fn heading(phrase: Phrase) -> Self {
        Self { depth: 0, text: phrase.text(), figure: Text::default(), is_heading: true }
    }

    fn plain(text: Text, figure: Text) -> Self {
        Self { depth: 1, text, figure, is_heading: false }
    }
}

fn both(said: impl Fn(Lang) -> String) -> Text {
    Text { en: said(Lang::En), zh: said(Lang::Zh) }
}

fn between(reviewed: &Reviewed, lang: Lang) -> Between<'_> {
    Between { old: &reviewed.old, new: &reviewed.new, lang }
}

/// What an edit is about and what it changed.
pub fn edit(reviewed: &Reviewed, edit: &Edit, lang: Lang) -> String {
    between(reviewed, lang).edit(edit)
}

/// What the change of a centre goes back to, in one sentence: the grade or else the flags, then the points by edit.
pub fn because(reviewed: &Reviewed, attributed: &Attributed, lang: Lang) -> String {
    let mut parts = Vec::new();
    let causes = |sets| between(reviewed, lang).causes(sets, &reviewed.edits);
    if !attributed.grade.is_empty() {
        parts.push(labelled(GRADE_BECAUSE, &causes(&attributed.grade), lang));
    } else if !attributed.flags.is_empty() {
        parts.push(labelled(FLAGS_BECAUSE, &causes(&attributed.flags), lang));
    }
    let shares = attributed.shares.iter().enumerate().filter(|(_, share)| !share.is_zero());
    let shares: Vec<String> = shares.map(|(at, share)| format!("#{} {}", at + 1, signed(share))).collect();
    if !shares.is_empty() {
        parts.push(labelled(BY_EDIT, &super::listed(lang, &shares), lang));
    }
    parts.join(if lang == Lang::En { ". " } else { "。" })
}

fn labelled(label: Phrase, value: &str, lang: Lang) -> String {
    super::screen::labelled(lang, label.get(lang), value)
}

/// Everything about one centre: what was and what is, to which edits that goes back, and where in the ledger.
pub fn of_centre(reviewed: &Reviewed, change: &Change, attributed: Option<&Attributed>) -> Vec<Line> {
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    let mut lines = Vec::new();
    let mut fact = |label: Phrase, was: Text, is: Text| {
        let figure = both(|lang| bench::moved(was.get(lang), is.get(lang)));
        lines.push(Line::plain(label.text(), figure));
    };
    let sides = |said: &dyn Fn(&Rubric, Option<&Side>, Lang) -> String| {
        (both(|lang| said(&reviewed.old, old, lang)), both(|lang| said(&reviewed.new, new, lang)))
    };
    let (was, is) = sides(&bench::grade);
    fact(terms::GRADE, was, is);
    let (was, is) = sides(&|rubric, side, _| total(rubric, side));
    fact(terms::TOTAL, was, is);
    let (was, is) = sides(&|_, side, _| side.and_then(|side| side.rank).map_or("-".to_owned(), |n| n.to_string()));
    fact(terms::RANK, was, is);
    let (was, is) = sides(&|rubric, side, lang| {
        let ids = side.map_or(&[][..], |side| &side.flags);
        let words: Vec<String> = ids.iter().map(|id| standing::flag_called(id, rubric, lang)).collect();
        if words.is_empty() { "-".to_owned() } else { super::listed(lang, &words) }
    });
    fact(terms::FLAGS, was, is);
    let (was, is) = sides(&|rubric, side, lang| {
        side.and_then(|side| side.outcome.as_deref()).map_or("-".to_owned(), |id| act(rubric, id, lang))
    });
    fact(terms::OUTCOME, was, is);
    if let Some(attributed) = attributed {
        lines.extend(behind(reviewed, change, attributed));
    }
    if !change.lines.is_empty() {
        lines.push(Line::heading(IN_LEDGER));
        lines.extend(change.lines.iter().map(|line| ledger(reviewed, line)));
    }
    lines
}

/// What follows, in one or two words, from its id.
fn act(rubric: &Rubric, id: &str, lang: Lang) -> String {
    let own = (0..rubric.acts.len()).map(Act::Named);
    let found = [Act::NextCycle, Act::Rectify, Act::Remove].into_iter().chain(own).find(|act| act.id(rubric) == id);
    found.map_or_else(|| id.to_owned(), |act| terms::short(act, rubric, lang))
}

fn behind(reviewed: &Reviewed, change: &Change, attributed: &Attributed) -> Vec<Line> {
    let mut lines = Vec::new();
    for (label, sets) in [(GRADE_BECAUSE, &attributed.grade), (FLAGS_BECAUSE, &attributed.flags)] {
        if !sets.is_empty() {
            lines.push(Line::heading(label));
            let said = both(|lang| between(reviewed, lang).causes(sets, &reviewed.edits));
            lines.push(Line::plain(said, Text::default()));
        }
    }
    let Some(difference) = change.difference().filter(|more| !more.is_zero()) else { return lines };
    lines.push(Line::heading(BY_EDIT));
    for (at, (share, edit)) in attributed.shares.iter().zip(&reviewed.edits).enumerate() {
        let said = both(|lang| format!("#{} {}", at + 1, between(reviewed, lang).edit(edit)));
        lines.push(Line::plain(said, Text::both(signed(share))));
    }
    let sum = phrase("together", "合计").text();
    lines.push(Line::plain(sum, Text::both(signed(&difference))));
    lines
}

fn ledger(reviewed: &Reviewed, line: &LineChange) -> Line {
    let title = |lang: Lang| {
        let of = |rubric: &Rubric| rubric.node(&line.node).map(|ix| rubric.nodes[ix.0].title.get(lang).to_owned());
        of(&reviewed.new).or_else(|| of(&reviewed.old)).unwrap_or_else(|| line.node.clone())
    };
    let figure = |lang: Lang| {
        let (was, is) = (part(&reviewed.old, line, &line.old, lang), part(&reviewed.new, line, &line.new, lang));
        format!("{}  {}", bench::moved(&was, &is), signed(&line.difference()))
    };
    Line { depth: 1 + line.depth, text: both(title), figure: both(figure), is_heading: false }
}

/// What was earned of what can be.
fn part(rubric: &Rubric, line: &LineChange, part: &Part, lang: Lang) -> String {
    let level = match rubric.node(&line.node).map(|ix| &rubric.nodes[ix.0].body) {
        Some(Body::Criterion { .. }) => Level::Criterion,
        _ => Level::Indicator,
    };
    match part {
        Part::Absent => "-".to_owned(),
        Part::LeftOut => super::screen::LEFT_OUT.get(lang).to_owned(),
        Part::Earned { points: earned, of } => {
            format!("{} / {}", points(earned, &rubric.rounding, level), exact(&of.0))
        }
        Part::Levels(levels) => number::shares(levels, &rubric.rounding),
    }
}

/// A total as its rubric rounds it.
pub fn total(rubric: &Rubric, side: Option<&Side>) -> String {
    let total = side.and_then(|side| side.total.as_ref());
    total.map_or("-".to_owned(), |total| points(&Points(total.clone()), &rubric.rounding, Level::Total))
}

/// Everything about one edit: what it says, where it is written, and whom it moves.
pub fn of_edit(reviewed: &Reviewed, at: usize) -> Vec<Line> {
    let Some(edit) = reviewed.edits.get(at) else { return Vec::new() };
    let mut lines = vec![Line::plain(both(|lang| between(reviewed, lang).edit(edit)), Text::default())];
    lines.push(Line::heading(WRITTEN));
    for part in &edit.parts {
        let place = |written: &Option<Written>| {
            written.as_ref().map_or("-".to_owned(), |written| format!("{}:{}", written.file, written.line))
        };
        lines.push(Line::plain(both(|lang| between(reviewed, lang).subject(&part.subject)), Text::default()));
        // Values of several kinds mostly stand in one line.
        let mut places: Vec<String> =
            part.values.iter().map(|value| bench::moved(&place(&value.old), &place(&value.new))).collect();
        places.dedup();
        lines.extend(
            places.into_iter().map(|place| Line { depth: 2, ..Line::plain(Text::both(place), Text::default()) }),
        );
    }
    lines.push(Line::heading(MOVES));
    let moved = reviewed.comparison.changes.iter().zip(&reviewed.attributed);
    for (change, attributed) in moved.filter(|(_, attributed)| attributed.is_by(at)) {
        let share = attributed.shares.get(at).map_or(String::new(), signed);
        let grades = both(|lang| {
            let (was, is) = (
                bench::grade(&reviewed.old, change.old.as_ref(), lang),
                bench::grade(&reviewed.new, change.new.as_ref(), lang),
            );
            format!("{}  {share}", bench::moved(&was, &is))
        });
        lines.push(Line::plain(Text::both(label(reviewed, change)), grades));
    }
    lines
}

/// What a centre that moves is called.
pub fn label(reviewed: &Reviewed, change: &Change) -> String {
    let found = reviewed.cohort.find(&change.centre);
    found.map_or(change.centre.clone(), |ix| reviewed.cohort.centre(ix).label().to_owned())
}
