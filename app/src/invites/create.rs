//! Inviting people by their addresses.

use super::{functions::InvitePeople, role_choice::RoleChoice};
use crate::{
    Failure,
    form::{Form, Input, PostForm},
    members::Place,
    ui::*,
};
use conifer_domain::{Problem, invites::addresses, limits::INVITES_AT_ONCE_MAX};
use leptos::prelude::*;

#[component]
pub fn InviteCard(place: Place) -> impl IntoView {
    let form = Form::<InvitePeople>::new();
    let sent = form.typed("addresses").unwrap_or_default();
    let typed = RwSignal::new(sent.clone());
    let shown = form.error(Input::Addresses);
    let node = NodeRef::new();
    form.reset_after(node, Result::is_ok);
    let error = Signal::derive(move || {
        let told = form.sending().action.value().with(|value| match value {
            Some(Err(Failure(problem))) => typed.with_untracked(|typed| with_address(problem, typed)),
            _ => None,
        });
        told.or_else(|| shown.get())
    });
    view! {
        <Card
            title="Invite people"
            text="Each gets a mail with a link that works once, for seven days. All are invited or none."
        >
            <PostForm form node>
                <input type="hidden" name="place" value=place.to_string() />
                <TextArea
                    name="addresses"
                    label="E-mail addresses"
                    rows=3
                    required=true
                    value=sent
                    hint=format!("One or more, with spaces, commas or lines between them; {INVITES_AT_ONCE_MAX} at most.")
                    error
                    on_input=Callback::new(move |text| typed.set(text))
                />
                <RoleChoice place error=form.error(Input::Role) />
                <div class="form-actions">
                    <Submit icon=Glyph::Send pending=form.pending()>
                        "Send invites"
                    </Submit>
                </div>
            </PostForm>
        </Card>
    }
    .into_any()
}

/// Names the address that is wrong: a problem carries its place alone.
fn with_address(problem: &Problem, typed: &str) -> Option<String> {
    let Problem::InvalidItem { rule, position, .. } = problem else { return None };
    let address = addresses(typed).nth(position.checked_sub(1)?)?;
    Some(format!("Number {position}, {address}, {rule}."))
}

#[cfg(test)]
mod tests {
    use super::with_address;
    use conifer_domain::{Field, Problem, Rule};

    #[test]
    fn the_wrong_address_is_named() {
        let problem =
            |position| Problem::InvalidItem { field: Field::Addresses, rule: Rule::MemberAlready, position };
        let typed = "ada@example.com,\nbob@example.com";
        let told = "Number 2, bob@example.com, belongs to a member already.";
        assert_eq!(with_address(&problem(2), typed).as_deref(), Some(told));
        assert_eq!(with_address(&problem(3), typed), None);
        assert_eq!(with_address(&problem(0), typed), None);
        assert_eq!(with_address(&Problem::LastOwner, typed), None);
    }
}
