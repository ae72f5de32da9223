package dev.mainstay.core.read;

import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads one table or view into a [Draft].
final class TableReader {
  /// Keeps rows within what one SQLite statement can build as JSON.
  static final int MOST_COLUMNS = 400;

  private final Scope scope;

  TableReader(Scope scope) {
    this.scope = scope;
  }

  /// The draft, or null when the name cannot be a table's.
  @Nullable Draft table(Yaml.Entry entry) {
    TableName name = name("table", Name.of(entry.key()));
    if (name == null) return null;
    var draft = new Draft(name, entry.key().position());
    Section section =
        Section.of(scope, entry.value(), "table '" + entry.key().text() + "'", Keys.TABLE);
    draft.comment = section.text("comment");
    draft.renamedFrom = section.name("renamed_from");
    columns(draft, section);
    primaryKey(draft, section);
    uniques(draft, section);
    new ReferenceReader(scope, draft).ofTable(section.items("foreign_keys"));
    checks(draft, section);
    for (Yaml item : section.items("indexes")) index(draft, item);
    new DocumentReader(scope, draft).read(section.entries("search"));
    new PolicyReader(scope, draft).read(section.entries("policies"));
    for (Name file : section.names("seed")) seed(draft, file);
    return draft;
  }

  @Nullable Draft view(Yaml.Entry entry) {
    TableName name = name("view", Name.of(entry.key()));
    if (name == null) return null;
    var draft = new Draft(name, entry.key().position());
    Section section =
        Section.of(scope, entry.value(), "view '" + entry.key().text() + "'", Keys.VIEW);
    draft.comment = section.text("comment");
    Yaml sql = section.value("sql");
    if (section.lacks("sql"))
      scope.faults.add(draft.position, "view '" + draft.title() + "' has no sql");
    draft.origin =
        new Table.Origin.View(
            sql == null ? SqlReader.NOTHING : new SqlReader(scope).read(sql, "'sql'"));
    columns(draft, section);
    primaryKey(draft, section);
    new ReferenceReader(scope, draft).ofTable(section.items("foreign_keys"));
    new PolicyReader(scope, draft).read(section.entries("policies"));
    return draft;
  }

  /// The name of a table, a view or a function, or null when it cannot be one.
  @Nullable TableName name(String what, Name key) {
    String text = key.text();
    Position position = key.position();
    String[] parts = text.split("\\.", -1);
    if (parts.length > 2) {
      scope.faults.add(position, "'" + text + "' has too many dots", "write name, or schema.name");
      return null;
    }
    String schema = parts.length == 2 ? parts[0] : TableName.DEFAULT_SCHEMA;
    String name = parts[parts.length - 1];
    if (!scope.mayBeCalled("schema", schema, position) || !scope.mayBeCalled(what, name, position))
      return null;
    String lower = schema.toLowerCase(Locale.ROOT);
    if (!scope.system && TableName.SYSTEM_SCHEMAS.contains(lower))
      scope.faults.add(position, "the schema '" + schema + "' is kept for Mainstay's own tables");
    if (lower.startsWith("pg_") || lower.equals("information_schema"))
      scope.faults.add(position, "the schema '" + schema + "' belongs to PostgreSQL");
    if (name.toLowerCase(Locale.ROOT).startsWith("sqlite_"))
      scope.faults.add(position, "SQLite keeps names that begin with 'sqlite_' for itself");
    return new TableName(schema, name);
  }

  private void columns(Draft draft, Section section) {
    for (Yaml.Entry column : section.entries("columns"))
      new ColumnReader(scope, draft).read(column);
    boolean empty =
        section.value("columns") instanceof Yaml.Mapping mapping && mapping.entries().isEmpty();
    if (empty || section.lacks("columns"))
      scope.faults.add(
          draft.position, "'" + draft.title() + "' has no columns", "add columns: {id: uuid, …}");
    if (draft.columns.size() > MOST_COLUMNS)
      scope.faults.add(
          section.position("columns"),
          draft.columns.size() + " columns are too many",
          "a table may have " + MOST_COLUMNS);
  }

  private void primaryKey(Draft draft, Section section) {
    draft.keyless = section.lacks("primary_key");
    if (!section.has("primary_key")) return;
    List<Name> names = section.names("primary_key");
    if (draft.primaryKey != null)
      scope.faults.add(
          section.position("primary_key"),
          "table '" + draft.title() + "' has two primary keys",
          "'" + draft.primaryKey.columns().getFirst() + "' says primary_key: true already");
    draft.primaryKey = new Draft.Key(null, names, section.position("primary_key"));
  }

