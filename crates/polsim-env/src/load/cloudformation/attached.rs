//! What policies of a template say that they are attached to, and whether that is one entity or another.

use crate::load::later::{Hole, Nature, Piece, Value, joined};
use crate::load::{FoundPolicy, IamKind};
use std::sync::Arc;

/// A policy that says itself what it is attached to.
pub(super) struct Attached {
    pub(super) kind: IamKind,
    /// What it says.
    pub(super) target: Value,
    pub(super) policy: Arc<FoundPolicy>,
    /// The policy as it is written.
    pub(super) written: Value,
    /// What decides whether the policy is made at all.
    pub(super) doubt: Option<Hole>,
}

/// Whether two names are the same.
pub(super) enum Same {
    Yes,
    No,
    /// It depends on a value.
    Perhaps(Hole),
}

/// Whether what a policy names is the entity of a name. A name that AWS makes up is like no other.
pub(super) fn same(target: &Value, name: &[Piece]) -> Same {
    let Some(pieces) = target.pieces() else { return Same::No };
    let pieces = joined(pieces);
    if pieces == name {
        return Same::Yes;
    }
    let depends = pieces.iter().chain(name).find_map(|piece| match piece {
        Piece::Hole(hole) if hole.nature == Nature::Text => Some(hole.clone()),
        _ => None,
    });
    depends.map_or(Same::No, Same::Perhaps)
}
