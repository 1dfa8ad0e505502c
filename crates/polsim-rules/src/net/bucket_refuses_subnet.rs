//! NET012: a bucket whose policy refuses the way of a subnet.

use super::decided::{decided, sound_but, via};
use polsim_eval::{Cause, Layer, Verdict};
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};

pub(crate) const RULE: Rule = Rule {
    code: "NET012",
    name: "bucket-refuses-subnet",
    severity: Severity::High,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "The policy of a bucket denies what the role may do there, because of the way that requests of a subnet go: another endpoint than the one that it names, or NAT.",
        why: "The bucket admits the VPC, another endpoint or another address; the same model works in one subnet and not in another.",
        bad: &[sound_but(
            r#"{"Environment": {
  "principals": {"model-role": {"arn": "arn:aws:iam::111122223333:role/model", "identity": [
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:GetObject", "ec2:*"], "Resource": "*"}}]}},
  "resources": {"artifacts": {"arn": "arn:aws:s3:::example-artifacts", "account": "111122223333", "policy":
    {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::example-artifacts/*",
     "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0f9f9f9f9f9f9f9f9"}}}}}}
}}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Name the endpoint of the workload in the policy of the bucket, and associate all route tables of the workload with it.",
        source: "S6.3.4, S6.5.3",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let Some(environment) = &site.environment else { return };
    let buckets = environment.resources().iter().filter(|resource| resource.arn.starts_with("arn:aws:s3:::"));
    for bucket in buckets {
        let Some(hung) = bucket.policy.and_then(|id| environment.policy(id)) else { continue };
        for path in site.paths("s3") {
            let Some(via) = via(&path) else { continue };
            let object = format!("{}/example", bucket.arn);
            let Some((request, decision)) = decided(site, &via, "s3:GetObject", &object) else { continue };
            let by_bucket = decision.primary == Some(Cause::Layer(Layer::Resource));
            if decision.verdict != Verdict::ExplicitlyDenied || !by_bucket {
                continue;
            }
            let Some(first) = hung.policy.statements.first() else { continue };
            let place = hung.place(first.effect.span);
            let sentence = format!(
                "the bucket `{}` refuses requests from {}, which come by {via}",
                bucket.name, path.subnet
            );
            let finding = findings.add_in(&place.source, place.span, sentence);
            finding.witness(&request);
            if let Some(place) = &path.why().place {
                finding.also_in(&place.source, place.span, "this is the way");
            }
        }
    }
}
