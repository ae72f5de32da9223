package dev.mainstay.testkit.postgres;

/// The versions of PostgreSQL that are tested: the oldest and the newest that are supported.
public enum PostgresVersion {
  V15(15),
  V18(18);

  private final int major;

  PostgresVersion(int major) {
    this.major = major;
  }

  public int major() {
    return major;
  }
}
