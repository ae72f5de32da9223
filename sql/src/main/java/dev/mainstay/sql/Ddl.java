package dev.mainstay.sql;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.policy.Rules;
import java.util.List;

/// How one engine makes the tables of a model.
public interface Ddl {
  /// What the model asks for and this engine does not have; empty when it can be served.
  List<Fault> lacking(Model model);

  /// What SQL of the user's own counts on, made where it is missing: for a database whose tables a
  /// model declares.
  List<String> groundwork();

  /// What must be there before the first rows, in order: types, tables, keys.
  List<String> beforeRows(Model model, Rules rules);

  /// What is better made after them: indexes, foreign keys where they can be added, the numbers at
  /// which identities go on, views, comments.
  List<String> afterRows(Model model, Rules rules);
}
