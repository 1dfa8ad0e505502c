//! The clauses of S6, each with what shows it on the sample of the corpus.

use crate::support::{ECR, Files, GATEWAY, GROUP, SUBNET_A, SUBNET_B, SUBNET_C, model, route};
use polsim_eval::{KeyState, Truth};
use polsim_network::{Destination, Name, Path, Way};
use serde_json::json;

fn is(path: &Path, way: &str, arrives: Truth) {
    assert_eq!((path.way.as_str(), path.arrives), (way, arrives), "{:#?}", path.steps);
}

/// A path that does not arrive, and the clause that says why.
fn fails(path: &Path, clause: &str) {
    assert_eq!((path.arrives, path.why().clause), (Truth::No, clause), "{:#?}", path.steps);
}

/// A path of which something is not known, with a word of the reason.
fn open(path: &Path, why: &str) {
    assert_eq!(path.arrives, Truth::Open, "{:#?}", path.steps);
    assert!(path.why().sentence.contains(why), "{}", path.why().sentence);
}

fn key(path: &Path, name: &str) -> KeyState {
    path.keys().into_iter().find(|(key, _)| *key == name).unwrap().1
}

fn one(text: &str) -> KeyState {
    KeyState::One(text.to_owned())
}

#[test]
fn s6_1_the_sample_is_read() {
    let network = Files::sample().network();
    assert_eq!(network.subnets.items().len(), 4);
    assert_eq!(network.endpoints.items().len(), 4);
    assert!(network.ignored.is_empty());
    let model = model();
    assert_eq!(model.name, "forecast");
    assert_eq!(model.role.unwrap().0, "arn:aws:iam::111122223333:role/model");
    assert_eq!(model.subnets.len(), 3);
}

#[test]
fn s6_2_a_gateway_sets_its_keys() {
    let path = Files::sample().path(SUBNET_A, "s3");
    is(&path, "gateway", Truth::Yes);
    assert_eq!(key(&path, "aws:SourceVpce"), one(GATEWAY));
    assert_eq!(key(&path, "aws:SourceVpc"), one("vpc-0d1e2f3a4b5c6d7e8"));
    assert_eq!(key(&path, "aws:VpcSourceIp"), KeyState::Open);
    assert_eq!(path.range.unwrap().to_string(), "10.0.1.0/24");
    assert_eq!(key(&path, "aws:SourceIp"), KeyState::Absent);
}

#[test]
fn s6_2_without_a_route_nothing_arrives() {
    let path = Files::sample().path(SUBNET_B, "s3");
    is(&path, "unreachable", Truth::No);
    fails(&path, "S6.2");
    assert!(path.keys().is_empty());
    assert!(path.why().place.is_some());
}

#[test]
fn s6_2_an_internet_gateway_needs_a_public_address() {
    let mut files = Files::sample();
    files.routes("closed").push(route("0.0.0.0/0", ("GatewayId", "igw-0f6f6f6f6f6f6f6f6")));
    let path = files.path(SUBNET_B, "s3");
    is(&path, "internet", Truth::No);
}

#[test]
fn s6_2_other_networks_are_not_known() {
    for target in [
        ("TransitGatewayId", "tgw-1"),
        ("VpcPeeringConnectionId", "pcx-1"),
        ("GatewayId", "vgw-1"),
        ("NetworkInterfaceId", "eni-1"),
    ] {
        let mut files = Files::sample();
        files.routes("closed").push(route("0.0.0.0/0", target));
        let path = files.path(SUBNET_B, "s3");
        is(&path, "elsewhere", Truth::Open);
    }
    let mut files = Files::sample();
    *files.at("nat-gateways.json", "/NatGateways/0/ConnectivityType") = json!("private");
    is(&files.path(SUBNET_C, "s3"), "elsewhere", Truth::Open);
}

#[test]
fn s6_2_egress_only_gateways_and_blackholes_lead_nowhere() {
    let mut files = Files::sample();
    files.routes("closed").push(route("0.0.0.0/0", ("EgressOnlyInternetGatewayId", "eigw-1")));
    is(&files.path(SUBNET_B, "s3"), "unreachable", Truth::No);
    let mut files = Files::sample();
    files.routes("behind-nat")[1]["State"] = json!("blackhole");
    is(&files.path(SUBNET_C, "s3"), "unreachable", Truth::No);
}

