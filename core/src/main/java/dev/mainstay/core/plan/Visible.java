package dev.mainstay.core.plan;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Function.Argument;
import dev.mainstay.core.model.Policy;
import dev.mainstay.core.model.Relation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one caller may name and do in one schema: all that a description of it may tell. Depends on
/// the model and the caller's role alone, and is made by [Planner#visible] only.
///
/// @param tables those on which the caller may do something, in the order they were declared
/// @param functions those the caller may call, in the order they were declared
public record Visible(List<Table> tables, List<Function> functions) {
  public Visible {
    tables = List.copyOf(tables);
    functions = List.copyOf(functions);
  }

  /// A table or view.
  ///
  /// @param columns those the caller sees
  /// @param references its foreign keys, as far as the caller sees both ends
  /// @param documents those of which the caller sees every column
  /// @param actions what the caller may do to some row, perhaps; never none
  public record Table(
      String name,
      @Nullable String comment,
      boolean isView,
      List<Column> columns,
      List<Reference> references,
      List<Document> documents,
      List<Embed> embeds,
      Set<Policy.Action> actions) {
    public Table {
      columns = List.copyOf(columns);
      references = List.copyOf(references);
      documents = List.copyOf(documents);
      embeds = List.copyOf(embeds);
      actions = Set.copyOf(actions);
    }

    public boolean may(Policy.Action action) {
      return actions.contains(action);
    }
  }

  /// @param inKey whether it is part of the primary key
  /// @param refersTo what its foreign key of one column refers to, if the caller sees that
  /// @param writable whether the caller may give it a value
  public record Column(
      String name,
      ColumnType type,
      boolean nullable,
      Fill fill,
      boolean inKey,
      @Nullable Target refersTo,
      boolean writable,
      @Nullable String comment) {}

  /// What full-text search looks through, under a name of its own.
  public record Document(String name, List<String> columns, String language) {
    public Document {
      columns = List.copyOf(columns);
    }
  }

  public record Target(String table, String column) {}

  /// A foreign key.
  ///
  /// @param constraint its name
  /// @param isOneToOne whether no two rows refer to the same one
  public record Reference(
      String constraint,
      List<String> columns,
      String table,
      List<String> targetColumns,
      boolean isOneToOne) {
    public Reference {
      columns = List.copyOf(columns);
      targetColumns = List.copyOf(targetColumns);
    }
  }

  /// Rows of another table that can come along.
  ///
  /// @param name what `select` calls it
  /// @param hint what must follow the name after `!`, or null where the name is enough
  /// @param table the one the rows are of
  public record Embed(
      String name, @Nullable String hint, String table, Relation.Cardinality cardinality) {}

  /// A function. Of one name there may be several, with other arguments.
  ///
  /// @param writes whether it may change what is stored, and so is called with `POST` alone
  public record Function(
      String name,
      @Nullable String comment,
      boolean writes,
      List<Argument> arguments,
      Answer answer) {
    public Function {
      arguments = List.copyOf(arguments);
    }
  }

  /// What a function answers; with `several` a list of it.
  public sealed interface Answer {
    record Nothing() implements Answer {}

    record Value(ColumnType type, boolean several) implements Answer {}

    /// Rows of a table that the caller may read.
    record RowsOf(Table table, boolean several) implements Answer {}

    /// Rows of the function's own, or of a table that the caller does not know: then without
    /// columns.
    record Rows(List<Column> columns, boolean several) implements Answer {
      public Rows {
        columns = List.copyOf(columns);
      }
    }
  }
}
