//! Sets of addresses as lists of networks, cut so that every piece is wholly inside or wholly outside of what it is
//! compared with.
//!
//! A newcomer would doubt that cutting ends well: networks are nested or disjoint, so each cut adds at most one piece for
//! every bit of its prefix.

use ipnet::{IpNet, Ipv4Net};
use polsim_eval::Truth;
use std::net::Ipv4Addr;

/// The ranges of IPv4 that nobody on the internet has: private (RFC 1918), carrier, loopback, link-local, multicast and
/// reserved addresses.
const NOT_PUBLIC: [(Ipv4Addr, u8); 9] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// All public addresses of IPv4.
pub(crate) fn public() -> Vec<IpNet> {
    let holes: Vec<IpNet> = NOT_PUBLIC
        .iter()
        .filter_map(|(address, length)| Ipv4Net::new(*address, *length).ok().map(IpNet::from))
        .collect();
    let Ok(all) = Ipv4Net::new(Ipv4Addr::UNSPECIFIED, 0) else { return Vec::new() };
    let outside = |part: &IpNet| !holes.iter().any(|hole| hole.contains(part));
    parts(all.into(), &holes).into_iter().filter(outside).collect()
}

/// The parts of a network such that each cut holds a part wholly or not at all.
pub(crate) fn parts(net: IpNet, cuts: &[IpNet]) -> Vec<IpNet> {
    let inside: Vec<IpNet> = cuts.iter().filter(|cut| **cut != net && net.contains(*cut)).copied().collect();
    if inside.is_empty() {
        return vec![net];
    }
    match net.subnets(net.prefix_len() + 1) {
        Ok(halves) => halves.flat_map(|half| parts(half, &inside)).collect(),
        // A single address is not cut, and nothing is inside of it.
        Err(_) => vec![net],
    }
}

/// Whether networks hold all of some addresses, none, or some of them.
pub(crate) fn covered(addresses: &[IpNet], by: &[IpNet]) -> Truth {
    let by = IpNet::aggregate(&by.to_vec());
    let pieces = addresses.iter().flat_map(|net| parts(*net, &by));
    all_alike(pieces.map(|piece| by.iter().any(|net| net.contains(&piece)).into()))
}

/// What all say, when they say the same; nothing at all says nothing.
pub(crate) fn all_alike(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let mut truths = truths.into_iter();
    let Some(first) = truths.next() else { return Truth::Open };
    if truths.all(|truth| truth == first) { first } else { Truth::Open }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(text: &str) -> IpNet {
        text.parse().unwrap()
    }

    #[test]
    fn a_cut_leaves_pieces_that_are_inside_or_outside() {
        let pieces = parts(net("10.0.0.0/8"), &[net("10.0.1.0/24"), net("0.0.0.0/0")]);
        assert_eq!(pieces.len(), 17, "one for every bit from 8 to 24, and the cut itself");
        assert!(pieces.contains(&net("10.0.1.0/24")));
        assert_eq!(IpNet::aggregate(&pieces), [net("10.0.0.0/8")]);
    }

    #[test]
    fn public_addresses_are_those_of_the_internet() {
        let is_public = |text: &str| public().iter().any(|part| part.contains(&net(text)));
        assert!(is_public("52.218.0.10/32"));
        assert!(is_public("3.0.0.0/8"));
        for private in
            ["10.1.2.3/32", "172.31.0.1/32", "192.168.1.1/32", "100.64.0.1/32", "169.254.169.254/32"]
        {
            assert!(!is_public(private), "{private}");
        }
    }

    #[test]
    fn halves_together_cover_the_whole() {
        let whole = [net("0.0.0.0/0")];
        assert_eq!(covered(&whole, &[net("0.0.0.0/1"), net("128.0.0.0/1")]), Truth::Yes);
        assert_eq!(covered(&whole, &[net("0.0.0.0/1")]), Truth::Open);
        assert_eq!(covered(&[net("10.0.0.0/24")], &[net("10.0.1.0/24")]), Truth::No);
        assert_eq!(covered(&[], &whole), Truth::Open);
    }
}
