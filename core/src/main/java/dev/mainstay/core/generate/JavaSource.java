package dev.mainstay.core.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One file in Java, in the making: its lines, and what they need imported.
final class JavaSource {
  /// How such a file begins; whoever writes them may delete one that begins so.
  static final String MARK = "// Made by `mainstay generate java` from the model: do not edit.";

  final Lines lines = new Lines();
  private final String ownPackage;
  private final SortedSet<String> imports = new TreeSet<>();

  JavaSource(String ownPackage) {
    this.ownPackage = ownPackage;
  }

  /// The simple name of a type, which is imported.
  String use(String type) {
    int dot = type.lastIndexOf('.');
    String from = type.substring(0, dot);
    if (!from.equals(ownPackage) && !from.equals("java.lang")) imports.add(type);
    return type.substring(dot + 1);
  }

  void comment(@Nullable String comment) {
    comment(comment, List.of());
  }

  /// @param more lines of its own after the comment
  void comment(@Nullable String comment, List<String> more) {
    List<String> all = new ArrayList<>();
    if (comment != null) all.addAll(escaped(comment.strip()).lines().toList());
    all.addAll(more);
    if (all.isEmpty()) return;
    if (all.size() == 1) {
      lines.line("/** " + all.getFirst() + " */");
      return;
    }
    lines.line("/**");
    for (String line : all) lines.line((" * " + line).stripTrailing());
    lines.line(" */");
  }

  /// A text of the user's within a comment: neither its end, nor markup, nor an escape.
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("*/", "*&#47;")
        .replace("\\", "&#92;");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(MARK).append("\npackage ").append(ownPackage);
    text.append(";\n\n");
    for (String type : imports) text.append("import ").append(type).append(";\n");
    if (!imports.isEmpty()) text.append('\n');
    return text.append(lines).toString();
  }
}
