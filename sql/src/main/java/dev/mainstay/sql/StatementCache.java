package dev.mainstay.sql;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compiled statements by the shape of their plan, bounded, since clients choose the shapes.
///
/// Two generations: what is used moves to the young one; when that is full it becomes the old one,
/// and what was not used for a whole generation is forgotten. Reading takes no lock.
public final class StatementCache<K, V> {
  private final int generation;
  private volatile Map<K, V> young = new ConcurrentHashMap<>();
  private volatile Map<K, V> old = Map.of();

  /// @param capacity the most entries held
  public StatementCache(int capacity) {
    this.generation = Math.max(1, capacity / 2);
  }

  /// The statement of that shape; made now when it is not here. Two threads may make it at once.
  public V of(K shape, Function<? super K, ? extends V> compile) {
    V found = young.get(shape);
    if (found != null) return found;
    @Nullable V older = old.get(shape);
    V value = older != null ? older : compile.apply(shape);
    add(shape, value);
    return value;
  }

  public int size() {
    return young.size() + old.size();
  }

  private synchronized void add(K shape, V value) {
    if (young.size() >= generation) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
    young.put(shape, value);
  }
}
