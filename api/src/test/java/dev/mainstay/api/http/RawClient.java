package dev.mainstay.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A client that says exactly what it is told to, byte by byte.
final class RawClient implements AutoCloseable {
  final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  record Answer(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  RawClient say(String text) throws IOException {
    return say(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient say(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /// The next answer. Interim answers (1xx) are answers too.
  Answer answer() throws IOException {
    return answer(true);
  }

  /// The next answer's head alone, as to a HEAD request.
  Answer head() throws IOException {
    return answer(false);
  }

  private Answer answer(boolean withBody) throws IOException {
    String line = line();
    int status = Integer.parseInt(line.substring(9, 12));
    var headers = new LinkedHashMap<String, String>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.merge(
          header.substring(0, colon).toLowerCase(Locale.ROOT),
          header.substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    if (!withBody || status < 200) return new Answer(status, headers, new byte[0]);
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      return new Answer(status, headers, chunks());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Answer(status, headers, in.readNBytes(length));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(in.readNBytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) throw new IOException("closed after «" + line + "»");
      if (b != '\r') line.append((char) b);
    }
    return line.toString();
  }

  /// Whether the server has hung up; what it still said is thrown away.
  boolean isClosed() throws IOException {
    try {
      while (in.read() >= 0) {
        // Drained.
      }
    } catch (java.net.SocketException _) {
      // Reset.
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
