//! IP addresses, and the sets that IpAddress and NotIpAddress write (S3.9).
//!
//! The two families are two lines that never meet (S3.9.5): the complement of an IPv4 range holds every IPv6 address.
//! A newcomer would doubt `::ffff:10.0.0.1`: it is an IPv6 address here and in no IPv4 range.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::interval::{Cut, IntervalSet, Line, Place, settle_stepwise};

/// Where examples are looked for: documentation blocks first (RFC 5737, RFC 3849), then private ones, then blocks of
/// ordinary hosts. Last comes the whole of each family.
const EXAMPLE_BLOCKS: [IpNet; 11] = [
    v4([192, 0, 2, 0], 24),
    v4([198, 51, 100, 0], 24),
    v4([203, 0, 113, 0], 24),
    v6(0x2001, 0xdb8, 32),
    v4([10, 0, 0, 0], 8),
    v4([172, 16, 0, 0], 12),
    v4([192, 168, 0, 0], 16),
    v4([64, 0, 0, 0], 2),
    v6(0x2000, 0, 3),
    v4([0, 0, 0, 0], 0),
    v6(0, 0, 0),
];

const fn v4(octets: [u8; 4], length: u8) -> IpNet {
    let [a, b, c, d] = octets;
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length))
}

const fn v6(first: u16, second: u16, length: u8) -> IpNet {
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(first, second, 0, 0, 0, 0, 0, 0), length))
}

/// One IPv4 or IPv6 address: the value of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(IpAddr);

impl Address {
    /// Reads one address; `None` is S3.14. A range is not an address (S3.9.1).
    pub fn read(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether a range was written with bits beyond its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostBits {
    /// The address is the first of its range.
    Clear,
    /// Bits were masked off; worth a warning (S3.9.3).
    Masked,
}

/// The addresses that share a prefix: the value of a policy.
///
/// ```
/// use polsim_value::{Address, AddressRange, AddressSet};
/// let (range, _) = AddressRange::read("203.0.113.0/24").ok_or("unreadable")?;
/// let address = Address::read("203.0.113.7").ok_or("unreadable")?;
/// assert!(AddressSet::in_range(range).contains(&address));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddressRange(
    /// Always with its host bits clear.
    IpNet,
);

impl AddressRange {
    /// Reads an address (a range of one, S3.9.2) or a CIDR block, and tells whether host bits were masked; `None` is
    /// S3.14.
    pub fn read(text: &str) -> Option<(Self, HostBits)> {
        let Some((address, length)) = text.split_once('/') else {
            let address: IpAddr = text.parse().ok()?;
            return Some((Self(IpNet::from(address)), HostBits::Clear));
        };
        let written = IpNet::new(address.parse().ok()?, read_length(length)?).ok()?;
        let range = Self(written.trunc());
        let host_bits = if range.0 == written { HostBits::Clear } else { HostBits::Masked };
        Some((range, host_bits))
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A prefix length in plain digits: no sign, and no leading zero, which no address may have either.
fn read_length(text: &str) -> Option<u8> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

impl Line for Ipv4Addr {
    fn settle(cut: Cut<Self>) -> Place<Self> {
        settle_stepwise(cut, &Self::UNSPECIFIED, next_v4)
    }
}

impl Line for Ipv6Addr {
    fn settle(cut: Cut<Self>) -> Place<Self> {
        settle_stepwise(cut, &Self::UNSPECIFIED, next_v6)
    }
}

fn next_v4(address: &Ipv4Addr) -> Option<Ipv4Addr> {
    address.to_bits().checked_add(1).map(Ipv4Addr::from_bits)
}

fn next_v6(address: &Ipv6Addr) -> Option<Ipv6Addr> {
    address.to_bits().checked_add(1).map(Ipv6Addr::from_bits)
}

/// Writes the addresses of both families, as `v4 [10.0.0.0, 10.0.0.8) v6 ()`.
impl fmt::Display for AddressSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v4 {} v6 {}", self.v4, self.v6)
    }
}

/// A set of addresses of both families.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddressSet {
    v4: IntervalSet<Ipv4Addr>,
    v6: IntervalSet<Ipv6Addr>,
}

