use leptos::prelude::*;

/// One subject on a panel.
#[component]
pub fn Card(
    #[prop(optional, into)] title: Option<String>,
    #[prop(optional, into)] text: Option<String>,
    /// Beside the title.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    /// Below a line: what to know, what to do with all of it.
    #[prop(optional, into)]
    footer: Option<ViewFnOnce>,
    /// For what cannot be undone.
    #[prop(optional)]
    danger: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let head = title.map(|title| {
        view! {
            <div class="card-head">
                <div>
                    <h2 class="card-title">{title}</h2>
                    {text.map(|text| view! { <p class="card-text">{text}</p> })}
                </div>
                {actions
                    .map(|actions| view! { <div class="card-actions">{actions.run()}</div> })}
            </div>
        }
    });
    view! {
        <section class=if danger { "card card-danger" } else { "card" }>
            {head}
            {children.map(|children| view! { <div class="card-body">{children()}</div> })}
            {footer.map(|footer| view! { <div class="card-foot">{footer.run()}</div> })}
        </section>
    }
    .into_any()
}
