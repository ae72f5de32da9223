package dev.mainstay.core.read;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Fill;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Function.Argument;
import dev.mainstay.core.model.Function.Default;
import dev.mainstay.core.model.Function.Taking;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.model.UserSql;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the functions, once the tables they may return rows of are known. A function with a fault
/// is left out.
final class FunctionReader {
  private static final int MOST_FUNCTIONS = 1000;

  /// PostgreSQL's own limit.
  private static final int MOST_ARGUMENTS = 100;

  private final Scope scope;
  private final List<Table> tables;
  private final List<Function> functions = new ArrayList<>();

  FunctionReader(Scope scope, List<Table> tables) {
    this.scope = scope;
    this.tables = tables;
  }

  List<Function> functions(List<Yaml.Entry> entries) {
    for (Yaml.Entry entry : entries) {
      TableName name = new TableReader(scope).name("function", Name.of(entry.key()));
      if (name == null) continue;
      List<Yaml> definitions =
          entry.value() instanceof Yaml.Sequence(var _, List<Yaml> items)
              ? items
              : List.of(entry.value());
      for (Yaml definition : definitions) add(name, entry.key(), definition);
    }
    return functions;
  }

  private void add(TableName name, Yaml.Scalar key, Yaml yaml) {
    int before = scope.faults.size();
    Function function = function(name, key, yaml);
    if (function == null || scope.faults.size() > before) return;
    Set<String> names = new LinkedHashSet<>(function.signature().arguments());
    for (Function other : functions)
      if (other.name().equals(name) && Set.copyOf(other.signature().arguments()).equals(names)) {
        scope.faults.add(
            key.position(),
            "two functions '" + name.title() + "' have the same arguments",
            "a call could mean either; give one of them another name");
        return;
      }
    if (functions.size() == MOST_FUNCTIONS)
      scope.faults.add(key.position(), "more than " + MOST_FUNCTIONS + " functions");
    else functions.add(function);
  }

  private @Nullable Function function(TableName name, Yaml.Scalar key, Yaml yaml) {
    String what = "function '" + name.title() + "'";
    Section section = Section.of(scope, yaml, what, Keys.FUNCTION);
    List<Argument> arguments = arguments(section, what);
    Function.Result result = new ResultReader(scope, tables, name).read(section.value("returns"));
    boolean writes = section.flag("writes");
    if (section.lacks("sql")) scope.faults.add(key.position(), what + " has no sql");
    Yaml sql = section.value("sql");
    if (sql == null || result == null) return null;
    ScriptReader.Use use =
        new ScriptReader.Use(what, arguments, writes, !(result instanceof Function.Result.Nothing));
    return new Function(
        name,
        arguments,
        result,
        new Function.Body.Declared(new ScriptReader(scope, use).read(sql)),
        writes,
        callers(scope, section),
        section.text("comment"),
        key.position());
  }

  private List<Argument> arguments(Section section, String what) {
    if (section.has("unnamed")) {
      if (section.has("arguments"))
        scope.faults.add(
            section.position("unnamed"), "'arguments' and 'unnamed' exclude each other");
      return unnamed(section);
    }
    List<Argument> arguments = new ArrayList<>();
    List<Yaml.Entry> entries = section.entries("arguments");
    if (entries.size() > MOST_ARGUMENTS)
      scope.faults.add(
          section.position("arguments"), what + " has more than " + MOST_ARGUMENTS + " arguments");
    for (int i = 0; i < entries.size(); i++) {
      Argument argument = argument(entries.get(i), i == entries.size() - 1);
      if (argument != null) arguments.add(argument);
      else scope.broken.add(entries.get(i).key().text());
    }
    return arguments;
  }

