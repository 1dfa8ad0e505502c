//! The way through a NAT gateway (S6.5): out of the subnet, then out of the gateway's own subnet to the internet.

use super::answer::{Path, Way};
use super::choose::{Addresses, Choice, choose};
use super::filter::{EPHEMERAL, EPHEMERAL_OF_NAT, HTTPS, acl};
use super::gateway::note;
use super::trail::Trail;
use crate::network::Network;
use crate::topology::{NatGateway, Subnet, Target};
use polsim_eval::Truth;

impl Network {
    pub(super) fn through_nat(
        &self,
        mut trail: Trail,
        from: &Subnet,
        groups: &[String],
        to: &Addresses,
        id: &str,
    ) -> Path {
        let nat = match self.nats.find(id) {
            Ok(nat) => nat,
            Err(gap) => {
                trail.gap("nothing is known of the NAT gateway", &gap, "S6.2");
                return trail.end(Way::Unknown);
            }
        };
        let place = Some(&nat.place);
        match nat.is_available {
            Some(true) => {}
            Some(false) => trail.step(Truth::No, format!("{id} is not available"), "S6.2", place),
            None => trail.step(Truth::Open, format!("whether {id} is available is not said"), "S6.2", place),
        }
        if !nat.is_public {
            let sentence = format!("{id} is a private NAT gateway: it leads to another network");
            trail.step(Truth::Open, sentence, "S6.2", place);
            return trail.end(Way::Elsewhere(id.to_owned()));
        }
        self.leaves(&mut trail, from, groups, to);
        if nat.addresses.is_empty() {
            trail.step(Truth::No, format!("{id} has no Elastic IP address"), "S6.2", place);
        }
        self.out_of_nat(&mut trail, nat, from, to);
        trail.end(Way::Nat(id.to_owned(), nat.addresses.clone()))
    }

    /// From the NAT gateway to the internet.
    fn out_of_nat(&self, trail: &mut Trail, nat: &NatGateway, from: &Subnet, to: &Addresses) {
        let id = &nat.id;
        let home = nat.subnet.as_deref().map(|subnet| self.subnets.find(subnet));
        let home = match home {
            Some(Ok(home)) => home,
            Some(Err(gap)) => {
                trail.gap(&format!("nothing is known of the subnet of {id}"), &gap, "S6.2");
                return;
            }
            None => {
                let sentence =
                    format!("{id} is in no subnet of its own: its way to the internet is not said");
                trail.step(Truth::Open, sentence, "S6.2", Some(&nat.place));
                return;
            }
        };
        let table = match self.table_of(home) {
            Ok(table) => table,
            Err(gap) => {
                trail.gap(&format!("the route table of {} is not known", home.id), &gap, "S6.2");
                return;
            }
        };
        match choose(table, to, &self.lists) {
            Choice::One(route) if route.is_blackhole => {
                let sentence =
                    format!("in the subnet of {id}, {} → {} is a blackhole", route.to, route.target);
                trail.step(Truth::No, sentence, "S6.2", Some(&route.place));
            }
            Choice::One(route) => match &route.target {
                Target::InternetGateway(gateway) => {
                    self.is_attached(trail, gateway, &home.vpc);
                    let sentence = format!("{id} is in {}, which has {} → {gateway}", home.id, route.to);
                    trail.step(Truth::Yes, sentence, "S6.2", Some(&route.place));
                }
                target => {
                    let sentence =
                        format!("in the subnet of {id}, {} → {target} takes the request", route.to);
                    let holds = match target {
                        Target::Local | Target::EgressOnly(_) => Truth::No,
                        // AWS does not say what an endpoint makes of what a NAT gateway sends.
                        _ => Truth::Open,
                    };
                    trail.step(holds, sentence, "S6.2", Some(&route.place));
                }
            },
            Choice::NoRoute => {
                let sentence = format!("{id} is in {}, which has no route to the internet", home.id);
                trail.step(Truth::No, sentence, "S6.2", Some(&table.place));
            }
            Choice::Several(_) => {
                let sentence = format!("addresses of the service go different ways from {}", home.id);
                trail.step(Truth::Open, sentence, "S6.3.3", Some(&table.place));
            }
            Choice::Unsure(route, gap) => {
                let sentence = format!("whether {} → {} takes the request: {gap}", route.to, route.target);
                trail.step(Truth::Open, sentence, "S6.3.3", Some(&route.place));
            }
        }
        let https = HTTPS..=HTTPS;
        let here = [from.range];
        let mut steps = vec![
            (true, to.nets.as_slice(), &https, "lets 443 out"),
            (false, to.nets.as_slice(), &EPHEMERAL_OF_NAT, "lets the answer in, on ports 1024 to 65535"),
        ];
        if home.id != from.id {
            steps.push((false, &here, &https, "lets 443 in"));
            steps.push((true, &here, &EPHEMERAL, "lets the answer out"));
        }
        for (is_egress, nets, ports, what) in steps {
            let passed = acl(self, home, is_egress, nets, ports);
            note(trail, passed, &format!("the network ACL of {} {what}", home.id), "S6.2");
        }
    }

    fn is_attached(&self, trail: &mut Trail, id: &str, vpc: &str) {
        match self.internet_gateways.find(id) {
            Ok(gateway) if gateway.vpcs.iter().any(|attached| attached == vpc) => {}
            Ok(gateway) => {
                let sentence = format!("{id} is not attached to {vpc}");
                trail.step(Truth::No, sentence, "S6.2", Some(&gateway.place));
            }
            Err(gap) => trail.gap(&format!("whether {id} is attached to {vpc}"), &gap, "S6.2"),
        }
    }
}
