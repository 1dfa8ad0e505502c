//! Words that are parts of several texts at once: `home/${name}/*` is in one set, `${name}` in another.
//!
//! The words are made up one after the other, letter by letter, and the automata of all texts that a word is part of
//! walk along. That needs an order of the words that every text agrees with; without one the texts are entangled, and
//! there is no answer here.
//!
//! The generic-word lemma holds for all texts together: a letter of a word that no wanted pattern of any of its texts
//! asks for may be a fresh one, and each such place may have a fresh letter of its own. That second half matters to
//! those who ask for words that are *not* alike: no two words that are found are equal unless they have to be, or
//! every letter of them is asked for.

use super::automaton::{Automaton, Letter, Standing};
use super::case::Case;
use super::goal::Goal;
use super::place::Place;
use super::{Budget, OutOfSteps, TextSet};
use crate::Pattern;
use crate::token::{Class, Token, fold, unfold};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;
use std::rc::Rc;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Piece {
    /// A character.
    Char(char),
    /// The word of this number.
    Word(usize),
    /// The word of the first number in some letter case; everywhere in the same one that has the second number.
    Alike(usize, usize),
}

impl Piece {
    /// The word that it is, or is like.
    #[must_use]
    pub fn word(self) -> Option<usize> {
        match self {
            Self::Char(_) => None,
            Self::Word(word) | Self::Alike(word, _) => Some(word),
        }
    }
}

/// Texts with words in common, each to be in a set.
#[derive(Clone, Debug, Default)]
pub struct Joint {
    /// How many words there are; their numbers are below.
    pub words: usize,
    /// The texts.
    pub texts: Vec<(Vec<Piece>, TextSet)>,
    /// Whether a colon is told from other letters that no pattern asks for, even where no pattern of the sets does.
    pub keeps_colons: bool,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joined {
    /// A word for each number, and for each number of a letter case the word in that case.
    Words(Words),
    /// There are no such words.
    Nothing,
    /// No order of the words agrees with all texts.
    Entangled,
}

/// Words that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    words: Vec<String>,
    cases: FxHashMap<usize, String>,
    /// The fresh letters in them.
    pub fresh: Vec<char>,
}

impl Words {
    /// A word; empty if nothing was asked of it.
    #[must_use]
    pub fn word(&self, number: usize) -> &str {
        self.words.get(number).map_or("", String::as_str)
    }

    /// What a text with these words is.
    #[must_use]
    pub fn text(&self, pieces: &[Piece]) -> String {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Char(c) => text.push(*c),
                Piece::Word(word) => text.push_str(self.word(*word)),
                Piece::Alike(word, case) => {
                    text.push_str(self.cases.get(case).map_or_else(|| self.word(*word), String::as_str));
                }
            }
        }
        text
    }

    /// The same words with other letters for some.
    #[must_use]
    pub fn respelt(&self, mut letter: impl FnMut(char) -> char) -> Self {
        let mut respell = |text: &String| text.chars().map(&mut letter).collect::<String>();
        Self {
            words: self.words.iter().map(&mut respell).collect(),
            cases: self.cases.iter().map(|(case, text)| (*case, respell(text))).collect(),
            fresh: self.fresh.clone(),
        }
    }
}

