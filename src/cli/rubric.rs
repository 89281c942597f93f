//! `triennial rubric`: what a maintainer of rubrics needs besides `check`. Must not know how a rubric is read or scored.

use super::args::RubricTool;
use super::failure::{Ended, Failure};
use super::{input, output};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::text::Lang;
use crate::write::{articles, schema, scheme};

/// A rubric to start from, under the id `my-rubric`.
const STARTER: &str = include_str!("rubric/starter.toml");

pub fn run(tool: &RubricTool, lang: Lang) -> Ended {
    match tool {
        RubricTool::New { id } => output::result(&starter(id)?),
        RubricTool::Flatten { rubric } => output::result(&input::rubric(rubric)?.text),
        RubricTool::Explain { rubric } => output::result(&scheme::markdown(&input::rubric(rubric)?.rubric, lang)),
        RubricTool::Schema => output::bytes(&schema::schema()),
        RubricTool::Cite { rubric, since } => {
            output::result(&articles::markdown(&input::rubric(rubric)?.rubric, *since, lang))
        }
    }
}

/// The starter under another id.
fn starter(id: &str) -> Result<String, Failure> {
    let starts = id.starts_with(|c: char| c.is_ascii_lowercase());
    let plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-');
    if !starts || !plain || id.len() > 64 {
        let what = Diagnostic::error("E-bad-id", format!("`{id}` cannot be an id"), format!("`{id}` 不能用作标识"));
        let help = what.help(
            "use at most 64 lower-case Latin letters, digits, - and _, starting with a letter",
            "请使用不超过 64 个小写拉丁字母、数字、- 或 _，并以字母开头",
        );
        return Err(Failure::usage("--id", help));
    }
    Ok(STARTER.replacen("id = \"my-rubric\"", &format!("id = \"{id}\""), 1))
}
