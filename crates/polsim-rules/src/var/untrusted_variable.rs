//! VAR103: a variable in a resource whose value the caller chooses.

use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{Effect, PolicyType, Statement, read_resource_template};

pub(crate) const RULE: Rule = Rule {
    code: "VAR103",
    name: "untrusted-variable",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    opt_in: true,
    check: Check::Statement(check),
    doc: Doc {
        what: "A resource depends on a variable whose value the caller can choose.",
        why: "The name of a session, which ends `aws:userid`, and the tags that come with `sts:TagSession` are in the hands of whoever assumes the role, unless its trust policy pins them.",
        bad: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:userid}/*"}]}"#,
        )],
        good: &[Example::document(
            PolicyType::Identity,
            r#"{"Version": "2012-10-17", "Statement": [
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:PrincipalAccount}/*"}]}"#,
        )],
        fix: "Pin the session name with `sts:RoleSessionName`, or the tag with `aws:RequestTag`, in the trust policy of the role.",
        source: "S3.15, S5.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let version = subject.policy().effective_version();
    let Some(resource) = &statement.resource else { return };
    for entry in resource.listed() {
        for variable in read_resource_template(&entry.value, version).0.variables() {
            let Some(key) = &variable.key else { continue };
            let name = key.folded();
            let is_chosen = name == "aws:userid"
                || name.starts_with("aws:principaltag/")
                || name.starts_with("aws:requesttag/");
            if is_chosen && statement.effect.value == Effect::Allow {
                findings.add(entry.span, format!("whoever assumes the role may choose `{key}`"));
            }
        }
    }
}
