//! Which buckets a resource pattern reaches, by the rules for names of buckets.
//!
//! What surprises: `*` also stands for `/`. In `amazonlinux.*.amazonaws.com/*` the first `*` can end the name of the
//! bucket, so that the rest, which seems to say whose bucket it is, is only part of the key:
//! `amazonlinux.evil/x.amazonaws.com/payload`.
//!
//! A pattern is a row of tokens, and the first `/` of a path falls on one of them: on a literal `/`, or inside of a
//! wildcard. What stands in front of that place is a pattern for names of buckets alone, so the buckets that a pattern
//! reaches are the union of at most as many patterns as it has wildcards in front of its first literal `/`, each cut
//! down to names that exist. Facts as of 2026: the page of AWS on naming rules for general purpose buckets.

use polsim_arn::{Budget, Class, Pattern, TextSet, Token};

/// The account that stands for a stranger in examples.
pub(crate) const STRANGER: &str = "999988887777";

const PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
const SUFFIXES: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/// What a stranger may call a bucket. The last one is for names that have to end with account and Region.
pub(crate) const WORDS: [&str; 4] = ["evil", "e", "evil-bucket", "evil-999988887777-us-east-1"];

/// More than enough for one pattern.
const STEPS: u64 = 20_000;

/// Whether a bucket can have this name.
pub(crate) fn is_bucket_name(name: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    (3..=63).contains(&name.len())
        && name.chars().all(is_allowed)
        && is_edge(name.chars().next())
        && is_edge(name.chars().next_back())
        && !name.contains("..")
        && !is_address(name)
        && !PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        && !SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
        && (!name.ends_with("-an") || namespace_account(name).is_some())
}

/// The account in whose namespace a name lies: only that account can have a bucket `…-<account>-<Region>-an`.
fn namespace_account(name: &str) -> Option<&str> {
    let rest = name.strip_suffix("-an")?;
    let mut parts = rest.rsplit('-');
    let number = parts.next()?;
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    let region: Vec<&str> = parts.by_ref().take_while(|part| is_word(part)).collect();
    // `take_while` has eaten the account, which stands in front of the Region.
    let length = number.len() + region.iter().map(|part| part.len() + 1).sum::<usize>();
    let before = rest.get(..rest.len().checked_sub(length + 1)?)?;
    let (_, account) = before.rsplit_once('-')?;
    let is_account = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
    (is_number && (2..=4).contains(&region.len()) && is_account).then_some(account)
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-'
}

fn is_address(name: &str) -> bool {
    name.parse::<std::net::Ipv4Addr>().is_ok()
}

/// Whether a stranger can register a bucket of this name.
fn is_free(name: &str) -> bool {
    is_bucket_name(name) && namespace_account(name).is_none_or(|account| account == STRANGER)
}

/// One way in which a pattern names buckets.
#[derive(Clone, Debug)]
pub(crate) struct Projection {
    /// The names.
    pub(crate) bucket: Pattern,
    /// The keys in such a bucket; `None` when the pattern ends with the name, so that only the bucket itself matches.
    pub(crate) key: Option<Pattern>,
    /// Whether the `/` stands inside of a wildcard that literal text follows: that text is then part of the key.
    pub(crate) crosses: bool,
}

/// All ways in which the path of a pattern names buckets.
pub(crate) fn projections(path: &Pattern) -> Vec<Projection> {
    let tokens = path.tokens();
    let mut found = Vec::new();
    let pattern = |tokens: &[Token]| Pattern::from_tokens(tokens.iter().copied());
    for (at, token) in tokens.iter().enumerate() {
        let (before, after) = (tokens.get(..at).unwrap_or(&[]), tokens.get(at + 1..).unwrap_or(&[]));
        // Text that names the bucket stands in front of the first literal `/`.
        let names_bucket = after.split(|t| *t == Token::Literal('/')).next();
        let crosses = names_bucket.is_some_and(|rest| rest.iter().any(|t| matches!(t, Token::Literal(_))));
        match token {
            Token::Literal('/') => {
                found.push(Projection { bucket: pattern(before), key: Some(pattern(after)), crosses: false });
                return found;
            }
            Token::Many(_) => {
                let bucket = pattern(tokens.get(..=at).unwrap_or(&[]));
                let key =
                    Pattern::from_tokens([Token::Many(Class::Any)].into_iter().chain(after.iter().copied()));
                found.push(Projection { bucket, key: Some(key), crosses });
            }
            Token::One(_) => {
                found.push(Projection { bucket: pattern(before), key: Some(pattern(after)), crosses });
            }
            Token::Literal(_) | Token::Folded(_) => {}
        }
    }
    found.push(Projection { bucket: path.clone(), key: None, crosses: false });
    found
}

impl Projection {
    /// Whether the names have a part that anybody can choose.
    pub(crate) fn is_open(&self) -> bool {
        self.bucket.tokens().iter().any(|token| matches!(token, Token::One(_) | Token::Many(_)))
    }

