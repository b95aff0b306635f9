package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Teacher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the loop relies on in a {@link Teacher}. */
public abstract non-sealed class TeacherContract extends RoleContract<Teacher, Instruction, Response> {
    /** At least two instructions that this teacher can answer; simple questions by default. */
    protected List<Instruction> instructions() {
        return List.of(
                Instruction.of("Name the capital of France."),
                Instruction.of("Sort these words alphabetically: pear, apple, fig."),
                Instruction.of("What is 17 plus 25?"));
    }

    /**
     * One text with different inputs, to which this teacher gives different answers; words to repeat by default. Empty for
     * a teacher that takes no inputs.
     */
    protected List<Instruction> instructionsWithInput() {
        return List.of(
                Instruction.of("Repeat these words.", "red apple"), Instruction.of("Repeat these words.", "blue door"));
    }

    @Override
    final Response ask(Teacher teacher, Instruction instruction) throws Exception {
        return teacher.answer(instruction);
    }

    @Override
    final List<Instruction> ordinary() {
        return instructions();
    }

    @Override
    final List<Instruction> unusual(String text) {
        return List.of(Instruction.of(text), Instruction.of("Repeat this.", text));
    }

    /** The student can learn from the answers: they have a text, and were neither cut nor withheld. */
    @Test
    public void answer_ordinaryInstruction_isFitToLearnFrom() throws Exception {
        Teacher teacher = create();
        for (Instruction instruction : instructions()) {
            Response response = teacher.answer(instruction);
            assertThat(response).as("the answer to %s", instruction.text()).isNotNull();
            assertThat(response.text())
                    .as("the answer to %s", instruction.text())
                    .isNotBlank();
            assertThat(response.finishReason())
                    .as("why the answer to %s ended", instruction.text())
                    .isNotIn(FinishReason.LENGTH, FinishReason.CONTENT_FILTER);
        }
    }

    /** An instruction's input reaches the teacher. */
    @Test
    public void answer_otherInput_isAnotherAnswer() throws Exception {
        List<Instruction> instructions = instructionsWithInput();
        assumeFalse(instructions.isEmpty(), "the adapter takes no inputs");
        Teacher teacher = create();
        List<Response> responses = new ArrayList<>();
        for (Instruction instruction : instructions) {
            responses.add(teacher.answer(instruction));
        }
        assertThat(responses)
                .as("the answers to one text with different inputs")
                .extracting(Response::text)
                .doesNotHaveDuplicates();
    }

    /** A batch, if the adapter has some, brings one answer for each question, in their order, as single calls do. */
    @Test
    public void batches_ordinaryQuestions_areAnsweredInOrder() throws Exception {
        Teacher role = create();
        List<Response> answers = new ArrayList<>();
        for (Instruction question : instructions()) {
            answers.add(role.answer(question));
        }
        BatchChecks.assertAnswersInOrder(
                role.batches(),
                instructions(),
                isDeterministic() ? Optional.of(answers) : Optional.empty(),
                patience());
    }
}
