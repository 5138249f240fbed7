//! What a letter says, before it is text and HTML.

/// A mail without an address.
pub(crate) struct Letter {
    pub(crate) subject: &'static str,
    pub(crate) parts: Vec<Part>,
}

pub(crate) enum Part {
    Text(String),
    /// The one thing to do.
    Link {
        label: &'static str,
        url: String,
    },
    Facts(Vec<(&'static str, String)>),
}

impl Letter {
    pub(crate) fn new(subject: &'static str) -> Self {
        Self { subject, parts: Vec::new() }
    }

    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Text(text.into()));
        self
    }

    pub(crate) fn link(mut self, label: &'static str, url: String) -> Self {
        self.parts.push(Part::Link { label, url });
        self
    }

    pub(crate) fn facts(mut self, facts: Vec<(&'static str, String)>) -> Self {
        self.parts.push(Part::Facts(facts));
        self
    }
}
