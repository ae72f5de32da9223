package dev.mainstay.sql.postgres.existing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.core.model.ModelText;
import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
record ExistingTest(PostgresVersion version) {
  /// `existing.sql` has every kind of thing that a schema can hold, and `existing.txt` says what
  /// each is in a model.
  @Test
  void aDatabaseIsAModel() throws SQLException, IOException {
    try (Connection connection = PostgresServer.connect(PostgresServer.shared(version).database());
        Statement statement = connection.createStatement()) {
      statement.execute(resource("existing.sql"));
      assertThat(ModelText.canonical(Existing.model(connection, List.of("api"))))
          .isEqualTo(resource("existing.txt"));
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(ExistingTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
