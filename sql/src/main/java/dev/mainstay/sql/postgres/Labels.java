package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The labels of an enum that the database has, and those it is to have.
final class Labels {
  private static final Pattern QUOTED = Pattern.compile("(E?)'((?:[^']|'')*)'");

  private Labels() {}

  /// Reads the labels of a type as the server describes it.
  static List<String> read(String definition) {
    List<String> labels = new ArrayList<>();
    for (Matcher label = QUOTED.matcher(definition); label.find(); ) {
      String text = label.group(2).replace("''", "'");
      labels.add(label.group(1).isEmpty() ? text : text.replace("\\\\", "\\"));
    }
    return labels;
  }

  /// Whether the type can stay: its labels are among those wanted, in their order.
  static boolean isKept(List<String> found, List<String> wanted) {
    List<String> common = new ArrayList<>(wanted);
    common.retainAll(found);
    return common.equals(found);
  }

  /// What adds the labels that the type lacks. Each runs by itself: a new label can only be used
  /// once it is committed.
  static List<String> added(List<String> found, ColumnType.Enumerated type) {
    List<String> statements = new ArrayList<>();
    List<String> wanted = type.labels();
    for (int i = 0; i < wanted.size(); i++) {
      if (found.contains(wanted.get(i))) continue;
      String place =
          i == 0
              ? " BEFORE " + Types.text(found.getFirst())
              : " AFTER " + Types.text(wanted.get(i - 1));
      statements.add(
          "ALTER TYPE %s ADD VALUE IF NOT EXISTS %s%s"
              .formatted(Types.enumerated(type), Types.text(wanted.get(i)), place));
    }
    return statements;
  }
}
