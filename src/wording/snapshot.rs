//! Words about snapshots: whether a rubric still makes of a cohort what it made of it before, and who accepted that.

use crate::domain::text::Lang;

/// What lies beside a snapshot that no longer stands for anything, or not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obsolete<'a> {
    NoRubric(&'a str),
    NoCohort(&'a str),
    /// The rubric has another id by now.
    Renamed(&'a str),
    /// Notes or a result to be accepted, without a snapshot.
    NoSnapshot,
    /// A result to be accepted that is the one that stands.
    NothingNew,
}

pub fn obsolete(why: Obsolete<'_>, lang: Lang) -> String {
    match (why, lang) {
        (Obsolete::NoRubric(rubric), Lang::En) => format!("obsolete: there is no rubric {rubric}"),
        (Obsolete::NoRubric(rubric), Lang::Zh) => format!("已失效：没有体系 {rubric}"),
        (Obsolete::NoCohort(cohort), Lang::En) => format!("obsolete: there is no cohort {cohort}"),
        (Obsolete::NoCohort(cohort), Lang::Zh) => format!("已失效：没有参评单位数据 {cohort}"),
        (Obsolete::Renamed(id), Lang::En) => format!("obsolete: the rubric is now called {id}"),
        (Obsolete::Renamed(id), Lang::Zh) => format!("已失效：体系标识已改为 {id}"),
        (Obsolete::NoSnapshot, Lang::En) => "obsolete: there is no snapshot of that name".to_owned(),
        (Obsolete::NoSnapshot, Lang::Zh) => "已失效：没有同名快照".to_owned(),
        (Obsolete::NothingNew, Lang::En) => {
            "left over: the .snap.new says what the snapshot says; `triennial snapshot` takes it away".to_owned()
        }
        (Obsolete::NothingNew, Lang::Zh) => {
            "残留：.snap.new 与快照内容相同，运行 `triennial snapshot` 即可清除".to_owned()
        }
    }
}

/// Where only the digests differ, and no figure.
pub fn unmoved(meaning: bool, lang: Lang) -> &'static str {
    match (meaning, lang) {
        (true, Lang::En) => "the rubric means something else, and no figure of this cohort moves",
        (true, Lang::Zh) => "体系的含义有变化，但未影响这批参评单位的任何数字",
        (false, Lang::En) => "the data are others, and no figure moves",
        (false, Lang::Zh) => "数据有变化，但未影响任何数字",
    }
}

pub fn missing(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "there is no snapshot yet",
        Lang::Zh => "尚无快照",
    }
}

pub fn first(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "first snapshot; no note accepts it yet",
        Lang::Zh => "首次快照，尚无记录予以认可",
    }
}

pub fn unaccepted(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "the snapshot is not the one that the last note accepts: take it back from version control",
        Lang::Zh => "快照不是最后一条记录所认可的那一份，请从版本库恢复",
    }
}

pub fn command(command: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("to accept it: {command}"),
        Lang::Zh => format!("如予认可：{command}"),
    }
}

pub fn look(command: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("to see which edits do it: {command}"),
        Lang::Zh => format!("查看由哪些修改引起：{command}"),
    }
}

pub fn rest(count: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("... and {count} more"),
        Lang::Zh => format!("……另有 {count} 个"),
    }
}

/// `snapshots: same 12, to be looked at 2`.
pub fn summary(same: usize, others: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("snapshots: same {same}, to be looked at {others}"),
        Lang::Zh => format!("快照：相同 {same}，需处理 {others}"),
    }
}

pub fn accepted(name: &str, by: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{name}: accepted by {by}"),
        Lang::Zh => format!("{name}：已由 {by} 认可"),
    }
}
