//! `triennial plot`: how the totals are distributed, or how one centre lies beside its kind and through the years.

use super::args::{Plot, PlotFormat};
use super::failure::Ended;
use super::output;
use super::session::Session;
use crate::domain::cohort::CentreIx;
use crate::domain::peers::Peers;
use crate::domain::text::Lang;
use crate::domain::trend::Medians;
use crate::write::plot::text::{self, Figures, Row};
use crate::write::{Source, plot, svg};

/// Terminal cells of a line, on whatever terminal.
const WIDTH: usize = 80;

pub fn run(args: &Plot, lang: Lang) -> Ended {
    let session = Session::of(args.evaluation.as_deref(), &args.scored, lang)?;
    let centre = args.centre.as_deref().map(|id| session.centre(id)).transpose()?;
    let source = session.source();
    match args.format {
        PlotFormat::Text => output::result(&text::page(&rows(source, centre, lang), WIDTH)),
        PlotFormat::Svg => {
            let plots = plot::Plots::new(source);
            let drawings = match centre {
                Some(centre) => [plots.profile(centre, lang), plots.trend(centre, lang)].concat(),
                None => plots.distribution(lang),
            };
            output::result(&svg::svg(&plot::stacked(drawings, plot::nothing(source, centre, lang))))
        }
    }
}

/// The distribution; for one centre its place in that of its kind, its profile and its trend.
fn rows(source: Source<'_>, centre: Option<CentreIx>, lang: Lang) -> Vec<Row> {
    let figures = Figures::from(source);
    let mut rows = text::distribution(figures, centre, centre.is_some(), lang);
    if let Some(ix) = centre {
        let record = source.cohort.centre(ix);
        rows.insert(0, Row::Head(format!("{} ({})", record.label(), record.id)));
        rows.insert(1, Row::Blank);
        rows.push(Row::Blank);
        let (rubric, cohort) = (source.rubric, source.cohort);
        let (peers, medians) = (Peers::new(rubric, cohort, source.cards), Medians::new(rubric, cohort));
        rows.extend(text::centre(figures, &peers, &medians, ix, lang));
    }
    rows
}
