package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.app.config.ConfigReader;
import dev.mainstay.app.config.Given;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "demo",
    description = "Serve the example, a music store, until Ctrl-C.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ListenOptions listen = new ListenOptions();
  @Mixin private final ProjectOptions options = new ProjectOptions();

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path project = terminal.home().resolve("examples/chinook");
    if (!Files.exists(project.resolve("backend.yaml")))
      throw new Sorry("The example is not where it should be, in " + project);
    var settings = new LinkedHashMap<String, Given>();
    settings.put("data", ConfigReader.flag("mainstay demo", data().toString()));
    settings.putAll(listen.settings());
    Config config = options.demo(terminal, project, settings);
    Server server = Server.start(config, terminal);
    String tracks =
        "/tracks?select=name,album:albums(title,artist:artists(name))"
            + "&composer=ilike.*page*&order=name&limit=5";
    terminal.say(
        """
        Chinook, a music store of 11 tables, is served by Mainstay.

        URL=%s
        ANON=%s
        SERVICE=%s
        DOCS=%s

        The data lives in %s; the model is %s.
        Try these in another shell:

          curl '%s' -H 'apikey: %s'

          curl '%s' -H 'apikey: %s'

        The first answers five tracks with album and artist. The second answers [], since invoices
        belong to their customers; with the SERVICE key it answers three. Ctrl-C stops it, and the
        data stays. DOCS is a page to try everything on, as anon.
        """
            .formatted(
                server.url(),
                server.keyFor("anon"),
                server.keyFor("service_role"),
                server.docs("anon"),
                server.data(),
                config.model().normalize(),
                server.url() + server.restPath() + tracks,
                server.keyFor("anon"),
                server.url() + server.restPath() + "/invoices?limit=3",
                server.keyFor("anon")));
    server.untilStopped();
    return 0;
  }

  /// Beside the distribution, and in a checkout where no build sweeps it away.
  private Path data() {
    Path home = terminal.home();
    Path target = home.getParent();
    if (target != null && target.endsWith(Path.of("app", "target"))) {
      return target.resolve("../../data/chinook").normalize();
    }
    return home.resolve("data/chinook");
  }
}
