//! VPE015: a bucket of AWS that a workload needs and the endpoint does not let through.

use crate::s3r::aws_buckets::AWS_BUCKETS;
use crate::s3r::stranger::of_stranger;
use polsim_arn::{ActionPattern, Pattern};
use polsim_lint::{Check, Confidence, Doc, Example, Findings, Phase, Rule, Severity, Subject, Types};
use polsim_policy::PolicyType;
use polsim_prove::{Expectation, Region};

pub(crate) const RULE: Rule = Rule {
    code: "VPE015",
    name: "endpoint-misses-aws-buckets",
    severity: Severity::Info,
    confidence: Confidence::Medium,
    applies: Types::ENDPOINT,
    phase: Phase::Prover,
    check: Check::Document(check),
    doc: Doc {
        what: "The policy of a VPC endpoint lets nobody read a bucket of AWS that a workload named in the setting `workloads` needs. Workloads are: amazon-linux-1, amazon-linux-2, amazon-linux-2023, cloudformation, cloudwatch-agent, codedeploy, drs, ec2-windows, ecr, elasticbeanstalk, emr, enclaves, imagebuilder, mgn, sagemaker-jumpstart, ssm, ssm-patch.",
        why: "Packages, layers of images and agents come from buckets that belong to AWS, outside of every perimeter.",
        bad: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                "Condition": {"StringEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}}}"#,
        )
        .given(&[("workloads", "ecr")])],
        good: &[Example::statements(
            PolicyType::Endpoint,
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                "Condition": {"StringEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}}},
               {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"}"#,
        )
        .given(&[("workloads", "ecr")])],
        fix: "Allow `s3:GetObject` on the bucket in a statement of its own.",
        source: "S6.7, AWS's data perimeter examples",
    },
    ..Rule::DEFAULT
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(first) = subject.statements().first() else { return };
    for workload in &subject.settings().workloads {
        for bucket in AWS_BUCKETS.iter().filter(|bucket| bucket.workload == workload) {
            let mut judge = subject.judge().clone();
            let mut region = Region {
                actions: ActionPattern::parse("s3:GetObject").into_iter().collect(),
                resources: vec![Pattern::wildcard(&format!("arn:aws:s3:::{}/*", bucket.with("*")))],
                ..Region::default()
            };
            of_stranger(&mut region, &mut judge);
            if let Some(confidence) = judge.holds(&region, Expectation::Deny) {
                let name = bucket.with("<Region>");
                let sentence =
                    format!("{workload} needs objects of `{name}`, and this policy lets nobody read them");
                findings.add(subject.opening(first), sentence).confidence(confidence.lowered());
            }
        }
    }
}
