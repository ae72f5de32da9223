package dev.mainstay.app;

import dev.mainstay.app.config.ConfigReader;
import dev.mainstay.app.config.Given;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a server listens.
final class ListenOptions {
  @Option(names = "--port", paramLabel = "PORT", description = "The port; 0 for any free one.")
  private @Nullable String port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address to listen on; 0.0.0.0 for every one.")
  private @Nullable String host;

  Map<String, Given> settings() {
    var settings = new LinkedHashMap<String, Given>();
    if (port != null) settings.put("http.port", ConfigReader.flag("--port", port));
    if (host != null) settings.put("http.host", ConfigReader.flag("--host", host));
    return settings;
  }
}
