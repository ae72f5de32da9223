package dev.mainstay.app.backup;

import dev.mainstay.app.backup.BackupName.Kind;
import dev.mainstay.sql.Dumps;
import dev.mainstay.sql.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The backups of a database in a folder, which may hold others' too.
public final class Backups {
  /// Backups of one second.
  private static final int MOST_AT_ONCE = 1000;

  private final Dumps dumps;
  private final Path folder;
  private final @Nullable Path secrets;
  private final String program;
  private final InstantSource clock;

  /// @param secrets the file of the project's secrets, or null when they are to be left out
  /// @param program the version of this program
  public Backups(
      Dumps dumps, Path folder, @Nullable Path secrets, String program, InstantSource clock) {
    this.dumps = dumps;
    this.folder = folder;
    this.secrets = secrets;
    this.program = program;
    this.clock = clock;
  }

  /// Makes a backup. It has its name only when it is whole, was read again, and is on the disk.
  ///
  /// @throws StoreException when it cannot be made; then there is nothing of it
  public Backup make(Kind kind) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    try (Workspace workspace = Workspace.in(folder, now)) {
      Path copy = workspace.folder().resolve(dumps.file());
      OwnFiles.create(copy).close();
      Dumps.Dumped dumped = dumps.dump(copy);
      Manifest about =
          new Manifest(
              Manifest.FORMAT,
              dumps.engine(),
              dumps.shown(),
              now,
              program,
              dumped.model().version(),
              dumped.model().format(),
              dumped.orphans(),
              List.of());
      List<Archive.Source> sources = new ArrayList<>();
      sources.add(new Archive.Source(dumps.file(), copy, dumps.isCompressed()));
      if (secrets != null && Files.exists(secrets))
        sources.add(
            new Archive.Source(
                secrets.getFileName().toString(), secrets, /* isCompressed= */ false));
      Archive archive = Archive.write(workspace.folder().resolve("backup"), about, sources);
      archive.check();
      BackupName name = named(archive.file(), new BackupName(now, about.model(), kind, 1));
      Path file = folder.resolve(name.file());
      OwnFiles.sync(folder);
      return new Backup(file, name, Files.size(file), archive.manifest());
    } catch (IOException e) {
      throw new StoreException("No backup can be made in " + folder + ": " + reason(e));
    }
  }

  /// Gives a file its name, or the next one that is free: of two at the same second none is lost.
  private BackupName named(Path file, BackupName wanted) throws IOException {
    for (BackupName name = wanted; name.number() <= MOST_AT_ONCE; name = name.next())
      if (OwnFiles.claim(file, folder.resolve(name.file()))) return name;
    throw new FileAlreadyExistsException(wanted.file());
  }

  /// All backups in the folder, of whatever database, the oldest first.
  public List<Backup> list() {
    return found().stream().map(this::opened).toList();
  }

  /// This database's newest that was due and made by then; null when there is none.
  @Nullable Instant newest(Instant by) {
    for (BackupName name : found().reversed())
      if (name.kind() == Kind.SCHEDULED && !name.made().isAfter(by) && isOurs(opened(name)))
        return name.made();
    return null;
  }

  /// Removes the oldest of this database's that were due, so that so many stay. Others' files, and
  /// what is not whole, are left alone.
  ///
  /// @return what was removed
  List<Backup> prune(int keep) {
    List<Backup> ours = new ArrayList<>();
    for (BackupName name : found())
      if (name.kind() == Kind.SCHEDULED) {
        Backup backup = opened(name);
        if (isOurs(backup)) ours.add(backup);
      }
    List<Backup> removed = ours.subList(0, Math.max(0, ours.size() - keep));
    try {
      for (Backup backup : removed) Files.deleteIfExists(backup.file());
    } catch (IOException e) {
      throw new StoreException("Old backups in " + folder + " cannot be removed: " + reason(e));
    }
    return List.copyOf(removed);
  }

  private boolean isOurs(Backup backup) {
    Manifest manifest = backup.manifest();
    return manifest != null
        && manifest.engine().equals(dumps.engine())
        && manifest.from().equals(dumps.shown());
  }

  private List<BackupName> found() {
    List<BackupName> names = new ArrayList<>();
    if (!Files.exists(folder)) return names;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "mainstay-*.zip")) {
      for (Path file : files) {
        BackupName name = BackupName.read(file.getFileName().toString());
        if (name != null) names.add(name);
      }
    } catch (IOException e) {
      throw new StoreException("The folder " + folder + " cannot be read: " + reason(e));
    }
    names.sort(
        Comparator.comparing(BackupName::made)
            .thenComparingLong(BackupName::model)
            .thenComparingInt(BackupName::number));
    return names;
  }

  private Backup opened(BackupName name) {
    Path file = folder.resolve(name.file());
    Manifest manifest = null;
    try {
      manifest = Archive.open(file, program).manifest();
    } catch (StoreException _) {
      // It is listed as what it is.
    }
    return new Backup(file, name, file.toFile().length(), manifest);
  }

  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NotDirectoryException _, FileAlreadyExistsException _ -> "a file is in the way";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
