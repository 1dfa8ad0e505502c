//! VPE010: actions of a service that the endpoint does not lead to.

use polsim_lint::{Check, Confidence, Doc, Example, Findings, Rule, Severity, Subject, Types};
use polsim_policy::PolicyType;
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "VPE010",
    name: "endpoint-foreign-service",
    severity: Severity::Medium,
    applies: Types::ENDPOINT,
    check: Check::Document(check),
    doc: Doc {
        what: "The policy of a VPC endpoint names actions of a service that the endpoint does not lead to. The setting `endpoint-services` says which it leads to; without it the service of most actions is taken for it, and the rule is less sure.",
        why: "No such request ever passes it. Mostly somebody copied an identity policy.",
        bad: &[
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject", "ec2:*"], "Resource": "*"}"#,
            ),
            Example::statements(
                PolicyType::Endpoint,
                r#"{"Effect": "Allow", "Principal": "*", "Action": "dynamodb:*", "Resource": "*"}"#,
            )
            .given(&[("endpoint-services", "s3")]),
        ],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}"#,
        )],
        fix: "Remove them.",
        source: "S4.11.1",
    },
    ..Rule::DEFAULT
};

/// Services that one endpoint leads to together with another one.
const TOGETHER: [[&str; 2]; 3] = [["s3", "s3-object-lambda"], ["s3", "s3express"], ["ecr", "ecr-public"]];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let actions = || {
        let statements = subject.statements().iter().filter(|statement| !statement.action.is_negated());
        statements.flat_map(|statement| statement.action.listed())
    };
    let told = &subject.settings().endpoint_services;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for service in actions().filter_map(|action| action.value.service()) {
        *counts.entry(service).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let most = counts.iter().find(|(_, count)| **count * 2 > total).map(|(service, _)| *service);
    let leads_to = |service: &str| match most {
        _ if !told.is_empty() => told.iter().any(|own| own.eq_ignore_ascii_case(service)),
        Some(own) => {
            own == service || TOGETHER.iter().any(|pair| pair.contains(&own) && pair.contains(&service))
        }
        None => true,
    };
    for action in actions() {
        let Some(service) = action.value.service().filter(|service| !leads_to(service)) else { continue };
        let place = if told.is_empty() { "this endpoint seems to lead" } else { "this endpoint leads" };
        let own = if told.is_empty() { most.unwrap_or_default().to_owned() } else { told.join(", ") };
        let sentence = format!("`{}` is an action of {service}, and {place} to {own}", action.value.as_str());
        let finding = findings.add(action.span, sentence);
        if told.is_empty() {
            finding.confidence(Confidence::Low);
        }
    }
}
