package dev.mainstay.core.migration;

import dev.mainstay.core.migration.SqlMigration.Statement;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.problem.Nearest;
import dev.mainstay.core.read.Faults;
import dev.mainstay.core.read.Source;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the migrations that lie beside a model, or tells everything that is wrong with them.
///
/// One number is one migration. It may have a file for every engine (`0007_backfill.sql`), files of
/// their own for some (`0007_backfill.postgres.sql`), or both: then the own one counts.
public final class MigrationReader {
  private static final Pattern NAME =
      Pattern.compile(
          "([0-9]{1,18})_([\\p{L}0-9_-]+)(?:\\.([^.]+))?\\.sql", Pattern.UNICODE_CHARACTER_CLASS);

  private static final List<String> ENGINES =
      Arrays.stream(Grammar.values()).map(Grammar::engine).toList();

  /// What would end the transaction that a migration is part of.
  private static final Set<String> TRANSACTIONS =
      Set.of("ABORT", "BEGIN", "COMMIT", "END", "RELEASE", "ROLLBACK", "SAVEPOINT", "START");

  private final String folder;
  private final Grammar engine;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<Long, List<One>> byNumber = new TreeMap<>();

  private MigrationReader(String folder, Grammar engine) {
    this.folder = folder;
    this.engine = engine;
  }

  /// A file of the folder whose name ends with `.sql`.
  public record File(String name, byte[] bytes) {}

  /// @param engine that it is for; null for every one
  private record One(String file, @Nullable Grammar engine, SqlMigration migration) {}

  /// Reads the files of a folder.
  ///
  /// @param folder what faults call it, as `migrations`
  /// @param engine for which engine, by its name
  /// @return in the order of their numbers
  /// @throws ModelException with every fault
  public static List<SqlMigration> read(String folder, List<File> files, String engine) {
    Grammar grammar = Grammar.of(engine);
    if (grammar == null) throw new IllegalArgumentException(engine);
    MigrationReader reader = new MigrationReader(folder, grammar);
    files.stream().sorted(Comparator.comparing(File::name)).forEach(reader::file);
    reader.compare();
    if (!reader.faults.isEmpty())
      throw new ModelException(reader.faults.stream().sorted(Faults.IN_ORDER).toList());
    return reader.migrations();
  }

  private void file(File file) {
    String path = folder + "/" + file.name();
    Matcher name = NAME.matcher(file.name());
    if (!name.matches()) {
      fault(
          path,
          "a migration is not called that",
          "a number, an underscore and a name: 0007_backfill.sql, or 0007_backfill.postgres.sql for"
              + " one engine alone");
      return;
    }
    Grammar own = name.group(3) == null ? null : Grammar.of(name.group(3));
    if (name.group(3) != null && own == null) {
      String near = Nearest.to(name.group(3), ENGINES);
      fault(
          path,
          "unknown engine '" + name.group(3) + "'",
          near == null
              ? "known here: " + String.join(", ", ENGINES)
              : "did you mean '" + near + "'?");
      return;
    }
    Source source;
    try {
      source = new Source(path, text(file.bytes()));
    } catch (CharacterCodingException _) {
      fault(path, "it is not UTF-8", null);
      return;
    }
    Faults found = new Faults(source);
    long number = Long.parseLong(name.group(1));
    SqlMigration migration =
        migration(number, name.group(2), source, own == null ? engine : own, found);
    faults.addAll(found.sorted());
    byNumber
        .computeIfAbsent(number, _ -> new ArrayList<>())
        .add(new One(file.name(), own, migration));
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes))
        .toString()
        .replace("\r\n", "\n")
        .replace('\r', '\n');
  }

  private static SqlMigration migration(
      long number, String name, Source source, Grammar grammar, Faults faults) {
    Directives said = new Directives(faults);
    List<Statement> statements = new ArrayList<>();
    try {
      StatementReader reader = StatementReader.read(source.text(), grammar);
      int first =
          reader.statements().isEmpty() ? 0 : reader.statements().getFirst().statement().at();
      for (int at : reader.comments()) {
        String comment = source.text().substring(at).lines().findFirst().orElse("");
        Position position = SqlMigration.position(source, at);
        if (at < first) said.read(comment, position);
        else if (Directives.isOne(comment))
          faults.add(
              position, "this stands too far down to be seen", "put it ahead of the statements");
      }
      for (StatementReader.Found found : reader.statements()) {
        refuse(found, SqlMigration.position(source, found.statement().at()), grammar, said, faults);
        statements.add(found.statement());
      }
      for (int at : reader.parameters())
        faults.add(
            SqlMigration.position(source, at),
            "a migration has no parameters",
            "write the value itself");
      if (statements.isEmpty()) faults.add(source.position(1, 1), "there is no statement in it");
    } catch (StatementReader.Unreadable e) {
      faults.add(SqlMigration.position(source, e.at()), String.valueOf(e.getMessage()));
    }
    return new SqlMigration(
        number, name, said.moment(), said.alone(), said.alsoOnNew(), source, statements);
  }

  private static void refuse(
      StatementReader.Found found,
      Position position,
      Grammar grammar,
      Directives said,
      Faults faults) {
    String verb = found.words().isEmpty() ? "" : found.words().getFirst();
    boolean isPrepare =
        found.words().size() > 1
            && verb.equals("PREPARE")
            && found.words().get(1).equals("TRANSACTION");
    if (TRANSACTIONS.contains(verb) || isPrepare)
      faults.add(
          position,
          "a migration may not " + verb,
          said.alone()
              ? "one that runs alone is in no transaction"
              : "it runs within a transaction, which is committed when everything is done");
    else if (grammar == Grammar.SQLITE && verb.equals("PRAGMA") && !said.alone())
      faults.add(
          position,
          "a PRAGMA has no meaning within a transaction",
          "say '-- mainstay: alone' in the first line");
  }

  /// Whether those of one number are one migration, with one file for each engine.
  private void compare() {
    for (List<One> same : byNumber.values()) {
      One first = same.getFirst();
      for (int i = 1; i < same.size(); i++) {
        One other = same.get(i);
        boolean isTwice =
            !other.migration.name().equals(first.migration.name())
                || same.subList(0, i).stream().anyMatch(one -> one.engine == other.engine);
        if (isTwice)
          fault(
              folder + "/" + other.file,
              "it has the number of " + first.file,
              "give one of them another number: they run in the order of their numbers");
      }
    }
  }

  private List<SqlMigration> migrations() {
    List<SqlMigration> migrations = new ArrayList<>();
    for (List<One> same : byNumber.values()) {
      One chosen = null;
      for (One one : same)
        if (one.engine == engine || (one.engine == null && chosen == null)) chosen = one;
      if (chosen != null) migrations.add(chosen.migration);
    }
    return migrations;
  }

  private void fault(String path, String message, @Nullable String hint) {
    faults.add(new Fault(new Position(path, 0, 0), message, hint, null));
  }
}
