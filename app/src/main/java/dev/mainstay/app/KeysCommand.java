package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.services.keys.ApiKey;
import dev.mainstay.services.keys.ApiKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mainstay keys …`. Works beside a running server, which notices within two seconds.
@Command(
    name = "keys",
    description = "Show, make and revoke the keys that applications call with.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {
  private KeysCommand() {}

  static CommandLine with(Terminal terminal) {
    return new CommandLine(new KeysCommand())
        .addSubcommand(new Show(terminal))
        .addSubcommand(new ListAll(terminal))
        .addSubcommand(new Make(terminal))
        .addSubcommand(new Revoke(terminal))
        .addSubcommand(new TokenCommand(terminal));
  }

  /// Where a project is, for each of these commands.
  static final class Project {
    @Mixin private final ProjectOption option = new ProjectOption();

    Config config(Terminal terminal) {
      return option.config(terminal);
    }

    <T> T keys(Terminal terminal, Function<ApiKeys, T> work) {
      Config config = config(terminal);
      Backend backend = Backend.of(config);
      Store store = Store.openBeside(config);
      store.installOwn(backend);
      try (Engine engine = store.serve(backend.whole())) {
        var catalog = new Catalog(backend.whole(), backend.rules());
        return work.apply(Wiring.keys(catalog, engine, new ByteBudget(1 << 24)));
      }
    }
  }

  @Command(
      name = "show",
      description = "Print the project's own anon and service_role keys.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    private final Terminal terminal;
    @Mixin private final Project project = new Project();

    Show(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      var tokens = TokenCommand.tokens(project.config(terminal));
      terminal.say("ANON=" + Server.keyFor(tokens, Role.ANON.name()));
      terminal.say("SERVICE=" + Server.keyFor(tokens, Role.SERVICE.name()));
      return 0;
    }
  }

  @Command(
      name = "list",
      description = "List the opaque keys: what they may do, not what they are.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    private final Terminal terminal;
    @Mixin private final Project project = new Project();

    ListAll(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      print(project.keys(terminal, ApiKeys::list), terminal);
      return 0;
    }
  }

  @Command(
      name = "make",
      description = "Make an opaque key and print it; it is not shown again.",
      mixinStandardHelpOptions = true)
  static final class Make implements Callable<Integer> {
    private final Terminal terminal;
    @Mixin private final Project project = new Project();

    @Option(names = "--role", required = true, description = "The role it acts as.")
    private String role = "";

    @Option(names = "--name", required = true, description = "What it is for.")
    private String name = "";

    Make(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      TokenCommand.requireDeclared(role, project.config(terminal));
      ApiKeys.Made made = project.keys(terminal, keys -> keys.make(name, role));
      terminal.say(made.key().reveal());
      return 0;
    }
  }

  @Command(
      name = "revoke",
      description = "Revoke the keys of that name, id or beginning.",
      mixinStandardHelpOptions = true)
  static final class Revoke implements Callable<Integer> {
    private final Terminal terminal;
    @Mixin private final Project project = new Project();

    @Parameters(paramLabel = "KEY", description = "A name, id or prefix as `keys list` shows it.")
    private String which = "";

    Revoke(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      List<ApiKey> revoked = project.keys(terminal, keys -> keys.revoke(which));
      if (revoked.isEmpty()) throw new Sorry("No key in force goes by '" + which + "'");
      print(revoked, terminal);
      return 0;
    }
  }

  private static void print(List<ApiKey> keys, Terminal terminal) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("NAME", "ROLE", "KEY", "MADE", "REVOKED", "ID"));
    for (ApiKey key : keys) {
      String revoked = key.revokedAt() == null ? "-" : key.revokedAt();
      rows.add(
          List.of(key.name(), key.role(), key.prefix() + "…", key.createdAt(), revoked, key.id()));
    }
    Columns.print(rows, terminal);
  }
}
