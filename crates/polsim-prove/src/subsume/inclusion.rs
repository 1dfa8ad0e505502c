//! Whether the policies of one side grant no more than those of the other, statement by statement.

use super::cover::{Entry, Side};
use super::digest::Digest;
use super::probe::{Probe, state};
use polsim_arn::Arn;
use polsim_eval::{CompiledPolicy, CompiledStatement, KeyTable, StatementId, Value};
use polsim_policy::Effect;
use std::cell::OnceCell;

/// Into how many cubes a statement is cut at most.
const MOST_CUBES: usize = 4_096;

/// Policies that hang at one place, with their digests.
pub(crate) type Policies<'s> = [(&'s CompiledPolicy, &'s Digest)];

/// A part of what a statement applies to: one of its actions on one of its resources, under its conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cube {
    pub(crate) statement: StatementId,
    /// The place of the action among those of the statement, and of the resource; `None` for all of them.
    pub(crate) entries: Option<(usize, usize)>,
}

/// What was found.
#[derive(Debug)]
pub(crate) enum Verdict {
    Included,
    /// The probe of a cube is allowed by the new side and not by the old one.
    Escapes(Cube),
    /// It was not seen of these cubes.
    Open(Vec<Cube>),
}

/// A comparison.
pub(crate) struct Inclusion<'s> {
    pub(crate) keys: &'s KeyTable,
    pub(crate) new: &'s Policies<'s>,
    pub(crate) old: &'s Policies<'s>,
    /// The Denies of the old side that the new side does not make as well.
    pub(crate) denies: OnceCell<Vec<Side<'s>>>,
}

/// A cube with all that belongs to it.
#[derive(Clone, Copy)]
struct Piece<'s> {
    side: Side<'s>,
    action: Entry<'s>,
    resource: Entry<'s>,
}

enum Seen {
    Covered,
    Escapes,
    Open,
}

impl<'s> Inclusion<'s> {
    pub(crate) fn verdict(&self) -> Verdict {
        let mut open = Vec::new();
        for side in sides(self.new).filter(|side| side.statement.effect == Effect::Allow) {
            if let Some(escape) = self.statement(side, &mut open) {
                return escape;
            }
        }
        if open.is_empty() { Verdict::Included } else { Verdict::Open(open) }
    }

    /// Looks at one Allow of the new side; what is open of it is put down.
    fn statement(&self, side: Side<'s>, open: &mut Vec<Cube>) -> Option<Verdict> {
        let id = side.statement.id;
        let (actions, resources) = (&side.digest.actions, &side.digest.resources);
        let mut is_first = true;
        let number = actions.len() * resources.len();
        let from = open.len();
        for (at, action) in actions.each().enumerate() {
            for (place, resource) in resources.each().enumerate() {
                let piece = Piece { side, action, resource };
                match self.piece(piece, is_first && number > 1) {
                    (Seen::Covered, is_whole) => {
                        if is_whole {
                            return None;
                        }
                    }
                    (Seen::Escapes, _) => {
                        return Some(Verdict::Escapes(Cube { statement: id, entries: Some((at, place)) }));
                    }
                    (Seen::Open, _) => open.push(Cube { statement: id, entries: Some((at, place)) }),
                }
                is_first = false;
                if number > MOST_CUBES {
                    open.truncate(from);
                    open.push(Cube { statement: id, entries: None });
                    return None;
                }
            }
        }
        None
    }

