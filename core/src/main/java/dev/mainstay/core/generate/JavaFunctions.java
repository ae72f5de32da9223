package dev.mainstay.core.generate;

import static dev.mainstay.core.generate.JavaNames.literal;

import dev.mainstay.core.model.ColumnType;
import dev.mainstay.core.model.Function.Argument;
import dev.mainstay.core.plan.Visible;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The methods that call a schema's functions: one with the arguments that must be given and, where
/// there are others, one with all.
final class JavaFunctions {
  private static final Pattern TYPE_ARGUMENTS = Pattern.compile("<.*>");

  private final JavaTypes types;
  private final Map<String, String> rows;
  private final JavaNames methods;
  private final JavaSource out;
  private final Map<String, String> named = new HashMap<>();
  private final Set<String> signatures = new HashSet<>();

  /// @param rows the type of each table's rows, by the table's name
  /// @param methods the names that are given in the class
  JavaFunctions(JavaTypes types, Map<String, String> rows, JavaNames methods, JavaSource out) {
    this.types = types;
    this.rows = rows;
    this.methods = methods;
    this.out = out;
  }

  /// @param own the type of the rows of its own that it answers, if it does
  void write(Visible.Function function, @Nullable String own) {
    List<Argument> needed = function.arguments().stream().filter(Argument::isRequired).toList();
    method(function, own, needed);
    if (needed.size() < function.arguments().size()) method(function, own, function.arguments());
  }

  private record Parameter(Argument argument, String type, String name) {}

  private void method(Visible.Function function, @Nullable String own, List<Argument> arguments) {
    JavaNames names = new JavaNames(Set.of());
    List<Parameter> parameters = new ArrayList<>();
    for (Argument argument : arguments)
      parameters.add(
          new Parameter(
              argument,
              types.of(argument.type(), !argument.isRequired(), out),
              names.member(argument.name().isEmpty() ? "body" : argument.name())));
    String answer = answer(function.answer(), own);
    List<String> declared = new ArrayList<>();
    for (Parameter parameter : parameters) declared.add(parameter.type() + " " + parameter.name());
    comment(function, parameters);
    out.lines.open(
        "public %s %s(%s) {"
            .formatted(
                answer.isEmpty() ? "void" : answer,
                name(function, parameters),
                String.join(", ", declared)));
    List<String> given = given(function, parameters);
    if (!answer.isEmpty())
      given.add(
          "new %s<%s>() {}".formatted(out.use("tools.jackson.core.type.TypeReference"), answer));
    out.lines.open(
        (answer.isEmpty() ? "" : "return ")
            + (takesBody(parameters) ? "this.connection.send(" : "this.connection.call("));
    out.lines.open();
    for (int i = 0; i < given.size(); i++)
      out.lines.line(given.get(i) + (i < given.size() - 1 ? "," : ");"));
    out.lines.close().close().close("}").line("");
  }

  private void comment(Visible.Function function, List<Parameter> parameters) {
    List<String> more = new ArrayList<>();
    for (Parameter parameter : parameters) {
      String comment = parameter.argument().comment();
      String said =
          ((comment == null ? "" : JavaSource.escaped(comment.strip().replace('\n', ' ')))
                  + (parameter.argument().isRequired() ? "" : " If null, it is left out."))
              .strip();
      if (!said.isEmpty()) more.add("@param " + parameter.name() + " " + said);
    }
    if (!more.isEmpty() && function.comment() != null) more.addFirst("");
    out.comment(function.comment(), more);
  }

  /// Another name where Java would not tell two of them apart.
  private String name(Visible.Function function, List<Parameter> parameters) {
    StringBuilder erased = new StringBuilder("(");
    for (Parameter parameter : parameters)
      erased.append(TYPE_ARGUMENTS.matcher(parameter.type()).replaceAll("")).append(',');
    String name = named.computeIfAbsent(function.name(), methods::member);
    while (!signatures.add(name + erased)) name = methods.member(function.name());
    return name;
  }

  /// Empty where there is none.
  private String answer(Visible.Answer answer, @Nullable String own) {
    return switch (answer) {
      case Visible.Answer.Nothing _ -> "";
      case Visible.Answer.Value(ColumnType type, boolean several) ->
          listIf(several, types.of(type, true, out));
      case Visible.Answer.RowsOf(Visible.Table table, boolean several) ->
          listIf(several, row(table));
      case Visible.Answer.Rows(List<Visible.Column> _, boolean several) ->
          listIf(several, own == null ? out.use(JavaTypes.JSON) : own);
    };
  }

  private String row(Visible.Table table) {
    return Objects.requireNonNull(rows.get(table.name()));
  }

  private String listIf(boolean several, String type) {
    return several ? out.use("java.util.List") + "<" + type + ">" : type;
  }

  private static boolean takesBody(List<Parameter> parameters) {
    return parameters.size() == 1 && parameters.getFirst().argument().name().isEmpty();
  }

  /// What is given to the method that asks the server, but for the type of the answer.
  private List<String> given(Visible.Function function, List<Parameter> parameters) {
    List<String> given = new ArrayList<>();
    given.add(literal(function.name()));
    if (takesBody(parameters)) {
      given.add(literal(mediaType(parameters.getFirst().argument().type())));
      given.add(parameters.getFirst().name());
      return given;
    }
    if (function.answer() instanceof Visible.Answer.RowsOf(Visible.Table table, boolean _))
      given.add(row(table) + ".SELECT");
    StringBuilder arguments = new StringBuilder("new Arguments()");
    for (Parameter parameter : parameters)
      arguments
          .append(parameter.argument().isRequired() ? ".with(" : ".withIfGiven(")
          .append(literal(parameter.argument().name()))
          .append(", ")
          .append(parameter.name())
          .append(')');
    given.add(arguments.toString());
    return given;
  }

  private static String mediaType(ColumnType type) {
    if (type instanceof ColumnType.Json) return "application/json";
    return type instanceof ColumnType.Bytea ? "application/octet-stream" : "text/plain";
  }
}
