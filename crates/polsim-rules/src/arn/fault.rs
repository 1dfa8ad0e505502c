//! What is wrong with an ARN, as far as the forms of the reference tell.
//!
//! A newcomer would doubt that Region and account are looked at apart from the rest: first the resource part says which
//! types are meant, whatever stands before it, and then their forms say what may stand there.

use crate::places::{is_region, partition_of, partitions};
use polsim_arn::{Arn, ArnPattern, Pattern};
use polsim_policy::Statement;
use polsim_reference::{ArnForm, Reference};
use polsim_text::Spanned;

/// Something wrong with an ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The code of the rule.
    pub(super) code: &'static str,
    /// What is wrong.
    pub(super) sentence: String,
    /// What to do.
    pub(super) help: Option<String>,
    /// The ARN as it should be.
    pub(super) right: Option<String>,
}

impl Fault {
    fn new(code: &'static str, sentence: impl Into<String>) -> Self {
        Self { code, sentence: sentence.into(), help: None, right: None }
    }
}

/// The entries of `Resource` and `NotResource` that are ARNs of six fields; without those whose first fields have
/// variables, which are plain text there and reported as such.
pub(super) fn arns(statement: &Statement) -> impl Iterator<Item = (&Spanned<String>, Arn<'_>)> {
    let entries = statement.resource.as_ref().map_or(&[][..], |element| element.listed().as_slice());
    entries.iter().filter_map(|entry| {
        let arn = Arn::parse(&entry.value)?;
        let head = arn.text.strip_suffix(arn.resource)?;
        (!head.contains("${")).then_some((entry, arn))
    })
}

fn is_wild(field: &str) -> bool {
    field.contains(['*', '?'])
}

/// Whether a field can stand for no text at all.
fn can_be_empty(field: &str) -> bool {
    field.bytes().all(|byte| byte == b'*')
}

/// What is wrong with the fields by themselves.
pub(super) fn of_fields(arn: &Arn<'_>) -> Option<Fault> {
    let Arn { partition, service, region, account, resource, .. } = *arn;
    if !is_wild(partition) && !partitions().any(|known| known == partition) {
        let known = partitions().collect::<Vec<_>>().join(", ");
        return Some(Fault {
            help: Some(format!("the partitions are {known}")),
            ..Fault::new("ARN004", format!("`{partition}` is no partition"))
        });
    }
    let small = service.to_ascii_lowercase();
    if small != service {
        return Some(Fault {
            help: Some(format!("write `{small}`")),
            right: Some(format!("arn:{partition}:{small}:{region}:{account}:{resource}")),
            ..Fault::new(
                "ARN005",
                format!("services are written in small letters, and `{service}` matches nothing"),
            )
        });
    }
    if !region.is_empty() && !is_wild(region) {
        if !is_region(region) {
            return Some(Fault::new("ARN006", format!("`{region}` is no Region that is known (2026-09)")));
        }
        let home = partition_of(region).filter(|home| *home != partition && !is_wild(partition));
        if let Some(home) = home {
            return Some(Fault {
                help: Some(format!("write `{home}`")),
                ..Fault::new("ARN006", format!("`{region}` is a Region of the partition `{home}`"))
            });
        }
    }
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    // `aws` owns managed policies and public images, others are names of services in ARNs of identities.
    let is_name =
        !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if !account.is_empty()
        && !is_wild(account)
        && !is_account
        && !is_name
        && !account.contains(['<', '[', '{'])
    {
        return Some(Fault::new("ARN009", format!("`{account}` is no account: those have 12 digits")));
    }
    None
}

