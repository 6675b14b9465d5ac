"""Holds what the API describes against what others say it must be, with parts that are
not ours: JSON Schema 2020-12 (jsonschema) and OpenAPI 3.1 (openapi-spec-validator).

Reads on standard input {"schema": ..., "documents": [...]} or {"openapi": ...}, and
says as JSON what is wrong: with each document, or with the description."""

import json
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing.exceptions import Unresolvable


def of_description(description):
    try:
        return [f"{list(error.path)}: {error.message[:200]}" for error in OpenAPIV31SpecValidator(description).iter_errors()]
    except Unresolvable as error:
        return [f"leads nowhere: {error.ref}"]


def of_documents(schema, documents):
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [
        [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)] for document in documents
    ]


asked = json.load(sys.stdin)
wrong = [of_description(asked["openapi"])] if "openapi" in asked else of_documents(asked["schema"], asked["documents"])
json.dump(wrong, sys.stdout)
