package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.config.Config;
import dev.mainstay.app.config.ConfigReader;
import dev.mainstay.app.testing.Credentials;
import dev.mainstay.app.testing.Outcome;
import dev.mainstay.app.testing.TestFolder;
import dev.mainstay.app.testing.TestRun;
import dev.mainstay.core.model.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tests that come with the example and with a new project are worth something: with any one
/// right of the model taken away or given too widely, one of them fails.
final class PolicyMutationsTest {
  @TempDir Path folder;

  /// What is updated or deleted must be seen as well: a policy that says the same as that for reads
  /// says nothing more.
  @Test
  void areNoticedByTheExamplesTests() throws Exception {
    Example.copyTo(folder);
    assertEachIsNoticed(
        Set.of(
            "public.customers: UPDATE by [authenticated] is allowed for every row",
            "public.customers: UPDATE by [authenticated] is allowed to everybody"));
  }

  /// Nor does the one for inserts of lists say more than the default of `owner_id`, which callers
  /// may not write.
  @Test
  void areNoticedByTheTestsOfANewProject() {
    assertThat(new Cli(folder, folder).run("init", ".").status()).isZero();
    assertEachIsNoticed(
        Set.of(
            "public.lists: INSERT by [authenticated] is allowed for every row",
            "public.members: DELETE by [authenticated] is allowed for every row",
            "public.members: DELETE by [authenticated] is allowed to everybody"));
  }

  /// @param same those that change nothing
  private void assertEachIsNoticed(Set<String> same) {
    Config config = ConfigReader.read(folder, null, Map.of(), Map.of(), 1L << 30);
    Backend backend = Backend.read(config.model());
    Map<String, Backend> mutants = new LinkedHashMap<>(Mutations.of(backend));
    assertThat(mutants.keySet()).hasSizeGreaterThan(20).containsAll(same);
    var unnoticed = new ArrayList<String>();
    try (Scratch scratch = Wiring.scratch(config)) {
      scratch.install(config, backend);
      assertThat(failures(config, backend, scratch)).isZero();
      mutants.forEach(
          (name, mutant) -> {
            if (failures(config, mutant, scratch) == 0) unnoticed.add(name);
          });
    }
    assertThat(unnoticed).containsExactlyInAnyOrderElementsOf(same);
  }

  private int failures(Config config, Backend backend, Scratch scratch) {
    List<String> roles = backend.own().roles().stream().map(Role::name).toList();
    var failed = new ArrayList<Outcome>();
    try {
      TestFolder tests = TestFolder.read(folder.resolve("tests"), folder, roles);
      assertThat(tests.faults()).isEmpty();
      Credentials credentials = Wiring.credentials(config);
      new TestRun(Wiring.benches(config, backend, scratch, credentials), credentials, 2)
          .run(tests.files(), file -> failed.addAll(file.failed()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return failed.size();
  }
}
