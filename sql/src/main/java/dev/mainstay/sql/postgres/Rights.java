package dev.mainstay.sql.postgres;

import static java.util.stream.Collectors.joining;

import dev.mainstay.core.model.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What roles lack of what it takes to run requests as them, as the statements that would give it
/// to them.
final class Rights {
  private static final String ROLES =
      """
      SELECT w.name, r.oid IS NOT NULL,
        coalesce(pg_has_role(r.oid, CASE WHEN current_setting('server_version_num')::int < 160000
          THEN 'MEMBER' ELSE 'SET' END), false),
        current_user
      FROM unnest(?::text[]) WITH ORDINALITY AS w(name, n)
      LEFT JOIN pg_roles r ON r.rolname = w.name ORDER BY w.n""";

  private static final String SCHEMAS =
      """
      SELECT w.name, n.oid IS NOT NULL, EXISTS (
        SELECT FROM pg_roles r
        WHERE r.rolname = ANY (?::text[]) AND has_schema_privilege(r.oid, n.oid, 'USAGE'))
      FROM unnest(?::text[]) WITH ORDINALITY AS w(name, n)
      LEFT JOIN pg_namespace n ON n.nspname = w.name ORDER BY w.n""";

  private Rights() {}

  /// Nothing when requests can be run. A role that is not there is nobody's; only who brings no
  /// token must be somebody.
  static List<String> lacking(
      Connection connection, Collection<Role> declared, Collection<String> schemas)
      throws SQLException {
    List<String> roles = declared.stream().map(Role::name).toList();
    Set<String> lacking = new LinkedHashSet<>();
    Set<String> absent = new LinkedHashSet<>();
    roles(connection, roles, lacking, absent);
    schemas(connection, roles, schemas, lacking);
    if (lacking.isEmpty() && !absent.contains(Role.ANON.name())) return List.of();
    List<String> statements = new ArrayList<>();
    String login = login(connection);
    for (String role : absent) {
      statements.add("CREATE ROLE " + Types.quoted(role) + " NOLOGIN;");
      statements.add("GRANT " + Types.quoted(role) + " TO " + login + ";");
    }
    statements.addAll(lacking);
    return statements;
  }

  private static void roles(
      Connection connection, List<String> roles, Set<String> lacking, Set<String> absent)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ROLES)) {
      statement.setArray(1, connection.createArrayOf("text", roles.toArray()));
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          String role = result.getString(1);
          if (!result.getBoolean(2)) absent.add(role);
          else if (!result.getBoolean(3))
            lacking.add(
                "GRANT " + Types.quoted(role) + " TO " + Types.quoted(result.getString(4)) + ";");
        }
      }
    }
  }

  private static void schemas(
      Connection connection, List<String> roles, Collection<String> schemas, Set<String> lacking)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SCHEMAS)) {
      statement.setArray(1, connection.createArrayOf("text", roles.toArray()));
      statement.setArray(2, connection.createArrayOf("text", schemas.toArray()));
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          String schema = Types.quoted(result.getString(1));
          if (!result.getBoolean(2)) lacking.add("CREATE SCHEMA " + schema + ";");
          if (!result.getBoolean(3))
            lacking.add(
                "GRANT USAGE ON SCHEMA "
                    + schema
                    + " TO "
                    + roles.stream().map(Types::quoted).collect(joining(", "))
                    + ";");
        }
      }
    }
  }

  private static String login(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT current_user");
        ResultSet result = statement.executeQuery()) {
      result.next();
      return Types.quoted(result.getString(1));
    }
  }
}
