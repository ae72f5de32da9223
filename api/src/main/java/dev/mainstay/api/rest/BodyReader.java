package dev.mainstay.api.rest;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked.Cell;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads the rows to write from a JSON body (`WIRE.md` §1.12): an object, or an array of objects
/// that share their keys. Values stay the text they came as; of a key given twice the last counts.
final class BodyReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String MALFORMED = "Empty or invalid json";
  private static final String UNEQUAL = "All object keys must match";

  /// More than any table has columns.
  static final int KEYS = 2_000;

  private final byte[] body;
  private final boolean escapes;
  private final JsonParser parser;
  private final Map<String, Integer> positions = new LinkedHashMap<>();
  private final boolean declared;
  private final Cell absent;
  private final RowMemory memory;
  private boolean begun;

  /// The rows of a body, each as long as `columns`.
  record Rows(List<String> columns, List<List<Cell>> rows) {}

  private BodyReader(
      byte[] body,
      @Nullable List<String> columns,
      Cell absent,
      ByteBudget.Lease lease,
      JsonParser parser) {
    this.body = body;
    this.memory = new RowMemory(lease);
    this.parser = parser;
    this.declared = columns != null;
    this.absent = absent;
    this.escapes = hasUnicodeEscape(body);
    if (columns != null) for (String column : columns) positions.put(column, positions.size());
  }

  /// @param columns the keys to read, others being ignored; null for all keys of the first object
  /// @param absent what a key of `columns` that an object leaves out stands for
  /// @param lease where the memory of the rows is counted
  static Rows read(
      byte[] body, @Nullable List<String> columns, Cell absent, ByteBudget.Lease lease) {
    // Without NUL bytes the parser cannot take it for UTF-16.
    if (hasNul(body) || !isUtf8(body)) throw unreadable(MALFORMED);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      return new BodyReader(body, columns, absent, lease, parser).rows();
    } catch (StreamConstraintsException _) {
      throw unreadable("JSON nested too deeply, or with too long a name or number");
    } catch (JacksonException _) {
      throw unreadable(MALFORMED);
    }
  }

  private Rows rows() {
    List<List<Cell>> rows = new ArrayList<>();
    switch (parser.nextToken()) {
      case null -> throw unreadable(MALFORMED);
      case START_OBJECT -> rows.add(row());
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (parser.currentToken() != JsonToken.START_OBJECT) {
            // The body has to be JSON before it can be the wrong JSON.
            skip();
            drain();
            throw unreadable(UNEQUAL);
          }
          rows.add(row());
        }
      }
      default -> {
        // Nothing that could be a row.
      }
    }
    if (parser.nextToken() != null) throw unreadable(MALFORMED);
    return new Rows(List.copyOf(positions.keySet()), rows);
  }

  private List<Cell> row() {
    Cell[] cells = new Cell[Math.max(positions.size(), 4)];
    boolean open = !declared && !begun;
    begun = true;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = checked(parser.currentName());
      parser.nextToken();
      Integer position = positions.get(key);
      if (position == null) {
        if (declared) {
          skip();
          continue;
        }
        if (!open) {
          skip();
          drain();
          throw unreadable(UNEQUAL);
        }
        position = positions.size();
        if (position == KEYS) throw unreadable("more than " + KEYS + " keys in an object");
        positions.put(key, position);
        if (position == cells.length) cells = Arrays.copyOf(cells, 2 * position);
      }
      cells[position] = cell();
    }
    for (int i = 0; i < positions.size(); i++)
      if (cells[i] == null) {
        if (!declared) {
          drain();
          throw unreadable(UNEQUAL);
        }
        cells[i] = absent;
      }
    memory.row(positions.size());
    return List.of(Arrays.copyOf(cells, positions.size()));
  }

  private Cell cell() {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> new Cell.Null();
      case VALUE_TRUE -> new Cell.Json("true");
      case VALUE_FALSE -> new Cell.Json("false");
      default -> {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        skip();
        int end = (int) parser.currentLocation().getByteOffset();
        memory.cell(end - start);
        String text = new String(body, start, end - start, StandardCharsets.UTF_8);
        yield new Cell.Json(text.stripTrailing());
      }
    };
  }

  /// Reads to the end of the value, all of its texts included.
  private void skip() {
    int depth = 0;
    do {
      switch (parser.currentToken()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case PROPERTY_NAME -> checked(parser.currentName());
        case VALUE_STRING -> {
          if (escapes) checked(parser.getString());
          else parser.finishToken();
        }
        // The parser has read a number to its end.
        default -> {}
      }
      if (depth > 0) parser.nextToken();
    } while (depth > 0);
  }

  private void drain() {
    while (parser.nextToken() != null) {
      // Only whether it is JSON matters.
    }
  }

  /// Refuses what no database text can hold.
  private static String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0)
        throw new ProblemException(
            new Problem.Database(
                "22P05",
                "unsupported Unicode escape sequence",
                "\\u0000 cannot be converted to text.",
                null));
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) throw unreadable(MALFORMED);
        i++;
      }
    }
    return text;
  }

  private static boolean hasUnicodeEscape(byte[] body) {
    for (int i = 1; i < body.length; i++) if (body[i] == 'u' && body[i - 1] == '\\') return true;
    return false;
  }

  private static boolean hasNul(byte[] body) {
    for (byte b : body) if (b == 0) return true;
    return false;
  }

  private static boolean isUtf8(byte[] body) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(body);
    CharBuffer chars = CharBuffer.allocate(8192);
    while (true) {
      var result = decoder.decode(bytes, chars, true);
      if (result.isError()) return false;
      if (result.isUnderflow()) return true;
      chars.clear();
    }
  }

  private static ProblemException unreadable(String message) {
    return new ProblemException(new Problem.UnreadableBody(message));
  }
}
