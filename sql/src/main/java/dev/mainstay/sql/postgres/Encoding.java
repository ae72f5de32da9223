package dev.mainstay.sql.postgres;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.query.JsonText;
import dev.mainstay.sql.Dialect;
import dev.mainstay.sql.Sql;
import dev.mainstay.sql.Term;
import java.util.ArrayList;
import java.util.List;

/// JSON as text, compact, put together by `concat`. `json_build_object` and `json_agg` put spaces
/// and line ends between values, and `row_to_json` cuts keys at 63 bytes.
final class Encoding {
  /// A function takes at most 100 arguments.
  private static final int ARGUMENTS = 90;

  private Encoding() {}

  static Sql json(Term value) {
    Sql json = present(value.sql(), value.type());
    return value.nullable() ? Sql.of("COALESCE({}, 'null')", json) : json;
  }

  /// Null for null. Zone and styles are those that [Settings] makes sure of.
  private static Sql present(Sql value, ColumnType type) {
    return switch (type) {
      case ColumnType.Bool _, ColumnType.Whole _, ColumnType.Json _ -> Sql.of("{}::text", value);
      case ColumnType.Decimal _,
          ColumnType.Floating _,
          ColumnType.Text _,
          ColumnType.Varchar _,
          ColumnType.Uuid _,
          ColumnType.Date _,
          ColumnType.Time _,
          ColumnType.Timestamp _,
          ColumnType.TimestampTz _,
          ColumnType.Interval _,
          ColumnType.Bytea _,
          ColumnType.Enumerated _,
          ColumnType.ArrayOf _,
          ColumnType.Native _ ->
          Sql.of("to_json({})::text", value);
    };
  }

  static Sql object(List<Dialect.Member> members) {
    if (members.isEmpty()) return Sql.raw("'{}'");
    List<Sql> pieces = new ArrayList<>();
    for (Dialect.Member member : members) {
      StringBuilder key = new StringBuilder(pieces.isEmpty() ? "{" : ",");
      JsonText.quote(key, member.key());
      pieces.add(Sql.raw(Types.text(key.append(':').toString())));
      pieces.add(member.json());
    }
    pieces.add(Sql.raw("'}'"));
    return concat(pieces);
  }

  static Sql array(Sql query) {
    return Sql.of("(SELECT concat('[', string_agg(a.j, ','), ']') FROM ({}) AS a)", query);
  }

  private static Sql concat(List<Sql> pieces) {
    if (pieces.size() <= ARGUMENTS) return Sql.of("concat({})", Sql.join(", ", pieces));
    List<Sql> groups = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i += ARGUMENTS)
      groups.add(concat(pieces.subList(i, Math.min(pieces.size(), i + ARGUMENTS))));
    return concat(groups);
  }
}
