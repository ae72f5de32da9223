package dev.mainstay.api.rest;

import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows a request asks for, at the root or in an embed, while its parameters are being put
/// together: what `select` names, and the filters, order and page that other parameters add.
final class Selection {
  private final List<Part> parts;
  private final List<Asked.Condition> where = new ArrayList<>();
  private @Nullable List<Asked.Ordering> order;
  private @Nullable Long limit;
  private @Nullable Long offset;

  Selection(List<Part> parts) {
    this.parts = parts;
  }

  /// One thing that `select` names.
  sealed interface Part {
    record Plain(Asked.Item item) implements Part {}

    record Nested(
        @Nullable String alias,
        String target,
        @Nullable String hint,
        Asked.Join join,
        Asked.Shape shape,
        Selection rows)
        implements Part {}
  }

  /// Whether `select` names nothing.
  boolean isEmpty() {
    return parts.isEmpty();
  }

  /// The rows that `path` leads to, by the aliases or the targets of the embeds on the way.
  ///
  /// @throws ProblemException [Problem.NotEmbedded] when an embed of that name is not selected
  Selection at(List<String> path) {
    Selection place = this;
    for (String name : path) place = place.embed(name);
    return place;
  }

  private Selection embed(String name) {
    for (Part part : parts)
      if (part instanceof Part.Nested nested
          && (nested.target().equals(name) || name.equals(nested.alias()))) return nested.rows();
    throw new ProblemException(new Problem.NotEmbedded(name));
  }

  void where(Asked.Condition condition) {
    where.add(condition);
  }

  /// The first order given counts.
  void order(List<Asked.Ordering> given) {
    if (order == null) order = given;
  }

  /// The last limit and the last offset given count.
  void limit(long given) {
    limit = given;
  }

  void offset(long given) {
    offset = given;
  }

  /// The page that `limit` and `offset` name.
  Page page() {
    return Page.of(limit, offset);
  }

  /// Whether `limit` or `offset` says anything.
  boolean isPaged() {
    return limit != null || offset != null;
  }

  List<Asked.Condition> where() {
    return List.copyOf(where);
  }

  /// The rows of a read.
  ///
  /// @param page which of the rows here
  Asked.Rows read(Page page) {
    return new Asked.Rows(
        items(),
        where,
        ordering(),
        page.limit() == Long.MAX_VALUE ? null : (Long) page.limit(),
        page.offset() == 0 ? null : (Long) page.offset());
  }

  /// The rows that a write answers: every one it wrote, whatever the filters and the limit.
  Asked.Rows returned() {
    return new Asked.Rows(items(), List.of(), ordering(), null, null);
  }

  private List<Asked.Ordering> ordering() {
    return order == null ? List.of() : order;
  }

  private List<Asked.Item> items() {
    List<Asked.Item> items = new ArrayList<>(parts.size());
    for (Part part : parts)
      items.add(
          switch (part) {
            case Part.Plain(Asked.Item item) -> item;
            case Part.Nested n -> {
              Asked.Rows rows = n.rows().read(n.rows().page().ofEmbed());
              yield new Asked.Item.Embed(
                  n.alias(), n.target(), n.hint(), n.join(), n.shape(), rows);
            }
          });
    return items;
  }
}
