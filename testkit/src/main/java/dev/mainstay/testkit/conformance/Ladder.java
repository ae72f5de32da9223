package dev.mainstay.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Values of one column type in ascending order, as text; those on one rung are equal.
///
/// The rows of a ladder's table are numbered from 1 in that order, and a last row is null.
///
/// @param name the type as part of a table's name
/// @param type the type as `backend.yaml` writes it
record Ladder(String name, String type, List<List<String>> rungs) {
  static final List<Ladder> ALL =
      List.of(
          of("boolean", "boolean", "false", "true"),
          of("smallint", "smallint", "-32768", "-1", "0", "9", "10", "32767"),
          of("integer", "integer", "-2147483648", "-1", "0", "9", "10", "2147483647"),
          of(
              "bigint",
              "bigint",
              "-9223372036854775808",
              "-1",
              "0",
              "9",
              "10",
              "9007199254740992",
              "9007199254740993",
              "9223372036854775807"),
          of(
              "decimal",
              "decimal(12,3)",
              "-999999999.999",
              "-1",
              "-0.001",
              "0 | -0 | 0.000",
              "0.001",
              "1.5 | 1.500",
              "1.501",
              "10",
              "999999999.999"),
          of("real", "real", "-Infinity", "-1.5", "0 | -0", "0.1", "0.2", "1e+20", "Infinity"),
          of(
              "double",
              "double",
              "-Infinity",
              "-1.5",
              "0 | -0",
              "1e-07",
              "0.3",
              "0.30000000000000004",
              "1e+20",
              "Infinity"),
          of(
              "text", "text", "", " ", "10", "9", "A", "Z", "a", "aa", "b", "z", "ä", "İ", "ı", "中",
              "\uFFFD", "😀"),
          of("varchar", "varchar(8)", "", "A", "a", "ä", "\uFFFD", "😀"),
          of(
              "uuid",
              "uuid",
              "00000000-0000-0000-0000-000000000000",
              "7fffffff-ffff-ffff-ffff-ffffffffffff",
              "80000000-0000-0000-0000-000000000000 | 80000000-0000-0000-0000-000000000000",
              "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
          of("date", "date", "0001-01-01", "1969-12-31", "2024-02-29", "2024-03-01", "9999-12-31"),
          of("time", "time", "00:00:00", "09:59:59.999999", "10:00 | 10:00:00.000000", "23:59"),
          of(
              "timestamp",
              "timestamp",
              "0001-01-01T00:00:00",
              "2024-02-29T12:00:00 | 2024-02-29 12:00",
              "2024-02-29T12:00:00.000001",
              "2024-02-29T12:00:00.5",
              "9999-12-31T23:59:59.999999"),
          of(
              "timestamptz",
              "timestamptz",
              "0001-01-01T00:00:00Z",
              "2024-02-29T19:00:00Z | 2024-03-01T00:30:00+05:30",
              "2024-02-29T19:00:00.000001Z",
              "2024-03-01T00:00:00Z",
              "9999-12-31T23:59:59.999999Z"),
          of(
              "interval",
              "interval",
              "-1 mons",
              "-29 days",
              "-00:00:01",
              "00:00:00",
              "23:59:59.999999",
              "1 day | 24:00:00",
              "9 days",
              "10 days",
              "1 mon | 30 days | 720:00:00",
              "31 days",
              "1 year | 12 mons"),
          of(
              "bytea",
              "bytea",
              "\\x",
              "\\x00",
              "\\x00ff",
              "\\x01",
              "\\x7f",
              "\\x80",
              "\\xFF | \\xff"),
          of("mood", "mood", "sad", "ok", "happy"),
          of("integers", "integer[]", "{}", "{-1}", "{1}", "{1,2}", "{2}", "{10}"),
          of("texts", "text[]", "{}", "{\"\"}", "{Z}", "{a}", "{a,b}", "{ä}", "{😀}"));

  private static Ladder of(String name, String type, String... rungs) {
    return new Ladder(
        name,
        type,
        List.of(rungs).stream()
            .map(rung -> rung.contains(" | ") ? List.of(rung.split(" \\| ")) : List.of(rung))
            .toList());
  }

  String table() {
    return name + "_ladder";
  }

  /// Every value, by row.
  List<String> values() {
    return rungs.stream().flatMap(List::stream).toList();
  }

  /// The rows whose rung is such, as JSON.
  String rows(IntPredicate rung) {
    return json(ids(rung));
  }

  /// The same, and the row that is null.
  String rowsAndNull(IntPredicate rung) {
    List<Integer> ids = ids(rung);
    ids.add(values().size() + 1);
    return json(ids);
  }

  /// Every row in ascending or descending order, equal ones by number; the null row first or last.
  String ordered(boolean descending, boolean nullsFirst) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < rungs.size(); i++) {
      int rung = descending ? rungs.size() - 1 - i : i;
      ids.addAll(ids(other -> other == rung));
    }
    ids.add(nullsFirst ? 0 : ids.size(), values().size() + 1);
    return json(ids);
  }

  private List<Integer> ids(IntPredicate wanted) {
    List<Integer> ids = new ArrayList<>();
    int id = 0;
    for (int rung = 0; rung < rungs.size(); rung++)
      for (String _ : rungs.get(rung)) {
        id++;
        if (wanted.test(rung)) ids.add(id);
      }
    return ids;
  }

  private static String json(List<Integer> ids) {
    return String.join(",", ids.stream().map(id -> "{\"id\":" + id + "}").toList())
        .transform(rows -> "[" + rows + "]");
  }
}
