//! The words of [`StoreError`], in both languages. Must not know how they are laid out.

use std::path::Path;

use super::{Conflict, StoreError, escaped};
use crate::domain::centre::FieldFault;
use crate::domain::evaluation::FoldFault;
use crate::domain::text::Text;

fn text(en: impl Into<String>, zh: impl Into<String>) -> Text {
    Text { en: en.into(), zh: zh.into() }
}

fn shown(path: &Path) -> String {
    escaped(&path.display().to_string())
}

/// What is wrong.
pub(super) fn what(error: &StoreError) -> Text {
    match error {
        StoreError::Conflict(conflict) => return conflict_words(conflict),
        StoreError::Locked { path, holder } => return locked(&shown(path), holder.as_ref()),
        _ => {}
    }
    let (before, en, zh) = match error {
        StoreError::NotFound { path } => (path, "there is no such file".into(), "文件不存在".into()),
        StoreError::IsDirectory { path } => {
            (path, "this is a folder, not a file".into(), "这是文件夹，不是文件".into())
        }
        StoreError::NotAFolder { path } => {
            (path, "part of this path is a file, not a folder".into(), "此路径中有一段是文件，不是文件夹".into())
        }
        StoreError::NotAFile { path } => {
            (path, "this is a pipe or a device, not a file".into(), "这是管道或设备，不是文件".into())
        }
        StoreError::ReadOnly { path } => (path, "the file is read-only".into(), "文件是只读的".into()),
        StoreError::ReadOnlyFolder { path } => {
            (path, "nothing can be written in this folder".into(), "无法在此文件夹中写入".into())
        }
        StoreError::Full { path } => {
            (path, "the disk is full; this was not written".into(), "磁盘已满，本次内容未写入".into())
        }
        StoreError::Permission { path } => (path, "permission was refused".into(), "没有访问权限".into()),
        StoreError::NotAnEvaluation { path } => (path, "this is not an evaluation".into(), "这不是评估文件".into()),
        StoreError::NewerFormat { path, found, known } => (
            path,
            format!("the file has format {found}; this program knows formats up to {known}"),
            format!("文件格式版本为 {found}，本程序最高支持 {known}"),
        ),
        StoreError::Busy { path } => {
            (path, "another program keeps the file to itself".into(), "文件被其他程序占用".into())
        }
        StoreError::Exists { path } => (path, "this is there already".into(), "该文件已存在".into()),
        StoreError::Damaged { path, detail } => {
            (path, format!("the file is damaged: {}", escaped(detail)), format!("文件已损坏：{}", escaped(detail)))
        }
        StoreError::Interrupted { path } => (
            path,
            "a write was cut off here and cannot be taken back, because the file or its folder is read-only".into(),
            "此处有一次写入中断，因文件或所在文件夹只读而无法回退".into(),
        ),
        StoreError::TooLarge { path, limit } => {
            (path, format!("the file is larger than {limit} bytes"), format!("文件超过 {limit} 字节"))
        }
        StoreError::Io { path, detail } => {
            (path, format!("reading or writing failed: {}", escaped(detail)), format!("读写失败：{}", escaped(detail)))
        }
        other => return pathless(other),
    };
    let before = shown(before);
    text(format!("{before}: {en}"), format!("{before}：{zh}"))
}

fn pathless(error: &StoreError) -> Text {
    match error {
        StoreError::WrongRubric { pinned, found: None } => text(
            format!("the rubric with digest {} is not in the evaluation", escaped(pinned)),
            format!("评估文件中没有摘要为 {} 的评价指标体系", escaped(pinned)),
        ),
        StoreError::WrongRubric { pinned, found: Some(found) } => text(
            format!("the rubric has digest {}, and {} is pinned", escaped(found), escaped(pinned)),
            format!("评价指标体系的摘要为 {}，而固定的是 {}", escaped(found), escaped(pinned)),
        ),
        StoreError::BadEvaluator { name } => text(
            format!("`{}` cannot be the name of an evaluator", escaped(name)),
            format!("“{}”不能作为评估员的名称", escaped(name)),
        ),
        StoreError::Unstorable { event } => text(
            format!("this cannot be stored as it is: {}", escaped(event)),
            format!("无法原样保存：{}", escaped(event)),
        ),
        _ => Text::default(),
    }
}

fn locked(path: &str, holder: Option<&crate::store::lock::Holder>) -> Text {
    let Some(holder) = holder else {
        return text(format!("{path}: somebody else is writing to it"), format!("{path}：他人正在编辑"));
    };
    let (who, host, since) = (escaped(&holder.evaluator), escaped(&holder.host), escaped(&holder.since));
    let pid = holder.pid;
    text(
        format!("{path}: {who} is writing to it, on {host} (process {pid}) since {since}"),
        format!("{path}：{who} 自 {since} 起正在 {host}（进程 {pid}）上编辑"),
    )
}

fn conflict_words(conflict: &Conflict) -> Text {
    let fault = fold_words(&conflict.fault);
    match &conflict.event {
        None => fault,
        Some((evaluator, sequence)) => {
            let who = escaped(evaluator);
            text(
                format!("event {sequence} of {who} does not fit: {}", fault.en),
                format!("{who} 的第 {sequence} 条事件不符：{}", fault.zh),
            )
        }
    }
}

