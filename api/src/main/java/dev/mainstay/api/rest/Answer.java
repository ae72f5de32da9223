package dev.mainstay.api.rest;

import dev.mainstay.api.http.EntityTag;
import dev.mainstay.api.http.Headers;
import dev.mainstay.api.http.Response;
import dev.mainstay.api.http.Response.Body;
import dev.mainstay.api.http.Response.Header;
import dev.mainstay.core.engine.Rows;
import dev.mainstay.core.engine.Written;
import dev.mainstay.core.problem.Problem;
import dev.mainstay.core.problem.ProblemException;
import dev.mainstay.core.query.Expr;
import dev.mainstay.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes responses of what an engine answered (`WIRE.md` §1.9, §1.11, §1.12).
///
/// @param table as the path names it
/// @param profile the schema to name in `Content-Profile`, or null
record Answer(String table, @Nullable String profile, Format format, Preferences preferences) {
  static final Header VARY = new Header("Vary", "Authorization, apikey, Accept, Prefer, Range");

  /// @param body the rows in the form asked for
  /// @param page which of the rows these are
  /// @param query the query in canonical form
  /// @param request the headers, which may say that the client has this answer
  Response read(Rows rows, Body body, Page page, String query, Headers request) {
    int count = rows.rows().size();
    Long total = rows.total();
    String range = range(page.offset(), count, total);
    Header location =
        new Header(
            "Content-Location",
            "/" + QueryString.escaped(table) + (query.isEmpty() ? "" : "?" + query));
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Range", range));
    headers.add(location);
    addBodyHeaders(headers);
    addApplied(headers, Preferences.Honoured.READ);
    headers.add(VARY);
    if (total != null && page.offset() > total)
      return new Response(416, headers, new Body.Bytes(outside(page.offset(), total)), 0);
    String tag = EntityTag.of(body, format.contentType(), range);
    String known = EntityTag.known(request, tag);
    if (known != null)
      return new Response(
          304, List.of(new Header("ETag", known), location, VARY), new Body.Empty(), count);
    headers.add(new Header("ETag", tag));
    int status = total != null && count < total ? 206 : 200;
    return new Response(status, headers, body, count);
  }

  /// @param body the rows in the form asked for, if any are to be answered
  /// @param key the primary key's columns
  Response inserted(Written written, Body body, List<Expr.Column> key) {
    List<Header> headers = new ArrayList<>();
    boolean isOne = written.count() == 1 && !key.isEmpty();
    if (isOne && preferences.returning() == Preferences.Returning.HEADERS_ONLY)
      headers.add(new Header("Location", location(key, written.keys().getFirst())));
    headers.add(new Header("Content-Range", "*/" + total(written)));
    addApplied(headers, Preferences.Honoured.INSERT);
    boolean isMerge = preferences.resolution() == Preferences.Resolution.MERGE;
    int status = isMerge && written.inserted() == 0 ? 200 : 201;
    return written(status, status, headers, written, body);
  }

  Response put(Written written, Body body) {
    List<Header> headers = new ArrayList<>();
    addApplied(headers, Preferences.Honoured.PUT);
    return written(written.inserted() > 0 ? 201 : 200, 204, headers, written, body);
  }

  Response updated(Written written, Body body) {
    List<Header> headers = new ArrayList<>();
    String range = written.count() == 0 ? "*" : "0-" + (written.count() - 1);
    headers.add(new Header("Content-Range", range + "/" + total(written)));
    addApplied(headers, Preferences.Honoured.UPDATE);
    return written(200, 204, headers, written, body);
  }

  Response deleted(Written written, Body body) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Range", "*/" + total(written)));
    addApplied(headers, Preferences.Honoured.DELETE);
    return written(200, 204, headers, written, body);
  }

  Response explained(byte[] explanation) {
    List<Header> headers = new ArrayList<>();
    addBodyHeaders(headers);
    headers.add(VARY);
    return new Response(200, headers, new Body.Bytes(explanation), 0);
  }

  /// Whether there must be one row, and no other.
  boolean isSingle() {
    return format instanceof Format.Single;
  }

  boolean returnsRows() {
    return preferences.returning() == Preferences.Returning.REPRESENTATION;
  }

  private Response written(
      int statusWithRows, int statusWithout, List<Header> headers, Written written, Body body) {
    if (!returnsRows())
      return new Response(statusWithout, headers, new Body.Empty(), written.count());
    addBodyHeaders(headers);
    return new Response(statusWithRows, headers, body, written.count());
  }

  private void addBodyHeaders(List<Header> headers) {
    headers.add(new Header("Content-Type", format.contentType()));
    if (profile != null) headers.add(new Header("Content-Profile", profile));
  }

  private void addApplied(List<Header> headers, Preferences.Honoured honoured) {
    String applied = preferences.applied(honoured);
    if (applied != null) headers.add(new Header("Preference-Applied", applied));
  }

  private String total(Written written) {
    boolean counted =
        preferences.count() == Preferences.Count.EXACT
            || preferences.count() == Preferences.Count.ESTIMATED;
    return counted ? Integer.toString(written.count()) : "*";
  }

  private String location(List<Expr.Column> key, List<Value> values) {
    StringBuilder location = new StringBuilder("/").append(QueryString.escaped(table));
    for (int i = 0; i < key.size(); i++) {
      String text = KeyText.of(values.get(i));
      location
          .append(i == 0 ? '?' : '&')
          .append(QueryString.escaped(key.get(i).name()))
          .append('=')
          .append(text == null ? "is.null" : "eq." + QueryString.escaped(text));
    }
    return location.toString();
  }

  static void requireOne(int rows) {
    if (rows != 1) throw new ProblemException(new Problem.NotOneRow(rows));
  }

  static String range(long offset, int count, @Nullable Long total) {
    boolean some = count > 0 && (total == null || total > 0);
    return (some ? offset + "-" + (offset + count - 1) : "*") + "/" + (total == null ? "*" : total);
  }

  static byte[] outside(long offset, long total) {
    return Refusals.json(
        ProblemBody.of(
            new Problem.UnsatisfiableRange(
                "An offset of "
                    + offset
                    + " was requested, but there are only "
                    + total
                    + " rows."),
            true,
            false));
  }
}
