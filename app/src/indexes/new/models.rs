//! Models that people make vectors with: what each gives, and the metric it was made for.

use conifer_domain::indexes::Metric;

pub struct Model {
    pub name: &'static str,
    pub by: &'static str,
    pub dimension: u32,
    pub metric: Metric,
}

const fn model(name: &'static str, by: &'static str, dimension: u32, metric: Metric) -> Model {
    Model { name, by, dimension, metric }
}

pub const MODELS: [Model; 14] = [
    model("text-embedding-3-small", "OpenAI", 1536, Metric::Cosine),
    model("text-embedding-3-large", "OpenAI", 3072, Metric::Cosine),
    model("text-embedding-ada-002", "OpenAI", 1536, Metric::Cosine),
    model("gemini-embedding-001", "Google", 3072, Metric::Cosine),
    model("embed-v4.0", "Cohere", 1536, Metric::Cosine),
    model("embed-multilingual-v3.0", "Cohere", 1024, Metric::Cosine),
    model("voyage-3-large", "Voyage AI", 1024, Metric::Cosine),
    model("mistral-embed", "Mistral", 1024, Metric::Cosine),
    model("jina-embeddings-v3", "Jina AI", 1024, Metric::Cosine),
    model("bge-m3", "BAAI", 1024, Metric::Cosine),
    model("multilingual-e5-large", "Microsoft", 1024, Metric::Cosine),
    model("nomic-embed-text-v1.5", "Nomic", 768, Metric::Cosine),
    model("all-MiniLM-L6-v2", "Sentence Transformers", 384, Metric::Cosine),
    model("clip-ViT-B-32", "Sentence Transformers", 512, Metric::Cosine),
];

impl Model {
    pub fn label(&self) -> String {
        format!("{} · {} ({})", self.name, self.dimension, self.by)
    }
}

#[cfg(test)]
mod tests {
    use super::MODELS;
    use conifer_domain::limits::DIMENSION_MAX;
    use std::collections::BTreeSet;

    #[test]
    fn each_model_stands_there_once_and_fits() {
        let names: BTreeSet<_> = MODELS.iter().map(|model| model.name).collect();
        assert_eq!(names.len(), MODELS.len());
        assert!(MODELS.iter().all(|model| (1..=DIMENSION_MAX).contains(&model.dimension)));
    }
}
