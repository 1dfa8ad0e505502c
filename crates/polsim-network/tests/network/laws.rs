//! Laws over random route tables and over inputs with parts taken away.

use crate::support::{Files, GROUP, SUBNET_A, SUBNET_B, SUBNET_C, route};
use ipnet::{IpNet, Ipv4Net};
use polsim_eval::{KeyState, Truth};
use polsim_network::path::{Addresses, Choice, choose};
use polsim_network::topology::RouteTo;
use polsim_network::{Destination, Network, Path, Way};
use polsim_text::{Limits, Source};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::net::Ipv4Addr;

const SUBNETS: [&str; 3] = [SUBNET_A, SUBNET_B, SUBNET_C];
const SERVICES: [&str; 5] = ["s3", "ecr.api", "logs", "sts", "dynamodb"];

/// A range whose bits lie close together, so that ranges are nested often.
fn net() -> impl Strategy<Value = Ipv4Net> {
    (0_u32..64, 0_u8..=8).prop_map(|(bits, length)| {
        Ipv4Net::new(Ipv4Addr::from(bits << 26 | bits << 18), length.min(14)).unwrap().trunc()
    })
}

fn network(routes: &[(Ipv4Net, usize)]) -> Network {
    let routes: Vec<Value> = routes
        .iter()
        .map(|(net, target)| route(&net.to_string(), ("NatGatewayId", &format!("nat-{target}"))))
        .collect();
    let text = json!({ "RouteTables": [{ "RouteTableId": "rtb-1", "VpcId": "v", "Routes": routes }], "PrefixLists": [] });
    Network::read(&[Source::new("routes", text.to_string())], &Limits::default()).unwrap()
}

/// The route with the longest prefix that holds an address, by looking at each.
fn longest(network: &Network, address: Ipv4Addr) -> Option<String> {
    let routes = &network.tables.items()[0].routes;
    let holding = routes.iter().filter_map(|route| match &route.to {
        RouteTo::Range(IpNet::V4(net)) if net.contains(&address) => {
            Some((net.prefix_len(), route.target.to_string()))
        }
        _ => None,
    });
    holding.max_by_key(|(length, _)| *length).map(|(_, target)| target)
}

fn chosen(network: &Network, net: IpNet) -> Choice<'_> {
    let to = Addresses { nets: vec![net], list: None, foreign_lists: Vec::new() };
    choose(&network.tables.items()[0], &to, &network.lists)
}

/// The way and whether it is passed, without the words.
fn gist(path: &Path) -> (Way, Truth) {
    (path.way.clone(), path.arrives)
}

fn path(network: &Network, subnet: &str, service: &str) -> Path {
    network.path(subnet, &[GROUP.to_owned()], &Destination::service(service))
}

/// A change to one route table of the sample.
fn change() -> impl Strategy<Value = (usize, Value)> {
    let destination = prop_oneof![
        net().prop_map(|net| net.to_string()),
        Just("pl-6da54004".to_owned()),
        Just("52.218.0.0/17".to_owned()),
        Just("0.0.0.0/0".to_owned()),
        Just("10.0.1.0/24".to_owned()),
    ];
    let target = prop::sample::select(vec![
        ("NatGatewayId", "nat-0e5e5e5e5e5e5e5e5"),
        ("GatewayId", "vpce-0a1b2c3d4e5f60718"),
        ("GatewayId", "igw-0f6f6f6f6f6f6f6f6"),
        ("TransitGatewayId", "tgw-1"),
    ]);
    (0_usize..4, (destination, target).prop_map(|(destination, target)| route(&destination, target)))
}

const TABLES: [&str; 4] = ["with-endpoint", "closed", "behind-nat", "public"];

fn changed(changes: &[(usize, Value)]) -> Files {
    let mut files = Files::sample();
    for (table, route) in changes {
        files.routes(TABLES[*table]).push(route.clone());
    }
    files
}

