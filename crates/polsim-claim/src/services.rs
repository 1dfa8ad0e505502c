//! The facts about services that are part of the program, as the prover asks for them.

use polsim_arn::{ActionName, ActionPattern, ArnPattern, Pattern, TextSet};
use polsim_prove::Reference;
use polsim_reference::{Action, ArnForm};
use std::sync::Arc;

/// The facts about services; `None` when the program file is damaged.
#[must_use]
pub fn bundled() -> Option<Arc<dyn Reference>> {
    Some(Arc::new(Services(polsim_reference::Reference::bundled().ok()?)))
}

#[derive(Debug)]
struct Services(&'static polsim_reference::Reference);

impl Services {
    fn action(&self, name: &str) -> Option<Action<'static>> {
        self.0.action(&ActionName::parse(name).ok()?)
    }
}

/// The types of resources of an action.
fn types(action: Action<'static>) -> Vec<&'static str> {
    let mut types: Vec<&str> = action.resources().map(|resource| resource.resource_type().name()).collect();
    types.sort_unstable();
    types.dedup();
    types
}

/// The ARNs of a form. The names of buckets have no slash, which tells them from objects (S4.17.8).
fn arns_of(form: &ArnForm) -> TextSet {
    let arns = TextSet::from(form.pattern().clone());
    match ArnPattern::parse("arn:*:*:*:*:*/*") {
        Some(with_slash) if form.as_str().ends_with(":${BucketName}") => {
            arns.and(&TextSet::from(with_slash).not())
        }
        _ => arns,
    }
}

/// How many actions are examples of a pattern.
const EXAMPLES: usize = 3;

impl Reference for Services {
    fn matching(&self, pattern: &Pattern) -> Vec<String> {
        let parsed = ActionPattern::parse(&pattern.to_text());
        let found = parsed.iter().flat_map(|pattern| self.0.matching(pattern));
        found.take(EXAMPLES).map(|action| action.to_string()).collect()
    }

    fn arns(&self, action: &str) -> Option<TextSet> {
        let action = self.action(action)?;
        let forms = action.resources().flat_map(|resource| resource.resource_type().arns());
        Some(forms.fold(TextSet::none(), |arns, form| arns.or(&arns_of(form))))
    }

    fn alike(&self, action: &str) -> Vec<String> {
        let others = || {
            let known = self.action(action)?;
            let own = types(known);
            let alike = self.0.service(known.service())?.actions().filter(|other| types(*other) == own);
            Some(alike.map(|other| other.to_string().to_ascii_lowercase()).collect())
        };
        others().unwrap_or_else(|| vec![action.to_owned()])
    }

    fn may_carry(&self, action: &str, key: &str) -> Option<bool> {
        Some(self.action(action)?.all_keys().any(|known| known.covers(key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s4_17_8_buckets_are_no_objects() {
        let services = bundled().unwrap();
        let objects = services.arns("s3:getobject").unwrap();
        assert!(objects.contains("arn:aws:s3:::b/k") && !objects.contains("arn:aws:s3:::b"));
        let buckets = services.arns("s3:listbucket").unwrap();
        assert!(buckets.contains("arn:aws:s3:::b") && !buckets.contains("arn:aws:s3:::b/k"));
        assert!(!services.arns("s3:listallmybuckets").unwrap().contains("arn:aws:s3:::b"));
        assert!(services.arns("s3:nosuchaction").is_none());
    }

    #[test]
    fn actions_with_the_same_resources_are_alike() {
        let services = bundled().unwrap();
        let alike = services.alike("s3:getobject");
        assert!(alike.contains(&"s3:getobject".to_owned()), "{alike:?}");
        assert!(!alike.contains(&"s3:listbucket".to_owned()), "{alike:?}");
        assert_eq!(services.alike("s3:nosuchaction"), ["s3:nosuchaction"]);
    }

    #[test]
    fn keys_of_a_service_go_with_some_of_its_actions() {
        let services = bundled().unwrap();
        assert_eq!(services.may_carry("s3:listbucket", "s3:prefix"), Some(true));
        assert_eq!(services.may_carry("s3:getobject", "s3:prefix"), Some(false));
        assert_eq!(services.may_carry("s3:nosuchaction", "s3:prefix"), None);
    }
}
