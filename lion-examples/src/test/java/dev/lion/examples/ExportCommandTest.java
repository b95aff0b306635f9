package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunManifest;
import dev.lion.student.DjlStudent;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    @TempDir
    Path temp;

    private record Outcome(int code, String out, String err) {}

    private static Outcome run(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var printed = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int code = Main.run(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
            return new Outcome(
                    code, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private Path model() throws Exception {
        Path model = Files.createDirectory(temp.resolve("model"));
        try (var tokenizer = StudentTokenizer.train(List.of("one two three one two three"), 300);
                var student = DjlStudent.builder()
                        .fromScratch(
                                DecoderConfig.builder()
                                        .vocabSize(tokenizer.vocabSize())
                                        .hiddenSize(32)
                                        .intermediateSize(64)
                                        .numHiddenLayers(1)
                                        .numAttentionHeads(4)
                                        .maxPositionEmbeddings(64)
                                        .build(),
                                tokenizer,
                                1)
                        .build()) {
            student.save(model);
        }
        return model;
    }

    @Test
    void export_asGguf_writesFileModelfileAndCard() throws Exception {
        Path out = temp.resolve("out");

        Outcome outcome = run(
                "export",
                "--student",
                model(),
                "--format=gguf",
                "--type=q8_0",
                "--name",
                "my <b>lion</b>",
                "--base-model",
                "org/base",
                "--out",
                out);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("read back and compared: logits differ by up to")
                .contains("ollama create");
        assertThat(out.resolve("my-b-lion-b--Q8_0.gguf")).exists();
        assertThat(out.resolve("Modelfile")).content().contains("FROM ./my-b-lion-b--Q8_0.gguf");
        assertThat(out.resolve("README.md"))
                .content()
                .startsWith("---\nlicense: \"other\"\nbase_model: \"org/base\"\nlibrary_name: gguf\n")
                .contains("# my \\<b\\>lion\\<\\/b\\>\n")
                .contains("weights in Q8_0")
                .contains("The files of a distillation were not at hand", "exported with the library lion")
                .contains("https://arxiv.org/abs/2305.12870", "Prompt format: ")
                .contains("llama-cli -m ./my-b-lion-b--Q8_0.gguf --jinja -cnv", "ollama create my-student")
                .contains("The teacher's terms of use")
                .doesNotContain("<b>", "adversarial-distillation", "figures above");
    }

    @Test
    void export_runOfAnotherStudent_isRefusedBeforeAnythingIsWritten() throws Exception {
        Path out = temp.resolve("out");
        Path run = runOf("{\"other\": true}");

        Outcome outcome = run("export", "--student", model(), "--out", out, "--run", run);

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("did not make the student", "leave out --run");
        assertThat(out).doesNotExist();
    }

    private Path runOf(String otherConfig) throws Exception {
        Path run = temp.resolve("run");
        var seeds = InstructionPool.of(List.of(Instruction.of("Say yes")));
        try (var opened = RunDirectory.open(run)) {
            opened.begin(RunManifest.of(1, seeds, Map.of(), Map.of("student", "/", "teacher.model", "")), seeds);
        }
        Path other = Files.createDirectories(run.resolve("student/iteration-0"));
        Files.writeString(other.resolve("config.json"), otherConfig);
        return run;
    }

    @Test
    void export_copyOfTheRunsStudentAndOddSettings_saysOfThemNothing() throws Exception {
        Path model = model();
        Path run = runOf("{}");
        Path trained = run.resolve("student/iteration-0");
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                Files.copy(file, trained.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path out = temp.resolve("out");

        Outcome outcome = run("export", "--student", model, "--out", out, "--run", run);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(out.resolve("README.md"))
                .content()
                .contains("Run run, seed 1: 1 seed instruction, 0 adversarial iterations", "made by distillation")
                .contains("StudentChatModel.load")
                .doesNotContain("fine-tuned from", "Its teacher was", "base_model");
        assertThat(Files.getPosixFilePermissions(out))
                .isEqualTo(Files.getPosixFilePermissions(Files.createDirectory(temp.resolve("plain"))));
    }

    @Test
    void export_blankNamesAndUnknownType_areRefusedByName() {
        Outcome blank = run("export", "--student=" + temp, "--out=o", "--license=", "--base-model= ", "--name= ");
        Outcome type = run("export", "--student=" + temp, "--out=o", "--type=int4");

        assertThat(blank.code()).isEqualTo(2);
        assertThat(blank.err()).contains("--license must not", "--base-model must not", "--name must not");
        assertThat(type.err()).contains("bf16, f16, f32, q8_0");
    }

    @Test
    void export_toDanglingLink_isRefusedFirst() throws Exception {
        Path out = Files.createSymbolicLink(temp.resolve("out"), temp.resolve("nowhere"));

        Outcome outcome = run("export", "--student", temp.resolve("none"), "--out", out);

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("exists already");
    }

    @Test
    void shellWord_pathWithSpacesQuotesAndDashes_isOneWord() {
        assertThat(ShellWord.of("runs/a-1.b")).isEqualTo("runs/a-1.b");
        assertThat(ShellWord.of("it's $(x) here")).isEqualTo("'it'\\''s $(x) here'");
        assertThat(ShellWord.of("-P")).isEqualTo("./-P");
    }

    @Test
    void export_typeOfTheOtherFormat_saysWhatToDo() {
        Outcome quantised = run("export", "--student", temp, "--out", temp.resolve("o"), "--type=q8_0");
        Outcome brain = run("export", "--student", temp, "--out", temp.resolve("o"), "--type=bf16", "--format=gguf");

        assertThat(quantised.code()).isEqualTo(2);
        assertThat(quantised.err()).contains("add --format gguf, or choose bf16, f16 or f32");
        assertThat(brain.code()).isEqualTo(2);
        assertThat(brain.err()).contains("choose f16, f32 or q8_0");
    }

    @Test
    void export_runThatIsNone_isRefusedBeforeAnythingIsWritten() throws Exception {
        Path out = temp.resolve("out");

        Outcome outcome = run("export", "--student", model(), "--out", out, "--run", temp);

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void text_markupHtmlAndLinks_stayText() {
        assertThat(Markdown.text("<script>x</script>\n# [a](http://b.c) *d* www.e.f `g` | h"))
                .isEqualTo(
                        "\\<script\\>x\\<\\/script\\> \\# \\[a\\]\\(http\\:\\/\\/b.c\\) \\*d\\* www\\.e.f \\`g\\` \\| h");
        assertThat(Markdown.text("a\u202eb\u200bc")).isEqualTo("abc");
        assertThat(Markdown.text("a".repeat(299) + "\ud83d\ude00b")).isEqualTo("a".repeat(299) + "…");
        assertThat(Markdown.yaml("a: \"b\"\n- c")).isEqualTo("\"a: \\\"b\\\"\\n- c\"");
    }
}
