//! Security groups.

use super::ports::Ports;
use crate::fields::Fields;
use ipnet::IpNet;
use polsim_env::Place;

/// A security group.
#[derive(Clone, Debug)]
pub struct SecurityGroup {
    /// Its id.
    pub id: String,
    /// What it lets in.
    pub ingress: Vec<Permission>,
    /// What it lets out.
    pub egress: Vec<Permission>,
    /// Its place in the input.
    pub place: Place,
}

/// What a security group lets through.
#[derive(Clone, Debug)]
pub struct Permission {
    /// Whether it is for TCP: by name, by number, or for all protocols.
    pub is_for_tcp: bool,
    /// Whether it is for all protocols.
    pub is_for_all: bool,
    /// The ports.
    pub ports: Ports,
    /// The ranges of addresses.
    pub ranges: Vec<IpNet>,
    /// The prefix lists.
    pub lists: Vec<String>,
    /// The security groups whose members count.
    pub groups: Vec<String>,
    /// Its place in the input.
    pub place: Place,
}

impl SecurityGroup {
    pub(crate) fn read(fields: Fields<'_>) -> Option<Self> {
        let permissions = |name: &str| {
            fields.list(name, "a rule of a security group").into_iter().map(Permission::read).collect()
        };
        Some(Self {
            id: fields.required("GroupId")?,
            ingress: permissions("IpPermissions"),
            egress: permissions("IpPermissionsEgress"),
            place: fields.place_of(&["GroupId"]),
        })
    }
}

impl Permission {
    fn read(fields: Fields<'_>) -> Self {
        let protocol = fields.required("IpProtocol").unwrap_or_default();
        let is_for_all = protocol == "-1";
        let port = |name, default| {
            let port = fields.number(name).and_then(|port| u16::try_from(port).ok());
            port.filter(|_| !is_for_all).unwrap_or(default)
        };
        let ranges =
            [("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6")].into_iter().flat_map(|(list, member)| {
                let ranges = fields.list(list, "a range of a security group");
                ranges.into_iter().filter_map(move |range| range.net(member))
            });
        let ids = |list: &str, member: &str| {
            let items = fields.list(list, "a reference of a security group");
            items.iter().filter_map(|item| item.text(member)).collect()
        };
        Self {
            is_for_tcp: is_for_all || matches!(protocol.as_str(), "tcp" | "6"),
            is_for_all,
            ports: port("FromPort", 0)..=port("ToPort", u16::MAX),
            ranges: ranges.collect(),
            lists: ids("PrefixListIds", "PrefixListId"),
            groups: ids("UserIdGroupPairs", "GroupId"),
            place: fields.place_of(&["FromPort", "IpProtocol"]),
        }
    }
}