fn fold_words(fault: &FoldFault) -> Text {
    match fault {
        FoldFault::NotOpened => {
            text("an evaluation begins with one opening event, and only with that", "评估应以且仅以一条开启事件开始")
        }
        FoldFault::UnknownCentre(id) => {
            let id = escaped(id);
            text(format!("there is no centre `{id}`"), format!("没有中心“{id}”"))
        }
        FoldFault::KnownCentre(id) => {
            let id = escaped(id);
            text(format!("centre `{id}` is there already"), format!("中心“{id}”已存在"))
        }
        FoldFault::BadField { centre, field, fault } => {
            let (centre, field) = (escaped(centre), escaped(field));
            let (en, zh) = match fault {
                FieldFault::NotAYear => ("is not a year".to_owned(), "不是年份".to_owned()),
                FieldFault::TooLong { limit } => {
                    (format!("has more than {limit} characters"), format!("超过 {limit} 个字符"))
                }
                FieldFault::UnknownFinding { id, .. } | FieldFault::UnknownGrade { id, .. } => {
                    let id = escaped(id);
                    (format!("names `{id}`, which the rubric does not have"), format!("含评价指标体系中没有的“{id}”"))
                }
                FieldFault::UnknownKind { .. } | FieldFault::UnknownStatus { .. } | FieldFault::UnknownValue { .. } => {
                    ("is something the rubric does not have".to_owned(), "是评价指标体系中没有的值".to_owned())
                }
            };
            text(format!("`{field}` of centre `{centre}` {en}"), format!("中心“{centre}”的“{field}”{zh}"))
        }
    }
}

/// What to do about it.
pub(super) fn help(error: &StoreError) -> Text {
    let (en, zh) = match error {
        StoreError::NotFound { .. } => ("check the name and the folder", "请检查文件名和文件夹"),
        StoreError::IsDirectory { .. } => ("name a file inside it", "请指定其中的文件"),
        StoreError::NotAFolder { .. } => {
            ("name another folder, or move the file away", "请换用其他文件夹，或先移走该文件")
        }
        StoreError::NotAFile { .. } => {
            ("write what comes from it into a file, and name that", "请先将其内容存为文件再指定")
        }
        StoreError::ReadOnly { .. } => (
            "make the file writable, or copy it and work on the copy; score, export and verify work as it is",
            "请将文件设为可写，或复制后使用副本；评分、导出和校验无需写权限",
        ),
        StoreError::ReadOnlyFolder { .. } => (
            "writing needs a file beside the target: make the folder writable or use another one; score, export and \
             verify read an evaluation as it is",
            "写入时需在旁边建立文件：请将文件夹设为可写或换用其他文件夹；评分、导出和校验无需写权限",
        ),
        StoreError::Full { .. } => ("free some space, then do it again", "请清理磁盘空间后重试"),
        StoreError::Permission { .. } => {
            ("ask the owner of the file or folder for access", "请向文件或文件夹的所有者申请权限")
        }
        StoreError::NotAnEvaluation { .. } => (
            "name a file made by `triennial new`; data files go in with `triennial import`",
            "请指定由 `triennial new` 建立的文件；数据文件请用 `triennial import` 导入",
        ),
        StoreError::NewerFormat { .. } => {
            ("use a newer triennial; the file was left as it is", "请使用更新版本的 triennial；该文件未被改动")
        }
        StoreError::Locked { .. } => (
            "wait until they close it; score, export and verify work meanwhile",
            "请等待对方退出；期间仍可评分、导出和校验",
        ),
        StoreError::Busy { .. } => ("close the other program, then do it again", "请关闭其他程序后重试"),
        StoreError::Exists { .. } => {
            ("nothing is overwritten: choose another name, or move it away first", "不会覆盖已有文件：请换名或先移走")
        }
        StoreError::Damaged { .. } => {
            ("run `triennial verify` on it, and go back to a backup", "请用 `triennial verify` 校验，并恢复备份")
        }
        StoreError::Interrupted { .. } => (
            "copy the file together with the one ending in -journal to a folder that can be written, and open it there",
            "请将该文件与以 -journal 结尾的文件一同复制到可写文件夹后打开",
        ),
        StoreError::Conflict(_) => (
            "run `triennial verify` on it; where a rubric is being changed, correct that field first",
            "请用 `triennial verify` 校验；若正在更换评价指标体系，请先更正该字段",
        ),
        StoreError::WrongRubric { .. } => (
            "use the very text that is pinned: one changed byte makes another rubric",
            "请使用所固定的原文：改动一个字节即为另一版本",
        ),
        StoreError::BadEvaluator { .. } => (
            "give a name of 1 to 100 characters without control characters and without spaces around it, with --as",
            "请用 --as 指定 1 至 100 个字符的名称，不含控制字符，首尾无空格",
        ),
        StoreError::Unstorable { .. } => ("enter a number of at most 28 digits", "请输入不超过 28 位的数字"),
        StoreError::TooLarge { .. } => ("split it, or check that it is the right file", "请拆分，或确认文件无误"),
        StoreError::Io { .. } => {
            ("check the disk or the network share, then do it again", "请检查磁盘或网络共享后重试")
        }
    };
    text(en, zh)
}
