package dev.mainstay.services.answers;

import java.util.List;

/// An answer as it is kept.
public record Kept(int status, List<Header> headers, byte[] body) {
  public Kept {
    headers = List.copyOf(headers);
  }

  public record Header(String name, String value) {}
}
