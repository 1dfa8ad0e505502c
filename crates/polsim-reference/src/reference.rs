//! All services together: where every question starts.
//!
//! Opening the bundled facts checks their sum and reads which services there are, and nothing else; a service is decoded
//! when it is first asked for. Behind a right check sum the bytes are those that the encoder wrote, and the tests
//! decode every block of them, so lookups have no error: what is not found is unknown.

use crate::action::Action;
use crate::data_error::DataError;
use crate::decode::{Input, decode_service};
use crate::encode::{FORM, MAGIC, check_sum};
use crate::facts::Version;
use crate::folded;
use crate::key::Key;
use crate::resource_type::ResourceType;
use crate::rows::Rows;
use crate::service::Service;
use crate::template;
use polsim_arn::{ActionName, ActionPattern, Pattern, Token};
use std::sync::{Arc, OnceLock};

/// The facts that are part of the program.
static BUNDLED: &[u8] = include_bytes!("../data/reference.bin");

/// Facts about services.
///
/// ```
/// use polsim_reference::{AccessLevel, Reference};
/// use polsim_arn::{ActionName, ActionPattern};
///
/// let reference = Reference::bundled()?;
/// let action = reference.action(&ActionName::parse("S3:getobject")?).expect("S3 has objects");
/// assert_eq!(action.to_string(), "s3:GetObject");
/// assert_eq!(action.level(), AccessLevel::Read);
/// let types: Vec<&str> = action.resources().map(|resource| resource.resource_type().name()).collect();
/// assert!(types.contains(&"object"));
///
/// let tagging = ActionPattern::parse("s3:Get*Tagging")?;
/// assert!(reference.matching(&tagging).any(|action| action.name() == "GetObjectTagging"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reference {
    version: Version,
    global_keys: Arc<Rows>,
    provider_keys: Arc<Rows>,
    owners: Vec<Owner>,
    /// Sorted by prefix.
    pub(crate) slots: Vec<Arc<Slot>>,
}

/// Keys with a prefix that services of other names list.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    /// The prefix, which may have a variable.
    pub(crate) prefix: Box<str>,
    /// The services.
    pub(crate) services: Vec<Box<str>>,
}

/// A service that is decoded when it is asked for.
#[derive(Debug)]
pub(crate) struct Slot {
    prefix: Box<str>,
    /// The service parts of its ARNs, which may be variables.
    arn_services: Vec<Box<str>>,
    block: &'static [u8],
    service: OnceLock<Option<Service>>,
}

impl Slot {
    pub(crate) fn of(service: Service, arn_services: Vec<Box<str>>) -> Self {
        let prefix = service.prefix().into();
        Self { prefix, arn_services, block: &[], service: OnceLock::from(Some(service)) }
    }

    fn service(&self) -> Option<&Service> {
        self.service.get_or_init(|| decode_service(self.block).ok().map(Service::new)).as_ref()
    }
}

