//! What the invited see: whereto, by whom, and the one thing to do. Reading changes nothing.

use super::new_account::NewAccountForm;
use crate::{
    Failure,
    chunks::Page,
    form::{Form, PostForm},
    links::use_token,
    loaded::{Loaded, load_at, when_loaded_below_title},
    notice::{DoneAlert, use_notice},
    sign_in::{SignOut, with_next},
    ui::*,
};
#[cfg(feature = "ssr")]
use crate::{members::Place, server};
use conifer_domain::invites::{Invitation, Reader};
#[cfg(feature = "ssr")]
use conifer_domain::notices::Notice;
#[cfg(feature = "ssr")]
use conifer_services::invites;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::location::Url;

/// None when the link is dead.
#[server(prefix = "/fn", endpoint = "invites/show")]
pub async fn show_invitation(token: String) -> Result<Option<Invitation>, Failure> {
    let current = server::visitor()?.current;
    crate::links::alive(invites::show(&server::services()?, current.as_ref(), &token).await)
}

#[server(prefix = "/fn", endpoint = "invites/accept")]
pub async fn accept_invitation(token: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let accepted = invites::accept(&server::services()?, &origin, &current, &token).await?;
    server::done(&place_of(accepted).to_string(), Notice::Joined);
    Ok(())
}

/// Where an accepted invitation leads.
#[cfg(feature = "ssr")]
pub fn place_of(accepted: invites::Accepted) -> Place {
    accepted.project_id.map_or(Place::Organization(accepted.organization_id), Place::Project)
}

pub struct InvitationPage {
    token: Memo<String>,
    invitation: Loaded<Option<Invitation>>,
}

impl Page for InvitationPage {
    fn data() -> Self {
        let (token, notice) = (use_token(), use_notice());
        // Whoever signs out here comes back as another reader.
        let invitation =
            load_at(move || notice.get().is_some().into(), move || ShowInvitation { token: token.get() });
        Self { token, invitation }
    }

    fn view(this: Self) -> AnyView {
        let token = this.token;
        view! {
            <Title text="Invitation" />
            <AuthPage title="You are invited">
                <DoneAlert />
                {when_loaded_below_title(
                    this.invitation,
                    move |invitation| match invitation {
                        Some(invitation) => {
                            view! { <Answer invitation token=token.get_untracked() /> }.into_any()
                        }
                        None => view! { <DeadInvitation /> }.into_any(),
                    },
                )}
            </AuthPage>
        }
        .into_any()
    }
}

#[component]
fn Answer(invitation: Invitation, token: String) -> impl IntoView {
    let email = invitation.email.clone();
    let answer = match invitation.reader.clone() {
        Reader::New => view! { <NewAccountForm token email /> }.into_any(),
        Reader::Member => view! { <AcceptForm token email /> }.into_any(),
        Reader::SignIn => view! { <SignInFirst token email /> }.into_any(),
        Reader::Other { signed_in_as } => view! { <SignOutFirst token email signed_in_as /> }.into_any(),
    };
    view! {
        <Whereto invitation />
        {answer}
    }
    .into_any()
}

#[component]
fn Whereto(invitation: Invitation) -> impl IntoView {
    let Invitation { organization_name, project_name, role, invited_by, expires_at_ms, .. } = invitation;
    view! {
        <Facts>
            <Fact term="Organization">{organization_name}</Fact>
            {project_name.map(|name| view! { <Fact term="Project">{name}</Fact> })}
            <Fact term="Your role">{role.label()}</Fact>
            <Fact term="Invited by">{invited_by}</Fact>
            <Fact term="Expires">
                <Time at_ms=expires_at_ms />
            </Fact>
        </Facts>
    }
    .into_any()
}

#[component]
fn AcceptForm(token: String, email: String) -> impl IntoView {
    let form = Form::<AcceptInvitation>::new();
    view! {
        <p>"You are signed in as " <strong>{email}</strong> "."</p>
        <PostForm form>
            <input type="hidden" name="token" value=token />
            <Submit pending=form.pending() wide=true>
                "Accept"
            </Submit>
        </PostForm>
    }
    .into_any()
}

#[component]
fn SignInFirst(token: String, email: String) -> impl IntoView {
    view! {
        <p>
            <strong>{email}</strong>
            " has an account here. Sign in with it, and you come back to accept."
        </p>
        <ButtonLink href=with_next("/sign-in", &address(&token)) variant=Variant::Primary>
            "Sign in to accept"
        </ButtonLink>
    }
    .into_any()
}

#[component]
fn SignOutFirst(token: String, email: String, signed_in_as: String) -> impl IntoView {
    let form = Form::<SignOut>::new();
    view! {
        <Alert kind=Kind::Warning title="This invitation is for somebody else">
            "It is for " <strong>{email}</strong> ", and you are signed in as "
            <strong>{signed_in_as}</strong> ". Sign out to accept it as who it is for."
        </Alert>
        <PostForm form>
            <input type="hidden" name="next" value=address(&token) />
            <Submit pending=form.pending() wide=true>
                "Sign out and come back"
            </Submit>
        </PostForm>
        <ButtonLink href="/">"Stay signed in"</ButtonLink>
    }
    .into_any()
}

/// The address of this page.
fn address(token: &str) -> String {
    format!("/invite?token={}", Url::escape(token))
}

#[component]
fn DeadInvitation() -> impl IntoView {
    view! {
        <Alert kind=Kind::Warning title="This invitation is dead">
            "It was accepted already, it was revoked, or it is too old. Ask whoever invited you to send it again."
        </Alert>
        <ButtonLink href="/" variant=Variant::Primary>
            "Go to Conifer"
        </ButtonLink>
    }
    .into_any()
}
