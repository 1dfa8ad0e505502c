//! NET008: security groups or network ACLs that do not let HTTPS through.

use super::decided::sound_but;
use polsim_eval::Truth;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};
use polsim_network::Way;

pub(crate) const RULE: Rule = Rule {
    code: "NET008",
    name: "closed-to-https",
    severity: Severity::High,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "A security group or network ACL on the way from a workload to S3, ECR or CloudWatch Logs does not let port 443 through.",
        why: "All of AWS's services are called on port 443; the model does not get its image or its artifacts, and nobody reads why in its logs.",
        bad: &[sound_but(
            r#"{"SecurityGroups": [
  {"GroupId": "sg-0111aaaa1111aaaa1", "VpcId": "vpc-0d1e2f3a4b5c6d7e8", "IpPermissions": [],
   "IpPermissionsEgress": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
  {"GroupId": "sg-0222bbbb2222bbbb2", "VpcId": "vpc-0d1e2f3a4b5c6d7e8", "IpPermissions": [], "IpPermissionsEgress": []}
]}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Let TCP 443 out of the workload's groups (to the prefix list of S3, and to the groups of interface endpoints), and into the groups of the endpoints.",
        source: "S6.2, S6.3.6, S6.4.1",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let mut told: Vec<String> = Vec::new();
    for service in ["s3", "ecr.api", "ecr.dkr", "logs"] {
        for path in site.paths(service) {
            let is_filtered = matches!(path.way, Way::Gateway(_) | Way::Interface(_) | Way::Nat(..));
            let why = path.why();
            if !is_filtered || path.arrives != Truth::No || told.contains(&why.sentence) {
                continue;
            }
            told.push(why.sentence.clone());
            let place = why.place.as_ref().unwrap_or(&site.workload.place);
            let sentence = format!("{service} cannot be reached from {}: {}", path.subnet, why.sentence);
            let finding = findings.add_in(&place.source, place.span, sentence);
            let own = &site.workload.place;
            finding.also_in(&own.source, own.span, "the workload is here");
        }
    }
}
