//! The hard family: whether a formula in disjunctive form holds for all values of its variables, asked as whether one
//! pattern is within a union. Between the letters of `*a*b*c*` are slots; a variable is whether its slot has anything
//! in it. A term is the pattern whose slots are empty, `?*` or `*`. Twenty-four variables are decided within the
//! default budget; what is right is told by the table of all sixteen million assignments.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use polsim_arn::{Budget, Pattern, TextSet};
use std::time::Instant;

/// Terms over variables from 1; a negative number is a variable that has to be false.
struct Dnf {
    name: String,
    variables: usize,
    terms: Vec<Vec<i32>>,
}

fn letter(slot: usize) -> char {
    char::from_u32(u32::from('a') + u32::try_from(slot).unwrap()).unwrap()
}

impl Dnf {
    fn new(name: impl Into<String>, variables: usize, terms: Vec<Vec<i32>>) -> Self {
        Self { name: name.into(), variables, terms }
    }

    fn pattern(&self, slot: impl Fn(usize) -> &'static str) -> Pattern {
        let text: String = (1..=self.variables).map(|at| format!("{}{}", slot(at), letter(at - 1))).collect();
        Pattern::wildcard(&text)
    }

    fn everything(&self) -> TextSet {
        self.pattern(|_| "*").into()
    }

    fn union(&self) -> TextSet {
        TextSet::union(self.terms.iter().map(|term| {
            let has = |literal: i32| term.contains(&literal);
            self.pattern(|at| {
                let at = i32::try_from(at).unwrap();
                if has(at) {
                    "?*"
                } else if has(-at) {
                    ""
                } else {
                    "*"
                }
            })
        }))
    }

    /// Whether each of all assignments satisfies a term, 64 assignments at a time.
    fn is_tautology(&self) -> bool {
        const LOW: [u64; 6] = [
            0xAAAA_AAAA_AAAA_AAAA,
            0xCCCC_CCCC_CCCC_CCCC,
            0xF0F0_F0F0_F0F0_F0F0,
            0xFF00_FF00_FF00_FF00,
            0xFFFF_0000_FFFF_0000,
            0xFFFF_FFFF_0000_0000,
        ];
        let value = |block: u64, variable: usize| match LOW.get(variable) {
            Some(mask) => *mask,
            None => 0_u64.wrapping_sub(block >> (variable - LOW.len()) & 1),
        };
        (0..1_u64 << (self.variables - LOW.len())).all(|block| {
            let of_literal = |literal: &i32| {
                let value = value(block, literal.unsigned_abs() as usize - 1);
                if *literal > 0 { value } else { !value }
            };
            let of_term = |term: &Vec<i32>| term.iter().map(of_literal).fold(u64::MAX, |all, one| all & one);
            self.terms.iter().map(of_term).fold(0, |any, one| any | one) == u64::MAX
        })
    }

    fn decide(&self) {
        let expected = self.is_tautology();
        let (all, union) = (self.everything(), self.union());
        let start = Instant::now();
        let mut budget = Budget::default();
        let found = all.and(&union.not()).shortest(&mut budget);
        let steps = Budget::default().left() - budget.left();
        println!("{}: {} terms, {steps} steps, {:?}", self.name, self.terms.len(), start.elapsed());
        assert!(found.is_ok(), "{}: out of steps", self.name);
        let found = found.unwrap();
        assert_eq!(found.is_none(), expected, "{}: {found:?}", self.name);
        if let Some(word) = found {
            assert!(all.contains(&word) && !union.contains(&word), "{}: {word}", self.name);
        }
    }
}

/// SplitMix64.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }

    fn term(&mut self, variables: usize, width: usize) -> Vec<i32> {
        let mut term: Vec<i32> = Vec::new();
        while term.len() < width {
            let variable = i32::try_from(self.below(variables) + 1).unwrap();
            if !term.iter().any(|literal| literal.abs() == variable) {
                term.push(if self.below(2) == 0 { variable } else { -variable });
            }
        }
        term
    }
}

fn random(variables: usize, width: usize, terms: usize, seed: u64) -> Dnf {
    let mut numbers = Numbers(seed);
    let list = (0..terms).map(|_| numbers.term(variables, width)).collect();
    Dnf::new(format!("random {width}-DNF, seed {seed}"), variables, list)
}

