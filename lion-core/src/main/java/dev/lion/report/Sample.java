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
 * @param judgement the referee's two verdicts
 * @param round the iteration and scores shown
 * @param teacher the teacher's answer, when it is on disk
 * @param student the student's answer of that iteration, when it is on disk
 * @param history every time it was judged, in order
 * @param later the student's answer when it was last judged, when that was in a later iteration
 */
record Sample(
        Instruction instruction,
        Judgement judgement,
        Round round,
        Optional<Response> teacher,
        Optional<Response> student,
        List<Round> history,
        Optional<Response> later) {

    /** The samples for the picks, in their order; one whose judgement is no longer there is left out. */
    static List<Sample> load(List<Pick> picks, ReportData data, Lineage lineage, Rounds rounds) {
        Loader loader = new Loader(data, picks, rounds);
        List<Sample> samples = new ArrayList<>();
        for (Pick pick : picks) {
            Judgement judgement = loader.judgements.get(pick);
            List<Round> history = rounds.of(pick.id());
            if (judgement != null) {
                Round last = history.get(history.size() - 1);
                samples.add(new Sample(
                        lineage.instruction(pick.id()),
                        judgement,
                        round(history, pick.iteration()),
                        Optional.ofNullable(data.teacherAnswers().get(pick.id())),
                        loader.answer(pick),
                        history,
                        last.iteration() > pick.iteration()
                                ? loader.answer(new Pick(pick.id(), last.iteration()))
                                : Optional.empty()));
            }
        }
        return samples;
    }

    private static Round round(List<Round> history, int iteration) {
        return history.stream()
                .filter(r -> r.iteration() == iteration)
                .findFirst()
                .orElseThrow();
    }

    /** Reads each iteration once and keeps only what was picked. */
    private static final class Loader {
        private final Map<Pick, Judgement> judgements = new HashMap<>();
        private final Map<Pick, Response> answers = new HashMap<>();

        Loader(ReportData data, List<Pick> picks, Rounds rounds) {
            Set<Pick> wanted = new HashSet<>(picks);
            Set<Integer> iterations = new HashSet<>();
            for (Pick pick : picks) {
                List<Round> history = rounds.of(pick.id());
                wanted.add(new Pick(pick.id(), history.get(history.size() - 1).iteration()));
            }
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

        Optional<Response> answer(Pick pick) {
            return Optional.ofNullable(answers.get(pick));
        }
    }
}
