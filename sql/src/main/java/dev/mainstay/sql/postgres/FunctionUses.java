package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.UserSql;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the SQL of a model's functions reads and writes, as PostgreSQL itself sees it: for a moment
/// each is made a function of the session, whose body the server takes apart to know what it
/// depends on; then that is undone.
final class FunctionUses {
  private static final String PROBE = "pg_temp.mainstay_uses";

  private static final String USED =
      """
      SELECT DISTINCT n.nspname || '.' || c.relname
      FROM pg_depend d
      JOIN pg_class c ON c.oid = d.refobjid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_class'::regclass
        AND d.objid = '%s'::regproc\
      """
          .formatted(PROBE);

  private FunctionUses() {}

  /// The tables and views that each uses; none for what the server does not take.
  static Map<Function.Signature, Set<String>> of(Installation database, Model model) {
    Map<Function.Signature, Set<String>> uses = new HashMap<>();
    for (Function function : model.functions()) {
      Set<String> used = used(function, database);
      if (used != null) uses.put(function.signature(), used);
    }
    return uses;
  }

  private static @Nullable Set<String> used(Function function, Installation database) {
    List<String> script = function.sql("postgres");
    if (script == null) return null;
    database.run("SAVEPOINT uses");
    try {
      database.run(probe(function, script));
      Set<String> used = new HashSet<>();
      for (List<Value> row : database.values(Sql.raw(USED), List.of(new ColumnType.Text())))
        if (row.getFirst() instanceof Value.Text(String name)) used.add(name);
      return used;
    } catch (StoreException _) {
      // A table that is not there yet, say.
      return null;
    } finally {
      database.run("ROLLBACK TO SAVEPOINT uses");
    }
  }

  private static String probe(Function function, List<String> script) {
    Map<String, String> types = new HashMap<>();
    for (Function.Argument argument : function.arguments())
      types.put(argument.placeholder(), Types.of(argument.type()));
    List<String> numbered = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    for (String statement : script) {
      for (UserSql.Part part : UserSql.known(statement).parts())
        switch (part) {
          case UserSql.Part.Text(String text) -> body.append(text);
          case UserSql.Part.QuestionMark _ -> body.append('?');
          case UserSql.Part.Parameter(String name, int _) -> {
            if (!numbered.contains(name)) numbered.add(name);
            body.append('$').append(numbered.indexOf(name) + 1);
          }
        }
      // Behind a comment a line has to end.
      body.append("\n;\n");
    }
    String parameters =
        numbered.stream()
            .map(name -> types.getOrDefault(name, name.equals("auth.uid") ? "uuid" : "text"))
            .collect(Collectors.joining(", "));
    return "CREATE FUNCTION %s(%s) RETURNS void LANGUAGE sql BEGIN ATOMIC\n%sEND"
        .formatted(PROBE, parameters, body);
  }
}
