//! VAR102: a variable that only some principals have.

use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{PolicyType, Statement, read_resource_template};

pub(crate) const RULE: Rule = Rule {
    code: "VAR102",
    name: "variable-absent-for-principal",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    check: Check::Statement(check),
    doc: Doc {
        what: "A resource depends on `${aws:username}`, which only IAM users have, and gives no default.",
        why: "For a session of a role the variable has no value: an Allow never matches it, and a Deny never applies to it.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*"}]}"#,
        )],
        good: &[
            Example::document(
                PolicyType::Identity,
                r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username, 'shared'}/*"}]}"#,
            ),
            Example::document(
                PolicyType::Identity,
                r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:PrincipalTag/team}/*"}]}"#,
            ),
        ],
        fix: "Give a default, use `${aws:PrincipalTag/…}` or `${aws:userid}`, or keep it if only users are meant.",
        source: "S3.15.5, S5.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let version = subject.policy().effective_version();
    let Some(resource) = &statement.resource else { return };
    for entry in resource.listed() {
        for variable in read_resource_template(&entry.value, version).0.variables() {
            let Some(key) = &variable.key else { continue };
            if key.folded() == "aws:username" && variable.default.is_none() {
                findings
                    .add(entry.span, "only IAM users have a name; for sessions of roles this matches nothing")
                    .help("give a default, `${aws:username, 'name'}`, or use `${aws:PrincipalTag/…}`");
            }
        }
    }
}
