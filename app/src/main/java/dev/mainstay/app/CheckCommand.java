package dev.mainstay.app;

import dev.mainstay.app.check.Report;
import dev.mainstay.app.check.ReportAnnotations;
import dev.mainstay.app.check.ReportJson;
import dev.mainstay.app.check.ReportText;
import dev.mainstay.app.config.Config;
import dev.mainstay.app.config.ConfigException;
import dev.mainstay.core.advice.Acceptance;
import dev.mainstay.core.advice.Advice;
import dev.mainstay.core.advice.Advisor;
import dev.mainstay.core.advice.Code;
import dev.mainstay.core.advice.Uses;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.model.Position;
import dev.mainstay.sql.Drift;
import dev.mainstay.sql.Inspection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = {
      "Read the model and the configuration, and tell what is wrong with them, and what is perhaps"
          + " not meant.",
      "Ends with status 2 when something is wrong."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--strict",
      description = "End with status 1 when there is advice that is not accepted.")
  private boolean isStrict;

  @Option(
      names = "--live",
      description = "Look at the database, too. It may be served, and is not changed.")
  private boolean isLive;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json, or github: annotations for GitHub Actions. Default: text.")
  private Format format = Format.TEXT;

  enum Format {
    TEXT,
    JSON,
    GITHUB
  }

  @Mixin private final ProjectArgument project = new ProjectArgument();

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    // People are told of faults as by any other command.
    if (format == Format.TEXT) return text(project.config(terminal));
    Report report = report();
    terminal.say(
        format == Format.JSON
            ? ReportJson.of(report, this::shown)
            : ReportAnnotations.of(report, this::shown));
    return report.faults().isEmpty() ? status(report) : Main.WRONG;
  }

  private int text(Config config) {
    Backend backend = Backend.read(config.model());
    Report report = report(config, backend);
    terminal.say(ReportText.of(report, backend.source()::quoted));
    return status(report);
  }

  private int status(Report report) {
    return isStrict && !report.open().isEmpty() ? Main.CANNOT : 0;
  }

  private Report report() {
    Config config;
    try {
      config = project.config(terminal);
    } catch (ConfigException e) {
      return Report.ofFaults("", "configuration", e.faults());
    }
    try {
      return report(config, Backend.read(config.model()));
    } catch (ModelException e) {
      return Report.ofFaults(config.model().normalize().toString(), "model", e.faults());
    }
  }

  private Report report(Config config, Backend backend) {
    MigrationFolder.beside(config.model(), Store.dialect(config).name());
    List<Fault> lacking = Store.ddl(config).lacking(backend.whole());
    if (!lacking.isEmpty())
      throw new ModelException(lacking.stream().map(backend.source()::quoted).toList());
    List<Advice> advice = new ArrayList<>();
    Inspection inspection = isLive ? inspect(config, backend) : null;
    Uses known = inspection == null ? new Uses(Map.of(), Map.of()) : inspection.uses();
    advice.addAll(backend.advice(Store.dialect(config).name(), known));
    if (inspection != null) {
      advice.addAll(Advisor.ofDatabase(backend.own(), backend.rules(), inspection.indexUses()));
      for (Drift drift : inspection.drift()) advice.add(advice(drift));
    }
    Acceptance.Judged judged =
        Acceptance.judge(Advisor.sorted(advice), config.check().accept(), isLive);
    return new Report(
        config.model().normalize().toString(),
        backend.own().tables().size(),
        "model",
        List.of(),
        judged.open(),
        judged.accepted());
  }

  private static Inspection inspect(Config config, Backend backend) {
    Store store = Store.openBeside(config);
    try {
      return store.inspect(backend);
    } finally {
      store.close();
    }
  }

  private static Advice advice(Drift drift) {
    return new Advice(
        Code.DRIFT,
        drift.thing().title(),
        Position.NONE,
        drift.summary(),
        "`mainstay plan` shows what would be done about it",
        null);
  }

  /// A file as seen from the folder the command runs in, when it is beneath it.
  private String shown(String file) {
    try {
      Path path = Path.of(file);
      if (!path.startsWith(terminal.folder())) return file;
      return terminal.folder().relativize(path).toString().replace('\\', '/');
    } catch (InvalidPathException _) {
      // The name of a variable or a flag.
      return file;
    }
  }
}
