//! Bytes from files and standard input. The only place below the faces that reads files.

use polsim_report::{Entry, Level};
use polsim_text::{Limits, Source};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Where a text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// Standard input, written `-`.
    Stdin,
    /// A text that is at hand: no file is read.
    Text {
        /// What it is called.
        name: String,
        /// The text.
        text: String,
    },
}

/// Reads texts within limits; standard input once.
#[derive(Debug, Default)]
pub struct Reader {
    limits: Limits,
    parameters: BTreeMap<String, String>,
    stdin_is_taken: Cell<bool>,
    /// What was read, in order, when that is wanted: a large dump is let go as soon as it can be.
    taken: Option<RefCell<Vec<Source>>>,
}

/// Why a text cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No such file.
    #[error("{0} does not exist")]
    Missing(Origin),
    /// A directory.
    #[error("{0} is a directory, not a file")]
    Directory(Origin),
    /// The system refuses.
    #[error("{origin} cannot be read: {error}")]
    Refused {
        /// What.
        origin: Origin,
        /// Why.
        error: io::Error,
    },
    /// Larger than [`Limits::max_bytes`].
    #[error("{origin} is larger than {} MiB", max / 1024 / 1024)]
    TooLarge {
        /// What.
        origin: Origin,
        /// The limit in bytes.
        max: usize,
    },
    /// No text.
    #[error("{origin} is not UTF-8 text: the byte at offset {offset} does not fit")]
    NotUtf8 {
        /// What.
        origin: Origin,
        /// The first byte that does not fit.
        offset: usize,
    },
    /// `-` twice.
    #[error("standard input (`-`) is named twice, and it can be read only once")]
    StdinTwice,
}

impl Origin {
    /// What people write for it: a path, or `-`.
    #[must_use]
    pub fn of(argument: &Path) -> Self {
        if argument == Path::new("-") { Self::Stdin } else { Self::File(argument.to_owned()) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Stdin => f.write_str("<stdin>"),
            Self::Text { name, .. } => f.write_str(name),
        }
    }
}

impl Reader {
    /// A reader with limits.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// The same reader with values of parameters of the templates that it reads.
    #[must_use]
    pub fn with_parameters(self, parameters: BTreeMap<String, String>) -> Self {
        Self { parameters, ..self }
    }

    /// Values of parameters of templates.
    #[must_use]
    pub fn parameters(&self) -> &BTreeMap<String, String> {
        &self.parameters
    }

    /// Its limits.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads a text.
    ///
    /// # Errors
    /// [`ReadError`] when there is none.
    pub fn read(&self, origin: &Origin) -> Result<Source, ReadError> {
        self.read_up_to(origin, self.limits.max_bytes)
    }

    /// Reads a text that may be as large as `max` bytes.
    ///
    /// # Errors
    /// [`ReadError`] when there is none.
    pub fn read_up_to(&self, origin: &Origin, max: usize) -> Result<Source, ReadError> {
        let bytes = match origin {
            Origin::Text { name, text } => return Ok(Source::new(name.clone(), text.clone())),
            Origin::Stdin if self.stdin_is_taken.replace(true) => return Err(ReadError::StdinTwice),
            Origin::Stdin => bounded(io::stdin().lock(), origin, max)?,
            Origin::File(path) => bounded(open(path, origin)?, origin, max)?,
        };
        let source = Source::from_bytes(origin.to_string(), bytes)
            .map_err(|error| ReadError::NotUtf8 { origin: origin.clone(), offset: error.offset })?;
        if let Some(taken) = &self.taken {
            taken.borrow_mut().push(source.clone());
        }
        Ok(source)
    }

    /// A reader that remembers what it read.
    #[must_use]
    pub fn that_remembers() -> Self {
        Self { taken: Some(RefCell::default()), ..Self::default() }
    }

    /// The texts that were read so far, if it remembers them; one that was read twice stands twice.
    pub(crate) fn taken(&self) -> Vec<Source> {
        self.taken.as_ref().map_or(Vec::new(), |taken| taken.borrow().clone())
    }

    /// Opens a text that is read piece by piece, whatever its size.
    ///
    /// # Errors
    /// [`ReadError`] when there is none.
    pub fn open(&self, origin: &Origin) -> Result<Box<dyn io::BufRead>, ReadError> {
        match origin {
            Origin::Stdin if self.stdin_is_taken.replace(true) => Err(ReadError::StdinTwice),
            Origin::Stdin => Ok(Box::new(io::BufReader::new(io::stdin()))),
            Origin::File(path) => Ok(Box::new(io::BufReader::new(open(path, origin)?))),
            Origin::Text { text, .. } => Ok(Box::new(io::Cursor::new(text.clone()))),
        }
    }
}

fn bounded(from: impl Read, origin: &Origin, max: usize) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    // One byte more tells a text of the largest size from one that is too large.
    let mut bounded = from.take(max as u64 + 1);
    bounded.read_to_end(&mut bytes).map_err(|error| refused(origin, error))?;
    if bytes.len() > max {
        return Err(ReadError::TooLarge { origin: origin.clone(), max });
    }
    Ok(bytes)
}

#[expect(clippy::disallowed_methods, reason = "the hall is where files are read")]
fn open(path: &Path, origin: &Origin) -> Result<std::fs::File, ReadError> {
    let file = std::fs::File::open(path).map_err(|error| refused(origin, error))?;
    // A directory opens like a file on some systems and fails at the first read, in other words.
    match file.metadata() {
        Ok(metadata) if metadata.is_dir() => Err(ReadError::Directory(origin.clone())),
        _ => Ok(file),
    }
}

fn refused(origin: &Origin, error: io::Error) -> ReadError {
    let origin = origin.clone();
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing(origin),
        io::ErrorKind::IsADirectory => ReadError::Directory(origin),
        _ => ReadError::Refused { origin, error },
    }
}

impl ReadError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "INP001",
            Self::Directory(_) => "INP002",
            Self::Refused { .. } => "INP003",
            Self::TooLarge { .. } => "INP004",
            Self::NotUtf8 { .. } => "INP005",
            Self::StdinTwice => "INP006",
        }
    }

    /// How it is reported.
    #[must_use]
    pub fn entry(&self) -> Entry {
        let entry = Entry::new(Level::Error, self.to_string()).with_code(self.code());
        match self {
            Self::Directory(_) => entry.with_help("name the policy files in it"),
            Self::TooLarge { .. } => {
                entry.with_help("no policy that AWS stores is larger than 32 KiB (S1.12)")
            }
            Self::NotUtf8 { .. } => entry.with_help("save the file as UTF-8 without a byte order mark"),
            Self::Missing(_) | Self::Refused { .. } | Self::StdinTwice => entry,
        }
    }
}
