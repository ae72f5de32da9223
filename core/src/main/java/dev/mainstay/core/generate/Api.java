package dev.mainstay.core.generate;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function.Argument;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Claims;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.plan.Visible;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What one role may name and do: all that code made for it may tell.
///
/// @param schemas the first is the one a request is about that names none
/// @param enums those that something visible is of; for a role that passes every policy, all
public record Api(List<Schema> schemas, List<ColumnType.Enumerated> enums) {
  public Api {
    schemas = List.copyOf(schemas);
    enums = List.copyOf(enums);
  }

  public record Schema(String name, Visible visible) {}

  /// @param schemas by name, at least one, in order
  public static Api of(Planner planner, Role role, List<String> schemas) {
    var caller = new Caller.Outside(role.name(), Claims.NONE);
    List<Schema> seen = new ArrayList<>();
    for (String schema : schemas) seen.add(new Schema(schema, planner.visible(schema, caller)));
    Model model = planner.catalog().model();
    Set<ColumnType> mentioned = new LinkedHashSet<>();
    for (Schema schema : seen) mention(schema.visible(), mentioned);
    List<ColumnType.Enumerated> enums = new ArrayList<>();
    for (ColumnType.Enumerated type : model.enums())
      if (role.bypassesPolicies() || mentioned.contains(type)) enums.add(type);
    return new Api(seen, enums);
  }

  /// The schema that is meant when none is named.
  String defaultSchema() {
    return has(TableName.DEFAULT_SCHEMA) ? TableName.DEFAULT_SCHEMA : schemas.getFirst().name();
  }

  boolean has(String schema) {
    return schemas.stream().anyMatch(known -> known.name().equals(schema));
  }

  private static void mention(Visible visible, Set<ColumnType> mentioned) {
    for (Visible.Table table : visible.tables())
      for (Visible.Column column : table.columns()) mentioned.add(element(column.type()));
    for (Visible.Function function : visible.functions()) {
      for (Argument argument : function.arguments()) mentioned.add(element(argument.type()));
      switch (function.answer()) {
        case Visible.Answer.Nothing _, Visible.Answer.RowsOf _ -> {}
        case Visible.Answer.Value(ColumnType type, boolean _) -> mentioned.add(element(type));
        case Visible.Answer.Rows(List<Visible.Column> columns, boolean _) -> {
          for (Visible.Column column : columns) mentioned.add(element(column.type()));
        }
      }
    }
  }

  private static ColumnType element(ColumnType type) {
    return type instanceof ColumnType.ArrayOf(ColumnType element) ? element : type;
  }
}
