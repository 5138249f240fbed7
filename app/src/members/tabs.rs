//! What the pages of members and of invites share: their heading and the way between them.

use super::place::Place;
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn PeopleHeader(
    place: Place,
    /// Why one may not see who is invited.
    #[prop(default = None)]
    no_invites: Option<String>,
    /// What one can do here.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let text = match place {
        Place::Organization(_) => {
            "Who belongs to this organization. Its owners are owners of every project in it."
        }
        Place::Project(_) => {
            "Who works in this project. Owners of its organization are owners here without standing in the list."
        }
    };
    view! {
        <div class="stack">
            <PageHeader title="Members" text>
                {children.map(|children| children())}
            </PageHeader>
            <Tabs label="Members">
                <Tab href=place.members()>"Members"</Tab>
                <Tab href=place.invites() disabled_reason=no_invites>
                    "Invites"
                </Tab>
            </Tabs>
        </div>
    }
    .into_any()
}
