package dev.mainstay.api.rest;

import dev.mainstay.api.http.Response;
import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.engine.Occasion;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Plan;
import org.jspecify.annotations.Nullable;

/// Runs the plans of requests, each behind the function that goes ahead of every request, if there
/// is one, and in the same transaction.
///
/// @param first one that the model declares, without arguments; it may refuse by raising
/// @param ofDatabase one that only the database knows
/// @param once for a request that carries a key; writes without one are done as often as asked for
record Runs(
    Served served, @Nullable Function first, @Nullable TableName ofDatabase, @Nullable Once once) {
  /// Makes the answer to what was done.
  interface Answering<T> {
    Response of(T done);
  }

  private Engine engine() {
    return served.engine();
  }

  /// What a request may use that is about a schema.
  Allowance allowance(Allowance whole, String schema, Preferences preferences) {
    Occasion occasion = whole.occasion().inSchema(schema).inZone(preferences.timezone());
    return whole.on(ofDatabase == null ? occasion : occasion.behind(ofDatabase));
  }

  Rows read(Plan.Read plan, Allowance allowance) {
    if (first == null) return engine().read(plan, allowance);
    return engine().snapshot(allowance, behind(plan.caller(), unit -> unit.read(plan)));
  }

  /// The function goes ahead of it, in a transaction of its own.
  byte[] explain(Plan plan, Explaining how, Allowance allowance) {
    if (first != null) engine().call(ahead(first, plan.caller()), allowance);
    return engine().explain(plan, how, allowance);
  }

  /// @param isUndone once it is answered
  Written write(Plan.Write plan, boolean isUndone, Allowance allowance) {
    if (first == null && !isUndone) return engine().write(plan, allowance);
    return together(behind(plan.caller(), unit -> unit.write(plan)), isUndone, allowance);
  }

  /// @param isRehearsal whether what it writes is undone, once it is answered
  Rows call(Plan.Call plan, boolean isRehearsal, Allowance allowance) {
    Function called = served.planner().catalog().model().function(plan.shape().function());
    boolean writes = called != null && called.writes();
    boolean isUndone = writes && isRehearsal;
    if (first == null && !isUndone) return engine().call(plan, allowance);
    Engine.Work<Rows> work = behind(plan.caller(), unit -> unit.call(plan));
    return writes ? together(work, isUndone, allowance) : engine().snapshot(allowance, work);
  }

  /// What a write answers that carries a key, or null for any other, which is not done.
  ///
  /// @param isUndone once it is answered
  <T> @Nullable Response once(
      Caller caller,
      boolean isUndone,
      Allowance allowance,
      Engine.Work<T> work,
      Answering<T> answer) {
    // What is undone can be done as often as one likes.
    if (once == null || isUndone) return null;
    return engine()
        .unit(allowance, behind(caller, unit -> once.in(unit, () -> answer.of(work.in(unit)))));
  }

  private <T> T together(Engine.Work<T> work, boolean isUndone, Allowance allowance) {
    return isUndone ? Rehearsal.of(engine(), allowance, work) : engine().unit(allowance, work);
  }

  private <T> Engine.Work<T> behind(Caller caller, Engine.Work<T> work) {
    if (first == null) return work;
    Plan.Call ahead = ahead(first, caller);
    return unit -> {
      unit.call(ahead);
      return work.in(unit);
    };
  }

  private Plan.Call ahead(Function function, Caller caller) {
    return served.planner().ahead(function, caller);
  }
}
