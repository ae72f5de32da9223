package dev.mainstay.core.migration;

import dev.mainstay.core.migration.SqlMigration.Moment;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.read.Faults;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the first comment lines of a migration say of when it runs: `-- mainstay: before, alone`.
final class Directives {
  private static final Pattern LINE = Pattern.compile("--\\s*mainstay\\s*:(.*)", Pattern.DOTALL);
  private static final Pattern VERSION =
      Pattern.compile("(before|after) version ([1-9][0-9]{0,17})");
  private static final String ALONE = "alone";
  private static final String ON_NEW = "also on a new database";
  private static final List<String> KNOWN =
      List.of("before", "after", "before version 7", "after version 7", ALONE, ON_NEW);

  private final Faults faults;
  private @Nullable Moment moment;
  private boolean alone;
  private boolean alsoOnNew;

  Directives(Faults faults) {
    this.faults = faults;
  }

  /// Whether a comment is meant as a directive.
  static boolean isOne(String comment) {
    return LINE.matcher(comment).matches();
  }

  Moment moment() {
    return moment == null ? new Moment.After(null) : moment;
  }

  boolean alone() {
    return alone;
  }

  boolean alsoOnNew() {
    return alsoOnNew;
  }

  /// Reads a comment ahead of the first statement; of most there is nothing to say.
  ///
  /// @param at where it begins
  void read(String comment, Position at) {
    Matcher said = LINE.matcher(comment);
    if (!said.matches()) return;
    int from = said.start(1);
    for (String part : said.group(1).split(",", -1)) {
      int blank = part.length() - part.stripLeading().length();
      int column = at.column() + comment.codePointCount(0, from + blank);
      Position position = new Position(at.file(), at.line(), column);
      directive(part.strip().replaceAll("\\s+", " "), position);
      from += part.length() + 1;
    }
  }

  private void directive(String words, Position position) {
    Matcher version = VERSION.matcher(words);
    if (version.matches()) {
      long number = Long.parseLong(version.group(2));
      boolean isBefore = version.group(1).equals("before");
      moment(isBefore ? new Moment.Before(number) : new Moment.After(number), position);
      return;
    }
    switch (words) {
      case "before" -> moment(new Moment.Before(null), position);
      case "after" -> moment(new Moment.After(null), position);
      case ALONE -> alone = true;
      case ON_NEW -> alsoOnNew = true;
      default -> faults.unknown(position, "directive", words, KNOWN);
    }
  }

  private void moment(Moment said, Position position) {
    if (moment != null) faults.add(position, "it says twice when it runs", "one of them is enough");
    moment = said;
  }
}
