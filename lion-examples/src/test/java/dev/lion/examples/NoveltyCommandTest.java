package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoveltyCommandTest {
    @TempDir
    private Path temp;

    @Test
    void novelty_exact_printsScoreAndFirstNearestOfEveryCandidate() throws Exception {
        Path pool = file("pool", "{\"instruction\": \"x y z\"}", "", "{\"instruction\": \"a b\", \"input\": \"c d\"}");
        Path candidates = file(
                "candidates",
                "{\"instruction\": \"a b c d\"}",
                "{\"instruction\": \"a x b y\", \"input\": null}",
                "{\"instruction\": \"none of them\"}",
                "{\"instruction\": \"\"}");

        ChildProgram.Ended ended = novelty(pool, candidates, "--exact");

        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines())
                .containsExactly(
                        "{\"index\":0,\"novel\":false,\"score\":1.0,\"nearest\":1}",
                        "{\"index\":1,\"novel\":true,\"score\":0.5714285714285715,\"nearest\":0}",
                        "{\"index\":2,\"novel\":true,\"score\":0.0,\"nearest\":0}",
                        "{\"index\":3,\"novel\":true,\"score\":0.0,\"nearest\":0}");
    }

    @Test
    void novelty_withoutExact_printsScoreAndNearestOfWhatIsNotNew() throws Exception {
        Path pool = file("pool", "{\"instruction\": \"写一首诗\"}", "{\"instruction\": \"a b c d\"}");
        Path candidates = file("candidates", "{\"instruction\": \"写一首歌\"}", "{\"instruction\": \"q\"}");

        ChildProgram.Ended ended = novelty(pool, candidates, "--unicode", "--max", "0.5");

        assertThat(ended.out().lines())
                .containsExactly(
                        "{\"index\":0,\"novel\":false,\"score\":0.75,\"nearest\":0}", "{\"index\":1,\"novel\":true}");
    }

    @Test
    void novelty_emptyPool_hasNoNearest() throws Exception {
        ChildProgram.Ended ended = novelty(file("pool"), file("candidates", "{\"instruction\": \"a b\"}"), "--exact");

        assertThat(ended.out()).isEqualTo("{\"index\":0,\"novel\":true,\"score\":0.0,\"nearest\":-1}\n");
    }

    @Test
    void novelty_faultyLines_namesFileLinesAndFieldsAndPrintsNothing() throws IOException {
        Path pool = file("pool", "{\"instruction\": \"fine\"}");
        Path candidates = file(
                "candidates",
                "{\"instruction\": \"fine\"}",
                "{\"instruction\": 7}",
                "{\"text\": \"a\"}",
                "no json",
                "{\"instruction\": \"a\", \"input\": []}",
                "[]");
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();

        int code = run(out, err, pool, candidates);

        assertThat(code).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(candidates.toString(), "5 faulty lines")
                .contains("line 2: field \"instruction\": expected text, found 7")
                .contains("line 3: field \"instruction\" is missing")
                .contains("line 4: is not a JSON object")
                .contains("line 5: field \"input\": expected text, found a list")
                .contains("line 6: expected a JSON object, found a list");
    }

    @Test
    void novelty_missingFile_isNamed() throws IOException {
        var err = new ByteArrayOutputStream();

        int code = run(new ByteArrayOutputStream(), err, temp.resolve("none"), file("candidates"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(temp.resolve("none") + ": there is no such file");
    }

    @Test
    void benchNovelty_smallPool_printsATableWithMemoryAndGrowth() throws IOException {
        var out = new ByteArrayOutputStream();
        Path pool = temp.resolve("pool");
        Files.write(
                pool,
                IntStream.range(0, 1200)
                        .mapToObj(i -> "{\"instruction\": \"write a text about " + i + " and " + i % 7 + "\"}")
                        .toList());

        int code = execute(
                out,
                new ByteArrayOutputStream(),
                "bench",
                "novelty",
                "--pool=" + pool,
                "--items=2500",
                "--candidates=10",
                "--plain=1");

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "1,190  held out",
                        "2,500  near-dupl.",
                        "maximum",
                        "bytes a text",
                        "1,190 to 2,500 texts, x2.1");
    }

    @Test
    void bench_withoutMeasurement_listsThem() {
        var err = new ByteArrayOutputStream();

        int code = execute(new ByteArrayOutputStream(), err, "bench");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("novelty");
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(temp.resolve(name + ".jsonl"), List.of(lines));
    }

    private ChildProgram.Ended novelty(Path pool, Path candidates, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("novelty", "--pool", pool.toString(), "--candidates", candidates.toString()));
        arguments.addAll(List.of(options));
        return ChildProgram.start(temp, arguments).end();
    }

    private static int run(ByteArrayOutputStream out, ByteArrayOutputStream err, Path pool, Path candidates) {
        return execute(out, err, "novelty", "--pool", pool.toString(), "--candidates", candidates.toString());
    }

    private static int execute(ByteArrayOutputStream out, ByteArrayOutputStream err, String... arguments) {
        PrintStream standardOut = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            return Main.commandLine()
                    .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                    .execute(arguments);
        } finally {
            System.setOut(standardOut);
        }
    }
}
