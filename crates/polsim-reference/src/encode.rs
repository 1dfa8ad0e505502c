//! From plain facts to bytes.
//!
//! The file: eight letters, the number of the form, a check sum of all that follows; then the version, the global keys and
//! those of OIDC providers as blocks of services without a name, who lists whose keys, the services with what is needed to find one, and a block
//! for each service. A block is its texts, one behind the other, and then its numbers (LEB128) in the order in
//! which a reader meets them: the length of the next text, how many items follow, places in a list that came before.
//! Nothing is compressed: the file is smaller than what it costs to carry a decompressor and to run it for a lookup.

use crate::facts::{ActionFacts, Facts, KeyFacts, ResourceTypeFacts, ResourceUseFacts, ServiceFacts};
use crate::folded;
use crate::words::{AccessLevel, Arity, KeyType};
use std::collections::{BTreeMap, BTreeSet};

/// The number of the form.
pub(crate) const FORM: u8 = 1;
/// How the bytes begin.
pub(crate) const MAGIC: &[u8; 8] = b"polsimRF";

/// Facts that do not fit together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// A name that comes twice in a service.
    #[error("`{service}` has the {what} `{name}` twice")]
    Twice {
        /// The prefix of the service.
        service: String,
        /// What kind of thing has the name.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A name that nothing in the service has.
    #[error("`{service}` has no {what} `{name}`, which `{by}` names")]
    Unknown {
        /// The prefix of the service.
        service: String,
        /// What kind of thing was expected.
        what: &'static str,
        /// The name.
        name: String,
        /// The action or resource type that names it.
        by: String,
    },
    /// A text that cannot stand where it does.
    #[error("`{name}` cannot be {what} of `{service}`")]
    Form {
        /// The prefix of the service.
        service: String,
        /// What it should be.
        what: &'static str,
        /// The text.
        name: String,
    },
    /// More than the form has room for.
    #[error("`{service}` has more than {max} {what}")]
    TooMany {
        /// The prefix of the service.
        service: String,
        /// Of what.
        what: &'static str,
        /// How many there can be.
        max: usize,
    },
}

impl FactError {
    /// The prefix of the service, and the name in it, that the error is about.
    #[must_use]
    pub fn at(&self) -> (&str, &str) {
        match self {
            Self::Twice { service, name, .. }
            | Self::Unknown { service, name, .. }
            | Self::Form { service, name, .. } => (service, name),
            Self::TooMany { service, .. } => (service, service),
        }
    }
}

/// The bytes of all facts. The same facts give the same bytes.
///
/// # Errors
/// [`FactError`] when they do not fit together.
pub fn encode(facts: &Facts) -> Result<Vec<u8>, FactError> {
    let mut services: Vec<&ServiceFacts> = facts.services.iter().collect();
    services.sort_by(|a, b| folded::compare(&a.prefix, &b.prefix));
    if let Some([first, _]) = services.windows(2).find_map(|pair| match pair {
        [a, b] if a.prefix.eq_ignore_ascii_case(&b.prefix) => Some([a, b]),
        _ => None,
    }) {
        let name = first.prefix.clone();
        return Err(FactError::Twice { service: name.clone(), what: "prefix", name });
    }
    let mut body = Bytes::default();
    for text in [&facts.version.package, &facts.version.version, &facts.version.date] {
        body.text(text);
    }
    for keys in [&facts.global_keys, &facts.provider_keys] {
        let block = encode_service(&ServiceFacts { keys: keys.clone(), ..ServiceFacts::default() })?;
        body.number(block.len());
        body.0.extend(block);
    }
    let owners = owners(&services);
    body.number(owners.len());
    for (prefix, listed_by) in owners {
        body.text(prefix);
        body.number(listed_by.len());
        listed_by.iter().for_each(|service| body.text(service));
    }
    body.number(services.len());
    let mut blocks = Vec::new();
    for service in services {
        let block = encode_service(service)?;
        body.text(&service.prefix);
        let parts = arn_services(service);
        body.number(parts.len());
        parts.iter().for_each(|part| body.text(part));
        body.number(block.len());
        blocks.extend(block);
    }
    body.0.extend(blocks);
    let mut bytes = MAGIC.to_vec();
    bytes.push(FORM);
    bytes.extend(check_sum(&body.0).to_le_bytes());
    bytes.extend(body.0);
    Ok(bytes)
}

