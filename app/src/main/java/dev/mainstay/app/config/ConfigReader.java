package dev.mainstay.app.config;

import dev.mainstay.api.rest.Ending;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.read.Faults;
import dev.mainstay.core.read.Source;
import dev.mainstay.core.read.Yaml;
import dev.mainstay.core.read.YamlReader;
import dev.mainstay.services.keys.Secret;
import dev.mainstay.services.keys.Tokens;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the configuration: what `mainstay.yaml` says, over that the environment, over that flags.
/// A key that nobody knows is a fault, and so is a variable that begins like a section.
public final class ConfigReader {
  private static @Nullable Secret address(Values values, String key) {
    String url = values.text(key);
    return url.isEmpty() ? null : new Secret(url);
  }

  private static final List<String> KEYS = Setting.ALL.stream().map(Setting::key).toList();

  private final Path folder;
  private final long memory;
  private final Faults faults;
  private final Source source;
  private final Map<String, Given> given = new LinkedHashMap<>();

  private ConfigReader(Path folder, Source source, long memory) {
    this.folder = folder;
    this.memory = memory;
    this.source = source;
    this.faults = new Faults(source);
    for (Setting setting : Setting.ALL) given.put(setting.key(), Given.fallback(setting));
  }

  /// @param file the text of `mainstay.yaml`, or null when there is none
  /// @param flags by key; relative paths among them must have been made absolute
  /// @param memory the largest heap, in bytes
  /// @throws ConfigException with everything that is wrong
  public static Config read(
      Path folder,
      @Nullable String file,
      Map<String, String> environment,
      Map<String, Given> flags,
      long memory) {
    String name = folder.resolve("mainstay.yaml").toString();
    var reader = new ConfigReader(folder, new Source(name, file == null ? "" : file), memory);
    if (file != null) reader.file();
    reader.environment(environment);
    reader.given.putAll(flags);
    Config config = reader.config();
    List<Fault> all = reader.faults.sorted();
    if (!all.isEmpty()) throw new ConfigException(all);
    return config;
  }

  /// What a flag gives a setting.
  public static Given flag(String name, String text) {
    return Given.outside(text, name);
  }

  private void file() {
    Yaml yaml = YamlReader.read(source, faults);
    if (yaml instanceof Yaml.Mapping mapping) section("", mapping);
    else if (yaml != null)
      faults.add(yaml.position(), "the configuration must be a mapping, not " + yaml.kind());
  }

  private void section(String prefix, Yaml.Mapping mapping) {
    for (Yaml.Entry entry : mapping.entries()) {
      String key = prefix + entry.key().text();
      if (KEYS.contains(key)) value(key, entry.value());
      else if (KEYS.stream().anyMatch(known -> known.startsWith(key + "."))) below(key, entry);
      else faults.unknown(entry.key().position(), "setting", key, known(prefix));
    }
  }

  /// What may stand in a section: its settings, and at the top the sections too.
  private static List<String> known(String prefix) {
    if (!prefix.isEmpty()) return KEYS.stream().filter(key -> key.startsWith(prefix)).toList();
    return KEYS.stream().map(key -> key.split("\\.", 2)[0]).distinct().toList();
  }

  private void below(String key, Yaml.Entry entry) {
    switch (entry.value()) {
      case Yaml.Mapping mapping -> section(key + ".", mapping);
      case Yaml.Scalar scalar when scalar.isNull() -> {
        // A section with nothing in it.
      }
      case Yaml other ->
          faults.add(other.position(), "'" + key + "' must be a mapping, not " + other.kind());
    }
  }

  private void value(String key, Yaml yaml) {
    var texts = new ArrayList<String>();
    switch (yaml) {
      case Yaml.Scalar scalar when scalar.isNull() -> {
        return;
      }
      case Yaml.Scalar scalar -> texts.add(scalar.text());
      case Yaml.Sequence sequence -> {
        for (Yaml item : sequence.items()) {
          if (item instanceof Yaml.Scalar scalar) texts.add(scalar.text());
          else faults.add(item.position(), "'" + key + "' must be a list of texts");
        }
      }
      case Yaml.Mapping mapping -> {
        faults.add(mapping.position(), "'" + key + "' must be one value, not a mapping");
        return;
      }
    }
    Position position = yaml.position();
    String origin = position.file() + ":" + position.line();
    given.put(key, new Given(texts, origin, position));
  }

