//! The shapes of bodies as flat lists: `vectors[].values`, numbers.

use conifer_domain::api_reference::Field;
use serde_json::Value;

/// Deeper than any shape of ours; one that holds itself would never end.
const DEPTH_MAX: usize = 8;

pub struct Shapes<'a>(pub &'a Value);

impl<'a> Shapes<'a> {
    /// What it refers to, if it does.
    pub fn resolve(&self, schema: &'a Value) -> &'a Value {
        let pointer = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        pointer.and_then(|pointer| self.0.pointer(pointer)).unwrap_or(schema)
    }

    pub fn fields(&self, schema: &'a Value) -> Vec<Field> {
        let mut fields = Vec::new();
        self.collect(schema, "", 0, &mut fields);
        fields
    }

    fn collect(&self, schema: &'a Value, prefix: &str, depth: usize, into: &mut Vec<Field>) {
        if depth > DEPTH_MAX {
            return;
        }
        let schema = self.given(schema);
        for part in parts(schema, "allOf") {
            self.collect(part, prefix, depth + 1, into);
        }
        let forms: Vec<_> = parts(schema, "oneOf").map(|form| self.form(form, prefix, depth)).collect();
        into.extend(of_all(&forms));
        let required = |name: &str| parts(schema, "required").any(|required| required == name);
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{prefix}{name}");
            if into.iter().any(|known| known.name == path) {
                continue;
            }
            into.push(self.field(path.clone(), required(name), field));
            self.collect_within(field, &path, depth, into);
        }
    }

    fn form(&self, form: &'a Value, prefix: &str, depth: usize) -> Vec<Field> {
        let mut fields = Vec::new();
        self.collect(form, prefix, depth + 1, &mut fields);
        fields
    }

    /// Of what a field holds: an object, or several.
    fn collect_within(&self, field: &'a Value, path: &str, depth: usize, into: &mut Vec<Field>) {
        let field = self.given(field);
        if let Some(items) = field.get("items") {
            self.collect(items, &format!("{path}[]."), depth + 1, into);
        } else if let Some(values) = field.get("additionalProperties").filter(|values| values.is_object()) {
            self.collect(values, &format!("{path}.*."), depth + 1, into);
        } else {
            self.collect(field, &format!("{path}."), depth + 1, into);
        }
    }

    pub fn field(&self, name: String, required: bool, schema: &'a Value) -> Field {
        let about = schema["description"].as_str().or_else(|| self.given(schema)["description"].as_str());
        Field { name, kind: self.kind(schema), required, about: about.unwrap_or_default().to_owned() }
    }

    /// What is meant where nothing may stand, too.
    fn given(&self, schema: &'a Value) -> &'a Value {
        let schema = self.resolve(schema);
        let mut given = parts(schema, "oneOf").filter(|part| part["type"] != "null");
        match (given.next(), given.next()) {
            (Some(only), None) => self.resolve(only),
            _ => schema,
        }
    }

    fn kind(&self, schema: &'a Value) -> String {
        let schema = self.given(schema);
        let kinds = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().filter(|kind| *kind != "null").find_map(Value::as_str),
            kind => kind.as_str(),
        };
        if let Some(choices) = choices(schema) {
            return choices;
        }
        let plain = match kinds {
            Some("array") => format!("list of {}", plural(&self.kind(&schema["items"]))),
            Some("boolean") => "true or false".to_owned(),
            Some("integer") => "whole number".to_owned(),
            Some(other) => other.to_owned(),
            None => "object".to_owned(),
        };
        match limits(schema) {
            Some(limits) => format!("{plain}, {limits}"),
            None => plain,
        }
    }
}

/// The fields of several forms, of which one is meant: required is what each of them requires.
fn of_all(forms: &[Vec<Field>]) -> Vec<Field> {
    let mut all: Vec<Field> = Vec::new();
    for field in forms.iter().flatten() {
        match all.iter_mut().find(|known| known.name == field.name) {
            Some(known) if known.kind == field.kind => {}
            Some(known) => known.kind = format!("{} or {}", known.kind, field.kind),
            None => all.push(field.clone()),
        }
    }
    for field in &mut all {
        field.required =
            forms.iter().all(|form| form.iter().any(|other| other.name == field.name && other.required));
    }
    all
}

