//! What holds of every environment, whatever the clauses say in detail.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

mod random;
mod support;
mod verdict;

use polsim_eval::{
    Attribute, BoundRequest, Case, Chain, Classes, KeyId, KeyState, KeyTable, Layers, Model, Outcome,
    PrincipalKind, Readings, Request, Situation, Truth, Unstated, Valuation, Value, Variable, Verdict,
    has_public_policy,
};
use polsim_oracle as oracle;
use polsim_policy::{ConditionKey, Effect, Policy, Statement};
use proptest::prelude::{ProptestConfig, any};
use proptest::{prop_assert, prop_assert_eq, proptest};
use random::environment::{Tally, environment};

fn case(number: u64) -> oracle::Case {
    environment(number, &mut Tally::default())
}

fn verdict(case: &oracle::Case) -> Option<Verdict> {
    let mut model = Model::new();
    let layers = support::layers(case, &mut model);
    let mut request = support::request(&case.request).ok()?;
    request.complete().ok()?;
    outcome(&model, &layers, &request).0.verdict()
}

/// What is possible, and which open keys may matter.
fn outcome(model: &Model, layers: &Layers, request: &Request) -> (Outcome, Vec<KeyId>) {
    let situation = Situation::of(request, layers, has_public_policy(model, layers));
    let chain = Chain::of(&situation);
    let request = &BoundRequest::new(model, request, Readings::default());
    let case = Case { model, layers, chain: &chain, request, is_bounded: situation.has_boundary };
    (case.outcome(), case.open_keys())
}

/// All policies of a case.
fn policies(case: &mut oracle::Case) -> Vec<&mut Policy> {
    let all = &mut case.policies;
    let lists = std::iter::once(&mut all.identity).chain(&mut all.boundary).chain(&mut all.session);
    let levels = all.scp.iter_mut().chain(&mut all.rcp).flatten();
    let single = all.resource.iter_mut().chain(&mut all.accesspoint).chain(&mut all.endpoint);
    lists.chain(levels).flatten().chain(single).collect()
}

