use super::Size;
use leptos::prelude::*;

/// The initials of a person or, with `square`, of an organization. The name stands beside it.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    #[prop(optional)] size: Size,
    #[prop(optional)] square: bool,
) -> impl IntoView {
    let size = match size {
        Size::Small => " avatar-small",
        Size::Medium => "",
        Size::Large => " avatar-large",
    };
    let shape = if square { " avatar-square" } else { "" };
    view! {
        <span class=format!("avatar avatar-hue-{}{size}{shape}", hue(&name)) aria-hidden="true">
            {initials(&name)}
        </span>
    }
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut firsts =
        name.split_whitespace().filter_map(|word| word.chars().find(|char| char.is_alphanumeric()));
    let first = firsts.next();
    let last = firsts.next_back();
    let letters: String = [first, last].into_iter().flatten().flat_map(char::to_uppercase).collect();
    if letters.is_empty() { "?".into() } else { letters }
}

/// One of eight hues, always the same one for a name.
fn hue(name: &str) -> u32 {
    name.chars().fold(0_u32, |sum, char| sum.wrapping_mul(31).wrapping_add(char.into())) % 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        for (name, expected) in [
            ("Ada Lovelace", "AL"),
            ("ada", "A"),
            ("Jean  le Rond d'Alembert", "JD"),
            ("(Éva) kiss", "ÉK"),
            ("  ", "?"),
            ("李", "李"),
        ] {
            assert_eq!(initials(name), expected);
        }
    }
}
