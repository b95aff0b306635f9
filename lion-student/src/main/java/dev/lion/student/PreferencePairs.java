package dev.lion.student;

import dev.lion.data.Demonstration;
import dev.lion.data.FinishReason;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.Preferences;
import dev.lion.data.Preference;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.prompt.PromptEncoder;
import dev.lion.student.training.PreferencePair;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Turns preferences into pairs of sequences. One with an answer without words is left out. */
record PreferencePairs(PromptEncoder encoder) {
    List<PreferencePair> of(List<Preference> preferences) {
        return preferences.stream().flatMap(each -> pair(each).stream()).toList();
    }

    private Optional<PreferencePair> pair(Preference preference) {
        var chosen = encoder.sequence(new Demonstration(preference.instruction(), preference.chosen()));
        var rejected = encoder.sequence(new Demonstration(preference.instruction(), preference.rejected()))
                .map(answer ->
                        preference.rejected().finishReason() == FinishReason.LENGTH ? withoutEnd(answer) : answer);
        return chosen.flatMap(one -> rejected.map(other -> new PreferencePair(one, other)));
    }

    // where the student was cut off it did not end, and shall not unlearn to
    private static LabelledSequence withoutEnd(LabelledSequence answer) {
        int length = answer.length() - 1;
        var learnt = new BitSet();
        IntStream.range(0, length).filter(answer::isLearnt).forEach(learnt::set);
        return new LabelledSequence(
                answer.id(), IntStream.range(0, length).map(answer::token).toArray(), learnt);
    }

    /** The summary of a training, with the pairs that did not come so far counted as left out. */
    ImitationSummary accountedIn(ImitationSummary summary, int leftOut) {
        if (leftOut == 0) {
            return summary;
        }
        Preferences known = summary.preferences()
                .orElseGet(() -> new Preferences(0, 0, summary.losses().size() + 1L));
        return summary.with(new Preferences(known.pairs(), known.skipped() + leftOut, known.firstStep()));
    }
}
