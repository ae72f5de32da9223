package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.read.RowReader.Format;
import dev.mainstay.services.rows.Exporter;
import dev.mainstay.services.rows.Progress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mainstay export …`. Works beside a running server.
@Command(
    name = "export",
    description = "Write the rows of tables to files, past every policy.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Tables, or views with a key.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "All tables of the model.")
  private boolean all;

  @Option(names = "--format", paramLabel = "csv|jsonl", description = "Default: csv.")
  private @Nullable String format;

  @Option(
      names = "--out",
      paramLabel = "FILE|DIR",
      description = "A file for one table, a folder for several, - for the standard output.")
  private @Nullable String out;

  @Option(names = "--quiet", description = "Tell nothing but what goes wrong.")
  private boolean quiet;

  @Mixin private final ProjectOption project = new ProjectOption();

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Config config = project.config(terminal);
    Backend backend = Backend.read(config.model()).declared();
    List<Table> tables = tables(backend);
    boolean isStream = RowFiles.STREAM.equals(out);
    Path target = terminal.folder().resolve(out == null || isStream ? "" : out).normalize();
    boolean isFolder =
        tables.size() > 1 || all || out == null || out.endsWith("/") || Files.isDirectory(target);
    if (isStream && tables.size() > 1)
      throw new Sorry("The standard output takes the rows of one table only");
    Format kind = RowFiles.format(format, isStream || isFolder ? null : target);
    Store store = Store.openBeside(config);
    try (Engine engine = store.serve(backend.whole())) {
      Exporter exporter = Wiring.exporter(new Catalog(backend.whole(), backend.rules()), engine);
      if (isStream) {
        exporter.export(tables, kind, new ToStream(terminal.raw()), Progress.NOBODY);
        return 0;
      }
      if (isFolder) Files.createDirectories(target);
      ToFiles files = new ToFiles(target, isFolder, kind);
      try {
        exporter.export(tables, kind, files, files);
      } finally {
        files.close();
      }
    } catch (IOException e) {
      throw new Sorry(
          (isStream ? "The standard output" : target.toString())
              + " cannot be written: "
              + e.getMessage());
    }
    return 0;
  }

  private List<Table> tables(Backend backend) {
    if (all != names.isEmpty()) throw new Sorry("Name the tables to export, or say --all");
    List<Table> tables = new ArrayList<>();
    for (String name : names) tables.add(RowFiles.table(name, backend));
    if (all) for (Table table : backend.own().tables()) if (!table.isView()) tables.add(table);
    for (Table table : tables)
      if (table.primaryKey().isEmpty())
        throw new Sorry(
            "The view '%s' declares no primary key, by which its rows could be read"
                .formatted(table.name().title()));
    return tables;
  }

  /// The standard output, which cannot be begun again.
  private static final class ToStream implements Exporter.Destination {
    private final OutputStream raw;
    private boolean isBegun;

    ToStream(OutputStream raw) {
      this.raw = raw;
    }

    @Override
    public OutputStream open(Table table) {
      if (isBegun) throw new Sorry("The tables were changed while they were read; export again");
      isBegun = true;
      return new BufferedOutputStream(raw, WholeFile.BUFFER);
    }

    @Override
    public void done(Table table, long rows) {}
  }

  /// A file for each table.
  private final class ToFiles implements Exporter.Destination, Progress {
    private final Path target;
    private final boolean isFolder;
    private final Format kind;
    private @Nullable WholeFile file;
    private @Nullable ProgressLine line;

    ToFiles(Path target, boolean isFolder, Format kind) {
      this.target = target;
      this.isFolder = isFolder;
      this.kind = kind;
    }

    @Override
    public OutputStream open(Table table) throws IOException {
      file = new WholeFile(path(table));
      line =
          new ProgressLine(
              table.name().title(), 0, terminal.isInteractive(), terminal.err(), System::nanoTime);
      return file.open();
    }

    @Override
    public void done(Table table, long rows) throws IOException {
      if (file != null) file.done();
      close();
      if (!quiet)
        terminal.say(
            String.format(
                Locale.ROOT,
                "%s: %,d %s",
                terminal.folder().relativize(path(table)),
                rows,
                rows == 1 ? "row" : "rows"));
    }

    @Override
    public void at(long rows, long bytes) {
      if (line != null && !quiet) line.at(rows, bytes);
    }

    void close() throws IOException {
      if (line != null) line.end();
      if (file != null) file.drop();
    }

    private Path path(Table table) {
      return isFolder ? target.resolve(RowFiles.name(table, kind)) : target;
    }
  }
}
