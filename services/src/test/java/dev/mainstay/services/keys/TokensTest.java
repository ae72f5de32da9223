package dev.mainstay.services.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.mainstay.core.plan.Claims;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TokensTest {
  private static final Secret SECRET = new Secret("a secret of at least thirty-two bytes");
  private static final long NOW = 1_800_000_000;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(NOW));

  private Tokens tokens(@Nullable String audience) {
    return new Tokens(SECRET, audience, ((InstantSource) now::get).withZone(ZoneOffset.UTC));
  }

  @Test
  void readsBackWhatItSigned() {
    Tokens tokens = tokens(null);
    String token = tokens.sign(Map.of("role", "anon"));
    assertThat(tokens.verified(token))
        .isEqualTo(new Claims(Map.of("role", "anon"), "{\"role\":\"anon\"}"));
    // The first part is what every other implementation of HS256 makes of it too.
    assertThat(token).startsWith("eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.");
  }

  @Test
  void keepsNestedClaimsAndForgetsNulls() {
    Tokens tokens = tokens(null);
    String token = hs256(SECRET, "{\"a\":{\"b\":[1,null]},\"c\":null,\"d\":1.50}");
    Claims claims = tokens.verified(token);
    assertThat(claims.at(List.of("c"))).isNull();
    assertThat(claims.at(List.of("a", "b"))).isEqualTo(java.util.Arrays.asList(1, null));
  }

  @Test
  void refusesWhatItDidNotSign() throws Exception {
    String good = hs256(SECRET, "{\"role\":\"service_role\"}");
    String[] parts = good.split("\\.", -1);
    var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    var rs256 = new JWSObject(new JWSHeader(JWSAlgorithm.RS256), new Payload("{}"));
    rs256.sign(new RSASSASigner(pair.getPrivate()));
    var hs512 = new JWSObject(new JWSHeader(JWSAlgorithm.HS512), new Payload("{}"));
    hs512.sign(new MACSigner("x".repeat(64)));
    record Case(String token, String code, String message) {}
    for (Case one :
        List.of(
            new Case("", "PGRST301", "Empty JWT is sent in Authorization header"),
            new Case("a", "PGRST301", "Expected 3 parts in JWT; got 1"),
            new Case("a.b", "PGRST301", "Expected 3 parts in JWT; got 2"),
            new Case("a.b.c.d", "PGRST301", "Expected 3 parts in JWT; got 4"),
            new Case("a.b.c", "PGRST301", "No suitable key or wrong key type"),
            new Case(
                part("{\"alg\":\"none\"}") + "." + part("{}") + ".",
                "PGRST301",
                "No suitable key or wrong key type"),
            new Case(
                part("{\"alg\":\"None\"}") + "." + part("{}") + ".x",
                "PGRST301",
                "No suitable key or wrong key type"),
            new Case(
                part("{}") + "." + part("{}") + ".x",
                "PGRST301",
                "No suitable key or wrong key type"),
            new Case(rs256.serialize(), "PGRST301", "No suitable key or wrong key type"),
            new Case(hs512.serialize(), "PGRST301", "No suitable key or wrong key type"),
            new Case(
                hs256(new Secret("another secret of thirty-two bytes"), "{}"),
                "PGRST301",
                "JWT cryptographic operation failed"),
            new Case(
                parts[0] + "." + part("{\"role\":\"anon\"}") + "." + parts[2],
                "PGRST301",
                "JWT cryptographic operation failed"),
            new Case(
                parts[0] + "." + parts[1] + ".", "PGRST301", "No suitable key or wrong key type"),
            new Case(
                parts[0] + "." + parts[1] + ".AAAA",
                "PGRST301",
                "JWT cryptographic operation failed"),
            new Case(hs256(SECRET, "[]"), "PGRST303", "Parsing claims failed"),
            new Case(hs256(SECRET, "null"), "PGRST303", "Parsing claims failed"),
            new Case(hs256(SECRET, "no json"), "PGRST303", "Parsing claims failed"),
            new Case(
                hs256(SECRET, "{\"role\":\"a\",\"role\":\"b\"}"),
                "PGRST303",
                "Parsing claims failed"))) {
      assertThat(refusal(tokens(null), one.token()))
          .as(one.token())
          .isEqualTo(new Problem.BadToken(one.code(), one.message()));
    }
  }

  @Test
  void checksTimesWithHalfAMinuteToSpare() {
    record Case(String claims, @Nullable String message) {}
    for (Case one :
        List.of(
            new Case("{\"exp\":" + (NOW - 30) + "}", null),
            new Case("{\"exp\":" + (NOW - 31) + "}", "JWT expired"),
            new Case("{\"nbf\":" + (NOW + 30) + "}", null),
            new Case("{\"nbf\":" + (NOW + 31) + "}", "JWT not yet valid"),
            new Case("{\"iat\":" + (NOW + 30) + ".5}", "JWT issued at future"),
            new Case("{\"iat\":" + (NOW + 30) + "}", null),
            new Case("{\"exp\":1e300}", null),
            new Case("{\"exp\":\"tomorrow\"}", "The JWT 'exp' claim must be a number"),
            new Case("{\"nbf\":true}", "The JWT 'nbf' claim must be a number"),
            new Case("{\"exp\":null}", null))) {
      String token = hs256(SECRET, one.claims());
      if (one.message() == null) assertThat(tokens(null).verified(token)).isNotNull();
      else
        assertThat(refusal(tokens(null), token))
            .as(one.claims())
            .isEqualTo(new Problem.BadToken("PGRST303", one.message()));
    }
  }

  @Test
  void noticesThatATokenItKnowsHasExpired() {
    Tokens tokens = tokens(null);
    String token = tokens.sign(Map.of("exp", NOW + 60));
    assertThat(tokens.verified(token)).isNotNull();
    now.updateAndGet(time -> time.plus(Duration.ofSeconds(91)));
    assertThat(refusal(tokens, token)).isEqualTo(new Problem.BadToken("PGRST303", "JWT expired"));
  }

  @Test
  void checksTheAudienceWhenThereIsOne() {
    record Case(String claims, @Nullable String message) {}
    for (Case one :
        List.of(
            new Case("{}", null),
            new Case("{\"aud\":\"here\"}", null),
            new Case("{\"aud\":[\"there\",\"here\"]}", null),
            new Case("{\"aud\":\"there\"}", "JWT not in audience"),
            new Case("{\"aud\":[]}", "JWT not in audience"),
            new Case(
                "{\"aud\":7}", "The JWT 'aud' claim must be a string or an array of strings"))) {
      String token = hs256(SECRET, one.claims());
      if (one.message() == null) assertThat(tokens("here").verified(token)).isNotNull();
      else
        assertThat(refusal(tokens("here"), token))
            .as(one.claims())
            .isEqualTo(new Problem.BadToken("PGRST303", one.message()));
    }
  }

  @Test
  void wantsASecretAsLongAsItsHash() {
    assertThatThrownBy(() -> new Tokens(new Secret("x".repeat(31)), null, Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Problem refusal(Tokens tokens, String token) {
    try {
      throw new AssertionError("accepted: " + tokens.verified(token));
    } catch (ProblemException e) {
      return e.problem();
    }
  }

  private static String hs256(Secret secret, String payload) {
    var token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(payload));
    try {
      token.sign(new MACSigner(secret.reveal().getBytes(StandardCharsets.UTF_8)));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
