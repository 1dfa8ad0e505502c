//! What a request has to satisfy to break a claim, spelt out from the policies: the law for one situation as a circuit.

use crate::circuit::{Atom, Circuit, Coordinate, Lit};
use crate::form::Term;
use crate::home::{Home, Homes};
use crate::notation::{key_test, set_form};
use crate::universe::{any_account, with_account};
use polsim_arn::{Arn, Class, Pattern, TextSet, Token};
use polsim_eval::{
    Accounts, Attribute, Chain, Classes, CompiledStatement, Formula, Grant, KeyId, KeyState, KeyTable, Layer,
    Layers, NetworkPath, Operand, Polarity, PrincipalKind, Quantifier, Reading, Readings, Test, Truth,
    Valuation, Value, Variable,
};
use polsim_policy::Effect;
use polsim_question::question::{Claim, Expectation, Question, Scope};
use polsim_value::{Sort, TruthSet, ValueSet};
use rustc_hash::FxHashMap;

/// Some actions and resources; `None` is all.
pub(crate) type Place = (Option<TextSet>, Option<TextSet>);

/// Which ambiguities are read in which way; the others are open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cube(pub(crate) FxHashMap<Reading, bool>);

impl Cube {
    /// All ways to read some ambiguities, those that are settled in their way only.
    pub(crate) fn ways(&self, of: impl IntoIterator<Item = Reading>) -> Vec<Readings> {
        let mut ways = vec![Readings::default()];
        let mut of: Vec<Reading> = of.into_iter().collect();
        of.sort_unstable();
        of.dedup();
        for reading in of {
            let other = ways.clone().into_iter().map(|way| way.with_alternative(reading));
            match self.0.get(&reading) {
                Some(false) => {}
                Some(true) => ways = other.collect(),
                None => ways.extend(other.collect::<Vec<_>>()),
            }
        }
        ways
    }
}

/// The situation of a request, and the law for it.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) kind: PrincipalKind,
    /// Whose the resource is: the principal's own account, or another one.
    pub(crate) accounts: Accounts,
    /// Whether it is in another partition (S2.6.2).
    pub(crate) is_elsewhere: bool,
    pub(crate) path: NetworkPath,
    /// Of each side.
    pub(crate) chains: Vec<Chain>,
    pub(crate) homes: Homes,
}

/// Spells out formulas.
pub(crate) struct Speller<'a, 'q> {
    pub(crate) question: &'a Question<'q>,
    pub(crate) setting: &'a Setting,
    pub(crate) cube: &'a Cube,
    pub(crate) circuit: Circuit,
}

