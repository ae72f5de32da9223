package dev.mainstay.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.mainstay.api.http.Access;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// One JSON object a line. Times are UTC, durations milliseconds.
final class JsonLayout extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new LinkedHashMap<String, Object>();
    line.put("time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
    line.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    line.put("message", event.getFormattedMessage());
    Object[] arguments = event.getArgumentArray();
    if (arguments != null && arguments.length == 1 && arguments[0] instanceof Access access) {
      access(access, line);
    } else {
      line.put("logger", event.getLoggerName());
    }
    if (event.getThrowableProxy() != null)
      line.put("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    return JsonMapper.shared().writeValueAsString(line) + "\n";
  }

  private static void access(Access access, Map<String, Object> line) {
    line.put("method", access.method());
    line.put("route", access.route());
    line.put("status", access.status());
    if (access.role() != null) line.put("role", access.role());
    line.put("rows", access.rows());
    line.put("received", access.received());
    line.put("sent", access.sent());
    line.put("ms", millis(access.nanos()));
    var stages = new LinkedHashMap<String, Double>();
    for (Access.Stage stage : access.stages()) stages.put(stage.name(), millis(stage.nanos()));
    if (!stages.isEmpty()) line.put("stages", stages);
    if (access.gone()) line.put("gone", true);
    if (access.incident() != null) line.put("incident", access.incident());
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }
}
