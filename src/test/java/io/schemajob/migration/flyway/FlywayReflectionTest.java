package io.schemajob.migration.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.extensibility.Plugin;
import org.junit.jupiter.api.Test;

class FlywayReflectionTest {

    @Test
    void everyPluginOfFlywayIsRegistered() {
        Set<String> plugins = ServiceLoader.load(Plugin.class).stream()
                .map(provider -> provider.type().getName())
                .collect(Collectors.toSet());

        assertThat(plugins).hasSizeGreaterThan(20);
        assertThat(registered()).containsAll(plugins);
    }

    @Test
    void everythingRegisteredExists() {
        assertThat(registered())
                .allSatisfy(name -> assertThat(Class.forName(name)).isNotNull());
    }

    private static Set<String> registered() {
        return Stream.of(FlywayReflection.class.getDeclaredClasses())
                .flatMap(type -> Stream.of(
                        type.getAnnotation(RegisterForReflection.class).classNames()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
