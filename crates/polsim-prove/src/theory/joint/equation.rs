//! Two texts with words in them that have to be equal: which words make them so.
//!
//! The texts are read from the left, and where they begin with different things a word is cut, or is empty. Each way
//! is a system of its own. Most texts of policies begin with letters, so that there is only one; where there are many,
//! or where the same words come up again and again, the search is given up.

use super::system::System;
use super::unknowns::Kind;
use polsim_arn::{Class, Pattern, Piece, TextSet, Token};

/// How many cuts are tried for one equation.
const MOST_CUTS: usize = 600;

/// The systems in which two texts are equal, which cover all ways for that.
pub(super) struct Ways {
    pub(super) systems: Vec<System>,
    /// Whether there may be other ways.
    pub(super) are_more: bool,
    left: usize,
}

/// All ways to make two texts equal.
pub(super) fn ways(system: &System, left: &[Piece], right: &[Piece]) -> Ways {
    let mut ways = Ways { systems: Vec::new(), are_more: false, left: MOST_CUTS };
    ways.add(system.clone(), left.to_vec(), right.to_vec());
    ways
}

/// What to do with one way.
enum Step {
    /// The words before it are settled.
    Go,
    Stop,
}

impl Ways {
    fn add(&mut self, mut system: System, mut left: Vec<Piece>, mut right: Vec<Piece>) {
        loop {
            if self.left == 0 {
                self.are_more = true;
                return;
            }
            self.left -= 1;
            let common = left.iter().zip(&right).take_while(|(a, b)| a == b).count();
            left.drain(..common);
            right.drain(..common);
            let step = match (left.first().copied(), right.first().copied()) {
                (None, _) => return self.end(system, &right),
                (_, None) => return self.end(system, &left),
                (Some(Piece::Char(_)), Some(Piece::Char(_))) => return,
                _ if contains_itself(&left, &right) => return self.equal_to_part(system, &left, &right),
                _ if contains_itself(&right, &left) => return self.equal_to_part(system, &right, &left),
                _ if whole(&mut system, &left, &right) || whole(&mut system, &right, &left) => {
                    self.systems.push(system);
                    return;
                }
                (Some(Piece::Alike(word, case)), Some(Piece::Alike(other, other_case))) if word == other => {
                    let mut sides = (left, right);
                    system.same_case(case, other_case);
                    for piece in sides.0.iter_mut().chain(&mut sides.1) {
                        if *piece == Piece::Alike(word, other_case) {
                            *piece = Piece::Alike(word, case);
                        }
                    }
                    (left, right) = sides;
                    Step::Go
                }
                (Some(Piece::Alike(word, case)), Some(Piece::Word(other)))
                | (Some(Piece::Word(other)), Some(Piece::Alike(word, case)))
                    if word == other =>
                {
                    // The word in its own case.
                    system.own_case(case);
                    for piece in left.iter_mut().chain(&mut right) {
                        if *piece == Piece::Alike(word, case) {
                            *piece = Piece::Word(word);
                        }
                    }
                    Step::Go
                }
                (Some(Piece::Word(word)), Some(Piece::Char(c))) => {
                    self.cut_at_letter(&mut system, (&mut left, &mut right), word, c)
                }
                (Some(Piece::Char(c)), Some(Piece::Word(word))) => {
                    self.cut_at_letter(&mut system, (&mut left, &mut right), word, c)
                }
                (Some(Piece::Word(one)), Some(Piece::Word(other))) => {
                    self.cut_at_word(&mut system, (&mut left, &mut right), one, other)
                }
                _ => {
                    self.are_more = true;
                    Step::Stop
                }
            };
            if matches!(step, Step::Stop) {
                return;
            }
        }
    }

    /// One side has come to its end: all words of the other are empty.
    fn end(&mut self, mut system: System, rest: &[Piece]) {
        for piece in rest {
            match piece.word() {
                Some(word) if !system.unknowns.kind(word).is_letter => system.substitute(word, &[]),
                _ => return,
            }
        }
        self.systems.push(system);
    }

