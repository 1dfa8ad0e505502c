//! One text of a policy with holes: as exactly as it can be written, or more widely.

use super::value::{Hole, Nature, Piece, Value, joined};
use polsim_policy::Later;

/// A text without holes that matches no less than the true one.
pub(super) struct Widened {
    pub(super) text: String,
    /// The hole for which it matches more than the true one may.
    pub(super) because_of: Option<Hole>,
}

/// What is known of a text, and how exactly it can be written.
pub(super) fn pieces(value: &Value) -> Option<Vec<Piece>> {
    value.pieces().map(joined)
}

/// The hole that comes first.
pub(super) fn first_hole(pieces: &[Piece]) -> Option<&Hole> {
    pieces.iter().find_map(|piece| if let Piece::Hole(hole) = piece { Some(hole) } else { None })
}

/// An action: behind the colon a hole may be any text, before it nothing is left.
pub(super) fn action(pieces: &[Piece]) -> Widened {
    let Some(hole) = first_hole(pieces) else { return exactly(pieces) };
    let service = match pieces.first() {
        Some(Piece::Literal(text)) => text.split_once(':').map(|(service, _)| service),
        _ => None,
    };
    let text = match service {
        Some(_) => with_stars(pieces),
        None => "*".to_owned(),
    };
    Widened { text, because_of: Some(hole.clone()) }
}

/// A resource: names behind the fifth colon are policy variables when the version has them, other holes are stars.
pub(super) fn resource(pieces: &[Piece], has_variables: bool) -> Widened {
    let Some(hole) = first_hole(pieces) else { return exactly(pieces) };
    let is_arn = matches!(pieces.first(), Some(Piece::Literal(text)) if text.starts_with("arn:"));
    let wide = |hole: &Hole| Widened { text: "*".to_owned(), because_of: Some(hole.clone()) };
    if !is_arn {
        return wide(hole);
    }
    let mut text = String::new();
    let mut because_of: Option<Hole> = None;
    let mut colons = 0;
    for piece in pieces {
        match piece {
            Piece::Literal(part) => {
                colons += part.matches(':').count();
                text.push_str(part);
            }
            // Only a name is sure to stay in its part of the ARN.
            Piece::Hole(hole) if hole.nature == Nature::Text && colons < 5 => return wide(hole),
            Piece::Hole(hole) if hole.nature == Nature::Name && colons >= 5 && has_variables => {
                text.push_str(&variable(hole));
            }
            Piece::Hole(hole) => {
                because_of.get_or_insert_with(|| hole.clone());
                text.push('*');
            }
        }
    }
    if colons < 5 {
        return wide(hole);
    }
    Widened { text, because_of }
}

/// A value of a condition; `None` when it cannot be written.
pub(super) fn condition(pieces: &[Piece], takes_variables: bool) -> Option<String> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(part) => text.push_str(part),
            Piece::Hole(hole) if hole.nature == Nature::Name && takes_variables => {
                text.push_str(&variable(hole))
            }
            Piece::Hole(_) => return None,
        }
    }
    Some(text)
}

fn variable(hole: &Hole) -> String {
    format!("${{{}}}", Later::key_of_value(&hole.name))
}

fn exactly(pieces: &[Piece]) -> Widened {
    Widened { text: with_stars(pieces), because_of: None }
}

fn with_stars(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| if let Piece::Literal(text) = piece { text.as_str() } else { "*" }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.to_owned())
    }

    fn name() -> Piece {
        Piece::Hole(Hole::name("b", "it is a test"))
    }

    fn any() -> Piece {
        Piece::Hole(Hole::text("t", "it is a test"))
    }

    #[test]
    fn an_action_keeps_what_is_known_behind_the_service() {
        let wide = |pieces: &[Piece]| action(pieces).text;
        assert_eq!(wide(&[literal("s3:Get"), any()]), "s3:Get*");
        assert_eq!(wide(&[any(), literal(":Get")]), "*");
        assert_eq!(wide(&[literal("s3:Get*")]), "s3:Get*");
    }

    #[test]
    fn a_name_in_a_resource_is_a_variable_and_no_more() {
        let exact = resource(&[literal("arn:aws:s3:::"), name(), literal("/*")], true);
        assert_eq!(exact.text, "arn:aws:s3:::${polsim:unknown/b}/*");
        assert!(exact.because_of.is_none());
        let old = resource(&[literal("arn:aws:s3:::"), name(), literal("/*")], false);
        assert_eq!((old.text.as_str(), old.because_of.is_some()), ("arn:aws:s3:::*/*", true));
        let account = resource(&[literal("arn:aws:sqs:eu-west-1:"), name(), literal(":q")], true);
        assert_eq!(
            (account.text.as_str(), account.because_of.is_some()),
            ("arn:aws:sqs:eu-west-1:*:q", true)
        );
    }

    #[test]
    fn any_text_may_be_more_than_one_part_of_an_arn() {
        for pieces in [vec![any()], vec![literal("arn:aws:sqs:"), any(), literal(":q")], vec![name()]] {
            let wide = resource(&pieces, true);
            assert_eq!((wide.text.as_str(), wide.because_of.is_some()), ("*", true), "{pieces:?}");
        }
        assert_eq!(resource(&[literal("arn:aws:s3:::"), any()], true).text, "arn:aws:s3:::*");
    }
}
