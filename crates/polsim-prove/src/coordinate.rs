//! The coordinates of a request: what can be chosen freely of one another, once the situation is fixed.
//!
//! Keys that follow from the principal are no coordinates of their own: a test on `aws:PrincipalArn` is a test on the
//! ARN of the principal. That is what makes answers about both exact together.

use polsim_arn::{ArnPattern, Class, Pattern, TextSet, Token};
use polsim_eval::{KeyId, PrincipalKind, Reading};

/// A coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Coordinate {
    /// The action, in lower case.
    Action,
    /// The resource.
    Resource,
    /// The ARN of the principal; of a role session, the ARN of its role.
    PrincipalArn,
    /// The ARN of the user behind a federated user.
    IssuerArn,
    /// The name of a role session.
    SessionName,
    /// The unique id of a user or a session.
    UniqueId,
    /// The name of a service or provider.
    Name,
    /// The canonical id of the account.
    CanonicalId,
    /// A condition key that does not follow from the rest.
    Key(KeyId),
    /// Whether an ambiguity is read the other way.
    Reading(Reading),
}

impl Coordinate {
    /// Whether what it can hold depends on the kind of the principal.
    pub(crate) fn is_of_principal(self) -> bool {
        !matches!(self, Self::Action | Self::Resource | Self::Key(_) | Self::Reading(_))
    }
}

/// All texts that a coordinate other than a key can hold for a kind of principal.
pub(crate) fn domain(coordinate: Coordinate, kind: PrincipalKind) -> TextSet {
    let pattern = |text: &str| TextSet::from(Pattern::wildcard(text));
    match coordinate {
        Coordinate::Action => pattern("?*:?*"),
        Coordinate::Resource => TextSet::union([Pattern::exact("*"), ArnPattern::any()]),
        Coordinate::PrincipalArn => principal_arns(kind),
        Coordinate::SessionName | Coordinate::CanonicalId => pattern("?*"),
        Coordinate::UniqueId => match kind {
            PrincipalKind::RoleSession => pattern("?*:?*"),
            _ => pattern("?*"),
        },
        Coordinate::Name => match kind {
            PrincipalKind::Service => pattern("?*.amazonaws.com*"),
            _ => pattern("?*"),
        },
        Coordinate::IssuerArn => principal_arns(PrincipalKind::User),
        Coordinate::Key(_) | Coordinate::Reading(_) => TextSet::all(),
    }
}

/// ARNs of principals of a kind: twelve characters of account, and a name.
fn principal_arns(kind: PrincipalKind) -> TextSet {
    let resource = match kind {
        PrincipalKind::User => "user/?*",
        PrincipalKind::RoleSession => "role/?*",
        PrincipalKind::FederatedUser => "federated-user/?*",
        PrincipalKind::Root => "root",
        PrincipalKind::Service | PrincipalKind::Saml | PrincipalKind::Oidc | PrincipalKind::Anonymous => {
            return TextSet::none();
        }
    };
    let service = if kind == PrincipalKind::FederatedUser { "sts" } else { "iam" };
    let text = format!("arn:aws*:{service}::????????????:{resource}");
    ArnPattern::parse(&text).map_or_else(TextSet::none, TextSet::from)
}

/// The ARNs whose account matches a pattern. Wildcards of the pattern stop at colons, as an account has none.
pub(crate) fn arns_of_account(account: &Pattern) -> Pattern {
    // No account has a colon in it, and no ARN is empty.
    if account.tokens().iter().any(|token| matches!(token, Token::Literal(':') | Token::Folded(':'))) {
        return Pattern::exact("");
    }
    let head =
        "arn:*:*:*:".chars().map(|c| if c == '*' { Token::Many(Class::NotColon) } else { Token::Literal(c) });
    let account = account.tokens().iter().map(|token| match token {
        Token::One(_) => Token::One(Class::NotColon),
        Token::Many(_) => Token::Many(Class::NotColon),
        other => *other,
    });
    Pattern::from_tokens(head.chain(account).chain([Token::Literal(':'), Token::Many(Class::Any)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i7_an_account_pattern_speaks_of_the_account_of_the_arn() {
        let pattern = arns_of_account(&Pattern::wildcard("1111*"));
        assert!(pattern.matches("arn:aws:iam::111122223333:user/bob"));
        assert!(!pattern.matches("arn:aws:iam::222222223333:user/1111"));
        assert!(!pattern.matches("arn:aws:iam:1111:222222223333:user/bob"));
        let with_user = arns_of_account(&Pattern::wildcard("111122223333:user/a"));
        assert!(!with_user.matches("arn:aws:iam::111122223333:user/a:b"));
    }

    #[test]
    fn s5_2_each_kind_has_its_form_of_arn() {
        assert!(
            domain(Coordinate::PrincipalArn, PrincipalKind::User)
                .contains("arn:aws:iam::111122223333:user/a/b")
        );
        assert!(
            !domain(Coordinate::PrincipalArn, PrincipalKind::User).contains("arn:aws:iam::111122223333:root")
        );
        assert!(!domain(Coordinate::PrincipalArn, PrincipalKind::User).contains("arn:aws:iam::1:user/a"));
    }
}