impl Reference {
    /// The facts that are part of the program.
    ///
    /// # Errors
    /// [`DataError`] when the program file is damaged.
    pub fn bundled() -> Result<&'static Self, DataError> {
        static OPENED: OnceLock<Result<Reference, DataError>> = OnceLock::new();
        OPENED.get_or_init(|| Self::open(BUNDLED)).as_ref().map_err(|error| *error)
    }

    /// Facts from the bytes of [`encode`](crate::encode()).
    ///
    /// # Errors
    /// [`DataError`] when they are damaged.
    pub fn open(bytes: &'static [u8]) -> Result<Self, DataError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(DataError::NotReferenceData)?;
        let (form, body) = body.split_first().ok_or(DataError::Ends("the head"))?;
        if *form != FORM {
            return Err(DataError::OtherForm(*form));
        }
        let (sum, body) = body.split_first_chunk::<8>().ok_or(DataError::Ends("the head"))?;
        if u64::from_le_bytes(*sum) != check_sum(body) {
            return Err(DataError::CheckSum);
        }
        let mut input = Input::new(body);
        let version = Version {
            package: input.text("the version")?.to_owned(),
            version: input.text("the version")?.to_owned(),
            date: input.text("the version")?.to_owned(),
        };
        let mut keys = |what| {
            let length = input.number(what)?;
            decode_service(input.take(length, what)?).map(Arc::new)
        };
        let (global_keys, provider_keys) = (keys("the global keys")?, keys("the keys of providers")?);
        let mut owners = Vec::new();
        for _ in 0..input.number("the number of owners")? {
            let prefix = input.text("a prefix")?.into();
            owners.push(Owner { prefix, services: texts(&mut input)? });
        }
        let mut heads = Vec::new();
        for _ in 0..input.number("the number of services")? {
            let prefix: Box<str> = input.text("a prefix")?.into();
            let arn_services = texts(&mut input)?;
            heads.push((prefix, arn_services, input.number("the length of a service")?));
        }
        let mut slots = Vec::with_capacity(heads.len());
        for (prefix, arn_services, length) in heads {
            let block = input.take(length, "a service")?;
            slots.push(Arc::new(Slot { prefix, arn_services, block, service: OnceLock::new() }));
        }
        input.end("the services")?;
        Ok(Self { version, global_keys, provider_keys, owners, slots })
    }

    /// Decodes every service.
    ///
    /// # Errors
    /// [`DataError`] of the first one that cannot be.
    pub fn check(&self) -> Result<(), DataError> {
        let bundled = self.slots.iter().filter(|slot| !slot.block.is_empty());
        bundled.map(|slot| decode_service(slot.block)).find_map(Result::err).map_or(Ok(()), Err)
    }

    /// Where the bundled facts come from, and of what day they are.
    #[must_use]
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// The prefixes of all services, in order.
    pub fn prefixes(&self) -> impl ExactSizeIterator<Item = &str> {
        self.slots.iter().map(|slot| &*slot.prefix)
    }

    /// All services by prefix. Each is decoded on the way.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.slots.iter().filter_map(|slot| slot.service())
    }

    /// The service of a prefix.
    #[must_use]
    pub fn service(&self, prefix: &str) -> Option<&Service> {
        let slot = folded::find(&self.slots, prefix, |slot| &slot.prefix)?;
        slot.service()
    }

    /// The facts about an action.
    #[must_use]
    pub fn action(&self, name: &ActionName) -> Option<Action<'_>> {
        let (prefix, name) = name.folded().split_once(':')?;
        self.service(prefix)?.action(name)
    }

    /// Every action that a pattern matches, by service and name.
    pub fn matching<'r>(&'r self, pattern: &ActionPattern) -> impl Iterator<Item = Action<'r>> + use<'r> {
        let named = pattern.service().map(|prefix| self.service(prefix));
        let all = named.is_none().then(|| self.services()).into_iter().flatten();
        let services = named.flatten().into_iter().chain(all);
        let folded = pattern.pattern();
        services.flat_map(move |service| service.matching_folded(folded.clone()))
    }

    /// The global keys by name: those that requests to every service have, and those that credentials bring along from
    /// the service that delivered them (`ec2:SourceInstanceArn`).
    pub fn global_keys(&self) -> impl ExactSizeIterator<Item = Key<'_>> {
        Key::all(&self.global_keys)
    }

    /// The global key of this name, or the global family that it belongs to.
    #[must_use]
    pub fn global_key(&self, name: &str) -> Option<Key<'_>> {
        Key::find(&self.global_keys, name)
    }

    /// The families of keys that every OIDC provider has, such as `${Provider}:sub` (S5.4).
    pub fn provider_keys(&self) -> impl ExactSizeIterator<Item = Key<'_>> {
        Key::all(&self.provider_keys)
    }

    /// The condition key of this name or the family that it belongs to: a global one, one of the service of its prefix,
    /// one that a service of another name lists, as `sts` does with `saml:aud`, or one that every OIDC provider
    /// has.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<Key<'_>> {
        if let Some(key) = self.global_key(name) {
            return Some(key);
        }
        let (prefix, _) = name.split_once(':')?;
        if let Some(key) = self.service(prefix).and_then(|service| service.key(name)) {
            return Some(key);
        }
        let owners = self.owners.iter().filter(|owner| template::matches(&owner.prefix, prefix));
        let services = owners.flat_map(|owner| &owner.services);
        let listed = services.filter_map(|prefix| self.service(prefix)?.key(name)).next();
        // Providers are named by their host, and no service has a dot in its prefix.
        listed.or_else(|| prefix.contains('.').then(|| Key::find(&self.provider_keys, name))?)
    }

    /// The resource types that the ARNs of a pattern can be of, in whatever service; the pattern is one that
    /// [`ArnPattern`](polsim_arn::ArnPattern) reads. See [`Service::resource_types_of`].
    pub fn resource_types_of<'r>(&'r self, arns: &'r Pattern) -> impl Iterator<Item = ResourceType<'r>> {
        let service = service_part(arns);
        let can_be = move |slot: &&Arc<Slot>| {
            let admits = |part: &str| service.as_ref().is_none_or(|service| service.matches(part));
            slot.arn_services.iter().any(|part| template::has_variable(part) || admits(part))
        };
        let slots = self.slots.iter().filter(can_be);
        slots.filter_map(|slot| slot.service()).flat_map(|service| service.resource_types_of(arns))
    }

    pub(crate) fn global_rows(&self) -> &Rows {
        &self.global_keys
    }

    /// Puts a service in, in place of one that has its prefix.
    pub(crate) fn put(&mut self, slot: Slot, owners: Vec<Owner>) {
        let slot = Arc::new(slot);
        match self.slots.binary_search_by(|known| folded::compare(&known.prefix, &slot.prefix)) {
            Ok(at) => {
                if let Some(place) = self.slots.get_mut(at) {
                    *place = slot;
                }
            }
            Err(at) => self.slots.insert(at, slot),
        }
        self.owners.extend(owners);
    }
}

fn texts(input: &mut Input<'_>) -> Result<Vec<Box<str>>, DataError> {
    let mut texts = Vec::new();
    for _ in 0..input.number("the length of a list")? {
        texts.push(input.text("a list")?.into());
    }
    Ok(texts)
}

/// The third part of a pattern of ARNs; `None` when it has none, and says nothing about the service.
fn service_part(arns: &Pattern) -> Option<Pattern> {
    let mut parts = arns.tokens().split(|token| *token == Token::Literal(':'));
    let part = parts.nth(2)?;
    parts.next()?;
    Some(Pattern::from_tokens(part.iter().copied()))
}
