use super::{Alert, Kind};
use conifer_domain::problem::{Field, Problem};
use leptos::prelude::*;

/// What went wrong with a form as a whole, at its top.
#[component]
pub fn FormError(#[prop(into)] message: MaybeProp<String>) -> impl IntoView {
    move || {
        message.get().map(|text| {
            view! {
                <Alert kind=Kind::Danger role="alert">
                    {text}
                </Alert>
            }
        })
    }
}

/// The problem's sentence, if it belongs to this field: for the field's `error`.
pub fn problem_at(problem: impl Into<Signal<Option<Problem>>>, field: Field) -> Signal<Option<String>> {
    let problem = problem.into();
    Signal::derive(move || problem.get().filter(|it| it.field() == Some(field)).map(|it| it.to_string()))
}

/// The problem's sentence, if it belongs to none of the form's fields: for [`FormError`].
pub fn problem_elsewhere(
    problem: impl Into<Signal<Option<Problem>>>,
    fields: &'static [Field],
) -> Signal<Option<String>> {
    let problem = problem.into();
    let is_elsewhere = |it: &Problem| it.field().is_none_or(|field| !fields.contains(&field));
    Signal::derive(move || problem.get().filter(is_elsewhere).map(|it| it.to_string()))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use conifer_domain::problem::Rule;

    #[test]
    fn a_problem_is_told_once() {
        Owner::new().with(|| {
            let taken = Some(Problem::invalid(Field::Email, Rule::Taken));
            for (problem, at_email, elsewhere) in
                [(taken, true, false), (Some(Problem::Conflict), false, true), (None, false, false)]
            {
                let problem = Signal::stored(problem);
                assert_eq!(problem_at(problem, Field::Email).get_untracked().is_some(), at_email);
                let rest = problem_elsewhere(problem, &[Field::Email, Field::Password]);
                assert_eq!(rest.get_untracked().is_some(), elsewhere);
            }
        });
    }
}