  private List<Argument> unnamed(Section section) {
    Yaml.Scalar scalar = section.scalar("unnamed");
    if (scalar == null) return List.of();
    TypeReader.Read read = new TypeReader(scope).read(scalar);
    if (read == null) return List.of();
    if (!(read.type() instanceof ColumnType.Json
        || read.type() instanceof ColumnType.Text
        || read.type() instanceof ColumnType.Bytea))
      scope.faults.add(
          scalar.position(),
          "a request's body is json, text or bytea, not " + read.type(),
          "give the argument a name under arguments:");
    return List.of(new Argument("", read.type(), new Default.Nothing(), Taking.ONE, null));
  }

  private @Nullable Argument argument(Yaml.Entry entry, boolean isLast) {
    Name name = Name.of(entry.key());
    if (!scope.mayBeCalled("argument", name.text(), name.position())) return null;
    if (!UserSql.isName(name.text()) || name.text().equals(UserSql.AUTH)) {
      scope.faults.add(
          name.position(),
          "an argument may not be called '" + name + "'",
          "it stands in the sql as :name, of letters, digits and '_'; 'auth' is the caller");
      return null;
    }
    if (entry.value() instanceof Yaml.Scalar scalar && scalar.isNull()) {
      scope.faults.add(
          name.position(), "argument '" + name + "' has no type", "write " + name + ": text");
      return null;
    }
    if (entry.value() instanceof Yaml.Scalar scalar) {
      TypeReader.Read read = new TypeReader(scope).read(scalar);
      return read == null
          ? null
          : new Argument(name.text(), read.type(), absent(read), Taking.ONE, null);
    }
    return longForm(
        name, Section.of(scope, entry.value(), "'" + name + "'", Keys.ARGUMENT), isLast);
  }

  private @Nullable Argument longForm(Name name, Section section, boolean isLast) {
    if (section.lacks("type"))
      scope.faults.add(name.position(), "argument '" + name + "' has no type", "add type: text");
    Yaml.Scalar type = section.scalar("type");
    boolean variadic = section.flag("variadic");
    TypeReader.Read read = type == null ? null : new TypeReader(scope).read(type);
    if (read == null) return null;
    if (variadic && !(read.type() instanceof ColumnType.ArrayOf))
      scope.faults.add(
          section.position("variadic"),
          "a variadic argument is a list, not " + read.type(),
          "write type: \"" + read.type() + "[]\"");
    if (variadic && !isLast)
      scope.faults.add(section.position("variadic"), "only the last argument can be variadic");
    Yaml value = section.value("default");
    Default otherwise = value == null ? absent(read) : given(value, read.type());
    return new Argument(
        name.text(),
        read.type(),
        otherwise,
        variadic ? Taking.REST : Taking.ONE,
        section.text("comment"));
  }

  private static Default absent(TypeReader.Read read) {
    return read.nullable() ? new Default.Null() : new Default.Nothing();
  }

  private Default given(Yaml value, ColumnType type) {
    return switch (new FillReader(scope).read(value, type)) {
      case Fill.Literal(String text) -> new Default.Literal(text);
      case Fill.Nothing _ -> new Default.Nothing();
      case Fill _ -> {
        scope.faults.add(
            value.position(),
            "an argument's default is a value, not something computed",
            "compute it in the sql, from null: write the type with a '?'");
        yield new Default.Nothing();
      }
    };
  }

  /// The roles that stand under `allow`.
  static List<String> callers(Scope scope, Section section) {
    Set<String> callers = new LinkedHashSet<>();
    for (Name name : section.names("allow")) {
      Role role = scope.roles.get(name.text());
      if (name.text().equals(PolicyReader.EVERYONE)) {
        for (Role each : scope.roles.values())
          if (!each.bypassesPolicies()) callers.add(each.name());
      } else if (role == null) {
        List<String> known = new ArrayList<>(scope.roles.keySet());
        known.add(PolicyReader.EVERYONE);
        scope.faults.unknown(name.position(), "role", name.text(), known);
      } else callers.add(role.name());
    }
    return List.copyOf(callers);
  }
}
