package dev.mainstay.api.rest;

import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Turn;
import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.observe.Observation;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.query.Asked;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One call of a function: read into what it asks for, planned, run and answered, each stage
/// telling how long it took.
final class CallExchange {
  private final RestSettings settings;
  private final Planner planner;
  private final Runs runs;
  private final TableName function;
  private final @Nullable String profile;
  private final Request request;
  private final Turn turn;
  private long lap = System.nanoTime();

  /// @param profile the schema to name in the answer, or null
  CallExchange(
      RestSettings settings,
      Planner planner,
      Runs runs,
      TableName function,
      @Nullable String profile,
      Request request,
      Turn turn) {
    this.settings = settings;
    this.planner = planner;
    this.runs = runs;
    this.function = function;
    this.profile = profile;
    this.request = request;
    this.turn = turn;
  }

  /// By GET or HEAD: the arguments stand in the query string, and nothing is written.
  Response get() {
    CallQuery call = CallQuery.read(QueryString.read(request.query()));
    QueryReader query = QueryReader.read(call.rest());
    boolean ranged = request.method().equals("GET");
    Page page = (ranged ? RangeReader.range(request.headers()) : Page.ALL).and(query.rows().page());
    return answer(new Asked.Given(call.arguments(), null), query, page, Asked.Access.READ);
  }

  Response post() {
    QueryReader query = QueryReader.read(QueryString.read(request.query()));
    Page page = Page.ALL.and(query.rows().page());
    Asked.Given given =
        CallBody.read(request.body(), mediaType(), query.columns(), turn.allowance().lease());
    return answer(given, query, page, Asked.Access.WRITE);
  }

  private Response answer(Asked.Given given, QueryReader query, Page page, Asked.Access access) {
    Preferences preferences = RestExchange.preferences(request, settings);
    Asked.Call asked =
        new Asked.Call(
            function, given, query.rows().read(page), RestExchange.count(preferences), access);
    observe(new Observation.Parsed(lap()));

    Planner zoned = preferences.timezone() == null ? planner : planner.in(preferences.timezone());
    Plan.Call any =
        zoned.call(asked, new Plan.Expectation(preferences.atMost(), false), turn.caller());
    Function called =
        Objects.requireNonNull(planner.catalog().model().function(any.shape().function()));
    CallAnswer answer =
        CallAnswer.of(called, request.headers(), profile, preferences, settings.plans());
    boolean isOfOneRow = answer.format() instanceof Format.Single && called.returnsSet();
    Plan.Call plan = isOfOneRow ? any.ofOneRow() : any;
    preferences.check();
    Rendering rendering = answer.rendering(plan.shape().rows(), turn.allowance().lease());
    observe(new Observation.Planned(lap()));
    if (answer.format() instanceof Format.Explained explained)
      return explained(answer, plan, explained.how());

    boolean isUndone = settings.ending().isUndone(preferences.transaction());
    Allowance allowance = runs.allowance(turn.allowance(), function.schema(), preferences);
    Runs.Answering<Rows> answering =
        rows -> Overruled.by(rows.reply(), answer.answer(rows, rendering, page));
    Response once =
        called.writes()
            ? runs.once(plan.caller(), isUndone, allowance, unit -> unit.call(plan), answering)
            : null;
    if (once != null) {
      observe(new Observation.Executed(once.rows(), lap()));
      return once;
    }
    Rows rows = runs.call(plan, isUndone, allowance);
    observe(new Observation.Executed(rows.rows().size(), lap()));

    Response response = answering.of(rows);
    observe(new Observation.Rendered(lap()));
    return response;
  }

  private Response explained(CallAnswer answer, Plan.Call plan, Explaining how) {
    byte[] explanation =
        runs.explain(
            plan, how, runs.allowance(turn.allowance(), function.schema(), answer.preferences()));
    observe(new Observation.Executed(0, lap()));
    Response response = answer.explained(explanation);
    observe(new Observation.Rendered(lap()));
    return response;
  }

  private String mediaType() {
    String type = request.headers().first("content-type");
    return type == null
        ? "application/json"
        : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private long lap() {
    long now = System.nanoTime();
    long nanos = now - lap;
    lap = now;
    return nanos;
  }

  private void observe(Observation observation) {
    turn.allowance().observer().observe(observation);
  }
}