/// x1, or not x1 and x2, or not x1 and not x2 and x3 …; with the last term, that none holds, a tautology.
fn chain(variables: i32, is_closed: bool) -> Dnf {
    let mut terms: Vec<Vec<i32>> =
        (1..=variables).map(|at| (1..at).map(|before| -before).chain([at]).collect()).collect();
    if is_closed {
        terms.push((1..=variables).map(|at| -at).collect());
    }
    Dnf::new("chain", usize::try_from(variables).unwrap(), terms)
}

/// One variable for each edge of a graph; a term for each way in which the parity at a vertex can be wrong. The
/// parities add up to an odd number, so at some vertex it is wrong.
fn parity(vertices: usize, edges: &[(usize, usize)], name: &str) -> Dnf {
    let mut terms = Vec::new();
    for vertex in 0..vertices {
        let own: Vec<i32> =
            (1..).zip(edges).filter(|(_, (a, b))| (*a == vertex) != (*b == vertex)).map(|(n, _)| n).collect();
        for signs in 0..1_u32 << own.len() {
            let is_odd = signs.count_ones() % 2 == 1;
            if is_odd != (vertex == 0) {
                let sign = |at: usize| if signs >> at & 1 == 1 { 1 } else { -1 };
                terms.push(own.iter().enumerate().map(|(at, edge)| edge * sign(at)).collect());
            }
        }
    }
    Dnf::new(name, edges.len(), terms)
}

/// Some pigeon has no hole, or two are in one.
fn pigeons(pigeons: i32, holes: i32) -> Dnf {
    let is_in = |pigeon: i32, hole: i32| pigeon * holes + hole + 1;
    let mut terms: Vec<Vec<i32>> =
        (0..pigeons).map(|pigeon| (0..holes).map(|hole| -is_in(pigeon, hole)).collect()).collect();
    for hole in 0..holes {
        for one in 0..pigeons {
            terms.extend((0..one).map(|other| vec![is_in(one, hole), is_in(other, hole)]));
        }
    }
    Dnf::new(format!("{pigeons} pigeons, {holes} holes"), usize::try_from(pigeons * holes).unwrap(), terms)
}

#[test]
fn random_terms_of_three_are_decided() {
    for (terms, seeds) in [(103, 3), (120, 2), (144, 2), (168, 1), (192, 1)] {
        (0..seeds).for_each(|seed| random(24, 3, terms, seed * 1_000 + terms as u64).decide());
    }
}

#[test]
fn random_terms_of_other_widths_are_decided() {
    random(24, 2, 30, 1).decide();
    random(24, 2, 60, 2).decide();
    random(24, 4, 240, 3).decide();
    random(24, 4, 300, 4).decide();
    random(24, 5, 540, 5).decide();
}

#[test]
fn chains_and_their_one_hole_are_decided() {
    chain(24, true).decide();
    chain(24, false).decide();
}

#[test]
fn parities_are_decided() {
    let ring: Vec<(usize, usize)> = (0..24).map(|at| (at, (at + 1) % 24)).collect();
    parity(24, &ring, "parity on a ring").decide();
    let far = (0..12).map(|at| (at, (at + 5) % 12));
    let double: Vec<(usize, usize)> = (0..12).map(|at| (at, (at + 1) % 12)).chain(far).collect();
    parity(12, &double, "parity on a graph of degree four").decide();
    let wide = (0..8).flat_map(|at| [1, 2, 3].map(|step| (at, (at + step) % 8))).collect::<Vec<_>>();
    parity(8, &wide, "parity on a graph of degree six").decide();
}

#[test]
fn pigeons_are_decided() {
    pigeons(5, 4).decide();
    pigeons(6, 4).decide();
    pigeons(4, 6).decide();
}

#[test]
fn variables_that_are_far_apart_are_decided() {
    let differ = |pairs: i32| {
        let terms = (1..=pairs).flat_map(|at| [vec![at, -(at + 12)], vec![-at, at + 12]]);
        Dnf::new("differences", 24, terms.collect())
    };
    differ(12).decide();
    let mut closed = differ(12);
    closed.terms.extend(parity(12, &(0..12).map(|at| (at, (at + 1) % 12)).collect::<Vec<_>>(), "").terms);
    closed.decide();
}
