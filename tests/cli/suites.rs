//! `polsim test` and `polsim init`: what holds, what fails, what cannot be read, and that a first suite holds.

use crate::run::{root, run};
use std::fs;
use std::path::PathBuf;

/// A copy of the sample environment.
fn perimeter(name: &str) -> PathBuf {
    let to = std::env::temp_dir().join(format!("polsim-suites-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&to);
    copy(&root().join("corpus/environments/perimeter"), &to);
    to
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

const DAY: [&str; 2] = ["--date", "2026-11-24"];

fn test(folder: &std::path::Path, more: &[&str]) -> (i32, String) {
    let folder = folder.to_str().unwrap();
    let arguments: Vec<&str> = ["test", folder].into_iter().chain(DAY).chain(more.iter().copied()).collect();
    let ran = run(&arguments);
    (ran.code, ran.out)
}

#[test]
fn the_sample_holds() {
    let (code, text) = test(&root().join("corpus/environments/perimeter"), &[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.ends_with("10 hold, 1 skipped\n"), "{text}");
}

#[test]
fn a_skip_ends_on_its_day() {
    let folder = root().join("corpus/environments/perimeter");
    let ran = run(&["test", folder.to_str().unwrap(), "--date", "2027-03-01"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.ends_with("10 hold, 1 fails\n"), "{}", ran.out);
}

#[test]
fn a_case_that_fails_shows_the_request_and_the_statement() {
    let folder = perimeter("fails");
    fs::write(
        folder.join("wrong.polsim.yaml"),
        "environment: perimeter.env.yaml\ncases:\n  - name: nobody reads\n    for all: { principal: model-role, \
         via: s3, action: s3:GetObject, resource: \"arn:aws:s3:::example-artifacts/*\" }\n    expect: deny\n",
    )
    .unwrap();
    let (code, text) = test(&folder, &["--filter", "nobody reads"]);
    assert_eq!(code, 1, "{text}");
    for part in ["fails: nobody reads", "this request is allowed", "OurBuckets", "^^^", "1 fails"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (code, text) = test(&folder, &["--format", "junit"]);
    assert_eq!(code, 1);
    assert!(text.contains("<failure") && text.contains("<skipped"), "{text}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_cannot_be_read_keeps_the_others_running() {
    let folder = perimeter("bad");
    fs::write(folder.join("bad.polsim.yaml"), "environment: perimeter.env.yaml\r\ncases:\r\n  - nam: a\r\n")
        .unwrap();
    fs::write(
        folder.join("loop.polsim.yaml"),
        "include: [loop.polsim.yaml]\nenvironment: perimeter.env.yaml\n",
    )
    .unwrap();
    let (code, text) = test(&folder, &[]);
    assert_eq!(code, 2, "{text}");
    for part in ["did you mean `name`?", "bad.polsim.yaml:3", "loop.polsim.yaml", "10 hold, 1 skipped"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn no_suite_is_no_success() {
    let folder = std::env::temp_dir().join(format!("polsim-no-suite-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    assert_eq!(test(&folder, &[]).0, 2);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn coverage_and_mutants_count() {
    let folder = root().join("corpus/environments/perimeter");
    let (code, text) = test(&folder, &["--coverage-min", "100"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("coverage 6"), "{text}");
    let (code, text) = test(&folder, &["--mutate"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("mutants survive"), "{text}");
    // One case expects the first to be denied, `by` of another one names the second.
    for statement in ["NoPackageRepositories", "OurBuckets"] {
        assert!(!text.contains(&format!("`{statement}` is deleted")), "a case notices that: {text}");
    }
}

#[test]
fn a_first_suite_of_an_endpoint_policy_has_its_denies() {
    let ran =
        run(&["init", root().join("corpus/sagemaker/s3-endpoint-default-deny-al2.json").to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for part in ["AmazonLinux2AMIRepositoryAccess denies", "explicit-deny", "via"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
}

#[test]
fn a_first_suite_holds() {
    let folder = perimeter("init");
    let (environment, suite) = (folder.join("perimeter.env.yaml"), folder.join("first.polsim.yaml"));
    let arguments = ["init", environment.to_str().unwrap(), "-o", suite.to_str().unwrap()];
    assert_eq!(run(&arguments).code, 0);
    let ran = run(&["test", suite.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    // What is there is not written over.
    assert_eq!(run(&arguments).code, 2);
    // A path from here and a file elsewhere: the suite finds its environment from where it lies.
    let elsewhere = folder.join("elsewhere.polsim.yaml");
    let sample = "corpus/environments/perimeter/perimeter.env.yaml";
    assert_eq!(run(&["init", sample, "-o", elsewhere.to_str().unwrap()]).code, 0);
    let ran = run(&["test", elsewhere.to_str().unwrap(), "--allow-outside"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    fs::remove_dir_all(folder).unwrap();
}