/// FNV-1a over words of eight bytes: a change of one word always shows.
pub(crate) fn check_sum(bytes: &[u8]) -> u64 {
    let step = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x0000_0100_0000_01b3);
    let (words, rest) = bytes.as_chunks::<8>();
    let sum = words.iter().fold(0xcbf2_9ce4_8422_2325, |sum, word| step(sum, u64::from_le_bytes(*word)));
    let sum = rest.iter().fold(sum, |sum, byte| step(sum, u64::from(*byte)));
    step(sum, bytes.len() as u64)
}

/// Of the prefixes of keys that are no global key's, those that a service of another name lists: `saml` keys are listed
/// by `sts`, some of `ec2` by `ssm`.
pub(crate) fn owners<'f>(services: &[&'f ServiceFacts]) -> BTreeMap<&'f str, BTreeSet<&'f str>> {
    let mut owners = BTreeMap::<&str, BTreeSet<&str>>::new();
    for service in services {
        for key in &service.keys {
            match key.name.split_once(':') {
                Some((prefix, _)) if prefix != "aws" && !prefix.eq_ignore_ascii_case(&service.prefix) => {
                    owners.entry(prefix).or_default().insert(&service.prefix);
                }
                _ => {}
            }
        }
    }
    owners
}

/// The service parts of the ARNs of a service.
pub(crate) fn arn_services(service: &ServiceFacts) -> BTreeSet<&str> {
    let arns = service.resource_types.iter().flat_map(|resource_type| &resource_type.arns);
    arns.filter_map(|arn| arn.split(':').nth(2)).collect()
}

#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    /// LEB128: seven bits a byte, the lowest first.
    fn number(&mut self, number: usize) {
        let mut rest = number;
        loop {
            let low = (rest & 0x7f) as u8;
            rest >>= 7;
            if rest == 0 {
                return self.0.push(low);
            }
            self.0.push(low | 0x80);
        }
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend(text.as_bytes());
    }
}

/// The block of a service.
struct Block<'f> {
    service: &'f str,
    texts: String,
    numbers: Bytes,
    keys: BTreeMap<String, usize>,
    types: BTreeMap<String, usize>,
}

/// The bytes of one service.
pub(crate) fn encode_service(facts: &ServiceFacts) -> Result<Vec<u8>, FactError> {
    let keys = sorted(&facts.keys, |key| &key.name, &facts.prefix, "condition key")?;
    let types = sorted(&facts.resource_types, |row| &row.name, &facts.prefix, "resource type")?;
    let actions = sorted(&facts.actions, |action| &action.name, &facts.prefix, "action")?;
    let mut block = Block {
        service: &facts.prefix,
        texts: String::new(),
        numbers: Bytes::default(),
        keys: numbered(keys.iter().map(|key| &key.name)),
        types: numbered(types.iter().map(|row| &row.name)),
    };
    block.text(&facts.prefix);
    block.text(&facts.name);
    block.numbers.number(usize::from(facts.has_rcp));
    block.numbers.number(keys.len());
    keys.iter().for_each(|key| block.key(key));
    block.numbers.number(types.len());
    types.iter().try_for_each(|row| block.resource_type(row))?;
    block.numbers.number(actions.len());
    actions.iter().try_for_each(|action| block.action(action))?;
    let mut bytes = Bytes::default();
    bytes.text(&block.texts);
    bytes.0.extend(block.numbers.0);
    Ok(bytes.0)
}

