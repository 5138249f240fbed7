//! Where in a JSON text a value stands.

/// A step from a value to one within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

/// Line and column, counted from 1, of what the path leads to, or of the key of its last step. The text is JSON.
pub(super) fn place(text: &str, path: &[Step], at_key: bool) -> (usize, usize) {
    let mut walk = Walk { text, at: 0 };
    walk.blanks();
    let mut found = walk.at;
    for (nth, step) in path.iter().enumerate() {
        let wants_key = at_key && nth + 1 == path.len();
        let Some(next) = walk.enter(step, wants_key) else { break };
        found = next;
        walk.at = next;
    }
    let before = &text[..found];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl Walk<'_> {
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(b' ')
    }

    fn blanks(&mut self) {
        while self.at < self.text.len() && self.byte().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    /// Where the step leads from the value that begins here. Of a key that is there twice, the last counts.
    fn enter(&mut self, step: &Step, wants_key: bool) -> Option<usize> {
        let (mut nth, mut found) = (0, None);
        self.at += 1;
        loop {
            self.blanks();
            if self.at >= self.text.len() || matches!(self.byte(), b'}' | b']') {
                return found;
            }
            let began = self.at;
            let is_wanted = match step {
                Step::Item(wanted) => nth == *wanted,
                Step::Key(wanted) => {
                    self.skip();
                    let name: Option<String> = serde_json::from_str(&self.text[began..self.at]).ok();
                    self.blanks();
                    self.at += 1;
                    self.blanks();
                    name.as_ref() == Some(wanted)
                }
            };
            if is_wanted {
                found = Some(if wants_key { began } else { self.at });
            }
            self.skip();
            self.blanks();
            if self.byte() == b',' {
                self.at += 1;
            }
            nth += 1;
        }
    }

    /// Past the value that begins here.
    fn skip(&mut self) {
        let (mut depth, mut in_text) = (0, false);
        while self.at < self.text.len() {
            match (in_text, self.byte()) {
                (true, b'\\') => self.at += 1,
                (true, b'"') => in_text = false,
                (true, _) => {}
                (false, b'"') => in_text = true,
                (false, b'{' | b'[') => depth += 1,
                (false, b'}' | b']') if depth == 0 => return,
                (false, b'}' | b']') => depth -= 1,
                (false, b',' | b':') if depth == 0 => return,
                (false, byte) if byte.is_ascii_whitespace() && depth == 0 => return,
                (false, _) => {}
            }
            self.at += 1;
            if depth == 0 && !in_text && matches!(self.text.as_bytes()[self.at - 1], b'"' | b'}' | b']') {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_its_place() {
        let text = "{ \"a,}\\\"\" : [1, {\"b\": -2.5e3 , \"c\":\"x\"}],\n\"d\":true}";
        let key = |name: &str| Step::Key(name.into());
        let at = |path: &[Step], at_key| {
            let (line, column) = place(text, path, at_key);
            text.lines()
                .nth(line - 1)
                .unwrap_or_default()
                .chars()
                .skip(column - 1)
                .take(4)
                .collect::<String>()
        };
        assert_eq!(at(&[], false), "{ \"a");
        assert_eq!(at(&[key("a,}\"")], false), "[1, ");
        assert_eq!(at(&[key("a,}\""), Step::Item(1), key("b")], false), "-2.5");
        assert_eq!(at(&[key("a,}\""), Step::Item(1), key("c")], true), "\"c\":");
        assert_eq!(at(&[key("d")], false), "true");
    }
}
