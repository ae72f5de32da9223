package dev.mainstay.core.read;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Function.Amount;
import dev.mainstay.core.model.Function.Result;
import dev.mainstay.core.model.Function.RowType;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a function returns: nothing, a value, a row or a set of them.
final class ResultReader {
  private static final String VOID = "void";

  private final Scope scope;
  private final List<Table> tables;
  private final TableName function;

  ResultReader(Scope scope, List<Table> tables, TableName function) {
    this.scope = scope;
    this.tables = tables;
    this.function = function;
  }

  /// @return null when a fault has been noted, or a table's own fault has been
  @Nullable Result read(@Nullable Yaml yaml) {
    return switch (yaml) {
      case null -> new Result.Nothing();
      case Yaml.Scalar scalar when scalar.text().equals(VOID) -> new Result.Nothing();
      case Yaml.Scalar scalar -> scalar(scalar);
      case Yaml.Sequence sequence -> {
        scope.faults.add(sequence.position(), "'returns' must be a type or a mapping, not a list");
        yield null;
      }
      case Yaml.Mapping mapping -> mapping(mapping);
    };
  }

  private @Nullable Result scalar(Yaml.Scalar scalar) {
    if (table(scalar.text()) != null) {
      scope.faults.add(
          scalar.position(),
          "'" + scalar.text() + "' is a table: one row of it, or a set?",
          "write {row_of: " + scalar.text() + "} or {set_of: " + scalar.text() + "}");
      return null;
    }
    TypeReader.Read read = new TypeReader(scope).read(scalar);
    return read == null ? null : new Result.Scalar(read.type(), Amount.ONE);
  }

  private @Nullable Result mapping(Yaml.Mapping mapping) {
    Section section = Section.of(scope, mapping, "'returns'", Keys.RETURNS);
    List<String> said = Keys.RETURNS.stream().filter(section::has).toList();
    if (said.size() != 1) {
      if (said.size() > 1 || mapping.entries().isEmpty())
        scope.faults.add(
            mapping.position(), "'returns' takes one of " + String.join(", ", Keys.RETURNS));
      return null;
    }
    return switch (said.getFirst()) {
      case "set_of" -> setOf(section);
      case "row_of" -> rowOf(section);
      case "table" -> own(section, "table", Amount.SET);
      default -> own(section, "row", Amount.ONE);
    };
  }

  private @Nullable Result setOf(Section section) {
    Yaml.Scalar scalar = section.scalar("set_of");
    if (scalar == null) return null;
    TypeReader types = new TypeReader(scope);
    if (types.looksLikeType(scalar)) {
      TypeReader.Read read = types.read(scalar);
      return read == null ? null : new Result.Scalar(read.type(), Amount.SET);
    }
    return ofTable(scalar, "table or type", Amount.SET);
  }

  private @Nullable Result rowOf(Section section) {
    Yaml.Scalar scalar = section.scalar("row_of");
    return scalar == null ? null : ofTable(scalar, "table", Amount.ONE);
  }

  private @Nullable Result ofTable(Yaml.Scalar scalar, String what, Amount amount) {
    Table table = table(scalar.text());
    if (table != null) return new Result.Rows(new RowType.Of(table.name()), amount);
    if (!scope.broken.contains(scalar.text()))
      scope.faults.unknown(
          scalar.position(),
          what,
          scalar.text(),
          tables.stream().map(each -> each.name().title()).toList());
    return null;
  }

  /// The function's own schema comes before the default one.
  private @Nullable Table table(String text) {
    int dot = text.indexOf('.');
    if (dot >= 0) return table(new TableName(text.substring(0, dot), text.substring(dot + 1)));
    Table own = table(new TableName(function.schema(), text));
    return own != null ? own : table(TableName.inDefaultSchema(text));
  }

  private @Nullable Table table(TableName name) {
    for (Table table : tables) if (table.name().equals(name)) return table;
    return null;
  }

  private @Nullable Result own(Section section, String key, Amount amount) {
    List<Column> columns = new ArrayList<>();
    Set<String> folded = new HashSet<>();
    for (Yaml.Entry entry : section.entries(key)) {
      Name name = Name.of(entry.key());
      if (!scope.mayBeCalled("column", name.text(), name.position())) continue;
      if (!folded.add(name.text().toLowerCase(Locale.ROOT)))
        scope.faults.add(
            name.position(),
            "two columns of the result differ only by case: '" + name + "'",
            "SQLite holds them for one name");
      TypeReader.Read read =
          entry.value() instanceof Yaml.Scalar scalar && !scalar.isNull()
              ? new TypeReader(scope).read(scalar)
              : null;
      if (read != null)
        columns.add(
            new Column(
                name.text(), read.type(), true, new Fill.Nothing(), List.of(), List.of(), null));
      else if (!(entry.value() instanceof Yaml.Scalar scalar) || scalar.isNull())
        scope.faults.add(
            name.position(), "column '" + name + "' must be a type", "write " + name + ": text");
    }
    if (columns.isEmpty() && section.entries(key).isEmpty())
      scope.faults.add(
          section.position(key), "'" + key + "' names no columns", "write {id: uuid, …}");
    if (columns.size() > TableReader.MOST_COLUMNS)
      scope.faults.add(
          section.position(key),
          columns.size() + " columns are too many",
          "a result may have " + TableReader.MOST_COLUMNS);
    return new Result.Rows(new RowType.Own(columns), amount);
  }
}
