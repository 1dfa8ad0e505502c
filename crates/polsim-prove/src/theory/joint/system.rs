//! Unknown words with what is asked of them: texts made of words are in sets, and are not like patterns with words in
//! them.

use super::instance::Instance;
use super::relax::relaxed;
use super::unknowns::{Kind, Unknowns};
use polsim_arn::{Budget, Joined, Joint, OutOfSteps, Piece, TextSet, Words};

/// How often words are looked for, at most, before a system is given up.
const MOST_SEARCHES: usize = 96;

/// A text that has to be, or must not be, like a pattern with words in it.
#[derive(Clone, Debug)]
pub(super) struct Compared {
    pub(super) subject: Vec<Piece>,
    pub(super) instance: Instance,
}

/// Words, and what is asked of them.
#[derive(Clone, Debug, Default)]
pub(super) struct System {
    pub(super) unknowns: Unknowns,
    /// What texts have to be like, and is not worked into the words yet.
    pub(super) like: Vec<Compared>,
    pub(super) unlike: Vec<Compared>,
    /// The texts that are looked for.
    pub(super) values: Vec<Vec<Piece>>,
    /// Whether something that was asked was widened on the way.
    pub(super) is_widened: bool,
}

/// Whether words were found.
pub(super) enum Solved {
    Words(Words, Box<System>),
    Nothing,
    /// None were found, and that there are none was not shown.
    Unsure,
}

impl System {
    /// Takes note of a text that is looked for; its number.
    pub(super) fn new_value(&mut self, pieces: &[Piece]) -> usize {
        self.values.push(pieces.to_vec());
        self.values.len() - 1
    }

    /// Says what the text of this number is.
    pub(super) fn pin(&mut self, number: usize, text: &str) {
        if let Some(pieces) = self.values.get(number) {
            self.unknowns.texts.push((pieces.clone(), TextSet::only(text)));
        }
    }

    /// Puts pieces in the place of a word.
    pub(super) fn substitute(&mut self, word: usize, by: &[Piece]) {
        self.substitute_with(word, by, None);
    }

    /// Puts pieces in the place of a word, and others in the place of one of its letter cases.
    pub(super) fn substitute_with(&mut self, word: usize, by: &[Piece], given: Option<(usize, &[Piece])>) {
        let mut cases: Vec<(usize, Vec<Piece>)> =
            given.into_iter().map(|(case, pieces)| (case, pieces.to_vec())).collect();
        let mut used: Vec<usize> = Vec::new();
        self.for_each(&mut |pieces| {
            used.extend(pieces.iter().filter_map(|piece| match piece {
                Piece::Alike(other, case) if *other == word => Some(*case),
                _ => None,
            }));
        });
        used.sort_unstable();
        used.dedup();
        for case in used {
            if cases.iter().all(|(other, _)| *other != case) {
                let alike = self.unknowns.alike(by);
                cases.push((case, alike));
            }
        }
        self.for_each(&mut |pieces| *pieces = substituted(pieces, word, by, &cases));
    }

    /// Says that two letter cases of a word are one.
    pub(super) fn same_case(&mut self, case: usize, other: usize) {
        self.for_each(&mut |pieces| {
            for piece in pieces.iter_mut() {
                if let Piece::Alike(_, own) = piece
                    && *own == other
                {
                    *own = case;
                }
            }
        });
    }

    /// Says that a letter case of a word is the one that the word has.
    pub(super) fn own_case(&mut self, case: usize) {
        self.for_each(&mut |pieces| {
            for piece in pieces.iter_mut() {
                match *piece {
                    Piece::Alike(word, own) if own == case => *piece = Piece::Word(word),
                    _ => {}
                }
            }
        });
    }

    fn for_each(&mut self, visit: &mut dyn FnMut(&mut Vec<Piece>)) {
        self.unknowns.texts.iter_mut().for_each(|(pieces, _)| visit(pieces));
        self.values.iter_mut().for_each(&mut *visit);
        for compared in self.like.iter_mut().chain(&mut self.unlike) {
            visit(&mut compared.subject);
            compared.instance.for_each(visit);
        }
    }

    /// Looks for words.
    pub(super) fn solve(&self, budget: &mut Budget) -> Result<Solved, OutOfSteps> {
        self.clone().solve_within(&mut MOST_SEARCHES.clone(), budget)
    }

