package dev.mainstay.core.generate;

import static dev.mainstay.core.generate.TypeScriptTypes.key;
import static dev.mainstay.core.generate.TypeScriptTypes.literal;
import static dev.mainstay.core.generate.TypeScriptTypes.literals;
import static dev.mainstay.core.generate.TypeScriptTypes.union;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Visible;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The type `Database` of an [Api], in the shape that supabase-js and postgrest-js take and that
/// `supabase gen types typescript` gives: tables, columns and all else sorted by name, so that the
/// text depends on what is declared and not on the order.
///
/// What a role may not write is `never` in `Insert` and `Update`.
public final class TypeScript {
  /// What the server understands, in the version numbers that the client's types look at.
  private static final String POSTGREST = "14.1";

  private static final String NONE = "[_ in never]: never";

  private final Api api;
  private final TypeScriptTypes types;
  private final Lines out = new Lines();

  private TypeScript(Api api) {
    this.api = api;
    this.types = new TypeScriptTypes(api);
  }

  public static String of(Api api) {
    var typeScript = new TypeScript(api);
    typeScript.write();
    return typeScript.out.toString();
  }

  private void write() {
    List<Api.Schema> schemas = sorted(api.schemas(), Comparator.comparing(Api.Schema::name));
    out.line("// Made by `mainstay generate types` from the model: do not edit.").line("");
    out.open("export type Json =");
    for (String kind : List.of("string", "number", "boolean", "null")) out.line("| " + kind);
    out.line("| { [key: string]: Json | undefined }").line("| Json[]").close();
    out.line("").open("export type Database = {");
    out.line("// What supabase-js takes the server to understand.");
    out.open("__InternalSupabase: {").line("PostgrestVersion: " + literal(POSTGREST)).close("}");
    for (Api.Schema schema : schemas) schema(schema);
    out.close("}");
    out.line("");
    Template.text("helpers.ts")
        .replace("\"DEFAULT\"", literal(api.defaultSchema()))
        .lines()
        .forEach(out::line);
    out.line("").open("export const Constants = {");
    for (Api.Schema schema : schemas) {
      out.open(key(schema.name()) + ": {").open("Enums: {");
      for (ColumnType.Enumerated type : enums(schema.name()))
        out.line(key(type.name()) + ": [" + literals(type.labels(), ", ") + "],");
      out.close("},").close("},");
    }
    out.close("} as const");
  }

  private void schema(Api.Schema schema) {
    List<Visible.Table> all =
        sorted(schema.visible().tables(), Comparator.comparing(Visible.Table::name));
    List<Visible.Table> tables = all.stream().filter(table -> !table.isView()).toList();
    List<Visible.Table> views = all.stream().filter(Visible.Table::isView).toList();
    out.open(key(schema.name()) + ": {");
    out.open("Tables: {");
    for (Visible.Table table : tables) relation(table);
    close(tables);
    out.open("Views: {");
    for (Visible.Table view : views) relation(view);
    close(views);
    new TypeScriptFunctions(types, out).write(schema.visible().functions());
    List<ColumnType.Enumerated> enums = enums(schema.name());
    out.open("Enums: {");
    for (ColumnType.Enumerated type : enums) out.line(key(type.name()) + ": " + union(type));
    close(enums);
    out.open("CompositeTypes: {");
    close(List.of());
    out.close("}");
  }

  private void close(List<?> written) {
    if (written.isEmpty()) out.line(NONE);
    out.close("}");
  }

  /// Enums are all in the default schema.
  private List<ColumnType.Enumerated> enums(String schema) {
    return schema.equals(TableName.DEFAULT_SCHEMA)
        ? sorted(api.enums(), Comparator.comparing(ColumnType.Enumerated::name))
        : List.of();
  }

  private void relation(Visible.Table table) {
    List<Visible.Column> columns = columns(table.columns());
    comment(table.comment(), out);
    out.open(key(table.name()) + ": {");
    out.open("Row: {");
    row(columns, types, out);
    out.close("}");
    if (!table.isView()) {
      out.open("Insert: {");
      for (Visible.Column column : columns)
        written(column, table.may(Action.INSERT), mayBeLeftOut(column));
      close(columns);
      out.open("Update: {");
      for (Visible.Column column : columns) written(column, table.may(Action.UPDATE), true);
      close(columns);
    }
    references(table.references());
    out.close("}");
  }

  /// The columns of a row, as members of an object.
  static void row(List<Visible.Column> columns, TypeScriptTypes types, Lines out) {
    for (Visible.Column column : columns(columns)) {
      comment(column.comment(), out);
      out.line(key(column.name()) + ": " + types.of(column.type(), column.nullable()));
    }
    if (columns.isEmpty()) out.line(NONE);
  }

  private void written(Visible.Column column, boolean may, boolean optional) {
    if (may && column.writable())
      out.line(
          key(column.name())
              + (optional ? "?: " : ": ")
              + types.of(column.type(), column.nullable()));
    else out.line(key(column.name()) + "?: never");
  }

  private static boolean mayBeLeftOut(Visible.Column column) {
    return column.nullable() || !(column.fill() instanceof Fill.Nothing);
  }

  private void references(List<Visible.Reference> references) {
    if (references.isEmpty()) {
      out.line("Relationships: []");
      return;
    }
    out.open("Relationships: [");
    for (Visible.Reference reference :
        sorted(references, Comparator.comparing(Visible.Reference::constraint)))
      out.open("{")
          .line("foreignKeyName: " + literal(reference.constraint()))
          .line("columns: [" + literals(reference.columns(), ", ") + "]")
          .line("isOneToOne: " + reference.isOneToOne())
          .line("referencedRelation: " + literal(reference.table()))
          .line("referencedColumns: [" + literals(reference.targetColumns(), ", ") + "]")
          .close("},");
    out.close("]");
  }

  static void comment(@Nullable String comment, Lines out) {
    if (comment == null || comment.isBlank()) return;
    List<String> lines = comment.strip().replace("*/", "* /").lines().toList();
    if (lines.size() == 1) {
      out.line("/** " + lines.getFirst() + " */");
      return;
    }
    out.line("/**");
    for (String line : lines) out.line((" * " + line).stripTrailing());
    out.line(" */");
  }

  private static List<Visible.Column> columns(List<Visible.Column> columns) {
    return sorted(columns, Comparator.comparing(Visible.Column::name));
  }

  static <T> List<T> sorted(List<T> list, Comparator<T> by) {
    return list.stream().sorted(by).toList();
  }
}
