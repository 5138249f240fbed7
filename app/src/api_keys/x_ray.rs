//! Key X-ray: what a key may, what it did, and what of it it never needed.

use super::{functions::ShrinkKey, key_settings::WhichKey};
use crate::{
    form::{Form, PostForm},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    api_keys::{ApiKey, KeyCalls, KeyRights},
    ids::ProjectId,
    permissions::{Action, KeyRight, Role},
};
use leptos::prelude::*;

/// What a key may of one action, and how often it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ray {
    action: Action,
    is_allowed: bool,
    did: u64,
    was_denied: u64,
    last_day_ms: Option<i64>,
}

/// Every action that some key can have, in the order of the table.
fn rays(rights: &KeyRights, calls: &[KeyCalls]) -> Vec<Ray> {
    let ray = |action: &Action| {
        let own = || calls.iter().filter(|calls| calls.action == *action);
        Ray {
            action: *action,
            is_allowed: rights.allow(*action),
            did: own().map(|calls| calls.allowed).sum(),
            was_denied: own().map(|calls| calls.denied).sum(),
            last_day_ms: own().map(|calls| calls.day_ms).max(),
        }
    };
    Action::ALL.iter().filter(|action| action.key_right() != KeyRight::None).map(ray).collect()
}

#[component]
pub fn XRay(
    project_id: ProjectId,
    access: Role,
    key_shown: ApiKey,
    calls: Vec<KeyCalls>,
    days: i64,
) -> impl IntoView {
    let rays = rays(&key_shown.rights, &calls);
    let never = rays.iter().filter(|ray| ray.is_allowed && ray.did == 0).count();
    let allowed = rays.iter().filter(|ray| ray.is_allowed).count();
    let told = match (allowed, never) {
        (allowed, 0) => format!("All of its {allowed} rights were used in the last {days} days."),
        (allowed, never) => format!("Of its {allowed} rights {never} were not used in the last {days} days."),
    };
    let smaller = key_shown.rights.shrunk_to(&calls);
    view! {
        <Card title="X-ray" text=told>
            <div class="stack">
                <Table caption="Rights and use" head=vec!["Right", "May", "Calls", "Refused", "Last day"]>
                    {rays.into_iter().map(|ray| view! { <RayRow ray /> }).collect_view()}
                </Table>
                <Shrink project_id access key_shown smaller has_calls=!calls.is_empty() />
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn RayRow(ray: Ray) -> impl IntoView {
    let Ray { action, is_allowed, did, was_denied, last_day_ms } = ray;
    let state = match (is_allowed, did) {
        (false, _) => view! { <span class="muted">"No"</span> }.into_any(),
        (true, 0) => view! { <Badge kind=Kind::Warning>"Never used"</Badge> }.into_any(),
        (true, _) => view! { <Badge kind=Kind::Success>"Used"</Badge> }.into_any(),
    };
    view! {
        <tr>
            <Cell label="Right">{action.as_str()}</Cell>
            <Cell label="May">{state}</Cell>
            <Cell label="Calls">
                <span class="num">{did}</span>
            </Cell>
            <Cell label="Refused">
                <span class="num">{was_denied}</span>
            </Cell>
            <Cell label="Last day">
                {last_day_ms
                    .map_or_else(
                        || view! { <span class="muted">"–"</span> }.into_any(),
                        |at_ms| view! { <Time at_ms /> }.into_any(),
                    )}
            </Cell>
        </tr>
    }
    .into_any()
}

#[component]
fn Shrink(
    project_id: ProjectId,
    access: Role,
    key_shown: ApiKey,
    smaller: KeyRights,
    has_calls: bool,
) -> impl IntoView {
    let form = Form::<ShrinkKey>::new();
    let is_smallest = smaller == key_shown.rights;
    let why_not_now = match (has_calls, is_smallest) {
        (false, _) => Some("It did nothing yet, so nobody knows what it needs.".to_owned()),
        (true, true) => Some("It has no role that it does not need.".to_owned()),
        (true, false) => None,
    };
    let no = why_not(Action::UpdateApiKeys, access).or(why_not_now);
    let roles = smaller.roles.iter().map(|role| role.label()).collect::<Vec<_>>().join(", ");
    let text = format!("{roles} would be enough for what it did.");
    view! {
        <PostForm form>
            {(!is_smallest).then(|| view! { <p>{text}</p> })} <WhichKey project_id id=key_shown.id />
            <div class="form-actions">
                <Submit variant=Variant::Secondary pending=form.pending() disabled_reason=no>
                    "Shrink to what it uses"
                </Submit>
            </div>
        </PostForm>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use conifer_domain::api_keys::{KeyLimits, KeyRole, KeyScope};

    fn rights(roles: &[KeyRole]) -> KeyRights {
        KeyRights {
            roles: roles.iter().copied().collect(),
            scope: KeyScope::default(),
            limits: KeyLimits::default(),
            expires_at_ms: None,
        }
    }

    fn did(action: Action, allowed: u64, denied: u64) -> KeyCalls {
        KeyCalls { action, day_ms: 0, allowed, denied }
    }

    #[test]
    fn an_x_ray_shows_all_that_a_key_could_have() {
        let calls = [
            did(Action::QueryVectors, 3, 0),
            did(Action::QueryVectors, 4, 0),
            did(Action::CreateIndexes, 0, 2),
        ];
        let rays = rays(&rights(&[KeyRole::DataPlaneViewer]), &calls);
        let of = |action| rays.iter().find(|ray| ray.action == action).copied();
        let queries = of(Action::QueryVectors).expect("a ray");
        assert!(queries.is_allowed);
        assert_eq!((queries.did, queries.was_denied), (7, 0));
        let creations = of(Action::CreateIndexes).expect("a ray");
        assert!(!creations.is_allowed);
        assert_eq!((creations.did, creations.was_denied), (0, 2));
        assert_eq!(of(Action::DeleteProject), None);
    }
}
