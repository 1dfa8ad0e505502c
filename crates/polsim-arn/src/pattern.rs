//! One wildcard pattern, and whether a text matches it (S2.1).
//!
//! `*` is any run of characters and `?` any one character, a character being a Unicode scalar value. There are no
//! classes and no backslash. A pattern is sorted once into a shape that most real patterns fit (exact, prefix,
//! suffix, contains), and matched by `memchr` there; the general shape is a walk with two pointers that goes back to
//! the last star only, so its cost is at most the product of both lengths and, with literals between the stars, near
//! the length of the text.

use crate::inclusion;
use crate::token::{Class, Token, fold};
use memchr::memmem;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A compiled pattern, cheap to clone. Two patterns are equal when their tokens are.
///
/// ```
/// use polsim_arn::Pattern;
/// assert!(Pattern::wildcard("arn:aws:s3:::a?b/*").matches("arn:aws:s3:::axb/c/d"));
/// assert!(!Pattern::wildcard("a?").matches("a"));
/// ```
#[derive(Clone)]
pub struct Pattern {
    inner: Arc<Inner>,
}

struct Inner {
    tokens: Box<[Token]>,
    shape: Shape,
}

enum Shape {
    Everything,
    Exact(Box<str>),
    Prefix(Box<str>),
    Suffix(Box<str>),
    Contains(Box<str>),
    General(Box<[Piece]>),
    /// A star that stops at colons behind one that does not: no walk that goes back to the last star is enough.
    Mixed,
}

/// Tokens with neighbouring literals joined, so that a walk compares strings and not characters.
#[derive(PartialEq)]
enum Piece {
    Literal(Box<str>),
    Folded(char),
    One(Class),
    Many(Class),
}

impl Pattern {
    /// A pattern in which `*` and `?` are wildcards over all characters.
    #[must_use]
    pub fn wildcard(text: &str) -> Self {
        Self::from_tokens(text.chars().map(|c| wildcard_token(c, Class::Any)))
    }

    /// The pattern that only `text` itself matches.
    #[must_use]
    pub fn exact(text: &str) -> Self {
        Self::from_tokens(text.chars().map(Token::Literal))
    }

    /// The pattern that `text` matches in any letter case (S3.4.2).
    #[must_use]
    pub fn exact_ignoring_case(text: &str) -> Self {
        Self::from_tokens(text.chars().map(|c| Token::Folded(fold(c))))
    }

    /// The pattern that every text matches.
    #[must_use]
    pub fn everything() -> Self {
        Self::from_tokens([Token::Many(Class::Any)])
    }

    /// A pattern from its tokens. Runs of wildcards are put into one normal form: `*?*` and `?**` become `?*`.
    #[must_use]
    pub fn from_tokens(tokens: impl IntoIterator<Item = Token>) -> Self {
        let tokens = normalised(tokens);
        let shape = shape_of(&tokens);
        Self { inner: Arc::new(Inner { tokens, shape }) }
    }

