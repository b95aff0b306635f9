package dev.lion.teacher.prompt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The prompts of all roles by name, lion's own by default. A role's builder checks that the ones it takes have the
 * placeholders that it fills. Immutable, so any thread may use it.
 *
 * <pre>{@code
 * PromptSet prompts = PromptSet.defaults().with("referee.system", PromptTemplate.read(Path.of("referee.txt")));
 * Referee referee = ChatModelReferee.builder(model).prompts(prompts).build();
 * }</pre>
 */
public final class PromptSet {
    private static final PromptSet DEFAULTS = new PromptSet(Map.ofEntries(
            Map.entry("teacher.system", ChatPrompt.TEACHER.system()),
            Map.entry("teacher.user", ChatPrompt.TEACHER.user()),
            Map.entry("referee.system", ChatPrompt.REFEREE.system()),
            Map.entry("referee.user", ChatPrompt.REFEREE.user()),
            Map.entry("generator.system", ChatPrompt.GENERATOR_HARD.system()),
            Map.entry("generator.hard", ChatPrompt.GENERATOR_HARD.user()),
            Map.entry("generator.easy", ChatPrompt.GENERATOR_EASY.user()),
            Map.entry("generator.several.system", ChatPrompt.SEVERAL_HARD.system()),
            Map.entry("generator.several.hard", ChatPrompt.SEVERAL_HARD.user()),
            Map.entry("generator.several.easy", ChatPrompt.SEVERAL_EASY.user()),
            Map.entry("generator.inputs.system", ChatPrompt.INPUTS_HARD.system()),
            Map.entry("generator.inputs.hard", ChatPrompt.INPUTS_HARD.user()),
            Map.entry("generator.inputs.easy", ChatPrompt.INPUTS_EASY.user())));

    private final Map<String, PromptTemplate> byName;

    private PromptSet(Map<String, PromptTemplate> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** lion's own prompts. */
    public static PromptSet defaults() {
        return DEFAULTS;
    }

    /** What prompts there are: {@code generator.easy}, {@code generator.hard}, {@code generator.system}, … */
    public static Set<String> names() {
        return new TreeSet<>(DEFAULTS.byName.keySet());
    }

    /**
     * The same with another prompt in one place.
     *
     * @param name one of {@link #names()}
     * @throws IllegalArgumentException if there is no such prompt
     */
    public PromptSet with(String name, PromptTemplate template) {
        if (!byName.containsKey(name)) {
            throw new IllegalArgumentException("there is no prompt " + name + "; there are " + names());
        }
        Map<String, PromptTemplate> changed = new LinkedHashMap<>(byName);
        changed.put(name, template);
        return new PromptSet(changed);
    }

    /** How the teacher is asked. */
    public ChatPrompt teacher() {
        return new ChatPrompt(get("teacher.system"), get("teacher.user"));
    }

    /** How the referee is asked. */
    public ChatPrompt referee() {
        return new ChatPrompt(get("referee.system"), get("referee.user"));
    }

    /** How a new instruction like a hard one is asked for. */
    public ChatPrompt generatorHard() {
        return new ChatPrompt(get("generator.system"), get("generator.hard"));
    }

    /** How a new instruction near an easy one is asked for. */
    public ChatPrompt generatorEasy() {
        return new ChatPrompt(get("generator.system"), get("generator.easy"));
    }

    /** How several new instructions like a hard one are asked for in one call. */
    public ChatPrompt severalHard() {
        return new ChatPrompt(get("generator.several.system"), get("generator.several.hard"));
    }

    /** How several new instructions near an easy one are asked for in one call. */
    public ChatPrompt severalEasy() {
        return new ChatPrompt(get("generator.several.system"), get("generator.several.easy"));
    }

    /** How new instructions with inputs apart are asked for, like a hard one. */
    public ChatPrompt inputsHard() {
        return new ChatPrompt(get("generator.inputs.system"), get("generator.inputs.hard"));
    }

    /** How new instructions with inputs apart are asked for, near an easy one. */
    public ChatPrompt inputsEasy() {
        return new ChatPrompt(get("generator.inputs.system"), get("generator.inputs.easy"));
    }

    PromptTemplate get(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }
}
