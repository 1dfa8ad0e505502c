//! What can be asked about all requests.

use crate::assumption::{Assumption, Assumptions, Ground, Reference};
use polsim_arn::{ActionPattern, Pattern, TextSet};
use polsim_eval::{
    Accounts, Answer, Formula, KeyId, KeyState, Layer, Layers, Model, NetworkPath, Operand, PrincipalKind,
    Request, Test, Variable, Verdict,
};
use polsim_policy::ConditionKey;
use polsim_value::ValueSet;
use std::sync::Arc;

/// A claim about all requests of a region.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The compiled policies.
    pub model: &'q Model,
    /// The policies that bind the requests.
    pub layers: &'q Layers,
    /// How much of the law counts.
    pub scope: &'q Scope,
    /// Which requests are meant.
    pub region: &'q Region,
    /// What is claimed of each of them.
    pub claim: Claim<'q>,
}

impl<'q> Question<'q> {
    /// The policies of both sides, when there are two.
    pub fn sides(&self) -> impl Iterator<Item = &'q Layers> {
        std::iter::once(self.layers).chain(self.claim.other())
    }

    /// What a fact about real requests says of those of a situation, in view of one that is not so.
    #[must_use]
    pub fn clauses(
        &self,
        assumption: Assumption,
        (kind, accounts, path): (PrincipalKind, Accounts, NetworkPath),
        request: &Request,
    ) -> Vec<Formula> {
        let ground = Ground {
            keys: self.model.keys(),
            kind,
            path,
            // By themselves policies know no owner of the resource.
            accounts: (*self.scope == Scope::Whole).then_some(accounts),
            owner: self.region.resource_account.as_deref(),
            compared: &|key| self.compared_with(key),
            reference: self.region.reference.as_deref(),
        };
        assumption.clauses(&ground, request)
    }

    /// The sets that policies and region compare a key with.
    fn compared_with(&self, key: KeyId) -> Vec<ValueSet> {
        let policies = self.sides().flat_map(Layers::all).filter_map(|id| self.model.policy(id));
        let conditions =
            policies.flat_map(|policy| &policy.statements).flat_map(|statement| &statement.condition);
        let mut sets = Vec::new();
        for formula in conditions.chain(&self.region.keys) {
            formula.for_each_test(&mut |test| match &test.operand {
                Operand::Closed(set) if test.variable == Variable::Key(key) => sets.push(set.clone()),
                _ => {}
            });
        }
        sets
    }

    /// The kinds of principal that are meant.
    #[must_use]
    pub fn kinds(&self) -> Vec<PrincipalKind> {
        use PrincipalKind as Kind;
        let named = match &self.region.principal {
            PrincipalRegion::One(principal) => return vec![principal.kind],
            PrincipalRegion::Kinds(kinds) => return kinds.clone(),
            PrincipalRegion::Arn(_) => vec![Kind::RoleSession, Kind::User, Kind::FederatedUser, Kind::Root],
            PrincipalRegion::Anyone => vec![
                Kind::RoleSession,
                Kind::User,
                Kind::Root,
                Kind::FederatedUser,
                Kind::Service,
                Kind::Anonymous,
                Kind::Saml,
                Kind::Oidc,
            ],
        };
        // Policies that hang on users and roles speak of nobody else; a federated user needs session policies (S4.8.6).
        let of_identities = self.sides().any(|layers| {
            !layers.identity.is_empty() || layers.boundary.is_some() || layers.session.is_some()
        });
        let of_accounts =
            matches!(self.scope, Scope::Alone(only) if only.iter().all(|l| matches!(l, Layer::Scp(_))));
        named
            .into_iter()
            .filter(|kind| !of_identities || matches!(kind, Kind::RoleSession | Kind::User))
            .filter(|kind| !of_accounts || kind.is_bound_by_scps())
            .collect()
    }

    /// The ways of the requests that are meant.
    #[must_use]
    pub fn paths(&self) -> Vec<NetworkPath> {
        if !self.region.paths.is_empty() {
            return self.region.paths.clone();
        }
        if self.sides().any(|layers| layers.endpoint.is_some()) {
            return vec![NetworkPath::Gateway, NetworkPath::Interface];
        }
        vec![NetworkPath::Direct, NetworkPath::Gateway]
    }
}

