package dev.mainstay.sql;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.migration.SqlMigration.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an apply has to do with the migrations beside a model, each list in their order.
///
/// As many as can be are part of the one transaction that changes the model. One that runs alone
/// divides them: those that are to come before it cannot wait for the transaction, nor those behind
/// it be part of it.
///
/// @param ahead those that run ahead of the transaction, each by itself
/// @param before those that begin the transaction
/// @param after those that end it
/// @param behind those that follow it, each by itself
/// @param later those that wait for another version of the model
/// @param gone those that ran and have no file any more
/// @param obstacles what is wrong with them in this database, in sentences
public record Agenda(
    List<SqlMigration> ahead,
    List<SqlMigration> before,
    List<SqlMigration> after,
    List<SqlMigration> behind,
    List<SqlMigration> later,
    List<RanMigration> gone,
    List<String> obstacles) {
  private static final Comparator<RanMigration> BY_NUMBER =
      Comparator.comparingLong(RanMigration::number);

  /// That of an apply for which migrations are not looked at.
  public static final Agenda NOTHING =
      new Agenda(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public Agenda {
    ahead = List.copyOf(ahead);
    before = List.copyOf(before);
    after = List.copyOf(after);
    behind = List.copyOf(behind);
    later = List.copyOf(later);
    gone = List.copyOf(gone);
    obstacles = List.copyOf(obstacles);
  }

  /// Those that this apply runs, in the order in which it does.
  public List<SqlMigration> due() {
    return Stream.of(ahead, before, after, behind).flatMap(List::stream).toList();
  }

  /// Whether some run before the model's change, so that it is planned again after them.
  public boolean comesFirst() {
    return !ahead.isEmpty() || !before.isEmpty();
  }

  static Agenda of(Migrator.Goal goal, Installation database) {
    Applied last = database.applied();
    if (goal.migrations() == null || last == null) return NOTHING;
    long to = Migrator.version(last, goal);
    return of(goal.migrations(), database.migrations(), last.version(), to);
  }

  /// Those that a database needs which is made of the model.
  static List<SqlMigration> onNew(Migrator.Goal goal) {
    if (goal.migrations() == null) return List.of();
    return goal.migrations().stream().filter(SqlMigration::alsoOnNew).toList();
  }

  /// @param files in the order of their numbers
  /// @param ran those that the database is done with
  /// @param from the version of the model that the database has
  /// @param to the one that it will have; the same when the model is
  static Agenda of(List<SqlMigration> files, List<RanMigration> ran, long from, long to) {
    Map<Long, RanMigration> known = new HashMap<>();
    for (RanMigration one : ran) known.put(one.number(), one);
    List<SqlMigration> before = new ArrayList<>();
    List<SqlMigration> after = new ArrayList<>();
    List<SqlMigration> later = new ArrayList<>();
    List<String> obstacles = new ArrayList<>();
    for (SqlMigration file : files) {
      RanMigration done = known.remove(file.number());
      if (done != null) {
        String changed = changed(file, done);
        if (changed != null) obstacles.add(changed);
        continue;
      }
      switch (file.moment()) {
        case Moment.Before(Long version) when version != null && version <= from ->
            obstacles.add(
                ("migration %s is to run before version %d of the model, and the database has version"
                        + " %d: it comes too late; let it say 'before' if it is still needed")
                    .formatted(file.file(), version, from));
        case Moment moment when moment.version() != null && moment.version() > to ->
            later.add(file);
        case Moment.Before _ -> before.add(file);
        case Moment.After _ -> after.add(file);
      }
    }
    int ahead = before.size();
    while (ahead > 0 && !before.get(ahead - 1).alone()) ahead--;
    int behind = 0;
    while (behind < after.size() && !after.get(behind).alone()) behind++;
    return new Agenda(
        before.subList(0, ahead),
        before.subList(ahead, before.size()),
        after.subList(0, behind),
        after.subList(behind, after.size()),
        later,
        known.values().stream().filter(RanMigration::hasRun).sorted(BY_NUMBER).toList(),
        obstacles);
  }

  private static @Nullable String changed(SqlMigration file, RanMigration done) {
    if (!done.name().equals(file.name()))
      return "migration %s has the number of %s, which %s: give it another number"
          .formatted(file.file(), done.title(), past(done));
    // What never ran here may still be written.
    if (!done.hasRun() || done.checksum().equals(Installer.checksum(file.source().text())))
      return null;
    return ("migration %s is not what it was when it ran, on %s: bring it back as it was, and write what"
            + " is yet to be done into a file of its own")
        .formatted(file.file(), done.day());
  }

  private static String past(RanMigration done) {
    return done.hasRun() ? "ran on " + done.day() : "this database did not need";
  }
}
