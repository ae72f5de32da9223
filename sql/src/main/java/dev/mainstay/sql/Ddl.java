package dev.mainstay.sql;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.policy.Rules;
import java.util.List;

/// How one engine makes the tables of a model.
public interface Ddl {
  /// What the model asks for and this engine does not have; empty when it can be served.
  List<Fault> lacking(Model model);

  /// The statements that make every type, table, index, view and comment of the model, in order.
  List<String> create(Model model, Rules rules);
}
