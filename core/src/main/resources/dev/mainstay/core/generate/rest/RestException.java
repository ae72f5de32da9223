package PACKAGE.rest;

/** What the server answers when it does not do what it was asked, in its own words. */
public final class RestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String details;
  private final String hint;

  RestException(int status, String code, String message, String details, String hint) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.hint = hint;
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }

  /** Such as {@code 23505}, a key that is there already, or {@code PGRST116}, not one row. */
  public String code() {
    return code;
  }

  /** Perhaps null. */
  public String details() {
    return details;
  }

  /** Perhaps null. */
  public String hint() {
    return hint;
  }
}
