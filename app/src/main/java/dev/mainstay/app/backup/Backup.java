package dev.mainstay.app.backup;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A backup in a folder.
///
/// @param bytes its size
/// @param manifest null when the file is not whole
public record Backup(Path file, BackupName name, long bytes, @Nullable Manifest manifest) {}
