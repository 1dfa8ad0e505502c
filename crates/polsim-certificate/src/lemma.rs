//! Whether literals exclude each other, looked into without the prover.

use crate::circuit::{Atom, Coordinate};
use crate::goal::{Cube, Setting};
use crate::state::can_be;
use crate::universe::domain;
use crate::words::is_empty;
use polsim_arn::{ActionPattern, TextSet};
use polsim_eval::{KeyId, PrincipalKind, Test};
use polsim_question::keys::arity;
use polsim_question::question::{PrincipalRegion, Question};

/// An atom with the truth value that it is to have.
pub(crate) type Wanted = (Atom, bool);

/// All texts that the region and the kind of principal leave to a part of a request.
pub(crate) fn base(question: &Question<'_>, kind: PrincipalKind, coordinate: Coordinate) -> TextSet {
    let domain = domain(coordinate, kind);
    let region = question.region;
    match (coordinate, &region.principal) {
        (Coordinate::Action, _) if !region.actions.is_empty() => {
            domain.and(&TextSet::union(region.actions.iter().map(ActionPattern::pattern)))
        }
        (Coordinate::Resource, _) if !region.resources.is_empty() => {
            domain.and(&TextSet::union(region.resources.iter().cloned()))
        }
        (Coordinate::PrincipalArn, PrincipalRegion::Arn(pattern)) => domain.and(&pattern.clone().into()),
        _ => domain,
    }
}

/// Whether the region leaves nothing to some part of a request.
pub(crate) fn is_region_empty(question: &Question<'_>, kind: PrincipalKind) -> bool {
    let has_arn = kind.is_bound_by_scps() && matches!(question.region.principal, PrincipalRegion::Arn(_));
    let always = [Coordinate::Action, Coordinate::Resource].into_iter();
    let mut parts = always.chain(has_arn.then_some(Coordinate::PrincipalArn));
    parts.any(|part| is_empty(&base(question, kind, part)) == Some(true))
}

/// Whether no request of the situation has all that is wanted; `None` when that cannot be followed: the literals are on
/// different parts of a request, or nothing is known of one, or there are too many.
pub(crate) fn exclude_each_other(
    question: &Question<'_>,
    setting: &Setting,
    cube: &Cube,
    wanted: &[Wanted],
) -> Option<bool> {
    match wanted.first()?.0 {
        Atom::Text(coordinate, _) => {
            let mut texts = base(question, setting.kind, coordinate);
            for (atom, holds) in wanted {
                let Atom::Text(other, set) = atom else { return None };
                if *other != coordinate {
                    return None;
                }
                texts = texts.and(&if *holds { set.clone() } else { set.not() });
            }
            is_empty(&texts)
        }
        Atom::Key(key, _) => {
            let tests: Vec<(&Test, bool)> = wanted
                .iter()
                .map(|(atom, holds)| Some((on_key(atom, key)?, *holds)))
                .collect::<Option<_>>()?;
            let name = question.model.keys().key(key)?.folded();
            let mut mentioned = Vec::new();
            tests.iter().for_each(|(test, _)| test.for_each_reading(&mut |reading| mentioned.push(reading)));
            can_be(&tests, arity(&name), &cube.ways(mentioned)).map(|can| !can)
        }
        Atom::Reading(_) | Atom::Opaque => None,
    }
}

fn on_key(atom: &Atom, key: KeyId) -> Option<&Test> {
    match atom {
        Atom::Key(other, test) if *other == key => Some(test),
        _ => None,
    }
}
