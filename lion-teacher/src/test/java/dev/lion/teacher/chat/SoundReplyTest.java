package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundReplyTest {
    private static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static ChatRequest limited(int tokens) {
        return ChatRequest.builder()
                .messages(UserMessage.from("Name a city."))
                .maxOutputTokens(tokens)
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Paris", "Zoë 中文 🦁", "\u0000 \u200F"})
    void require_soundText_isReturned(String text) {
        ChatResponse response = ModelFake.response(text);
        assertThat(SoundReply.require(request("Name a city."), response)).isSameAs(response);
    }

    @Test
    void require_noText_isLeftToTheCaller() {
        ChatResponse response =
                ChatResponse.builder().aiMessage(AiMessage.builder().build()).build();
        assertThat(SoundReply.require(request("Name a city."), response)).isSameAs(response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pari\uFFFD", "half a lion \uD83E"})
    void require_lostCharacters_areRefusedUnlessTheyWereAskedAbout(String text) {
        assertThatThrownBy(() -> SoundReply.require(request("Name a city."), ModelFake.response(text)))
                .isInstanceOf(DamagedReplyException.class)
                .hasMessageContaining("not UTF-8");
        assertThat(SoundReply.require(request("What is \uFFFD?"), ModelFake.response(text)))
                .isNotNull();
    }

    @Test
    void require_cutByLength_mayEndWithinACharacter() {
        ChatResponse cut = ChatResponse.builder()
                .aiMessage(AiMessage.from("Zo\uFFFD"))
                .finishReason(FinishReason.LENGTH)
                .build();
        assertThat(SoundReply.require(request("Name a girl."), cut)).isSameAs(cut);
    }

    @Test
    void require_longerThanTheLimitAllows_isRefused() {
        assertThat(SoundReply.require(limited(4), ModelFake.response(" ".repeat(1024))))
                .isNotNull();
        assertThatThrownBy(() -> SoundReply.require(limited(4), ModelFake.response(" ".repeat(1025))))
                .isInstanceOf(DamagedReplyException.class)
                .hasMessageStartingWith(
                        "the reply has 1025 characters, and the limit of 4 tokens allows no more than 1024");
        assertThatThrownBy(() -> SoundReply.require(request("x"), ModelFake.response(" ".repeat(10_000_001))))
                .hasMessageStartingWith("the reply has 10000001 characters, and no model writes so many");
    }
}
