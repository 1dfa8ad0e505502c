//! Resources and data sources with the values of their attributes, wherever they were read from.

use crate::load::FoundPolicy;
use crate::load::later::{Hole, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The policies that were found, by the address of their resource.
pub(super) type Found = BTreeMap<String, Vec<Arc<FoundPolicy>>>;

/// Why an attribute has no value yet.
pub(super) const AFTER_APPLY: &str = "it is known only after apply";

/// A resource or a data source, one for each `count` and `for_each`.
#[derive(Debug)]
pub(super) struct Instance {
    /// Its address, such as `module.a.aws_iam_role.b["c"]`.
    pub(super) address: String,
    /// Its type, such as `aws_iam_role`.
    pub(super) kind: String,
    /// Whether it is a data source.
    pub(super) is_data: bool,
    /// Its attributes.
    pub(super) values: Value,
    /// What the expressions of its attributes refer to, where nothing else is known of them.
    pub(super) references: BTreeMap<String, Vec<String>>,
    /// Whether the configuration says what its attributes are; else those that are not known are up to AWS.
    pub(super) has_configuration: bool,
}

/// All resources of a plan, state or configuration.
#[derive(Debug, Default)]
pub(super) struct Module {
    pub(super) instances: Vec<Instance>,
}

impl Module {
    /// What `reference`, written in the module of `from`, leads to. Of several instances it is the one with the same key.
    pub(super) fn resolve(&self, from: &Instance, reference: &str) -> Option<&Instance> {
        let path = module_path(&from.address);
        let mut words = reference.split('.');
        let first = words.next()?;
        let head = if first == "data" { format!("data.{}", words.next()?) } else { first.to_owned() };
        let name = words.next()?;
        let name = name.split('[').next().unwrap_or(name);
        let wanted = if path.is_empty() { format!("{head}.{name}") } else { format!("{path}.{head}.{name}") };
        let mut found = self.instances.iter().filter(|instance| without_key(&instance.address) == wanted);
        let first = found.next()?;
        let key = |address: &str| address.get(without_key(address).len()..).map(str::to_owned);
        if key(&first.address) == key(&from.address) {
            return Some(first);
        }
        let same = found.find(|instance| key(&instance.address) == key(&from.address));
        // Without a key of the same name one that is alone is meant.
        same.or_else(|| key(&first.address).is_some_and(|key| key.is_empty()).then_some(first))
    }
}

impl Instance {
    /// A hole for one of its attributes.
    pub(super) fn hole(&self, attribute: &str) -> Hole {
        let reference = self.references.get(attribute).and_then(|references| references.first());
        let name = reference.cloned().unwrap_or_else(|| format!("{}.{attribute}", self.address));
        Hole::text(name, AFTER_APPLY)
    }

    /// The text of an attribute, when it is known.
    pub(super) fn text(&self, attribute: &str) -> Option<String> {
        self.values.get(attribute)?.as_text()
    }
}

/// The address of the module that something is in.
pub(super) fn module_path(address: &str) -> &str {
    let mut end = 0;
    let mut rest = address;
    while rest.starts_with("module.") {
        let Some(length) = step_len(rest.get(7..).unwrap_or_default()) else { break };
        end += 7 + length + 1;
        rest = address.get(end..).unwrap_or_default();
    }
    address.get(..end.saturating_sub(1)).unwrap_or_default()
}

/// How long the first step of an address is; dots in a key of `for_each` do not end it.
fn step_len(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '.' if !is_quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// An address without the key of its last step.
pub(super) fn without_key(address: &str) -> &str {
    let start = match module_path(address).len() {
        0 => 0,
        length => length + 1,
    };
    let own = address.get(start..).unwrap_or_default();
    let length = own.find('[').unwrap_or(own.len());
    address.get(..start + length).unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        assert_eq!(module_path("aws_iam_role.a"), "");
        assert_eq!(module_path("module.a.aws_iam_role.b"), "module.a");
        assert_eq!(module_path("module.a[\"x.y\"].module.b.aws_iam_role.c[0]"), "module.a[\"x.y\"].module.b");
        assert_eq!(
            without_key("module.a[\"x.y\"].aws_iam_role.c[\"d.e\"]"),
            "module.a[\"x.y\"].aws_iam_role.c"
        );
        assert_eq!(without_key("aws_iam_role.c"), "aws_iam_role.c");
    }
}
