package dev.mainstay.app;

import dev.mainstay.core.model.Cel;
import dev.mainstay.core.model.Column;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Policy;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.RuleCompiler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A backend with one right of its model taken away, or given too widely, at a time. The tables
/// stay as they are.
final class Mutations {
  private final Backend backend;
  private final Map<String, Backend> mutants = new LinkedHashMap<>();

  private Mutations(Backend backend) {
    this.backend = backend;
  }

  /// By what was changed.
  static Map<String, Backend> of(Backend backend) {
    var mutations = new Mutations(backend);
    for (Table table : backend.own().tables()) {
      for (int i = 0; i < table.policies().size(); i++) mutations.policy(table, i);
      mutations.closed(table);
      for (int i = 0; i < table.columns().size(); i++) mutations.column(table, i);
    }
    for (Function function : backend.own().functions()) mutations.function(function);
    return mutations.mutants;
  }

  private void policy(Table table, int index) {
    Policy policy = table.policies().get(index);
    String name = table.name() + ": " + policy.action() + " by " + policy.roles();
    String text = policy.condition().text();
    var without = new ArrayList<>(table.policies());
    without.remove(index);
    add(name + " is not allowed", table, without);
    if (!text.equals("true")) {
      with(name + " is allowed for every row", table, index, policy.roles(), "true");
      with(name + " is allowed to everybody", table, index, List.of(), "true");
    }
    String[] alternatives = text.split(Pattern.quote(" || "), -1);
    for (int i = 0; alternatives.length > 1 && i < alternatives.length; i++) {
      var rest = new ArrayList<>(Arrays.asList(alternatives));
      String left = rest.remove(i);
      with(
          name + " is not allowed for " + left,
          table,
          index,
          policy.roles(),
          String.join(" || ", rest));
    }
  }

  /// What no policy speaks of is opened.
  private void closed(Table table) {
    for (Policy.Action action : Policy.Action.values()) {
      if (table.policies().stream().anyMatch(policy -> policy.action() == action)) continue;
      var more = new ArrayList<>(table.policies());
      more.add(new Policy(action, List.of(), new Cel("true", table.position())));
      add(table.name() + ": " + action + " is allowed to everybody", table, more);
    }
  }

  private void with(String name, Table table, int index, List<String> roles, String condition) {
    Policy policy = table.policies().get(index);
    var changed = new ArrayList<>(table.policies());
    changed.set(
        index,
        new Policy(policy.action(), roles, new Cel(condition, policy.condition().position())));
    add(name, table, changed);
  }

  private void column(Table table, int index) {
    Column column = table.columns().get(index);
    String name = table.name() + "." + column.name();
    if (!column.hiddenFrom().isEmpty())
      add(name + " is hidden from nobody", table, index, List.of(), column.readOnlyFor());
    if (!column.readOnlyFor().isEmpty())
      add(name + " is read-only for nobody", table, index, column.hiddenFrom(), List.of());
  }

  private void function(Function function) {
    for (String role : List.of("anon", "authenticated")) {
      var callers = new ArrayList<>(function.callers());
      boolean might = callers.remove(role);
      if (!might) callers.add(role);
      add(function.name() + " is " + (might ? "not " : "") + "for " + role, function, callers);
    }
  }

  private void add(String name, Table table, List<Policy> policies) {
    add(name, table, table.columns(), policies);
  }

  private void add(
      String name, Table table, int index, List<String> hiddenFrom, List<String> readOnlyFor) {
    Column column = table.columns().get(index);
    var columns = new ArrayList<>(table.columns());
    columns.set(
        index,
        new Column(
            column.name(),
            column.type(),
            column.nullable(),
            column.fill(),
            hiddenFrom,
            readOnlyFor,
            column.comment()));
    add(name, table, columns, table.policies());
  }

  private void add(String name, Table table, List<Column> columns, List<Policy> policies) {
    var changed =
        new Table(
            table.name(),
            table.origin(),
            columns,
            table.primaryKey(),
            table.uniques(),
            table.foreignKeys(),
            table.checks(),
            table.indexes(),
            table.searches(),
            policies,
            table.seeds(),
            table.comment(),
            table.position());
    add(name, backend.whole().withTables(replaced(table.name(), changed)));
  }

  private List<Table> replaced(TableName name, Table changed) {
    return backend.whole().tables().stream()
        .map(table -> table.name().equals(name) ? changed : table)
        .toList();
  }

  private void add(String name, Function function, List<String> callers) {
    var changed =
        new Function(
            function.name(),
            function.arguments(),
            function.result(),
            function.body(),
            function.writes(),
            callers,
            function.comment(),
            function.position());
    Model whole = backend.whole();
    List<Function> functions =
        whole.functions().stream().map(one -> one.equals(function) ? changed : one).toList();
    add(name, new Model(whole.tables(), whole.enums(), whole.roles(), functions, whole.renames()));
  }

  private void add(String name, Model whole) {
    RuleCompiler.Compiled compiled = RuleCompiler.compile(whole);
    if (!compiled.faults().isEmpty()) throw new AssertionError(name + ": " + compiled.faults());
    mutants.put(
        name,
        new Backend(
            backend.own(),
            whole,
            compiled.rules(),
            backend.source(),
            backend.from(),
            backend.isShaped()));
  }
}
