//! The plots' state: whose plots, in words, and which row is chosen. Must not know how wide the screen is.
//!
//! Everything is worked out when it is opened and after a change, never for a frame; what all centres have in common is
//! kept while one goes from centre to centre.

use std::sync::Arc;

use super::list::List;
use super::session::Session;
use crate::domain::cohort::CentreIx;
use crate::domain::peers::Peers;
use crate::domain::text::Lang;
use crate::domain::trend::Medians;
use crate::write::plot::text::{self, Figures, Row};

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The totals of every kind, with the centre marked.
    Distribution,
    /// The centre beside its kind and through the years.
    Centre,
}

#[derive(Debug, Clone)]
pub struct Plot {
    pub shown: Shown,
    /// The centre's id; `None` where the cohort is empty.
    pub centre: Option<String>,
    pub rows: Vec<Row>,
    pub list: List,
    /// What one centre is set beside; worked out when it is first asked for.
    kinds: Option<Arc<(Peers, Medians)>>,
}

impl Plot {
    pub fn new(session: &Session, shown: Shown, centre: Option<CentreIx>, lang: Lang) -> Self {
        let centre = centre.map(|ix| session.evaluation.cohort.centre(ix).id.clone());
        let mut plot = Self { shown, centre, rows: Vec::new(), list: List::default(), kinds: None };
        plot.lay_out(session, lang);
        plot
    }

    /// Shows the other of the two.
    pub fn turn(&mut self, session: &Session, lang: Lang) {
        self.shown = match self.shown {
            Shown::Distribution if self.centre.is_some() => Shown::Centre,
            _ => Shown::Distribution,
        };
        self.list = List::default();
        self.lay_out(session, lang);
    }

    /// The same for another centre.
    pub fn turn_to(&mut self, session: &Session, centre: &str, lang: Lang) {
        self.centre = Some(centre.to_owned());
        self.lay_out(session, lang);
    }

    /// After something was changed.
    pub fn refresh(&mut self, session: &Session, lang: Lang) {
        self.kinds = None;
        if self.find(session).is_none() {
            (self.centre, self.shown) = (None, Shown::Distribution);
        }
        self.lay_out(session, lang);
    }

    pub fn find(&self, session: &Session) -> Option<CentreIx> {
        session.find(self.centre.as_deref()?)
    }

    pub fn chosen(&self) -> Option<&Row> {
        self.rows.get(self.list.at)
    }

    /// Puts it into words again.
    pub fn lay_out(&mut self, session: &Session, lang: Lang) {
        let (rubric, cohort) = (&session.evaluation.rubric, &session.evaluation.cohort);
        let figures = Figures { rubric, cohort, cards: session.cards() };
        let centre = self.find(session);
        match (self.shown, centre) {
            (Shown::Centre, Some(ix)) => {
                let kinds = self.kinds.get_or_insert_with(|| {
                    Arc::new((Peers::new(rubric, cohort, session.cards()), Medians::new(rubric, cohort)))
                });
                self.rows = text::centre(figures, &kinds.0, &kinds.1, ix, lang);
                self.list.within(self.rows.len());
            }
            _ => {
                self.rows = text::distribution(figures, centre, false, lang);
                self.list.at = text::starts_at(&self.rows);
                // The kind's heading stands above its ranges where there is room.
                self.list.first = 0;
            }
        }
    }
}
