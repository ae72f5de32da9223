package dev.mainstay.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// Says whether an answer is what a step expects, and keeps what is wanted of it.
public final class Verdict {
  /// The rest is counted.
  private static final int MOST_LINES = 12;

  private final Step step;
  private final Answered answer;
  private final Kept kept;
  private final List<String> lines = new ArrayList<>();

  private Verdict(Step step, Answered answer, Kept kept) {
    this.step = step;
    this.answer = answer;
    this.kept = kept;
  }

  /// What is not as expected, a line each; empty when all is.
  public static List<String> on(Step step, Answered answer, Kept kept) {
    var verdict = new Verdict(step, answer, kept);
    verdict.judge();
    List<String> lines = verdict.lines;
    int more = lines.size() - MOST_LINES;
    if (more <= 1) return lines;
    var most = new ArrayList<>(lines.subList(0, MOST_LINES));
    most.add("… and " + more + " more");
    return most;
  }

  private void judge() {
    checkStatus();
    // What an answer of another kind holds is no news.
    if (!lines.isEmpty()) return;
    for (Expected expected : step.expected()) check(expected);
    if (lines.isEmpty()) step.keep().forEach(this::keep);
  }

  private void checkStatus() {
    int status = answer.status();
    boolean isSettled = false;
    for (Expected expected : step.expected())
      switch (expected) {
        case Expected.Status(int wanted) -> {
          isSettled = true;
          if (status != wanted) lines.add("expected status " + wanted + ", seen " + answer.shown());
        }
        case Expected.Refused refused -> {
          isSettled = true;
          if (status < 400 || status >= 500) notRefused(refused);
        }
        case Expected.IsKeptOut _ -> {
          isSettled = true;
          if (!answer.isGood() && !Objects.equals(answer.member("code"), "42501"))
            lines.add("expected no row or a refusal with 42501, seen " + answer.shown());
        }
        case Expected.Sees _,
            Expected.SeesNothing _,
            Expected.SeesSomething _,
            Expected.Includes _,
            Expected.Excludes _,
            Expected.Count _,
            Expected.Headers _ -> {
          // They say nothing of it.
        }
      }
    if (!isSettled && !answer.isGood()) lines.add("expected success, seen " + answer.shown());
  }

  private void notRefused(Expected.Refused refused) {
    String what = String.join(" ", refused.members().values());
    lines.add("expected a refusal, " + what + "; seen " + answer.shown());
    if (answer.isGood() && !answer.text().isEmpty()) lines.add("the answer: " + answer.excerpt());
  }

  private void check(Expected expected) {
    switch (expected) {
      case Expected.Status _ -> {
        // Looked at before.
      }
      case Expected.Refused(Map<String, String> members) -> checkRefusal(members);
      case Expected.Sees(JsonNode wanted) ->
          lines.addAll(
              Comparison.of(
                  kept.json(wanted),
                  Objects.requireNonNullElse(answer.body(), NullNode.instance),
                  Orders.in(step.call().target())));
      case Expected.SeesNothing _ -> checkNothing("expected to see nothing");
      case Expected.SeesSomething _ -> {
        if (answer.isOfNothing()) lines.add("expected to see something, seen no row");
      }
      case Expected.IsKeptOut _ -> {
        if (answer.isGood()) checkNothing("expected to see nothing");
      }
      case Expected.Includes(JsonNode wanted) -> checkIncluded(wanted);
      case Expected.Excludes(JsonNode unwanted) -> checkExcluded(unwanted);
      case Expected.Count(long rows) -> checkCount(rows);
      case Expected.Headers(Map<String, @Nullable String> headers) ->
          headers.forEach(this::checkHeader);
    }
  }

  private void checkRefusal(Map<String, String> members) {
    members.forEach(
        (name, wanted) -> {
          String seen = answer.member(name);
          if (!wanted.equals(seen))
            lines.add(
                "expected %s %s, seen %s".formatted(name, wanted, seen == null ? "none" : seen));
        });
    if (!lines.isEmpty()) lines.add("the answer: " + answer.shown());
  }

  private void checkNothing(String expectation) {
    if (answer.isOfNothing()) return;
    JsonNode body = answer.body();
    String what = body != null && body.isArray() ? Comparison.rows(body.size()) + ": " : "";
    String seen =
        body == null ? "Content-Range " + answer.header("Content-Range") : answer.excerpt();
    lines.add(expectation + ", seen " + what + seen);
  }

  private void checkIncluded(JsonNode wanted) {
    JsonNode body = Objects.requireNonNullElse(answer.body(), NullNode.instance);
    for (Likeness pattern : Likeness.of(kept.json(wanted)))
      if (pattern.found(body) == null) lines.add(pattern.complaint(body));
  }

  private void checkExcluded(JsonNode unwanted) {
    JsonNode body = Objects.requireNonNullElse(answer.body(), NullNode.instance);
    for (Likeness pattern : Likeness.of(kept.json(unwanted))) {
      String found = pattern.found(body);
      if (found != null)
        lines.add("expected nothing like " + Shown.of(pattern.json()) + ", seen " + found);
    }
  }

  private void checkCount(long wanted) {
    Long total = answer.total();
    if (total == null)
      lines.add("expected a count of " + wanted + ", but the answer counts nothing");
    else if (total != wanted)
      lines.add("expected " + Comparison.rows(wanted) + ", counted " + total);
  }

  private void checkHeader(String name, @Nullable String wanted) {
    String seen = answer.header(name);
    if (wanted == null) {
      if (seen != null) lines.add(name + ": expected none, seen " + seen);
      return;
    }
    String value = kept.text(wanted);
    if (!value.equals(seen))
      lines.add("%s: expected %s, seen %s".formatted(name, value, seen == null ? "none" : seen));
  }

  /// Keeps the value at a path such as `id`, `0.id` or `.`; of an only row the index may be left
  /// out.
  private void keep(String name, String path) {
    JsonNode at = answer.body();
    if (at == null) {
      lines.add("keep " + name + ": the answer has no body");
      return;
    }
    if (path.equals(".")) {
      kept.put(name, at);
      return;
    }
    boolean isIndexed = Character.isDigit(path.charAt(0));
    if (at.isArray() && !isIndexed) {
      if (at.size() != 1) {
        String rows = Comparison.rows(at.size());
        lines.add("keep " + name + ": the answer has " + rows + "; say which, as 0." + path);
        return;
      }
      at = at.get(0);
    }
    for (String key : path.split("\\.", -1)) {
      boolean isIndex = at.isArray() && key.matches("\\d{1,9}");
      JsonNode next = isIndex ? at.get(Integer.parseInt(key)) : at.get(key);
      if (next == null) {
        lines.add("keep " + name + ": the answer has nothing at " + path);
        return;
      }
      at = next;
    }
    kept.put(name, at);
  }
}
