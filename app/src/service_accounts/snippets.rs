//! Programs to begin with: each gets a token and lists the projects.

const PROGRAMS: [(&str, &str); 3] = [
    (
        "Python",
        r#"# pip install pinecone
from pinecone import Admin

admin = Admin(
    client_id="{id}",
    client_secret="{secret}",
    host="{url}",
    oauth_url="{url}/oauth/token",
)
for project in admin.projects.list():
    print(project.id, project.name)
"#,
    ),
    (
        "curl",
        r#"TOKEN=$(curl -s "{url}/oauth/token" -d grant_type=client_credentials \
  -d client_id={id} -d client_secret={secret} | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
curl "{url}/admin/projects" -H "Authorization: Bearer $TOKEN" -H "X-Pinecone-Api-Version: 2025-10"
"#,
    ),
    (
        "Environment",
        r#"PINECONE_CLIENT_ID={id}
PINECONE_CLIENT_SECRET={secret}
"#,
    ),
];

/// Language and program.
pub fn snippets(url: &str, id: &str, secret: &str) -> impl Iterator<Item = (&'static str, String)> {
    let fill = |text: &str| text.replace("{url}", url).replace("{id}", id).replace("{secret}", secret);
    PROGRAMS.into_iter().map(move |(language, text)| (language, fill(text))).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::snippets;

    #[test]
    fn every_program_has_id_and_secret() {
        for (language, text) in snippets("http://127.0.0.1:5080", "0a1b", "cfsa_x") {
            assert!(text.contains("0a1b") && text.contains("cfsa_x"), "{language}");
            assert!(!["{url}", "{id}", "{secret}"].iter().any(|word| text.contains(word)), "{language}");
        }
    }
}
