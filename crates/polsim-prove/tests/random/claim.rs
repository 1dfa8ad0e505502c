//! Random claims.

use super::keys::{Arity, KEYS, values};
use super::numbers::Random;
use super::policy::{altered, policy};
use super::templates::Variables;
use super::universe::{principals, state};
use polsim_arn::{ActionPattern, ArnPattern, Pattern};
use polsim_eval::{KeyState, Layer, Layers, Model, NetworkPath, PrincipalKind, ResourceKind};
use polsim_policy::{ConditionKey, PolicyType};
use polsim_prove::{Expectation, PrincipalRegion, Region, Scope};
use polsim_text::{Limits, Source};

/// A claim with all that it is about. `texts` are for the one who looks into a failure.
pub(crate) struct Claim {
    pub(crate) model: Model,
    pub(crate) layers: Layers,
    /// The other side, when the claim compares two.
    pub(crate) other: Option<Layers>,
    pub(crate) scope: Scope,
    pub(crate) region: Region,
    pub(crate) expect: Expectation,
    /// What the region says of keys.
    pub(crate) states: Vec<(ConditionKey, KeyState)>,
    pub(crate) has_variables: bool,
    pub(crate) texts: Vec<String>,
}

/// The claim of a number; the same number makes the same one.
pub(crate) fn claim(number: u64) -> Claim {
    let mut random = Random::new(number);
    let variables = if random.percent(12) { Variables::Few } else { Variables::None };
    claim_with(random, variables)
}

/// A claim about policies with such variables.
pub(crate) fn claim_with(random: Random, variables: Variables) -> Claim {
    let mut maker = Maker { random, model: Model::new(), variables, texts: Vec::new() };
    let (layers, scope) = maker.layers();
    let expects =
        [Expectation::Allow, Expectation::Deny, Expectation::ExplicitDeny, Expectation::ImplicitDeny];
    let expect = expects[maker.random.below(4)];
    let (region, states) = maker.region(&layers);
    maker.texts.push(format!("{scope:?} {expect:?} {region:?}"));
    Claim {
        model: maker.model,
        layers,
        other: None,
        scope,
        region,
        expect,
        states,
        has_variables: variables != Variables::None,
        texts: maker.texts,
    }
}

/// A comparison of two sides, the second made of the first by a change or two.
pub(crate) fn comparison(number: u64) -> Claim {
    let mut random = Random::new(number.wrapping_mul(3) + 1_000_003);
    let variables = if random.percent(12) { Variables::Few } else { Variables::None };
    let mut maker = Maker { random, model: Model::new(), variables, texts: Vec::new() };
    let (layers, scope) = maker.layers();
    let from = maker.texts.len();
    let own = maker.texts.clone();
    let mut next = own.iter();
    let mut other = layers.clone();
    let mut twin = |id: &mut polsim_eval::PolicyId| {
        let text = next.next().unwrap();
        *id = maker.altered(text);
    };
    // In the order in which they were made.
    other.identity.iter_mut().for_each(&mut twin);
    other.resource.iter_mut().for_each(&mut twin);
    other.boundary.iter_mut().flatten().for_each(&mut twin);
    other.session.iter_mut().flatten().for_each(&mut twin);
    other.scps.iter_mut().flatten().flatten().for_each(&mut twin);
    other.rcps.iter_mut().flatten().flatten().for_each(&mut twin);
    other.endpoint.iter_mut().for_each(&mut twin);
    assert_eq!(maker.texts.len(), from * 2);
    let (region, states) = if maker.random.percent(70) { <_>::default() } else { maker.region(&layers) };
    maker.texts.push(format!("{scope:?} {region:?}"));
    Claim {
        model: maker.model,
        layers,
        other: Some(other),
        scope,
        region,
        expect: Expectation::Allow,
        states,
        has_variables: variables != Variables::None,
        texts: maker.texts,
    }
}

struct Maker {
    random: Random,
    model: Model,
    variables: Variables,
    texts: Vec<String>,
}

impl Maker {
    fn add(&mut self, policy_type: PolicyType) -> polsim_eval::PolicyId {
        let (policy, text) = policy(&mut self.random, policy_type, self.variables);
        self.texts.push(format!("{policy_type:?}: {text}"));
        self.model.add(&policy)
    }

    /// A policy made of another one by no change, by one, or by two; `told` is what `add` put down.
    fn altered(&mut self, told: &str) -> polsim_eval::PolicyId {
        let (name, text) = told.split_once(": ").unwrap();
        let policy_type = PolicyType::ALL.into_iter().find(|each| format!("{each:?}") == name).unwrap();
        let mut text = text.to_owned();
        for _ in 0..self.random.below(3) {
            text = altered(&mut self.random, policy_type, &text, self.variables).1;
        }
        self.texts.push(format!("{name} then: {text}"));
        let source = Source::new("policy.json", &text);
        let parsed = polsim_policy::parse(&source, policy_type, &Limits::default());
        self.model.add(parsed.single().unwrap())
    }

