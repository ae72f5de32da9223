package dev.mainstay.sql;

import dev.mainstay.core.model.Change;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.ModelDiff;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.read.ModelReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings a database to a model: makes and seeds the tables on the first start, and on later ones
/// sees to it that the tables are those of the model.
public final class Installer {
  private final Dialect dialect;
  private final Ddl ddl;
  private final String program;

  /// @param program the version of the program, to be kept beside the model
  public Installer(Dialect dialect, Ddl ddl, String program) {
    this.dialect = dialect;
    this.ddl = ddl;
    this.program = program;
  }

  /// What an installation did.
  public sealed interface Outcome {
    /// Everything is new.
    ///
    /// @param tables how many of the user's; the program's own come with them
    record Made(int tables, long rows) implements Outcome {}

    /// The tables stay; what does not touch them (policies, comments) may have changed.
    record Kept(long version) implements Outcome {}
  }

  /// Installs the model in one transaction, and closes it.
  ///
  /// @param source the text the model was read from
  /// @throws ModelException when the engine lacks something the model asks for, or a seed row
  ///   cannot be stored
  /// @throws StoreException when the tables are not the model's, or a newer program made them
  public Outcome install(
      Installation installation, Model model, Rules rules, String source, SeedFiles files) {
    try (installation) {
      List<Fault> lacking = ddl.lacking(model);
      if (!lacking.isEmpty()) throw new ModelException(lacking);
      Applied last = installation.applied();
      Outcome outcome =
          last == null
              ? make(installation, model, rules, source, files)
              : keep(installation, last, model, source);
      if (last != null) makeOwn(installation, model, rules);
      installation.commit();
      return outcome;
    }
  }

  private Outcome make(
      Installation installation, Model model, Rules rules, String source, SeedFiles files) {
    List<String> inTheWay = installation.inTheWay(model);
    if (!inTheWay.isEmpty())
      throw new StoreException(
          "The database already holds what the model wants to make:\n  - "
              + String.join("\n  - ", inTheWay));
    ddl.beforeRows(model, rules).forEach(installation::run);
    long rows = new Seeds(model, files, installation, dialect).load(model.tables());
    ddl.afterRows(model, rules).forEach(installation::run);
    installation.record(applied(1, source, installation.schema(model.schemas()), List.of()));
    return new Outcome.Made(model.declared().tables().size(), rows);
  }

  /// Makes those of the program's own tables that are missing since an older program made the
  /// database, and closes the installation.
  public void installOwn(Installation installation, Model model, Rules rules) {
    try (installation) {
      makeOwn(installation, model, rules);
      installation.commit();
    }
  }

  private void makeOwn(Installation installation, Model model, Rules rules) {
    List<Table> missing = new ArrayList<>();
    for (Table table : model.tables())
      if (TableName.SYSTEM_SCHEMAS.contains(table.name().schema())
          && !installation.has(table.name())) missing.add(table);
    if (missing.isEmpty()) return;
    ddl.beforeRows(only(missing, model), rules).forEach(installation::run);
    ddl.afterRows(only(missing, model), rules).forEach(installation::run);
  }

  private static Model only(List<Table> tables, Model model) {
    return new Model(tables, List.of(), model.roles());
  }

  private Outcome keep(Installation installation, Applied last, Model model, String source) {
    if (last.format() > Applied.FORMAT) throw newer(last, program);
    if (last.checksum().equals(checksum(source))) return new Outcome.Kept(last.version());
    Model before = ModelReader.read("the applied model", last.source()).model();
    List<String> differences =
        ModelDiff.between(before, model.declared()).stream()
            .filter(change -> !change.harmless())
            .map(Change::sentence)
            .toList();
    if (!differences.isEmpty())
      throw new StoreException(
          "The model file says something else than the database was made of:\n  "
              + String.join("\n  ", differences)
              + "\n`mainstay plan` shows what it takes, and `mainstay apply` does it.");
    installation.record(applied(last.version() + 1, source, last.left(), last.pending()));
    return new Outcome.Kept(last.version() + 1);
  }

  static StoreException newer(Applied last, String program) {
    return new StoreException(
        "The database was written by Mainstay %s, which is newer than this program (%s)."
            .formatted(last.program(), program));
  }

  private Applied applied(
      long version, String source, @Nullable Schema left, List<String> pending) {
    return new Applied(version, Applied.FORMAT, program, checksum(source), source, left, pending);
  }

  static String checksum(String source) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(source.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