    /// The tokens in normal form.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.inner.tokens
    }

    /// Whether the whole of `text` matches (S2.1.2).
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        match &self.inner.shape {
            Shape::Everything => true,
            Shape::Exact(literal) => text == &**literal,
            Shape::Prefix(literal) => text.as_bytes().starts_with(literal.as_bytes()),
            Shape::Suffix(literal) => text.as_bytes().ends_with(literal.as_bytes()),
            Shape::Contains(literal) => memmem::find(text.as_bytes(), literal.as_bytes()).is_some(),
            Shape::General(pieces) => walk(pieces, text),
            Shape::Mixed => simulate(&self.inner.tokens, text),
        }
    }

    /// The text, when the pattern has no wildcard and minds the case.
    #[must_use]
    pub fn as_exact(&self) -> Option<&str> {
        if let Shape::Exact(literal) = &self.inner.shape { Some(literal) } else { None }
    }

    /// Whether every text matches.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        matches!(self.inner.shape, Shape::Everything)
    }

    /// The literal text that every match begins with.
    #[must_use]
    pub fn literal_prefix(&self) -> &str {
        match &self.inner.shape {
            Shape::Exact(literal) | Shape::Prefix(literal) => literal,
            Shape::General(pieces) => match pieces.first() {
                Some(Piece::Literal(literal)) => literal,
                _ => "",
            },
            Shape::Everything | Shape::Suffix(_) | Shape::Contains(_) | Shape::Mixed => "",
        }
    }

    /// The literal text that every match ends with.
    #[must_use]
    pub fn literal_suffix(&self) -> &str {
        match &self.inner.shape {
            Shape::Exact(literal) | Shape::Suffix(literal) => literal,
            Shape::General(pieces) => match pieces.last() {
                Some(Piece::Literal(literal)) => literal,
                _ => "",
            },
            Shape::Everything | Shape::Prefix(_) | Shape::Contains(_) | Shape::Mixed => "",
        }
    }

    /// A quick and sound sign that no text matches both; `false` says nothing.
    #[must_use]
    pub fn is_disjoint_at_a_glance(&self, other: &Self) -> bool {
        let (a, b) = (self.literal_prefix().as_bytes(), other.literal_prefix().as_bytes());
        let common = a.len().min(b.len());
        if a.get(..common) != b.get(..common) {
            return true;
        }
        let (a, b) = (self.literal_suffix().as_bytes(), other.literal_suffix().as_bytes());
        let common = a.len().min(b.len());
        a.get(a.len() - common..) != b.get(b.len() - common..)
    }

    /// A quick and sound sign that every text that matches `other` matches this too; `false` says nothing.
    #[must_use]
    pub fn covers_at_a_glance(&self, other: &Self) -> bool {
        match &self.inner.shape {
            Shape::Everything => true,
            Shape::Prefix(literal) => other.literal_prefix().as_bytes().starts_with(literal.as_bytes()),
            Shape::Suffix(literal) => other.literal_suffix().as_bytes().ends_with(literal.as_bytes()),
            _ => self == other,
        }
    }

    /// A sound sign that this covers the other, found by laying the tokens along each other.
    pub(crate) fn covers_tokens_of(&self, other: &Self) -> bool {
        match (&self.inner.shape, &other.inner.shape) {
            (Shape::Everything | Shape::Prefix(_) | Shape::Suffix(_), _) => self.covers_at_a_glance(other),
            (_, Shape::Exact(text)) => self.matches(text),
            (Shape::Exact(_), _) => false,
            _ => inclusion::covers(self.tokens(), other.tokens()),
        }
    }

    /// The pattern as text, `*` and `?` for its wildcards, whatever their class.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.fill("*", '?')
    }

    /// The pattern with each run of wildcards replaced: `?` by `one` and `*` by `many`. A text that is likely to match,
    /// to be checked by [`Pattern::matches`].
    #[must_use]
    pub fn fill(&self, many: &str, one: char) -> String {
        let mut text = String::new();
        for token in self.tokens() {
            match token {
                Token::Literal(c) | Token::Folded(c) => text.push(*c),
                Token::One(_) => text.push(one),
                Token::Many(_) => text.push_str(many),
            }
        }
        text
    }
}

/// What `c` is in a text whose `*` and `?` are wildcards of `class`.
pub(crate) fn wildcard_token(c: char, class: Class) -> Token {
    match c {
        '*' => Token::Many(class),
        '?' => Token::One(class),
        literal => Token::Literal(literal),
    }
}

fn normalised(tokens: impl IntoIterator<Item = Token>) -> Box<[Token]> {
    let mut normal: Vec<Token> = Vec::new();
    for token in tokens {
        match (normal.last(), token) {
            (Some(Token::Many(before)), Token::Many(class)) if *before == class => {}
            (Some(Token::Many(before)), Token::One(class)) if *before == class => {
                normal.pop();
                normal.extend([Token::One(class), Token::Many(class)]);
            }
            _ => normal.push(token),
        }
    }
    normal.into()
}

