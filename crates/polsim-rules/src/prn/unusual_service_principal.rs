//! PRN203: a service principal of an unusual form.

use polsim_lint::{Check, Doc, Example, Rule, Severity, Types};
use polsim_policy::PolicyType;

pub(crate) const RULE: Rule = Rule {
    code: "PRN203",
    name: "unusual-service-principal",
    severity: Severity::Medium,
    applies: Types::WITH_PRINCIPAL,
    check: Check::Problem,
    doc: Doc {
        what: "A service principal does not look like one.",
        why: "Names of services are compared letter by letter; one that does not exist matches nobody.",
        bad: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Service": "EC2.amazonaws.com"}, "Action": "sts:AssumeRole"}"#,
        )],
        good: &[Example::statements(
            PolicyType::Trust,
            r#"{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}"#,
        )],
        fix: "Write it like `ec2.amazonaws.com`, in lower case.",
        source: "S1.7.11",
    },
    ..Rule::DEFAULT
};
