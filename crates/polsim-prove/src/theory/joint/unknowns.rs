//! The words that are looked for, and the sets that texts made of them are in.

use polsim_arn::{Class, Pattern, Piece, TextSet, Token};

/// What is known of a word from the wildcard that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) class: Class,
    /// Whether it is one letter.
    pub(super) is_letter: bool,
}

impl Kind {
    pub(super) const ANY: Self = Self { class: Class::Any, is_letter: false };

    /// The kind of words that are of both.
    pub(super) fn and(self, other: Self) -> Self {
        let class = if self.class == Class::NotColon { self.class } else { other.class };
        Self { class, is_letter: self.is_letter || other.is_letter }
    }

    pub(super) fn set(self) -> TextSet {
        let token = if self.is_letter { Token::One(self.class) } else { Token::Many(self.class) };
        Pattern::from_tokens([token]).into()
    }
}

/// Words, with the texts that have to be in sets.
#[derive(Clone, Debug, Default)]
pub(super) struct Unknowns {
    pub(super) kinds: Vec<Kind>,
    cases: usize,
    pub(super) texts: Vec<(Vec<Piece>, TextSet)>,
}

impl Unknowns {
    pub(super) fn new_word(&mut self, kind: Kind) -> Piece {
        self.kinds.push(kind);
        Piece::Word(self.kinds.len() - 1)
    }

    fn new_case(&mut self) -> usize {
        self.cases += 1;
        self.cases
    }

    pub(super) fn kind(&self, word: usize) -> Kind {
        self.kinds.get(word).copied().unwrap_or(Kind::ANY)
    }

    pub(super) fn limit(&mut self, word: usize, kind: Kind) {
        if let Some(own) = self.kinds.get_mut(word) {
            *own = own.and(kind);
        }
    }

    /// A letter that is this one but for its case.
    pub(super) fn letter_like(&mut self, c: char) -> Piece {
        if c.is_ascii() && !c.is_ascii_alphabetic() {
            return Piece::Char(c);
        }
        let letter = self.new_word(Kind { is_letter: true, ..Kind::ANY });
        self.texts.push((vec![letter], Pattern::exact_ignoring_case(c.encode_utf8(&mut [0; 4])).into()));
        letter
    }

    /// The same pieces in some letter case of their own.
    pub(super) fn alike(&mut self, pieces: &[Piece]) -> Vec<Piece> {
        let mut alike = Vec::new();
        for piece in pieces {
            alike.push(match piece {
                Piece::Char(c) => self.letter_like(*c),
                Piece::Word(word) | Piece::Alike(word, _) => Piece::Alike(*word, self.new_case()),
            });
        }
        alike
    }
}
