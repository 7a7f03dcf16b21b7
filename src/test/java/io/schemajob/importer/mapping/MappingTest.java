package io.schemajob.importer.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.TargetType;
import io.schemajob.importer.target.MappedForeignKey;
import io.schemajob.importer.target.TargetColumn;
import io.schemajob.importer.target.TargetTable;
import io.schemajob.importer.target.Unique;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mappings are read strictly and put together with both schemas; nothing of the source may be forgotten. */
class MappingTest {
    private static final TargetType UUID = TargetType.of(Kind.UUID, "uuid");
    private static final Map<String, SourceTable> SOURCES =
            Map.of("people", source("People", "id", "Name"), "pets", source("pets", "id", "owner"));
    private static final Map<String, TargetTable> TARGETS = Map.of(
            "person",
            target("person", List.of(), column("id", UUID, true), column("name", TargetType.varchar(9), true)),
            "pet",
            target(
                    "pet",
                    List.of(new MappedForeignKey("fk", List.of("owner"), "person", List.of("id"), "person", "", true)),
                    column("id", UUID, true),
                    column("owner", UUID, false)));
    private static final String WHOLE =
            """
            tables:
              pet: {from: pets, columns: {id: id, owner: owner}}
              person: {from: people, columns: {id: id, name: Name}}
            """;

