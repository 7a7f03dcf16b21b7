package io.schemajob.job.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetFileTest {
    private static final Settings VAULT =
            new Settings(Map.of(Setting.SCHEMA, "common"), Map.of("VAULT_ADDR", "http://vault:8200"), name -> null);

    @Test
    void readsWhatDiffers() {
        List<FleetTarget> targets = parse(
                """
                targets:
                  - name: a
                    schema: tenant_a
                  - {name: 002, database: shop, secret: kv/two}
                """,
                VAULT);
        assertThat(targets)
                .containsExactly(
                        new FleetTarget("a", "tenant_a", null, null), new FleetTarget("002", null, "shop", "kv/two"));
        Settings first = targets.get(0).settings(VAULT);
        assertThat(first.text(Setting.SCHEMA)).isEqualTo("tenant_a");
        assertThat(first.database()).isNull();
        assertThat(first.isGiven(Setting.VAULT_SECRET)).isFalse();
        Settings second = targets.get(1).settings(VAULT);
        assertThat(second.text(Setting.SCHEMA)).as("what does not differ").isEqualTo("common");
        assertThat(second.database()).isEqualTo("shop");
        assertThat(second.text(Setting.VAULT_SECRET)).isEqualTo("kv/two");
    }

    @Test
    void readsTheExampleOfTheDocs() throws IOException {
        String page = Files.readString(Path.of("docs/commands.md"));
        Matcher example =
                Pattern.compile("```yaml\\n(targets:.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(example.find()).isTrue();
        assertThat(parse(example.group(1), VAULT))
                .containsExactly(
                        new FleetTarget("acme", "tenant_acme", null, null),
                        new FleetTarget("globex", null, "globex", null),
                        new FleetTarget("initech", null, null, "kv/tenants/initech"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                         | 1:1  | the key targets is missing",
                "'targets: []'                              | 1:10 | targets is empty",
                "'targets: {a: b}'                          | 1:10 | targets must be a list, not a mapping",
                "'target: []'                               | 1:1  | unknown key target (did you mean targets?)",
                "'targets: [{schema: x}]'                   | 1:11 | targets[0] lacks the key name",
                "'targets: [{name: a, shema: x}]'           | 1:21 | unknown key targets[0].shema (did you mean schema?)",
                "'targets: [{name: a, schema: pg_x}]'       | 1:29 | targets[0].schema is \"pg_x\"",
                "'targets: [{name: a, database: \"x \"}]'    | 1:31 | targets[0].database is \"x \"",
                "'targets: [{name: a, bundle: x}]'          | 1:21 | unknown key targets[0].bundle",
                "'targets: [{name: a b}]'                   | 1:18 | targets[0].name must be letters",
                "'targets: [{name: a, schema: }]'           | 1:28 | targets[0].schema is empty",
                "'targets: [{name: a, schema: [x]}]'        | 1:29 | targets[0].schema must be text, not a list",
                "'targets: [{name: a}, {name: a, schema: x}]' | 1:29 | the target a is there twice",
                "'targets: [{name: a}, {name: b}]'          | 1:22 | the target b leads to the same schema as a",
                "'targets: [{name: a}, {name: b, schema: common}]' | 1:22 | the target b leads to the same schema as a",
            })
    void refusesWhatCannotBeMeant(String yaml, String position, String message) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, () -> parse(yaml, VAULT));
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).startsWith("fleet.yaml:" + position + ": " + message);
    }

    @Test
    void aSecretNeedsVault() {
        Settings without = new Settings(Map.of(), Map.of(), name -> null);
        SchemajobException e = catchThrowableOfType(
                SchemajobException.class, () -> parse("targets: [{name: a, secret: kv/a}]", without));
        assertThat(e.failure().message()).isEqualTo("fleet.yaml:1:29: a secret needs VAULT_ADDR.");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        SchemajobException e =
                catchThrowableOfType(SchemajobException.class, () -> TextFile.read(Path.of("nowhere/fleet.yaml")));
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).isEqualTo("nowhere/fleet.yaml: there is no such file.");
    }

    private static List<FleetTarget> parse(String yaml, Settings common) {
        return TargetFile.read(new TextFile("fleet.yaml", yaml), common, false);
    }
}
