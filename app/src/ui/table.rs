use leptos::prelude::*;

/// Rows of like things. Where a row does not fit it becomes a small card, so give every [`Cell`] its label.
#[component]
pub fn Table(
    /// What the table lists, for those who listen; shown unless the card around it says it.
    #[prop(into)]
    caption: String,
    #[prop(optional)] show_caption: bool,
    /// The columns' names; an empty one is the column of buttons.
    head: Vec<&'static str>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let column = |name: &'static str| {
        if name.is_empty() {
            view! {
                <th scope="col">
                    <span class="visually-hidden">"Actions"</span>
                </th>
            }
            .into_any()
        } else {
            view! { <th scope="col">{name}</th> }.into_any()
        }
    };
    view! {
        <div class="table-frame">
            <table class="table">
                <caption class=(!show_caption).then_some("visually-hidden")>{caption}</caption>
                <thead>
                    <tr>{head.into_iter().map(column).collect_view()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
pub fn Cell(
    /// The column's name, shown where the row is a card.
    #[prop(into)]
    label: String,
    children: Children,
) -> impl IntoView {
    view! {
        <td>
            <span class="cell-label">{label}</span>
            <div class="cell-value">{children()}</div>
        </td>
    }
    .into_any()
}

/// The cell of buttons at the end of a row.
#[component]
pub fn ActionCell(children: Children) -> impl IntoView {
    view! { <td class="cell-actions">{children()}</td> }
}
