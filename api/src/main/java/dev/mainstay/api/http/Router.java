package dev.mainstay.api.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Who answers a path: a page at that path, else the endpoint with the longest prefix.
///
/// @param mounts prefixes begin with `/` and do not end with one; the empty prefix takes every path
public record Router(List<Mount> mounts, Map<String, Page> pages) {
  public Router {
    mounts =
        mounts.stream()
            .sorted(Comparator.comparingInt((Mount mount) -> mount.prefix().length()).reversed())
            .toList();
    pages = Map.copyOf(pages);
  }

  public record Mount(String prefix, Endpoint endpoint) {
    boolean takes(String path) {
      return path.startsWith(prefix)
          && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
  }

  sealed interface Found {
    record ToPage(Page page) implements Found {}

    /// @param path the rest of the path, below the prefix
    record ToEndpoint(Mount mount, String path) implements Found {}

    record Nothing() implements Found {}
  }

  Found find(String path) {
    Page page = pages.get(path);
    if (page != null) return new Found.ToPage(page);
    for (Mount mount : mounts) {
      if (mount.takes(path)) {
        String below = path.substring(mount.prefix().length());
        return new Found.ToEndpoint(mount, below.isEmpty() ? "/" : below);
      }
    }
    return new Found.Nothing();
  }
}
