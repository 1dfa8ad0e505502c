//! How many addresses a subnet has left (S6.6.2).

use crate::gap::Gap;
use crate::network::Network;
use crate::topology::Subnet;

/// The addresses of each subnet that AWS keeps for itself: the first four and the last.
pub const KEPT_BY_AWS: u64 = 5;

/// The addresses that an instance of a model takes.
pub const PER_INSTANCE: u64 = 2;

impl Network {
    /// How many addresses of a subnet are free: as AWS says, or what network interfaces leave of the range.
    ///
    /// # Errors
    /// [`Gap`] when the input does not tell.
    pub fn free_addresses(&self, subnet: &Subnet) -> Result<u64, Gap> {
        if let Some(free) = subnet.free {
            return Ok(free);
        }
        if let Some(gap) = self.interfaces.gap() {
            return Err(gap);
        }
        let bits = u32::from(subnet.range.max_prefix_len() - subnet.range.prefix_len());
        let size = 1_u64.checked_shl(bits).unwrap_or(u64::MAX);
        let own =
            self.interfaces.items().iter().filter(|interface| interface.subnet.as_ref() == Some(&subnet.id));
        let used = own.map(|interface| interface.addresses.len() as u64).sum::<u64>();
        Ok(size.saturating_sub(KEPT_BY_AWS).saturating_sub(used))
    }
}
