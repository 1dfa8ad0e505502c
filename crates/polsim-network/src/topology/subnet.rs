//! Subnets.

use crate::fields::Fields;
use ipnet::IpNet;
use polsim_env::Place;

/// A subnet.
#[derive(Clone, Debug)]
pub struct Subnet {
    /// Its id.
    pub id: String,
    /// Its name, when it has a tag `Name`.
    pub name: Option<String>,
    /// The VPC that it is in.
    pub vpc: String,
    /// The Availability Zone.
    pub zone: Option<String>,
    /// Its range of addresses.
    pub range: IpNet,
    /// How many addresses are free, when it is said.
    pub free: Option<u64>,
    /// Its Region, when ARN or zone tells it.
    pub region: Option<String>,
    /// Its place in the input.
    pub place: Place,
}

impl Subnet {
    pub(crate) fn read(fields: Fields<'_>) -> Option<Self> {
        let zone = fields.text("AvailabilityZone");
        let of_arn = fields.text("SubnetArn").and_then(|arn| arn.split(':').nth(3).map(str::to_owned));
        if fields.get("CidrBlock").is_none() {
            fields.required("CidrBlock");
        }
        Some(Self {
            id: fields.required("SubnetId")?,
            name: name_tag(fields),
            vpc: fields.required("VpcId")?,
            range: fields.net("CidrBlock")?,
            free: fields.number("AvailableIpAddressCount").and_then(|free| u64::try_from(free).ok()),
            region: of_arn.or_else(|| zone.as_deref().and_then(region_of_zone)),
            zone,
            place: fields.place_of(&["SubnetId"]),
        })
    }

    /// The name for people: the tag, with the id.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} ({})", self.id),
            None => self.id.clone(),
        }
    }
}

/// `eu-west-1` of `eu-west-1a`. Local zones are called otherwise, and tell nothing here.
fn region_of_zone(zone: &str) -> Option<String> {
    let region = zone.strip_suffix(|last: char| last.is_ascii_lowercase())?;
    let ends_in_digit = region.ends_with(|last: char| last.is_ascii_digit());
    (ends_in_digit && region.matches('-').count() <= 3).then(|| region.to_owned())
}

/// The tag `Name`.
pub(crate) fn name_tag(fields: Fields<'_>) -> Option<String> {
    let tags = fields.list("Tags", "a tag");
    let tag = tags.into_iter().find(|tag| tag.text("Key").as_deref() == Some("Name"))?;
    tag.text("Value").filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_tells_its_region() {
        assert_eq!(region_of_zone("eu-west-1a").as_deref(), Some("eu-west-1"));
        assert_eq!(region_of_zone("us-gov-west-1b").as_deref(), Some("us-gov-west-1"));
        assert_eq!(region_of_zone("somewhere"), None);
    }
}
