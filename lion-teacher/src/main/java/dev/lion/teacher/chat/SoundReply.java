package dev.lion.teacher.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Checks that a reply can be what a model wrote: that no character was lost on the way, and that it is not longer than its
 * limit of tokens allows. For any thread.
 */
public final class SoundReply {
    /** The longest runs of blanks that tokenizers know as one token have 128 characters. */
    private static final long MOST_CHARACTERS_A_TOKEN = 256;

    /** No model writes so much, whatever its limit. */
    private static final long MOST_CHARACTERS = 10_000_000;

    private static final char REPLACEMENT = '\uFFFD';

    private SoundReply() {}

    /**
     * Returns the response.
     *
     * @throws DamagedReplyException when its text holds U+FFFD, which stands for bytes that were not UTF-8, though the request
     *     does not, or half a surrogate pair; or when it is longer than 256 characters for each token of the request's limit,
     *     or than 10 million. A reply that was cut by length may end within a character
     */
    public static ChatResponse require(ChatRequest request, ChatResponse response) {
        String text = response.aiMessage() == null ? null : response.aiMessage().text();
        if (text == null) {
            return response;
        }
        Integer limit = request.maxOutputTokens();
        long most = limit == null ? MOST_CHARACTERS : Math.min(MOST_CHARACTERS, MOST_CHARACTERS_A_TOKEN * limit);
        if (text.length() > most) {
            throw new DamagedReplyException("the reply has " + text.length() + " characters, and "
                    + (limit == null
                            ? "no model writes so many"
                            : "the limit of " + limit + " tokens allows no more than " + most)
                    + "; check the server behind the base URL");
        }
        if (response.finishReason() != FinishReason.LENGTH && isDamaged(text) && !quotes(request)) {
            throw new DamagedReplyException(
                    "the reply holds characters that were lost on the way (U+FFFD or half a pair):"
                            + " its bytes were not UTF-8; check what is between this program and the model");
        }
        return response;
    }

    private static boolean isDamaged(String text) {
        Charset utf8 = StandardCharsets.UTF_8;
        return text.indexOf(REPLACEMENT) >= 0 || !utf8.newEncoder().canEncode(text);
    }

    private static boolean quotes(ChatRequest request) {
        return request.messages().stream().anyMatch(SoundReply::holdsDamage);
    }

    private static boolean holdsDamage(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return isDamaged(system.text());
        }
        return message instanceof UserMessage user
                && user.contents().stream()
                        .anyMatch(content -> content instanceof TextContent part && isDamaged(part.text()));
    }
}
