//! A slip of the finger anywhere in a rubric is told at its line: every key and every reference to an id, with one
//! character dropped, doubled, swapped with the next or replaced.

use std::collections::BTreeMap;
use std::fs;

use triennial::domain::diagnostic::Diagnostic;
use triennial::read::rubric::rubric;

/// Slips that are tried together stand so many lines apart, so that few of them hide another.
const APART: usize = 12;

/// Of all slips every so many are tried; `TYPOS=all` tries each one (two minutes): see `docs/testing.md`.
const EVERY: usize = 11;

/// A word with one slip in it, which stands in a text at `at`.
#[derive(Clone)]
struct Slip<'a> {
    at: usize,
    word: &'a str,
    slipped: String,
}

fn slips(at: usize, word: &str) -> Vec<Slip<'_>> {
    let chars: Vec<char> = word.chars().collect();
    let mut slipped: Vec<String> = Vec::new();
    for index in 0..chars.len() {
        let with = |put: &[char], skip: usize| -> String {
            chars[..index].iter().chain(put).chain(&chars[(index + skip).min(chars.len())..]).collect()
        };
        slipped.push(with(&[], 1));
        slipped.push(with(&[chars[index], chars[index]], 1));
        let other = if chars[index] == 'x' { 'y' } else { 'x' };
        slipped.push(with(&[other], 1));
        if let Some(next) = chars.get(index + 1) {
            slipped.push(with(&[*next, chars[index]], 2));
        }
    }
    slipped.retain(|slip| slip != word);
    slipped.sort();
    slipped.dedup();
    slipped.into_iter().map(|slipped| Slip { at, word, slipped }).collect()
}

