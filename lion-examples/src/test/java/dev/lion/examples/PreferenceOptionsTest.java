package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.loop.LoopConfig;
import dev.lion.strategy.PreferenceRule;
import dev.lion.student.training.DpoConfig;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

class PreferenceOptionsTest {
    @Command(name = "probe")
    private static final class Probe implements Runnable {
        @Spec
        private @Nullable CommandSpec command;

        @Mixin
        private PreferenceOptions options = new PreferenceOptions();

        @Override
        public void run() {}

        PreferenceOptions checked() {
            OptionFaults faults = new OptionFaults(Objects.requireNonNull(command));
            options.check(faults);
            faults.refuse();
            return options;
        }
    }

    private static PreferenceOptions checked(String... arguments) {
        Probe probe = new Probe();
        new CommandLine(probe).parseArgs(arguments);
        return probe.checked();
    }

    private static LoopConfig config(String... arguments) {
        return checked(arguments).applyTo(LoopConfig.builder()).build();
    }

    @Test
    void options_none_areThePapersLoop() {
        assertThat(config()).isEqualTo(LoopConfig.defaults());
        assertThat(checked().settings()).isEmpty();
    }

    @Test
    void options_preferences_areOfHardInstructions() {
        assertThat(config("--preferences").preferences()).contains(PreferenceRule.hard());
        assertThat(checked("--preferences").dpo(false)).isEqualTo(DpoConfig.defaults());
        assertThat(checked("--preferences").dpo(true)).isEqualTo(new DpoConfig(0.1, 1, 5e-5, 16));
        assertThat(checked("--preferences").settings()).containsEntry("student.dpo.beta", "default");
    }

    @Test
    void options_all_areTaken() {
        String[] all = {
            "--preferences",
            "--preference-gap=2.5",
            "--dpo-beta=0.3",
            "--dpo-epochs=2",
            "--dpo-learning-rate=1e-5",
            "--dpo-batch=8"
        };
        assertThat(config(all).preferences()).contains(PreferenceRule.gap(2.5));
        assertThat(checked(all).dpo(false)).isEqualTo(checked(all).dpo(true)).isEqualTo(new DpoConfig(0.3, 2, 1e-5, 8));
        assertThat(checked(all).settings())
                .isEqualTo(Map.of(
                        "student.dpo.beta", "0.3",
                        "student.dpo.epochs", "2",
                        "student.dpo.learningRate", "1.0E-5",
                        "student.dpo.batch", "8"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--preference-gap=0  | --preference-gap must be above 0 and at most 9, but is 0.0",
                "--preference-gap=10 | --preference-gap must be above 0 and at most 9, but is 10.0",
                "--dpo-beta=-1       | --dpo-beta must be above 0, but is -1.0",
                "--dpo-epochs=0      | --dpo-epochs must be 1 or more, but is 0",
                "--dpo-learning-rate=1 | --dpo-learning-rate must be above 0 and below 1, but is 1.0",
                "--dpo-batch=0       | --dpo-batch must be 1 or more, but is 0"
            })
    void options_outOfRange_areRefused(String option, String fault) {
        assertThatThrownBy(() -> checked("--preferences", option))
                .isInstanceOf(ParameterException.class)
                .hasMessage(fault);
    }

    @Test
    void options_detailsWithoutPreferences_areRefused() {
        assertThatThrownBy(() -> checked("--dpo-beta=0.2"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("--preference-gap and the --dpo options need --preferences");
    }
}
