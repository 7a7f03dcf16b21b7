package io.schemajob.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Holds the one-way arrows between the rooms. They keep deciding apart from doing: what is below knows nothing of what
 * is above, so every part can be tested with less than the whole, and a change stays in its room.
 */
@AnalyzeClasses(packages = "io.schemajob", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule ARROWS_POINT_DOWN = layeredArchitecture()
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

    @ArchTest
    static final ArchRule ROOMS_HAVE_NO_CYCLES =
            slices().matching("io.schemajob.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule BUNDLES_KNOW_NO_DATABASE = noClasses()
            .that()
            .resideInAPackage("io.schemajob.bundle..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.postgresql..", "org.flywaydb..")
            .because("reading bundles is tested without a server");

    @ArchTest
    static final ArchRule FLYWAY_STAYS_IN_ITS_ROOM = noClasses()
            .that()
            .resideOutsideOfPackage("io.schemajob.migration..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.flywaydb..")
            .because("a new version of Flyway must concern one room only");

    @ArchTest
    static final ArchRule ONLY_THE_CONSOLE_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackages("io.schemajob.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("everything that leaves the process passes the redactor");
}
