//! SYN111: elements out of the usual order.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "SYN111",
    name: "element-order",
    severity: Severity::Info,
    opt_in: true,
    check: Check::Document(check),
    doc: Doc {
        what: "The elements of the document stand in an unusual order.",
        why: "AWS does not mind; readers look for `Version` at the top.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}], "Version": "2012-10-17"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#,
        )],
        fix: "Put `Version` first.",
        source: "S1.1.4; the order in AWS's own documents",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let members = subject.node().members().unwrap_or(&[]);
    if let Some(member) = members.iter().skip(1).find(|member| member.key.value == "Version") {
        findings.add(member.key.span, "`Version` does not stand first");
    }
}
