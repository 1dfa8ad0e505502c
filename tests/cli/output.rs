//! How answers come out: JSON, colour, pipes, narrow terminals.

use crate::run::{polsim, run, sagemaker};
use std::process::Stdio;

const ACTION: &str = "s3:GetObject";
const BUCKET: &str = "arn:aws:s3:::amazonlinux.*.amazonaws.com";

fn arguments(policy: &str) -> Vec<String> {
    ["check", policy, "--expect", "explicit-deny", ACTION, BUCKET].map(str::to_owned).to_vec()
}

#[test]
fn json_has_its_schema_and_the_places() {
    let policy = sagemaker("s3-endpoint-deny-al2");
    let mut words = arguments(&policy);
    words.extend(["--format".to_owned(), "json".to_owned()]);
    let ran = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(ran.code, 1);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["schema"], "polsim.report/1");
    assert!(ran.out.contains(&policy), "{}", ran.out);
}

#[test]
fn json_is_printed_for_bad_input_too() {
    let ran = run(&["validate", "no.json", "--format", "json"]);
    assert_eq!(ran.code, 2);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["schema"], "polsim.report/1");
}

#[test]
fn colour_is_used_when_it_is_asked_for_and_never_else() {
    let policy = sagemaker("s3-endpoint-deny-al2");
    let words = arguments(&policy);
    let with = |more: &[&str], variable: Option<(&str, &str)>| {
        let all: Vec<&str> = words.iter().map(String::as_str).chain(more.iter().copied()).collect();
        let mut command = polsim(&all);
        command.envs(variable);
        String::from_utf8(command.output().unwrap().stdout).unwrap().contains('\u{1b}')
    };
    assert!(!with(&[], None), "a pipe gets no colour");
    assert!(with(&["--color", "always"], None));
    assert!(with(&[], Some(("FORCE_COLOR", "1"))));
    assert!(!with(&[], Some(("NO_COLOR", "1"))));
    assert!(!with(&["--color", "never"], Some(("FORCE_COLOR", "1"))));
}

#[test]
fn a_narrow_terminal_gets_narrow_lines() {
    let policy = sagemaker("s3-endpoint-deny-al2");
    let words = arguments(&policy);
    let all: Vec<&str> = words.iter().map(String::as_str).collect();
    let output = polsim(&all).env("COLUMNS", "40").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    // Excerpts of files keep their lines, and paths and ARNs are not broken; sentences fold.
    let is_kept = |line: &str| ["arn:", ".json", "|", ",-["].iter().any(|mark| line.contains(mark));
    let sentences = text.lines().filter(|line| !is_kept(line));
    for line in sentences {
        assert!(line.chars().count() <= 44, "{line}");
    }
}

#[test]
fn a_closed_pipe_is_quiet() {
    let policy = sagemaker("s3-endpoint-deny-al2");
    let words = arguments(&policy);
    let all: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut child = polsim(&all).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_none() {
    let policy = sagemaker("s3-endpoint-deny-al2");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = polsim(&["validate", &policy]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"), "{output:?}");
}

#[test]
fn help_tells_the_exit_codes() {
    for verb in ["check", "simulate", "validate"] {
        let ran = run(&[verb, "--help"]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("Exit codes:") && ran.out.contains("Examples:"), "{}", ran.out);
    }
    assert_eq!(run(&["--version"]).code, 0);
}