proptest! {
    #[test]
    fn one_address_takes_the_longest_prefix(
        nets in prop::collection::btree_map(net(), 0_usize..4, 0..12), address in any::<u32>(), at in 0_usize..12
    ) {
        let routes: Vec<(Ipv4Net, usize)> = nets.into_iter().collect();
        let network = network(&routes);
        // Half of the addresses are inside of a route.
        let address = routes.get(at).map_or(Ipv4Addr::from(address), |(net, _)| net.addr());
        let found = match chosen(&network, Ipv4Net::new(address, 32).unwrap().into()) {
            Choice::One(route) => Some(route.target.to_string()),
            Choice::NoRoute => None,
            other => panic!("{other:?}"),
        };
        prop_assert_eq!(found, longest(&network, address));
    }

    #[test]
    fn many_addresses_agree_exactly_when_each_does(
        nets in prop::collection::btree_map(net(), 0_usize..3, 0..8), of in net()
    ) {
        let routes: Vec<(Ipv4Net, usize)> = nets.into_iter().collect();
        let network = network(&routes);
        // No route is longer than 14 bits, so that all addresses of such a range are alike.
        let mut ways: Vec<Option<String>> =
            of.subnets(of.prefix_len().max(14)).unwrap().map(|part| longest(&network, part.addr())).collect();
        ways.sort();
        ways.dedup();
        match chosen(&network, of.into()) {
            Choice::One(route) => prop_assert_eq!(ways, [Some(route.target.to_string())]),
            Choice::NoRoute => prop_assert_eq!(ways, [None]),
            Choice::Several(routes) => prop_assert_eq!(ways.len(), routes.len()),
            Choice::Unsure(..) => panic!("no prefix list is there"),
        }
    }

    #[test]
    fn keys_of_a_path_are_as_s5_5_says(changes in prop::collection::vec(change(), 0..4)) {
        let network = changed(&changes).network();
        for subnet in SUBNETS {
            for service in SERVICES {
                let path = path(&network, subnet, service);
                let keys = path.keys();
                let is_present = |name: &str| {
                    keys.iter().any(|(key, state)| *key == name && *state != KeyState::Absent)
                };
                let is_endpoint = path.way.endpoint().is_some();
                // I1, I2
                for name in ["aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp"] {
                    prop_assert_eq!(is_present(name), is_endpoint);
                }
                let is_direct = matches!(path.way, Way::Nat(..) | Way::Internet(_));
                prop_assert_eq!(is_present("aws:SourceIp"), is_direct);
                // I3
                if let Some(id) = path.way.endpoint() {
                    let endpoint = network.endpoints.find(id).unwrap();
                    prop_assert!(keys.contains(&("aws:SourceVpc", KeyState::One(endpoint.vpc.clone()))));
                    // I16
                    if let Way::Gateway(_) = path.way {
                        prop_assert_eq!(endpoint.service.region.as_deref(), Some("eu-west-1"));
                    }
                }
            }
        }
    }

    #[test]
    fn a_route_changes_no_subnet_of_another_table(changes in prop::collection::vec(change(), 0..3), last in change()) {
        let before = changed(&changes).network();
        let more: Vec<(usize, Value)> = changes.iter().cloned().chain([last.clone()]).collect();
        let after = changed(&more).network();
        let tables = [0, 1, 2];
        for (subnet, table) in SUBNETS.into_iter().zip(tables) {
            for service in SERVICES {
                let (before, after) = (path(&before, subnet, service), path(&after, subnet, service));
                // The NAT gateway is in the subnet of the public table.
                let is_behind = last.0 == 3 && matches!(before.way, Way::Nat(..));
                if table != last.0 && !is_behind {
                    prop_assert_eq!(gist(&before), gist(&after), "{} {}", subnet, service);
                }
            }
        }
    }

    #[test]
    fn taking_inputs_away_turns_answers_into_unknown_only(
        changes in prop::collection::vec(change(), 0..3),
        kept in prop::collection::vec(prop::bool::weighted(0.8), 20),
        cut in prop::collection::vec(prop::bool::weighted(0.1), 20)
    ) {
        let whole = changed(&changes);
        let mut part = whole.clone();
        for ((_, value), _) in part.0.iter_mut().zip(&cut).filter(|(_, cut)| **cut) {
            // A page that was cut off lacks what came last.
            let lists = value.as_object_mut().unwrap().values_mut().filter_map(Value::as_array_mut);
            lists.for_each(|list| { list.pop(); });
            value["NextToken"] = json!("more");
        }
        let mut at = 0;
        part.0.retain(|_| { at += 1; kept.get(at - 1).copied().unwrap_or(true) });
        let (whole, part) = (whole.network(), part.network());
        for subnet in SUBNETS {
            for service in SERVICES {
                let (whole, part) = (path(&whole, subnet, service), path(&part, subnet, service));
                prop_assert!(
                    part.arrives == Truth::Open || part.arrives == whole.arrives,
                    "{} {}: {:?} became {:?}", subnet, service, gist(&whole), gist(&part)
                );
                let is_less_known = matches!(part.way, Way::Unknown | Way::Elsewhere(_));
                prop_assert!(
                    is_less_known || part.way == whole.way,
                    "{} {}: {:?} became {:?}", subnet, service, gist(&whole), gist(&part)
                );
            }
        }
    }
}
