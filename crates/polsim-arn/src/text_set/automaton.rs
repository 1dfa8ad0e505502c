//! All patterns of a case as one position automaton.
//!
//! A pattern of n tokens has the places 0..=n; place i means that the tokens before i are matched, place n that all
//! are. A state is the set of places that a word can have led to, as an ascending list. What a newcomer would doubt:
//! when a star is reached, most places before it are dropped. Whatever they still match, the star matches too, because
//! it takes the text that they would need to get to it.

use super::case::Case;
use super::coverage::Coverage;
use super::place::Place;
use super::plan::{Fate, Plan};
use super::supply::{Letters, Supply};
use super::tails::Tails;
use crate::Pattern;
use crate::token::{Class, Token, unfold};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A letter to try: a character that some pattern names, or one that none does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Letter {
    /// A character that occurs in no pattern and is no colon.
    Fresh,
    Char(char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A member matches it.
    Required,
    /// A member does not match it.
    Forbidden,
    /// The rest of the goal speaks of it.
    Other,
}

/// A pattern with its places.
#[derive(Debug)]
struct Track<'g> {
    pattern: &'g Pattern,
    places: Range<Place>,
    role: Role,
    /// Whether the last token is a star over all characters.
    is_open_ended: bool,
}

#[derive(Debug)]
struct Spot {
    /// What leads on from here; nothing at the end of a pattern.
    token: Option<Token>,
    track: u32,
    /// At a star, the first of the places before it that it makes needless.
    drops_from: Place,
    /// The letters that are offered from here on by a wanted pattern, or needed by another.
    letters: Letters,
}

/// The automaton of a case.
#[derive(Debug)]
pub(super) struct Automaton<'g> {
    tracks: Vec<Track<'g>>,
    spots: Vec<Spot>,
    required: usize,
    /// Places below this one belong to patterns that are wanted somewhere.
    wanted_end: Place,
    plan: Plan,
    /// The colon, where wildcards that stop at it are in play.
    colon: Option<Letters>,
    coverage: Coverage,
    tails: Tails,
    /// Whether letters come from elsewhere too, and not only from its own wanted patterns.
    awaits_any_letter: bool,
}

/// What a state says of the word that led to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// No continuation is a member.
    Hopeless,
    Open,
    /// The word itself is a member.
    Member,
}

impl<'g> Automaton<'g> {
    pub(super) fn new(case: &'g Case<'g>) -> Self {
        let mut automaton = Self {
            tracks: Vec::new(),
            spots: Vec::new(),
            required: case.required.len(),
            wanted_end: 0,
            plan: Plan::All(Vec::new()),
            colon: None,
            coverage: Coverage::default(),
            tails: Tails::default(),
            awaits_any_letter: false,
        };
        let (wanted, unwanted) = case.others();
        let mut supply = Supply::default();
        let lists = [&case.required, &wanted, &case.forbidden, &unwanted];
        if lists.into_iter().flatten().any(|pattern| pattern.tokens().iter().any(stops_at_colons)) {
            automaton.colon = Some(supply.offer(':'));
        }
        let mut offered = |token| supply.offered(token);
        case.required.iter().for_each(|pattern| automaton.add(pattern, Role::Required, &mut offered));
        wanted.iter().for_each(|pattern| automaton.add(pattern, Role::Other, &mut offered));
        automaton.wanted_end = automaton.end();
        let mut needed = |token| supply.needed(token);
        case.forbidden.iter().for_each(|pattern| automaton.add(pattern, Role::Forbidden, &mut needed));
        unwanted.iter().for_each(|pattern| automaton.add(pattern, Role::Other, &mut needed));
        let others = automaton.tracks.iter().enumerate().filter(|(_, track)| track.role == Role::Other);
        let numbers: FxHashMap<&Pattern, usize> =
            others.map(|(number, track)| (track.pattern, number)).collect();
        automaton.plan = Plan::of(&case.rest, &numbers);
        automaton.coverage = Coverage::new(automaton.wanted_end, automaton.end());
        automaton
    }

    /// From now on any letter may come, whether or not a pattern of the case asks for it.
    pub(super) fn await_any_letter(&mut self) {
        self.awaits_any_letter = true;
    }

    /// What a state says that was reached before.
    pub(super) fn standing(&mut self, state: &mut Vec<Place>) -> Standing {
        self.settle(state)
    }

    /// From now on states are told apart by what is ahead in forbidden patterns, and not by which patterns these are.
    pub(super) fn share_tails(&mut self) {
        if self.tails.is_made() {
            return;
        }
        let forbidden = || self.tracks.iter().filter(|track| track.role == Role::Forbidden);
        let start = forbidden().next().map_or(0, |track| track.places.start);
        let end = forbidden().next_back().map_or(start, |track| track.places.end);
        let spots = self.spots.get(start as usize..end as usize).unwrap_or_default();
        let tokens: Vec<Option<Token>> = spots.iter().map(|spot| spot.token).collect();
        self.tails = Tails::new(start, &tokens);
    }

