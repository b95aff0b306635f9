package dev.lion.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The measurements of the loop run to their end and leave nothing behind; what they measure is not looked at. */
class LoopBenchTest {
    @TempDir
    Path temp;

    private String run(String... args) throws IOException {
        PrintStream before = System.out;
        var out = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            assertThat(new CommandLine(new BenchCommand()).execute(args)).isZero();
        } finally {
            System.setOut(before);
        }
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left).isEmpty();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void loop_smallPool_printsEveryStage() throws IOException {
        assertThat(run("loop", "--instructions", "60", "--generate", "4", "--dir", temp.toString()))
                .contains("60 instructions, 4 generated")
                .contains("imitation of the seeds", "discrimination", "generation", "the iteration");
    }

    @Test
    void pipeline_someUnanswered_countsTheTeachersCalls() throws IOException {
        assertThat(run("pipeline", "--items=40", "--scale=0.001", "--unanswered=0.5", "--dir", temp.toString()))
                .contains("40 items, 100 calls")
                .contains("of the slower bound");
    }
}
