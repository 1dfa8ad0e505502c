//! The way through an interface endpoint (S6.4): to a network interface in the VPC, past the security groups of both.

use super::answer::{Path, Way};
use super::choose::{Addresses, Choice, choose};
use super::filter::{EPHEMERAL, HTTPS, Peer, acl, security_groups};
use super::gateway::note;
use super::trail::Trail;
use crate::gap::Gap;
use crate::network::Network;
use crate::topology::{Endpoint, RouteTo, Subnet, Target};
use ipnet::IpNet;
use polsim_eval::Truth;

impl Network {
    pub(super) fn through_interface(
        &self,
        mut trail: Trail,
        from: &Subnet,
        groups: &[String],
        endpoint: &Endpoint,
    ) -> Path {
        let id = &endpoint.id;
        let way = Way::Interface(id.clone());
        match endpoint.is_available {
            Some(true) => {}
            Some(false) => {
                trail.step(Truth::No, format!("{id} is not available"), "S6.4.1", Some(&endpoint.place));
            }
            None => {
                let sentence = format!("whether {id} is available is not said");
                trail.step(Truth::Open, sentence, "S6.4.1", Some(&endpoint.place));
            }
        }
        let mut homes = Vec::new();
        for subnet in &endpoint.subnets {
            match self.subnets.find(subnet) {
                Ok(subnet) => homes.push(subnet),
                Err(gap) => trail.gap(
                    &format!("a network interface of {id} is in a subnet that is not known"),
                    &gap,
                    "S6.4.1",
                ),
            }
        }
        if endpoint.subnets.is_empty() {
            let gap = Gap::NotSaid("SubnetIds", endpoint.place.clone());
            trail.gap(&format!("where {id} has network interfaces"), &gap, "S6.4.1");
        }
        for home in homes {
            self.to_home(&mut trail, from, groups, endpoint, home);
        }
        trail.end(way)
    }

    /// To the network interface in one subnet. The name may resolve to any of them, so all have to be reached.
    fn to_home(
        &self,
        trail: &mut Trail,
        from: &Subnet,
        groups: &[String],
        endpoint: &Endpoint,
        home: &Subnet,
    ) {
        let id = &endpoint.id;
        let nets = self.interface_addresses(endpoint, home);
        if from.id != home.id {
            self.is_local(trail, from, &nets, endpoint, home);
        }
        let there = Peer { nets: nets.clone(), list: None, groups: endpoint.groups.clone() };
        let out = security_groups(self, groups, true, &there);
        note(
            trail,
            out,
            &format!("the security groups ({}) let 443 out to {id}", groups.join(", ")),
            "S6.4.1",
        );
        let here = Peer { nets: vec![from.range], list: None, groups: groups.to_vec() };
        let into = security_groups(self, &endpoint.groups, false, &here);
        let what = format!("the security groups of {id} ({}) let 443 in", endpoint.groups.join(", "));
        note(trail, into, &what, "S6.2");
        // Inside of one subnet no network ACL is asked.
        if from.id == home.id {
            return;
        }
        let https = HTTPS..=HTTPS;
        for (of, is_egress, addresses, ports, what) in [
            (from, true, nets.as_slice(), &https, "the network ACL of the subnet lets 443 out"),
            (home, false, &[from.range], &https, "the network ACL of the endpoint's subnet lets 443 in"),
            (
                home,
                true,
                &[from.range],
                &EPHEMERAL,
                "the network ACL of the endpoint's subnet lets the answer out",
            ),
            (from, false, nets.as_slice(), &EPHEMERAL, "the network ACL of the subnet lets the answer in"),
        ] {
            let passed = acl(self, of, is_egress, addresses, ports);
            note(trail, passed, &format!("{what} ({})", home.id), "S6.4.1");
        }
    }

    /// The addresses of an endpoint in a subnet: those of its network interface, or any of the subnet.
    fn interface_addresses(&self, endpoint: &Endpoint, home: &Subnet) -> Vec<IpNet> {
        let own = self.interfaces.items().iter().filter(|interface| {
            endpoint.interfaces.contains(&interface.id) && interface.subnet.as_ref() == Some(&home.id)
        });
        let known: Vec<IpNet> =
            own.flat_map(|interface| &interface.addresses).map(|address| (*address).into()).collect();
        if known.is_empty() { vec![home.range] } else { known }
    }

    /// That the route to a network interface is the local one (S6.2).
    fn is_local(&self, trail: &mut Trail, from: &Subnet, nets: &[IpNet], endpoint: &Endpoint, home: &Subnet) {
        let id = &endpoint.id;
        let table = match self.table_of(from) {
            Ok(table) => table,
            Err(gap) => {
                trail.gap("the route table of the subnet is not known", &gap, "S6.3.1");
                return;
            }
        };
        trail.table(&table.id);
        let addresses = Addresses { nets: nets.to_vec(), list: None, foreign_lists: self.amazon_lists() };
        match choose(table, &addresses, &self.lists) {
            Choice::One(route) if route.target == Target::Local => {
                let sentence =
                    format!("{} → local leads to the network interface of {id} in {}", route.to, home.id);
                trail.step(Truth::Yes, sentence, "S6.2", Some(&route.place));
            }
            Choice::NoRoute => {
                let sentence = format!("{} has no route to {id} in {}", table.label(), home.id);
                trail.step(Truth::No, sentence, "S6.2", Some(&table.place));
            }
            Choice::One(route) | Choice::Unsure(route, _) => {
                let sentence =
                    format!("{} → {} may take what goes to {id} in {}", route.to, route.target, home.id);
                trail.step(Truth::Open, sentence, "S6.3.3", Some(&route.place));
            }
            Choice::Several(_) => {
                let sentence = format!("addresses of {id} in {} go different ways", home.id);
                trail.step(Truth::Open, sentence, "S6.3.3", Some(&table.place));
            }
        }
    }

    /// The prefix lists of AWS, which hold public addresses.
    fn amazon_lists(&self) -> Vec<String> {
        let named = self
            .lists
            .items()
            .iter()
            .filter(|list| list.name.as_deref().is_some_and(|name| name.starts_with("com.amazonaws.")));
        let routed = self.tables.items().iter().flat_map(|table| &table.routes).filter_map(|route| {
            match (&route.to, &route.target) {
                (RouteTo::List(list), Target::Endpoint(id))
                    if self.endpoints.find(id).is_ok_and(Endpoint::is_gateway) =>
                {
                    Some(list.clone())
                }
                _ => None,
            }
        });
        named.map(|list| list.id.clone()).chain(routed).collect()
    }
}
