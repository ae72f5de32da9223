package dev.mainstay.core.read;

import dev.mainstay.core.model.Cel;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Role;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What is known while one model file is read: its text, the faults so far, and what has been
/// declared.
final class Scope {
  /// What PostgreSQL allows; MariaDB allows 64 characters, SQLite anything.
  static final int LONGEST_NAME = 63;

  private static final Pattern WORD = Pattern.compile("\\w+");

  final Source source;
  final Faults faults;

  /// Whether the file may declare the schemas that are kept for the program itself.
  final boolean system;

  final Map<String, ColumnType.Enumerated> enums = new LinkedHashMap<>();
  final Map<String, Role> roles = new LinkedHashMap<>();

  /// Names whose declaration is at fault. What speaks of them is left unread, so that one mistake
  /// is told once.
  final Set<String> broken = new LinkedHashSet<>();

  Scope(Source source, Faults faults, boolean system) {
    this.source = source;
    this.faults = faults;
    this.system = system;
  }

  Cel cel(Yaml.Scalar scalar) {
    return CelText.of(source, scalar);
  }

  /// Whether an expression speaks of something whose declaration is at fault.
  boolean isBroken(Cel cel) {
    if (broken.isEmpty()) return false;
    return WORD.matcher(cel.text()).results().anyMatch(word -> broken.contains(word.group()));
  }

  /// Whether a table, column, constraint… may be called that; notes a fault when not.
  ///
  /// @param what the kind of thing, as in `column`
  boolean mayBeCalled(String what, String name, Position position) {
    if (name.isEmpty()) {
      faults.add(position, "a " + what + " needs a name");
      return false;
    }
    if (name.indexOf('\0') >= 0) return false; // noted where the text was read
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      faults.add(position, "a " + what + "'s name may not hold control characters");
      return false;
    }
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_NAME) {
      faults.add(
          position,
          "the name of " + what + " '" + name + "' is too long: " + bytes + " bytes",
          "names may take " + LONGEST_NAME + " bytes");
      return false;
    }
    return true;
  }
}
