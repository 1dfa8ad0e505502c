//! The kinds of problem and their messages.

use crate::{
    Effect, ElementName, Operator, OperatorName, PolicyType, PrincipalType, Quota, VariableProblemKind,
};
use polsim_arn::ActionError;
use polsim_text::json::JsonErrorKind;

/// What is wrong. The order is that of the clauses.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ProblemKind {
    /// The text is not one JSON value.
    #[error("{0}")]
    Json(JsonErrorKind),
    /// Several JSON values in a row.
    #[error("the text holds {count} documents, and a policy is one")]
    SeveralDocuments {
        /// How many.
        count: usize,
    },
    /// The document is a list, a string, ….
    #[error("a policy document is an object, and this is {found}")]
    NotAnObject {
        /// The JSON kind.
        found: &'static str,
    },
    /// A character that IAM does not store.
    #[error("IAM does not store the character {0:?} (U+{code:04X})", code = *.0 as u32)]
    CharacterNotStored(char),
    /// The same, in a type of policy that IAM does not store.
    #[error("the character {0:?} (U+{code:04X}) is one that IAM policies cannot hold", code = *.0 as u32)]
    UnusualCharacter(char),
    /// One name twice in one object.
    #[error("`{key}` appears twice in one object")]
    DuplicateKey {
        /// The name.
        key: String,
    },
    /// A name that is no element.
    #[error("`{name}` is not an element of the policy language")]
    UnknownElement {
        /// As written.
        name: String,
        /// What it may be meant to be.
        near: Option<ElementName>,
    },
    /// A known name with letters of the wrong case.
    #[error("the element `{right}` is written with the wrong letter case")]
    ElementCase {
        /// The right name.
        right: ElementName,
    },
    /// An element of statements at the top, or the reverse.
    #[error("`{0}` does not belong here")]
    MisplacedElement(ElementName),
    /// `null`.
    #[error("`null` is no value of the policy language")]
    Null,
    /// The wrong JSON type.
    #[error("`{element}` cannot be {found}")]
    WrongType {
        /// The element.
        element: ElementName,
        /// The JSON kind.
        found: &'static str,
    },
    /// A version that does not exist.
    #[error("there is no such version of the policy language")]
    InvalidVersion,
    /// No version and no variable.
    #[error("`Version` is missing, which means the version of 2008")]
    MissingVersion,
    /// No version although the text contains `${`.
    #[error(
        "`Version` is missing, which means the version of 2008: the variables in this policy are plain text"
    )]
    MissingVersionWithVariables,
    /// `Id` in a type that has none.
    #[error("{policy_type} policies have no `Id`", policy_type = .0)]
    IdNotAllowed(PolicyType),
    /// No statements at all.
    #[error("the document has no `Statement`")]
    MissingStatement,
    /// `Statement: []`
    #[error("the list of statements is empty: this policy never applies")]
    EmptyStatement,
    /// `X` and `NotX` in one statement.
    #[error("`{first}` and `{second}` exclude each other")]
    Exclusive {
        /// The plain element.
        first: ElementName,
        /// The negated one.
        second: ElementName,
    },
    /// `Sid: ""`
    #[error("the `Sid` is empty")]
    EmptySid,
    /// A character that a `Sid` of this type cannot hold.
    #[error("a `Sid` of {0} policies consists of the letters A–Z, a–z and the digits 0–9")]
    SidCharacters(PolicyType),
    /// The same `Sid` twice where it must be unique.
    #[error("two statements have the same `Sid`")]
    RepeatedSid,
    /// The same `Sid` twice where it should be unique.
    #[error("two statements have the same `Sid`, which not every service accepts")]
    RepeatedSidAdvice,
    /// No `Effect`.
    #[error("the statement has no `Effect`")]
    MissingEffect,
    /// Neither `Allow` nor `Deny`.
    #[error("`Effect` is `Allow` or `Deny`, in exactly this spelling")]
    InvalidEffect {
        /// What it may be meant to be.
        near: Option<Effect>,
    },
    /// A string other than `"*"`.
    #[error("`{element}` is \"*\" or an object that tells the type of principal")]
    PrincipalString {
        /// `Principal` or `NotPrincipal`.
        element: ElementName,
        /// The type that the string looks like.
        looks_like: Option<PrincipalType>,
    },
    /// An unknown key of the map form.
    #[error("`{name}` is not a type of principal")]
    UnknownPrincipalType {
        /// As written.
        name: String,
        /// What it may be meant to be.
        near: Option<PrincipalType>,
    },
    /// A value of the map form that is neither a string nor a list of strings.
    #[error("a principal is a string or a list of strings, and this is {found}")]
    PrincipalValueType {
        /// The JSON kind.
        found: &'static str,
    },
    /// No form of `AWS` principal.
    #[error("this is not an account, a user, a role or a session")]
    InvalidAwsPrincipal,
    /// `AIDA…`
    #[error("this is the unique id of a user, which IAM shows when the user was deleted")]
    UserId,
    /// `AROA…`
    #[error("this is the unique id of a role, which IAM shows when the role was deleted")]
    RoleId,
    /// A wildcard in a principal.
    #[error("a principal takes no wildcard, save the lone \"*\" for everyone")]
    WildcardInPrincipal(PrincipalType),
    /// A group.
    #[error("a group is not a principal")]
    GroupPrincipal,
    /// `Allow` with `NotPrincipal`.
    #[error("`NotPrincipal` goes with `Deny` only")]
    NotPrincipalWithAllow,
    /// `Federated` elsewhere than in trust policies.
    #[error("only the trust policy of a role takes `Federated` principals")]
    FederatedOutsideTrust,
    /// No identity provider.
    #[error("this is not an identity provider")]
    InvalidFederated,
    /// `Principal: {}` or `NotPrincipal: {}`.
    #[error("`{0}` names no one")]
    EmptyPrincipalMap(ElementName),
    /// `{"AWS": []}`
    #[error("this list of principals is empty")]
    EmptyPrincipalList,
    /// Not 64 hexadecimal digits.
    #[error("a canonical user id consists of 64 hexadecimal digits")]
    InvalidCanonicalUser,
    /// `CanonicalUser` for something that is not S3.
    #[error("only policies of S3 take `CanonicalUser` principals")]
    CanonicalUserOutsideS3,
    /// Not the usual shape of a service principal.
    #[error("this does not look like a service principal")]
    UnusualService,
    /// No `Action` and no `NotAction`.
    #[error("the statement has neither `Action` nor `NotAction`")]
    MissingAction,
    /// No lawful action.
    #[error("{0}")]
    InvalidAction(ActionError),
    /// `${…}` where no variable can stand.
    #[error("`{0}` takes no policy variables")]
    VariableInElement(ElementName),
    /// An empty list of actions or resources.
    #[error("the list `{0}` is empty: {effect}", effect = if matches!(.0, ElementName::NotAction | ElementName::NotResource) { "it always matches" } else { "it never matches" })]
    EmptyList(ElementName),
    /// No `Resource` and no `NotResource`.
    #[error("the statement has neither `Resource` nor `NotResource`")]
    MissingResource,
    /// Neither `*` nor an ARN.
    #[error("a resource is \"*\" or begins with `arn:`")]
    InvalidResource,
    /// A wildcard or variable in the service of an ARN.
    #[error("the service of an ARN takes no wildcard")]
    WildcardService,
    /// A wildcard in the word that tells the type of resource.
    #[error("the type of resource in an ARN takes no wildcard")]
    WildcardResourceType,
    /// Fewer than six fields, and no `*` that would stand for the rest.
    #[error("an ARN has six fields; this has {found} and matches nothing")]
    MissingArnField {
        /// How many there are.
        found: usize,
    },
    /// A variable that begins before the fifth colon.
    #[error("a variable before the fifth colon of an ARN is plain text: this matches nothing")]
    VariableTooEarly,
    /// A malformed variable.
    #[error("{0}")]
    Variable(VariableProblemKind),
    /// `${…}` under the version of 2008.
    #[error("under this version of the policy language a variable is plain text")]
    VariableInOldVersion,
    /// An operator whose value is no object.
    #[error("a condition operator takes an object of keys and values, and this is {found}")]
    OperatorValue {
        /// The JSON kind.
        found: &'static str,
    },
    /// No operator.
    #[error("`{name}` is not a condition operator")]
    UnknownOperator {
        /// As written.
        name: String,
        /// What it may be meant to be.
        near: Option<Operator>,
    },
    /// An operator with letters of the wrong case.
    #[error("the operator `{0}` is written with unusual letter case")]
    OperatorCase(Operator),
    /// Two operators that are equal ignoring case.
    #[error("the operator `{0}` appears twice, written differently")]
    DuplicateOperator(Operator),
    /// `NullIfExists`
    #[error("`Null` takes no `IfExists`")]
    NullIfExists,
    /// A condition key that is not `prefix:name`.
    #[error("a condition key has the form `prefix:name`")]
    ConditionKeyFormat,
    /// A key of a tag family without a tag.
    #[error("the condition key lacks the key of a tag, and so is in no request")]
    MissingTagKey,
    /// `${…}` in a condition key.
    #[error("a condition key takes no policy variables")]
    VariableInConditionKey,
    /// Two condition keys that are equal ignoring case.
    #[error("the condition key `{key}` appears twice under one operator, written differently")]
    DuplicateConditionKey {
        /// The second spelling.
        key: String,
    },
    /// A value that is no scalar.
    #[error("a condition value is a string, a number or a boolean, and this is {found}")]
    ConditionValueType {
        /// The JSON kind.
        found: &'static str,
    },
    /// `Condition: {}`
    #[error("the condition is empty and holds always")]
    EmptyCondition,
    /// `"StringLike": {}`
    #[error("the operator tests no key and holds always")]
    EmptyOperator,
    /// A key with an empty list of values.
    #[error("the list of values is empty: {}", empty_values(*.0))]
    EmptyValues(Operator),
    /// `${…}` under an operator that compares no text.
    #[error("`{0}` takes no policy variables")]
    VariableForOperator(OperatorName),
    /// `Principal` or `NotPrincipal` in a type without it.
    #[error("{0} policies name no principal")]
    PrincipalNotAllowed(PolicyType),
    /// `NotPrincipal` in a type that has `Principal` only.
    #[error("{0} policies take no `NotPrincipal`")]
    NotPrincipalNotAllowed(PolicyType),
    /// No principal where one is required.
    #[error("statements of {0} policies name a principal")]
    MissingPrincipal(PolicyType),
    /// An RCP without the one version that it can have.
    #[error("a resource control policy has the version 2012-10-17")]
    RcpVersion,
    /// An RCP for someone in particular.
    #[error("the principal of a resource control policy is \"*\"")]
    RcpPrincipal,
    /// An RCP that allows.
    #[error("a resource control policy only denies")]
    RcpAllow,
    /// `NotAction` in an RCP.
    #[error("a resource control policy takes no `NotAction`")]
    RcpNotAction,
    /// `*` in an RCP.
    #[error("a resource control policy names the service of its actions")]
    RcpAnyAction,
    /// A service that RCPs do not reach.
    #[error("resource control policies are not known to reach the service `{service}`")]
    RcpService {
        /// Its prefix.
        service: String,
    },
    /// `Resource` or `NotResource` in a trust policy.
    #[error("a trust policy has no `{0}`: the role that carries it is meant")]
    TrustResource(ElementName),
    /// A trust policy for everyone.
    #[error("everyone, in every account, may try to assume this role")]
    TrustEveryone,
    /// An action that assumes no role.
    #[error("this action means nothing in a trust policy")]
    TrustAction,
    /// A SAML provider with the action for OIDC, or the reverse.
    #[error("this action does not fit the identity provider of the statement")]
    TrustActionMismatch,
    /// An endpoint policy for someone in particular.
    #[error("gateway endpoints know no principal but \"*\"")]
    EndpointPrincipal,
    /// A resource that is no access point.
    #[error("the resources of an access point policy are the access point and its objects")]
    AccessPointResource,
    /// A key policy for something else than `*`.
    #[error("the resource of a key policy is the key that carries it, written \"*\"")]
    KmsResource,
    /// Longer than a quota that the caller named.
    #[error("the policy has {size} {unit}, and {quota} may have {limit}", unit = .quota.unit(), limit = .quota.limit())]
    TooLong {
        /// The quota.
        quota: Quota,
        /// What counts towards it.
        size: usize,
    },
    /// Longer than the quota that probably applies.
    #[error("the policy has {size} {unit}; {quota} could have {limit}", unit = .quota.unit(), limit = .quota.limit())]
    ProbablyTooLong {
        /// The quota.
        quota: Quota,
        /// What counts towards it.
        size: usize,
    },
}

/// S3.1.3 and S3.13.2 in words.
fn empty_values(operator: Operator) -> &'static str {
    use crate::SetQuantifier;
    match (operator.quantifier, operator.name.is_negated(), operator.if_exists) {
        (Some(SetQuantifier::ForAllValues), false, _) => "it holds only when the key is absent",
        (Some(SetQuantifier::ForAnyValue), false, _) => "it never holds",
        (Some(SetQuantifier::ForAllValues), true, _) | (None, true, _) => "it always holds",
        (Some(SetQuantifier::ForAnyValue), true, _) => "it holds whenever the key is present",
        (None, false, true) => "it holds only when the key is absent",
        (None, false, false) => "it never holds",
    }
}
