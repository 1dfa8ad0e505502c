//! Every `validate` vector of the conformance suite, judged by the parser.

use polsim_policy::{PolicyType, Problem, Quota, check_size, parse};
use polsim_text::{Limits, Source};
use serde_json::Value;

/// The text of a vector's document: raw text, or JSON to be written out.
fn text_of(document: &Value) -> String {
    document.as_str().map_or_else(|| document.to_string(), str::to_owned)
}

/// Valid or Invalid, and the problems that say why.
fn judge(validate: &Value, quota: Option<Quota>) -> (&'static str, Vec<Problem>) {
    let text = text_of(&validate["document"]);
    let Ok(policy_type) = validate["type"].as_str().unwrap_or("").parse::<PolicyType>() else {
        return ("Invalid", Vec::new());
    };
    let parsed = parse(&Source::new("vector", text.as_str()), policy_type, &Limits::default());
    let too_long = quota.and_then(|quota| check_size(&text, quota));
    let valid = parsed.single().is_some() && too_long.is_none();
    let problems = parsed.problems.into_iter().chain(too_long).collect();
    (if valid { "Valid" } else { "Invalid" }, problems)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the vectors are a file")]
fn all_validate_vectors() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/conformance/vectors.jsonl");
    let vectors = std::fs::read_to_string(path).expect("the vectors are part of the repository");
    let (mut ran, mut wrong) = (0, Vec::new());
    for line in vectors.lines() {
        let vector: Value = serde_json::from_str(line).expect("a vector is JSON");
        let Some(validate) = vector.get("validate") else {
            continue;
        };
        let quota = validate["quota"].as_str().map(|quota| quota.parse().expect("a known quota"));
        let (verdict, problems) = judge(validate, quota);
        ran += 1;
        if vector["expect"] != verdict {
            wrong.push(format!(
                "{} {} {}: {verdict}, because {problems:?}",
                vector["id"], vector["clause"], vector["title"]
            ));
        }
    }
    println!("{ran} validate vectors ran");
    assert!(ran > 0, "no vector ran");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
