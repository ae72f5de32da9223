package dev.mainstay.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.rest.Ending;
import dev.mainstay.core.model.FaultPrinter;
import dev.mainstay.services.keys.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ConfigReaderTest {
  private static final Path FOLDER = Path.of("/project");
  private static final long MEMORY = 1L << 30;

  @Test
  void hasADefaultForEverything() {
    Config config = read(null, Map.of(), Map.of());
    assertThat(config.model()).isEqualTo(Path.of("/project/backend.yaml"));
    assertThat(config.data()).isEqualTo(Path.of("/project/data"));
    assertThat(config.http())
        .isEqualTo(
            new Config.Http(
                "127.0.0.1",
                8787,
                true,
                10 << 20,
                512,
                "request",
                List.of("*"),
                "key",
                true,
                null,
                Duration.ZERO,
                Duration.ofSeconds(20)));
    assertThat(config.rest())
        .isEqualTo(
            new Config.Rest(
                "/rest/v1",
                "Mainstay API",
                true,
                1000,
                List.of("public"),
                List.of("public", "extensions"),
                false,
                true,
                Ending.COMMIT,
                false,
                null,
                Duration.ofHours(24)));
    assertThat(config.database())
        .isEqualTo(new Config.Database(null, null, null, true, 10, false, Duration.ofSeconds(2)));
    assertThat(config.limits()).isEqualTo(new Config.Limits(128 << 20));
    assertThat(config.timeouts())
        .isEqualTo(new Config.Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(8)));
    assertThat(config.jwt()).isEqualTo(new Config.Jwt(null, null));
  }

  @Test
  void letsTheEnvironmentWinOverTheFileAndFlagsOverBoth() {
    String file =
        """
        http:
          port: 1000
          host: 0.0.0.0
          body_limit: 64kb
          cors_origins: [https://a.example, https://b.example]
        rest: {path: /, schemas: "public,shop", tx: rollback-allow-override}
        database:
        """;
    Config config =
        read(
            file,
            Map.of("MAINSTAY_HTTP_PORT", "2000", "MAINSTAY_REST_MAX_ROWS", "5", "PATH", "/bin"),
            Map.of("http.port", ConfigReader.flag("--port", "3000")));
    assertThat(config.http().port()).isEqualTo(3000);
    assertThat(config.http().host()).isEqualTo("0.0.0.0");
    assertThat(config.http().bodyLimit()).isEqualTo(65_536);
    assertThat(config.http().corsOrigins())
        .containsExactly("https://a.example", "https://b.example");
    assertThat(config.rest())
        .isEqualTo(
            new Config.Rest(
                "",
                "Mainstay API",
                true,
                5,
                List.of("public", "shop"),
                List.of("public", "extensions"),
                false,
                true,
                Ending.ROLLBACK_ALLOW_OVERRIDE,
                false,
                null,
                Duration.ofHours(24)));
    assertThat(config.effective())
        .contains(
            new Config.Effective("http.port", "3000", "--port"),
            new Config.Effective("rest.max_rows", "5", "MAINSTAY_REST_MAX_ROWS"),
            new Config.Effective("http.host", "0.0.0.0", "/project/mainstay.yaml:3"),
            new Config.Effective("timeouts.anon", "3s", "default"));
  }

  @Test
  void neverShowsASecret() {
    String secret = "a secret of at least thirty-two bytes";
    Config config =
        read(
            "jwt: {secret: " + secret + "}",
            Map.of("MAINSTAY_DATABASE_URL", "postgres://u:pw@h/d"),
            Map.of());
    assertThat(config.jwt().secret()).isEqualTo(new Secret(secret));
    assertThat(config.toString()).doesNotContain(secret).doesNotContain("pw");
    assertThat(config.effective())
        .contains(
            new Config.Effective("jwt.secret", "***", "/project/mainstay.yaml:1"),
            new Config.Effective("database.url", "***", "MAINSTAY_DATABASE_URL"));
  }

  @Test
  void aStandbyIsOneOfADatabase() {
    assertThat(faults("database: {read_url: 'postgres://there/app'}", Map.of()))
        .isEqualTo(
            """
            /project/mainstay.yaml:1:22: 'database.read_url' is a standby of database.url, which is not set
                database: {read_url: 'postgres://there/app'}
                                     ^
            """);
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    String file =
        """
        http:
          prot: 8080
          port: eighty
          body_limit: 10 apples
          server_timing: maybe
        rset: {}
        timeouts:
          anon: 3
        jwt: {secret: short}
        """;
    assertThat(
            faults(
                file,
                Map.of(
                    "MAINSTAY_HTTP_POTR",
                    "1",
                    "MAINSTAY_SERVICE_HOST",
                    "10.0.0.1",
                    "MAINSTAY_REST_MAX_ROWS",
                    "many")))
        .isEqualTo(
            """
            /project/mainstay.yaml:2:3: unknown setting 'http.prot'
                prot: 8080
                ^
            hint: did you mean 'http.port'?

            /project/mainstay.yaml:3:9: 'http.port' must be a number from 0 to 65535, not 'eighty'
                port: eighty
                      ^

            /project/mainstay.yaml:4:15: 'http.body_limit' must be a size, not '10 apples'
                body_limit: 10 apples
                            ^
            hint: write 512KB, 10MB or 1GB

            /project/mainstay.yaml:5:18: 'http.server_timing' must be one of off, request, on, not 'maybe'
                server_timing: maybe
                               ^

            /project/mainstay.yaml:6:1: unknown setting 'rset'
                rset: {}
                ^
            hint: did you mean 'rest'?

            /project/mainstay.yaml:8:9: 'timeouts.anon' must be a time, not '3'
                anon: 3
                      ^
            hint: write 500ms, 3s, 2m or 1h

            /project/mainstay.yaml:9:15: 'jwt.secret' must be 32 bytes or longer, not 5
                jwt: {secret: short}
                              ^
            hint: make one with: openssl rand -base64 32

            MAINSTAY_HTTP_POTR: unknown setting 'MAINSTAY_HTTP_POTR'
            hint: did you mean 'MAINSTAY_HTTP_PORT'?

            MAINSTAY_REST_MAX_ROWS: 'rest.max_rows' must be a number from 1 to 100000000, not 'many'
            """);
    assertThat(faults("- a list", Map.of()))
        .startsWith("/project/mainstay.yaml:1:1: the configuration must be a mapping, not a list");
    assertThat(faults("http: 8080", Map.of())).contains("'http' must be a mapping, not text");
    assertThat(faults("http: {port: {a: b}}", Map.of()))
        .contains("'http.port' must be one value, not a mapping");
    assertThat(faults("rest: {path: rest}", Map.of())).contains("'rest.path' must be a path");
  }

  private static String faults(String file, Map<String, String> environment) {
    try {
      throw new AssertionError("accepted: " + read(file, environment, Map.of()));
    } catch (ConfigException e) {
      return FaultPrinter.print(e.faults());
    }
  }

  private static Config read(
      @Nullable String file, Map<String, String> environment, Map<String, Given> flags) {
    return ConfigReader.read(FOLDER, file, environment, flags, MEMORY);
  }
}
