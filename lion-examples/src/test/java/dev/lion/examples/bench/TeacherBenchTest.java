package dev.lion.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class TeacherBenchTest {
    @Test
    void teacher_twoSeconds_printsEveryClient() {
        PrintStream before = System.out;
        var out = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            assertThat(new CommandLine(new BenchCommand())
                            .execute("teacher", "--kinds=BUCKET,CONCURRENCY", "--rate=3000", "--seconds=1"))
                    .isZero();
        } finally {
            System.setOut(before);
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("3000 calls a minute allowed")
                .contains("lion, told nothing", "lion, told by headers", "own retry, 64 threads", "the paper's code")
                .contains("bucket that holds 1 s", "calls at the same time");
    }

    /** Asks all the time, and comes back when it is told to. */
    @ParameterizedTest
    @EnumSource(TeacherBench.Kind.class)
    void ask_tooOften_letsThroughWhatIsAllowed(TeacherBench.Kind kind) {
        ServerLimit limit = kind.limit(20, 120);
        double seconds = 120;
        int through = 0;
        double now = 0;
        while (now < seconds) {
            double pause = limit.ask(now, ServerLimit.MEAN_TOKENS);
            if (pause == 0) {
                through++;
                now += kind == TeacherBench.Kind.CONCURRENCY ? ServerLimit.MEAN_SECONDS / 22 : 0;
                if (kind == TeacherBench.Kind.CONCURRENCY) {
                    limit.end();
                }
            }
            now += pause;
        }
        double burst = kind == TeacherBench.Kind.MINUTE ? 60 * 20 : 40;
        assertThat((double) through)
                .isBetween(limit.allowedCalls(seconds) - 1, limit.allowedCalls(seconds) + burst + 1);
    }

    @Test
    void ask_tooManyAtTheSameTime_isRefusedUntilOneEnds() {
        var limit = new ServerLimit.Concurrent(2);
        assertThat(List.of(limit.ask(0, 1), limit.ask(0, 1), limit.ask(0, 1))).containsExactly(0.0, 0.0, 1.0);
        limit.end();
        assertThat(limit.ask(0, 1)).isZero();
    }
}
