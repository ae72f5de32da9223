package dev.mainstay.app;

import dev.mainstay.core.migration.SqlMigration;
import dev.mainstay.core.migration.SqlMigration.Moment;
import dev.mainstay.core.model.Change;
import dev.mainstay.sql.Agenda;
import dev.mainstay.sql.Drift;
import dev.mainstay.sql.Migration;
import dev.mainstay.sql.RanMigration;
import dev.mainstay.sql.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A migration for people, in parts that are left out when there is nothing to say.
final class MigrationText {
  private MigrationText() {}

  /// What was done.
  static String of(Migration migration) {
    return text(migration, "");
  }

  /// What would be done, as far as it is known before migrations have run that come first.
  static String ahead(Migration migration) {
    Agenda agenda = migration.agenda();
    if (!agenda.comesFirst()) return of(migration);
    List<String> files =
        Stream.concat(agenda.ahead().stream(), agenda.before().stream())
            .map(SqlMigration::file)
            .toList();
    return text(
        migration,
        """
        What follows is planned from the database as it is now, and is planned again behind
        %s: what that sees to is then neither lost, nor in the way, nor to be done.

        """
            .formatted(String.join(" and ", files)));
  }

  private static String text(Migration migration, String note) {
    StringBuilder text = new StringBuilder();
    Agenda agenda = migration.agenda();
    boolean isDone =
        migration.changes().isEmpty()
            && migration.drift().isEmpty()
            && migration.steps().isEmpty()
            && agenda.due().isEmpty();
    if (isDone) text.append("The database is what the model says.\n\n");
    part(text, "Migrations", migrations(agenda));
    part(text, "Migrations that wait", agenda.later().stream().map(MigrationText::later).toList());
    part(
        text,
        "Migrations that ran and are gone from the folder",
        agenda.gone().stream().map(ran -> ran.title() + ", on " + ran.day()).toList());
    text.append(note);
    part(text, "Changes", migration.changes().stream().map(Change::sentence).toList());
    part(
        text,
        "Changed in the database by others",
        migration.drift().stream().map(Drift::sentence).toList());
    part(text, "Would be lost", migration.losses());
    part(
        text,
        "In the way",
        Stream.concat(agenda.obstacles().stream(), migration.obstacles().stream()).toList());
    part(text, "Steps", migration.steps().stream().map(MigrationText::step).toList());
    return text.toString().stripTrailing();
  }

  /// What a way back does not undo; nothing when there is nothing.
  static String staying(List<RanMigration> ran) {
    if (ran.isEmpty()) return "";
    StringBuilder text = new StringBuilder("\n\n");
    part(
        text,
        "Not undone, for migrations have no way back",
        ran.stream().map(one -> one.title() + ", which ran on " + one.day()).toList());
    return text.toString().stripTrailing();
  }

  // ── migrations ──

  private static List<String> migrations(Agenda agenda) {
    List<String> lines = new ArrayList<>();
    for (SqlMigration one : agenda.ahead())
      lines.add(migration(one, "before the model's change, " + byItself(one)));
    for (SqlMigration one : agenda.before())
      lines.add(migration(one, "before the model's change, in its transaction"));
    for (SqlMigration one : agenda.after())
      lines.add(migration(one, "after the model's change, in its transaction"));
    for (SqlMigration one : agenda.behind())
      lines.add(migration(one, "after the model's change, " + byItself(one)));
    return lines;
  }

  private static String byItself(SqlMigration migration) {
    return migration.alone() ? "outside of any transaction" : "in a transaction of its own";
  }

  private static String migration(SqlMigration migration, String when) {
    int count = migration.statements().size();
    String first = migration.statements().getFirst().text().lines().findFirst().orElse("").strip();
    return "%s, %s: %d statement%s\n  %s"
        .formatted(migration.file(), when, count, count == 1 ? "" : "s", first);
  }

  private static String later(SqlMigration migration) {
    String side = migration.moment() instanceof Moment.Before ? "before" : "after";
    return "%s runs %s version %d of the model"
        .formatted(migration.file(), side, migration.moment().version());
  }

  private static String step(Step step) {
    String when =
        switch (step.moment()) {
          case TOGETHER -> "";
          case BEFORE, AFTER -> ", outside of the transaction";
        };
    return step.statement() + ";\n-- " + step.cost() + when;
  }

  private static void part(StringBuilder text, String title, List<String> lines) {
    if (lines.isEmpty()) return;
    text.append(title).append(":\n");
    for (String line : lines) text.append("  ").append(line.replace("\n", "\n  ")).append('\n');
    text.append('\n');
  }
}
