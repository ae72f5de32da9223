package dev.mainstay.core.testing;

import dev.mainstay.core.model.Position;
import dev.mainstay.core.read.Faults;
import dev.mainstay.core.read.Section;
import dev.mainstay.core.read.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one request and what is expected of its answer.
///
/// A write answers no rows unless it is told to: one whose rows are looked at is told so.
final class StepReader {
  private static final List<String> OF_THE_BODY =
      List.of("sees", "sees_nothing", "includes", "excludes", "keep");

  private final Faults faults;
  private final Jsons jsons;

  /// What `$name` may stand for; what is kept joins them.
  private final Set<String> known;

  StepReader(Faults faults, Set<String> known) {
    this.faults = faults;
    this.jsons = new Jsons(faults);
    this.known = known;
  }

  /// The step, or null when it makes no request.
  @Nullable Step read(Section section, @Nullable String name, TestCaller caller) {
    Call call = call(section);
    List<Expected> expected = new ExpectedReader(faults, jsons, known).read(section);
    Map<String, String> keep = keep(section);
    if (call == null) return null;
    if (call.method().equals("HEAD"))
      for (String key : OF_THE_BODY)
        if (section.has(key) && !key.equals("sees_nothing"))
          faults.add(
              section.position(key),
              "an answer to HEAD has no body",
              "use count or response_headers");
    return new Step(name, position(section), caller, call, expected, keep);
  }

  private static Position position(Section section) {
    for (String method : TestKeys.METHODS) if (section.has(method)) return section.position(method);
    return section.position("name");
  }

  private @Nullable Call call(Section section) {
    List<String> methods = TestKeys.METHODS.stream().filter(section::has).toList();
    if (methods.isEmpty()) {
      if (TestKeys.METHODS.stream().allMatch(section::lacks))
        faults.add(
            section.position(""),
            "there is no request here",
            "say one of " + String.join(", ", TestKeys.METHODS) + " with a path");
      return null;
    }
    String method = methods.getFirst();
    for (String second : methods.subList(1, methods.size()))
      faults.add(
          section.position(second),
          "a second request beside '" + method + "'",
          "put it into a list under 'then'");
    Yaml.Scalar target = section.scalar(method);
    if (target == null) return null;
    checkTarget(target);
    Call.Body body = body(section, method);
    Map<String, @Nullable String> headers = headers(section);
    List<String> prefer = prefer(section);
    addImplied(section, method, target.text(), prefer);
    return new Call(method.toUpperCase(Locale.ROOT), target.text(), headers, prefer, body);
  }

  private void checkTarget(Yaml.Scalar target) {
    if (!target.text().startsWith("/"))
      faults.add(
          target.position(),
          "a path begins with '/'",
          "such as /rest/v1/lists?select=id; tests never call another server");
    checkNames(target.position(), target.text());
  }

  private Call.@Nullable Body body(Section section, String method) {
    Yaml yaml = section.value("body");
    if (yaml == null) return null;
    if (method.equals("get") || method.equals("head"))
      faults.add(section.position("body"), "a " + method + " has no body");
    checkNames(yaml);
    if (yaml instanceof Yaml.Scalar text) return new Call.Body.Text(text.text());
    return new Call.Body.Json(jsons.read(yaml));
  }

  private Map<String, @Nullable String> headers(Section section) {
    var headers = new LinkedHashMap<String, @Nullable String>();
    for (Yaml.Entry entry : section.entries("headers"))
      if (entry.value() instanceof Yaml.Scalar value) {
        checkNames(value.position(), value.text());
        headers.put(entry.key().text(), value.isNull() ? null : value.text());
      } else {
        faults.add(entry.value().position(), "a header must be text, not " + entry.value().kind());
      }
    return headers;
  }

  private List<String> prefer(Section section) {
    var prefer = new ArrayList<String>();
    switch (section.value("prefer")) {
      case null -> {
        // Nothing but what is implied.
      }
      case Yaml.Scalar one -> prefer.add(one.text());
      case Yaml.Sequence list -> {
        for (Yaml item : list.items())
          if (item instanceof Yaml.Scalar one) prefer.add(one.text());
          else faults.add(item.position(), "a preference must be text, not " + item.kind());
      }
      case Yaml.Mapping mapping ->
          faults.add(mapping.position(), "'prefer' must be text or a list of texts, not a mapping");
    }
    return prefer;
  }

  /// What must be asked for so that there is something to look at.
  private void addImplied(Section section, String method, String target, List<String> prefer) {
    boolean reads = method.equals("get") || method.equals("head");
    boolean calls = target.contains("/rpc/");
    List<String> looks = OF_THE_BODY.stream().filter(section::has).toList();
    if (!reads && !calls && !looks.isEmpty()) {
      if (prefer.stream().noneMatch(one -> one.contains("return=")))
        prefer.add("return=representation");
      else if (prefer.stream().noneMatch(one -> one.contains("return=representation")))
        faults.add(
            section.position("prefer"),
            "'" + looks.getFirst() + "' looks at rows that this asks not to see",
            "leave 'prefer' out, or say return=representation");
    }
    if (section.has("count") && prefer.stream().noneMatch(one -> one.contains("count=")))
      prefer.add("count=exact");
  }

  private Map<String, String> keep(Section section) {
    var keep = new LinkedHashMap<String, String>();
    for (Yaml.Entry entry : section.entries("keep")) {
      Yaml.Scalar name = entry.key();
      if (!Kept.NAME.matcher(name.text()).matches())
        faults.add(
            name.position(),
            "a value may not be kept as '" + name.text() + "'",
            "use letters, digits and '_'");
      else if (!(entry.value() instanceof Yaml.Scalar path) || path.text().isEmpty())
        faults.add(
            entry.value().position(),
            "say where in the answer '"
                + name.text()
                + "' is: a column, or 0.id for that of a row");
      else keep.put(name.text(), path.text());
    }
    known.addAll(keep.keySet());
    return keep;
  }

  private void checkNames(Yaml yaml) {
    checkNames(faults, known, yaml);
  }

  private void checkNames(Position position, String text) {
    checkNames(faults, known, position, text);
  }

  /// Notes names behind a `$` that stand for nothing.
  static void checkNames(Faults faults, Set<String> known, Yaml yaml) {
    switch (yaml) {
      case Yaml.Scalar scalar -> checkNames(faults, known, scalar.position(), scalar.text());
      case Yaml.Sequence sequence ->
          sequence.items().forEach(item -> checkNames(faults, known, item));
      case Yaml.Mapping mapping ->
          mapping.entries().forEach(entry -> checkNames(faults, known, entry.value()));
    }
  }

  private static void checkNames(Faults faults, Set<String> known, Position position, String text) {
    for (String name : Kept.names(text))
      if (!name.equals("$") && !known.contains(name))
        faults.unknown(position, "value", name, known.stream().sorted().toList());
  }
}
