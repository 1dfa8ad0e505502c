//! Clauses that the vectors leave out or touch in one row only, and the readings of S8.

#[cfg(test)]
mod ask;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod readings;
