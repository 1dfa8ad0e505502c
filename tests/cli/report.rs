//! `polsim report`: reviews as files, and what the command says of them; JUnit, TAP and Markdown of other verbs.

use crate::run::{run, run_with_input, sagemaker};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

const PERIMETER: &str = "corpus/environments/perimeter/perimeter.env.yaml";

/// A folder that is gone when the test ends.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("polsim-report-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The review of the sample environment in a form.
pub(crate) fn perimeter(folder: &Folder, name: &str) -> String {
    let file = folder.path(name);
    let ran = run(&["report", "--env", PERIMETER, "--date", "2026-11-24", "-o", &file]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.says("the review was written to"), "{ran:?}");
    folder.read(name)
}

#[test]
fn a_review_of_an_environment_in_every_form() {
    let folder = Folder::new("forms");
    let page = perimeter(&folder, "a.html");
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    for words in ["<svg", "perimeter.env.yaml", "OnlyOurEndpoint", "SHA-256", "model-role"] {
        assert!(page.contains(words), "{words}");
    }
    let text = perimeter(&folder, "a.md");
    assert!(text.starts_with("# Security review: perimeter.env.yaml\n"), "{text}");
    assert!(text.contains("`corpus/environments/perimeter/bucket/only-vpce.json:5:14`"), "{text}");
    let json: Value = serde_json::from_str(&perimeter(&folder, "a.json")).unwrap();
    assert_eq!(json["schema"], "polsim.review/1");
    assert_eq!(json["verdict"]["outcome"], "fails");
    let findings = json["findings"].as_array().unwrap();
    // S4.11.3 and the guide: a Deny outside of one endpoint locks out whoever could mend it.
    assert!(findings.iter().any(|finding| finding["code"] == "VPE011"), "{findings:?}");
    // A policy that is written in the environment file is reviewed like the others.
    let policies = json["policies"].as_array().unwrap();
    assert_eq!(policies.len(), 11, "one for each file, and the one in place");
    let inline = policies.iter().find(|policy| policy["name"] == "principals.alice.identity[0]").unwrap();
    assert_eq!(inline["statements"][0]["sid"], "Lab");
    assert!(inline["lines"][0]["text"].as_str().unwrap().contains("Version"), "{inline}");
    // Every file with its hash, the environment among them.
    let inputs = json["inputs"].as_array().unwrap();
    let of = |path: &str| inputs.iter().find(|input| input["path"] == path).unwrap();
    assert_eq!(of(PERIMETER)["bytes"], fs::metadata(crate::run::root().join(PERIMETER)).unwrap().len());
    assert_eq!(of("corpus/environments/perimeter/scp/only-eu.json")["sha256"].as_str().unwrap().len(), 64);
    let columns = json["overviews"][0]["columns"].as_array().unwrap();
    let titles: Vec<&str> = columns.iter().map(|column| column["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Callers", "Organization", "Endpoints", "Resources"]);
}

#[test]
fn a_review_is_the_same_byte_for_byte() {
    let folder = Folder::new("same");
    for ending in ["html", "md", "json"] {
        let (one, two) = (format!("one.{ending}"), format!("two.{ending}"));
        assert_eq!(perimeter(&folder, &one), perimeter(&folder, &two), "{ending}");
    }
    let other = folder.path("other.md");
    run(&["report", "--env", PERIMETER, "--date", "2026-11-23", "-o", &other]);
    assert_ne!(folder.read("other.md"), folder.read("one.md"), "the day is part of it");
}

