package dev.mainstay.core.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.Table;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `backend.yaml` into a [Model], with everything that is wrong with it. The language is
/// written down in `docs/model.md` and in the JSON Schema `dev/mainstay/backend.schema.json`.
public final class ModelReader {
  /// Tables and views; each is looked through for each of the others.
  private static final int MOST_TABLES = 1000;

  private final Scope scope;

  /// What the database has, for a file that leaves it to that; null while it is not known.
  private final @Nullable Model existing;

  private Reading.From from = Reading.From.FILE;

  private ModelReader(Scope scope, @Nullable Model existing) {
    this.scope = scope;
    this.existing = existing;
  }

  /// Reads an application's model. Of one whose tables and functions are those of a database, only
  /// the roles: what the file says of the others is left unread.
  ///
  /// @param file how the faults call it
  public static Reading read(String file, String text) {
    return read(file, text, false, null);
  }

  /// Lays what such a file says over what the database has.
  public static Reading readOver(Model existing, String file, String text) {
    return read(file, text, false, existing);
  }

  /// Reads a part of the program's own model, which may use the schemas kept for it.
  public static Reading readSystem(String file, String text) {
    return read(file, text, true, null);
  }

  /// The part of the program's own model that stands in `system.yaml` beside a class.
  public static Model system(Class<?> of) {
    try (InputStream in = of.getResourceAsStream("system.yaml")) {
      if (in == null) throw new IllegalStateException("no system.yaml beside " + of);
      return readSystem(of.getName(), new String(in.readAllBytes(), UTF_8)).orThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Reading read(String file, String text, boolean system, @Nullable Model existing) {
    var source = new Source(file, text);
    var faults = new Faults(source);
    var scope = new Scope(source, faults, system);
    Yaml yaml = YamlReader.read(source, faults);
    var reader = new ModelReader(scope, existing);
    Model model = yaml == null ? new Model(List.of(), List.of(), builtIn()) : reader.model(yaml);
    return new Reading(source, model, reader.from, faults.sorted());
  }

  private static List<Role> builtIn() {
    return List.of(Role.ANON, Role.AUTHENTICATED, Role.SERVICE);
  }

  private Model model(Yaml yaml) {
    Section file = Section.of(scope, yaml, "a model", Keys.FILE);
    for (Role role : builtIn()) scope.roles.put(role.name(), role);
    for (Name name : file.names("roles")) role(name);
    from = from(file);
    if (from == Reading.From.DATABASE) return over(file);
    for (Yaml.Entry entry : file.entries("enums")) enumerated(entry);
    var drafts = new ArrayList<Draft>();
    var tables = new TableReader(scope);
    for (Yaml.Entry entry : file.entries("tables")) add(drafts, entry, tables.table(entry));
    for (Yaml.Entry entry : file.entries("views")) add(drafts, entry, tables.view(entry));
    List<Table> resolved = new Resolver(scope, drafts).tables();
    return new Model(
        resolved,
        List.copyOf(scope.enums.values()),
        List.copyOf(scope.roles.values()),
        new FunctionReader(scope, resolved).functions(file.entries("functions")),
        new Renames(scope, drafts).renames());
  }

  private Reading.From from(Section file) {
    Name from = file.name("from");
    if (from == null) {
      if (file.has("policies"))
        scope.faults.add(
            file.position("policies"),
            "'policies' says nothing without 'from: database'",
            "policies stand at the tables");
      return Reading.From.FILE;
    }
    if (!from.text().equals("database"))
      scope.faults.unknown(from.position(), "source", from.text(), List.of("database"));
    return Reading.From.DATABASE;
  }

  private Model over(Section file) {
    for (String key : List.of("enums", "views"))
      if (file.has(key))
        scope.faults.add(
            file.position(key),
            "with 'from: database', the " + key + " are those of the database",
            key.equals("views") ? "say of a view under 'tables' who may see it" : null);
    Guarding guarding = guarding(file);
    List<Role> roles = List.copyOf(scope.roles.values());
    if (existing == null)
      return new Model(List.of(), List.of(), roles, List.of(), List.of(), guarding);
    for (ColumnType.Enumerated type : existing.enums()) scope.enums.put(type.name(), type);
    var overlay = new OverlayReader(scope, existing.guardedBy(guarding));
    return new Model(
        overlay.tables(file.entries("tables")),
        existing.enums(),
        roles,
        overlay.functions(file.entries("functions")),
        List.of(),
        guarding);
  }

  private Guarding guarding(Section file) {
    Name name = file.name("policies");
    if (name == null || name.text().equals("database")) return Guarding.DATABASE;
    if (!name.text().equals("declared"))
      scope.faults.unknown(
          name.position(), "kind of policies", name.text(), List.of("database", "declared"));
    return Guarding.DECLARED;
  }

  private void add(List<Draft> drafts, Yaml.Entry entry, @Nullable Draft draft) {
    if (draft == null) {
      scope.broken.add(entry.key().text());
      return;
    }
    if (drafts.size() == MOST_TABLES) {
      scope.faults.add(
          scope.source.position(1, 1), "more than " + MOST_TABLES + " tables and views", null);
      return;
    }
    for (Draft other : drafts) {
      if (!other.name.schema().equalsIgnoreCase(draft.name.schema())
          || !other.name.name().equalsIgnoreCase(draft.name.name())) continue;
      boolean same = other.name.equals(draft.name);
      scope.faults.add(
          draft.position,
          same
              ? "'" + draft.title() + "' is declared twice"
              : "'" + draft.title() + "' and '" + other.title() + "' differ only by case",
          same
              ? "it stands on line " + other.position.line() + " already"
              : "SQLite holds them for one name");
      if (same) return;
    }
    if (draft.name.schema().equals("public") && scope.enums.containsKey(draft.name.name()))
      scope.faults.add(
          draft.position,
          "'" + draft.title() + "' is the name of an enum already",
          "PostgreSQL makes a type of each table, under its name");
    drafts.add(draft);
  }

  private void role(Name name) {
    if (!scope.mayBeCalled("role", name.text(), name.position())) return;
    Role role = scope.roles.get(name.text());
    boolean kept =
        List.of(PolicyReader.EVERYONE, "public", "none", "system").contains(name.text())
            || name.text().startsWith("pg_");
    if (role != null)
      scope.faults.add(name.position(), "role '" + name + "' is always there", "remove it");
    else if (kept || name.text().contains(","))
      scope.faults.add(name.position(), "a role may not be called '" + name + "'");
    else scope.roles.put(name.text(), new Role(name.text(), false));
  }

  private void enumerated(Yaml.Entry entry) {
    Name name = Name.of(entry.key());
    int before = scope.faults.size();
    scope.mayBeCalled("enum", name.text(), name.position());
    if (TypeReader.PLAIN.containsKey(name.text())
        || name.text().equals("varchar")
        || name.text().equals("decimal"))
      scope.faults.add(name.position(), "'" + name + "' is a type already", "choose another name");
    var labels = new LinkedHashSet<String>();
    if (!(entry.value() instanceof Yaml.Sequence sequence) || sequence.items().isEmpty())
      scope.faults.add(
          entry.value().position(),
          "enum '" + name + "' must list its labels",
          "write " + name + ": [one, two]");
    else
      for (Name label : Section.names(scope, sequence, "enum '" + name + "'"))
        if (scope.mayBeCalled("label", label.text(), label.position())) labels.add(label.text());
    if (scope.faults.size() == before)
      scope.enums.put(name.text(), new ColumnType.Enumerated(name.text(), List.copyOf(labels)));
    else scope.broken.add(name.text());
  }
}
