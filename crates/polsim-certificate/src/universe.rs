//! Which requests there are: what each part of a request can be, and where what a policy asks about is to be found.

use crate::circuit::Coordinate;
use polsim_arn::{ArnPattern, Class, Pattern, TextSet, Token};
use polsim_eval::{Principal, PrincipalKind};

/// Any twelve characters that an ARN can have for an account.
pub(crate) fn any_account() -> TextSet {
    Pattern::from_tokens([Token::One(Class::NotColon); 12]).into()
}

/// All texts that a part of a request can be, for a kind of principal (S2.3.9, S5.2).
pub(crate) fn domain(coordinate: Coordinate, kind: PrincipalKind) -> TextSet {
    let matching = |text: &str| TextSet::from(Pattern::wildcard(text));
    let arns = |service: &str, resource: &str| {
        let text = format!("arn:aws*:{service}::????????????:{resource}");
        ArnPattern::parse(&text).map_or_else(TextSet::none, TextSet::from)
    };
    match (coordinate, kind) {
        (Coordinate::Action, _) => matching("?*:?*"),
        (Coordinate::Resource, _) => TextSet::union([Pattern::exact("*"), ArnPattern::any()]),
        (Coordinate::PrincipalArn, PrincipalKind::User) | (Coordinate::IssuerArn, _) => {
            arns("iam", "user/?*")
        }
        (Coordinate::PrincipalArn, PrincipalKind::RoleSession) => arns("iam", "role/?*"),
        (Coordinate::PrincipalArn, PrincipalKind::Root) => arns("iam", "root"),
        (Coordinate::PrincipalArn, PrincipalKind::FederatedUser) => arns("sts", "federated-user/?*"),
        (Coordinate::PrincipalArn, _) => TextSet::none(),
        (Coordinate::UniqueId, PrincipalKind::RoleSession) => matching("?*:?*"),
        (Coordinate::Name, PrincipalKind::Service) => matching("?*.amazonaws.com*"),
        (Coordinate::UniqueId | Coordinate::Name | Coordinate::SessionName | Coordinate::CanonicalId, _) => {
            matching("?*")
        }
    }
}

/// The ARNs whose account matches a pattern.
pub(crate) fn with_account(account: &Pattern) -> Pattern {
    // An account has no colon in it, and no ARN is empty.
    if account.tokens().contains(&Token::Literal(':')) || account.tokens().contains(&Token::Folded(':')) {
        return Pattern::exact("");
    }
    let colon = Token::Literal(':');
    let part = Token::Many(Class::NotColon);
    let mut tokens: Vec<Token> = "arn".chars().map(Token::Literal).collect();
    for _ in 0..3 {
        tokens.extend([colon, part]);
    }
    tokens.push(colon);
    tokens.extend(account.tokens().iter().map(|token| match token {
        Token::One(_) => Token::One(Class::NotColon),
        Token::Many(_) => part,
        other => *other,
    }));
    tokens.extend([colon, Token::Many(Class::Any)]);
    Pattern::from_tokens(tokens)
}

/// Two principals of a kind that have nothing in common but what all of the kind have.
pub(crate) fn examples(kind: PrincipalKind) -> [Principal; 2] {
    let accounts = [("aws", "111122223333", "one"), ("aws-cn", "444455556666", "two")];
    accounts.map(|(partition, account, name)| {
        let arn = |service: &str, resource: &str| format!("arn:{partition}:{service}::{account}:{resource}");
        let (text, issuer) = match kind {
            PrincipalKind::User => (Some(arn("iam", &format!("user/{name}"))), None),
            PrincipalKind::RoleSession => {
                let session = arn("sts", &format!("assumed-role/{name}/session-{name}"));
                (Some(session), Some(arn("iam", &format!("role/{name}"))))
            }
            PrincipalKind::FederatedUser => {
                let issuer = arn("iam", &format!("user/behind-{name}"));
                (Some(arn("sts", &format!("federated-user/{name}"))), Some(issuer))
            }
            PrincipalKind::Root => (Some(arn("iam", "root")), None),
            PrincipalKind::Service => (Some(format!("{name}.amazonaws.com")), None),
            PrincipalKind::Saml | PrincipalKind::Oidc => (Some(format!("{name}.example.com")), None),
            PrincipalKind::Anonymous => (None, None),
        };
        let mut principal = Principal::new(kind, text.as_deref());
        principal.issuer_arn = issuer;
        principal.unique_id = Some(format!("AIDA{name}:id"));
        principal.canonical_id = Some(format!("canonical-{name}"));
        principal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_pattern_speaks_of_the_account_of_an_arn() {
        let pattern = with_account(&Pattern::wildcard("1111*"));
        assert!(pattern.matches("arn:aws:iam::111122223333:user/a"));
        assert!(!pattern.matches("arn:aws:iam::222222222222:user/1111"));
    }

    #[test]
    fn examples_are_in_their_domain() {
        for kind in PrincipalKind::ALL {
            for example in examples(kind) {
                let arn = example.principal_arn();
                assert_eq!(arn.is_some(), kind.is_bound_by_scps(), "{kind:?}");
                assert!(
                    arn.is_none_or(|arn| domain(Coordinate::PrincipalArn, kind).contains(&arn)),
                    "{kind:?}"
                );
            }
        }
    }
}
