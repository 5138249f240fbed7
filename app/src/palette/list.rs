//! The commands that were found.

use super::commands::{Act, Command, Group};
use crate::ui::Icon;
use leptos::prelude::*;

/// The id of the option at `index`, for the input that steers the list.
pub fn option_id(index: usize) -> String {
    format!("palette-{index}")
}

#[component]
pub fn Results(
    found: Memo<Vec<Command>>,
    selected: RwSignal<usize>,
    run: Callback<Command>,
) -> impl IntoView {
    let groups = move || {
        let found: Vec<_> = found.get().into_iter().enumerate().collect();
        Group::ALL
            .into_iter()
            .filter_map(|group| {
                let own: Vec<_> =
                    found.iter().filter(|(_, command)| command.group == group).cloned().collect();
                (!own.is_empty()).then(|| view! { <ResultGroup group own selected run /> })
            })
            .collect_view()
    };
    view! {
        <div class="palette-list" id="palette-list" role="listbox" aria-label="Results">
            {groups}
        </div>
    }
}

#[component]
fn ResultGroup(
    group: Group,
    own: Vec<(usize, Command)>,
    selected: RwSignal<usize>,
    run: Callback<Command>,
) -> impl IntoView {
    view! {
        <div role="group" aria-label=group.label()>
            <div class="palette-heading" aria-hidden="true">
                {group.label()}
            </div>
            {own
                .into_iter()
                .map(|(index, command)| view! { <ResultOption index command selected run /> })
                .collect_view()}
        </div>
    }
}

/// A link where the command leads somewhere, so that it can also be opened in a new tab.
#[component]
fn ResultOption(
    index: usize,
    command: Command,
    selected: RwSignal<usize>,
    run: Callback<Command>,
) -> impl IntoView {
    let is_selected = move || if selected.get() == index { "true" } else { "false" };
    let inside = view! {
        <Icon glyph=command.glyph />
        <span class="palette-item-text">{command.text.clone()}</span>
        <span class="palette-item-hint">{command.hint.clone()}</span>
    };
    let id = option_id(index);
    match command.act.clone() {
        Act::Go(address) => view! {
            <a
                class="palette-item"
                role="option"
                tabindex="-1"
                id=id
                href=address
                aria-selected=is_selected
                on:click=move |_| run.run(command.clone())
            >
                {inside}
            </a>
        }
        .into_any(),
        _ => view! {
            <div
                class="palette-item needs-script"
                role="option"
                id=id
                aria-selected=is_selected
                on:click=move |_| run.run(command.clone())
            >
                {inside}
            </div>
        }
        .into_any(),
    }
}
