//! A pattern with policy variables, once it is known which words these stand for.

use super::unknowns::{Kind, Unknowns};
use polsim_arn::{Class, Pattern, Piece, TextSet, Token, Words, fold};
use polsim_value::{Substitution, Template, TemplateForm, TemplatePart, Variable};

/// A part of a pattern.
#[derive(Clone, Debug)]
enum Item {
    Token(Token),
    /// What a variable stands for.
    Filled(Vec<Piece>),
}

/// A pattern with words in it. `*` in the words is text in the forms that are exact, and a wildcard in others.
#[derive(Clone, Debug)]
pub(super) struct Instance {
    items: Vec<Item>,
    form: TemplateForm,
}

/// The pieces of a text that is like an instance.
pub(super) struct Like {
    pub(super) pieces: Vec<Piece>,
    /// What the words have to be for that.
    pub(super) texts: Vec<(Vec<Piece>, TextSet)>,
    /// Whether other texts may be like the instance as well.
    pub(super) is_part: bool,
}

impl Instance {
    /// The template with words for its variables; `None` when it matches nothing, as one has neither a value nor a
    /// default (S3.15.3–S3.15.6).
    pub(super) fn new(
        template: &Template,
        mut value: impl FnMut(&str) -> Option<Vec<Piece>>,
    ) -> Option<Self> {
        let mut items = Vec::new();
        for part in &template.parts {
            items.push(match part {
                TemplatePart::Token(token) => Item::Token(*token),
                TemplatePart::Variable(variable) => {
                    let found = variable.key.as_deref().and_then(&mut value);
                    let default = || Some(variable.default.as_deref()?.chars().map(Piece::Char).collect());
                    Item::Filled(found.or_else(default)?)
                }
            });
        }
        Some(Self { items, form: template.form })
    }

    fn has_wildcards_in_words(&self) -> bool {
        matches!(self.form, TemplateForm::Text | TemplateForm::Arn)
    }

