package dev.mainstay.api.rest;

import dev.mainstay.api.http.Response.Body;
import dev.mainstay.api.rest.RowShape.Cell;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.plan.Select;
import dev.mainstay.core.plan.Select.Output;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Expr;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes the body of an answer out of rows, each of them a JSON object as an engine made it, or out
/// of values. What is copied on the way is taken from the budget of bytes as well.
///
/// @param shape of the rows; of values it has the one member that they would be in a row
/// @param each what one of the rows or values is
/// @param zone the one to show points in time in, or null for UTC
record Rendering(
    Format format, RowShape shape, Cell each, @Nullable ZoneId zone, ByteBudget.Lease lease) {
  /// @throws ProblemException [Problem.Unsupported] when a zone was asked for and the select casts
  ///   points in time, which is done by the engine, in UTC
  static Rendering of(Format format, Select select, @Nullable ZoneId zone, ByteBudget.Lease lease) {
    if (zone != null) requireNoCasts(select);
    RowShape shape = RowShape.of(select);
    return new Rendering(format, shape, new Cell.Row(shape), zone, lease);
  }

  /// Of the values of the select's only output, which stand alone.
  static Rendering ofValues(
      Format format, Select select, @Nullable ZoneId zone, ByteBudget.Lease lease) {
    RowShape shape = RowShape.of(select);
    return new Rendering(format, shape, shape.members().getFirst().cell(), zone, lease);
  }

  /// @throws ProblemException [Problem.NotOneRow] when one was asked for
  Body body(List<byte[]> rows) {
    return switch (format) {
      case Format.Array(boolean stripped) -> new Body.JsonArray(json(rows, stripped));
      case Format.Single(boolean stripped) -> {
        Answer.requireOne(rows.size());
        yield new Body.Bytes(json(rows, stripped).getFirst());
      }
      case Format.Csv() -> new Body.Lines(csv(json(rows, false)));
      case Format.Explained _ -> throw new IllegalStateException("a plan is not made of rows");
    };
  }

  private List<byte[]> json(List<byte[]> rows, boolean stripped) {
    List<byte[]> zoned =
        zone == null || !each.hasMoments()
            ? rows
            : copied(rows, row -> ZoneText.rewrite(row, each, zone));
    return stripped ? copied(zoned, NullStripper::strip) : zoned;
  }

  /// Without rows there are no names either, but the line they would stand in.
  private List<byte[]> csv(List<byte[]> rows) {
    List<byte[]> lines = new ArrayList<>(rows.size() + 2);
    lines.add(rows.isEmpty() ? new byte[0] : CsvText.header(shape));
    lines.addAll(
        rows.isEmpty() ? List.of(new byte[0]) : copied(rows, row -> CsvText.line(row, each)));
    return lines;
  }

  private List<byte[]> copied(List<byte[]> rows, UnaryOperator<byte[]> copy) {
    List<byte[]> copies = new ArrayList<>(rows.size());
    for (byte[] row : rows) {
      byte[] made = copy.apply(row);
      lease.take(made.length);
      copies.add(made);
    }
    return copies;
  }

  private static void requireNoCasts(Select select) {
    for (Output output : select.outputs())
      switch (output) {
        case Output.Value value -> requireNoCast(value.expr());
        case Output.Aggregate aggregate -> {
          Expr of = aggregate.of();
          if (of == null || aggregate.function() == Asked.Aggregate.COUNT) continue;
          requireNoCast(of);
          if (aggregate.resultCast() != null)
            requireNoCast(new Expr.Cast(of, aggregate.resultCast()));
        }
        case Output.Embed embed -> requireNoCasts(embed.rows());
        case Output.Spread spread -> requireNoCasts(spread.rows());
      }
  }

  private static void requireNoCast(Expr expr) {
    if (expr instanceof Expr.Cast(Expr value, ColumnType type)
        && isMoment(type) != isMoment(value.type()))
      throw new ProblemException(
          new Problem.Unsupported(
              "a cast of or to " + new ColumnType.TimestampTz() + " with Prefer: timezone"));
  }

  private static boolean isMoment(ColumnType type) {
    return type instanceof ColumnType.TimestampTz;
  }
}
