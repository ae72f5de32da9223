package dev.mainstay.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStatesTest {
  @ParameterizedTest
  @CsvSource({
    "08006,m,503",
    "09000,m,500",
    "0L000,m,403",
    "0P000,m,403",
    "21000,UPDATE requires a WHERE" + " clause,400",
    "21000,more than one row,500",
    "22023,role \"x\" does not exist,401",
    "22023,bad,400",
    "22P02,m,400",
    "23503,m,409",
    "23505,m,409",
    "23502,m,400",
    "23514,m,400",
    "25006,m,405",
    "25001,m,500",
    "28000,m,403",
    "2D000,m,500",
    "38000,m,500",
    "39000,m,500",
    "3B000,m,500",
    "40001,m,500",
    "42501,m,403",
    "42883,m,404",
    "42P01,m,404",
    "42P17,m,500",
    "42703,m,400",
    "53400,m,500",
    "53300,m,503",
    "54000,m,500",
    "55000,m,500",
    "57P01,m,503",
    "57014,m,500",
    "58000,m,500",
    "F0000,m,500",
    "HV000,m,500",
    "XX000,m,500",
    "P0001,m,400",
    "P0002,m,500",
    "PT418,m,418",
    "PT000,m,500",
    "2201X,m,400",
    "ABCDE,m,400",
    "'',m,400"
  })
  void turnsSqlStatesIntoStatuses(String state, String message, int status) {
    assertThat(SqlStates.status(state, message, true)).isEqualTo(status);
    assertThat(SqlStates.status(state, message, false))
        .isEqualTo(state.equals("42501") ? 401 : status);
  }
}
