package dev.lion.examples.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentsTest {
    static Stream<Experiment> all() {
        return Experiments.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void experiment_namesOnlyTrialsThatItHas(Experiment experiment) {
        List<String> ids = experiment.trials().stream().map(Trial::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
        experiment.pairs().forEach(pair -> assertThat(ids).contains(pair.trial(), pair.baseline()));
        experiment
                .published()
                .forEach(p -> assertThat(ids).containsAll(p.byArm().keySet()));
        experiment
                .trials()
                .forEach(trial -> assertThat(trial.regime().puzzles()).isNotEmpty());
    }

    @Test
    void arms_ofEqualIdInARegime_areTheSameAcrossExperiments() {
        Map<String, List<Trial>> byDirectory = new HashMap<>();
        all().flatMap(experiment -> experiment.trials().stream())
                .forEach(trial -> byDirectory
                        .computeIfAbsent(trial.regime().id() + "/" + trial.arm().id(), key -> new ArrayList<>())
                        .add(trial));
        byDirectory.forEach((directory, trials) -> assertThat(trials)
                .as(directory)
                .allSatisfy(trial -> {
                    assertThat(trial.regime()).isEqualTo(trials.get(0).regime());
                    assertThat(trial.arm().settings())
                            .isEqualTo(trials.get(0).arm().settings());
                    assertThat(trial.arm().config(trial.regime(), 1).build().hardShare())
                            .isEqualTo(trials.get(0).arm().hardShare());
                }));
    }
}