impl Joint {
    /// Words that make every text a member of its set. `is_taken` names letters that must not be used as fresh ones.
    ///
    /// ```
    /// use polsim_arn::{Budget, Joined, Joint, Pattern, Piece, TextSet};
    /// let home: Vec<Piece> = "home/".chars().map(Piece::Char).chain([Piece::Word(0)]).collect();
    /// let texts = vec![
    ///     (home, TextSet::from(Pattern::wildcard("*/b*"))),
    ///     (vec![Piece::Word(0)], TextSet::from(Pattern::wildcard("?o?"))),
    /// ];
    /// let joint = Joint { words: 1, texts, ..Joint::default() };
    /// let Joined::Words(words) = joint.solve(&|_| false, &mut Budget::default())? else { panic!() };
    /// assert!(words.word(0).starts_with("bo"));
    /// # Ok::<(), polsim_arn::OutOfSteps>(())
    /// ```
    ///
    /// # Errors
    /// [`OutOfSteps`] when the budget ends before the answer.
    pub fn solve(&self, is_taken: &dyn Fn(char) -> bool, budget: &mut Budget) -> Result<Joined, OutOfSteps> {
        let Some(order) = self.order() else { return Ok(Joined::Entangled) };
        let mut goals = Vec::new();
        for (pieces, set) in &self.texts {
            let guide = pieces.iter().map(|piece| match piece {
                Piece::Char(c) => Token::Literal(*c),
                Piece::Word(_) | Piece::Alike(..) => Token::Many(Class::Any),
            });
            match set.goal().under(&Pattern::from_tokens(guide)) {
                Goal::Never => return Ok(Joined::Nothing),
                Goal::Always => {}
                goal => goals.push((pieces.as_slice(), goal)),
            }
        }
        let anything = Pattern::everything();
        let cases: Vec<_> =
            goals.iter().map(|(pieces, goal)| (*pieces, Case::new(&anything, Vec::new(), goal))).collect();
        let mut walk = Walk::new(&cases, &order, self.keeps_colons);
        let Some(steps) = walk.breadth_first(budget)? else { return Ok(Joined::Nothing) };
        Ok(Joined::Words(self.words_of(&steps, &order, is_taken)))
    }

    /// Whether there is an order of the words that every text agrees with.
    #[must_use]
    pub fn has_order(&self) -> bool {
        self.order().is_some()
    }

    /// An order of the words that every text agrees with.
    fn order(&self) -> Option<Vec<usize>> {
        let mut after: Vec<FxHashSet<usize>> = vec![FxHashSet::default(); self.words];
        for (pieces, _) in self.texts.iter().filter(|(_, set)| !set.is_all_at_a_glance()) {
            let words: Vec<usize> = pieces.iter().filter_map(|piece| piece.word()).collect();
            for (earlier, later) in words.iter().zip(words.iter().skip(1)) {
                after.get_mut(*earlier)?.insert(*later);
            }
        }
        let mut before = vec![0_usize; self.words];
        for later in after.iter().flatten() {
            *before.get_mut(*later)? += 1;
        }
        let mut free: Vec<usize> =
            (0..self.words).rev().filter(|word| before.get(*word) == Some(&0)).collect();
        let mut order = Vec::new();
        while let Some(word) = free.pop() {
            order.push(word);
            for later in after.get(word)? {
                let left = before.get_mut(*later)?;
                *left -= 1;
                if *left == 0 {
                    free.push(*later);
                }
            }
        }
        // Twice the same word in one text is a loop as well, as it comes after itself.
        (order.len() == self.words).then_some(order)
    }

    fn words_of(&self, steps: &[Step], order: &[usize], is_taken: &dyn Fn(char) -> bool) -> Words {
        let mut named = FxHashSet::default();
        for (pieces, set) in &self.texts {
            set.visit_patterns(&mut |pattern| named.extend(letters_of(pattern)));
            named.extend(
                pieces.iter().filter_map(|p| if let Piece::Char(c) = p { Some(fold(*c)) } else { None }),
            );
        }
        let mut letters = ('\u{e000}'..=char::MAX)
            .filter(|c| !named.contains(&fold(*c)) && fold(*c) == *c && !is_taken(*c));
        let mut found = Words { words: vec![String::new(); self.words], ..Words::default() };
        let mut rest = order.iter().copied();
        let mut word = rest.next();
        for step in steps {
            let (Step::Letters(slots), Some(own)) = (step, word) else {
                word = rest.next();
                continue;
            };
            let fresh = slots.iter().any(|(_, letter)| *letter == Letter::Fresh);
            let fresh = fresh.then(|| letters.next()).flatten();
            found.fresh.extend(fresh);
            for (case, letter) in slots {
                let c = if let Letter::Char(c) = letter { *c } else { fresh.unwrap_or('\u{e000}') };
                match case {
                    None => found.words.get_mut(own).into_iter().for_each(|text| text.push(c)),
                    Some(case) => found.cases.entry(*case).or_default().push(c),
                }
            }
        }
        found
    }
}

