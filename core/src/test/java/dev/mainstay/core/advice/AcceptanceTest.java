package dev.mainstay.core.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mainstay.core.model.Position;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
  private static final Position HERE = new Position("mainstay.yaml", 3, 7);

  private static Advice advice(Code code, String subject) {
    return new Advice(code, subject, new Position("b.yaml", 2, 3), "…", null, null);
  }

  private static Acceptance.Judged judged(boolean isOfDatabase, String... acceptances) {
    return Acceptance.judge(
        List.of(
            advice(Code.MISSING_INDEX, "a.b"),
            advice(Code.MISSING_INDEX, "odd table.c"),
            advice(Code.NO_POLICIES, "a")),
        Stream.of(acceptances).map(text -> Acceptance.read(text, HERE)).toList(),
        isOfDatabase);
  }

  private static List<String> open(Acceptance.Judged judged) {
    return judged.open().stream().map(Advice::key).toList();
  }

  @Test
  void acceptsAdviceByCodeAndSubject() {
    assertThat(open(judged(true))).hasSize(3);
    Acceptance.Judged some =
        judged(true, "missing-index:a.b because: few, for ever", "no-policies: a");
    assertThat(open(some)).containsExactly("missing-index:odd table.c");
    assertThat(some.accepted())
        .extracting(accepted -> accepted.advice().key() + " " + accepted.reason())
        .containsExactly("missing-index:a.b : few, for ever", "no-policies:a null");
    assertThat(open(judged(true, "missing-index:*  because  it is small  ", "no-policies:a")))
        .isEmpty();
    assertThat(open(judged(true, "missing-index:odd table.c because so", "missing-index:a.b")))
        .containsExactly("no-policies:a");
  }

  @Test
  void tellsWhatAcceptsNothing() {
    Acceptance.Judged judged =
        judged(
            true,
            "missing-index:*",
            "no-policies:a",
            "no-policies:b",
            "mising-index:a",
            "unused-index:x.y");
    assertThat(judged.open())
        .extracting(Advice::key, Advice::position, Advice::message, Advice::hint)
        .containsExactly(
            tuple(
                "stale-acceptance:no-policies:b",
                HERE,
                "'check.accept' accepts 'no-policies:b', which is not said any more",
                "take it out"),
            tuple(
                "stale-acceptance:mising-index:a",
                HERE,
                "'check.accept' names advice that there is not: 'mising-index'",
                "did you mean 'missing-index'?"),
            tuple(
                "stale-acceptance:unused-index:x.y",
                HERE,
                "'check.accept' accepts 'unused-index:x.y', which is not said any more",
                "take it out"));
  }

  @Test
  void saysNothingOfWhatOnlyADatabaseTellsWhenNoneWasAsked() {
    assertThat(open(judged(false, "missing-index:*", "no-policies:a", "unused-index:x.y")))
        .isEmpty();
  }
}
