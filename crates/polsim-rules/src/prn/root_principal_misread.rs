//! PRN105: the root user where the whole account is meant.

use polsim_arn::Arn;
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject};
use polsim_policy::{Effect, OperatorName, PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "PRN105",
    name: "root-principal-misread",
    severity: Severity::Info,
    confidence: Confidence::Medium,
    check: Check::Statement(check),
    doc: Doc {
        what: "A condition lets aws:PrincipalArn be the root user of an account that it names.",
        why: "In `Principal` such an ARN stands for the whole account. As a value of aws:PrincipalArn it is the root \
              user alone: users and roles have ARNs of their own.",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:root"}}}"#,
        )],
        good: &[
            Example::statements(
                PolicyType::Resource,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::acme-data/*",
                    "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}}"#,
            ),
            Example::statements(
                PolicyType::Scp,
                r#"{"Effect": "Deny", "Action": "*", "Resource": "*",
                    "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}}"#,
            ),
        ],
        fix: "Test aws:PrincipalAccount when the account is meant.",
        source: "S2.4.2, S5.2",
    },
    ..Rule::DEFAULT
};

fn check(_: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for block in &statement.condition.blocks {
        let operator = block.operator.value.name;
        // Whether the test lets its values in: an Allow that asks for them, a Deny that spares them.
        let lets_in = operator.is_negated() == (statement.effect.value == Effect::Deny);
        if !lets_in || operator == OperatorName::Null {
            continue;
        }
        for key in block.keys.iter().filter(|key| key.key.value.folded() == "aws:principalarn") {
            // Beside the root user of the account others are named: then it is meant.
            let [value] = key.values.as_slice() else { continue };
            let arn = Arn::parse(&value.value.text);
            let is_root = |arn: Arn<'_>| {
                arn.resource == "root" && !arn.account.contains(['*', '?', '$']) && arn.service == "iam"
            };
            if arn.is_some_and(is_root) {
                findings
                    .add(value.span, "this is the root user alone, not the account")
                    .help("test aws:PrincipalAccount when the account is meant");
            }
        }
    }
}
