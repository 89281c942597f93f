//! `triennial centre`: the roster. Absent centres send no data, so they are entered here.

use std::path::Path;

use super::args::{Centre as Arguments, CentreFacts, Cli};
use super::failure::{Ended, Failure};
use super::session::unknown_centre;
use super::state::written;
use super::{Exit, evaluation, output};
use crate::domain::centre::{Centre, Field};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::evaluation::{Body, Evaluation};
use crate::domain::text::Lang;
use crate::read::fact;
use crate::read::nearest::nearest;

pub fn run(args: &Arguments, cli: &Cli, lang: Lang) -> Ended {
    match args {
        Arguments::Add(facts) => change(&facts.evaluation, cli, lang, |evaluation| add(evaluation, facts)),
        Arguments::Set(facts) => change(&facts.evaluation, cli, lang, |evaluation| set(evaluation, facts)),
        Arguments::Drop { evaluation, id, reason } => change(evaluation, cli, lang, |evaluation| {
            evaluation.cohort.find(id).ok_or_else(|| unknown_centre(&evaluation.cohort, id))?;
            let reason = reason.as_deref().map_or(Ok(String::new()), written)?;
            Ok(vec![Body::CentreDropped { centre: id.clone(), reason }])
        }),
    }
}

fn change(path: &Path, cli: &Cli, lang: Lang, plan: impl FnOnce(&Evaluation) -> Result<Vec<Body>, Failure>) -> Ended {
    let mut open = evaluation::write(path, cli)?.changeable(path)?;
    let bodies = plan(&open.evaluation)?;
    if bodies.is_empty() {
        output::error(match lang {
            Lang::En => "nothing to change",
            Lang::Zh => "没有需要更改的内容",
        });
        return Ok(Exit::Done);
    }
    open.append(bodies)?;
    Ok(Exit::Done)
}

fn add(evaluation: &Evaluation, facts: &CentreFacts) -> Result<Vec<Body>, Failure> {
    let id = &facts.id;
    let centre = fact::new_centre(evaluation, id).map_err(|fault| Failure::usage(id, fault))?;
    let mut bodies = vec![Body::CentreAdded { centre: id.clone() }];
    bodies.extend(changes(evaluation, &centre, facts)?);
    Ok(bodies)
}

fn set(evaluation: &Evaluation, facts: &CentreFacts) -> Result<Vec<Body>, Failure> {
    let Some(ix) = evaluation.cohort.find(&facts.id) else { return Err(unknown_centre(&evaluation.cohort, &facts.id)) };
    changes(evaluation, evaluation.cohort.centre(ix), facts)
}

fn changes(evaluation: &Evaluation, centre: &Centre, facts: &CentreFacts) -> Result<Vec<Body>, Failure> {
    let rubric = &evaluation.rubric;
    let named = [
        (Field::Name, &facts.name),
        (Field::Kind, &facts.kind),
        (Field::Stage, &facts.stage),
        (Field::Status, &facts.status),
        (Field::Since, &facts.since),
        (Field::Findings, &facts.findings),
        (Field::Previous, &facts.previous),
    ];
    let mut given: Vec<(Field, String)> =
        named.into_iter().filter_map(|(field, text)| Some((field, text.clone()?))).collect();
    for attribute in &facts.attributes {
        let (id, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        if rubric.attribute(id).is_none() {
            let what = Diagnostic::error(
                "E-unknown-attribute",
                format!("the rubric has no attribute `{id}`"),
                format!("本体系没有属性 `{id}`"),
            );
            let help = match nearest(id, rubric.attributes.iter().map(|a| a.id.as_str())) {
                Some(near) => what.help(format!("did you mean `{near}`?"), format!("是否想写 `{near}`？")),
                None => what.help("write --attribute ID=VALUE", "请写成 --attribute 标识=值"),
            };
            return Err(Failure::usage("--attribute", help));
        }
        given.push((Field::Attribute(id.to_owned()), value.to_owned()));
    }
    let mut bodies = Vec::new();
    for (field, text) in given {
        let changed = fact::change(evaluation, centre, &field, &text);
        bodies.extend(changed.map_err(|fault| Failure::usage(format!("--{}", field.id()), fault))?);
    }
    Ok(bodies)
}
