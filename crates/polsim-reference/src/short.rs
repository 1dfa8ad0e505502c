//! Many actions of one service, written short: `s3:*`, or `s3:Get*` where all actions that begin so are meant.

use crate::service::Service;

/// Patterns that match these actions of a service, and none other that the service is known to have.
#[must_use]
pub fn short(service: &Service, names: &[&str]) -> Vec<String> {
    let all: Vec<&str> = service.actions().map(|action| action.name()).collect();
    let has = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    let prefix = service.prefix();
    if !all.is_empty() && all.iter().all(|name| has(name)) {
        return vec![format!("{prefix}:*")];
    }
    let mut patterns: Vec<String> = Vec::new();
    for name in names {
        let verb = first_word(name);
        let alike: Vec<&&str> = all.iter().filter(|other| other.starts_with(verb)).collect();
        let is_whole = alike.len() > 1 && alike.iter().all(|other| has(other));
        let pattern = if is_whole { format!("{prefix}:{verb}*") } else { format!("{prefix}:{name}") };
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    patterns
}

/// `Get` of `GetObject`.
fn first_word(name: &str) -> &str {
    let end = name
        .char_indices()
        .skip(1)
        .find(|(_, letter)| letter.is_uppercase())
        .map_or(name.len(), |(at, _)| at);
    name.get(..end).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reference;

    fn of(prefix: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let service = Reference::bundled().unwrap().service(prefix).unwrap();
        let names: Vec<&str> =
            service.actions().map(|action| action.name()).filter(|name| wanted(name)).collect();
        short(service, &names)
    }

    #[test]
    fn whole_services_and_whole_verbs_are_one_pattern() {
        assert_eq!(of("sqs", |_| true), ["sqs:*"]);
        assert_eq!(of("s3", |name| name.starts_with("Get")), ["s3:Get*"]);
        // One that is missing: all have to be named.
        let most = of("s3", |name| name.starts_with("Get") && name != "GetObject");
        assert!(most.len() > 10 && !most.contains(&"s3:Get*".to_owned()), "{most:?}");
        assert_eq!(of("s3", |name| name == "GetObject"), ["s3:GetObject"]);
    }
}
