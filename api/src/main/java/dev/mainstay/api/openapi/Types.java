package dev.mainstay.api.openapi;

import dev.mainstay.core.model.ColumnType;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Column types as JSON Schema 2020-12, of the values as they go over the wire (`WIRE.md` §1.20). A
/// `format` is a standard one only where it holds of every value, else the SQL name.
final class Types {
  private Types() {}

  static ObjectNode schema(ColumnType type, boolean nullable) {
    ObjectNode schema = schema(type);
    if (!nullable || type instanceof ColumnType.Json) return schema;
    if (schema.get("type") instanceof StringNode single) {
      schema.putArray("type").add(single.asString()).add("null");
      return schema;
    }
    if (schema.get("anyOf") instanceof ArrayNode either) {
      either.addObject().put("type", "null");
      return schema;
    }
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  private static ObjectNode schema(ColumnType type) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    return switch (type) {
      case ColumnType.Bool() -> schema.put("type", "boolean");
      case ColumnType.Whole(int bits) -> schema.put("type", "integer").put("format", "int" + bits);
      case ColumnType.Decimal _ -> schema.put("type", "number").put("format", type.toString());
      case ColumnType.Floating(int bits) -> floating(schema, bits);
      case ColumnType.Text() -> schema.put("type", "string");
      case ColumnType.Varchar(int length) -> schema.put("type", "string").put("maxLength", length);
      case ColumnType.Uuid() -> schema.put("type", "string").put("format", "uuid");
      case ColumnType.Date() -> schema.put("type", "string").put("format", "date");
      case ColumnType.TimestampTz() -> schema.put("type", "string").put("format", "date-time");
      // The standard formats want a zone.
      case ColumnType.Time _, ColumnType.Timestamp _, ColumnType.Interval _, ColumnType.Native _ ->
          schema.put("type", "string").put("format", type.toString());
      case ColumnType.Bytea() ->
          schema.put("type", "string").put("pattern", "^\\\\x([0-9a-f]{2})*$");
      case ColumnType.Json() -> schema;
      case ColumnType.Enumerated(String _, String name, List<String> _) ->
          schema.put("$ref", reference(name));
      case ColumnType.ArrayOf(ColumnType element) -> {
        schema.put("type", "array");
        schema.set("items", schema(element, true));
        yield schema;
      }
    };
  }

  private static ObjectNode floating(ObjectNode schema, int bits) {
    ArrayNode either = schema.putArray("anyOf");
    either.addObject().put("type", "number").put("format", bits == 32 ? "float" : "double");
    either.addObject().putArray("enum").add("NaN").add("Infinity").add("-Infinity");
    return schema;
  }

  static String reference(String enumName) {
    return "#/components/schemas/" + enumKey(enumName);
  }

  static String enumKey(String enumName) {
    return Names.component(enumName) + ".enum";
  }
}
