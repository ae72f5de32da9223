package dev.mainstay.core.read;

import dev.mainstay.core.query.JsonText;
import java.util.regex.Pattern;

/// A piece of YAML as JSON text: plain `true`, `null` and numbers are what they are in JSON, all
/// else is text.
public final class JsonOfYaml {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private JsonOfYaml() {}

  public static String json(Yaml yaml) {
    var json = new StringBuilder();
    write(yaml, json);
    return json.toString();
  }

  private static void write(Yaml yaml, StringBuilder json) {
    switch (yaml) {
      case Yaml.Scalar scalar -> json.append(scalar(scalar));
      case Yaml.Sequence sequence -> {
        String before = "[";
        for (Yaml item : sequence.items()) {
          json.append(before);
          write(item, json);
          before = ",";
        }
        json.append(sequence.items().isEmpty() ? "[]" : "]");
      }
      case Yaml.Mapping mapping -> {
        String before = "{";
        for (Yaml.Entry entry : mapping.entries()) {
          json.append(before).append(quoted(entry.key().text())).append(':');
          write(entry.value(), json);
          before = ",";
        }
        json.append(mapping.entries().isEmpty() ? "{}" : "}");
      }
    }
  }

  private static String scalar(Yaml.Scalar scalar) {
    if (scalar.isNull()) return "null";
    String text = scalar.text();
    boolean bare = text.equals("true") || text.equals("false") || NUMBER.matcher(text).matches();
    return scalar.plain() && bare ? text : quoted(text);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder();
    JsonText.quote(quoted, text);
    return quoted.toString();
  }
}
