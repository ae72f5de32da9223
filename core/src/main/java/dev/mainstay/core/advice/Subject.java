package dev.mainstay.core.advice;

import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How advice names what it is about, and writes names into YAML.
final class Subject {
  private static final Set<String> WORDS_OF_YAML = Set.of("true", "false", "null");

  private Subject() {}

  static String of(TableName table, String what) {
    return table.title() + "." + what;
  }

  /// Columns together: `bookings.hall+seat`.
  static String of(TableName table, List<String> columns) {
    return of(table, String.join("+", columns));
  }

  /// A function by its name; where it shares that with others, with its arguments' names.
  static String of(Function function, Model model) {
    boolean isAlone =
        model.functions().stream().filter(f -> f.name().equals(function.name())).count() == 1;
    return isAlone
        ? function.name().title()
        : function.name().title()
            + function.arguments().stream()
                .map(Function.Argument::name)
                .collect(Collectors.joining("+", "(", ")"));
  }

  static String kind(Table table) {
    return table.isView() ? "view" : "table";
  }

  /// `'a'`, `'a' and 'b'`, `'a', 'b' and 'c'`.
  static String quoted(List<String> names) {
    return and(names.stream().map(name -> "'" + name + "'").toList());
  }

  static String and(List<String> parts) {
    if (parts.size() < 2) return String.join("", parts);
    return String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
  }

  /// A name as YAML has it within brackets and braces.
  static String yaml(String name) {
    boolean isPlain = name.matches("[A-Za-z_][A-Za-z0-9_]*") && !WORDS_OF_YAML.contains(name);
    return isPlain ? name : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static String yaml(List<String> names) {
    return names.stream().map(Subject::yaml).collect(Collectors.joining(", ", "[", "]"));
  }
}
