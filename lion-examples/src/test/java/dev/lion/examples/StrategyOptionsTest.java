package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.evaluation.Benchmark;
import dev.lion.evaluation.EvaluationFileException;
import dev.lion.loop.LoopConfig;
import dev.lion.strategy.KeepRule;
import dev.lion.strategy.ParentRule;
import dev.lion.strategy.StopRule;
import dev.lion.strategy.StudentStart;
import dev.lion.strategy.TrainPoolRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

class StrategyOptionsTest {
    @TempDir
    private Path temp;

    @Command(name = "probe")
    private static final class Probe implements Runnable {
        @Spec
        private @Nullable CommandSpec command;

        @Mixin
        private StrategyOptions options = new StrategyOptions();

        @Override
        public void run() {}

        LoopConfig config() {
            OptionFaults faults = new OptionFaults(Objects.requireNonNull(command));
            options.check(faults);
            faults.refuse();
            return options.applyTo(LoopConfig.builder()).build();
        }
    }

    private static Probe parsed(String... arguments) {
        Probe probe = new Probe();
        new CommandLine(probe).parseArgs(arguments);
        return probe;
    }

    @Test
    void config_withoutOptions_isThePapers() {
        assertThat(parsed().config()).isEqualTo(LoopConfig.defaults());
    }

    @Test
    void config_everyOption_choosesItsStrategy() {
        LoopConfig config = parsed(
                        "--train-pool=replay=0.3",
                        "--student-start=base",
                        "--hard-to-easy=2:1",
                        "--parents=lineage",
                        "--stop-at-plateau=0.02",
                        "--plateau-patience=2",
                        "--evaluate=items.json",
                        "--keep-best=0.01")
                .config();
        assertThat(config)
                .isEqualTo(LoopConfig.builder()
                        .trainPoolRule(TrainPoolRule.replay(0.3))
                        .studentStart(StudentStart.base())
                        .hardShare(2.0 / 3)
                        .parentRule(ParentRule.balancedByLineage())
                        .stopRule(StopRule.plateau(0.02, 2))
                        .keepRule(KeepRule.best(0.01))
                        .build());
        assertThat(parsed("--train-pool", "accumulate").config().trainPoolRule())
                .isEqualTo(TrainPoolRule.accumulate());
    }

    @ParameterizedTest
    @CsvSource({"1:0, 1", "0:1, 0", "1:1, 0.5", "3:1, 0.75"})
    void config_ratio_isTheHardShare(String ratio, double share) {
        assertThat(parsed("--hard-to-easy", ratio).config().hardShare()).isEqualTo(share);
    }

    @Test
    void config_keepBestWithoutATolerance_isTheBest() {
        assertThat(parsed("--keep-best", "--evaluate", "items.json").config().keepRule())
                .isEqualTo(KeepRule.best());
    }

    @Test
    void config_keepBestByChance_goesBackOnlyBeyondIt() {
        assertThat(parsed("--keep-best=chance", "--evaluate", "items.json")
                        .config()
                        .keepRule())
                .isEqualTo(KeepRule.unlessFallen());
    }

    @ParameterizedTest
    @CsvSource({
        "--train-pool=replay, 'replace, accumulate or replay=SHARE'",
        "--train-pool=replay=0, above 0 such as 0.3",
        "--train-pool=replay=x, but is replay=x",
        "--train-pool=replay=NaN, but is replay=NaN",
        "--train-pool=keep, but is keep",
        "--student-start=scratch, 'present or base, but is scratch'",
        "--hard-to-easy=0:0, 'such as 2:1, not both 0'",
        "--hard-to-easy=2, 'such as 2:1, not both 0'",
        "--hard-to-easy=-1:2, but is -1:2",
        "--parents=balanced, 'uniform, lineage or undirected, but is balanced'",
        "--stop-at-plateau=0, above 0 and at most 1",
        "--stop-at-plateau=NaN, but is NaN",
        "--plateau-patience=0, 1 or more",
        "--keep-best=1.5, from 0 to 1",
        "--keep-best=luck, 'from 0 to 1, or chance, but is luck'",
        "--keep-best, needs --evaluate PATH"
    })
    void config_unusableValue_namesTheOptionAndWhatIsAllowed(String argument, String words) {
        String option = argument.split("=", 2)[0];
        assertThatThrownBy(() -> parsed(argument).config())
                .isInstanceOf(ParameterException.class)
                .hasMessageContainingAll(option, words);
    }

    @Test
    void config_severalFaults_areSaidTogether() {
        assertThatThrownBy(() -> parsed("--train-pool=a", "--parents=b").config())
                .hasMessageContainingAll("--train-pool", "--parents");
    }

    @Test
    void readEvaluation_fileAndFolder_haveTheSameItems() throws IOException {
        Path file = Files.writeString(
                temp.resolve("echo.json"), "{\"examples\": [{\"input\": \"Say a\", \"target\": \"a\"}]}");
        Benchmark fromFile =
                parsed("--evaluate", file.toString()).options.readEvaluation().orElseThrow();
        Benchmark fromFolder =
                parsed("--evaluate", temp.toString()).options.readEvaluation().orElseThrow();
        assertThat(fromFile.items()).hasSize(1).isEqualTo(fromFolder.items());
        assertThat(StrategyOptions.fingerprint(fromFile))
                .startsWith("1 item, ")
                .isEqualTo(StrategyOptions.fingerprint(fromFolder));
        Files.writeString(file, "{\"examples\": [{\"input\": \"Say a\", \"target\": \"b\"}]}");
        Benchmark other =
                parsed("--evaluate", file.toString()).options.readEvaluation().orElseThrow();
        assertThat(StrategyOptions.fingerprint(other)).isNotEqualTo(StrategyOptions.fingerprint(fromFile));
    }

    @Test
    void readEvaluation_missingFile_namesIt() {
        StrategyOptions options = parsed("--evaluate=" + temp.resolve("none.json")).options;
        assertThatThrownBy(options::readEvaluation)
                .isInstanceOf(EvaluationFileException.class)
                .hasMessageContaining("none.json");
    }
}
