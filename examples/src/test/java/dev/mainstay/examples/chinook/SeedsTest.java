package dev.mainstay.examples.chinook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {
  @TempDir Path folder;

  private String written(String table, String... script) throws IOException {
    Seeds.write(List.of(script), folder);
    return Files.readString(folder.resolve(table + ".jsonl"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "'Rock'            | \"Rock\"",
        "'It''s, (really)' | \"It's, (really)\"",
        "''''              | \"'\"",
        "''                | \"\"",
        "'Caf\\u00e9'      | \"Café\"",
        "'\\ud83c\\udfb5'  | \"\uD83C\uDFB5\"",
        "'a\\b \\'         | \"a\\\\b \\\\\"",
        "'a\\u000ab'       | \"a\\nb\"",
        "'NULL'            | \"NULL\"",
        "NULL              | null",
      })
  void textComesOutAsItWas(String literal, String json) throws IOException {
    assertThat(written("genres", "INSERT INTO \"chinook\".\"Genre\" VALUES(1," + literal + ")"))
        .isEqualTo("{\"id\":1,\"name\":" + json + "}\n");
  }

  @Test
  void decimalsKeepTheirDigitsAndIdsTheirNames() throws IOException {
    assertThat(
            written(
                "invoice_lines",
                "INSERT INTO \"chinook\".\"InvoiceLine\" VALUES(7,1,2,0.90,1)",
                "INSERT INTO \"chinook\".\"InvoiceLine\" VALUES(8,1,4,-12345678.01,2)"))
        .isEqualTo(
            """
            {"id":7,"invoice_id":1,"track_id":2,"unit_price":0.90,"quantity":1}
            {"id":8,"invoice_id":1,"track_id":4,"unit_price":-12345678.01,"quantity":2}
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2009-01-01", "2009-01-01 00:00:00", "2009-01-01 00:00:00.000000"})
  void datesBecomeIsoTimestamps(String date) throws IOException {
    assertThat(
            written(
                "invoices",
                "INSERT INTO \"chinook\".\"Invoice\" VALUES(1,2,'%s','A 1','B',NULL,'C','7',1.98)"
                    .formatted(date)))
        .isEqualTo(
            """
            {"id":1,"customer_id":2,"invoice_date":"2009-01-01T00:00:00","billing_address":"A 1",\
            "billing_city":"B","billing_state":null,"billing_country":"C",\
            "billing_postal_code":"7","total":1.98}
            """);
  }

  @Test
  void whatIsNotARowLeavesEmptyFiles() throws IOException {
    assertThat(
            written(
                "genres",
                "SET SCHEMA \"chinook\"",
                "CREATE MEMORY TABLE \"chinook\".\"Genre\"(\"GenreId\" INTEGER NOT NULL)",
                "INSERT INTO BLOCKS VALUES(0,2147483647,0)",
                ""))
        .isEmpty();
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(11);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM \"chinook\".\"Genre\"",
        "INSERT INTO \"chinook\".\"Song\" VALUES(1,'x')",
        "INSERT INTO \"chinook\".\"Genre\" VALUES(1)",
        "INSERT INTO \"chinook\".\"Genre\" VALUES(1,'x',2)",
        "INSERT INTO \"chinook\".\"Genre\" VALUES(1,'x'),(2,'y')",
        "INSERT INTO \"chinook\".\"Genre\" VALUES(1,'x)",
        "INSERT INTO \"chinook\".\"Genre\" VALUES(1,'x'",
        "INSERT INTO \"chinook\".\"Genre\" VALUES(1,'\\u00g9')",
        "INSERT INTO \"chinook\".\"Genre\" VALUES(1,'\\u00')",
        "INSERT INTO \"chinook\".\"Genre\" VALUES(1,x)",
        "INSERT INTO \"chinook\".\"Genre\" VALUES(1,2)",
        "INSERT INTO \"chinook\".\"Genre\" VALUES('1','x')",
        "INSERT INTO \"chinook\".\"Genre\" VALUES(1.5,'x')",
        "INSERT INTO \"chinook\".\"Invoice\" VALUES(1,2,'soon','A','B',NULL,'C','7',1.98)",
      })
  void anyOtherLineStopsTheBuildAndIsNamed(String line) {
    assertThatThrownBy(() -> Seeds.write(List.of("", line), folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("line 2: ")
        .hasMessageEndingWith(line);
  }

  /// The script has 15,608 INSERT lines; one is HSQLDB's own (`BLOCKS`).
  @Test
  void theBuiltFilesHoldEveryRow() throws Exception {
    var seeds = Path.of(SeedsTest.class.getResource("/examples/chinook/seeds").toURI());
    var counts = new LinkedHashMap<String, Integer>();
    for (SeedTable table : SeedTable.ALL) {
      counts.put(table.name(), Files.readAllLines(seeds.resolve(table.name() + ".jsonl")).size());
    }
    assertThat(counts)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("artists", 275),
                Map.entry("albums", 347),
                Map.entry("tracks", 3503),
                Map.entry("genres", 25),
                Map.entry("media_types", 5),
                Map.entry("playlists", 18),
                Map.entry("playlist_track", 8715),
                Map.entry("customers", 59),
                Map.entry("employees", 8),
                Map.entry("invoices", 412),
                Map.entry("invoice_lines", 2240)));
    assertThat(counts.values().stream().mapToInt(n -> n).sum()).isEqualTo(15_607);
  }
}
