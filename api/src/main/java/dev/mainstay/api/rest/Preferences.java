package dev.mainstay.api.rest;

import dev.mainstay.api.http.Headers;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked.Cell;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the `Prefer` headers say (`WIRE.md` §1.10); the first value of each key counts. Null is
/// what was not said.
///
/// @param timezone one that is known by that name
/// @param unknown what is no preference at all
record Preferences(
    @Nullable Resolution resolution,
    @Nullable Missing missing,
    @Nullable Returning returning,
    @Nullable Count count,
    @Nullable Transaction transaction,
    @Nullable Handling handling,
    @Nullable ZoneId timezone,
    @Nullable Long maxAffected,
    List<String> unknown) {
  private static final String TIMEZONE = "timezone=";
  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
  private static final String MAX_AFFECTED = "max-affected=";

  Preferences {
    unknown = List.copyOf(unknown);
  }

  /// What to do with a row that is there already.
  enum Resolution {
    MERGE,
    IGNORE
  }

  /// What a key that a body leaves out means.
  enum Missing {
    DEFAULT,
    NULL
  }

  /// What to answer of the rows written.
  enum Returning {
    REPRESENTATION,
    MINIMAL,
    HEADERS_ONLY
  }

  enum Count {
    EXACT,
    PLANNED,
    ESTIMATED
  }

  /// Whether what was done is kept.
  enum Transaction {
    COMMIT,
    ROLLBACK
  }

  /// Whether preferences that are not known are refused.
  enum Handling {
    STRICT,
    LENIENT
  }

  private static final Map<String, Enum<?>> WORDS =
      Map.ofEntries(
          Map.entry("resolution=merge-duplicates", Resolution.MERGE),
          Map.entry("resolution=ignore-duplicates", Resolution.IGNORE),
          Map.entry("missing=default", Missing.DEFAULT),
          Map.entry("missing=null", Missing.NULL),
          Map.entry("return=representation", Returning.REPRESENTATION),
          Map.entry("return=minimal", Returning.MINIMAL),
          Map.entry("return=headers-only", Returning.HEADERS_ONLY),
          Map.entry("count=exact", Count.EXACT),
          Map.entry("count=planned", Count.PLANNED),
          Map.entry("count=estimated", Count.ESTIMATED),
          Map.entry("tx=commit", Transaction.COMMIT),
          Map.entry("tx=rollback", Transaction.ROLLBACK),
          Map.entry("handling=strict", Handling.STRICT),
          Map.entry("handling=lenient", Handling.LENIENT));

  static Preferences read(Headers headers) {
    List<String> given = new ArrayList<>();
    for (String header : headers.all("prefer"))
      for (String preference : header.split(",", -1)) given.add(preference.strip());
    List<String> unknown = new ArrayList<>();
    ZoneId timezone = null;
    String maxAffected = null;
    for (String preference : given)
      if (preference.startsWith(TIMEZONE)) {
        String name = preference.substring(TIMEZONE.length());
        if (!ZONES.contains(name)) unknown.add(preference);
        else if (timezone == null) timezone = ZoneId.of(name);
      } else if (preference.startsWith(MAX_AFFECTED)) {
        if (maxAffected == null) maxAffected = preference.substring(MAX_AFFECTED.length());
      } else if (!WORDS.containsKey(preference)) unknown.add(preference);
    return new Preferences(
        first(Resolution.class, given),
        first(Missing.class, given),
        first(Returning.class, given),
        first(Count.class, given),
        first(Transaction.class, given),
        first(Handling.class, given),
        timezone,
        maxAffected == null ? null : RangeReader.number(maxAffected),
        unknown);
  }

  /// The same where it is not the caller's to say whether a transaction is kept.
  Preferences withoutTransaction() {
    return new Preferences(
        resolution, missing, returning, count, null, handling, timezone, maxAffected, unknown);
  }

  /// Refuses, under `handling=strict`, what is not known or cannot be done.
  void check() {
    if (handling != Handling.STRICT) return;
    if (!unknown.isEmpty()) throw new ProblemException(new Problem.UnknownPreferences(unknown));
  }

  /// What a key stands for that a body leaves out.
  Cell absent() {
    return missing == Missing.DEFAULT ? new Cell.Default() : new Cell.Null();
  }

  /// How many rows a write may touch, or null for any number. Counts only under `handling=strict`.
  @Nullable Long atMost() {
    return handling == Handling.STRICT ? maxAffected : null;
  }

  /// The value of `Preference-Applied` for a request that honours some of them, or null for none.
  @Nullable String applied(Honoured honoured) {
    List<String> applied = new ArrayList<>();
    if (honoured == Honoured.INSERT && resolution != null) applied.add(text(resolution));
    boolean fills = honoured == Honoured.INSERT || honoured == Honoured.UPDATE;
    if (fills && missing != null) applied.add(text(missing));
    boolean written = honoured != Honoured.READ && honoured != Honoured.CALL;
    if (written && returning != null) applied.add(text(returning));
    if (count != null) applied.add(text(count));
    if (transaction != null) applied.add(text(transaction));
    if (handling != null) applied.add(text(handling));
    if (timezone != null) applied.add(TIMEZONE + timezone.getId());
    boolean bounded =
        honoured == Honoured.UPDATE || honoured == Honoured.DELETE || honoured == Honoured.CALL;
    if (bounded && atMost() != null) applied.add(MAX_AFFECTED + atMost());
    return applied.isEmpty() ? null : String.join(", ", applied);
  }

  /// What kind of request it is that preferences were given for.
  enum Honoured {
    READ,
    INSERT,
    UPDATE,
    PUT,
    DELETE,
    CALL
  }

  private static <E extends Enum<E>> @Nullable E first(Class<E> key, List<String> given) {
    for (String preference : given) {
      Enum<?> word = WORDS.get(preference);
      if (key.isInstance(word)) return key.cast(word);
    }
    return null;
  }

  private static String text(Enum<?> word) {
    for (Map.Entry<String, Enum<?>> entry : WORDS.entrySet())
      if (entry.getValue() == word) return entry.getKey();
    throw new IllegalStateException("no preference for " + word);
  }
}
