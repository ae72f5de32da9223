package dev.mainstay.testkit.leaks;

import dev.mainstay.core.plan.PlantedFault;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Catalogs;
import dev.mainstay.testkit.EngineUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Documents of several owners under random policies: the model, every row, and what the caller `a`
/// may read of them.
///
/// Besides, it has columns, a table and a function that do not exist for the caller, and so are
/// missing where the rows are that it may not read.
///
/// @param written whether the tables are written, too
record Office(
    boolean written, Policies policies, List<Routine> routines, Contents all, Contents readable) {
  private static final String HIDDEN = "hidden_from: [authenticated]";
  private static final String UNSEEN =
      "      folder_id: {references: folders, on_delete: cascade}\n";
  private static final String SUGGESTED = "    policies: {read: row.id < 0}\n";
  private static final String ALLOWED = "    allow: authenticated\n";
  private static final String FORBIDDEN = "    allow: anon\n";

  static Office random(Random random, boolean written) {
    Contents all = Contents.random(random);
    Policies policies = Policies.random(random, all, written);
    List<Routine> routines = Routine.random(random, written);
    return new Office(written, policies, routines, all, all.readable(policies));
  }

  /// A database with everything.
  ///
  /// @param planted what is wrong with the model that requests are planned with
  Backend whole(EngineUnderTest engine, PlantedFault planted) {
    String yaml = model();
    Backend backend =
        Backend.open(
            engine,
            Catalogs.of(
                switch (planted) {
                  case HIDDEN_COLUMN_NAMED -> yaml.replace(", " + HIDDEN, "");
                  case HIDDEN_TABLE_SUGGESTED -> yaml.replace(UNSEEN, UNSEEN + SUGGESTED);
                  case HIDDEN_FUNCTION_SUGGESTED -> yaml.replace(FORBIDDEN, ALLOWED);
                  default -> yaml;
                }));
    for (Desk desk : Desk.ALL) {
      if (desk.isView()) continue;
      List<Row> rows = all.of(desk.name());
      if (hides(desk))
        rows = rows.stream().map(row -> row.with("secret", "s" + row.at("n"))).toList();
      backend.seed(desk.name(), Row.json(rows));
    }
    return backend.seed("vaults", "[{\"id\":1,\"folder_id\":1}]");
  }

  /// A database where what the caller may not read never was. It has all that is read of other
  /// tables by the policies already settled in them.
  Backend visible(EngineUnderTest engine) {
    Backend backend = Backend.open(engine, visibleModel());
    Map<String, List<Row>> ghosts = readable.ghosts();
    for (Desk desk : Desk.ALL) {
      List<Row> rows = new ArrayList<>(ghosts.getOrDefault(desk.name(), List.of()));
      rows.addAll(readable.of(desk.name()).stream().map(row -> row.with("alive", true)).toList());
      if (desk.references().isEmpty() || !rows.isEmpty())
        for (List<Row> some : List.of(ghostsOf(rows), othersOf(rows)))
          if (!some.isEmpty()) backend.seed(desk.name(), Row.json(some));
    }
    return backend;
  }

  private static List<Row> ghostsOf(List<Row> rows) {
    return rows.stream().filter(row -> Boolean.FALSE.equals(row.at("alive"))).toList();
  }

  private static List<Row> othersOf(List<Row> rows) {
    return rows.stream().filter(row -> Boolean.TRUE.equals(row.at("alive"))).toList();
  }

  // ── the model ──

  String model() {
    StringBuilder yaml = new StringBuilder("tables:\n");
    for (Desk desk : Desk.ALL) {
      if (desk.isView()) continue;
      table(
          yaml,
          desk,
          policies.of(desk.name()),
          hides(desk) ? "secret: {type: text?, " + HIDDEN + "}" : "");
    }
    yaml.append(
        """
          vaults:
            columns:
              id: {type: integer, primary_key: true}
        """);
    yaml.append(UNSEEN)
        .append(
            """
            views:
              big_docs:
                sql: select id, k, n, folder_id, t, owner from docs where k >= 2
                columns:
                  id: integer
                  k: integer
                  n: integer?
                  folder_id: {type: integer?, references: folders}
                  t: text
                  owner: text
                primary_key: [id]
            """);
    yaml.append("    policies:\n      read: {authenticated: \"")
        .append(policies.of("big_docs").read().cel())
        .append("\"}\n");
    functions(yaml);
    Routine forbidden =
        new Routine(
            "vault_docs",
            Desk.of("docs"),
            List.of("key"),
            true,
            false,
            List.of("select * from docs where id = :key"));
    return yaml.append(forbidden.yaml(FORBIDDEN)).toString();
  }

  private void functions(StringBuilder yaml) {
    yaml.append("functions:\n");
    for (Routine routine : routines) yaml.append(routine.yaml(ALLOWED));
  }

  private String visibleModel() {
    Policies settled = written ? policies.settled(all) : policies;
    StringBuilder yaml = new StringBuilder("tables:\n");
    for (Desk desk : Desk.ALL) {
      Policies.OfTable of = settled.of(desk.name());
      table(yaml, desk, of, "alive: {type: boolean, default: true, " + HIDDEN + "}");
    }
    functions(yaml);
    return yaml.toString();
  }

  private void table(StringBuilder yaml, Desk desk, Policies.OfTable of, String hidden) {
    yaml.append("  ").append(desk.name()).append(":\n    columns:\n");
    for (String column : desk.columns())
      yaml.append("      ").append(column).append(": ").append(column(desk, column)).append('\n');
    if (!hidden.isEmpty()) yaml.append("      ").append(hidden).append('\n');
    // A view has none.
    if (!desk.isView())
      yaml.append("    search:\n      ")
          .append(RandomSearches.DECLARED)
          .append("\n      ")
          .append(RandomSearches.STEMMED)
          .append('\n');
    if (hidden.startsWith("secret"))
      yaml.append("      ").append(RandomSearches.HIDDEN).append('\n');
    yaml.append("    primary_key: ").append(desk.key()).append("\n    policies:\n");
    boolean alive = hidden.startsWith("alive");
    String read = of.read().cel();
    policy(yaml, "read", !alive ? read : written ? "row.alive && (" + read + ")" : "row.alive");
    if (!written) return;
    Rule updated = of.updated();
    String update = of.update().cel();
    policy(yaml, "insert", of.insert().cel());
    policy(
        yaml, "update", updated == null ? update : "(" + update + ") && (" + updated.cel() + ")");
    policy(yaml, "delete", of.delete().cel());
  }

  private static void policy(StringBuilder yaml, String action, String cel) {
    yaml.append("      ").append(action).append(": {authenticated: \"").append(cel).append("\"}\n");
  }

  private static String column(Desk desk, String column) {
    String type = desk.texts().contains(column) ? "text" : "integer";
    String nullable = desk.isNullable(column) ? "?" : "";
    for (Desk.Way way : desk.references())
      if (way.column().equals(column))
        return "{type: %s%s, references: %s, on_delete: %s}"
            .formatted(type, nullable, way.to(), nullable.isEmpty() ? "cascade" : "set null");
    return type + nullable;
  }

  private static boolean hides(Desk desk) {
    return List.of("folders", "docs").contains(desk.name());
  }
}
