//! What the input does not say, and why: the reason that every unknown answer gives.

use polsim_env::Place;
use std::fmt;

/// What the AWS CLI can print about a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Output {
    /// The VPCs.
    Vpcs,
    /// Their DNS attributes.
    VpcAttributes,
    /// The subnets.
    Subnets,
    /// The route tables.
    RouteTables,
    /// The VPC endpoints.
    VpcEndpoints,
    /// The NAT gateways.
    NatGateways,
    /// The internet gateways.
    InternetGateways,
    /// The security groups.
    SecurityGroups,
    /// The network access control lists.
    NetworkAcls,
    /// The prefix lists by name.
    PrefixLists,
    /// The entries of a prefix list.
    PrefixListEntries,
    /// The network interfaces.
    NetworkInterfaces,
}

/// Why something is not known.
#[derive(Clone, Debug)]
pub enum Gap {
    /// The output of a command is not there.
    Missing(Output),
    /// The output of a command was cut off.
    CutOff(Output, Place),
    /// A thing is named, and the output that should describe it does not.
    NotDescribed(Output, String),
    /// A thing is described without the member that would tell.
    NotSaid(&'static str, Place),
    /// No security groups were given.
    NoGroups,
}

impl Output {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Vpcs,
        Self::VpcAttributes,
        Self::Subnets,
        Self::RouteTables,
        Self::VpcEndpoints,
        Self::NatGateways,
        Self::InternetGateways,
        Self::SecurityGroups,
        Self::NetworkAcls,
        Self::PrefixLists,
        Self::PrefixListEntries,
        Self::NetworkInterfaces,
    ];

    /// The command that prints it.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Self::Vpcs => "aws ec2 describe-vpcs",
            Self::VpcAttributes => "aws ec2 describe-vpc-attribute",
            Self::Subnets => "aws ec2 describe-subnets",
            Self::RouteTables => "aws ec2 describe-route-tables",
            Self::VpcEndpoints => "aws ec2 describe-vpc-endpoints",
            Self::NatGateways => "aws ec2 describe-nat-gateways",
            Self::InternetGateways => "aws ec2 describe-internet-gateways",
            Self::SecurityGroups => "aws ec2 describe-security-groups",
            Self::NetworkAcls => "aws ec2 describe-network-acls",
            Self::PrefixLists => "aws ec2 describe-prefix-lists",
            Self::PrefixListEntries => "aws ec2 get-managed-prefix-list-entries",
            Self::NetworkInterfaces => "aws ec2 describe-network-interfaces",
        }
    }
}

impl Gap {
    /// The place in the input that shows it, where there is one.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::CutOff(_, place) | Self::NotSaid(_, place) => Some(place),
            Self::Missing(_) | Self::NotDescribed(..) | Self::NoGroups => None,
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(output) => write!(f, "the output of `{}` is not there", output.command()),
            Self::CutOff(output, _) => {
                write!(f, "the output of `{}` is cut off (it has a `NextToken`)", output.command())
            }
            Self::NotDescribed(output, id) => {
                write!(f, "{id} is not in the output of `{}`", output.command())
            }
            Self::NoGroups => f.write_str("no security groups are given"),
            Self::NotSaid(member, _) => write!(f, "`{member}` is not said"),
        }
    }
}
