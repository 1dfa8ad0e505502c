//! SEC010: access that hangs on what the caller says of itself.

use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, aws_security};
use polsim_policy::{Effect, OperatorName, PolicyType, Statement};

/// Keys that hold what the client wrote into its request, in lower case.
const CHOSEN_BY_CALLER: [&str; 2] = ["aws:referer", "aws:useragent"];

pub(crate) const RULE: Rule = Rule {
    code: "SEC010",
    name: "untrustworthy-condition-key",
    severity: Severity::High,
    aliases: &[aws_security("UNTRUSTWORTHY_CONDITION_KEY")],
    check: Check::Statement(check),
    doc: Doc {
        what: "A condition tests a key that the caller chooses: aws:Referer or aws:UserAgent.",
        why: "Any client sends whatever it likes in these headers. An Allow is open to who knows the value; a Deny is \
              got round with another one.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"StringLike": {"aws:Referer": "https://www.acme.example/*"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f60718"}}}"#,
        )],
        fix: "Test what AWS fills in: the principal, its organization, the network. Signed URLs or cookies keep \
              a web site's files for its visitors.",
        source: "S5.3, Access Analyzer policy checks",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let blocks = statement.condition.blocks.iter();
    for block in blocks.filter(|block| block.operator.value.name != OperatorName::Null) {
        for key in &block.keys {
            if !CHOSEN_BY_CALLER.contains(&key.key.value.folded().as_str()) {
                continue;
            }
            let name = subject.name(statement);
            let sentence = match statement.effect.value {
                Effect::Allow => format!("{name} hangs on `{}`, which the caller chooses", key.key.value),
                Effect::Deny => format!("{name} is got round with another `{}`", key.key.value),
            };
            findings.add(key.key.span, sentence).help("test a key that AWS fills in");
        }
    }
}
