package dev.mainstay.app.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.mainstay.api.http.Access;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/// Starts and ends the log of a server.
public final class Logs {
  private static final int QUEUE = 8192;

  private Logs() {}

  /// Whether lines wait for a thread of their own to write them.
  enum Queue {
    NONE,
    BOUNDED
  }

  /// Begins to log.
  ///
  /// @param level `error`, `warn`, `info` or `debug`, for Mainstay's own packages; others only warn
  public static void start(Layout<ILoggingEvent> layout, String level) {
    toStandardError(
        (LoggerContext) LoggerFactory.getILoggerFactory(), layout, level, Queue.BOUNDED);
  }

  public static Layout<ILoggingEvent> text() {
    return new TextLayout();
  }

  public static Layout<ILoggingEvent> json() {
    return new JsonLayout();
  }

  /// Writes what waits to be written.
  public static void stop() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  /// Logs each request as one line, which the layout makes of the [Access].
  public static Access.Log access() {
    org.slf4j.Logger log = LoggerFactory.getLogger("dev.mainstay.access");
    return over -> log.info("request", over);
  }

  static void toStandardError(
      LoggerContext context, Layout<ILoggingEvent> layout, String level, Queue queue) {
    context.reset();
    layout.setContext(context);
    layout.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    context.getLogger("dev.mainstay").setLevel(Level.toLevel(level));
    if (queue == Queue.NONE) {
      root.addAppender(console);
      return;
    }
    var async = new AsyncAppender();
    async.setContext(context);
    async.setQueueSize(QUEUE);
    async.setDiscardingThreshold(0);
    async.addAppender(console);
    async.start();
    root.addAppender(async);
  }
}
