package dev.mainstay.core.plan;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function;
import dev.mainstay.core.model.Function.Argument;
import dev.mainstay.core.model.TableName;
import dev.mainstay.core.problem.Nearest;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Asked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the one function a call means, by `WIRE.md` §1.14: the one whose argument names are those
/// given, leaving out none that is required; else the one that takes the whole body.
///
/// Functions the caller may not call are no candidates, and are not suggested.
final class FunctionFinder {
  private final Sight sight;

  FunctionFinder(Sight sight) {
    this.sight = sight;
  }

  Function find(TableName name, Asked.Given given) {
    List<Function> all = sight.functions(name);
    List<Function> callable = all.stream().filter(sight::mayCall).toList();
    List<Function> meant = meant(callable, given);
    return switch (meant.size()) {
      case 0 -> {
        if (!meant(all, given).isEmpty())
          throw new ProblemException(new Problem.CallDenied(name.name()));
        throw new ProblemException(none(name, given, callable));
      }
      case 1 -> meant.getFirst();
      default ->
          throw new ProblemException(
              new Problem.AmbiguousFunction(meant.stream().map(FunctionFinder::typed).toList()));
    };
  }

  List<Function> callable(TableName name) {
    List<Function> all = sight.functions(name);
    List<Function> callable = all.stream().filter(sight::mayCall).toList();
    if (!callable.isEmpty()) return callable;
    throw new ProblemException(
        all.isEmpty()
            ? none(name, new Asked.Given(List.of(), null), callable)
            : new Problem.CallDenied(name.name()));
  }

  private static List<Function> meant(List<Function> functions, Asked.Given given) {
    List<Function> named = functions.stream().filter(f -> takesNamed(f, given)).toList();
    return named.isEmpty()
        ? functions.stream().filter(f -> takesBody(f, given.body())).toList()
        : named;
  }

  private static boolean takesNamed(Function function, Asked.Given given) {
    Set<String> left = new HashSet<>();
    for (Asked.Argument argument : given.named()) left.add(argument.name());
    for (Argument argument : function.arguments())
      if (argument.name().isEmpty() || (!left.remove(argument.name()) && argument.isRequired()))
        return false;
    // A body that is no JSON is meant for a function that takes it.
    boolean isForBody = given.body() != null && given.body().kind() != Asked.Body.Kind.JSON;
    return left.isEmpty() && !isForBody;
  }

  private static boolean takesBody(Function function, Asked.@Nullable Body body) {
    if (body == null || function.arguments().size() != 1) return false;
    Argument argument = function.arguments().getFirst();
    return argument.name().isEmpty()
        && switch (body.kind()) {
          case JSON -> argument.type() instanceof ColumnType.Json || isNative(argument, "json");
          case TEXT -> argument.type() instanceof ColumnType.Text;
          case BYTES -> argument.type() instanceof ColumnType.Bytea;
          case XML -> isNative(argument, "xml");
        };
  }

  private static boolean isNative(Argument argument, String type) {
    return argument.type().equals(new ColumnType.Native(type));
  }

  private Problem none(TableName name, Asked.Given given, List<Function> callable) {
    List<String> names = given.named().stream().map(Asked.Argument::name).sorted().toList();
    Asked.Body body = given.body();
    String kind =
        body == null
            ? null
            : switch (body.kind()) {
              case JSON -> "json/jsonb";
              case TEXT -> "text";
              case XML -> "xml";
              case BYTES -> "bytea";
            };
    boolean isForBody = body != null && body.kind() != Asked.Body.Kind.JSON;
    return new Problem.UnknownFunction(
        name.schema(), name.name(), names, kind, isForBody ? null : nearest(name, names, callable));
  }

  /// Another function, or other arguments of this one.
  private @Nullable String nearest(TableName name, List<String> given, List<Function> callable) {
    if (callable.isEmpty()) return Nearest.to(name.name(), sight.functionsIn(name.schema()));
    List<String> lists = new ArrayList<>();
    for (Function function : callable)
      lists.add(list(function.arguments().stream().map(Argument::name).sorted().toList()));
    String nearest = lists.size() == 1 ? lists.getFirst() : Nearest.to(list(given), lists);
    return nearest == null ? null : name.name() + nearest;
  }

  private static String list(List<String> names) {
    return "(" + String.join(", ", names) + ")";
  }

  private static String typed(Function function) {
    return function.arguments().stream()
        .map(argument -> argument.name() + " => " + argument.type())
        .collect(Collectors.joining(", ", function.name() + "(", ")"));
  }
}
