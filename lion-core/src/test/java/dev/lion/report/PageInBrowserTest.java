package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.data.Instruction;
import dev.lion.testing.Browser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser, in headless Chromium; see {@link Browser} for where it is looked for. */
@Tag("slow")
class PageInBrowserTest {
    private static final String LONG_WORD = "w".repeat(3000);
    private static final String SHOWN = "document.querySelectorAll('[data-item]:not([hidden])').length";

    @TempDir
    private static Path temp;

    private static Optional<Browser> started = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Browser.find();
        assumeTrue(program.isPresent(), "skipped: no Chromium on the PATH or in LION_CHROMIUM");
        started = Optional.of(Browser.start(program.get(), Files.createDirectory(temp.resolve("profile"))));
    }

    @AfterAll
    static void close() {
        started.ifPresent(Browser::close);
    }

    private static Browser browser() {
        return started.orElseThrow();
    }

    private static URI run(String name, ReportFixture fixture) throws Exception {
        Path file = temp.resolve(name + ".html");
        HtmlReport.of(fixture.build()).writeTo(file);
        return file.toUri();
    }

    private static URI experiment(String name, ExperimentFixture fixture) throws Exception {
        Path file = temp.resolve(name + ".html");
        ExperimentReport.of(fixture.build()).writeTo(file);
        return file.toUri();
    }

    @Test
    void page_anyRunOrExperiment_complainsOfNothingAndAsksForNothing() throws Exception {
        for (URI page : List.of(
                run("three", ReportFixture.seeded(1).families()),
                run("nothing", ReportFixture.seeded(2).iterations(0, 3)),
                run("hostile", Hostile.run()),
                experiment("five", ExperimentFixture.seeded(1)),
                experiment("twelve", ExperimentFixture.seeded(2).size(12, 4, 16)),
                experiment("hostile-experiment", ExperimentFixture.seeded(3).words(Hostile::text)))) {
            Browser.Tab tab = browser().open(page);

            assertThat(tab.complaints()).as(page.toString()).isEmpty();
            assertThat(tab.requests()).containsExactly(page.toString());
        }
    }

    @Test
    void page_hostileTexts_areShownAsText() throws Exception {
        String surrogate = "half \ud83d of a pair";
        ReportFixture fixture = Hostile.run()
                .with(
                        Instruction.of(Hostile.text("long " + LONG_WORD)),
                        surrogate,
                        "\u202eright to left \u2066isolated");
        Browser.Tab tab = browser().open(run("texts", fixture));

        String text = tab.evaluate("document.body.textContent").textValue();
        for (String place : List.of("puzzle-desk", "seed", "input", "teacher", "student", "0.7")) {
            assertThat(text).contains(Hostile.seen(place));
        }
        assertThat(text).contains("half \ufffd of a pair", "[U+202E]right to left [U+2066]isolated");
        assertThat(tab.evaluate(
                                "document.querySelectorAll('img, script[src], iframe').length + document.scripts.length")
                        .intValue())
                .isEqualTo(1);
        for (int width : new int[] {400, 1200}) {
            tab.resize(width, 900);
            tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
            assertThat(tab.evaluate("document.documentElement.scrollWidth").intValue())
                    .isLessThanOrEqualTo(width);
        }
    }

    @Test
    void search_wordsInAnyCase_showsThoseThatHoldAllOfThem() throws Exception {
        Browser.Tab tab = browser().open(run("search", ReportFixture.seeded(1).seeds(200)));
        int all =
                tab.evaluate("document.querySelectorAll('[data-item]').length").intValue();

        type(tab, "search-text", "  WHICH day ");
        int found = tab.evaluate(SHOWN).intValue();
        assertThat(found).isBetween(1, all - 1);
        assertThat(tab.evaluate(
                                "Array.from(document.querySelectorAll('[data-item]')).every(item => "
                                        + "['which', 'day'].every(w => item.textContent.toLowerCase().includes(w)) !== item.hidden)")
                        .booleanValue())
                .isTrue();
        assertThat(tab.evaluate("document.querySelector('.count').textContent").textValue())
                .isEqualTo(found + " of " + all + " shown");

        type(tab, "search-text", "no such words anywhere <b>");
        assertThat(tab.evaluate(SHOWN).intValue()).isZero();
        type(tab, "search-text", "");
        assertThat(tab.evaluate(SHOWN).intValue()).isEqualTo(all);
    }

    @Test
    void filter_iterationDifficultyGapAndFamily_showWhatFitsAllOfThem() throws Exception {
        Browser.Tab tab =
                browser().open(run("filter", ReportFixture.seeded(1).families().seeds(200)));

        choose(tab, "search-iteration", "2");
        assertThat(values(tab, "iteration")).isNotEmpty().containsOnly("2");
        choose(tab, "search-difficulty", "hard");
        choose(tab, "search-gap", "2");
        assertThat(values(tab, "difficulty")).isNotEmpty().containsOnly("hard");
        assertThat(values(tab, "gap")).allMatch(gap -> Double.parseDouble(gap) >= 2);
        String family = values(tab, "family").get(0);
        choose(tab, "search-family", family);
        assertThat(values(tab, "family")).isNotEmpty().containsOnly(family);
        assertThat(values(tab, "iteration")).containsOnly("2");
    }

    @Test
    void page_withoutScript_showsEverySampleAndNoControls() throws Exception {
        URI page = run("plain", ReportFixture.seeded(1));
        Browser.Tab tab = browser().open(page, false);

        assertThat(tab.evaluate("document.querySelectorAll('.controls[hidden]').length")
                        .intValue())
                .isEqualTo(1);
        assertThat(tab.evaluate("document.querySelector('.controls').getClientRects().length")
                        .intValue())
                .isZero();
        assertThat(tab.evaluate("Array.from(document.querySelectorAll('[data-item]'))"
                                + ".every(item => item.getClientRects().length > 0)")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void table_headClicked_isSortedByItAndBackwardsTheSecondTime() throws Exception {
        Browser.Tab tab = browser().open(experiment("sort", ExperimentFixture.seeded(1)));

        click(tab, "table.runs thead th:nth-child(3) button");
        List<Double> up = column(tab, 3);
        assertThat(up).hasSize(15).isSorted();
        click(tab, "table.runs thead th:nth-child(3) button");
        assertThat(column(tab, 3))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                .hasSameElementsAs(up);
        assertThat(tab.evaluate("document.querySelector('table.runs th[aria-sort]').getAttribute('aria-sort')")
                        .textValue())
                .isEqualTo("descending");
        type(tab, "runs-text", "epochs");
        assertThat(tab.evaluate(SHOWN).intValue()).isEqualTo(5);
    }

    @Test
    void curves_otherAxisChosen_showsThePanelsOverIt() throws Exception {
        Browser.Tab tab = browser().open(experiment("axes", ExperimentFixture.seeded(1)), false);
        assertThat(seen(tab, "by-iteration")).isTrue();
        assertThat(seen(tab, "by-tokens")).isFalse();

        click(tab, "label[for=across-tokens]");
        assertThat(seen(tab, "by-iteration")).isFalse();
        assertThat(seen(tab, "by-tokens")).isTrue();
    }

    private static boolean seen(Browser.Tab tab, String panels) {
        return tab.evaluate("document.querySelector('." + panels + "').getClientRects().length > 0")
                .booleanValue();
    }

    private static void click(Browser.Tab tab, String selector) {
        tab.evaluate("document.querySelector('" + selector + "').click()");
    }

    private static void type(Browser.Tab tab, String id, String text) {
        tab.evaluate("{ const field = document.getElementById('" + id + "'); field.value = '" + text
                + "'; field.dispatchEvent(new Event('input', { bubbles: true })); }");
    }

    private static void choose(Browser.Tab tab, String id, String value) {
        type(tab, id, value);
    }

    private static List<String> values(Browser.Tab tab, String name) {
        return texts(tab.evaluate("Array.from(document.querySelectorAll('[data-item]:not([hidden])'))"
                + ".map(item => item.getAttribute('data-" + name + "'))"));
    }

    private static List<Double> column(Browser.Tab tab, int number) {
        return texts(tab.evaluate("Array.from(document.querySelectorAll('table.runs tbody tr'))"
                        + ".map(row => row.cells[" + (number - 1) + "].getAttribute('data-value'))"))
                .stream()
                .map(Double::valueOf)
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.textValue()));
        return texts;
    }
}
