package dev.mainstay.core.read;

import dev.mainstay.core.model.Position;
import dev.mainstay.core.problem.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping whose keys are known beforehand. Keys that are not are faults, and so are values of
/// another kind than the one asked for; a faulty value reads as absent.
public final class Section {
  private final Faults faults;
  private final Yaml.Mapping mapping;

  /// Whether a mapping stands there at all.
  private final boolean sound;

  /// The known keys that unknown ones were likely meant to be.
  private final Set<String> meant = new HashSet<>();

  private Section(Faults faults, Yaml yaml, String what) {
    this.faults = faults;
    this.mapping = mapping(faults, yaml, what);
    this.sound = yaml instanceof Yaml.Mapping || isNull(yaml);
  }

  /// @param what what is being read, in the words of a fault: `'columns'`, `a table`
  public static Section of(Faults faults, Yaml yaml, String what, List<String> keys) {
    var section = new Section(faults, yaml, what);
    for (Yaml.Entry entry : section.mapping.entries()) {
      String key = entry.key().text();
      if (keys.contains(key)) continue;
      String nearest = Nearest.to(key, keys);
      if (nearest != null) section.meant.add(nearest);
      if (nearest == null && isNull(entry.value()))
        faults.add(
            entry.key().position(),
            "unknown key '" + key + "'",
            "within braces a comma ends a value: put quotes around one that holds a comma");
      else faults.unknown(entry.key().position(), "key", key, keys);
    }
    return section;
  }

  static Section of(Scope scope, Yaml yaml, String what, List<String> keys) {
    return of(scope.faults, yaml, what, keys);
  }

  /// A mapping whose keys are names the user chose; an empty one when it is something else.
  public static Yaml.Mapping mapping(Faults faults, Yaml yaml, String what) {
    if (yaml instanceof Yaml.Mapping mapping) return mapping;
    if (!isNull(yaml)) faults.add(yaml.position(), what + " must be a mapping, not " + yaml.kind());
    return new Yaml.Mapping(yaml.position(), List.of());
  }

  static Yaml.Mapping mapping(Scope scope, Yaml yaml, String what) {
    return mapping(scope.faults, yaml, what);
  }

  /// The value of a key; null when it is absent or empty.
  public @Nullable Yaml value(String key) {
    Yaml yaml = mapping.value(key);
    return yaml == null || isNull(yaml) ? null : yaml;
  }

  private static boolean isNull(Yaml yaml) {
    return yaml instanceof Yaml.Scalar scalar && scalar.isNull();
  }

  public boolean has(String key) {
    return value(key) != null;
  }

  /// Whether to complain that a key is absent: not when a fault was noted for it already.
  public boolean lacks(String key) {
    return sound && !has(key) && !meant.contains(key);
  }

  /// Where the key stands; the whole section's place when it is absent.
  public Position position(String key) {
    for (Yaml.Entry entry : mapping.entries())
      if (entry.key().text().equals(key)) return entry.key().position();
    return mapping.position();
  }

  /// What stands under a key whose value is a mapping with names the user chose.
  public List<Yaml.Entry> entries(String key) {
    Yaml yaml = value(key);
    return yaml == null ? List.of() : mapping(faults, yaml, "'" + key + "'").entries();
  }

  /// What stands under a key whose value is a list.
  public List<Yaml> items(String key) {
    Yaml yaml = value(key);
    if (yaml instanceof Yaml.Sequence sequence) return sequence.items();
    if (yaml != null)
      faults.add(yaml.position(), "'" + key + "' must be a list, not " + yaml.kind());
    return List.of();
  }

  public Yaml.@Nullable Scalar scalar(String key) {
    Yaml yaml = value(key);
    if (yaml == null) return null;
    if (yaml instanceof Yaml.Scalar scalar) return scalar;
    faults.add(yaml.position(), "'" + key + "' must be text, not " + yaml.kind());
    return null;
  }

  public @Nullable String text(String key) {
    Yaml.Scalar scalar = scalar(key);
    return scalar == null ? null : scalar.text();
  }

  @Nullable Name name(String key) {
    Yaml.Scalar scalar = scalar(key);
    return scalar == null ? null : Name.of(scalar);
  }

  /// True only where it says `true`.
  public boolean flag(String key) {
    Yaml yaml = value(key);
    if (yaml == null) return false;
    if (yaml instanceof Yaml.Scalar scalar && scalar.plain()) {
      if (scalar.text().equals("true")) return true;
      if (scalar.text().equals("false")) return false;
    }
    faults.add(yaml.position(), "'" + key + "' must be true or false");
    return false;
  }

  /// One name or a list of them, each once.
  List<Name> names(String key) {
    Yaml yaml = value(key);
    return yaml == null ? List.of() : names(faults, yaml, "'" + key + "'");
  }

  static List<Name> names(Scope scope, Yaml yaml, String what) {
    return names(scope.faults, yaml, what);
  }

  private static List<Name> names(Faults faults, Yaml yaml, String what) {
    List<Yaml> items = yaml instanceof Yaml.Sequence sequence ? sequence.items() : List.of(yaml);
    var names = new ArrayList<Name>();
    var seen = new HashSet<String>();
    for (Yaml item : items) {
      if (!(item instanceof Yaml.Scalar scalar) || scalar.isNull()) {
        faults.add(
            item.position(), what + " must be a name or a list of names, not " + item.kind());
      } else if (!seen.add(scalar.text())) {
        faults.add(scalar.position(), "'" + scalar.text() + "' stands here twice");
      } else {
        names.add(Name.of(scalar));
      }
    }
    return names;
  }
}
