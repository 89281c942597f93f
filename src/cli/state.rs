//! `triennial close`, `reopen` and `backup`: the state of an evaluation as a whole.

use std::path::Path;

use super::args::{Backup, Cli, Reasoned};
use super::failure::{Ended, Failure};
use super::{Exit, evaluation, output};
use crate::domain::cohort::Cohort;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, Evaluation};
use crate::domain::query::{Answers, Queries};
use crate::domain::rubric::Rubric;
use crate::domain::score::score;
use crate::domain::text::Lang;
use crate::domain::unsettled::Unsettled;
use crate::read::fact;
use crate::wording::safe::visible;
use crate::wording::unsettled::sentences;

/// Freezes it: sheets are no longer drafts, and nothing changes until it is reopened. What is not settled is told before.
pub fn close(args: &Reasoned, cli: &Cli, lang: Lang) -> Ended {
    let path = &args.evaluation;
    let reason = reason(args)?;
    let mut open = evaluation::write(path, cli)?.changeable(path)?;
    let Evaluation { rubric, cohort, answers, .. } = &open.evaluation;
    let settled = is_settled((rubric, cohort, answers), lang);
    open.append(vec![Body::Closed { reason }])?;
    output::error(match lang {
        Lang::En => "closed; sheets are no longer marked DRAFT",
        Lang::Zh => "已定稿；成绩单不再标注“草稿”",
    });
    Ok(if settled { Exit::Done } else { Exit::Attention })
}

/// Tells what is not settled yet, a line each; whether there is nothing to tell.
pub fn is_settled((rubric, cohort, answers): (&Rubric, &Cohort, &Answers), lang: Lang) -> bool {
    // The day of the decision moves deadlines, and no grade.
    let cards = score(rubric, cohort, None);
    let unsettled = Unsettled::of(rubric, cohort, &cards, (&Queries::new(rubric, cohort), answers));
    for (said, listed) in sentences(&unsettled) {
        let listed = listed.map_or(String::new(), |listed| match lang {
            Lang::En => format!(" ({})", listed.en),
            Lang::Zh => format!("（{}）", listed.zh),
        });
        output::error(&format!("{}{listed}", said.get(lang)));
    }
    unsettled.is_none()
}

pub fn reopen(args: &Reasoned, cli: &Cli, lang: Lang) -> Ended {
    let path = &args.evaluation;
    let mut open = evaluation::write(path, cli)?;
    if open.evaluation.closed.is_none() {
        let what = Diagnostic::error("E-not-closed", "the evaluation is not closed", "该评估尚未定稿");
        let help = what.help("it can be changed as it is", "可以直接修改");
        return Err(Failure::usage(path.display().to_string(), help));
    }
    open.append(vec![Body::Reopened { reason: reason(args)? }])?;
    output::error(match lang {
        Lang::En => "reopened; sheets are marked DRAFT again",
        Lang::Zh => "已重新打开；成绩单重新标注“草稿”",
    });
    Ok(Exit::Done)
}

/// Copies an evaluation whole, also while somebody is writing to it; never overwrites.
pub fn backup(args: &Backup, lang: Lang) -> Ended {
    let open = evaluation::read(&args.evaluation)?;
    open.journal.backup(&args.to)?;
    let to = shown(&args.to);
    output::error(&match lang {
        Lang::En => format!("copied to {to}"),
        Lang::Zh => format!("已复制到 {to}"),
    });
    Ok(Exit::Done)
}

fn reason(args: &Reasoned) -> Result<String, Failure> {
    written(&args.reason)
}

/// A reason that says something.
pub fn written(reason: &str) -> Result<String, Failure> {
    fact::reason(reason).map_err(|fault| Failure::usage("--reason", fault))
}

fn shown(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}
