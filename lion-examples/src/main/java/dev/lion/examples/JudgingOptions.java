package dev.lion.examples;

import dev.lion.judging.Aggregation;
import dev.lion.judging.HardRule;
import dev.lion.judging.Judging;
import dev.lion.judging.SecondOrder;
import dev.lion.judging.Selection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which instructions the referee is asked about, in which orders, and which gaps are hard; the paper's by default. */
final class JudgingOptions {
    @Option(
            names = "--frugal",
            description = "save about half of the referee's calls; the options below change parts of it")
    private boolean frugal;

    @Option(
            names = "--judge",
            converter = SelectionText.class,
            paramLabel = "WHICH",
            description =
                    "all, sample=SHARE (at random), or likely-hard=SHARE (those likely hard first, until this share"
                            + " of the hard ones is expected to be found) (default: all, the paper's)")
    private Optional<Selection> selection = Optional.empty();

    @Option(
            names = "--second-order",
            converter = SecondOrderText.class,
            paramLabel = "WHEN",
            description =
                    "when the answers are shown in both orders: always, when-open=P (when the other decision is more"
                            + " likely than P), or when-open=LOW..HIGH (when hard with a probability in between)"
                            + " (default: always, the paper's)")
    private Optional<SecondOrder> secondOrder = Optional.empty();

    @Option(
            names = "--aggregate",
            converter = AggregationText.class,
            paramLabel = "HOW",
            description = "mean, agree-or-tie, discard-if-flipped or teacher-first (default: mean, the paper's)")
    private Optional<Aggregation> aggregation = Optional.empty();

    @Option(
            names = "--hard",
            converter = HardRuleText.class,
            paramLabel = "RULE",
            description =
                    "gap=POINTS or more, top=SHARE of the widest gaps, or band=FROM..BELOW (default: gap=1, the paper's)")
    private Optional<HardRule> hard = Optional.empty();

    HardRule hard() {
        return hard.orElseGet(() -> HardRule.gap(1));
    }

    Judging judging() {
        Judging base = frugal ? Judging.frugal() : Judging.paper();
        return base.with(selection.orElse(base.selection()))
                .with(secondOrder.orElse(base.secondOrder()))
                .with(aggregation.orElse(base.aggregation()));
    }

    /** {@code all}, {@code sample=0.3}, {@code likely-hard=0.95}. */
    static final class SelectionText implements ITypeConverter<Selection> {
        @Override
        public Selection convert(String text) {
            return parsed(text, "all, sample=SHARE or likely-hard=SHARE", setting -> switch (setting.name()) {
                case "all" -> setting.alone(Selection.everything());
                case "sample" -> Selection.stratified(setting.number());
                case "likely-hard" -> Selection.likelyHard(setting.number());
                default -> throw new IllegalArgumentException("there is no " + setting.name());
            });
        }
    }

    /** {@code always}, {@code when-open=0.05}, {@code when-open=0.1..0.5}. */
    static final class SecondOrderText implements ITypeConverter<SecondOrder> {
        @Override
        public SecondOrder convert(String text) {
            return parsed(text, "always, when-open=P or when-open=LOW..HIGH", setting -> switch (setting.name()) {
                case "always" -> setting.alone(SecondOrder.always());
                case "when-open" ->
                    setting.isRange()
                            ? SecondOrder.whenOpen(setting.low(), setting.high())
                            : SecondOrder.whenOpen(setting.number());
                default -> throw new IllegalArgumentException("there is no " + setting.name());
            });
        }
    }

    /** {@code mean}, {@code agree-or-tie}, {@code discard-if-flipped}, {@code teacher-first}. */
    static final class AggregationText implements ITypeConverter<Aggregation> {
        @Override
        public Aggregation convert(String text) {
            return Arrays.stream(Aggregation.values())
                    .filter(each -> each.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + List.of(Aggregation.values()) + ", found " + text));
        }
    }

    /** {@code gap=1.0}, {@code top=0.3}, {@code band=-0.5..0.5}. */
    static final class HardRuleText implements ITypeConverter<HardRule> {
        @Override
        public HardRule convert(String text) {
            return parsed(text, "gap=POINTS, top=SHARE or band=FROM..BELOW", setting -> switch (setting.name()) {
                case "gap" -> HardRule.gap(setting.number());
                case "top" -> HardRule.topShare(setting.number());
                case "band" -> HardRule.band(setting.low(), setting.high());
                default -> throw new IllegalArgumentException("there is no " + setting.name());
            });
        }
    }

    private static <T> T parsed(String text, String expected, Function<NamedSetting, T> meaning) {
        try {
            return meaning.apply(NamedSetting.of(text));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("expected " + expected + ", found " + text + ": " + e.getMessage());
        }
    }
}
