package dev.mainstay.core.generate;

import static dev.mainstay.core.generate.TypeScriptTypes.key;
import static dev.mainstay.core.generate.TypeScriptTypes.literal;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function.Argument;
import dev.mainstay.core.model.Function.Default;
import dev.mainstay.core.plan.Visible;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The member `Functions` of a schema. That a value may be null is said of columns of tables alone:
/// what a function computes is taken to be there, as Supabase's types have it.
///
/// Of several functions of one name the type is their union, of which postgrest-js takes the one
/// whose arguments a call gives.
final class TypeScriptFunctions {
  private final TypeScriptTypes types;
  private final Lines out;

  TypeScriptFunctions(TypeScriptTypes types, Lines out) {
    this.types = types;
    this.out = out;
  }

  void write(List<Visible.Function> functions) {
    Map<String, List<Visible.Function>> byName = new TreeMap<>();
    for (Visible.Function function : functions)
      byName.computeIfAbsent(function.name(), _ -> new ArrayList<>()).add(function);
    out.open("Functions: {");
    byName.forEach(this::named);
    if (byName.isEmpty()) out.line("[_ in never]: never");
    out.close("}");
  }

  private void named(String name, List<Visible.Function> functions) {
    if (functions.size() == 1) {
      TypeScript.comment(functions.getFirst().comment(), out);
      out.open(key(name) + ": {");
      function(functions.getFirst());
      out.close("}");
      return;
    }
    out.open(key(name) + ":");
    for (Visible.Function function :
        TypeScript.sorted(functions, Comparator.comparing(TypeScriptFunctions::signature))) {
      out.open("| {");
      function(function);
      out.close("}");
    }
    out.close();
  }

  private static String signature(Visible.Function function) {
    return String.join(",", function.arguments().stream().map(Argument::name).sorted().toList());
  }

  private void function(Visible.Function function) {
    if (function.arguments().isEmpty()) out.line("Args: never");
    else {
      out.open("Args: {");
      for (Argument argument :
          TypeScript.sorted(function.arguments(), Comparator.comparing(Argument::name)))
        out.line(
            key(argument.name())
                + (argument.isRequired() ? ": " : "?: ")
                + types.of(argument.type(), argument.otherwise() instanceof Default.Null));
      out.close("}");
    }
    answer(function.answer());
  }

  private void answer(Visible.Answer answer) {
    switch (answer) {
      case Visible.Answer.Nothing _ -> out.line("Returns: undefined");
      case Visible.Answer.Value(ColumnType type, boolean several) ->
          out.line("Returns: " + (several ? types.listOf(type) : types.of(type)));
      case Visible.Answer.RowsOf(Visible.Table table, boolean several) -> {
        out.open("Returns: {");
        TypeScript.row(table.columns(), types, out);
        out.close(several ? "}[]" : "}");
        // With which the client knows the filters and the relations of what is returned.
        out.open("SetofOptions: {")
            .line("from: \"*\"")
            .line("to: " + literal(table.name()))
            .line("isOneToOne: " + !several)
            .line("isSetofReturn: " + several)
            .close("}");
      }
      case Visible.Answer.Rows(List<Visible.Column> columns, boolean several) -> {
        if (columns.isEmpty()) {
          out.line("Returns: Record<string, unknown>" + (several ? "[]" : ""));
          return;
        }
        out.open("Returns: {");
        for (Visible.Column column :
            TypeScript.sorted(columns, Comparator.comparing(Visible.Column::name)))
          out.line(key(column.name()) + ": " + types.of(column.type()));
        out.close(several ? "}[]" : "}");
      }
    }
  }
}
