//! The one layout of every mail: the same words as text and as HTML.

use super::{
    letter::{Letter, Part},
    outbox::Mail,
};

pub(super) fn render(to: &str, letter: &Letter, public_url: &str, now_ms: i64) -> Mail {
    let mut text: String = letter.parts.iter().map(as_text).collect();
    text.push_str(&format!("-- \nConifer, {public_url}\n"));
    let body: String = letter.parts.iter().map(as_html).collect();
    Mail::new(to, letter.subject, text, page(letter.subject, &body, public_url), now_ms)
}

fn as_text(part: &Part) -> String {
    match part {
        Part::Text(text) => format!("{text}\n\n"),
        Part::Link { label, url } => format!("{label}:\n{url}\n\n"),
        Part::Facts(facts) => {
            let lines: String = facts.iter().map(|(term, fact)| format!("{term}: {fact}\n")).collect();
            format!("{lines}\n")
        }
    }
}

fn as_html(part: &Part) -> String {
    match part {
        Part::Text(text) => format!("<p>{}</p>\n", escape(text)),
        Part::Link { label, url } => {
            let url = escape(url);
            format!(
                "<p><a class=\"button\" href=\"{url}\">{}</a></p>\n<p class=\"small\">{url}</p>\n",
                escape(label)
            )
        }
        Part::Facts(facts) => {
            let row = |(term, fact): &(&str, String)| {
                format!("<tr><th>{}</th><td>{}</td></tr>\n", escape(term), escape(fact))
            };
            format!("<table>\n{}</table>\n", facts.iter().map(row).collect::<String>())
        }
    }
}

fn page(title: &str, body: &str, public_url: &str) -> String {
    let (title, public_url) = (escape(title), escape(public_url));
    format!(
        "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}<p class=\"small\">Conifer, <a href=\"{public_url}\">{public_url}</a></p>
</main>
</body>
</html>
"
    )
}

const STYLE: &str = "
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.25rem; }
th { text-align: left; padding-right: 1rem; font-weight: 500; }
.button { display: inline-block; padding: .6rem 1rem; border-radius: 6px; background: #14603d; color: #fff; text-decoration: none; }
.small { font-size: .8rem; opacity: .75; word-break: break-all; }
";

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_stays_text() {
        let letter = Letter::new("Hello")
            .text("<script>alert(1)</script> & \"quotes\"")
            .link("Open", "https://example.com/?a=1&b='x'".into())
            .facts(vec![("Device", "<img src=x>".into())]);
        let mail = render("ada@example.com", &letter, "https://example.com", 0);
        assert!(mail.html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;"));
        assert!(mail.html.contains("href=\"https://example.com/?a=1&amp;b=&#39;x&#39;\""));
        assert!(mail.html.contains("<td>&lt;img src=x&gt;</td>"));
        assert!(mail.text.contains("<script>alert(1)</script> & \"quotes\""));
    }
}
