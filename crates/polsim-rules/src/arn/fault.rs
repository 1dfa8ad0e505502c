//! What is wrong with an ARN, as far as the forms of the reference tell.
//!
//! A newcomer would doubt that Region and account are looked at apart from the rest: first the resource part says which
//! types are meant, whatever stands before it, and then their forms say what may stand there.

use crate::keys::is_placeholder;
use crate::places::{is_region, partition_of, partitions};
use polsim_arn::{Arn, ArnPattern, Pattern};
use polsim_policy::Statement;
use polsim_reference::{ArnForm, Reference, ResourceType};
use polsim_text::Spanned;
use std::cell::OnceCell;

/// Services whose resources the reference has in part only: those of API Gateway are paths of its web interface, and
/// the two kinds of load balancers share a prefix but not their tables (2026-09).
pub(super) const KNOWN_IN_PART: [&str; 2] = ["apigateway", "elasticloadbalancing"];

/// Services that have resources of AWS itself, whose ARNs name no account: documents, images, platforms, views (2026-09).
const OF_AWS: [&str; 5] = ["ssm", "ec2", "elasticbeanstalk", "rds", "resource-explorer-2"];

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
    if !region.is_empty() && !is_wild(region) && !is_placeholder(region) {
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
    if !account.is_empty() && !is_wild(account) && !is_account && !is_name && !is_placeholder(account) {
        return Some(Fault::new("ARN009", format!("`{account}` is no account: those have 12 digits")));
    }
    None
}

/// What is wrong with Region, account or resource by the forms of the service, as far as one rule asks.
pub(super) fn of_forms<'r>(reference: &'r Reference, arn: &Arn<'r>, code: &'static str) -> Option<Fault> {
    let Arn { service, region, account, resource, .. } = *arn;
    let is_asked = match code {
        "ARN007" => !can_be_empty(region),
        "ARN008" => region.is_empty(),
        "ARN010" => !can_be_empty(account),
        "ARN011" => account.is_empty() && !OF_AWS.contains(&service),
        _ => !KNOWN_IN_PART.contains(&service),
    };
    let is_small = !service.bytes().any(|byte| byte.is_ascii_uppercase());
    let is_plain = is_small && !is_wild(service) && !resource.starts_with('*') && !is_placeholder(resource);
    if !is_asked || !is_plain {
        return None;
    }
    let mut fitting = fitting(reference, arn).peekable();
    if code == "ARN012" {
        let is_unlike =
            fitting.peek().is_none() && has_types(reference, service) && !fits_elsewhere(reference, arn);
        return is_unlike.then(|| of_resource(reference, arn));
    }
    let (resource_type, first) = *fitting.peek()?;
    let fits = |form: &ArnForm, at: usize, field: &str| match form.as_str().split(':').nth(at) {
        Some("") | None => can_be_empty(field),
        Some(_) => !field.is_empty(),
    };
    let (at, field) = if matches!(code, "ARN007" | "ARN008") { (3, region) } else { (4, account) };
    if fitting.any(|(_, form)| fits(form, at, field)) {
        return None;
    }
    let names = match code {
        "ARN007" => "names no Region",
        "ARN008" => "names a Region",
        "ARN010" => "names no account",
        _ => "names an account",
    };
    let sentence =
        format!("the ARN of a `{}` of `{service}` {names}: this matches nothing", resource_type.name());
    Some(Fault { help: Some(format!("the form is {}", first.as_str())), ..Fault::new(code, sentence) })
}

/// Whether the ARN can be that of a type that another service lists, as `servicecatalog` does with `catalog`, or one of
/// the service's own whose form does not begin with its name.
fn fits_elsewhere(reference: &Reference, arn: &Arn<'_>) -> bool {
    let relaxed = Relaxed::new(arn);
    let Some(pattern) = relaxed.pattern() else { return true };
    let is_meant = |known: ResourceType<'_>| is_of(known, arn.service) || known.service() == arn.service;
    reference.resource_types_of(pattern).any(is_meant)
}

/// The forms of the service that the resource part fits, whatever stands before it.
fn fitting<'r>(
    reference: &'r Reference,
    arn: &Arn<'r>,
) -> impl Iterator<Item = (ResourceType<'r>, &'r ArnForm)> {
    let (service, relaxed) = (arn.service, Relaxed::new(arn));
    let types = reference.service(service).into_iter().flat_map(|service| service.resource_types());
    let forms = types.flat_map(|known| known.arns().iter().map(move |form| (known, form)));
    forms.filter(move |(_, form)| form.service() == service && relaxed.can_be(form))
}

/// An ARN of which the partition, the Region and the account do not matter.
pub(super) struct Relaxed<'a> {
    service: &'a str,
    resource: &'a str,
    /// Made when it is first needed; `None` when this is no ARN.
    pattern: OnceCell<Option<Pattern>>,
}

impl<'a> Relaxed<'a> {
    pub(super) fn new(arn: &Arn<'a>) -> Self {
        Self { service: arn.service, resource: arn.resource, pattern: OnceCell::new() }
    }

