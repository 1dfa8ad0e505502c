//! Internet gateways.

use crate::fields::Fields;
use polsim_env::Place;

/// An internet gateway.
#[derive(Clone, Debug)]
pub struct InternetGateway {
    /// Its id.
    pub id: String,
    /// The VPCs that it is attached to: one at most, as AWS has it.
    pub vpcs: Vec<String>,
    /// Its place in the input.
    pub place: Place,
}

impl InternetGateway {
    pub(crate) fn read(fields: Fields<'_>) -> Option<Self> {
        let attachments = fields.list("Attachments", "an attachment of an internet gateway");
        let holds = |attachment: &Fields<'_>| {
            attachment.text("State").is_none_or(|state| matches!(state.as_str(), "available" | "attached"))
        };
        let vpcs = attachments.iter().filter(|attachment| holds(attachment));
        Some(Self {
            id: fields.required("InternetGatewayId")?,
            vpcs: vpcs.filter_map(|attachment| attachment.text("VpcId")).collect(),
            place: fields.place_of(&["InternetGatewayId"]),
        })
    }
}
