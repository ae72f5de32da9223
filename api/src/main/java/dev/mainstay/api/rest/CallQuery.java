package dev.mainstay.api.rest;

import dev.mainstay.core.query.Asked;
import dev.mainstay.core.query.Asked.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The query string of a function called by GET (`WIRE.md` §1.2): a value that begins like an
/// operator is a filter on the result, any other an argument.
///
/// @param rest what is asked of the result
record CallQuery(List<Asked.Argument> arguments, QueryString rest) {
  private static final Set<String> RESERVED = Set.of("select", "columns", "on_conflict");
  private static final Set<String> RESERVED_ENDS = Set.of("and", "or", "order", "limit", "offset");
  private static final Pattern BEGINNING =
      Pattern.compile("([a-z]+)(\\([^.]*\\))?\\..*", Pattern.DOTALL);

  static CallQuery read(QueryString query) {
    List<QueryString.Parameter> given = new ArrayList<>();
    List<QueryString.Parameter> rest = new ArrayList<>();
    for (QueryString.Parameter parameter : query.parameters())
      (isArgument(parameter) ? given : rest).add(parameter);
    return new CallQuery(arguments(given), new QueryString(rest));
  }

  /// Parameters as arguments, all of them, as the body of a form has them.
  static List<Asked.Argument> arguments(List<QueryString.Parameter> parameters) {
    Map<String, List<Cell>> values = new LinkedHashMap<>();
    for (QueryString.Parameter parameter : parameters)
      if (parameter.value() != null)
        values
            .computeIfAbsent(parameter.name(), _ -> new ArrayList<>())
            .add(new Cell.Text(parameter.value()));
    List<Asked.Argument> arguments = new ArrayList<>();
    values.forEach((name, cells) -> arguments.add(new Asked.Argument(name, cells)));
    return arguments;
  }

  private static boolean isArgument(QueryString.Parameter parameter) {
    String name = parameter.name();
    if (parameter.value() == null || RESERVED.contains(name)) return false;
    if (RESERVED_ENDS.contains(name.substring(name.lastIndexOf('.') + 1))) return false;
    return !isFilter(parameter.value());
  }

  private static boolean isFilter(String value) {
    if (value.startsWith("not.")) return true;
    var beginning = BEGINNING.matcher(value);
    return beginning.matches() && OperatorWord.ALL.containsKey(beginning.group(1));
  }
}
