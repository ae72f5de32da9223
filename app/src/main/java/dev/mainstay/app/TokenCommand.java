package dev.mainstay.app;

import dev.mainstay.app.config.Config;
import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.Model;
import dev.mainstay.services.keys.Secrets;
import dev.mainstay.services.keys.Tokens;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "token",
    description = "Print a token to act as a user with, signed with the project's secret.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Send it as `Authorization: Bearer <token>` beside the apikey:",
      "  mainstay keys token --claim sub=6f0e1d2c-3b4a-4958-8776-655443322110"
    })
final class TokenCommand implements Callable<Integer> {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final Terminal terminal;
  @Mixin private final KeysCommand.Project project = new KeysCommand.Project();

  @Option(
      names = "--role",
      defaultValue = "authenticated",
      description = "The role; authenticated by default.")
  private String role = "";

  @Option(
      names = "--claim",
      paramLabel = "NAME=TEXT",
      description = "A claim that is a text, such as sub or email.")
  private final Map<String, String> texts = new LinkedHashMap<>();

  @Option(names = "--claims", paramLabel = "JSON", description = "Claims as a JSON object.")
  private @Nullable String json;

  @Option(
      names = "--minutes",
      defaultValue = "60",
      description = "How long it is good for; 60 minutes by default.")
  private int minutes;

  TokenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Config config = project.config(terminal);
    requireDeclared(role, config);
    var claims = new LinkedHashMap<String, Object>();
    long now = Instant.now().getEpochSecond();
    claims.put("iss", "mainstay");
    claims.put("role", role);
    if (config.jwt().audience() != null) claims.put("aud", config.jwt().audience());
    claims.put("iat", now);
    claims.put("exp", now + Duration.ofMinutes(minutes).toSeconds());
    if (json != null) claims.putAll(object(json));
    claims.putAll(texts);
    terminal.say(tokens(config).sign(claims));
    return 0;
  }

  private static Map<String, Object> object(String json) {
    try {
      return JsonMapper.shared().readValue(json, OBJECT);
    } catch (JacksonException _) {
      throw new Sorry("--claims must be a JSON object, not " + json);
    }
  }

  /// What signs the project's tokens; the secret must be there already.
  static Tokens tokens(Config config) {
    if (config.jwt().secret() == null && !Files.exists(config.data().resolve(Secrets.FILE)))
      throw new Sorry(
          "There are no secrets in " + config.data() + " yet; `mainstay serve` makes them");
    return Wiring.tokens(config, config.data());
  }

  static void requireDeclared(String role, Config config) {
    Model own = Backend.of(config).own();
    // Where the database keeps rows back, it may know others.
    if (own.guarding() == Guarding.DECLARED && own.role(role) == null)
      throw new Sorry(
          "The model " + config.model().normalize() + " declares no role '" + role + "'");
  }
}
