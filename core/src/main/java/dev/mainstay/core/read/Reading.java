package dev.mainstay.core.read;

import dev.mainstay.core.model.Fault;
import dev.mainstay.core.model.Model;
import dev.mainstay.core.model.ModelException;
import java.util.ArrayList;
import java.util.List;

/// A model file as read.
///
/// @param model what could be made of it. Where there are faults, what they touch is left out,
///   together with the conditions that speak of it, so that compiling the rest finds only what is
///   wrong for itself
/// @param from where the tables and functions are declared
/// @param faults everything wrong with it, in the file's order
public record Reading(Source source, Model model, From from, List<Fault> faults) {
  public enum From {
    FILE,
    /// The database that is served has them.
    DATABASE
  }

  public Reading {
    faults = List.copyOf(faults);
  }

  /// The model if nothing at all is wrong with it; throws [ModelException] with every fault, those
  /// found here and the others, in the file's order and each with its line quoted.
  public Model orThrow(List<Fault> others) {
    if (faults.isEmpty() && others.isEmpty()) return model;
    var all = new ArrayList<>(faults);
    for (Fault fault : others) all.add(source.quoted(fault));
    all.sort(Faults.IN_ORDER);
    throw new ModelException(all);
  }

  public Model orThrow() {
    return orThrow(List.of());
  }
}
