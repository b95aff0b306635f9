package dev.lion.report;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Finding;
import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.Response;
import dev.lion.report.Rounds.Round;
import dev.lion.report.SampleChoice.Pick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A judged instruction with what the page shows of it.
 *
 * @param instruction what was asked
 * @param iteration the judging that is shown
 * @param judgement what the referee said, and what was made of it
 * @param teacher the teacher's answer, when it is on disk
 * @param student the student's answer of that iteration, when it is on disk
 * @param history every time it was judged, in order
 * @param later the student's answer when it was last judged, when that was in a later iteration
 * @param line where it came from, from its seed to itself
 */
record Sample(
        Instruction instruction,
        int iteration,
        Judgement judgement,
        Optional<Response> teacher,
        Optional<Response> student,
        List<Round> history,
        Optional<Response> later,
        List<Step> line) {

    /** An instruction of a line, and what the referee found when it first saw it. */
    record Step(Instruction instruction, Optional<Finding> found) {}

    /** The samples for the picks, in their order; a pick that is in neither part is left out. */
    static List<Sample> load(List<Pick> picks, ReportData data, Lineage lineage, Rounds rounds) {
        Loader loader = new Loader(data, picks, rounds);
        List<Sample> samples = new ArrayList<>();
        for (Pick pick : picks) {
            Judgement judgement = loader.judgements.get(pick);
            if (judgement != null && judgement.finding().isPresent()) {
                samples.add(new Sample(
                        lineage.instruction(pick.id()),
                        pick.iteration(),
                        judgement,
                        Optional.ofNullable(loader.teachers.get(pick.id())),
                        loader.answer(pick),
                        rounds.of(pick.id()),
                        loader.laterAnswer(pick),
                        line(lineage, rounds, pick.id())));
            }
        }
        return samples;
    }

    private static List<Step> line(Lineage lineage, Rounds rounds, String id) {
        return lineage.line(lineage.instruction(id)).stream()
                .map(step -> new Step(
                        step,
                        rounds.of(step.id()).stream()
                                .flatMap(round -> round.finding().stream())
                                .findFirst()))
                .toList();
    }

    /** How much text it brings to the page, about. */
    long characters() {
        long answers = Stream.of(teacher, student, later)
                .flatMap(Optional::stream)
                .mapToLong(answer -> answer.text().length())
                .sum();
        long evidence = Stream.of(AnswerOrder.values())
                .flatMap(order -> judgement.scored(order).stream())
                .mapToLong(scored -> scored.evidence().length())
                .sum();
        return instruction.fullText().length() + answers + evidence;
    }

    /** The last time it was judged. */
    Round lastRound() {
        return history.get(history.size() - 1);
    }

    /** Reads each iteration once and keeps only what was picked. */
    private static final class Loader {
        private final Map<Pick, Judgement> judgements = new HashMap<>();
        private final Map<Pick, Response> answers = new HashMap<>();
        private final Map<String, Response> teachers = new HashMap<>();

        private final Rounds rounds;

        Loader(ReportData data, List<Pick> picks, Rounds rounds) {
            this.rounds = rounds;
            Set<Pick> wanted = new HashSet<>(picks);
            Set<Integer> iterations = new HashSet<>();
            picks.forEach(pick -> wanted.add(last(pick)));
            wanted.forEach(pick -> iterations.add(pick.iteration()));
            iterations.forEach(iteration -> read(data.texts(), iteration, wanted));
            Set<String> ids = picks.stream().map(Pick::id).collect(Collectors.toSet());
            data.texts().teacherAnswers(answer -> {
                if (ids.contains(answer.instructionId())) {
                    teachers.put(answer.instructionId(), answer.response());
                }
            });
        }

        private void read(RunTexts texts, int iteration, Set<Pick> wanted) {
            texts.judgements(iteration, judgement -> {
                Pick pick = new Pick(judgement.instructionId(), iteration);
                if (wanted.contains(pick)) {
                    judgements.put(pick, judgement);
                }
            });
            texts.studentAnswers(iteration, answer -> {
                Pick pick = new Pick(answer.instructionId(), iteration);
                if (wanted.contains(pick)) {
                    answers.put(pick, answer.response());
                }
            });
        }

        private Pick last(Pick pick) {
            List<Round> history = rounds.of(pick.id());
            return new Pick(pick.id(), history.get(history.size() - 1).iteration());
        }

        Optional<Response> laterAnswer(Pick pick) {
            Pick last = last(pick);
            return last.iteration() > pick.iteration() ? answer(last) : Optional.empty();
        }

        Optional<Response> answer(Pick pick) {
            return Optional.ofNullable(answers.get(pick));
        }
    }
}
