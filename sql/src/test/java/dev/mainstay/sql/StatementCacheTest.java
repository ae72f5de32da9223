package dev.mainstay.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StatementCacheTest {
  private final AtomicInteger compiled = new AtomicInteger();
  private final StatementCache<Integer, String> cache = new StatementCache<>(100);

  @Test
  void aShapeIsCompiledOnce() {
    assertThat(get(1)).isEqualTo("1");
    assertThat(get(1)).isEqualTo("1");
    assertThat(compiled).hasValue(1);
  }

  @Test
  void isBoundedWhateverClientsAsk() {
    for (int i = 0; i < 10_000; i++) get(i);
    assertThat(cache.size()).isLessThanOrEqualTo(100);
  }

  @Test
  void whatIsUsedStaysWhileOtherThingsComeAndGo() {
    for (int i = 0; i < 10_000; i++) {
      get(-1);
      get(i);
    }
    assertThat(compiled).hasValue(10_001);
  }

  private String get(int shape) {
    return cache.of(
        shape,
        key -> {
          compiled.incrementAndGet();
          return "" + key;
        });
  }
}
