package dev.mainstay.core.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TypeScriptTest {
  private static void isAsExpected(String name, Api api) throws IOException {
    String made = TypeScript.of(api);
    assertThat(made).isEqualTo(Zoo.golden(name, made));
  }

  @Test
  void tellsTheServiceEverything() throws IOException {
    isAsExpected("service.ts.txt", Zoo.to("service_role", "public", "shop"));
  }

  @Test
  void tellsARoleWhatItMayNameAndDo() throws IOException {
    isAsExpected("clerk.ts.txt", Zoo.to("clerk", "shop"));
  }

  @Test
  void namesNothingToARoleThatNoPolicySpeaksFor() throws IOException {
    isAsExpected("anon.ts.txt", Zoo.to("anon", "public"));
  }

  @Test
  void dependsOnWhatIsDeclaredAndNotOnTheOrder() {
    String one =
        """
        enums: {a: [x], b: [y]}
        tables:
          p: {columns: {id: {type: integer, primary_key: true}, a: a, b: b}}
          q: {columns: {id: {type: integer, primary_key: true}}}
        """;
    String other =
        """
        enums: {b: [y], a: [x]}
        tables:
          q: {columns: {id: {type: integer, primary_key: true}}}
          p: {columns: {b: b, id: {type: integer, primary_key: true}, a: a}}
        """;
    assertThat(TypeScript.of(Zoo.of(one, "service_role", "public")))
        .isEqualTo(TypeScript.of(Zoo.of(other, "service_role", "public")));
  }
}
