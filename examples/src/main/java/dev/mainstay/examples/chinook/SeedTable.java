package dev.mainstay.examples.chinook;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table of Chinook: its name in the script, the seed file it becomes, and the columns in the
/// order in which the script lists their values.
record SeedTable(String source, String name, List<Column> columns) {
  static final List<SeedTable> ALL =
      List.of(
          table("Artist", "artists", "id integer", "name text"),
          table("Album", "albums", "id integer", "title text", "artist_id integer"),
          table("Genre", "genres", "id integer", "name text"),
          table("MediaType", "media_types", "id integer", "name text"),
          table(
              "Track",
              "tracks",
              "id integer",
              "name text",
              "album_id integer",
              "media_type_id integer",
              "genre_id integer",
              "composer text",
              "milliseconds integer",
              "bytes integer",
              "unit_price decimal"),
          table("Playlist", "playlists", "id integer", "name text"),
          table("PlaylistTrack", "playlist_track", "playlist_id integer", "track_id integer"),
          table(
              "Employee",
              "employees",
              "id integer",
              "last_name text",
              "first_name text",
              "title text",
              "reports_to integer",
              "birth_date timestamp",
              "hire_date timestamp",
              "address text",
              "city text",
              "state text",
              "country text",
              "postal_code text",
              "phone text",
              "fax text",
              "email text"),
          table(
              "Customer",
              "customers",
              "id integer",
              "first_name text",
              "last_name text",
              "company text",
              "address text",
              "city text",
              "state text",
              "country text",
              "postal_code text",
              "phone text",
              "fax text",
              "email text",
              "support_rep_id integer"),
          table(
              "Invoice",
              "invoices",
              "id integer",
              "customer_id integer",
              "invoice_date timestamp",
              "billing_address text",
              "billing_city text",
              "billing_state text",
              "billing_country text",
              "billing_postal_code text",
              "total decimal"),
          table(
              "InvoiceLine",
              "invoice_lines",
              "id integer",
              "invoice_id integer",
              "track_id integer",
              "unit_price decimal",
              "quantity integer"));

  SeedTable {
    columns = List.copyOf(columns);
  }

  enum Kind {
    INTEGER,
    DECIMAL,
    TEXT,
    TIMESTAMP
  }

  record Column(String name, Kind kind) {}

  private static SeedTable table(String source, String name, String... columns) {
    var list = new ArrayList<Column>();
    for (String column : columns) {
      int space = column.indexOf(' ');
      Kind kind =
          switch (column.substring(space + 1)) {
            case "integer" -> Kind.INTEGER;
            case "decimal" -> Kind.DECIMAL;
            case "text" -> Kind.TEXT;
            case "timestamp" -> Kind.TIMESTAMP;
            default -> throw new IllegalStateException(column);
          };
      list.add(new Column(column.substring(0, space), kind));
    }
    return new SeedTable(source, name, list);
  }

  /// The row those literals make, by column; throws [IllegalArgumentException] where one does not
  /// fit its column.
  Map<String, @Nullable Object> row(List<@Nullable Literal> literals) {
    if (literals.size() != columns.size()) {
      throw new IllegalArgumentException(
          source + " has " + columns.size() + " columns, not " + literals.size());
    }
    var row = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < literals.size(); i++) {
      Literal literal = literals.get(i);
      row.put(columns.get(i).name(), literal == null ? null : value(columns.get(i), literal));
    }
    return row;
  }

  private static Object value(Column column, Literal literal) {
    boolean quoted = column.kind() == Kind.TEXT || column.kind() == Kind.TIMESTAMP;
    if (literal.quoted() != quoted) {
      throw new IllegalArgumentException(column.name() + " cannot be " + literal.text());
    }
    return switch (column.kind()) {
      case INTEGER -> Long.valueOf(literal.text());
      case DECIMAL -> new BigDecimal(literal.text());
      case TEXT -> literal.text();
      case TIMESTAMP -> timestamp(literal.text()).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    };
  }

  /// Chinook's dates are timestamps at midnight; some editions leave the time out.
  private static LocalDateTime timestamp(String text) {
    return text.length() == "2009-01-01".length()
        ? LocalDate.parse(text).atStartOfDay()
        : LocalDateTime.parse(text.replace(' ', 'T'));
  }
}
