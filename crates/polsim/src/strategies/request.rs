//! Requests, and requests that tend to meet some policies.
//!
//! What would contradict itself is left out: keys that follow from the principal are not stated, and a request through an
//! endpoint carries no `aws:SourceIp` (S5.5, I1).

use super::filled;
use crate::law::Subject;
use crate::request_text::RequestText;
use polsim_eval::KeyState;
use polsim_policy::{
    ConditionKey, KeyBlock, Operator, OperatorName, Policy, PolicyType, Principal, PrincipalType, Statement,
};
use polsim_prove::DERIVED;
use proptest::prelude::*;
use proptest::sample::select;

/// Who asks where no policy names anybody.
const ANYBODY: [&str; 3] = [
    "arn:aws:iam::111122223333:role/app",
    "arn:aws:iam::111122223333:user/alice",
    "arn:aws:iam::444455556666:role/other",
];
/// What is asked where no policy says.
const ANYTHING: [&str; 5] =
    ["s3:GetObject", "s3:ListBucket", "sqs:SendMessage", "ec2:DescribeVpcs", "iam:CreateUser"];
/// Keys that requests through endpoints carry.
const ENDPOINT_KEYS: [&str; 3] = ["aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp"];

/// Keys that an environment fills in; to state them otherwise is a contradiction.
const FILLED_IN: [&str; 6] = [
    "aws:principalorg",
    "aws:resourceorg",
    "aws:principaltag/",
    "aws:sourcevpcarn",
    "aws:vpce",
    "aws:requestedregion",
];

/// What a statement is about, as texts that it may be met by.
#[derive(Clone, Debug)]
struct Aim {
    actions: Vec<String>,
    /// Empty when the statement names none, or all.
    resources: Vec<String>,
    principals: Vec<String>,
    /// Keys with states that their tests tell apart.
    keys: Vec<(ConditionKey, Vec<KeyState>)>,
}

/// What is around the policies that a request is made for.
#[derive(Clone, Debug)]
enum Around {
    /// Nothing that says anything of the request.
    Nothing,
    /// The endpoint whose policy is asked.
    Endpoint,
    /// An environment, with the ids of its gateways and the services that they lead to.
    Environment(Vec<(String, String)>),
}

/// Requests of anybody for anything, without condition keys.
pub fn requests() -> BoxedStrategy<RequestText> {
    aimed(vec![nothing()], Vec::new(), Around::Nothing)
}

/// Requests that tend to meet the policies of a subject: most are for what a statement speaks of, and carry the keys that
/// it tests with values that it wants, or nearly.
pub fn requests_for(subject: &Subject) -> BoxedStrategy<RequestText> {
    let policies = subject.policies();
    let aims: Vec<Aim> = policies.iter().flat_map(|policy| policy.statements.iter().map(Aim::of)).collect();
    let aims = if aims.is_empty() { vec![nothing()] } else { aims };
    let is_endpoint = |policy: &Policy| policy.policy_type == PolicyType::Endpoint;
    let around = match subject.gateways() {
        Some(gateways) => Around::Environment(gateways.to_vec()),
        None if policies.iter().any(is_endpoint) => Around::Endpoint,
        None => Around::Nothing,
    };
    let mut principals = subject.principals().to_vec();
    principals.retain(|arn| polsim_eval::Principal::read(arn).is_some_and(|who| who.kind.is_bound_by_scps()));
    aimed(aims, principals, around)
}

fn nothing() -> Aim {
    Aim { actions: Vec::new(), resources: Vec::new(), principals: Vec::new(), keys: Vec::new() }
}

/// Requests for what an aim is about. `described` are the only accounts' principals that can be asked about.
fn aimed(aims: Vec<Aim>, described: Vec<String>, around: Around) -> BoxedStrategy<RequestText> {
    let principals: Vec<String> =
        if described.is_empty() { ANYBODY.map(str::to_owned).to_vec() } else { described.clone() };
    select(aims)
        .prop_flat_map(move |aim| {
            let named = if described.is_empty() { aim.principals.clone() } else { Vec::new() };
            let who = mostly(named, principals.clone());
            let action = mostly(aim.actions.clone(), ANYTHING.map(str::to_owned).to_vec());
            (Just(aim), who, action)
        })
        .prop_flat_map(move |(aim, who, action)| {
            let resource = mostly(aim.resources.clone(), filled::resources_of(&action));
            let keys: Vec<_> = aim.keys.iter().map(|(key, states)| state(key, states)).collect();
            (Just(who), Just(action), resource, keys)
        })
        .prop_map(move |(who, action, resource, keys)| {
            let mut request = RequestText::new(&who, &action).on(&resource);
            request.resource_account = owner(&resource);
            for (key, state) in keys.into_iter().flatten() {
                let is_stated = request.context.iter().any(|(other, _)| *other == key);
                if !is_stated {
                    request.context.push((key, state));
                }
            }
            without_contradiction(&mut request, &around);
            request
        })
        .boxed()
}

/// One of the first texts, seldom one of the others.
fn mostly(first: Vec<String>, others: Vec<String>) -> BoxedStrategy<String> {
    if first.is_empty() {
        return select(others).boxed();
    }
    prop_oneof![6 => select(first), 1 => select(others)].boxed()
}

