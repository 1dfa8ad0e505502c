//! From a subnet to a service: first what its name resolves to, then the route to these addresses.

use super::answer::{Path, Way};
use super::choose::{Addresses, Choice, choose};
use super::destination::{Destination, Name};
use super::trail::Trail;
use crate::address::public;
use crate::gap::Gap;
use crate::listing::Described as _;
use crate::network::Network;
use crate::service::has_gateways;
use crate::topology::{Endpoint, Route, RouteTable, RouteTo, Service, Subnet, Target, VpcAttributes};
use polsim_env::schema::EndpointKind;
use polsim_eval::Truth;

impl Network {
    /// The way of requests from a subnet, made with some security groups, to a service.
    #[must_use]
    pub fn path(&self, subnet: &str, groups: &[String], to: &Destination) -> Path {
        let mut trail = Trail::new(subnet);
        let from = match self.subnets.find(subnet) {
            Ok(from) => from,
            Err(gap) => {
                trail.gap("nothing is known of the subnet", &gap, "S6.1");
                return trail.end(Way::Unknown);
            }
        };
        trail.from(from);
        let to = Destination { region: to.region.clone().or_else(|| from.region.clone()), ..to.clone() };
        match self.resolve(&mut trail, from, &to) {
            Resolved::Interface(endpoint) => self.through_interface(trail, from, groups, endpoint),
            Resolved::Public => self.by_route(trail, from, groups, &to),
            Resolved::Unknown => trail.end(Way::Unknown),
        }
    }

