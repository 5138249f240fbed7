//! The command palette: everything one can do from anywhere, by a few letters (Ctrl K or ⌘ K).

mod commands;
mod filter;
mod keys;
mod list;

use crate::{
    calls::Sending,
    loaded::Loaded,
    shell::{Here, Overview, part},
    sign_in::SignOut,
    theme::{self, SetTheme},
    ui::*,
};
use commands::{Act, Command, commands, find};
use leptos::{html, prelude::*};
use list::Results;

const ID: &str = "palette";

/// The button in the top bar; the browser opens the palette without a script.
#[component]
pub fn PaletteTrigger() -> impl IntoView {
    view! {
        <button class="search-trigger" type="button" command="show-modal" commandfor=ID>
            <Icon glyph=Glyph::Search />
            <span>"Search"</span>
            <Kbd>{keys::shortcut()}</Kbd>
        </button>
    }
}

#[component]
pub fn Palette(overview: Loaded<Overview>) -> impl IntoView {
    keys::open_by_shortcut();
    view! {
        <dialog class="palette" id=ID aria-label="Command palette" closedby="any">
            {part(overview, || (), |overview| view! { <Commands overview /> })}
            <div class="palette-foot" aria-hidden="true">
                <span>
                    <Kbd>"↑"</Kbd>
                    <Kbd>"↓"</Kbd>
                    " move"
                </span>
                <span>
                    <Kbd>"Enter"</Kbd>
                    " choose"
                </span>
                <span>
                    <Kbd>"Esc"</Kbd>
                    " close"
                </span>
            </div>
        </dialog>
    }
    .into_any()
}

#[component]
fn Commands(overview: Overview) -> impl IntoView {
    let here = Here::track();
    let all = Memo::new(move |_| commands(here.get(), &overview));
    let query = RwSignal::new(String::new());
    let found = Memo::new(move |_| all.with(|all| query.with(|query| find(all, query))));
    let selected = RwSignal::new(0_usize);
    let input = NodeRef::<html::Input>::new();
    let run = run_commands(move || {
        close_dialog(ID);
        query.set(String::new());
        selected.set(0);
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
    });
    let on_input = move |event| {
        query.set(event_target_value(&event));
        selected.set(0);
    };
    view! {
        <div class="palette-search">
            <Icon glyph=Glyph::Search />
            <input
                class="palette-input"
                node_ref=input
                role="combobox"
                autofocus=true
                autocomplete="off"
                spellcheck="false"
                aria-label="Search commands"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls="palette-list"
                aria-activedescendant=move || found.with(|found| (!found.is_empty()).then(|| list::option_id(selected.get())))
                placeholder="Where to?"
                on:input=on_input
                on:keydown=move |event| keys::steer(&event, found.with_untracked(Vec::len), selected)
            />
        </div>
        <Results found selected run />
    }
}

/// What choosing a command does.
fn run_commands(close: impl Fn() + Send + Sync + 'static) -> Callback<Command> {
    let set_theme = Sending::to::<SetTheme>();
    let sign_out = Sending::to::<SignOut>();
    Callback::new(move |command: Command| {
        close();
        match command.act {
            // It is a link: the router follows it.
            Act::Go(_) => {}
            Act::SetTheme(theme) => {
                theme::show(theme);
                set_theme.send(&SetTheme { theme });
            }
            Act::SignOut => {
                sign_out.send(&SignOut { next: None });
            }
        }
    })
}