fn shape_of(tokens: &[Token]) -> Shape {
    let literal = |tokens: &[Token]| -> Option<Box<str>> {
        let chars = tokens.iter().map(|token| if let Token::Literal(c) = token { Some(*c) } else { None });
        chars.collect::<Option<String>>().map(String::into_boxed_str)
    };
    let any = Token::Many(Class::Any);
    let special = match tokens {
        [only] if *only == any => Some(Shape::Everything),
        [first, middle @ .., last] if *first == any && *last == any => literal(middle).map(Shape::Contains),
        [first, rest @ ..] if *first == any => literal(rest).map(Shape::Suffix),
        [rest @ .., last] if *last == any => literal(rest).map(Shape::Prefix),
        all => literal(all).map(Shape::Exact),
    };
    let first_any = tokens.iter().position(|token| *token == any);
    let last_bound = tokens.iter().rposition(|token| *token == Token::Many(Class::NotColon));
    let is_mixed = matches!((first_any, last_bound), (Some(first), Some(last)) if first < last);
    let general = || if is_mixed { Shape::Mixed } else { Shape::General(pieces_of(tokens)) };
    special.unwrap_or_else(general)
}

fn pieces_of(tokens: &[Token]) -> Box<[Piece]> {
    let mut pieces = Vec::new();
    let mut run = String::new();
    for token in tokens {
        if let Token::Literal(c) = token {
            run.push(*c);
            continue;
        }
        if !run.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut run).into()));
        }
        match token {
            Token::Literal(_) => {}
            Token::Folded(c) => pieces.push(Piece::Folded(*c)),
            Token::One(class) => pieces.push(Piece::One(*class)),
            Token::Many(class) => pieces.push(Piece::Many(*class)),
        }
    }
    if !run.is_empty() {
        pieces.push(Piece::Literal(run.into()));
    }
    pieces.into()
}

impl Piece {
    /// The rest of the text behind this piece; `None` when the text does not begin with it.
    fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        if let Self::Literal(literal) = self {
            return text.strip_prefix(&**literal);
        }
        let mut chars = text.chars();
        let c = chars.next()?;
        let fits = match self {
            Self::Folded(folded) => fold(c) == *folded,
            Self::One(class) => class.admits(c),
            Self::Literal(_) | Self::Many(_) => false,
        };
        fits.then_some(chars.as_str())
    }
}

/// The star to go back to, and the text from which it is tried again.
struct Retry<'t> {
    after: usize,
    text: &'t str,
    class: Class,
}

/// All places in the tokens that a text can lead to, character by character.
fn simulate(tokens: &[Token], text: &str) -> bool {
    // The places behind stars are reached for nothing.
    let close = |places: &mut Vec<bool>| {
        for (at, token) in tokens.iter().enumerate() {
            let is_reached = places.get(at) == Some(&true) && matches!(token, Token::Many(_));
            if let (true, Some(next)) = (is_reached, places.get_mut(at + 1)) {
                *next = true;
            }
        }
    };
    let mut places = vec![false; tokens.len() + 1];
    if let Some(first) = places.first_mut() {
        *first = true;
    }
    close(&mut places);
    for c in text.chars() {
        let mut next = vec![false; tokens.len() + 1];
        for (at, token) in tokens.iter().enumerate() {
            if places.get(at) == Some(&true) && token.admits(c) {
                let to = if matches!(token, Token::Many(_)) { at } else { at + 1 };
                if let Some(place) = next.get_mut(to) {
                    *place = true;
                }
            }
        }
        close(&mut next);
        places = next;
    }
    places.last() == Some(&true)
}

/// Two pointers. Going back to the last star is enough: what stands between two stars of one class is best matched
/// as far left as possible, and wildcards that stop at colons occur only in the first parts of an ARN, whose borders
/// no choice of theirs can move (S2.3.5); other orders are `simulate`d.
fn walk(pieces: &[Piece], text: &str) -> bool {
    if let Some(Piece::Literal(last)) = pieces.last()
        && !text.as_bytes().ends_with(last.as_bytes())
    {
        return false;
    }
    let mut retry: Option<Retry<'_>> = None;
    let (mut at, mut rest) = (0, text);
    loop {
        match pieces.get(at) {
            Some(Piece::Many(class)) => {
                if at + 1 == pieces.len() {
                    return *class == Class::Any || !rest.contains(':');
                }
                retry = Some(Retry { after: at + 1, text: rest, class: *class });
                at += 1;
                continue;
            }
            Some(piece) => {
                if let Some(next) = piece.strip(rest) {
                    rest = next;
                    at += 1;
                    continue;
                }
            }
            None if rest.is_empty() => return true,
            None => {}
        }
        let Some(longer) = retry.as_ref().and_then(|retry| lengthen(retry, pieces)) else {
            return false;
        };
        at = longer.after;
        rest = longer.text;
        retry = Some(longer);
    }
}

