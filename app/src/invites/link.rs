//! A link that the inviter hands over.

use super::functions::ForgetLink;
#[cfg(feature = "ssr")]
use crate::server::Fresh;
use crate::{
    form::{Form, PostForm},
    members::Place,
    ui::*,
};
use conifer_domain::ids::InviteId;
use leptos::{html, prelude::*};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Copied {
    pub place: Place,
    pub invite_id: InviteId,
    pub email: String,
    pub url: String,
}

#[cfg(feature = "ssr")]
pub const FRESH: Fresh<Copied> = Fresh::new("fresh-invite-link");

/// Shows the link until its inviter has it.
#[component]
pub fn CopiedLink(copied: Copied) -> impl IntoView {
    let form = Form::<ForgetLink>::new();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(node) = node.get() {
            _ = node.focus();
        }
    });
    let Copied { place, email, url, .. } = copied;
    view! {
        <div class="invite-link" tabindex="-1" node_ref=node>
            <Card title="Invitation link" text=format!("For {email}. Whoever opens it can accept in their name.")>
                <div class="stack">
                    <CodeBlock text=url label="Invitation link" />
                    <p class="muted">
                        "It works once and as long as the invite. Hand it over yourself: an account made with it \
                         counts only in this organization until its address is confirmed by mail."
                    </p>
                    <PostForm form>
                        <input type="hidden" name="place" value=place.to_string() />
                        <div class="form-actions">
                            <Submit variant=Variant::Secondary pending=form.pending()>
                                "I have it"
                            </Submit>
                        </div>
                    </PostForm>
                </div>
            </Card>
        </div>
    }
    .into_any()
}
