//! A text that grows by pieces and never becomes longer than GitHub takes.

/// The longest comment and pull request that GitHub takes, in characters.
pub const LONGEST: usize = 65_536;

/// What is kept for the notice.
const NOTICE: usize = 200;

/// A Markdown text.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    text: String,
    characters: usize,
    left_out: usize,
}

impl Sheet {
    /// Adds a piece, whole or not at all; once one was left out, all that follow are.
    pub(super) fn add(&mut self, piece: &str) {
        let characters = piece.chars().count();
        if self.left_out > 0 || self.characters + characters > LONGEST - NOTICE {
            self.left_out += 1;
            return;
        }
        self.characters += characters;
        self.text.push_str(piece);
    }

    /// The text, with a notice when something is missing.
    pub(super) fn finish(mut self) -> String {
        if self.left_out > 0 {
            let notice = format!(
                "\n> [!NOTE]\n> GitHub takes {LONGEST} characters: {} parts are left out. The HTML and the JSON have all.\n",
                self.left_out
            );
            self.text.push_str(&notice);
        }
        self.text
    }
}