/// Lets the star take one character more, and as many further ones as the literal behind it makes necessary.
fn lengthen<'t>(retry: &Retry<'t>, pieces: &[Piece]) -> Option<Retry<'t>> {
    let mut chars = retry.text.chars();
    if !retry.class.admits(chars.next()?) {
        return None;
    }
    let mut text = chars.as_str();
    if let Some(Piece::Literal(literal)) = pieces.get(retry.after) {
        let skip = memmem::find(text.as_bytes(), literal.as_bytes())?;
        if retry.class == Class::NotColon && text.get(..skip)?.contains(':') {
            return None;
        }
        text = text.get(skip..)?;
    }
    Some(Retry { after: retry.after, text, class: retry.class })
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner) || self.tokens() == other.tokens()
    }
}

impl Eq for Pattern {}

impl PartialOrd for Pattern {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pattern {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.tokens().cmp(other.tokens())
    }
}

impl Hash for Pattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tokens().hash(state);
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.to_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::wildcard(pattern).matches(text)
    }

    #[test]
    fn s2_1_1_star_is_any_run_and_question_mark_one_character() {
        assert!(matches("a*c", "ac"));
        assert!(matches("a*c", "abbc"));
        assert!(matches("a?c", "abc"));
        assert!(!matches("a?c", "ac"));
        assert!(matches(r"a\*", r"a\b"), "a backslash is ordinary");
        assert!(matches("[a]", "[a]") && !matches("[a]", "a"), "there are no classes");
    }

    #[test]
    fn s2_1_2_patterns_are_anchored_and_count_characters() {
        assert!(!matches("b", "abc"));
        assert!(matches("?", "ł") && !matches("??", "ł"));
        assert!(matches("*?ł", "xxł"));
    }

    #[test]
    fn s2_1_3_stars_in_the_text_are_text() {
        assert!(!matches("a", "*") && matches("?", "*"));
        assert!(Pattern::exact("*").matches("*") && !Pattern::exact("*").matches("a"));
    }

    #[test]
    fn s2_1_4_many_stars_stay_cheap() {
        let pattern = format!("{}b", "*a".repeat(200));
        let text = "a".repeat(100_000);
        assert!(!matches(&pattern, &text));
        assert!(matches(&pattern, &format!("{text}b")));
        assert!(!matches(&format!("{}?b*c", "*a?".repeat(100)), &text));
    }

    #[test]
    fn stars_that_stop_at_colons_may_stand_behind_others() {
        let (any, bound) = (Token::Many(Class::Any), Token::Many(Class::NotColon));
        let both = Pattern::from_tokens([any, bound]);
        assert!(both.matches("K:") && both.matches(""));
        let apart = Pattern::from_tokens([any, Token::Literal('a'), bound]);
        assert!(apart.matches("a:a") && apart.matches(":ab") && !apart.matches("a:"));
    }

    #[test]
    fn s3_4_2_case_can_be_ignored() {
        let pattern = Pattern::exact_ignoring_case("ÀbC");
        assert!(pattern.matches("àBc") && !pattern.matches("abc"));
    }

    #[test]
    fn runs_of_wildcards_have_one_normal_form() {
        assert_eq!(Pattern::wildcard("a*?**?b"), Pattern::wildcard("a??*b"));
    }

    #[test]
    fn glances_are_sound() {
        let p = Pattern::wildcard;
        assert!(p("s3:get*").is_disjoint_at_a_glance(&p("s3:put*")));
        assert!(p("*.com").is_disjoint_at_a_glance(&p("*.org")));
        assert!(!p("s3:get*").is_disjoint_at_a_glance(&p("s3:*object")));
        assert!(p("s3:*").covers_at_a_glance(&p("s3:get*")));
        assert!(!p("s3:get*").covers_at_a_glance(&p("s3:*")));
    }
}
