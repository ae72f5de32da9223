package dev.mainstay.services.answers;

import dev.mainstay.core.engine.Engine;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Planner;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Cell;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The table `mainstay.answers`. A key is claimed, its write done and the answer kept in one unit
/// of work: all of it is there, or nothing. Who claims a key that another request has claimed waits
/// for that one's end.
public final class Answers {
  /// The most bytes of a body that is kept.
  public static final int LARGEST = 8 << 20;

  private static final TableName TABLE = new TableName("mainstay", "answers");
  private static final Caller INSIDE = new Caller.Inside();
  private static final List<Asked.Item> EVERYTHING = List.of(new Asked.Item.Star());

  /// How often a key is claimed whose answer goes away in between.
  private static final int ATTEMPTS = 5;

  private final Duration keeping;
  private final InstantSource clock;

  /// @param keeping how long an answer is given again
  public Answers(Duration keeping, InstantSource clock) {
    this.keeping = keeping;
    this.clock = clock;
  }

  /// A request, and the form that its answer is kept in.
  public interface Asking<A> {
    /// Does what is asked.
    A first();

    Kept kept(A answer);

    /// What is answered to whoever asks again.
    A again(Kept kept);
  }

  /// Does what is asked if the key is new; else answers what was answered then.
  ///
  /// @param unit in which it is done
  /// @throws ProblemException [Problem.KeyOfAnother] when the key was used for another request, and
  ///   [Problem.TooLarge] when the answer cannot be kept
  public <A> A once(Claim claim, Planner planner, Engine.Unit unit, Asking<A> asking) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (claim(claim, planner, unit)) {
        A answer = asking.first();
        keep(claim, asking.kept(answer), planner, unit);
        return answer;
      }
      JsonNode row = row(claim, planner, unit);
      if (row == null) continue;
      if (isOver(row)) forget(row, planner, unit);
      else if (row.get("request").asString().equals(claim.request()))
        return asking.again(kept(row));
      else throw new ProblemException(new Problem.KeyOfAnother());
    }
    throw new ProblemException(new Problem.Overloaded(1));
  }

  /// Forgets some of the answers whose time is over.
  ///
  /// @param most how many at once
  /// @return how many there were of these
  public int forgetOld(int most, Planner planner, Engine.Unit unit) {
    Asked.Condition isOver = compare("kept_at", Operator.LE, text(clock.instant().minus(keeping)));
    var oldest =
        List.of(new Asked.Ordering(null, Asked.Field.of("kept_at"), /* descending= */ false, null));
    var rows =
        new Asked.Rows(
            List.of(new Asked.Item.Column(null, Asked.Field.of("id"), null, null, null)),
            List.of(isOver),
            oldest,
            (long) most,
            null);
    List<String> ids = new ArrayList<>();
    for (byte[] row : unit.read(planner.read(read(rows), INSIDE)).rows())
      ids.add(JsonMapper.shared().readTree(row).get("id").asString());
    if (ids.isEmpty()) return 0;
    var these =
        new Asked.Condition.Compare(
            Asked.Field.of("id"), Operator.EQ, Quantifier.ANY, List.copyOf(ids));
    delete(List.of(these, isOver), planner, unit);
    return ids.size();
  }

  private boolean claim(Claim claim, Planner planner, Engine.Unit unit) {
    var insert =
        new Asked.Insert(
            TABLE,
            List.of("id", "request", "kept_at"),
            List.of(
                List.of(
                    new Cell.Text(claim.id()),
                    new Cell.Text(claim.request()),
                    new Cell.Text(text(clock.instant())))),
            new Asked.Conflict(List.of(), /* merge= */ false),
            null);
    return unit.write(planner.insert(insert, INSIDE)).inserted() == 1;
  }

  private static void keep(Claim claim, Kept answer, Planner planner, Engine.Unit unit) {
    if (answer.body().length > LARGEST)
      throw new ProblemException(new Problem.TooLarge(Problem.TooLarge.What.ANSWER, LARGEST));
    ArrayNode headers = JsonNodeFactory.instance.arrayNode();
    for (Kept.Header header : answer.headers())
      headers.addArray().add(header.name()).add(header.value());
    var assignments =
        List.of(
            new Asked.Assignment("status", new Cell.Text(Integer.toString(answer.status()))),
            new Asked.Assignment("headers", new Cell.Json(headers.toString())),
            new Asked.Assignment(
                "body", new Cell.Text("\\x" + HexFormat.of().formatHex(answer.body()))));
    var update =
        new Asked.Update(TABLE, assignments, List.of(compare("id", Operator.EQ, claim.id())), null);
    unit.write(planner.update(update, new Plan.Expectation(null, true), INSIDE));
  }

  private static @Nullable JsonNode row(Claim claim, Planner planner, Engine.Unit unit) {
    var rows =
        new Asked.Rows(
            EVERYTHING, List.of(compare("id", Operator.EQ, claim.id())), List.of(), null, null);
    List<byte[]> found = unit.read(planner.read(read(rows), INSIDE)).rows();
    return found.isEmpty() ? null : JsonMapper.shared().readTree(found.getFirst());
  }

  private boolean isOver(JsonNode row) {
    Instant kept = OffsetDateTime.parse(row.get("kept_at").asString()).toInstant();
    return !kept.plus(keeping).isAfter(clock.instant());
  }

  /// Unless it was claimed anew in the meantime.
  private static void forget(JsonNode row, Planner planner, Engine.Unit unit) {
    delete(
        List.of(
            compare("id", Operator.EQ, row.get("id").asString()),
            compare("kept_at", Operator.EQ, row.get("kept_at").asString())),
        planner,
        unit);
  }

  private static void delete(List<Asked.Condition> where, Planner planner, Engine.Unit unit) {
    unit.write(planner.delete(new Asked.Delete(TABLE, where, null), Plan.Expectation.ANY, INSIDE));
  }

  private static Kept kept(JsonNode row) {
    List<Kept.Header> headers = new ArrayList<>();
    for (JsonNode header : row.get("headers"))
      headers.add(new Kept.Header(header.get(0).asString(), header.get(1).asString()));
    String body = row.get("body").asString().substring("\\x".length());
    return new Kept(row.get("status").asInt(), headers, HexFormat.of().parseHex(body));
  }

  private static Asked.Read read(Asked.Rows rows) {
    return new Asked.Read(TABLE, rows, Asked.Count.NONE);
  }

  private static Asked.Condition compare(String column, Operator operator, String operand) {
    return new Asked.Condition.Compare(
        Asked.Field.of(column), operator, Quantifier.ONE, List.of(operand));
  }

  private static String text(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC).toString();
  }
}
