package dev.lion.student.prompt;

import dev.lion.student.prompt.Message.Role;
import dev.lion.student.tokenizer.SpecialTokens;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes conversations in a format, with the vocabulary of a tokenizer: which special tokens there are, and their texts. */
final class Renderer {
    private static final char FIRST_GUARD = '\uE000';
    private static final char LAST_GUARD = '\uF8FF';
    private static final Pattern MARKUP = Pattern.compile("</?[\\w:-]{1,64}>|\\[/?[\\w:-]{1,64}]");

    private final PromptFormat format;
    private final SpecialTokens specialTokens;
    private final Map<String, String> namedTokens;
    private final String end;
    private final Optional<String> template;
    private final Set<String> markup;

    /**
     * A renderer.
     *
     * @param end what an instruction format ends answers with
     */
    Renderer(PromptFormat format, StudentTokenizer tokenizer, String end) {
        this.format = format;
        this.specialTokens = tokenizer.specialTokens();
        this.namedTokens = tokenizer.namedTokens();
        this.end = end;
        this.template = format instanceof ChatTemplate chat ? Optional.of(rewritten(chat)) : Optional.empty();
        this.markup = template.map(Renderer::markup).orElse(Set.of());
    }

    /** What a template may look for in words, such as {@code </think>}. */
    private static Set<String> markup(String template) {
        return MARKUP.matcher(template).results().map(MatchResult::group).collect(Collectors.toUnmodifiableSet());
    }

    private static String rewritten(ChatTemplate chat) {
        try {
            return TemplateSource.forJinjava(chat.source());
        } catch (PromptException e) {
            throw new PromptException("the model's chat template, " + e.getMessage(), e);
        }
    }

    /**
     * A rendered text. What stands for a special token in it is one; in the words of messages a guard keeps such texts apart.
     */
    record Rendered(String text, char guard) {}

    /** A character for guards that is in none of the words. */
    char guardFor(List<Turn> turns) {
        for (char guard = FIRST_GUARD; guard < LAST_GUARD; guard++) {
            char free = guard;
            if (turns.stream()
                    .allMatch(turn ->
                            turn.content().indexOf(free) < 0 && turn.input().indexOf(free) < 0)) {
                return guard;
            }
        }
        throw new PromptException("a conversation holds every character of Unicode's private use area");
    }

    /**
     * Renders a conversation.
     *
     * @param question whether it is for the student to answer
     * @param guard a character that is in none of the words
     */
    Rendered render(List<Turn> turns, boolean question, char guard) {
        return new Rendered(
                format instanceof InstructionFormat own ? plain(own, turns, guard) : chat(turns, question, guard),
                guard);
    }

    private String plain(InstructionFormat own, List<Turn> turns, char guard) {
        var text = new StringBuilder();
        for (Turn turn : turns) {
            String words = enclosed(turn.content(), guard);
            text.append(
                    switch (turn.role()) {
                        case SYSTEM -> words + InstructionFormat.BREAK;
                        case USER -> own.prompt(words, turn.input().isEmpty() ? "" : enclosed(turn.input(), guard));
                        case ASSISTANT -> words + end;
                    });
        }
        return text.toString();
    }

    /** Nothing here trims words, so guards around them keep two of them from making a special token together. */
    private String enclosed(String words, char guard) {
        return guard + specialTokens.guard(words, guard, markup) + guard;
    }

    private String chat(List<Turn> turns, boolean question, char guard) {
        var chat = (ChatTemplate) format;
        var values = new HashMap<String, Object>(namedTokens);
        values.put("messages", turns.stream().map(turn -> message(turn, guard)).toList());
        values.put("add_generation_prompt", question);
        values.put("enable_thinking", chat.thinking());
        long words = turns.stream()
                .mapToLong(turn -> turn.content().length() + turn.input().length())
                .sum();
        try {
            return TemplateEngine.render(template.orElseThrow(), values, chat.date(), words);
        } catch (PromptException e) {
            throw new PromptException("the model's chat template, " + e.getMessage(), e);
        }
    }

    private Map<String, String> message(Turn turn, char guard) {
        String words = turn.input().isEmpty() ? turn.content() : turn.content() + "\n\n" + turn.input();
        return Map.of("role", turn.role().key(), "content", specialTokens.guard(words, guard, markup));
    }

    /** Turns under the format's system message, unless they have one of their own. */
    List<Turn> underSystem(List<Turn> turns) {
        if (format.system().isEmpty() || turns.get(0).role() == Role.SYSTEM) {
            return turns;
        }
        var all = new ArrayList<Turn>();
        all.add(new Turn(Role.SYSTEM, format.system().get(), ""));
        all.addAll(turns);
        return all;
    }
}
