package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunManifest;
import dev.lion.teacher.ChatCompletionsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    @TempDir
    private Path temp;

    /** What a command printed and returned. */
    private record Outcome(int code, String out, String err) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quickstart",
                "distil",
                "finetune",
                "export",
                "chat",
                "serve",
                "cascade",
                "evaluate",
                "report",
                "watch",
                "agreement",
                "solve",
                "novelty",
                "experiment",
                "bench"
            })
    void help_ofEachCommand_explainsItAndSucceeds(String command) {
        Outcome outcome = run(command, "--help");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("Usage: lion-examples " + command);
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void run_withoutArguments_listsTheCommands() {
        assertThat(run().out()).contains("quickstart", "distil", "chat", "evaluate");
    }

    @Test
    void run_unknownCommand_exitsWith2AndSuggests() {
        Outcome outcome = run("quickstrat");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("error: Unmatched argument", "'quickstrat'", "quickstart");
    }

    @Test
    void run_unknownOption_exitsWith2AndNamesIt() {
        Outcome outcome = run("quickstart", "--sede=3");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("--sede=3", "--seed", "Try: lion-examples quickstart --help");
    }

    @Test
    void quickstart_unusableNumbers_namesAllOfThemAndWritesNothing() {
        Path out = temp.resolve("run");

        Outcome outcome = run(
                "quickstart",
                "--seeds=0",
                "--iterations=-1",
                "--epochs=0",
                "--held-out=0",
                "--generate=-3",
                "--out=" + out);

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--seeds", "--iterations", "--epochs", "--held-out", "--generate", "but is -3")
                .doesNotContain("Exception");
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:8000/v1", "ftp://host/v1", "https://me:secret-123@/v1", "http://secret-123 x/v1", ""})
    void distil_notAFullUrl_isRefusedTogetherWithOtherFaultsAndNotRepeated(String url) {
        Outcome outcome = run(
                "distil",
                "--teacher-url=" + url,
                "--teacher-model=m",
                "--seeds=none.jsonl",
                "--out=" + temp.resolve("run"),
                "--learning-rate=NaN",
                "--batch=0");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--teacher-url must be", "http://localhost:8000/v1", "--learning-rate", "--batch")
                .doesNotContain("secret-123", "Exception");
        assertThat(temp.resolve("run")).doesNotExist();
    }

    @Test
    void distil_urlWithPassword_storesAndPrintsNoneOfIt() throws IOException {
        var script = new ScriptedChatModel();
        try (var server = ChatCompletionsServer.start(script::reply)) {
            String url = server.baseUrl().replace("http://", "http://me:secret-123@");

            Outcome outcome = distil(url, seeds(6));

            assertThat(outcome.out() + outcome.err()).doesNotContain("secret-123");
            assertThat(temp.resolve("run/run.json")).content().doesNotContain("secret-123");
        }
    }

    @Test
    void distil_noServer_saysWhatToCheckAndThatTheSameCommandContinues() throws IOException {
        ChatCompletionsServer gone = ChatCompletionsServer.start(request -> ChatCompletionsServer.completion("no"));
        gone.close();

        Outcome outcome = distil(gone, seeds(1));

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("no server can be reached", "base URL", "the same command continues")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--temperature=NaN", "--temperature=-1", "--max-new-tokens=0"})
    void chat_unusableNumber_exitsWith2AndNamesIt(String option) {
        Outcome outcome = run("chat", "--student", temp.toString(), option, "hello");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(option.substring(0, option.indexOf('=')))
                .doesNotContain("Exception");
    }

    @Test
    void report_diskFull_namesThePageAndTheReason() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "skipped: there is no /dev/full to stand for a full disk");
        var seeds = InstructionPool.of(List.of(Instruction.of("Say yes")));
        try (var run = RunDirectory.open(temp.resolve("run"))) {
            run.begin(RunManifest.of(1, seeds, Map.of(), Map.of()), seeds);
        }
        Path page = temp.resolve("page.html");
        Files.createSymbolicLink(temp.resolve("page.html.pending"), Path.of("/dev/full"));

        Outcome outcome = run("report", temp.resolve("run").toString(), "--out", page.toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("could not write " + page, "No space left")
                .doesNotContain("Exception");
    }

    @Test
    void agreement_runWithoutJudgements_printsNothing() {
        var seeds = InstructionPool.of(List.of(Instruction.of("Say yes")));
        try (var run = RunDirectory.open(temp.resolve("run"))) {
            run.begin(RunManifest.of(1, seeds, Map.of(), Map.of()), seeds);
        }

        Outcome outcome = run("agreement", temp.resolve("run").toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void distil_missingSeedFile_exitsWith1AndNamesItBeforeAnyCall() throws IOException {
        try (var server = ChatCompletionsServer.start(request -> ChatCompletionsServer.completion("no"))) {
            Outcome outcome = distil(server, temp.resolve("none.jsonl"));

            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.err()).contains("none.jsonl");
            assertThat(server.requests()).isEmpty();
            assertThat(temp.resolve("run")).doesNotExist();
        }
    }

    @Test
    void distil_seedsOfNeitherFormat_namesFileLineAndWhatWasExpected() throws IOException {
        Path seeds = Files.writeString(temp.resolve("seeds.jsonl"), "{\"instruction\": \"Say yes\"}\nSay no\n");
        try (var server = ChatCompletionsServer.start(request -> ChatCompletionsServer.completion("no"))) {
            Outcome outcome = distil(server, seeds);

            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.err()).contains("seeds.jsonl", "line 2", "instruction");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void distil_directoryWithOtherFiles_isRefusedAndLeftAlone() throws IOException {
        Files.createDirectory(temp.resolve("run"));
        Files.writeString(temp.resolve("run/thesis.txt"), "mine");
        try (var server = ChatCompletionsServer.start(request -> ChatCompletionsServer.completion("no"))) {
            Outcome outcome = distil(server, seeds(4));

            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.err()).contains("error: ", temp.resolve("run").toString());
            assertThat(temp.resolve("run/thesis.txt")).hasContent("mine");
        }
    }

    @Test
    void distil_directoryOfARunWithOtherSettings_showsTheDifference() throws IOException {
        var script = new ScriptedChatModel();
        try (var server = ChatCompletionsServer.start(script::reply)) {
            assertThat(distil(server, seeds(6)).code()).isZero();
            int asked = server.requests().size();

            Outcome outcome = distil(server, seeds(6), "--seed", "43");

            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.err()).contains("seed", "42", "43");
            assertThat(server.requests()).hasSize(asked);
        }
    }

    @Test
    void distil_authenticationFailsHalfway_sameCommandLaterContinuesAndPaysNothingTwice() throws IOException {
        var script = new ScriptedChatModel();
        boolean[] revoked = {false};
        try (var server = ChatCompletionsServer.start(request -> {
            if (script.taught().size() >= 4 && !revoked[0]) {
                return ChatCompletionsServer.status(401, "{\"error\": {\"message\": \"key secret-123 is revoked\"}}");
            }
            return script.reply(request);
        })) {
            Outcome failed = distil(server, seeds(8), "--concurrency", "1");
            assertThat(failed.code()).isEqualTo(1);
            assertThat(failed.err()).contains("error: ").doesNotContain("secret-123");
            revoked[0] = true;

            Outcome continued = distil(server, seeds(8), "--concurrency", "1");

            assertThat(continued.code()).isZero();
            assertThat(continued.out()).contains("continuing", "chat --student");
            assertThat(script.taught()).hasSize(8 + 4).doesNotHaveDuplicates();
        }
    }

    @Test
    void distil_estimate_printsTheTableAsksNobodyAndWritesNothing() throws IOException {
        try (var server = ChatCompletionsServer.start(request -> ChatCompletionsServer.completion("no"))) {
            Outcome outcome = distil(server, seeds(30), "--estimate", "--price-input=0.15", "--price-output=0.6");

            assertThat(outcome.code()).isZero();
            assertThat(outcome.out())
                    .contains("iteration 1  discrimination, referee", "total", "$", "time: about", "assumed")
                    .contains("scripted costs $0.15 for a million tokens read, $0.60 written");
            assertThat(server.requests()).isEmpty();
            assertThat(temp.resolve("run")).doesNotExist();
        }
    }

    @Test
    void distil_budgetReached_exitsWith3AndALargerOneContinues() throws IOException {
        var script = new ScriptedChatModel();
        try (var server = ChatCompletionsServer.start(script::reply)) {
            String[] priced = {"--price-input=2", "--price-output=8", "--concurrency=2"};
            Outcome stopped = distil(server, seeds(8), with(priced, "--budget-calls=5"));
            int asked = server.requests().size();
            Outcome done = distil(server, seeds(8), with(priced, "--budget=5", "--budget-time=2h"));

            assertThat(stopped.code()).isEqualTo(3);
            assertThat(stopped.out())
                    .contains("expected cost: $", "The run stopped early: the budget is reached", "5 of 5 calls spent")
                    .contains("Spent so far", "teacher")
                    .doesNotContain("chat --student");
            assertThat(asked).isEqualTo(5);
            assertThat(done.code()).isZero();
            assertThat(script.taught()).hasSize(8 + 4).doesNotHaveDuplicates();
            assertThat(temp.resolve("run/report.html")).content().contains("What the calls took");
        }
    }

    @Test
    void distil_moneyWithoutAPrice_isRefusedTogetherWithOtherFaults() throws IOException {
        try (var server = ChatCompletionsServer.start(request -> ChatCompletionsServer.completion("no"))) {
            Outcome outcome = distil(server, seeds(1), "--budget=5", "--budget-calls=0", "--batch=0");

            assertThat(outcome.code()).isEqualTo(2);
            assertThat(outcome.err())
                    .contains("--budget needs the price of the model scripted", "--price-input", "--budget-calls")
                    .contains("--batch");
            assertThat(server.requests()).isEmpty();
            assertThat(distil(server, seeds(1), "--price-input=1").err()).contains("must be given together");
            assertThat(distil(server, seeds(1), "--budget-time=soon").err()).contains("such as 90m, 2h or 1d");
        }
    }

    private static String[] with(String[] options, String... more) {
        return Stream.concat(Arrays.stream(options), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void chatAndEvaluate_studentOfARun_answerAndCount() throws IOException {
        var script = new ScriptedChatModel();
        try (var server = ChatCompletionsServer.start(script::reply)) {
            assertThat(distil(server, seeds(6)).code()).isZero();
        }
        String run = temp.resolve("run").toString();
        Path tasks = Files.createDirectory(temp.resolve("tasks"));
        Files.writeString(tasks.resolve("echo.json"), "{\"examples\": [{\"input\": \"Say a\", \"target\": \"a\"}]}");

        assertThat(run("chat", "--student", run, "--max-new-tokens", "4", "Say the word")
                        .code())
                .isZero();
        Outcome table = run("evaluate", "--student", run, "--bbh", tasks.toString(), "--max-new-tokens", "4");
        Outcome json =
                run("evaluate", "--student", run, "--bbh", tasks.toString(), "--max-new-tokens", "4", "--json", "-");

        assertThat(table.out()).contains("echo", "accuracy", "mean of the tasks");
        assertThat(json.out()).contains("\"tasks\"", "\"echo\"", "\"total\" : 1");
    }

    @Test
    void chat_folderWithoutWeights_namesTheMissingFile() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("student"));
        Files.writeString(folder.resolve("config.json"), "{}");

        Outcome outcome = run("chat", "--student", folder.toString(), "hello");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains(folder.toString());
    }

    private Outcome distil(ChatCompletionsServer server, Path seeds, String... more) {
        return distil(server.baseUrl(), seeds, more);
    }

    private Outcome distil(String url, Path seeds, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "distil",
                "--teacher-url",
                url,
                "--teacher-model",
                "scripted",
                "--key-env",
                "LION_TEST_KEY",
                "--seeds",
                seeds.toString(),
                "--out",
                temp.resolve("run").toString(),
                "--iterations",
                "1",
                "--generate",
                "4",
                "--epochs",
                "1",
                "--max-new-tokens",
                "4"));
        arguments.addAll(Arrays.asList(more));
        return run(arguments.toArray(String[]::new));
    }

    private Path seeds(int count) throws IOException {
        return Files.write(
                temp.resolve("seeds.jsonl"),
                IntStream.range(0, count)
                        .mapToObj(i -> "{\"instruction\": \"Say the word w" + i + " loudly, please\"}")
                        .toList());
    }

    private static Outcome run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        PrintStream standardOut = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            CommandLine commandLine = Main.commandLine()
                    .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
            int code = commandLine.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
            return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(standardOut);
        }
    }
}
