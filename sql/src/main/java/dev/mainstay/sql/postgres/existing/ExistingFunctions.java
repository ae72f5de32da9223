package dev.mainstay.sql.postgres.existing;

import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Function.Amount;
import dev.mainstay.core.model.Function.Argument;
import dev.mainstay.core.model.Function.Body;
import dev.mainstay.core.model.Function.Default;
import dev.mainstay.core.model.Function.Result;
import dev.mainstay.core.model.Function.RowType;
import dev.mainstay.core.model.Function.Taking;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions of some schemas, and what those are to tables that take one of their rows: a
/// column that is computed, or a way to other rows.
final class ExistingFunctions {
  /// Without aggregates, window functions and procedures, and what only the server itself calls.
  private static final String FUNCTIONS =
      """
      SELECT n.nspname, p.proname, p.proargnames, p.proargmodes,
        coalesce(p.proallargtypes, p.proargtypes::oid[]), p.pronargs - p.pronargdefaults, p.provolatile,
        p.proretset, p.prorettype, p.prorows, obj_description(p.oid, 'pg_proc')
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname = ANY (?) AND p.prokind = 'f'
        AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype)
      ORDER BY n.nspname, p.proname, p.oid\
      """;

  private final ExistingTypes types;
  private final Attributes attributes;
  private final ExistingTables tables;
  private final List<Function> functions = new ArrayList<>();
  private final Map<TableName, List<Column>> computed = new HashMap<>();

  private ExistingFunctions(ExistingTypes types, Attributes attributes, ExistingTables tables) {
    this.types = types;
    this.attributes = attributes;
    this.tables = tables;
  }

  static ExistingFunctions read(
      Catalog catalog,
      ExistingTypes types,
      Attributes attributes,
      ExistingTables tables,
      List<String> schemas)
      throws SQLException {
    var read = new ExistingFunctions(types, attributes, tables);
    catalog.each(FUNCTIONS, schemas, read::add);
    return read;
  }

  List<Function> functions() {
    return functions;
  }

  /// The columns that functions add to tables.
  Map<TableName, List<Column>> computed() {
    return computed;
  }

  /// A parameter as the catalog has it.
  ///
  /// @param mode `i` in, `o` out, `b` both, `v` variadic, `t` a column of the result
  private record Parameter(String name, char mode, long type) {
    boolean isGiven() {
      return mode == 'i' || mode == 'b' || mode == 'v';
    }

    boolean isAnswered() {
      return mode == 'o' || mode == 'b' || mode == 't';
    }
  }

  private void add(ResultSet row) throws SQLException {
    List<Parameter> parameters = parameters(row);
    int required = row.getInt(6);
    boolean isSet = row.getBoolean(8);
    boolean isOfOne = isSet && row.getDouble(10) == 1;
    TableName name = new TableName(row.getString(1), row.getString(2));
    List<Parameter> given = parameters.stream().filter(Parameter::isGiven).toList();
    List<Parameter> answered = parameters.stream().filter(Parameter::isAnswered).toList();
    Result result = result(row.getLong(9), answered, isSet ? Amount.SET : Amount.ONE);
    TableName of = given.size() == 1 ? rowsOf(given.getFirst().type) : null;
    boolean isWay = isSet && result instanceof Result.Rows(RowType.Of _, Amount _);
    String comment = row.getString(11);
    functions.add(
        new Function(
            name,
            arguments(given, required),
            result,
            new Body.Existing(true, of != null && isWay ? new Function.Way(of, isOfOne) : null),
            row.getString(7).equals("v"),
            List.of(),
            comment,
            Position.NONE));
    if (of != null && !isSet && answered.isEmpty() && !(result instanceof Result.Nothing))
      computed
          .computeIfAbsent(of, _ -> new ArrayList<>())
          .add(
              new Column(
                  name.name(),
                  types.of(row.getLong(9), -1),
                  true,
                  new Fill.Computed(name),
                  List.of(),
                  List.of(),
                  comment));
  }

  private static List<Parameter> parameters(ResultSet row) throws SQLException {
    List<String> names = Catalog.texts(row, 3);
    List<String> modes = Catalog.texts(row, 4);
    List<Long> types = Catalog.numbers(row, 5);
    List<Parameter> parameters = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++)
      parameters.add(
          new Parameter(
              names.isEmpty() ? "" : names.get(i),
              modes.isEmpty() ? 'i' : modes.get(i).charAt(0),
              types.get(i)));
    return Collections.unmodifiableList(parameters);
  }

  /// @param required how many of them, from the first on, have no default
  private List<Argument> arguments(List<Parameter> given, int required) {
    List<Argument> arguments = new ArrayList<>(given.size());
    for (Parameter parameter : given) {
      boolean takesRest = parameter.mode == 'v';
      arguments.add(
          new Argument(
              parameter.name,
              types.of(parameter.type, -1),
              arguments.size() < required && !takesRest
                  ? new Default.Nothing()
                  : new Default.Existing(),
              takesRest ? Taking.REST : Taking.ONE,
              null));
    }
    return arguments;
  }

  private Result result(long type, List<Parameter> answered, Amount amount) {
    if (types.isPseudo(type, "void")) return new Result.Nothing();
    if (!answered.isEmpty()) return new Result.Rows(new RowType.Own(columns(answered)), amount);
    Long relation = types.rowsOf(type);
    if (relation == null) return new Result.Scalar(types.of(type, -1), amount);
    TableName table = tables.name(relation);
    return new Result.Rows(
        table == null
            ? new RowType.Own(List.copyOf(attributes.of(relation).values()))
            : new RowType.Of(table),
        amount);
  }

  private List<Column> columns(List<Parameter> answered) {
    List<Column> columns = new ArrayList<>(answered.size());
    for (Parameter parameter : answered) {
      String name = parameter.name.isEmpty() ? "column" + (columns.size() + 1) : parameter.name;
      ColumnType type = types.of(parameter.type, -1);
      columns.add(new Column(name, type, true, new Fill.Nothing(), List.of(), List.of(), null));
    }
    return columns;
  }

  private @Nullable TableName rowsOf(long type) {
    Long relation = types.rowsOf(type);
    return relation == null ? null : tables.name(relation);
  }
}
