package dev.mainstay.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way in which a model differs from the one before it. [ModelDiff] finds them.
public sealed interface Change {
  /// Whether the tables as they are serve the new model as well: it changes only what the program
  /// itself sees to.
  boolean harmless();

  /// The change in plain words, as in `column albums.title: text becomes varchar(200)`.
  String sentence();

  /// A change that the database must follow.
  sealed interface Structural extends Change {
    @Override
    default boolean harmless() {
      return false;
    }
  }

  /// A change that leaves the database as it is.
  sealed interface Harmless extends Change {
    @Override
    default boolean harmless() {
      return true;
    }
  }

  // ── whole tables and types ──

  record TableAdded(Table table) implements Structural {
    @Override
    public String sentence() {
      return kind(table) + " " + table.name().title() + " is new";
    }
  }

  record TableRemoved(Table table) implements Structural {
    @Override
    public String sentence() {
      return kind(table) + " " + table.name().title() + " is gone";
    }
  }

  record TableRenamed(TableName before, TableName after) implements Structural {
    @Override
    public String sentence() {
      return "table " + before.title() + " is now called " + after.title();
    }
  }

  /// A view's query or columns.
  record ViewChanged(Table before, Table after) implements Structural {
    @Override
    public String sentence() {
      return "view " + after.name().title() + " is another query or has other columns";
    }
  }

  record EnumAdded(ColumnType.Enumerated type) implements Structural {
    @Override
    public String sentence() {
      return "enum " + type.name() + " is new";
    }
  }

  record EnumRemoved(ColumnType.Enumerated type) implements Structural {
    @Override
    public String sentence() {
      return "enum " + type.name() + " is gone";
    }
  }

  record LabelsChanged(ColumnType.Enumerated before, ColumnType.Enumerated after)
      implements Structural {
    @Override
    public String sentence() {
      return "enum "
          + after.name()
          + ": "
          + words(before.labels())
          + " becomes "
          + words(after.labels());
    }
  }

  // ── columns ──

  record ColumnAdded(TableName table, Column column) implements Structural {
    @Override
    public String sentence() {
      return of(table, column.name()) + " is new";
    }
  }

  record ColumnRemoved(TableName table, Column column) implements Structural {
    @Override
    public String sentence() {
      return of(table, column.name()) + " is gone";
    }
  }

  /// @param table by its present name
  record ColumnRenamed(TableName table, String before, String after) implements Structural {
    @Override
    public String sentence() {
      return of(table, before) + " is now called " + after;
    }
  }

  record TypeChanged(TableName table, Column before, Column after) implements Structural {
    @Override
    public String sentence() {
      return of(table, after.name()) + ": " + before.type() + " becomes " + after.type();
    }
  }

  record NullabilityChanged(TableName table, Column before, Column after) implements Structural {
    @Override
    public String sentence() {
      return of(table, after.name()) + (after.nullable() ? " may be null" : " is never null");
    }
  }

  /// Another default, identity or generated expression, that the database itself fills in.
  record FillChanged(TableName table, Column before, Column after) implements Structural {
    @Override
    public String sentence() {
      return of(table, after.name())
          + ": "
          + FillWords.of(before.fill())
          + " becomes "
          + FillWords.of(after.fill());
    }
  }

  // ── keys, checks, indexes: what changes is gone and new ──

  /// A part of a table that has names of its own.
  enum Part {
    UNIQUE("unique constraint"),
    FOREIGN_KEY("foreign key"),
    CHECK("check"),
    INDEX("index"),
    SEARCH("search document");

    private final String words;