#[test]
fn s6_3_1_a_subnet_without_a_table_uses_the_main_one() {
    let path = Files::sample().path(SUBNET_B, "s3");
    assert_eq!(path.table.as_deref(), Some("rtb-0bb22bb22bb22bb22"));
    let mut files = Files::sample();
    files.routes("closed").push(route("pl-6da54004", ("GatewayId", GATEWAY)));
    is(&files.path(SUBNET_B, "s3"), "gateway", Truth::Yes);
}

#[test]
fn s6_3_2_a_bucket_of_another_region_is_not_behind_the_gateway() {
    let network = Files::sample().network();
    let elsewhere = Destination { region: Some("us-east-1".into()), ..Destination::service("s3") };
    let path = |subnet: &str| network.path(subnet, &[GROUP.to_owned()], &elsewhere);
    is(&path(SUBNET_A), "unreachable", Truth::No);
    is(&path(SUBNET_C), "nat", Truth::Yes);
}

#[test]
fn s6_3_2_services_have_gateways_of_their_own() {
    let path = Files::sample().path(SUBNET_A, "dynamodb");
    is(&path, "unreachable", Truth::No);
}

#[test]
fn s6_3_3_the_prefix_list_beats_the_default_route() {
    let mut files = Files::sample();
    files.routes("behind-nat").push(route("pl-6da54004", ("GatewayId", GATEWAY)));
    is(&files.path(SUBNET_C, "s3"), "gateway", Truth::Yes);
}

#[test]
fn s6_3_3_static_before_prefix_list_before_propagated() {
    let list = ["3.5.64.0/21", "52.92.0.0/17", "52.218.0.0/17"];
    let mut files = Files::sample();
    for net in list {
        let mut propagated = route(net, ("GatewayId", "vgw-1"));
        propagated["Origin"] = json!("EnableVgwRoutePropagation");
        files.routes("with-endpoint").push(propagated);
    }
    is(&files.path(SUBNET_A, "s3"), "gateway", Truth::Yes);
    for net in list {
        files.routes("with-endpoint").push(route(net, ("NatGatewayId", "nat-0e5e5e5e5e5e5e5e5")));
    }
    is(&files.path(SUBNET_A, "s3"), "nat", Truth::Yes);
}

#[test]
fn s6_3_3_addresses_that_go_different_ways_are_not_known() {
    let mut files = Files::sample();
    files.routes("with-endpoint").push(route("52.218.0.0/18", ("NatGatewayId", "nat-0e5e5e5e5e5e5e5e5")));
    let path = files.path(SUBNET_A, "s3");
    is(&path, "unknown", Truth::Open);
    open(&path, "different ways");
}

#[test]
fn s6_3_6_security_groups_let_443_out() {
    let mut files = Files::sample();
    *files.at("security-groups.json", "/SecurityGroups/0/IpPermissionsEgress/0/FromPort") = json!(444);
    *files.at("security-groups.json", "/SecurityGroups/0/IpPermissionsEgress/0/ToPort") = json!(500);
    fails(&files.path(SUBNET_A, "s3"), "S6.3.6");
    let rule = files.at("security-groups.json", "/SecurityGroups/0/IpPermissionsEgress/0");
    rule["FromPort"] = json!(443);
    rule["IpRanges"] = json!([]);
    rule["PrefixListIds"] = json!([{ "PrefixListId": "pl-6da54004" }]);
    is(&files.path(SUBNET_A, "s3"), "gateway", Truth::Yes);
    fails(&files.path(SUBNET_C, "logs"), "S6.4.1");
}

#[test]
fn s6_3_6_access_lists_let_requests_out_and_answers_in() {
    let deny = |is_egress: bool, from: u16, to: u16| {
        json!({ "CidrBlock": "52.0.0.0/8", "Egress": is_egress, "Protocol": "6", "RuleAction": "deny",
                "RuleNumber": 50, "PortRange": { "From": from, "To": to } })
    };
    for (entry, way) in [
        (deny(true, 443, 443), Truth::Open),
        (deny(false, 32768, 60999), Truth::Open),
        (deny(true, 80, 80), Truth::Yes),
    ] {
        let mut files = Files::sample();
        files.at("network-acls.json", "/NetworkAcls/0/Entries").as_array_mut().unwrap().push(entry);
        is(&files.path(SUBNET_A, "s3"), "gateway", way);
    }
    let mut files = Files::sample();
    let mut all = deny(false, 1024, 65535);
    all["CidrBlock"] = json!("0.0.0.0/0");
    files.at("network-acls.json", "/NetworkAcls/0/Entries").as_array_mut().unwrap().push(all);
    fails(&files.path(SUBNET_A, "s3"), "S6.3.6");
}

