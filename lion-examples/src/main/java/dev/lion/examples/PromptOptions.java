package dev.lion.examples;

import dev.langchain4j.model.chat.ChatModel;
import dev.lion.LionException;
import dev.lion.teacher.ChatModelGenerator;
import dev.lion.teacher.ChatModelReferee;
import dev.lion.teacher.ChatModelTeacher;
import dev.lion.teacher.StructuredOutput;
import dev.lion.teacher.prompt.PromptSet;
import dev.lion.teacher.prompt.PromptTemplate;
import dev.lion.teacher.prompt.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the three roles are told, and what the referee is asked for; lion's own words and the paper's scale by default. */
final class PromptOptions {
    /** Stands for the model while the prompts are checked; it is asked nothing. */
    private static final ChatModel NOBODY = new ChatModel() {};

    @Option(
            names = "--domain",
            paramLabel = "TEXT",
            description = "what the answers are for, such as \"a bank's support desk\"; all three roles are told")
    private Optional<String> domain = Optional.empty();

    @Option(
            names = "--system-prompt",
            paramLabel = "FILE",
            description =
                    "your application's own system prompt: the teacher answers under it, the referee and the generator"
                            + " are told its rules")
    private Optional<Path> systemPrompt = Optional.empty();

    @Option(
            names = "--prompt",
            paramLabel = "NAME=FILE",
            description =
                    "a prompt of your own in place of one of lion's, such as referee.system=mine.txt; may be repeated")
    private Map<String, Path> prompts = new LinkedHashMap<>();

    @Option(
            names = "--scale",
            converter = ScaleText.class,
            paramLabel = "SCALE",
            description = "what the referee is asked for: points in a range such as 1-10, 1-5 or 0-100, or preference"
                    + " (default: 1-10, the paper's)")
    private Optional<Scale> scale = Optional.empty();

    @Option(
            names = "--criterion",
            paramLabel = "TEXT",
            description = "what the referee judges by, in place of lion's words; may be repeated")
    private List<String> criteria = new ArrayList<>();

    @Option(
            names = "--samples",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "how often the referee is asked about each comparison (default: ${DEFAULT-VALUE}, the paper's)")
    private int samples;

    @Option(
            names = "--json-verdicts",
            defaultValue = "AUTO",
            paramLabel = "WHEN",
            description =
                    "auto, where the model says that it supports schemas; always; never (default: ${DEFAULT-VALUE})")
    private StructuredOutput structured = StructuredOutput.AUTO;

    /** {@code 1-5}, {@code preference}. */
    static final class ScaleText implements ITypeConverter<Scale> {
        @Override
        public Scale convert(String text) {
            try {
                return Scale.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Adds what is wrong with these options; reads the files. */
    OptionFaults check(OptionFaults faults) {
        faults.within(1, 25, "--samples", samples);
        try {
            applyTo(ChatModelTeacher.builder(NOBODY)).build();
            applyTo(ChatModelGenerator.builder(NOBODY)).build();
            if (samples > 0) {
                applyTo(ChatModelReferee.builder(NOBODY)).build();
            }
        } catch (LionException | IllegalArgumentException e) {
            faults.require(false, String.valueOf(e.getMessage()));
        }
        return faults;
    }

    /** Tells a teacher. */
    ChatModelTeacher.Builder applyTo(ChatModelTeacher.Builder teacher) {
        teacher.prompts(promptSet());
        systemPrompt().ifPresent(teacher::systemPrompt);
        domain.ifPresent(teacher::domain);
        return teacher;
    }

    /** Tells a referee, and says what it is asked for. */
    ChatModelReferee.Builder applyTo(ChatModelReferee.Builder referee) {
        referee.prompts(promptSet()).samples(samples).structuredOutput(structured);
        systemPrompt().ifPresent(referee::systemPrompt);
        domain.ifPresent(referee::domain);
        scale.ifPresent(referee::scale);
        criteria.forEach(referee::criterion);
        return referee;
    }

    /** Tells a generator. */
    ChatModelGenerator.Builder applyTo(ChatModelGenerator.Builder generator) {
        generator.prompts(promptSet());
        systemPrompt().ifPresent(generator::systemPrompt);
        domain.ifPresent(generator::domain);
        return generator;
    }

    private PromptSet promptSet() {
        PromptSet set = PromptSet.defaults();
        for (Map.Entry<String, Path> prompt : prompts.entrySet()) {
            set = set.with(prompt.getKey(), PromptTemplate.read(prompt.getValue()));
        }
        return set;
    }

    private Optional<String> systemPrompt() {
        return systemPrompt.map(file -> PromptTemplate.read(file).text());
    }
}
