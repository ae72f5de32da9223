package dev.mainstay.services.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import dev.mainstay.core.plan.Claims;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON web tokens signed with the project's secret: HS256 and nothing else. What is wrong with one
/// is said in PostgREST's words (WIRE.md §1.18).
public final class Tokens {
  /// The shortest secret, in bytes: HS256 is no stronger than its key.
  public static final int SHORTEST_SECRET = 32;

  private static final long SKEW = 30;
  private static final int REMEMBERED = 4096;
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final MACSigner signer;
  private final MACVerifier verifier;
  private final @Nullable String audience;
  private final Clock clock;
  private final JsonMapper json =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// By the hash of the token. Times are checked again on each use.
  private final Remembered<String, Claims> verified = new Remembered<>(REMEMBERED);

  /// @param audience what a token's `aud` must contain if it has one, or null for anything
  public Tokens(Secret secret, @Nullable String audience, Clock clock) {
    byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
    if (key.length < SHORTEST_SECRET)
      throw new IllegalArgumentException("the secret is shorter than " + SHORTEST_SECRET);
    try {
      this.signer = new MACSigner(key);
      this.verifier = new MACVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    this.audience = audience;
    this.clock = clock;
  }

  /// A token with these claims, in this order.
  public String sign(Map<String, ?> claims) {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
    var token = new JWSObject(header, new Payload(json.writeValueAsString(claims)));
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  /// The claims of a token that is good now.
  ///
  /// @throws ProblemException [Problem.BadToken]
  public Claims verified(String token) {
    String hash = Sha256.of(token);
    Claims claims = verified.of(hash);
    if (claims == null) {
      claims = read(token);
      checkTimes(claims);
      verified.put(hash, claims);
    } else {
      checkTimes(claims);
    }
    return claims;
  }

  private Claims read(String token) {
    if (token.isEmpty()) throw undecodable("Empty JWT is sent in Authorization header");
    int parts = (int) token.chars().filter(c -> c == '.').count() + 1;
    if (parts != 3) throw undecodable("Expected 3 parts in JWT; got " + parts);
    JWSObject signed;
    try {
      signed = JWSObject.parse(token);
    } catch (ParseException | IllegalArgumentException _) {
      // A header that is no JSON, or names no algorithm, or `none`.
      throw undecodable("No suitable key or wrong key type");
    }
    if (!signed.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256)) {
      throw undecodable("No suitable key or wrong key type");
    }
    try {
      if (!signed.verify(verifier)) throw undecodable("JWT cryptographic operation failed");
    } catch (JOSEException _) {
      throw undecodable("JWT cryptographic operation failed");
    }
    Claims claims = claims(signed.getPayload().toBytes());
    checkAudience(claims);
    return claims;
  }

  private Claims claims(byte[] payload) {
    try {
      Map<String, Object> values = json.readValue(payload, OBJECT);
      if (values == null) throw badClaims("Parsing claims failed");
      var present = new HashMap<>(values);
      present.values().removeIf(value -> value == null);
      return new Claims(present, json.writeValueAsString(values));
    } catch (JacksonException _) {
      throw badClaims("Parsing claims failed");
    }
  }

  private void checkAudience(Claims claims) {
    Object aud = claims.values().get("aud");
    if (aud == null) return;
    boolean isText = aud instanceof String;
    boolean isTexts =
        aud instanceof List<?> list && list.stream().allMatch(one -> one instanceof String);
    if (!isText && !isTexts)
      throw badClaims("The JWT 'aud' claim must be a string or an array of strings");
    if (audience == null) return;
    if (!(aud instanceof List<?> list ? list.contains(audience) : aud.equals(audience)))
      throw badClaims("JWT not in audience");
  }

  private void checkTimes(Claims claims) {
    long now = clock.instant().getEpochSecond();
    Double exp = seconds(claims, "exp");
    Double nbf = seconds(claims, "nbf");
    Double iat = seconds(claims, "iat");
    if (exp != null && now > exp + SKEW) throw badClaims("JWT expired");
    if (nbf != null && now < nbf - SKEW) throw badClaims("JWT not yet valid");
    if (iat != null && now < iat - SKEW) throw badClaims("JWT issued at future");
  }

  private static @Nullable Double seconds(Claims claims, String name) {
    Object value = claims.values().get(name);
    if (value == null) return null;
    if (value instanceof Number number) return number.doubleValue();
    throw badClaims("The JWT '" + name + "' claim must be a number");
  }

  private static ProblemException undecodable(String message) {
    return new ProblemException(new Problem.BadToken("PGRST301", message));
  }

  private static ProblemException badClaims(String message) {
    return new ProblemException(new Problem.BadToken("PGRST303", message));
  }
}
