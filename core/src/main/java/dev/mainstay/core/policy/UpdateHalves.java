package dev.mainstay.core.policy;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;

/// An update policy, taken apart at its outermost `&&`: conditions on the row before, on the row
/// after, and those that mix the two and are refused. What speaks of neither stands in both halves.
///
/// @param onlyOld whether `new` is not mentioned, so that the old row's conditions hold for the new
///   row too
record UpdateHalves(List<CelExpr> old, List<CelExpr> fresh, List<CelExpr> mixed, boolean onlyOld) {
  static UpdateHalves of(CelExpr root) {
    List<CelExpr> old = new ArrayList<>();
    List<CelExpr> fresh = new ArrayList<>();
    List<CelExpr> mixed = new ArrayList<>();
    for (CelExpr part : Compilation.parts("_&&_", root)) {
      boolean row = mentions(part, "row");
      boolean next = mentions(part, "new");
      if (row && next) {
        mixed.add(part);
      } else {
        if (!next) old.add(part);
        if (!row) fresh.add(part);
      }
    }
    return new UpdateHalves(old, fresh, mixed, !mentions(root, "new"));
  }

  private static boolean mentions(CelExpr expr, String name) {
    return switch (expr.getKind()) {
      case IDENT -> expr.ident().name().equals(name);
      case SELECT -> mentions(expr.select().operand(), name);
      case CALL ->
          expr.call().target().map(target -> mentions(target, name)).orElse(false)
              || expr.call().args().stream().anyMatch(argument -> mentions(argument, name));
      case LIST -> expr.list().elements().stream().anyMatch(item -> mentions(item, name));
      case CONSTANT, MAP, STRUCT, COMPREHENSION, NOT_SET -> false;
    };
  }
}
