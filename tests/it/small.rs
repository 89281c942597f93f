//! A small evaluation to be mistreated: two centres, eleven cells each, opened by `li`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::program::Folder;
use triennial::domain::reading::{Reading, Slot};
use triennial::read;
use triennial::store::{Access, Journal, StoreError};

pub const RUBRIC: &str = r#"
[rubric]
id = "small"
edition = "1"
title = { en = "A small rubric", zh = "小型评价体系" }
cycle_years = 3
rounding = "none"
[[metric]]
id = "income"
title = { en = "Income", zh = "收入" }
unit = "万元"
minimum = 0
[[metric]]
id = "staff"
title = { en = "Staff", zh = "人员" }
unit = { en = "persons", zh = "人" }
minimum = 0
[[metric]]
id = "papers"
title = { en = "Papers", zh = "论文" }
minimum = 0
[[metric]]
id = "share"
title = { en = "Share of outside income", zh = "外部收入占比" }
yearly = false
[[metric]]
id = "open"
title = { en = "Open to others", zh = "对外开放" }
yearly = false
[[criterion]]
id = "k"
[[criterion.indicator]]
id = "i"
points = 60
measure = "weighted(income: 1, staff: 1, papers: 1)"
rule = { kind = "linear", from = 0, to = 1000000 }
[[criterion.indicator]]
id = "j"
points = 40
measure = "share + open"
rule = { kind = "linear", from = 0, to = 2 }
[[grade]]
id = "good"
at_least = 50
[[grade]]
id = "poor"
[outcome]
good = { act = "next-cycle" }
poor = { act = "rectify", within = "12 months" }
"#;

pub const DATA: &str = "\
centre,name,income@2023,income@2024,income@2025,staff@2023,staff@2024,staff@2025,share,open
c1,甲中心,10,20,30,1,2,3,0.5,1
c2,Second centre,40,50,60,4,5,6,0.6,0
";

pub const FILE: &str = "small.triennial";

/// The evaluation in a folder of its own; nothing but it is in there.
pub fn evaluation() -> Folder {
    let folder = Folder::new();
    let rubric = folder.write("small.toml", RUBRIC);
    let data = folder.write("data.csv", DATA);
    folder.done(&["new", FILE, "--rubric", "small.toml", "--cycle", "2023-2025", "--as", "li"]);
    folder.done(&["import", FILE, "data.csv", "--yes"]);
    std::fs::remove_file(rubric).unwrap();
    std::fs::remove_file(data).unwrap();
    folder
}

/// The digest of the data, as the program prints it.
pub fn digest(folder: &Folder) -> String {
    let json: serde_json::Value = serde_json::from_str(&folder.done(&["score", FILE, "--format", "json"])).unwrap();
    let digest = json["provenance"]["data_digest"].as_str().unwrap().to_owned();
    assert_eq!(digest.len(), 64, "{json}");
    digest
}

/// Every reading of a centre in the file, by the name of its cell.
pub fn readings(path: &Path, centre: &str) -> BTreeMap<String, String> {
    let journal = Journal::open(path, Access::Read).unwrap();
    let parse = |text: &str| Ok::<_, StoreError>(read::rubric::rubric(text).0.unwrap());
    let evaluation = journal.evaluation(parse).unwrap();
    let cohort = &evaluation.cohort;
    let ix = cohort.find(centre).unwrap();
    (0..cohort.layout.slots())
        .filter_map(|slot| {
            let reading = cohort.readings(ix).get(Slot(slot)).map(Reading::cell)?;
            let (metric, year) = cohort.layout.cell(Slot(slot));
            let id = &evaluation.rubric.metrics[metric.0].id;
            Some((year.map_or(id.clone(), |year| format!("{id}@{year}")), reading))
        })
        .collect()
}

pub fn path(folder: &Folder) -> PathBuf {
    folder.path().join(FILE)
}
