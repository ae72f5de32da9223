package dev.mainstay.sql.postgres.existing;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.Casting;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types of a database, as those of a model: the portable ones as themselves, an enum with its
/// labels, a domain as what it is made of, and every other by the server's name for it.
final class ExistingTypes {
  private static final String TYPES =
      """
      SELECT t.oid, n.nspname, t.typname, t.typtype, t.typbasetype, t.typtypmod, t.typrelid, t.typnotnull,
        CASE WHEN e.typarray = t.oid THEN e.oid ELSE 0 END, format_type(t.oid, -1)
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      LEFT JOIN pg_type e ON e.oid = t.typelem\
      """;

  private static final String LABELS =
      """
      SELECT enumtypid, array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_enum GROUP BY enumtypid\
      """;

  /// What the server puts before the bounds of a type's modifier.
  private static final int HEADER = 4;

  private static final Map<String, ColumnType> PORTABLE = new HashMap<>();

  static {
    PORTABLE.put("bool", new ColumnType.Bool());
    PORTABLE.put("int2", new ColumnType.Whole(16));
    PORTABLE.put("int4", new ColumnType.Whole(32));
    PORTABLE.put("int8", new ColumnType.Whole(64));
    PORTABLE.put("float4", new ColumnType.Floating(32));
    PORTABLE.put("float8", new ColumnType.Floating(64));
    PORTABLE.put("text", new ColumnType.Text());
    PORTABLE.put("uuid", new ColumnType.Uuid());
    PORTABLE.put("date", new ColumnType.Date());
    PORTABLE.put("time", new ColumnType.Time());
    PORTABLE.put("timestamp", new ColumnType.Timestamp());
    PORTABLE.put("timestamptz", new ColumnType.TimestampTz());
    PORTABLE.put("interval", new ColumnType.Interval());
    PORTABLE.put("jsonb", new ColumnType.Json());
    PORTABLE.put("bytea", new ColumnType.Bytea());
  }

  private final Map<Long, Known> types = new LinkedHashMap<>();
  private final Map<Long, List<String>> labels = new HashMap<>();

  /// @param kind `b` for a base type, `c` composite, `d` domain, `e` enum, `p` pseudo, `r` range
  /// @param base of a domain, else 0
  /// @param modifier of a domain's base, else -1
  /// @param relation whose rows are of the type, else 0
  /// @param never whether a domain keeps nulls out
  /// @param element of an array, else 0
  /// @param shown as the server writes it, with its schema unless that is its own
  private record Known(
      String schema,
      String name,
      char kind,
      long base,
      int modifier,
      long relation,
      boolean never,
      long element,
      String shown) {}

  private ExistingTypes() {}

  static ExistingTypes read(Catalog catalog) throws SQLException {
    var read = new ExistingTypes();
    catalog.each(LABELS, row -> read.labels.put(row.getLong(1), Catalog.texts(row, 2)));
    catalog.each(
        TYPES,
        row ->
            read.types.put(
                row.getLong(1),
                new Known(
                    row.getString(2),
                    row.getString(3),
                    row.getString(4).charAt(0),
                    row.getLong(5),
                    row.getInt(6),
                    row.getLong(7),
                    row.getBoolean(8),
                    row.getLong(9),
                    row.getString(10))));
    return read;
  }

  /// @param modifier bounds of a stored value, as the catalog has them; -1 for none
  ColumnType of(long type, int modifier) {
    Known known = known(type);
    return switch (known.kind) {
      case 'd' -> of(known.base, modifier == -1 ? known.modifier : modifier);
      case 'e' ->
          new ColumnType.Enumerated(known.schema, known.name, labels.getOrDefault(type, List.of()));
      case 'b' -> base(known, modifier);
      default -> new ColumnType.Native(known.shown, known.kind == 'c');
    };
  }

  private ColumnType base(Known known, int modifier) {
    if (known.element != 0) {
      ColumnType element = of(known.element, modifier);
      return element instanceof ColumnType.ArrayOf
          ? new ColumnType.Native(known.shown)
          : new ColumnType.ArrayOf(element);
    }
    if (!known.schema.equals("pg_catalog")) return new ColumnType.Native(known.shown);
    return switch (known.name) {
      case "numeric" -> numeric(modifier);
      case "varchar" ->
          modifier > HEADER ? new ColumnType.Varchar(modifier - HEADER) : new ColumnType.Text();
      default -> {
        ColumnType portable = PORTABLE.get(known.name);
        yield portable == null ? new ColumnType.Native(known.shown) : portable;
      }
    };
  }

  /// Digits in all in the upper half of the modifier, those after the point in eleven bits, signed.
  private static ColumnType numeric(int modifier) {
    if (modifier < HEADER) return Casting.NUMERIC;
    int precision = ((modifier - HEADER) >> 16) & 0xffff;
    int scale = (((modifier - HEADER) & 0x7ff) ^ 0x400) - 0x400;
    return scale < 0 || scale > precision
        ? Casting.NUMERIC
        : new ColumnType.Decimal(precision, scale);
  }

  /// Whether no value of it is null.
  boolean isNeverNull(long type) {
    Known known = known(type);
    return known.kind == 'd' && (known.never || isNeverNull(known.base));
  }

  /// The table or composite type whose rows are of the type, or null.
  @Nullable Long rowsOf(long type) {
    Known known = known(type);
    if (known.kind == 'd') return rowsOf(known.base);
    return known.kind == 'c' && known.relation != 0 ? known.relation : null;
  }

  /// Whether it is one of the server's own that stands for others, such as `void` or `record`.
  boolean isPseudo(long type, String name) {
    Known known = known(type);
    return known.kind == 'p' && known.name.equals(name);
  }

  /// The enums of these schemas.
  List<ColumnType.Enumerated> enums(List<String> schemas) {
    return types.entrySet().stream()
        .filter(type -> type.getValue().kind == 'e' && schemas.contains(type.getValue().schema))
        .map(type -> (ColumnType.Enumerated) of(type.getKey(), -1))
        .sorted(Comparator.comparing(ColumnType.Enumerated::toString))
        .toList();
  }

  private Known known(long type) {
    Known known = types.get(type);
    if (known == null) throw new IllegalStateException("no type " + type + " in the catalog");
    return known;
  }
}
