package dev.mainstay.app.backup;

import dev.mainstay.sql.StoreException;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The form of a backup: a zip file that any unpacker reads. Its manifest comes last, and its table
/// of contents after that, so a file that was cut short is no archive.
///
/// @param file where it is
record Archive(Path file, Manifest manifest) {
  private static final String MANIFEST = "manifest.json";
  private static final int BUFFER = 1 << 16;

  /// A file to be put into an archive.
  ///
  /// @param isCompressed whether that would be in vain
  record Source(String name, Path file, boolean isCompressed) {}

  /// Writes a new file; when this returns, it is on the disk.
  ///
  /// @param about what its manifest says, but for the parts
  static Archive write(Path file, Manifest about, List<Source> sources) throws IOException {
    List<Manifest.Part> parts = new ArrayList<>();
    try (FileChannel channel = OwnFiles.create(file)) {
      OutputStream bytes = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      ZipOutputStream zip = new ZipOutputStream(bytes);
      for (Source source : sources) {
        // A fast level: most of the size goes, and much less of the time.
        zip.setLevel(source.isCompressed ? Deflater.NO_COMPRESSION : Deflater.BEST_SPEED);
        zip.putNextEntry(new ZipEntry(source.name));
        try (InputStream in = Files.newInputStream(source.file)) {
          parts.add(copy(source.name, in, zip));
        }
        zip.closeEntry();
      }
      Manifest whole = with(about, parts);
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(whole));
      zip.closeEntry();
      zip.finish();
      bytes.flush();
      channel.force(true);
      return new Archive(file, whole);
    }
  }

  /// Opens a backup, without reading what is in it.
  ///
  /// @param program the version of this program
  /// @throws StoreException when it is none, or none that is whole, or a newer program's
  static Archive open(Path file, String program) {
    Manifest manifest;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(MANIFEST);
      if (entry == null) throw new StoreException(file + " is not a backup");
      try (InputStream in = zip.getInputStream(entry)) {
        manifest = JsonMapper.shared().readValue(in.readAllBytes(), Manifest.class);
      }
    } catch (NoSuchFileException _) {
      throw new StoreException("There is no " + file);
    } catch (IOException | JacksonException _) {
      throw new StoreException(file + " is not a backup, or not a whole one");
    }
    if (manifest.format() > Manifest.FORMAT) throw newer(file, manifest, program);
    // What somebody else has packed is not unpacked elsewhere than it should be.
    for (Manifest.Part part : manifest.parts())
      if (!part.name().matches("\\w+\\.\\w+"))
        throw new StoreException(file + " is not a backup: it holds '" + part.name() + "'");
    return new Archive(file, manifest);
  }

  static StoreException newer(Path file, Manifest manifest, String program) {
    return new StoreException(
        "%s was made by Mainstay %s, which is newer than this program (%s)."
            .formatted(file, manifest.program(), program));
  }

  /// The part of that name, or null when there is none.
  Manifest.@Nullable Part part(String name) {
    for (Manifest.Part part : manifest.parts()) if (part.name().equals(name)) return part;
    return null;
  }

  /// Takes a part out into a new file; when this returns, it is on the disk.
  ///
  /// @throws StoreException when it is not what was put in
  void extract(Manifest.Part part, Path target) throws IOException {
    try (FileChannel channel = OwnFiles.create(target)) {
      OutputStream bytes = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      extract(part, bytes);
      bytes.flush();
      channel.force(true);
    }
  }

  /// Reads every part.
  ///
  /// @throws StoreException when one is not what was put in
  void check() throws IOException {
    for (Manifest.Part part : manifest.parts()) extract(part, OutputStream.nullOutputStream());
  }

  private void extract(Manifest.Part part, OutputStream target) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(part.name());
      if (entry == null) throw damaged(part);
      Manifest.Part found;
      try (InputStream in = new Reading(zip.getInputStream(entry), damaged(part))) {
        found = copy(part.name(), in, target);
      }
      if (!found.equals(part)) throw damaged(part);
    }
  }

  private StoreException damaged(Manifest.Part part) {
    return new StoreException(
        file + " is damaged: " + part.name() + " in it is not what was written");
  }

  private static Manifest.Part copy(String name, InputStream in, OutputStream out)
      throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    for (int n; (n = in.read(buffer)) > 0; bytes += n) {
      digest.update(buffer, 0, n);
      out.write(buffer, 0, n);
    }
    return new Manifest.Part(name, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Manifest with(Manifest about, List<Manifest.Part> parts) {
    return new Manifest(
        about.format(),
        about.engine(),
        about.from(),
        about.made(),
        about.program(),
        about.model(),
        about.storage(),
        about.orphans(),
        parts);
  }

  /// A part being read, of which whatever cannot be unpacked is damage; where it goes to has
  /// troubles of its own.
  private static final class Reading extends FilterInputStream {
    private final StoreException damaged;

    Reading(InputStream in, StoreException damaged) {
      super(in);
      this.damaged = damaged;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (ZipException | EOFException _) {
        throw damaged;
      }
    }
  }
}
