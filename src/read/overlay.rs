//! A rubric file that holds only its differences from another: `extends`, and the whole that the two make.
//!
//! The whole is a TOML text like any other, made of the very words of its files, so that reading, pinning and citing
//! it need to know nothing of overlays; each fault is told at the line where its words were written. Opens no file:
//! the base comes through a closure. Must not know what a rubric means.

mod flat;
mod merge;
mod tree;

use ::toml::de::{DeTable, DeValue};

use crate::domain::diagnostic::{Diagnostic, Place};
use crate::domain::rubric::Rubric;
use crate::domain::text::Text;

use flat::Flat;
use merge::{Merge, Removed};
use tree::Tree;

pub(super) use tree::is_list;

/// The most files that one whole is made of.
pub const MAX_FILES: usize = 8;

/// A text with the name it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub text: String,
}

/// Faults of one file.
pub type Report = (File, Vec<Diagnostic>);

/// A rubric with everything that it extends.
#[derive(Debug)]
pub struct Whole {
    /// The complete rubric as TOML; the file's own text where it extends nothing.
    pub text: String,
    /// There is one exactly where no fault is an error.
    pub rubric: Option<Rubric>,
    /// Faults by file: the file itself first, then what it extends.
    pub reports: Vec<Report>,
    /// Where the text comes from; nothing where it is the file's own.
    flat: Option<(Flat, Vec<Removed>)>,
}

impl Whole {
    /// Adds what else is found in the text, each at the place in the file where its words were written.
    pub fn tell(&mut self, found: Vec<Diagnostic>) {
        let files: Vec<File> = self.reports.iter().map(|(file, _)| file.clone()).collect();
        for fault in found {
            let (file, fault) = match &self.flat {
                Some((flat, removed)) => placed(fault, flat, removed, &files),
                None => (0, fault),
            };
            if let Some((_, faults)) = self.reports.get_mut(file) {
                faults.push(fault);
                faults.sort_by_key(Diagnostic::start);
            }
        }
    }

    /// Where bytes of the text were written: the file, and its bytes.
    pub fn origin(&self, span: &std::ops::Range<usize>) -> (&File, std::ops::Range<usize>) {
        let placed = self.flat.as_ref().and_then(|(flat, _)| flat.origin(span));
        let (file, at) = placed.map_or((0, span.clone()), |origin| (origin.file, origin.span));
        (&self.reports[file].0, at)
    }

    pub fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        self.reports.iter().flat_map(|(_, faults)| faults)
    }
}

/// Reads a rubric file. `base` is asked for what `extends` names in the file of the given name; what it refuses with
/// is told at that line.
pub fn whole(file: File, base: &dyn Fn(&str, &str) -> Result<File, Text>) -> Whole {
    let mut chain = Chain { files: vec![file], base, merge: Merge::default() };
    let tree = match extends(&chain.files[0].text) {
        Some(_) => chain.tree(0),
        None => {
            let (rubric, faults) = super::rubric::checked(&chain.files[0].text);
            let file = chain.files.remove(0);
            return Whole { text: file.text.clone(), rubric, reports: vec![(file, faults)], flat: None };
        }
    };
    chain.read(tree.as_ref())
}

/// What a text extends, and where it says so.
fn extends(text: &str) -> Option<(String, std::ops::Range<usize>)> {
    let (tree, faults) = DeTable::parse_recoverable(text);
    let header = tree.get_ref().get("rubric").filter(|_| faults.is_empty())?;
    let DeValue::Table(header) = header.get_ref() else { return None };
    let value = header.get("extends")?;
    Some((value.get_ref().as_str()?.to_owned(), value.span()))
}

/// A file and what it extends, being put together.
struct Chain<'a> {
    files: Vec<File>,
    base: &'a dyn Fn(&str, &str) -> Result<File, Text>,
    merge: Merge,
}

