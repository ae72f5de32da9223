package dev.mainstay.app;

import dev.mainstay.core.model.Change;
import dev.mainstay.sql.Drift;
import dev.mainstay.sql.Migration;
import dev.mainstay.sql.Step;
import java.util.List;

/// A migration for people, in parts that are left out when there is nothing to say.
final class MigrationText {
  private MigrationText() {}

  static String of(Migration migration) {
    if (migration.changes().isEmpty() && migration.drift().isEmpty() && migration.steps().isEmpty())
      return "The database is what the model says.";
    StringBuilder text = new StringBuilder();
    part(text, "Changes", migration.changes().stream().map(Change::sentence).toList());
    part(
        text,
        "Changed in the database by others",
        migration.drift().stream().map(Drift::sentence).toList());
    part(text, "Would be lost", migration.losses());
    part(text, "In the way", migration.obstacles());
    part(text, "Steps", migration.steps().stream().map(MigrationText::step).toList());
    return text.toString().stripTrailing();
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
