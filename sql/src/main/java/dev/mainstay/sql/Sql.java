package dev.mainstay.sql;

import java.util.ArrayList;
import java.util.List;

/// A piece of SQL: text with placeholders, and what each placeholder stands for, in order.
/// Immutable; pieces are put together and never cut.
public record Sql(String text, List<Slot> slots) {
  public Sql {
    slots = List.copyOf(slots);
  }

  /// Text that is part of the grammar, or has been quoted by a dialect.
  public static Sql raw(String text) {
    return new Sql(text, List.of());
  }

  /// A placeholder, with whatever cast the dialect puts around it.
  public static Sql slot(String text, Slot slot) {
    return new Sql(text, List.of(slot));
  }

  /// The template with each `{}` replaced by the next part.
  public static Sql of(String template, Sql... parts) {
    StringBuilder text = new StringBuilder(template.length() + 32 * parts.length);
    List<Slot> slots = new ArrayList<>();
    int from = 0;
    for (Sql part : parts) {
      int hole = template.indexOf("{}", from);
      if (hole < 0) throw new IllegalArgumentException("too many parts for: " + template);
      text.append(template, from, hole).append(part.text);
      slots.addAll(part.slots);
      from = hole + 2;
    }
    if (template.indexOf("{}", from) >= 0)
      throw new IllegalArgumentException("too few parts for: " + template);
    return new Sql(text.append(template, from, template.length()).toString(), slots);
  }

  public static Sql join(String separator, List<Sql> parts) {
    StringBuilder text = new StringBuilder();
    List<Slot> slots = new ArrayList<>();
    for (Sql part : parts) {
      if (!text.isEmpty()) text.append(separator);
      text.append(part.text);
      slots.addAll(part.slots);
    }
    return new Sql(text.toString(), slots);
  }
}