fn parts<'a>(schema: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    schema[name].as_array().into_iter().flatten()
}

fn plural(kind: &str) -> String {
    match kind.split_once(", ") {
        Some((kind, limits)) => format!("{kind}s ({limits})"),
        None => format!("{kind}s"),
    }
}

/// One of a few words, whether they are listed or make up a pattern.
fn choices(schema: &Value) -> Option<String> {
    let words: Vec<&str> = match schema["pattern"].as_str() {
        Some(pattern) => {
            let inside = pattern.strip_prefix('^')?.strip_suffix('$')?;
            let inside = inside.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(inside);
            inside.split('|').collect()
        }
        None => parts(schema, "enum").filter_map(Value::as_str).collect(),
    };
    let is_word =
        |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    (!words.is_empty() && words.iter().all(is_word)).then(|| words.join(" or "))
}

fn limits(schema: &Value) -> Option<String> {
    let limit =
        |names: &[&str]| names.iter().find_map(|name| schema[*name].as_number().map(ToString::to_string));
    let min = limit(&["minimum", "minLength", "minItems"]);
    let max = limit(&["maximum", "maxLength", "maxItems"]);
    let unit = match schema {
        _ if schema.get("maxLength").is_some() => " characters",
        _ if schema.get("maxItems").is_some() => " items",
        _ => "",
    };
    match (min, max) {
        (Some(min), Some(max)) => Some(format!("{min} to {max}{unit}")),
        (None, Some(max)) => Some(format!("{max}{unit} at most")),
        (Some(min), None) if min != "0" => Some(format!("{min} at least")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(schema: &Value) -> Vec<String> {
        let fields = Shapes(schema).fields(schema).into_iter();
        fields
            .map(|field| format!("{}{}: {}", field.name, if field.required { "!" } else { "" }, field.kind))
            .collect()
    }

    #[test]
    fn what_is_inside_is_told_by_its_path() {
        let record = json!({ "type": "object", "required": ["id"], "properties": {
            "id": { "type": "string", "minLength": 1, "maxLength": 512 },
            "values": { "type": ["array", "null"], "items": { "type": "number" }, "maxItems": 9 },
        } });
        let schema = json!({
            "components": { "record": record },
            "allOf": [{ "properties": { "kind": { "pattern": "^(dense|sparse)$" } } }],
            "required": ["records"],
            "properties": {
                "records": { "type": "array", "items": { "$ref": "#/components/record" } },
                "by_name": { "type": "object", "additionalProperties": { "$ref": "#/components/record" } },
                "best": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/record" }] },
            },
        });
        assert_eq!(
            told(&schema),
            [
                "kind: dense or sparse",
                "best: object",
                "best.id!: string, 1 to 512 characters",
                "best.values: list of numbers, 9 items at most",
                "by_name: object",
                "by_name.*.id!: string, 1 to 512 characters",
                "by_name.*.values: list of numbers, 9 items at most",
                "records!: list of objects",
                "records[].id!: string, 1 to 512 characters",
                "records[].values: list of numbers, 9 items at most",
            ]
        );
    }

    #[test]
    fn of_several_forms_what_all_require_is_required() {
        let form = |kind: &str, more: &str| {
            let properties = json!({ "kind": { "enum": [kind] }, more: { "type": "string" } });
            json!({ "required": ["kind", more], "properties": properties })
        };
        let schema = json!({ "oneOf": [form("pod", "size"), form("managed", "cloud")] });
        assert_eq!(told(&schema), ["kind!: pod or managed", "size: string", "cloud: string"]);
    }

    #[test]
    fn a_shape_that_holds_itself_ends() {
        let schema = json!({ "properties": { "again": { "$ref": "#" } } });
        assert_eq!(told(&schema).len(), DEPTH_MAX + 1);
    }

    #[test]
    fn a_pattern_of_other_things_is_no_choice() {
        assert_eq!(choices(&json!({ "pattern": "^[a-z]+$" })), None);
        assert_eq!(choices(&json!({ "enum": ["a", "b"] })).as_deref(), Some("a or b"));
    }
}
