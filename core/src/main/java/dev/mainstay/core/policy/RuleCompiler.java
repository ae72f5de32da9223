package dev.mainstay.core.policy;

import dev.cel.common.ast.CelExpr;
import dev.mainstay.core.model.Cel;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Index;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Policy;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.query.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles every CEL expression of a model: policies, checks and the conditions of partial
/// indexes.
///
/// The library only parses; what names and types mean is settled here, against the model. The
/// language is written down in `docs/policies.md`.
public final class RuleCompiler {
  private static final Map<String, String> NO_NEW =
      Map.of("new", "write 'row': there is no new row when rows are read or deleted");
  private static final Map<String, String> NO_ROW =
      Map.of("row", "write 'new': there is no old row when rows are inserted");
  private static final Map<String, String> ONE_ROW =
      Map.of(
          "auth", "what depends on the caller belongs into a policy",
          "new", "write 'row'");

  private final Model model;
  private final Ways ways;
  private final List<String> roles;
  private final Set<Fault> faults = new LinkedHashSet<>();

  /// @param rules what was compiled; an expression that was refused lets nothing through
  /// @param faults what was refused, without quotes
  public record Compiled(Rules rules, List<Fault> faults) {
    public Compiled {
      faults = List.copyOf(faults);
    }
  }

  private RuleCompiler(Model model) {
    this.model = model;
    this.ways = new Ways(model);
    this.roles = model.roles().stream().map(Role::name).toList();
  }

  public static Compiled compile(Model model) {
    var compiler = new RuleCompiler(model);
    Map<TableName, Map<String, Guard>> guards = new HashMap<>();
    Map<TableName, List<Rules.Check>> checks = new HashMap<>();
    Map<TableName, Map<String, Filter>> conditions = new HashMap<>();
    for (Table table : model.tables()) {
      if (!table.policies().isEmpty()) guards.put(table.name(), compiler.guards(table));
      if (!table.checks().isEmpty()) checks.put(table.name(), compiler.checks(table));
      conditions.put(table.name(), compiler.indexConditions(table));
    }
    Rules rules = new Rules(guards, checks, conditions, model.guarding());
    return new Compiled(rules, List.copyOf(compiler.faults));
  }

  private Map<String, Guard> guards(Table table) {
    List<Parsed> parsed = new ArrayList<>();
    for (Policy policy : table.policies()) {
      Syntax syntax = parse(policy.condition());
      if (syntax != null) parsed.add(new Parsed(policy, syntax));
    }
    Map<String, Guard> guards = new LinkedHashMap<>();
    for (Role role : model.roles())
      if (!role.bypassesPolicies()) guards.put(role.name(), guard(table, parsed, role.name()));
    return guards;
  }

  private record Parsed(Policy policy, Syntax syntax) {}

  private Guard guard(Table table, List<Parsed> policies, String role) {
    List<Filter> read = new ArrayList<>();
    List<Filter> insert = new ArrayList<>();
    List<Filter> updateOld = new ArrayList<>();
    List<Filter> updateNew = new ArrayList<>();
    List<Filter> delete = new ArrayList<>();
    for (Parsed parsed : policies) {
      Policy policy = parsed.policy();
      if (!policy.speaksFor(role)) continue;
      Compiling compiling = new Compiling(table, policy.condition(), parsed.syntax(), role);
      switch (policy.action()) {
        case READ -> read.add(compiling.about("row", NO_NEW));
        case INSERT -> insert.add(compiling.about("new", NO_ROW));
        case DELETE -> delete.add(compiling.about("row", NO_NEW));
        case UPDATE -> {
          UpdateHalves halves = UpdateHalves.of(parsed.syntax().root());
          halves.mixed().forEach(compiling::mixed);
          Filter before = compiling.all(halves.old(), "row");
          updateOld.add(before);
          updateNew.add(halves.onlyOld() ? before : compiling.all(halves.fresh(), "new"));
        }
      }
    }
    return new Guard(
        Fold.or(read), Fold.or(insert), Fold.or(updateOld), Fold.or(updateNew), Fold.or(delete));
  }

  private List<Rules.Check> checks(Table table) {
    List<Rules.Check> checks = new ArrayList<>();
    for (Table.Check check : table.checks())
      checks.add(new Rules.Check(check.name(), ofOneRow(table, check.condition())));
    return checks;
  }

  private Map<String, Filter> indexConditions(Table table) {
    Map<String, Filter> conditions = new LinkedHashMap<>();
    for (Index index : table.indexes())
      if (index.where() != null) conditions.put(index.name(), ofOneRow(table, index.where()));
    return conditions;
  }

  private Filter ofOneRow(Table table, Cel cel) {
    Syntax syntax = parse(cel);
    if (syntax == null) return Filter.FALSE;
    return run(
        cel, syntax, new Setting(table, List.of("row"), ONE_ROW, null, List.of()), syntax.root());
  }

  private @Nullable Syntax parse(Cel cel) {
    try {
      return Syntax.of(cel.text());
    } catch (Refused refused) {
      fault(cel, refused);
      return null;
    }
  }

  private Filter run(Cel cel, Syntax syntax, Setting setting, CelExpr part) {
    var compilation = new Compilation(syntax, setting, ways);
    Filter filter = compilation.of(part);
    for (Refused refused : compilation.refusals()) fault(cel, refused);
    return filter;
  }

  private void fault(Cel cel, Refused refused) {
    faults.add(new Fault(cel.at(refused.offset), refused.reason, refused.hint, null));
  }

  /// One policy for one role.
  private final class Compiling {
    private final Table table;
    private final Cel cel;
    private final Syntax syntax;
    private final String role;

    Compiling(Table table, Cel cel, Syntax syntax, String role) {
      this.table = table;
      this.cel = cel;
      this.syntax = syntax;
      this.role = role;
    }

    Filter about(String name, Map<String, String> refusals) {
      return run(
          cel, syntax, new Setting(table, List.of(name), refusals, role, roles), syntax.root());
    }

    /// The conditions of an update about one of its two rows.
    Filter all(List<CelExpr> parts, String name) {
      List<Filter> filters = new ArrayList<>();
      for (CelExpr part : parts)
        filters.add(
            run(cel, syntax, new Setting(table, List.of(name), Map.of(), role, roles), part));
      return Fold.and(filters);
    }

    void mixed(CelExpr part) {
      fault(
          cel,
          new Refused(
              syntax.start(part),
              "a condition speaks of 'row' or of 'new', not of both",
              "join two conditions with &&; to keep a column as it is, read_only_for"));
    }
  }
}
