//! How well a text answers what a person types.

/// None when the letters of `query` do not all stand in `text` in their order, without regard to case; else the
/// more the better: letters that follow each other and beginnings of words count most.
pub fn score(query: &str, text: &str) -> Option<u32> {
    let text: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let mut total = 0;
    let mut from = 0;
    for wanted in query.chars().filter(|char| !char.is_whitespace()).flat_map(char::to_lowercase) {
        let (at, worth) = next(&text, from, wanted)?;
        total += worth;
        from = at + 1;
    }
    Some(total)
}

/// Where the next letter is best found. The nearest beginning of a word is worth a leap, unless the letter
/// follows at once.
fn next(text: &[char], from: usize, wanted: char) -> Option<(usize, u32)> {
    const FOLLOWS: u32 = 4;
    const BEGINS: u32 = 3;
    const STANDS: u32 = 1;
    if from > 0 && text.get(from) == Some(&wanted) {
        return Some((from, FOLLOWS));
    }
    let found = || (from..text.len()).filter(|&at| text[at] == wanted);
    let begins = |at: &usize| *at == 0 || !text[at - 1].is_alphanumeric();
    match found().find(begins) {
        Some(at) => Some((at, BEGINS)),
        None => found().next().map(|at| (at, STANDS)),
    }
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn letters_must_stand_in_their_order() {
        assert!(score("acc", "Account").is_some());
        assert!(score("TWO f", "Two-factor").is_some());
        assert!(score("act", "Account").is_some());
        assert_eq!(score("tca", "Account"), None);
        assert_eq!(score("x", "Account"), None);
    }

    #[test]
    fn nothing_typed_fits_everything() {
        assert_eq!(score("", "Account"), Some(0));
        assert_eq!(score("  ", "Account"), Some(0));
    }

    #[test]
    fn beginnings_and_runs_come_first() {
        let ranks =
            |query, better, worse| assert!(score(query, better) > score(query, worse), "{query}: {better}");
        ranks("pro", "Project search", "Top rooms");
        ranks("tf", "Two-factor", "Sitting fast");
        ranks("se", "Sessions", "Those");
    }
}
