package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.api.http.Headers;
import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Turn;
import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Capability;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.engine.Explaining;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.observe.Observation;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Claims;
import dev.mainstay.core.plan.Limits;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.policy.Rules;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.read.ModelReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// An endpoint over an engine that answers what it was told to.
final class RestHarness {
  static final Model MODEL =
      ModelReader.read(
              "backend.yaml",
              """
              tables:
                artists:
                  columns:
                    id: {type: integer, primary_key: true}
                    name: text
                tracks:
                  columns:
                    id: {type: integer, identity: true, primary_key: true}
                    name: text
                    plays: {type: integer, default: 0}
                    artist_id: {references: artists, nullable: true}
              views:
                top_tracks:
                  columns: {id: integer, name: text}
                  sql: select id, name from tracks
              """)
          .orThrow();

  static final Caller.Outside SERVICE = new Caller.Outside("service_role", Claims.NONE);
  static final Caller.Outside ANON = new Caller.Outside("anon", Claims.NONE);

  /// Answers what it was told to, and keeps the plans it was given.
  static final class Told implements Engine {
    final List<Plan> plans = new ArrayList<>();
    int undone;
    Rows rows = new Rows(List.of(), null);
    Written written = Written.NOTHING;

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public Rows read(Plan.Read plan, Allowance allowance) {
      plans.add(plan);
      return rows;
    }

    @Override
    public Written write(Plan.Write plan, Allowance allowance) {
      plans.add(plan);
      return written;
    }

    @Override
    public Rows call(Plan.Call plan, Allowance allowance) {
      plans.add(plan);
      return rows;
    }

    @Override
    public <T> T snapshot(Allowance allowance, Work<T> work) {
      throw new AssertionError("a request is one plan");
    }

    @Override
    public byte[] explain(Plan plan, Explaining how, Allowance allowance) {
      plans.add(plan);
      return (how.syntax() + " " + how.options() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Runs what must not stay.
    @Override
    public <T> T unit(Allowance allowance, Work<T> work) {
      Unit unit =
          new Unit() {
            @Override
            public Rows read(Plan.Read plan) {
              return Told.this.read(plan, allowance);
            }

            @Override
            public Written write(Plan.Write plan) {
              return Told.this.write(plan, allowance);
            }

            @Override
            public Rows call(Plan.Call plan) {
              return Told.this.call(plan, allowance);
            }
          };
      try {
        work.in(unit);
      } catch (RuntimeException e) {
        undone++;
        throw e;
      }
      throw new AssertionError("a request is one plan");
    }

    @Override
    public boolean reachable() {
      return true;
    }

    @Override
    public void close() {}

    <P extends Plan> P only(Class<P> kind) {
      assertThat(plans).hasSize(1);
      return kind.cast(plans.getFirst());
    }
  }

  final Told engine = new Told();
  final List<Observation> observed = new ArrayList<>();
  final ByteBudget budget = new ByteBudget(100_000);
  RestSettings settings = RestSettings.DEFAULT;
  Caller.Outside caller = SERVICE;

  RestEndpoint endpoint() {
    return new RestEndpoint(settings, null, null);
  }

  Turn turn() {
    Planner planner =
        new Planner(
            new Catalog(MODEL, new Rules(Map.of(), Map.of(), Map.of())),
            new Limits(1000L, false),
            InstantSource.fixed(Instant.EPOCH),
            new SplittableRandom(7));
    return new Turn(
        new Served(planner, engine),
        caller,
        new Allowance(Duration.ofSeconds(3), budget.lease(), observed::add));
  }

  static Request request(String method, String target, String body, String... headers) {
    int mark = target.indexOf('?');
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      values.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
    }
    return new Request(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        new Headers(values),
        body.getBytes(StandardCharsets.UTF_8));
  }

  String answer(String method, String target, String body, String... headers) {
    Response response = endpoint().answer(request(method, target, body, headers), turn());
    if (!method.equals("HEAD")) return AnswerTest.text(response);
    return AnswerTest.text(
        new Response(
            response.status(), response.headers(), new Response.Body.Empty(), response.rows()));
  }

  Problem problem(String method, String target, String body, String... headers) {
    return catchThrowableOfType(ProblemException.class, () -> answer(method, target, body, headers))
        .problem();
  }

  static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  static Written written(String... rows) {
    List<List<Value>> keys = new ArrayList<>();
    List<byte[]> all = new ArrayList<>();
    for (String row : rows) {
      keys.add(List.of(new Value.Whole(keys.size() + 1)));
      all.add(json(row));
    }
    return new Written(keys, all, all.size());
  }
}
