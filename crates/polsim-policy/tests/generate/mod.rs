//! Policies of every type as property tests need them: lawful, and as odd as lawful policies can be.

use polsim_arn::ActionPattern;
use polsim_policy::{
    Condition, ConditionKey, ConditionValue, Effect, Element, KeyBlock, Operator, OperatorBlock,
    OperatorName, Policy, PolicyType, Principal, PrincipalEntry, PrincipalType, ScalarKind, SetQuantifier,
    Sid, Statement, Version,
};
use polsim_text::{Span, Spanned};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::default())
}

fn element<T>(value: T, is_negated: bool) -> Element<T> {
    if is_negated { Element::Not(spanned(value)) } else { Element::Is(spanned(value)) }
}

/// Text that the type can hold, with quotes, escapes and line breaks.
fn text(policy_type: PolicyType) -> impl Strategy<Value = String> {
    let latin = "[ -~\t\n\r¡-ÿ\"\\\\]{0,12}";
    if policy_type.is_stored_by_iam() { latin.boxed() } else { prop_oneof![latin, ".{0,12}"].boxed() }
}

fn action() -> impl Strategy<Value = ActionPattern> {
    let text = prop_oneof![
        Just("*:*".to_owned()),
        "[a-zA-Z][a-z0-9-]{0,6}:[A-Za-z0-9_*?-]{1,10}",
        "s3:(Get|Put|\\*)[A-Za-z*?]{0,6}"
    ];
    text.prop_filter_map("a lawful action", |text| ActionPattern::parse(&text).ok())
}

fn actions(policy_type: PolicyType) -> impl Strategy<Value = Element<Vec<Spanned<ActionPattern>>>> {
    let is_rcp = policy_type == PolicyType::Rcp;
    vec(action().prop_filter("an RCP names services", move |action| !is_rcp || !action.is_any()), 0..4)
        .prop_flat_map(move |list| (Just(list), any::<bool>()))
        .prop_map(move |(list, negated)| element(list.into_iter().map(spanned).collect(), negated && !is_rcp))
}

fn resources(policy_type: PolicyType) -> impl Strategy<Value = Option<Element<Vec<Spanned<String>>>>> {
    let entry = prop_oneof![
        Just("*".to_owned()),
        text(policy_type).prop_map(|rest| format!("arn:{rest}")),
        text(policy_type).prop_map(|rest| format!("arn:aws:s3:::b/${{aws:username}}/{rest}"))
    ];
    let entry = entry.prop_map(move |entry| {
        if policy_type == PolicyType::AccessPoint {
            format!("arn:aws:s3:eu-west-1:111111111111:accesspoint/{entry}")
        } else {
            entry
        }
    });
    let list = (vec(entry, 0..4), any::<bool>())
        .prop_map(|(list, negated)| element(list.into_iter().map(spanned).collect(), negated));
    if policy_type == PolicyType::Trust { Just(None).boxed() } else { list.prop_map(Some).boxed() }
}

fn principal_entry(policy_type: PolicyType) -> impl Strategy<Value = (PrincipalType, String)> {
    let aws = "\\*|[0-9]{12}|arn:aws:iam::[0-9]{12}:(root|user/[a-z/]{0,4}[a-zA-Z0-9_+=,.@-]{1,5}|role/[a-z]{1,5})|arn:aws-cn:sts::[0-9]{12}:(assumed-role/[a-z]{1,4}/[a-z@.]{1,4}|federated-user/[a-z]{1,4})|(AIDA|AROA)[A-Z0-9]{17}";
    let federated = "accounts\\.google\\.com|arn:aws:iam::[0-9]{12}:(saml|oidc)-provider/[a-z.]{1,8}";
    let plain = prop_oneof![
        aws.prop_map(|value| (PrincipalType::Aws, value)),
        "[a-z]{1,5}\\.amazonaws\\.com|[A-Z]{1,4}".prop_map(|value| (PrincipalType::Service, value))
    ];
    match policy_type {
        PolicyType::Trust => {
            prop_oneof![plain, federated.prop_map(|value| (PrincipalType::Federated, value))].boxed()
        }
        PolicyType::AccessPoint => {
            prop_oneof![plain, "[0-9a-f]{64}".prop_map(|value| (PrincipalType::CanonicalUser, value))].boxed()
        }
        _ => plain.boxed(),
    }
}

/// Entries of one type stand together, as they do in any text.
fn principal(policy_type: PolicyType) -> impl Strategy<Value = Option<Principal>> {
    let entries = vec(principal_entry(policy_type), 0..5).prop_map(|mut entries| {
        entries.sort_by_key(|(principal_type, _)| *principal_type);
        let entry = |(principal_type, value)| PrincipalEntry { principal_type, value: spanned(value) };
        Principal::Entries(entries.into_iter().map(entry).collect())
    });
    match policy_type {
        PolicyType::Rcp => Just(Some(Principal::Everyone)).boxed(),
        _ if !policy_type.has_principal() => Just(None).boxed(),
        _ => prop_oneof![Just(Principal::Everyone), entries].prop_map(Some).boxed(),
    }
}