    fn layers(&mut self) -> (Layers, Scope) {
        let mut layers = Layers::default();
        let scope = match self.random.below(10) {
            0 | 1 => {
                layers.identity = vec![self.add(PolicyType::Identity)];
                Scope::Alone(vec![Layer::Identity])
            }
            2 => {
                layers.endpoint = Some(self.add(PolicyType::Endpoint));
                Scope::Alone(vec![Layer::Endpoint])
            }
            3 => {
                layers.resource = Some(self.add(PolicyType::Resource));
                Scope::Alone(vec![Layer::Resource])
            }
            4 => {
                layers.scps = Some(vec![vec![self.add(PolicyType::Scp)], vec![self.add(PolicyType::Scp)]]);
                Scope::Alone(vec![Layer::Scp(0), Layer::Scp(1)])
            }
            _ => {
                self.whole(&mut layers);
                Scope::Whole
            }
        };
        (layers, scope)
    }

    fn whole(&mut self, layers: &mut Layers) {
        if self.random.percent(60) {
            layers.identity = vec![self.add(PolicyType::Identity)];
        }
        if self.random.percent(50) {
            let (policy_type, kind) = match self.random.below(6) {
                0 => (PolicyType::Kms, ResourceKind::Kms),
                1 => (PolicyType::Trust, ResourceKind::Trust),
                _ => (PolicyType::Resource, ResourceKind::Ordinary),
            };
            layers.resource = Some(self.add(policy_type));
            layers.resource_kind = kind;
        }
        if self.random.percent(20) {
            layers.boundary = Some(vec![self.add(PolicyType::Boundary)]);
        }
        if self.random.percent(15) {
            layers.session = Some(vec![self.add(PolicyType::Identity)]);
        }
        if self.random.percent(20) {
            layers.scps = Some(vec![vec![self.add(PolicyType::Scp)]]);
        }
        if self.random.percent(20) {
            layers.rcps = Some(vec![vec![self.add(PolicyType::Rcp)]]);
        }
        if self.random.percent(25) {
            layers.endpoint = Some(self.add(PolicyType::Endpoint));
        }
        layers.restrict_public_buckets = self.random.percent(15);
        layers.root_bucket_policy_escape = self.random.percent(10);
    }

    fn region(&mut self, layers: &Layers) -> (Region, Vec<(ConditionKey, KeyState)>) {
        let random = &mut self.random;
        let mut region = Region::default();
        let actions: &[&[&str]] =
            &[&[], &["s3:GetObject"], &["s3:Get*"], &["s3:GetObject", "s3:PutObject"], &["kms:*"], &["*"]];
        let actions = actions[random.below(actions.len())];
        region.actions = actions.iter().map(|action| ActionPattern::parse(action).unwrap()).collect();
        let resources: &[&[&str]] = &[
            &[],
            &["arn:aws:s3:::b/*"],
            &["arn:aws:s3:::b/k"],
            &["arn:aws:s3:::*", "arn:aws:sqs:*:*:*"],
            &["arn:aws:kms:*:*:key/*"],
            &["*"],
        ];
        let resources = resources[random.below(resources.len())];
        let pattern = |text: &&str| ArnPattern::parse(text).unwrap_or_else(|| Pattern::wildcard(text));
        region.resources = resources.iter().map(pattern).collect();
        region.principal = principal(random);
        let mut states: Vec<(ConditionKey, KeyState)> = Vec::new();
        for _ in 0..[0, 0, 1, 2][random.below(4)] {
            let key = &KEYS[random.below(KEYS.len())];
            let name = ConditionKey::new(key.name).unwrap();
            let is_derived = key.arity == Arity::Derived || key.name == "aws:ResourceAccount";
            let state = if is_derived {
                KeyState::One((*random.pick(values(key.sort))).to_owned())
            } else {
                state(random, key)
            };
            if states.iter().all(|(other, _)| *other != name) {
                region.state(&mut self.model, &name, state.clone());
                states.push((name, state));
            }
        }
        if random.percent(25) && layers.endpoint.is_none() {
            region.paths = vec![NetworkPath::Direct];
        }
        if random.percent(25) {
            region.resource_account = Some((*random.pick(&["111111111111", "222222222222"])).to_owned());
        }
        (region, states)
    }
}

fn principal(random: &mut Random) -> PrincipalRegion {
    match random.below(8) {
        0..=3 => PrincipalRegion::Anyone,
        4 => {
            let kinds = PrincipalKind::ALL;
            PrincipalRegion::Kinds(vec![kinds[random.below(kinds.len())], kinds[random.below(kinds.len())]])
        }
        5 => PrincipalRegion::Arn(Pattern::wildcard(random.pick(&[
            "arn:aws:iam::111111111111:*",
            "arn:aws:iam::*:user/*",
            "arn:aws:iam::111111111111:role/team/*",
        ]))),
        _ => {
            let all = principals();
            PrincipalRegion::One(Box::new(all[random.below(all.len())].clone()))
        }
    }
}
