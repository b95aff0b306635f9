package dev.lion.teacher.harvest;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Batches;
import dev.lion.role.Teacher;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A teacher that remembers what an application's model has answered already: an instruction of a harvest that has an answer
 * there costs nothing, any other one is asked. Known answers report {@link TokenUsage#FREE}.
 *
 * <p>They are the application's answers: given under its own system prompt, temperature and model, redacted where they were
 * redacted. That is what a student of this application should learn; where it is not, leave out some by a condition, or do
 * not use the answers. All are in memory. For any thread.
 */
public final class HarvestedTeacher implements Teacher {
    private final Teacher teacher;
    private final Map<String, Response> known = new HashMap<>();

    private HarvestedTeacher(Teacher teacher) {
        this.teacher = Objects.requireNonNull(teacher, "teacher");
    }

    /**
     * A teacher with all answers of a harvest.
     *
     * @throws HarvestException when the file cannot be read
     */
    public static HarvestedTeacher of(Teacher teacher, Path harvest) {
        return of(teacher, harvest, harvested -> true);
    }

    /**
     * A teacher with some answers of a harvest, such as those of one model: {@code h -> h.model().equals("gpt-4o")}.
     *
     * @throws HarvestException when the file cannot be read
     */
    public static HarvestedTeacher of(Teacher teacher, Path harvest, Predicate<Harvested> condition) {
        var remembering = new HarvestedTeacher(teacher);
        HarvestFile.read(harvest, harvested -> {
            if (condition.test(harvested)) {
                harvested.answer().ifPresent(answer -> remembering.remember(harvested.instruction(), answer));
            }
        });
        return remembering;
    }

    private void remember(Instruction instruction, Response answer) {
        known.putIfAbsent(instruction.id(), new Response(answer.text(), answer.finishReason(), TokenUsage.FREE));
    }

    @Override
    public Response answer(Instruction instruction) throws Exception {
        Response remembered = known.get(instruction.id());
        return remembered == null ? teacher.answer(instruction) : remembered;
    }

    /** Nothing for a known answer. */
    @Override
    public Optional<TokenUsage> mostTokens(Instruction instruction) {
        return known.containsKey(instruction.id()) ? Optional.of(TokenUsage.FREE) : teacher.mostTokens(instruction);
    }

    /** Those of the wrapped teacher; the loop puts no question into them whose answer is known to cost nothing. */
    @Override
    public Optional<Batches<Instruction, Response>> batches() {
        return teacher.batches();
    }

    /** How many instructions have a known answer. */
    public int size() {
        return known.size();
    }
}