#[test]
fn the_form_is_that_of_the_ending_unless_it_is_named() {
    let folder = Folder::new("ending");
    let policy = sagemaker("s3-endpoint-default");
    let file = folder.path("a.txt");
    // The sample grants everything, which the linter finds; the form is what is looked at here.
    let ran = run(&["report", &policy, "--fail-on", "error", "--format", "html", "-o", &file]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(run(&["report", &policy, "--format", "html", "-o", &file]).code, 1);
    assert!(folder.read("a.txt").starts_with("<!DOCTYPE html>"));
    assert_eq!(run(&["report", &policy, "-o", &folder.path("b.txt")]).code, 2);
    assert!(!folder.0.join("b.txt").exists());
    assert_eq!(run(&["report", &policy]).code, 2, "no form is named");
    let printed = run(&["report", &policy, "--fail-on", "error", "--format", "markdown"]);
    assert!(printed.code == 0 && printed.out.starts_with("# Security review"), "{printed:?}");
    assert_eq!(run(&["report", &policy, "--format", "sarif"]).code, 2);
    assert_eq!(run(&["report", &policy, "--date", "tomorrow", "--format", "json"]).code, 2);
    assert_eq!(run(&["lint", &policy, "--format", "html"]).code, 2);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_reviewed() {
    let folder = Folder::new("missing");
    let file = folder.path("a.json");
    let ran = run(&["report", &sagemaker("s3-endpoint-deny-al2"), "no/such.json", "-o", &file]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no/such.json does not exist"), "{ran:?}");
    let json: Value = serde_json::from_str(&folder.read("a.json")).unwrap();
    assert_eq!(json["verdict"]["outcome"], "bad-input");
    assert_eq!(json["problems"][0]["code"], "INP001");
    assert_eq!(json["policies"].as_array().unwrap().len(), 1);
    let ran = run(&["report", "--env", "no/such.env.yaml", "-o", &file]);
    assert_eq!(ran.code, 2);
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = Folder::new("whole");
    let file = folder.path("no/such/folder/a.html");
    let ran = run(&["report", &sagemaker("s3-endpoint-default"), "-o", &file]);
    assert!(ran.code == 2 && ran.err.contains("cannot be written"), "{ran:?}");
    perimeter(&folder, "a.html");
    let names: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["a.html"], "nothing is left beside it");
}

#[test]
fn findings_are_cases_for_those_who_count_cases() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "arn:aws:s3:::reports/*"}]}"#;
    let lint = |more: &[&str]| {
        let all =
            [&["lint", "--type", "identity", "--no-config", "--select", "RED020"], more, &["-"]].concat();
        run_with_input(&all, policy.as_bytes())
    };
    // RED020 is of severity low: it fails only where that is asked for.
    let junit = lint(&["--format", "junit"]);
    assert!(junit.code == 0 && junit.out.contains("tests=\"1\" skipped=\"0\" failures=\"0\""), "{junit:?}");
    let junit = lint(&["--format", "junit", "--fail-on", "low"]);
    assert!(junit.code == 1 && junit.out.contains("tests=\"1\" skipped=\"0\" failures=\"1\""), "{junit:?}");
    let tap = lint(&["--format", "tap", "--fail-on", "low"]);
    assert!(tap.out.contains("1..1\nnot ok 1 - RED020: "), "{tap:?}");
    let markdown = lint(&["--format", "markdown", "--fail-on", "low"]);
    assert!(markdown.out.starts_with("## polsim: ❌ fails\n\n1 fails"), "{markdown:?}");
}

#[test]
fn an_answer_is_a_case() {
    let policy = sagemaker("s3-endpoint-default-deny-al2");
    let bucket = "arn:aws:s3:::amazonlinux.*.amazonaws.com";
    let check = |format: &str| {
        run(&["check", &policy, "--expect", "deny", "s3:GetObject", bucket, "--format", format])
    };
    assert!(check("junit").out.contains("failures=\"1\""));
    assert!(check("tap").out.contains("not ok 1 - not every request for s3:GetObject"));
    let markdown = check("markdown").out;
    assert!(markdown.contains("`arn:aws:s3:::amazonlinux.example.amazonaws.com`"), "{markdown}");
}

