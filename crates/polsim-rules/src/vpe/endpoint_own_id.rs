//! VPE009: an endpoint policy that asks for the endpoint.

use crate::keys::tests;
use crate::never::when_idle;
use polsim_eval::KeyState;
use polsim_lint::{Check, Doc, Example, Findings, Judge, Phase, Rule, Severity, Subject, Types};
use polsim_policy::{Condition, ConditionKey, OperatorBlock, PolicyType, Statement};
use polsim_prove::Region;

pub(crate) const RULE: Rule = Rule {
    code: "VPE009",
    name: "endpoint-own-id",
    severity: Severity::Info,
    applies: Types::ENDPOINT,
    phase: Phase::Prover,
    check: Check::Statement(check),
    doc: Doc {
        what: "The policy of a VPC endpoint tests `aws:SourceVpce` or `aws:SourceVpc`. With the setting `endpoint-id` the rule says how the test comes out, with severity medium.",
        why: "Every request that the policy sees passes this endpoint, so the test has the same answer for all of them.",
        bad: &[
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                    "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"}}}"#,
            ),
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                    "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}"#,
            )
            .given(&[("endpoint-id", "vpce-1a2b3c4d")]),
        ],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}"#,
        )],
        fix: "Leave the test out here. It belongs into the policies of the resources.",
        source: "S4.11.1, I1, I3",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, statement: &Statement, findings: &mut Findings<'_>) {
    for test in tests(statement).filter(|test| test.is_of(&["aws:SourceVpce", "aws:SourceVpc"])) {
        let key = test.block.key.value.as_str();
        let id = subject.settings().endpoint_id.as_deref().filter(|_| test.is_of(&["aws:SourceVpce"]));
        let Some(id) = id else {
            let sentence = format!("`{key}` is the same for all requests that pass this endpoint");
            findings.add(test.block.key.span, sentence);
            continue;
        };
        let block = OperatorBlock { operator: test.operator, keys: vec![test.block.clone()] };
        let alone = Statement { condition: Condition { blocks: vec![block] }, ..statement.clone() };
        let Some(answer) = answer(subject, alone, &test.block.key.value, id) else { continue };
        let sentence = format!("this test {answer} at `{id}`, the endpoint that carries the policy");
        findings.add(test.block.key.span, sentence).severity(Severity::Medium);
    }
}

/// Whether a statement with this one test applies to no request or to all that its other elements name.
fn answer(subject: &Subject<'_>, alone: Statement, key: &ConditionKey, id: &str) -> Option<&'static str> {
    let all = Statement { condition: Condition::default(), ..alone.clone() };
    let never = when_idle(alone.effect.value);
    let holds = |statement: &Statement| {
        let mut judge = Judge::new(&subject.policy_of([statement]));
        let mut region = Region::default();
        region.state(&mut judge.model, key, KeyState::One(id.to_owned()));
        judge.holds(&region, never).is_some()
    };
    if !subject.is_lawful(&alone) || holds(&all) {
        return None;
    }
    Some(if holds(&alone) { "never holds" } else { "always holds" })
}
