package dev.mainstay.core.read;

import dev.mainstay.core.model.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a YAML file that knows where it stands.
public sealed interface Yaml {
  Position position();

  /// One value as text; nothing is made of numbers and booleans yet.
  ///
  /// @param plain written without quotes or block marks
  /// @param at the index of its first code point in the file
  record Scalar(Position position, String text, boolean plain, int at) implements Yaml {
    /// Whether it is YAML's null: nothing at all, `~` or `null`.
    public boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }

  record Sequence(Position position, List<Yaml> items) implements Yaml {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /// Keys and values in the order of the file; no key stands twice.
  record Mapping(Position position, List<Entry> entries) implements Yaml {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /// The value of a key, or null when it has none.
    public @Nullable Yaml value(String key) {
      for (Entry entry : entries) if (entry.key().text().equals(key)) return entry.value();
      return null;
    }
  }

  record Entry(Scalar key, Yaml value) {}

  /// What it is, in the words of a fault.
  default String kind() {
    return switch (this) {
      case Scalar scalar when scalar.isNull() -> "empty";
      case Scalar _ -> "text";
      case Sequence _ -> "a list";
      case Mapping _ -> "a mapping";
    };
  }
}
