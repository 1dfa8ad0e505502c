//! NET003: a subnet from which S3 cannot be reached.

use super::decided::sound_but;
use polsim_eval::Truth;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};
use polsim_network::Way;

pub(crate) const RULE: Rule = Rule {
    code: "NET003",
    name: "no-way-to-s3",
    severity: Severity::High,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "The route table of a subnet has no route to S3: it is not associated with the S3 endpoint, and there is no NAT.",
        why: "Artifacts of a model and layers of its image come from S3, so an instance in that subnet does not start. Which subnet an instance gets is for SageMaker to choose.",
        bad: &[sound_but(
            r#"{"RouteTables": [
  {"RouteTableId": "rtb-0aa11aa11aa11aa11", "VpcId": "vpc-0d1e2f3a4b5c6d7e8",
   "Associations": [{"SubnetId": "subnet-0a1a1a1a1a1a1a1a1"}],
   "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"},
              {"DestinationPrefixListId": "pl-6da54004", "GatewayId": "vpce-0a1b2c3d4e5f60718"}]},
  {"RouteTableId": "rtb-0bb22bb22bb22bb22", "VpcId": "vpc-0d1e2f3a4b5c6d7e8", "Associations": [{"Main": true}],
   "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}]}
]}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Associate the route table of the subnet with the S3 endpoint (`aws ec2 modify-vpc-endpoint --add-route-table-ids`).",
        source: "S6.2, S6.3.1, S6.6.4, S6.6.5",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    for (path, (_, named)) in site.paths("s3").iter().zip(&site.workload.subnets) {
        if path.arrives != Truth::No || !matches!(path.way, Way::Nowhere | Way::Internet(_)) {
            continue;
        }
        let why = path.why();
        let sentence = format!("S3 cannot be reached from {}: {}", path.subnet, why.sentence);
        let finding = findings.add_in(&named.source, named.span, sentence);
        if let Some(place) = &why.place {
            finding.also_in(&place.source, place.span, "here it ends");
        }
    }
}
