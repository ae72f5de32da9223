package dev.mainstay.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HouseRulesTest {
  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mainstay")
          .that(not(resideInAnyPackage("dev.mainstay.testkit..", "dev.mainstay.examples..")));

  /// The classes `PlantedIn…` among this module's tests.
  private static final JavaClasses PLANTED =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .importPackages("dev.mainstay");

  @ParameterizedTest
  @EnumSource
  void isKept(HouseRules house) {
    assertThat(SHIPPED).hasSizeGreaterThan(100);
    house.rule.check(SHIPPED);
  }

  @ParameterizedTest
  @EnumSource
  void catchesAPlantedFault(HouseRules house) {
    assertThat(house.rule.evaluate(PLANTED).getFailureReport().getDetails())
        .anyMatch(line -> line.contains(".Planted"));
  }
}
