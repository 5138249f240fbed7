use super::Wordmark;
use leptos::prelude::*;

/// A page for those who are not in yet: one form and, where there is room, the forest beside it.
#[component]
pub fn AuthPage(
    #[prop(into)] title: String,
    #[prop(optional, into)] text: MaybeProp<String>,
    /// The other ways from here.
    #[prop(optional, into)]
    foot: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="auth">
            <main class="auth-main" id="main">
                <div class="auth-card">
                    <Wordmark />
                    <div class="auth-head">
                        <h1 class="auth-title">{title}</h1>
                        {move || text.get().map(|text| view! { <p class="auth-text">{text}</p> })}
                    </div>
                    {children()}
                    {foot.map(|foot| view! { <p class="auth-foot">{foot.run()}</p> })}
                </div>
            </main>
            <aside class="auth-aside" aria-label="About Conifer">
                <p class="auth-quote">"Your vectors, on ground you own."</p>
                <p class="auth-quote-sub">
                    "One binary: the database, the API your programs already speak, and a console for the team."
                </p>
            </aside>
        </div>
    }
    .into_any()
}
