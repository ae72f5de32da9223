package dev.mainstay.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program as a command for a process of its own, which may be killed or kept short of things.
final class Program {
  private Program() {}

  /// @param machine options of the Java machine
  static List<String> command(List<String> machine, String... arguments) {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.add("--enable-native-access=ALL-UNNAMED");
    all.addAll(machine);
    all.add("-cp");
    all.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    all.add(Main.class.getName());
    all.addAll(List.of(arguments));
    return all;
  }
}
