package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.app.generate.Output;
import dev.mainstay.app.generate.Tree;
import dev.mainstay.app.generate.Watch;
import dev.mainstay.core.generate.Api;
import dev.mainstay.core.generate.InexpressibleException;
import dev.mainstay.core.generate.JavaClient;
import dev.mainstay.core.generate.TypeScript;
import dev.mainstay.core.model.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mainstay generate …`. Reads the model and asks no database.
@Command(
    name = "generate",
    description = "Write code for clients from the model: types for TypeScript, a client in Java.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class GenerateCommand {
  private GenerateCommand() {}

  static CommandLine with(Terminal terminal) {
    return new CommandLine(new GenerateCommand())
        .addSubcommand(new Types(terminal))
        .addSubcommand(new Java(terminal));
  }

  /// Of what, and for whom, code is made.
  static final class Subject {
    @Option(
        names = "--role",
        defaultValue = "service_role",
        description =
            "For whom: what the role may not see is left out. Default: service_role, which sees"
                + " everything.")
    private String role = "";

    @Option(
        names = "--schema",
        split = ",",
        paramLabel = "SCHEMA",
        description = "Which schemas; several with commas. Default: those of rest.schemas.")
    private final List<String> schemas = new ArrayList<>();

    @Option(
        names = "--watch",
        description = "Go on, and write anew whenever the model changes, until Ctrl-C.")
    private boolean watch;

    @Mixin private final ProjectArgument project = new ProjectArgument();

    private Api api(Terminal terminal) {
      Config config = project.config(terminal);
      Backend backend = Backend.read(config.model()).declared();
      Role declared = backend.own().role(role);
      if (declared == null)
        throw new Sorry(
            "The model " + config.model().normalize() + " declares no role '" + role + "'");
      for (String schema : schemas)
        if (!backend.hasSchema(schema))
          throw new Sorry(
              "The model "
                  + config.model().normalize()
                  + " has nothing in a schema '"
                  + schema
                  + "'");
      return Api.of(
          Wiring.planner(backend), declared, schemas.isEmpty() ? config.rest().schemas() : schemas);
    }

    /// Once, or whenever the model or the configuration changes. While they are wrong, what was
    /// made last stays.
    private int each(Terminal terminal, Work work) throws IOException {
      if (!watch) {
        work.with(api(terminal));
        return 0;
      }
      Config config = project.config(terminal);
      var files = List.of(config.model(), config.folder().resolve("mainstay.yaml"));
      try {
        new Watch(files)
            .run(
                () -> {
                  try {
                    work.with(api(terminal));
                  } catch (Exception e) {
                    Main.explain(e, terminal);
                  }
                });
      } catch (InterruptedException _) {
        // That is how it ends.
      } catch (IOException e) {
        throw new Sorry("The model cannot be watched: " + e.getMessage());
      }
      return 0;
    }
  }

  private interface Work {
    void with(Api api) throws IOException;
  }

  @Command(
      name = "types",
      description = "The type `Database` for supabase-js, in TypeScript.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Types implements Callable<Integer> {
    private final Terminal terminal;
    @Mixin private final Subject subject = new Subject();
    @Spec private CommandSpec spec;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "The file to write. Default: it is printed.")
    private @Nullable Path file;

    Types(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
      if (subject.watch && file == null)
        throw new ParameterException(
            spec.commandLine(), "--watch needs a file to write: --out database.types.ts");
      return subject.each(terminal, this::write);
    }

    private void write(Api api) {
      String text = TypeScript.of(api);
      if (file == null) {
        terminal.out().print(text);
        terminal.out().flush();
        return;
      }
      try {
        boolean written = Output.write(terminal.folder().resolve(file), text);
        terminal.say(file + (written ? ": written" : ": as it was"));
      } catch (IOException e) {
        throw new Sorry(file + " cannot be written: " + e.getMessage());
      }
    }
  }

  @Command(
      name = "java",
      description = "Records and a small client, in Java 17 with Jackson 3.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Java implements Callable<Integer> {
    private final Terminal terminal;
    @Mixin private final Subject subject = new Subject();
    @Spec private CommandSpec spec;

    @Option(
        names = "--package",
        required = true,
        paramLabel = "PACKAGE",
        description = "The package of what is written. What was made before and is no more goes.")
    private String root = "";

    @Option(
        names = "--out",
        required = true,
        paramLabel = "DIR",
        description = "The folder that packages are in, such as src/main/java.")
    private Path folder = Path.of("");

    Java(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
      if (!SourceVersion.isName(root))
        throw new ParameterException(spec.commandLine(), "'" + root + "' cannot name a package");
      return subject.each(terminal, this::write);
    }

    private void write(Api api) {
      try {
        var files = JavaClient.of(api, root);
        var tree = new Tree(terminal.folder().resolve(folder), Path.of(root.replace('.', '/')));
        Tree.Changed changed = tree.write(files, JavaClient::made);
        terminal.say(
            "%s: %d files, %d written, %d gone"
                .formatted(folder, files.size(), changed.written(), changed.gone()));
      } catch (InexpressibleException e) {
        throw new Sorry(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw new Sorry(folder + " cannot be written: " + e.getMessage());
      }
    }
  }
}
