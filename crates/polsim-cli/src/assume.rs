//! Which facts about real requests count, as several verbs take it.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use polsim::{Assumption, AssumptionStanding, Assumptions};

/// Facts about real requests that proofs may use, and that counterexamples are as.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Assumptions")]
pub(crate) struct Assume {
    /// Facts about real requests to use besides those that are on; `polsim assumptions` lists them
    #[arg(long, value_name = "ID", value_delimiter = ',', ignore_case = true, hide_possible_values = true)]
    #[arg(value_parser = switched_on())]
    assume: Vec<Assumption>,
    /// Facts not to use, or `all`
    #[arg(long, value_name = "ID", value_delimiter = ',', ignore_case = true, hide_possible_values = true)]
    #[arg(value_parser = switched_off())]
    no_assume: Vec<Switch>,
}

/// What `--no-assume` names.
#[derive(Clone, Copy, Debug)]
enum Switch {
    All,
    One(Assumption),
}

impl Assume {
    /// Those that are on.
    pub(crate) fn assumptions(&self) -> Assumptions {
        let less = self.no_assume.iter().fold(Assumptions::default(), |on, switch| match switch {
            Switch::All => Assumptions::none(),
            Switch::One(assumption) => on.without(*assumption),
        });
        self.assume.iter().copied().fold(less, Assumptions::with)
    }

    /// Those that were switched on by name.
    pub(crate) fn named(&self) -> Vec<Assumption> {
        self.assume.clone()
    }
}

/// The names of the assumptions that can be switched.
fn switches() -> impl Iterator<Item = &'static str> {
    let is_switch = |assumption: &Assumption| {
        matches!(assumption.standing(), AssumptionStanding::On | AssumptionStanding::Off)
    };
    Assumption::ALL.into_iter().filter(is_switch).map(Assumption::id)
}

fn switched_on() -> impl TypedValueParser<Value = Assumption> {
    PossibleValuesParser::new(switches())
        .try_map(|id| Assumption::of_id(&id).ok_or("no assumption has this name"))
}

fn switched_off() -> impl TypedValueParser<Value = Switch> {
    PossibleValuesParser::new(switches().chain(["all"])).try_map(|id| match Assumption::of_id(&id) {
        Some(assumption) => Ok(Switch::One(assumption)),
        None if id.eq_ignore_ascii_case("all") => Ok(Switch::All),
        None => Err("no assumption has this name"),
    })
}
