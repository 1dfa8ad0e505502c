//! Which route of a table takes some addresses: the longest prefix, and among equals a static range before a prefix list
//! before what was propagated (S6.3.3).
//!
//! A newcomer would doubt that one asks for many addresses at once. Nobody knows which address of a service a name will
//! resolve to, so all of them are asked, and the answer is a route only when all agree on where to go.

use crate::address::parts;
use crate::gap::{Gap, Output};
use crate::listing::Listing;
use crate::topology::{PrefixList, Route, RouteTable, RouteTo};
use ipnet::IpNet;

/// The addresses that a name may resolve to.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The ranges that they are in.
    pub nets: Vec<IpNet>,
    /// The prefix list that holds all of them.
    pub list: Option<String>,
    /// Prefix lists that hold none of them, whatever their entries are.
    pub foreign_lists: Vec<String>,
}

/// What a table does with some addresses.
#[derive(Clone, Debug)]
pub enum Choice<'t> {
    /// One route takes all of them; or several that lead to one target.
    One(&'t Route),
    /// No route takes any.
    NoRoute,
    /// Some go one way, some another; `None` stands for those that no route takes.
    Several(Vec<Option<&'t Route>>),
    /// A route may or may not take them.
    Unsure(&'t Route, Gap),
}

/// A range with the route that takes it; the later in the order of priority, the stronger.
struct Candidate<'t> {
    net: IpNet,
    priority: Priority,
    route: &'t Route,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Priority {
    Propagated,
    PrefixList,
    Static,
}

/// What a table does with some addresses.
#[must_use]
pub fn choose<'t>(table: &'t RouteTable, to: &Addresses, lists: &Listing<PrefixList>) -> Choice<'t> {
    let mut candidates = Vec::new();
    let mut unlisted = Vec::new();
    for route in &table.routes {
        let static_priority = if route.is_propagated { Priority::Propagated } else { Priority::Static };
        match &route.to {
            RouteTo::Range(net) => {
                candidates.push(Candidate { net: *net, priority: static_priority, route });
            }
            RouteTo::List(id) if to.foreign_lists.contains(id) => {}
            RouteTo::List(id) => match lists.find(id).ok().and_then(|list| list.entries.as_ref()) {
                Some(entries) => candidates.extend(entries.iter().map(|net| Candidate {
                    net: *net,
                    priority: Priority::PrefixList,
                    route,
                })),
                None => unlisted.push((id, route)),
            },
        }
    }
    let mut chosen = Vec::new();
    let cuts: Vec<IpNet> = candidates.iter().map(|candidate| candidate.net).collect();
    for piece in to.nets.iter().flat_map(|net| parts(*net, &cuts)) {
        for route in best(piece, &candidates) {
            if !chosen.iter().any(|known| is_same(*known, route)) {
                chosen.push(route);
            }
        }
    }
    for (id, route) in unlisted {
        let is_for_all = to.list.as_ref() == Some(id);
        // The entries of a list that holds all addresses are longer than nothing: they beat the default route.
        let is_weak = |known: &Option<&Route>| match known {
            None => true,
            Some(known) => matches!(&known.to, RouteTo::Range(net) if net.prefix_len() == 0),
        };
        if is_for_all && chosen.iter().all(is_weak) {
            chosen = vec![Some(route)];
        } else if chosen.iter().any(|known| !is_same(*known, Some(route))) {
            return Choice::Unsure(route, Gap::NotDescribed(Output::PrefixListEntries, id.clone()));
        }
    }
    match chosen.as_slice() {
        [] | [None] => Choice::NoRoute,
        [Some(only)] => Choice::One(only),
        _ => Choice::Several(chosen),
    }
}

/// The routes that take a piece: one, unless two are alike in every respect that counts.
fn best<'t>(piece: IpNet, candidates: &[Candidate<'t>]) -> Vec<Option<&'t Route>> {
    let holding = || candidates.iter().filter(|candidate| candidate.net.contains(&piece));
    let rank = |candidate: &Candidate<'_>| (candidate.net.prefix_len(), candidate.priority);
    let Some(highest) = holding().map(rank).max() else { return vec![None] };
    holding().filter(|candidate| rank(candidate) == highest).map(|candidate| Some(candidate.route)).collect()
}

/// Whether two routes do the same.
fn is_same(one: Option<&Route>, other: Option<&Route>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => one.target == other.target && one.is_blackhole == other.is_blackhole,
        _ => false,
    }
}