    /// What is seen of a cube, and whether it was seen of the whole statement.
    fn piece(&self, piece: Piece<'s>, with_whole: bool) -> (Seen, bool) {
        let Piece { side, action, resource } = piece;
        let (Some(word), Some(text)) = (action.1, resource.1) else {
            // Nothing to try: only a statement that is the same can cover it.
            let mut allows = sides(self.old).filter(|old| old.statement.effect == Effect::Allow);
            let is_covered =
                allows.any(|old| old.covers_cube(side, action, resource)) && self.is_spared(piece);
            return (if is_covered { Seen::Covered } else { Seen::Open }, false);
        };
        let probe = side.digest.sample.as_ref().filter(|_| side.statement.principal.is_none());
        let probe = probe.map(|sample| Probe {
            keys: self.keys,
            action: word,
            resource: text,
            states: &sample.states,
        });
        let mut is_allowed = false;
        let mut is_denied = false;
        let mut is_covered = false;
        for (policy, digest) in self.old {
            for statement in policy.candidates(word, text) {
                let Some(old) = of(statement, digest) else { continue };
                if statement.effect == Effect::Deny {
                    is_denied = is_denied || probe.is_some_and(|probe| probe.meets(statement));
                    continue;
                }
                if is_covered {
                    continue;
                }
                if with_whole && old.covers(side) && self.is_whole_spared(side) {
                    return (Seen::Covered, true);
                }
                is_covered = old.covers_cube(side, action, resource);
                is_allowed = is_allowed || is_covered || probe.is_none_or(|probe| probe.meets(statement));
            }
        }
        if is_covered && self.is_spared(piece) {
            return (Seen::Covered, false);
        }
        let escapes = probe.is_some_and(|probe| (is_denied || !is_allowed) && self.is_granted(probe));
        (if escapes { Seen::Escapes } else { Seen::Open }, false)
    }

    /// Whether the new side allows a probe, and all of it hangs together.
    fn is_granted(&self, probe: Probe<'_>) -> bool {
        let owner = self.keys.find("aws:resourceaccount").map(|key| state(probe.states, key));
        let account = Arn::parse(probe.resource).map(|arn| arn.account).filter(|account| !account.is_empty());
        // I11
        let fits = match (owner, account) {
            (Some(Value::One(owner)), Some(account)) => owner == account,
            _ => true,
        };
        let policies: Vec<&CompiledPolicy> = self.new.iter().map(|(policy, _)| *policy).collect();
        fits && probe.is_allowed_by(&policies)
    }

    /// Whether no Deny of the old side alone meets the cube.
    fn is_spared(&self, piece: Piece<'_>) -> bool {
        self.own_denies().iter().all(|deny| deny.misses(piece.action, piece.resource))
    }

    fn is_whole_spared(&self, side: Side<'s>) -> bool {
        let denies = self.own_denies();
        denies.iter().all(|deny| {
            side.digest.actions.each().all(|action| deny.misses(action, (None, None)))
                || side.digest.resources.each().all(|resource| deny.misses((None, None), resource))
        })
    }

    /// The Denies of the old side that the new side does not make as well: what those deny, the new side does not allow.
    fn own_denies(&self) -> &[Side<'s>] {
        self.denies.get_or_init(|| {
            let of_old = sides(self.old).filter(|side| side.statement.effect == Effect::Deny);
            of_old.filter(|deny| !self.is_denied_by_new(*deny)).collect()
        })
    }

    fn is_denied_by_new(&self, deny: Side<'s>) -> bool {
        let first = deny.digest.actions.each().next().zip(deny.digest.resources.each().next());
        let words = first.and_then(|(action, resource)| action.1.zip(resource.1));
        let covers = |new: Side<'_>| new.statement.effect == Effect::Deny && new.covers(deny);
        match words {
            Some((action, resource)) => self.new.iter().any(|(policy, digest)| {
                let mut candidates = policy.candidates(action, resource);
                candidates.any(|statement| of(statement, digest).is_some_and(covers))
            }),
            None => sides(self.new).any(covers),
        }
    }
}

fn of<'s>(statement: &'s CompiledStatement, digest: &'s Digest) -> Option<Side<'s>> {
    Some(Side { statement, digest: digest.statements.get(statement.id.index as usize)? })
}

fn sides<'s>(policies: &'s Policies<'s>) -> impl Iterator<Item = Side<'s>> {
    policies.iter().flat_map(|(policy, digest)| {
        policy.statements.iter().zip(&digest.statements).map(|(statement, digest)| Side { statement, digest })
    })
}
