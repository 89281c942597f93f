//! The letter to a centre that must rectify or is to leave the list (整改通知书, 告知书), as a document.
//!
//! In the order in which official letters have it: number, to whom, what happened, the grounds, what is asked, until
//! when, objections, and room for issuer, seal and date. Must not know any format, and works out no score.

use super::Source;
use super::document::{Block, Document};
use super::sheet::{Align, Cell, Column, Row, Table, cycle_text, provenance};
use crate::domain::cohort::CentreIx;
use crate::domain::ledger::Subject;
use crate::domain::loss::{Loss, losses};
use crate::domain::rubric::{Act, Body};
use crate::domain::text::Lang;
use crate::wording::grade::About;
use crate::wording::ledger;
use crate::wording::notice::Letter;
use crate::wording::number::{Level, SHORTENED};
use crate::wording::terms;

/// The most losses that a letter lists.
const LISTED: usize = 10;

/// The letter; `None` for a centre that need not rectify and stays on the list.
pub fn notice(source: Source<'_>, centre: CentreIx, lang: Lang) -> Option<Document> {
    let card = source.card(centre)?;
    let proposal = card.proposal.as_ref().filter(|p| matches!(p.act, Act::Rectify | Act::Remove))?;
    let cycle = source.cohort.layout.cycle;
    let years = cycle_text(cycle.first, cycle.last);
    // A centre reads points as its sheet shows them.
    let about = About { in_full: false, ..source.about(card, lang) };
    let letter = Letter { about, proposal, decided_on: source.decided_on, years: &years };
    let mut parts = Parts { letter, blocks: Vec::new(), headings: 0 };
    parts.head(source, lang);
    parts.grounds();
    if proposal.act == Act::Rectify {
        parts.what_to_rectify(source, centre, lang);
    }
    parts.what_follows();
    parts.foot(lang);
    Some(Document {
        lang,
        title: letter.title(),
        draft: true,
        blocks: parts.blocks,
        provenance: provenance(source, lang),
    })
}

/// Who gets a letter: those who must rectify, and those who are to leave the list.
pub fn addressees(source: Source<'_>) -> (Vec<CentreIx>, Vec<CentreIx>) {
    let with = |act| {
        let proposed = source.cards.iter().filter(|card| card.proposal.as_ref().is_some_and(|p| p.act == act));
        proposed.map(|card| card.centre).collect()
    };
    (with(Act::Rectify), with(Act::Remove))
}

struct Parts<'a> {
    letter: Letter<'a>,
    blocks: Vec<Block>,
    headings: usize,
}

impl Parts<'_> {
    fn head(&mut self, source: Source<'_>, lang: Lang) {
        self.blocks.push(Block::Note(self.letter.draft()));
        if source.draft {
            self.blocks.push(Block::Note(terms::DRAFT_NOTE.get(lang).to_owned()));
        }
        let note = source.rubric.note.get(lang);
        if !note.is_empty() {
            self.blocks.push(Block::Note(note.to_owned()));
        }
        self.blocks.push(Block::Blank(terms::DOCUMENT_NUMBER.get(lang).to_owned()));
        self.blocks.push(Block::Line(self.letter.addressee(), Align::Left));
        self.blocks.push(Block::Paragraph(self.letter.opening()));
    }

    fn heading(&mut self, en: &str, zh: &str) {
        self.headings += 1;
        self.blocks.push(Block::Heading(self.letter.heading(self.headings, en, zh)));
    }

    fn grounds(&mut self) {
        let grounds = self.letter.grounds();
        if grounds.is_empty() {
            return;
        }
        self.heading("Grounds", "评估理由");
        self.blocks.extend(grounds.into_iter().map(Block::Paragraph));
    }

    /// The largest losses with the figures behind them.
    fn what_to_rectify(&mut self, source: Source<'_>, centre: CentreIx, lang: Lang) {
        if !self.letter.is_by_score() {
            self.heading("What is to be rectified", "整改内容");
            self.blocks.push(Block::Paragraph(self.letter.what_closed_the_gate()));
            return;
        }
        let class = source.rubric.class(source.cohort.centre(centre));
        let (Some(card), Some(class)) = (source.card(centre), class) else { return };
        let lost = losses(source.rubric, &card.tally, class);
        if lost.is_empty() {
            return;
        }
        self.heading("What is to be rectified", "整改内容");
        let listed = lost.len().min(LISTED);
        self.blocks.push(Block::Paragraph(self.letter.losses(listed, lost.len())));
        let ledger = source.ledger(centre);
        let letter = self.letter;
        let earned = |loss: &Loss| match (
            ledger.as_ref().and_then(|l| l.of_node(loss.node)),
            &source.rubric.nodes[loss.node.0].body,
        ) {
            (Some(line), Body::Indicator(indicator)) => letter.earned(line, &indicator.scoring),
            _ => Vec::new(),
        };
        let table = loss_table(source, &lost[..listed], &earned, lang);
        let shortened = table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.shown.contains(SHORTENED));
        self.blocks.push(Block::Table(table));
        if shortened {
            self.blocks.push(Block::Note(terms::SHORTENED_NOTE.get(lang).to_owned()));
        }
    }

    fn what_follows(&mut self) {
        self.heading("What is proposed", "处理建议");
        self.blocks.push(Block::Paragraph(self.letter.demand()));
        if let Some(limit) = self.letter.limit() {
            self.heading("Time limit", "整改期限");
            self.blocks.push(Block::Paragraph(limit));
            if self.letter.proposal.within.is_none() {
                self.blocks.push(Block::Blank(terms::LAST_DAY.get(self.letter.about.lang).to_owned()));
            }
            let after = self.letter.after();
            if !after.is_empty() {
                self.heading("Inspection", "整改检查");
                self.blocks.push(Block::Paragraph(after));
            }
        }
        if let Some(objection) = self.letter.objection() {
            self.heading("Objections", "异议");
            self.blocks.push(Block::Paragraph(objection));
        }
    }

    fn foot(&mut self, lang: Lang) {
        let blanks = [terms::CONTACT, terms::ISSUER, terms::DATE_OF_ISSUE];
        self.blocks.extend(blanks.map(|label| Block::Blank(label.get(lang).to_owned())));
    }
}

fn loss_table(source: Source<'_>, losses: &[Loss], earned: &dyn Fn(&Loss) -> Vec<String>, lang: Lang) -> Table {
    let columns = vec![
        Column::named("indicator", terms::INDICATOR, lang, Align::Left),
        Column::named("points", terms::POINTS, lang, Align::Right),
        Column::named("of", terms::OF, lang, Align::Right),
        Column::named("lost", terms::LOST, lang, Align::Right),
        Column::named("working", terms::WORKING, lang, Align::Left),
    ];
    let row = |loss: &Loss| {
        let points = |points| Cell::points(points, source, Level::Indicator);
        Row::flat(vec![
            Cell::text(ledger::label(Subject::Node(loss.node), source.rubric, None, lang)),
            points(&loss.points),
            Cell::number(&loss.of.0),
            points(&loss.lost),
            Cell::text(earned(loss).join("\n")),
        ])
    };
    let title = terms::LOSSES.get(lang).to_owned();
    Table { id: "losses", title, columns, rows: losses.iter().map(row).collect() }
}
