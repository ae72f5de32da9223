package dev.mainstay.sql;

import dev.mainstay.sql.Schema.Thing;

/// A difference between what the program left in a database and what it finds there: somebody else
/// has changed it.
public sealed interface Drift {
  /// What the program made is not there any more.
  record Gone(Thing was) implements Drift {
    @Override
    public Thing thing() {
      return was;
    }

    @Override
    public String summary() {
      return was.title() + " was removed from the database";
    }
  }

  /// What the program made is something else now.
  record Other(Thing was, Thing is) implements Drift {
    @Override
    public Thing thing() {
      return is;
    }

    @Override
    public String summary() {
      return is.title() + " was changed in the database";
    }

    @Override
    public String sentence() {
      return summary() + ", from\n" + was.definition() + "\nto\n" + is.definition();
    }
  }

  /// What the program did not make. It is left alone.
  record Strange(Thing is) implements Drift {
    @Override
    public Thing thing() {
      return is;
    }

    @Override
    public String summary() {
      return is.title() + " was added to the database";
    }
  }

  Thing thing();

  /// In a few plain words, on one line.
  String summary();

  /// In plain words, on as many lines as it needs.
  default String sentence() {
    return summary();
  }
}
