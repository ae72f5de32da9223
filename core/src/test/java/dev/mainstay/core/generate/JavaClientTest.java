package dev.mainstay.core.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaClientTest {
  @TempDir private Path folder;

  /// What the compiler has to say of the files, every warning among it.
  private List<String> said(SequencedMap<String, String> files) {
    List<JavaFileObject> sources = new ArrayList<>();
    files.forEach((path, text) -> sources.add(new Source(path, text)));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-Xlint:all,-options",
            "-Xdoclint:all,-missing",
            "-proc:none",
            "-d",
            folder.toString());
    compiler.getTask(null, null, diagnostics, options, null, sources).call();
    return diagnostics.getDiagnostics().stream().map(Object::toString).toList();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String path, String text) {
      super(URI.create("string:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /// The files that depend on the model, one behind the other.
  private static String shown(SequencedMap<String, String> files) {
    StringBuilder shown = new StringBuilder();
    for (Map.Entry<String, String> file : files.entrySet())
      if (!file.getKey().contains("/rest/"))
        shown.append("=== ").append(file.getKey()).append('\n').append(file.getValue());
    return shown.toString();
  }

  @Test
  void saysAllThatTheServiceMayDo() throws IOException {
    var files = JavaClient.of(Zoo.to("service_role", "public", "shop"), "org.zoo.client");
    String made = shown(files);
    String expected = Zoo.golden("service.java.txt", made);
    assertThat(said(files)).isEmpty();
    assertThat(made).isEqualTo(expected);
  }

  @Test
  void saysToARoleWhatItMayNameAndDo() {
    var files = JavaClient.of(Zoo.to("clerk", "public"), "zoo");
    assertThat(said(files)).isEmpty();
    assertThat(shown(files))
        .contains("Table<Zoo, Zoo.Values> zoo()", "View<People> people()", "Values words(")
        .doesNotContain("hidden", "Hidden", "secret", "Secret", "nobodys", "Values fixed(");
  }

  @Test
  void givesEachNameOnceWhateverItIs() {
    String model =
        """
        enums: {"-": ["-", "+", "1", a_b, "a b", "class"], list: [x], a_lbum: [y]}
        tables:
          albums: {columns: {id: {type: integer, primary_key: true}, list: list, album: a_lbum, dash: "-"}}
          album: {columns: {id: {type: integer, primary_key: true}}}
          ALBUM_: {columns: {id: {type: integer, primary_key: true}}}
          string: {columns: {id: {type: integer, primary_key: true}}}
          backend: {columns: {id: {type: integer, primary_key: true}}}
          odd:
            columns:
              id: {type: integer, primary_key: true}
              ID_: integer
              class: integer
              wait: bigint
              to_string: text
              put: json
              "1st": text
              "ü": text
              "a\\"b\\\\c": text
              "values": text
              select: text
              this: boolean
        functions:
          albums: {returns: integer, sql: select 1}
          same:
            - {arguments: {a: integer}, returns: integer, sql: "select :a"}
            - {arguments: {b: integer, connection: integer?}, sql: "select :b + :connection"}
          row: {returns: {row: {id: integer}}, sql: select 1}
          class: {arguments: {class: text, this: "text[]"}, sql: "select :class || :this"}
        """;
    var files = JavaClient.of(Zoo.of(model, "service_role", "public"), "p");
    assertThat(said(files)).isEmpty();
  }

  @Test
  void knowsItsOwnFiles() {
    var files = JavaClient.of(Zoo.to("service_role", "public"), "p");
    assertThat(files.values()).allMatch(JavaClient::made);
    assertThat(JavaClient.made("package p;\n")).isFalse();
  }
}
