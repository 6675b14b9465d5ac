//! What the answers look like, for programs that make sure of it or are made from it:
//! a JSON Schema of each, and the OpenAPI description of the whole. Written by hand, in
//! words for whoever reads figures; tests hold them to what is really answered.

use super::ApiError;
use crate::app::App;
use crate::web::Error;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::{Map, Value};

/// Each by its name in the address, and in the OpenAPI description.
const SCHEMAS: [(&str, &str, &str); 4] = [
    ("release", "Release", include_str!("schema/release.json")),
    ("campaigns", "Campaigns", include_str!("schema/campaigns.json")),
    ("releases", "Releases", include_str!("schema/releases.json")),
    ("problem", "Problem", include_str!("schema/problem.json")),
];
const OPENAPI: &str = include_str!("openapi.json");
/// What stands in the files for the address of this installation.
const EXAMPLE: &str = "https://candour.example.org";

/// GET /api/v1/schema/{name}.json
pub async fn show(app: Data<App>, name: Path<String>) -> Result<HttpResponse, ApiError> {
    let found = SCHEMAS.iter().find(|(known, ..)| known == name.as_ref());
    let (.., text) = found.ok_or(Error::NotFound)?;
    Ok(description("application/schema+json", here(text, &app.settings.public_url)))
}

/// GET /api/v1/openapi.json
pub async fn openapi(app: Data<App>) -> Result<HttpResponse, ApiError> {
    let whole = with_schemas(&here(OPENAPI, &app.settings.public_url)).map_err(Error::internal)?;
    Ok(description("application/json", whole))
}

/// It has nothing of anybody's.
fn description(kind: &'static str, text: String) -> HttpResponse {
    HttpResponse::Ok().content_type(kind).insert_header((header::CACHE_CONTROL, "public, max-age=3600")).body(text)
}

fn here(text: &str, url: &str) -> String {
    let quoted = Value::from(url).to_string();
    text.replace(EXAMPLE, quoted.trim_matches('"'))
}

/// The description with the schemas and their parts among its components, so that it
/// stands alone: not every program follows references to other files.
fn with_schemas(text: &str) -> Result<String, serde_json::Error> {
    let mut whole: Value = serde_json::from_str(text)?;
    let mut components = Map::new();
    for (_, name, schema) in SCHEMAS {
        let mut schema: Map<String, Value> =
            serde_json::from_str(&schema.replace("\"#/$defs/", "\"#/components/schemas/"))?;
        for of_a_file in ["$schema", "$id"] {
            schema.remove(of_a_file);
        }
        if let Some(Value::Object(parts)) = schema.remove("$defs") {
            components.extend(parts);
        }
        components.insert(name.to_owned(), Value::Object(schema));
    }
    if let Some(schemas) = whole.pointer_mut("/components/schemas") {
        *schemas = Value::Object(components);
    }
    serde_json::to_string_pretty(&whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_schema_hides_another_of_the_same_name() {
        let whole: Value = serde_json::from_str(&with_schemas(OPENAPI).unwrap()).unwrap();
        let parts = SCHEMAS.iter().map(|(.., text)| {
            let schema: Value = serde_json::from_str(text).unwrap();
            schema.get("$defs").and_then(Value::as_object).map_or(0, Map::len) + 1
        });
        let together = whole["components"]["schemas"].as_object().unwrap();
        assert_eq!(together.len(), parts.sum::<usize>());
        assert!(!whole.to_string().contains("$defs"));
    }

    #[test]
    fn the_address_is_that_of_the_installation_whatever_is_in_it() {
        let text = here(OPENAPI, "https://a.example/\"x\\");
        let whole: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(whole["servers"][0]["url"], "https://a.example/\"x\\");
    }
}
