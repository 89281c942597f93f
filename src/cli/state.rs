//! `triennial close`, `reopen` and `backup`: the state of an evaluation as a whole.

use std::path::Path;

use super::args::{Backup, Cli, Reasoned};
use super::failure::{Ended, Failure};
use super::{Exit, evaluation, output};
use crate::domain::centre::Status;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, Evaluation};
use crate::domain::text::Lang;
use crate::read::fact;
use crate::wording::safe::visible;

/// Freezes it: sheets are no longer drafts, and nothing changes until it is reopened.
pub fn close(args: &Reasoned, cli: &Cli, lang: Lang) -> Ended {
    let path = &args.evaluation;
    let mut open = evaluation::write(path, cli)?.changeable(path)?;
    open.append(vec![Body::Closed { reason: reason(args)? }])?;
    let Evaluation { rubric, cohort, .. } = &open.evaluation;
    let participating = cohort.all().filter(|ix| cohort.centre(*ix).status == Status::Participating);
    let waiting = participating.filter(|ix| !cohort.gaps(rubric, *ix).is_empty()).count();
    output::error(&match (lang, waiting) {
        (Lang::En, 0) => "closed; sheets are no longer marked DRAFT".to_owned(),
        (Lang::Zh, 0) => "已定稿；成绩单不再标注“草稿”".to_owned(),
        (Lang::En, n) => {
            format!("closed; still incomplete and without a grade: {n} (`triennial gaps` lists what is blank)")
        }
        (Lang::Zh, n) => format!("已定稿；数据不完整、未评等级的中心：{n} 个（`triennial gaps` 列出缺项）"),
    });
    Ok(Exit::Done)
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
