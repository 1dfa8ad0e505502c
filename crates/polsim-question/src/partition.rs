//! The partitions of AWS. Nothing reaches from one into another (S2.6).

/// The partitions (S2.6.1).
pub const PARTITIONS: [&str; 8] =
    ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];
