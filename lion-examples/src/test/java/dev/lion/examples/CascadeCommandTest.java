package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.DisabledChatModel;
import dev.lion.student.cascade.CascadeChatModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CascadeCommandTest {
    @TempDir
    private static Path temp;

    private record Outcome(int code, String out, String err) {}

    @BeforeAll
    static void distil() {
        Outcome run = run(
                "quickstart",
                "--out=" + temp.resolve("run"),
                "--seeds=160",
                "--generate=80",
                "--iterations=1",
                "--held-out=16",
                "--epochs=1");
        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    void cascade_runOfPuzzles_keepsTheThresholdBesideItsStudent() throws Exception {
        Path page = temp.resolve("page.html");
        Path json = temp.resolve("curve.json");

        Outcome outcome = cascade(
                "--quality=0.2",
                "--answers=200",
                "--max-new-tokens=8",
                "--html=" + page,
                "--json=" + json,
                "--price-input=1000",
                "--price-output=2000");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("200 puzzles that are in no pool", "Chosen on 100 verdicts, measured on 100 others")
                .contains("answered locally", "quality kept", "saved", "20% of the teacher's score");
        assertThat(temp.resolve("run/student/iteration-1/cascade.json")).hasSameTextualContentAs(json);
        assertThat(Files.readString(json)).contains("\"threshold\"", "\"student\" : \"sha256:", "\"maxNewTokens\" : 8");
        assertThat(page).content().contains("<svg", "share answered locally");
    }

    @Test
    void cascade_onVerdicts_isAboutTheStudentThatWroteTheAnswers() {
        Outcome outcome = cascade("--on=verdicts", "--quality=0.2");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("The verdicts of iteration 1", "iteration-0", "had been trained on those instructions")
                .contains("Chosen on 80 verdicts, measured on 80 others");
    }

    @Test
    void cascade_noThresholdAfterAnEarlierOne_takesItsPlaceSoThatNoneIsUsed() throws Exception {
        Path student = temp.resolve("run/student/iteration-0");
        Path kept = student.resolve("cascade.json");
        Path json = temp.resolve("strict.json");
        cascade("--answers=200", "--max-new-tokens=4", "--quality=0.05", "--student=" + student);
        assertThat(kept).content().contains("\"REACHED\"");

        Outcome outcome = cascade(
                "--answers=20", "--max-new-tokens=4", "--quality=0.99", "--student=" + student, "--json=" + json);

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("too few verdicts", "The calibration  " + kept, "The calibration  " + json)
                .contains("in place of an earlier calibration", "CascadeChatModel refuses")
                .doesNotContain("The threshold ");
        assertThatThrownBy(() -> CascadeChatModel.builder()
                        .student(student)
                        .teacher(new DisabledChatModel())
                        .build())
                .hasMessageContaining("no threshold reached the wanted quality: There are too few verdicts");
    }

    @Test
    void cascade_otherWeights_calibratesTheStudentAsTheyMakeIt() throws Exception {
        Path student = Files.createDirectory(temp.resolve("copy"));
        try (var files = Files.list(temp.resolve("run/student/iteration-1"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, student.resolve(file.getFileName()));
            }
        }

        Outcome outcome = cascade(
                "--answers=40", "--max-new-tokens=4", "--quality=0.05", "--weights=int8", "--student=" + student);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(student.resolve("cascade.json")).content().contains("\"weights\" : \"INT8\"");
    }

    @Test
    void cascade_unusableOptions_areAllNamed() {
        Outcome outcome = cascade(
                "--quality=1", "--accept=11", "--price-input=1", "--on=verdicts", "--student=x", "--weights=int8");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--quality must be", "--accept must be", "must be given together", "--student cannot be used")
                .contains("--student must be a student's folder, but there is none at x", "--weights cannot be used");
    }

    private static Outcome cascade(String... options) {
        var arguments = new String[options.length + 2];
        arguments[0] = "cascade";
        arguments[1] = "--run=" + temp.resolve("run");
        System.arraycopy(options, 0, arguments, 2, options.length);
        return run(arguments);
    }

    private static Outcome run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        PrintStream standardOut = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int code = Main.commandLine()
                    .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                    .execute(arguments);
            return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(standardOut);
        }
    }
}
