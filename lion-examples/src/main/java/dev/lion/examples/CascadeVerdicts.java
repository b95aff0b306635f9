package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.examples.puzzle.PuzzleItem;
import dev.lion.examples.puzzle.PuzzleReferee;
import dev.lion.examples.puzzle.Puzzles;
import dev.lion.role.Comparison;
import dev.lion.run.IterationSummary;
import dev.lion.run.RunDirectory;
import dev.lion.student.LoadedStudent;
import dev.lion.student.cascade.ConfidentAnswer;
import dev.lion.student.cascade.GradedAnswer;
import dev.lion.student.cascade.StudentAnswers;
import dev.lion.student.decoding.DecodingConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What a cascade is calibrated on: fresh puzzles, where the referee is a program, or the verdicts that a run has. */
final class CascadeVerdicts {
    private static final int LOOKED_AT = 20;

    private final RunDirectory run;
    private final int most;
    private final long seed;

    /** At most so many, drawn with a seed. */
    CascadeVerdicts(RunDirectory run, int most, long seed) {
        this.run = run;
        this.most = most;
        this.seed = seed;
    }

    /** Whether the run is about puzzles, which a program can write, solve and judge. */
    boolean areOfPuzzles() {
        var referee = new PuzzleReferee();
        var nothing = Response.of("");
        return run.seeds().stream()
                .limit(LOOKED_AT)
                .allMatch(text -> referee.judge(new Comparison(text, nothing, nothing)) instanceof Verdict.Scored);
    }

    /** A student's answers to puzzles that are in no pool of the run. */
    List<GradedAnswer> ofFreshPuzzles(LoadedStudent student, int maxNewTokens) throws InterruptedException {
        var items = Puzzles.heldOut(most, seed, run.instructions());
        var targets = new HashMap<String, String>();
        items.forEach(item -> targets.put(item.instruction().id(), item.target()));
        return new StudentAnswers(student)
                        .fresh(
                                items.stream().map(PuzzleItem::instruction).toList(),
                                DecodingConfig.greedy(maxNewTokens))
                        .stream()
                        .flatMap(answer -> judged(
                                answer,
                                targets.getOrDefault(answer.instruction().id(), ""))
                                .stream())
                        .toList();
    }

    /** The program's answer is right, so it has the highest score; its tokens are estimated by the student's. */
    private static Optional<GradedAnswer> judged(ConfidentAnswer answer, String target) {
        var comparison = new Comparison(answer.instruction(), Response.of(target), answer.response());
        return new PuzzleReferee().judge(comparison) instanceof Verdict.Scored scored
                ? Optional.of(new GradedAnswer(
                        answer.confidence(),
                        scored.second(),
                        scored.first(),
                        answer.response().usage()))
                : Optional.empty();
    }

    /** The last iteration whose answers were judged. */
    IterationSummary judgedLast() {
        return run.summaries().stream()
                .filter(summary -> summary.discrimination().isPresent())
                .reduce((a, b) -> b)
                .orElseThrow(() -> new LionException("the run in " + run.path()
                        + " has no verdicts: a discrimination comes with the first iteration after the seeds"));
    }

    /** The student that wrote the answers of an iteration's discrimination. */
    Path writer(int iteration) {
        int kept = run.summaries().stream()
                .filter(summary -> summary.iteration() == iteration - 1)
                .findFirst()
                .orElseThrow()
                .keptIteration();
        return run.path().resolve("student").resolve("iteration-" + kept);
    }

    /** The answers of an iteration's discrimination that were judged in both orders, as sure as their writer is of them. */
    List<GradedAnswer> recorded(int iteration, LoadedStudent writer) {
        Map<String, Response> students = run.studentAnswers(iteration);
        Map<String, Response> teachers = run.teacherAnswers();
        Map<String, Instruction> byId = new HashMap<>();
        run.instructions().forEach(instruction -> byId.put(instruction.id(), instruction));
        var judgements = new ArrayList<>(run.judgements(iteration));
        Collections.shuffle(judgements, new Random(seed));
        var answers = new StudentAnswers(writer);
        return judgements.stream()
                .filter(one -> one.studentScore().isPresent())
                .flatMap(one -> found(byId, one)
                        .flatMap(instruction -> found(students, one).flatMap(r -> answers.recorded(instruction, r)))
                        .map(answer -> graded(one, answer, found(teachers, one)))
                        .stream())
                .limit(most)
                .toList();
    }

    private static <T> Optional<T> found(Map<String, T> byId, Judgement judgement) {
        return Optional.ofNullable(byId.get(judgement.instructionId()));
    }

    private static GradedAnswer graded(Judgement judgement, ConfidentAnswer answer, Optional<Response> teacher) {
        TokenUsage usage = teacher.map(Response::usage)
                .filter(TokenUsage::isKnown)
                .orElse(answer.response().usage());
        return new GradedAnswer(
                answer.confidence(),
                judgement.studentScore().orElseThrow(),
                judgement.teacherScore().orElseThrow(),
                usage);
    }
}
