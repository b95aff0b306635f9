package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleContextTest {
    private static final ChatPrompt PROMPT =
            new ChatPrompt(PromptTemplate.of("s", "Be brief."), PromptTemplate.of("u", "{request}"));
    private static final String OWN = "You are {bank}'s desk. $1";

    private static List<ChatMessage> messages(RoleContext context) {
        return context.messages(PROMPT, Map.of("request", "Why?"));
    }

    @Test
    void messages_nothingSaid_areThoseOfThePrompt() {
        assertThat(messages(RoleContext.of("teacher")))
                .containsExactly(SystemMessage.from("Be brief."), UserMessage.from("Why?"));
    }

    @Test
    void messages_teachersSystemPrompt_standsInPlaceOfLions() {
        assertThat(messages(RoleContext.of("teacher").withSystemPrompt(OWN)))
                .containsExactly(SystemMessage.from(OWN), UserMessage.from("Why?"));
        assertThat(messages(RoleContext.of("teacher").withSystemPrompt(OWN).withDomain("{a}")))
                .containsExactly(SystemMessage.from(OWN + "\n\nWhat you are used for: {a}"), UserMessage.from("Why?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"referee", "generator"})
    void messages_otherRoles_areToldBothAfterTheirOwnRules(String role) {
        List<ChatMessage> messages =
                messages(RoleContext.of(role).withSystemPrompt(OWN).withDomain("a desk"));

        assertThat(((SystemMessage) messages.get(0)).text())
                .startsWith("Be brief.\n\n")
                .contains(": a desk\n", "not to you")
                .endsWith("\n\n" + OWN);
    }

    @Test
    void fingerprints_whatIsSaid_isInThem() {
        Map<String, ChatPrompt> prompts = Map.of("teacher", PROMPT);
        RoleContext plain = RoleContext.of("teacher");

        assertThat(plain.fingerprints(prompts))
                .containsOnly(
                        Map.entry("prompt.teacher.system", PROMPT.system().fingerprint()),
                        Map.entry("prompt.teacher.user", PROMPT.user().fingerprint()));
        assertThat(plain.withSystemPrompt(OWN).fingerprints(prompts).get("prompt.teacher.system"))
                .isEqualTo("application's sha256:" + PromptTemplate.sha256(OWN));
        assertThat(plain.withDomain("a").fingerprints(prompts).get("prompt.teacher.domain"))
                .isNotEqualTo(plain.withDomain("b").fingerprints(prompts).get("prompt.teacher.domain"))
                .matches("sha256:[0-9a-f]{64}");
        assertThat(RoleContext.of("referee").withSystemPrompt(OWN).fingerprints(Map.of("referee", PROMPT)))
                .containsOnlyKeys("prompt.referee.system", "prompt.referee.user", "prompt.referee.rules");
    }

    @Test
    void requireSuits_systemPromptInPlaceOfPlaceholders_isRefused() {
        ChatPrompt both =
                new ChatPrompt(PromptTemplate.of("mine", "Carry out: {request}"), PromptTemplate.of("u", "Go."));
        RoleContext context = RoleContext.of("teacher").withSystemPrompt(OWN);

        assertThatThrownBy(() -> context.requireSuits(both))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mine")
                .hasMessageContaining("[request]");
    }

    @Test
    void withDomain_blankOrTooLong_isRefused() {
        RoleContext context = RoleContext.of("teacher");

        assertThatThrownBy(() -> context.withDomain(" ")).hasMessageStartingWith("the domain must have 1 to");
        assertThatThrownBy(() -> context.withSystemPrompt("x".repeat(70_000))).hasMessageContaining("but has 70000");
    }
}
