package dev.mainstay.testkit.conformance;

import dev.mainstay.testkit.EngineUnderTest;
import org.junit.jupiter.api.Nested;

/// What every engine must do, and do alike. An engine joins by a subclass that says how to open it.
///
/// All goes through the planner, as requests do. What an engine lacks must be refused, and the
/// refusal is part of the suite; nothing is skipped.
public abstract class EngineConformance {
  protected abstract EngineUnderTest engine();

  @Nested
  class Values extends ValueSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Comparisons extends ComparisonSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Patterns extends PatternSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Casts extends CastSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Searches extends SearchSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class FunctionSearches extends FunctionSearchSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Embeds extends EmbedSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Views extends ViewSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Functions extends FunctionSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class FunctionValues extends FunctionValueSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class ReadPolicies extends ReadPolicySuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class WritePolicies extends WritePolicySuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Fences extends FenceSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Writes extends WriteSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Upserts extends UpsertSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class UpsertPolicies extends UpsertPolicySuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Fills extends FillSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Restoring extends RestoreSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Units extends UnitSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Bounds extends LimitSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Matches extends MatchSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Language extends LanguageSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Constraints extends ConstraintSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Relations extends RelationSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Capabilities extends CapabilitySuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }

  @Nested
  class Aggregates extends AggregateSuite {
    @Override
    protected EngineUnderTest engine() {
      return EngineConformance.this.engine();
    }
  }
}
