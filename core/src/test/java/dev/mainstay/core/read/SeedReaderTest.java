package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.Position;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.query.Asked.Cell;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedReaderTest {
  private static final Table NOTES =
      ModelReader.read(
              "backend.yaml",
              """
              tables:
                notes:
                  columns:
                    id: {type: integer, identity: true, primary_key: true}
                    title: text
                    price: "decimal(10,2)?"
                    data: json?
                    size: {type: integer, generated: length(title)}
              """)
          .orThrow()
          .tables()
          .getFirst();

  private record All(List<FileRow> rows, String faults) {}

  private static All read(String file, String text) {
    return read(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static All read(String file, byte[] bytes) {
    try (SeedReader reader = SeedReader.open(NOTES, file, new ByteArrayInputStream(bytes))) {
      var rows = new ArrayList<FileRow>();
      for (FileRow row = reader.next(); row != null; row = reader.next()) rows.add(row);
      List<Fault> faults = reader.faults();
      return new All(rows, FaultPrinter.print(faults));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static FileRow row(List<String> columns, String file, int line, Cell... cells) {
    return new FileRow(columns, List.of(cells), new Position(file, line, 1));
  }

  private static Cell text(String text) {
    return new Cell.Text(text);
  }

  private static Cell json(String json) {
    return new Cell.Json(json);
  }

  @Test
  void readsCsv() {
    List<String> columns = List.of("id", "title", "price");
    assertThat(
            read(
                "n.csv",
                """
                \uFEFFid,title,price\r
                1,plain,1.50\r
                \r
                2,"a, ""b""\r
                c",\r
                "3","","2"
                4, ğ ,3"""))
        .isEqualTo(
            new All(
                List.of(
                    row(columns, "n.csv", 2, text("1"), text("plain"), text("1.50")),
                    row(columns, "n.csv", 4, text("2"), text("a, \"b\"\r\nc"), new Cell.Null()),
                    row(columns, "n.csv", 6, text("3"), text(""), text("2")),
                    row(columns, "n.csv", 7, text("4"), text(" ğ "), text("3"))),
                ""));
  }

  @Test
  void readsJsonLines() {
    assertThat(
            read(
                "n.jsonl",
                """
                {"id": 1, "title": "a\\"b", "data": {"x": [1, 2.50], "y": null} }

                {"title":"","price":1.50,"data":null}
                {"title":12345678901234567890}
                """))
        .isEqualTo(
            new All(
                List.of(
                    row(
                        List.of("id", "title", "data"),
                        "n.jsonl",
                        1,
                        json("1"),
                        json("\"a\\\"b\""),
                        json("{\"x\": [1, 2.50], \"y\": null}")),
                    row(
                        List.of("title", "price", "data"),
                        "n.jsonl",
                        3,
                        json("\"\""),
                        json("1.50"),
                        new Cell.Null()),
                    row(List.of("title"), "n.jsonl", 4, json("12345678901234567890"))),
                ""));
  }

  @Test
  void anEmptyFileHasNoRows() {
    assertThat(read("n.csv", "")).isEqualTo(new All(List.of(), ""));
    assertThat(read("n.csv", "id,title\n")).isEqualTo(new All(List.of(), ""));
    assertThat(read("n.jsonl", "\n \n")).isEqualTo(new All(List.of(), ""));
  }

  @Test
  void tellsWhatIsWrongWithAHeader() {
    assertThat(read("n.csv", "id,titel,size,id\n1,a,2,3\n").faults())
        .isEqualTo(
            """
            n.csv:1:4: 'notes' has no column 'titel'
            hint: did you mean 'title'?

            n.csv:1:10: 'size' is generated and takes no value
            hint: leave the column out

            n.csv:1:15: 'id' stands here twice

            n.csv:1:1: 'title' is never null and has no value here
            """);
  }

  @Test
  void goesOnAfterABadRow() {
    All all = read("n.csv", "id,title\nx,a\n1\n2,\n3,c\n4,d,e\n");
    assertThat(all.rows())
        .isEqualTo(List.of(row(List.of("id", "title"), "n.csv", 5, text("3"), text("c"))));
    assertThat(all.faults())
        .isEqualTo(
            """
            n.csv:2:1: id: 'x' is no value of type integer

            n.csv:3:1: 1 field, but the header names 2 columns
            hint: put quotes around a field that holds a comma

            n.csv:4:3: 'title' is never null
            hint: an empty field is null; empty text is ""

            n.csv:6:1: 3 fields, but the header names 2 columns
            hint: put quotes around a field that holds a comma
            """);
  }

  @Test
  void stopsWhereQuotesGoWrong() {
    assertThat(read("n.csv", "id,title\n1,\"open\n2,b\n").faults())
        .isEqualTo("n.csv:2:3: a quote that is never closed\n");
    assertThat(read("n.csv", "id,title\n1,a\"b\n2,c\n").faults())
        .isEqualTo(
            """
            n.csv:2:4: a quote within a field
            hint: put the whole field in quotes and double this one
            """);
    assertThat(read("n.csv", "id,title\n1,\"a\"b\n").faults())
        .isEqualTo(
            """
            n.csv:2:6: text after a closing quote
            hint: write a quote within a field as ""
            """);
  }

  @Test
  void tellsWhatIsWrongWithJsonLines() {
    All all =
        read(
            "n.jsonl",
            """
            {"title": "a", "x": 1}
            [1]
            {"title": "a"
            {"title": "a"} {}
            {"title": null}
            {"price": "much", "title": "a"}
            {"id": 1}
            {"title": "a", "title": "b"}
            """);
    assertThat(all.rows()).isEmpty();
    assertThat(all.faults().lines().filter(line -> line.startsWith("n.jsonl")).toList())
        .satisfiesExactly(
            f -> assertThat(f).isEqualTo("n.jsonl:1:16: 'notes' has no column 'x'"),
            f -> assertThat(f).isEqualTo("n.jsonl:2:1: a line must be a JSON object"),
            f ->
                assertThat(f)
                    .isEqualTo(
                        "n.jsonl:3:14: this is not JSON: Unexpected end-of-input:"
                            + " expected close marker for Object"),
            f -> assertThat(f).isEqualTo("n.jsonl:4:16: something after the JSON object"),
            f -> assertThat(f).isEqualTo("n.jsonl:5:2: 'title' is never null"),
            f ->
                assertThat(f)
                    .isEqualTo("n.jsonl:6:2: price: 'much' is no value of type numeric(10,2)"),
            f ->
                assertThat(f).isEqualTo("n.jsonl:7:1: 'title' is never null and has no value here"),
            f -> assertThat(f).startsWith("n.jsonl:8:23: this is not JSON: Duplicate"));
  }

  @Test
  void givesUpAfterTwentyFaults() {
    All all = read("n.jsonl", "[]\n".repeat(1000));
    assertThat(all.faults().lines().filter(line -> line.startsWith("n.jsonl"))).hasSize(20);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] bytes = "id,title\n1,x\n".getBytes(StandardCharsets.UTF_8);
    bytes[11] = (byte) 0xC3;
    assertThat(read("n.csv", bytes).faults()).isEqualTo("n.csv: this file is not UTF-8\n");
  }
}
