package dev.mainstay.sql.postgres.existing;

import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A database as a model: what is in some of its schemas, kept by its own policies and grants.
public final class Existing {
  private static final String MARK =
      """
      SELECT concat_ws(' ',
        (SELECT sum(hashtextextended(concat(oid, ' ', xmin), 0)) FROM pg_namespace),
        (SELECT sum(hashtextextended(concat(oid, ' ', xmin), 0)) FROM pg_class WHERE relpersistence <> 't'),
        (SELECT sum(hashtextextended(concat(attrelid, ' ', attnum, ' ', xmin), 0)) FROM pg_attribute),
        (SELECT sum(hashtextextended(concat(oid, ' ', xmin), 0)) FROM pg_attrdef),
        (SELECT sum(hashtextextended(concat(oid, ' ', xmin), 0)) FROM pg_constraint),
        (SELECT sum(hashtextextended(concat(oid, ' ', xmin), 0)) FROM pg_rewrite),
        (SELECT sum(hashtextextended(concat(oid, ' ', xmin), 0)) FROM pg_proc),
        (SELECT sum(hashtextextended(concat(oid, ' ', xmin), 0)) FROM pg_type),
        (SELECT sum(hashtextextended(concat(oid, ' ', xmin), 0)) FROM pg_enum),
        (SELECT sum(hashtextextended(concat(objoid, ' ', objsubid, ' ', xmin), 0)) FROM pg_description))\
      """;

  private static final String QUERIES =
      """
      SELECT n.nspname, c.relname, pg_get_viewdef(c.oid)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ANY (?) AND c.relkind IN ('v', 'm') ORDER BY n.nspname, c.relname\
      """;

  private Existing() {}

  @FunctionalInterface
  private interface Question<T> {
    T of(Catalog catalog) throws SQLException;
  }

  /// Reads the catalog, all of it as it is at one moment.
  ///
  /// @param connection in autocommit mode, as it is left
  /// @param schemas whose tables, views and functions are read
  public static Model model(Connection connection, List<String> schemas) throws SQLException {
    return asked(connection, catalog -> model(catalog, schemas));
  }

  /// The queries of the views in some schemas.
  ///
  /// @param connection as for [#model]
  public static Map<TableName, String> queries(Connection connection, List<String> schemas)
      throws SQLException {
    return asked(
        connection,
        catalog -> {
          Map<TableName, String> queries = new LinkedHashMap<>();
          catalog.each(
              QUERIES,
              schemas,
              row ->
                  queries.put(new TableName(row.getString(1), row.getString(2)), row.getString(3)));
          return queries;
        });
  }

  private static <T> T asked(Connection connection, Question<T> question) throws SQLException {
    connection.setAutoCommit(false);
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        // With no schema in the path, the server writes every name with its own.
        statement.execute("SET LOCAL search_path = ''");
      }
      return question.of(new Catalog(connection));
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /// What is another as soon as anything of that is, made of the versions of the catalog's rows.
  public static String mark(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(MARK)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Model model(Catalog catalog, List<String> schemas) throws SQLException {
    ExistingTypes types = ExistingTypes.read(catalog);
    Attributes attributes = Attributes.read(catalog, types);
    ExistingTables tables = ExistingTables.read(catalog, attributes, schemas);
    ExistingFunctions functions =
        ExistingFunctions.read(catalog, types, attributes, tables, schemas);
    return new Model(
        tables.tables(functions.computed()),
        types.enums(schemas),
        List.of(Role.ANON, Role.AUTHENTICATED, Role.SERVICE),
        functions.functions(),
        List.of(),
        Guarding.DATABASE);
  }
}
