//! Why bytes are not the facts that they should be.

/// Bytes that cannot be read as facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    /// They do not begin as they should.
    #[error("this is no reference data")]
    NotReferenceData,
    /// They are in another form than this program reads.
    #[error("the reference data has form {0}, this program reads form {expected}", expected = crate::encode::FORM)]
    OtherForm(u8),
    /// They are not those that were written.
    #[error("the reference data is damaged: its check sum is wrong")]
    CheckSum,
    /// They end too early.
    #[error("the reference data is damaged: it ends inside {0}")]
    Ends(&'static str),
    /// They are longer than what they hold.
    #[error("the reference data is damaged: bytes are left over behind {0}")]
    LeftOver(&'static str),
    /// A text is no text.
    #[error("the reference data is damaged: {0} is not UTF-8")]
    NotUtf8(&'static str),
    /// A number is too large for what it counts or points to.
    #[error("the reference data is damaged: {0} is out of range")]
    Range(&'static str),
}
