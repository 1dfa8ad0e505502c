//! What goes into a shell or into other people's tools: completions, manual pages, hooks.

use crate::run::{root, run, run_with_input};
use serde_json::Value;
use std::fs;
use std::process::{Command, Stdio};

/// The verbs that the help lists.
pub(crate) fn verbs() -> Vec<String> {
    let help = run(&["--help"]).out;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    // What a verb says may be folded; verbs stand at the beginning.
    let listed = listed.take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// The options of a verb, such as `--fail-on`.
fn options(verb: &str) -> Vec<String> {
    let help = run(&[verb, "--help"]).out;
    let words = help.split(|c: char| c.is_whitespace() || "[]<>,`=".contains(c));
    words.filter(|word| word.starts_with("--")).map(str::to_owned).collect()
}

#[test]
fn every_shell_gets_a_script_that_knows_every_verb() {
    let verbs = verbs();
    assert!(verbs.len() > 9 && verbs.iter().any(|verb| verb == "check"), "{verbs:?}");
    for shell in ["bash", "elvish", "fish", "nushell", "powershell", "zsh"] {
        let ran = run(&["completions", shell]);
        assert_eq!(ran.code, 0, "{shell}");
        for verb in &verbs {
            assert!(ran.out.contains(verb.as_str()), "{shell} lacks {verb}");
        }
        assert!(ran.out.contains("fail-on"), "{shell} lacks the options of verbs");
    }
    assert_eq!(run(&["completions", "tcsh"]).code, 2);
}

#[test]
fn the_script_for_bash_is_one_that_bash_reads_and_that_completes() {
    let script = run(&["completions", "bash"]).out;
    // What bash would offer behind `polsim li`.
    let question =
        "\nCOMP_WORDS=(polsim li); COMP_CWORD=1; _polsim polsim li polsim; echo \"${COMPREPLY[@]}\"\n";
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", &format!("{script}{question}")]).stdin(Stdio::null());
    let output = bash.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "lint", "{output:?}");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn every_verb_has_a_page() {
    let folder = std::env::temp_dir().join(format!("polsim-man-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let ran = run(&["man", folder.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let mut expected: Vec<String> = verbs().iter().map(|verb| format!("polsim-{verb}.1")).collect();
    expected.push("polsim.1".to_owned());
    expected.sort();
    let mut pages: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    assert_eq!(pages, expected);
    for page in &pages {
        let text = fs::read_to_string(folder.join(page)).unwrap();
        let name = page.trim_end_matches(".1").replace('-', "\\-");
        assert!(text.contains(&format!(".SH NAME\n{name} \\- ")), "{page}: {text}");
        assert!(text.contains(".SH SYNOPSIS") && text.contains(".SH OPTIONS"), "{page}");
    }
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(run(&["man", folder.to_str().unwrap()]).code, 2, "the folder is gone");
    assert!(run(&["man"]).out.contains(".TH polsim 1"));
}

fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(root().join(path)).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

#[test]
fn hooks_run_verbs_with_options_that_there_are() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let verbs = verbs();
    for hook in hooks.as_array().unwrap() {
        for member in ["id", "name", "description", "entry", "language", "files"] {
            assert!(hook[member].is_string(), "{hook}: {member}");
        }
        let words: Vec<&str> = hook["entry"].as_str().unwrap().split(' ').collect();
        let ["polsim", verb, rest @ ..] = words.as_slice() else { panic!("{hook}") };
        assert!(verbs.iter().any(|known| known == verb), "{hook}");
        let arguments = hook["args"].as_array().into_iter().flatten().map(|word| word.as_str().unwrap());
        let options = options(verb);
        for word in rest.iter().copied().chain(arguments).filter(|word| word.starts_with("--")) {
            let name = word.split('=').next().unwrap();
            assert!(options.iter().any(|known| known == name), "{verb} has no {word}: {options:?}");
        }
        assert_eq!(hook["id"], format!("polsim-{verb}"));
    }
}

#[test]
fn a_hook_says_what_is_wrong_with_a_staged_file() {
    let bad =
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "allow", "Action": "s3:*", "Resource": "*"}}"#;
    for verb in ["lint", "validate"] {
        assert_eq!(run_with_input(&[verb, "-"], bad.as_bytes()).code, 1, "{verb}");
    }
}

#[test]
fn the_action_lints_annotates_and_sums_up() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    let steps = action["runs"]["steps"].as_array().unwrap();
    for step in steps {
        assert!(step["uses"].is_string() || step["shell"] == "bash", "{step}");
    }
    let step = steps.iter().find(|step| step["id"] == "run").unwrap();
    // Inputs reach the script as variables, so that none of them is a command.
    let script = step["run"].as_str().unwrap();
    assert!(!script.contains("${{"), "{script}");
    let folder = std::env::temp_dir().join(format!("polsim-action-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let in_folder = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let act = |paths: &str, suites: &str, fail_on: &str| {
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-c", script]).current_dir(root()).stdin(Stdio::null());
        bash.env("GIVEN", env!("CARGO_BIN_EXE_polsim"))
            .env("LINT", paths)
            .env("FAIL_ON", fail_on)
            .env("SUITES", suites);
        bash.env("RUNNER_TEMP", &folder);
        bash.env("GITHUB_OUTPUT", in_folder("output")).env("GITHUB_STEP_SUMMARY", in_folder("summary"));
        let output = bash.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let lint = |paths: &str, fail_on: &str| act(paths, "", fail_on);
    let (code, annotations) = lint("corpus/sagemaker/s3-endpoint-deny-al2.json", "medium");
    assert_eq!(code, 1);
    assert!(annotations.contains("file=corpus/sagemaker/s3-endpoint-deny-al2.json,line="), "{annotations}");
    let sarif: Value = serde_json::from_str(&fs::read_to_string(in_folder("polsim.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert!(!sarif["runs"][0]["results"].as_array().unwrap().is_empty());
    assert!(fs::read_to_string(in_folder("summary")).unwrap().starts_with("## polsim: "));
    assert_eq!(
        fs::read_to_string(in_folder("output")).unwrap().trim(),
        format!("sarif-file={}", in_folder("polsim.sarif"))
    );
    assert_eq!(lint("corpus/sagemaker/s3-endpoint-deny-al2.json no/such.json", "medium").0, 2);
    assert_eq!(lint("corpus/sagemaker/role-trust.json", "error").0, 0);
    let bad = in_folder("bad.polsim.yaml");
    fs::write(&bad, "cases: [").unwrap();
    assert_eq!(act("", &bad, "medium").0, 2, "a suite that cannot be read");
    fs::remove_dir_all(&folder).unwrap();
    // What the steps refer to is declared.
    let text = fs::read_to_string(root().join("action.yml")).unwrap();
    for (at, _) in text.match_indices("inputs.") {
        let name: String = text
            .get(at + "inputs.".len()..)
            .unwrap()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '-')
            .collect();
        assert!(action["inputs"][&name]["description"].is_string(), "{name}");
    }
}
