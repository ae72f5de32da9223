package dev.mainstay.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.mainstay.api.http.Access;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Lines for people: `07:46:01.123 GET /rest/v1/{table} 200 5 rows 812 B 3.1 ms (…) anon`.
final class TextLayout extends LayoutBase<ILoggingEvent> {
  private final DateTimeFormatter time =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder(160);
    time.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    line.append(' ');
    Object[] arguments = event.getArgumentArray();
    if (arguments != null && arguments.length == 1 && arguments[0] instanceof Access access) {
      access(access, line);
      return line.append('\n').toString();
    }
    if (event.getLevel() != Level.INFO) line.append(event.getLevel()).append(' ');
    line.append(event.getFormattedMessage()).append('\n');
    if (event.getThrowableProxy() != null)
      line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    return line.toString();
  }

  private static void access(Access access, StringBuilder line) {
    line.append(access.method()).append(' ').append(access.route()).append(' ');
    line.append(access.status()).append(' ');
    line.append(access.rows()).append(access.rows() == 1 ? " row " : " rows ");
    line.append(access.sent()).append(" B ").append(millis(access.nanos())).append(" ms");
    String separator = " (";
    for (Access.Stage stage : access.stages()) {
      line.append(separator).append(stage.name()).append(' ').append(millis(stage.nanos()));
      separator = ", ";
    }
    if (!access.stages().isEmpty()) line.append(')');
    if (access.role() != null) line.append(' ').append(access.role());
    if (access.gone()) line.append(" gone");
    if (access.incident() != null) line.append(" incident ").append(access.incident());
  }

  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
  }
}
