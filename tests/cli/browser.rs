//! The report in a real browser: nothing sticks out on a phone or a desk, every text has contrast in the light and in the
//! dark, and it prints. Skipped, with a notice, where there is no Chromium.

use crate::report::{Folder, perimeter};
use crate::run::run;
use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

/// The names that Chromium goes by.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// WCAG 2.2, 1.4.3 (AA): the least contrast of texts.
const LEAST_CONTRAST: f64 = 4.5;

/// The name of the Chromium that there is.
fn chromium() -> Option<&'static str> {
    let answers = |name: &&str| {
        let asked = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    };
    let found = NAMES.into_iter().find(|name| answers(name));
    if found.is_none() {
        println!("SKIPPED: no Chromium on the path (Debian: apt-get install chromium)");
    }
    found
}

fn browse(name: &str, folder: &Folder, arguments: &[&str]) -> String {
    let profile = format!("--user-data-dir={}", folder.path("profile"));
    let mut command = Command::new(name);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", &profile]).args(arguments);
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A page with the report in frames, and the script that measures them.
fn around(report: &str) -> String {
    let quoted = report.replace('&', "&amp;").replace('"', "&quot;");
    let frame = |width: u32| {
        format!("<iframe style=\"width:{width}px;height:900px;border:0\" srcdoc=\"{quoted}\"></iframe>")
    };
    let script = include_str!("measure.js");
    format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><body>{}{}<pre id=\"measured\"></pre><script>{script}</script></body>",
        frame(375),
        frame(1280)
    )
}

/// What was measured in each frame.
fn measured(dom: &str) -> Vec<BTreeMap<String, String>> {
    let lines = dom.lines().filter_map(|line| line.strip_prefix("MEASURED "));
    let read = |line: &str| {
        let pairs = line.split(' ').filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    lines.map(read).collect()
}

fn judge(name: &str, folder: &Folder, report: &str) {
    let page = folder.path("around.html");
    fs::write(&page, around(report)).unwrap();
    let address = format!("file://{page}");
    for dark in [false, true] {
        // 0 is dark, 1 is light.
        let scheme = format!("--blink-settings=preferredColorScheme={}", u8::from(!dark));
        let dom = browse(name, folder, &[&scheme, "--virtual-time-budget=5000", "--dump-dom", &address]);
        let frames = measured(&dom);
        let widths: Vec<&str> = frames.iter().map(|frame| frame["width"].as_str()).collect();
        assert_eq!(widths, ["375", "1280"], "{dom:.2000}");
        for frame in frames {
            println!("{frame:?}");
            assert_eq!(frame["dark"], dark.to_string());
            assert_eq!((frame["scroll"].as_str(), frame["sticking"].as_str()), ("0", "0"), "{frame:?}");
            assert_eq!(frame["pictures"], "0", "words stick out of a picture: {frame:?}");
            assert!(frame["texts"].parse::<usize>().unwrap() > 100, "{frame:?}");
            assert!(frame["contrast"].parse::<f64>().unwrap() >= LEAST_CONTRAST, "{frame:?}");
        }
    }
}

#[test]
fn a_report_fits_phones_and_desks_in_the_light_and_in_the_dark() {
    let Some(name) = chromium() else { return };
    let folder = Folder::new("browser");
    judge(name, &folder, &perimeter(&folder, "a.html"));
}

#[test]
fn a_report_of_long_names_fits_too() {
    let Some(name) = chromium() else { return };
    let folder = Folder::new("browser-long");
    let long = "x".repeat(300);
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Sid": "{long}", "Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "arn:aws:s3:::{long}/*"}}]}}"#
    );
    fs::write(folder.path("p.json"), policy).unwrap();
    let file = folder.path("a.html");
    let ran = run(&["report", &folder.path("p.json"), "--title", &long, "--date", "2026-11-24", "-o", &file]);
    assert!(ran.code < 2, "{ran:?}");
    judge_layout(name, &folder, &folder.read("a.html"));
}

/// The layout alone: a small report has few texts.
fn judge_layout(name: &str, folder: &Folder, report: &str) {
    let page = folder.path("around.html");
    fs::write(&page, around(report)).unwrap();
    let dom = browse(name, folder, &["--virtual-time-budget=5000", "--dump-dom", &format!("file://{page}")]);
    for frame in measured(&dom) {
        assert_eq!((frame["scroll"].as_str(), frame["sticking"].as_str()), ("0", "0"), "{frame:?}");
    }
}

#[test]
fn a_report_prints() {
    let Some(name) = chromium() else { return };
    let folder = Folder::new("browser-print");
    perimeter(&folder, "a.html");
    let paper = folder.path("a.pdf");
    let to = format!("--print-to-pdf={paper}");
    browse(name, &folder, &["--no-pdf-header-footer", &to, &format!("file://{}", folder.path("a.html"))]);
    let bytes = fs::read(&paper).unwrap();
    assert!(bytes.starts_with(b"%PDF-") && bytes.len() > 20_000, "{} bytes", bytes.len());
}
