//! What a key may, as a form: its roles with what each grants, where they count, for how long, and how much.

use super::days;
use crate::{form::Input, ui::*};
use conifer_domain::api_keys::{KeyLimits, KeyRights, KeyRole, KeyScope};
#[cfg(feature = "ssr")]
use conifer_domain::{Problem, Rule};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
#[cfg(feature = "ssr")]
use std::str::FromStr;

/// As the form sends it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RightsForm {
    /// By the role; those that are not checked are not sent.
    pub roles: BTreeMap<String, String>,
    pub indexes: String,
    pub namespaces: String,
    pub lasts: String,
    pub requests: String,
    pub bytes: String,
}

#[cfg(feature = "ssr")]
impl RightsForm {
    /// Whether the key ends when it did.
    pub fn keeps_end(&self) -> bool {
        self.lasts == days::KEEP
    }

    fn checked(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().filter(|(_, is_checked)| *is_checked == "true").map(|(role, _)| &**role)
    }

    pub fn read(&self, now_ms: i64) -> Result<KeyRights, Problem> {
        Ok(KeyRights {
            roles: self.checked().map(str::parse::<KeyRole>).collect::<Result<_, _>>()?,
            scope: KeyScope::parse(&self.indexes, &self.namespaces)?,
            limits: KeyLimits {
                requests_per_s: number(&self.requests, Input::KeyRequests)?,
                bytes_per_s: number(&self.bytes, Input::KeyBytes)?,
            },
            expires_at_ms: days::end_ms(&self.lasts, now_ms)?,
        })
    }
}

/// A number above 0; none where nothing is typed.
#[cfg(feature = "ssr")]
fn number<N: FromStr + PartialOrd + From<u8>>(text: &str, field: Input) -> Result<Option<N>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse().ok().filter(|number| *number >= N::from(1));
    number.map(Some).ok_or(Problem::invalid(field, Rule::NotANumber))
}

/// Where a form shows what is wrong with a field.
pub type ErrorAt = Callback<Input, Signal<Option<String>>>;

/// The inputs. Those of a new key say nothing yet.
#[component]
pub fn RightsInputs(
    #[prop(optional_no_strip)] rights: Option<KeyRights>,
    error: ErrorAt,
    /// Whoever may not change them sees them all the same.
    #[prop(optional)]
    readonly: bool,
) -> impl IntoView {
    let is_new = rights.is_none();
    let rights = rights.unwrap_or_else(|| KeyRights {
        roles: [KeyRole::DataPlaneEditor].into(),
        scope: KeyScope::default(),
        limits: KeyLimits::default(),
        expires_at_ms: None,
    });
    let KeyRights { roles, scope, limits, .. } = rights;
    let listed = |names: Option<std::collections::BTreeSet<String>>| {
        names.unwrap_or_default().into_iter().collect::<Vec<_>>().join(", ")
    };
    let kept = (!is_new).then(|| (days::KEEP.to_owned(), "As it is".to_owned()));
    let lasts: Vec<_> = kept.into_iter().chain(days::choices()).collect();
    view! {
        <RoleBoxes roles=roles.into_iter().collect() error=error.run(Input::KeyRoles) readonly />
        <div class="form-row">
            <Field
                name="rights[indexes]"
                id="key-indexes"
                label="Only these indexes"
                value=listed(scope.indexes)
                mono=true
                readonly
                autocomplete="off"
                hint="Names with commas between them; empty is all. Others do not exist for the key."
                error=error.run(Input::KeyIndexes)
            />
            <Field
                name="rights[namespaces]"
                id="key-namespaces"
                label="Only these namespaces"
                value=listed(scope.namespaces)
                mono=true
                readonly
                autocomplete="off"
                hint="Names with commas between them; empty is all. __default__ is the one without a name."
                error=error.run(Input::KeyNamespaces)
            />
        </div>
        <div class="form-row">
            {(!readonly)
                .then(|| {
                    view! {
                        <Select
                            name="rights[lasts]"
                            id="key-lasts"
                            label="It counts"
                            options=lasts
                            error=error.run(Input::KeyExpiry)
                        />
                    }
                })}
            <Limit
                name="requests"
                label="Requests per second"
                value=limits.requests_per_s.map(u64::from)
                readonly
                error=error.run(Input::KeyRequests)
            />
            <Limit
                name="bytes"
                label="Bytes per second"
                value=limits.bytes_per_s
                readonly
                error=error.run(Input::KeyBytes)
            />
        </div>
    }
    .into_any()
}

#[component]
fn Limit(
    name: &'static str,
    label: &'static str,
    value: Option<u64>,
    readonly: bool,
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <Field
            name=format!("rights[{name}]")
            id=format!("key-{name}")
            label
            value=value.map(|rate| rate.to_string())
            inputmode="numeric"
            autocomplete="off"
            readonly
            hint="Empty is what the server allows."
            error
        />
    }
}

#[component]
fn RoleBoxes(roles: Vec<KeyRole>, error: Signal<Option<String>>, readonly: bool) -> impl IntoView {
    let option = move |role: KeyRole| {
        let id = format!("key-role-{}", role.as_str());
        let hint = format!("{id}-hint");
        view! {
            <div class="choice">
                <input
                    class="choice-input"
                    type="checkbox"
                    name=format!("rights[roles][{}]", role.as_str())
                    id=id.clone()
                    value="true"
                    checked=roles.contains(&role)
                    disabled=readonly
                    aria-describedby=hint.clone()
                />
                <label for=id>{role.label()}</label>
                <p class="choice-hint" id=hint>
                    {role.about()}
                </p>
            </div>
        }
    };
    view! {
        <fieldset class="key-roles">
            <legend class="form-legend">"Roles"</legend>
            <FormError message=error />
            {KeyRole::ALL.into_iter().map(option).collect_view()}
        </fieldset>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn form() -> RightsForm {
        RightsForm { roles: [("DataPlaneViewer".into(), "true".into())].into(), ..RightsForm::default() }
    }

    #[test]
    fn a_form_is_read_as_it_was_filled_in() {
        let form =
            RightsForm { indexes: "docs".into(), requests: " 20 ".into(), lasts: "1".into(), ..form() };
        let rights = form.read(7).expect("rights");
        assert_eq!(rights.roles, [KeyRole::DataPlaneViewer].into());
        assert!(rights.scope.has_index("docs") && !rights.scope.has_index("posts"));
        assert_eq!(rights.limits, KeyLimits { requests_per_s: Some(20), bytes_per_s: None });
        assert_eq!(rights.expires_at_ms, Some(7 + 86_400_000));
        let roles =
            [("ProjectEditor".into(), "false".into()), ("ProjectViewer".into(), "true".into())].into();
        let form = RightsForm { roles, ..RightsForm::default() };
        assert_eq!(form.read(7).expect("rights").roles, [KeyRole::ProjectViewer].into());
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let wrong = |change: fn(&mut RightsForm)| {
            let mut form = form();
            change(&mut form);
            form.read(7).expect_err("a problem").field()
        };
        assert_eq!(wrong(|form| form.roles = [("Root".into(), "true".into())].into()), Some(Input::KeyRoles));
        for text in ["0", "-1", "1.5", "many"] {
            let form = RightsForm { bytes: text.into(), ..form() };
            assert_eq!(form.read(7).expect_err("a problem").field(), Some(Input::KeyBytes), "{text}");
        }
        assert_eq!(wrong(|form| form.indexes = "Ä".into()), Some(Input::KeyIndexes));
        assert_eq!(wrong(|form| form.lasts = "soon".into()), Some(Input::KeyExpiry));
    }
}