impl<'a> Speller<'a, '_> {
    /// That a request breaks the claim.
    pub(crate) fn counterexample(&mut self) -> Lit {
        let question = self.question;
        let setting = self.setting;
        let mut sides = question.sides().zip(&setting.chains);
        let (Some(own), other) = (sides.next(), sides.next()) else { return Lit::TRUE };
        match (question.claim, other) {
            (Claim::Verdict(expect), _) => self.breaks(own, expect),
            (Claim::NoMoreThan(_), Some(other)) => {
                let parts = [self.breaks(own, Expectation::Deny), self.breaks(other, Expectation::Allow)];
                self.circuit.all(parts)
            }
            (Claim::Disjoint(_), Some(other)) => {
                let parts = [self.breaks(own, Expectation::Deny), self.breaks(other, Expectation::Deny)];
                self.circuit.all(parts)
            }
            (Claim::NoMoreThan(_) | Claim::Disjoint(_), None) => Lit::TRUE,
        }
    }

    /// That one side does not decide as expected (S0.2): a Deny that applies comes first, Block Public Access last.
    fn breaks(&mut self, side: (&Layers, &Chain), expect: Expectation) -> Lit {
        let blocked = side.1.is_blocked_as_public;
        match expect {
            Expectation::Deny => {
                let granted = if blocked { Lit::FALSE } else { self.granted(side, true) };
                let parts = [self.denied(side, false), granted];
                self.circuit.all(parts)
            }
            Expectation::Allow => {
                let missing = if blocked { Lit::TRUE } else { self.granted(side, false) };
                let parts = [self.denied(side, true), missing];
                self.circuit.any(parts)
            }
            Expectation::ExplicitDeny => {
                let missing = if blocked { self.granted(side, false) } else { Lit::TRUE };
                let parts = [self.denied(side, false), missing];
                self.circuit.all(parts)
            }
            Expectation::ImplicitDeny => {
                let parts = [self.denied(side, true), self.granted(side, true)];
                self.circuit.any(parts)
            }
        }
    }

    /// Shape that must all hold, or one of which must not.
    fn join(&mut self, parts: Vec<Lit>, is_all: bool) -> Lit {
        if is_all { self.circuit.all(parts) } else { self.circuit.any(parts) }
    }

    fn denied(&mut self, side: (&Layers, &Chain), holds: bool) -> Lit {
        let mut parts = Vec::new();
        for denial in &side.1.denials {
            let statements = (denial.layer, Effect::Deny, Classes::ANY);
            parts.push(match denial.only_by {
                None => self.layer(side.0, statements, holds),
                Some(reading) => self.choose(reading, |speller, counts| {
                    if counts { speller.layer(side.0, statements, holds) } else { (!holds).into() }
                }),
            });
        }
        self.join(parts, !holds)
    }

    fn granted(&mut self, side: (&Layers, &Chain), holds: bool) -> Lit {
        let requirements = side.1.requirements.iter();
        let parts = requirements.map(|needed| self.grant(side.0, &needed.grant, holds)).collect();
        self.join(parts, holds)
    }

    fn grant(&mut self, layers: &Layers, grant: &Grant, holds: bool) -> Lit {
        match grant {
            Grant::Always => holds.into(),
            Grant::Never => (!holds).into(),
            // Questions are about the resource that a request names; access points are no part of them.
            Grant::Allows { layer, classes, .. } => {
                self.layer(layers, (*layer, Effect::Allow, *classes), holds)
            }
            Grant::All(grants) => {
                let parts = grants.iter().map(|grant| self.grant(layers, grant, holds)).collect();
                self.join(parts, holds)
            }
            Grant::Any(grants) => {
                let parts = grants.iter().map(|grant| self.grant(layers, grant, holds)).collect();
                self.join(parts, !holds)
            }
            Grant::Choice { reading, chosen, alternative } => self.choose(*reading, |speller, taken| {
                speller.grant(layers, if taken { alternative } else { chosen }, holds)
            }),
        }
    }

    /// That a statement of a layer applies, or that none does.
    fn layer(
        &mut self,
        layers: &Layers,
        (layer, effect, classes): (Layer, Effect, Classes),
        holds: bool,
    ) -> Lit {
        let model = self.question.model;
        let mut parts = Vec::new();
        for policy in layers.policies(layer).iter().filter_map(|id| model.policy(*id)) {
            for statement in policy.statements.iter().filter(|statement| statement.effect == effect) {
                // S2.4.10: of a principal with a boundary, resource policies ask otherwise.
                let is_bounded = layers.boundary.is_some()
                    && self.setting.kind.has_identity_policies()
                    && matches!(layer, Layer::Resource | Layer::AccessPoint);
                parts.push(self.statement(statement, is_bounded, classes, holds));
            }
        }
        self.join(parts, !holds)
    }

    fn statement(
        &mut self,
        statement: &CompiledStatement,
        is_bounded: bool,
        classes: Classes,
        holds: bool,
    ) -> Lit {
        let principal = statement.principal.as_ref();
        let principal =
            principal.map_or(Formula::Always, |p| p.formula(self.setting.kind, is_bounded, classes));
        let mut parts = vec![self.formula(&principal, holds)];
        parts.push(self.formula(&statement.action, holds));
        parts.push(self.formula(&statement.resource, holds));
        parts.extend(statement.condition.iter().map(|condition| self.formula(condition, holds)));
        self.join(parts, holds)
    }

    /// That a formula holds, or that it does not.
    pub(crate) fn formula(&mut self, formula: &Formula, holds: bool) -> Lit {
        match formula {
            Formula::Always => holds.into(),
            Formula::Never => (!holds).into(),
            Formula::Test(test) => self.test(test, holds),
            Formula::Not(inner) => self.formula(inner, !holds),
            Formula::All(inner) => {
                let parts = inner.iter().map(|part| self.formula(part, holds)).collect();
                self.join(parts, holds)
            }
            Formula::Any(inner) => {
                let parts = inner.iter().map(|part| self.formula(part, holds)).collect();
                self.join(parts, !holds)
            }
            Formula::Choice { reading, chosen, alternative } => self.choose(*reading, |speller, taken| {
                speller.formula(if taken { alternative } else { chosen }, holds)
            }),
        }
    }

    /// What an ambiguity leads to: one way where it is settled, else either with the reading that it needs.
    fn choose(&mut self, reading: Reading, mut make: impl FnMut(&mut Self, bool) -> Lit) -> Lit {
        if let Some(taken) = self.cube.0.get(&reading) {
            return make(self, *taken);
        }
        let (chosen, alternative) = (make(self, false), make(self, true));
        if chosen == alternative {
            return chosen;
        }
        let other = self.circuit.leaf(Term::Reading(reading.name().to_owned()), Atom::Reading(reading));
        let ways = [self.circuit.all([other.negated(), chosen]), self.circuit.all([other, alternative])];
        self.circuit.any(ways)
    }

    fn test(&mut self, test: &Test, holds: bool) -> Lit {
        if let Operand::Open(open) = &test.operand
            && self.is_closed(test)
        {
            return self.choose(Reading::WildcardsInVariables, |speller, taken| {
                let mut sets: Vec<ValueSet> = Vec::new();
                for way in speller.cube.ways([Reading::UnreadableIsNoMatch]) {
                    let way = if taken { way.with_alternative(Reading::WildcardsInVariables) } else { way };
                    let set = open.close(way, |key| speller.known_text(key));
                    sets.push(in_sort(open.sort, set));
                }
                sets.dedup();
                match sets.as_slice() {
                    [set] => {
                        let closed = Test { operand: Operand::Closed(set.clone()), ..test.clone() };
                        speller.test(&closed, holds)
                    }
                    _ => speller.opaque("a policy variable", test, holds),
                }
            });
        }
        match self.setting.homes.of(test.variable) {
            Home::Known(state) => self.known(test, &state, holds),
            Home::Key(key) => self.key(key, test, holds),
            Home::Text(coordinate) => self.text(coordinate, test, holds, None),
            Home::AccountOf(coordinate) => self.text(coordinate, test, holds, Some(with_account)),
            Home::SessionArn => self.session(test, holds),
        }
    }

    /// Whether all policy variables of a test are known.
    fn is_closed(&self, test: &Test) -> bool {
        let Operand::Open(open) = &test.operand else { return true };
        let mut names = open.templates.iter().flat_map(|template| template.variables());
        let keys = self.question.model.keys();
        names.all(|variable| {
            let key = variable.key.as_deref().and_then(|name| keys.find(name));
            key.is_none_or(|key| self.setting.homes.known(key).is_some())
        })
    }

    fn known_text(&self, name: &str) -> Option<&'a str> {
        match self.setting.homes.known(self.question.model.keys().find(name)?)? {
            KeyState::One(text) => Some(text),
            _ => None,
        }
    }

    /// A test of which nothing is known.
    fn opaque(&mut self, on: &str, test: &Test, holds: bool) -> Lit {
        let term = Term::Opaque { on: on.to_owned(), test: format!("{test:?}") };
        self.circuit.leaf(term, Atom::Opaque).when(holds)
    }

    fn key(&mut self, key: KeyId, test: &Test, holds: bool) -> Lit {
        let name =
            self.question.model.keys().key(key).map(polsim_policy::ConditionKey::folded).unwrap_or_default();
        match key_test(test) {
            Some(form) => {
                let term = Term::Key { key: name, test: form };
                self.circuit.leaf(term, Atom::Key(key, test.clone())).when(holds)
            }
            None => self.opaque(&name, test, holds),
        }
    }

    /// A test on a value that is known.
    fn known(&mut self, test: &Test, state: &KeyState, holds: bool) -> Lit {
        let mut mentioned = Vec::new();
        test.for_each_reading(&mut |reading| mentioned.push(reading));
        let ways = self.cube.ways(mentioned);
        let mut truths: Vec<Truth> =
            ways.into_iter().map(|readings| test.fold(&Known { state, speller: self, readings })).collect();
        truths.dedup();
        match (truths.as_slice(), test.variable) {
            ([Truth::Yes], _) => holds.into(),
            ([Truth::No], _) => (!holds).into(),
            (_, Variable::Key(key)) => self.key(key, test, holds),
            _ => self.opaque("what is known", test, holds),
        }
    }

    /// A test on one text that is always there and never empty; `map` turns a pattern for what the test is about into one
    /// for the text that it is taken from.
    fn text(
        &mut self,
        coordinate: Coordinate,
        test: &Test,
        holds: bool,
        map: Option<fn(&Pattern) -> Pattern>,
    ) -> Lit {
        if let Quantifier::Presence(answer) = test.quantifier {
            return (answer == holds).into();
        }
        let Operand::Closed(set) = &test.operand else { return self.opaque(coordinate.word(), test, holds) };
        let asks_against = test.polarity == Polarity::Negated;
        let (Some(members), Some(others)) = (set.as_texts(), set.not().as_texts()) else {
            if coordinate != Coordinate::PrincipalArn || map.is_some() {
                return self.opaque(coordinate.word(), test, holds);
            }
            // An ARN is no number, no date, no address and no base64.
            return self.choose(Reading::UnreadableIsNoMatch, |_, lenient| {
                ((lenient && asks_against) == holds).into()
            });
        };
        if set.sort() == Sort::Text || !asks_against {
            return self.within(coordinate, &members, holds, map);
        }
        // S3.14.1, A12: what cannot be read passes a negated test by the other reading.
        self.choose(Reading::UnreadableIsNoMatch, |speller, lenient| {
            let passing = if lenient { members.or(&members.or(&others).not()) } else { members.clone() };
            speller.within(coordinate, &passing, holds, map)
        })
    }

    /// That a text is in a set.
    pub(crate) fn within(
        &mut self,
        coordinate: Coordinate,
        set: &TextSet,
        holds: bool,
        map: Option<fn(&Pattern) -> Pattern>,
    ) -> Lit {
        let set = set.map_patterns(&mut |pattern| map.map_or_else(|| pattern.clone(), |map| map(pattern)));
        let term = Term::Text { on: coordinate.word().to_owned(), within: set_form(&set) };
        self.circuit.leaf(term, Atom::Text(coordinate, set)).when(holds)
    }

    /// S2.4.5: the ARN of a session is that of its role, but for the path, with the name of the session. Policies write it
    /// out, or speak of its partition.
    fn session(&mut self, test: &Test, holds: bool) -> Lit {
        let patterns = match &test.operand {
            Operand::Closed(ValueSet::Text(set)) => set.as_union(),
            _ => None,
        };
        let ways: Option<Vec<_>> = patterns.and_then(|patterns| patterns.iter().map(session_way).collect());
        let Some(ways) = ways else { return self.opaque("session-arn", test, holds) };
        let mut parts = Vec::new();
        for (role, session) in ways {
            let role = self.within(Coordinate::PrincipalArn, &role, holds, None);
            let name =
                session.map(|name| self.within(Coordinate::SessionName, &TextSet::only(&name), holds, None));
            let way: Vec<Lit> = std::iter::once(role).chain(name).collect();
            parts.push(self.join(way, holds));
        }
        self.join(parts, !holds)
    }

    /// What is true of every request of the situation: where it is, whose the resource is, and what names look like.
    pub(crate) fn requests(&mut self, place: &[Place]) -> Vec<Lit> {
        let mut parts = vec![self.names()];
        let keys = &self.question.region.keys;
        parts.extend(keys.iter().map(|formula| self.formula(formula, true)));
        if matches!(self.question.scope, Scope::Alone(_)) {
            return parts;
        }
        if !place.is_empty() {
            let cells: Vec<Lit> = place
                .iter()
                .map(|(actions, resources)| {
                    let sides = [(Coordinate::Action, actions), (Coordinate::Resource, resources)];
                    let limits: Vec<Lit> = sides
                        .into_iter()
                        .filter_map(|(at, set)| Some(self.within(at, set.as_ref()?, true, None)))
                        .collect();
                    self.circuit.all(limits)
                })
                .collect();
            parts.push(self.circuit.any(cells));
        }
        parts.extend(self.owners());
        parts
    }

    /// Who owns the resource: the account that the region says, or any; and whether it is the principal's own.
    fn owners(&mut self) -> Vec<Lit> {
        let mut parts = Vec::new();
        let Setting { kind, accounts, homes, .. } = self.setting;
        let is = |variable, set: TextSet| Test::text(variable, set);
        if kind.is_bound_by_scps()
            && let Some(owner) = &self.question.region.resource_account
        {
            let own = is(Variable::Principal(Attribute::Account), TextSet::only(owner));
            parts.push(self.test(&own, *accounts == Accounts::Same));
        }
        let key = self.question.model.keys().find("aws:resourceaccount").map(Variable::Key);
        let Some(owner) = key.filter(|key| matches!(homes.of(*key), Home::Key(_))) else { return parts };
        parts.push(self.test(&is(owner, any_account()), true));
        let account = homes.principal().and_then(|principal| principal.account());
        if let (Accounts::Cross, true, Some(account)) = (*accounts, kind.is_bound_by_scps(), account) {
            parts.push(self.test(&is(owner, TextSet::only(account)), false));
        }
        parts
    }

    /// S5.2: every user has a name, and every federated user an account and a name.
    fn names(&mut self) -> Lit {
        let some = [Token::One(Class::Any), Token::Many(Class::Any)];
        let (name, form) = match self.setting.kind {
            PrincipalKind::User => ("aws:username", Pattern::from_tokens(some)),
            PrincipalKind::FederatedUser => {
                let account = [Token::One(Class::NotColon); 12].into_iter();
                ("aws:userid", Pattern::from_tokens(account.chain([Token::Literal(':')]).chain(some)))
            }
            _ => return Lit::TRUE,
        };
        let key = self.question.model.keys().find(name).map(Variable::Key);
        match key.filter(|key| matches!(self.setting.homes.of(*key), Home::Key(_))) {
            Some(key) => self.test(&Test::text(key, form.into()), true),
            None => Lit::TRUE,
        }
    }
}

