package dev.mainstay.core.plan;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Table;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked.Condition;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Value;
import dev.mainstay.core.query.ValueReader;
import dev.mainstay.core.search.SearchQuery;
import dev.mainstay.core.search.SearchReader;
import org.jspecify.annotations.Nullable;

/// Turns full-text searches into filters: of a declared search document, whose queries mean the
/// same on every engine; or of a column, which is left to an engine that can.
final class SearchPlanner {
  private static final ColumnType TEXT = new ColumnType.Text();
  private static final ColumnType CONFIGURATION = new ColumnType.Native("regconfig");

  private final Sight sight;
  private final FieldPlanner fields;
  private final Binds binds;

  SearchPlanner(Sight sight, FieldPlanner fields, Binds binds) {
    this.sight = sight;
    this.fields = fields;
    this.binds = binds;
  }

  Filter filter(Table table, Condition.Search search) {
    Table.Search document =
        search.field().path().isEmpty() ? sight.document(table, search.field().name()) : null;
    if (document != null) return finds(document, search);
    Expr text = fields.expr(table, search.field());
    return switch (text.type()) {
      case ColumnType.Text _, ColumnType.Varchar _, ColumnType.Json _, ColumnType.Native _ ->
          new Filter.Search(
              text,
              search.grammar(),
              language(search.language()),
              binds.bind(new Value.Text(storable(search.query())), TEXT));
      default ->
          throw new ProblemException(
              new Problem.NoSuchOperator("@@", OperandTypes.name(text.type()), "tsquery"));
    };
  }

  private Filter finds(Table.Search document, Condition.Search search) {
    if (search.language() != null && !search.language().equals(document.language()))
      throw new ProblemException(
          new Problem.Unsupported(
              "a search of %s in a language other than its own, %s"
                  .formatted(document.name(), document.language())));
    SearchQuery query = SearchReader.read(search.grammar(), storable(search.query()));
    return new Filter.Finds(
        document, binds.bind(new Value.Text(query == null ? "" : query.written()), TEXT));
  }

  private @Nullable Expr language(@Nullable String name) {
    return name == null ? null : binds.bind(new Value.Native(storable(name)), CONFIGURATION);
  }

  private static String storable(String text) {
    return ((Value.Text) ValueReader.operand(TEXT, text)).value();
  }
}
