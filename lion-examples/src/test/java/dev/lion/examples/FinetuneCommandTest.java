package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Instruction;
import dev.lion.student.DjlStudent;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of one who has a model's folder and some conversations, and wants a model that knows them. */
class FinetuneCommandTest {
    private static final List<String> QUESTIONS =
            IntStream.range(0, 6).mapToObj(i -> "What follows " + i + "?").toList();

    @TempDir
    private Path temp;

    private Path model;
    private Path data;

    /** What a command printed and returned. */
    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void writeModelAndData() throws Exception {
        model = Files.createDirectory(temp.resolve("model"));
        data = temp.resolve("data.jsonl");
        writeData(1);
        try (var tokenizer = StudentTokenizer.train(QUESTIONS, 300);
                var student = DjlStudent.builder()
                        .fromScratch(
                                DecoderConfig.builder()
                                        .vocabSize(tokenizer.vocabSize())
                                        .hiddenSize(32)
                                        .intermediateSize(64)
                                        .numHiddenLayers(2)
                                        .numAttentionHeads(4)
                                        .maxPositionEmbeddings(64)
                                        .build(),
                                tokenizer,
                                1)
                        .promptFormat(PromptFormat.plain())
                        .build()) {
            student.save(model);
        }
    }

    /** What follows, or what follows that, and so on. */
    private void writeData(int distance) throws Exception {
        Files.write(data, IntStream.range(0, 6).mapToObj(i -> line(i, distance)).toList());
    }

    private static String line(int i, int distance) {
        return "{\"messages\": [{\"role\": \"user\", \"content\": \"" + QUESTIONS.get(i)
                + "\"}, {\"role\": \"assistant\", \"content\": \"It is " + (i + distance) + ".\"}]}";
    }

    private static Outcome run(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var printed = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int code = Main.run(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
            return new Outcome(
                    code, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private Outcome finetune(Path out, Object... more) {
        return run(Stream.concat(
                        Stream.of("finetune", "--student", model, "--data", data, "--out", out, "--batch=3"),
                        Stream.of(more))
                .toArray());
    }

    private static String answer(Path student) throws Exception {
        try (var again = DjlStudent.builder().checkpoint(student).build()) {
            return again.answer(List.of(Instruction.of(QUESTIONS.get(2))))
                    .get(0)
                    .text();
        }
    }

    @Test
    void finetune_allWeights_writesAStudentThatKnowsTheConversations() throws Exception {
        Path out = temp.resolve("tuned");
        Outcome outcome = finetune(out, "--epochs=150", "--learning-rate=5e-3");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("step 300 of 300: loss", "learnt from 6 examples", "the student is in " + out);
        assertThat(answer(out)).isEqualTo("It is 3.");
        assertThat(temp.resolve("tuned.training")).doesNotExist();
        assertThat(temp).isDirectoryNotContaining("glob:**/tuned.pending-*");
    }

    @Test
    void export_ofAFinetunedAdapter_standsAlone() throws Exception {
        Path base = temp.resolve("base");
        Path adapter = temp.resolve("adapter");
        Path whole = temp.resolve("whole");
        finetune(base, "--epochs=150", "--learning-rate=5e-3");
        model = base;
        writeData(3);
        Outcome tuned = finetune(adapter, "--lora-rank=16", "--epochs=100", "--learning-rate=1e-2");
        Outcome exported = run("export", "--student", adapter, "--out", whole, "--type=f32");

        assertThat(tuned.code()).as(tuned.err()).isZero();
        assertThat(adapter.resolve("adapter_model.safetensors")).exists();
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(whole.resolve("model.safetensors")).exists();
        assertThat(answer(whole)).isEqualTo("It is 5.").isEqualTo(answer(adapter));
    }

    @Test
    void finetune_unusableSettings_namesAllOfThem() {
        Outcome outcome = finetune(
                temp.resolve("out"), "--lora-alpha=3", "--epochs=0", "--prompt-format=vicuna", "--lora-targets=x");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--lora options need --lora-rank", "--epochs must be 1 or more", "'vicuna'", "names 'x'");
    }

    @Test
    void finetune_faultyData_namesFileLineAndFieldBeforeAnyTraining() throws Exception {
        Files.writeString(data, line(0, 1) + "\n{\"messages\": [{\"role\": \"user\"}]}\n");
        Outcome outcome = finetune(temp.resolve("out"));

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains(data.toString(), "line 2", "content");
        assertThat(temp.resolve("out.training")).doesNotExist();
    }

    @Test
    void finetune_folderOfTheTrainingThatIsSomebodyElses_isLeftAlone() throws Exception {
        Path theirs = Files.createDirectory(temp.resolve("out.training")).resolve("mine.txt");
        Files.writeString(theirs, "mine");
        Outcome outcome = finetune(temp.resolve("out"));

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("out.training", "holds no training that this command began");
        assertThat(theirs).hasContent("mine");
    }

    @Test
    void finetune_progressOfOtherSettings_isNotThrownAway() throws Exception {
        Path out = temp.resolve("out");
        finetune(out, "--learning-rate=0.9", "--epochs=40");
        Files.move(temp.resolve("out.last-good"), temp.resolve("seen"));
        Outcome outcome = finetune(out, "--epochs=3");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("progress of another training", "epochs was 40, now 3");
    }

    @Test
    void finetune_lossThatExplodes_keepsTheStudentAsItWasBefore() throws Exception {
        Path out = temp.resolve("out");
        Outcome outcome = finetune(out, "--learning-rate=0.9", "--epochs=40");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("The student as it was before that step is in", "out.last-good");
        assertThat(temp.resolve("out.last-good").resolve("model.safetensors")).exists();
        assertThat(out).doesNotExist();
    }

    @Test
    void finetune_answersWithoutWords_teachNothingAndSaySo() throws Exception {
        Files.writeString(
                data,
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\", \"content\": \" \"}]}\n");
        Outcome outcome = finetune(temp.resolve("out"));

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).contains("1 of 1 examples are left out", "line 1");
        assertThat(outcome.err()).contains("nothing was learnt");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void finetune_aSingleStep_learns() throws Exception {
        Path out = temp.resolve("out");
        Files.writeString(data, line(0, 1) + "\n");
        assertThat(finetune(out, "--epochs=1").out()).contains("step 1 of 1", "rate 2.0e-05");
        assertThat(Files.readAllBytes(out.resolve("model.safetensors")))
                .isNotEqualTo(Files.readAllBytes(model.resolve("model.safetensors")));
    }

    @Test
    void export_baseOfAWholeModel_isRefused() {
        assertThat(run("export", "--student", model, "--out", temp.resolve("o"), "--base", model)
                        .err())
                .contains("holds a model and no adapter");
    }

    @Test
    void finetune_outThatExists_isNotOverwritten() throws Exception {
        Path out = Files.createDirectory(temp.resolve("out"));

        assertThat(finetune(out).err()).contains(out.toString(), "exists already");
        assertThat(run("export", "--student", model, "--out", out).err()).contains(out.toString(), "exists already");
    }
}
