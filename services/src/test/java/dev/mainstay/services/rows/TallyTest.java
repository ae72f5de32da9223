package dev.mainstay.services.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Sums of rows tell them from others, whatever their order.
final class TallyTest {
  private static Tally of(boolean isSpaced, List<String> rows) {
    Tally.Counter counter = new Tally.Counter(2, isSpaced);
    for (String row : rows) counter.add(row.getBytes(UTF_8));
    return counter.end();
  }

  private static List<String> rows() {
    return IntStream.range(0, 500).mapToObj("{\"id\":%1$d,\"a\":\"%1$d\"}"::formatted).toList();
  }

  @Test
  void theOrderMakesNoDifference() {
    var shuffled = new ArrayList<>(rows());
    Collections.shuffle(shuffled, new Random(1));
    assertThat(of(false, shuffled)).isEqualTo(of(false, rows()));
    assertThat(of(false, rows()).rows()).isEqualTo(500);
  }

  @Test
  void everyOtherRowDoes() {
    var seen = new HashSet<Tally>();
    seen.add(of(false, rows()));
    seen.add(of(false, rows().subList(1, 500)));
    for (int i = 0; i < 500; i++) {
      var changed = new ArrayList<>(rows());
      changed.set(i, changed.get(i).replace("\"a\":\"", "\"a\":\"0"));
      seen.add(of(false, changed));
    }
    assertThat(seen).hasSize(502);
    // Two that are alike do not make up for each other.
    assertThat(of(false, List.of("{}", "{}")).sum()).isNotEqualTo(of(false, List.of()).sum());
  }

  @Test
  void halvesAreCarriedOver() {
    String one = of(false, List.of("{\"id\":1}")).sum();
    var sum = new BigInteger(one, 16);
    var all = BigInteger.ZERO;
    Tally.Counter counter = new Tally.Counter(1, false);
    for (int i = 0; i < 1000; i++) {
      counter.add("{\"id\":1}".getBytes(UTF_8));
      all = all.add(sum).mod(BigInteger.TWO.pow(128));
    }
    assertThat(new BigInteger(counter.end().sum(), 16)).isEqualTo(all);
  }

  @Test
  void spacesWithinListsMeanNothing() {
    Tally tight = of(true, List.of("{\"id\":1,\"js\":[{\"a\":1.50,\"b\":[1,2]},null]}"));
    assertThat(of(true, List.of("{\"id\":1,\"js\":[{\"a\": 1.50, \"b\": [1, 2]}, null]}")))
        .isEqualTo(tight);
    assertThat(of(true, List.of("{\"id\":1,\"js\":[{\"a\": 1.5, \"b\": [1, 2]}, null]}")))
        .isNotEqualTo(tight);
    assertThat(of(true, List.of("{\"id\":\"null\",\"js\":null}")))
        .isNotEqualTo(of(true, List.of("{\"id\":null,\"js\":null}")));
  }
}
