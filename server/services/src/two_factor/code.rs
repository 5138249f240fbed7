//! What a person types as a second factor.

use super::recovery;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// Six digits of the app.
    App(String),
    /// A recovery code without its dashes.
    Recovery(String),
}

impl Code {
    /// Spaces and dashes are for the eye.
    pub(crate) fn read(text: &str) -> Self {
        let code: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
            Self::App(code)
        } else {
            Self::Recovery(recovery::normal(&code))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn six_digits_are_of_the_app() {
        assert_eq!(Code::read(" 123 456 "), Code::App("123456".into()));
        assert_eq!(Code::read("abcd-2345-efgh-6722"), Code::Recovery("ABCD2345EFGH6722".into()));
        assert_eq!(Code::read("1234567"), Code::Recovery("1234567".into()));
        assert_eq!(Code::read("١٢٣٤٥٦"), Code::Recovery("١٢٣٤٥٦".into()));
    }
}
