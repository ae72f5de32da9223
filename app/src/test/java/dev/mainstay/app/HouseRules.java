package dev.mainstay.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import dev.mainstay.core.plan.Plan;
import dev.mainstay.core.plan.Visible;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

/// What the modules and packages may not do. `PlantedIn…` breaks each rule once, so that a rule
/// that no longer bites is noticed.
enum HouseRules {
  VERTX_ONLY_IN_API_HTTP(
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.mainstay.api.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..")),

  JDBC_ONLY_IN_SQL(
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.mainstay.sql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "javax.sql..", "com.zaxxer..", "org.postgresql..", "org.sqlite..")),

  CEL_ONLY_IN_CORE_POLICY(
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.mainstay.core.policy..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.cel..")),

  CORE_SEES_NO_OTHER_MODULE(
      noClasses()
          .that()
          .resideInAPackage("dev.mainstay.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.mainstay.sql..",
              "dev.mainstay.services..",
              "dev.mainstay.api..",
              "dev.mainstay.app..")),

  SQL_SEES_ONLY_CORE(
      noClasses()
          .that()
          .resideInAPackage("dev.mainstay.sql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.mainstay.services..", "dev.mainstay.api..", "dev.mainstay.app..")),

  SERVICES_SEE_ONLY_CORE(
      noClasses()
          .that()
          .resideInAPackage("dev.mainstay.services..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.mainstay.sql..", "dev.mainstay.api..", "dev.mainstay.app..")),

  SERVICES_DO_NOT_SEE_EACH_OTHER(
      slices().matching("dev.mainstay.services.(*)..").should().notDependOnEachOther()),

  API_NEVER_SEES_SQL(
      noClasses()
          .that()
          .resideInAPackage("dev.mainstay.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.mainstay.sql..", "dev.mainstay.app..")),

  PLANS_ARE_MADE_IN_CORE_PLAN(
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.mainstay.core.plan..")
          .should()
          .accessTargetWhere(
              access(
                  "make a Plan or a part of one",
                  target ->
                      // What a caller says of how many rows it expects.
                      !target.getOwner().isEquivalentTo(Plan.Expectation.class)
                          && makesPartOf(Plan.class, target)))),

  WHAT_IS_VISIBLE_IS_FOUND_IN_CORE_PLAN(
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.mainstay.core.plan..")
          .should()
          .accessTargetWhere(
              access(
                  "make a Visible or a part of one",
                  target -> makesPartOf(Visible.class, target)))),

  CORE_HAS_NO_SOCKETS(
      noClasses()
          .that()
          .resideInAPackage("dev.mainstay.core..")
          .should()
          .dependOnClassesThat(
              describe(
                  "open connections",
                  type ->
                      type.getPackageName().startsWith("java.nio.channels")
                          || type.getPackageName().startsWith("java.net")
                              && !Set.of("URI", "URISyntaxException", "URLEncoder", "URLDecoder")
                                  .contains(type.getSimpleName())))),

  CORE_STARTS_NO_THREADS(
      noClasses()
          .that()
          .resideInAPackage("dev.mainstay.core..")
          .should()
          .dependOnClassesThat(
              assignableTo(Thread.class)
                  .or(assignableTo(Executor.class))
                  .or(assignableTo(Executors.class))
                  .or(assignableTo(ThreadFactory.class))
                  .or(assignableTo(Timer.class)))),

  CORE_IS_TOLD_THE_TIME(
      noClasses()
          .that()
          .resideInAPackage("dev.mainstay.core..")
          .should()
          .accessTargetWhere(access("read the machine's clock", HouseRules::readsTheClock))),

  CORE_IS_GIVEN_ITS_RANDOMNESS(
      noClasses()
          .that()
          .resideInAPackage("dev.mainstay.core..")
          .should()
          .accessTargetWhere(access("make random numbers", HouseRules::isRandom))),

  FUTURES_ONLY_IN_API_HTTP(
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.mainstay.api.http..")
          .should()
          .dependOnClassesThat(assignableTo(CompletableFuture.class))),

  NO_THREAD_LOCAL(noClasses().should().dependOnClassesThat(assignableTo(ThreadLocal.class))),

  CLASSES_ARE_NAMED_FOR_THEIR_WORK(
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Utils?|Manager|Helper|Base)|.*[.$]Abstract.*")),

  FIELDS_ARE_NAMED_FOR_THEIR_WORK(
      noFields().should().haveNameMatching("(.*[a-z])?([iI]mpl|[uU]tils?|[mM]anager|[hH]elper)"));

  final ArchRule rule;

  HouseRules(ArchRule rule) {
    this.rule = rule.allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaAccess<?>> access(
      String what, Predicate<AccessTarget> test) {
    return describe(what, access -> test.test(access.getTarget()));
  }

  private static boolean makesPartOf(Class<?> whole, AccessTarget target) {
    return target.getName().equals("<init>")
        && (target.getOwner().getFullName() + "$").startsWith(whole.getName() + "$");
  }

  private static boolean readsTheClock(AccessTarget target) {
    JavaClass owner = target.getOwner();
    return switch (target) {
      case AccessTarget.CodeUnitAccessTarget called
          when called.getName().equals("now") && owner.getPackageName().startsWith("java.time") ->
          called.getRawParameterTypes().stream()
              .noneMatch(type -> type.isEquivalentTo(Clock.class));
      default ->
          owner.isEquivalentTo(Clock.class) && target.getName().startsWith("system")
              || owner.isEquivalentTo(System.class)
                  && Set.of("currentTimeMillis", "nanoTime").contains(target.getName());
    };
  }

  private static boolean isRandom(AccessTarget target) {
    JavaClass owner = target.getOwner();
    return owner.isAssignableTo(Random.class)
            && Set.of("<init>", "current").contains(target.getName())
        || owner.isEquivalentTo(Math.class) && target.getName().equals("random")
        || owner.isEquivalentTo(UUID.class) && target.getName().equals("randomUUID");
  }
}