    fn end(&self) -> Place {
        self.tracks.last().map_or(0, |track| track.places.end)
    }

    fn add(&mut self, pattern: &'g Pattern, role: Role, letters: &mut impl FnMut(Token) -> Letters) {
        let start = self.end();
        let track = u32::try_from(self.tracks.len()).unwrap_or(u32::MAX);
        let mut place = start;
        // The first place from which on no token has taken a colon, for stars that stop at colons.
        let mut since_colon = start;
        for token in pattern.tokens() {
            let drops_from = match token {
                Token::Many(Class::Any) => start,
                Token::Many(Class::NotColon) => since_colon,
                _ => place,
            };
            if token.admits(':') {
                since_colon = place + 1;
            }
            self.spots.push(Spot { token: Some(*token), track, drops_from, letters: letters(*token) });
            place += 1;
        }
        self.spots.push(Spot { token: None, track, drops_from: place, letters: 0 });
        let mut ahead = 0;
        for spot in self.spots.iter_mut().skip(start as usize).rev() {
            ahead |= spot.letters;
            spot.letters = ahead;
        }
        let is_open_ended = pattern.tokens().last() == Some(&Token::Many(Class::Any));
        self.tracks.push(Track { pattern, places: start..place + 1, role, is_open_ended });
    }

    /// How many places a state begins with that belong to wanted patterns.
    pub(super) fn wanted(&self, state: &[Place]) -> usize {
        state.partition_point(|place| *place < self.wanted_end)
    }

    fn spot(&self, place: Place) -> Option<&Spot> {
        self.spots.get(place as usize)
    }

    /// Makes `state` the one that no letter has led to yet.
    pub(super) fn start(&mut self, state: &mut Vec<Place>) -> Standing {
        state.clear();
        for track in &self.tracks {
            self.reach(track.places.start, state);
        }
        self.settle(state)
    }

    /// Makes `behind` the state that the letter leads to.
    pub(super) fn advance(&mut self, state: &[Place], letter: Letter, behind: &mut Vec<Place>) -> Standing {
        behind.clear();
        for place in state {
            match self.spot(*place).and_then(|spot| spot.token) {
                Some(token) if !admits(token, letter) => {}
                Some(Token::Many(_)) => self.reach(*place, behind),
                Some(_) => self.reach(place + 1, behind),
                None => {}
            }
        }
        self.settle(behind)
    }

    /// Adds a place, and those that stars lead to from it. Places come in ascending order, so one that is below the last
    /// is there already, or was dropped.
    fn reach(&self, mut place: Place, state: &mut Vec<Place>) {
        if state.last().is_some_and(|last| *last >= place) {
            return;
        }
        while let Some(spot) = self.spot(place) {
            while state.last().is_some_and(|last| *last >= spot.drops_from) {
                state.pop();
            }
            state.push(place);
            if !matches!(spot.token, Some(Token::Many(_))) {
                return;
            }
            place += 1;
        }
    }

    /// What the state says; places from which nothing can come but what is forbidden are dropped before.
    fn settle(&mut self, state: &mut Vec<Place>) -> Standing {
        let mut matches_forbidden = false;
        let wanted = self.wanted(state);
        for place in state.iter().skip(wanted) {
            let Some(spot) = self.spots.get(*place as usize) else { continue };
            let Some(track) = self.tracks.get(spot.track as usize) else { continue };
            if spot.token.is_none() && track.role == Role::Forbidden {
                if track.is_open_ended {
                    return Standing::Hopeless;
                }
                matches_forbidden = true;
            }
        }
        self.drop_covered(wanted, state);
        if !self.awaits_any_letter {
            self.drop_unsupplied(state);
        }
        self.tails.share(state);
        if !self.plan.may_hold(&|number| self.fate(state, number)) {
            return Standing::Hopeless;
        }
        let (mut alive, mut matched) = (0, 0);
        for track in self.tracks.iter().take(self.required) {
            let places = within(state, &track.places);
            alive += usize::from(!places.is_empty());
            matched += usize::from(places.last() == Some(&(track.places.end - 1)));
        }
        if alive < self.required {
            return Standing::Hopeless;
        }
        let is_member = matched == self.required
            && !matches_forbidden
            && self.plan.holds(&|number| self.is_matched(state, number));
        if is_member { Standing::Member } else { Standing::Open }
    }