    /// A word is equal to a text that it is part of: the rest of that is empty.
    fn equal_to_part(&mut self, system: System, word: &[Piece], text: &[Piece]) {
        let mut rest = text.to_vec();
        if let Some(at) = text.iter().position(|piece| word.contains(piece)) {
            rest.remove(at);
        }
        self.end(system, &rest);
    }

    /// A word meets a letter: it begins with the letter, or is empty.
    fn cut_at_letter(
        &mut self,
        system: &mut System,
        sides: (&mut Vec<Piece>, &mut Vec<Piece>),
        word: usize,
        c: char,
    ) -> Step {
        let kind = system.unknowns.kind(word);
        let can_begin = kind.class.admits(c);
        if kind.is_letter {
            if !can_begin {
                return Step::Stop;
            }
            put(system, sides, word, &[Piece::Char(c)]);
            return Step::Go;
        }
        if can_begin {
            let mut longer = system.clone();
            let rest = longer.unknowns.new_word(kind);
            let (mut left, mut right) = (sides.0.clone(), sides.1.clone());
            put(&mut longer, (&mut left, &mut right), word, &[Piece::Char(c), rest]);
            self.add(longer, left, right);
        }
        put(system, sides, word, &[]);
        Step::Go
    }

    /// Two words meet: they are equal, or one begins with the other.
    fn cut_at_word(
        &mut self,
        system: &mut System,
        sides: (&mut Vec<Piece>, &mut Vec<Piece>),
        one: usize,
        other: usize,
    ) -> Step {
        let (first, second) = (system.unknowns.kind(one), system.unknowns.kind(other));
        for (long, short) in [(one, other), (other, one)] {
            if system.unknowns.kind(long).is_letter {
                continue;
            }
            let mut longer = system.clone();
            let class = system.unknowns.kind(long).class;
            // More than the other word, which is one letter at least and is not more than one if it is a letter.
            let next = longer.unknowns.new_word(Kind { class, is_letter: true });
            let rest = longer.unknowns.new_word(Kind { class, is_letter: false });
            longer.unknowns.limit(short, Kind { class, is_letter: false });
            let (mut left, mut right) = (sides.0.clone(), sides.1.clone());
            put(&mut longer, (&mut left, &mut right), long, &[Piece::Word(short), next, rest]);
            self.add(longer, left, right);
        }
        if first.is_letter != second.is_letter {
            // Beside the equal words and the longer one: what is no letter may be empty.
            let empty = if first.is_letter { other } else { one };
            let mut shorter = system.clone();
            let (mut left, mut right) = (sides.0.clone(), sides.1.clone());
            put(&mut shorter, (&mut left, &mut right), empty, &[]);
            self.add(shorter, left, right);
        }
        system.unknowns.limit(other, first);
        put(system, sides, one, &[Piece::Word(other)]);
        Step::Go
    }
}

fn contains_itself(side: &[Piece], other: &[Piece]) -> bool {
    matches!(side, [only @ Piece::Word(_)] if other.contains(only))
}

fn put(system: &mut System, sides: (&mut Vec<Piece>, &mut Vec<Piece>), word: usize, by: &[Piece]) {
    // The sides go along as values, so that their letter cases stay those of the system.
    system.values.push(std::mem::take(sides.0));
    system.values.push(std::mem::take(sides.1));
    system.substitute(word, by);
    *sides.1 = system.values.pop().unwrap_or_default();
    *sides.0 = system.values.pop().unwrap_or_default();
}

/// Puts one side in the place of the other, where that is one word that does not occur in the first.
fn whole(system: &mut System, side: &[Piece], by: &[Piece]) -> bool {
    let [only] = side else { return false };
    let Some(word) = only.word() else { return false };
    let kind = system.unknowns.kind(word);
    if kind.is_letter || by.iter().any(|piece| piece.word() == Some(word)) {
        return false;
    }
    if kind.class == Class::NotColon {
        system
            .unknowns
            .texts
            .push((vec![Piece::Word(word)], TextSet::from(Pattern::from_tokens([Token::Many(kind.class)]))));
    }
    match only {
        Piece::Alike(_, case) => {
            let alike = system.unknowns.alike(by);
            system.substitute_with(word, &alike, Some((*case, by)));
        }
        _ => system.substitute(word, by),
    }
    true
}
