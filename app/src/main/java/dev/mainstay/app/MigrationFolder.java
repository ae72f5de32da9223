package dev.mainstay.app;

import dev.mainstay.core.migration.MigrationReader;
import dev.mainstay.core.migration.SqlMigration;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The folder `migrations` beside a model file, which need not be there. Of what lies in it the
/// files whose names end with `.sql` are migrations.
final class MigrationFolder {
  private static final String NAME = "migrations";

  private MigrationFolder() {}

  /// Reads those for an engine.
  ///
  /// @throws dev.mainstay.core.model.ModelException with everything that is wrong with them
  static List<SqlMigration> beside(Path modelFile, String engine) {
    Path folder = modelFile.resolveSibling(NAME);
    if (!Files.isDirectory(folder)) return List.of();
    List<MigrationReader.File> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.sql")) {
      for (Path file : all)
        files.add(
            new MigrationReader.File(file.getFileName().toString(), Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new Sorry(
          "The migrations in " + folder.normalize() + " cannot be read: " + e.getMessage());
    }
    return MigrationReader.read(folder.normalize().toString(), files, engine);
  }
}
