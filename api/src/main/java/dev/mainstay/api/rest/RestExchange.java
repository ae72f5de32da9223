package dev.mainstay.api.rest;

import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Response.Body;
import dev.mainstay.api.http.Turn;
import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.observe.Observation;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.plan.Select;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request about one table: read into what it asks for, planned, run and answered, each stage
/// telling how long it took.
final class RestExchange {
  private final RestSettings settings;
  private final Planner planner;
  private final Runs runs;
  private final TableName table;
  private final @Nullable String profile;
  private final Request request;
  private final Turn turn;
  private long lap = System.nanoTime();

  /// @param profile the schema to name in the answer, or null
  RestExchange(
      RestSettings settings,
      Planner planner,
      Runs runs,
      TableName table,
      @Nullable String profile,
      Request request,
      Turn turn) {
    this.settings = settings;
    this.planner = planner;
    this.runs = runs;
    this.table = table;
    this.profile = profile;
    this.request = request;
    this.turn = turn;
  }

  Response read() {
    QueryString text = QueryString.read(request.query());
    QueryReader query = QueryReader.read(text);
    boolean ranged = request.method().equals("GET");
    Page page = (ranged ? RangeReader.range(request.headers()) : Page.ALL).and(query.rows().page());
    Preferences preferences = preferences();
    Answer answer = answer(preferences);
    Asked.Read asked = new Asked.Read(table, query.rows().read(page), count(preferences));
    parsed();

    Plan.Read plan = planner(preferences).read(asked, turn.caller());
    preferences.check();
    Rendering rendering = rendering(answer, plan.shape().select());
    planned();
    if (answer.format() instanceof Format.Explained format) return explained(answer, plan, format);

    Rows rows = runs.read(plan, allowance(preferences));
    executed(rows.rows().size());

    return rendered(
        () ->
            Overruled.by(
                rows.reply(),
                answer.read(
                    rows, rendering.body(rows.rows()), page, text.canonical(), request.headers())));
  }

  Response insert() {
    QueryReader query = QueryReader.read(QueryString.read(request.query()));
    Preferences preferences = preferences();
    Answer answer = answer(preferences);
    BodyReader.Rows body = body(query.columns(), preferences.absent());
    // A row to be told of, if only by its key, is a row to be read.
    Asked.Rows returning =
        preferences.returning() == Preferences.Returning.HEADERS_ONLY
            ? new Asked.Rows(List.of(), List.of(), List.of(), null, null)
            : returning(query, answer);
    Asked.Insert asked =
        new Asked.Insert(
            table, body.columns(), body.rows(), conflict(query, preferences), returning);
    parsed();

    Plan.Insert plan = planner(preferences).insert(asked, expectation(answer), turn.caller());
    preferences.check();
    Rendering rendering = returning(answer, plan.shape().returning());
    planned();
    if (answer.format() instanceof Format.Explained format) return explained(answer, plan, format);

    return written(
        plan,
        preferences,
        written -> {
          if (asked.rows().isEmpty() && answer.isSingle()) Answer.requireOne(0);
          return answer.inserted(written, body(rendering, written), plan.shape().key());
        });
  }

  Response update() {
    QueryReader query = QueryReader.read(QueryString.read(request.query()));
    Preferences preferences = preferences();
    Answer answer = answer(preferences);
    BodyReader.Rows body = body(query.columns(), preferences.absent());
    List<Asked.Assignment> assignments = new ArrayList<>();
    if (!body.rows().isEmpty())
      for (int i = 0; i < body.columns().size(); i++)
        assignments.add(new Asked.Assignment(body.columns().get(i), body.rows().getFirst().get(i)));
    List<Asked.Condition> where = query.rows().where();
    Asked.Update asked = new Asked.Update(table, assignments, where, returning(query, answer));
    parsed();

    Plan.Update plan = planner(preferences).update(asked, expectation(answer), turn.caller());
    preferences.check();
    if (!assignments.isEmpty()) requireWhere(where, "UPDATE");
    Rendering rendering = returning(answer, plan.shape().returning());
    planned();
    if (answer.format() instanceof Format.Explained format) return explained(answer, plan, format);

    return written(
        plan,
        preferences,
        written -> {
          if (assignments.isEmpty() && answer.isSingle()) Answer.requireOne(0);
          return answer.updated(written, body(rendering, written));
        });
  }

  Response put() {
    QueryReader query = QueryReader.read(QueryString.read(request.query()));
    if (query.rows().isPaged()) throw new ProblemException(new Problem.PagedPut());
    Preferences preferences = preferences();
    Answer answer = answer(preferences);
    BodyReader.Rows body = body(null, new Cell.Null());
    Asked.Put asked =
        new Asked.Put(
            table, body.columns(), body.rows(), query.rows().where(), returning(query, answer));
    parsed();

    Plan.Insert plan = planner(preferences).put(asked, turn.caller());
    preferences.check();
    Rendering rendering = returning(answer, plan.shape().returning());
    planned();
    if (answer.format() instanceof Format.Explained format) return explained(answer, plan, format);

    return written(plan, preferences, written -> answer.put(written, body(rendering, written)));
  }

