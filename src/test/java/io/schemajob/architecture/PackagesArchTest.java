package io.schemajob.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaComparison;
import io.schemajob.catalog.kind.ObjectKind;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Dependencies between packages go one way, so each package can be understood and tested without those above it, and a
 * folder shows one trade.
 */
class PackagesArchTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.schemajob");

    @Test
    void dependenciesGoOneWay() {
        ArchRule rule = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("cli")
                .definedBy("io.schemajob.cli..")
                .layer("job")
                .definedBy("io.schemajob.job..")
                .layer("vault")
                .definedBy("io.schemajob.vault..")
                .layer("migration")
                .definedBy("io.schemajob.migration..")
                .layer("catalog")
                .definedBy("io.schemajob.catalog..")
                .layer("lint")
                .definedBy("io.schemajob.lint..")
                .layer("importer")
                .definedBy("io.schemajob.importer..")
                .layer("database")
                .definedBy("io.schemajob.database..")
                .layer("bundle")
                .definedBy("io.schemajob.bundle..")
                .layer("report")
                .definedBy("io.schemajob.report..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("job")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("vault")
                .mayOnlyBeAccessedByLayers("job", "cli")
                .whereLayer("migration")
                .mayOnlyBeAccessedByLayers("job", "cli")
                .whereLayer("catalog")
                .mayOnlyBeAccessedByLayers("job", "cli")
                .whereLayer("lint")
                .mayOnlyBeAccessedByLayers("job", "cli")
                .whereLayer("importer")
                .mayOnlyBeAccessedByLayers("job", "cli")
                .whereLayer("database")
                .mayOnlyBeAccessedByLayers("vault", "migration", "catalog", "lint", "importer", "job", "cli")
                .whereLayer("bundle")
                .mayOnlyBeAccessedByLayers("vault", "migration", "catalog", "lint", "importer", "job", "cli");
        rule.check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        ArchRule rule = slices().matching("io.schemajob.(**)").should().beFreeOfCycles();
        rule.check(CLASSES);
    }

    /** A name that stands for two things makes a reader open both. */
    @Test
    void aSimpleNameOccursOnce() {
        Map<String, Long> names = CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, TreeMap::new, Collectors.counting()));
        names.values().removeIf(count -> count == 1);
        assertThat(names).isEmpty();
    }

    /** Those that are larger name one thing after another: commands, kinds, parts of one generator. */
    @Test
    void aPackageShowsWhatItHolds() {
        Map<String, Long> large = CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        large.values().removeIf(count -> count <= 20);
        assertThat(large.keySet())
                .isSubsetOf(
                        "io.schemajob.catalog",
                        "io.schemajob.catalog.ddl",
                        "io.schemajob.catalog.diff",
                        "io.schemajob.catalog.kind",
                        "io.schemajob.catalog.model",
                        "io.schemajob.cli",
                        "io.schemajob.importer.convert",
                        "io.schemajob.importer.load");
    }

    @Test
    void bundlesKnowNoDatabase() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("io.schemajob.bundle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.postgresql..", "org.flywaydb..")
                .because("reading bundles is tested without a server");
        rule.check(CLASSES);
    }

    @Test
    void plansDoNotCompare() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("io.schemajob.catalog.ddl..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.schemajob.catalog.diff..", "io.schemajob.catalog.equivalence..")
                                .and(not(belongToAnyOf(SchemaComparison.class, Difference.class)))
                                .or(simpleName("ObjectComparison"))
                                .or(simpleName("TypeNames"))
                                .or(simpleName("SqlTokens")))
                .because("what is equal is decided once, by SchemaComparison; a plan takes up its changes");
        rule.check(CLASSES);
    }

    /** What two kinds share has a class of its own, and an object of another kind is found by the name of its kind. */
    @Test
    void kindsDoNotKnowEachOther() {
        Set<JavaClass> kinds = CLASSES.stream()
                .filter(type -> type.isTopLevelClass()
                        && type.isAssignableTo(ObjectKind.class)
                        && !type.isInterface()
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .collect(Collectors.toSet());
        assertThat(kinds).hasSizeGreaterThan(40);
        assertThat(kinds.stream().flatMap(kind -> Stream.concat(Stream.of(kind), nested(kind))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(Dependency::getTargetClass)
                        .filter(target -> kinds.contains(target) && !target.equals(kind))
                        .map(target -> kind.getSimpleName() + " knows " + target.getSimpleName())))
                .isEmpty();
    }

    private static Stream<JavaClass> nested(JavaClass outer) {
        return CLASSES.stream().filter(type -> type.getName().startsWith(outer.getName() + "$"));
    }

    @Test
    void onlyOnePackageKnowsFlyway() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("io.schemajob.migration..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.flywaydb..")
                .because("a new version of Flyway must concern one package only");
        rule.check(CLASSES);
    }

    @Test
    void onlyTheConsolePrints() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages("io.schemajob.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("everything that leaves the process passes the redactor");
        rule.check(CLASSES);
    }
}
