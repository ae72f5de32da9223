package dev.mainstay.api.rest;

/// The HTTP status of a database's own refusal, by its SQLSTATE (`WIRE.md` §1.18).
final class SqlStates {
  private SqlStates() {}

  /// @param known whether the caller is somebody, not `anon`
  static int status(String state, String message, boolean known) {
    return switch (state) {
      case "23503", "23505" -> 409;
      case "25006" -> 405;
      case "21000" -> message.endsWith("requires a WHERE clause") ? 400 : 500;
      case "22023" -> message.startsWith("role") && message.endsWith("does not exist") ? 401 : 400;
      case "53400", "42P17" -> 500;
      case "57P01" -> 503;
      case "P0001" -> 400;
      case "42883", "42P01" -> 404;
      case "42501" -> known ? 403 : 401;
      default ->
          state.matches("PT[2-5][0-9][0-9]")
              ? Integer.parseInt(state.substring(2))
              : statusOfClass(state.length() < 2 ? state : state.substring(0, 2));
    };
  }

  private static int statusOfClass(String stateClass) {
    return switch (stateClass) {
      case "08", "53" -> 503;
      case "0L", "0P", "28" -> 403;
      case "09",
          "25",
          "2D",
          "38",
          "39",
          "3B",
          "40",
          "54",
          "55",
          "57",
          "58",
          "F0",
          "HV",
          "P0",
          "PT",
          "XX" ->
          500;
      default -> 400;
    };
  }
}
