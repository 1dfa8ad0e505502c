//! The whole network, as far as the input describes it.

use crate::fields::Fields;
use crate::gap::{Gap, Output};
use crate::listing::{Described, Listing};
use crate::problem::{Problem, ProblemKind};
use crate::topology::{
    Acl, Endpoint, InternetGateway, NatGateway, NetworkInterface, PrefixList, RouteTable, SecurityGroup,
    Subnet, Vpc, VpcAttributes,
};
use polsim_env::Place;
use polsim_text::json::Node;
use polsim_text::{Limits, Source, json};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A network: what each command of the AWS CLI printed about it.
#[derive(Clone, Debug)]
pub struct Network {
    /// The VPCs.
    pub vpcs: Listing<Vpc>,
    /// Their DNS attributes.
    pub attributes: Listing<VpcAttributes>,
    /// The subnets.
    pub subnets: Listing<Subnet>,
    /// The route tables.
    pub tables: Listing<RouteTable>,
    /// The VPC endpoints.
    pub endpoints: Listing<Endpoint>,
    /// The NAT gateways.
    pub nats: Listing<NatGateway>,
    /// The internet gateways.
    pub internet_gateways: Listing<InternetGateway>,
    /// The security groups.
    pub groups: Listing<SecurityGroup>,
    /// The network access control lists.
    pub acls: Listing<Acl>,
    /// The prefix lists.
    pub lists: Listing<PrefixList>,
    /// The network interfaces.
    pub interfaces: Listing<NetworkInterface>,
    /// The texts that hold no output of these commands, by name.
    pub ignored: Vec<String>,
}

/// The members that tell which command printed a document.
const MEMBERS: [&str; 12] = [
    "Vpcs",
    "Subnets",
    "RouteTables",
    "VpcEndpoints",
    "NatGateways",
    "InternetGateways",
    "SecurityGroups",
    "NetworkAcls",
    "PrefixLists",
    "Entries",
    "NetworkInterfaces",
    "VpcId",
];

impl Network {
    /// Reads what the AWS CLI printed. Several documents may stand in one text, and several outputs in one document.
    ///
    /// # Errors
    /// The [`Problem`]s of texts that are not what the AWS CLI prints.
    pub fn read(sources: &[Source], limits: &Limits) -> Result<Self, Vec<Problem>> {
        let mut network = Self::empty();
        let problems = RefCell::new(Vec::new());
        let mut seen = Seen::new();
        for source in sources {
            let parsed = json::parse(source, limits);
            problems.borrow_mut().extend(parsed.errors.into_iter().map(|error| Problem {
                kind: ProblemKind::Json(error.kind),
                place: Place { source: source.clone(), span: error.span },
            }));
            let mut is_known = false;
            for document in &parsed.documents {
                is_known |= network.add(Fields::new(document, source, "an output", &problems), &mut seen);
            }
            if !is_known {
                network.ignored.push(source.name().to_owned());
            }
        }
        let problems = problems.into_inner();
        if problems.is_empty() { Ok(network) } else { Err(problems) }
    }

    fn empty() -> Self {
        Self {
            vpcs: Listing::new(Output::Vpcs),
            attributes: Listing::new(Output::VpcAttributes),
            subnets: Listing::new(Output::Subnets),
            tables: Listing::new(Output::RouteTables),
            endpoints: Listing::new(Output::VpcEndpoints),
            nats: Listing::new(Output::NatGateways),
            internet_gateways: Listing::new(Output::InternetGateways),
            groups: Listing::new(Output::SecurityGroups),
            acls: Listing::new(Output::NetworkAcls),
            lists: Listing::new(Output::PrefixLists),
            interfaces: Listing::new(Output::NetworkInterfaces),
            ignored: Vec::new(),
        }
    }

    /// Adds a document; says whether it is an output that is known.
    fn add(&mut self, fields: Fields<'_>, seen: &mut Seen) -> bool {
        // `Subnets` of a `VpcConfig` are a list of names, and a model is no output of these commands.
        let is_one = |member: &str| {
            fields.get(member).is_some_and(|node| {
                node.items().is_some_and(|items| items.iter().all(|item| item.members().is_some()))
                    || (member == "VpcId" && is_attribute(fields.node))
            })
        };
        if !MEMBERS.iter().any(|member| is_one(member)) {
            return false;
        }
        let token =
            fields.get("NextToken").map(|node| Place { source: fields.source.clone(), span: node.span });
        macro_rules! read {
            ($member:literal, $listing:ident, $what:literal, $read:expr) => {
                if fields.get($member).is_some() {
                    self.$listing.note_output(token.clone());
                    for item in fields.list($member, $what) {
                        if let Some(read) = $read(item) {
                            add_once(&mut self.$listing, read, item, seen);
                        }
                    }
                }
            };
        }
        read!("Vpcs", vpcs, "a VPC", Vpc::read);
        for vpc in fields.list("Vpcs", "a VPC") {
            self.add_attributes(vpc);
        }
        read!("Subnets", subnets, "a subnet", Subnet::read);
        read!("RouteTables", tables, "a route table", RouteTable::read);
        read!("VpcEndpoints", endpoints, "a VPC endpoint", Endpoint::read);
        read!("NatGateways", nats, "a NAT gateway", NatGateway::read);
        read!("InternetGateways", internet_gateways, "an internet gateway", InternetGateway::read);
        read!("SecurityGroups", groups, "a security group", SecurityGroup::read);
        read!("NetworkAcls", acls, "a network ACL", Acl::read);
        read!("NetworkInterfaces", interfaces, "a network interface", NetworkInterface::read);
        self.add_prefix_lists(fields, token);
        if is_attribute(fields.node) {
            self.add_attributes(fields);
        }
        true
    }

