package dev.mainstay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testkit.postgres.PostgresServer;
import dev.mainstay.testkit.postgres.PostgresVersion;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example answers what its README says, and no more to those who may see no more.
final class ChinookTest {
  @TempDir static Path project;
  @TempDir static Path data;
  @TempDir static Path ofPostgres;
  private static Running running;
  private static Cli cli;

  @BeforeAll
  static void serve() throws Exception {
    Example.copyTo(project);
    running = Running.serve(project, data, Map.of());
    cli = new Cli(project, project);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void answersFiveTracksWithAlbumAndArtist() throws Exception {
    String select = "/rest/v1/tracks?select=name,album:albums(title,artist:artists(name))";
    HttpResponse<String> answer =
        running.get(select + "&composer=ilike.*page*&order=name&limit=5", running.anon());
    assertThat(answer.body())
        .isEqualTo(
            "[{\"name\":\"Achilles Last Stand\",\"album\":{\"title\":\"Presence\",\"artist\":{\"name\":\"Led"
                + " Zeppelin\"}}},{\"name\":\"Babe I'm Gonna Leave You\",\"album\":{\"title\":\"Led Zeppelin"
                + " I\",\"artist\":{\"name\":\"Led Zeppelin\"}}},{\"name\":\"Black Dog\",\"album\":{\"title\":\"IV\",\"artist\":{\"name\":\"Led"
                + " Zeppelin\"}}},{\"name\":\"Black Mountain Side\",\"album\":{\"title\":\"Led Zeppelin"
                + " I\",\"artist\":{\"name\":\"Led Zeppelin\"}}},{\"name\":\"Blue Train\",\"album\":{\"title\":\"Walking"
                + " Into Clarksdale\",\"artist\":{\"name\":\"Page & Plant\"}}}]");
  }

  @Test
  void answersAlikeOnPostgres() throws Exception {
    String address = PostgresServer.shared(PostgresVersion.V18).database();
    Map<String, String> settings = Map.of("database.url", address);
    try (Running postgres = Running.serve(project, ofPostgres, settings)) {
      for (String path :
          List.of(
              "/rest/v1/tracks?order=id&limit=1000",
              "/rest/v1/tracks?select=name,album:albums(title,artist:artists(name))"
                  + "&composer=ilike.*page*&order=name&limit=5",
              "/rest/v1/artists?select=name,albums(title,tracks(name,genre:genres(name)))"
                  + "&order=name&albums.order=title&albums.tracks.order=id",
              "/rest/v1/playlists?select=name,tracks(name,unit_price)&order=id&tracks.order=id&tracks.limit=3",
              "/rest/v1/employees?select=*,manager:reports_to(last_name),reports:employees(email)&order=id&reports.order=id",
              "/rest/v1/customers?order=last_name,id",
              "/rest/v1/invoices?select=*,invoice_lines(*,track:tracks(name))&order=id&invoice_lines.order=id&limit=50",
              "/rest/v1/invoices?total=gte.10.00&invoice_date=lt.2010-06-01&order=total.desc,id",
              "/rest/v1/nothing",
              "/rest/v1/tracks?nothing=eq.1",
              "/rest/v1/tracks?id=eq.one")) {
        HttpResponse<String> expected = running.get(path, running.service());
        HttpResponse<String> actual = postgres.get(path, postgres.service());
        assertThat(actual.statusCode()).as(path).isEqualTo(expected.statusCode());
        assertThat(actual.body()).as(path).isEqualTo(expected.body());
        assertThat(postgres.get(path, postgres.anon()).body())
            .as("anon %s", path)
            .isEqualTo(running.get(path, running.anon()).body());
      }
    }
  }

  @Test
  void keepsInvoicesToTheirCustomer() throws Exception {
    String count = "/rest/v1/invoices?select=id&limit=1";
    assertThat(total(count, running.anon(), null)).isEqualTo("*/0");
    assertThat(total(count, running.service(), null)).isEqualTo("0-0/412");
    String token = token("luisg@embraer.com.br");
    assertThat(total(count, running.anon(), token)).isEqualTo("0-0/7");
    assertThat(total("/rest/v1/customers?select=id", running.anon(), token)).isEqualTo("0-0/1");
    assertThat(total(count, running.anon(), token("nobody@example.com"))).isEqualTo("*/0");
    String through = "/rest/v1/tracks?select=id,invoice_lines!inner(id)&limit=1";
    assertThat(total(through, running.anon(), null)).isEqualTo("*/0");
  }

  @Test
  void hidesWhatIsNoneOfTheCustomersBusiness() throws Exception {
    String token = token("luisg@embraer.com.br");
    HttpResponse<String> born = asCustomer("/rest/v1/employees?select=birth_date", token);
    assertThat(born.statusCode()).isEqualTo(400);
    assertThat(born.body()).contains("column employees.birth_date does not exist");
    HttpResponse<String> card =
        asCustomer("/rest/v1/employees?id=eq.1&select=first_name,title", token);
    assertThat(card.body())
        .isEqualTo("[{\"first_name\":\"Andrew\",\"title\":\"General Manager\"}]");
    assertThat(running.get("/rest/v1/employees", running.anon()).body()).isEqualTo("[]");
  }

  /// Playlist 1 has every track, so that nothing changes for the other tests.
  @Test
  void leavesPlaylistsToTheStore() throws Exception {
    String refused = "permission denied for function add_album";
    assertThat(addAlbum(1, running.anon(), null).body()).contains(refused);
    HttpResponse<String> customer = addAlbum(1, running.anon(), token("luisg@embraer.com.br"));
    assertThat(customer.statusCode()).isEqualTo(403);
    assertThat(customer.body()).contains(refused);
    assertThat(addAlbum(1, running.service(), null).body())
        .isEqualTo("{\"id\":1,\"name\":\"Music\"}");
    HttpResponse<String> unknown = addAlbum(99, running.service(), null);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("there is no such playlist");
  }

  private static HttpResponse<String> addAlbum(int playlist, String key, String token)
      throws Exception {
    var request =
        running
            .to("/rest/v1/rpc/add_album", key)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString("{\"playlist\":" + playlist + ",\"album\":1}"));
    if (token != null) request.header("Authorization", "Bearer " + token);
    return running.send(request);
  }

  private static String token(String email) {
    return cli.run("keys", "token", "--data", data.toString(), "--claim", "email=" + email)
        .out()
        .strip();
  }

  private static HttpResponse<String> asCustomer(String path, String token) throws Exception {
    return running.send(
        running.to(path, running.anon()).header("Authorization", "Bearer " + token));
  }

  private static String total(String path, String key, String token) throws Exception {
    var request = running.to(path, key).header("Prefer", "count=exact");
    if (token != null) request.header("Authorization", "Bearer " + token);
    return running.send(request).headers().firstValue("content-range").orElseThrow();
  }
}
