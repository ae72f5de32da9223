package dev.mainstay.core.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Something that an answer is to be. Where neither a status nor a refusal is expected, success is.
public sealed interface Expected {
  record Status(int status) implements Expected {}

  /// An error, with these members.
  ///
  /// @param members some of `code`, `message`, `details` and `hint`
  record Refused(Map<String, String> members) implements Expected {
    public Refused {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /// This body and nothing else.
  record Sees(JsonNode body) implements Expected {}

  record SeesNothing() implements Expected {}

  /// A row at least.
  record SeesSomething() implements Expected {}

  /// No row, or a refusal for want of rights.
  record IsKeptOut() implements Expected {}

  /// Among what is seen is something with all that each of these has.
  record Includes(JsonNode patterns) implements Expected {}

  /// Nothing that is seen has all that one of these has.
  record Excludes(JsonNode patterns) implements Expected {}

  /// So many rows, by `Content-Range`.
  record Count(long rows) implements Expected {}

  /// @param headers null for one that must not be there
  record Headers(Map<String, @Nullable String> headers) implements Expected {
    public Headers {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
  }
}