    fn solve_within(mut self, left: &mut usize, budget: &mut Budget) -> Result<Solved, OutOfSteps> {
        if !self.settle_unlike() {
            return Ok(Solved::Nothing);
        }
        if *left == 0 {
            return Ok(Solved::Unsure);
        }
        *left -= 1;
        let words = match self.joint().solve(&|c| self.unlike.iter().any(|u| u.instance.names(c)), budget)? {
            Joined::Words(words) => words,
            Joined::Nothing => return Ok(Solved::Nothing),
            Joined::Entangled => return self.solve_relaxed(left, budget),
        };
        let Some(word) = self.violated(&words) else { return Ok(Solved::Words(words, Box::new(self))) };
        // Either the word is another one, or it is this one; by the generic-word lemma it has no fresh letter, and
        // there are finitely many such words.
        let value = words.word(word).to_owned();
        let mut other = self.clone();
        other.unknowns.texts.push((vec![Piece::Word(word)], TextSet::only(&value).not()));
        let found = other.solve_within(left, budget)?;
        if matches!(found, Solved::Words(..)) {
            return Ok(found);
        }
        let pieces: Vec<Piece> = value.chars().map(Piece::Char).collect();
        self.substitute(word, &pieces);
        match (self.solve_within(left, budget)?, found) {
            (Solved::Nothing, found) => Ok(found),
            (found, _) => Ok(found),
        }
    }

    /// Looks for words where these have no common order.
    fn solve_relaxed(&self, left: &mut usize, budget: &mut Budget) -> Result<Solved, OutOfSteps> {
        let relaxed = relaxed(&self.joint());
        let words = match relaxed.joint.solve(&|_| false, budget)? {
            Joined::Words(words) => words,
            Joined::Nothing => return Ok(Solved::Nothing),
            Joined::Entangled => return Ok(Solved::Unsure),
        };
        for (word, double) in relaxed.doubles {
            for value in [words.word(word), words.word(double)] {
                let mut pinned = self.clone();
                pinned.substitute(word, &value.chars().map(Piece::Char).collect::<Vec<_>>());
                if let found @ Solved::Words(..) = pinned.solve_within(left, budget)? {
                    return Ok(found);
                }
            }
        }
        Ok(Solved::Unsure)
    }

    /// The texts of the system with what the kinds of the words say.
    fn joint(&self) -> Joint {
        let kinds = self.unknowns.kinds.iter().enumerate().filter(|(_, kind)| **kind != Kind::ANY);
        let kinds = kinds.map(|(word, kind)| (vec![Piece::Word(word)], kind.set()));
        Joint {
            words: self.unknowns.kinds.len(),
            texts: self.unknowns.texts.iter().cloned().chain(kinds).collect(),
            keeps_colons: self.unlike.iter().any(|unlike| unlike.instance.minds_colons()),
        }
    }

    /// Turns what patterns without words say into sets; `false` when a text is like its pattern for certain.
    fn settle_unlike(&mut self) -> bool {
        let mut kept = Vec::new();
        for mut unlike in std::mem::take(&mut self.unlike) {
            unlike.instance.strip(&mut unlike.subject);
            if unlike.instance.words().next().is_some() {
                kept.push(unlike);
                continue;
            }
            if let Some(pattern) = unlike.instance.pattern(&Words::default()) {
                let set = TextSet::from(pattern).not();
                if unlike.subject.iter().all(|piece| piece.word().is_none())
                    && !set.contains(&Words::default().text(&unlike.subject))
                {
                    return false;
                }
                self.unknowns.texts.push((unlike.subject, set));
            }
        }
        self.unlike = kept;
        true
    }

    /// A word in a pattern that a text is like, and must not be.
    fn violated(&self, words: &Words) -> Option<usize> {
        let is_violated = |unlike: &&Compared| {
            unlike
                .instance
                .pattern(words)
                .is_some_and(|pattern| pattern.matches(&words.text(&unlike.subject)))
        };
        self.unlike.iter().find(is_violated)?.instance.words().next()
    }

    /// Whether words are as asked.
    pub(super) fn admits(&self, words: &Words) -> bool {
        self.joint().texts.iter().all(|(pieces, set)| set.contains(&words.text(pieces)))
            && self.violated(words).is_none()
    }
}

fn substituted(pieces: &[Piece], word: usize, by: &[Piece], cases: &[(usize, Vec<Piece>)]) -> Vec<Piece> {
    let mut all = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Piece::Word(other) if *other == word => all.extend_from_slice(by),
            Piece::Alike(other, case) if *other == word => {
                let own = cases.iter().find(|(of, _)| of == case);
                all.extend(own.into_iter().flat_map(|(_, pieces)| pieces).copied());
            }
            other => all.push(*other),
        }
    }
    all
}
