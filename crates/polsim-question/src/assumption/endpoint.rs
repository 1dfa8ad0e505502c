//! What a request through a VPC endpoint carries (I1, I2, I3, I15, I16).

use super::fact::{Fact, Standing};
use super::ground::{Ground, Part, arns_with, beginning};
use super::seen::{Seen, is_account};
use polsim_arn::{Arn, Class, Pattern, TextSet, Token};
use polsim_eval::{Formula, NetworkPath};

const VPCE: &str = "aws:sourcevpce";
const VPC: &str = "aws:sourcevpc";
const VPC_ARN: &str = "aws:sourcevpcarn";
const VPCE_ACCOUNT: &str = "aws:vpceaccount";
const SOURCE_IP: &str = "aws:sourceip";
const REGION: &str = "aws:requestedregion";

const ENDPOINT_KEYS: [&str; 3] = [VPCE, VPC, "aws:vpcsourceip"];
/// Keys that some services see through an endpoint.
const FURTHER_KEYS: [&str; 4] = [VPC_ARN, VPCE_ACCOUNT, "aws:vpceorgid", "aws:vpceorgpaths"];

pub(super) const I1: Fact = Fact {
    id: "I1",
    clause: "S5.5 I1",
    meaning: "aws:SourceVpce, aws:SourceVpc and aws:VpcSourceIp are carried by exactly the requests that pass a VPC \
              endpoint",
    limits: "which endpoint it is follows from the question alone",
    standing: Standing::On,
    holds: |seen| {
        let is_through = seen.is_through_endpoint();
        if is_through { seen.has_all(&ENDPOINT_KEYS) } else { seen.has_none(&ENDPOINT_KEYS) }
    },
    clauses: |ground, _| {
        let is_through = ground.is_through_endpoint();
        ENDPOINT_KEYS.iter().filter_map(|name| ground.presence(name, is_through)).collect()
    },
};

pub(super) const I2: Fact = Fact {
    id: "I2",
    clause: "S5.5 I2",
    meaning: "aws:SourceIp is carried by exactly the requests that pass no VPC endpoint",
    limits: "it may be any address, also one of a private network",
    standing: Standing::On,
    holds: |seen| seen.has(SOURCE_IP) != Some(seen.is_through_endpoint()),
    clauses: |ground, _| ground.presence(SOURCE_IP, !ground.is_through_endpoint()).into_iter().collect(),
};

pub(super) const I3: Fact = Fact {
    id: "I3",
    clause: "S5.5 I3",
    meaning: "the ids of endpoints and VPCs begin with vpce- and vpc-, aws:SourceVpcArn is the ARN of the VPC in \
              aws:SourceVpc, and only requests through an endpoint carry it or aws:VpceAccount, which is an account of \
              twelve digits, aws:VpceOrgID or aws:VpceOrgPaths",
    limits: "which VPC, account and organization an endpoint has is not known, so that nothing follows from its id; \
             state them with `--context` where a claim needs them",
    standing: Standing::On,
    holds: of_endpoint,
    clauses: clauses_of_endpoint,
};

fn of_endpoint(seen: &Seen<'_>) -> bool {
    let begins = |name: &str, head: &str| seen.values(name).iter().all(|id| id.starts_with(head));
    let (vpc, vpc_arn) = (seen.value(VPC), seen.value(VPC_ARN));
    let arn = vpc_arn.and_then(|text| Some((text, vpc_of(text)?)));
    let is_known_vpc = match (vpc_arn, arn, vpc) {
        (None, ..) => true,
        (Some(_), None, _) => false,
        (Some(_), Some((_, id)), vpc) => id.starts_with("vpc-") && vpc.is_none_or(|vpc| vpc == id),
    };
    (seen.is_through_endpoint() || seen.has_none(&FURTHER_KEYS))
        && begins(VPCE, "vpce-")
        && begins(VPC, "vpc-")
        && is_known_vpc
        && seen.values(VPCE_ACCOUNT).iter().all(|account| is_account(account))
}

/// The id in the ARN of a VPC.
fn vpc_of(arn: &str) -> Option<&str> {
    Arn::parse(arn)?.resource.strip_prefix("vpc/")
}

