package dev.mainstay.app.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/// Sets Logback up when the first logger is asked for, without looking for files: warnings as text,
/// until [Logs#start] says otherwise.
public final class LogSetup extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logs.toStandardError(context, new TextLayout(), "warn", Logs.Queue.NONE);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
