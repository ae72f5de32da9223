package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.app.Cli.Outcome;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Chinook outlives four changes of its model, each of another kind: every row stays with its
/// values, everybody is answered as before, and nothing is left to do.
abstract class ChinookChanges {
  /// What a model says is replaced, and must be there.
  private record Change(String name, boolean loses, List<String> replaced) {}

  private static final List<String> COUNTRIES =
      List.of(
          "Argentina",
          "Australia",
          "Austria",
          "Belgium",
          "Brazil",
          "Canada",
          "Chile",
          "Czech Republic",
          "Denmark",
          "Finland",
          "France",
          "Germany",
          "Hungary",
          "India",
          "Ireland",
          "Italy",
          "Netherlands",
          "Norway",
          "Poland",
          "Portugal",
          "Spain",
          "Sweden",
          "USA",
          "United Kingdom");

  private static final List<Change> CHANGES =
      List.of(
          new Change(
              "int to bigint, a key with what refers to it",
              false,
              List.of(
                  "  tracks:\n    columns:\n      id: {type: integer,",
                  "  tracks:\n    columns:\n      id: {type: bigint,",
                  "track_id: {type: integer,",
                  "track_id: {type: bigint,",
                  "bytes: {type: integer,",
                  "bytes: {type: bigint,",
                  "quantity: integer",
                  "quantity: bigint")),
          new Change(
              "text to enum, one of them unique",
              false,
              List.of(
                  "\ntables:\n",
                  "\nenums:\n  media: [AAC audio file, MPEG audio file, Protected AAC audio file, Protected MPEG-4 video file, Purchased AAC audio file]\n  country: ["
                      + String.join(", ", COUNTRIES)
                      + "]\n\ntables:\n",
                  "  media_types:\n    columns:\n      id: {type: integer, identity: true, primary_key: true}\n      name: {type: varchar(120),",
                  "  media_types:\n    columns:\n      id: {type: integer, identity: true, primary_key: true}\n      name: {type: media,",
                  "billing_country: varchar(40)",
                  "billing_country: country")),
          new Change(
              "a column split by a migration",
              true,
              List.of(
                  "      phone: {type: varchar(24), nullable: true}\n",
                  "      phone_country: {type: varchar(8), nullable: true}\n      phone_number: {type: varchar(24), nullable: true}\n")),
          new Change(
              "a table renamed, with policies and embeds pointing at it",
              false,
              List.of(
                  "  customers:\n",
                  "  clients:\n    renamed_from: customers\n",
                  "references: customers.id",
                  "references: clients.id")));

  private static final String SPLIT =
      """
      -- mainstay: before
      ALTER TABLE customers ADD COLUMN phone_country text;
      ALTER TABLE customers ADD COLUMN phone_number text;
      UPDATE customers SET phone_country = substr(phone, 1, %1$s(phone, ' ') - 1),
        phone_number = substr(phone, %1$s(phone, ' ') + 1);
      """;

  /// Asked as the service, as nobody, as a customer and as a stranger.
  private static final List<String> REQUESTS =
      List.of(
          "/rest/v1/customers?select=id,email,support_rep:employees(last_name),invoices(id,total)&order=id&invoices.order=id",
          "/rest/v1/customers?select=email,invoices!inner(billing_country)&invoices.billing_country=eq.Germany&order=email&invoices.order=id",
          "/rest/v1/invoices?select=id,billing_country,customer:customers(first_name,email)&order=billing_country,id&limit=40",
          "/rest/v1/invoices?select=id,total,customers!inner(last_name)&customers.last_name=like.G*&order=id",
          "/rest/v1/invoice_lines?select=id,quantity,track:tracks(id,name),invoice:invoices(customer:customers(email))&order=id&limit=60",
          "/rest/v1/employees?select=last_name,customers(email)&order=id&customers.order=id",
          "/rest/v1/tracks?select=id,name,bytes,media_type:media_types(name)&order=bytes.desc,id&limit=30",
          "/rest/v1/tracks?select=name,media_types!inner(name)&media_types.name=eq.AAC audio file&order=id",
          "/rest/v1/tracks?words=wfts.page&select=id,name&order=id",
          "/rest/v1/media_types?order=name",
          "/rest/v1/playlists?select=name,tracks(id)&order=id&tracks.order=id&tracks.limit=5",
          "/rest/v1/rpc/search_tracks?word=Love&select=id,name,albums(title)&order=id",
          "/rest/v1/rpc/album_length?album=1",
          "/rest/v1/nothing");

  private static final List<String> TABLES =
      List.of(
          "artists",
          "albums",
          "genres",
          "media_types",
          "tracks",
          "playlists",
          "playlist_track",
          "employees",
          "customers",
          "invoices",
          "invoice_lines");

  @TempDir Path folder;
  private Path project = Path.of("");
  private Path data = Path.of("");
  private @Nullable String database;
  private String model = "";

  /// The address of an empty database; null for SQLite.
  abstract @Nullable String database();

  @BeforeEach
  void make() throws Exception {
    project = Files.createDirectory(folder.resolve("chinook"));
    data = folder.resolve("data");
    database = database();
    Example.copyTo(project);
    model = Files.readString(project.resolve("backend.yaml"));
  }