/// The text with these slips, which stand in different lines, from the first on.
fn with(text: &str, slips: &[&Slip<'_>]) -> String {
    let mut slipped = text.to_owned();
    for slip in slips.iter().rev() {
        slipped.replace_range(slip.at..slip.at + slip.word.len(), &slip.slipped);
    }
    slipped
}

fn word_at(text: &str, at: usize) -> &str {
    let end = text[at..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
    &text[at..end.map_or(text.len(), |end| at + end)]
}

/// Where keys stand: before `=`, and in headers. Texts for people and comments are passed over.
fn keys(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let (mut quoted, mut at) = (None, 0);
        let bytes = line.as_bytes();
        while at < bytes.len() {
            match (quoted, bytes[at]) {
                (None, b'#') => break,
                (None, quote @ (b'"' | b'\'')) => quoted = Some(quote),
                (Some(quote), byte) if byte == quote => quoted = None,
                (None, byte) if byte.is_ascii_alphabetic() => {
                    let word = word_at(line, at);
                    let behind = line[at + word.len()..].trim_start();
                    if behind.starts_with('=') || line.starts_with('[') {
                        found.push(line_start + at);
                    }
                    at += word.len();
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        line_start += line.len();
    }
    found
}

/// Ids that are declared, with how often something refers to each, and where.
fn references(text: &str) -> BTreeMap<String, Vec<usize>> {
    let mut ids: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let declared = |line: &str| Some(line.trim().strip_prefix("id = \"")?.strip_suffix('"')?.to_owned());
    ids.extend(text.lines().filter_map(declared).map(|id| (id, Vec::new())));
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        // What a rubric refers by: formulas and conditions, and words of these keys.
        let refers = [
            "measure", "when", "requires", "document", "ties", "grade", "at_most", "of", "mark", "profile", "give_to",
            "goal", "to", "from", "act", "passed", "failed", "per",
        ];
        for key in refers {
            for (at, _) in line.match_indices(key) {
                let alone = at == 0
                    || !line.as_bytes()[at - 1].is_ascii_alphanumeric() && !b"_-".contains(&line.as_bytes()[at - 1]);
                let Some(rest) = line[at + key.len()..].strip_prefix(" = ").filter(|_| alone) else { continue };
                let start = at + key.len() + 3;
                let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
                let Some(end) = rest[1..].find(quote) else { continue };
                let value = &rest[1..=end];
                let mut inside = 0;
                while inside < value.len() {
                    if !value.is_char_boundary(inside) || !value.as_bytes()[inside].is_ascii_lowercase() {
                        inside += 1;
                        continue;
                    }
                    let formula = matches!(key, "measure" | "goal" | "to" | "from" | "mark");
                    let whole = word_at(value, inside);
                    let word = if formula { whole.split('-').next().unwrap_or(whole) } else { whole };
                    if let Some(places) = ids.get_mut(word) {
                        let place = line_start + start + 1 + inside;
                        if !places.contains(&place) {
                            places.push(place);
                        }
                    }
                    inside += word.len().max(1);
                }
            }
        }
        line_start += line.len();
    }
    ids
}

/// Lines with errors, and what they say.
fn told(slipped: &str) -> Vec<(usize, String)> {
    let (read, faults) = rubric(slipped);
    let line_of = |at: usize| slipped[..at].matches('\n').count();
    let errors = faults.into_iter().filter(Diagnostic::is_error);
    let told: Vec<_> = errors.map(|fault| (line_of(fault.start()), fault.what.en)).collect();
    assert_eq!(read.is_none(), !told.is_empty());
    told
}

/// Those of the slips that are not told at their lines. Slips in different lines are tried together, and count as told
/// where an error of their line names the very word; each of the others is tried again alone.
fn missed<'a>(text: &str, slips: &'a [Slip<'a>]) -> (Vec<&'a Slip<'a>>, usize) {
    let line_of = |at: usize| text[..at].matches('\n').count();
    let mut rows: BTreeMap<usize, Vec<&Slip<'_>>> = BTreeMap::new();
    slips.iter().for_each(|slip| rows.entry(line_of(slip.at)).or_default().push(slip));
    let longest = rows.values().map(Vec::len).max().unwrap_or(0);
    let (mut left, mut alone) = (Vec::new(), 0);
    for round in 0..longest {
        for phase in 0..APART {
            let together: Vec<(usize, &Slip<'_>)> = rows
                .iter()
                .filter(|(line, _)| *line % APART == phase)
                .filter_map(|(line, slips)| Some((*line, *slips.get(round)?)))
                .collect();
            if together.is_empty() {
                continue;
            }
            let found = told(&with(text, &together.iter().map(|(_, slip)| *slip).collect::<Vec<_>>()));
            for (line, slip) in together {
                let named = format!("`{}`", slip.slipped);
                if found.iter().any(|(at, what)| *at == line && what.contains(&named)) {
                    continue;
                }
                alone += 1;
                if !told(&with(text, &[slip])).iter().any(|(at, _)| *at == line) {
                    left.push(slip);
                }
            }
        }
    }
    (left, alone)
}

fn files() -> Vec<String> {
    let mut files: Vec<String> = Vec::new();
    let folders = ["rubrics", "tests/rubrics/shijiazhuang", "tests/rubrics/screens"];
    for folder in folders {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "toml") {
                files.push(path.display().to_string());
            }
        }
    }
    files.sort();
    files
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are what this test states")]
fn every_slip_in_a_key_or_a_reference_is_told_at_its_line() {
    let every = if std::env::var("TYPOS").is_ok_and(|asked| asked == "all") { 1 } else { EVERY };
    let mut all_missed = Vec::new();
    for file in files() {
        let text = fs::read_to_string(&file).unwrap();
        let ids = references(&text);
        let unused: Vec<&str> = ids.iter().filter(|(_, at)| at.is_empty()).map(|(id, _)| id.as_str()).collect();
        let keys = keys(&text);
        let mut tried: Vec<Slip<'_>> = keys.iter().flat_map(|at| slips(*at, word_at(&text, *at))).collect();
        let references: usize = ids.values().map(Vec::len).sum();
        tried.extend(ids.iter().flat_map(|(id, places)| places.iter().flat_map(|at| slips(*at, id))));
        let slips = tried.len();
        let mut at = 0;
        tried.retain(|_| {
            at += 1;
            at % every == 0
        });
        let (missed, alone) = missed(&text, &tried);
        println!(
            "{file}: {slips} slips in {} keys and {references} references, tried {}, told {} ({alone} alone); \
             nothing refers to {} of {} ids: {}",
            keys.len(),
            tried.len(),
            tried.len() - missed.len(),
            unused.len(),
            ids.len(),
            unused.join(" ")
        );
        let shown = |slip: &&Slip<'_>| {
            format!("{file}:{}: {} for {}", text[..slip.at].matches('\n').count() + 1, slip.slipped, slip.word)
        };
        all_missed.extend(missed.iter().map(shown));
    }
    assert!(all_missed.is_empty(), "{} slips were not told:\n{}", all_missed.len(), all_missed.join("\n"));
}
