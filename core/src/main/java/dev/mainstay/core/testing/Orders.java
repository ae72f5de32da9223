package dev.mainstay.core.testing;

import java.util.HashSet;
import java.util.Set;

/// Which rows of an answer were asked for in an order.
final class Orders {
  private static final String ORDER = "order";

  private Orders() {}

  /// The embeds that `order` is asked of, the empty text for the rows themselves.
  static Set<String> in(String target) {
    var ordered = new HashSet<String>();
    int mark = target.indexOf('?');
    if (mark < 0) return ordered;
    for (String parameter : target.substring(mark + 1).split("&", -1)) {
      String key = parameter.split("=", 2)[0];
      if (key.equals(ORDER)) ordered.add("");
      if (key.endsWith("." + ORDER))
        ordered.add(key.substring(0, key.length() - ORDER.length() - 1));
    }
    return ordered;
  }
}
