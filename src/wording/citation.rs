//! Citations: which document and article stands behind a number or an act, and what it really says about it.
//!
//! Only where the article fixes the number or act does a sheet say "set by"; everything else is "on the subject of" or
//! "example". Must not know what is cited for.

use super::terms;
use crate::domain::rubric::{Basis, Citation, Rubric};
use crate::domain::text::Lang;

/// The citation as a phrase: `set by 国家技术创新中心建设运行管理办法 (国科发区〔2021〕17号), 第三十条: "…"`.
pub fn citation(cite: &Citation, rubric: &Rubric, lang: Lang) -> String {
    let claim = terms::basis(cite.basis).get(lang);
    let place = place(cite, rubric, lang);
    let quote = match lang {
        _ if cite.quote.is_empty() => String::new(),
        Lang::En => format!(": \"{}\"", cite.quote),
        Lang::Zh => format!("：“{}”", cite.quote),
    };
    match (lang, cite.basis) {
        (Lang::En, Basis::Example) => format!("{claim}, compare {place}{quote}"),
        (Lang::Zh, Basis::Example) => format!("{claim}，参见{place}{quote}"),
        (Lang::En, _) => format!("{claim} {place}{quote}"),
        (Lang::Zh, _) => format!("{claim}{place}{quote}"),
    }
}

/// The citation as a bracket behind a sentence; nothing where there is none.
pub fn behind(cite: Option<&Citation>, rubric: &Rubric, lang: Lang) -> String {
    match (cite, lang) {
        (None, _) => String::new(),
        (Some(cite), Lang::En) => format!(" ({})", citation(cite, rubric, lang)),
        (Some(cite), Lang::Zh) => format!("（{}）", citation(cite, rubric, lang)),
    }
}

/// Document title, its number, and the article.
pub fn place(cite: &Citation, rubric: &Rubric, lang: Lang) -> String {
    let Some(document) = rubric.documents.get(cite.document.0) else { return cite.article.clone() };
    let title = document.title.get(lang);
    let number = &document.number;
    match lang {
        Lang::En => {
            let number = if number.is_empty() { String::new() } else { format!(" ({number})") };
            let article = if cite.article.is_empty() { String::new() } else { format!(", {}", cite.article) };
            format!("{title}{number}{article}")
        }
        Lang::Zh => {
            let title = if title.starts_with('《') { title.to_owned() } else { format!("《{title}》") };
            let number = if number.is_empty() { String::new() } else { format!("（{number}）") };
            format!("{title}{number}{}", cite.article)
        }
    }
}
