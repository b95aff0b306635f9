package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunManifest;
import dev.lion.student.DjlStudent;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
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
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code evaluate} with a real small student, and a chat model behind a server on loopback. */
class EvaluateCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path students;

    @TempDir
    private Path temp;

    private final ScriptedChatModel script = new ScriptedChatModel();
    private String printed = "";
    private String errors = "";

    @BeforeAll
    static void saveAStudent() throws Exception {
        try (var tokenizer = StudentTokenizer.train(List.of("Which is it? Options: (A) one (B) two Yes No"), 300);
                var student = DjlStudent.builder()
                        .fromScratch(
                                DecoderConfig.builder()
                                        .vocabSize(tokenizer.vocabSize())
                                        .hiddenSize(16)
                                        .intermediateSize(32)
                                        .numHiddenLayers(1)
                                        .numAttentionHeads(2)
                                        .numKeyValueHeads(2)
                                        .headDim(8)
                                        .maxPositionEmbeddings(256)
                                        .build(),
                                tokenizer,
                                1)
                        .promptFormat(PromptFormat.plain())
                        .decoding(DecodingConfig.greedy(4))
                        .build()) {
            student.save(students);
        }
    }

    private int evaluate(String... arguments) {
        List<String> all = new ArrayList<>(List.of("evaluate"));
        all.addAll(List.of(arguments));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        PrintStream standardOut = System.out;
        PrintStream standardErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            return Main.commandLine()
                    .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                    .execute(all.toArray(String[]::new));
        } finally {
            System.setOut(standardOut);
            System.setErr(standardErr);
            printed = out.toString(StandardCharsets.UTF_8);
            errors = err.toString(StandardCharsets.UTF_8);
        }
    }

    private String tasks() throws IOException {
        Path tasks = Files.createDirectories(temp.resolve("tasks"));
        Files.writeString(tasks.resolve("letters.json"), """
                {"examples": [
                  {"input": "Which is it?\\nOptions:\\n(A) one\\n(B) two", "target": "(B)"},
                  {"input": "Which is not it?\\nOptions:\\n(A) one\\n(B) two", "target": "(A)"}]}
                """);
        Files.writeString(
                tasks.resolve("open.json"), "{\"examples\": [{\"input\": \"Sort b a\", \"target\": \"a b\"}]}");
        return "--bbh=" + tasks;
    }

    private String file(String name, String... lines) throws IOException {
        return Files.write(temp.resolve(name), List.of(lines)).toString();
    }

    @Test
    void evaluate_benchmarks_printsTheTableAndWritesBothFiles() throws IOException {
        String agi = file(
                "sat.jsonl",
                "{\"passage\": null, \"question\": \"1+1?\", \"options\": [\"(A)2\", \"(B)3\"], \"label\": \"A\"}");
        Path out = temp.resolve("out");
        assertThat(evaluate("--student=" + students, tasks(), "--agieval=" + agi, "--max-new-tokens=4", "--out=" + out))
                .as(errors)
                .isZero();
        assertThat(printed)
                .contains("BIG-Bench Hard: 2 tasks, 3 items, written answers", "AGIEval: 1 task, 1 item,", "chance")
                .contains(
                        "letters",
                        "open",
                        "sat",
                        "mean of the tasks",
                        "mean of the tasks with a choice",
                        "unread: answers that hold none")
                .contains("no pool is known: not checked for contamination");
        JsonNode json = JSON.readTree(out.resolve("evaluation.json").toFile());
        assertThat(json.at("/benchmarks/BIG-Bench Hard/tasks/letters/total").asInt())
                .isEqualTo(2);
        assertThat(json.at("/benchmarks/BIG-Bench Hard/tasks/letters/chance").asDouble())
                .isEqualTo(0.5);
        assertThat(out.resolve("items.jsonl")).content().hasLineCount(4);
        assertThat(evaluate(
                        "--student=" + students,
                        tasks(),
                        "--max-new-tokens=4",
                        "--against=" + out.resolve("items.jsonl")))
                .isZero();
        assertThat(printed).contains("on 3 items of both: +0.0 points", "0 gained, 0 lost");
    }

    @Test
    void evaluate_likelihood_choosesAmongTheOptions() throws IOException {
        assertThat(evaluate("--student=" + students, tasks(), "--likelihood", "--max-new-tokens=2", "--json=-"))
                .as(errors)
                .isZero();
        JsonNode bbh = JSON.readTree(printed).at("/benchmarks/BIG-Bench Hard");
        assertThat(bbh.at("/answers").asText()).isEqualTo("likeliest choice");
        assertThat(bbh.at("/tasks/letters/unread").asInt()).isZero();
    }

    @Test
    void evaluate_poolWithNearItems_leavesThemOutUnlessAsked() throws IOException {
        String pool = file(
                "pool.jsonl",
                "{\"instruction\": \"Which is it?\\nOptions:\\n(A) one\\n(B) three\"}",
                "{\"instruction\": \"Sing\"}");
        String[] usual = {"--student=" + students, tasks(), "--max-new-tokens=2", "--pool=" + pool};
        assertThat(evaluate(usual)).as(errors).isZero();
        assertThat(printed)
                .contains(
                        "3 items compared with 2 instructions of the pool: 2 near (ROUGE-L of 0.7 or more), 0 of them the same word for word; left out")
                .contains("BIG-Bench Hard: 1 task, 1 item,");
        List<String> keeping = new ArrayList<>(List.of(usual));
        keeping.add("--keep-near");
        assertThat(evaluate(keeping.toArray(String[]::new))).isZero();
        assertThat(printed).contains("measured all the same", "BIG-Bench Hard: 2 tasks, 3 items");
        Files.writeString(Path.of(pool), "{\"instruction\": \"Sort b a\"}");
        assertThat(evaluate(keeping.toArray(String[]::new))).isZero();
        assertThat(printed).contains("1 of them the same word for word; these are left out", "1 task, 2 items");
    }

    private String[] questions(ChatCompletionsServer server, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--questions="
                        + file(
                                "questions.jsonl",
                                "{\"question_id\": 1, \"category\": \"math\", \"text\": \"Say one\"}",
                                "{\"question_id\": 2, \"category\": \"prose\", \"text\": \"Say two\"}"),
                "--teacher-url=" + server.baseUrl(),
                "--teacher-model=scripted",
                "--key-env=LION_TEST_KEY",
                "--answer-tokens=4",
                "--out=" + temp.resolve("out")));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void evaluate_questions_comparesWithTheTeacherInBothOrdersAndPaysOnce() throws IOException {
        try (var server = ChatCompletionsServer.start(script::reply)) {
            assertThat(evaluate(questions(server, "--student=" + students)))
                    .as(errors)
                    .isZero();
            assertThat(server.requests()).hasSize(2 + 2 * 2 * 3);
            assertThat(printed)
                    .contains("evidence before the scores, 3 samples in each of both orders", "math", "prose")
                    .contains("2 questions, 0 without scores; 2 preferred otherwise", "is +1.00 points ahead");
            assertThat(evaluate(questions(server, "--student=" + students)))
                    .as(errors)
                    .isZero();
            assertThat(server.requests()).hasSize(2 + 2 * 2 * 3);
        }
        JsonNode json = JSON.readTree(temp.resolve("out/evaluation.json").toFile());
        assertThat(json.at("/relativeQuality/overall/relative/value").asDouble())
                .isEqualTo(1);
        assertThat(json.at("/relativeQuality/overall/ties/value").asDouble()).isEqualTo(1);
    }

    @Test
    void evaluate_setting1WithFilesOfAnswers_asksTheRefereeOnceAboutEach() throws IOException {
        String answers = file(
                "answers.jsonl", "{\"question_id\": 1, \"text\": \"one\"}", "{\"question_id\": 2, \"text\": \"two\"}");
        try (var server = ChatCompletionsServer.start(script::reply)) {
            assertThat(evaluate(questions(
                            server, "--setting=1", "--candidate-answers=" + answers, "--reference-answers=" + answers)))
                    .as(errors)
                    .isZero();
            assertThat(server.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(ChatCompletionsServer.message(request, "system"))
                            .contains("Your verdict comes first"));
        }
        assertThat(printed).contains("setting 1: scores before the words, one sample");
    }

    @Test
    void evaluate_budgetReached_saysSoAndTheSameCommandContinues() throws IOException {
        try (var server = ChatCompletionsServer.start(script::reply)) {
            String[] small = questions(server, "--student=" + students, "--samples=1", "--budget-calls=3");
            assertThat(evaluate(small)).isEqualTo(Main.BUDGET_REACHED);
            assertThat(errors).contains("stopped: the budget is reached");
            assertThat(server.requests()).hasSize(3);
            String[] larger = questions(server, "--student=" + students, "--samples=1", "--budget-calls=6");
            assertThat(evaluate(larger)).as(errors).isZero();
            assertThat(server.requests()).hasSize(6);
        }
    }

    @Test
    void evaluate_estimate_asksNobody() throws IOException {
        try (var server = ChatCompletionsServer.start(script::reply)) {
            assertThat(evaluate(questions(
                            server, "--student=" + students, "--estimate", "--price-input=1", "--price-output=2")))
                    .as(errors)
                    .isZero();
            assertThat(server.requests()).isEmpty();
        }
        assertThat(printed)
                .containsPattern("teacher +2 ")
                .containsPattern("referee +4 ")
                .contains("$");
    }

    @Test
    void evaluate_unusableOptions_areNamedTogether() throws IOException {
        assertThat(evaluate("--likelihood", "--setting=3", "--near=0")).isEqualTo(2);
        assertThat(errors)
                .contains(
                        "give --bbh, --agieval or --questions",
                        "--likelihood needs",
                        "--setting must be 1 or 2",
                        "--near");
        assertThat(evaluate("--questions=q.jsonl")).isEqualTo(2);
        assertThat(errors).contains("--student is missing", "--questions need --out", "--teacher-model must be");
        Path broken = Files.writeString(temp.resolve("broken.json"), "{\"examples\": [{\"input\": 3}]}");
        assertThat(evaluate("--student=" + students, "--bbh=" + broken)).isEqualTo(1);
        assertThat(errors).contains(broken + ": entry 1: field \"input\": expected text, found 3");
    }

    @Test
    void evaluate_outOfAnotherEvaluationOrARun_isRefusedAndKept() throws IOException {
        Path out = temp.resolve("out");
        String[] first = {"--student=" + students, tasks(), "--max-new-tokens=2", "--out=" + out};
        assertThat(evaluate(first)).as(errors).isZero();
        String kept = Files.readString(out.resolve("evaluation.json"));
        assertThat(JSON.readTree(kept).at("/about/nearItems").asText()).isEqualTo("not checked");
        assertThat(JSON.readTree(kept).at("/about/maxNewTokens").asText()).isEqualTo("2");
        assertThat(evaluate("--student=" + students, "--bbh=" + temp.resolve("tasks/open.json"), "--out=" + out))
                .isEqualTo(1);
        assertThat(errors).contains("is of another evaluation", "choose another --out");
        assertThat(out.resolve("evaluation.json")).hasContent(kept);
        Path run = Files.createDirectories(temp.resolve("run"));
        Files.writeString(run.resolve("run.json"), "{}");
        assertThat(evaluate("--student=" + students, tasks(), "--out=" + run)).isEqualTo(1);
        assertThat(errors).contains("holds a run");
        assertThat(run.resolve("evaluation.json")).doesNotExist();
    }

    @Test
    void evaluate_stoppedOrRefusedQuestions_leaveTheEarlierResult() throws IOException {
        try (var server = ChatCompletionsServer.start(script::reply)) {
            String[] whole = questions(server, "--student=" + students, "--samples=1");
            assertThat(evaluate(whole)).as(errors).isZero();
            Path file = temp.resolve("out/evaluation.json");
            String kept = Files.readString(file);
            String[] other = questions(server, "--student=" + students, "--samples=2", tasks());
            assertThat(evaluate(other)).isEqualTo(1);
            assertThat(file).hasContent(kept);
            assertThat(temp.resolve("out/items.jsonl")).doesNotExist();
        }
    }

    @Test
    void evaluate_everyItemOfATaskNear_saysSoAndNothingLeftFails() throws IOException {
        String pool = file(
                "pool.jsonl",
                "{\"instruction\": \"Which is it?\\nOptions:\\n(A) one\\n(B) three\"}",
                "{\"instruction\": \"Sing\"}");
        assertThat(evaluate("--student=" + students, tasks(), "--max-new-tokens=2", "--pool=" + pool))
                .as(errors)
                .isZero();
        assertThat(printed).containsPattern("letters +all 2 left out");
        Path letters = temp.resolve("tasks/letters.json");
        assertThat(evaluate("--student=" + students, "--bbh=" + letters, "--pool=" + pool))
                .isEqualTo(1);
        assertThat(errors).contains("nothing is left to measure");
    }

    @Test
    void evaluate_taskCalledWithControlCharacters_isPrintedWithoutThem() throws IOException {
        tasks();
        Path named = Files.copy(
                temp.resolve("tasks/letters.json"), temp.resolve("a\u001b[2J\u202e" + "b".repeat(90) + ".json"));
        assertThat(evaluate("--student=" + students, "--bbh=" + named, "--max-new-tokens=2"))
                .as(errors)
                .isZero();
        assertThat(printed).contains("a?[2J?bbb", "...").doesNotContain("\u001b", "\u202e", "b".repeat(61));
    }

    @Test
    void evaluate_optionsOfQuestionsWithoutThem_areRefused() throws IOException {
        assertThat(evaluate("--student=" + students, tasks(), "--samples=2", "--budget-calls=3"))
                .isEqualTo(2);
        assertThat(errors).contains("without --questions these are of no use: --samples, --budget-calls");
        assertThat(evaluate("--student=" + students, tasks(), "--budget-time=1h"))
                .isEqualTo(2);
        assertThat(errors).contains("Unknown option");
    }

    @Test
    void evaluate_againstOtherItems_isRefusedInOneLine() throws IOException {
        String other = file("items.jsonl", "{\"id\": \"x\", \"task\": \"t\", \"right\": true}");
        assertThat(evaluate("--student=" + students, tasks(), "--against=" + other))
                .isEqualTo(1);
        assertThat(errors).contains("items.jsonl: has no item in common").hasLineCount(1);
    }

    @Test
    void evaluate_itemBeyondTheContext_isCountedApart() throws IOException {
        Path items = temp.resolve("long.json");
        Files.writeString(items, """
                {"examples": [{"input": "Which is it? %s", "target": "no"}, {"input": "Which is it?", "target": "no"}]}
                """.formatted("quartz ".repeat(300)));
        assertThat(evaluate("--student=" + students, "--bbh=" + items, "--max-new-tokens=2", "--out=" + temp))
                .as(errors)
                .isZero();
        assertThat(printed).contains("1 item too long for the student's context");
        assertThat(JSON.readTree(temp.resolve("evaluation.json").toFile())
                        .at("/benchmarks/BIG-Bench Hard/tasks/long/tooLong")
                        .asInt())
                .isOne();
    }

    @Test
    void evaluate_studentInsideARun_isComparedWithTheRunsOwnPoolAndMore() throws IOException {
        Path run = temp.resolve("run");
        try (RunDirectory directory = RunDirectory.open(run)) {
            InstructionPool seeds = InstructionPool.of(List.of(Instruction.of("Sort b a")));
            directory.begin(RunManifest.of(1, seeds, Map.of(), Map.of()), seeds);
        }
        Path student = Files.createDirectories(run.resolve("student/iteration-0"));
        try (var files = Files.list(students)) {
            for (Path file : files.toList()) {
                Files.copy(file, student.resolve(file.getFileName()));
            }
        }
        assertThat(evaluate("--student=" + student, tasks(), "--max-new-tokens=2"))
                .as(errors)
                .isZero();
        assertThat(printed)
                .contains("3 items compared with 1 instruction of the pool: 1 near")
                .containsPattern("open +all 1 left out");
        String more = file("more.jsonl", "{\"instruction\": \"Sing\"}");
        assertThat(evaluate("--student=" + student, tasks(), "--max-new-tokens=2", "--pool=" + more))
                .as(errors)
                .isZero();
        assertThat(printed).contains("3 items compared with 2 instructions of the pool: 1 near");
    }
}
