package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.advice.Advice;
import dev.mainstay.core.advice.Advisor;
import dev.mainstay.core.advice.Uses;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Rename;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.core.read.Reading;
import dev.mainstay.core.read.Source;
import dev.mainstay.services.answers.Answers;
import dev.mainstay.services.keys.ApiKeys;
import dev.mainstay.services.rows.Importer;
import dev.mainstay.services.writes.WriteSwitch;
import dev.mainstay.sql.Installer;
import dev.mainstay.sql.sqlite.SqliteUses;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A model file, read and compiled, together with the tables that the services keep.
///
/// @param own what the file declares
/// @param whole that and the services' tables: what is served
/// @param rules of the whole
/// @param source the file
/// @param from where the tables and functions are declared
/// @param isShaped whether they are known: those of a database are only after [#over]
record Backend(
    Model own, Model whole, Rules rules, Source source, Reading.From from, boolean isShaped) {
  /// What keeps tables of its own.
  private static final List<Class<?>> SERVICES =
      List.of(ApiKeys.class, Importer.class, WriteSwitch.class, Answers.class);

  /// @throws dev.mainstay.core.model.ModelException with everything that is wrong with the file
  static Backend read(Path file) {
    return of(file.normalize().toString(), text(file));
  }

  /// A model that is not, or no longer, in a file.
  ///
  /// @param name how its faults call it
  static Backend of(String name, String text) {
    Reading reading = ModelReader.read(name, text);
    return of(reading, reading.from() == Reading.From.FILE);
  }

  /// That of a project, or of a database of which no file says anything.
  static Backend of(Config config) {
    return isUnsaid(config) ? of("the database", "from: database\n") : read(config.model());
  }

  /// Whether there is a database and no model file.
  static boolean isUnsaid(Config config) {
    return config.database().url() != null && !Files.exists(config.model());
  }

  /// The same over what the database has, if that is where its tables are declared.
  Backend over(Supplier<Model> existing) {
    return switch (from) {
      case FILE -> this;
      case DATABASE -> of(ModelReader.readOver(existing.get(), source.file(), source.text()), true);
    };
  }

  private static Backend of(Reading reading, boolean isShaped) {
    Model whole = reading.model();
    for (Class<?> service : SERVICES) whole = with(whole, ModelReader.system(service));
    RuleCompiler.Compiled compiled = RuleCompiler.compile(whole);
    Model own = reading.orThrow(compiled.faults());
    return new Backend(own, whole, compiled.rules(), reading.source(), reading.from(), isShaped);
  }

  private static Model with(Model model, Model system) {
    var tables = new ArrayList<Table>(model.tables());
    tables.addAll(system.tables());
    return model.withTables(tables);
  }

  /// What a model file says.
  ///
  /// @throws Sorry when it cannot be read
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException _) {
      throw new Sorry(
          "There is no model at " + file.normalize() + "; `mainstay init` makes one to begin with");
    } catch (CharacterCodingException _) {
      throw new Sorry("The model " + file.normalize() + " is not UTF-8");
    } catch (IOException e) {
      throw new Sorry("The model " + file.normalize() + " cannot be read: " + e.getMessage());
    }
  }

  /// The same, if its file declares the tables.
  ///
  /// @throws Sorry when they are those of a database
  Backend declared() {
    return switch (from) {
      case FILE -> this;
      case DATABASE ->
          throw new Sorry(
              source.file()
                  + " says 'from: database': its tables are the database's own, and nothing here"
                  + " makes or changes them");
    };
  }

  /// What tells it from a model that says something else.
  String checksum() {
    return Installer.checksum(source.text());
  }

  /// Whether the file declares anything in the schema.
  boolean hasSchema(String schema) {
    return own.tables().stream().anyMatch(table -> table.name().schema().equals(schema))
        || own.functions().stream().anyMatch(function -> function.name().schema().equals(schema));
  }

  /// The same, of which some things had other names.
  Backend withRenames(List<Rename> renames) {
    Model renamed =
        new Model(
            whole.tables(),
            whole.enums(),
            whole.roles(),
            whole.functions(),
            renames,
            whole.guarding());
    return new Backend(own, renamed, rules, source, from, isShaped);
  }

  /// What is not wrong, but perhaps not meant.
  ///
  /// @param engine that it is for
  /// @param known what a database has told of what views read
  List<Advice> advice(String engine, Uses known) {
    Uses uses = Uses.named(own, engine).with(SqliteUses.of(own, engine)).with(known);
    return Advisor.ofModel(own, rules, uses);
  }
}
