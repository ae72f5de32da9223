package dev.mainstay.api.http;

import dev.mainstay.api.http.Response.Body;
import dev.mainstay.api.http.Response.Header;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Sends one answer from a virtual thread. Everything that touches the connection is handed to its
/// event loop; the thread waits while the client has [#WINDOW] chunks to take.
final class Outlet {
  private static final int CHUNK = 64 * 1024;
  private static final int WINDOW = 4;

  /// RFC 9113, section 7.
  private static final int INTERNAL_ERROR = 2;

  private final Context loop;
  private final HttpServerRequest request;
  private final Duration patience;
  private final Semaphore window = new Semaphore(WINDOW);
  private volatile boolean gone;
  private long sent;

  /// @param patience how long the client may take for a chunk
  Outlet(Context loop, HttpServerRequest request, Duration patience) {
    this.loop = loop;
    this.request = request;
    this.patience = patience;
  }

  /// Bytes of the body that were handed over so far.
  long sent() {
    return sent;
  }

  /// Sends all of it and waits until the client has it. A long answer is never joined, and without
  /// compression its pieces go out as they are.
  ///
  /// @param headers instead of the answer's own
  /// @return false when the client left
  boolean send(Response answer, List<Header> headers, boolean gzip) {
    var start = new Start(answer.status(), headers);
    Body body = answer.body();
    long length = Pieces.length(body);
    try {
      if (request.method().equals(HttpMethod.HEAD)) {
        long announced = body instanceof Body.Empty ? -1 : !gzip ? length : -1;
        if (gzip && length <= CHUNK) announced = joined(body, true).length();
        long known = announced;
        hand(0, response -> start.on(response, known, false).end());
      } else if (length <= CHUNK) {
        Buffer whole = joined(body, gzip);
        hand(whole.length(), response -> start.on(response, whole.length(), false).end(whole));
      } else {
        hand(0, response -> start.on(response, gzip ? -1 : length, gzip).writeHead());
        var chunks = new Chunks();
        try (OutputStream out = gzip ? Gzip.into(chunks) : chunks) {
          Pieces.write(body, out);
        }
        hand(0, HttpServerResponse::end);
      }
      if (!window.tryAcquire(WINDOW, patience.toMillis(), TimeUnit.MILLISECONDS)) hangUp();
    } catch (IOException _) {
      hangUp();
    } catch (InterruptedException _) {
      hangUp();
      Thread.currentThread().interrupt();
    }
    return !gone;
  }

  private static Buffer joined(Body body, boolean gzip) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = gzip ? Gzip.into(bytes) : bytes) {
      Pieces.write(body, out);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private void hangUp() {
    if (gone) return;
    gone = true;
    onLoop(() -> request.connection().close());
  }

  private void onLoop(Runnable step) {
    try {
      loop.runOnContext(_ -> step.run());
    } catch (RejectedExecutionException _) {
      // The server was stopped before this was done.
      gone = true;
      window.release();
    }
  }

  /// Has the loop do the next step, once the client has taken enough of those before.
  private void hand(int bytes, Step step) throws IOException {
    try {
      if (!window.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) hangUp();
    } catch (InterruptedException _) {
      hangUp();
      Thread.currentThread().interrupt();
    }
    if (gone) throw new IOException("the client left");
    sent += bytes;
    onLoop(() -> take(step));
  }

  private void take(Step step) {
    Future<Void> written;
    try {
      written = step.on(request.response());
    } catch (IllegalStateException e) {
      // The connection was closed, or reset, meanwhile.
      written = Future.failedFuture(e);
    } catch (IllegalArgumentException e) {
      // A header that no answer may have: without it there is no answer to wait for.
      if (request.version() == HttpVersion.HTTP_2) request.response().reset(INTERNAL_ERROR);
      else request.connection().close();
      written = Future.failedFuture(e);
    }
    written.onComplete(
        done -> {
          if (done.failed()) gone = true;
          window.release();
        });
  }

  @FunctionalInterface
  private interface Step {
    Future<Void> on(HttpServerResponse response);
  }

  /// The head of an answer.
  private record Start(int status, List<Header> headers) {
    /// @param length of the body, or -1 to leave it out
    HttpServerResponse on(HttpServerResponse response, long length, boolean chunked) {
      response.setStatusCode(status);
      for (Header header : headers) response.headers().add(header.name(), header.value());
      boolean bodiless = status == 204 || status == 304;
      if (length >= 0 && !bodiless) response.putHeader("Content-Length", Long.toString(length));
      if (chunked) response.setChunked(true);
      return response;
    }
  }

  /// Cuts what is written into chunks.
  private final class Chunks extends OutputStream {
    private Buffer chunk = Buffer.buffer(CHUNK);

    @Override
    public void write(int b) throws IOException {
      chunk.appendByte((byte) b);
      if (chunk.length() >= CHUNK) handOver();
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      int at = from;
      int end = from + count;
      while (at < end) {
        int part = Math.min(end - at, CHUNK - chunk.length());
        chunk.appendBytes(bytes, at, part);
        at += part;
        if (chunk.length() >= CHUNK) handOver();
      }
    }

    @Override
    public void close() throws IOException {
      if (chunk.length() > 0) handOver();
    }

    private void handOver() throws IOException {
      Buffer full = chunk;
      chunk = Buffer.buffer(CHUNK);
      hand(full.length(), response -> response.write(full));
    }
  }
}
