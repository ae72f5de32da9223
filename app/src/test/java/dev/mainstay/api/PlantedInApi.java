package dev.mainstay.api;

import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Visible;
import dev.mainstay.core.query.Value;
import dev.mainstay.sql.PlantedInSql;
import io.vertx.core.VertxException;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Breaks what [dev.mainstay.app.HouseRules] says of `api` and of names.
interface PlantedInApi {
  CompletableFuture<Connection> connection(VertxException thrown, PlantedInSql sql);

  class PlantedManager {
    final String queryHelper = "";
  }

  /// Makes a part of a plan by the name of its constructor.
  static Function<List<Value>, Plan.Row> rows() {
    return Plan.Row::new;
  }

  static Visible visible() {
    return new Visible(List.of(), List.of());
  }
}
