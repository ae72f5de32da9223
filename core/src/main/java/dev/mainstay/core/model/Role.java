package dev.mainstay.core.model;

/// A role a caller can act as. `bypassesPolicies` sees and writes every row and column
/// (`service_role`).
public record Role(String name, boolean bypassesPolicies) {
  public static final Role ANON = new Role("anon", false);
  public static final Role AUTHENTICATED = new Role("authenticated", false);
  public static final Role SERVICE = new Role("service_role", true);
}
