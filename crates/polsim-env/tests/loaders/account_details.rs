//! `aws iam get-account-authorization-details`.

use crate::support::{codes, corpus, environment, load_corpus, load_text, merged, underlined, verdict};
use polsim_eval::Verdict;
use polsim_text::Source;

const FILE: &str = "account-authorization-details.json";
const ETL: &str = "arn:aws:iam::111122223333:role/etl";
const ANA: &str = "arn:aws:iam::111122223333:user/ana";

#[test]
fn every_policy_that_is_in_force_is_found() {
    let loaded = load_corpus(FILE);
    let names: Vec<&str> = loaded.policies.iter().map(|policy| policy.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "inline policy own of arn:aws:iam::111122223333:user/ana",
            "inline policy write of arn:aws:iam::111122223333:role/etl",
            "trust policy of arn:aws:iam::111122223333:role/etl",
            "arn:aws:iam::111122223333:policy/ViewInstances",
            "arn:aws:iam::111122223333:policy/limits",
        ]
    );
    assert_eq!(codes(&loaded.problems), [] as [&str; 0]);
    assert_eq!(codes(&loaded.notes), [] as [&str; 0]);
}

#[test]
fn places_lead_back_into_the_dump_also_where_it_is_encoded() {
    let loaded = load_corpus(FILE);
    let own = "inline policy own of arn:aws:iam::111122223333:user/ana";
    assert_eq!(underlined(&loaded, own, "\"s3:GetObject\""), "%22s3%3AGetObject%22");
    assert_eq!(underlined(&loaded, own, "déjà"), "d%C3%A9j%C3%A0");
    let write = "inline policy write of arn:aws:iam::111122223333:role/etl";
    assert_eq!(underlined(&loaded, write, "s3:PutObject"), "s3:PutObject");
}

#[test]
fn the_policies_hang_where_they_are_attached() {
    let environment = environment(load_corpus(FILE));
    let ask = |who: &str, action: &str, resource: &str| verdict(&environment, who, action, resource);
    // The role: written on it, and attached to it in the version that is the default.
    assert_eq!(ask(ETL, "s3:PutObject", "arn:aws:s3:::lake/in/a"), Verdict::Allowed);
    assert_eq!(ask(ETL, "ec2:DescribeVpcs", "*"), Verdict::Allowed);
    assert_eq!(ask(ETL, "ec2:CreateVpc", "*"), Verdict::ImplicitlyDenied);
    // The user: own policy, that of its group, both within the boundary (S4.7).
    assert_eq!(ask(ANA, "s3:GetObject", "arn:aws:s3:::lake/déjà/vu"), Verdict::Allowed);
    assert_eq!(ask(ANA, "ec2:DescribeVpcs", "*"), Verdict::Allowed);
    assert_eq!(ask(ANA, "s3:PutObject", "arn:aws:s3:::lake/in/a"), Verdict::ImplicitlyDenied);
    let ana = environment.principals().iter().find(|principal| principal.arn == ANA).unwrap();
    assert_eq!(ana.tags, [("team".to_owned(), "data".to_owned())]);
    assert_eq!(ana.unique_id.as_deref(), Some("AIDAEXAMPLEANA0000001"));
    assert!(ana.boundary.is_some());
}

#[test]
fn an_attached_policy_without_its_text_is_told_at_its_place() {
    let text = corpus(FILE).text().replace(
        "111122223333:policy/limits\",\n            \"Path\"",
        "111122223333:policy/other\",\n            \"Path\"",
    );
    let merged = merged(load_text(FILE, &text));
    assert_eq!(codes(&merged.problems), ["LOD009"]);
    let problem = &merged.problems[0];
    assert_eq!(problem.file.slice(problem.span), "\"arn:aws:iam::111122223333:policy/limits\"");
}

#[test]
fn pages_follow_one_another_and_the_last_one_tells_whether_it_is_the_last() {
    let page = |rest: &str| format!("{{\"UserDetailList\": [], \"RoleDetailList\": [], {rest}}}\n");
    let truncated = page("\"IsTruncated\": true, \"Marker\": \"m\"");
    let last = page("\"IsTruncated\": false");
    assert_eq!(codes(&load_text("a.json", &truncated).problems), ["LOD004"]);
    assert_eq!(codes(&load_text("a.json", &format!("{truncated}{last}")).problems), [] as [&str; 0]);
    assert_eq!(codes(&load_text("a.json", &page("\"NextToken\": \"t\"")).problems), ["LOD004"]);
    // Nobody in it: odd, and no reason to stop.
    assert_eq!(codes(&load_text("a.json", &last).notes), ["LOD013"]);
}

#[test]
fn a_dump_that_was_cut_off_is_told_and_does_not_panic() {
    let text = corpus(FILE).text().to_owned();
    for end in (1..text.len()).step_by(97).filter(|end| text.is_char_boundary(*end)) {
        let loaded = load_text(FILE, text.get(..end).unwrap());
        assert_eq!(codes(&loaded.problems), ["LOD002"], "{end}");
    }
}

#[test]
fn line_ends_of_windows_and_a_byte_order_mark_are_read() {
    let text = format!("\u{feff}{}", corpus(FILE).text().replace('\n', "\r\n"));
    let loaded = load_text(FILE, &text);
    assert_eq!(codes(&loaded.notes), ["LOD003"]);
    assert_eq!(loaded.policies.len(), 5);
    environment(loaded);
}

#[test]
fn a_group_that_no_file_describes_is_told() {
    let text = corpus(FILE).text().replace("\"GroupDetailList\"", "\"Groups\"");
    assert_eq!(codes(&merged(load_text(FILE, &text)).problems), ["LOD010"]);
}

#[test]
fn a_policy_that_is_no_policy_is_told_at_its_place() {
    let source = Source::new(
        "a.json",
        r#"{"RoleDetailList": [{"Arn": "arn:aws:iam::111122223333:role/r", "AssumeRolePolicyDocument": "later"}]}"#,
    );
    let loaded = polsim_env::load::load(&source, None, &polsim_text::Limits::default());
    assert_eq!(codes(&loaded.problems), ["LOD007"]);
    assert_eq!(source.slice(loaded.problems[0].span), "\"later\"");
}
