package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.App;
import io.schemajob.testing.BrowserPage;
import io.schemajob.testing.Chromium;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of {@code docs --format html} in a real browser that has no network. */
class HtmlPageIT {
    /** {@code -Dschemajob.picture=true} renews it. */
    private static final Path PICTURE = Path.of("docs/pictures/docs-html.png");

    private static final Path PAGES = TemporaryFolders.create("pages");
    private static final String VISIBLE =
            "[...document.querySelectorAll('#contents li:not([hidden]) a')].map(a => a.textContent).join()";
    private static final String WIDTH = "document.querySelector('#drawing svg').viewBox.baseVal.width";
    private static final String LEFT = "document.querySelector('#drawing svg').viewBox.baseVal.x";
    private static final String HOSTILE = "</script><img src=x onerror=\"window.hostile=1\">'\"&amp;";

    @AutoClose
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    static List<String> bundles() {
        return BundleLoader.builtInNames();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void showsEveryTableWithoutNetworkOrError(String bundle) {
        Schema schema =
                SchemaYaml.read(BundleLoader.load(bundle).file("schema.yaml").orElseThrow());
        try (BrowserPage page = open(bundle)) {
            assertThat(drawn(page))
                    .containsExactlyInAnyOrderElementsOf(schema.tables().keySet());
            assertThat(page.number("document.querySelectorAll('#drawing path.edge').length"))
                    .isEqualTo(schema.tables().values().stream()
                            .mapToInt(table -> table.foreignKeys().size())
                            .sum());
            assertThat(
                            page.is(
                                    """
                            (() => {
                              const boxes = [...document.querySelectorAll('#drawing .box')].map(b => b.getBBox());
                              return boxes.some((a, i) => boxes.some((b, k) => k > i && a.x < b.x + b.width
                                && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height));
                            })()
                            """))
                    .as("boxes overlap")
                    .isFalse();
            for (Table table : schema.tables().values()) {
                assertThat(page.number("document.getElementById('table.%s').querySelectorAll('tbody th').length"
                                .formatted(table.name())))
                        .isEqualTo(table.columns().size());
            }
            assertThat(
                            page.is(
                                    """
                            [...document.querySelectorAll('a[href]')].every(a =>
                              document.getElementById(a.getAttribute('href').slice(1)) !== null)
                            """))
                    .as("every link leads somewhere")
                    .isTrue();
            isUndisturbed(page);
        }
    }

    @Test
    void searchFindsTablesColumnsAndComments() {
        try (BrowserPage page = open("minion")) {
            page.key("/").type("FEEDB");
            assertThat(page.text(VISIBLE)).startsWith("feedback,").contains("recent_feedback_summary");
            page.key("Escape").type("working_mem");
            assertThat(page.text(VISIBLE)).isEqualTo("sessions");
            assertThat(page.text("document.querySelector('#contents li:not([hidden]) small').textContent"))
                    .isEqualTo("column working_memory");
            assertThat(page.text("document.getElementById('found').textContent"))
                    .startsWith("1 of ");
            page.key("Escape").type("outlives the session");
            assertThat(page.text(VISIBLE)).isEqualTo("activities");
            page.key("Escape").type("nowhere");
            assertThat(page.text(VISIBLE)).isEmpty();
            page.key("Escape");
            assertThat(page.text(VISIBLE)).contains("agents,", "tools,");
            isUndisturbed(page);
        }
    }

    @Test
    void everythingIsDoneByKeys() {
        try (BrowserPage page = open("minion")) {
            page.key("Tab");
            assertThat(page.text("document.activeElement.className")).isEqualTo("skip");
            assertThat(page.number("document.activeElement.getBoundingClientRect().left"))
                    .isNotNegative();
            page.key("Tab");
            assertThat(page.text("document.activeElement.id")).isEqualTo("search");
            page.type("agent").key("ArrowDown").key("ArrowDown").key("ArrowUp").key("ArrowDown");
            String link = page.text("document.activeElement.textContent");
            assertThat(page.text(VISIBLE).split(",")[1]).isEqualTo(link);
            page.key("Enter");
            assertThat(page.text("location.hash")).isEqualTo("#table." + link);
            assertThat(page.number("document.getElementById('table.%s').getBoundingClientRect().top".formatted(link)))
                    .isBetween(-5, 300);

            page.value("document.getElementById('drawing').focus()");
            int whole = page.number(WIDTH);
            page.key("+").key("+");
            assertThat(page.number(WIDTH)).isLessThan(whole * 7 / 10);
            int left = page.number(LEFT);
            page.key("ArrowRight");
            assertThat(page.number(LEFT)).isGreaterThan(left);
            for (int i = 0; i < 9; i++) {
                page.key("+");
            }
            page.key("Tab");
            assertThat(page.text("document.activeElement.getAttribute('class')"))
                    .isEqualTo("table");
            assertThat(
                            page.is(
                                    """
                            (() => {
                              const a = document.activeElement.getBoundingClientRect();
                              const b = document.getElementById('drawing').getBoundingClientRect();
                              return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
                            })()
                            """))
                    .as("the table with the focus is seen")
                    .isTrue();
            page.key("0");
            assertThat(page.number(WIDTH)).isEqualTo(whole);
            String table = page.text("document.activeElement.getAttribute('aria-label')");
            page.key("Enter");
            assertThat(page.text("location.hash")).isEqualTo("#table." + table);
            isUndisturbed(page);
        }
    }

    @Test
    void buttonsAndMouseMoveTheDiagram() {
        try (BrowserPage page = open("minion")) {
            int whole = page.number(WIDTH);
            page.click("#zoom-in");
            assertThat(page.number(WIDTH)).isLessThan(whole);
            page.click("#zoom-out").click("#zoom-out");
            assertThat(page.number(WIDTH)).isGreaterThan(whole);
            page.click("#zoom-fit");
            assertThat(page.number(WIDTH)).isEqualTo(whole);
            int left = page.number(LEFT);
            page.drag("#drawing", 120, 30);
            assertThat(page.number(LEFT)).isLessThan(left - 50);
            assertThat(page.text("location.hash")).as("a drag follows no link").isEmpty();
            isUndisturbed(page);
        }
    }

    @Test
    void tablesAroundOneAreShown() {
        try (BrowserPage page = open("minion")) {
            page.click("[aria-label='Show tools in the diagram']");
            assertThat(drawn(page)).containsExactlyInAnyOrder("tools", "agent_tools");
            assertThat(page.text("document.querySelector('#drawing .chosen').getAttribute('aria-label')"))
                    .isEqualTo("tools");
            choose(page, "steps", "2");
            assertThat(drawn(page)).containsExactlyInAnyOrder("tools", "agent_tools", "agents");
            choose(page, "around", "");
            assertThat(drawn(page)).hasSize(9);
            isUndisturbed(page);
        }
    }

    @Test
    void isLightAndDarkAndOnPaper() {
        try (BrowserPage page = open("agent-platform")) {
            String background = "getComputedStyle(document.body).backgroundColor";
            String light = page.media("screen", "light").text(background);
            assertThat(contrasts(page)).allMatch(contrast -> contrast >= 4.5);
            String dark = page.media("screen", "dark").text(background);
            assertThat(dark).isNotEqualTo(light);
            assertThat(contrasts(page)).allMatch(contrast -> contrast >= 4.5);
            page.media("print", "dark");
            assertThat(page.text(background)).isEqualTo(light);
            assertThat(page.text("getComputedStyle(document.querySelector('nav')).display"))
                    .isEqualTo("none");
            isUndisturbed(page);
        }
    }

    /** Of text and background, as WCAG computes it. */
    private static List<Double> contrasts(BrowserPage page) {
        return StreamSupport.stream(
                        page.value(
                                        """
                        (() => {
                          const light = (colour) => colour.match(/\\d+/g).slice(0, 3).map(Number).map(c => c / 255)
                            .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
                          const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                          const paper = light(getComputedStyle(document.body).backgroundColor);
                          const colours = ['body', 'a', 'h4', 'caption'].map(e =>
                            light(getComputedStyle(document.querySelector(e)).color));
                          const fill = (e) => light(getComputedStyle(document.querySelector('#drawing ' + e)).fill);
                          return [...colours.map(c => contrast(c, paper)), contrast(fill('.name'), fill('.title')),
                            contrast(fill('.quiet'), fill('.box'))];
                        })()
                        """)
                                .spliterator(),
                        false)
                .map(JsonNode::asDouble)
                .toList();
    }

    /** Names and comments are text, whatever they hold, in the page and in the diagram. */
    @Test
    void namesAreNoMarkup() throws IOException {
        String name = HOSTILE.replace("'", "''");
        ScriptFolder folder = ScriptFolder.create()
                .with("001_a.up.sql", "CREATE TABLE \"" + HOSTILE.replace("\"", "\"\"") + "\" (id int)")
                .with("bundle.yaml", "name: hostile\ntitle: '" + name + "'\n")
                .with(
                        "schema.yaml",
                        """
                        tables:
                          '%1$s':
                            comment: '%1$s'
                            columns:
                              '%1$s': {type: integer, nullable: false, default: "'%2$s'", comment: '%1$s'}
                            primary_key: ['%1$s']
                            checks:
                              '%1$s': "a = '%2$s'"
                          other:
                            columns:
                              a: integer
                            foreign_keys:
                              '%1$s': {columns: [a], table: '%1$s', references: ['%1$s']}
                        views:
                          '%1$s': {definition: "SELECT '%2$s'"}
                        """
                                .formatted(name, name.replace("\"", "\\\"")));
        try (BrowserPage page = open(folder.path().toString())) {
            assertThat(drawn(page)).containsExactlyInAnyOrder(HOSTILE, "other");
            assertThat(page.text("document.querySelector('h1').textContent")).isEqualTo("hostile: " + HOSTILE);
            assertThat(page.number("document.querySelectorAll('img, h1 script').length"))
                    .isZero();
            assertThat(page.number("document.scripts.length")).isEqualTo(2);
            page.key("/").type("onerror").key("ArrowDown").key("Enter");
            assertThat(page.text("document.querySelector(':target h3').textContent"))
                    .isEqualTo(HOSTILE);
            page.click("#drawing a.table");
            assertThat(page.is("'hostile' in window")).isFalse();
            isUndisturbed(page);

            page.value("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hostile=1\">')");
            page.value("new Promise(done => setTimeout(done, 200))");
            assertThat(page.is("'hostile' in window"))
                    .as("the policy of the page would stop it")
                    .isFalse();
            assertThat(page.problems()).anyMatch(problem -> problem.contains("Content Security Policy"));
        }
    }

    @Test
    void largeSchemaOpens() {
        String columns = IntStream.range(0, 20)
                .mapToObj(i -> "      c%d: {type: integer, comment: \"Column %d of this table\"}\n".formatted(i, i))
                .collect(Collectors.joining());
        StringBuilder yaml = new StringBuilder("tables:\n");
        for (int i = 0; i < 2000; i++) {
            yaml.append("  t%d:\n    columns:\n      id: {type: bigint, nullable: false}\n".formatted(i))
                    .append(columns)
                    .append("    primary_key: [id]\n    foreign_keys:\n")
                    .append("      t%d_fk: {columns: [c1], table: t%d, references: [id]}\n".formatted(i, i / 100));
        }
        ScriptFolder folder = ScriptFolder.create().with("schema.yaml", yaml.toString());
        try (BrowserPage page = open(folder.path().toString())) {
            assertThat(page.number("document.querySelectorAll('#contents li').length"))
                    .isEqualTo(2000);
            assertThat(drawn(page)).hasSize(60).contains("t0");
            assertThat(page.text("document.getElementById('drawn').textContent"))
                    .startsWith("60 of ");
            choose(page, "around", "table.t1700");
            assertThat(drawn(page)).containsExactlyInAnyOrder("t1700", "t17");
            page.key("/").type("t1999");
            assertThat(page.text(VISIBLE))
                    .as("the table, and what it refers to")
                    .isEqualTo("t1999,t19");
            isUndisturbed(page);
        }
    }

    @Test
    void schemaWithoutTablesHasNoDiagram() {
        ScriptFolder folder = ScriptFolder.create().with("schema.yaml", "tables: {}\n");
        try (BrowserPage page = open(folder.path().toString())) {
            assertThat(page.text("document.querySelector('main').textContent")).contains("no tables");
            assertThat(page.is("document.getElementById('diagram') === null")).isTrue();
            isUndisturbed(page);
        }
    }

    /** The docs show the page as it is now, or nearly so: fonts differ between machines. */
    @Test
    void docsHaveAPicture() throws IOException {
        try (BrowserPage page = open("agent-platform")) {
            byte[] picture = page.picture();
            if (Boolean.getBoolean("schemajob.picture")) {
                Files.createDirectories(PICTURE.getParent());
                Files.write(PICTURE, picture);
            }
            assertThat(picture).startsWith(0x89, 'P', 'N', 'G');
            assertThat(Files.size(PICTURE)).isBetween(10_000L, 200_000L);
            assertThat(Files.readString(Path.of("docs/commands.md"))).contains("](pictures/docs-html.png)");
        }
    }

    private static List<String> drawn(BrowserPage page) {
        return StreamSupport.stream(
                        page.value(
                                        "[...document.querySelectorAll('#drawing a.table')].map(a => a.getAttribute('aria-label'))")
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .toList();
    }

    private static void choose(BrowserPage page, String select, String value) {
        page.value(
                "(() => { const s = document.getElementById('%s'); s.value = '%s'; s.dispatchEvent(new Event('change')); })()"
                        .formatted(select, value));
    }

    private static void isUndisturbed(BrowserPage page) {
        assertThat(page.problems()).isEmpty();
        assertThat(page.requests()).hasSize(1).allMatch(request -> request.startsWith("file:///"));
    }

    private static BrowserPage open(String bundle) {
        App.Result result = App.command("docs", bundle, "--format", "html").run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        try {
            Path file = Files.createTempFile(PAGES, "page", ".html");
            Files.writeString(file, result.out());
            return chromium.open(file, 1280, 800);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