/// Takes one statement of an effect out of a case; `None` when there is none.
fn without_one(case: &oracle::Case, effect: Effect, which: usize) -> Option<oracle::Case> {
    let mut less = case.clone();
    let has = |statement: &Statement| statement.effect.value == effect;
    let mut holders: Vec<_> =
        policies(&mut less).into_iter().filter(|policy| policy.statements.iter().any(has)).collect();
    if holders.is_empty() {
        return None;
    }
    let at = which % holders.len();
    let statements = &mut holders[at].statements;
    let index = statements.iter().position(has).unwrap();
    statements.remove(index);
    Some(less)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// S1.1.6, S1.4.5, S4.2.4.
    #[test]
    fn order_says_nothing(number in any::<u64>()) {
        let straight = case(number);
        let mut reversed = straight.clone();
        for policy in policies(&mut reversed) {
            policy.statements.reverse();
            for statement in &mut policy.statements {
                statement.condition.blocks.reverse();
                statement.condition.blocks.iter_mut().for_each(|block| block.keys.reverse());
                statement.condition.blocks.iter_mut().flat_map(|b| &mut b.keys).for_each(|k| k.values.reverse());
            }
        }
        let all = &mut reversed.policies;
        all.identity.reverse();
        all.session.iter_mut().for_each(|list| list.reverse());
        all.scp.iter_mut().chain(&mut all.rcp).flatten().for_each(|level| level.reverse());
        let readings = Readings::default();
        prop_assert_eq!(verdict::decide(&straight, readings), verdict::decide(&reversed, readings));
    }

    /// S4.2.3.
    #[test]
    fn one_deny_more_never_allows(number in any::<u64>(), which in any::<usize>()) {
        let more = case(number);
        if let Some(less) = without_one(&more, Effect::Deny, which) {
            let (less, more) = (verdict(&less), verdict(&more));
            prop_assert!(more != Some(Verdict::Allowed) || less == more, "{less:?}, {more:?}");
            prop_assert!(less != Some(Verdict::ExplicitlyDenied) || less == more, "{less:?}, {more:?}");
        }
    }

    /// S4.2.2. Block Public Access is the exception: an Allow can make a policy public (S4.17.3).
    #[test]
    fn one_allow_more_never_denies(number in any::<u64>(), which in any::<usize>()) {
        let mut more = case(number);
        more.settings.bpa_restrict_public_buckets = false;
        if more.request.action.starts_with("s3express") {
            return Ok(());
        }
        if let Some(less) = without_one(&more, Effect::Allow, which) {
            let (less, more) = (verdict(&less), verdict(&more));
            prop_assert!(less != Some(Verdict::Allowed) || less == more, "{less:?}, {more:?}");
            prop_assert!(less != Some(Verdict::ExplicitlyDenied) || less == more, "{less:?}, {more:?}");
            prop_assert!(more != Some(Verdict::ExplicitlyDenied) || less == more, "{less:?}, {more:?}");
        }
    }

    /// A partial request stands for all its completions, and open keys that are not said to matter do not.
    #[test]
    fn a_completion_gets_a_verdict_that_was_possible(
        number in any::<u64>(),
        opened in proptest::collection::vec(any::<bool>(), 40),
        all_unstated in any::<bool>(),
    ) {
        let closed = case(number);
        let mut model = Model::new();
        let layers = support::layers(&closed, &mut model);
        let Ok(mut full) = support::request(&closed.request) else { return Ok(()) };
        if full.complete().is_err() {
            return Ok(());
        }
        let keys: Vec<ConditionKey> = model.keys().iter().map(|(_, key)| key.clone()).collect();
        let mut partial = full.clone();
        if all_unstated {
            partial.context.unstated = Unstated::Open;
        }
        for (key, _) in keys.iter().zip(&opened).filter(|(_, opens)| **opens) {
            partial.context.replace(key.clone(), KeyState::Open);
        }
        let (possible, mattering) = outcome(&model, &layers, &partial);
        let (decided, none) = outcome(&model, &layers, &full);
        prop_assert!(none.is_empty());
        let decided = decided.verdict().unwrap();
        prop_assert!(possible.allows_for(decided), "{possible:?}, but {decided:?}");
        // The others may hold what they do in another environment.
        let other = case(number.wrapping_add(1)).request.context;
        let mut mixed = full;
        for key in &keys {
            let matters = mattering.iter().any(|id| model.keys().key(*id) == Some(key));
            if !matters && *partial.context.get(key) == KeyState::Open && !moves_the_situation(key) {
                let value = other.iter().find(|(name, _)| key.as_str().eq_ignore_ascii_case(name));
                mixed.context.replace(key.clone(), match value {
                    Some((_, oracle::Value::One(text))) => KeyState::One(text.clone()),
                    Some((_, oracle::Value::Many(list))) => KeyState::List(list.clone()),
                    None => KeyState::Absent,
                });
            }
        }
        let (mixed, _) = outcome(&model, &layers, &mixed);
        prop_assert_eq!(mixed.verdict(), Some(decided));
    }

    /// The evaluator's and the prover's way of reading a `Principal` element (S2.4).
    #[test]
    fn classes_and_formula_of_a_principal_agree(number in any::<u64>()) {
        let closed = case(number);
        let mut model = Model::new();
        let layers = support::layers(&closed, &mut model);
        let Ok(request) = support::request(&closed.request) else { return Ok(()) };
        let facts = Facts::of(&request);
        let ids = layers.resource.iter().chain(&layers.endpoint).chain(&layers.access_point);
        for statement in ids.filter_map(|id| model.policy(*id)).flat_map(|policy| &policy.statements) {
            let Some(test) = &statement.principal else { continue };
            for (kind, is_bounded) in [(request.principal.kind, false), (request.principal.kind, true)] {
                let classes = test.classes(kind, is_bounded, &facts);
                for of in [
                    Classes::ANY,
                    Classes::NAMED,
                    Classes::EVERYONE,
                    Classes::DIRECT,
                    Classes::ISSUER,
                    Classes::ACCOUNT,
                    Classes::ANY.without(Classes::ACCOUNT),
                ] {
                    let holds = test.formula(kind, is_bounded, of).fold(&facts);
                    prop_assert_eq!(holds, Truth::from(classes.meets(of)), "{:?} {:?}", test, of);
                }
                prop_assert_eq!(test.fold(kind, is_bounded, &facts), Truth::from(!classes.is_none()));
            }
        }
    }
}

/// Keys that the law itself asks for, beside those of policies (S4.17.6, S2.4.6).
fn moves_the_situation(key: &ConditionKey) -> bool {
    ["s3:accesspointnetworkorigin", "aws:sourcevpc", "aws:userid"].contains(&key.folded().as_str())
}

/// The properties of a principal, and no keys.
struct Facts {
    attributes: Vec<(Attribute, String)>,
    keys: KeyTable,
}

impl Facts {
    fn of(request: &Request) -> Self {
        let who = &request.principal;
        let is_named = matches!(who.kind, PrincipalKind::Service | PrincipalKind::Saml | PrincipalKind::Oidc);
        let known = [
            (Attribute::Arn, who.partition().and(who.arn.clone())),
            (Attribute::IssuerArn, who.issuer_arn.clone()),
            (Attribute::Account, who.account().map(str::to_owned)),
            (Attribute::UniqueId, who.unique_id.clone()),
            (Attribute::Name, who.arn.clone().filter(|_| is_named)),
            (Attribute::CanonicalId, who.canonical_id.clone()),
        ];
        let attributes = known.into_iter().filter_map(|(attribute, text)| Some((attribute, text?))).collect();
        Self { attributes, keys: KeyTable::default() }
    }
}

impl Valuation for Facts {
    fn value(&self, variable: Variable) -> Value<'_> {
        let of = |attribute| self.attributes.iter().find(|(known, _)| *known == attribute);
        match variable {
            Variable::Principal(attribute) => {
                of(attribute).map_or(Value::Absent, |(_, text)| Value::One(text))
            }
            _ => Value::Absent,
        }
    }

    fn keys(&self) -> &KeyTable {
        &self.keys
    }

    fn readings(&self) -> Readings {
        Readings::default()
    }
}
