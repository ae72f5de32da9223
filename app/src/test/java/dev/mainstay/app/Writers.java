package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that write one request after the other until they are told to stop: rows `id` and `id +
/// 1` in each, so that half of a request would show.
final class Writers {
  private static final int COUNT = 8;

  /// The first row of each request that was answered with 201.
  final List<Integer> written = Collections.synchronizedList(new ArrayList<>());

  /// What was answered otherwise.
  final List<String> refused = Collections.synchronizedList(new ArrayList<>());

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();

  /// Sends a JSON array of rows.
  interface Sender {
    HttpResponse<String> send(String rows) throws Exception;
  }

  private Writers() {}

  static Writers start(Sender sender) {
    var writers = new Writers();
    for (int i = 0; i < COUNT; i++)
      writers.threads.add(Thread.startVirtualThread(() -> writers.write(sender)));
    return writers;
  }

  private void write(Sender sender) {
    while (!stopping.get()) {
      int id = next.addAndGet(2);
      String said = sent(sender, "[{\"id\":%d},{\"id\":%d}]".formatted(id, id + 1));
      if (said.equals("201 ")) written.add(id);
      else refused.add(said);
    }
  }

  private static String sent(Sender sender, String rows) {
    try {
      return answer(sender.send(rows));
    } catch (Exception e) {
      return e.toString();
    }
  }

  static String answer(HttpResponse<String> response) {
    String retry =
        response.headers().firstValue("Retry-After").map(s -> " retry after " + s).orElse("");
    return response.statusCode() + retry + " " + response.body();
  }

  void more(int requests) throws Exception {
    int before = written.size();
    Await.until(() -> written.size() > before + requests);
  }

  void stop() throws InterruptedException {
    stopping.set(true);
    for (Thread thread : threads) thread.join();
  }

  /// What was answered is stored, and nothing by halves.
  void assertWhole(List<Long> stored) {
    for (int id : written) assertThat(stored).contains((long) id, id + 1L);
    for (long id : stored) assertThat(stored).contains(id ^ 1);
  }
}
