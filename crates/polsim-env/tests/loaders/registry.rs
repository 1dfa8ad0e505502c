//! All loaders at once.

use crate::support::document;
use polsim_env::load::{LOADERS, load};
use polsim_text::{Limits, Source};

#[test]
fn every_loader_has_a_name_of_its_own_and_a_row_in_the_document() {
    let text = document("docs/loaders.md");
    for (at, loader) in LOADERS.iter().enumerate() {
        assert!(!LOADERS.iter().take(at).any(|other| other.name() == loader.name()), "{}", loader.name());
        assert!(text.contains(&format!("| `{}` |", loader.name())), "{} has no row", loader.name());
        assert!(!loader.about().is_empty());
    }
}

#[test]
fn every_code_is_in_the_document() {
    let text = document("docs/loaders.md");
    let source = document("crates/polsim-env/src/load/diagnosis.rs");
    let codes: Vec<&str> =
        source.split('"').filter(|part| part.starts_with("LOD") && part.len() == 6).collect();
    assert!(codes.len() >= 19, "{codes:?}");
    for code in codes {
        assert!(text.contains(code), "{code}");
    }
}

#[test]
fn no_loader_panics_on_what_is_no_dump() {
    let texts = [
        "",
        "null",
        "[]",
        "{}",
        "{",
        "[[[[",
        "a: b",
        "- 1",
        "\u{feff}",
        "%7B",
        "key: [",
        "{\"Statement\": 1}",
        r#"{"UserDetailList": {}, "Policies": [1, null, {"Arn": 1}]}"#,
        r#"{"RoleDetailList": [{"Arn": "x", "AssumeRolePolicyDocument": "%7B%"}]}"#,
        r#"{"configurationItems": [{"configuration": "{", "resourceType": "AWS::IAM::Role"}, 1]}"#,
        r#"{"Policy": "%"}"#,
        r#"{"Policies": [{"AwsManaged": 1}], "Targets": [{}]}"#,
        r#"{"VpcEndpoints": [null, {"VpcEndpointType": "Gateway"}]}"#,
        r#"{"Role": {"Arn": []}, "AttachedPolicies": "x"}"#,
    ];
    let names = ["a.json", "list-parents..json", "list-role-policies.x.json", "get-policy-version.%.json"];
    for text in texts {
        for name in names {
            let source = Source::new(name, text);
            for given in LOADERS.iter().map(|loader| Some(*loader)).chain([None]) {
                let loaded = load(&source, given, &Limits::default());
                for problem in loaded.problems.iter().chain(&loaded.notes) {
                    assert!(problem.span.end() <= text.len(), "{text} {problem}");
                    assert!(!problem.to_string().is_empty() && problem.code().starts_with("LOD"));
                }
            }
        }
    }
}
