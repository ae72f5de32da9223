package dev.mainstay.sql.postgres;

import dev.mainstay.core.engine.Occasion;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a session must be set to before a statement runs in it.
final class Settings {
  /// Answers what the database wants of the response.
  static final String REPLY =
      "SELECT nullif(current_setting('response.status', true), ''),"
          + " nullif(current_setting('response.headers', true), '')";

  private static final String ROLE = "role";
  private static final String NO_ROLE = "none";
  private static final String CLAIMS = "request.jwt.claims";
  private static final String SEARCH_PATH = "search_path";
  private static final String TIME_ZONE = "TimeZone";
  private static final String UTC = "UTC";

  /// How values look as text, and that short statements are not compiled to machine code, which
  /// takes longer than they do.
  private static final Map<String, String> ALWAYS = new LinkedHashMap<>();

  static {
    ALWAYS.put(TIME_ZONE, UTC);
    ALWAYS.put("DateStyle", "ISO");
    ALWAYS.put("IntervalStyle", "postgres");
    ALWAYS.put("bytea_output", "hex");
    ALWAYS.put("extra_float_digits", "1");
    ALWAYS.put("jit", "off");
  }

  private Settings() {}

  /// What a statement or a transaction needs before it whoever asks, where nothing is kept from the
  /// one before.
  static List<Setting> ofAny(PostgresSettings settings, Duration timeout) {
    List<Setting> list = new ArrayList<>();
    if (settings.pooler()) {
      ALWAYS.forEach((name, value) -> list.add(new Setting(name, value, Until.COMMIT)));
      list.add(new Setting(SEARCH_PATH, searchPath(settings.searchPath()), Until.COMMIT));
    }
    list.add(new Setting("statement_timeout", millis(timeout), Until.COMMIT));
    return list;
  }

  /// Who asks and what for, for a database that wants to know.
  static List<Setting> ofCaller(
      PostgresSettings settings, Telling telling, Caller caller, Occasion occasion) {
    if (!(caller instanceof Caller.Outside outside)) return List.of();
    List<Setting> list = new ArrayList<>();
    if (telling == Telling.EVERYTHING) {
      list.add(new Setting(ROLE, role(outside), Until.COMMIT));
      list.addAll(of(occasion, settings));
    }
    if (telling != Telling.NOTHING)
      list.add(new Setting(CLAIMS, outside.claims().json(), Until.COMMIT));
    return list;
  }

  private static List<Setting> of(Occasion occasion, PostgresSettings settings) {
    List<Setting> list = new ArrayList<>();
    list.add(new Setting("request.method", occasion.method(), Until.COMMIT));
    list.add(new Setting("request.path", occasion.path(), Until.COMMIT));
    list.add(new Setting("request.headers", occasion.headersJson(), Until.COMMIT));
    list.add(new Setting("request.cookies", occasion.cookiesJson(), Until.COMMIT));
    // Whoever sets these for a whole session means only this request.
    list.add(new Setting("response.status", "", Until.COMMIT));
    list.add(new Setting("response.headers", "", Until.COMMIT));
    if (occasion.schema() != null) {
      Set<String> schemas = new LinkedHashSet<>();
      schemas.add(occasion.schema());
      schemas.addAll(settings.searchPath());
      list.add(new Setting(SEARCH_PATH, searchPath(schemas), Until.COMMIT));
    }
    if (occasion.zone() != null)
      list.add(new Setting(TIME_ZONE, occasion.zone().getId(), Until.COMMIT));
    return list;
  }

  /// What a transaction needs that was a caller's so far, and is to be the program's own again.
  static List<Setting> nobodys(PostgresSettings settings, Telling telling, Duration timeout) {
    List<Setting> list = ofAny(settings, timeout);
    if (telling == Telling.EVERYTHING) {
      list.add(new Setting(ROLE, NO_ROLE, Until.COMMIT));
      list.add(new Setting(SEARCH_PATH, searchPath(settings.searchPath()), Until.COMMIT));
      list.add(new Setting(TIME_ZONE, UTC, Until.COMMIT));
    }
    if (telling != Telling.NOTHING) list.add(new Setting(CLAIMS, "", Until.COMMIT));
    return list;
  }

  /// The role as the token names it, but for the word that means the login role.
  private static String role(Caller.Outside caller) {
    if (caller.role().equals(NO_ROLE))
      throw new ProblemException(
          new Problem.Database("22023", "role \"" + NO_ROLE + "\" does not exist", null, null));
    return caller.role();
  }

  /// The same for the length of a transaction, one statement each.
  static List<String> ofTransaction() {
    return ALWAYS.entrySet().stream()
        .map(setting -> "SET LOCAL %s = '%s'".formatted(setting.getKey(), setting.getValue()))
        .toList();
  }

  static Setting lastingTimeout(Duration timeout) {
    return new Setting("statement_timeout", millis(timeout), Until.DISCONNECT);
  }

  /// One statement that makes the settings; their values go into its placeholders.
  static String statement(List<Setting> settings) {
    StringBuilder sql = new StringBuilder();
    for (Setting setting : settings)
      sql.append(sql.isEmpty() ? "SELECT " : ", ")
          .append("set_config('")
          .append(setting.name())
          .append("', ?, ")
          .append(setting.until() == Until.COMMIT)
          .append(')');
    return sql.toString();
  }

  /// Whether one of them must be gone when the statement is done.
  static boolean endWithTransaction(List<Setting> settings) {
    return settings.stream().anyMatch(setting -> setting.until() == Until.COMMIT);
  }

  /// Whether one of them stays in the session.
  static boolean lasts(List<Setting> settings) {
    return settings.stream().anyMatch(setting -> setting.until() == Until.DISCONNECT);
  }

  private static String millis(Duration timeout) {
    return Long.toString(Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
  }

  /// Run once on a connection that is Mainstay's alone.
  static String once(PostgresSettings settings) {
    StringBuilder sql = new StringBuilder("SELECT ");
    ALWAYS.forEach(
        (name, value) -> sql.append("set_config('" + name + "', '" + value + "', false), "));
    return sql.append("set_config('search_path', ")
        .append(Types.text(searchPath(settings.searchPath())))
        .append(", false)")
        .toString();
  }

  private static String searchPath(Collection<String> schemas) {
    return String.join(", ", schemas.stream().map(Types::quoted).toList());
  }

  record Setting(String name, String value, Until until) {}

  enum Until {
    COMMIT,
    DISCONNECT
  }
}
