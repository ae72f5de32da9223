package dev.mainstay.core.read;

import dev.mainstay.core.model.SqlText;
import java.util.LinkedHashMap;

/// Reads SQL the user wrote: one text for all engines, or a mapping with one for each.
final class SqlReader {
  /// The SQL of a view that was given none.
  static final SqlText NOTHING = SqlText.everywhere("");

  private final Scope scope;

  SqlReader(Scope scope) {
    this.scope = scope;
  }

  /// @param what what is being read, in the words of a fault
  SqlText read(Yaml yaml, String what) {
    if (yaml instanceof Yaml.Scalar scalar) {
      if (scalar.text().isBlank()) scope.faults.add(scalar.position(), what + " must be SQL");
      return SqlText.everywhere(scalar.text().strip());
    }
    Section section = Section.of(scope, yaml, what, Keys.ENGINES);
    var perEngine = new LinkedHashMap<String, String>();
    for (String engine : Keys.ENGINES) {
      String text = section.text(engine);
      if (text != null) perEngine.put(engine, text.strip());
    }
    return new SqlText(null, perEngine);
  }
}
