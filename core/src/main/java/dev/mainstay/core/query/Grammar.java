package dev.mainstay.core.query;

/// How the text of a full-text search is read: `fts`, `plfts`, `phfts`, `wfts`.
public enum Grammar {
  OPERATORS,
  PLAIN,
  PHRASE,
  WEB
}
