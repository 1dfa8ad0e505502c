//! The keys that follow from the principal (S5.2) and from the request (S7.3).

use crate::arn::{last_component, partition, segment};
use crate::context::lookup;
use crate::principal::session_role_name;
use crate::{Context, InputError, Principal, PrincipalKind, Request, Value};

/// What is known about a key.
enum Cell {
    /// It has this value.
    Is(String),
    /// It is absent.
    Absent,
    /// The input does not tell; the caller's value, if any, stands.
    Unknown,
}

/// The context of a request with all derived keys.
///
/// # Errors
/// S5.1.2: the caller's context contradicts a derived key.
pub fn derive(request: &Request) -> Result<Context, InputError> {
    let principal = &request.principal;
    let mut context = request.context.clone();
    for (key, cell) in [
        ("aws:PrincipalArn", principal_arn(principal)),
        ("aws:PrincipalType", principal_type(principal)),
        ("aws:userid", user_id(principal)),
        ("aws:username", user_name(principal)),
        ("aws:PrincipalAccount", principal_account(principal)),
        ("aws:PrincipalIsAWSService", is_aws_service(principal)),
        ("aws:ResourceAccount", Cell::Is(request.resource_account.clone())),
    ] {
        put(&mut context, key, cell)?;
    }
    // S5.2: when only the session ARN is known, a role of that name without path, unless the caller gives the key.
    if principal.kind == PrincipalKind::RoleSession
        && lookup(&context, "aws:PrincipalArn").is_none()
        && let Some(role) = session_role_without_path(principal)
    {
        context.insert("aws:PrincipalArn".into(), Value::One(role));
    }
    // S7.3: false unless the caller says otherwise.
    if lookup(&context, "aws:ViaAWSService").is_none() {
        context.insert("aws:ViaAWSService".into(), Value::One("false".into()));
    }
    Ok(context)
}

/// S5.1.2: derived unless given; a contradiction is an input error.
fn put(context: &mut Context, key: &str, cell: Cell) -> Result<(), InputError> {
    let given = lookup(context, key).map(Value::all);
    let agrees = match (&given, &cell) {
        (None, _) | (_, Cell::Unknown) => true,
        (Some(given), Cell::Is(value)) => given.as_slice() == [value.clone()],
        (Some(_), Cell::Absent) => false,
    };
    if !agrees {
        return Err(InputError::Contradiction(key.to_string()));
    }
    if let (None, Cell::Is(value)) = (given, cell) {
        context.insert(key.to_string(), Value::One(value));
    }
    Ok(())
}

fn known(value: Option<&str>) -> Cell {
    value.map_or(Cell::Unknown, |value| Cell::Is(value.to_string()))
}

/// S5.2, column aws:PrincipalArn. A role session has its role's ARN.
fn principal_arn(principal: &Principal) -> Cell {
    let arn = principal.arn.as_deref();
    match principal.kind {
        PrincipalKind::User | PrincipalKind::FederatedUser | PrincipalKind::Root => known(arn),
        PrincipalKind::RoleSession => known(principal.role_arn.as_deref()),
        PrincipalKind::Service | PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc => {
            Cell::Absent
        }
    }
}

/// S5.2, column aws:PrincipalType. A SAML or OIDC caller is unsigned (S4.15.7) like the anonymous one.
fn principal_type(principal: &Principal) -> Cell {
    let word = match principal.kind {
        PrincipalKind::Root => "Account",
        PrincipalKind::User => "User",
        PrincipalKind::RoleSession => "AssumedRole",
        PrincipalKind::FederatedUser => "FederatedUser",
        PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc => "Anonymous",
        PrincipalKind::Service => return Cell::Absent,
    };
    Cell::Is(word.to_string())
}

/// S5.2, column aws:userid.
fn user_id(principal: &Principal) -> Cell {
    let arn = principal.arn.as_deref().unwrap_or("");
    let account = account(principal);
    match principal.kind {
        PrincipalKind::Root => known(account),
        PrincipalKind::User => known(principal.unique_id.as_deref()),
        PrincipalKind::RoleSession => match principal.unique_id.as_deref() {
            Some(id) if id.contains(':') => Cell::Is(id.to_string()),
            Some(id) => Cell::Is(format!("{id}:{}", last_component(arn))),
            None => Cell::Unknown,
        },
        PrincipalKind::FederatedUser => match account {
            Some(account) => Cell::Is(format!("{account}:{}", last_component(arn))),
            None => Cell::Unknown,
        },
        PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc => {
            Cell::Is("anonymous".to_string())
        }
        PrincipalKind::Service => Cell::Absent,
    }
}

