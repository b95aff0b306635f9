package dev.lion.examples.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The solver on the public items, when they are at hand: in $LION_DATA, else in ../shared/data beside the checkout. */
class RealItemsTest {
    @Test
    void measure_publicItems_answersAllAsTheTargetsSay() throws Exception {
        List<SolverTable.Row> rows = SolverTable.measure(publicItems());

        SolverTable.print(publicItems(), System.out);
        assertThat(rows).hasSize(Puzzles.FAMILIES.size());
        assertThat(rows)
                .filteredOn(row -> !row.task().equals("date_understanding"))
                .allSatisfy(row -> assertThat(row.missed()).as(row.task()).isEmpty());
        // one public item holds that a marriage of 1958 has its fifth anniversary in 1961
        assertThat(rows)
                .filteredOn(row -> row.task().equals("date_understanding"))
                .allSatisfy(row -> assertThat(row.missed()).hasSizeLessThanOrEqualTo(1));
    }

    @Test
    void print_publicItems_endsWithTheSum() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        SolverTable.print(publicItems(), new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(Puzzles.FAMILIES.size() + 1)
                .last()
                .asString()
                .startsWith("all ");
    }

    private static Path publicItems() {
        Path data =
                Optional.ofNullable(System.getenv("LION_DATA")).map(Path::of).orElseGet(RealItemsTest::besideCheckout);
        Path items = data.resolve("bbh-sample");
        assumeTrue(Files.isDirectory(items), "skipped: no folder bbh-sample in LION_DATA or ../shared/data");
        return items;
    }

    /** The checkout is the working directory or, in a module's tests, its parent. */
    private static Path besideCheckout() {
        Path here = Path.of("").toAbsolutePath();
        Path beside = here.resolve("../shared/data").normalize();
        return Files.isDirectory(beside)
                ? beside
                : here.resolve("../../shared/data").normalize();
    }
}
