//! Prefix lists: AWS's own, such as the addresses of S3 in a Region, and those of customers.

use crate::fields::Fields;
use ipnet::IpNet;
use polsim_env::Place;

/// A prefix list. It is described by its name in one output, by its entries in another.
#[derive(Clone, Debug)]
pub struct PrefixList {
    /// Its id.
    pub id: String,
    /// Its name, such as `com.amazonaws.eu-west-1.s3`.
    pub name: Option<String>,
    /// Its entries, when an output has them all.
    pub entries: Option<Vec<IpNet>>,
    /// Its place in the input.
    pub place: Place,
}

impl PrefixList {
    /// Reads an entry of `describe-managed-prefix-lists` or `describe-prefix-lists`; the latter prints the ranges.
    pub(crate) fn read(fields: Fields<'_>) -> Option<Self> {
        let entries = fields.get("Cidrs").map(|_| {
            let cidrs = fields.plain_texts("Cidrs");
            cidrs.iter().filter_map(|text| text.parse::<IpNet>().ok()).collect()
        });
        Some(Self {
            id: fields.required("PrefixListId")?,
            name: fields.text("PrefixListName"),
            entries,
            place: fields.place_of(&["PrefixListId"]),
        })
    }

    /// Reads an output of `get-managed-prefix-list-entries`, which does not say of which list.
    pub(crate) fn read_entries(fields: Fields<'_>, id: String) -> Self {
        let entries = fields.list("Entries", "an entry of a prefix list");
        Self {
            id,
            name: None,
            entries: Some(entries.iter().filter_map(|entry| entry.net("Cidr")).collect()),
            place: fields.place_of(&["PrefixListId", "Entries"]),
        }
    }

    /// Adds what another output says of the same list.
    pub(crate) fn join(&mut self, other: Self) {
        self.name = self.name.take().or(other.name);
        if self.entries.is_none() {
            self.entries = other.entries;
        }
    }
}