/// S5.2, column aws:username: users only, without the path.
fn user_name(principal: &Principal) -> Cell {
    match principal.kind {
        PrincipalKind::User => known(principal.arn.as_deref().map(last_component)),
        _ => Cell::Absent,
    }
}

/// S5.2, column aws:PrincipalAccount; `anonymous` for unsigned requests (S4.14.2, S5.3).
fn principal_account(principal: &Principal) -> Cell {
    match principal.kind {
        PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc => {
            Cell::Is("anonymous".to_string())
        }
        PrincipalKind::Service => Cell::Absent,
        _ => known(account(principal)),
    }
}

/// S7.3, S5.5 I5; absent for unsigned requests (S4.14.2, S5.3).
fn is_aws_service(principal: &Principal) -> Cell {
    match principal.kind {
        PrincipalKind::Anonymous | PrincipalKind::Saml | PrincipalKind::Oidc => Cell::Absent,
        PrincipalKind::Service => Cell::Is("true".to_string()),
        _ => Cell::Is("false".to_string()),
    }
}

/// The principal's account: as given, else the fifth segment of its ARN (S5.5 I7).
pub(crate) fn account(principal: &Principal) -> Option<&str> {
    let arn = principal.arn.as_deref().unwrap_or("");
    principal.account.as_deref().or_else(|| partition(arn).map(|_| segment(arn, 5)))
}

/// `arn:…:role/app` of `arn:…:assumed-role/app/i-1`.
fn session_role_without_path(principal: &Principal) -> Option<String> {
    let session = principal.arn.as_deref()?;
    let name = session_role_name(session)?;
    Some(format!("arn:{}:iam::{}:role/{name}", segment(session, 2), segment(session, 5)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(context: &Context, key: &str) -> Option<String> {
        lookup(context, key).map(|value| value.all().join(","))
    }

    fn request(kind: PrincipalKind, arn: &str) -> Request {
        let principal = Principal {
            kind,
            arn: Some(arn.into()),
            account: Some("111111111111".into()),
            ..Principal::default()
        };
        Request { principal, resource_account: "222222222222".into(), ..Request::default() }
    }

    #[test]
    fn s5_2_users_and_federated_users() {
        let context =
            derive(&request(PrincipalKind::User, "arn:aws:iam::111111111111:user/a/b/bob")).unwrap();
        assert_eq!(text(&context, "aws:username").as_deref(), Some("bob"));
        assert_eq!(text(&context, "aws:userid"), None);
        assert_eq!(text(&context, "aws:ResourceAccount").as_deref(), Some("222222222222"));
        let arn = "arn:aws:sts::111111111111:federated-user/bob";
        let context = derive(&request(PrincipalKind::FederatedUser, arn)).unwrap();
        assert_eq!(text(&context, "aws:userid").as_deref(), Some("111111111111:bob"));
        assert_eq!(text(&context, "aws:username"), None);
    }

    #[test]
    fn s5_2_role_sessions() {
        let mut asked = request(PrincipalKind::RoleSession, "arn:aws:sts::111111111111:assumed-role/app/i-1");
        let arn = |asked: &Request| text(&derive(asked).unwrap(), "aws:PrincipalArn");
        assert_eq!(arn(&asked).as_deref(), Some("arn:aws:iam::111111111111:role/app"));
        asked.principal.role_arn = Some("arn:aws:iam::111111111111:role/svc/app".into());
        asked.principal.unique_id = Some("AROAX".into());
        assert_eq!(arn(&asked).as_deref(), Some("arn:aws:iam::111111111111:role/svc/app"));
        assert_eq!(text(&derive(&asked).unwrap(), "aws:userid").as_deref(), Some("AROAX:i-1"));
    }

    #[test]
    fn s5_1_2_contradictions() {
        let mut asked = request(PrincipalKind::User, "arn:aws:iam::111111111111:user/bob");
        asked.context.insert("AWS:username".into(), Value::One("bob".into()));
        assert!(derive(&asked).is_ok());
        asked.context.insert("AWS:username".into(), Value::One("al".into()));
        assert_eq!(derive(&asked), Err(InputError::Contradiction("aws:username".into())));
    }
}
