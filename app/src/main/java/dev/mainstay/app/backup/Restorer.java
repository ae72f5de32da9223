package dev.mainstay.app.backup;

import dev.mainstay.sql.Applied;
import dev.mainstay.sql.Dumps;
import dev.mainstay.sql.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Makes databases of backups. Nothing is put anywhere before all of a backup was looked at.
public final class Restorer {
  private final Dumps dumps;
  private final String program;
  private final InstantSource clock;

  /// @param dumps of the database to be restored
  /// @param program the version of this program
  public Restorer(Dumps dumps, String program, InstantSource clock) {
    this.dumps = dumps;
    this.program = program;
    this.clock = clock;
  }

  /// What was done.
  ///
  /// @param kept where the database is that was there, or null when there was none
  public record Restored(Manifest manifest, @Nullable Path kept, Secrets secrets) {}

  /// What became of the project's secrets.
  public enum Secrets {
    /// The backup holds none.
    NONE,
    RESTORED,
    /// The folder has the same.
    SAME,
    /// The folder has others, and keeps them.
    OTHERS
  }

  /// Looks whether a backup is whole: its checksums, and then the copy itself.
  ///
  /// @param workplace a folder with room for the copy
  /// @throws StoreException when it is not
  public Manifest verify(Path file, Path workplace) {
    Archive archive = open(file);
    try (Workspace workspace = Workspace.in(workplace, clock.instant())) {
      for (Manifest.Part part : archive.manifest().parts())
        archive.extract(part, workspace.folder().resolve(part.name()));
      dumps.check(copy(archive, workspace));
      return archive.manifest();
    } catch (IOException e) {
      throw new StoreException("The backup cannot be read: " + Backups.reason(e));
    }
  }

  /// Makes the database that of a backup.
  ///
  /// @param data the data folder
  /// @param secrets what the file of the project's secrets in it is called
  /// @throws StoreException when it cannot be done; then nothing was changed
  public Restored restore(Path file, Path data, String secrets, boolean mayReplace) {
    Archive archive = open(file);
    Instant now = clock.instant();
    try {
      OwnFiles.makeFolder(data);
      try (Dumps.Place place = dumps.place(mayReplace);
          Workspace workspace = Workspace.in(data, now)) {
        for (Manifest.Part part : archive.manifest().parts())
          archive.extract(part, workspace.folder().resolve(part.name()));
        Path copy = copy(archive, workspace);
        dumps.check(copy);
        Secrets outcome = secrets(archive, workspace, data.resolve(secrets));
        OwnFiles.sync(data);
        try {
          Path kept = place.put(copy, "replaced-" + BackupName.stamp(now));
          return new Restored(archive.manifest(), kept, outcome);
        } catch (RuntimeException e) {
          if (outcome == Secrets.RESTORED) Files.delete(data.resolve(secrets));
          throw e;
        }
      }
    } catch (IOException e) {
      throw new StoreException("The backup cannot be restored: " + Backups.reason(e));
    }
  }

  private Archive open(Path file) {
    if (!Files.exists(file)) throw new StoreException("There is no " + file);
    Archive archive = Archive.open(file, program);
    Manifest manifest = archive.manifest();
    if (manifest.storage() > Applied.FORMAT) throw Archive.newer(file, manifest, program);
    if (!manifest.engine().equals(dumps.engine()))
      throw new StoreException(
          file
              + " is a backup of "
              + manifest.from()
              + "; from one engine to the other rows go with `mainstay export` and `mainstay import`");
    return archive;
  }

  /// The database's copy, among what was taken out.
  private Path copy(Archive archive, Workspace workspace) {
    if (archive.part(dumps.file()) == null)
      throw new StoreException(archive.file() + " holds no database");
    return workspace.folder().resolve(dumps.file());
  }

  /// A folder's own secrets stay: those of an old backup may have been given up for a reason.
  private static Secrets secrets(Archive archive, Workspace workspace, Path file)
      throws IOException {
    Manifest.Part part = archive.part(file.getFileName().toString());
    if (part == null) return Secrets.NONE;
    Path extracted = workspace.folder().resolve(part.name());
    if (OwnFiles.claim(extracted, file)) return Secrets.RESTORED;
    return Files.mismatch(file, extracted) < 0 ? Secrets.SAME : Secrets.OTHERS;
  }
}
