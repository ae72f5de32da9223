package dev.mainstay.core.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function that callers may call by name: SQL of the user's, typed arguments, a declared result.
///
/// @param arguments in the order they were declared
/// @param writes whether it may change what is stored; if not, the engine keeps it from doing so
/// @param callers the roles that may call it, beside those that bypass policies
/// @param position where it was declared
public record Function(
    TableName name,
    List<Argument> arguments,
    Result result,
    Body body,
    boolean writes,
    List<String> callers,
    @Nullable String comment,
    Position position) {
  /// What is run.
  public sealed interface Body {
    /// SQL of the user's own.
    record Declared(Script script) implements Body {}

    /// A function that the database has.
    ///
    /// @param isOpen whether the database alone says who may call it
    /// @param way what it is to the rows of a table, or null
    record Existing(boolean isOpen, @Nullable Way way) implements Body {}
  }

  /// A way from the rows of a table, of which the function takes one, to those that it answers.
  public record Way(TableName from, boolean toOne) {}

  /// What stands in the SQL for the one argument without a name.
  public static final String BODY = "body";

  public Function {
    arguments = List.copyOf(arguments);
    callers = List.copyOf(callers);
  }

  /// An argument.
  ///
  /// @param name empty for the only argument of a function that takes a request's body as it is
  /// @param type a list for one that takes all that is left
  public record Argument(
      String name, ColumnType type, Default otherwise, Taking taking, @Nullable String comment) {
    public boolean isRequired() {
      return otherwise instanceof Default.Nothing;
    }

    /// What stands for it in the SQL, behind a colon.
    public String placeholder() {
      return name.isEmpty() ? BODY : name;
    }
  }

  /// What an argument is when a call leaves it out.
  public sealed interface Default {
    /// It may not be left out.
    record Nothing() implements Default {}

    record Null() implements Default {}

    /// A value, as text of the argument's type.
    record Literal(String text) implements Default {}

    /// What the database's own function has for it.
    record Existing() implements Default {}
  }

  public enum Taking {
    ONE,
    /// Every value a call gives under the argument's name: a variadic argument.
    REST
  }

  /// What a call answers.
  public sealed interface Result {
    record Nothing() implements Result {}

    record Scalar(ColumnType type, Amount amount) implements Result {}

    record Rows(RowType type, Amount amount) implements Result {}
  }

  public enum Amount {
    /// The first, or null when there is none.
    ONE,
    SET
  }

  public sealed interface RowType {
    /// Rows like those of a table or view, whose read policy and hidden columns they keep.
    record Of(TableName table) implements RowType {}

    /// Rows of the function's own.
    record Own(List<Column> columns) implements RowType {
      public Own {
        columns = List.copyOf(columns);
      }
    }
  }

  /// What tells a function from all others. No two that a model declares have the same argument
  /// names; of those a database has, the types may differ alone.
  public record Signature(TableName function, List<String> arguments, List<String> types) {
    public Signature {
      arguments = List.copyOf(arguments);
      types = List.copyOf(types);
    }

    @Override
    public String toString() {
      return function + "(" + String.join(", ", arguments) + ")";
    }
  }

  public Signature signature() {
    List<String> names = new ArrayList<>(arguments.size());
    List<String> types = new ArrayList<>(arguments.size());
    for (Argument argument : arguments) {
      names.add(argument.name());
      types.add(argument.type().toString());
    }
    return new Signature(name, names, types);
  }

  /// The SQL that the user wrote for an engine, or null when there is none.
  public @Nullable List<String> sql(String engine) {
    return body instanceof Body.Declared(Script script) ? script.on(engine) : null;
  }

  /// Whether it answers any number of rows or values.
  public boolean returnsSet() {
    return switch (result) {
      case Result.Nothing _ -> false;
      case Result.Scalar(ColumnType _, Amount amount) -> amount == Amount.SET;
      case Result.Rows(RowType _, Amount amount) -> amount == Amount.SET;
    };
  }

  public boolean mayBeCalledBy(Role role) {
    boolean isOpen = body instanceof Body.Existing(boolean open, Way _) && open;
    return isOpen || role.bypassesPolicies() || callers.contains(role.name());
  }
}
