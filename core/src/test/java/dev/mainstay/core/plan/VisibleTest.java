package dev.mainstay.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.Policy.Action;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.read.ModelReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VisibleTest {
  private static final String MODEL =
      """
      roles: [stranger]
      tables:
        people:
          columns:
            id: {type: integer, identity: always, primary_key: true}
            name: text
            pay: {type: integer?, hidden_from: [anon]}
            rank: {type: integer, default: 0, read_only_for: [anon]}
            boss: {type: integer?, references: people, as: chief, inverse: team}
          policies:
            read: {"anon, authenticated": 'true'}
            update: {anon: row.rank == 0}
            insert: {anon: 'false'}
        notes:
          columns:
            id: {type: integer, primary_key: true}
            author: {type: integer, references: people, as: writer, inverse: wrote}
            reader: {type: integer?, references: people, as: audience, inverse: reads}
          policies:
            insert: {anon: 'true'}
            delete: {anon: 'true'}
        tags:
          columns:
            id: {type: integer, primary_key: true}
          policies:
            read: {"anon, authenticated": 'true'}
        tagged:
          columns:
            person: {type: integer, references: people}
            tag: {type: integer, references: tags}
          primary_key: [person, tag]
          policies:
            read: {authenticated: 'true'}
        shop.things:
          columns:
            id: {type: integer, primary_key: true}
          policies:
            read: true
      views:
        names:
          columns: {name: text}
          sql: select name from people
          policies:
            read: {anon: 'true'}
      """;

  private static String seen(String schema, Caller caller) {
    var compiled = RuleCompiler.compile(ModelReader.read("backend.yaml", MODEL).orThrow());
    var catalog = new Catalog(ModelReader.read("backend.yaml", MODEL).orThrow(), compiled.rules());
    var planner =
        new Planner(
            catalog, new Limits(null, false), InstantSource.system(), new SplittableRandom(1));
    List<String> lines = new ArrayList<>();
    for (Visible.Table table : planner.visible(schema, caller).tables()) lines.add(shown(table));
    return String.join("\n", lines);
  }

  /// `name actions: columns / embeds`; a column that may be given a value has a `+`.
  private static String shown(Visible.Table table) {
    StringBuilder actions = new StringBuilder();
    for (Action action : Action.values())
      if (table.may(action)) actions.append(action.name().charAt(0));
    List<String> columns = new ArrayList<>();
    for (Visible.Column column : table.columns()) {
      Visible.Target target = column.refersTo();
      columns.add(
          column.name()
              + (column.writable() ? "+" : "")
              + (target == null ? "" : ">" + target.table()));
    }
    List<String> embeds = new ArrayList<>();
    for (Visible.Embed embed : table.embeds())
      embeds.add(embed.hint() == null ? embed.name() : embed.name() + "!" + embed.hint());
    return "%s %s: %s / %s"
        .formatted(table.name(), actions, String.join(" ", columns), String.join(" ", embeds));
  }

  @Test
  void isWhatSomePolicyLetsTheRoleDo() {
    assertThat(seen("public", new Caller.Outside("anon", Claims.NONE)))
        .isEqualTo(
            """
            people RU: id name+ rank boss+>people / boss people notes!author notes!reader
            notes I: id+ author+>people reader+>people / people!author people!reader
            tags R: id+ /\s
            names R: name /\s""");
  }

  @Test
  void leavesOutWhatLeadsToWhereThereIsNoPolicy() {
    assertThat(seen("public", new Caller.Outside("authenticated", Claims.NONE)))
        .isEqualTo(
            """
            people R: id name+ pay+ rank+ boss+>people / boss people tagged tags
            tags R: id+ / tagged people
            tagged R: person+>people tag+>tags / people tags""");
  }

  @Test
  void isNothingToARoleThatNoPolicySpeaksFor() {
    assertThat(seen("public", new Caller.Outside("stranger", Claims.NONE))).isEmpty();
  }

  @Test
  void isEverythingToTheService() {
    assertThat(seen("public", new Caller.Outside("service_role", Claims.NONE)))
        .isEqualTo(
            """
            people RIUD: id name+ pay+ rank+ boss+>people / boss people notes!author notes!reader tagged tags
            notes RIUD: id+ author+>people reader+>people / people!author people!reader
            tags RIUD: id+ / tagged people
            tagged RIUD: person+>people tag+>tags / people tags
            names R: name /\s""");
  }

  @Test
  void isOfOneSchemaAndNeverOfTheProgramsOwn() {
    assertThat(seen("shop", new Caller.Outside("stranger", Claims.NONE)))
        .isEqualTo("things R: id+ / ");
    assertThat(seen("mainstay", new Caller.Outside("service_role", Claims.NONE))).isEmpty();
  }
}
