package dev.mainstay.core.testing;

import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.read.Faults;
import dev.mainstay.core.read.Section;
import dev.mainstay.core.read.Yaml;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/// Reads as whom requests are made: a role, a caller with a name, or a uid and claims.
final class CallerReader {
  private static final TestCaller ANON = key(Role.ANON);
  private static final TestCaller SERVICE = key(Role.SERVICE);

  private final Faults faults;
  private final Collection<String> roles;
  private final Map<String, TestCaller> named = new LinkedHashMap<>();
  private TestCaller usual = ANON;

  CallerReader(Faults faults, Collection<String> roles) {
    this.faults = faults;
    this.roles = roles;
  }

  /// Whoever makes the requests of a file that do not say.
  TestCaller usual() {
    return usual;
  }

  /// The uid of each caller with a name.
  Map<String, String> uids() {
    var uids = new LinkedHashMap<String, String>();
    named.forEach(
        (name, caller) -> {
          if (caller.uid() != null) uids.put(name, caller.uid());
        });
    return uids;
  }

  /// Reads `callers` and `as` of a file.
  void declare(Section file) {
    switch (file.value("callers")) {
      case null -> {
        // Roles, and callers that are told where they call.
      }
      case Yaml.Sequence sequence -> {
        for (Yaml item : sequence.items())
          if (item instanceof Yaml.Scalar name && !name.isNull()) declare(name, null);
          else faults.add(item.position(), "a caller must be a name, not " + item.kind());
      }
      case Yaml other -> {
        for (Yaml.Entry entry : Section.mapping(faults, other, "'callers'").entries())
          declare(entry.key(), entry.value());
      }
    }
    Yaml as = file.value("as");
    if (as != null) usual = read(as);
  }

  private void declare(Yaml.Scalar name, @Nullable Yaml yaml) {
    String text = name.text();
    if (!Kept.NAME.matcher(text).matches())
      faults.add(
          name.position(),
          "a caller may not be called '" + text + "'",
          "use letters, digits and '_', so that $name can stand for the uid");
    else if (roles.contains(text))
      faults.add(name.position(), "'" + text + "' is a role", "give the caller another name");
    else if (named.containsKey(text))
      faults.add(name.position(), "'" + text + "' stands here twice");
    else named.put(text, described(text, TestCaller.uidOf(text), yaml));
  }

  /// Reads a value of `as`.
  TestCaller read(Yaml yaml) {
    if (yaml instanceof Yaml.Mapping mapping) return described(null, null, mapping);
    if (yaml instanceof Yaml.Scalar scalar) return named(scalar.text(), scalar.position());
    faults.add(
        yaml.position(),
        "'as' must be a role, a caller of the file or a mapping with uid, role and claims, not "
            + yaml.kind());
    return usual;
  }

  /// A caller of the file, or somebody of a role of whom nothing else is known.
  TestCaller named(String name, Position position) {
    TestCaller caller = named.get(name);
    if (caller != null) return caller;
    if (name.equals(Role.ANON.name())) return ANON;
    if (name.equals(Role.SERVICE.name())) return SERVICE;
    if (roles.contains(name)) return ofRole(name);
    var known = new ArrayList<String>(named.keySet());
    known.addAll(roles);
    faults.unknown(position, "caller", name, known);
    return usual;
  }

  /// Everybody whom `seen_by` is about: nobody in particular, a stranger who has signed in, and the
  /// callers of the file.
  List<TestCaller> all() {
    var all = new ArrayList<TestCaller>();
    all.add(ANON);
    all.add(ofRole(Role.AUTHENTICATED.name()));
    all.addAll(named.values());
    return all;
  }

  private static TestCaller key(Role role) {
    return new TestCaller(role.name(), role.name(), null, null);
  }

  private static TestCaller ofRole(String role) {
    JsonNode none = JsonNodeFactory.instance.objectNode();
    return new TestCaller(role, role, TestCaller.uidOf(role), none);
  }

  /// @param name null for one that has none
  /// @param otherwise the uid when none is given
  private TestCaller described(
      @Nullable String name, @Nullable String otherwise, @Nullable Yaml yaml) {
    JsonNode none = JsonNodeFactory.instance.objectNode();
    String authenticated = Role.AUTHENTICATED.name();
    if (yaml == null) return new TestCaller(String.valueOf(name), authenticated, otherwise, none);
    Section section = Section.of(faults, yaml, "a caller", TestKeys.CALLER);
    String uid = section.text("uid");
    String role = section.text("role");
    if (role != null && !roles.contains(role))
      faults.unknown(section.position("role"), "role", role, roles);
    JsonNode claims = none;
    Yaml given = section.value("claims");
    if (given instanceof Yaml.Mapping) claims = new Jsons(faults).read(given);
    else if (given != null)
      faults.add(given.position(), "'claims' must be a mapping, not " + given.kind());
    JsonNode sub = claims.get("sub");
    if (uid == null && sub instanceof StringNode text) uid = text.stringValue();
    if (uid == null) uid = otherwise;
    String shown = uid == null ? role == null ? authenticated : role : uid;
    return new TestCaller(
        name == null ? shown : name, role == null ? authenticated : role, uid, claims);
  }
}