/// What is claimed of a request.
#[derive(Clone, Copy, Debug)]
pub enum Claim<'q> {
    /// It gets this decision.
    Verdict(Expectation),
    /// It is allowed only if these policies allow it as well.
    NoMoreThan(&'q Layers),
    /// It is not allowed both by the policies and by these.
    Disjoint(&'q Layers),
}

impl<'q> Claim<'q> {
    /// The policies of the other side.
    #[must_use]
    pub fn other(self) -> Option<&'q Layers> {
        match self {
            Self::Verdict(_) => None,
            Self::NoMoreThan(other) | Self::Disjoint(other) => Some(other),
        }
    }

    /// Whether the claim holds of a request, given its verdict and that of the other side.
    #[must_use]
    pub fn admits(self, verdict: Verdict, other: Option<Verdict>) -> bool {
        let is_allowed = |verdict| verdict == Verdict::Allowed;
        match self {
            Self::Verdict(expect) => expect.admits(verdict),
            Self::NoMoreThan(_) => !is_allowed(verdict) || other.is_some_and(is_allowed),
            Self::Disjoint(_) => !is_allowed(verdict) || !other.is_some_and(is_allowed),
        }
    }
}

impl From<Expectation> for Claim<'_> {
    fn from(expect: Expectation) -> Self {
        Self::Verdict(expect)
    }
}

/// How much of the law a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// These layers by themselves, whatever else there may be: none of them denies and each of them allows.
    Alone(Vec<Layer>),
    /// The whole decision procedure (S4).
    Whole,
}

/// A set of requests. An empty list of actions, resources or keys does not limit.
#[derive(Clone, Debug, Default)]
pub struct Region {
    /// The actions.
    pub actions: Vec<ActionPattern>,
    /// The resources: patterns of ARNs, or `*`.
    pub resources: Vec<Pattern>,
    /// Who asks.
    pub principal: PrincipalRegion,
    /// What holds of condition keys; the tests are on keys of the model.
    pub keys: Vec<Formula>,
    /// Keys whose state is known; see [`Region::state`].
    pub known: Vec<(KeyId, KeyState)>,
    /// The ways that requests take; empty for every way that the layers know.
    pub paths: Vec<NetworkPath>,
    /// The account of the resource, when it is known.
    pub resource_account: Option<String>,
    /// Which facts about real requests hold of them.
    pub assumptions: Assumptions,
    /// What is known of actions, for the assumptions that need it.
    pub reference: Option<Arc<dyn Reference>>,
}

impl Region {
    /// The facts about real requests that a request is not as, of those that are on.
    #[must_use]
    pub fn unreal(&self, request: &Request) -> Vec<Assumption> {
        // Partitions are part of the setting; by themselves policies know none.
        let facts = self.assumptions.iter().filter(|fact| *fact != Assumption::OnePartition);
        facts.filter(|fact| !fact.holds(request, self.reference.as_deref())).collect()
    }

    /// Says what a key is in all requests of the region. Keys that follow from the principal limit the principals.
    pub fn state(&mut self, model: &mut Model, key: &ConditionKey, state: KeyState) {
        let id = model.key_id(key);
        if state == KeyState::Open {
            return;
        }
        let name = key.folded();
        if !DERIVED.contains(&name.as_str()) {
            self.known.push((id, state));
            return;
        }
        let (values, is_absent) = match state {
            KeyState::Open | KeyState::Absent => (TextSet::none(), true),
            KeyState::One(value) => (TextSet::only(&value), false),
            KeyState::List(values) => {
                (TextSet::union(values.iter().map(|value| Pattern::exact(value))), false)
            }
        };
        let test = Test {
            absent: Answer::Fixed(is_absent),
            empty: Answer::Fixed(is_absent),
            ..Test::text(Variable::Key(id), values)
        };
        self.keys.push(Formula::test(test));
    }
}

/// The keys that follow from the rest of a request (S5.2).
pub const DERIVED: [&str; 8] = [
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principaltype",
    "aws:userid",
    "aws:username",
    "aws:principalisawsservice",
    "aws:principalservicename",
    "aws:resourceaccount",
];

/// A set of principals.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum PrincipalRegion {
    /// Everybody.
    #[default]
    Anyone,
    /// Principals of these kinds.
    Kinds(Vec<PrincipalKind>),
    /// One principal.
    One(Box<polsim_eval::Principal>),
    /// Principals whose `aws:PrincipalArn` matches.
    Arn(Pattern),
}

/// A decision that is expected of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expectation {
    /// It is allowed.
    Allow,
    /// It is not allowed, in either way.
    Deny,
    /// A Deny applies to it.
    ExplicitDeny,
    /// It is not allowed, and no Deny applies to it.
    ImplicitDeny,
}

impl Expectation {
    /// Whether a verdict is as claimed.
    #[must_use]
    pub fn admits(self, verdict: Verdict) -> bool {
        match self {
            Self::Allow => verdict == Verdict::Allowed,
            Self::Deny => verdict != Verdict::Allowed,
            Self::ExplicitDeny => verdict == Verdict::ExplicitlyDenied,
            Self::ImplicitDeny => verdict == Verdict::ImplicitlyDenied,
        }
    }

    /// The word on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::ExplicitDeny => "explicit-deny",
            Self::ImplicitDeny => "implicit-deny",
        }
    }
}
