//! NET004: a subnet whose requests to S3 bypass the endpoint and its policy.

use super::decided::sound_but;
use polsim_eval::Truth;
use polsim_lint::{Check, Doc, Findings, Phase, Rule, Severity, Site};
use polsim_network::Way;

pub(crate) const RULE: Rule = Rule {
    code: "NET004",
    name: "s3-past-the-endpoint",
    severity: Severity::High,
    phase: Phase::Site,
    check: Check::Site(check),
    doc: Doc {
        what: "Requests from a subnet reach S3 by NAT, though the VPC has an S3 gateway endpoint.",
        why: "The route table is not associated with the endpoint. What the policy of the endpoint denies is not denied there, and buckets see another address and no `aws:SourceVpce`: the bypass is silent.",
        bad: &[sound_but(
            r#"{"RouteTables": [
  {"RouteTableId": "rtb-0aa11aa11aa11aa11", "VpcId": "vpc-0d1e2f3a4b5c6d7e8",
   "Associations": [{"SubnetId": "subnet-0a1a1a1a1a1a1a1a1"}],
   "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"},
              {"DestinationPrefixListId": "pl-6da54004", "GatewayId": "vpce-0a1b2c3d4e5f60718"}]},
  {"RouteTableId": "rtb-0cc33cc33cc33cc33", "VpcId": "vpc-0d1e2f3a4b5c6d7e8",
   "Associations": [{"SubnetId": "subnet-0b2b2b2b2b2b2b2b2"}],
   "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"},
              {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-0e5e5e5e5e5e5e5e5"}]}
],
"NatGateways": [{"NatGatewayId": "nat-0e5e5e5e5e5e5e5e5", "State": "available", "NatGatewayAddresses": [{"PublicIp": "203.0.113.7"}]}]}"#,
        )],
        good: &[sound_but("{}")],
        fix: "Associate the route table with the endpoint; its prefix list beats the default route.",
        source: "S6.3.3, S6.5.2, S6.6.5",
    },
    ..Rule::DEFAULT
};

fn check(site: &Site, findings: &mut Findings<'_>) {
    let mut endpoints = site.network.endpoints.items().iter();
    let own = endpoints.find(|endpoint| {
        endpoint.is_gateway() && endpoint.service.name == "s3" && Some(endpoint.vpc.as_str()) == site.vpc()
    });
    let Some(endpoint) = own else { return };
    for (path, (_, named)) in site.paths("s3").iter().zip(&site.workload.subnets) {
        let Way::Nat(nat, _) = &path.way else { continue };
        if path.arrives == Truth::No {
            continue;
        }
        let sentence =
            format!("requests to S3 from {} go by {nat}, past the endpoint {}", path.subnet, endpoint.id);
        let finding = findings.add_in(&named.source, named.span, sentence);
        if let Some(place) = &path.why().place {
            finding.also_in(&place.source, place.span, "this route takes them");
        }
        finding.also_in(&endpoint.place.source, endpoint.place.span, "this endpoint is passed by");
        if let Some(table) = &path.table {
            finding.help(format!(
                "aws ec2 modify-vpc-endpoint --vpc-endpoint-id {} --add-route-table-ids {table}",
                endpoint.id
            ));
        }
    }
}
