package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.Installation;
import dev.mainstay.sql.Schema;
import dev.mainstay.sql.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What a database would hold that was made of a model, in the server's own words. The tables are
/// made for a moment, in schemas of their own, and undone; nobody else sees them or waits for them.
///
/// Views are not among it: they may name the schemas of what they read.
final class Blueprint {
  private final Installation database;
  private final Model model;

  /// The schemas that stand in for those of the model.
  private final Map<String, String> aside = new LinkedHashMap<>();

  private Blueprint(Model model, Set<String> schemas, Installation database) {
    this.model = model.withTables(model.tables().stream().filter(t -> !t.isView()).toList());
    this.database = database;
    aside.put(TableName.DEFAULT_SCHEMA, "mainstay.0");
    for (String schema : schemas) aside.putIfAbsent(schema, "mainstay." + aside.size());
  }

  static Schema of(Model model, Rules rules, Installation database) {
    Blueprint blueprint = new Blueprint(model, model.schemas(), database);
    blueprint.begin(rules);
    Schema made = blueprint.schema();
    blueprint.undo();
    return made;
  }

  /// The same before and after some of it got new names.
  record Renamed(Schema before, Schema after) {}

  static Renamed renamed(Model model, Rules rules, Renames renames, Installation database) {
    Set<String> schemas = new LinkedHashSet<>(model.schemas());
    schemas.addAll(renames.schemas());
    Blueprint blueprint = new Blueprint(model, schemas, database);
    blueprint.begin(rules);
    Schema before = blueprint.schema();
    renames.statements(blueprint::aside).forEach(database::run);
    Schema after = blueprint.schema();
    blueprint.undo();
    return new Renamed(before, after);
  }

  private void begin(Rules rules) {
    database.run("SAVEPOINT blueprint");
    for (String schema : aside.values()) database.run("CREATE SCHEMA " + Types.quoted(schema));
    database.run(
        "SET LOCAL search_path = %s, public, extensions"
            .formatted(Types.quoted(aside(TableName.DEFAULT_SCHEMA))));
    PostgresDdl ddl = new PostgresDdl();
    List<String> statements = new ArrayList<>(ddl.beforeRows(model, rules));
    statements.addAll(ddl.afterRows(model, rules));
    for (String statement : statements)
      if (!statement.startsWith("CREATE SCHEMA ")) database.run(aside(statement, model));
  }

  private void undo() {
    database.run("ROLLBACK TO SAVEPOINT blueprint");
    database.run("RELEASE SAVEPOINT blueprint");
  }

  private String aside(String schema) {
    return Objects.requireNonNull(aside.get(schema), schema);
  }

  /// The statement about the stand-ins of what the model makes.
  private String aside(String statement, Model made) {
    String text = statement;
    for (Table table : made.tables())
      text = aside(text, table.name().schema(), table.name().name());
    for (ColumnType.Enumerated type : made.enums())
      text = aside(text, TableName.DEFAULT_SCHEMA, type.name());
    return text;
  }

  private String aside(String text, String schema, String name) {
    String rest = "." + Types.quoted(name);
    return text.replace(Types.quoted(schema) + rest, Types.quoted(aside(schema)) + rest);
  }

  private Schema schema() {
    Map<String, String> asTheServer = new LinkedHashMap<>();
    for (String schema : aside.keySet()) asTheServer.put(schema, asTheServer(schema));
    List<Schema.Thing> things = new ArrayList<>();
    for (Schema.Thing thing : database.schema(new LinkedHashSet<>(aside.values())).things()) {
      String definition = thing.definition();
      for (Map.Entry<String, String> schema : asTheServer.entrySet())
        definition =
            definition.replace(Types.quoted(aside(schema.getKey())) + ".", schema.getValue() + ".");
      things.add(new Schema.Thing(thing.kind(), back(thing.of()), back(thing.name()), definition));
    }
    return new Schema(things);
  }

  /// The name that a stand-in stands in for.
  private String back(String name) {
    for (Map.Entry<String, String> schema : aside.entrySet())
      if (name.startsWith(schema.getValue() + "."))
        return schema.getKey() + name.substring(schema.getValue().length());
    return name;
  }

  /// An identifier in quotes only where it needs them.
  private String asTheServer(String name) {
    Sql query = Sql.raw("SELECT quote_ident(" + Types.text(name) + ")");
    List<Value> row = database.values(query, List.of(new ColumnType.Text())).getFirst();
    return ((Value.Text) row.getFirst()).value();
  }
}
