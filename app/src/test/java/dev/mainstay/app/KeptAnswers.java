package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.plan.Catalog;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.policy.RuleCompiler;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.read.ModelReader;
import dev.mainstay.services.answers.Answers;
import dev.mainstay.services.answers.Claim;
import dev.mainstay.services.answers.Kept;
import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.Callers;
import dev.mainstay.testkit.EngineUnderTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How long answers are kept, on a clock of the test's own.
abstract class KeptAnswers {
  private static final Instant NOON = Instant.parse("2024-02-29T12:00:00Z");
  private static final Claim CLAIM =
      Claim.of(Callers.ANON, "key", List.of("request".getBytes(StandardCharsets.UTF_8)));

  private Backend backend;

  protected abstract EngineUnderTest engine();

  @BeforeEach
  void open() {
    var model = ModelReader.system(Answers.class);
    backend = Backend.open(engine(), new Catalog(model, RuleCompiler.compile(model).rules()));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void anAnswerIsGivenAgainUntilItsTimeIsOver() {
    assertThat(ask("first", Duration.ZERO)).isEqualTo("first");
    assertThat(ask("second", Duration.ofHours(24).minusNanos(1000))).isEqualTo("first again");
    assertThat(ask("third", Duration.ofHours(24))).isEqualTo("third");
    assertThat(ask("fourth", Duration.ofHours(47))).isEqualTo("third again");
  }

  @Test
  void whatIsOldIsForgottenSomeAtATime() {
    for (int i = 0; i < 5; i++) {
      Claim claim = Claim.of(Callers.ANON, "key " + i, List.of());
      Duration after = Duration.ofHours(i);
      backend.unit(unit -> answers(after).once(claim, planner(), unit, new Saying("it")));
    }
    Answers later = answers(Duration.ofHours(27));
    assertThat(backend.<Integer>unit(unit -> later.forgetOld(3, planner(), unit))).isEqualTo(3);
    assertThat(backend.<Integer>unit(unit -> later.forgetOld(3, planner(), unit))).isEqualTo(1);
    assertThat(backend.<Integer>unit(unit -> later.forgetOld(3, planner(), unit))).isEqualTo(0);
    assertThat(backend.stored("mainstay.answers", "kept_at"))
        .isEqualTo("[{\"kept_at\":\"2024-02-29T16:00:00+00:00\"}]");
  }

  @Test
  void whatCannotBeKeptIsNotDone() {
    assertThat(Backend.refusal(() -> ask("x".repeat(Answers.LARGEST + 1), Duration.ZERO)))
        .isEqualTo(new Problem.TooLarge(Problem.TooLarge.What.ANSWER, Answers.LARGEST));
    assertThat(ask("less", Duration.ZERO)).isEqualTo("less");
  }

  private String ask(String answer, Duration after) {
    Engine.Work<String> work =
        unit -> answers(after).once(CLAIM, planner(), unit, new Saying(answer));
    return backend.unit(work);
  }

  private static Answers answers(Duration after) {
    return new Answers(Duration.ofHours(24), () -> NOON.plus(after));
  }

  private Planner planner() {
    return backend.planner();
  }

  private record Saying(String answer) implements Answers.Asking<String> {
    @Override
    public String first() {
      return answer;
    }

    @Override
    public Kept kept(String said) {
      var header = new Kept.Header("X-Said", "\"" + said.length() + "\"");
      return new Kept(201, List.of(header), said.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String again(Kept kept) {
      String said = new String(kept.body(), StandardCharsets.UTF_8);
      assertThat(kept.status()).isEqualTo(201);
      assertThat(kept.headers())
          .containsExactly(new Kept.Header("X-Said", "\"" + said.length() + "\""));
      return said + " again";
    }
  }
}
