//! "Done": what a page says after a redirect told it that a change went well (`?done=…`).

use crate::{
    form::typed::PREFIX,
    list::without,
    ui::{Alert, Kind, use_toaster},
};
use conifer_domain::notices::Notice;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
    params::ParamsMap,
};

/// Counts the changes made on this page; what is loaded through [`crate::loaded::load`] is loaded anew with each.
#[derive(Clone, Copy)]
pub struct Changes(RwSignal<u32>);

impl Changes {
    pub fn provide() {
        provide_context(Self(RwSignal::new(0)));
    }

    pub fn track() -> u32 {
        use_context::<Self>().map_or(0, |changes| changes.0.get())
    }

    pub fn count_one_more(self) {
        self.0.update(|count| *count += 1);
    }
}

/// The notice in the address, as an alert: for pages outside the shell.
#[component]
pub fn DoneAlert() -> impl IntoView {
    let notice = use_notice();
    move || notice.get().map(|notice| view! { <Alert kind=Kind::Success>{notice.text()}</Alert> })
}

/// The notice in the address, inside the shell: an alert without scripts; else a toast, and the
/// address is cleaned so that a reload does not repeat it.
#[component]
pub fn DoneToast() -> impl IntoView {
    let notice = use_notice();
    let awake = RwSignal::new(false);
    let changes = use_context::<Changes>();
    let clean = use_clean_address();
    let toaster = use_toaster();
    Effect::new(move || {
        awake.set(true);
        let Some(notice) = notice.get() else { return };
        toaster.show(Kind::Success, notice.text());
        if let Some(changes) = changes {
            changes.count_one_more();
        }
        clean();
    });
    move || {
        let notice = notice.get().filter(|_| !awake.get());
        notice.map(|notice| view! { <Alert kind=Kind::Success>{notice.text()}</Alert> })
    }
}

/// What the address says was done, unless it tells of a failure since.
pub fn use_notice() -> Memo<Option<Notice>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(notice_in))
}

fn notice_in(query: &ParamsMap) -> Option<Notice> {
    let name = query.get_str("done").filter(|_| query.get_str("__err").is_none());
    name.and_then(|name| name.parse().ok())
}

/// Takes the notice and an old failure out of the address, without a new entry in the history.
fn use_clean_address() -> impl Fn() {
    let location = use_location();
    let navigate = use_navigate();
    move || {
        let path = location.pathname.get_untracked();
        let query = location.query.with_untracked(without_messages);
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&format!("{path}{query}"), options);
    }
}

/// Whether a parameter of the address tells of something that was done or failed.
pub fn is_message(name: &str) -> bool {
    ["done", "__path", "__err"].contains(&name) || name.starts_with(PREFIX)
}

fn without_messages(query: &ParamsMap) -> String {
    without(query, is_message).to_query_string()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::{notice_in, without_messages};
    use conifer_domain::notices::Notice;
    use leptos_router::params::ParamsMap;

    #[test]
    fn a_failure_is_newer_than_the_notice_before_it() {
        let done = ("done", "signed-out");
        assert_eq!(notice_in(&[done].into_iter().collect()), Some(Notice::SignedOut));
        assert_eq!(notice_in(&[done, ("__err", "x")].into_iter().collect()), None);
    }

    #[test]
    fn only_messages_leave_the_address() {
        let query: ParamsMap = [
            ("done", "theme-saved"),
            ("next", "/account"),
            ("__err", "x"),
            ("__path", "y"),
            ("typed.name", "Ada"),
        ]
        .into_iter()
        .collect();
        assert_eq!(without_messages(&query), "?next=%2Faccount");
        let query: ParamsMap = [("done", "theme-saved")].into_iter().collect();
        assert_eq!(without_messages(&query), "");
    }
}
