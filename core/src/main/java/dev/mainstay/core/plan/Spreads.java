package dev.mainstay.core.plan;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.plan.Select.Output;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a spread gives its parent to answer.
///
/// A column of a to-one spread is a value of the parent like any other, only that it is fetched
/// through the relation; so the parent's rows can be grouped by it, and an aggregate over it is
/// over the parent's rows.
final class Spreads {
  private static final Expr SOME = new Expr.Literal(new Value.Whole(1), new ColumnType.Whole(32));

  private Spreads() {}

  static List<Output> lifted(Embeds.Planned embed) {
    if (!embed.toOne()) {
      if (embed.rows().grouped())
        throw new ProblemException(
            new Problem.Unsupported(
                "Aggregates are not implemented for one-to-many or many-to-many spreads."));
      return List.of(new Output.Spread(embed.link(), false, embed.rows()));
    }
    List<Output> outputs = new ArrayList<>();
    for (Output output : embed.rows().outputs())
      outputs.add(
          switch (output) {
            case Output.Value(String key, Expr expr) -> new Output.Value(key, embed.through(expr));
            case Output.Aggregate(
                    String key,
                    Asked.Aggregate function,
                    Expr of,
                    ColumnType type,
                    ColumnType cast) ->
                new Output.Aggregate(
                    key, function, embed.through(of == null ? SOME : of), type, cast);
            case Output.Embed nested -> left(embed, nested);
            case Output.Spread nested -> left(embed, nested);
          });
    return outputs;
  }

  private static Output left(Embeds.Planned embed, Output output) {
    return new Output.Spread(embed.link(), true, embed.rows().answering(List.of(output)));
  }

  /// The value that a spread answers under that key, or null when it answers none.
  static @Nullable Expr value(Embeds.Planned embed, String key) {
    if (embed.asked().shape() != Asked.Shape.SPREAD) return null;
    for (Output output : embed.rows().outputs())
      if (output instanceof Output.Value(String name, Expr expr) && name.equals(key)) return expr;
    return null;
  }
}
