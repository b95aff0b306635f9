package dev.lion.student.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.student.LoadConfig;
import dev.lion.student.LoadedStudent;
import dev.lion.student.Precision;
import dev.lion.student.chat.OverfittedStudent;
import dev.lion.student.decoding.DecodingConfig;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StudentAnswersTest {
    private static LoadedStudent student;

    @BeforeAll
    static void load() throws Exception {
        student = LoadedStudent.load(
                OverfittedStudent.folder(), LoadConfig.defaults().withThreads(1).withPrecision(Precision.FLOAT32));
    }

    @AfterAll
    static void free() {
        student.close();
    }

    @Test
    void recorded_answerThatItWrote_isAsSureAsWhenItWroteIt() throws Exception {
        var answers = new StudentAnswers(student);
        var instructions = List.of(
                Instruction.of(OverfittedStudent.CAPITAL),
                Instruction.of("hello"),
                Instruction.of("Say 'Hello World'"));

        for (ConfidentAnswer fresh : answers.fresh(instructions, DecodingConfig.greedy(60))) {
            assertThat(fresh.response().finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(answers.recorded(fresh.instruction(), fresh.response())
                            .orElseThrow()
                            .confidence())
                    .isCloseTo(fresh.confidence(), within(1e-4));
        }
    }

    @Test
    void recorded_anotherAnswer_isLessSure() {
        var question = Instruction.of(OverfittedStudent.CAPITAL);
        var answers = new StudentAnswers(student);
        var other = new Response("Hello! How can I help you today?", FinishReason.STOP, new TokenUsage(10, 9));

        assertThat(answers.recorded(question, other).orElseThrow().confidence()).isLessThan(0.5);
    }

    @Test
    void recorded_uncountedCutOrBlankAnswer_isLeftOutOrNeverSure() {
        var question = Instruction.of(OverfittedStudent.CAPITAL);
        var answers = new StudentAnswers(student);

        assertThat(answers.recorded(question, Response.of("The capital"))).isEmpty();
        assertThat(answers.recorded(question, new Response(" ", FinishReason.STOP, new TokenUsage(10, 1)))
                        .orElseThrow()
                        .confidence())
                .isZero();
        assertThat(answers.recorded(question, new Response("The", FinishReason.LENGTH, new TokenUsage(10, 1)))
                        .orElseThrow()
                        .confidence())
                .isZero();
    }

    @Test
    void fresh_instructionThatDoesNotFit_isLeftOut() throws Exception {
        var tooLong = Instruction.of("green wood ".repeat(400));

        assertThat(new StudentAnswers(student)
                        .fresh(List.of(tooLong, Instruction.of("hello")), DecodingConfig.greedy(60)))
                .hasSize(1);
        assertThat(new StudentAnswers(student).fresh(List.of(Instruction.of("hello")), DecodingConfig.greedy(1)))
                .allSatisfy(cut -> assertThat(cut.confidence()).isZero());
    }
}
