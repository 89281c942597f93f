//! The form for what is to be written as files, and the order that it makes. Must not know how a file is written.

use super::acts::{Refused, refused};
use super::form::{open, text};
use crate::app::form::{Choice, Field, Form, Purpose, Value};
use crate::app::model::Model;
use crate::app::msg::{Order, Product};
use crate::app::session::Session;
use crate::domain::text::{Lang, Text};

/// Where the fields stand; behind them one toggle for each format, and at the end the language.
const FOLDER: usize = 0;
const PRODUCT: usize = 1;

/// Formats, as the command line calls them, with what they are for.
const FORMATS: &[(&str, &str, &str)] = &[
    ("csv", "for a spreadsheet, Excel too", "供电子表格使用，含 Excel"),
    ("json", "for programs, and for verify", "供程序及校验使用"),
    ("markdown", "for reading as text", "供以文本阅读"),
    ("html", "for a browser and for printing", "供浏览器阅读和打印"),
    ("docx", "for a word processor", "供文字处理软件使用"),
    ("pdf", "for paper, with its font", "供打印，内嵌字体"),
    ("xlsx", "with live formulas, to recalculate", "含公式的工作簿，可复算"),
];

/// What can hold a letter.
const LETTERS: [&str; 4] = ["markdown", "html", "docx", "pdf"];

/// What can be written, with what it is.
const PRODUCTS: [(Product, &str, &str); 3] = [
    (Product::Sheets, "grade sheets, of all centres and each", "成绩单（总表及各单位）"),
    (Product::Notices, "notices to rectify or of removal, drafts", "整改通知书、告知书（代拟稿）"),
    (Product::Public, "public version", "公开版"),
];

pub(super) fn form(model: &mut Model) {
    let Some(session) = &model.session else { return };
    let (stem, lang) = (stem(session), session.evaluation.lang);
    let options = PRODUCTS.map(|(product, en, zh)| Choice { id: product.id().to_owned(), title: text(en, zh) });
    let languages = [(Lang::En, "English"), (Lang::Zh, "中文")];
    let languages = languages.map(|(lang, title)| Choice { id: lang.tag().to_owned(), title: Text::both(title) });
    let mut fields = vec![
        folder(&stem, Product::Sheets),
        Field::choice(text("Write", "内容"), options.to_vec(), Product::Sheets.id(), what(Product::Sheets)),
    ];
    fields.extend(formats(Product::Sheets));
    fields.push(Field::choice(
        text("Language", "语言"),
        languages.to_vec(),
        lang.tag(),
        text(
            "of the documents; the evaluation's unless another is chosen, whatever the screen is in",
            "文件的语言；默认为本评估的语言，与界面语言无关",
        ),
    ));
    open(model, Form::new(Purpose::Export, text("Export", "导出"), Vec::new(), fields));
}

fn folder(stem: &str, product: Product) -> Field {
    let name = if product == Product::Public { "public" } else { "sheets" };
    Field::line(
        text("Folder", "文件夹"),
        format!("{stem}-{name}"),
        text("made where it is not there", "不存在时自动创建"),
    )
}

/// What comes of it.
fn what(product: Product) -> Text {
    match product {
        Product::Sheets => text(
            "cohort, flags, and a sheet for each centre; beside csv also the data",
            "总表、标识清单及每家单位的成绩单；选 csv 时另附数据",
        ),
        Product::Notices => text(
            "a letter to each centre that must rectify or is to leave the list",
            "须限期整改或拟不再列入序列的单位，每家一份",
        ),
        Product::Public => text(
            "only what the rubric makes public, and a list of what it leaves out; a folder of its own",
            "仅含体系规定公开的内容，并列明未公开项；须单独存放",
        ),
    }
}

/// The formats in which it can be written, with those to begin with.
fn formats(product: Product) -> impl Iterator<Item = Field> {
    let letters = product == Product::Notices;
    let first = if letters { "docx" } else { "csv" };
    let held = move |(id, ..): &&(&str, &str, &str)| !letters || LETTERS.contains(id);
    let toggle = move |(id, en, zh): &(&str, &str, &str)| Field::toggle(Text::both(*id), *id == first, text(en, zh));
    FORMATS.iter().filter(held).map(toggle)
}

/// After something else was chosen to be written: its formats, and its folder where none was typed.
pub(super) fn refit(form: &mut Form, session: &Session) {
    if form.purpose != Purpose::Export || form.list.at != PRODUCT {
        return;
    }
    let product = product(form);
    let typed = matches!(&form.fields[FOLDER].value, Value::Line { input, was, .. } if input.value() != was);
    if !typed {
        form.fields[FOLDER] = folder(&stem(session), product);
    }
    form.fields[PRODUCT].hint = what(product);
    let last = form.fields.len() - 1;
    form.fields.splice(PRODUCT + 1..last, formats(product));
}

fn product(form: &Form) -> Product {
    let chosen = PRODUCTS.iter().find(|(product, ..)| product.id() == form.text(PRODUCT));
    chosen.map_or(Product::Sheets, |(product, ..)| *product)
}

/// What the form asks for.
pub(super) fn order(form: &Form) -> Result<Order, Refused> {
    let folder = form.text(FOLDER).to_owned();
    if folder.is_empty() {
        let help = ("type a folder; it is made where it is not there", "请输入文件夹；不存在时自动创建");
        return Err(refused(FOLDER, "E-form-path", ("no folder is named", "未指定文件夹"), help));
    }
    let chosen = form.fields.iter().filter(|field| field.is_on());
    let formats: Vec<String> = chosen.map(|field| field.label.en.clone()).collect();
    if formats.is_empty() {
        let help = ("choose at least one", "请至少选择一种");
        return Err(refused(PRODUCT + 1, "E-form-format", ("no format is chosen", "未选择格式"), help));
    }
    let lang = if form.text(form.fields.len() - 1) == Lang::Zh.tag() { Lang::Zh } else { Lang::En };
    Ok(Order { product: product(form), formats, folder, lang })
}

/// Beside the evaluation, and named after it.
fn stem(session: &Session) -> String {
    if session.folder.is_empty() {
        return "demo".to_owned();
    }
    format!("{}/{}", session.folder.trim_end_matches('/'), session.name.trim_end_matches(".triennial"))
}
