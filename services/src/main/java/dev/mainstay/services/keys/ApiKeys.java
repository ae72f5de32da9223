package dev.mainstay.services.keys;

import dev.mainstay.core.engine.Allowance;
import dev.mainstay.core.engine.ByteBudget;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Served;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.model.Role;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.observe.Observer;
import dev.mainstay.core.plan.Caller;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Operator;
import dev.mainstay.core.query.Quantifier;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The opaque keys (`sb_publishable_…`, `sb_secret_…`), kept as hashes in `mainstay.api_keys`. What
/// is asked for often is remembered for [#TRUSTED], so a new or revoked key is noticed by then, by
/// every server on the same database.
public final class ApiKeys {
  /// How long a key is taken for what it was.
  public static final Duration TRUSTED = Duration.ofMillis(1500);

  private static final TableName TABLE = new TableName("mainstay", "api_keys");
  private static final Caller INSIDE = new Caller.Inside();
  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final int REMEMBERED = 4096;
  private static final int RANDOM_BYTES = 24;
  private static final int SHOWN = 6;

  private final Supplier<Served> served;
  private final ByteBudget budget;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Remembered<String, Known> known = new Remembered<>(REMEMBERED);

  /// @param role null for a key that is not there
  private record Known(@Nullable String role, long untilMillis) {}

  /// A key that was just made. It cannot be seen again.
  public record Made(Secret key, ApiKey stored) {}

  /// @param served what has the table of keys, at this moment; without a limit of rows for those
  ///   who list them
  /// @param random unpredictable: a [java.security.SecureRandom]
  public ApiKeys(
      Supplier<Served> served, ByteBudget budget, InstantSource clock, RandomGenerator random) {
    this.served = served;
    this.budget = budget;
    this.clock = clock;
    this.random = random;
  }

  /// The role a key acts as, or null when there is no such key or it is revoked.
  public @Nullable String role(String key) {
    String hash = Sha256.of(key);
    long now = clock.millis();
    Known remembered = known.of(hash);
    if (remembered == null || now >= remembered.untilMillis()) {
      remembered = new Known(stored(hash), now + TRUSTED.toMillis());
      known.put(hash, remembered);
    }
    return remembered.role();
  }

  /// Makes a key: publishable for `anon`, secret for every other role.
  public Made make(String name, String role) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String kind = role.equals(Role.ANON.name()) ? "sb_publishable_" : "sb_secret_";
    String key = kind + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String prefix = key.substring(0, kind.length() + SHOWN);
    var insert =
        new Asked.Insert(
            TABLE,
            List.of("name", "role", "hash", "prefix"),
            List.of(
                List.of(
                    new Asked.Cell.Text(name),
                    new Asked.Cell.Text(role),
                    new Asked.Cell.Text(Sha256.of(key)),
                    new Asked.Cell.Text(prefix))),
            null,
            everything());
    return new Made(
        new Secret(key),
        keys(write(now -> now.planner().insert(insert, INSIDE)).rows()).getFirst());
  }

  /// All keys, the revoked ones too, in the order they were made.
  public List<ApiKey> list() {
    var byTime =
        List.of(new Asked.Ordering(null, Asked.Field.of("id"), /* descending= */ false, null));
    var rows = new Asked.Rows(List.of(new Asked.Item.Star()), List.of(), byTime, null, null);
    return keys(read(rows).rows());
  }

  /// Revokes the keys that go by that name, id or prefix and are not revoked yet.
  public List<ApiKey> revoke(String which) {
    return list().stream()
        .filter(key -> key.revokedAt() == null)
        .filter(
            key -> key.name().equals(which) || key.id().equals(which) || key.prefix().equals(which))
        .flatMap(key -> revokeById(key.id()).stream())
        .toList();
  }

  private List<ApiKey> revokeById(String id) {
    String now = clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC).toString();
    var update =
        new Asked.Update(
            TABLE,
            List.of(new Asked.Assignment("revoked_at", new Asked.Cell.Text(now))),
            List.of(equal("id", id)),
            everything());
    return keys(write(with -> with.planner().update(update, Plan.Expectation.ANY, INSIDE)).rows());
  }

  private @Nullable String stored(String hash) {
    var rows =
        new Asked.Rows(
            List.of(new Asked.Item.Star()), List.of(equal("hash", hash)), List.of(), null, null);
    for (ApiKey key : keys(read(rows).rows())) if (key.revokedAt() == null) return key.role();
    return null;
  }

  private Rows read(Asked.Rows rows) {
    Served now = served.get();
    try (ByteBudget.Lease lease = budget.lease()) {
      return now.engine()
          .read(
              now.planner().read(new Asked.Read(TABLE, rows, Asked.Count.NONE), INSIDE),
              allowance(lease));
    }
  }

  private Written write(Function<Served, Plan.Write> plan) {
    Served now = served.get();
    try (ByteBudget.Lease lease = budget.lease()) {
      return now.engine().write(plan.apply(now), allowance(lease));
    }
  }

  private static Allowance allowance(ByteBudget.Lease lease) {
    return new Allowance(TIMEOUT, lease, Observer.NOBODY);
  }

  private static Asked.Rows everything() {
    return new Asked.Rows(List.of(new Asked.Item.Star()), List.of(), List.of(), null, null);
  }

  private static Asked.Condition equal(String column, String text) {
    return new Asked.Condition.Compare(
        Asked.Field.of(column), Operator.EQ, Quantifier.ONE, List.of(text));
  }

  private static List<ApiKey> keys(List<byte[]> rows) {
    return rows.stream().map(ApiKeys::key).toList();
  }

  private static ApiKey key(byte[] row) {
    JsonNode json = JsonMapper.shared().readTree(row);
    JsonNode revoked = json.get("revoked_at");
    return new ApiKey(
        json.get("id").asString(),
        json.get("name").asString(),
        json.get("role").asString(),
        json.get("prefix").asString(),
        json.get("created_at").asString(),
        revoked == null || revoked.isNull() ? null : revoked.asString());
  }
}