  @Test
  void rowsAndAnswersOutliveOneChangeAfterTheOther() throws Exception {
    Seen before = look(false, false);
    assertThat(before.rows.get("tracks")).hasSize(3503);
    for (String table : TABLES) assertThat(before.rows.get(table)).as(table).hasSize(seeds(table));
    assertThat(before.answers).anyMatch(answer -> answer.startsWith("customer 200 [{\"id\":1,"));
    for (int i = 0; i < CHANGES.size(); i++) {
      change(CHANGES.get(i));
      apply(CHANGES.get(i).loses ? "customers" : null);
      isThere(before, i >= 2, i >= 3);
    }
  }

  @Test
  void rowsAndAnswersOutliveAllChangesAtOnce() throws Exception {
    Seen before = look(false, false);
    for (Change change : CHANGES) change(change);
    apply("clients");
    isThere(before, true, true);
  }

  // ── changes ──

  private void change(Change change) throws Exception {
    for (int i = 0; i < change.replaced.size(); i += 2) {
      assertThat(model).as(change.name).contains(change.replaced.get(i));
      model = model.replace(change.replaced.get(i), change.replaced.get(i + 1));
    }
    Files.writeString(project.resolve("backend.yaml"), model);
    if (!change.loses) return;
    Path migrations = Files.createDirectory(project.resolve("migrations"));
    Files.writeString(migrations.resolve("0001_phones.sqlite.sql"), SPLIT.formatted("instr"));
    Files.writeString(migrations.resolve("0001_phones.postgres.sql"), SPLIT.formatted("strpos"));
  }

  /// @param losing the table that loses its column; null when none does
  private void apply(@Nullable String losing) {
    if (losing != null) {
      assertThat(run("plan").status()).isZero();
      assertThat(run("apply").err())
          .isEqualTo(
              """
              mainstay: This would be lost, and --allow-data-loss was not said:
                column %s.phone is gone: 58 values
              """
                  .formatted(losing));
      assertThat(run("apply", "--allow-data-loss", "--no-backup").err()).isEmpty();
    } else assertThat(run("apply").err()).isEmpty();
    assertThat(run("plan")).isEqualTo(new Outcome(0, "The database is what the model says.\n", ""));
  }

  private Outcome run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    if (database != null) all.addAll(List.of("--database", database));
    return new Cli(project, project).run(all.toArray(String[]::new));
  }

  // ── what is seen ──

  /// @param rows of each table by its first name, as JSON, in no order
  private record Seen(Map<String, List<JsonNode>> rows, List<String> answers) {}

  private void isThere(Seen before, boolean isSplit, boolean isRenamed) throws Exception {
    Seen now = look(isSplit, isRenamed);
    for (String table : TABLES)
      assertThat(now.rows.get(table))
          .as(table)
          .containsExactlyInAnyOrderElementsOf(before.rows.get(table));
    assertThat(now.answers).isEqualTo(before.answers);
  }

  private Seen look(boolean isSplit, boolean isRenamed) throws Exception {
    Map<String, String> settings = new HashMap<>(Map.of("rest.max_rows", "100000"));
    if (database != null) settings.put("database.url", database);
    Map<String, List<JsonNode>> rows = new LinkedHashMap<>();
    List<String> answers = new ArrayList<>();
    try (Running running = Running.serve(project, data, settings)) {
      for (String table : TABLES) {
        String name = isRenamed ? renamed(table) : table;
        List<JsonNode> all = new ArrayList<>();
        String body = running.get("/rest/v1/" + name, running.service()).body();
        for (JsonNode row : JsonMapper.shared().readTree(body))
          all.add(isSplit && table.equals("customers") ? joined((ObjectNode) row) : row);
        rows.put(table, all);
      }
      String customer = token("luisg@embraer.com.br");
      String stranger = token("nobody@example.com");
      for (String request : REQUESTS) {
        String path = isRenamed ? renamed(request) : request;
        answers.add("service " + answer(running, path, running.service(), null, isRenamed));
        answers.add("anon " + answer(running, path, running.anon(), null, isRenamed));
        answers.add("customer " + answer(running, path, running.anon(), customer, isRenamed));
        answers.add("stranger " + answer(running, path, running.anon(), stranger, isRenamed));
      }
    }
    return new Seen(rows, answers);
  }

  private static String answer(
      Running running, String path, String key, @Nullable String token, boolean isRenamed)
      throws Exception {
    var request = running.to(path.replace(" ", "%20"), key);
    if (token != null) request.header("Authorization", "Bearer " + token);
    HttpResponse<String> answer = running.send(request);
    String body = answer.body();
    return answer.statusCode() + " " + (isRenamed ? body.replace("clients", "customers") : body);
  }

  private static String renamed(String text) {
    return text.replace("customers", "clients");
  }

  /// As the row was before its column was split.
  private static JsonNode joined(ObjectNode row) {
    JsonNode country = row.remove("phone_country");
    JsonNode number = row.remove("phone_number");
    if (country.isNull()) row.putNull("phone");
    else row.put("phone", country.stringValue() + " " + number.stringValue());
    return row;
  }

  private String token(String email) {
    return run("keys", "token", "--claim", "email=" + email).out().strip();
  }

  private int seeds(String table) throws Exception {
    try (Stream<String> lines = Files.lines(project.resolve("seeds/" + table + ".jsonl"))) {
      return (int) lines.count();
    }
  }
}
