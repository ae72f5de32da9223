package dev.mainstay.api.openapi;

import java.util.ArrayList;
import java.util.List;

/// What the header `Prefer` may say of a kind of request (`WIRE.md` §1.10), as a parameter tells
/// it: a line each.
enum Prefer {
  READ,
  /// Of rows that the caller may not read.
  ADD,
  INSERT,
  /// Of rows that the caller may also change.
  UPSERT,
  PUT,
  UPDATE,
  DELETE,
  CALL,
  /// Of a function that answers a set.
  CALL_OF_SET;

  private static final List<String> COUNTS =
      List.of(
          "`count=exact`: count all that match, for `Content-Range`",
          "`count=planned`: as many as the database supposes",
          "`count=estimated`: counted if they are few, else supposed");
  private static final List<String> RETURNS =
      List.of("`return=representation`: answer the rows", "`return=minimal`: answer nothing");
  private static final String WHERE = "`return=headers-only`: answer where the row is";
  private static final String MISSING =
      "`missing=default`: keys that the body lacks get the column's default, not null";
  private static final String IGNORE =
      "`resolution=ignore-duplicates`: leave out rows whose key is taken";
  private static final String MERGE =
      "`resolution=merge-duplicates`: rows whose key is taken change those that have it";
  private static final String MOST =
      "`handling=strict, max-affected=1`: refuse to touch more rows than that";

  String key() {
    return switch (this) {
      case READ -> "prefer.read";
      case ADD -> "prefer.add";
      case INSERT -> "prefer.insert";
      case UPSERT -> "prefer.upsert";
      case PUT -> "prefer.put";
      case UPDATE -> "prefer.update";
      case DELETE -> "prefer.delete";
      case CALL -> "prefer.call";
      case CALL_OF_SET -> "prefer.call_of_set";
    };
  }

  String description(Surface surface) {
    List<String> lines = new ArrayList<>();
    switch (this) {
      case READ, CALL -> lines.addAll(COUNTS);
      case CALL_OF_SET -> {
        lines.addAll(COUNTS);
        lines.add(MOST);
      }
      case ADD -> lines.add(MISSING);
      case INSERT -> {
        lines.addAll(RETURNS);
        lines.addAll(List.of(WHERE, MISSING, IGNORE));
      }
      case UPSERT -> {
        lines.addAll(RETURNS);
        lines.addAll(List.of(WHERE, MISSING, IGNORE, MERGE));
      }
      case PUT -> lines.addAll(RETURNS);
      case UPDATE -> {
        lines.addAll(RETURNS);
        lines.addAll(List.of(MISSING, MOST));
      }
      case DELETE -> {
        lines.addAll(RETURNS);
        lines.add(MOST);
      }
    }
    lines.add("`timezone=Europe/Berlin`: show `timestamptz` in that zone");
    lines.add("`handling=strict`: refuse what is no preference");
    if (surface.has(Surface.Extra.TX_ROLLBACK))
      lines.add("`tx=rollback`: answer, and undo what was written");
    if (surface.has(Surface.Extra.TX_COMMIT))
      lines.add("`tx=commit`: keep what was written, which is undone otherwise");
    return "With `,` between:\n\n- " + String.join("\n- ", lines);
  }

  /// Whether an answer with the rows is the one to try first.
  boolean returns() {
    return switch (this) {
      case INSERT, UPSERT, PUT, UPDATE, DELETE -> true;
      case READ, ADD, CALL, CALL_OF_SET -> false;
    };
  }
}
