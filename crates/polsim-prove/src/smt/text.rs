//! Sets of strings as regular expressions.

use polsim_arn::{Class, Pattern, Shape, TextSet, Token, unfold};

/// That a text is a member.
pub(super) fn member(set: &TextSet, text: &str) -> String {
    let all = |word: &str, sets: &[TextSet]| {
        let parts: Vec<String> = sets.iter().map(|set| member(set, text)).collect();
        format!("({word} {})", parts.join(" "))
    };
    match set.shape() {
        Shape::Union([]) => "false".to_owned(),
        Shape::Union(patterns) if patterns.iter().any(Pattern::is_everything) => "true".to_owned(),
        Shape::Union(patterns) => {
            let parts: Vec<String> = patterns.iter().map(|pattern| matches(pattern, text)).collect();
            if let [only] = parts.as_slice() { only.clone() } else { format!("(or {})", parts.join(" ")) }
        }
        Shape::Not(set) => format!("(not {})", member(set, text)),
        Shape::All(sets) => all("and", sets),
        Shape::Any(sets) => all("or", sets),
    }
}

fn matches(pattern: &Pattern, text: &str) -> String {
    if let Some(exact) = pattern.as_exact() {
        return format!("(= {text} {})", literal(exact));
    }
    let mut parts = Vec::new();
    let mut run = String::new();
    for token in pattern.tokens() {
        if let Token::Literal(c) = token {
            run.push(*c);
            continue;
        }
        if !run.is_empty() {
            parts.push(format!("(str.to_re {})", literal(&std::mem::take(&mut run))));
        }
        parts.push(match token {
            Token::Literal(_) => continue,
            Token::Folded(c) => any_case(*c),
            Token::One(class) => one(*class).to_owned(),
            Token::Many(Class::Any) => "re.all".to_owned(),
            Token::Many(class) => format!("(re.* {})", one(*class)),
        });
    }
    if !run.is_empty() {
        parts.push(format!("(str.to_re {})", literal(&run)));
    }
    match parts.as_slice() {
        [] => format!("(= {text} \"\")"),
        [only] => format!("(str.in_re {text} {only})"),
        _ => format!("(str.in_re {text} (re.++ {}))", parts.join(" ")),
    }
}

fn one(class: Class) -> &'static str {
    match class {
        Class::Any => "re.allchar",
        Class::NotColon => "(re.diff re.allchar (str.to_re \":\"))",
    }
}

fn any_case(folded: char) -> String {
    let letters: Vec<String> =
        unfold(folded).into_iter().map(|c| format!("(str.to_re {})", literal(&c.to_string()))).collect();
    if let [only] = letters.as_slice() { only.clone() } else { format!("(re.union {})", letters.join(" ")) }
}

/// A string of SMT-LIB: printable ASCII as it is, all else by number.
pub(super) fn literal(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\"\""),
            '\\' => quoted.push_str("\\u{5c}"),
            ' '..='~' => quoted.push(c),
            _ => quoted.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_a_regular_expression() {
        let term = |pattern: &str| member(&Pattern::wildcard(pattern).into(), "x");
        assert_eq!(
            term("a*b?"),
            r#"(str.in_re x (re.++ (str.to_re "a") re.all (str.to_re "b") re.allchar))"#
        );
        assert_eq!(term("a\"\\é"), r#"(= x "a""\u{5c}\u{e9}")"#);
        assert_eq!(term("*"), "true");
    }
}
