use super::frame::{FieldFrame, control_id, described_by, invalid, report_early_input};
use leptos::prelude::*;

/// One line of input with its label, hint and error.
#[component]
pub fn Field(
    /// The name it is sent under.
    #[prop(into)]
    name: String,
    #[prop(into)] label: String,
    /// The HTML input type.
    #[prop(default = "text")]
    kind: &'static str,
    /// Needed where two fields of a page have one name; `field-{name}` otherwise.
    #[prop(optional, into)]
    id: Option<String>,
    /// What stands in it at first. What a person typed is never overwritten.
    #[prop(optional, into)]
    value: MaybeProp<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional, into)] autocomplete: Option<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional, into)] inputmode: Option<String>,
    #[prop(optional, into)] pattern: Option<String>,
    #[prop(optional)] minlength: Option<usize>,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(optional)] required: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional)] autofocus: bool,
    /// May stay empty, without a word about it: a filter, say.
    #[prop(optional)]
    plain: bool,
    /// Follows its value also after somebody typed.
    #[prop(optional)]
    live: bool,
    /// In the typeface of code, unchecked by the speller: ids, hosts, keys.
    #[prop(optional)]
    mono: bool,
    /// Words inside the frame, before and after the input.
    #[prop(optional, into)]
    prefix: Option<String>,
    #[prop(optional, into)] suffix: Option<String>,
    /// What can be typed, for the browser to offer; anything else can be as well.
    #[prop(optional)]
    suggestions: Vec<String>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = control_id(id, &name);
    let list = (!suggestions.is_empty()).then(|| format!("{id}-list"));
    let option = |text| view! { <option value=text></option> };
    let offered = list.clone().map(|id| {
        view! { <datalist id=id>{suggestions.into_iter().map(option).collect_view()}</datalist> }
    });
    let input = NodeRef::new();
    report_early_input(input, on_input);
    let typed = move |event| {
        if let Some(on_input) = on_input {
            on_input.run(event_target_value(&event));
        }
    };
    Effect::new(move || {
        let value = value.get().unwrap_or_default();
        if let Some(input) = input.get().filter(|input| live && input.value() != value) {
            input.set_value(&value);
        }
    });
    let affix = |text| view! { <span class="input-affix">{text}</span> };
    view! {
        <FieldFrame id=id.clone() label hint error required=required || readonly || plain>
            {prefix.map(affix)}
            <input
                class=if mono { "input input-mono" } else { "input" }
                id=id.clone()
                name=name
                type=kind
                value=move || value.get()
                autocomplete=autocomplete
                placeholder=placeholder
                inputmode=inputmode
                list=list
                pattern=pattern
                minlength=minlength.map(|n| n.to_string())
                maxlength=maxlength.map(|n| n.to_string())
                required=required
                readonly=readonly
                autofocus=autofocus
                spellcheck=(mono || kind != "text").then_some("false")
                autocapitalize=mono.then_some("none")
                aria-invalid=invalid(error)
                aria-describedby=described_by(&id, hint, error)
                on:input=typed
                node_ref=input
            />
            {suffix.map(affix)}
            {offered}
        </FieldFrame>
    }
}

/// The six digits of an authenticator app.
#[component]
pub fn CodeField(
    #[prop(default = "code".into(), into)] name: String,
    #[prop(default = "Code".into(), into)] label: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let id = control_id(id, &name);
    view! {
        <FieldFrame id=id.clone() label hint error required=true>
            <input
                class="input input-code"
                id=id.clone()
                name=name
                type="text"
                inputmode="numeric"
                autocomplete="one-time-code"
                placeholder="000000"
                required=true
                autofocus=autofocus
                aria-invalid=invalid(error)
                aria-describedby=described_by(&id, hint, error)
            />
        </FieldFrame>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_tied_to_its_input() {
        let html = Owner::new().with(|| {
            view! { <Field name="email" label="E-mail" required=true hint="Yours." error="Taken." /> }
                .to_html()
        });
        assert!(html.contains(r#"for="field-email""#), "{html}");
        assert!(html.contains(r#"aria-invalid="true""#), "{html}");
        assert!(html.contains(r#"aria-describedby="field-email-error field-email-hint""#), "{html}");
        assert!(html.contains(r#"id="field-email-error""#), "{html}");
        assert!(html.contains(r#"id="field-email-hint""#), "{html}");
    }

    #[test]
    fn a_value_cannot_leave_its_attribute() {
        let html = Owner::new()
            .with(|| view! { <Field name="n" label="N" value="\"><script>" required=true /> }.to_html());
        assert!(!html.contains("<script"), "{html}");
    }
}
