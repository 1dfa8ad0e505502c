//! One subnet as a lane of the picture: what stands in its boxes, and the class that colours it.

use super::answer::{Stand, SubnetReach};
use super::svg::Class;
use crate::from::words;
use polsim_network::Way;

/// What stands in the boxes of a lane, each two lines.
pub(super) struct Lane {
    pub(super) subnet: [String; 3],
    pub(super) table: [String; 3],
    /// What requests pass; `None` where they pass nothing.
    pub(super) way: Option<[String; 3]>,
    /// What becomes of them.
    pub(super) outcome: String,
    /// What denies them; empty where nothing does.
    pub(super) because: String,
    pub(super) class: Class,
    /// Whether the arrow reaches the service.
    pub(super) arrives: bool,
}

impl Lane {
    pub(super) fn of(subnet: &SubnetReach) -> Self {
        let path = &subnet.path;
        let place = [subnet.zone.clone(), path.range.map(|range| range.to_string())];
        let (class, sign): (Class, &str) = match subnet.stand() {
            Stand::Works => ("good", "✓"),
            Stand::Denied | Stand::Lost => ("bad", "✗"),
            Stand::Open => ("open", "?"),
        };
        let table = match (&subnet.table, &path.route) {
            (Some(table), Some(route)) => [table.clone(), "route table".to_owned(), route.clone()],
            (Some(table), None) => [table.clone(), "route table".to_owned(), String::new()],
            (None, _) => ["local".to_owned(), "inside of the VPC".to_owned(), String::new()],
        };
        let box_of = |name: &str, id: &str, third: String| Some([name.to_owned(), id.to_owned(), third]);
        let way = match &path.way {
            Way::Gateway(id) => box_of("gateway endpoint", id, String::new()),
            Way::Interface(id) => box_of("interface endpoint", id, String::new()),
            Way::Nat(id, addresses) => {
                let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
                box_of("NAT gateway", id, format!("as {}", words::list(&addresses, "or")))
            }
            Way::Internet(id) => box_of("internet gateway", id, String::new()),
            Way::Elsewhere(id) => box_of("another network", id, String::new()),
            Way::Unknown => box_of("not known", &path.why().sentence, String::new()),
            Way::Nowhere => None,
        };
        Self {
            subnet: [
                subnet.name.clone(),
                subnet.id.clone(),
                place.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            ],
            table,
            way,
            outcome: format!("{sign} {}", subnet.outcome()),
            because: subnet.because().trim_start_matches(", ").to_owned(),
            class,
            arrives: subnet.stand() != Stand::Lost && path.way != Way::Unknown,
        }
    }
}
