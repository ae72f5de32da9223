package dev.mainstay.api.rest;

import dev.mainstay.api.http.Headers;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Response.Body;
import dev.mainstay.api.http.Response.Header;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Function.Amount;
import dev.mainstay.core.model.Function.Result;
import dev.mainstay.core.plan.Select;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the response to a call (`WIRE.md` §1.14): an array of a set, one value or object of a
/// single result, nothing of a function that returns nothing; or a single value without JSON around
/// it.
///
/// @param raw the media type of a value without JSON, or null
/// @param profile the schema to name in `Content-Profile`, or null
record CallAnswer(
    Function function,
    Format format,
    @Nullable String raw,
    @Nullable String profile,
    Preferences preferences) {
  private static final List<String> RAW =
      List.of("text/plain", "text/xml", "application/octet-stream");

  private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

  /// @param plans whether callers may ask for the engine's plan
  /// @throws ProblemException [Problem.NotAcceptable] when no form asked for can be made
  static CallAnswer of(
      Function function,
      Headers headers,
      @Nullable String profile,
      Preferences preferences,
      boolean plans) {
    boolean isOneValue =
        function.result() instanceof Result.Scalar(ColumnType _, Amount amount)
            && amount == Amount.ONE;
    List<MediaRange> ranges = MediaRange.ranked(headers.all("accept"));
    String first = ranges.isEmpty() ? "" : ranges.getFirst().type();
    if (isOneValue && RAW.contains(first))
      return new CallAnswer(function, Format.json(), first, profile, preferences);
    return new CallAnswer(function, Format.accepted(headers, plans), null, profile, preferences);
  }

  /// How the result gets its form; null when nothing is answered.
  @Nullable Rendering rendering(@Nullable Select select, ByteBudget.Lease lease) {
    if (select == null) return null;
    ZoneId zone = preferences.timezone();
    return isOfValues() && !isOneOfASet()
        ? Rendering.ofValues(resultFormat(), select, zone, lease)
        : Rendering.of(resultFormat(), select, zone, lease);
  }

  /// A single result stands alone, whether or not that was asked for.
  private Format resultFormat() {
    return !function.returnsSet() && format instanceof Format.Array(boolean stripped)
        ? new Format.Single(stripped)
        : format;
  }

  private boolean isOfValues() {
    return function.result() instanceof Result.Scalar;
  }

  /// The one object that a set has to be then, if of values, has a member for the value.
  private boolean isOneOfASet() {
    return function.returnsSet() && format instanceof Format.Single;
  }

  /// @param page which of the rows these are
  Response answer(Rows rows, @Nullable Rendering rendering, Page page) {
    List<Header> headers = new ArrayList<>();
    int count = function.returnsSet() ? rows.rows().size() : 1;
    Long total = function.returnsSet() ? rows.total() : single();
    if (format instanceof Format.Single) Answer.requireOne(count);
    headers.add(new Header("Content-Range", Answer.range(page.offset(), count, total)));
    String applied = preferences.applied(Preferences.Honoured.CALL);
    if (applied != null) headers.add(new Header("Preference-Applied", applied));
    if (function.result() instanceof Result.Nothing)
      return new Response(204, headers, new Body.Empty(), 0);
    headers.add(new Header("Content-Type", raw == null ? format.contentType() : rawType(raw)));
    if (profile != null) headers.add(new Header("Content-Profile", profile));
    headers.add(Answer.VARY);
    if (total != null && page.offset() > total)
      return new Response(416, headers, new Body.Bytes(Answer.outside(page.offset(), total)), 0);
    int status = total != null && count < total ? 206 : 200;
    return new Response(
        status, headers, body(rows.rows(), Objects.requireNonNull(rendering)), count);
  }

  Response explained(byte[] explanation) {
    return new Answer(function.name().name(), profile, format, preferences).explained(explanation);
  }

  private @Nullable Long single() {
    return preferences.count() == null ? null : (Long) 1L;
  }

  private Body body(List<byte[]> answered, Rendering rendering) {
    List<byte[]> result = answered.isEmpty() && !function.returnsSet() ? List.of(NULL) : answered;
    if (isOfValues() && isOneOfASet())
      result = result.stream().map(value -> wrapped(value, rendering.shape())).toList();
    Body body = rendering.body(result);
    return raw != null && body instanceof Body.Bytes(byte[] json)
        ? new Body.Bytes(unwrapped(new String(json, StandardCharsets.UTF_8)))
        : body;
  }

  private static byte[] wrapped(byte[] value, RowShape shape) {
    StringBuilder row = new StringBuilder("{");
    JsonText.quote(row, shape.members().getFirst().key());
    row.append(':').append(new String(value, StandardCharsets.UTF_8)).append('}');
    return row.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String rawType(String type) {
    return type.startsWith("text/") ? type + "; charset=utf-8" : type;
  }

  /// A text or bytes as they are, any other value as JSON has it; nothing for null.
  private byte[] unwrapped(String json) {
    if (json.equals("null")) return new byte[0];
    if (!json.startsWith("\"")) return json.getBytes(StandardCharsets.UTF_8);
    String text = JsonText.parse(json).stringValue();
    boolean isBytes =
        function.result() instanceof Result.Scalar(ColumnType type, Amount _)
            && type instanceof ColumnType.Bytea;
    return isBytes
        ? HexFormat.of().parseHex(text.substring("\\x".length()))
        : text.getBytes(StandardCharsets.UTF_8);
  }
}
