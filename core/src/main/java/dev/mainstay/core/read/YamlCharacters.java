package dev.mainstay.core.read;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// What YAML allows in a file, and how to mend what it does not.
final class YamlCharacters {
  private YamlCharacters() {}

  /// Notes the first character that may stand in no YAML file: the parser would tell without its
  /// line.
  static void check(Source source, Faults faults) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < source.length(); i++) {
      int point = source.point(i);
      if (!StreamReader.isPrintable(point)) {
        String name = String.format(Locale.ROOT, "U+%04X", point);
        faults.add(
            source.position(line, column),
            "the character " + name + " may not stand in YAML",
            "remove it, or write it as an escape in double quotes");
        return;
      }
      boolean ends = source.endsLine(i);
      line = ends ? line + 1 : line;
      column = ends ? 1 : column + 1;
    }
  }

  /// What to do about the parser's complaint.
  static @Nullable String hint(MarkedYamlEngineException e) {
    String problem = e.getProblem();
    if (problem == null) return null;
    if (problem.contains("TAB")) return "indent with spaces, not tabs";
    if (problem.contains("mapping values are not allowed"))
      return "put quotes around a value that contains ': '";
    if (problem.contains("found '<scalar>'"))
      return "a value that begins with a quote ends with it: put other quotes around the whole";
    if (problem.contains("expected <block end>"))
      return "this line is indented differently from the ones above it";
    if (problem.contains("could not find expected ':'")) return "a key needs a ':' behind it";
    if (problem.contains("expected ',' or '"))
      return "close the bracket, add a comma, or put quotes around a value that holds brackets";
    if (problem.contains("cannot start any token"))
      return "put quotes around a value that begins with a special character";
    return null;
  }
}
