//! Programs to begin with, for the clients that people have already.

/// Each lists the indexes of the key's project.
const PROGRAMS: [(&str, &str); 4] = [
    (
        "Python",
        r#"# pip install pinecone
from pinecone import Pinecone

pc = Pinecone(api_key="{key}", host="{url}")
for index in pc.list_indexes():
    print(index.name, index.host)
"#,
    ),
    (
        "TypeScript",
        r#"// npm install @pinecone-database/pinecone
import { Pinecone } from '@pinecone-database/pinecone';

const pc = new Pinecone({ apiKey: '{key}', controllerHostUrl: '{url}' });
const { indexes } = await pc.listIndexes();
for (const index of indexes ?? []) console.log(index.name, index.host);
"#,
    ),
    (
        "Go",
        r#"// go get github.com/pinecone-io/go-pinecone/v4
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/pinecone-io/go-pinecone/v4/pinecone"
)

func main() {
	pc, err := pinecone.NewClient(pinecone.NewClientParams{ApiKey: "{key}", Host: "{url}"})
	if err != nil {
		log.Fatal(err)
	}
	indexes, err := pc.ListIndexes(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	for _, index := range indexes {
		fmt.Println(index.Name, index.Host)
	}
}
"#,
    ),
    (
        "curl",
        r#"curl "{url}/indexes" -H "Api-Key: {key}" -H "X-Pinecone-Api-Version: 2025-10"
"#,
    ),
];

/// Language and program.
pub fn snippets(url: &str, key: &str) -> impl Iterator<Item = (&'static str, String)> {
    let fill = |text: &str| text.replace("{url}", url).replace("{key}", key);
    PROGRAMS.into_iter().map(move |(language, text)| (language, fill(text))).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::snippets;

    #[test]
    fn every_program_has_address_and_key() {
        for (language, text) in snippets("http://127.0.0.1:5080", "pcsk_x") {
            assert!(text.contains("http://127.0.0.1:5080") && text.contains("pcsk_x"), "{language}");
            assert!(!text.contains("{url}") && !text.contains("{key}"), "{language}");
        }
    }
}
