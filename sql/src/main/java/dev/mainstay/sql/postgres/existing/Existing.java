package dev.mainstay.sql.postgres.existing;

import dev.mainstay.core.model.Guarding;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

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

  private Existing() {}

  /// Reads the catalog, all of it as it is at one moment.
  ///
  /// @param connection in autocommit mode, as it is left
  /// @param schemas whose tables, views and functions are read
  public static Model model(Connection connection, List<String> schemas) throws SQLException {
    connection.setAutoCommit(false);
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        // With no schema in the path, the server writes every name with its own.
        statement.execute("SET LOCAL search_path = ''");
      }
      return model(new Catalog(connection), schemas);
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
