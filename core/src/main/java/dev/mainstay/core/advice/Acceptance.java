package dev.mainstay.core.advice;

import dev.mainstay.core.model.Position;
import dev.mainstay.core.problem.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody says to advice that is meant after all: `missing-index:albums.artist_id because
/// there are twelve`.
///
/// @param subject `*` for every one
/// @param reason why it is, or null
/// @param position where it is said
public record Acceptance(String code, String subject, @Nullable String reason, Position position) {
  private static final Pattern TEXT =
      Pattern.compile(
          "\\s*([^:]*?)\\s*(?::\\s*(.*?))?\\s*(?:\\bbecause\\b\\s*(.*?)\\s*)?", Pattern.DOTALL);

  /// Reads one. What does not read as one accepts nothing, and is told as such.
  public static Acceptance read(String text, Position position) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) return new Acceptance(text, "", null, position);
    String subject = matcher.group(2);
    return new Acceptance(
        matcher.group(1), subject == null ? "" : subject, matcher.group(3), position);
  }

  private boolean means(Advice advice) {
    return code.equals(advice.code().toString())
        && (subject.equals("*") || subject.equals(advice.subject()));
  }

  /// Advice, of which some is accepted.
  ///
  /// @param open what is not, and acceptances that accept nothing any more
  public record Judged(List<Advice> open, List<Accepted> accepted) {
    public Judged {
      open = List.copyOf(open);
      accepted = List.copyOf(accepted);
    }
  }

  public record Accepted(Advice advice, @Nullable String reason) {}

  /// @param isOfDatabase whether a database was asked, too
  public static Judged judge(
      List<Advice> advice, List<Acceptance> acceptances, boolean isOfDatabase) {
    List<Advice> open = new ArrayList<>();
    List<Accepted> accepted = new ArrayList<>();
    for (Advice one : advice) {
      Acceptance meant = null;
      for (Acceptance acceptance : acceptances)
        if (meant == null && acceptance.means(one)) meant = acceptance;
      if (meant == null) open.add(one);
      else accepted.add(new Accepted(one, meant.reason));
    }
    for (Acceptance acceptance : acceptances) {
      Code code = Code.of(acceptance.code);
      boolean isLater = code != null && code.isOfDatabase() && !isOfDatabase;
      if (!isLater && advice.stream().noneMatch(acceptance::means))
        open.add(acceptance.stale(code));
    }
    return new Judged(open, accepted);
  }

  private Advice stale(@Nullable Code known) {
    String near =
        known == null
            ? Nearest.to(code, Arrays.stream(Code.values()).map(Code::toString).toList())
            : null;
    return new Advice(
        Code.STALE_ACCEPTANCE,
        code + ":" + subject,
        position,
        known == null
            ? "'check.accept' names advice that there is not: '" + code + "'"
            : "'check.accept' accepts '" + code + ":" + subject + "', which is not said any more",
        near == null ? "take it out" : "did you mean '" + near + "'?",
        null);
  }
}
