//! The vectors of kind `network` (S7.5).

use polsim_network::Network;
use polsim_network::path::{Addresses, Choice, choose};
use polsim_network::topology::Target;
use polsim_text::{Limits, Source};
use serde_json::{Value, json};
use std::path::Path;

#[test]
fn vectors_choose_as_they_say() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/vectors.jsonl");
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let vectors: Vec<Value> = lines.filter(|vector| vector.get("network").is_some()).collect();
    assert!(vectors.len() >= 6);
    for vector in &vectors {
        let found = choice_of(&vector["network"]);
        assert_eq!(found, vector["expect"].as_str().unwrap(), "{}", vector["id"]);
    }
}

fn choice_of(vector: &Value) -> &'static str {
    let routes: Vec<Value> = vector["routes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|route| {
            let (dest, target) = (route["dest"].as_str().unwrap(), route["target"].as_str().unwrap());
            let to = if dest.starts_with("pl-") { "DestinationPrefixListId" } else { "DestinationCidrBlock" };
            let via = if target.starts_with("nat-") { "NatGatewayId" } else { "GatewayId" };
            let is_propagated = route["propagated"].as_bool().unwrap_or(false);
            let origin = if is_propagated { "EnableVgwRoutePropagation" } else { "CreateRoute" };
            json!({ to: dest, via: target, "Origin": origin, "State": "active" })
        })
        .collect();
    let output = json!({
        "RouteTables": [{ "RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": routes, "Associations": [] }],
        "PrefixLists": [{ "PrefixListId": "pl-s3", "Cidrs": vector["prefix_list_s3"] }]
    });
    let network = Network::read(&[Source::new("vector", output.to_string())], &Limits::default()).unwrap();
    let destination = format!("{}/32", vector["dst"].as_str().unwrap());
    let to = Addresses { nets: vec![destination.parse().unwrap()], list: None, foreign_lists: Vec::new() };
    match choose(&network.tables.items()[0], &to, &network.lists) {
        Choice::NoRoute => "unreachable",
        Choice::One(route) => match &route.target {
            // What is local and a service is the network interface of an interface endpoint (S6.4.1).
            Target::Local => "interface",
            Target::Endpoint(_) => "gateway",
            Target::Nat(_) => "nat",
            Target::InternetGateway(_) => "igw",
            _ => "other",
        },
        other => panic!("{other:?}"),
    }
}
