package dev.mainstay.services.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.Fault;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.read.FileRow;
import dev.mainstay.core.read.RowReader;
import dev.mainstay.core.read.RowReader.Identities;
import dev.mainstay.core.read.RowReader.Read;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// One file on its way into one table: a batch of rows after the other, each committed together
/// with how far the import has come.
final class Import implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /// A batch ends when its rows are that long together, in characters.
  private static final int LONG_BATCH = 1_000_000;

  /// So many bad rows are told.
  private static final int MOST_FAULTS = 20;

  private final Planner planner;
  private final Engine engine;
  private final Ledger ledger;
  private final ByteBudget.Lease lease;
  private final Importer.Source source;
  private final ImportOptions options;
  private final boolean mayWait;
  private final Progress progress;
  private final Prefix prefix;
  private final RowReader head;
  private final RowReader rows;
  private String header = "";
  private Place place;

  /// @param place where it goes on
  Import(
      Planner planner,
      Engine engine,
      Ledger ledger,
      ByteBudget budget,
      Importer.Source source,
      ImportOptions options,
      boolean mayWait,
      Progress progress,
      Place place)
      throws IOException {
    this.planner = planner;
    this.engine = engine;
    this.ledger = ledger;
    this.lease = budget.lease();
    this.source = source;
    this.options = options;
    this.mayWait = mayWait;
    this.progress = progress;
    this.place = place;
    this.prefix = new Prefix();
    ImportFile file = source.file();
    this.head =
        RowReader.open(source.table(), file.name(), file.format(), Identities.GIVEN, file.open());
    if (place.bytes() == 0) {
      this.rows = head;
      return;
    }
    if (file.format() == RowReader.Format.CSV && head.next() instanceof Read.Header(String text))
      header = text;
    InputStream rest = file.open();
    prefix.readFrom(rest, place.bytes());
    this.rows = head.over(rest, place.line());
  }

  /// Reads the file to its end.
  ///
  /// @throws ImportStopped at the first bad rows, unless they are set aside
  void read() throws IOException {
    progress.at(place.done().read(), place.bytes());
    while (true) {
      Lines lines = lines();
      if (!lines.faults.isEmpty() && isStopping()) throw stopped(lines.faults);
      if (!lines.text.isEmpty()) commit(lines);
      progress.at(place.done().read(), place.bytes());
      if (lines.isBroken) throw stopped(lines.faults);
      if (lines.isLast) return;
    }
  }

  /// What is to be committed together.
  private static final class Lines {
    /// All that was read for it, also what is no row.
    final StringBuilder text = new StringBuilder();

    final List<Line> sound = new ArrayList<>();
    final List<Line.Aside> bad = new ArrayList<>();
    final List<Fault> faults = new ArrayList<>();

    /// The number of the line behind it.
    int line;

    /// Whether the file ends behind it.
    boolean isLast;

    /// Whether it ends since the rest cannot be read.
    boolean isBroken;

    int size() {
      return sound.size() + bad.size();
    }
  }

  private Lines lines() throws IOException {
    Lines lines = new Lines();
    lines.line = rows.line();
    while (lines.size() < options.batch() && lines.text.length() < LONG_BATCH) {
      long number = place.done().read() + lines.size() + 1;
      switch (rows.next()) {
        case null -> {
          lines.text.append(rows.rest());
          lines.isLast = true;
          return lines;
        }
        case Read.Header(String text) -> {
          header = text;
          lines.text.append(text);
        }
        case Read.Sound(FileRow row, String text) -> {
          lines.text.append(text);
          lines.sound.add(new Line(number, row.position().line(), text, row));
        }
        case Read.Faulty faulty when faulty.isLast() -> {
          // Those before it are set aside.
          if (!isStopping()) lines.faults.clear();
          lines.faults.addAll(faulty.faults());
          lines.isLast = true;
          lines.isBroken = true;
          return lines;
        }
        case Read.Faulty faulty -> {
          lines.text.append(faulty.text());
          int line = faulty.faults().getFirst().position().line();
          lines.bad.add(
              new Line.Aside(
                  new Line(number, line, faulty.text(), null),
                  /* waits= */ false,
                  Reasons.of(faulty.faults())));
          lines.faults.addAll(faulty.faults());
          if (isStopping() && lines.faults.size() >= MOST_FAULTS) return lines;
        }
      }
      lines.line = rows.line();
    }
    return lines;
  }

  private void commit(Lines lines) {
    byte[] bytes = lines.text.toString().getBytes(UTF_8);
    prefix.add(bytes);
    Place before = place;
    Place here =
        new Place(
            before.id(),
            before.table(),
            before.file(),
            prefix.length(),
            prefix.digest(),
            lines.line,
            before.done(),
            /* isFinished= */ false);
    place =
        unit(
            unit -> {
              Batch batch = batch(unit);
              batch.write(lines.sound);
              requireGood(batch);
              List<Line.Aside> aside = new ArrayList<>(lines.bad);
              aside.addAll(batch.aside());
              Imported done = before.done();
              long waiting = aside.stream().filter(Line.Aside::waits).count();
              Imported now =
                  new Imported(
                      done.read() + lines.size(),
                      done.stored() + batch.stored(),
                      done.left() + batch.left(),
                      done.rejected() + aside.size() - waiting,
                      done.waiting() + waiting);
              Place kept = ledger.keep(before, here.with(now), unit);
              ledger.keepRows(Objects.requireNonNull(kept.id()), aside, unit);
              return kept;
            });
  }

  /// Tries the rows again that wait for others.
  ///
  /// @return whether some of them need not wait any more
  boolean settle() throws IOException {
    long waiting = place.done().waiting();
    if (waiting == 0) return false;
    Pages pages = ledger.waiting(Objects.requireNonNull(place.id()), lease);
    for (List<Line> lines = waiting(pages); !lines.isEmpty(); lines = waiting(pages)) settle(lines);
    return place.done().waiting() < waiting;
  }

  private List<Line> waiting(Pages pages) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (byte[] row : snapshot(pages::next)) {
      Line line = Ledger.aside(row).line();
      var bytes = new ByteArrayInputStream(line.text().getBytes(UTF_8));
      if (!(head.over(bytes, line.line()).next() instanceof Read.Sound(FileRow values, String _)))
        throw new IllegalStateException("what waits could be read before");
      lines.add(new Line(line.place(), line.line(), line.text(), values));
    }
    return lines;
  }

  private void settle(List<Line> lines) {
    Place before = place;
    place =
        unit(
            unit -> {
              String id = Objects.requireNonNull(before.id());
              Batch batch = batch(unit);
              batch.write(lines);
              requireGood(batch);
              Imported done = before.done();
              long waiting = batch.aside().stream().filter(Line.Aside::waits).count();
              long rejected = batch.aside().size() - waiting;
              Imported now =
                  new Imported(
                      done.read(),
                      done.stored() + batch.stored(),
                      done.left() + batch.left(),
                      done.rejected() + rejected,
                      done.waiting() - (lines.size() - waiting));
              Set<Long> kept = new HashSet<>();
              for (Line.Aside aside : batch.aside()) kept.add(aside.line().place());
              List<Line> gone =
                  lines.stream().filter(line -> !kept.contains(line.place())).toList();
              ledger.forgetRows(id, gone, unit);
              ledger.keepRows(
                  id, batch.aside().stream().filter(aside -> !aside.waits()).toList(), unit);
              return ledger.keep(before, before.with(now), unit);
            });
  }

  /// Ends it: nobody waits any more, and what is not in the table is in the file of rejects.
  ///
  /// @throws ImportStopped when rows still wait, and bad rows are not set aside
  Imported finish() throws IOException {
    Imported done = place.done();
    String id = place.id();
    if (place.isFinished() || id == null) return done;
    if (done.waiting() > 0 && isStopping()) throw stopped(strays(id));
    Imported last =
        new Imported(done.read(), done.stored(), done.left(), done.rejected() + done.waiting(), 0);
    if (last.rejected() > 0) writeRejects(id);
    Place before = place;
    place =
        unit(
            unit -> {
              ledger.forgetRows(id, unit);
              return ledger.keep(before, before.with(last).finished(), unit);
            });
    return last;
  }

  /// Forgets how far it has come: it cannot go on.
  void forget() {
    String id = place.id();
    if (id != null)
      unit(
          unit -> {
            ledger.forget(id, unit);
            return place;
          });
  }

  private void writeRejects(String id) throws IOException {
    Exporter.Destination rejects = Objects.requireNonNull(source.rejects());
    RowReader.Format format = source.file().format();
    long count = 0;
    try (OutputStream out = rejects.open(source.table())) {
      if (format == RowReader.Format.CSV)
        out.write((Reasons.header(header) + "\n").getBytes(UTF_8));
      Pages pages = ledger.rows(id, lease);
      for (List<byte[]> page = snapshot(pages::next);
          !page.isEmpty();
          page = snapshot(pages::next)) {
        for (byte[] row : page) {
          Line.Aside aside = Ledger.aside(row);
          String text = Reasons.row(format, header, aside.line().text(), aside.reason());
          out.write((text + "\n").getBytes(UTF_8));
        }
        count += page.size();
      }
    }
    rejects.done(source.table(), count);
  }

  /// What the first rows that wait are told.
  private List<Fault> strays(String id) throws IOException {
    List<Fault> faults = new ArrayList<>();
    for (Line line : waiting(ledger.waiting(id, lease))) {
      if (faults.size() == MOST_FAULTS) break;
      FileRow row = Objects.requireNonNull(line.row());
      faults.add(new Fault(row.position(), "refers to a row that is not there", null, null));
    }
    return faults;
  }

  /// Undoes the batch for its bad rows, unless they are set aside.
  private void requireGood(Batch batch) {
    if (isStopping() && !batch.faults().isEmpty()) throw stopped(batch.faults());
  }

  private boolean isStopping() {
    return options.badRows() == ImportOptions.BadRows.STOP;
  }

  private ImportStopped stopped(List<Fault> faults) {
    return new ImportStopped(faults.subList(0, Math.min(MOST_FAULTS, faults.size())), place.done());
  }

  private Batch batch(Engine.Unit unit) {
    return new Batch(planner, source.table(), options.taken(), mayWait, unit);
  }

  private <T> T unit(Engine.Work<T> work) {
    try {
      return engine.unit(new Allowance(PATIENCE, lease, Observer.NOBODY), work);
    } finally {
      lease.close();
    }
  }

  private <T> T snapshot(Engine.Work<T> work) {
    return engine.snapshot(new Allowance(PATIENCE, lease, Observer.NOBODY), work);
  }

  @Override
  public void close() throws IOException {
    lease.close();
    rows.close();
    head.close();
  }
}
