package dev.mainstay.api.http;

import dev.mainstay.core.observe.Observation;
import dev.mainstay.core.observe.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Adds up how long each stage of one request took.
final class Stopwatch implements Observer {
  private final long begun = System.nanoTime();
  private long auth;
  private long parse;
  private long plan;
  private long execute;
  private long render;
  private @Nullable String role;

  @Override
  public void observe(Observation observation) {
    switch (observation) {
      case Observation.Authenticated authenticated -> {
        role = authenticated.role();
        auth += authenticated.nanos();
      }
      case Observation.Parsed parsed -> parse += parsed.nanos();
      case Observation.Planned planned -> plan += planned.nanos();
      case Observation.Ran _ -> {
        // A part of Executed.
      }
      case Observation.Executed executed -> execute += executed.nanos();
      case Observation.Rendered rendered -> render += rendered.nanos();
    }
  }

  long nanos() {
    return System.nanoTime() - begun;
  }

  @Nullable String role() {
    return role;
  }

  /// The stages that happened.
  List<Access.Stage> stages() {
    var stages = new ArrayList<Access.Stage>(5);
    if (auth > 0) stages.add(new Access.Stage("auth", auth));
    if (parse > 0) stages.add(new Access.Stage("parse", parse));
    if (plan > 0) stages.add(new Access.Stage("plan", plan));
    if (execute > 0) stages.add(new Access.Stage("execute", execute));
    if (render > 0) stages.add(new Access.Stage("render", render));
    return stages;
  }

  /// The value of a `Server-Timing` header, in milliseconds.
  String serverTiming() {
    var text = new StringBuilder();
    for (Access.Stage stage : stages()) {
      text.append(stage.name()).append(";dur=").append(millis(stage.nanos())).append(", ");
    }
    return text.append("total;dur=").append(millis(nanos())).toString();
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }
}
