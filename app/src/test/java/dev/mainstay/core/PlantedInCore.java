package dev.mainstay.core;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.mainstay.services.one.PlantedInOne;
import java.net.Socket;
import java.time.Instant;
import java.util.Random;

/// Breaks what [dev.mainstay.app.HouseRules] says of `core`.
interface PlantedInCore {
  ThreadLocal<CelAbstractSyntaxTree> TREE = new ThreadLocal<>();

  Thread start(Socket socket, PlantedInOne one);

  static Instant now() {
    return Instant.now();
  }

  static int dice() {
    return new Random().nextInt();
  }
}
