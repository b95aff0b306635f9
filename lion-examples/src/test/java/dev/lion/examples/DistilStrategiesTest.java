package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.run.RunDirectory;
import dev.lion.teacher.ChatCompletionsServer;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code distil} with a student that is really trained, under other strategies than the paper's. */
@Tag("slow")
class DistilStrategiesTest {
    @TempDir
    private Path temp;

    private final ScriptedChatModel script = new ScriptedChatModel();
    private String printed = "";

    private int distil(ChatCompletionsServer server, String... more) throws IOException {
        Path seeds = Files.write(
                temp.resolve("seeds.jsonl"),
                IntStream.range(0, 6)
                        .mapToObj(i -> "{\"instruction\": \"Say the word w" + i + " loudly, please\"}")
                        .toList());
        List<String> arguments = new ArrayList<>(List.of(
                "distil",
                "--teacher-url=" + server.baseUrl(),
                "--teacher-model=scripted",
                "--key-env=LION_TEST_KEY",
                "--seeds=" + seeds,
                "--out=" + temp.resolve("run"),
                "--generate=4",
                "--epochs=1",
                "--max-new-tokens=4"));
        arguments.addAll(List.of(more));
        var out = new ByteArrayOutputStream();
        PrintStream standardOut = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            return Main.commandLine()
                    .setErr(new PrintWriter(out, true, StandardCharsets.UTF_8))
                    .execute(arguments.toArray(String[]::new));
        } finally {
            System.setOut(standardOut);
            printed = out.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void distil_seedsNearTheEvaluation_saysHowManyBeforeAnythingIsAsked() throws IOException {
        Path items = Files.writeString(
                temp.resolve("near.json"),
                "{\"examples\": [{\"input\": \"Say the word w1 loudly, please\", \"target\": \"w1\"}]}");
        try (var server = ChatCompletionsServer.start(script::reply)) {
            assertThat(distil(server, "--evaluate=" + items, "--estimate")).isZero();
            assertThat(server.requests()).isEmpty();
        }
        assertThat(printed).contains("note: 6 seeds near an item of the evaluation"); // they differ in one word of six
    }

    @Test
    void distil_accumulateFromTheBaseKeepingTheBest_runsAndContinues() throws IOException {
        Path items = Files.writeString(
                temp.resolve("echo.json"), "{\"examples\": [{\"input\": \"Say a\", \"target\": \"a\"}]}");
        String[] strategies = {
            "--train-pool=accumulate", "--student-start=base", "--parents=lineage", "--evaluate=" + items, "--keep-best"
        };
        try (var server = ChatCompletionsServer.start(script::reply)) {
            assertThat(distil(server, withIterations(1, strategies))).isZero();
            assertThat(distil(server, withIterations(2, strategies))).isZero();
        }
        assertThat(printed).contains("continuing", "Accuracy on held-out items", "iter. 2");
        assertThat(script.taught()).hasSize(6 + 2 * 4).doesNotHaveDuplicates();
        assertThat(temp.resolve("run/student/base/model.safetensors")).exists();
        try (RunDirectory run = RunDirectory.read(temp.resolve("run"))) {
            assertThat(run.summaries()).extracting(each -> each.trainPool()).containsExactly(6, 10, 14);
            assertThat(run.manifest().settings().get("evaluation")).startsWith("1 item, ");
        }
    }

    @Test
    void distil_hardShareDoesNotFall_endsAndSaysWhy() throws IOException {
        try (var server = ChatCompletionsServer.start(script::reply)) {
            assertThat(distil(server, "--iterations=3", "--stop-at-plateau=0.5", "--hard-to-easy=0:1"))
                    .isZero();
        }
        assertThat(printed).contains("The run ended early: the hard share is on a plateau");
        assertThat(temp.resolve("run/report.html"))
                .content()
                .contains("The run ended early: ", "2 iterations finished \u00b7 ended early");
    }

    private static String[] withIterations(int iterations, String... strategies) {
        List<String> all = new ArrayList<>(List.of(strategies));
        all.add("--iterations=" + iterations);
        return all.toArray(String[]::new);
    }
}
