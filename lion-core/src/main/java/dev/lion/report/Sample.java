package dev.lion.report;

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
 */
record Sample(
        Instruction instruction,
        int iteration,
        Judgement judgement,
        Optional<Response> teacher,
        Optional<Response> student,
        List<Round> history,
        Optional<Response> later) {

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
                        Optional.ofNullable(data.teacherAnswers().get(pick.id())),
                        loader.answer(pick),
                        rounds.of(pick.id()),
                        loader.laterAnswer(pick)));
            }
        }
        return samples;
    }

    /** The last time it was judged. */
    Round lastRound() {
        return history.get(history.size() - 1);
    }

    /** Reads each iteration once and keeps only what was picked. */
    private static final class Loader {
        private final Map<Pick, Judgement> judgements = new HashMap<>();
        private final Map<Pick, Response> answers = new HashMap<>();

        private final Rounds rounds;

        Loader(ReportData data, List<Pick> picks, Rounds rounds) {
            this.rounds = rounds;
            Set<Pick> wanted = new HashSet<>(picks);
            Set<Integer> iterations = new HashSet<>();
            picks.forEach(pick -> wanted.add(last(pick)));
            wanted.forEach(pick -> iterations.add(pick.iteration()));
            for (int iteration : iterations) {
                data.judgements().apply(iteration).stream()
                        .filter(j -> wanted.contains(new Pick(j.instructionId(), iteration)))
                        .forEach(j -> judgements.put(new Pick(j.instructionId(), iteration), j));
                data.studentAnswers().apply(iteration).forEach((id, answer) -> {
                    if (wanted.contains(new Pick(id, iteration))) {
                        answers.put(new Pick(id, iteration), answer);
                    }
                });
            }
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
