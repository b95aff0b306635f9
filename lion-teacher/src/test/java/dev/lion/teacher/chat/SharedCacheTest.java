package dev.lion.teacher.chat;

import static dev.lion.teacher.chat.CountingModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real processes with one cache. */
class SharedCacheTest {
    private static final int QUESTIONS = 1500;

    @TempDir
    private Path temp;

    @Test
    void chat_twoProcessesAtTheSameTime_keepEveryReplyAndFailNever() throws Exception {
        Process one = start("one", "other");
        Process other = start("other", "one");
        List<Long> first = figures(one, "one");
        List<Long> second = figures(other, "other");

        for (List<Long> figures : List.of(first, second)) {
            assertThat(figures.get(0) + figures.get(1)).as("hits and misses").isEqualTo(QUESTIONS);
            assertThat(figures.get(2)).as("failures").isZero();
        }
        CountingModel model = CountingModel.numbering();
        try (var cache = CachingChatModel.open(model, temp.resolve("cache.db"))) {
            for (int i = 0; i < QUESTIONS; i++) {
                assertThat(cache.chat(request("question " + i)).aiMessage().text())
                        .isEqualTo("about question " + i);
            }
        }
        assertThat(model.calls()).isZero();
    }

    private Process start(String name, String other) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", // starts faster
                        "-cp",
                        System.getProperty("java.class.path"),
                        CacheProcess.class.getName(),
                        temp.resolve("cache.db").toString(),
                        temp.resolve(name + ".ready").toString(),
                        temp.resolve(other + ".ready").toString(),
                        Integer.toString(QUESTIONS))
                .redirectOutput(temp.resolve(name + ".out").toFile())
                .redirectError(temp.resolve(name + ".err").toFile())
                .start();
    }

    private List<Long> figures(Process process, String name) throws Exception {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(temp.resolve(name + ".err")))
                    .isZero();
            return Splitter.on(' ')
                    .splitToStream(Files.readString(temp.resolve(name + ".out")).strip())
                    .map(Long::valueOf)
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
