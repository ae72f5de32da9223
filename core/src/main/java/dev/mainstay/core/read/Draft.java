package dev.mainstay.core.read;

import dev.mainstay.core.model.Cel;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.ForeignKey.OnChange;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Policy;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table or view as read, before the names in it have been looked up. [Resolver] makes tables of
/// drafts.
final class Draft {
  final TableName name;
  final Position position;
  final Map<String, Column> columns = new LinkedHashMap<>();

  /// Column names in lower case: none may differ from another by case alone.
  final Map<String, Name> columnsByFolded = new HashMap<>();

  final List<Key> uniques = new ArrayList<>();
  final List<Reference> references = new ArrayList<>();
  final List<Condition> checks = new ArrayList<>();
  final List<IndexOf> indexes = new ArrayList<>();
  final List<Document> documents = new ArrayList<>();
  final List<Policy> policies = new ArrayList<>();
  final List<Table.Seed> seeds = new ArrayList<>();
  Table.Origin origin = new Table.Origin.Stored();
  @Nullable Key primaryKey;

  /// Whether no primary key was even meant beside the columns.
  boolean keyless;

  @Nullable String comment;

  /// What it was called before.
  @Nullable Name renamedFrom;

  Draft(TableName name, Position position) {
    this.name = name;
    this.position = position;
  }

  boolean isView() {
    return origin instanceof Table.Origin.View;
  }

  String title() {
    return name.title();
  }

  /// A column whose type may yet have to be taken from the one it refers to.
  static final class Column {
    final Name name;
    @Nullable ColumnType type;
    boolean nullable;
    Fill fill = new Fill.Nothing();

    /// The default as written, to be read once the type is known.
    @Nullable Yaml defaulted;

    List<String> hiddenFrom = List.of();
    List<String> readOnlyFor = List.of();
    @Nullable String comment;

    /// What it was called before.
    @Nullable Name renamedFrom;

    Column(Name name) {
      this.name = name;
    }
  }

  /// Columns that together are a key, with the constraint's name if it was given one.
  record Key(@Nullable Name name, List<Name> columns, Position position) {}

  record Condition(Name name, Cel cel) {}

  record IndexOf(
      @Nullable Name name,
      List<Part> parts,
      boolean unique,
      @Nullable Cel where,
      Position position) {
    record Part(Name column, boolean descending) {}

    List<Index.Part> resolved() {
      return parts.stream().map(p -> new Index.Part(p.column().text(), p.descending())).toList();
    }
  }

  /// A search document.
  record Document(Name name, List<Name> columns, String language) {}

  /// A foreign key as written.
  ///
  /// @param target the table, perhaps with its schema and, for a single column, the column
  /// @param targetColumns empty for the target's primary key or the column named in `target`
  record Reference(
      @Nullable Name name,
      List<Name> columns,
      Name target,
      List<Name> targetColumns,
      OnChange onDelete,
      OnChange onUpdate,
      @Nullable Name forward,
      @Nullable Name backward) {}
}
