package dev.mainstay.services.rows;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Planner;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Loads files of rows into tables: past every policy, with everything else that holds of new rows.
///
/// Rows are committed in batches, each with how far the import has come, so that one that was
/// killed goes on without losing a row or storing one twice. A row that refers to another which is
/// not there yet waits for it when that one may come: from the same table, or from one that is
/// loaded after it. No more than a batch of rows is in memory.
public final class Importer {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Planner planner;
  private final Engine engine;
  private final ByteBudget budget;
  private final Ledger ledger;

  /// @param table one of the model's own
  /// @param rejects where rows go that cannot be stored, or null when they end the import
  public record Source(Table table, ImportFile file, Exporter.@Nullable Destination rejects) {}

  /// What became of a source.
  public record Loaded(Source source, Imported rows, Outcome outcome) {}

  public enum Outcome {
    LOADED,
    /// It had been before.
    WAS_LOADED
  }

  public Importer(Planner planner, Engine engine, ByteBudget budget, InstantSource clock) {
    this.planner = planner;
    this.engine = engine;
    this.budget = budget;
    this.ledger = new Ledger(planner, clock);
  }

  /// Loads the files, in an order in which rows find those that they refer to.
  ///
  /// @param progress who is told of each source
  /// @throws ImportRefused before anything is written
  /// @throws ImportStopped at the first bad rows, unless they are set aside
  public List<Loaded> load(
      List<Source> sources, ImportOptions options, Function<Source, Progress> progress)
      throws IOException {
    Map<Source, Place> places = new LinkedHashMap<>();
    for (Source source : TableOrder.of(sources)) places.put(source, begin(source, options));
    Set<Source> waiting = TableOrder.waiting(List.copyOf(places.keySet()));
    Map<Source, Import> imports = new LinkedHashMap<>();
    List<Loaded> loaded = new ArrayList<>();
    try {
      for (Map.Entry<Source, Place> entry : places.entrySet()) {
        Source source = entry.getKey();
        if (entry.getValue().isFinished()) {
          loaded.add(new Loaded(source, entry.getValue().done(), Outcome.WAS_LOADED));
          continue;
        }
        Import one =
            new Import(
                planner,
                engine,
                ledger,
                budget,
                source,
                options,
                waiting.contains(source),
                progress.apply(source),
                entry.getValue());
        imports.put(source, one);
        one.read();
        // Who waits for rows of this table only need not wait for the others.
        settle(List.of(one));
      }
      settle(List.copyOf(imports.values()));
      for (Map.Entry<Source, Import> entry : imports.entrySet())
        loaded.add(new Loaded(entry.getKey(), entry.getValue().finish(), Outcome.LOADED));
      return loaded;
    } catch (ImportStopped stopped) {
      for (Map.Entry<Source, Import> entry : imports.entrySet())
        if (!entry.getKey().file().isRepeatable()) entry.getValue().forget();
      throw stopped;
    } finally {
      for (Import one : imports.values()) one.close();
    }
  }

  private static void settle(List<Import> imports) throws IOException {
    boolean isMoving = true;
    while (isMoving) {
      isMoving = false;
      for (Import one : imports) isMoving |= one.settle();
    }
  }

  /// Where the import of a source begins, which is where another was cut short when it goes on.
  private Place begin(Source source, ImportOptions options) throws IOException {
    ImportFile file = source.file();
    Place fresh = Place.begin(source.table().name(), file.name());
    if (!file.isRepeatable()) return fresh;
    List<Place> before = read(unit -> ledger.places(source.table().name(), unit));
    Place namesake = null;
    for (Place place : before) {
      if (place.isFinished() && options.begin() != ImportOptions.Begin.RESUMED) continue;
      if (!isOf(place, file)) {
        boolean isNamesake = !place.isFinished() && place.file().equals(file.name());
        if (isNamesake && namesake == null) namesake = place;
        continue;
      }
      switch (options.begin()) {
        case RESUMED -> {
          return place;
        }
        case NEW ->
            throw new ImportRefused(
                "An import of %s into '%s' was cut short after %,d rows; go on with --resume, or begin again with --restart"
                    .formatted(file.name(), source.table().name().title(), place.done().read()));
        case AFRESH ->
            write(
                unit -> {
                  if (place.id() != null) ledger.forget(place.id(), unit);
                  return place;
                });
      }
    }
    if (namesake != null && options.begin() == ImportOptions.Begin.RESUMED)
      throw new ImportRefused(
          "%s has changed in what was imported already, its first %,d rows; it can go on only with the file as it was, or begin again with --restart"
              .formatted(file.name(), namesake.done().read()));
    return fresh;
  }

  /// Whether the file begins with what the import has dealt with, and is all of it when that has
  /// come to its end.
  private static boolean isOf(Place place, ImportFile file) throws IOException {
    Prefix prefix = new Prefix();
    try (InputStream in = file.open()) {
      prefix.readFrom(in, place.bytes());
      return prefix.length() == place.bytes()
          && prefix.digest().equals(place.digest())
          && (!place.isFinished() || in.read() < 0);
    }
  }

  private <T> T read(Engine.Work<T> work) {
    try (ByteBudget.Lease lease = budget.lease()) {
      return engine.snapshot(new Allowance(PATIENCE, lease, Observer.NOBODY), work);
    }
  }

  private <T> T write(Engine.Work<T> work) {
    try (ByteBudget.Lease lease = budget.lease()) {
      return engine.unit(new Allowance(PATIENCE, lease, Observer.NOBODY), work);
    }
  }
}
