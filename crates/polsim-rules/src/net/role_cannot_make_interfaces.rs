//! NET010: an execution role that lacks a permission for network interfaces.

use super::decided::{decided, sound_but};
use polsim_eval::Verdict;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};

pub(crate) const RULE: Rule = Rule {
    code: "NET010",
    name: "role-cannot-make-interfaces",
    severity: Severity::High,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "The execution role of a workload in a VPC lacks one of the ten permissions for network interfaces, after its boundary and the service control policies.",
        why: "SageMaker makes the network interfaces with the role's credentials; without one of these permissions the workload does not come into the VPC.",
        bad: &[sound_but(
            r#"{"Environment": {"principals": {"model-role": {"arn": "arn:aws:iam::111122223333:role/model",
  "identity": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"}}]}}}}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Allow the ten actions on `*`, in the role, its boundary and the service control policies.",
        source: "S6.8.1, S6.8.3, S6.8.4, A28",
    },
    ..Rule::DEFAULT
};

/// S6.8.1.
const ACTIONS: [&str; 10] = [
    "ec2:DescribeVpcEndpoints",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeVpcs",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DeleteNetworkInterfacePermission",
    "ec2:DeleteNetworkInterface",
    "ec2:CreateNetworkInterfacePermission",
    "ec2:CreateNetworkInterface",
];

fn check(site: &Site, findings: &mut Findings<'_>) {
    let Some((role, place)) = &site.workload.role else { return };
    // A28: SageMaker makes these calls from its own network, so that they pass no endpoint.
    let denied: Vec<_> = ACTIONS
        .into_iter()
        .filter_map(|action| {
            let (request, decision) = decided(site, "none", action, "*")?;
            (decision.verdict != Verdict::Allowed).then_some((action, request))
        })
        .collect();
    if let Some((_, request)) = denied.first() {
        let names: Vec<&str> = denied.iter().map(|(action, _)| *action).collect();
        let sentence = format!("{role} is not allowed {}", names.join(", "));
        let finding = findings.add_in(&place.source, place.span, sentence);
        finding.witness(request);
    }
}
