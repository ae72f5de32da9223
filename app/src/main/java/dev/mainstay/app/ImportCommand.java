package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.read.RowReader.Format;
import dev.mainstay.services.rows.Exporter;
import dev.mainstay.services.rows.ImportFile;
import dev.mainstay.services.rows.ImportOptions;
import dev.mainstay.services.rows.ImportOptions.BadRows;
import dev.mainstay.services.rows.ImportOptions.Begin;
import dev.mainstay.services.rows.ImportOptions.Taken;
import dev.mainstay.services.rows.ImportStopped;
import dev.mainstay.services.rows.Imported;
import dev.mainstay.services.rows.Importer;
import dev.mainstay.services.rows.Importer.Source;
import dev.mainstay.services.rows.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mainstay import …`. Works beside a running server.
@Command(
    name = "import",
    description = "Load rows from files into tables, past every policy.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {
  private static final int MOST_IN_BATCH = 10_000;

  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE|DIR",
      description = "A file .csv or .jsonl, a folder of them that are called as tables, or -.")
  private String file = "";

  @Option(names = "--table", paramLabel = "TABLE", description = "Default: the file's name.")
  private @Nullable String table;

  @Option(names = "--format", paramLabel = "csv|jsonl", description = "Default: by its name.")
  private @Nullable String format;

  @Option(
      names = "--on-conflict",
      paramLabel = "fail|skip|overwrite",
      description = "What to do with a row whose primary key is taken. Default: fail.")
  private Taken taken = Taken.FAIL;

  @Option(
      names = "--rejects",
      paramLabel = "FILE|DIR",
      description = "Set bad rows aside there, each with its reason, and go on.")
  private @Nullable Path rejects;

  @Option(
      names = "--batch",
      paramLabel = "ROWS",
      description = "Rows that are committed together. Default: ${DEFAULT-VALUE}.")
  private int batch = 1000;

  @Option(names = "--resume", description = "Go on where an import of the same file was cut short.")
  private boolean resume;

  @Option(names = "--restart", description = "Begin again all the same; what was stored stays.")
  private boolean restart;

  @Option(names = "--quiet", description = "Tell nothing but what goes wrong.")
  private boolean quiet;

  @Mixin private final ProjectOption project = new ProjectOption();

  private final Map<Source, ProgressLine> lines = new LinkedHashMap<>();

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (batch < 1 || batch > MOST_IN_BATCH)
      throw new Sorry("--batch must be a number from 1 to " + MOST_IN_BATCH);
    if (resume && restart) throw new Sorry("--resume and --restart cannot both be meant");
    Config config = project.config(terminal);
    Backend backend = Backend.read(config.model()).declared();
    List<Source> sources = sources(backend);
    Store store = Store.openBeside(config);
    store.installOwn(backend);
    try (Engine engine = store.serve(backend.whole())) {
      Importer importer = Wiring.importer(new Catalog(backend.whole(), backend.rules()), engine);
      for (Importer.Loaded loaded : importer.load(sources, how(), this::progress)) tell(loaded);
      return 0;
    } catch (ImportStopped stopped) {
      return tell(stopped);
    } catch (IOException e) {
      throw new Sorry("The files cannot be read or written: " + e.getMessage());
    } finally {
      lines.values().forEach(ProgressLine::end);
    }
  }

  private ImportOptions how() {
    return new ImportOptions(
        taken,
        rejects == null ? BadRows.STOP : BadRows.SET_ASIDE,
        resume ? Begin.RESUMED : restart ? Begin.AFRESH : Begin.NEW,
        batch);
  }

  // ── what is loaded ──

  private List<Source> sources(Backend backend) {
    if (file.equals(RowFiles.STREAM)) return List.of(stream(backend));
    Path path = terminal.folder().resolve(file).normalize();
    if (!Files.exists(path)) throw new Sorry("There is no " + path);
    if (!Files.isDirectory(path)) {
      String name = table == null ? stem(path) : table;
      Format kind = RowFiles.format(format, path);
      return List.of(source(RowFiles.table(name, backend), path, kind, rejects));
    }
    if (table != null) throw new Sorry("--table is for one file, and " + path + " is a folder");
    Map<Table, Source> byTable = new LinkedHashMap<>();
    for (Path each : filesIn(path)) {
      Table target = RowFiles.table(stem(each), backend);
      Format kind = RowFiles.format(null, each);
      Path aside = rejects == null ? null : rejects.resolve(RowFiles.name(target, kind));
      if (byTable.put(target, source(target, each, kind, aside)) != null)
        throw new Sorry(
            "There are two files for '%s' in %s".formatted(target.name().title(), path));
    }
    if (byTable.isEmpty()) throw new Sorry("There are no .csv or .jsonl files in " + path);
    return List.copyOf(byTable.values());
  }

  private static List<Path> filesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> RowFiles.format(file) != null).sorted().toList();
    } catch (IOException e) {
      throw new Sorry(folder + " cannot be read: " + e.getMessage());
    }
  }

  private static String stem(Path path) {
    String name = path.getFileName().toString();
    Format format = RowFiles.format(path);
    return format == null
        ? name
        : name.substring(0, name.length() - RowFiles.ending(format).length());
  }

  private Source stream(Backend backend) {
    if (table == null) throw new Sorry("Say which --table the standard input is for");
    if (resume) throw new Sorry("The standard input cannot be resumed; import a file");
    var bytes =
        new ImportFile(
            RowFiles.STREAM,
            RowFiles.format(format, null),
            () ->
                new FilterInputStream(terminal.in()) {
                  @Override
                  public void close() {
                    // It is not ours.
                  }
                },
            /* isRepeatable= */ false);
    return new Source(writable(RowFiles.table(table, backend)), bytes, aside(rejects));
  }

  private Source source(Table target, Path path, Format kind, @Nullable Path aside) {
    String name = path.getFileName().toString();
    var bytes = new ImportFile(name, kind, () -> Files.newInputStream(path), true);
    return new Source(writable(target), bytes, aside(aside));
  }

  private static Table writable(Table table) {
    if (table.isView())
      throw new Sorry("'" + table.name().title() + "' is a view, which takes no rows");
    return table;
  }

  private Exporter.@Nullable Destination aside(@Nullable Path path) {
    if (path == null) return null;
    Path whole = terminal.folder().resolve(path).normalize();
    if (Files.exists(whole) && !resume)
      throw new Sorry(whole + " is there already; nothing was imported");
    WholeFile file = new WholeFile(whole);
    return new Exporter.Destination() {
      @Override
      public OutputStream open(Table target) throws IOException {
        Files.createDirectories(whole.resolveSibling(""));
        return file.open();
      }

      @Override
      public void done(Table target, long rows) throws IOException {
        file.done();
      }
    };
  }

  // ── what is told ──

  private Progress progress(Source source) {
    if (quiet) return Progress.NOBODY;
    lines.values().forEach(ProgressLine::end);
    ProgressLine line =
        new ProgressLine(
            source.file().name(),
            size(source),
            terminal.isInteractive(),
            terminal.err(),
            System::nanoTime);
    lines.put(source, line);
    return line;
  }

  private long size(Source source) {
    if (!source.file().isRepeatable()) return 0;
    Path path = terminal.folder().resolve(file);
    try {
      return Files.size(Files.isDirectory(path) ? path.resolve(source.file().name()) : path);
    } catch (IOException e) {
      return 0;
    }
  }

  private void tell(Importer.Loaded loaded) {
    lines.values().forEach(ProgressLine::end);
    if (quiet) return;
    Imported rows = loaded.rows();
    String name = loaded.source().file().name();
    String title = loaded.source().table().name().title();
    List<String> parts = new ArrayList<>();
    parts.add(
        switch (loaded.outcome()) {
          case LOADED -> name + ": " + counted(rows.stored()) + " into '" + title + "'";
          case WAS_LOADED ->
              name + ": was imported already, " + counted(rows.stored()) + " into '" + title + "'";
        });
    if (rows.left() > 0) parts.add(counted(rows.left()) + " left out, since the key was taken");
    if (rows.rejected() > 0) parts.add(counted(rows.rejected()) + " rejected");
    terminal.say(String.join("; ", parts));
  }

  private int tell(ImportStopped stopped) {
    lines.values().forEach(ProgressLine::end);
    terminal.err().print(FaultPrinter.print(stopped.faults()));
    Imported rows = stopped.soFar();
    String sentence =
        rows.read() == 0
            ? "nothing of this file was stored"
            : "the first %s of this file are dealt with (%s stored), nothing after them"
                .formatted(counted(rows.read()), counted(rows.stored()));
    terminal.err().println();
    terminal.err().println("mainstay: " + sentence);
    if (rows.read() > 0 && !file.equals(RowFiles.STREAM))
      terminal
          .err()
          .println(
              "hint: correct the rest of the file and go on with --resume;"
                  + " with --rejects FILE bad rows are set aside");
    terminal.err().flush();
    return Main.WRONG;
  }

  private static String counted(long rows) {
    return String.format(Locale.ROOT, "%,d %s", rows, rows == 1 ? "row" : "rows");
  }
}
