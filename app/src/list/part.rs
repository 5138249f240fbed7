//! Pages of a list that is in memory as a whole.

use conifer_domain::paging::{Cursor, Page, Paging};

/// The part after the item whose key the cursor is; the beginning when that item is gone.
pub fn part_of<T>(items: Vec<T>, paging: &Paging, key: impl Fn(&T) -> String) -> Page<T> {
    let after = paging.after.as_ref().map(|Cursor(after)| after.as_str());
    let from =
        after.and_then(|after| items.iter().position(|item| key(item) == after)).map_or(0, |at| at + 1);
    let length = paging.length() as usize;
    let more = items.len() > from + length;
    let items: Vec<T> = items.into_iter().skip(from).take(length).collect();
    let next = items.last().filter(|_| more).map(|item| Cursor(key(item)));
    Page { items, next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_turned_to_its_end() {
        let paging =
            |after: Option<&str>| Paging { after: after.map(|it| Cursor(it.into())), limit: Some(2) };
        let part = |after| part_of(vec!["c", "a", "b"], &paging(after), |item| (*item).to_owned());
        let first = part(None);
        assert_eq!((first.items, first.next.clone()), (vec!["c", "a"], Some(Cursor("a".into()))));
        assert_eq!((part(Some("a")).items, part(Some("a")).next), (vec!["b"], None));
        assert_eq!(part(Some("gone")).items, ["c", "a"]);
    }
}
