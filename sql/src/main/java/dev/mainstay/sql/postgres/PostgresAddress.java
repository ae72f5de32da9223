package dev.mainstay.sql.postgres;

import dev.mainstay.sql.StoreException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// Where a database is: what the driver connects to, and how to name it without a password.
///
/// @param shown `host:port/database`
record PostgresAddress(Properties properties, String shown) {
  /// Parameters of a `postgres://` address, as libpq knows them, by the driver's names.
  private static final Map<String, PGProperty> PARAMETERS =
      Map.of(
          "sslmode", PGProperty.SSL_MODE,
          "sslrootcert", PGProperty.SSL_ROOT_CERT,
          "sslcert", PGProperty.SSL_CERT,
          "sslkey", PGProperty.SSL_KEY,
          "sslpassword", PGProperty.SSL_PASSWORD,
          "channel_binding", PGProperty.CHANNEL_BINDING,
          "application_name", PGProperty.APPLICATION_NAME,
          "connect_timeout", PGProperty.CONNECT_TIMEOUT,
          "target_session_attrs", PGProperty.TARGET_SERVER_TYPE,
          "options", PGProperty.OPTIONS);

  private static final Map<String, PGProperty> VARIABLES = new LinkedHashMap<>();

  static {
    VARIABLES.put("PGHOST", PGProperty.PG_HOST);
    VARIABLES.put("PGPORT", PGProperty.PG_PORT);
    VARIABLES.put("PGDATABASE", PGProperty.PG_DBNAME);
    VARIABLES.put("PGUSER", PGProperty.USER);
    VARIABLES.put("PGPASSWORD", PGProperty.PASSWORD);
    VARIABLES.put("PGSSLMODE", PGProperty.SSL_MODE);
    VARIABLES.put("PGSSLROOTCERT", PGProperty.SSL_ROOT_CERT);
    VARIABLES.put("PGSSLCERT", PGProperty.SSL_CERT);
    VARIABLES.put("PGSSLKEY", PGProperty.SSL_KEY);
    VARIABLES.put("PGCHANNELBINDING", PGProperty.CHANNEL_BINDING);
    VARIABLES.put("PGOPTIONS", PGProperty.OPTIONS);
  }

  private static final Map<String, String> SERVER_TYPES =
      Map.of("read-write", "primary", "primary", "primary", "any", "any");

  static PostgresAddress of(String address) {
    return address.startsWith("jdbc:") ? ofJdbc(address) : ofUri(address);
  }

  /// The same address with another database in it.
  static String in(String database, String address) {
    int query = address.indexOf('?');
    String end = query < 0 ? "" : address.substring(query);
    String place = query < 0 ? address : address.substring(0, query);
    int hosts = place.indexOf("//");
    // jdbc:postgresql:shop
    if (hosts < 0) return place.substring(0, place.lastIndexOf(':') + 1) + database + end;
    int slash = place.indexOf('/', hosts + 2);
    return (slash < 0 ? place : place.substring(0, slash)) + "/" + database + end;
  }

  /// The database's name.
  String database() {
    return String.valueOf(PGProperty.PG_DBNAME.getOrDefault(properties));
  }

  /// As whom to connect.
  String user() {
    return String.valueOf(PGProperty.USER.getOrDefault(properties));
  }

  private static PostgresAddress ofJdbc(String address) {
    Properties properties = Driver.parseURL(address, null);
    if (properties == null) throw unreadable();
    return new PostgresAddress(properties, shown(properties));
  }

  private static PostgresAddress ofUri(String address) {
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException e) {
      throw unreadable();
    }
    if (!"postgres".equals(uri.getScheme()) && !"postgresql".equals(uri.getScheme()))
      throw unreadable();
    String authority = uri.getRawAuthority();
    if (authority == null) throw unreadable();
    String[] sides = split(authority, authority.lastIndexOf('@'));
    String hosts = sides[1].isEmpty() ? "localhost" : sides[1];
    String database = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("^/", "");
    Properties properties = Driver.parseURL("jdbc:postgresql://" + hosts + "/" + database, null);
    if (properties == null) throw unreadable();
    if (!sides[0].isEmpty()) {
      String[] login = sides[0].split(":", 2);
      PGProperty.USER.set(properties, decoded(login[0]));
      if (login.length == 2) PGProperty.PASSWORD.set(properties, decoded(login[1]));
    }
    String user = PGProperty.USER.getOrNull(properties);
    if (database.isEmpty() && user != null) PGProperty.PG_DBNAME.set(properties, user);
    if (uri.getRawQuery() != null)
      for (String parameter : uri.getRawQuery().split("&", -1)) put(properties, parameter);
    return new PostgresAddress(properties, shown(properties));
  }

  /// The same for a program of PostgreSQL's own, in the variables that it reads. A password is in
  /// none of its arguments, which every user of the machine may see.
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    VARIABLES.forEach(
        (variable, property) -> {
          String value = property.getOrDefault(properties);
          if (value != null) variables.put(variable, value);
        });
    if (PGProperty.SSL_FACTORY.getOrNull(properties) != null)
      variables.put("PGSSLROOTCERT", "system");
    return variables;
  }

  private static void put(Properties properties, String parameter) {
    String[] sides = parameter.split("=", 2);
    String name = decoded(sides[0]);
    String value = sides.length == 2 ? decoded(sides[1]) : "";
    PGProperty property = PARAMETERS.get(name);
    if (property == null)
      throw new StoreException(
          "The address of the database has a parameter that is not known: " + name);
    if (property == PGProperty.SSL_ROOT_CERT && value.equals("system")) {
      PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
      return;
    }
    if (property == PGProperty.TARGET_SERVER_TYPE) {
      String type = SERVER_TYPES.get(value);
      if (type == null)
        throw new StoreException("target_session_attrs must be any, read-write or primary");
      value = type;
    }
    property.set(properties, value);
  }

  private static String shown(Properties properties) {
    String[] hosts = String.valueOf(PGProperty.PG_HOST.getOrDefault(properties)).split(",", -1);
    String[] ports = String.valueOf(PGProperty.PG_PORT.getOrDefault(properties)).split(",", -1);
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < hosts.length; i++)
      shown.append(i == 0 ? "" : ",").append(hosts[i]).append(':').append(ports[i]);
    String database = PGProperty.PG_DBNAME.getOrDefault(properties);
    return database == null ? shown.toString() : shown.append('/').append(database).toString();
  }

  /// The two sides of the character at `at`, or nothing and all of it.
  private static String[] split(String text, int at) {
    return at < 0
        ? new String[] {"", text}
        : new String[] {text.substring(0, at), text.substring(at + 1)};
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw unreadable();
    }
  }

  private static StoreException unreadable() {
    return new StoreException(
        "The address of the database cannot be read; it has the form"
            + " postgres://user:password@host:port/database");
  }
}
