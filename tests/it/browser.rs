//! Pages in a real browser: printed on A4, every page of a draft marked, and nothing asked of any network.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{Folder, skipped};

/// Where the browser itself looks for news, whatever page it shows.
const OF_THE_BROWSER: [&str; 2] = ["googleapis.com/", "google.com/"];

/// Prints a page of a folder; what it asked any network for.
fn printed(folder: &Folder, page: &str) -> Vec<String> {
    let at = |name: &str| folder.path().join(name).display().to_string();
    let ran = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND"])
        .args([format!("--user-data-dir={}", at("browser")), format!("--log-net-log={}", at("net.json"))])
        .args(["--no-pdf-header-footer".to_owned(), format!("--print-to-pdf={}", at("page.pdf"))])
        .arg(format!("file://{}", at(page)))
        .env("HOME", folder.path())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let log = folder.read("net.json");
    let asked = log.split("\"url\":\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = |url: &&str| !OF_THE_BROWSER.iter().any(|host| url.contains(host)) && url.contains("://");
    asked.filter(own).filter(|url| !url.starts_with("file:") && !url.starts_with("chrome")).map(str::to_owned).collect()
}

/// The text of each page that was printed, and the sizes of all.
fn pages(folder: &Folder) -> (Vec<String>, String) {
    let tool = |name: &str, arguments: &[&str]| {
        let ran = Command::new(name).args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(ran.status.success(), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    };
    let text = tool("pdftotext", &["-layout", "page.pdf", "-"]);
    let sizes = tool("pdfinfo", &["-l", "999", "page.pdf"]);
    (text.split_terminator('\u{c}').map(str::to_owned).collect(), sizes)
}

fn is_there(tool: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(tool).exists()))
}

#[test]
fn a_page_prints_on_a4_says_draft_on_every_page_and_asks_nobody_for_anything() {
    for tool in ["chromium", "pdftotext", "pdfinfo"] {
        if !is_there(tool) {
            skipped("browser::a_page_prints_on_a4", &format!("no {tool}"));
            return;
        }
    }
    let folder = Folder::new();
    folder.done(&["new", "demo.triennial", "--demo"]);
    folder.done(&["export", "demo.triennial", "--format", "html", "--out", "out", "--lang", "zh"]);
    folder.done(&["notices", "demo.triennial", "--out", "out", "--lang", "zh"]);
    // A page that does ask is seen to.
    folder.write("asks.html", "<!DOCTYPE html><p>x<img src=\"http://probe.invalid/x.png\">");
    assert!(printed(&folder, "asks.html").iter().any(|url| url == "http://probe.invalid/x.png"));
    for (page, least, title) in [
        ("out/cohort.html", 4, "国家技术创新中心绩效评估"),
        ("out/centres/c07.html", 6, "赤水高原国家技术创新中心"),
        ("out/notices/c07.html", 2, "限期整改的通知"),
    ] {
        assert_eq!(printed(&folder, page), [""; 0], "{page}");
        let (texts, sizes) = pages(&folder);
        assert!(texts.len() >= least, "{page}: {} pages", texts.len());
        assert!(texts[0].contains(title), "{page}: {}", texts[0]);
        let marked = texts.iter().filter(|text| text.contains("草稿")).count();
        assert_eq!(marked, texts.len(), "{page}: pages that say DRAFT");
        let sized: Vec<&str> =
            sizes.lines().filter(|line| line.starts_with("Page") && line.contains("size:")).collect();
        assert!(sized.iter().all(|line| line.contains("595") || line.contains("594.9")), "{page}: {sized:?}");
        assert!(sized.iter().all(|line| line.contains("841.") || line.contains("842")), "{page}: {sized:?}");
    }
    // A long table has its headings on each of its pages.
    printed(&folder, "out/centres/c07.html");
    let headed = pages(&folder).0.iter().filter(|text| text.contains("计算过程") && text.contains("满分")).count();
    assert!(headed >= 4, "{headed}");
    assert!(Path::new(&folder.path().join("page.pdf")).metadata().unwrap().len() > 10_000);
    fs::remove_file(folder.path().join("net.json")).unwrap();
}