impl AddressSet {
    /// Every address of both families.
    pub fn all() -> Self {
        Self { v4: IntervalSet::all(), v6: IntervalSet::all() }
    }

    /// No address.
    pub fn none() -> Self {
        Self { v4: IntervalSet::none(), v6: IntervalSet::none() }
    }

    /// The addresses of a range; none of the other family.
    pub fn in_range(range: AddressRange) -> Self {
        match range.0 {
            IpNet::V4(net) => Self { v4: between(net.network(), net.broadcast()), v6: IntervalSet::none() },
            IpNet::V6(net) => Self { v4: IntervalSet::none(), v6: between(net.network(), net.broadcast()) },
        }
    }

    /// Whether the address is a member.
    pub fn contains(&self, address: &Address) -> bool {
        match &address.0 {
            IpAddr::V4(address) => self.v4.contains(address),
            IpAddr::V6(address) => self.v6.contains(address),
        }
    }

    /// The addresses in both sets.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self { v4: self.v4.and(&other.v4), v6: self.v6.and(&other.v6) }
    }

    /// The addresses in either set.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self { v4: self.v4.or(&other.v4), v6: self.v6.or(&other.v6) }
    }

    /// The addresses of both families that are not members.
    #[must_use]
    pub fn not(&self) -> Self {
        Self { v4: self.v4.not(), v6: self.v6.not() }
    }

    /// Whether no address is a member.
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }

    /// Whether every address of both families is a member.
    pub fn is_all(&self) -> bool {
        self.v4.is_all() && self.v6.is_all()
    }

    /// The text of a member that reads well: from a documentation block where the set meets one, then from a private
    /// block; `None` iff the set is empty.
    pub fn pick(&self) -> Option<String> {
        EXAMPLE_BLOCKS.iter().find_map(|&block| {
            let part = self.and(&Self::in_range(AddressRange(block)));
            let v4 = host(&part.v4, Ipv4Addr::UNSPECIFIED, next_v4).map(IpAddr::V4);
            v4.or_else(|| host(&part.v6, Ipv6Addr::UNSPECIFIED, next_v6).map(IpAddr::V6))
                .map(|address| Address(address).to_string())
        })
    }
}

fn between<T: Line>(first: T, last: T) -> IntervalSet<T> {
    IntervalSet::at_least(first).and(&IntervalSet::at_most(last))
}

