package dev.mainstay.testkit.conformance;

import static dev.mainstay.testkit.Ask.asc;
import static dev.mainstay.testkit.Ask.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.Model;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.policy.Guard;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Match;
import dev.mainstay.core.query.Value;
import dev.mainstay.testkit.Ask;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.Catalogs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A filter has two readers, the engine and [Match]: both let the same rows through, and both leave
/// the same rows out of the filter and of its negation.
///
/// Each filter is the read policy of a role of its own.
abstract class MatchSuite extends Suite {
  private static final long SEED = 20260107;
  private static final int FILTERS = 600;
  private static final Pattern ID = Pattern.compile("[0-9]+");

  private final Map<String, Filter> filters = new LinkedHashMap<>();
  private Backend backend;
  private Specimens specimens;
  private Map<String, Object> claims;

  @BeforeAll
  void open() {
    Random random = new Random(SEED);
    List<String> roles = new ArrayList<>();
    for (int i = 0; i < FILTERS; i++) {
      roles.add("is" + i);
      roles.add("not" + i);
    }
    Model model = Catalogs.of(Specimens.yaml(roles)).model();
    specimens = Specimens.of(model, random);
    claims = RandomFilters.claims(random);
    var generator = new RandomFilters(specimens, random);
    for (int i = 0; i < FILTERS; i++) {
      Filter filter = generator.filter(3);
      filters.put("is" + i, filter);
      filters.put("not" + i, new Filter.Not(filter));
    }
    Map<String, Guard> guards = new LinkedHashMap<>();
    filters.forEach(
        (role, filter) ->
            guards.put(
                role, new Guard(filter, Filter.FALSE, Filter.FALSE, Filter.FALSE, Filter.FALSE)));
    Rules rules = new Rules(Map.of(Specimens.NAME, guards), Map.of(), Map.of());
    backend = Backend.open(engine(), new Catalog(model, rules));
    seed();
  }

  @AfterAll
  void close() {
    backend.close();
  }

  private void seed() {
    List<List<Asked.Cell>> rows = specimens.rows().stream().map(specimens::cells).toList();
    Asked.Insert insert = new Asked.Insert(Specimens.NAME, specimens.columns(), rows, null, null);
    backend.write(backend.planner().insert(insert, Callers.INSIDE));
  }

  @Test
  void theEngineAndMatchLetTheSameRowsThrough() {
    int decided = 0;
    int through = 0;
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, Filter> entry : filters.entrySet()) {
      Caller.Outside caller = Callers.outside(entry.getKey(), claims);
      List<Long> found = found(caller);
      Match match = new Match(caller.claims()::at, List.of(), null);
      for (Map<String, Value> row : specimens.rows()) {
        Match.Answer answer = match.of(entry.getValue(), row);
        if (answer == Match.Answer.ASK) continue;
        decided++;
        long id = row.get("id") instanceof Value.Whole(long number) ? number : -1;
        boolean expected = answer == Match.Answer.TRUE;
        if (expected) through++;
        if (found.contains(id) != expected)
          differences.add(
              entry.getKey() + " " + entry.getValue() + " answers " + answer + ": " + row);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(decided).isGreaterThan(FILTERS * specimens.rows().size());
    assertThat(through).isGreaterThan(decided / 10);
  }

  private List<Long> found(Caller caller) {
    Ask ask = of("id").order(asc("id"));
    String json = backend.read(caller, ask.from("specimens"));
    return ID.matcher(json).results().map(id -> Long.parseLong(id.group())).toList();
  }
}
