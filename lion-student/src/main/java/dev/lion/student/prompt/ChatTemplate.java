package dev.lion.student.prompt;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * The chat template that a model was trained with, in Jinja. It is run as transformers runs it, with {@code messages}, {@code
 * add_generation_prompt}, the model's special tokens, no {@code tools} and no {@code documents}, and with {@code
 * enable_thinking}; it is untrusted, and can neither reach anything of this process nor run or write without bound.
 *
 * @param source the template
 * @param system what the student is told before anything else; default nothing, and the template may have words of its own
 * @param thinking whether answers hold the student's thoughts, for templates that ask; default false: an answer is what the
 *     teacher said, and the prompt of a model that thinks has the thoughts left empty
 * @param date what {@code strftime_now} takes for today; default 26 July 2024, which templates without a clock fall back to,
 *     so that a prompt is the same on every day
 */
public record ChatTemplate(String source, Optional<String> system, boolean thinking, LocalDate date)
        implements PromptFormat {
    private static final LocalDate DATE = LocalDate.of(2024, 7, 26);

    public ChatTemplate {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(date, "date");
        if (source.isBlank() || source.length() > TemplateEngine.LONGEST_TEMPLATE) {
            throw new IllegalArgumentException("a chat template has at least one character and at most "
                    + TemplateEngine.LONGEST_TEMPLATE + ", not " + source.length());
        }
    }

    /** A template with the default settings. */
    public static ChatTemplate of(String source) {
        return new ChatTemplate(source, Optional.empty(), false, DATE);
    }

    @Override
    public ChatTemplate withSystem(String message) {
        return new ChatTemplate(source, Optional.of(message), thinking, date);
    }

    /** The same template for a student that thinks before it answers, or not. */
    public ChatTemplate withThinking(boolean value) {
        return new ChatTemplate(source, system, value, date);
    }

    /** The same template on another day. */
    public ChatTemplate withDate(LocalDate today) {
        return new ChatTemplate(source, system, thinking, today);
    }
}
