package dev.mainstay.sql.sqlite;

import dev.mainstay.core.query.JsonPath;
import dev.mainstay.core.query.JsonStep;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.sql.PathCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Paths into JSON as PostgreSQL follows them. A path stands in a statement as a JSON array of keys
/// and indexes.
final class JsonPaths {
  static void addTo(Connection connection) throws SQLException {
    HostFunctions.add(connection, "ms_json_at", 2, new At(JsonText::canonical));
    HostFunctions.add(connection, "ms_json_text", 2, new At(JsonPath::text));
  }

  private interface Form {
    @Nullable String of(JsonNode found);
  }

  /// Keeps the last path: a statement asks for the same again and again.
  private static final class At implements HostFunctions.Body {
    private final Form form;
    private String source = "";
    private List<JsonStep> path = List.of();

    At(Form form) {
      this.form = form;
    }

    @Override
    public @Nullable Object of(HostFunctions.Given given) throws SQLException {
      String code = given.text(1);
      if (!code.equals(source)) {
        path = PathCode.read(JsonText.parse(code));
        source = code;
      }
      JsonNode found = JsonPath.at(JsonText.parse(given.text(0)), path);
      return found == null ? null : form.of(found);
    }
  }

  private JsonPaths() {}
}