  private void uniques(Draft draft, Section section) {
    Yaml yaml = section.value("unique");
    switch (yaml) {
      case null -> {}
      case Yaml.Scalar scalar ->
          scope.faults.add(scalar.position(), LIST_OF_LISTS, listsHint(List.of(scalar)));
      case Yaml.Sequence sequence -> {
        if (sequence.items().stream().anyMatch(Yaml.Scalar.class::isInstance)) {
          scope.faults.add(sequence.position(), LIST_OF_LISTS, listsHint(sequence.items()));
          return;
        }
        for (Yaml item : sequence.items()) unique(draft, null, item);
      }
      case Yaml.Mapping mapping -> {
        for (Yaml.Entry entry : mapping.entries())
          if (scope.mayBeCalled("constraint", entry.key().text(), entry.key().position()))
            unique(draft, Name.of(entry.key()), entry.value());
      }
    }
  }

  private static final String LIST_OF_LISTS = "'unique' must be a list of lists of columns";

  /// `[a, b]` could mean either, so neither is guessed.
  private static String listsHint(List<Yaml> items) {
    var names = new ArrayList<String>();
    for (Yaml item : items) if (item instanceof Yaml.Scalar scalar) names.add(scalar.text());
    String all = String.join(", ", names);
    return names.size() == 1
        ? "write [[" + all + "]], or unique: true at the column"
        : "write [[" + all + "]] for all together, or unique: true at each column";
  }

  private void unique(Draft draft, @Nullable Name name, Yaml columns) {
    List<Name> names = Section.names(scope, columns, "a unique constraint");
    if (!names.isEmpty()) draft.uniques.add(new Draft.Key(name, names, columns.position()));
  }

  private void checks(Draft draft, Section section) {
    for (Yaml.Entry entry : section.entries("checks")) {
      Name name = Name.of(entry.key());
      if (!scope.mayBeCalled("check", name.text(), name.position())) continue;
      if (entry.value() instanceof Yaml.Scalar scalar && !scalar.isNull())
        draft.checks.add(new Draft.Condition(name, scope.cel(scalar)));
      else scope.faults.add(entry.value().position(), "check '" + name + "' must be a condition");
    }
  }

  private void index(Draft draft, Yaml yaml) {
    if (!(yaml instanceof Yaml.Mapping)) {
      List<Name> names = Section.names(scope, yaml, "an index");
      if (!names.isEmpty())
        draft.indexes.add(
            new Draft.IndexOf(null, parts(draft, names), false, null, yaml.position()));
      return;
    }
    Section section = Section.of(scope, yaml, "an index", Keys.INDEX);
    List<Name> names = section.names("columns");
    if (section.lacks("columns")) scope.faults.add(yaml.position(), "an index needs 'columns'");
    Yaml.Scalar where = section.scalar("where");
    Name name = section.name("name");
    if (name != null && !scope.mayBeCalled("index", name.text(), name.position())) return;
    if (names.isEmpty()) return;
    draft.indexes.add(
        new Draft.IndexOf(
            name,
            parts(draft, names),
            section.flag("unique"),
            where == null ? null : scope.cel(where),
            yaml.position()));
  }

  /// `title` or `title desc`; a column whose own name ends so is taken by it.
  private static List<Draft.IndexOf.Part> parts(Draft draft, List<Name> names) {
    var parts = new ArrayList<Draft.IndexOf.Part>();
    for (Name name : names) {
      String text = name.text();
      boolean descending = text.endsWith(" desc") && !draft.columns.containsKey(text);
      boolean ascending = text.endsWith(" asc") && !draft.columns.containsKey(text);
      if (descending || ascending) text = text.substring(0, text.lastIndexOf(' ')).strip();
      parts.add(new Draft.IndexOf.Part(new Name(text, name.position()), descending));
    }
    return parts;
  }

  private void seed(Draft draft, Name file) {
    String path = file.text();
    boolean inside =
        !path.startsWith("/")
            && !path.contains("\\")
            && !path.contains(":")
            && !List.of(path.split("/")).contains("..");
    if (!inside)
      scope.faults.add(
          file.position(), "'" + path + "' leaves the model's folder", "keep seed files beside it");
    else if (!path.endsWith(".csv") && !path.endsWith(".jsonl"))
      scope.faults.add(
          file.position(), "'" + path + "' is no seed file", "seeds end in .csv or .jsonl");
    else draft.seeds.add(new Table.Seed(path, file.position()));
  }
}
