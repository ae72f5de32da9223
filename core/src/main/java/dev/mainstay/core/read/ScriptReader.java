package dev.mainstay.core.read;

import dev.mainstay.core.model.Cel;
import dev.mainstay.core.model.Function.Argument;
import dev.mainstay.core.model.Script;
import dev.mainstay.core.model.UserSql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a function's SQL: one statement or a list, for all engines or for each.
final class ScriptReader {
  private static final Pattern CALLER =
      Pattern.compile("auth\\.(uid|role|claims(\\.\\w+)+)", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Set<String> WRITING =
      Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE");

  /// A function runs within a transaction, and on a connection that others use after it.
  private static final Set<String> BEYOND =
      Set.of(
          "ABORT",
          "ATTACH",
          "BEGIN",
          "COMMIT",
          "DETACH",
          "END",
          "PRAGMA",
          "RELEASE",
          "ROLLBACK",
          "SAVEPOINT",
          "START",
          "VACUUM");

  private static final Set<String> ANSWERING = Set.of("SELECT", "WITH", "VALUES", "TABLE");

  /// What the SQL is for.
  ///
  /// @param what the function, in the words of a fault
  /// @param answers whether the last statement's rows are the result
  record Use(String what, List<Argument> arguments, boolean writes, boolean answers) {}

  private final Scope scope;
  private final Use use;
  private final Set<String> used = new HashSet<>();

  ScriptReader(Scope scope, Use use) {
    this.scope = scope;
    this.use = use;
  }

  Script read(Yaml yaml) {
    int before = scope.faults.size();
    Script script = script(yaml);
    if (scope.faults.size() == before)
      for (Argument argument : use.arguments())
        if (!used.contains(argument.placeholder()))
          scope.faults.add(
              yaml.position(),
              argument.name().isEmpty()
                  ? "the sql does not speak of the body"
                  : "the sql does not speak of argument '" + argument.name() + "'",
              "it stands there as :" + argument.placeholder());
    return script;
  }

  private Script script(Yaml yaml) {
    if (!(yaml instanceof Yaml.Mapping)) return new Script(statements(yaml, null), Map.of());
    Section section = Section.of(scope, yaml, "'sql'", Keys.ENGINES);
    Map<String, List<String>> perEngine = new LinkedHashMap<>();
    for (String engine : Keys.ENGINES) {
      Yaml of = section.value(engine);
      if (of != null) perEngine.put(engine, statements(of, engine));
    }
    return new Script(null, perEngine);
  }

  private List<String> statements(Yaml yaml, @Nullable String engine) {
    List<Yaml> items = yaml instanceof Yaml.Sequence(var _, List<Yaml> each) ? each : List.of(yaml);
    List<String> statements = new ArrayList<>();
    if (items.isEmpty()) scope.faults.add(yaml.position(), "'sql' must be SQL");
    for (int i = 0; i < items.size(); i++) {
      Yaml item = items.get(i);
      boolean isLast = i == items.size() - 1;
      if (!(item instanceof Yaml.Scalar scalar) || scalar.text().isBlank())
        scope.faults.add(item.position(), "'sql' must be SQL");
      else {
        statement(scalar, engine, isLast && use.answers());
        statements.add(scalar.text().strip());
      }
    }
    return statements;
  }

  private void statement(Yaml.Scalar scalar, @Nullable String engine, boolean answers) {
    Cel place = scope.cel(scalar);
    UserSql sql;
    try {
      sql = UserSql.read(scalar.text());
    } catch (UserSql.Unreadable e) {
      String message = String.valueOf(e.getMessage());
      boolean isTwo = message.contains("another begins");
      fault(place, scalar, e.at(), message, isTwo ? "write a list, [first, second]" : null);
      return;
    }
    if (BEYOND.contains(sql.verb()))
      scope.faults.add(
          place.position(),
          "a function may not " + sql.verb(),
          "it runs within a transaction, which is committed when it is done");
    else if (!use.writes() && WRITING.contains(sql.verb()))
      scope.faults.add(
          place.position(), use.what() + " writes without saying so", "add writes: true");
    else if (answers && !use.writes() && !ANSWERING.contains(sql.verb()))
      scope.faults.add(
          place.position(),
          "the last statement gives the result, and must be a SELECT",
          "or leave 'returns' out");
    for (UserSql.Part part : sql.parts()) {
      switch (part) {
        case UserSql.Part.Text _ -> {}
        case UserSql.Part.QuestionMark(int at) -> {
          if (!"postgres".equals(engine))
            fault(
                place,
                scalar,
                at,
                "parameters have names",
                "write :name; the operator '?' is PostgreSQL's: sql: {postgres: …}");
        }
        case UserSql.Part.Parameter(String name, int at) -> parameter(place, scalar, name, at);
      }
    }
  }

  private void parameter(Cel place, Yaml.Scalar scalar, String name, int at) {
    List<String> known = new ArrayList<>();
    for (Argument argument : use.arguments()) known.add(argument.placeholder());
    if (known.contains(name)) used.add(name);
    else if (!CALLER.matcher(name).matches() && !scope.broken.contains(name)) {
      if (name.startsWith(UserSql.AUTH + ".") || name.equals(UserSql.AUTH))
        known = List.of("auth.uid", "auth.role", "auth.claims.sub");
      scope.faults.unknown(
          place.at(scalar.text().codePointCount(0, at)), "parameter", ":" + name, colons(known));
    }
  }

  private static List<String> colons(List<String> names) {
    return names.stream().map(name -> ":" + name).toList();
  }

  private void fault(Cel place, Yaml.Scalar scalar, int at, String message, @Nullable String hint) {
    scope.faults.add(place.at(scalar.text().codePointCount(0, at)), message, hint);
  }
}
