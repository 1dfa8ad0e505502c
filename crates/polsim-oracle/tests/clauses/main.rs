//! Clauses that the vectors leave out or touch in one row only, and the readings of S8.

mod ask;
mod layers;
mod readings;
