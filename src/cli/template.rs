//! `triennial template`: workbooks to be filled in and sent back.

use std::path::Path;

use super::args::{Cli, Template as Asked};
use super::failure::{Ended, Failure};
use super::session::unknown_centre;
use super::{Exit, evaluation, export, input, output};
use crate::domain::centre::Centre;
use crate::domain::cohort::{CentreIx, Cohort};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::rubric::Rubric;
use crate::domain::text::Lang;
use crate::read::table::id_fault;
use crate::store::file;
use crate::write::template::Template;

pub fn run(args: &Asked, cli: &Cli, screen: Lang) -> Ended {
    let (rubric, mut cohort, own) = asked(args, screen)?;
    let template = |cohort| Template { rubric: &rubric, cohort, lang: cli.lang.map_or(own, Into::into) };
    // What somebody has filled in already is never written over.
    let written = if args.each {
        each(template(&cohort), &args.out)?
    } else if let Some(id) = &args.centre {
        let ix = centre(args, &rubric, &mut cohort, id)?;
        write(template(&cohort).one_centre(ix), &args.out)?
    } else {
        write(template(&cohort).whole_cohort(), &args.out)?
    };
    let out = args.out.display().to_string();
    let out = crate::wording::safe::visible(&out);
    output::error(&match (screen, written) {
        (Lang::En, 1) => format!("template written to {out}"),
        (Lang::En, _) => format!("{written} templates written to {out}"),
        (Lang::Zh, _) => format!("已写出 {written} 份填报模板，位于 {out}"),
    });
    Ok(Exit::Done)
}

/// The rubric and the roster that are meant, and the language that a document of theirs is in.
fn asked(args: &Asked, screen: Lang) -> Result<(Rubric, Cohort, Lang), Failure> {
    match (&args.evaluation, &args.rubric, args.cycle) {
        (Some(path), ..) => {
            let evaluation = evaluation::read(path)?.evaluation;
            Ok((evaluation.rubric, evaluation.cohort, evaluation.lang))
        }
        (None, Some(named), Some(cycle)) => {
            let rubric = input::rubric(named)?.rubric;
            let cohort = Cohort::new(&rubric, cycle);
            Ok((rubric, cohort, screen))
        }
        _ => Err(Failure::usage(
            "triennial",
            Diagnostic::error("E-usage", "nothing to make a template from", "没有可用于生成模板的内容")
                .help("name an evaluation, or --rubric and --cycle", "请给出评估文件，或 --rubric 与 --cycle"),
        )),
    }
}

/// The centre that is asked for; where there is no evaluation, a new one.
fn centre(args: &Asked, rubric: &Rubric, cohort: &mut Cohort, id: &str) -> Result<CentreIx, Failure> {
    if let Some(ix) = cohort.find(id) {
        return Ok(ix);
    }
    if args.evaluation.is_none() {
        return match id_fault(id) {
            Some(fault) => Err(Failure::usage("--centre", fault)),
            None => Ok(cohort.add(Centre::new(id, rubric))),
        };
    }
    Err(unknown_centre(cohort, id))
}

fn each(template: Template<'_>, folder: &Path) -> Result<usize, Failure> {
    if template.cohort.is_empty() {
        let what = Diagnostic::error("E-no-centres", "the roster has no centres", "名册中没有单位");
        let help = what.help("add them first, or leave --each out", "请先添加单位，或不使用 --each");
        return Err(Failure::usage("triennial", help));
    }
    let names = export::names(template.cohort)?;
    file::make_folder(folder)?;
    for (ix, name) in template.cohort.all().zip(&names) {
        write(template.one_centre(ix), &folder.join(format!("{name}.xlsx")))?;
    }
    Ok(names.len())
}

fn write(bytes: Result<Vec<u8>, Diagnostic>, path: &Path) -> Result<usize, Failure> {
    let bytes = bytes.map_err(|fault| Failure::usage(path.display().to_string(), fault))?;
    file::write_new(path, &bytes)?;
    Ok(1)
}