#[test]
fn s6_3_6_names_need_a_resolver() {
    let mut files = Files::sample();
    *files.at("vpc-0d1e2f3a4b5c6d7e8-dns-support.json", "/EnableDnsSupport/Value") = json!(false);
    let path = files.path(SUBNET_A, "s3");
    is(&path, "gateway", Truth::Open);
    open(&path, "enableDnsSupport is off");
}

#[test]
fn s6_4_1_an_interface_is_reached_by_the_local_route() {
    let path = Files::sample().path(SUBNET_C, "ecr.api");
    is(&path, "interface", Truth::Yes);
    assert_eq!(path.way, Way::Interface(ECR.to_owned()));
    assert_eq!(key(&path, "aws:SourceVpce"), one(ECR));
    let mut files = Files::sample();
    files.routes("behind-nat").push(route("10.0.1.0/24", ("NetworkInterfaceId", "eni-firewall")));
    is(&files.path(SUBNET_C, "ecr.api"), "interface", Truth::Open);
}

#[test]
fn s6_2_the_security_group_of_an_interface_admits_443() {
    let mut files = Files::sample();
    *files.at("security-groups.json", "/SecurityGroups/1/IpPermissions/0/UserIdGroupPairs") = json!([]);
    fails(&files.path(SUBNET_A, "ecr.api"), "S6.2");
    *files.at("security-groups.json", "/SecurityGroups/1/IpPermissions/0/IpRanges") =
        json!([{ "CidrIp": "10.0.1.0/24" }]);
    is(&files.path(SUBNET_A, "ecr.api"), "interface", Truth::Yes);
    fails(&files.path(SUBNET_B, "ecr.api"), "S6.2");
}

#[test]
fn s6_4_2_private_dns_needs_both_attributes() {
    let mut files = Files::sample();
    *files.at("vpc-0d1e2f3a4b5c6d7e8-dns-hostnames.json", "/EnableDnsHostnames/Value") = json!(false);
    is(&files.path(SUBNET_C, "ecr.api"), "nat", Truth::Yes);
    is(&files.path(SUBNET_B, "ecr.api"), "unreachable", Truth::No);
    let mut files = Files::sample();
    files.endpoint("ecr.api")["PrivateDnsEnabled"] = json!(false);
    is(&files.path(SUBNET_C, "ecr.api"), "nat", Truth::Yes);
}

#[test]
fn s6_4_2_private_dns_for_requests_from_outside_only() {
    let interface = |only_inbound: Option<bool>| {
        let mut files = Files::sample();
        let mut s3 = files.endpoint("ecr.api").clone();
        s3["VpcEndpointId"] = json!("vpce-0f7f7f7f7f7f7f7f7");
        s3["ServiceName"] = json!("com.amazonaws.eu-west-1.s3");
        s3["DnsOptions"] = match only_inbound {
            Some(only) => json!({ "PrivateDnsOnlyForInboundResolverEndpoint": only }),
            None => json!({}),
        };
        files.at("vpc-endpoints.json", "/VpcEndpoints").as_array_mut().unwrap().push(s3);
        files.path(SUBNET_A, "s3")
    };
    is(&interface(Some(true)), "gateway", Truth::Yes);
    is(&interface(Some(false)), "interface", Truth::Yes);
    open(&interface(None), "is not said");
}

#[test]
fn s6_4_4_names_of_an_endpoint_lead_to_it() {
    let mut files = Files::sample();
    files.endpoint("ecr.api")["PrivateDnsEnabled"] = json!(false);
    let to = Destination { name: Name::OfEndpoint(ECR.to_owned()), ..Destination::service("ecr.api") };
    is(&files.network().path(SUBNET_C, &[GROUP.to_owned()], &to), "interface", Truth::Yes);
}

#[test]
fn s6_5_nat_gives_its_address_and_skips_the_endpoint() {
    let path = Files::sample().path(SUBNET_C, "s3");
    is(&path, "nat", Truth::Yes);
    assert_eq!(key(&path, "aws:SourceIp"), one("203.0.113.7"));
    assert_eq!(key(&path, "aws:SourceVpce"), KeyState::Absent);
    assert_eq!(key(&path, "aws:SourceVpc"), KeyState::Absent);
    assert_eq!(path.way.endpoint(), None);
}

