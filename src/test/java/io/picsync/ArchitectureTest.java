package io.picsync;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.picsync.settings.Settings;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may see whom: a later capability sees earlier ones, never the reverse. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Settings.class.getProtectionDomain().getCodeSource().getLocation());

  /** From the bottom to the top. */
  private static final List<Set<String>> LAYERS =
      List.of(
          Set.of("settings", "lists"),
          Set.of("archive"),
          Set.of("sync"),
          Set.of("compare"),
          Set.of("transfer"),
          Set.of("report"),
          Set.of("routes"),
          Set.of("watch"),
          Set.of("delivery"),
          Set.of("retention"),
          Set.of("api"),
          Set.of("page"),
          Set.of("command"));

  @Test
  void packagesDependOnlyDownwards() {
    Set<String> allowed = new TreeSet<>();
    for (Set<String> layer : LAYERS) {
      for (String name : layer) {
        Set<String> seen = new TreeSet<>(allowed);
        seen.add(name);
        if (name.equals("command")) {
          seen.add("demo");
        }
        noClasses()
            .that()
            .resideInAPackage("io.picsync." + name + "..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.picsync..").and(not(in(seen))))
            .check(CLASSES);
      }
      allowed.addAll(layer);
    }
  }

  private static DescribedPredicate<JavaClass> in(Set<String> names) {
    return JavaClass.Predicates.resideInAnyPackage(
        names.stream().map(name -> "io.picsync." + name + "..").toArray(String[]::new));
  }

  @Test
  void everyPackageHasItsPlace() {
    Set<String> known = new TreeSet<>(Set.of("demo"));
    LAYERS.forEach(known::addAll);
    assertThat(CLASSES.stream().map(c -> c.getPackageName().split("\\.")[2]).distinct())
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void demoStandsAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.picsync.demo..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.picsync..").and(not(resideInAPackage("io.picsync.demo.."))))
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.picsync.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void classesAreNamedAfterWhatTheyAre() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Service|Impl)")
        .check(CLASSES);
  }

  @Test
  void timesAreInstants() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.picsync.sync.Schedule") // Quartz speaks in dates
        .should()
        .dependOnClassesThat(type(Date.class))
        .check(CLASSES);
  }

  @Test
  void classesAreFinalUnlessTheyAreMadeToBeExtended() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .doNotHaveSimpleName("package-info")
        .and()
        .areNotEnums()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }
}
