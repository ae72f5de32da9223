package dev.mainstay.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request over HTTP and everything that must come of it.
///
/// A file of them reads as it says:
///
/// ```
/// === a title
/// > alice POST /playlists?select=id
/// > Prefer: return=representation
/// > {"name":"loud"}
/// < 201
/// < Content-Range: */*
/// < [{"id":3}]
/// ! insert playlists 3
/// ```
///
/// A line that begins with `{`, `[` or nothing else that could be a header belongs to the body; an
/// answer without a body line must have no body. Several lines are a body of several lines.
///
/// @param caller by the name the runner knows
/// @param target path and query
/// @param answerHeaders those that must be there; an empty value: it must not be there
/// @param effects what must have been written, `action table key` each, in the order of tables and
///   keys
public record Scenario(
    String title,
    String caller,
    String method,
    String target,
    Map<String, String> headers,
    String body,
    int status,
    Map<String, String> answerHeaders,
    String answer,
    List<String> effects) {
  public Scenario {
    effects = List.copyOf(effects);
  }

  @Override
  public String toString() {
    return title;
  }

  public boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /// The scenarios of a file among the resources beside `of`.
  public static List<Scenario> read(Class<?> of, String resource) {
    String text;
    try (InputStream in = of.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalArgumentException("no resource " + resource);
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Scenario> scenarios = new ArrayList<>();
    Draft draft = null;
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) continue;
      if (line.startsWith("=== ")) {
        if (draft != null) scenarios.add(draft.scenario());
        draft = new Draft(line.substring(4));
      } else if (draft == null || line.length() < 2)
        throw new IllegalArgumentException(resource + ": " + line);
      else draft.add(line.charAt(0), line.substring(2));
    }
    if (draft != null) scenarios.add(draft.scenario());
    return scenarios;
  }

  private static final class Draft {
    private final String title;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> answerHeaders = new LinkedHashMap<>();
    private final StringBuilder body = new StringBuilder();
    private final StringBuilder answer = new StringBuilder();
    private final List<String> effects = new ArrayList<>();
    private String @Nullable [] request;
    private int status;

    Draft(String title) {
      this.title = title;
    }

    void add(char kind, String text) {
      switch (kind) {
        case '>' -> {
          if (request == null) request = text.split(" ", 3);
          else if (!header(text, headers)) line(body, text);
        }
        case '<' -> {
          if (status == 0) status = Integer.parseInt(text);
          else if (!header(text, answerHeaders)) line(answer, text);
        }
        case '!' -> effects.add(text);
        default -> throw new IllegalArgumentException(title + ": " + kind + " " + text);
      }
    }

    private static void line(StringBuilder body, String text) {
      if (!body.isEmpty()) body.append('\n');
      body.append(text);
    }

    private static boolean header(String text, Map<String, String> headers) {
      int colon = text.indexOf(':');
      if (colon < 1 || !text.substring(0, colon).matches("[A-Za-z-]+")) return false;
      headers.put(text.substring(0, colon), text.substring(colon + 1).strip());
      return true;
    }

    Scenario scenario() {
      if (request == null || request.length < 3 || status == 0)
        throw new IllegalArgumentException("incomplete: " + title);
      return new Scenario(
          title,
          request[0],
          request[1],
          request[2],
          headers,
          body.toString(),
          status,
          answerHeaders,
          answer.toString(),
          effects);
    }
  }
}