#[test]
fn s6_5_a_nat_gateway_needs_its_own_way_out() {
    let mut files = Files::sample();
    files.routes("public").retain(|route| route["GatewayId"] == "local");
    fails(&files.path(SUBNET_C, "s3"), "S6.2");
    let mut files = Files::sample();
    *files.at("nat-gateways.json", "/NatGateways/0/NatGatewayAddresses") = json!([]);
    fails(&files.path(SUBNET_C, "s3"), "S6.2");
    let mut files = Files::sample();
    *files.at("internet-gateways.json", "/InternetGateways/0/Attachments") = json!([]);
    fails(&files.path(SUBNET_C, "s3"), "S6.2");
    let mut files = Files::sample();
    *files.at("nat-gateways.json", "/NatGateways/0/State") = json!("deleted");
    fails(&files.path(SUBNET_C, "s3"), "S6.2");
}

#[test]
fn s6_5_1_a_service_without_an_endpoint_needs_nat() {
    is(&Files::sample().path(SUBNET_C, "sts"), "nat", Truth::Yes);
    is(&Files::sample().path(SUBNET_A, "sts"), "unreachable", Truth::No);
}

#[test]
fn what_is_missing_is_told() {
    for (file, subnet, service, command) in [
        ("route-tables.json", SUBNET_A, "s3", "describe-route-tables"),
        ("subnets.json", SUBNET_A, "s3", "describe-subnets"),
        ("vpc-endpoints.json", SUBNET_A, "s3", "describe-vpc-endpoints"),
        ("nat-gateways.json", SUBNET_C, "s3", "describe-nat-gateways"),
        ("internet-gateways.json", SUBNET_C, "s3", "describe-internet-gateways"),
        ("security-groups.json", SUBNET_A, "s3", "describe-security-groups"),
        ("network-acls.json", SUBNET_A, "s3", "describe-network-acls"),
        ("vpc-0d1e2f3a4b5c6d7e8-dns-hostnames.json", SUBNET_A, "ecr.api", "`EnableDnsHostnames` is not said"),
    ] {
        let path = Files::sample().without(file).path(subnet, service);
        open(&path, command);
    }
}

#[test]
fn what_is_cut_off_is_told() {
    for (file, subnet) in [("vpc-endpoints.json", SUBNET_A), ("route-tables.json", SUBNET_B)] {
        let mut files = Files::sample();
        files.at(file, "")["NextToken"] = json!("eyJ0b2tlbiI6IDF9");
        let path = files.path(subnet, "s3");
        open(&path, "NextToken");
        assert!(path.why().place.is_some());
    }
}

#[test]
fn entries_of_a_prefix_list_matter_only_where_another_route_competes() {
    let mut files = Files::sample().without("prefix-lists.json");
    is(&files.path(SUBNET_A, "s3"), "gateway", Truth::Yes);
    files.routes("with-endpoint").push(route("52.0.0.0/8", ("NatGatewayId", "nat-0e5e5e5e5e5e5e5e5")));
    open(&files.path(SUBNET_A, "s3"), "get-managed-prefix-list-entries");
    let entries = json!({ "Entries": [{ "Cidr": "52.218.0.0/17" }] });
    files.0.push(("pl-6da54004.json".into(), entries));
    is(&files.path(SUBNET_A, "s3"), "gateway", Truth::Yes);
}

#[test]
fn many_outputs_may_stand_in_one_document_or_one_text() {
    let files = Files::sample();
    let mut all = serde_json::Map::new();
    for (name, value) in &files.0 {
        if !name.contains("dns") {
            all.extend(value.as_object().unwrap().clone());
        }
    }
    let dns = files.0.iter().filter(|(name, _)| name.contains("dns")).map(|(_, value)| value.to_string());
    let text =
        std::iter::once(serde_json::Value::Object(all).to_string()).chain(dns).collect::<Vec<_>>().join("\n");
    let source = polsim_text::Source::new("all.json", text);
    let network = polsim_network::Network::read(&[source], &polsim_text::Limits::default()).unwrap();
    for subnet in [SUBNET_A, SUBNET_B, SUBNET_C] {
        let path = network.path(subnet, &[GROUP.to_owned()], &Destination::service("s3"));
        assert_eq!(path.way, files.path(subnet, "s3").way);
        assert_eq!(path.arrives, files.path(subnet, "s3").arrives);
    }
}