/// What is wrong with Region, account and resource by the forms of the service.
pub(super) fn of_forms(reference: &Reference, arn: &Arn<'_>) -> Vec<Fault> {
    let Arn { service, region, account, resource, .. } = *arn;
    if is_wild(service) || service.bytes().any(|byte| byte.is_ascii_uppercase()) || resource == "*" {
        return Vec::new();
    }
    let Some(relaxed) = relaxed(arn) else { return Vec::new() };
    let types: Vec<_> = reference.resource_types_of(&relaxed).collect();
    if types.is_empty() {
        return if has_types(reference, service) { vec![of_resource(reference, arn)] } else { Vec::new() };
    }
    let forms = types.iter().flat_map(|resource_type| resource_type.arns());
    let forms: Vec<_> = forms.filter(|form| !form.pattern().is_disjoint(&relaxed)).collect();
    let fits = |form: &ArnForm, at: usize, field: &str| match form.as_str().split(':').nth(at) {
        Some("") | None => can_be_empty(field),
        Some(_) => !field.is_empty(),
    };
    let mut faults = Vec::new();
    if forms.iter().any(|form| fits(form, 3, region) && fits(form, 4, account)) {
        return faults;
    }
    let name = types.first().map_or("resource", |resource_type| resource_type.name());
    let form = forms.first().map(|form| format!("the form is {}", form.as_str()));
    let mut say =
        |code, sentence: String| faults.push(Fault { help: form.clone(), ..Fault::new(code, sentence) });
    if !forms.iter().any(|form| fits(form, 3, region)) {
        if region.is_empty() {
            say(
                "ARN008",
                format!("the ARN of a `{name}` of `{service}` names a Region: this matches nothing"),
            );
        } else {
            say(
                "ARN007",
                format!("the ARN of a `{name}` of `{service}` names no Region: this matches nothing"),
            );
        }
    }
    if !forms.iter().any(|form| fits(form, 4, account)) {
        if account.is_empty() {
            say(
                "ARN011",
                format!("the ARN of a `{name}` of `{service}` names an account: this matches nothing"),
            );
        } else {
            say(
                "ARN010",
                format!("the ARN of a `{name}` of `{service}` names no account: this matches nothing"),
            );
        }
    }
    faults
}

/// The resource part fits no type.
fn of_resource(reference: &Reference, arn: &Arn<'_>) -> Fault {
    let day = &reference.version().date;
    let sentence = format!("`{}` has no resource like `{}` that is known ({day})", arn.service, arn.resource);
    Fault { help: like(reference, arn), ..Fault::new("ARN012", sentence) }
}

/// The type whose word is spelt alike.
fn like(reference: &Reference, arn: &Arn<'_>) -> Option<String> {
    let word = |text: &str| text.split(['/', ':']).next().unwrap_or("").to_owned();
    let written = word(arn.resource);
    let service = reference.service(arn.service)?;
    let forms = service.resource_types().flat_map(|resource_type| resource_type.arns());
    let words = forms.filter_map(|form| form.as_str().splitn(6, ':').nth(5).map(word));
    let near = words
        .filter(|known| !known.is_empty() && known.trim_end_matches('s') == written.trim_end_matches('s'));
    near.map(|word| format!("did you mean `{word}`?")).next()
}

/// The ARN with any partition, Region and account; variables are wildcards.
pub(super) fn relaxed(arn: &Arn<'_>) -> Option<Pattern> {
    ArnPattern::parse(&format!("arn:*:{}:*:*:{}", arn.service, without_variables(arn.resource)))
}

/// A text with `*` in place of each variable.
fn without_variables(text: &str) -> String {
    let mut pieces = text.split("${");
    let mut plain = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        plain.push('*');
        plain.push_str(piece.split_once('}').map_or("", |(_, after)| after));
    }
    plain
}

/// Whether any type of resource has ARNs with this service.
fn has_types(reference: &Reference, service: &str) -> bool {
    let all = ArnPattern::parse(&format!("arn:*:{service}:*:*:*"));
    all.is_some_and(|all| reference.resource_types_of(&all).next().is_some())
}

/// The entries whose service is not known, neither as a prefix of actions nor in the form of an ARN.
pub(crate) fn services_without_facts<'s>(
    reference: &Reference,
    statement: &'s Statement,
) -> Vec<(&'s Spanned<String>, &'s str)> {
    let named = arns(statement).map(|(entry, arn)| (entry, arn.service));
    let plain = named.filter(|(_, service)| !service.is_empty() && !is_wild(service));
    let unknown =
        plain.filter(|(_, service)| reference.service(service).is_none() && !has_types(reference, service));
    unknown.collect()
}