    /// Whether every bucket has such a name.
    pub(crate) fn is_every(&self) -> bool {
        self.bucket.is_everything()
    }

    /// A name among them that a stranger can register, an alarming one if there is one.
    pub(crate) fn free_name(&self) -> Option<String> {
        let filled = WORDS.iter().map(|word| self.bucket.fill(word, 'e'));
        let mut likely = filled.filter(|name| self.bucket.matches(name) && is_free(name));
        likely.next().or_else(|| {
            let set = TextSet::from(self.bucket.clone()).and(&names(&self.bucket));
            set.shortest(&mut Budget::new(STEPS)).ok().flatten().filter(|name| is_free(name))
        })
    }

    /// Whether no bucket has such a name.
    pub(crate) fn is_impossible(&self) -> bool {
        if let Some(name) = self.bucket.as_exact() {
            return !is_bucket_name(name);
        }
        let set = TextSet::from(self.bucket.clone()).and(&names(&self.bucket));
        set.is_empty(&mut Budget::new(STEPS)).unwrap_or(false)
    }

    /// A key that goes with any of the names.
    pub(crate) fn example_key(&self) -> String {
        let Some(key) = &self.key else { return String::new() };
        let mut text = String::new();
        for (at, token) in key.tokens().iter().enumerate() {
            match token {
                Token::Literal(c) | Token::Folded(c) => text.push(*c),
                Token::One(_) => text.push('x'),
                Token::Many(_) if at + 1 == key.tokens().len() => text.push_str("payload"),
                Token::Many(_) => text.push('x'),
            }
        }
        text
    }
}

/// The names that buckets can have, as far as a search among the matches of `pattern` needs to know: only letters that
/// the pattern names can be wrong ones, for the search makes up no others but plain ones.
fn names(pattern: &Pattern) -> TextSet {
    let mut never: Vec<String> = ["-*", ".*", "*-", "*.", "*..*", "*-an"].map(str::to_owned).to_vec();
    never.extend(PREFIXES.iter().map(|prefix| format!("{prefix}*")));
    never.extend(SUFFIXES.iter().map(|suffix| format!("*{suffix}")));
    let bad = pattern.tokens().iter().filter_map(|token| match token {
        Token::Literal(c) | Token::Folded(c) => Some(*c).filter(|c| !is_allowed(*c)),
        Token::One(_) | Token::Many(_) => None,
    });
    let bad = bad.map(|c| {
        let around = Token::Many(Class::Any);
        Pattern::from_tokens([around, Token::Literal(c), around])
    });
    let never = TextSet::union(never.iter().map(|text| Pattern::wildcard(text)).chain(bad));
    TextSet::from(Pattern::wildcard("???*")).and(&never.not())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(path: &str) -> Vec<(String, String)> {
        let found = projections(&Pattern::wildcard(path));
        let mut names = found.iter().filter_map(|way| Some((way.free_name()?, way.example_key())));
        names.by_ref().collect()
    }

    #[test]
    fn names_of_buckets() {
        for name in ["abc", "acme-data", "a.b.c", "1-2", "x-111122223333-us-gov-west-1-an"] {
            assert!(is_bucket_name(name), "{name}");
        }
        let long = "a".repeat(64);
        for name in [
            "ab",
            "Acme",
            "a_b",
            "-ab",
            "ab-",
            ".ab",
            "a..b",
            "192.168.5.4",
            "xn--a",
            "a--x-s3",
            "acme-an",
            &long,
        ] {
            assert!(!is_bucket_name(name), "{name}");
        }
    }

    #[test]
    fn a_star_can_end_the_name_of_the_bucket() {
        let reached = reached("amazonlinux.*.amazonaws.com/*");
        assert_eq!(reached[0], ("amazonlinux.evil".to_owned(), "x.amazonaws.com/payload".to_owned()));
        assert_eq!(reached[1].0, "amazonlinux.evil.amazonaws.com");
    }

    #[test]
    fn what_is_written_out_is_reached_as_it_is() {
        assert_eq!(reached("acme-data/*"), [("acme-data".to_owned(), "payload".to_owned())]);
        assert_eq!(reached("acme-data"), [("acme-data".to_owned(), String::new())]);
        assert!(projections(&Pattern::wildcard("acme-data/*")).iter().all(|way| !way.is_open()));
    }

    #[test]
    fn what_no_bucket_can_be_called_is_known() {
        let ways = projections(&Pattern::wildcard("*SageMaker*"));
        assert!(ways[0].is_every() && ways[0].crosses && !ways[0].is_impossible());
        assert!(ways[1].is_impossible() && ways[2].is_impossible());
        assert!(projections(&Pattern::wildcard("acme-*/*"))[0].free_name().is_some());
        // Only account 111122223333 can have such a bucket.
        let own = projections(&Pattern::wildcard("*-111122223333-eu-west-1-an/*"));
        assert_eq!(own.last().unwrap().free_name(), None);
    }
}
