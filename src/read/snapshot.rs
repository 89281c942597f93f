//! A snapshot out of its text: a header as insta writes it, digests and grades, then one line per centre as CSV. Opens no
//! file; must not know what a difference means.

use crate::domain::diagnostic::Diagnostic;
use crate::domain::digest;
use crate::domain::snapshot::{Kept, Line, Snapshot};
use crate::read::fact;

/// What separates the header from what was kept.
const FENCE: &str = "---\n";
/// Columns that every snapshot has, in this order; the levels of a profile stand behind `total`.
const COLUMNS: [&str; 7] = ["centre", "kind", "total", "grade", "rank", "outcome", "flags"];

/// The snapshot that a text holds, with the digest of what was kept.
///
/// The header is not in the digest: it says where rubric and cohort lie, and files move. Line ends of another system are
/// read as ours.
///
/// # Errors
/// `E-snapshot` for a text that is none.
pub fn snapshot(text: &str) -> Result<(Kept, String), Diagnostic> {
    let text = text.replace("\r\n", "\n");
    kept(&text).ok_or_else(|| {
        let what = Diagnostic::error("E-snapshot", "this is no snapshot of a rubric", "该文件不是评价指标体系的快照");
        what.help(
            "take it back from version control, or away, and run `triennial snapshot`",
            "请从版本库恢复该文件，或移走后运行 `triennial snapshot`",
        )
    })
}

fn kept(text: &str) -> Option<(Kept, String)> {
    let (header, body) = text.strip_prefix(FENCE)?.split_once(FENCE)?;
    let named = |key: &str| header.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": ")).map(unquoted);
    let mut rest = body;
    let mut own = |key: &str| {
        let (line, behind) = rest.split_once('\n')?;
        rest = behind;
        Some(line.strip_prefix(key)?.trim_start().to_owned())
    };
    let (meaning, data, grades) = (own("meaning")?, own("data")?, own("grades")?);
    let grades = grades.split_whitespace().map(str::to_owned).collect();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rest.as_bytes());
    let mut records = reader.records();
    let titles = records.next()?.ok()?;
    let levels = levels(&titles)?;
    let lines = records.map(|record| line(&record.ok()?, levels.len())).collect::<Option<_>>()?;
    let snapshot = Snapshot { meaning, data, grades, levels, lines };
    let cycle = match named("cycle") {
        Some(years) => Some(fact::cycle(&years)?),
        None => None,
    };
    let (rubric, cohort, sheet) = (named("source")?, named("expression")?, named("sheet"));
    Some((Kept { rubric, cohort, sheet, cycle, snapshot }, digest::text(body.as_bytes())))
}

/// A name may stand in quotes.
fn unquoted(text: &str) -> String {
    serde_json::from_str(text).unwrap_or_else(|_| text.to_owned())
}

fn levels(titles: &csv::StringRecord) -> Option<Vec<String>> {
    let titles: Vec<&str> = titles.iter().collect();
    let levels = titles.get(3..titles.len().checked_sub(4)?)?;
    let others = titles.iter().filter(|title| !levels.contains(title));
    others.eq(COLUMNS.iter()).then(|| levels.iter().map(|&level| level.to_owned()).collect())
}

fn line(record: &csv::StringRecord, levels: usize) -> Option<Line> {
    let cell = |at: usize| record.get(at).map(str::to_owned);
    let behind = 3 + levels;
    Some(Line {
        centre: cell(0)?,
        kind: cell(1)?,
        total: cell(2)?,
        shares: (3..behind).map(cell).collect::<Option<_>>()?,
        grade: cell(behind)?,
        rank: cell(behind + 1)?,
        outcome: cell(behind + 2)?,
        flags: cell(behind + 3)?.split(';').filter(|flag| !flag.is_empty()).map(str::to_owned).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\nsource: rubrics/a.toml\nexpression: \"b: c.csv\"\n---\nmeaning 12\ndata 34\ngrades good poor\n\
        centre,kind,total,overall_4,grade,rank,outcome,flags\n\"a,b\",,1/3,15,good,1,next-cycle,\nc,x,,,,,,gate:g;remove\n";

    #[test]
    fn a_snapshot_is_read_with_its_names_digests_and_lines() {
        let (kept, digest) = snapshot(TEXT).unwrap();
        assert_eq!((kept.rubric.as_str(), kept.cohort.as_str()), ("rubrics/a.toml", "b: c.csv"));
        let Snapshot { meaning, data, grades, levels, lines } = kept.snapshot;
        assert_eq!((meaning.as_str(), data.as_str()), ("12", "34"));
        assert_eq!((grades, levels), (vec!["good".to_owned(), "poor".to_owned()], vec!["overall_4".to_owned()]));
        assert_eq!((lines[0].centre.as_str(), lines[0].total.as_str(), lines[0].shares.len()), ("a,b", "1/3", 1));
        assert_eq!(lines[1].flags, ["gate:g", "remove"]);
        // Other line ends and another header are the same snapshot.
        assert_eq!(snapshot(&TEXT.replace('\n', "\r\n")).unwrap().1, digest);
        assert_eq!(snapshot(&TEXT.replace("rubrics/a", "a")).unwrap().1, digest);
        assert_ne!(snapshot(&TEXT.replace("1/3", "2/3")).unwrap().1, digest);
    }

    #[test]
    fn what_is_no_snapshot_is_refused() {
        let others = ["", "---\n---\n", &TEXT.replace("data", "date"), &TEXT.replace("rank", "place")];
        for other in others.into_iter().chain([TEXT.trim_end_matches(";remove\n").trim_end_matches(",gate:g")]) {
            assert_eq!(snapshot(other).unwrap_err().code, "E-snapshot", "{other}");
        }
    }
}