#[test]
fn resources_are_claimed_not_to_be_public() {
    let folder = Folder::new("public");
    let bucket = r#"{"Version": "2012-10-17", "Statement": {"Sid": "Site", "Effect": "Allow", "Principal": "*",
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*"}}"#;
    let environment = "accounts: { \"111122223333\": {} }\nresources:\n  site: { arn: \"arn:aws:s3:::site\", account: \"111122223333\", policy: site.json }\n  \
                       quiet: { arn: \"arn:aws:s3:::quiet\", account: \"111122223333\" }\n";
    fs::write(folder.path("site.json"), bucket).unwrap();
    fs::write(folder.path("a.env.yaml"), environment).unwrap();
    let file = folder.path("a.json");
    let ran = run(&["report", "--env", &folder.path("a.env.yaml"), "--not-public", "-o", &file]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let json: Value = serde_json::from_str(&folder.read("a.json")).unwrap();
    let claims = json["claims"].as_array().unwrap();
    let outcomes: Vec<&str> = claims.iter().map(|claim| claim["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["fails", "holds"], "{claims:?}");
    // S4.14: who is not signed in has no identity policy; the bucket's alone allows.
    let passage = &claims[0]["passage"];
    assert_eq!(
        (passage["verdict"].as_str(), passage["principal"].as_str()),
        (Some("allowed"), Some("anonymous"))
    );
    let stations = passage["stations"].as_array().unwrap();
    let allows: Vec<&str> = stations
        .iter()
        .filter(|station| station["does"] == "allows")
        .map(|station| station["layer"].as_str().unwrap())
        .collect();
    assert_eq!(allows, ["resource-based policy"]);
    let statement = &json["policies"][0]["statements"][0];
    let notes = statement["notes"].as_array().unwrap();
    assert!(
        notes.iter().any(|note| note["kind"] == "decides" && note["refers_to"] == "claim-1"),
        "{notes:?}"
    );
}

#[test]
fn the_example_of_the_documents_runs() {
    let folder = Folder::new("documents");
    let text = fs::read_to_string(crate::run::root().join("docs/reports.md")).unwrap();
    let command = text.lines().find_map(|line| line.strip_prefix("$ polsim ")).unwrap();
    let file = folder.path("report.html");
    let words: Vec<&str> =
        command.split(' ').map(|word| if word == "report.html" { file.as_str() } else { word }).collect();
    let ran = run(&words);
    // The sample has findings, and nothing of it is public.
    assert!(ran.code == 1 && ran.says("claims hold"), "{ran:?}");
    assert!(folder.read("report.html").contains("may do anything with <code>artifacts</code>"));
}

const SUITE: &str = "corpus/environments/perimeter/perimeter.polsim.yaml";

#[test]
fn suites_are_claims_of_a_review() {
    let folder = Folder::new("suite");
    let file = folder.path("a.json");
    let ran = run(&["report", SUITE, "--date", "2026-11-24", "-o", &file]);
    assert_eq!(ran.code, 1, "the policies have findings: {ran:?}");
    let json: Value = serde_json::from_str(&folder.read("a.json")).unwrap();
    let tested: Value =
        serde_json::from_str(&run(&["test", SUITE, "--date", "2026-11-24", "--format", "json"]).out).unwrap();
    // What `polsim test` says of each case the review says too.
    let claims = json["claims"].as_array().unwrap();
    let cases = tested["cases"].as_array().unwrap();
    let names = |list: &[Value]| -> Vec<Value> { list.iter().map(|one| one["name"].clone()).collect() };
    assert_eq!(names(claims), names(cases));
    let ended = |outcome: &str| claims.iter().filter(|claim| claim["outcome"] == outcome).count();
    assert_eq!(ended("holds") + ended("skipped"), claims.len(), "{claims:?}");
    assert_eq!(json["verdict"]["claims"]["hold"], ended("holds"));
    // The environment of the suite is reviewed, each policy once.
    assert_eq!(json["overviews"][0]["path"], PERIMETER);
    let policies = json["policies"].as_array().unwrap();
    assert_eq!(policies.len(), 11);
    let below = folder.path("b.json");
    assert_eq!(
        run(&["report", "corpus/environments/perimeter", "--date", "2026-11-24", "-o", &below]).code,
        1
    );
    let all: Value = serde_json::from_str(&folder.read("b.json")).unwrap();
    assert_eq!(
        (&all["policies"], &all["findings"]),
        (&json["policies"], &json["findings"]),
        "the folder has no others"
    );
}

#[test]
fn a_case_that_fails_is_shown_with_its_way_and_what_no_case_exercises_is_marked() {
    let folder = Folder::new("fails");
    let policy = r#"{"Version": "2012-10-17", "Statement": [
  {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"},
  {"Sid": "Never", "Effect": "Deny", "Action": "sqs:SendMessage", "Resource": "*"}
]}"#;
    let suite = "environment:\n  accounts: { \"111122223333\": {} }\n  principals:\n    \
                 ana: { arn: \"arn:aws:iam::111122223333:user/ana\", identity: [p.json] }\n\
                 cases:\n  - name: nobody reads reports\n    for all: { principal: ana, action: s3:GetObject, resource: \"arn:aws:s3:::reports/*\" }\n    \
                 expect: deny\n";
    fs::write(folder.path("p.json"), policy).unwrap();
    fs::write(folder.path("a.polsim.yaml"), suite).unwrap();
    let file = folder.path("a.json");
    let ran = run(&["report", &folder.path("a.polsim.yaml"), "-o", &file]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let json: Value = serde_json::from_str(&folder.read("a.json")).unwrap();
    let claim = &json["claims"][0];
    assert_eq!(
        (claim["outcome"].as_str(), claim["passage"]["verdict"].as_str()),
        (Some("fails"), Some("allowed"))
    );
    // The one layer that allows decides (S4.4).
    let decides: Vec<&Value> = claim["passage"]["stations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|station| station["decides"] == true)
        .collect();
    assert_eq!(decides.len(), 1);
    assert_eq!(decides[0]["layer"], "identity-based policy");
    let kinds = |at: usize| -> Vec<String> {
        let notes = json["policies"][0]["statements"][at]["notes"].as_array().unwrap();
        notes.iter().map(|note| note["kind"].as_str().unwrap().to_owned()).collect()
    };
    assert!(
        kinds(0).contains(&"decides".to_owned()) && !kinds(0).contains(&"not-exercised".to_owned()),
        "{:?}",
        kinds(0)
    );
    assert!(kinds(1).contains(&"not-exercised".to_owned()), "{:?}", kinds(1));
    assert_eq!(
        (json["coverage"]["covered"].as_u64(), json["coverage"]["statements"].as_u64()),
        (Some(1), Some(2))
    );
}

#[test]
fn a_suite_that_cannot_be_read_does_not_keep_others_from_being_reviewed() {
    let folder = Folder::new("broken");
    fs::write(folder.path("a.polsim.yaml"), "cases: [").unwrap();
    let file = folder.path("a.json");
    let ran = run(&["report", SUITE, &folder.path("a.polsim.yaml"), "-o", &file]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let json: Value = serde_json::from_str(&folder.read("a.json")).unwrap();
    assert_eq!(json["verdict"]["outcome"], "bad-input");
    assert!(
        !json["claims"].as_array().unwrap().is_empty() && !json["problems"].as_array().unwrap().is_empty()
    );
}
