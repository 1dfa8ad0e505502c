//! The account and the partition of the resource (I11, S2.6).

use super::fact::{Fact, Standing};
use super::ground::{Ground, Part, arns_with, arns_with_account, if_then, is, not_both};
use super::seen::{Seen, is_account};
use crate::partition::PARTITIONS;
use polsim_arn::{Arn, Pattern, TextSet};
use polsim_eval::{Accounts, Attribute, Formula, PrincipalKind, Variable};

const OWNER: &str = "aws:resourceaccount";

pub(super) const I11: Fact = Fact {
    id: "I11",
    clause: "S5.5 I11",
    meaning: "the account in the ARN of the resource, where it has one of twelve digits, owns the resource, and \
              aws:ResourceAccount, where it is carried, is that account",
    limits: "buckets, objects and other ARNs without an account may belong to any; state it with `--resource-account`",
    standing: Standing::On,
    holds: |seen| {
        let Some(account) = seen.account_of_resource() else { return true };
        let stated = seen.value(OWNER).into_iter().chain(seen.request.resource_account.as_deref());
        stated.into_iter().all(|owner| owner == account)
    },
    clauses: owners,
};

fn owners(ground: &Ground<'_>, seen: &Seen<'_>) -> Vec<Formula> {
    let stated = [
        seen.account_of_resource(),
        seen.value(OWNER),
        seen.request.resource_account.as_deref(),
        ground.owner,
    ];
    let mut accounts: Vec<&str> =
        stated.into_iter().flatten().filter(|account| is_account(account)).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut clauses = Vec::new();
    for account in accounts {
        let arns = arns_with(Part::Account, account);
        let foreign = is(Variable::Resource, arns_with_account().and(&arns.not()));
        let own = is(Variable::Resource, arns);
        let only = TextSet::only(account);
        if ground.owner == Some(account) {
            clauses.push(foreign.clone().negated());
        } else if ground.owner.is_some() {
            clauses.push(own.clone().negated());
        }
        let by_key = || Some((ground.some(OWNER, only.clone())?, ground.some(OWNER, only.not())?));
        if let Some((is_owner, is_not)) = by_key() {
            clauses.push(not_both(own.clone(), is_not));
            clauses.push(not_both(is_owner, foreign.clone()));
        }
        if !ground.kind.is_bound_by_scps() {
            continue;
        }
        let is_own = is(Variable::Principal(Attribute::Account), only);
        match ground.accounts {
            Some(Accounts::Same) => {
                clauses.push(if_then(own, is_own.clone()));
                clauses.push(not_both(is_own, foreign));
            }
            Some(Accounts::Cross) => clauses.push(not_both(own, is_own)),
            Some(Accounts::OtherPartition) | None => {}
        }
    }
    clauses
}

pub(super) const ONE_PARTITION: Fact = Fact {
    id: "one-partition",
    clause: "S2.6",
    meaning: "principal and resource are in the same partition of AWS",
    limits: "across partitions nothing is allowed (S2.6.2); a claim is about requests that stay within one",
    standing: Standing::On,
    holds: |seen| {
        let resource = Arn::parse(&seen.request.resource).map(|arn| arn.partition);
        let principal = seen.request.principal.partition();
        let is_known = |partition: &&str| PARTITIONS.contains(partition);
        // The prover looks at partitions that there are.
        let differ =
            resource.is_some_and(|resource| principal.is_some_and(|principal| principal != resource));
        !differ && principal.iter().chain(&resource).all(is_known)
    },
    clauses: |ground, _| one_partition(ground).into_iter().collect(),
};

/// That principal and resource are in one partition; `*` is in all.
fn one_partition(ground: &Ground<'_>) -> Option<Formula> {
    let is = |variable, patterns: Vec<Pattern>| is(variable, TextSet::union(patterns));
    let arns = |partition: &str| Pattern::wildcard(&format!("arn:{partition}:*"));
    let resource = |partition| is(Variable::Resource, vec![Pattern::exact("*"), arns(partition)]);
    let principal = match ground.kind {
        kind if kind.is_bound_by_scps() => Attribute::Arn,
        PrincipalKind::Saml | PrincipalKind::Oidc => Attribute::Name,
        _ => return None,
    };
    let variable = Variable::Principal(principal);
    let ways =
        PARTITIONS.map(|partition| Formula::all([is(variable, vec![arns(partition)]), resource(partition)]));
    // A provider may be known by a name that is no ARN.
    let nameless = Formula::all([
        is(variable, vec![Pattern::wildcard("arn:*")]).negated(),
        Formula::any(PARTITIONS.map(resource)),
    ]);
    Some(Formula::any(ways.into_iter().chain([nameless])))
}
