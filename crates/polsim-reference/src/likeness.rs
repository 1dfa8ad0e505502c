//! “Did you mean …”: the known names that a name is like.

use crate::action::Action;
use crate::folded;
use crate::key::Key;
use crate::reference::Reference;

/// How many suggestions help; more are a list to search.
const MOST: usize = 3;

/// No name is longer; comparing longer texts would only take time.
const LONGEST: usize = 160;

impl Reference {
    /// The prefixes of services that are spelt like this.
    #[must_use]
    pub fn services_like(&self, prefix: &str) -> Vec<&str> {
        likest(prefix, self.prefixes(), |known| known)
    }

    /// The actions that `service:Name` may have meant: spelt like it in the same service, of the same name in
    /// another one, or in a service that is spelt like it.
    #[must_use]
    pub fn actions_like(&self, action: &str) -> Vec<Action<'_>> {
        let Some((prefix, name)) = action.split_once(':') else {
            return Vec::new();
        };
        if let Some(service) = self.service(prefix) {
            let alike = likest(name, service.actions(), |action| action.name());
            if !alike.is_empty() {
                return alike;
            }
        } else {
            let services = self.services_like(prefix).into_iter().filter_map(|known| self.service(known));
            let found: Vec<_> = services.filter_map(|service| service.action(name)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        let mut elsewhere: Vec<_> =
            self.services().filter_map(|service| service.action(name)).take(MOST + 1).collect();
        if elsewhere.len() > MOST {
            // `TagResource` is everywhere; no place of it is likelier than the others.
            elsewhere.clear();
        }
        elsewhere
    }

    /// The condition keys that are spelt like this: global ones, and those of the service of the prefix.
    #[must_use]
    pub fn keys_like(&self, name: &str) -> Vec<Key<'_>> {
        let service = name.split_once(':').and_then(|(prefix, _)| self.service(prefix));
        let of_service = service.into_iter().flat_map(|service| service.keys());
        let others = of_service.filter(|key| self.global_key(key.name()).is_none());
        likest(name, self.global_keys().chain(others), |key| key.name())
    }
}

/// The candidates whose names are few slips of the pen away, the nearest first.
fn likest<'r, T: Copy>(name: &str, known: impl Iterator<Item = T>, of: impl Fn(T) -> &'r str) -> Vec<T> {
    if name.len() > LONGEST {
        return Vec::new();
    }
    let name = name.to_ascii_lowercase();
    let most = (name.len() / 4).clamp(1, 3);
    let slips = |candidate: T| {
        let known = of(candidate);
        // The distance is at least the difference of the lengths.
        if known.len().abs_diff(name.len()) > most {
            return None;
        }
        let slips = strsim::osa_distance(&name, &known.to_ascii_lowercase());
        (slips <= most).then_some((slips, candidate))
    };
    let mut near: Vec<_> = known.filter_map(slips).collect();
    near.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| folded::compare(of(*one), of(*other))));
    near.into_iter().map(|(_, candidate)| candidate).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actions(name: &str) -> Vec<String> {
        let reference = Reference::bundled().unwrap();
        reference.actions_like(name).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_slip_of_the_pen_is_put_right() {
        assert_eq!(actions("s3:GetObjects").first().map(String::as_str), Some("s3:GetObject"));
        assert_eq!(actions("s3:ListBuckets").first().map(String::as_str), Some("s3:ListBucket"));
        assert!(actions("s3:MakeCoffee").is_empty());
        assert!(actions(&format!("s3:{}", "x".repeat(100_000))).is_empty());
    }

    #[test]
    fn an_action_is_found_in_the_service_that_has_it() {
        assert_eq!(actions("iam:AssumeRole"), ["sts:AssumeRole"]);
        assert_eq!(actions("s4:GetObject"), ["s3:GetObject"]);
        assert!(actions("nowhere:TagResource").is_empty());
    }

    #[test]
    fn keys_are_found_among_the_global_ones_and_those_of_the_service() {
        let reference = Reference::bundled().unwrap();
        let names = |name| reference.keys_like(name).iter().map(|key| key.name()).collect::<Vec<_>>();
        assert_eq!(names("aws:SourceVpcs").first(), Some(&"aws:SourceVpc"));
        assert_eq!(names("s3:prefx"), ["s3:prefix"]);
    }
}