    /// The two attributes are printed one by one.
    fn add_attributes(&mut self, fields: Fields<'_>) {
        let Some(attributes) = VpcAttributes::read(fields) else { return };
        self.attributes.note_output(None);
        let known = self.attributes.items_mut().iter_mut().find(|known| known.id == attributes.id);
        let Some(known) = known else {
            self.attributes.push(attributes);
            return;
        };
        for (own, other) in [
            (&mut known.dns_support, attributes.dns_support),
            (&mut known.dns_hostnames, attributes.dns_hostnames),
        ] {
            match (*own, other) {
                (Some(one), Some(another)) if one != another => {
                    fields.problem(ProblemKind::Twice(attributes.id.clone()), fields.node.span);
                }
                (None, other) => *own = other,
                (Some(_), _) => {}
            }
        }
    }

    fn add_prefix_lists(&mut self, fields: Fields<'_>, token: Option<Place>) {
        let mut found = Vec::new();
        if fields.get("PrefixLists").is_some() {
            self.lists.note_output(token.clone());
            found
                .extend(fields.list("PrefixLists", "a prefix list").into_iter().filter_map(PrefixList::read));
        }
        if fields.get("Entries").is_some() {
            match fields.text("PrefixListId").or_else(|| id_in_name(fields.source.name())) {
                Some(id) => {
                    let mut list = PrefixList::read_entries(fields, id);
                    if token.is_some() {
                        list.entries = None;
                    }
                    found.push(list);
                }
                None => fields.problem(ProblemKind::WhichPrefixList, fields.node.span),
            }
        }
        for list in found {
            match self.lists.items_mut().iter_mut().find(|known| known.id == list.id) {
                Some(known) => known.join(list),
                None => self.lists.push(list),
            }
        }
    }

    /// The route table that a subnet uses: its own, or the main one of its VPC (S6.3.1).
    ///
    /// # Errors
    /// [`Gap`] when the input does not tell.
    pub fn table_of(&self, subnet: &Subnet) -> Result<&RouteTable, Gap> {
        let tables = self.tables.items();
        if let Some(own) = tables.iter().find(|table| table.subnets.contains(&subnet.id)) {
            return Ok(own);
        }
        if let Some(gap) = self.tables.gap() {
            return Err(gap);
        }
        let main = tables.iter().find(|table| table.is_main && table.vpc == subnet.vpc);
        main.ok_or_else(|| {
            Gap::NotDescribed(Output::RouteTables, format!("the main table of {}", subnet.vpc))
        })
    }

    /// The access control list of a subnet. Every subnet has one.
    ///
    /// # Errors
    /// [`Gap`] when the input does not tell.
    pub fn acl_of(&self, subnet: &Subnet) -> Result<&Acl, Gap> {
        let own = self.acls.items().iter().find(|acl| acl.subnets.contains(&subnet.id));
        let absent = || Gap::NotDescribed(Output::NetworkAcls, format!("the ACL of {}", subnet.id));
        own.ok_or_else(|| self.acls.gap().unwrap_or_else(absent))
    }
}

fn is_attribute(node: &Node) -> bool {
    ["EnableDnsSupport", "EnableDnsHostnames"].iter().any(|member| node.get(member).is_some())
}

/// The texts of the things that were read, without white space, by their ids.
type Seen = BTreeMap<String, String>;

/// A thing may stand in two outputs, when these were made of parts of the network that overlap; it is the same then.
fn add_once<T: Described>(listing: &mut Listing<T>, item: T, fields: Fields<'_>, seen: &mut Seen) {
    let text = fields.source.slice(fields.node.span);
    let plain: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    match seen.get(item.id()) {
        None => {
            seen.insert(item.id().to_owned(), plain);
            listing.push(item);
        }
        Some(known) if *known == plain => {}
        Some(_) => fields.problem(ProblemKind::Twice(item.id().to_owned()), fields.node.span),
    }
}

/// `pl-1a2b3c4d` of `network/pl-1a2b3c4d.json` or `entries-pl-1a2b3c4d.json`.
fn id_in_name(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next()?;
    let (_, rest) = file.split_once("pl-")?;
    let hex: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
    (!hex.is_empty()).then(|| format!("pl-{hex}"))
}
