package dev.mainstay.core.problem;

/// Carries a [Problem] to the edge. It has no stack trace: the fault is the caller's, not the
/// program's.
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.toString(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