/// The second member where it follows the first, else the first: in a block, a host and not the network's own address.
fn host<T: Line>(set: &IntervalSet<T>, start: T, next: impl Fn(&T) -> Option<T>) -> Option<T> {
    let (low, _) = set.stretches().next()?;
    // Every cut of a stepwise line stands before a value, so the lower cut's value is a member.
    let first = low.map_or(start, |cut| cut.at.clone());
    Some(next(&first).filter(|second| set.contains(second)).unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::read(text).unwrap()
    }

    fn range(text: &str) -> AddressSet {
        AddressSet::in_range(AddressRange::read(text).unwrap().0)
    }

    #[test]
    fn s3_9_1_a_request_value_is_one_address() {
        for text in ["10.0.0.1", "0.0.0.0", "::", "2001:db8::1", "2001:DB8:0:0::1", "::ffff:10.0.0.1"] {
            assert!(Address::read(text).is_some(), "{text}");
        }
        for text in
            ["10.0.0.0/8", "10.0.0.1/32", "::/0", "", " 10.0.0.1", "10.0.0", "10.0.0.256", "10.0.0.01"]
        {
            assert_eq!(Address::read(text), None, "{text:?}");
        }
        for text in [
            "fe80::1%eth0",
            "[::1]",
            "10.0.0.1:80",
            "0x0a000001",
            "167772161",
            "example.com",
            ":::",
            "1::2::3",
        ] {
            assert_eq!(Address::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn s3_9_1_a_policy_value_is_an_address_or_a_block() {
        let set = range("10.0.0.0/8");
        assert!(set.contains(&address("10.0.0.0")) && set.contains(&address("10.255.255.255")));
        assert!(!set.contains(&address("9.255.255.255")) && !set.contains(&address("11.0.0.0")));
        let set = range("2001:db8::/32");
        assert!(set.contains(&address("2001:db8:ffff::1")) && !set.contains(&address("2001:db9::")));
        for text in
            ["", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8/8"]
        {
            assert_eq!(AddressRange::read(text), None, "{text:?}");
        }
        for text in ["10.0.0.0/255.0.0.0", "10.0.0.0 /8", "10.0.0.0/ 8", "10/8", "010.0.0.0/8", "10.0.0.0/-1"]
        {
            assert_eq!(AddressRange::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn s3_9_2_without_a_prefix_the_range_is_one_address() {
        assert_eq!(range("10.0.0.1"), range("10.0.0.1/32"));
        assert_eq!(range("2001:db8::1"), range("2001:db8::1/128"));
        assert!(!range("10.0.0.0").contains(&address("10.0.0.1")));
    }

    #[test]
    fn s3_9_3_host_bits_are_masked_and_told() {
        assert_eq!(range("10.1.2.3/8"), range("10.0.0.0/8"));
        assert_eq!(range("2001:db8::1/32"), range("2001:db8::/32"));
        let host_bits = |text: &str| AddressRange::read(text).unwrap().1;
        assert_eq!(host_bits("10.1.2.3/8"), HostBits::Masked);
        assert_eq!(host_bits("2001:db8::1/32"), HostBits::Masked);
        assert_eq!(host_bits("10.0.0.0/8"), HostBits::Clear);
        assert_eq!(host_bits("10.1.2.3"), HostBits::Clear);
        assert_eq!(host_bits("10.1.2.3/32"), HostBits::Clear);
        assert_eq!(AddressRange::read("10.1.2.3/8").unwrap().0.to_string(), "10.0.0.0/8");
    }

    #[test]
    fn s3_9_4_comparison_is_numeric() {
        assert_eq!(address("2001:DB8:0:0:0:0:0:1"), address("2001:db8::1"));
        assert!(range("2001:0DB8::/32").contains(&address("2001:db8::1")));
        assert!(!range("1.1.1.0/24").contains(&address("1.1.10.0")));
    }

    #[test]
    fn s3_9_5_families_never_match() {
        let everything_v4 = range("0.0.0.0/0");
        assert!(!everything_v4.contains(&address("::1")));
        assert!(everything_v4.not().contains(&address("::1")));
        assert!(!range("::/0").contains(&address("10.0.0.1")));
        assert_eq!(everything_v4.not(), range("::/0"));
        assert!(everything_v4.or(&range("::/0")).is_all());
    }

    #[test]
    fn s3_9_5_an_ipv4_mapped_address_is_ipv6() {
        let mapped = address("::ffff:10.0.0.1");
        assert_ne!(mapped, address("10.0.0.1"));
        assert!(!range("10.0.0.0/8").contains(&mapped));
        assert!(range("::ffff:10.0.0.0/104").contains(&mapped));
        assert!(range("::/0").contains(&address(&mapped.to_string())));
    }

    #[test]
    fn s3_9_6_variables_and_wildcards_are_not_readable() {
        for text in ["10.0.0.*", "*", "${aws:VpcSourceIp}", "${aws:VpcSourceIp}/24"] {
            assert_eq!(AddressRange::read(text), None, "{text}");
        }
    }

    #[test]
    fn an_example_is_a_documentation_address_where_one_is_a_member() {
        let pick = |set: AddressSet| set.pick().unwrap();
        assert_eq!(pick(AddressSet::all()), "192.0.2.1");
        assert_eq!(pick(range("10.0.0.0/8").not()), "192.0.2.1");
        assert_eq!(pick(range("192.0.2.0/24").not()), "198.51.100.1");
        assert_eq!(pick(range("203.0.113.128/25")), "203.0.113.129");
        assert_eq!(pick(range("203.0.113.7")), "203.0.113.7");
        assert_eq!(pick(range("0.0.0.0/0").not()), "2001:db8::1");
        assert_eq!(pick(range("10.20.0.0/16")), "10.20.0.1");
        assert_eq!(pick(range("255.255.255.255")), "255.255.255.255");
        assert_eq!(pick(range("::")), "::");
        assert_eq!(AddressSet::none().pick(), None);
    }
}