    /// The words in it.
    pub(super) fn words(&self) -> impl Iterator<Item = usize> + '_ {
        self.filled().flatten().filter_map(|piece| piece.word())
    }

    fn filled(&self) -> impl Iterator<Item = &Vec<Piece>> {
        self.items.iter().filter_map(|item| if let Item::Filled(pieces) = item { Some(pieces) } else { None })
    }

    pub(super) fn for_each(&mut self, visit: &mut dyn FnMut(&mut Vec<Piece>)) {
        for item in &mut self.items {
            if let Item::Filled(pieces) = item {
                visit(pieces);
            }
        }
    }

    /// Whether it has a wildcard that stops at colons.
    pub(super) fn minds_colons(&self) -> bool {
        self.form.is_arn()
    }

    /// Whether it names a letter.
    pub(super) fn names(&self, c: char) -> bool {
        self.items.iter().any(|item| match item {
            Item::Token(Token::Literal(own) | Token::Folded(own)) => *own == c,
            Item::Token(_) => false,
            Item::Filled(pieces) => pieces.contains(&Piece::Char(c)),
        })
    }

    /// The pattern that it becomes with these words; `None` when that matches nothing.
    pub(super) fn pattern(&self, words: &Words) -> Option<Pattern> {
        let parts = self.items.iter().map(|item| match item {
            Item::Token(token) => TemplatePart::Token(*token),
            Item::Filled(pieces) => {
                TemplatePart::Variable(Variable { key: None, default: Some(words.text(pieces).into()) })
            }
        });
        let template = Template { form: self.form, parts: parts.collect() };
        template.close(Substitution::Wildcards, |_| None)
    }

    /// Takes away what the pattern and a text begin and end with alike.
    pub(super) fn strip(&mut self, subject: &mut Vec<Piece>) {
        let folds = match self.form {
            TemplateForm::Exact => false,
            TemplateForm::IgnoreCase => true,
            TemplateForm::Text | TemplateForm::Arn | TemplateForm::ArnExact => return,
        };
        let same_letter = |one: char, other: char| one == other || (folds && fold(one) == fold(other));
        let same_piece = |one: Piece, other: Piece| match (one, other) {
            (Piece::Char(one), Piece::Char(other)) => same_letter(one, other),
            _ => one == other || (folds && one.word().is_some() && one.word() == other.word()),
        };
        let same = |item: &Item, piece: Piece| match (item, piece) {
            (Item::Token(Token::Literal(c) | Token::Folded(c)), Piece::Char(own)) => same_letter(*c, own),
            (Item::Filled(pieces), piece) => matches!(pieces.as_slice(), [one] if same_piece(*one, piece)),
            _ => false,
        };
        self.items = self
            .items
            .iter()
            .flat_map(|item| match item {
                Item::Token(_) => vec![item.clone()],
                Item::Filled(pieces) => pieces.iter().map(|piece| Item::Filled(vec![*piece])).collect(),
            })
            .collect();
        let common =
            self.items.iter().zip(subject.iter()).take_while(|(item, piece)| same(item, **piece)).count();
        self.items.drain(..common);
        subject.drain(..common);
        let ends = self.items.iter().rev().zip(subject.iter().rev());
        let common = ends.take_while(|(item, piece)| same(item, **piece)).count();
        self.items.truncate(self.items.len() - common);
        subject.truncate(subject.len() - common);
    }

    /// What is known of the words as tokens.
    fn spell_out(&mut self) {
        let is_wild = self.has_wildcards_in_words();
        let token = |piece: &Piece| match piece {
            Piece::Char('*') if is_wild => Token::Many(Class::Any),
            Piece::Char('?') if is_wild => Token::One(Class::Any),
            Piece::Char(c) => Token::Literal(*c),
            Piece::Word(_) | Piece::Alike(..) => Token::Many(Class::Any),
        };
        let items = std::mem::take(&mut self.items);
        self.items = items
            .into_iter()
            .flat_map(|item| match item {
                Item::Filled(pieces) if pieces.iter().all(|piece| piece.word().is_none()) => {
                    pieces.iter().map(|piece| Item::Token(token(piece))).collect()
                }
                other => vec![other],
            })
            .collect();
    }

    /// What texts that match are made of.
    pub(super) fn like(mut self, unknowns: &mut Unknowns) -> Vec<Like> {
        self.spell_out();
        let is_wild = self.has_wildcards_in_words() && self.words().next().is_some();
        let mut plain = self.in_pieces(unknowns, false);
        let mut ways = Vec::new();
        // What the wildcards of an ARN are does not depend on its words, unless these may have colons in the head.
        if self.form.is_arn() && self.has_wildcards_after_words() {
            ways.extend(
                self.unless(&Pattern::wildcard("*:*").into(), &mut plain, |with| {
                    with.in_pieces(unknowns, true)
                }),
            );
        }
        if is_wild {
            let around = |sign| {
                Pattern::from_tokens([Token::Many(Class::Any), Token::Literal(sign), Token::Many(Class::Any)])
            };
            let wildcards = TextSet::union(['*', '?'].map(around));
            ways.extend(self.unless(&wildcards, &mut plain, |with| with.widened().in_pieces(unknowns, true)));
        }
        ways.insert(0, plain);
        ways
    }

    /// Limits a way to words that are not of a kind; what `make` makes is for those that are.
    fn unless(&self, kind: &TextSet, plain: &mut Like, mut make: impl FnMut(&Self) -> Like) -> Vec<Like> {
        let mut ways = Vec::new();
        for pieces in self.filled() {
            plain.texts.push((pieces.clone(), kind.not()));
            let mut way = make(self);
            way.texts.push((pieces.clone(), kind.clone()));
            way.is_part = true;
            ways.push(way);
        }
        ways
    }

    /// Whether a wildcard before the sixth part follows a word.
    fn has_wildcards_after_words(&self) -> bool {
        let (mut colons, mut words) = (0, 0);
        for item in &self.items {
            match item {
                Item::Token(Token::Literal(':')) => colons += 1,
                Item::Token(Token::One(_) | Token::Many(_)) if colons < 5 && words > 0 => return true,
                Item::Token(_) => {}
                Item::Filled(_) => words += 1,
            }
        }
        false
    }

    fn in_pieces(&self, unknowns: &mut Unknowns, crosses: bool) -> Like {
        let mut pieces = Vec::new();
        let mut colons = 0;
        let class_of = |class: Class, colons: usize| {
            let is_head = self.form.is_arn() && colons < 5 && !crosses;
            if is_head { Class::NotColon } else { class }
        };
        let folds = self.form == TemplateForm::IgnoreCase;
        for item in &self.items {
            match item {
                Item::Token(Token::Literal(c)) if !folds => {
                    colons += usize::from(*c == ':');
                    pieces.push(Piece::Char(*c));
                }
                Item::Token(Token::Literal(c) | Token::Folded(c)) => pieces.push(unknowns.letter_like(*c)),
                Item::Token(Token::One(class)) => {
                    let kind = Kind { class: class_of(*class, colons), is_letter: true };
                    pieces.push(unknowns.new_word(kind));
                }
                Item::Token(Token::Many(class)) => {
                    let kind = Kind { class: class_of(*class, colons), is_letter: false };
                    pieces.push(unknowns.new_word(kind));
                }
                Item::Filled(filled) if folds => pieces.extend(unknowns.alike(filled)),
                Item::Filled(filled) => pieces.extend(filled),
            }
        }
        let mut texts = Vec::new();
        if self.form.is_arn() {
            // Five colons make it a pattern at all; where they are its own nothing is added.
            let own =
                self.items.iter().filter(|item| matches!(item, Item::Token(Token::Literal(':')))).count();
            if own < 5 {
                texts.push((pieces.clone(), Pattern::wildcard("*:*:*:*:*:*").into()));
            }
        }
        Like { pieces, texts, is_part: false }
    }

    /// With any text in the place of words.
    fn widened(&self) -> Self {
        let items = self.items.iter().map(|item| match item {
            Item::Filled(_) => Item::Token(Token::Many(Class::Any)),
            Item::Token(_) => item.clone(),
        });
        Self { items: items.collect(), form: self.form }
    }
}
