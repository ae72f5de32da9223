package dev.mainstay.api.rest;

import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Body;
import dev.mainstay.core.query.Asked.Cell;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the body of a call by POST (`WIRE.md` §1.14): arguments by name, or the body as it is for
/// the function that takes it as its only argument.
final class CallBody {
  private static final byte[] NO_ARGUMENTS = "{}".getBytes(StandardCharsets.UTF_8);

  private CallBody() {}

  /// @param mediaType of the body, without parameters
  /// @param columns the names to take as arguments, or null for all in the body
  static Asked.Given read(
      byte[] body, String mediaType, @Nullable List<String> columns, ByteBudget.Lease lease) {
    return switch (mediaType) {
      case "application/json" -> json(body.length == 0 ? NO_ARGUMENTS : body, columns, lease);
      case "application/x-www-form-urlencoded" ->
          new Asked.Given(
              CallQuery.arguments(
                  QueryString.read(new String(body, StandardCharsets.ISO_8859_1)).parameters()),
              null);
      case "text/plain" -> whole(Body.Kind.TEXT, text(body));
      case "text/xml" -> whole(Body.Kind.XML, text(body));
      case "application/octet-stream" ->
          whole(Body.Kind.BYTES, "\\x" + HexFormat.of().formatHex(body));
      case "text/csv" ->
          throw new ProblemException(new Problem.Unsupported("bodies of " + mediaType));
      default ->
          throw new ProblemException(
              new Problem.UnreadableBody("Content-Type not acceptable: " + mediaType));
    };
  }

  /// Of an array the first object counts.
  private static Asked.Given json(
      byte[] body, @Nullable List<String> columns, ByteBudget.Lease lease) {
    BodyReader.Rows rows = BodyReader.read(body, columns, new Cell.Null(), lease);
    List<Asked.Argument> arguments = new ArrayList<>();
    if (!rows.rows().isEmpty())
      for (int i = 0; i < rows.columns().size(); i++)
        arguments.add(
            new Asked.Argument(rows.columns().get(i), List.of(rows.rows().getFirst().get(i))));
    Cell whole = new Cell.Json(new String(body, StandardCharsets.UTF_8));
    return new Asked.Given(arguments, new Body(Body.Kind.JSON, whole));
  }

  private static Asked.Given whole(Body.Kind kind, String text) {
    return new Asked.Given(List.of(), new Body(kind, new Cell.Text(text)));
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException _) {
      throw new ProblemException(
          new Problem.ValueOutOfRange("22021", "invalid byte sequence for encoding \"UTF8\""));
    }
  }
}