  private void environment(Map<String, String> environment) {
    var variables = new LinkedHashMap<String, String>();
    for (Setting setting : Setting.ALL) variables.put(setting.variable(), setting.key());
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      String key = variables.get(name);
      if (key != null) given.put(key, Given.outside(variable.getValue(), name));
      else if (isOfASection(name))
        faults.unknown(new Position(name, 0, 0), "setting", name, variables.keySet());
    }
  }

  /// Others may have variables with our prefix: Kubernetes makes `MAINSTAY_SERVICE_HOST` for a
  /// service of that name, and the launcher has its own.
  private static boolean isOfASection(String variable) {
    for (Setting setting : Setting.ALL) {
      int dot = setting.key().indexOf('.');
      if (dot < 0) continue;
      String section = setting.variable().substring(0, "MAINSTAY_".length() + dot + 1);
      if (variable.startsWith(section)) return true;
    }
    return false;
  }

  private Config config() {
    var values = new Values(given, faults);
    var effective = new ArrayList<Config.Effective>();
    var http =
        new Config.Http(
            values.text("http.host"),
            values.number("http.port", 0, 65_535),
            values.flag("http.require_apikey"),
            (int) values.bytes("http.body_limit", 1024, 1 << 30),
            values.number("http.max_running", 1, 1_000_000),
            values.oneOf("http.server_timing", List.of("off", "request", "on")),
            values.texts("http.cors_origins"),
            values.oneOf("http.metrics", List.of("key", "open")),
            values.oneOf("http.docs", List.of("on", "off")).equals("on"),
            publicUrl(values),
            values.duration("http.drain"),
            values.duration("http.stop_timeout"));
    var rest =
        new Config.Rest(
            path(values),
            values.text("rest.title"),
            values.oneOf("rest.openapi", List.of("enabled", "disabled")).equals("enabled"),
            values.number("rest.max_rows", 1, 100_000_000),
            values.texts("rest.schemas"),
            values.texts("rest.extra_search_path"),
            values.flag("rest.aggregates"),
            values.flag("rest.require_where"),
            ending(values),
            values.flag("rest.plans"),
            emptyToNull(values.text("rest.pre_request")),
            values.duration("rest.idempotency"));
    Secret url = address(values, "database.url");
    Secret readUrl = address(values, "database.read_url");
    if (url == null && readUrl != null)
      values.refuse("database.read_url", "is a standby of database.url, which is not set", null);
    var database =
        new Config.Database(
            url,
            address(values, "database.direct_url"),
            readUrl,
            values.flag("database.read_your_writes"),
            values.number("database.pool_size", 1, 1000),
            values.flag("database.pooler"),
            values.duration("database.follow"));
    var backup = backup(values);
    var limits = new Config.Limits(bytesInFlight(values));
    var timeouts =
        new Config.Timeouts(values.duration("timeouts.anon"), values.duration("timeouts.others"));
    var log =
        new Config.Log(
            values.oneOf("log.format", List.of("auto", "text", "json")),
            values.oneOf("log.level", List.of("error", "warn", "info", "debug")));
    var jwt = new Config.Jwt(secret(values), emptyToNull(values.text("jwt.audience")));
    for (Setting setting : Setting.ALL) effective.add(effective(setting, values));
    return new Config(
        folder,
        folder.resolve(values.text("model")),
        folder.resolve(values.text("data")),
        http,
        rest,
        database,
        backup,
        limits,
        timeouts,
        log,
        jwt,
        new Config.Check(values.acceptances("check.accept")),
        effective);
  }

  private static String path(Values values) {
    String path = values.text("rest.path");
    if (!path.startsWith("/") || path.contains("//") || !path.matches("[A-Za-z0-9/._~-]*")) {
      values.refuse("rest.path", "must be a path such as /rest/v1, not '" + path + "'", null);
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static @Nullable URI publicUrl(Values values) {
    String text = values.text("http.public_url");
    if (text.isEmpty()) return null;
    try {
      URI url = new URI(text);
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isHttp && url.getHost() != null && url.getQuery() == null && url.getFragment() == null)
        return url;
    } catch (URISyntaxException _) {
      // Refused below.
    }
    values.refuse("http.public_url", "must be an address such as https://api.example.com", null);
    return null;
  }

  private Config.Backup backup(Values values) {
    boolean isNever = values.text("backup.every").equals("never");
    String programs = values.text("backup.programs");
    return new Config.Backup(
        backupFolder(values),
        isNever ? null : values.duration("backup.every", Duration.ofMinutes(1)),
        values.number("backup.keep", 1, 100_000),
        values.flag("backup.secrets"),
        programs.isEmpty() ? null : folder.resolve(programs));
  }

  private Path backupFolder(Values values) {
    String where = values.text("backup.folder");
    return folder.resolve(where.isEmpty() ? values.text("data") + "/backups" : where).normalize();
  }

  private long bytesInFlight(Values values) {
    if (values.text("limits.bytes_in_flight").equals("auto")) {
      return Math.max(16L << 20, memory / 8);
    }
    return values.bytes("limits.bytes_in_flight", 1 << 20, 1L << 40);
  }

  private static @Nullable Secret secret(Values values) {
    String text = values.text("jwt.secret");
    if (text.isEmpty()) return null;
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length < Tokens.SHORTEST_SECRET) {
      values.refuse(
          "jwt.secret",
          "must be " + Tokens.SHORTEST_SECRET + " bytes or longer, not " + length,
          "make one with: openssl rand -base64 32");
    }
    return new Secret(text);
  }

  private Config.Effective effective(Setting setting, Values values) {
    Given value = values.given(setting.key());
    String text = value.text();
    if (setting.secret() && !text.isEmpty()) text = "***";
    if (setting.key().equals("model") || setting.key().equals("data"))
      text = folder.resolve(text).normalize().toString();
    if (setting.key().equals("backup.folder")) text = backupFolder(values).toString();
    if (setting.key().equals("limits.bytes_in_flight") && text.equals("auto"))
      text = Long.toString(bytesInFlight(values));
    return new Config.Effective(setting.key(), text, value.origin());
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Ending ending(Values values) {
    Map<String, Ending> endings = new LinkedHashMap<>();
    for (Ending ending : Ending.values()) endings.put(word(ending), ending);
    return Objects.requireNonNull(
        endings.get(values.oneOf("rest.tx", List.copyOf(endings.keySet()))));
  }

  private static String word(Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