    Part(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /// The same under another name.
  record PartRenamed(TableName table, Part part, String before, String after)
      implements Structural {
    @Override
    public String sentence() {
      return part + " " + before + " of " + table.title() + " is now called " + after;
    }
  }

  record PrimaryKeyChanged(TableName table, List<String> before, List<String> after)
      implements Structural {
    public PrimaryKeyChanged {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }

    @Override
    public String sentence() {
      return "primary key of " + table.title() + ": " + words(before) + " becomes " + words(after);
    }
  }

  record UniqueAdded(TableName table, Table.Unique unique) implements Structural {
    @Override
    public String sentence() {
      return "unique constraint " + unique.name() + " of " + table.title() + " is new";
    }
  }

  record UniqueRemoved(TableName table, Table.Unique unique) implements Structural {
    @Override
    public String sentence() {
      return "unique constraint " + unique.name() + " of " + table.title() + " is gone";
    }
  }

  record ForeignKeyAdded(TableName table, ForeignKey key) implements Structural {
    @Override
    public String sentence() {
      return "foreign key " + key.name() + " of " + table.title() + " is new";
    }
  }

  record ForeignKeyRemoved(TableName table, ForeignKey key) implements Structural {
    @Override
    public String sentence() {
      return "foreign key " + key.name() + " of " + table.title() + " is gone";
    }
  }

  record CheckAdded(TableName table, Table.Check check) implements Structural {
    @Override
    public String sentence() {
      return "check " + check.name() + " of " + table.title() + " is new";
    }
  }

  record CheckRemoved(TableName table, Table.Check check) implements Structural {
    @Override
    public String sentence() {
      return "check " + check.name() + " of " + table.title() + " is gone";
    }
  }

  record IndexAdded(TableName table, Index index) implements Structural {
    @Override
    public String sentence() {
      return "index " + index.name() + " of " + table.title() + " is new";
    }
  }

  record IndexRemoved(TableName table, Index index) implements Structural {
    @Override
    public String sentence() {
      return "index " + index.name() + " of " + table.title() + " is gone";
    }
  }

  record SearchAdded(TableName table, Table.Search search) implements Structural {
    @Override
    public String sentence() {
      return "search document " + search.name() + " of " + table.title() + " is new";
    }
  }

  record SearchRemoved(TableName table, Table.Search search) implements Structural {
    @Override
    public String sentence() {
      return "search document " + search.name() + " of " + table.title() + " is gone";
    }
  }

  // ── what the database does not know of ──

  /// A fill that the program supplies with each row, before and after.
  record SuppliedFillChanged(TableName table, Column before, Column after) implements Harmless {
    @Override
    public String sentence() {
      return new FillChanged(table, before, after).sentence();
    }
  }

  record ColumnsMoved(TableName table) implements Harmless {
    @Override
    public String sentence() {
      return "the columns of " + table.title() + " are in another order";
    }
  }

  /// What the relations are called; for a view also what they are, and its key.
  record RelationsChanged(TableName table) implements Harmless {
    @Override
    public String sentence() {
      return "the relations of " + table.title() + " are others, or have other names";
    }
  }

  record PoliciesChanged(TableName table) implements Harmless {
    @Override
    public String sentence() {
      return "the policies of " + table.title() + " are others";
    }
  }

  /// Who may see or write a column.
  record AccessChanged(TableName table, Column before, Column after) implements Harmless {
    @Override
    public String sentence() {
      return of(table, after.name()) + " is hidden from or read-only for others";
    }
  }

  /// @param column null when it is the table's own comment
  record CommentChanged(TableName table, @Nullable String column) implements Harmless {
    @Override
    public String sentence() {
      String what = column == null ? table.title() : table.title() + "." + column;
      return "the comment of " + what + " is another";
    }
  }

  record FunctionAdded(Function function) implements Harmless {
    @Override
    public String sentence() {
      return "function " + title(function) + " is new";
    }
  }

  record FunctionRemoved(Function function) implements Harmless {
    @Override
    public String sentence() {
      return "function " + title(function) + " is gone";
    }
  }

  /// Its types, its result, its SQL, or who may call it.
  record FunctionChanged(Function before, Function after) implements Harmless {
    @Override
    public String sentence() {
      return "function " + title(after) + " is another";
    }
  }

  /// Seeds are for new tables: those that are there are left alone.
  record SeedsChanged(TableName table) implements Harmless {
    @Override
    public String sentence() {
      return "the seeds of " + table.title() + " are others";
    }
  }

  record RoleAdded(Role role) implements Harmless {
    @Override
    public String sentence() {
      return "role " + role.name() + " is new";
    }
  }

  record RoleRemoved(Role role) implements Harmless {
    @Override
    public String sentence() {
      return "role " + role.name() + " is gone";
    }
  }

  private static String kind(Table table) {
    return table.isView() ? "view" : "table";
  }

  private static String title(Function function) {
    return function.name().title()
        + "("
        + String.join(", ", function.signature().arguments())
        + ")";
  }

  private static String of(TableName table, String column) {
    return "column " + table.title() + "." + column;
  }

  private static String words(List<String> names) {
    return names.isEmpty() ? "none" : "(" + String.join(", ", names) + ")";
  }
}
