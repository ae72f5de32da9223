package dev.mainstay.sql.postgres;

import dev.mainstay.sql.AppliedModels;
import dev.mainstay.sql.Dumps;
import dev.mainstay.sql.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/// Copies of a PostgreSQL database, by `pg_dump` in its custom form, and databases of them, by
/// `pg_restore`.
public final class PostgresDumps implements Dumps {
  private static final String DUMP = "pg_dump";
  private static final String RESTORE = "pg_restore";

  /// Whatever is in the database, other than what extensions have brought.
  private static final String THINGS =
      """
      WITH s AS (
        SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      ), things AS (
        SELECT 'pg_class'::regclass AS kind, c.oid FROM pg_class c JOIN s ON s.oid = relnamespace
        UNION ALL
        SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p JOIN s ON s.oid = pronamespace
        UNION ALL
        SELECT 'pg_type'::regclass, t.oid FROM pg_type t JOIN s ON s.oid = typnamespace
      )
      SELECT count(*) FROM things WHERE NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = kind AND d.objid = oid AND d.deptype = 'e')\
      """;

  private final PostgresSettings settings;
  private final PostgresAddress address;
  private final PostgresPrograms programs;

  /// @param folders where PostgreSQL's own programs are looked for, in this order
  public PostgresDumps(PostgresSettings settings, List<Path> folders) {
    this.settings = settings.withConnections(1);
    this.address = PostgresAddress.of(settings.address());
    this.programs = new PostgresPrograms(folders);
  }

  @Override
  public String engine() {
    return "postgres";
  }

  @Override
  public String shown() {
    return address.shown() + " (PostgreSQL)";
  }

  @Override
  public String file() {
    return "database.dump";
  }

  @Override
  public boolean isCompressed() {
    return true;
  }

  @Override
  public Dumped dump(Path copy) {
    refusePooler();
    int version = programs.version(DUMP);
    AppliedModels.Mark model;
    try (PostgresDatabase database = PostgresDatabase.open(settings);
        Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      refuseOlder(version, statement);
      connection.setAutoCommit(false);
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      if (!answer(statement, "SELECT to_regclass('mainstay.model') IS NOT NULL").equals("t"))
        throw new StoreException("There is no database in " + shown() + " yet; nothing to back up");
      AppliedModels.Mark found = new AppliedModels(connection, "mainstay.model").mark();
      if (found == null) throw new StoreException("The database has no model");
      model = found;
      // What was read and what is copied is of one moment.
      String snapshot = answer(statement, "SELECT pg_export_snapshot()");
      programs.run(
          DUMP,
          List.of(
              "--format=custom",
              "--no-password",
              "--lock-wait-timeout=600000",
              "--snapshot=" + snapshot,
              "--file=" + copy),
          address.variables());
      connection.rollback();
    } catch (SQLException e) {
      throw new StoreException("The database was not copied: " + e.getMessage());
    }
    check(copy);
    return new Dumped(model, 0);
  }

  /// Reads all of it, as if to restore it.
  @Override
  public void check(Path copy) {
    programs.run(RESTORE, List.of("--file=/dev/null", copy.toString()), Map.of());
  }

  @Override
  public Place place(boolean mayReplace) {
    if (mayReplace)
      throw new StoreException(
          "On PostgreSQL a backup is restored into a new database, and the old one stays as it is:"
              + " make one (createdb), and name it with --database");
    refusePooler();
    programs.version(RESTORE);
    try (PostgresDatabase database = PostgresDatabase.open(settings);
        Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      String things = answer(statement, THINGS);
      if (!things.equals("0"))
        throw new StoreException(
            "The database "
                + address.shown()
                + " is not empty; make a new one (createdb), and name it with --database");
    } catch (SQLException e) {
      throw new StoreException("The database cannot be read: " + e.getMessage());
    }
    return new Empty();
  }

  /// A database with nothing in it.
  private final class Empty implements Place {
    @Override
    public @Nullable Path put(Path copy, String aside) {
      programs.run(
          RESTORE,
          List.of(
              "--dbname=dbname=" + quoted(PGProperty.PG_DBNAME.getOrDefault(address.properties())),
              "--no-password",
              "--no-owner",
              "--no-privileges",
              "--single-transaction",
              "--exit-on-error",
              copy.toString()),
          address.variables());
      return null;
    }

    @Override
    public void close() {}
  }

  /// These programs make settings for a session that a pooler then hands to somebody else.
  private void refusePooler() {
    if (settings.pooler())
      throw new StoreException(
          "Through a pooler nothing can be backed up or restored: name the database itself with"
              + " --database, and say --set database.pooler=false");
  }

  /// It would refuse a newer server itself, in other words.
  private static void refuseOlder(int version, Statement statement) throws SQLException {
    String server = answer(statement, "SELECT current_setting('server_version_num')::int / 10000");
    if (version < Integer.parseInt(server))
      throw new StoreException(
          DUMP
              + " is of PostgreSQL "
              + version
              + ", and the server is PostgreSQL "
              + server
              + ": install postgresql-client-"
              + server
              + ", or say in backup.programs in which folder it is");
  }

  private static String answer(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /// A value of a connection string.
  private static String quoted(@Nullable String value) {
    return "'" + String.valueOf(value).replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