fn clauses_of_endpoint(ground: &Ground<'_>, seen: &Seen<'_>) -> Vec<Formula> {
    let account: TextSet = Pattern::from_tokens([Token::One(Class::Any); 12]).into();
    let mut clauses = vec![
        ground.each(VPCE, &beginning("vpce-")),
        ground.each(VPC, &beginning("vpc-")),
        ground.each(VPC_ARN, &beginning_of_resource("vpc/vpc-")),
        ground.each(VPCE_ACCOUNT, &account),
    ];
    let mut is_that_vpc = |id: &str| {
        let arns = arns_with(Part::Resource, &format!("vpc/{id}"));
        clauses.push(ground.apart((VPC, TextSet::only(id)), (VPC_ARN, arns.not())));
        clauses.push(ground.apart((VPC_ARN, arns), (VPC, TextSet::only(id).not())));
    };
    seen.value(VPC).into_iter().for_each(&mut is_that_vpc);
    seen.value(VPC_ARN).and_then(vpc_of).into_iter().for_each(&mut is_that_vpc);
    if !ground.is_through_endpoint() {
        clauses.extend(FURTHER_KEYS.iter().map(|name| ground.lacks(name)));
    }
    clauses.into_iter().flatten().collect()
}

/// ARNs whose last part begins so.
fn beginning_of_resource(text: &str) -> TextSet {
    let pattern = polsim_arn::ArnPattern::parse(&format!("arn:*:*:*:*:{text}*"));
    pattern.map_or_else(TextSet::none, TextSet::from)
}

pub(super) const IDS: Fact = Fact {
    id: "endpoint-ids",
    clause: "S5.5 I3",
    meaning: "the ids of endpoints and VPCs are vpce- or vpc- with 8 or 17 more characters",
    limits: "off, because examples and drafts of policies name ids such as vpce-1, which then no request has",
    standing: Standing::Off,
    holds: |seen| {
        let has_form = |name: &str, head: &str| {
            let rest = |id: &&str| id.strip_prefix(head).map(|rest| rest.chars().count());
            seen.values(name).iter().all(|id| matches!(rest(id), Some(8 | 17)))
        };
        has_form(VPCE, "vpce-") && has_form(VPC, "vpc-")
    },
    clauses: |ground, _| {
        let form = |head: &str| {
            TextSet::union([8, 17].map(|count| {
                let rest = std::iter::repeat_n(Token::One(Class::Any), count);
                Pattern::from_tokens(head.chars().map(Token::Literal).chain(rest))
            }))
        };
        let clauses = [ground.each(VPCE, &form("vpce-")), ground.each(VPC, &form("vpc-"))];
        clauses.into_iter().flatten().collect()
    },
};

pub(super) const I15: Fact = Fact {
    id: "I15",
    clause: "S5.5 I15",
    meaning: "ids in aws:SourceVpc are unique only within a region",
    limits: "a caution, not a fact about any one request: polsim never takes equal ids for the same VPC, so that a claim \
             about aws:SourceVpc is about the id and not about who owns the VPC; aws:SourceVpcArn names one",
    standing: Standing::Unused,
    holds: |_| true,
    clauses: |_, _| Vec::new(),
};

pub(super) const I16: Fact = Fact {
    id: "I16",
    clause: "S5.5 I16",
    meaning: "a request through a gateway endpoint is made in the region of the VPC that aws:SourceVpcArn names",
    limits: "the region of an endpoint that is known by its id alone is not known; state aws:RequestedRegion",
    standing: Standing::On,
    holds: |seen| match (seen.request.path, seen.value(VPC_ARN).and_then(Arn::parse), seen.value(REGION)) {
        (NetworkPath::Gateway, Some(arn), Some(region)) => arn.region == region,
        _ => true,
    },
    clauses: |ground, seen| {
        if ground.path != NetworkPath::Gateway {
            return Vec::new();
        }
        let of_vpc = seen.value(VPC_ARN).and_then(Arn::parse).map(|arn| arn.region);
        let regions = of_vpc.into_iter().chain(seen.value(REGION));
        let clauses = regions.flat_map(|region| {
            let arns = arns_with(Part::Region, region);
            // What is no ARN has no region.
            let others = TextSet::from(polsim_arn::ArnPattern::any()).and(&arns.not());
            let here = TextSet::only(region);
            [
                ground.apart((VPC_ARN, arns), (REGION, here.not())),
                ground.apart((REGION, here), (VPC_ARN, others)),
            ]
        });
        clauses.flatten().collect()
    },
};
