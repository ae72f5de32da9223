package dev.mainstay.core.read;

import dev.mainstay.core.model.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one YAML 1.2 document into a [Yaml] tree. Its size, depth and aliases are bounded; what
/// cannot be read is a fault, never an exception.
///
/// Tags, keys that are not text, and a second document are refused: they mean nothing in our files.
public final class YamlReader {
  /// In characters; a model of 400 tables is a fifth of it.
  public static final int LONGEST_FILE = 1_000_000;

  private static final int DEEPEST = 64;

  /// Values in the tree, those behind an alias counted at each of its places, and long text for
  /// several.
  private static final int MOST_VALUES = 400_000;

  private static final int LONG_TEXT = 100;

  private final Source source;
  private final Faults faults;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private Iterator<Event> events = List.<Event>of().iterator();
  private int values;

  private record Anchored(Yaml yaml, int values) {}

  /// Ends the reading; the fault has been noted.
  private static final class Unreadable extends RuntimeException {
    Unreadable() {
      super(null, null, false, false);
    }
  }

  private YamlReader(Source source, Faults faults) {
    this.source = source;
    this.faults = faults;
  }

  /// The document, an empty mapping for an empty file, or null when it cannot be read.
  public static @Nullable Yaml read(Source source, Faults faults) {
    try {
      return new YamlReader(source, faults).document();
    } catch (Unreadable _) {
      return null;
    }
  }

  private Yaml document() {
    Position start = source.position(1, 1);
    if (source.text().length() > LONGEST_FILE)
      throw unreadable(start, "the file is longer than " + LONGEST_FILE + " characters", null);
    YamlCharacters.check(source, faults);
    if (!faults.isEmpty()) throw new Unreadable();
    try {
      var settings = LoadSettings.builder().setLabel(source.file()).build();
      events = new Parse(settings).parseString(source.text()).iterator();
      events.next();
      Event first = events.next();
      if (!(first instanceof DocumentStartEvent)) return new Yaml.Mapping(start, List.of());
      Yaml root = value(events.next(), 0);
      events.next();
      if (events.next() instanceof DocumentStartEvent second)
        throw unreadable(
            position(second.getStartMark()),
            "a second document",
            "a file holds one document; remove the '---'");
      return root instanceof Yaml.Scalar scalar && scalar.isNull()
          ? new Yaml.Mapping(start, List.of())
          : root;
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      throw unreadable(
          position(mark), "this is not YAML: " + e.getProblem(), YamlCharacters.hint(e));
    } catch (YamlEngineException e) {
      throw unreadable(start, "this is not YAML: " + e.getMessage(), null);
    }
  }