    @Test
    void findsOrderAndIdsByForeignKeys() {
        ImportPlan plan = plan(WHOLE);
        assertThat(plan.tables()).extracting(TablePlan::name).containsExactly("person", "pet");
        assertThat(plan.cyclic()).isFalse();
        TablePlan pet = plan.table("pet").orElseThrow();
        assertThat(pet.columns()).extracting(ColumnPlan::ids).containsExactly("pets", "People");
        assertThat(pet.key()).containsExactly(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "owner: owner|owner: ownr|has no column ownr",
                "owner: owner|owner: {from: owner, as: json}|json does not make a uuid",
                "owner: owner|owner: {from: owner, zone: Mars}|no time zone Mars",
                "owner: owner|owner: {from: owner, epoch: days}|seconds, milliseconds",
                "owner: owner|owner: {from: owner, form: x}|unknown key",
                "owner: owner|owner: {from: owner, true_values: [J, '1'], false_values: ['1']}|1 is among true_values too",
                "owner: owner|owner: {constant: x, from: owner}|a constant has no other keys",
                "owner: owner|owner: {constant: '1', from: ~}|constant has no other keys",
                "owner: owner|owner: {from: owner, ids: cats}|no table cats",
                ", owner: owner||pets.owner is neither mapped nor ignored",
                "pet: {from: pets|cat: {from: pets|target schema has no table cat",
                "from: pets|from: dogs|no table or view dogs",
                "from: pets|orphans: forget, from: pets|reject, set null or skip",
                "name: Name|id2: Name|person has no column id2",
            })
    void refusesWhatDoesNotFitTogether(String before, String after, String message) {
        String yaml = WHOLE.replace(before, after == null ? "" : after);
        assertThatThrownBy(() -> plan(yaml))
                .isInstanceOfSatisfying(
                        SchemajobException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.CONFIG))
                .hasMessageContaining(message)
                .hasMessageContaining("import.yaml:");
    }

    @Test
    void tellsAllMistakesAtOnce() {
        String syntax =
                """
                zone: Mars
                tables:
                  person: {form: people, columns: {id: {epoch: days, fraction: half}, name: {format: dd.MM, trim: all, x: 1}}}
                  pet: {from: pets, query: SELECT 1, columns: {id: id}}
                """;
        assertThatThrownBy(() -> plan(syntax))
                .hasMessageContaining("The mapping has 8 mistakes: ")
                .hasMessageContaining("no time zone Mars")
                .hasMessageContaining("unknown key tables.person.form (did you mean from?)")
                .hasMessageContaining("julian days, not days")
                .hasMessageContaining("reject, cut or round, not half")
                .hasMessageContaining("dd.MM is no date format of java.time, or iso: names no year, month and day")
                .hasMessageContaining("none, left, right or both, not all")
                .hasMessageContaining("unknown key tables.person.columns.name.x")
                .hasMessageContaining("has from and query");
        String schemas =
                """
                tables:
                  person: {from: people, columns: {id: {from: idd}, nam: Name}}
                  pet: {from: dogs, columns: {id: id}}
                  person2: {from: people, columns: {id: id}}
                """;
        assertThatThrownBy(() -> plan(schemas))
                .hasMessageContaining("The mapping has 7 mistakes: import.yaml:2:")
                .hasMessageContaining("People has no column idd")
                .hasMessageContaining("person has no column nam")
                .hasMessageContaining("column People.id is neither mapped nor ignored")
                .hasMessageContaining("nothing is mapped to name")
                .hasMessageContaining("no table or view dogs")
                .hasMessageContaining("target schema has no table person2")
                .hasMessageContaining("table pets is neither mapped nor ignored");
    }

    /** Java would read something with each, and nobody would hear that it is something else. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dd.MM.yy|is ambiguous: a year of two digits names no century: add years_from",
                "dd.MM.uu|add years_from, the first of the hundred years",
                "[dd.MM.yyyy, dd.MM.yy]|dd.MM.yy is ambiguous",
                "yyyy-MM-dd HH:mm z|write xxx where the texts have an offset, VV where they have names",
                "yyyy-MM-dd HH:mm zzzz|write xxx",
                "yyyy-MM-dd HH:mm v|write xxx",
                "yyyy-MM-dd'T'HH:mm:ss'Z'|Z is a text to it, and the time would be taken in the zone Europe/Berlin: write X instead, or say zone: UTC",
                "yyyy-MM-dd HH:mm 'UTC'|write VV instead, or say zone: UTC",
                "yyyy-MM-dd HH:mm+00:00|write xxx instead, or say zone: +00:00",
                "yyyy-MM-dd HH:mm+02:00|write xxx instead, or say zone: +02:00",
                "yyyy-MM-dd hh:mm|names no time of day: that needs H, or h and a",
                "yyyy-MM-dd KK:mm|names no time of day",
                "yyyy-MM-dd HH:mm:SS|names no time of day",
                "yyyy-MM-dd mm:ss|names no time of day",
                "yyyy-MM-dd HH:MM|MM is in it twice: M is a month and m a minute",
                "yyyy-M-D|D is the day of the year, d that of the month",
                "YYYY-MM-dd|countries count weeks",
                "YYYY-'W'ww-e|countries count weeks and their days in several ways: write y, M and d, or a query:",
                "yyyy-mm-dd|names no year, month and day",
                "yyyy-MM-dd'T|is no date format of java.time, or iso: ",
                "yyyy-MM-dd j|is no date format of java.time, or iso: Unknown pattern letter: j",
            })
    void refusesFormatsThatCanBeReadAsSomethingElse(String format, String message) {
        String rules = "name: {from: Name, zone: Europe/Berlin, format: %s}"
                .formatted(format.startsWith("[") ? format : '"' + format + '"');
        assertThatThrownBy(() -> plan(WHOLE.replace("name: Name", rules))).hasMessageContaining(message);
    }

    @Test
    void refusesAFirstYearThatNothingNeeds() {
        for (String rule : List.of("years_from: 1970", "format: dd.MM.yyyy, years_from: 1970")) {
            assertThatThrownBy(() -> plan(WHOLE.replace("name: Name", "name: {from: Name, " + rule + "}")))
                    .hasMessageContaining("name.years_from is for a format with years of two digits (yy)");
        }
        assertThatThrownBy(() ->
                        plan(WHOLE.replace("name: Name", "name: {from: Name, format: dd.MM.yy, years_from: 99999}")))
                .hasMessageContaining("name.years_from is a year, such as 1970, not 99999");
    }

    @Test
    void refusesKeysThatMeanNothingForTheType() {
        for (String key : List.of("format: dd.MM.yyyy", "fraction: cut", "true_values: [J]", "false_values: N")) {
            assertThatThrownBy(() -> plan(WHOLE.replace("name: Name", "name: {from: Name, " + key + "}")))
                    .hasMessageContaining("means nothing for name of type character varying(9)");
        }
    }

    @Test
    void refusesForgottenTables() {
        String yaml = "tables: {person: {from: people, columns: {id: id, name: Name}}}";
        assertThatThrownBy(() -> plan(yaml)).hasMessageContaining("table pets is neither mapped nor ignored");
        assertThat(plan(yaml + "\nignore: [PETS]").tables()).hasSize(1);
    }

    @Test
    void refusesWhatIsMappedAndIgnored() {
        assertThatThrownBy(() -> plan(WHOLE.replace("name: Name}", "name: Name}, ignore: [NAME]") + "ignore: [Pets]"))
                .hasMessageContaining("The mapping has 2 mistakes")
                .hasMessageContaining("column People.Name is mapped and ignored")
                .hasMessageContaining("table Pets is mapped and ignored");
    }

    @Test
    void refusesAnUnfilledRequiredColumn() {
        assertThatThrownBy(
                        () -> plan(WHOLE.replace("columns: {id: id, name: Name}", "columns: {id: id}, ignore: [name]")))
                .hasMessageContaining("nothing is mapped to name");
    }

    @Test
    void refusesDefaultsThatDoNotFit() {
        assertThatThrownBy(() -> plan(WHOLE.replace("name: Name", "name: {from: Name, default: '1234567890'}")))
                .hasMessageContaining("the default of name is 10 characters long");
    }

    @Test
    void refusesToImportNothing() {
        assertThatThrownBy(() -> plan("tables: {}")).hasMessageContaining("names no table");
    }

    @Test
    void noticesCycles() {
        TablePlan a = table("a", "b");
        TablePlan b = table("b", "a");
        TablePlan self = table("self", "self");
        assertThat(LoadOrder.of(List.of(a, b)).cyclic()).isTrue();
        assertThat(LoadOrder.of(List.of(self)).cyclic()).isFalse();
    }

    private static TablePlan table(String name, String parent) {
        MappedForeignKey key = new MappedForeignKey("fk", List.of("x"), parent, List.of("id"), parent, "", true);
        return new TablePlan(source(name, "id"), target(name, List.of(key)), List.of(), List.of(), Orphans.REJECT);
    }

    private static ImportPlan plan(String yaml) {
        return new PlanBuilder(ImportMapping.read(new TextFile("import.yaml", yaml)), SourceLayout.of(SOURCES), TARGETS)
                .build();
    }

    private static SourceTable source(String name, String... columns) {
        return new SourceTable(
                name,
                java.util.Arrays.stream(columns)
                        .map(column -> new SourceColumn(column, "TEXT", false, 0))
                        .toList(),
                "rowid");
    }

    private static TargetColumn column(String name, TargetType type, boolean notNull) {
        return new TargetColumn(name, type, type.name(), type.name(), notNull, false, false);
    }

    private static TargetTable target(String name, List<MappedForeignKey> keys, TargetColumn... columns) {
        return new TargetTable(
                name,
                name,
                true,
                List.of(columns),
                List.of(new Unique(name + "_pkey", List.of("id"), true, false)),
                keys,
                List.of(),
                List.of(),
                List.of());
    }
}
