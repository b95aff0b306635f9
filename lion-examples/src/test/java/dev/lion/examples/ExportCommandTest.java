package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.student.DjlStudent;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
                .contains("The files of the distillation were not at hand")
                .contains("The teacher's terms of use")
                .doesNotContain("<b>");
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
        assertThat(Markdown.yaml("a: \"b\"\n- c")).isEqualTo("\"a: \\\"b\\\"\\n- c\"");
    }
}
