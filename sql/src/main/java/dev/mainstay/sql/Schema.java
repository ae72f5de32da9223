package dev.mainstay.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// What a database holds of tables and what belongs to them, in its own words. The program's own
/// ledger is not among it.
///
/// @param things in the order of their names
public record Schema(List<Thing> things) {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Comparator<Thing> BY_NAME =
      Comparator.comparing(Thing::kind).thenComparing(Thing::of).thenComparing(Thing::name);

  public Schema {
    things = List.copyOf(things);
  }

  /// @param kind `table`, `view`, `index`, …, in the engine's words
  /// @param of the table it belongs to, or its own name when it belongs to none
  /// @param definition what it is, in the engine's words
  public record Thing(String kind, String of, String name, String definition) {
    /// As people call it: `index albums_title_idx`, `column albums.title`.
    public String title() {
      return kind + " " + (of.equals(name) || kind.equals("index") ? name : of + "." + name);
    }
  }

  /// The thing of that kind and name, or null.
  public @Nullable Thing thing(String kind, String name) {
    for (Thing thing : things) if (thing.kind.equals(kind) && thing.name.equals(name)) return thing;
    return null;
  }

  /// The thing of that kind and name that belongs to a table, or null.
  public @Nullable Thing thing(String kind, String of, String name) {
    for (Thing thing : things)
      if (thing.kind.equals(kind) && thing.of.equals(of) && thing.name.equals(name)) return thing;
    return null;
  }

  /// The things of that kind that belong to a table.
  public List<Thing> things(String kind, String of) {
    return things.stream().filter(t -> t.kind.equals(kind) && t.of.equals(of)).toList();
  }

  /// What has changed from `left` to this, in the order of names.
  public List<Drift> since(Schema left) {
    Map<List<String>, Thing> before = byName(left);
    Map<List<String>, Thing> now = byName(this);
    List<Drift> drift = new ArrayList<>();
    before.forEach(
        (name, thing) -> {
          Thing other = now.get(name);
          if (other == null) drift.add(new Drift.Gone(thing));
          else if (!other.definition.equals(thing.definition))
            drift.add(new Drift.Other(thing, other));
        });
    now.forEach(
        (name, thing) -> {
          if (!before.containsKey(name)) drift.add(new Drift.Strange(thing));
        });
    return drift;
  }

  /// This, with what was changed between two looks at the database.
  public Schema with(Schema before, Schema now) {
    Map<List<String>, Thing> all = byName(this);
    for (Drift drift : now.since(before))
      switch (drift) {
        case Drift.Gone(Thing was) -> all.remove(key(was));
        case Drift.Other(var _, Thing is) -> all.put(key(is), is);
        case Drift.Strange(Thing is) -> all.put(key(is), is);
      }
    return new Schema(all.values().stream().sorted(BY_NAME).toList());
  }

  private static List<String> key(Thing thing) {
    return List.of(thing.kind, thing.of, thing.name);
  }

  private static Map<List<String>, Thing> byName(Schema schema) {
    Map<List<String>, Thing> things = new LinkedHashMap<>();
    for (Thing thing : schema.things) things.put(key(thing), thing);
    return things;
  }

  /// As text, to be kept.
  public String text() {
    ArrayNode all = JSON.createArrayNode();
    for (Thing thing : things)
      all.addArray().add(thing.kind).add(thing.of).add(thing.name).add(thing.definition);
    return all.toString();
  }

  /// Reads what [#text] wrote.
  public static Schema read(String text) {
    List<Thing> things = new ArrayList<>();
    for (JsonNode thing : JSON.readTree(text))
      things.add(
          new Thing(
              thing.get(0).stringValue(),
              thing.get(1).stringValue(),
              thing.get(2).stringValue(),
              thing.get(3).stringValue()));
    return new Schema(things);
  }
}