  Response delete() {
    QueryReader query = QueryReader.read(QueryString.read(request.query()));
    Preferences preferences = preferences();
    Answer answer = answer(preferences);
    List<Asked.Condition> where = query.rows().where();
    Asked.Delete asked = new Asked.Delete(table, where, returning(query, answer));
    parsed();

    Plan.Delete plan = planner(preferences).delete(asked, expectation(answer), turn.caller());
    preferences.check();
    requireWhere(where, "DELETE");
    Rendering rendering = returning(answer, plan.shape().returning());
    planned();
    if (answer.format() instanceof Format.Explained format) return explained(answer, plan, format);

    return written(plan, preferences, written -> answer.deleted(written, body(rendering, written)));
  }

  private Response explained(Answer answer, Plan plan, Format.Explained format) {
    byte[] explanation = runs.explain(plan, format.how(), allowance(answer.preferences()));
    executed(0);
    return rendered(() -> answer.explained(explanation));
  }

  private Response written(
      Plan.Write plan, Preferences preferences, Runs.Answering<Written> answer) {
    Allowance allowance = allowance(preferences);
    boolean isUndone = settings.ending().isUndone(preferences.transaction());
    Runs.Answering<Written> answering =
        written -> Overruled.by(written.reply(), answer.of(written));
    Response once =
        runs.once(plan.caller(), isUndone, allowance, unit -> unit.write(plan), answering);
    if (once != null) {
      executed(once.rows());
      return rendered(() -> once);
    }
    Written written = runs.write(plan, isUndone, allowance);
    executed(written.count());
    return rendered(() -> answering.of(written));
  }

  // ── parts of what is asked ──

  private Preferences preferences() {
    return preferences(request, settings);
  }

  static Preferences preferences(Request request, RestSettings settings) {
    Preferences preferences = Preferences.read(request.headers());
    return settings.ending().isTheCallersToSay() ? preferences : preferences.withoutTransaction();
  }

  private Allowance allowance(Preferences preferences) {
    return runs.allowance(turn.allowance(), table.schema(), preferences);
  }

  private Answer answer(Preferences preferences) {
    Format format = Format.accepted(request.headers(), settings.plans());
    return new Answer(table.name(), profile, format, preferences);
  }

  private Planner planner(Preferences preferences) {
    return preferences.timezone() == null ? planner : planner.in(preferences.timezone());
  }

  static Asked.Count count(Preferences preferences) {
    return switch (preferences.count()) {
      case null -> Asked.Count.NONE;
      case EXACT -> Asked.Count.EXACT;
      case PLANNED -> Asked.Count.PLANNED;
      case ESTIMATED -> Asked.Count.ESTIMATED;
    };
  }

  private static Asked.@Nullable Rows returning(QueryReader query, Answer answer) {
    return answer.returnsRows() ? query.rows().returned() : null;
  }

  private static Asked.@Nullable Conflict conflict(QueryReader query, Preferences preferences) {
    if (preferences.resolution() == null) return null;
    return new Asked.Conflict(
        query.onConflict() == null ? List.of() : query.onConflict(),
        preferences.resolution() == Preferences.Resolution.MERGE);
  }

  private static Plan.Expectation expectation(Answer answer) {
    return new Plan.Expectation(answer.preferences().atMost(), answer.isSingle());
  }

  private void requireWhere(List<Asked.Condition> where, String verb) {
    if (where.isEmpty() && settings.requireWhere())
      throw new ProblemException(new Problem.MissingWhere(verb));
  }

  /// @param columns the keys to read, or null for all
  /// @param absent what a key that is left out stands for
  private BodyReader.Rows body(@Nullable List<String> columns, Cell absent) {
    String type = request.headers().first("content-type");
    String mediaType =
        type == null ? "application/json" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    ByteBudget.Lease lease = turn.allowance().lease();
    return switch (mediaType) {
      case "application/json" -> BodyReader.read(request.body(), columns, absent, lease);
      case "text/csv" -> CsvBodyReader.read(request.body(), columns, absent, lease);
      case "application/x-www-form-urlencoded" ->
          FormBodyReader.read(request.body(), columns, absent);
      default ->
          throw new ProblemException(
              new Problem.UnreadableBody("Content-Type not acceptable: " + mediaType));
    };
  }

  private Rendering rendering(Answer answer, Select select) {
    return Rendering.of(
        answer.format(), select, answer.preferences().timezone(), turn.allowance().lease());
  }

  /// For rows that were written; null when they are not answered.
  private @Nullable Rendering returning(Answer answer, @Nullable Select select) {
    return select == null || !answer.returnsRows() ? null : rendering(answer, select);
  }

  private static Body body(@Nullable Rendering rendering, Written written) {
    return rendering == null ? new Body.Empty() : rendering.body(written.rows());
  }

  // ── how long each stage took ──

  private long lap() {
    long now = System.nanoTime();
    long nanos = now - lap;
    lap = now;
    return nanos;
  }

  private void parsed() {
    turn.allowance().observer().observe(new Observation.Parsed(lap()));
  }

  private void planned() {
    turn.allowance().observer().observe(new Observation.Planned(lap()));
  }

  private void executed(int rows) {
    turn.allowance().observer().observe(new Observation.Executed(rows, lap()));
  }

  private Response rendered(Supplier<Response> rendering) {
    Response response = rendering.get();
    turn.allowance().observer().observe(new Observation.Rendered(lap()));
    return response;
  }
}