fn operator() -> impl Strategy<Value = Operator> {
    let quantifier = select(vec![None, Some(SetQuantifier::ForAllValues), Some(SetQuantifier::ForAnyValue)]);
    (quantifier, select(OperatorName::ALL), any::<bool>()).prop_map(|(quantifier, name, if_exists)| {
        Operator { quantifier, name, if_exists: if_exists && name != OperatorName::Null }
    })
}

fn value(policy_type: PolicyType) -> impl Strategy<Value = ConditionValue> {
    prop_oneof![
        text(policy_type).prop_map(|text| ConditionValue { text, kind: ScalarKind::String }),
        Just(ConditionValue { text: "${aws:userid, 'x'}".to_owned(), kind: ScalarKind::String }),
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,9})?([eE][+-]?[0-9]{1,3})?"
            .prop_map(|text| ConditionValue { text, kind: ScalarKind::Number }),
        any::<bool>().prop_map(|truth| ConditionValue { text: truth.to_string(), kind: ScalarKind::Bool }),
    ]
}

fn key_block(policy_type: PolicyType) -> impl Strategy<Value = KeyBlock> {
    let key = prop_oneof!["[a-zA-Z0-9]{1,5}:[A-Za-z]{1,6}", "aws:RequestTag/[a-z:/ é\"]{1,6}"]
        .prop_filter_map("a lawful key", |text| ConditionKey::new(&text));
    (key, vec(value(policy_type), 0..4)).prop_map(|(key, values)| KeyBlock {
        key: spanned(key),
        values: values.into_iter().map(spanned).collect(),
    })
}

fn condition(policy_type: PolicyType) -> impl Strategy<Value = Condition> {
    let block = (operator(), vec(key_block(policy_type), 0..3)).prop_map(|(operator, mut keys)| {
        keys.sort_by(|left, right| left.key.value.cmp(&right.key.value));
        keys.dedup_by(|left, right| left.key == right.key);
        OperatorBlock { operator: spanned(operator), keys }
    });
    vec(block, 0..4).prop_map(|mut blocks| {
        blocks.sort_by_key(|block| block.operator.value);
        blocks.dedup_by_key(|block| block.operator.value);
        Condition { blocks }
    })
}

fn statement(policy_type: PolicyType) -> impl Strategy<Value = Statement> {
    let effect =
        if policy_type == PolicyType::Rcp { vec![Effect::Deny] } else { vec![Effect::Allow, Effect::Deny] };
    let takes_negated = matches!(
        policy_type,
        PolicyType::Resource | PolicyType::Kms | PolicyType::AccessPoint | PolicyType::Endpoint
    );
    let rest = (actions(policy_type), resources(policy_type), condition(policy_type));
    (select(effect), principal(policy_type), any::<bool>(), rest).prop_map(
        move |(effect, principal, negated, (action, resource, condition))| {
            let negated = negated && takes_negated && effect == Effect::Deny;
            Statement {
                sid: None,
                effect: spanned(effect),
                principal: principal.map(|principal| element(principal, negated)),
                action,
                resource,
                condition,
                span: Span::default(),
            }
        },
    )
}

/// A lawful policy of any type.
pub(crate) fn policy() -> impl Strategy<Value = Policy> {
    select(PolicyType::ALL.to_vec()).prop_flat_map(|policy_type| {
        let takes_id = policy_type.has_principal() && policy_type != PolicyType::Rcp;
        let id = if takes_id { option::of(text(policy_type)).boxed() } else { Just(None).boxed() };
        let version = match policy_type {
            PolicyType::Rcp => vec![Some(Version::V2012)],
            _ => vec![None, Some(Version::V2008), Some(Version::V2012)],
        };
        let sids = vec(option::of("[A-Za-z0-9]{0,3}"), 4);
        (select(version), id, vec(statement(policy_type), 0..4), sids).prop_map(
            move |(version, id, mut statements, sids)| {
                for (index, (statement, sid)) in statements.iter_mut().zip(sids).enumerate() {
                    // Unique where they must be: the place is part of it, unless the Sid is empty.
                    let unique = |sid: String| if sid.is_empty() { sid } else { format!("{sid}{index}x") };
                    statement.sid = sid.map(|sid| spanned(Sid(unique(sid))));
                }
                Policy {
                    policy_type,
                    version: version.map(spanned),
                    id: id.map(spanned),
                    statements,
                    span: Span::default(),
                }
            },
        )
    })
}
