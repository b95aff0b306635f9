package dev.lion.teacher.prompt;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an application says to a role beside the role's prompt: its own system prompt, and what the answers are for. Nothing by
 * default. Both are plain text, in which braces mean nothing. Immutable, so any thread may use it.
 *
 * <p>For the teacher the application's system prompt stands in place of lion's, so that the student learns from answers such
 * as the application gets; referee and generator are told it as the rules that the assistant works under.
 */
public final class RoleContext {
    private static final String TEACHER = "teacher";

    private final String role;
    private final Optional<String> systemPrompt;
    private final Optional<String> domain;

    /** What is added to the system message, by what it is. */
    private final Map<String, String> added = new TreeMap<>(); // the domain comes before the rules

    private RoleContext(String role, Optional<String> systemPrompt, Optional<String> domain) {
        this.role = role;
        this.systemPrompt = systemPrompt;
        this.domain = domain;
        domain.ifPresent(text -> added.put("domain", wording("domain").fill(Map.of("domain", text))));
        if (!replacesSystem()) {
            systemPrompt.ifPresent(text -> added.put("rules", wording("rules").fill(Map.of("rules", text))));
        }
    }

    /** Nothing said to a role: {@code teacher}, {@code referee} or {@code generator}. */
    public static RoleContext of(String role) {
        return new RoleContext(Objects.requireNonNull(role, "role"), Optional.empty(), Optional.empty());
    }

    /** The same with the application's system prompt. */
    public RoleContext withSystemPrompt(String text) {
        return new RoleContext(
                role, Optional.of(PromptTemplate.usable("the application's system prompt", text)), domain);
    }

    /** The same with what the answers are for, such as {@code a bank's support desk}. */
    public RoleContext withDomain(String text) {
        return new RoleContext(role, systemPrompt, Optional.of(PromptTemplate.usable("the domain", text)));
    }

    /**
     * This context, checked to suit a prompt.
     *
     * @throws IllegalArgumentException if the system prompt would take the place of one with placeholders
     */
    public RoleContext requireSuits(ChatPrompt prompt) {
        if (replacesSystem() && !prompt.system().placeholders().isEmpty()) {
            throw new IllegalArgumentException("the application's system prompt would replace the prompt "
                    + prompt.system().name() + ", which has the placeholders "
                    + prompt.system().placeholders() + ": move them to "
                    + prompt.user().name()
                    + ", or leave one of the two out");
        }
        return this;
    }

    /** The messages of a prompt, with what the application says in the system message. */
    public List<ChatMessage> messages(ChatPrompt prompt, Map<String, String> values) {
        List<ChatMessage> messages = prompt.messages(values);
        List<String> system = new ArrayList<>();
        system.add(replacesSystem() ? systemPrompt.orElseThrow() : ((SystemMessage) messages.get(0)).text());
        added.values().forEach(system::add);
        return List.of(SystemMessage.from(String.join("\n\n", system)), messages.get(1));
    }

    private PromptTemplate wording(String what) {
        return PromptTemplate.bundled(role + "." + what, 1);
    }

    private boolean replacesSystem() {
        return role.equals(TEACHER) && systemPrompt.isPresent();
    }

    /** What the prompts of a role are identified by in the run manifest, with what the application adds to them. */
    public Map<String, String> fingerprints(Map<String, ChatPrompt> prompts) {
        Map<String, String> fingerprints = new TreeMap<>();
        prompts.forEach((name, prompt) -> {
            String system = systemPrompt
                    .filter(text -> replacesSystem())
                    .map(text -> "application's sha256:" + PromptTemplate.sha256(text))
                    .orElseGet(() -> prompt.system().fingerprint());
            fingerprints.put("prompt." + name + ".system", system);
            fingerprints.put("prompt." + name + ".user", prompt.user().fingerprint());
        });
        added.forEach((what, text) ->
                fingerprints.put("prompt." + role + "." + what, "sha256:" + PromptTemplate.sha256(text)));
        return fingerprints;
    }
}
