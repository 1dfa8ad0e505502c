//! CND113: the identity of a session in the wrong form.

use crate::keys::{Family, is_open, tests};
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "CND113",
    name: "principal-arn-session-form",
    severity: Severity::High,
    check: Check::Statement(check),
    doc: Doc {
        what: "`aws:PrincipalArn` is compared with the ARN of a session, or `aws:userid` with the id of a role alone.",
        why: "For a session of a role `aws:PrincipalArn` is the ARN of the role, and `aws:userid` is the id of the role, a colon, and the name of the session. Neither value ever matches.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:sts::111122223333:assumed-role/admin/*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/admin"}}}"#,
        )],
        fix: "Write the ARN of the role, `arn:aws:iam::<account>:role/<path><name>`; for `aws:userid` write `AROA…:*` under `StringLike`.",
        source: "S5.2",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for test in tests(statement).filter(|test| matches!(test.family(), Family::Arn | Family::String)) {
        for value in &test.block.values {
            let text = value.value.text.as_str();
            if test.is("aws:PrincipalArn") && text.contains(":assumed-role/") {
                findings
                    .add(
                        value.span,
                        "`aws:PrincipalArn` of a session is the ARN of its role: this matches nothing",
                    )
                    .help("write arn:aws:iam::<account>:role/<name>");
            }
            let is_bare = text.starts_with("AROA") && !text.contains(':') && !is_open(text);
            if test.is("aws:userid") && (is_bare || text.starts_with("arn:")) {
                findings
                    .add(value.span, "`aws:userid` of a session is the id of its role, a colon and the name of the session")
                    .help("write `AROA…:*` under `StringLike`");
            }
        }
    }
}
