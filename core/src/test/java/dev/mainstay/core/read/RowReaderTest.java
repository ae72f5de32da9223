package dev.mainstay.core.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.read.RowReader.Format;
import dev.mainstay.core.read.RowReader.Identities;
import dev.mainstay.core.read.RowReader.Read;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowReaderTest {
  private static final Table NOTES =
      ModelReader.read(
              "backend.yaml",
              """
              tables:
                notes:
                  columns:
                    id: {type: integer, identity: always, primary_key: true}
                    title: text
              """)
          .orThrow()
          .tables()
          .getFirst();

  private static RowReader open(String text, Format format, Identities identities) {
    return RowReader.open(
        NOTES, "n", format, identities, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  /// What was read, as `kind line: text`, and the faults.
  private static List<String> all(RowReader reader) {
    List<String> all = new ArrayList<>();
    try (reader) {
      for (Read read = reader.next(); read != null; read = reader.next())
        all.add(
            switch (read) {
              case Read.Header(String text) -> "header: " + text;
              case Read.Sound(FileRow row, String text) ->
                  row.position().line() + " " + row.cells().size() + ": " + text;
              case Read.Faulty faulty ->
                  (faulty.isLast() ? "last" : "bad")
                      + (" " + FaultPrinter.print(faulty.faults()).lines().findFirst().orElse(""))
                      + (": " + faulty.text());
            });
      all.add("rest: " + reader.rest());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  @Test
  void allThatIsReadTogetherIsTheFile() {
    String csv = "\uFEFFid,title\r\n1,\"a\nb\"\r\n\r\n2,c\"d\r\n3\n4,e\n\n";
    assertThat(all(open(csv, Format.CSV, Identities.GIVEN)))
        .containsExactly(
            "header: \uFEFFid,title\r\n",
            "2 2: 1,\"a\nb\"\r\n",
            "bad n:5:4: a quote within a field: \r\n2,c\"d\r\n",
            "bad n:6:1: 1 field, but the header names 2 columns: 3\n",
            "7 2: 4,e\n",
            "rest: \n");
    String json = "\n{\"title\":\"a\"}\n{}\r\n \n{\"id\":1,\"title\":\"b\"}";
    assertThat(all(open(json, Format.JSON_LINES, Identities.GIVEN)))
        .containsExactly(
            "2 1: \n{\"title\":\"a\"}\n",
            "bad n:3:1: 'title' is never null and has no value here: {}\r\n",
            "5 2:  \n{\"id\":1,\"title\":\"b\"}",
            "rest: ");
  }

  @Test
  void afterAnOpenQuoteNothingIsRead() {
    assertThat(all(open("id,title\n1,\"a\n2,b\n", Format.CSV, Identities.GIVEN)))
        .containsExactly(
            "header: id,title\n",
            "last n:2:3: a quote that is never closed: 1,\"a\n2,b\n",
            "rest: ");
  }

  @Test
  void whyARowWasSetAsideIsPassedOver() {
    assertThat(all(open("#why,id,title\n\"x, y\",1,a\n", Format.CSV, Identities.GIVEN)))
        .containsExactly("header: #why,id,title\n", "2 2: \"x, y\",1,a\n", "rest: ");
    assertThat(
            all(
                open(
                    "{\"#why\":\"x\",\"id\":1,\"title\":\"a\"}\n",
                    Format.JSON_LINES,
                    Identities.GIVEN)))
        .containsExactly("1 2: {\"#why\":\"x\",\"id\":1,\"title\":\"a\"}\n", "rest: ");
  }

  @Test
  void numbersOfTheDatabaseAreGivenOnlyByRowsThatHadThem() {
    assertThat(all(open("id,title\n1,a\n", Format.CSV, Identities.MADE)).getFirst())
        .startsWith("last n:1:1: 'id' is identity: always and takes no value");
  }

  @Test
  void goesOnElsewhereUnderTheSameHeader() throws IOException {
    RowReader head = open("title,id\nz,1\n", Format.CSV, Identities.GIVEN);
    assertThat(head.next()).isInstanceOf(Read.Header.class);
    RowReader rest = head.over(new ByteArrayInputStream("a,7\nb\n".getBytes(UTF_8)), 41);
    assertThat(rest.next())
        .isInstanceOfSatisfying(
            Read.Sound.class,
            read -> assertThat(read.row().columns()).containsExactly("title", "id"));
    assertThat(rest.line()).isEqualTo(42);
    assertThat(all(rest))
        .containsExactly("bad n:42:1: 1 field, but the header names 2 columns: b\n", "rest: ");
  }
}
