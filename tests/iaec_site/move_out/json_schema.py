"""The part of JSON Schema (2020-12) that our schema uses, checked without a library."""

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def is_of(value, name):
    if isinstance(value, bool) and name in {"integer", "number"}:
        return False
    return isinstance(value, TYPES[name])


def violations(value, schema, whole=None, where=""):
    """One line for each place that is not as the schema says."""
    whole = whole or schema
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        return violations(value, whole["$defs"][name], whole, where)
    if "anyOf" in schema:
        found = [violations(value, one, whole, where) for one in schema["anyOf"]]
        return [] if [] in found else found[0]
    if "const" in schema and value != schema["const"]:
        return [f"{where}: {value!r} is not {schema['const']!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: {value!r} is none of {schema['enum']}"]
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(is_of(value, name) for name in names):
            return [f"{where}: {value!r} is no {' or '.join(names)}"]
    if isinstance(value, list):
        items = schema.get("items", {})
        return [line for at, one in enumerate(value) for line in violations(one, items, whole, f"{where}/{at}")]
    if isinstance(value, dict):
        return of_object(value, schema, whole, where)
    return []


def of_object(value, schema, whole, where):
    properties = schema.get("properties", {})
    found = [f"{where}: {name} is missing" for name in schema.get("required", []) if name not in value]
    for name, part in value.items():
        if name in properties:
            found += violations(part, properties[name], whole, f"{where}/{name}")
        elif schema.get("additionalProperties") is False:
            found.append(f"{where}: {name} is not known")
        elif isinstance(schema.get("additionalProperties"), dict):
            found += violations(part, schema["additionalProperties"], whole, f"{where}/{name}")
    return found