fn letters_of(pattern: &Pattern) -> impl Iterator<Item = char> + '_ {
    pattern.tokens().iter().filter_map(|token| match token {
        Token::Literal(c) | Token::Folded(c) => Some(fold(*c)),
        Token::One(_) | Token::Many(_) => None,
    })
}

/// One letter, in every case in which the word occurs, or the end of a word.
#[derive(Clone, Debug)]
enum Step {
    Letters(Vec<(Option<usize>, Letter)>),
    End,
}

/// A text while its words grow.
struct Text<'g> {
    pieces: &'g [Piece],
    automaton: Automaton<'g>,
}

/// All texts at once.
struct Walk<'g> {
    texts: Vec<Text<'g>>,
    /// For each word in order, the texts that it is part of, with the place there and the letter case.
    parts: Vec<Vec<(usize, usize, Option<usize>)>>,
    keeps_colons: bool,
}

/// Where all texts stand.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    /// How many words are complete.
    finished: usize,
    /// The places in the automaton of each text.
    texts: Vec<Rc<[Place]>>,
}

struct Reached {
    from: usize,
    step: Step,
    state: State,
}

impl<'g> Walk<'g> {
    fn new(cases: &'g [(&'g [Piece], Case<'g>)], order: &[usize], keeps_colons: bool) -> Self {
        let of_case = |(pieces, case): &'g (&'g [Piece], Case<'g>)| {
            let mut automaton = Automaton::new(case);
            automaton.await_any_letter();
            Text { pieces, automaton }
        };
        let texts: Vec<Text<'g>> = cases.iter().map(of_case).collect();
        let parts = order
            .iter()
            .map(|word| {
                let of_text = |(text, of): (usize, &Text<'_>)| {
                    let at = of.pieces.iter().position(|piece| piece.word() == Some(*word))?;
                    let case =
                        if let Some(Piece::Alike(_, case)) = of.pieces.get(at) { Some(*case) } else { None };
                    Some((text, at, case))
                };
                texts.iter().enumerate().filter_map(of_text).collect()
            })
            .collect();
        Self { texts, parts, keeps_colons }
    }

    fn start(&mut self) -> Option<State> {
        let mut state = State { finished: 0, texts: Vec::new() };
        for text in &mut self.texts {
            let mut places = Vec::new();
            let standing = text.automaton.start(&mut places);
            state.texts.push(text.read(places, standing, 0)?);
        }
        Some(state)
    }

    fn breadth_first(&mut self, budget: &mut Budget) -> Result<Option<Vec<Step>>, OutOfSteps> {
        let Some(start) = self.start() else { return Ok(None) };
        let mut seen: FxHashSet<State> = FxHashSet::default();
        seen.insert(start.clone());
        let mut reached = vec![Reached { from: 0, step: Step::End, state: start }];
        let mut open = VecDeque::from([0]);
        while let Some(at) = open.pop_front() {
            let Some(Reached { state, .. }) = reached.get(at) else { break };
            let state = state.clone();
            if state.finished == self.parts.len() {
                return Ok(Some(steps_to(&reached, at)));
            }
            for letters in self.letters(&state) {
                budget.step()?;
                if let Some(behind) = self.advance(&state, &letters)
                    && seen.insert(behind.clone())
                {
                    reached.push(Reached { from: at, step: Step::Letters(letters), state: behind });
                    open.push_back(reached.len() - 1);
                }
            }
            budget.step()?;
            if let Some(behind) = self.end_word(&state)
                && seen.insert(behind.clone())
            {
                reached.push(Reached { from: at, step: Step::End, state: behind });
                open.push_front(reached.len() - 1);
            }
        }
        Ok(None)
    }

    /// The letters worth trying next, each in all cases of the word.
    fn letters(&self, state: &State) -> Vec<Vec<(Option<usize>, Letter)>> {
        let Some(parts) = self.parts.get(state.finished) else { return Vec::new() };
        let mut wanted = Vec::new();
        if self.keeps_colons {
            wanted.push(Letter::Char(':'));
        }
        let mut own = Vec::new();
        for (number, ..) in parts {
            if let (Some(text), Some(places)) = (self.texts.get(*number), state.texts.get(*number)) {
                text.automaton.letters(places, &mut own);
                wanted.append(&mut own);
            }
        }
        if parts.is_empty() {
            return Vec::new();
        }
        let mut cases: Vec<usize> = parts.iter().filter_map(|(.., case)| *case).collect();
        cases.sort_unstable();
        cases.dedup();
        if !cases.is_empty() {
            let folded = |letter| if let Letter::Char(c) = letter { Letter::Char(fold(c)) } else { letter };
            wanted = wanted.into_iter().map(folded).collect();
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut all = Vec::new();
        for letter in wanted {
            let spellings: Vec<Letter> = match letter {
                Letter::Char(c) if !cases.is_empty() => unfold(c).into_iter().map(Letter::Char).collect(),
                other => vec![other],
            };
            let mut combined: Vec<Vec<(Option<usize>, Letter)>> =
                spellings.iter().map(|letter| vec![(None, *letter)]).collect();
            for case in &cases {
                combined = combined
                    .iter()
                    .flat_map(|slots| {
                        spellings.iter().map(|letter| {
                            slots.iter().copied().chain([(Some(*case), *letter)]).collect::<Vec<_>>()
                        })
                    })
                    .collect();
            }
            all.extend(combined);
        }
        all
    }

    /// The state behind a letter; `None` when there is no hope in it.
    fn advance(&mut self, state: &State, letters: &[(Option<usize>, Letter)]) -> Option<State> {
        let mut behind = state.clone();
        for (number, _, case) in self.parts.get(state.finished)? {
            let (_, letter) = letters.iter().find(|(slot, _)| slot == case)?;
            let mut places = Vec::new();
            let standing = self.texts.get_mut(*number)?.automaton.advance(
                state.texts.get(*number)?,
                *letter,
                &mut places,
            );
            if standing == Standing::Hopeless {
                return None;
            }
            *behind.texts.get_mut(*number)? = places.into();
        }
        Some(behind)
    }

    /// The state when the word ends: its texts read on to their next word, or are complete.
    fn end_word(&mut self, state: &State) -> Option<State> {
        let mut behind = state.clone();
        for (number, at, _) in self.parts.get(state.finished)? {
            let text = self.texts.get_mut(*number)?;
            let mut places = state.texts.get(*number)?.to_vec();
            let standing = text.automaton.standing(&mut places);
            *behind.texts.get_mut(*number)? = text.read(places, standing, at + 1)?;
        }
        behind.finished += 1;
        Some(behind)
    }
}

impl Text<'_> {
    /// Reads the characters up to the next word; `None` when there is no hope left, or the text ends outside its set.
    fn read(&mut self, mut places: Vec<Place>, mut standing: Standing, from: usize) -> Option<Rc<[Place]>> {
        for piece in self.pieces.iter().skip(from) {
            if standing == Standing::Hopeless {
                return None;
            }
            let Piece::Char(c) = piece else { return Some(places.into()) };
            let mut behind = Vec::new();
            standing = self.automaton.advance(&places, Letter::Char(*c), &mut behind);
            places = behind;
        }
        // Where a text ends does not matter any more.
        (standing == Standing::Member).then(|| Vec::new().into())
    }
}

fn steps_to(reached: &[Reached], mut at: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    while at != 0 {
        let Some(found) = reached.get(at) else { break };
        steps.push(found.step.clone());
        at = found.from;
    }
    steps.reverse();
    steps
}
