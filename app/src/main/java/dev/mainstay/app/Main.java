package dev.mainstay.app;

import dev.mainstay.app.config.ConfigException;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.ModelException;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.problem.ProblemText;
import dev.mainstay.services.rows.ImportRefused;
import dev.mainstay.services.rows.NotMoved;
import dev.mainstay.sql.StoreException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line. Status 0: done; 1: it cannot be done, said in one sentence; 2: the command,
/// the configuration or the model is wrong, said with every fault.
@Command(
    name = "mainstay",
    description = "The whole backend of an application in one process.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Start here:",
      "  mainstay demo                 a music store to look around in",
      "  mainstay init my-app          a small project of your own",
      "  cd my-app && mainstay serve",
      "",
      "Every setting may stand in mainstay.yaml, in the environment",
      "(MAINSTAY_HTTP_PORT) or behind --set; `mainstay config` lists them."
    })
public final class Main {
  static final int WRONG = 2;
  static final int CANNOT = 1;

  private Main() {}

  // It does return null, in 25 again, where nobody looks.
  @SuppressWarnings("SystemConsoleNull")
  public static void main(String[] arguments) {
    leaveRoomBesideDatabase();
    var console = System.console();
    Charset charset = console == null ? Charset.defaultCharset() : console.charset();
    var terminal =
        new Terminal(
            new PrintWriter(System.out, true, charset),
            new PrintWriter(System.err, true, charset),
            System.in,
            new FileOutputStream(FileDescriptor.out),
            System.getenv(),
            Path.of("").toAbsolutePath(),
            Path.of(System.getProperty("mainstay.home", "")).toAbsolutePath(),
            console != null && console.isTerminal());
    System.exit(run(terminal, arguments));
  }

  /// SQLite's readers hold their carrier threads, as many as there are processors: as many again
  /// are for everybody else (decision 0011). Before the first virtual thread.
  private static void leaveRoomBesideDatabase() {
    String property = "jdk.virtualThreadScheduler.parallelism";
    int processors = Runtime.getRuntime().availableProcessors();
    if (System.getProperty(property) == null)
      System.setProperty(property, Integer.toString(2 * Math.max(2, processors)));
  }

  /// @return the process's status
  static int run(Terminal terminal, String... arguments) {
    var main = new CommandLine(new Main());
    main.addSubcommand(new ServeCommand(terminal));
    main.addSubcommand(new DemoCommand(terminal));
    main.addSubcommand(new InitCommand(terminal));
    main.addSubcommand(new CheckCommand(terminal));
    main.addSubcommand(new TestCommand(terminal));
    main.addSubcommand(new DiffCommand(terminal));
    main.addSubcommand(new PlanCommand(terminal));
    main.addSubcommand(new ApplyCommand(terminal));
    main.addSubcommand(new RollbackCommand(terminal));
    main.addSubcommand(new ConfigCommand(terminal));
    main.addSubcommand(KeysCommand.with(terminal));
    main.addSubcommand(GenerateCommand.with(terminal));
    main.addSubcommand(new PullCommand(terminal));
    main.addSubcommand(new ExportCommand(terminal));
    main.addSubcommand(new ImportCommand(terminal));
    main.addSubcommand(new MoveCommand(terminal));
    main.addSubcommand(WritesCommand.with(terminal));
    main.addSubcommand(new ReloadCommand(terminal));
    main.addSubcommand(new BackupCommand(terminal));
    main.addSubcommand(new RestoreCommand(terminal));
    main.addSubcommand(new VersionCommand(terminal));
    main.addSubcommand(new WarmUpCommand(terminal));
    main.setOut(terminal.out());
    main.setErr(terminal.err());
    main.setUsageHelpAutoWidth(true);
    main.setCaseInsensitiveEnumValuesAllowed(true);
    main.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.isInteractive() && !terminal.environment().containsKey("NO_COLOR")
                ? CommandLine.Help.Ansi.AUTO
                : CommandLine.Help.Ansi.OFF));
    main.setExecutionExceptionHandler((thrown, _, _) -> explain(thrown, terminal));
    if (arguments.length == 0) {
      main.usage(terminal.out());
      return 0;
    }
    return main.execute(arguments);
  }

  /// Says what went wrong, and answers the status.
  static int explain(Exception thrown, Terminal terminal) {
    return switch (thrown) {
      case ModelException model -> faults(model.faults(), "nothing was changed", terminal);
      case ConfigException config -> faults(config.faults(), "nothing was changed", terminal);
      case Sorry sorry -> sentence(sorry, terminal);
      case StoreException store -> sentence(store, terminal);
      case ImportRefused refused -> sentence(refused, terminal);
      case NotMoved not -> sentence(not, terminal);
      case ProblemException problem ->
          sentence(new Sorry(ProblemText.of(problem.problem())), terminal);
      default -> {
        terminal.err().println("mainstay: this is a bug in Mainstay; please report what follows");
        thrown.printStackTrace(terminal.err());
        terminal.err().flush();
        yield CANNOT;
      }
    };
  }

  /// Says everything that is wrong with a file, and answers the status.
  ///
  /// @param outcome what was not done for it
  static int faults(List<Fault> faults, String outcome, Terminal terminal) {
    int number = faults.size();
    terminal.err().print(FaultPrinter.print(faults));
    terminal.err().println();
    terminal
        .err()
        .println("mainstay: %d fault%s; %s".formatted(number, number == 1 ? "" : "s", outcome));
    terminal.err().flush();
    return WRONG;
  }

  private static int sentence(Exception reason, Terminal terminal) {
    terminal.err().println("mainstay: " + reason.getMessage());
    terminal.err().flush();
    return CANNOT;
  }
}