impl Chain<'_> {
    /// The tables of a file over those of what it extends; `None` where a file could not be had or read.
    fn tree(&mut self, file: usize) -> Option<Tree> {
        let text = self.files[file].text.clone();
        let (parsed, syntax) = DeTable::parse_recoverable(&text);
        if !syntax.is_empty() || text.len() > super::toml::MAX_BYTES {
            let faults = super::rubric::rubric(&text).1;
            self.merge.faults.extend(faults.into_iter().map(|fault| (file, fault)));
            return None;
        }
        let mut overlay = tree::top(&text, file, parsed.get_ref());
        let Some((named, span)) = extends(&text) else { return Some(overlay) };
        let base = self.base(file, &named).map_err(|fault| self.merge.faults.push((file, fault.at(span)))).ok()?;
        self.files.push(base);
        let mut whole = self.tree(self.files.len() - 1)?;
        if let Some(tree::Entry { value: tree::Value::Table(header), .. }) =
            overlay.entries.iter_mut().find(|entry| entry.key == "rubric")
        {
            header.take("extends");
        }
        self.merge.over(&mut whole, overlay);
        Some(whole)
    }

    /// The file that another names, unless that would never end.
    fn base(&self, file: usize, named: &str) -> Result<File, Diagnostic> {
        let from = &self.files[file].name;
        let base = (self.base)(named, from).map_err(|why| {
            let what = Diagnostic::error(
                "E-extends-missing",
                format!("there is no `{named}` to extend: {}", why.en),
                format!("没有可供继承的 `{named}`：{}", why.zh),
            );
            what.help(
                "name the id of a shipped rubric, or a path relative to this file",
                "请写内置体系的标识，或相对于本文件的路径",
            )
        })?;
        if self.files.iter().any(|known| known.name == base.name || known.text == base.text) {
            let what = Diagnostic::error(
                "E-extends-cycle",
                format!("`{}` extends itself in the end", base.name),
                format!("`{}` 最终继承了自身", base.name),
            );
            return Err(what.help("let the chain end in a complete rubric", "继承链应止于一个完整的体系"));
        }
        if self.files.len() >= MAX_FILES {
            let what = Diagnostic::error(
                "E-limit-extends",
                format!("a rubric is made of more than {MAX_FILES} files"),
                format!("一套体系由超过 {MAX_FILES} 个文件构成"),
            );
            let help = "extend what comes out of `triennial rubric flatten`";
            return Err(what.help(help, "请先用 `triennial rubric flatten` 展开，再继承其结果"));
        }
        Ok(base)
    }

    /// Reads what came of it; the faults go back to the files where their words were written.
    fn read(self, tree: Option<&Tree>) -> Whole {
        let texts: Vec<&str> = self.files.iter().map(|file| file.text.as_str()).collect();
        let flat = tree.map_or_else(Flat::default, |tree| flat::flat(tree, &texts));
        let mut faults = self.merge.faults;
        let mut rubric = None;
        if tree.is_some() {
            let broken = !faults.is_empty();
            let (read, found) = super::rubric::checked(&flat.text);
            rubric = read.filter(|_| !broken);
            let placed = found.into_iter().map(|fault| placed(fault, &flat, &self.merge.removed, &self.files));
            // Behind a fault of the overlay itself, faults of its base are only what follows from it.
            faults.extend(placed.filter(|(file, _)| !broken || *file + 1 < self.files.len()));
        }
        let report = |(at, file): (usize, File)| {
            let mut own: Vec<Diagnostic> = faults.iter().filter(|(of, _)| *of == at).map(|(_, f)| f.clone()).collect();
            own.sort_by_key(Diagnostic::start);
            own.dedup();
            (file, own)
        };
        let reports = self.files.into_iter().enumerate().map(report).collect();
        Whole { text: flat.text.clone(), rubric, reports, flat: Some((flat, self.merge.removed)) }
    }
}

/// A fault of the whole at its place in the file it was written in. A name that is no longer there because an overlay
/// took it out is told at the line that did.
fn placed(fault: Diagnostic, flat: &Flat, removed: &[Removed], files: &[File]) -> (usize, Diagnostic) {
    let Place::Span(span) = &fault.place else { return (0, fault) };
    let Some(origin) = flat.origin(span) else { return (0, Diagnostic { place: Place::Span(0..0), ..fault }) };
    let words = flat.text.get(span.clone()).unwrap_or_default().trim_matches(['"', '\'']);
    if let Some(gone) = removed.iter().find(|gone| fault.is_error() && gone.id == words) {
        let before = files[origin.file].text.get(..origin.span.start).unwrap_or_default();
        let (name, line) = (&files[origin.file].name, before.matches('\n').count() + 1);
        let id = &gone.id;
        let what = Diagnostic::error(
            "E-overlay-used",
            format!("`{id}` is taken out, and {name} still uses it in line {line}"),
            format!("`{id}` 已被移除，而 {name} 第 {line} 行仍在使用"),
        );
        let help = what.help("change or take out what uses it, too", "请同时修改或移除使用它的部分");
        return (gone.file, help.at(gone.span.clone()));
    }
    (origin.file, Diagnostic { place: Place::Span(origin.span), ..fault })
}

#[cfg(test)]
mod tests;