    /// Variables of the resource part are wildcards.
    fn pattern(&self) -> Option<&Pattern> {
        let parse =
            || ArnPattern::parse(&format!("arn:*:{}:*:*:{}", self.service, without_variables(self.resource)));
        self.pattern.get_or_init(parse).as_ref()
    }

    /// Whether it can have a form. What is seen at a glance is not asked of the pattern: few ARNs
    /// have more than a literal beginning and something behind it.
    pub(super) fn can_be(&self, form: &ArnForm) -> bool {
        let part = form.as_str().splitn(6, ':').nth(5).filter(|_| form.service() == self.service);
        if let Some(part) = part {
            let (head, written) = (literal_head(part), literal_head(self.resource));
            if written.starts_with(head) {
                let rest = part.strip_prefix(head).unwrap_or("");
                // A variable at the end holds whatever is left.
                if is_one_variable(rest) || (rest.is_empty() && written == head && self.resource == head) {
                    return true;
                }
            } else if !head.starts_with(written) {
                return false;
            }
            if head.starts_with(written) && self.resource.strip_prefix(written) == Some("*") {
                return true;
            }
        }
        self.pattern().is_some_and(|pattern| !form.pattern().is_disjoint(pattern))
    }
}

/// Whether a text is one variable and nothing more, such as `${FunctionName}`.
fn is_one_variable(text: &str) -> bool {
    let name = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| !name.contains('$'))
}

/// What stands before the first wildcard or variable.
fn literal_head(text: &str) -> &str {
    text.split(['*', '?', '$']).next().unwrap_or("")
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
    let bare = |word: &str| word.trim_end_matches('s').replace('-', "").to_ascii_lowercase();
    let mut near = words.filter(|known| !known.is_empty() && bare(known) == bare(&written));
    near.find(|word| *word != written).map(|word| format!("did you mean `{word}`?"))
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
    let mut own = reference.service(service).into_iter().flat_map(|service| service.resource_types());
    if own.any(|known| is_of(known, service)) {
        return true;
    }
    let all = ArnPattern::parse(&format!("arn:*:{service}:*:*:*"));
    all.is_some_and(|all| reference.resource_types_of(&all).any(|known| is_of(known, service)))
}

/// Whether a type has ARNs with this service; a few have a variable in its place, which stands for other services.
fn is_of(resource_type: ResourceType<'_>, service: &str) -> bool {
    resource_type.arns().iter().any(|form| form.service() == service)
}

/// The entries whose service is not known, neither as a prefix of actions nor in the form of an ARN.
pub(crate) fn services_without_facts<'s>(
    reference: &Reference,
    statement: &'s Statement,
) -> Vec<(&'s Spanned<String>, &'s str)> {
    let named =
        arns(statement).map(|(entry, arn)| (entry, arn.service)).filter(|(_, name)| !is_placeholder(name));
    let plain = named.filter(|(_, service)| !service.is_empty() && !is_wild(service));
    let unknown =
        plain.filter(|(_, service)| reference.service(service).is_none() && !has_types(reference, service));
    unknown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The codes of what is found in an ARN.
    fn codes(text: &str) -> Vec<&'static str> {
        let reference = Reference::bundled().unwrap();
        let arn = Arn::parse(text).unwrap();
        let rules = ["ARN007", "ARN008", "ARN010", "ARN011", "ARN012"];
        let of_forms = rules.into_iter().filter_map(|code| of_forms(reference, &arn, code));
        of_fields(&arn).into_iter().chain(of_forms).map(|fault| fault.code).collect()
    }

    #[test]
    fn arns_as_services_have_them() {
        for text in [
            "arn:aws:s3:::reports/*",
            "arn:aws:s3:*:*:*",
            "arn:aws:s3:eu-west-1:111122223333:accesspoint/reports/object/*",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "arn:*:iam::*:role/${aws:PrincipalTag/team}-*",
            "arn:aws:ec2:eu-west-1::image/ami-1",
            "arn:aws:ssm:*::document/AWS-RunShellScript",
            "arn:aws:catalog:*:*:product/*",
            "arn:aws:apigateway:*::/tags",
            "arn:aws:cloudformation:*:*:stack/[STACK]",
        ] {
            assert_eq!(codes(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn arns_that_match_nothing() {
        for (text, code) in [
            ("arn:amazon:s3:::b", "ARN004"),
            ("arn:aws:S3:::b", "ARN005"),
            ("arn:aws:sqs:cn-north-1:111122223333:q", "ARN006"),
            ("arn:aws:s3:eu-west-1::b", "ARN007"),
            ("arn:aws:sns::111122223333:t", "ARN008"),
            ("arn:aws:iam::1111-2222-3333:role/x", "ARN009"),
            ("arn:aws:s3::111122223333:b", "ARN010"),
            ("arn:aws:iam:::role/x", "ARN011"),
            ("arn:aws:cloudformation:*:*:stack/x", "ARN012"),
            ("arn:aws:lambda:*:*:function/x", "ARN012"),
        ] {
            assert_eq!(codes(text), [code], "{text}");
        }
    }
}
