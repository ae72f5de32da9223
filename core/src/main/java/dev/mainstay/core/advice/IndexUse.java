package dev.mainstay.core.advice;

import dev.mainstay.core.model.TableName;

/// How much an index of a live database has been used, as the engine counts it.
///
/// @param scans how often it was used to find rows
/// @param days for how long that has been counted, or for how long the index has been there if that
///   is shorter
/// @param tableReads how often the table was read in any way in the time that is counted
/// @param rows about how many the table has
public record IndexUse(
    TableName table, String index, long scans, long days, long tableReads, long rows) {}