/// The roles of a pattern for ARNs of sessions, and the name of the session; `None` for a pattern of another form.
fn session_way(pattern: &Pattern) -> Option<(TextSet, Option<String>)> {
    if let Some(text) = pattern.as_exact() {
        let arn = Arn::parse(text)?;
        let (role, session) = arn.resource.strip_prefix("assumed-role/")?.split_once('/')?;
        let head = format!("arn:{}:iam::{}:role/", arn.partition, arn.account);
        let roles = [format!("{head}{role}"), format!("{head}*/{role}")];
        return Some((TextSet::union(roles.map(|role| Pattern::wildcard(&role))), Some(session.to_owned())));
    }
    let partition = pattern.literal_prefix().strip_prefix("arn:")?.strip_suffix(':')?;
    let of_partition = Pattern::wildcard(&format!("arn:{partition}:*"));
    (of_partition == *pattern && !partition.contains(':')).then(|| (pattern.clone().into(), None))
}

/// A finished operand in the sort of its operator: texts are no truth values by themselves.
fn in_sort(sort: Sort, set: ValueSet) -> ValueSet {
    match (sort, set) {
        (Sort::Truth, ValueSet::Text(texts)) => {
            let [has_true, has_false] = ["true", "false"].map(|word| texts.contains(word));
            ValueSet::Truth(TruthSet { has_true, has_false })
        }
        (_, set) => set,
    }
}

/// One state for the variable that is asked, and for policy variables what is known.
struct Known<'s, 'a, 'q> {
    state: &'s KeyState,
    speller: &'s Speller<'a, 'q>,
    readings: Readings,
}

fn value(state: &KeyState) -> Value<'_> {
    match state {
        KeyState::Open => Value::Open,
        KeyState::Absent => Value::Absent,
        KeyState::One(text) => Value::One(text),
        KeyState::List(texts) => Value::List(texts),
    }
}

impl Valuation for Known<'_, '_, '_> {
    fn value(&self, _: Variable) -> Value<'_> {
        value(self.state)
    }

    fn variable(&self, key: KeyId) -> Value<'_> {
        self.speller.setting.homes.known(key).map_or(Value::Open, value)
    }

    fn keys(&self) -> &KeyTable {
        self.speller.question.model.keys()
    }

    fn readings(&self) -> Readings {
        self.readings
    }
}
