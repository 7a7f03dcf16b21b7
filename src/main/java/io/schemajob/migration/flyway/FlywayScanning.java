package io.schemajob.migration.flyway;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * In a native executable, Flyway's class path scanner finds nothing. We give it no location to scan, but the scanners
 * for JBoss VFS and OSGi need classes that are not here, which GraalVM refuses to link.
 */
@TargetClass(className = "org.flywaydb.core.internal.scanner.classpath.ClassPathScanner")
final class FlywayScanning {

    @TargetClass(className = "org.flywaydb.core.internal.scanner.classpath.ClassPathLocationScanner")
    static final class LocationScanner {}

    /** Null is Flyway's own answer for a kind of location it has no scanner for. */
    @Substitute
    private LocationScanner createLocationScanner(String protocol) {
        return null;
    }
}
