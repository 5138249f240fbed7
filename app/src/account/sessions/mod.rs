//! Where one is signed in, and ending that.

mod table;

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    calls::Sending,
    chunks::Page,
    loaded::{Loaded, load, when_loaded},
    ui::*,
};
#[cfg(feature = "ssr")]
use conifer_domain::notices::Notice;
use conifer_domain::sessions::SessionSummary;
use leptos::prelude::*;
use leptos_meta::Title;
use table::SessionTable;

#[server(prefix = "/fn", endpoint = "sessions/list")]
pub async fn list_sessions() -> Result<Vec<SessionSummary>, Failure> {
    let (current, _) = server::signed_in()?;
    Ok(conifer_services::sessions::list(&server::services()?, &current).await?)
}

#[server(prefix = "/fn", endpoint = "sessions/end")]
pub async fn end_session(id: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let id = id.parse().map_err(|_| conifer_domain::Problem::NotFound)?;
    conifer_services::sessions::end_one(&server::services()?, &origin, &current, id).await?;
    server::done("/account/sessions", Notice::SessionEnded);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "sessions/end-others")]
pub async fn end_other_sessions() -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    conifer_services::sessions::end_others(&server::services()?, &origin, &current).await?;
    server::done("/account/sessions", Notice::OtherSessionsEnded);
    Ok(())
}

pub struct SessionsPage {
    sessions: Loaded<Vec<SessionSummary>>,
}

impl Page for SessionsPage {
    fn data() -> Self {
        Self { sessions: load(|| ListSessions {}) }
    }

    fn view(this: Self) -> AnyView {
        view! {
            <Title text="Sessions" />
            {when_loaded(this.sessions, |sessions| view! { <SessionsCard sessions /> })}
        }
        .into_any()
    }
}

const END_OTHERS: &str = "end-other-sessions";

#[component]
fn SessionsCard(sessions: Vec<SessionSummary>) -> impl IntoView {
    let end_others = Sending::to::<EndOtherSessions>();
    let has_others = sessions.iter().any(|session| !session.current);
    let all_others = move || {
        has_others
            .then(|| {
                view! {
                    <Button variant=Variant::Danger size=Size::Small opens=END_OTHERS>
                        "End all others"
                    </Button>
                }
            })
            .into_any()
    };
    view! {
        <Card
            title="Sessions"
            text="Every browser where you are signed in. A session you end is out at its next request."
            actions=all_others
        >
            <SessionTable sessions />
        </Card>
        <ConfirmDialog
            id=END_OTHERS
            title="End all other sessions?"
            confirm="End all others"
            action=end_others
        >
            <p>"Every browser but this one has to sign in again."</p>
        </ConfirmDialog>
    }
}
