//! Network access control lists.

use super::ports::Ports;
use crate::fields::Fields;
use ipnet::IpNet;
use polsim_env::Place;

/// A network access control list.
#[derive(Clone, Debug)]
pub struct Acl {
    /// Its id.
    pub id: String,
    /// The subnets that it guards.
    pub subnets: Vec<String>,
    /// Its entries in the order of their numbers: the first that matches decides.
    pub entries: Vec<AclEntry>,
    /// Its place in the input.
    pub place: Place,
}

/// An entry of a network access control list.
#[derive(Clone, Debug)]
pub struct AclEntry {
    /// Its number.
    pub number: i64,
    /// Whether it is for what leaves the subnet.
    pub is_egress: bool,
    /// Whether it lets through what it matches.
    pub allows: bool,
    /// Whether it is for TCP.
    pub is_for_tcp: bool,
    /// The addresses on the other side.
    pub range: IpNet,
    /// The ports that packets go to.
    pub ports: Ports,
    /// Its place in the input.
    pub place: Place,
}

impl Acl {
    pub(crate) fn read(fields: Fields<'_>) -> Option<Self> {
        let associations = fields.list("Associations", "an association of a network ACL");
        let entries = fields.list("Entries", "an entry of a network ACL");
        let mut entries: Vec<AclEntry> = entries.into_iter().filter_map(AclEntry::read).collect();
        entries.sort_by_key(|entry| entry.number);
        Some(Self {
            id: fields.required("NetworkAclId")?,
            subnets: associations.iter().filter_map(|association| association.text("SubnetId")).collect(),
            entries,
            place: fields.place_of(&["NetworkAclId"]),
        })
    }
}

impl AclEntry {
    fn read(fields: Fields<'_>) -> Option<Self> {
        let protocol = fields.text("Protocol")?;
        let ports = fields.object("PortRange", "a range of ports");
        let port = |name: &str, default| {
            let number = ports.as_ref().and_then(|ports| ports.number(name));
            number.and_then(|port| u16::try_from(port).ok()).filter(|_| protocol != "-1").unwrap_or(default)
        };
        let member = if fields.get("CidrBlock").is_some() { "CidrBlock" } else { "Ipv6CidrBlock" };
        Some(Self {
            number: fields.number("RuleNumber")?,
            is_egress: fields.flag("Egress")?,
            allows: fields.required("RuleAction")? == "allow",
            is_for_tcp: matches!(protocol.as_str(), "-1" | "6" | "tcp"),
            range: fields.net(member)?,
            ports: port("From", 0)..=port("To", u16::MAX),
            place: fields.place_of(&["RuleNumber"]),
        })
    }
}
