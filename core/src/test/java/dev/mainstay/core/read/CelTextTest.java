package dev.mainstay.core.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.Cel;
import dev.mainstay.core.model.Position;
import org.junit.jupiter.api.Test;

/// Each test looks up where the `x` of the text stands.
class CelTextTest {
  private static void check(String yaml, String text, int line, int column) {
    var source = new Source("f", yaml);
    var faults = new Faults(source);
    Yaml root = YamlReader.read(source, faults);
    assertThat(faults.sorted()).isEmpty();
    var scalar = (Yaml.Scalar) ((Yaml.Mapping) root).value("k");
    Cel cel = CelText.of(source, scalar);
    assertThat(cel.text()).isEqualTo(text);
    int x = text.codePointCount(0, text.indexOf('x'));
    assertThat(cel.at(x)).isEqualTo(new Position("f", line, column));
  }

  @Test
  void plain() {
    check("k: a == x", "a == x", 1, 9);
    check("k: x", "x", 1, 4);
    check("k: a == 'İ😀' && x", "a == 'İ😀' && x", 1, 17);
  }

  @Test
  void plainOverSeveralLines() {
    check("k: a ==\n  b ||\n\n    x", "a == b ||\nx", 4, 5);
  }

  @Test
  void inSingleQuotes() {
    check("k: 'a == ''b'' && x'", "a == 'b' && x", 1, 19);
    check("k: 'a == '''' && x'", "a == '' && x", 1, 18);
  }

  @Test
  void inDoubleQuotes() {
    check("k: \"a == \\\"b\\\" && x\"", "a == \"b\" && x", 1, 19);
    check("k: \"a \\\n   && x\"", "a && x", 2, 7);
  }

  @Test
  void asABlock() {
    check("k: |\n  a ==\n    b\n  && x\n", "a ==\n  b\n&& x\n", 4, 6);
    check("k: >\n  a ==\n  b\n  && x\n", "a == b && x\n", 4, 6);
    check("k: >-\r\n  a\r\n  && x\r\n", "a && x", 3, 6);
  }

  @Test
  void behindAnAnchor() {
    check("k: &a b == x", "b == x", 1, 12);
    check("k: &a >-\n  b ==\n  x\n", "b == x", 3, 3);
    check("k: &a\n  'b == x'\n", "b == x", 2, 9);
    check("j: &a b == x\nk: *a\n", "b == x", 1, 12);
  }

  @Test
  void whatFollowsANumberedEscapeCountsAsRightBehind() {
    check("k: \"a == '\\u0041' && x\"", "a == 'A' && x", 1, 17);
  }
}
