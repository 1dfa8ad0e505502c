//! VPE016: a test of who owns what the policy hangs on.

use crate::keys::tests;
use polsim_lint::{Check, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::{PolicyType, Statement};

pub(crate) const RULE: Rule = Rule {
    code: "VPE016",
    name: "perimeter-tests-wrong-side",
    severity: Severity::Medium,
    applies: Types::RESOURCE.and(Types::SCP).and(Types::RCP),
    check: Check::Statement(check),
    doc: Doc {
        what: "A policy of a resource tests whose the resource is, or an SCP tests of which organization the principal is.",
        why: "It has the same answer for every request that the policy sees. A perimeter around a resource asks for the principal (`aws:PrincipalOrgID`), one around principals asks for the resource (`aws:ResourceOrgID`).",
        bad: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"StringNotEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        good: &[Example::statements(
            PolicyType::Resource,
            r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::acme-data/*",
                "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Test the other side.",
        source: "S5.3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    let (own, other): (&[&str], _) = match subject.policy_type() {
        // Accounts and paths differ among the principals and resources of one organization; the organization does not.
        PolicyType::Scp => (&["aws:PrincipalOrgID"], "aws:ResourceOrgID"),
        PolicyType::Rcp => (&["aws:ResourceOrgID"], "aws:PrincipalOrgID"),
        _ => (&["aws:ResourceOrgID", "aws:ResourceOrgPaths", "aws:ResourceAccount"], "aws:PrincipalOrgID"),
    };
    for test in tests(statement).filter(|test| test.is_of(own)) {
        let key = test.block.key.value.as_str();
        let carrier =
            if subject.policy_type() == PolicyType::Scp { "every principal" } else { "every resource" };
        let sentence = format!("`{key}` is the same for {carrier} that this policy is about");
        findings.add(test.block.key.span, sentence).help(format!("test the other side: {other}"));
    }
}
