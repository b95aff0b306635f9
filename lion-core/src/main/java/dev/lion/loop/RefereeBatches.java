package dev.lion.loop;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Instruction;
import dev.lion.data.PaidRole;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.Batches;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import java.util.List;
import java.util.Optional;

/**
 * The referee's verdicts of a discrimination, in batches; a question's key is the instruction's id and the order of the
 * answers.
 */
final class RefereeBatches implements BatchTopic<Comparison, Verdict> {
    private final RunContext context;
    private final List<Instruction> instructions;
    private final Positions positions;
    private final TeacherAnswers teacherAnswers;
    private final StudentAnswers studentAnswers;
    private final Verdicts verdicts;

    RefereeBatches(
            RunContext context, List<Instruction> instructions, StudentAnswers studentAnswers, Verdicts verdicts) {
        this.context = context;
        this.instructions = instructions;
        this.positions = new Positions(instructions);
        this.teacherAnswers = context.answers();
        this.studentAnswers = studentAnswers;
        this.verdicts = verdicts;
    }

    /** The key of a question. */
    String key(int position, AnswerOrder order) {
        return instructions.get(position).id() + " " + order.name();
    }

    /** The verdict that a key is for. */
    private record Place(int position, AnswerOrder order) {}

    private Optional<Place> place(String key) {
        int space = key.lastIndexOf(' ');
        return positions
                .of(key.substring(0, space))
                .map(position -> new Place(position, AnswerOrder.valueOf(key.substring(space + 1))));
    }

    private Referee referee() {
        return context.roles().referee();
    }

    @Override
    public Role role() {
        return Role.REFEREE;
    }

    @Override
    public PaidRole paidRole() {
        return PaidRole.REFEREE;
    }

    @Override
    public Optional<Batches<Comparison, Verdict>> batches() {
        return referee().batches();
    }

    @Override
    public Comparison question(String key) {
        Place place = place(key).orElseThrow();
        Instruction instruction = instructions.get(place.position());
        Response teacher = teacherAnswers.find(instruction).orElseThrow();
        Response student = studentAnswers.to(List.of(place.position())).get(0);
        return place.order() == AnswerOrder.TEACHER_FIRST
                ? new Comparison(instruction, teacher, student)
                : new Comparison(instruction, student, teacher);
    }

    @Override
    public Optional<TokenUsage> most(Comparison question) {
        return referee().mostTokens(question);
    }

    @Override
    public boolean isOpen(String key) {
        return place(key)
                .filter(place -> !verdicts.contains(place.position(), place.order()))
                .isPresent();
    }

    /** An abstention is no verdict: the referee is asked again. */
    @Override
    public void take(String key, Verdict answer) {
        if (answer instanceof Verdict.Scored) {
            place(key).ifPresent(place -> verdicts.add(place.position(), place.order(), answer));
        }
    }

    @Override
    public void force() {
        studentAnswers.force();
        verdicts.force();
    }

    @Override
    public TokenUsage usage(Verdict answer) {
        return answer.usage();
    }
}
