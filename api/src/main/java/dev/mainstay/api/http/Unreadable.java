package dev.mainstay.api.http;

import dev.mainstay.api.http.Response.Header;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// The answer to what cannot be read as a request at all. The connection is closed after it, but
/// not before the client had a moment to read it: what still comes is thrown away meanwhile.
final class Unreadable {
  private Unreadable() {}

  static void answer(Setup setup, Context loop, HttpServerRequest request, Response answer) {
    Buffer body = Buffer.buffer(bytes(answer));
    HttpServerResponse response = request.response();
    response.setStatusCode(answer.status());
    response.putHeader("Date", HttpDate.now()).putHeader("Server", "Mainstay");
    for (Header header : answer.headers()) response.putHeader(header.name(), header.value());
    response.putHeader("Connection", "close");
    response.putHeader("Content-Length", Integer.toString(body.length()));
    response.exceptionHandler(_ -> {});
    response.write(body);
    // Vert.x hangs up as soon as such an answer is ended.
    loop.owner()
        .setTimer(
            setup.settings().patience().linger().toMillis(),
            _ -> {
              if (!response.ended() && !response.closed()) response.end();
            });
    Thread.ofVirtual().start(() -> setup.log().over(access(answer.status(), body.length())));
  }

  private static Access access(int status, long sent) {
    return new Access("OTHER", "none", status, null, 0, 0, sent, List.of(), 0, false, null);
  }

  private static byte[] bytes(Response answer) {
    var bytes = new ByteArrayOutputStream();
    try {
      Pieces.write(answer.body(), bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