fn sorted<'f, T>(
    items: &'f [T],
    name: impl Fn(&T) -> &String,
    service: &str,
    what: &'static str,
) -> Result<Vec<&'f T>, FactError> {
    let max = usize::from(u16::MAX);
    if items.len() > max {
        return Err(FactError::TooMany { service: service.to_owned(), what, max });
    }
    let mut sorted: Vec<&T> = items.iter().collect();
    sorted.sort_by(|a, b| folded::compare(name(a), name(b)));
    let twice = sorted.windows(2).find_map(|pair| match pair {
        [a, b] if name(a).eq_ignore_ascii_case(name(b)) => Some(name(b).clone()),
        _ => None,
    });
    match twice {
        Some(name) => Err(FactError::Twice { service: service.to_owned(), what, name }),
        None => Ok(sorted),
    }
}

fn numbered<'n>(names: impl Iterator<Item = &'n String>) -> BTreeMap<String, usize> {
    names.enumerate().map(|(at, name)| (name.to_ascii_lowercase(), at)).collect()
}

impl Block<'_> {
    fn text(&mut self, text: &str) {
        self.numbers.number(text.len());
        self.texts.push_str(text);
    }

    fn key(&mut self, key: &KeyFacts) {
        self.text(&key.name);
        let key_type = KeyType::ALL.iter().position(|known| *known == key.key_type).unwrap_or(0);
        let many = usize::from(key.arity == Arity::Many);
        self.numbers.number(key_type << 2 | usize::from(key.is_also_numeric) << 1 | many);
    }

    fn resource_type(&mut self, row: &ResourceTypeFacts) -> Result<(), FactError> {
        self.text(&row.name);
        self.numbers.number(row.arns.len());
        for arn in &row.arns {
            if !arn.starts_with("arn:") || arn.split(':').count() < 6 {
                let service = self.service.to_owned();
                return Err(FactError::Form { service, what: "the form of an ARN", name: arn.clone() });
            }
            self.text(arn);
        }
        self.list(&row.keys, &row.name)
    }

    fn action(&mut self, action: &ActionFacts) -> Result<(), FactError> {
        self.text(&action.name);
        let level = AccessLevel::ALL.iter().position(|known| *known == action.level);
        self.numbers.number(level.unwrap_or(0));
        self.list(&action.keys, &action.name)?;
        self.uses(&action.resource_types, &action.name)?;
        self.numbers.number(action.dependents.len());
        action.dependents.iter().for_each(|name| self.text(name));
        self.numbers.number(action.scenarios.len());
        for scenario in &action.scenarios {
            self.text(&scenario.name);
            self.uses(&scenario.resource_types, &action.name)?;
        }
        Ok(())
    }

    fn uses(&mut self, uses: &[ResourceUseFacts], by: &str) -> Result<(), FactError> {
        self.numbers.number(uses.len());
        for row in uses {
            let at = self.types.get(&row.name.to_ascii_lowercase());
            let at = *at.ok_or_else(|| self.unknown("resource type", &row.name, by))?;
            self.numbers.number(at << 1 | usize::from(row.is_required));
            self.list(&row.keys, by)?;
        }
        Ok(())
    }

    /// A list of keys by their numbers, in order: how many there are, and how far it is from each to the next.
    fn list(&mut self, keys: &[String], by: &str) -> Result<(), FactError> {
        let at = |key: &String| match self.keys.get(&key.to_ascii_lowercase()) {
            Some(at) => Ok(*at),
            None => Err(self.unknown("condition key", key, by)),
        };
        let numbers = keys.iter().map(at).collect::<Result<BTreeSet<usize>, FactError>>()?;
        self.numbers.number(numbers.len());
        let mut last = 0;
        for at in numbers {
            self.numbers.number(at - last);
            last = at;
        }
        Ok(())
    }

    fn unknown(&self, what: &'static str, name: &str, by: &str) -> FactError {
        FactError::Unknown {
            service: self.service.to_owned(),
            what,
            name: name.to_owned(),
            by: by.to_owned(),
        }
    }
}
