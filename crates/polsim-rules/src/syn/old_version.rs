//! SYN022: `"Version": "2008-10-17"`.

use polsim_lint::{Check, Doc, Example, Findings, Fix, Rule, Severity, Subject, parliament};
use polsim_policy::{PolicyType, Version};
use polsim_text::Edit;

pub(crate) const RULE: Rule = Rule {
    code: "SYN022",
    name: "old-version",
    severity: Severity::Low,
    aliases: &[parliament("OLD_VERSION")],
    check: Check::Document(check),
    doc: Doc {
        what: "The document says the version of 2008.",
        why: "Under it `${…}` is plain text, and new features of the language are missing.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Write `\"2012-10-17\"`. `--unsafe-fixes` does; it makes variables count.",
        source: "S1.2.1, S3.15.2",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(version) = subject.policy().version.filter(|version| version.value == Version::V2008) else {
        return;
    };
    let edit = Edit::replace(version.span, "\"2012-10-17\"");
    findings
        .add(version.span, "this is the old version of the policy language")
        .fix(Fix::offered("write the current version", [edit]));
}