    /// Drops the places of required patterns from which whatever they match, some forbidden pattern matches too.
    fn drop_covered(&mut self, wanted: usize, state: &mut Vec<Place>) {
        let mut kept = 0;
        for at in 0..wanted {
            let (Some(place), Some(rest)) = (state.get(at).copied(), state.get(wanted..)) else { return };
            if !self.is_covered(place, rest) {
                if let Some(slot) = state.get_mut(kept) {
                    *slot = place;
                }
                kept += 1;
            }
        }
        if kept < wanted {
            state.drain(kept..wanted);
        }
    }

    fn is_covered(&mut self, place: Place, unwanted: &[Place]) -> bool {
        let Some((Some(token), narrow)) = self.spots.get(place as usize).map(|spot| (spot.token, spot.track))
        else {
            return false;
        };
        let Some(narrow) = self.tracks.get(narrow as usize).filter(|track| track.role == Role::Required)
        else {
            return false;
        };
        for other in unwanted {
            let Some(spot) = self.spots.get(*other as usize) else { continue };
            // A literal is compared when it is read; what is covered is so one letter later too.
            let can_tell = match spot.token {
                None | Some(Token::Literal(_) | Token::Folded(_)) => false,
                Some(Token::One(_)) => !matches!(token, Token::Literal(_)),
                Some(Token::Many(_)) => true,
            };
            let Some(wide) = self.tracks.get(spot.track as usize).filter(|_| can_tell) else { continue };
            if wide.role == Role::Forbidden {
                let from = |track: &Track<'g>, place: Place| {
                    track.pattern.tokens().get((place - track.places.start) as usize..).unwrap_or_default()
                };
                let covers = || crate::inclusion::covers(from(wide, *other), from(narrow, place));
                if self.coverage.covers(*other, place, covers) {
                    return true;
                }
            }
        }
        false
    }

    /// Drops the places of unwanted patterns that need a letter which the word cannot get any more.
    fn drop_unsupplied(&self, state: &mut Vec<Place>) {
        let letters = |place: &Place| self.spot(*place).map_or(0, |spot| spot.letters);
        let wanted = state.iter().take_while(|place| **place < self.wanted_end);
        let supply = wanted.fold(self.colon.unwrap_or(0), |all, place| all | letters(place));
        state.retain(|place| *place < self.wanted_end || letters(place) & !supply == 0);
    }

    fn fate(&self, state: &[Place], number: usize) -> Fate {
        let Some(track) = self.tracks.get(number) else {
            return Fate::Dead;
        };
        let places = within(state, &track.places);
        match places.last() {
            None => Fate::Dead,
            Some(last) if track.is_open_ended && last + 1 == track.places.end => Fate::Certain,
            Some(_) => Fate::Open,
        }
    }

    fn is_matched(&self, state: &[Place], number: usize) -> bool {
        let track = self.tracks.get(number);
        track.is_some_and(|track| within(state, &track.places).last() == Some(&(track.places.end - 1)))
    }

    /// The letters worth trying in a state: those that a wanted pattern asks for next, a fresh one, and the colon
    /// where wildcards that stop at it are in play (it is the second letter that a wildcard can tell apart). What a
    /// required pattern has no use for is left out. The fresh letter is first: it matches least of what is forbidden.
    pub(super) fn letters(&self, state: &[Place], letters: &mut Vec<Letter>) {
        letters.clear();
        letters.push(Letter::Fresh);
        if self.colon.is_some() {
            letters.push(Letter::Char(':'));
        }
        for place in state.iter().take_while(|place| **place < self.wanted_end) {
            match self.spot(*place).and_then(|spot| spot.token) {
                Some(Token::Literal(c)) => letters.push(Letter::Char(c)),
                Some(Token::Folded(c)) => letters.extend(unfold(c).into_iter().map(Letter::Char)),
                _ => {}
            }
        }
        letters.sort_unstable();
        letters.dedup();
        letters.retain(|letter| {
            self.tracks.iter().take(self.required).all(|track| {
                let mut tokens = within(state, &track.places).iter().filter_map(|at| self.spot(*at)?.token);
                tokens.any(|token| admits(token, *letter))
            })
        });
    }
}

/// The part of a state that belongs to one pattern.
fn within<'s>(state: &'s [Place], places: &Range<Place>) -> &'s [Place] {
    let from = state.partition_point(|place| *place < places.start);
    let state = state.get(from..).unwrap_or_default();
    state.get(..state.partition_point(|place| *place < places.end)).unwrap_or_default()
}

fn stops_at_colons(token: &Token) -> bool {
    matches!(token, Token::One(Class::NotColon) | Token::Many(Class::NotColon))
}

fn admits(token: Token, letter: Letter) -> bool {
    match letter {
        Letter::Char(c) => token.admits(c),
        Letter::Fresh => matches!(token, Token::One(_) | Token::Many(_)),
    }
}
