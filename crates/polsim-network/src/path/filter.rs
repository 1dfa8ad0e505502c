//! What lets packets through: security groups, which remember connections, and network ACLs, which do not.

use crate::address::{all_alike, covered, parts};
use crate::gap::Gap;
use crate::network::Network;
use crate::topology::{AclEntry, Permission, Ports, SecurityGroup, Subnet};
use ipnet::IpNet;
use polsim_env::Place;
use polsim_eval::Truth;

/// The port of HTTPS, which all services are called on.
pub(super) const HTTPS: u16 = 443;

/// The ports that Linux makes its connections from.
pub(super) const EPHEMERAL: Ports = 32768..=60999;

/// The ports that NAT gateways make their connections from.
pub(super) const EPHEMERAL_OF_NAT: Ports = 1024..=65535;

/// The other side of a connection.
pub(super) struct Peer {
    /// Its addresses.
    pub(super) nets: Vec<IpNet>,
    /// The prefix list that holds all of them.
    pub(super) list: Option<String>,
    /// Its security groups.
    pub(super) groups: Vec<String>,
}

/// What came of asking, and where that stands.
pub(super) struct Passed {
    pub(super) holds: Truth,
    pub(super) place: Option<Place>,
    pub(super) gap: Option<Gap>,
}

/// Whether security groups let HTTPS pass: what one of them lets through is let through.
pub(super) fn security_groups(network: &Network, groups: &[String], is_egress: bool, peer: &Peer) -> Passed {
    let mut ranges = Vec::new();
    let mut gap = groups.is_empty().then_some(Gap::NoGroups);
    let mut place = None;
    let mut maybe = false;
    for id in groups {
        let group = match network.groups.find(id) {
            Ok(group) => group,
            Err(missing) => {
                gap.get_or_insert(missing);
                continue;
            }
        };
        place.get_or_insert_with(|| group.place.clone());
        for permission in permissions(group, is_egress) {
            let before = ranges.len();
            ranges.extend(&permission.ranges);
            let mut lets_all = permission.groups.iter().any(|group| peer.groups.contains(group));
            for list in &permission.lists {
                lets_all |= peer.list.as_ref() == Some(list);
                match network.lists.find(list).map(|list| list.entries.as_ref()) {
                    Ok(Some(entries)) => ranges.extend(entries),
                    _ => maybe = true,
                }
            }
            let new = ranges.get(before..).unwrap_or_default();
            if lets_all || covered(&peer.nets, new) == Truth::Yes {
                return Passed { holds: Truth::Yes, place: Some(permission.place.clone()), gap: None };
            }
        }
    }
    let holds = match covered(&peer.nets, &ranges) {
        Truth::No if gap.is_some() || maybe => Truth::Open,
        by_ranges => by_ranges,
    };
    // The groups on the other side may be let in, and their addresses are not known here.
    Passed { holds, place, gap: gap.filter(|_| holds == Truth::Open) }
}

fn permissions(group: &SecurityGroup, is_egress: bool) -> impl Iterator<Item = &Permission> {
    let all = if is_egress { &group.egress } else { &group.ingress };
    all.iter().filter(|permission| permission.is_for_tcp && permission.ports.contains(&HTTPS))
}

/// Whether the network ACL of a subnet lets packets pass: all of some addresses and ports, or none of them.
pub(super) fn acl(
    network: &Network,
    subnet: &Subnet,
    is_egress: bool,
    nets: &[IpNet],
    ports: &Ports,
) -> Passed {
    let acl = match network.acl_of(subnet) {
        Ok(acl) => acl,
        Err(gap) => return Passed { holds: Truth::Open, place: None, gap: Some(gap) },
    };
    let entries: Vec<&AclEntry> =
        acl.entries.iter().filter(|entry| entry.is_egress == is_egress && entry.is_for_tcp).collect();
    let cuts: Vec<IpNet> = entries.iter().map(|entry| entry.range).collect();
    let mut place = None;
    let mut answers = Vec::new();
    for piece in nets.iter().flat_map(|net| parts(*net, &cuts)) {
        for port in first_ports(&entries, ports) {
            let decides =
                entries.iter().find(|entry| entry.range.contains(&piece) && entry.ports.contains(&port));
            let allows = decides.is_some_and(|entry| entry.allows);
            if place.is_none() || !allows {
                place = Some(decides.map_or_else(|| acl.place.clone(), |entry| entry.place.clone()));
            }
            answers.push(Truth::from(allows));
        }
    }
    Passed { holds: all_alike(answers), place, gap: None }
}

/// One port of every stretch that all entries treat alike.
fn first_ports(entries: &[&AclEntry], ports: &Ports) -> Vec<u16> {
    let starts =
        entries.iter().flat_map(|entry| [Some(*entry.ports.start()), entry.ports.end().checked_add(1)]);
    let mut firsts: Vec<u16> = starts.flatten().filter(|port| ports.contains(port)).collect();
    firsts.push(*ports.start());
    firsts.sort_unstable();
    firsts.dedup();
    firsts
}
