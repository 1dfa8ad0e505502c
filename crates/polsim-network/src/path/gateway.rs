//! The way through a gateway endpoint (S6.3).

use super::answer::{Path, Way};
use super::choose::Addresses;
use super::destination::Destination;
use super::filter::{EPHEMERAL, HTTPS, Passed, Peer, acl, security_groups};
use super::find::{leads_to, named};
use super::trail::Trail;
use crate::network::Network;
use crate::topology::Subnet;
use polsim_eval::Truth;

impl Network {
    pub(super) fn through_gateway(
        &self,
        mut trail: Trail,
        from: &Subnet,
        groups: &[String],
        to: &Destination,
        addresses: &Addresses,
        id: &str,
    ) -> Path {
        match self.endpoints.find(id) {
            Err(gap) => {
                trail.gap("nothing is known of the endpoint", &gap, "S6.3.1");
                return trail.end(Way::Unknown);
            }
            Ok(endpoint) if !endpoint.is_gateway() => {
                let sentence = format!("{id} is no gateway endpoint: what lies behind it is not known");
                trail.step(Truth::Open, sentence, "S6.2", Some(&endpoint.place));
                return trail.end(Way::Elsewhere(id.to_owned()));
            }
            Ok(endpoint) => {
                let is_right = leads_to(endpoint, to);
                if !is_right {
                    let sentence = format!("{id} leads to {}, not to {}", endpoint.service, named(to));
                    trail.step(Truth::No, sentence, "S6.3.2", Some(&endpoint.place));
                    return trail.end(Way::Nowhere);
                }
                match endpoint.is_available {
                    Some(true) => {}
                    Some(false) => {
                        let sentence = format!("{id} is not available");
                        trail.step(Truth::No, sentence, "S6.3.1", Some(&endpoint.place));
                    }
                    None => {
                        let sentence = format!("whether {id} is available is not said");
                        trail.step(Truth::Open, sentence, "S6.3.1", Some(&endpoint.place));
                    }
                }
            }
        }
        self.leaves(&mut trail, from, groups, addresses);
        trail.end(Way::Gateway(id.to_owned()))
    }

    /// Whether a request leaves its subnet for public addresses, and its answer comes back (S6.3.6).
    pub(super) fn leaves(&self, trail: &mut Trail, from: &Subnet, groups: &[String], to: &Addresses) {
        let peer = Peer { nets: to.nets.clone(), list: to.list.clone(), groups: Vec::new() };
        let out = security_groups(self, groups, true, &peer);
        note(trail, out, &format!("the security groups ({}) let 443 out", groups.join(", ")), "S6.3.6");
        let out = acl(self, from, true, &to.nets, &(HTTPS..=HTTPS));
        note(trail, out, "the network ACL of the subnet lets 443 out", "S6.3.6");
        let back = acl(self, from, false, &to.nets, &EPHEMERAL);
        note(
            trail,
            back,
            "the network ACL of the subnet lets the answer in, on ports 32768 to 60999",
            "S6.3.6",
        );
    }
}

/// Notes whether something is let through.
pub(super) fn note(trail: &mut Trail, passed: Passed, what: &str, clause: &'static str) {
    match (passed.holds, &passed.gap) {
        (Truth::Open, Some(gap)) => trail.gap(&format!("whether {what}"), gap, clause),
        (Truth::Open, None) => {
            let sentence = format!("whether {what} depends on the address or port");
            trail.step(Truth::Open, sentence, clause, passed.place.as_ref());
        }
        (Truth::Yes, _) => trail.step(Truth::Yes, what, clause, passed.place.as_ref()),
        (Truth::No, _) => {
            let sentence = format!("it does not hold that {what}");
            trail.step(Truth::No, sentence, clause, passed.place.as_ref());
        }
    }
}
