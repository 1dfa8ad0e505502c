//! What the principal tells of its keys (I7, I14), and its credentials (I9, I13).

use super::fact::{Fact, Standing};
use super::ground::{Ground, if_then, same};
use super::service::{MEMBER_KEYS, without_membership};
use polsim_eval::{Formula, PrincipalKind};
use polsim_value::{TruthSet, ValueSet, read_truth};

pub(super) const I7: Fact = Fact {
    id: "I7",
    clause: "S5.5 I7",
    meaning: "the ARN of the principal tells its account, its kind and the name of a user",
    limits: "these keys follow from the principal (S5.2), and a request that states them otherwise is refused",
    standing: Standing::BuiltIn,
    holds: |seen| seen.request.clone().complete().is_ok(),
    clauses: |_, _| Vec::new(),
};

pub(super) const I14: Fact = Fact {
    id: "I14",
    clause: "S5.5 I14",
    meaning: "a request that is not signed carries no organization and no tags of a principal",
    limits: "what else S4.14.2 says of it follows from the principal in every answer",
    standing: Standing::On,
    holds: |seen| {
        seen.kind() != PrincipalKind::Anonymous
            || (seen.has_none(&MEMBER_KEYS) && seen.carried("aws:principaltag/").is_empty())
    },
    clauses: |ground, _| match ground.kind {
        PrincipalKind::Anonymous => without_membership(ground),
        _ => Vec::new(),
    },
};

const ISSUED: &str = "aws:tokenissuetime";
const FACTORS: &str = "aws:multifactorauthpresent";
const AGE: &str = "aws:multifactorauthage";

/// Whether a kind of principal comes with temporary credentials; `None` when it may come with either.
fn is_temporary(kind: PrincipalKind) -> Option<bool> {
    match kind {
        PrincipalKind::RoleSession | PrincipalKind::FederatedUser => Some(true),
        PrincipalKind::User | PrincipalKind::Root => None,
        PrincipalKind::Service | PrincipalKind::Saml | PrincipalKind::Oidc | PrincipalKind::Anonymous => {
            Some(false)
        }
    }
}

pub(super) const I9: Fact = Fact {
    id: "I9",
    clause: "S5.5 I9",
    meaning: "aws:TokenIssueTime and aws:MultiFactorAuthPresent are carried by exactly the requests with temporary \
              credentials, as role sessions and federated users have, and aws:MultiFactorAuthAge by exactly those where \
              aws:MultiFactorAuthPresent is true; no token is issued after the time of the request",
    limits: "users and root users may have temporary credentials or not; how old a token can be is not assumed",
    standing: Standing::On,
    holds: |seen| {
        let is_used = seen.value(FACTORS).map(|value| read_truth(value) == Some(true));
        let (issued, age) = (seen.has(ISSUED), seen.has(AGE));
        let fits_kind = match is_temporary(seen.kind()) {
            Some(true) => seen.has_all(&[ISSUED, FACTORS]),
            Some(false) => seen.has_none(&[ISSUED, FACTORS, AGE]),
            None => seen.has_all_or_none(&[ISSUED, FACTORS]) && !(age == Some(true) && issued == Some(false)),
        };
        let fits_age = match (seen.has(FACTORS), age) {
            (Some(_), Some(age)) => age == (is_used == Some(true)),
            _ => true,
        };
        fits_kind && fits_age && super::clock::is_issued_before(seen)
    },
    clauses: |ground, seen| {
        let mut clauses = credentials(ground);
        clauses.extend(super::clock::issued_before(ground, seen));
        clauses
    },
};

fn credentials(ground: &Ground<'_>) -> Vec<Formula> {
    let mut clauses: Vec<Formula> = Vec::new();
    match is_temporary(ground.kind) {
        Some(is_temporary) => {
            clauses.extend([ISSUED, FACTORS].iter().filter_map(|name| ground.presence(name, is_temporary)));
        }
        None => clauses.extend(ground.together(&[ISSUED, FACTORS])),
    }
    match is_temporary(ground.kind) {
        Some(false) => clauses.extend(ground.lacks(AGE)),
        _ => {
            let with_token = || Some(if_then(ground.has(AGE)?, ground.has(ISSUED)?));
            clauses.extend(with_token());
        }
    }
    let is_used = || ground.some(FACTORS, ValueSet::Truth(TruthSet::only(true)));
    let with_age = || Some(same(ground.has(AGE)?, is_used()?));
    clauses.extend(with_age());
    clauses
}

const INSTANCE_KEYS: [&str; 3] =
    ["aws:ec2instancesourcevpc", "aws:ec2instancesourceprivateipv4", "ec2:sourceinstancearn"];

pub(super) const I13: Fact = Fact {
    id: "I13",
    clause: "S5.5 I13",
    meaning: "aws:Ec2InstanceSourceVpc, aws:Ec2InstanceSourcePrivateIPv4 and ec2:SourceInstanceARN come together, and \
              only role sessions carry them",
    limits: "they say where credentials were delivered, not where a request comes from, so that they need not go with \
             aws:SourceVpc",
    standing: Standing::On,
    holds: |seen| {
        seen.has_all_or_none(&INSTANCE_KEYS)
            && (seen.kind() == PrincipalKind::RoleSession || seen.has_none(&INSTANCE_KEYS))
    },
    clauses: |ground, _| match ground.kind {
        PrincipalKind::RoleSession => ground.together(&INSTANCE_KEYS),
        _ => INSTANCE_KEYS.iter().filter_map(|name| ground.lacks(name)).collect(),
    },
};
