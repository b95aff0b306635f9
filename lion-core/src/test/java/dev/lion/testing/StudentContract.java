package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.Lists;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Student;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the loop relies on in a {@link Student}: {@link ImitationContract} and what is here, on answers, files and the end.
 *
 * <p>About twenty short imitations of {@link #lessons()} are made; give a student that learns them in a second or less.
 */
public abstract non-sealed class StudentContract extends ImitationContract {
    /**
     * Whether the answer to an instruction depends on what else is in its batch; false by default. If it does, the
     * answers change with the loop's setting for the size of a batch.
     */
    protected boolean answersDependOnTheBatch() {
        return false;
    }

    /** One response for each instruction of a batch. */
    @Test
    public void answer_batch_isOneResponseForEach() throws Exception {
        try (Student student = create()) {
            assertThat(student.answer(instructions()))
                    .as("answers to a batch of %d", instructions().size())
                    .hasSize(instructions().size())
                    .doesNotContainNull();
            assertThat(student.answer(List.of())).as("answers to none").isEmpty();
        }
    }

    /** The responses are in the order of the instructions. */
    @Test
    public void answer_otherOrderAndAlone_areTheSameAnswers() throws Exception {
        assumeTrue(isDeterministic(), "the adapter does not promise equal answers");
        assumeTrue(!answersDependOnTheBatch(), "the adapter's answers depend on the batch");
        try (Student student = create()) {
            List<Response> answers = student.answer(instructions());
            assertThat(student.answer(Lists.reverse(instructions())))
                    .as("answers to the batch in reverse; override answersDependOnTheBatch() if they depend on it")
                    .isEqualTo(Lists.reverse(answers));
            List<Response> alone = new ArrayList<>();
            for (Instruction instruction : instructions()) {
                alone.addAll(student.answer(List.of(instruction)));
            }
            assertThat(alone)
                    .as("answers one by one; override answersDependOnTheBatch() if they depend on it")
                    .isEqualTo(answers);
        }
    }

    /** Equal questions get equal answers, if the adapter says so. */
    @Test
    public void answer_sameBatchAgain_isTheSame() throws Exception {
        assumeTrue(isDeterministic(), "the adapter does not promise equal answers");
        try (Student student = create();
                Student other = create()) {
            List<Response> answers = student.answer(instructions());
            assertThat(student.answer(instructions()))
                    .as("answers to the same batch again; override isDeterministic() if they may differ")
                    .isEqualTo(answers);
            assertThat(other.answer(instructions()))
                    .as("answers of another student that was made alike")
                    .isEqualTo(answers);
        }
    }

    /** No text makes a batch fail, which would end the run: what the student cannot cope with it answers with nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.lion.testing.UnusualTexts#all")
    public void answer_unusualText_isAnsweredWithTheOthers(String text) throws Exception {
        Instruction ordinary = instructions().get(0);
        try (Student student = create()) {
            List<Response> answers =
                    student.answer(List.of(Instruction.of(text), ordinary, Instruction.of("Repeat this.", text)));
            assertThat(answers).hasSize(3).doesNotContainNull();
            if (isDeterministic() && !answersDependOnTheBatch()) {
                assertThat(answers.get(1))
                        .as("the answer to an ordinary instruction of the same batch")
                        .isEqualTo(student.answer(List.of(ordinary)).get(0));
            }
        }
    }

    /** One thread after another may use the student. */
    @Test
    public void student_usedFromOneThreadAfterAnother_works() throws Exception {
        try (Student student = create()) {
            Path saved = directory();
            AtOnce.inTurn(
                    List.of(
                            () -> student.answer(instructions()),
                            () -> student.imitate(lessons(), training(1)),
                            () -> {
                                student.save(saved);
                                student.restore(saved);
                                return List.of();
                            },
                            () -> assertThat(student.answer(instructions()))
                                    .hasSize(instructions().size())),
                    patience());
        }
    }

    /** What a student saved, another one that was made alike restores. */
    @Test
    public void restore_whatAnotherSaved_answersAlike() throws Exception {
        try (Student student = create();
                Student other = create()) {
            student.imitate(lessons(), training(1));
            Path saved = directory();
            student.save(saved);
            other.restore(saved);
            assertSame("a student that restored what another one saved", other, student);
        }
    }

    /** Nothing is left of what was learnt since. */
    @Test
    public void restore_studentThatLearntMore_replacesItsState() throws Exception {
        try (Student student = create()) {
            Path saved = directory();
            student.save(saved);
            StudentState before = state(student);
            student.imitate(lessons(), training(1));
            student.restore(saved);
            assertSame("a student that went back to what it had saved", state(student), before);
        }
    }

    /** A directory without a student is refused; the student must not go on as if it had been restored. */
    @Test
    public void restore_emptyDirectory_isRefused() throws Exception {
        try (Student student = create()) {
            Path empty = directory();
            assertThatThrownBy(() -> student.restore(empty))
                    .as("restoring from an empty directory")
                    .isInstanceOf(Exception.class);
        }
    }

    /** Saving leaves the student as it is, and writes nowhere else. */
    @Test
    public void save_emptyDirectory_fillsItAndNothingElse() throws Exception {
        try (Student student = create()) {
            student.imitate(lessons(), training(1));
            List<Response> answers = student.answer(instructions());
            Path around = directory();
            Path saved = Files.createDirectory(around.resolve("student"));
            Files.writeString(around.resolve("neighbour"), "untouched");

            student.save(saved);

            Map<String, String> files = StudentState.files(around);
            assertThat(files.keySet().stream().filter(name -> !Path.of(name).startsWith("student")))
                    .as("files beside the directory")
                    .containsExactly("neighbour");
            assertThat(files).as("files in and beside the directory").hasSizeGreaterThan(1);
            if (isDeterministic()) {
                assertThat(student.answer(instructions()))
                        .as("answers after saving")
                        .isEqualTo(answers);
            }
        }
    }

    /** Closing twice is allowed, used or not. */
    @Test
    public void close_twice_isAllowed() throws Exception {
        Student unused = create();
        unused.close();
        unused.close();
        Student used = create();
        used.answer(instructions());
        used.close();
        used.close();
    }
}
