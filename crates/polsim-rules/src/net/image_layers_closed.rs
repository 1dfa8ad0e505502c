//! NET014: a bucket of AWS that the workload needs and the policy of its endpoint does not let through.

use super::decided::sound_but;
use super::through_endpoint::{gateways, judge, reads};
use crate::s3r::aws_buckets::AWS_BUCKETS;
use crate::s3r::stranger::of_stranger;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};
use polsim_prove::Expectation;

pub(crate) const RULE: Rule = Rule {
    code: "NET014",
    name: "image-layers-closed",
    severity: Severity::High,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "The image of a workload lies in ECR, or its artifacts in the bucket of JumpStart, and the policy of its S3 endpoint does not let that bucket of AWS through.",
        why: "Layers of images come from a bucket of AWS by a presigned request of an account of AWS; a policy that allows only your own buckets or organization keeps them out, and the image is not pulled.",
        bad: &[sound_but(
            r#"{"VpcEndpoints": [{"VpcEndpointId": "vpce-0a1b2c3d4e5f60718", "VpcEndpointType": "Gateway", "VpcId": "vpc-0d1e2f3a4b5c6d7e8",
  "ServiceName": "com.amazonaws.eu-west-1.s3", "State": "available",
  "PolicyDocument": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::example-artifacts/*\"}]}"}]}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Allow `s3:GetObject` on `arn:aws:s3:::prod-<Region>-starport-layer-bucket/*` (or the bucket of JumpStart) in a statement of its own.",
        source: "S6.6.4, S6.7.2, S6.7.3",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let Some(region) = site.region() else { return };
    let workload = &site.workload;
    let has_image = workload.images.iter().any(|(image, _)| image.contains(".dkr.ecr."));
    let is_jumpstart = workload.data.iter().any(|(url, _)| url.contains("jumpstart-cache-prod"));
    let needed = [("ecr", has_image), ("sagemaker-jumpstart", is_jumpstart)];
    for (id, text, policy) in gateways(site) {
        for bucket in AWS_BUCKETS.iter().filter(|bucket| needed.contains(&(bucket.workload, true))) {
            let name = bucket.with(region);
            let mut judge = judge(policy);
            let mut region = reads(&name);
            of_stranger(&mut region, &mut judge);
            let Some(confidence) = judge.holds(&region, Expectation::Deny) else { continue };
            let Some(first) = policy.statements.first() else { continue };
            let sentence =
                format!("{} needs objects of `{name}`, and the policy of {id} keeps them out", workload.name);
            let finding = findings.add_in(text.host(), text.in_host(first.effect.span), sentence);
            finding.confidence(confidence);
        }
    }
}