  private Yaml value(Event event, int depth) {
    Position position = position(event.getStartMark());
    if (depth > DEEPEST) throw unreadable(position, "nested deeper than " + DEEPEST, null);
    int before = values;
    count(
        1 + (event instanceof ScalarEvent text ? text.getValue().length() / LONG_TEXT : 0),
        position);
    Yaml yaml =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar, position);
          case AliasEvent alias -> aliased(alias, position);
          case SequenceStartEvent sequence -> {
            refuseTag(sequence.getTag(), position);
            yield sequence(position, depth);
          }
          case MappingStartEvent mapping -> {
            refuseTag(mapping.getTag(), position);
            yield mapping(position, depth);
          }
          default -> throw new IllegalStateException("unexpected " + event);
        };
    if (event instanceof NodeEvent node
        && !(event instanceof AliasEvent)
        && node.getAnchor().isPresent())
      anchors.put(node.getAnchor().get(), new Anchored(yaml, values - before));
    return yaml;
  }

  private Yaml.Scalar scalar(ScalarEvent event, Position position) {
    refuseTag(event.getTag(), position);
    // `!row.done` was meant as text: go on as if it had been quoted
    String value = event.getValue();
    String text = event.getTag().map(tag -> (tag + " " + value).strip()).orElse(value);
    if (text.indexOf('\0') >= 0)
      faults.add(position, "the character NUL cannot be stored", "remove the '\\0'");
    int at = event.getStartMark().map(Mark::getIndex).orElse(0);
    if (event.getAnchor().isEmpty()) return new Yaml.Scalar(position, text, event.isPlain(), at);
    return behindAnchor(position, text, event.isPlain(), at);
  }

  /// The parser has an anchored value begin at its `&`; we have it begin behind the anchor.
  private Yaml.Scalar behindAnchor(Position anchor, String text, boolean plain, int from) {
    int at = from;
    int line = anchor.line();
    int column = anchor.column();
    for (boolean name = true; at < source.length(); at++) {
      boolean space = Character.isWhitespace(source.point(at));
      if (!name && !space) break;
      name = name && !space;
      boolean ends = source.endsLine(at);
      line = ends ? line + 1 : line;
      column = ends ? 1 : column + 1;
    }
    return new Yaml.Scalar(source.position(line, column), text, plain, at);
  }

  private Yaml aliased(AliasEvent event, Position position) {
    Anchor anchor = event.getAlias();
    Anchored anchored = anchors.get(anchor);
    if (anchored == null)
      throw unreadable(
          position,
          "unknown anchor '" + anchor.getValue() + "'",
          Faults.suggestion(
              anchor.getValue(),
              anchors.keySet().stream().map(Anchor::getValue).sorted().toList()));
    count(anchored.values(), position);
    return anchored.yaml();
  }

  private Yaml.Sequence sequence(Position position, int depth) {
    var items = new ArrayList<Yaml>();
    for (Event next = events.next(); next instanceof NodeEvent; next = events.next())
      items.add(value(next, depth + 1));
    return new Yaml.Sequence(position, items);
  }

  private Yaml.Mapping mapping(Position position, int depth) {
    var entries = new ArrayList<Yaml.Entry>();
    var lines = new HashMap<String, Integer>();
    for (Event next = events.next(); next instanceof NodeEvent; next = events.next()) {
      Yaml key = value(next, depth + 1);
      Yaml value = value(events.next(), depth + 1);
      if (!(key instanceof Yaml.Scalar name)) {
        faults.add(key.position(), "a key must be text, not " + key.kind());
        continue;
      }
      if (mend(entries, name, value)) continue;
      Integer earlier = lines.putIfAbsent(name.text(), name.position().line());
      if (earlier == null) entries.add(new Yaml.Entry(name, value));
      else
        faults.add(
            name.position(),
            "duplicate key '" + name.text() + "'",
            "it stands on line " + earlier + " already");
    }
    return new Yaml.Mapping(position, entries);
  }

  /// Within braces a comma ends a value: `{type: decimal(10,2)}` has a key `2)`. Joins the two
  /// parts again, so that this is told once and clearly; whether it did.
  private boolean mend(List<Yaml.Entry> entries, Yaml.Scalar rest, Yaml empty) {
    boolean lost =
        empty instanceof Yaml.Scalar none && none.plain() && none.text().isEmpty() && rest.plain();
    if (!lost || entries.isEmpty()) return false;
    Yaml.Entry last = entries.getLast();
    if (!(last.value() instanceof Yaml.Scalar begun) || !begun.plain()) return false;
    if (!isOpen(begun.text())) return false;
    String whole = begun.text() + ", " + rest.text();
    if (!isOpen(whole))
      faults.add(
          begun.position(),
          "within braces a comma ends a value",
          "put quotes around it: \"" + whole + "\"");
    var joined = new Yaml.Scalar(begun.position(), whole, true, begun.at());
    entries.set(entries.size() - 1, new Yaml.Entry(last.key(), joined));
    return true;
  }

  /// Whether a bracket is opened and not closed.
  private static boolean isOpen(String text) {
    int open = 0;
    for (int i = 0; i < text.length(); i++)
      open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
    return open > 0;
  }

  private void count(int more, Position position) {
    values += more;
    if (values > MOST_VALUES)
      throw unreadable(position, "more than " + MOST_VALUES + " values", "use fewer aliases");
  }

  private void refuseTag(Optional<String> tag, Position position) {
    if (tag.isPresent())
      faults.add(
          position, "a tag means nothing here", "put quotes around a value that begins with '!'");
  }

  private Position position(Optional<Mark> mark) {
    return mark.map(m -> source.position(m.getLine() + 1, m.getColumn() + 1))
        .orElse(source.position(1, 1));
  }

  private Unreadable unreadable(Position position, String message, @Nullable String hint) {
    faults.add(position, message, hint);
    return new Unreadable();
  }
}
