//! ESC002: the endpoint policy can be changed by those whom it should bind.

use crate::scene::{Scene, granting};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::PolicyType;

/// Actions that replace an endpoint policy, or make an endpoint with another one.
const CHANGES: [&str; 2] = ["ec2:ModifyVpcEndpoint", "ec2:CreateVpcEndpoint"];

pub(crate) const RULE: Rule = Rule {
    code: "ESC002",
    name: "endpoint-escalation",
    severity: Severity::Medium,
    confidence: Confidence::Medium,
    applies: Types::of(&[PolicyType::Identity, PolicyType::Endpoint]),
    phase: Phase::Project,
    check: Check::Project(check),
    doc: Doc {
        what: "A project has the policy of a VPC endpoint, and an identity policy of it allows endpoints to be changed \
               or made.",
        why: "Whoever has the identity policy can put another policy on the endpoint, or go through an endpoint of its \
              own: the endpoint policy guards nothing from them.",
        bad: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}"#,
        )
        .beside(&[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )])],
        good: &[Example::statements(
            PolicyType::Identity,
            r#"{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"},
               {"Effect": "Deny", "Action": ["ec2:ModifyVpcEndpoint", "ec2:CreateVpcEndpoint"], "Resource": "*"}"#,
        )
        .beside(&[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"}"#,
        )])],
        fix: "Deny these actions, here or in a service control policy, to all but those who look after the network.",
        source: "S4.11",
    },
    ..Rule::DEFAULT
};

fn check(subjects: &[Subject<'_>], findings: &mut Findings<'_>) {
    let Some(endpoint) = subjects.iter().find(|subject| subject.policy_type() == PolicyType::Endpoint) else {
        return;
    };
    let Some(guard) = endpoint.statements().first() else { return };
    let of_identities = subjects.iter().filter(|subject| subject.policy_type() == PolicyType::Identity);
    for subject in of_identities.filter(|subject| subject.is_lawful_whole()) {
        let scene = Scene::new(subject.judge(), &CHANGES).having("aws:viaawsservice", "false").untagged();
        let Some(witness) = scene.allowed() else { continue };
        let Some(granting) = granting(subject, &witness) else { continue };
        let action = witness.request.action.as_str();
        let sentence =
            format!("{} allows `{action}`, and so a way round the endpoint policy", subject.name(granting));
        findings
            .add_in(subject.source(), subject.opening(granting), sentence)
            .also_in(endpoint.source(), endpoint.opening(guard), "the endpoint policy")
            .help("deny changes of endpoints to all but those who look after the network")
            .witness(&witness.request);
    }
}
