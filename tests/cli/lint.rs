//! `polsim lint` and `polsim rule`: findings in every format, the project file, baselines, fixes.

#![expect(clippy::indexing_slicing, reason = "JSON that lacks a member fails the test")]

use crate::run::{Ran, polsim, run, run_with_input};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// A folder that is gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("polsim-lint-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn with(self, name: &str, text: &str) -> Self {
        let file = self.0.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        self
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// The program in this folder.
    fn run(&self, arguments: &[&str]) -> Ran {
        polsim(arguments).current_dir(&self.0).output().unwrap().into()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const TWICE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": ["s3:Get*", "s3:GetObject"],
      "Resource": "arn:aws:s3:::reports/*"
    }
  ]
}
"#;

const BAD: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Read", "Effect": "allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}
  ]
}
"#;

/// The codes of the findings in JSON output.
fn codes(ran: &Ran) -> Vec<String> {
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let entries = json["entries"].as_array().unwrap().iter();
    entries.map(|entry| entry["code"].as_str().unwrap().to_owned()).collect()
}

fn json_of(input: &str, arguments: &[&str]) -> Ran {
    let all = [&["lint", "--format", "json", "--no-config", "-"], arguments].concat();
    run_with_input(&all, input.as_bytes())
}

#[test]
fn findings_as_people_see_them() {
    let ran = run_with_input(&["lint", "--type", "identity", "-"], TWICE.as_bytes());
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!("redundant_action", ran.out);
    let ran = run_with_input(&["lint", "--type", "identity", "-"], BAD.as_bytes());
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("invalid_effect", ran.out);
    let mut narrow = polsim(&[
        "lint",
        "--type",
        "endpoint",
        "--select",
        "VPE001",
        "corpus/sagemaker/s3-endpoint-deny-al2.json",
    ]);
    let ran: Ran = narrow.env("COLUMNS", "48").output().unwrap().into();
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("deny_only_narrow", ran.out);
    let ran = run_with_input(&["lint", "--type", "identity", "--format", "github", "-"], TWICE.as_bytes());
    insta::assert_snapshot!("redundant_action_github", ran.out);
    let ran =
        run_with_input(&["lint", "--type", "identity", "--format", "access-analyzer", "-"], BAD.as_bytes());
    insta::assert_snapshot!("invalid_effect_access_analyzer", ran.out);
    let ran = run_with_input(&["lint", "--type", "identity", "--format", "json", "-"], TWICE.as_bytes());
    insta::assert_snapshot!("redundant_action_json", ran.out.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn a_severity_decides_the_exit_code() {
    for (fail_on, code) in [("info", 1), ("low", 1), ("medium", 0), ("error", 0)] {
        assert_eq!(json_of(TWICE, &["--fail-on", fail_on]).code, code, "{fail_on}");
    }
    assert_eq!(json_of(BAD, &["--fail-on", "error"]).code, 1);
    assert_eq!(run(&["lint", "no/such/file.json"]).code, 2);
    assert_eq!(run(&["lint", "--select", "NOSUCH", "README.md"]).code, 2);
    assert_eq!(run(&["lint", "--set", "endpoint=1", "README.md"]).code, 2);
    assert_eq!(run(&["lint", "no/such/*.json"]).code, 2);
}

#[test]
fn rules_are_chosen_by_any_name() {
    for select in
        ["RED020", "RED", "RED02", "redundant-action", "aws:REDUNDANT_ACTION", "AA:REDUNDANT_ACTION"]
    {
        assert_eq!(codes(&json_of(TWICE, &["--select", select])), ["RED020"], "{select}");
        assert!(codes(&json_of(TWICE, &["--ignore", select])).is_empty(), "{select}");
    }
    let old = TWICE.replace("2012-10-17", "2008-10-17");
    assert_eq!(codes(&json_of(&old, &["--select", "parliament:OLD_VERSION"])), ["SYN022"]);
}

#[test]
fn a_page_of_a_rule_is_that_of_the_documents() {
    let ran = run(&["rule", "unique-sids"]);
    let page = fs::read_to_string(crate::run::root().join("docs/rules/SYN012.md")).unwrap();
    assert_eq!((ran.code, ran.out), (0, page));
    assert_eq!(run(&["rule", "NOSUCH"]).code, 2);
}

#[test]
fn files_folders_and_globs() {
    let folder = Folder::new("files")
        .with("a/one.json", TWICE)
        .with("a/b/two.json", BAD)
        .with("a/package.json", r#"{"name": "no policy"}"#)
        .with("a/.hidden/three.json", BAD)
        .with("a/notes.txt", BAD);
    let json = |arguments: &[&str]| {
        let ran = folder.run(&[&["lint", "--format", "json"], arguments].concat());
        let json: Value = serde_json::from_str(&ran.out).unwrap();
        let entries = json["entries"].as_array().unwrap().iter();
        let paths = entries.map(|entry| entry["places"][0]["path"].as_str().unwrap().to_owned());
        paths.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(json(&["a"]), ["a/b/two.json", "a/one.json"]);
    assert_eq!(json(&["a/one.json", "a"]), ["a/b/two.json", "a/one.json"]);
    assert_eq!(json(&["a/*.json"]), ["a/one.json"]);
    assert_eq!(json(&["a/**/t*.json"]), ["a/b/two.json"]);
    assert_eq!(json(&["a/notes.txt"]), ["a/notes.txt"]);
}

const PROJECT: &str = r#"
[lint]
fail-on = "low"

[[paths]]
files = ["endpoints/*.json"]
type = "endpoint"
ignore = ["RED"]

[[ignore]]
rules = ["RED020"]
files = ["identity/*.json"]
sid = "Read"
reason = "both names are wanted"
expires = 2027-01-31
"#;

#[test]
fn the_project_file_tells_types_and_ignores() {
    let endpoint = TWICE.replace(r#""Effect": "Allow","#, r#""Effect": "Allow", "Principal": "*","#);
    let folder = Folder::new("project")
        .with("polsim.toml", PROJECT)
        .with("identity/a.json", TWICE)
        .with("endpoints/b.json", &endpoint)
        .with("other/c.json", TWICE);
    let lint = |arguments: &[&str]| {
        folder.run(&[&["lint", "--format", "json", "--select", "RED"], arguments].concat())
    };
    assert_eq!(lint(&["identity"]).code, 0);
    assert_eq!(codes(&lint(&["identity"])), [""; 0]);
    assert_eq!(codes(&lint(&["identity", "--no-ignores"])), ["RED020"]);
    assert_eq!(codes(&lint(&["identity", "--now", "2027-01-31"])), [""; 0]);
    // The finding is back, and the ignore says that it has expired.
    assert_eq!(codes(&lint(&["identity", "--now", "2027-02-01"])), ["RED020", "SUP003"]);
    assert_eq!(codes(&lint(&["endpoints"])), ["SUP002"], "an ignore that silences nothing is told");
    assert_eq!(
        (lint(&["other/c.json"]).code, codes(&lint(&["other/c.json"]))),
        (1, vec!["RED020".to_owned()])
    );
    assert_eq!(codes(&lint(&["identity/a.json", "--no-config"])), ["RED020"]);
}

#[test]
fn what_is_wrong_with_the_project_file_is_shown() {
    for (toml, words) in [
        ("[lint]\nselect = [\"NOSUCH\"]\n", "`NOSUCH` selects no rule"),
        ("[lint]\nfail-on = \"bad\"\n", "not a severity"),
        ("[lint]\ncolour = 1\n", "unknown field `colour`"),
        ("[[paths]]\nfiles = [\"*\"]\nendpoint = \"x\"\n", "`endpoint` is no setting"),
        ("[[ignore]]\nrules = [\"RED\"]\n", "missing field `reason`"),
        ("[[ignore]]\nrules = [\"RED\"]\nreason = \" \"\n", "an ignore says its reason"),
        ("[[ignore]]\nrules = [\"RED\"]\nreason = \"x\"\nsid = \"A\"\nstatement = 1\n", "has one of"),
        ("[lint\n", "polsim.toml"),
    ] {
        let folder = Folder::new("wrong").with("polsim.toml", toml).with("a.json", TWICE);
        let ran = folder.run(&["lint", "a.json"]);
        assert_eq!(ran.code, 2, "{toml}");
        assert!(ran.err.contains(words) && ran.err.contains("polsim.toml"), "{toml}: {}", ran.err);
    }
}

#[test]
fn a_baseline_hides_what_was_there() {
    let folder = Folder::new("baseline").with("a.json", TWICE);
    let written = folder.run(&["lint", "--write-baseline", "base.json", "a.json"]);
    assert!(written.says("the baseline was written to base.json"), "{written:?}");
    let lint = || folder.run(&["lint", "--format", "json", "--baseline", "base.json", "a.json"]);
    assert_eq!(codes(&lint()), [""; 0]);
    // Layout, order and names do not matter; a new finding does.
    let moved = TWICE.replace("\"Read\"", "\"Renamed\"").replace("  ", " ");
    fs::write(folder.0.join("a.json"), &moved).unwrap();
    assert_eq!(codes(&lint()), [""; 0]);
    fs::write(folder.0.join("a.json"), moved.replace("s3:GetObject", "s3:GetObjectAcl")).unwrap();
    assert_eq!(codes(&lint()), ["RED020"]);
    fs::write(folder.0.join("base.json"), "{}").unwrap();
    assert_eq!(lint().code, 2);
}

#[test]
fn safe_fixes_keep_the_layout() {
    let folder = Folder::new("fix").with("a.json", TWICE);
    let diff = folder.run(&["lint", "--diff", "a.json"]);
    assert!(diff.out.contains("-      \"Action\": [\"s3:Get*\", \"s3:GetObject\"],"), "{}", diff.out);
    assert!(diff.out.contains("+      \"Action\": [\"s3:Get*\"],"), "{}", diff.out);
    assert_eq!(folder.read("a.json"), TWICE, "--diff changes nothing");
    let ran = folder.run(&["lint", "--fix", "a.json"]);
    assert!(ran.code == 0 && ran.says("mended in a.json: remove it (RED020)"), "{ran:?}");
    assert_eq!(folder.read("a.json"), TWICE.replace(", \"s3:GetObject\"", ""));
}

#[test]
fn unsafe_fixes_have_to_be_asked_for_and_say_what_they_do() {
    let variable = TWICE.replace("reports/*", "${aws:username}/*").replace("2012-10-17", "2008-10-17");
    let folder = Folder::new("unsafe").with("a.json", BAD).with("b.json", &variable);
    folder.run(&["lint", "--fix", "a.json"]);
    assert_eq!(folder.read("a.json"), BAD);
    folder.run(&["lint", "--fix", "--unsafe-fixes", "a.json"]);
    assert_eq!(folder.read("a.json"), BAD.replace("allow", "Allow"));
    let ran = folder.run(&["lint", "--fix", "--unsafe-fixes", "--select", "SYN022", "b.json"]);
    assert!(ran.says("write the current version (SYN022), which grants more"), "{ran:?}");
    assert_eq!(run_with_input(&["lint", "--fix", "-"], BAD.as_bytes()).code, 2);
    assert_eq!(folder.run(&["lint", "--unsafe-fixes", "a.json"]).code, 2);
}

/// The parts of the schema of SARIF 2.1.0 that the output uses, from sections 3.13 to 3.55 of the standard: what is
/// required, what is an enumeration, what counts from one, and that nothing else is there.
#[test]
fn sarif_keeps_its_schema() {
    let ran = run_with_input(&["lint", "--type", "identity", "--format", "sarif", "-"], TWICE.as_bytes());
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    only(&log, &["$schema", "version", "runs"]);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    only(run, &["tool", "results", "columnKind"]);
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    only(&run["tool"], &["driver"]);
    let driver = &run["tool"]["driver"];
    only(driver, &["name", "version", "rules"]);
    assert_eq!(driver["name"], "polsim");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        only(
            rule,
            &[
                "id",
                "name",
                "shortDescription",
                "fullDescription",
                "help",
                "defaultConfiguration",
                "properties",
            ],
        );
        assert!(rule["id"].is_string());
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].as_str().is_some_and(|text| !text.is_empty()), "{rule}");
        }
        level(&rule["defaultConfiguration"]["level"]);
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    for result in results {
        only(
            result,
            &[
                "ruleId",
                "ruleIndex",
                "level",
                "message",
                "locations",
                "relatedLocations",
                "partialFingerprints",
                "fixes",
                "properties",
            ],
        );
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        level(&result["level"]);
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules.get(index).unwrap()["id"], result["ruleId"]);
        let related = result["relatedLocations"].as_array().unwrap();
        for location in result["locations"].as_array().unwrap().iter().chain(related) {
            only(location, &["id", "message", "physicalLocation", "logicalLocations"]);
            physical(&location["physicalLocation"]);
        }
        for fix in result["fixes"].as_array().unwrap() {
            only(fix, &["description", "artifactChanges"]);
            for change in fix["artifactChanges"].as_array().unwrap() {
                only(change, &["artifactLocation", "replacements"]);
                for replacement in change["replacements"].as_array().unwrap() {
                    only(replacement, &["deletedRegion", "insertedContent"]);
                    region(&replacement["deletedRegion"]);
                }
            }
        }
        let prints = result["partialFingerprints"].as_object().unwrap();
        assert!(prints.values().all(Value::is_string));
    }
}

fn only(object: &Value, names: &[&str]) {
    for name in object.as_object().unwrap().keys() {
        assert!(names.contains(&name.as_str()), "{name} in {object}");
    }
}

fn level(level: &Value) {
    assert!(["none", "note", "warning", "error"].contains(&level.as_str().unwrap()), "{level}");
}

fn physical(location: &Value) {
    only(location, &["artifactLocation", "region"]);
    let uri = location["artifactLocation"]["uri"].as_str().unwrap();
    assert!(!uri.is_empty() && uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'<'), "{uri}");
    region(&location["region"]);
}

fn region(region: &Value) {
    only(region, &["startLine", "startColumn", "endLine", "endColumn"]);
    let at = |name: &str| region[name].as_u64().unwrap();
    assert!(at("startLine") >= 1 && at("startColumn") >= 1, "{region}");
    assert!((at("startLine"), at("startColumn")) <= (at("endLine"), at("endColumn")), "{region}");
}

#[test]
fn the_corpus_is_linted_as_a_folder() {
    let ran = run(&["lint", "corpus", "--fail-on", "error"]);
    assert!(ran.code <= 1, "{ran:?}");
    assert!(ran.out.contains("found: "), "{}", ran.out);
}
