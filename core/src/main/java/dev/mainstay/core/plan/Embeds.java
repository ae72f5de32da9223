package dev.mainstay.core.plan;

import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Filter;
import dev.mainstay.core.query.Link;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The planned embeds of one select, which conditions and orders of the same select may speak of by
/// key or target.
final class Embeds {
  static final Embeds NONE = new Embeds();

  private final List<Planned> planned = new ArrayList<>();

  record Planned(Asked.Item.Embed asked, Link link, boolean toOne, Select rows) {
    /// Some row the caller may see and asked for is related.
    Filter exists() {
      Long limit = asked.rows().limit();
      return limit != null && limit == 0
          ? Filter.FALSE
          : new Filter.Exists(link, Filter.and(rows.policy(), rows.where()));
    }

    /// What an expression over the related row is for the parent; null when there is no such row.
    Expr.Through through(Expr inner) {
      return new Expr.Through(link, Filter.and(rows.policy(), rows.where()), inner);
    }
  }

  void add(Planned embed) {
    planned.add(embed);
  }

  /// The embed of that key, else of that target, or null.
  @Nullable Planned named(String name) {
    Planned embed = keyed(name);
    if (embed != null) return embed;
    for (Planned other : planned) if (other.asked.target().equals(name)) return other;
    return null;
  }

  /// That something is related, when the field is the key of an embed; else null.
  @Nullable Filter related(Asked.Field field) {
    Planned embed = field.path().isEmpty() ? keyed(field.name()) : null;
    return embed == null ? null : embed.exists();
  }

  private @Nullable Planned keyed(String name) {
    for (Planned embed : planned) if (embed.asked.key().equals(name)) return embed;
    return null;
  }

  /// That every embed asked for as an inner join has a row.
  Filter inner() {
    Filter filter = Filter.TRUE;
    for (Planned embed : planned)
      if (embed.asked.join() == Asked.Join.INNER) filter = Filter.and(filter, embed.exists());
    return filter;
  }
}