    /// What the name leads to: an interface endpoint (S6.4.2, S6.4.4), or the public addresses of the service.
    fn resolve(&self, trail: &mut Trail, from: &Subnet, to: &Destination) -> Resolved<'_> {
        if let Name::OfEndpoint(id) = &to.name {
            return match self.endpoints.find(id) {
                Ok(endpoint) => {
                    let sentence = format!("it is called by a name of {id}");
                    trail.choice(sentence, "S6.4.4", Some(&endpoint.place));
                    Resolved::Interface(endpoint)
                }
                Err(gap) => {
                    trail.gap("nothing is known of the endpoint", &gap, "S6.4.4");
                    Resolved::Unknown
                }
            };
        }
        let mut is_open = false;
        for endpoint in self.endpoints.items().iter().filter(|endpoint| {
            endpoint.kind == Some(EndpointKind::Interface)
                && endpoint.vpc == from.vpc
                && leads_to(endpoint, to)
        }) {
            match self.takes_names(trail, endpoint) {
                Truth::Yes => return Resolved::Interface(endpoint),
                Truth::No => {}
                Truth::Open => is_open = true,
            }
        }
        if let Some(gap) = self.endpoints.gap() {
            trail.gap("an interface endpoint may take the name of the service", &gap, "S6.4.2");
            is_open = true;
        }
        if is_open { Resolved::Unknown } else { Resolved::Public }
    }

    /// Whether the standard names of a service lead to an interface endpoint.
    fn takes_names(&self, trail: &mut Trail, endpoint: &Endpoint) -> Truth {
        let id = &endpoint.id;
        let place = Some(&endpoint.place);
        let note = |trail: &mut Trail, holds: Truth, sentence: String, clause: &'static str| {
            // That this endpoint is passed by keeps no request from arriving.
            let holds_for_path = if holds == Truth::Open { Truth::Open } else { Truth::Yes };
            trail.step(holds_for_path, sentence, clause, place);
            holds
        };
        match endpoint.private_dns {
            Some(false) => {
                return note(trail, Truth::No, format!("private DNS is off for {id}"), "S6.4.2");
            }
            None => {
                return note(
                    trail,
                    Truth::Open,
                    format!("whether private DNS is on for {id} is not said"),
                    "S6.4.2",
                );
            }
            Some(true) => {}
        }
        if endpoint.is_available == Some(false) {
            return note(trail, Truth::No, format!("{id} is not available"), "S6.4.1");
        }
        if has_gateways(&endpoint.service.name) {
            match endpoint.only_inbound {
                Some(true) => {
                    let sentence =
                        format!("private DNS of {id} is for requests from outside of the VPC only");
                    return note(trail, Truth::No, sentence, "S6.4.2");
                }
                None => {
                    let sentence =
                        format!("whether private DNS of {id} is for requests from outside only is not said");
                    return note(trail, Truth::Open, sentence, "S6.4.2");
                }
                Some(false) => {}
            }
        }
        let attributes = match self.attributes.find(&endpoint.vpc) {
            Ok(attributes) => attributes,
            Err(gap) => {
                trail.gap(&format!("whether names of the service lead to {id}"), &gap, "S6.4.2");
                return Truth::Open;
            }
        };
        let both = [
            ("enableDnsSupport", attributes.dns_support, "EnableDnsSupport"),
            ("enableDnsHostnames", attributes.dns_hostnames, "EnableDnsHostnames"),
        ];
        for (name, value, member) in both {
            match value {
                Some(true) => {}
                Some(false) => {
                    let sentence = format!("{name} is off in {}: names do not lead to {id}", endpoint.vpc);
                    trail.step(Truth::Yes, sentence, "S6.4.2", Some(attributes.place()));
                    return Truth::No;
                }
                None => {
                    let gap = Gap::NotSaid(member, attributes.place.clone());
                    trail.gap(&format!("whether names of the service lead to {id}"), &gap, "S6.4.2");
                    return Truth::Open;
                }
            }
        }
        trail.choice(format!("private DNS leads the names of the service to {id}"), "S6.4.2", place);
        Truth::Yes
    }

    /// S6.3.6: without the VPC's resolver, nobody knows whether another one knows the names.
    fn names_resolve(&self, trail: &mut Trail, vpc: &str) {
        let what = "whether the name of the service resolves";
        match self.attributes.find(vpc) {
            Ok(VpcAttributes { dns_support: Some(true), .. }) => {}
            Ok(VpcAttributes { dns_support: Some(false), place, .. }) => {
                let sentence =
                    "enableDnsSupport is off: names resolve only if another resolver of yours knows them";
                trail.step(Truth::Open, sentence, "S6.3.6", Some(place));
            }
            Ok(attributes) => {
                trail.gap(what, &Gap::NotSaid("EnableDnsSupport", attributes.place.clone()), "S6.3.6");
            }
            Err(gap) => trail.gap(what, &gap, "S6.3.6"),
        }
    }

    fn by_route(&self, mut trail: Trail, from: &Subnet, groups: &[String], to: &Destination) -> Path {
        self.names_resolve(&mut trail, &from.vpc);
        let table = match self.table_of(from) {
            Ok(table) => table,
            Err(gap) => {
                trail.gap("the route table of the subnet is not known", &gap, "S6.3.1");
                return trail.end(Way::Unknown);
            }
        };
        trail.table(&table.id);
        let how = if table.subnets.contains(&from.id) {
            "uses"
        } else {
            "has no table of its own and uses the main one,"
        };
        trail.step(Truth::Yes, format!("the subnet {how} {}", table.label()), "S6.3.1", Some(&table.place));
        let addresses = self.addresses(table, to);
        let route = match choose(table, &addresses, &self.lists) {
            Choice::One(route) => route,
            Choice::NoRoute => {
                let sentence = format!("{} has no route to {}", table.label(), named(to));
                trail.step(Truth::No, sentence, "S6.2", Some(&table.place));
                return trail.end(Way::Nowhere);
            }
            Choice::Several(routes) => {
                let ways: Vec<String> = routes
                    .iter()
                    .map(|route| route.map_or("nowhere".to_owned(), |route| route.target.to_string()))
                    .collect();
                let sentence = format!(
                    "addresses of {} go different ways: {}; which one is used is not known",
                    named(to),
                    ways.join(", ")
                );
                let place = routes.iter().flatten().next().map(|route| &route.place);
                trail.step(Truth::Open, sentence, "S6.3.3", place);
                return trail.end(Way::Unknown);
            }
            Choice::Unsure(route, gap) => {
                let what = format!("whether {} → {} takes the request", route.to, route.target);
                trail.step(Truth::Open, format!("{what}: {gap}"), "S6.3.3", Some(&route.place));
                return trail.end(Way::Unknown);
            }
        };
        self.along(trail, from, groups, to, &addresses, route)
    }

    fn along(
        &self,
        mut trail: Trail,
        from: &Subnet,
        groups: &[String],
        to: &Destination,
        addresses: &Addresses,
        route: &Route,
    ) -> Path {
        let sentence = format!("{} → {} takes what goes to {}", route.to, route.target, named(to));
        trail.choice(sentence, "S6.3.3", Some(&route.place));
        trail.route(route);
        if route.is_blackhole {
            let sentence = format!("the route is a blackhole: {} is gone", route.target);
            trail.step(Truth::No, sentence, "S6.2", Some(&route.place));
            return trail.end(Way::Nowhere);
        }
        match &route.target {
            Target::Endpoint(id) => self.through_gateway(trail, from, groups, to, addresses, id),
            Target::Nat(id) => self.through_nat(trail, from, groups, addresses, id),
            Target::InternetGateway(id) => {
                let sentence = "network interfaces of SageMaker have no public address, and an internet gateway needs one";
                trail.step(Truth::No, sentence, "S6.2", Some(&route.place));
                trail.end(Way::Internet(id.clone()))
            }
            Target::Elsewhere(id) => {
                let sentence = format!("{id} leads to another network: what happens there is not known");
                trail.step(Truth::Open, sentence, "S6.2", Some(&route.place));
                trail.end(Way::Elsewhere(id.clone()))
            }
            Target::Local | Target::EgressOnly(_) => {
                let sentence = format!("{} does not lead to addresses of the service", route.target);
                trail.step(Truth::No, sentence, "S6.2", Some(&route.place));
                trail.end(Way::Nowhere)
            }
            Target::Unsaid => {
                trail.step(Truth::Open, "the target of the route is not said", "S6.2", Some(&route.place));
                trail.end(Way::Unknown)
            }
        }
    }

    /// The addresses of a service: those of its prefix list, or any public one.
    pub(super) fn addresses(&self, table: &RouteTable, to: &Destination) -> Addresses {
        let mut own = None;
        let mut foreign_lists = Vec::new();
        let routed = table.routes.iter().filter_map(|route| match (&route.to, &route.target) {
            (RouteTo::List(list), Target::Endpoint(endpoint)) => {
                let endpoint = self.endpoints.find(endpoint).ok().filter(|endpoint| endpoint.is_gateway())?;
                Some((list, endpoint.service.clone()))
            }
            _ => None,
        });
        let named = self.lists.items().iter().filter_map(|list| {
            let service = Service::read(list.name.as_deref()?);
            service.region.is_some().then_some((&list.id, service))
        });
        for (list, service) in named.chain(routed) {
            if is_of(&service, to) {
                own.get_or_insert_with(|| list.clone());
            } else {
                foreign_lists.push(list.clone());
            }
        }
        let entries = own.as_ref().and_then(|list| self.lists.find(list).ok()?.entries.clone());
        let v4 = entries.map(|nets| nets.into_iter().filter(|net| net.addr().is_ipv4()).collect::<Vec<_>>());
        Addresses {
            nets: v4.filter(|nets| !nets.is_empty()).unwrap_or_else(public),
            list: own,
            foreign_lists,
        }
    }
}

enum Resolved<'n> {
    Interface(&'n Endpoint),
    Public,
    Unknown,
}

/// Whether a service is that of a destination, and in its Region (S6.3.2).
fn is_of(service: &Service, to: &Destination) -> bool {
    let is_region = match (&service.region, &to.region) {
        (Some(own), Some(asked)) => own == asked,
        _ => true,
    };
    service.name == to.service && is_region
}

/// Whether an endpoint leads to a service.
pub(super) fn leads_to(endpoint: &Endpoint, to: &Destination) -> bool {
    is_of(&endpoint.service, to)
}

/// A destination in words.
pub(super) fn named(to: &Destination) -> String {
    match &to.region {
        Some(region) => format!("{} in {region}", to.service),
        None => to.service.clone(),
    }
}