/// A state of a key, or nothing.
fn state(key: &ConditionKey, states: &[KeyState]) -> BoxedStrategy<Option<(ConditionKey, KeyState)>> {
    let key = key.clone();
    let stated = select(states.to_vec()).prop_map(move |state| Some((key.clone(), state)));
    prop_oneof![5 => stated, 1 => Just(None)].boxed()
}

/// S3 ARNs tell no account; other ARNs do, and no other may be stated beside it.
fn owner(resource: &str) -> Option<String> {
    let account = resource.split(':').nth(4).unwrap_or_default();
    (account.is_empty() && resource != "*").then(|| "111122223333".to_owned())
}

fn without_contradiction(request: &mut RequestText, around: &Around) {
    let service = request.action.split(':').next().unwrap_or_default().to_owned();
    let is = |key: &ConditionKey, name: &str| key.as_str().eq_ignore_ascii_case(name);
    request.context.retain(|(key, state)| {
        let folded = key.folded();
        let is_fitting = match around {
            Around::Environment(gateways) if folded == "aws:sourcevpce" => {
                gateways.iter().all(|gateway| state.values() != [gateway.0.as_str()] || gateway.1 == service)
            }
            Around::Environment(_) => {
                folded != "aws:sourcevpc" && !FILLED_IN.iter().any(|filled| folded.starts_with(filled))
            }
            Around::Endpoint | Around::Nothing => true,
        };
        is_fitting && !DERIVED.iter().any(|name| is(key, name))
    });
    let is_of_endpoint = |key: &ConditionKey| ENDPOINT_KEYS.iter().any(|name| is(key, name));
    let passes =
        matches!(around, Around::Endpoint) || request.context.iter().any(|(key, _)| is_of_endpoint(key));
    request.context.retain(|(key, _)| !(passes && is(key, "aws:SourceIp")));
}

impl Aim {
    fn of(statement: &Statement) -> Self {
        let listed = statement.action.listed().iter();
        let actions = match statement.action.is_negated() {
            true => Vec::new(),
            false => listed.flat_map(|action| filled::actions(&action.value)).collect(),
        };
        let resources = match &statement.resource {
            Some(element) if !element.is_negated() => {
                let texts = element.listed().iter().filter(|text| text.value != "*");
                texts.flat_map(|text| filled::texts(&text.value)).collect()
            }
            _ => Vec::new(),
        };
        let principals = match &statement.principal {
            Some(element) => named(element.listed()),
            None => Vec::new(),
        };
        let blocks = statement.condition.blocks.iter();
        let keys = blocks.flat_map(|block| {
            let operator = block.operator.value;
            block.keys.iter().map(move |key| (key.key.value.clone(), states(operator, key)))
        });
        Self { actions, resources, principals, keys: keys.collect() }
    }
}

/// Principals that an element names: of an account one that lives there.
fn named(principal: &Principal) -> Vec<String> {
    let Principal::Entries(entries) = principal else { return Vec::new() };
    let texts = entries.iter().filter_map(|entry| {
        let value = entry.value.value.as_str();
        let account = value.strip_suffix(":root").and_then(|arn| arn.rsplit(':').next()).unwrap_or(value);
        let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        match entry.principal_type {
            PrincipalType::Aws if is_account => Some(format!("arn:aws:iam::{account}:role/app")),
            PrincipalType::Aws | PrincipalType::Service => Some(value.to_owned()),
            PrincipalType::Federated | PrincipalType::CanonicalUser => None,
        }
    });
    texts.filter(|text| polsim_eval::Principal::read(text).is_some()).collect()
}

/// States of a key that a test tells apart: what it names, and what is beside that.
fn states(operator: Operator, block: &KeyBlock) -> Vec<KeyState> {
    let named = block.values.iter().map(|value| value.value.text.as_str());
    let mut texts: Vec<String> = named
        .flat_map(|text| match operator.name {
            OperatorName::IpAddress | OperatorName::NotIpAddress => {
                vec![text.split('/').next().unwrap_or(text).to_owned()]
            }
            OperatorName::Null => vec!["1".to_owned()],
            _ => filled::texts(text),
        })
        .collect();
    // What is less than a number is one less.
    let numbers = block.values.iter().filter_map(|value| value.value.text.parse::<i64>().ok());
    texts.extend(numbers.filter_map(|number| number.checked_sub(1)).map(|number| number.to_string()));
    texts.push(beside(operator.name).to_owned());
    let state = |text: String| match operator.quantifier {
        Some(_) => KeyState::List(vec![text]),
        None => KeyState::One(text),
    };
    texts.into_iter().map(state).collect()
}

/// A value of the right sort that a policy is not likely to name.
fn beside(operator: OperatorName) -> &'static str {
    use OperatorName as Name;
    match operator {
        Name::Bool => "false",
        Name::IpAddress | Name::NotIpAddress => "203.0.113.99",
        Name::NumericEquals
        | Name::NumericNotEquals
        | Name::NumericLessThan
        | Name::NumericLessThanEquals
        | Name::NumericGreaterThan
        | Name::NumericGreaterThanEquals => "1000",
        Name::DateEquals
        | Name::DateNotEquals
        | Name::DateLessThan
        | Name::DateLessThanEquals
        | Name::DateGreaterThan
        | Name::DateGreaterThanEquals => "2035-01-01T00:00:00Z",
        Name::ArnEquals | Name::ArnLike | Name::ArnNotEquals | Name::ArnNotLike => {
            "arn:aws:sns:eu-west-1:999988887777:other"
        }
        _ => "other",
    }
}
