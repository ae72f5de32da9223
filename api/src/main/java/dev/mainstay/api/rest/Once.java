package dev.mainstay.api.rest;

import dev.mainstay.api.http.Request;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Response.Header;
import dev.mainstay.api.http.Turn;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.services.answers.Answers;
import dev.mainstay.services.answers.Claim;
import dev.mainstay.services.answers.Kept;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What sees to it that a write under an `Idempotency-Key` is done once, and answered alike however
/// often it is asked for.
record Once(Answers answers, Claim claim, Planner planner, ByteBudget.Lease lease) {
  private static final Header AGAIN = new Header("Idempotent-Replayed", "true");

  /// The headers that say what is asked, or in what form.
  private static final List<String> ASKING =
      List.of("content-type", "content-profile", "accept", "prefer");

  /// @param answers null when none are kept
  /// @return null for a request without a key
  static @Nullable Once of(@Nullable Answers answers, Request request, Turn turn) {
    if (answers == null) return null;
    String key = IdempotencyKey.of(request.headers());
    return key == null
        ? null
        : new Once(
            answers,
            Claim.of(turn.caller(), key, parts(request)),
            turn.served().planner(),
            turn.allowance().lease());
  }

  private static List<byte[]> parts(Request request) {
    List<String> texts = new ArrayList<>(List.of(request.method(), request.path()));
    texts.add(request.query() == null ? "" : request.query());
    for (String header : ASKING) texts.add(String.join(",", request.headers().all(header)));
    List<byte[]> parts = new ArrayList<>();
    for (String text : texts) parts.add(text.getBytes(StandardCharsets.UTF_8));
    parts.add(request.body());
    return parts;
  }

  /// @param work is done in the unit, if it was not before
  Response in(Engine.Unit unit, Supplier<Response> work) {
    return answers.once(claim, planner, unit, new Asking(work, lease));
  }

  private record Asking(Supplier<Response> work, ByteBudget.Lease lease)
      implements Answers.Asking<Response> {
    @Override
    public Response first() {
      return work.get();
    }

    @Override
    public Kept kept(Response answer) {
      List<Kept.Header> headers = new ArrayList<>();
      for (Header header : answer.headers())
        headers.add(new Kept.Header(header.name(), header.value()));
      lease.take(answer.body().length());
      return new Kept(answer.status(), headers, answer.body().bytes());
    }

    @Override
    public Response again(Kept kept) {
      List<Header> headers = new ArrayList<>();
      for (Kept.Header header : kept.headers())
        headers.add(new Header(header.name(), header.value()));
      headers.add(AGAIN);
      byte[] body = kept.body();
      return new Response(
          kept.status(),
          headers,
          body.length == 0 ? new Response.Body.Empty() : new Response.Body.Bytes(body),
          0);
    }
  }
}
