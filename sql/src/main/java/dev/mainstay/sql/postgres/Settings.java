package dev.mainstay.sql.postgres;

import dev.mainstay.core.plan.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a session must be set to before a statement runs in it.
final class Settings {
  /// How values look as text, and that short statements are not compiled to machine code, which
  /// takes longer than they do.
  private static final Map<String, String> ALWAYS = new LinkedHashMap<>();

  static {
    ALWAYS.put("TimeZone", "UTC");
    ALWAYS.put("DateStyle", "ISO");
    ALWAYS.put("IntervalStyle", "postgres");
    ALWAYS.put("bytea_output", "hex");
    ALWAYS.put("extra_float_digits", "1");
    ALWAYS.put("jit", "off");
  }

  private Settings() {}

  /// What a statement or a transaction needs before it, where nothing is kept from the one before.
  ///
  /// @param claims whether the database asks who the caller is
  static List<Setting> all(
      PostgresSettings settings, boolean claims, Caller caller, Duration timeout) {
    List<Setting> list = new ArrayList<>();
    if (settings.pooler()) {
      ALWAYS.forEach((name, value) -> list.add(new Setting(name, value, Until.COMMIT)));
      list.add(new Setting("search_path", searchPath(settings), Until.COMMIT));
    }
    list.add(new Setting("statement_timeout", millis(timeout), Until.COMMIT));
    list.addAll(ofCaller(settings, claims, caller));
    return list;
  }

  /// Role and claims, for a database that asks for them.
  static List<Setting> ofCaller(PostgresSettings settings, boolean claims, Caller caller) {
    if (!(caller instanceof Caller.Outside outside)) return List.of();
    List<Setting> list = new ArrayList<>();
    if (settings.nativePolicies()) list.add(new Setting("role", outside.role(), Until.COMMIT));
    if (settings.nativePolicies() || claims)
      list.add(new Setting("request.jwt.claims", outside.claims().json(), Until.COMMIT));
    return list;
  }

  /// What a transaction needs that was a caller's so far, and is to be the program's own again.
  static List<Setting> nobodys(PostgresSettings settings, boolean claims, Duration timeout) {
    List<Setting> list = all(settings, claims, new Caller.Inside(), timeout);
    if (settings.nativePolicies()) list.add(new Setting("role", "none", Until.COMMIT));
    if (settings.nativePolicies() || claims)
      list.add(new Setting("request.jwt.claims", "", Until.COMMIT));
    return list;
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
        .append(Types.text(searchPath(settings)))
        .append(", false)")
        .toString();
  }

  private static String searchPath(PostgresSettings settings) {
    return String.join(", ", settings.searchPath().stream().map(Types::quoted).toList());
  }

  record Setting(String name, String value, Until until) {}

  enum Until {
    COMMIT,
    DISCONNECT
  }
}
