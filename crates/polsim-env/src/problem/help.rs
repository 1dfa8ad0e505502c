//! Codes, and what to do about each problem.

use super::{Misfit, ProblemKind, Unavailable};
use std::borrow::Cow;

impl ProblemKind {
    /// The stable code; of a broken policy that of the policy's problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "ENV001",
            Self::TooLarge { .. } | Self::TooMuch(_) => "ENV002",
            Self::Empty => "ENV003",
            Self::DuplicateName(_) => "ENV004",
            Self::WrongKind { .. } => "ENV005",
            Self::UnknownField { .. } => "ENV006",
            Self::MissingField(_) => "ENV007",
            Self::UnknownName { .. } => "ENV008",
            Self::AccountId(_) => "ENV009",
            Self::NoArn(_) => "ENV010",
            Self::OtherArn { .. } => "ENV011",
            Self::OtherAccount { .. } => "ENV012",
            Self::NoAccount(_) => "ENV013",
            Self::DescribedTwice { .. } => "ENV014",
            Self::Cycle(_) => "ENV015",
            Self::RootWithParent => "ENV016",
            Self::NoLevels => "ENV017",
            Self::NoScps => "ENV018",
            Self::HomelessAccount(_) => "ENV019",
            Self::InsideAndOutside(_) => "ENV020",
            Self::GuardrailOutside(_) => "ENV021",
            Self::TwoManagementAccounts { .. } => "ENV022",
            Self::Misplaced { .. } => "ENV023",
            Self::Id { .. } => "ENV024",
            Self::NoGateway(_) => "ENV025",
            Self::OtherRegion { .. } => "ENV026",
            Self::NoBucket => "ENV027",
            Self::NoText { .. } => "ENV028",
            Self::ManagementOfNothing(_) => "ENV029",
            Self::SessionOfNothing => "ENV030",
            Self::Other { code, .. } => code,
            Self::Load(diagnosis) => diagnosis.code(),
            Self::Policy { problem, .. } => problem.code(),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<Cow<'static, str>> {
        let text = match self {
            Self::UnknownField { near, known, .. } => {
                return Some(Cow::Owned(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the fields are {}", known.join(", ")),
                }));
            }
            Self::UnknownName { near, .. } => {
                let near = near.as_deref()?;
                return Some(Cow::Owned(format!("did you mean `{near}`?")));
            }
            Self::Other { help, .. } => return help.clone().map(Cow::Owned),
            Self::Load(diagnosis) => return diagnosis.help(),
            Self::Policy { problem, .. } => return problem.help(),
            Self::Misplaced { why, .. } => match why {
                Misfit::NotInAws => "remove it",
                Misfit::ServiceLinked => {
                    "remove it: AWS does not let a boundary limit what its own services need"
                }
                Misfit::OnIssuer => "write it on the role or user that the session is of",
                Misfit::ToldByArn => "remove it: the ARN of a session tells its role",
            },
            Self::NoText { why: Unavailable::NotFound, .. } => "paths are relative to the environment file",
            Self::NoText { why: Unavailable::Outside, .. } => {
                "move it into the tree, or use `--allow-outside`"
            }
            Self::Syntax(_) | Self::TooLarge { .. } | Self::NoText { .. } | Self::WrongKind { .. } => {
                return None;
            }
            Self::TooMuch(_) => "write policies into files of their own",
            Self::Empty => "write `accounts`, `principals`, `resources`, … ",
            Self::DuplicateName(_) => "remove one, or rename it",
            Self::MissingField(_) => "add it",
            Self::AccountId(_) => {
                "write the 12 digits in quotes, so that YAML loses no zero: \"012345678901\""
            }
            Self::NoArn(_) => "write `arn:partition:service:region:account:resource`",
            Self::OtherArn { .. } => "see the schema for what may stand here",
            Self::OtherAccount { .. } => "correct one of them, or leave `account` out",
            Self::NoAccount(_) => "add `account`: the ARN does not hold it",
            Self::DescribedTwice { .. } => "put everything into one entry",
            Self::Cycle(_) => "every level leads up to the first one, the root",
            Self::RootWithParent => "remove `parent`, or put the root first",
            Self::NoLevels => "add the root: `levels: [{ name: root }]`",
            Self::NoScps => "leave `scps` out when only AWS's own `FullAWSAccess` is attached",
            Self::HomelessAccount(_) => "add `level: …` or `outside: true`",
            Self::InsideAndOutside(_) => "remove `outside` or the other field",
            Self::GuardrailOutside(_) => "remove them, or say which `level` the account is in",
            Self::TwoManagementAccounts { .. } => "remove `management` from one",
            Self::Id { .. } => "copy it from the console",
            Self::NoGateway(_) => {
                "gateways lead to s3, dynamodb and s3express; others have `kind: interface`"
            }
            Self::OtherRegion { .. } => "correct one of them, or leave `region` out",
            Self::ManagementOfNothing(_) => "add `organization`, or remove `management`",
            Self::SessionOfNothing => "describe the role as well",
            Self::NoBucket => "move them to the bucket that is behind them",
        };
        Some(Cow::Borrowed(text))
    }
}
