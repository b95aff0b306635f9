package dev.lion.teacher.prompt;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The two messages of one kind of request: a system message with the rules and a user message with the matter.
 *
 * <p>The roles use lion's own prompts, the constants here, unless their builders are given others. Immutable, so any
 * thread may use it.
 *
 * @param system the rules
 * @param user the matter
 */
public record ChatPrompt(PromptTemplate system, PromptTemplate user) {
    /** How the teacher is asked; <code>{request}</code> is the instruction with its input. */
    public static final ChatPrompt TEACHER = bundled("teacher.system", "teacher.user");

    /**
     * How the referee is asked; <code>{instruction}</code>, <code>{first}</code> and <code>{second}</code> are framed
     * texts, <code>{code}</code> is the code of their frames, and <code>{format}</code> says how the verdict is to be written,
     * with the message's mark. <code>{criteria}</code> and <code>{scale}</code> are needed only where the referee's are not
     * the usual ones.
     */
    public static final ChatPrompt REFEREE =
            new ChatPrompt(PromptTemplate.bundled("referee.system", 2), PromptTemplate.bundled("referee.user", 2));

    /** The same for a referee that gives its scores before it explains them; placeholders as in {@link #REFEREE}. */
    public static final ChatPrompt REFEREE_SCORES_FIRST =
            new ChatPrompt(PromptTemplate.bundled("referee.scores-first.system", 1), REFEREE.user());

    /**
     * How a new instruction is asked for that is like a hard one: same domain, same task type (paper, section 3.3).
     * <code>{instruction}</code> is a framed text, <code>{code}</code> the code of its frame.
     */
    public static final ChatPrompt GENERATOR_HARD = bundled("generator.system", "generator.hard");

    /** The same from an easy one: same domain, in its long tail (paper, section 3.3). */
    public static final ChatPrompt GENERATOR_EASY = bundled("generator.system", "generator.easy");

    /**
     * How several new instructions like a hard one are asked for. <code>{count}</code> is their number, the others are as in
     * {@link #GENERATOR_HARD}; the lines it asks for are those that {@link TaskListParser} reads.
     */
    public static final ChatPrompt SEVERAL_HARD = bundled("generator.several.system", "generator.several.hard");

    /** The same from an easy one. */
    public static final ChatPrompt SEVERAL_EASY = bundled("generator.several.system", "generator.several.easy");

    /** How one or more new instructions with inputs apart are asked for, like a hard one; placeholders as in {@link #SEVERAL_HARD}. */
    public static final ChatPrompt INPUTS_HARD = bundled("generator.inputs.system", "generator.inputs.hard");

    /** The same from an easy one. */
    public static final ChatPrompt INPUTS_EASY = bundled("generator.inputs.system", "generator.inputs.easy");

    public ChatPrompt {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(user, "user");
    }

    private static ChatPrompt bundled(String system, String user) {
        return new ChatPrompt(PromptTemplate.bundled(system, 1), PromptTemplate.bundled(user, 1));
    }

    /** The names of the placeholders of both messages, sorted. */
    public Set<String> placeholders() {
        Set<String> names = new TreeSet<>(system.placeholders());
        names.addAll(user.placeholders());
        return names;
    }

    /**
     * This prompt, checked to have exactly these placeholders.
     *
     * @throws IllegalArgumentException naming those that are missing or unknown
     */
    public ChatPrompt requirePlaceholders(Set<String> expected) {
        return requirePlaceholders(expected, Set.of());
    }

    /**
     * This prompt, checked to have the placeholders that it must have, and beside them only some that it may have.
     *
     * @throws IllegalArgumentException naming those that are missing or unknown
     */
    public ChatPrompt requirePlaceholders(Set<String> required, Set<String> optional) {
        new Placeholders(required, optional).fault(placeholders()).ifPresent(fault -> {
            throw new IllegalArgumentException("the prompt " + system.name() + " with " + user.name() + " " + fault);
        });
        return this;
    }

    /**
     * Both messages with every placeholder replaced, in one pass.
     *
     * @throws IllegalArgumentException if a placeholder has no value, or a value has no placeholder
     */
    public List<ChatMessage> messages(Map<String, String> values) {
        requirePlaceholders(values.keySet());
        return List.of(SystemMessage.from(fill(system, values)), UserMessage.from(fill(user, values)));
    }

    private static String fill(PromptTemplate template, Map<String, String> values) {
        Map<String, String> own = new HashMap<>(values);
        own.keySet().retainAll(template.placeholders());
        return template.fill(own);
    }
}
