package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.judging.Aggregation;
import dev.lion.judging.HardRule;
import dev.lion.judging.Judging;
import dev.lion.judging.SecondOrder;
import dev.lion.judging.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class JudgingOptionsTest {
    private static JudgingOptions options(String... args) {
        JudgingOptions options = new JudgingOptions();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(new Host(options))).parseArgs(args);
        return options;
    }

    /** A command with nothing but the options. */
    @CommandLine.Command(name = "host")
    private static final class Host {
        @CommandLine.Mixin
        private JudgingOptions judging;

        private Host(JudgingOptions judging) {
            this.judging = judging;
        }
    }

    @Test
    void judging_noOptions_isThePapers() {
        assertThat(options().judging()).isEqualTo(Judging.paper());
        assertThat(options().hard()).isEqualTo(HardRule.gap(1));
    }

    @Test
    void judging_everyOption_isTaken() {
        JudgingOptions options = options(
                "--judge",
                "likely-hard=0.9",
                "--second-order",
                "when-open=0.1..0.5",
                "--aggregate",
                "agree-or-tie",
                "--hard",
                "band=-0.5..0.5");
        assertThat(options.judging())
                .isEqualTo(Judging.paper()
                        .with(Selection.likelyHard(0.9))
                        .with(SecondOrder.whenOpen(0.1, 0.5))
                        .with(Aggregation.AGREE_OR_TIE));
        assertThat(options.hard()).isEqualTo(HardRule.band(-0.5, 0.5));
    }

    @Test
    void judging_frugalWithAnotherSecondOrder_changesThatAlone() {
        assertThat(options("--frugal", "--second-order=when-open=0.05").judging())
                .isEqualTo(Judging.frugal().with(SecondOrder.whenOpen(0.05)));
        assertThat(options("--frugal", "--judge=all", "--second-order=always").judging())
                .isEqualTo(Judging.paper());
        assertThat(options("--judge=sample=0.3", "--hard=top=0.3").judging().selection())
                .isEqualTo(Selection.stratified(0.3));
    }

    @ParameterizedTest
    @CsvSource({
        "--judge, some, there is no some",
        "--judge, sample, sample needs a number",
        "--judge, sample=2, above 0 and below 1",
        "--judge, all=1, all takes no value",
        "--second-order, when-open=0.9, at most hardFrom",
        "--aggregate, median, expected one of",
        "--hard, band=1, needs a range",
        "--hard, gap=wide, needs a number"
    })
    void judging_wrongValue_saysWhatIsExpected(String option, String value, String words) {
        assertThatThrownBy(() -> options(option, value))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(words);
    }
}
