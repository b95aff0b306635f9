package dev.lion.examples;

import dev.lion.data.Verdict;
import dev.lion.examples.rescore.Rescoring;
import dev.lion.examples.rescore.SavedVerdicts;
import dev.lion.examples.rescore.VerdictChanges;
import dev.lion.teacher.prompt.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Reads recorded verdicts again, so that a new parser or prompt is judged on replies that are paid for. */
@Command(
        name = "rescore",
        mixinStandardHelpOptions = true,
        description = {
            "Read the referee's replies of a recording with the present parser; print how many have scores, and what changed.",
            "Compare with verdicts that an earlier version saved (--save, then --before), or with another recording of the",
            "same questions (--against). Nothing is asked."
        })
final class RescoreCommand implements Callable<Integer> {
    @Option(
            names = "--record",
            required = true,
            paramLabel = "FILE",
            description = "a recording, as distil --record writes it")
    private Path record = Path.of("");

    @Option(names = "--against", paramLabel = "FILE", description = "another recording of the same questions")
    private Optional<Path> against = Optional.empty();

    @Option(names = "--before", paramLabel = "FILE", description = "verdicts that --save wrote before")
    private Optional<Path> before = Optional.empty();

    @Option(names = "--save", paramLabel = "FILE", description = "where to write the verdicts, a JSON line each")
    private Optional<Path> save = Optional.empty();

    @Option(
            names = "--prompt-words",
            paramLabel = "TEXT",
            defaultValue = "compare two answers",
            description = "words of the system message that only the referee's calls have (default: ${DEFAULT-VALUE})")
    private String promptWords = "";

    @Option(
            names = "--scale",
            paramLabel = "SCALE",
            converter = ScaleConverter.class,
            description = "what the referee was asked for: 1-5, 0-100, another range, or preference (default: 1-10)")
    private Scale scale = Scale.ONE_TO_TEN;

    /** As a referee's scale is written. */
    static final class ScaleConverter implements ITypeConverter<Scale> {
        @Override
        public Scale convert(String text) {
            try {
                return Scale.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        Rescoring now = Rescoring.of(record, promptWords, scale);
        print(now);
        if (before.isPresent()) {
            compare(before.get(), SavedVerdicts.read(before.get()), now);
        }
        against.ifPresent(
                file -> compare(file, Rescoring.of(file, promptWords, scale).verdicts(), now));
        if (save.isPresent()) {
            SavedVerdicts.write(save.get(), now.verdicts());
        }
        return 0;
    }

    private static void compare(Path file, Map<String, Verdict> others, Rescoring now) {
        VerdictChanges.of(others, now.verdicts()).print(file.toString(), System.out);
    }

    private static void print(Rescoring now) {
        Map<String, Integer> reasons = new TreeMap<>();
        for (Verdict verdict : now.verdicts().values()) {
            if (verdict instanceof Verdict.Abstained abstained) {
                reasons.merge(abstained.reason(), 1, Integer::sum);
            }
        }
        int abstained = reasons.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("replies of the referee: " + now.verdicts().size() + ", "
                + (now.verdicts().size() - abstained) + " with scores, " + abstained + " without; "
                + Wording.count(now.failed(), "call") + " failed");
        if (now.unframed() > 0) {
            System.out.println(
                    "  " + now.unframed() + " of them read without the texts that they are about, as those are"
                            + " not whole in the message; score lines repeated from a text may count there");
        }
        reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .forEach(reason -> System.out.println("  " + reason.getValue() + " times " + reason.getKey()));
    }
}
